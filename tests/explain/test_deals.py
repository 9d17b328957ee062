"""What is told of an offer's worth is what strategies reckon with."""

import re
from pathlib import Path

import numpy as np
import pytest

from agents.model import ChipRace
from game.core.diplomacy import Clause, Propose
from game.explain import deals
from game.files.scenarios import bundled
from game.rules import worth_goods, worth_knowledge, worth_quarrels
from game.rules.worth_offers import nets_at
from game.rules.worth_stakes import stakes
from game.testing import with_contract

SCENARIO = bundled("pax_silica_2026")
SUPPLY = Propose(
    ("JPN", "USA"),
    (Clause("supply", "JPN", "USA", "magnets", None, 400.0, 1.1), Clause("money", "USA", "JPN", None, None, 0.01)),
)


@pytest.fixture(scope="module")
def race() -> ChipRace:
    played = ChipRace(SCENARIO, worlds=2, rng=3)
    played.run(4)
    return played


def test_each_clause_is_told_for_both_of_its_sides(race):
    rows = deals.worth_of(SUPPLY, race.world, SCENARIO, race.book.tables)
    assert [(row.clause, row.party) for row in rows] == [
        (0, "JPN"), (0, "USA"), (1, "USA"), (1, "JPN"), (-1, "JPN"), (-1, "USA"),
    ]  # fmt: skip
    assert all(abs(a.points) >= abs(b.points) for row in rows for a, b in zip(row.terms, row.terms[1:], strict=False))


def test_the_reasons_of_an_offer_add_up_to_what_the_seat_reckoned_with(race):
    talks = race.open_round()
    open_ = np.argwhere(talks.offers.open)
    assert len(open_)
    k = stakes(talks.world, SCENARIO, race.book.tables)
    for row, w in open_.tolist():
        reckoned = nets_at(k, talks.offers, np.array([row]), np.array([w]))[0]
        for party in deals.why_offered(talks.offers, row, talks.world, SCENARIO, race.book.tables, w):
            assert party.points == pytest.approx(reckoned[SCENARIO.place_axis.at(party.party)], abs=0.005)
            assert 0.0 < party.chance < 1.0


def test_every_term_of_a_worth_has_words():
    files = [Path(module.__file__ or "") for module in (worth_goods, worth_knowledge, worth_quarrels)]
    named = {name for file in files for name in re.findall(r'^\s*\{?"(\w+)": ', file.read_text("utf-8"), re.MULTILINE)}
    assert named
    assert named <= set(deals.TERM_WORDS)


def test_a_contract_in_force_tells_what_is_left_of_it_and_what_a_breach_costs(race):
    ruinous = Clause("money", "KOR", "JPN", None, None, 40.0)
    world = with_contract(race.world, SCENARIO, ruinous, quarters=30)
    slot = int(np.flatnonzero(world.contracts.number[:, 0] == world.contracts.number[:, 0].max())[0])
    found = {code: (left, cost) for code, left, cost in deals.worth_left(world, SCENARIO, race.book.tables, slot)}
    assert set(found) == {"JPN", "KOR"}
    assert found["KOR"][0] < -found["KOR"][1] < 0.0
    assert found["JPN"][0] > 0.0
