"""Who verifies a contract earns by it, small economies more, and what is verified is trusted sooner (rules.md R10)."""

import pytest

from game.core.diplomacy import Clause
from game.core.world import World
from game.files.scenarios import read_scenario
from game.rules import fees, pacts
from game.rules.book import idle_firms
from game.rules.turn import Turn
from game.testing import with_contract
from tests.rules.alone import AT, BOOK, SCENARIO, opened, played

FEE = SCENARIO.parameters.statecraft.verifying
PLEDGE = Clause("no_reexport", "JPN", "KOR", "chips")


def signed(verifier: str | None) -> World:
    return with_contract(opened(), SCENARIO, PLEDGE, verifier=verifier)


def after_fees(world: World, scenario=SCENARIO) -> World:
    return fees.verify(world, Turn(scenario, BOOK.tables, BOOK.orders(1), idle_firms(world)))


def paid(verifier: str, place: str) -> float:
    world = signed(verifier)
    return float((after_fees(world).state.cash - world.state.cash)[AT(place), 0])


def test_each_party_pays_and_the_verifier_earns():
    assert paid("USA", "JPN") == paid("USA", "KOR") == pytest.approx(-FEE)
    assert paid("USA", "USA") == pytest.approx(2.0 * FEE * 0.5)


def test_a_small_economy_keeps_more_of_the_fee():
    assert pacts.small_economies(SCENARIO)[AT("SGP"), 0]
    assert paid("SGP", "SGP") == pytest.approx(2.0 * FEE * 0.75)


def test_nobody_pays_where_nobody_verifies_or_the_fee_is_nought():
    free = read_scenario("pax_silica_2026", ["parameters.statecraft.verifying=0"]).scenario
    for world, scenario in ((signed(None), SCENARIO), (signed("SGP"), free)):
        assert after_fees(world, scenario) is world


def test_verified_promises_are_trusted_sooner():
    plain, seen = played(signed(None), 4), played(signed("SGP"), 4)
    pair = AT("KOR"), AT("JPN"), 0
    assert seen.relations.trust[pair] > plain.relations.trust[pair]
