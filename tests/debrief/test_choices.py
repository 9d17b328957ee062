"""What strategies weighed is told with what they passed over; people are shown what a steady hand would do."""

import pytest

from agents.strategies import find
from agents.strategies.steady import Steady
from game.debrief import Debrief, debrief_of
from game.debrief.choices import takes_long
from game.files.saves import SavedGame


def test_choices_of_strategies_tell_their_terms_and_what_was_passed_over(told: Debrief) -> None:
    chosen = [d for d in told.decisions if d.kind == "order" and d.mark is None]
    assert {d.seat for d in chosen} >= {"USA", "CHN"}
    assert all(d.worth is not None and d.reasons for d in chosen)
    assert any(d.alternatives for d in chosen)
    assert max([d.seat for d in chosen].count(seat) for seat in {d.seat for d in chosen}) <= 4


def test_no_choice_is_told_of_a_person(told: Debrief) -> None:
    assert not [d for d in told.decisions if d.seat == "JPN" and d.mark is None and d.kind == "order"]


def test_person_is_shown_what_a_steady_hand_would_have_ordered(told: Debrief) -> None:
    ordered = [d for d in told.decisions if d.mark is not None and d.mark.part == "orders"]
    said = [d for d in told.decisions if d.mark is not None and d.mark.part == "said"]
    assert any(d.alternatives for d in ordered)
    assert not any(d.alternatives for d in said)


def test_planners_are_not_asked_again_and_others_are() -> None:
    assert takes_long(find("planner"))
    assert not takes_long(find("steady"))


def test_strategy_that_cannot_say_why_leaves_the_rest_of_the_story(
    saved: SavedGame, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(self: object, counsel: object) -> None:
        raise ZeroDivisionError("no reason")

    monkeypatch.setattr(Steady, "alternatives", fails)
    told, _ = debrief_of(saved)
    assert not [d for d in told.decisions if d.kind == "order" and d.mark is None]
    assert told.race.mineral
