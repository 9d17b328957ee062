"""The price of a step down, fee licences with a cap, and places that nobody steers answering in kind."""

from __future__ import annotations

from dataclasses import replace as changed

import numpy as np
import pytest

from agents.model import ChipRace
from game.core.names import CLASSES, GOODS, LEVELS
from game.core.orders import ExportControl
from game.core.world import replace
from game.files.scenarios import bundled
from game.rules import passing, settlement
from game.rules.settlement import Settlement
from game.rules.talks import Talks

WHOLE = bundled("pax_silica_2026")
SCENARIO = changed(WHOLE, controls=tuple(c for c in WHOLE.controls if c.since < 0), contracts=())
AXIS = SCENARIO.place_axis
CHN, JPN, NLD, USA, RUS = (AXIS.at(code) for code in ("CHN", "JPN", "NLD", "USA", "RUS"))
MINERALS, TOOLS = CLASSES.at("minerals"), CLASSES.at("tools")


def banned(*goods: str) -> ChipRace:
    race = ChipRace(SCENARIO, 1, dict.fromkeys(SCENARIO.seats, "hold"), 3)
    race.post("CHN", [ExportControl("minerals", "JPN", "ban", good) for good in goods])
    race.post("NLD", [ExportControl("tools", "CHN", "ban", "duv")])
    race.step()
    race.step()
    return race


def price(race: ChipRace, owner: int, k: int, target: int) -> Settlement:
    return settlement.settlement_price(race.world, SCENARIO, race.book.tables, owner, k, target)


def test_a_control_that_bites_shows_what_its_target_would_give() -> None:
    race = banned("gallium")
    found = price(race, NLD, TOOLS, CHN)
    assert found.most[0] > 0.0
    assert found.open[0]
    assert {"sales", "leverage"} <= set(found.needs)


def test_a_control_that_stops_nothing_is_worth_nothing_to_end() -> None:
    race = banned("gallium")
    assert price(race, JPN, TOOLS, AXIS.at("BRA")).most[0] == 0.0


def test_stock_and_substitutes_lower_what_a_target_gives() -> None:
    race = banned("gallium", "germanium", "ndpr", "dytb")
    dear = price(race, CHN, MINERALS, JPN).most[0]
    goods = race.world.goods
    learnt = np.maximum(goods.substitution, 0.6)
    race.world = replace(race.world, goods=replace(goods, substitution=learnt))
    assert 0.0 < price(race, CHN, MINERALS, JPN).most[0] < dear


def test_a_settlement_steps_down_to_the_opening_level_of_the_record() -> None:
    race = banned("gallium")
    assert price(race, CHN, MINERALS, JPN).level[0] == LEVELS.at("licence")


def test_a_settlement_between_two_that_control_each_other_is_lawful_and_matches_moves() -> None:
    race = banned("gallium")
    race.post("JPN", [ExportControl("tools", "CHN", "ban", "process_tools")])
    race.step()
    found = settlement.proposal(race.world, SCENARIO, race.book.tables, CHN, MINERALS, JPN)
    assert found is not None
    assert [clause.kind for clause in found.clauses][:2] == ["restrain", "restrain"]
    assert Talks(race.book, race.world, 1).propose(CHN, found).accepted


def test_a_fee_licence_lets_through_no_more_than_half_of_what_the_licensor_uses_itself() -> None:
    race = banned("gallium")
    lane = np.array([SCENARIO.sellers.lane[CHN, GOODS.at("gallium")]])
    world = race.world
    flow, blocked = world.trade.flow.copy(), np.zeros_like(world.trade.blocked)
    flow[lane[0], CHN], flow[lane[0], USA] = 10.0, 40.0
    world = replace(world, trade=replace(world.trade, flow=flow, blocked=blocked))
    assert passing.volume_cap(world, SCENARIO, lane, np.array([CHN]))[0, USA, 0] == pytest.approx(5.0 / 40.0)


def test_a_place_that_nobody_steers_answers_a_new_control_and_takes_it_back() -> None:
    race = banned("gallium")
    race.post("JPN", [ExportControl("minerals", "RUS", "ban"), ExportControl("chips", "RUS", "ban")])
    race.post("USA", [ExportControl("minerals", "RUS", "open")])
    sold = np.flatnonzero(SCENARIO.sellers.lane[RUS] >= 0)
    race.step()
    race.step()
    assert (race.world.policy.level[JPN, :, RUS, 0] > race.book.tables.opening_level[JPN, :, RUS]).any()
    assert (race.world.policy.level[RUS, sold, JPN, 0] >= LEVELS.at("licence")).all()
    assert (race.world.policy.level[RUS, :, USA, 0] == race.book.tables.opening_level[RUS, :, USA]).all()
    race.post("JPN", [ExportControl("minerals", "RUS", "open"), ExportControl("chips", "RUS", "open")])
    race.step()
    race.step()
    assert (race.world.policy.level[RUS, :, JPN, 0] == race.book.tables.opening_level[RUS, :, JPN]).all()
