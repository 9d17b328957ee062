"""What a debrief says of who promised, proposed and broke what is so, and in plain words."""

from dataclasses import replace
from html import escape

import pytest

from agents.model import ChipRace
from game.core.diplomacy import Break, Clause, Propose
from game.core.orders import RefuseImports
from game.debrief import Debrief
from game.debrief.contracts import owed_by, promises_of
from game.debrief.decisions import words_of
from game.debrief.page import debrief_page
from game.files.scenarios import bundled
from game.ledger import Ledger
from game.testing import with_contract
from tests.page.test_document import parsed

S = bundled("pax_silica_2026")
PLAIN = replace(S, controls=(), contracts=())


def test_a_breach_tells_what_the_breaker_had_promised(told: Debrief) -> None:
    race = ChipRace(S, 1, dict.fromkeys(S.seats, "hold"), 1)
    ledger = Ledger(S, race.world)
    opening = next(p for p in promises_of(ledger, S, 1) if {"JPN", "NLD"} <= set(p.parties) and len(p.clauses) > 1)
    assert opening.owed == ()
    race.post("NLD", [Break(opening.number)])
    before = race.world
    race.step()
    ledger.note(before, race.world)
    broken = next(p for p in promises_of(ledger, S, 1) if p.number == opening.number)
    assert broken.breaker == "NLD"
    assert broken.owed
    assert all(words.startswith("The Netherlands") for words in broken.owed)
    assert escape(broken.owed[0]) in debrief_page(replace(told, promises=(broken,)))


@pytest.mark.parametrize(
    ("code", "begins"),
    [
        ("AUS", ["Australia ships", "Australia pays"]),
        ("JPN", ["Japan and Australia share"]),
        ("KOR", ["the contract says: Australia pays", "Australia ships", "Japan and Australia"]),
    ],
)
def test_own_promises_come_before_those_of_both_and_what_is_paid_last(code: str, begins: list[str]) -> None:
    clauses = (
        Clause("money", "AUS", "JPN", quantity=0.1),
        Clause("supply", "AUS", "JPN", "dytb", quantity=5.0, price=1.0),
        Clause("hub", "JPN", "AUS", "separation", quantity=0.1),
    )
    found = owed_by(code, clauses, S)
    told = [words for words in found if not (code == "AUS" and "share a research hub" in words)]
    assert len(told) == len(begins)
    assert all(words.startswith(start) for words, start in zip(told, begins, strict=True))


def test_a_buyer_who_refuses_what_it_signed_for_did_not_stop_it() -> None:
    race = ChipRace(PLAIN, 1, dict.fromkeys(S.seats, "hold"), 1)
    supply = Clause("supply", "AUS", "JPN", "ndpr", quantity=5.0, price=1.0)
    race.world = with_contract(race.world, PLAIN, supply)
    ledger = Ledger(PLAIN, race.world)
    race.post("JPN", [RefuseImports("minerals", "AUS", True, "ndpr")])
    before = race.world
    race.step()
    ledger.note(before, race.world)
    (broken,) = [p for p in promises_of(ledger, PLAIN, 1) if p.status == "broken"]
    assert broken.breaker == "JPN"
    assert broken.reason == "refused NdPr that it had signed for"
    assert broken.owed[0].startswith("the contract says: Australia ships Japan")


def test_who_proposes_does_not_propose_to_itself() -> None:
    offer = Propose(("JPN", "USA", "NLD"), (Clause("money", "JPN", "USA", quantity=0.1),))
    assert words_of(offer, S, "JPN").startswith("Propose to the United States and the Netherlands: ")
    assert words_of(offer, S, "USA").startswith("Propose to Japan and the Netherlands: ")


@pytest.mark.parametrize(("floor", "words"), [(5.5e-08, "less than 0.01 points"), (0.12, "up to 0.12 points")])
def test_the_floor_of_what_can_be_told_is_in_plain_words(weighed_up: Debrief, floor: float, words: str) -> None:
    text = debrief_page(replace(weighed_up, floor=floor))
    assert f"moves a result by {words}" in text
    assert "e-0" not in text
    assert parsed(text).open == []
