"""What a debrief tells is what happened in the game."""

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest

from game.core.errors import PaxError
from game.debrief import Debrief, Moment, Promise, debrief_of, kept_by, most_telling
from game.files.saves import SavedGame
from game.files.scenarios import bundled
from game.match import Match
from tests.debrief.conftest import QUARTERS


def test_bars_of_the_race_are_those_of_the_game(told: Debrief, match: Match) -> None:
    assert told.race.mineral == tuple(match.series["mineral_independence"])
    assert told.race.chip == tuple(match.series["chip_independence"])
    assert len(told.labels) == QUARTERS + 1


def test_scores_by_quarter_are_those_of_the_game(told: Debrief, match: Match) -> None:
    japan = match.scenario.place_axis.at("JPN")
    assert told.scores["JPN"] == tuple(float(row[japan]) for row in match.series["score"])


def test_standing_is_that_of_the_match(told: Debrief, match: Match) -> None:
    assert {f.code: f.score for f in told.finishes} == pytest.approx(dict(match.standings()))
    assert [f.rank for f in told.finishes] == list(range(1, len(told.finishes) + 1))


def test_mandates_stay_secret_while_the_game_goes_on(told: Debrief) -> None:
    assert {f.mandate for f in told.finishes} == {""}
    assert any("not over" in note for note in told.notes)


def test_everything_that_a_person_ordered_is_told_in_order(told: Debrief, saved: SavedGame) -> None:
    mine = [d for d in told.decisions if d.mark is not None]
    given = [r["order"] for e in saved.log for part in ("said", "orders") for r in e.get(part, {}).get("JPN", [])]
    assert sorted("answer" if d.kind == "refusal" else d.kind for d in mine) == sorted(given)
    assert "Ban on magnets and materials for China" in [d.text for d in mine]
    assert told.players == ("JPN",)


def test_answer_tells_what_was_offered(told: Debrief) -> None:
    for kind, begins in (("answer", "Accept what "), ("refusal", "Refuse what ")):
        answers = [d.text for d in told.decisions if d.kind == kind]
        assert answers
        assert all(text.startswith(begins) and "/" not in text.split(":")[0] for text in answers)


def test_stretches_of_gates_follow_one_another_without_a_gap(told: Debrief) -> None:
    ends = [(stretch.first, stretch.last) for stretch in told.stretches]
    assert ends[0][0] == 0
    assert ends[-1][1] == QUARTERS - 1
    assert all(after[0] == before[1] + 1 for before, after in pairwise(ends))
    assert all(s.owner and 0.0 < s.share <= 1.0 for s in told.stretches if s.gate != "nothing")


def test_contracts_lie_within_the_game_and_name_seats(told: Debrief) -> None:
    assert told.promises
    assert all(0 <= p.signed <= p.last < QUARTERS for p in told.promises)
    assert {seat for p in told.promises for seat in p.parties} <= set(told.names)


def test_breaker_is_counted_as_breaker_and_the_other_as_broken_to() -> None:
    broken = Promise(1, ("JPN", "USA"), ("x",), 0, 3, "broken", "USA", "JPN", "gave notice")
    kept = Promise(2, ("JPN", "USA"), ("x",), 0, 3, "expired", "USA")
    japan, states = kept_by((broken, kept), ("JPN", "USA"))
    assert (japan.broke, japan.suffered, japan.expired, japan.signed) == (1, 0, 1, 2)
    assert (states.broke, states.suffered) == (0, 1)


def test_most_telling_moments_come_in_order_and_no_kind_crowds_out_the_others() -> None:
    bars = [Moment(q, "bar", f"bar {q}", weight=5.0 + q) for q in range(9)]
    bans = [Moment(3, "control", f"ban {k}", weight=1.0) for k in range(9)]
    chosen = most_telling([*bars, *bans], 6)
    assert [m.quarter for m in chosen] == sorted(m.quarter for m in chosen)
    assert sum(m.kind == "bar" for m in chosen) == 3
    assert sum(m.kind == "control" for m in chosen) == 2


def test_other_rules_are_named(saved: SavedGame) -> None:
    other, _ = debrief_of(replace(saved, rules_hash="0" * 64))
    assert any("other rules" in note for note in other.notes)


def test_seat_steered_by_an_unknown_strategy_is_refused(saved: SavedGame) -> None:
    first = {"orders": {}, "first_seats": {"USA": "nobody_has_this"}}
    with pytest.raises(PaxError, match="not installed"):
        debrief_of(replace(saved, log=[first], hashes=saved.hashes[:2]))


def test_each_quarter_is_shown_to_who_asks(saved: SavedGame) -> None:
    seen: list[int] = []
    debrief_of(saved, each=lambda world: seen.append(world.quarter))
    assert seen == list(np.arange(1, QUARTERS + 1))


def test_a_game_that_is_over_is_told_with_its_epilogue() -> None:
    scenario = bundled("classroom")
    match = Match(scenario, 3, dict.fromkeys(scenario.seats, "hold"))
    while not match.over:
        match.end_quarter()
    saved = match.saved()
    match.play_epilogue()
    assert {f.code: f.score for f in debrief_of(saved)[0].finishes} == pytest.approx(dict(match.standings()))
