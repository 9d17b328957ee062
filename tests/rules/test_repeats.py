"""What is promised already is not promised again while it runs on."""

from dataclasses import replace as changed

import pytest

from agents.model import ChipRace
from game.core.diplomacy import Clause, Propose
from game.files.scenarios import bundled
from game.rules.offers import PROMISED, REFUSALS
from game.testing import with_contract

WHOLE = bundled("pax_silica_2026")
SCENARIO = changed(WHOLE, contracts=())
GUARANTEE = Clause("guarantee", "JPN", "USA", price=0.5)
CERTIFY = Clause("certify", "JPN", "USA")


def said_of(in_force: Clause, proposed: Clause, quarters: int = 8) -> str:
    race = ChipRace(SCENARIO, 1, dict.fromkeys(SCENARIO.seats, "hold"), 3)
    race.world = with_contract(race.world, SCENARIO, in_force, quarters=quarters)
    race.say("JPN", Propose(("JPN", "USA"), (proposed,), 8, round=1))
    race.step()
    ((_, _, given),) = race.told
    return given.reason


@pytest.mark.parametrize(
    ("in_force", "proposed"),
    [(GUARANTEE, GUARANTEE), (CERTIFY, CERTIFY), (CERTIFY, Clause("certify", "USA", "JPN"))],
)
def test_a_second_one_that_adds_nothing_is_refused_with_the_reason(in_force: Clause, proposed: Clause) -> None:
    assert said_of(in_force, proposed) == REFUSALS[PROMISED]


def test_the_other_way_round_is_another_promise() -> None:
    assert said_of(GUARANTEE, Clause("guarantee", "USA", "JPN", price=0.5)) == ""


def test_more_of_what_has_an_amount_may_be_promised_beside_it() -> None:
    supply = Clause("supply", "JPN", "USA", "wafers", quantity=0.01, price=1.0)
    assert said_of(supply, supply) == ""


def test_what_ends_in_the_next_quarter_may_be_renewed() -> None:
    assert said_of(GUARANTEE, GUARANTEE, quarters=2) == ""
