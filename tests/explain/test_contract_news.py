"""News of contracts and of trust: what was signed, why, and who trusts whom less."""

import numpy as np
import pytest

from game.core.diplomacy import Answer, Break, Clause, Propose
from game.core.world import replace
from game.explain import quarter_news
from game.files.scenarios import bundled
from game.match import HUMAN, Match

SCENARIO = bundled("pax_silica_2026")


@pytest.fixture
def match():
    match = Match(SCENARIO, 7, dict.fromkeys(SCENARIO.seats, "hold") | {"JPN": HUMAN, "KOR": HUMAN})
    match.give("JPN", Propose(("JPN", "KOR"), (Clause("money", "JPN", "KOR", quantity=0.05),), 6, escrow=0.2))
    match.give("KOR", Answer("JPN/1", True))
    return match


def test_a_contract_that_is_signed_says_who_proposed_it_and_what_it_is_worth_to_each(match):
    (told,) = [d for d in match.close_round() if d.topic == "contract"]
    assert told.text == "Japan and South Korea sign for 6 quarters: Japan pays South Korea $50 m a quarter."
    assert told.reasons[0] == "Japan proposed it"
    assert any(reason.startswith("to South Korea it is worth +") for reason in told.reasons)
    assert any(reason.startswith("to Japan it is worth −") or "worth -" in reason for reason in told.reasons)
    assert "each puts $0.2 bn in escrow" in told.reasons


def test_a_breach_is_a_headline_and_the_victims_trust_falls_with_the_reason(match):
    match.close_round()
    number = int(match.world.contracts.number.max())
    assert match.give("JPN", Break(number)).accepted
    news = match.end_quarter()
    (broken,) = [d for d in news if "Japan breaks its contract with South Korea" in d.text]
    assert broken.weight == 3
    (less,) = [d for d in news if d.places[:2] == ("JPN", "KOR") and "less" in d.text]
    assert "South Korea" in less.text
    assert any("it broke contracts" in reason for reason in less.reasons)


def test_small_changes_of_trust_are_no_news(match):
    after = match.world
    trust = np.array(after.relations.trust)
    trust[0, 1] -= 0.01
    moved = replace(after, relations=replace(after.relations, trust=trust))
    assert not [d for d in quarter_news(after, moved, SCENARIO, match.model.book.tables) if "trust" in d.text]
