"""Why a strategy refused an offer is told, and is what it decided by."""

from __future__ import annotations

import numpy as np
import pytest

from agents.refusals import why_refused
from agents.strategies import find
from game.core.diplomacy import Answer, Clause, Propose
from game.files.scenarios import bundled
from game.match import HUMAN, Match
from game.rules.book import RuleBook
from game.rules.talks import Talks

S = bundled("pax_silica_2026")


def match(**seats: str) -> Match:
    return Match(S, 7, dict.fromkeys(S.seats, "hold") | {"JPN": HUMAN} | seats)


def offered(game: Match, *clauses: Clause, to: str) -> tuple[str, ...]:
    """What `to` says to Japan's offer of these clauses; it must refuse."""
    assert game.give("JPN", Propose(("JPN", to), clauses)).accepted
    game.close_round()
    (outcome,) = [each for each in game.outcomes if each.sender == "JPN"]
    assert outcome.refused == (to,)
    return outcome.why[to]


PAYS_US = Clause("money", "KOR", "JPN", quantity=1.0)


def test_who_would_lose_by_an_offer_says_how_much_and_by_what() -> None:
    worth, *terms = offered(match(KOR="steady"), PAYS_US, to="KOR")
    assert worth.startswith("to it the offer is worth -")
    assert terms[0].startswith("money paid -")


def test_the_refusal_is_news_with_its_reason() -> None:
    game = match(KOR="steady")
    game.give("JPN", Propose(("JPN", "KOR"), (PAYS_US,)))
    (told,) = [d for d in game.close_round() if "refuses what" in d.text]
    assert told.text == "South Korea refuses what Japan proposed: money each quarter: $1 bn a quarter."
    assert told.places == ("KOR", "JPN")
    assert told.reasons[0].startswith("to it the offer is worth -")


def test_a_doctrine_says_what_it_never_signs() -> None:
    restraint = Clause("restrain", "USA", "JPN", "chips", quantity=1.0)
    assert offered(match(USA="hawk"), restraint, to="USA") == ("it never agrees to restraint",)


def test_who_holds_signs_no_more_than_renewals() -> None:
    assert offered(match(), PAYS_US, to="KOR") == ("it signs nothing but what renews a contract that ran out",)


def test_of_people_no_reason_is_known() -> None:
    game = Match(S, 7, dict.fromkeys(S.seats, "hold") | {"JPN": HUMAN, "KOR": HUMAN})
    game.give("JPN", Propose(("JPN", "KOR"), (PAYS_US,)))
    game.give("KOR", Answer("JPN/1", False))
    game.close_round()
    (outcome,) = [each for each in game.outcomes if each.sender == "JPN"]
    assert outcome.refused == ("KOR",)
    assert outcome.why == {}


@pytest.mark.parametrize("paid", [-0.4, -0.05, 0.002, 0.01, 0.5])
def test_reasons_are_those_that_steady_decides_by(paid: float) -> None:
    """Of offers of more and more money the worse are refused for their worth, and the first that is taken ends it."""
    giver, taker = ("JPN", "KOR") if paid > 0 else ("KOR", "JPN")
    talks = Talks(RuleBook(S), RuleBook(S).open(3), 1)
    japan = S.place_axis.at("JPN")
    talks.hear(japan, Propose(("JPN", "KOR"), (Clause("money", giver, taker, quantity=abs(paid)),)))
    row = int(np.flatnonzero(talks.offers.open[:, 0])[0])
    (why, *_) = why_refused(talks, row, "KOR", find("steady"))
    assert ("worth -" in why) is (paid < 0)
