"""Each mineral is somebody's binding gate in some game (rules.md R7): when nobody makes it, soon and somewhere.

In steady games of 32 quarters gallium, germanium and Dy/Tb bind places by themselves. Under a total ban by its largest
makers gallium, Dy/Tb, silicon and magnets do; the others are then dear and used less, but no plant stands still.
"""

from __future__ import annotations

import numpy as np
import pytest

from agents.model import ChipRace
from game.core.names import GATES, GOODS, MINERALS
from game.core.orders import Dial, ExportControl
from game.core.world import World, replace
from game.files.scenarios import bundled
from game.rules import bottleneck

SCENARIO = bundled("pax_silica_2026")
GATE = GATES.at("minerals")
STOCKED = [*MINERALS, "magnets"]


def bound_by(world: World, good: str) -> list[str]:
    """Places whose binding gate is minerals, for want of this one more than of any other."""
    goods = world.goods
    wanted = np.maximum(goods.wanted, 1e-9)
    cover = np.where(goods.wanted > 1e-9, (goods.inventory + goods.used) / wanted, bottleneck.MOST)[..., 0]
    rows = [GOODS.at(each) for each in STOCKED]
    least = cover[:, rows].argmin(axis=1) == STOCKED.index(good)
    found = least & (bottleneck.binding(world)[:, 0] == GATE)
    return [SCENARIO.place_axis.names[n] for n in np.flatnonzero(found)]


def out_of(race: ChipRace, good: str) -> World:
    """The world with every maker of a good standing still, and none being built."""
    rows = (SCENARIO.suppliers.good == GOODS.at(good))[:, None]
    suppliers = race.world.suppliers
    stopped = np.where(rows, 1.0, suppliers.outage), np.where(rows, 0.0, suppliers.building)
    return replace(race.world, suppliers=replace(suppliers, outage=stopped[0], building=stopped[1]))


@pytest.mark.parametrize("good", STOCKED)
def test_a_mineral_that_nobody_makes_is_a_binding_gate_within_two_years(good):
    race = ChipRace(SCENARIO, rng=1)
    bound: list[str] = []
    for _ in range(8):
        race.world = out_of(race, good)
        race.step()
        bound = bound or bound_by(race.world, good)
    assert bound


@pytest.mark.parametrize("good", ["gallium", "dytb", "silicon", "magnets"])
def test_a_ban_by_its_largest_makers_makes_it_a_binding_gate(good):
    owners = ("USA", "EUU", "JPN", "CHN") if good == "silicon" else ("CHN",)
    race = ChipRace(SCENARIO, seats=dict.fromkeys(owners, "hold"), rng=1)
    control_class = "magnets" if good == "magnets" else "minerals"
    bound: list[str] = []
    for quarter in range(16):
        if quarter == 2:
            for owner in owners:
                ban = ExportControl(control_class, "all", "ban", good)
                race.post(owner, [ban, Dial("enforcement", 1.0)])
        race.step()
        bound = bound or bound_by(race.world, good)
    assert not race.refused
    assert bound


@pytest.mark.slow
def test_some_minerals_bind_in_steady_games_and_some_never_do():
    race = ChipRace(SCENARIO, worlds=16, rng=1)
    rows = [GOODS.at(each) for each in STOCKED]
    found: set[str] = set()
    for _ in range(SCENARIO.quarters):
        race.step()
        goods = race.world.goods
        wanted = np.maximum(goods.wanted[:, rows], 1e-9)
        cover = np.where(goods.wanted[:, rows] > 1e-9, (goods.inventory + goods.used)[:, rows] / wanted, 4.0)
        binds = bottleneck.binding(race.world) == GATE
        found |= {STOCKED[k] for k in cover.argmin(axis=1)[binds]}
    assert {"gallium", "dytb"} <= found
    assert found < set(STOCKED)
