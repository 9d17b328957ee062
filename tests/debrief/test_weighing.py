"""Decisions are weighed against the same game without them, and results fall apart into parts that add up."""

from dataclasses import replace

import numpy as np
import pytest

from game.core.diplomacy import Answer
from game.core.world import state_hash
from game.debrief import Debrief, debrief_of, steps, weighed
from game.debrief.branches import Branch, Branches
from game.debrief.records import Account, Mark
from game.debrief.weighing import without_planners
from game.files.saves import SavedGame
from game.files.scenarios import bundled
from game.match import HUMAN, Match
from tests.debrief.conftest import played


def test_world_without_anything_left_out_is_the_game_bit_for_bit(saved: SavedGame) -> None:
    branches = Branches(saved, [Branch(saved.seed), Branch(saved.seed + 5)])
    branches.finish()
    assert state_hash(branches.race.world, 0) == saved.hashes[-1]
    assert state_hash(branches.race.world, 1) != saved.hashes[-1]


def test_world_without_a_decision_is_the_game_in_which_it_was_never_taken(told: Debrief, saved: SavedGame) -> None:
    ban = next(d.mark for d in told.decisions if d.kind == "control" and d.mark is not None)
    # Without answers: they are to the offers of the game as it was, and others may be made without the ban.
    saved = replace(saved, log=[{k: v for k, v in entry.items() if k != "said"} for entry in saved.log])
    branches = Branches(saved, [Branch(saved.seed), Branch(saved.seed, frozenset([ban]))])
    branches.finish()
    orders = {seat: list(records) for seat, records in saved.log[0]["orders"].items()}
    orders["JPN"].pop(ban.position)
    never = replace(saved, log=[{**saved.log[0], "orders": orders}, *saved.log[1:]])
    alone = Branches(never, [Branch(saved.seed)])
    alone.finish()
    assert state_hash(branches.race.world, 1) == state_hash(alone.race.world, 0)


def test_a_refusal_is_weighed_against_the_game_in_which_the_offer_was_accepted() -> None:
    match = Match(bundled("classroom"), 7, {"JPN": HUMAN})
    match.open_round()
    offer = match.inbox("JPN")[0]
    for answered in match.inbox("JPN"):
        match.give("JPN", Answer(answered.name, False, 1))
    match.end_quarter()
    saved = match.saved()
    said = saved.log[0]["said"]["JPN"]
    mark = Mark(0, "JPN", "said", next(k for k, words in enumerate(said) if words["offer"] == offer.name))
    branches = Branches(saved, [Branch(saved.seed), Branch(saved.seed, frozenset([mark]))])
    branches.finish()
    accepted = [{**words, "accept": words["accept"] or words["offer"] == offer.name} for words in said]
    other = replace(saved, log=[{**saved.log[0], "said": {"JPN": accepted}}, *saved.log[1:]])
    alone = Branches(other, [Branch(saved.seed)])
    alone.finish()
    assert state_hash(branches.race.world, 0) == saved.hashes[-1]
    assert state_hash(branches.race.world, 1) == state_hash(alone.race.world, 0) != saved.hashes[-1]


def test_decision_is_worth_the_difference_of_both_games(weighed_up: Debrief, saved: SavedGame) -> None:
    decision = next(d for d in weighed_up.decisions if d.moved is not None and d.mark is not None)
    assert decision.mark is not None
    scores = Branches(saved, [Branch(saved.seed), Branch(saved.seed, frozenset([decision.mark]))]).finish()
    n = list(weighed_up.names).index("JPN")
    assert decision.moved == pytest.approx(float(scores[n, 0] - scores[n, 1]), abs=1e-12)


def test_budget_bounds_what_is_weighed_and_the_rest_is_counted(weighed_up: Debrief) -> None:
    mine = [d for d in weighed_up.decisions if d.mark is not None]
    assert sum(d.moved is not None for d in mine) == 3
    assert weighed_up.unweighed == len(mine) - 3
    assert weighed_up.floor is not None


def test_steps_are_at_least_those_that_are_played(told: Debrief, saved: SavedGame) -> None:
    ticks: list[int] = []
    weighed(told, saved, budget=2, draws=2, tick=ticks.append)
    assert 0 < sum(ticks) <= steps(told, saved, budget=2, draws=2)


def test_game_without_people_has_nothing_to_weigh(saved: SavedGame) -> None:
    steady = replace(
        saved, seats=dict.fromkeys(saved.seats, "steady"), log=[{"orders": {}}] * 1, hashes=saved.hashes[:2]
    )
    told, _ = debrief_of(steady)
    assert weighed(told, steady) is told
    assert steps(told, steady) == 0


def test_planners_are_played_by_steady_when_decisions_are_weighed_and_the_note_says_so(saved: SavedGame) -> None:
    log = [{**saved.log[0], "first_seats": {**saved.seats, "USA": "planner_2"}}, *saved.log[1:]]
    plain, note = without_planners(replace(saved, seats={**saved.seats, "USA": "planner_2"}, log=log))
    assert plain.seats == saved.seats
    assert plain.log[0]["first_seats"]["USA"] == "steady"
    assert plain.log[0]["orders"] == saved.log[0]["orders"]
    assert "USA" in note[0]
    assert without_planners(saved) == (saved, ())


@pytest.mark.slow
def test_account_adds_up_to_result_less_par() -> None:
    saved = played(24).saved()
    told, _ = debrief_of(saved)
    assert told.over
    found = weighed(told, saved, budget=1, draws=2).accounts[0]
    assert isinstance(found, Account)
    assert found.own + found.rivals + found.luck == pytest.approx(found.result - found.par, abs=1e-9)
    assert np.isfinite(found.error)
