"""Tools come with parts and service: who keeps them away wears plants down, and hunger for tools is no independence."""

from functools import cache

import numpy as np
import pytest

from agents.model import ChipRace
from game.core.names import GOODS
from game.core.orders import ExportControl
from game.core.world import World, replace
from game.files.scenarios import bundled
from game.rules import race as bars
from game.rules.worth_grip import TOOL_CLASS, grip

SCENARIO = bundled("pax_silica_2026")
AXIS = SCENARIO.place_axis
USA, CHN, NLD = (AXIS.at(code) for code in ("USA", "CHN", "NLD"))
QUARTERS = 10


@cache
def after(*owners: str) -> ChipRace:
    """Ten quarters in which all hold, but for bans of tools on China by some."""
    race = ChipRace(SCENARIO, 1, dict.fromkeys(SCENARIO.seats, "hold"), 5)
    for _ in range(QUARTERS):
        for owner in owners:
            race.post(owner, [ExportControl("tools", "CHN", "ban")])
        race.step()
    return race


def licensed(world: World) -> float:
    return float(world.lines.licensed[np.flatnonzero(SCENARIO.lines.place == CHN)].mean())


def test_a_ban_of_scanners_alone_ends_service_for_a_part_of_all_lines():
    free, scanners, all_tools = (
        licensed(after().world),
        licensed(after("NLD").world),
        licensed(after("NLD", "USA").world),
    )
    assert free == pytest.approx(1.0, abs=0.02)
    assert all_tools < scanners - 0.05 < free - 0.05


def test_a_place_that_asks_for_fewer_tools_because_it_gets_none_is_not_independent():
    race = after("NLD", "USA")
    goods, tables = race.world.goods, race.book.tables
    starved = goods.reference.copy()
    tools = slice(GOODS.at("process_tools"), GOODS.at("high_na") + 1)
    starved[CHN, tools] *= 0.1
    given_up = replace(race.world, goods=replace(goods, reference=starved))
    whole = bars.alive_share(race.world, SCENARIO, tables)
    assert bars.alive_share(given_up, SCENARIO, tables) == pytest.approx(whole, abs=0.02)


def test_scanners_are_smuggled_less_than_minerals():
    network = after("NLD").world.trade.network
    assert network[GOODS.at("duv")].max() < 0.5 * network[GOODS.at("gallium")].max()


def test_to_keep_tools_from_the_rival_pays_members_of_the_bloc_and_not_outsiders():
    race = after()
    world, s = race.world, SCENARIO
    member = world.relations.member.copy()
    member[s.race.bloc, NLD] = 0
    world = replace(world, relations=replace(world.relations, member=member))
    held = grip(world, s, race.book.tables, np.array([USA, NLD]), np.array([CHN, CHN]))
    assert held.cost[0, TOOL_CLASS, 0] < 0.0 < held.cost[1, TOOL_CLASS, 0]
