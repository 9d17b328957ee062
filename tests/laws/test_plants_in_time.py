"""Plants take the time that the record shows, recyclers get back what is used, and ore counts by who digs it (R6)."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from agents.model import ChipRace
from game.core.names import GOODS, SUPPLIER_KINDS
from game.files.scenarios import bundled
from game.rules import race as bars
from game.rules.positions import SCRAP

SCENARIO = bundled("pax_silica_2026")
PLANTS = SCENARIO.suppliers


def idle(worlds: int) -> ChipRace:
    return ChipRace(SCENARIO, worlds, dict.fromkeys(SCENARIO.seats, "hold"), 1)


@pytest.fixture(scope="module")
def after_eight_years() -> ChipRace:
    race = idle(16)
    for _ in range(SCENARIO.quarters):
        race.step()
    return race


def test_every_project_of_the_record_that_has_no_room_beyond_it_opens_in_some_game(after_eight_years):
    rows = [i for i in range(len(PLANTS.axis)) if PLANTS.building[i, 0] > 0 and PLANTS.room[i, 0] <= 0]
    opened = (after_eight_years.world.suppliers.building[rows] <= 0).mean(axis=1)
    assert len(rows) >= 3
    assert (opened > 0.0).all(), opened


def test_makers_of_tools_open_sooner_than_mines_that_take_as_long_to_build():
    race, world = idle(64), None
    lead = 6.0
    tools = int(np.flatnonzero(PLANTS.kind == SUPPLIER_KINDS.at("toolmaker"))[0])
    mine = int(np.flatnonzero((PLANTS.kind == SUPPLIER_KINDS.at("mine")) & (PLANTS.place == PLANTS.place[tools]))[0])
    building, left = np.array(race.world.suppliers.building), np.array(race.world.suppliers.left)
    building[[tools, mine]], left[[tools, mine]] = 1.0, lead
    race.world = replace(race.world, suppliers=replace(race.world.suppliers, building=building, left=left))
    waited = np.zeros(2)
    for _ in range(24):
        race.step()
        world = race.world
        waited += (world.suppliers.building[[tools, mine]] > 0).mean(axis=1)
    assert waited[0] >= lead
    assert waited[1] > waited[0] + 2.0


@pytest.mark.parametrize("good", ["gallium", "germanium"])
def test_recyclers_get_back_no_more_than_their_part_of_what_was_used(good):
    race, g = idle(4), GOODS.at(good)
    outside = [n for n in range(len(SCENARIO.place_axis)) if n != SCENARIO.inside]
    rows = (PLANTS.good == g) & (PLANTS.kind == SUPPLIER_KINDS.at("recycler")) & (PLANTS.place != SCENARIO.inside)
    suppliers = race.world.suppliers
    capacity = np.where(rows[:, None], 100.0, suppliers.capacity)
    race.world = replace(race.world, suppliers=replace(suppliers, capacity=capacity))
    used = race.world.goods.reference[outside, g].sum(axis=0)
    race.step()
    made = race.world.suppliers.output[rows].sum(axis=0)
    assert (made <= SCRAP[good] * used * 1.0001).all()
    assert (made > 0.0).all()


def test_ore_that_chinas_firms_dig_abroad_is_not_trusted():
    b = bars.bars(SCENARIO)
    sellers = SCENARIO.sellers
    dug = {
        (SCENARIO.place_axis.names[sellers.place[e]], GOODS.names[sellers.good[e]]): float(share)
        for e, share in zip(b.dug_abroad, b.dug_share[:, 0, 0], strict=True)
    }
    assert dug["SEA", "heavy_ore"] == 1.0
    world = idle(1).world
    flow = np.zeros_like(world.trade.flow)
    lane = int(sellers.lane[SCENARIO.place_axis.at("SEA"), GOODS.at("heavy_ore")])
    buyer = SCENARIO.place_axis.at("MYS")
    flow[lane, buyer] = 10.0
    received = np.zeros_like(world.trade.received)
    received[buyer, GOODS.at("heavy_ore")] = 40.0
    race = idle(1)
    world = replace(world, trade=replace(world.trade, flow=flow, received=received))
    made, _ = bars.mineral_parts(world, SCENARIO, race.book.tables)
    row = b.goods.tolist().index(GOODS.at("dytb"))
    assert made[buyer, row, 0] == pytest.approx(0.75 * world.goods.made[buyer, GOODS.at("dytb"), 0])
