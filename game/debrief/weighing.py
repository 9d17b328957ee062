"""What decisions were worth: the game played again without each; and own play, rivals and luck apart.

All of it is paired: the same draws of chance with and without. Other draws of the same game say whether a decision
would have helped anyway, and what luck was worth.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from agents.strategies import strategies
from game.core.rng import derived, seeds
from game.core.scenario import Scenario
from game.debrief.branches import Branch, Branches
from game.debrief.choices import takes_long
from game.debrief.decisions import REFUSAL
from game.debrief.records import Account, Debrief, Decision, Finish
from game.debrief.story import par_that_counts
from game.files.saves import SavedGame
from game.files.scenarios import scenario_from_text

Floats = NDArray[np.float64]
#: Decisions left out in turn, games of the closer look at each of the weightiest, and how many get it.
BUDGET, DRAWS, CLOSER = 64, 8, 21
#: Changes of the opening that nobody feels, USD bn: how far the game moves by them is what chance makes of anything.
NUDGES = (1e-6, -1e-6, 2e-6, -2e-6)
#: Worlds played side by side at most: where the rules are fastest.
BLOCK = 64
#: Refusals and settings of dials are many: they are weighed after all else, in this order, while the budget lasts.
_LATER = (REFUSAL, "dial", "research", "compute_split")
REFERENCE = "steady"


def steps(told: Debrief, saved: SavedGame, budget: int = BUDGET, draws: int = DRAWS) -> int:
    """Quarters that `weighed` plays at most, for a progress bar."""
    mine = min(sum(d.mark is not None for d in told.decisions), budget)
    if not mine:
        return 0
    passes = -(-mine // (BLOCK - 1)) + 1 + -(-min(mine, CLOSER) // max(BLOCK // draws - 1, 1))
    return len(saved.log) * (passes + (2 * len(told.players) if told.over else 0))


def weighed(
    told: Debrief,
    saved: SavedGame,
    files: Mapping[str, str] = MappingProxyType({}),
    budget: int = BUDGET,
    draws: int = DRAWS,
    tick: Callable[[int], None] = lambda quarters: None,
) -> Debrief:
    """A debrief whose decisions are weighed, and whose players' results are accounted for.

    Parameters
    ----------
    told : of the same game.
    budget : decisions left out in turn; those beyond it are counted in `unweighed`.
    draws : games with other draws of chance.
    tick : told the quarters played.

    Raises
    ------
    PaxError
        As for a replay.
    """
    s = scenario_from_text(saved.scenario_text, "scenario.yaml")
    saved, note = without_planners(saved)
    mine = [d for d in told.decisions if d.mark is not None]
    if not mine:
        return told
    chosen = sorted(mine, key=lambda d: (_LATER.index(d.kind) + 1 if d.kind in _LATER else 0, d.quarter))[:budget]
    effect = _without_each(saved, chosen, s, files, tick)
    floor = _floor(saved, told.players, s, files, tick)
    closer = sorted(chosen, key=lambda d: -abs(effect[d]))[:CLOSER]
    other = _other_seeds(saved, draws)
    played, typical = _in_other_draws(saved, closer, s, files, other, tick)
    accounts = tuple(
        account
        for seat in told.players
        if (account := _account(told, saved, s, seat, files, other, played, tick)) is not None
    )
    return replace(
        told,
        decisions=tuple(_with_effect(d, effect, typical) for d in told.decisions),
        accounts=accounts,
        unweighed=len(mine) - len(chosen),
        floor=floor,
        notes=(*told.notes, *note),
    )


def without_planners(saved: SavedGame) -> tuple[SavedGame, tuple[str, ...]]:
    """The game with `steady` where strategies sat that search by playing on, and a note of it: a game with them takes
    minutes, and weighing takes hundreds of games."""
    known = strategies()
    long = {name for name, kind in known.items() if takes_long(kind)}

    def plain(holders: Mapping[str, str]) -> dict[str, str]:
        return {seat: REFERENCE if holder in long else holder for seat, holder in holders.items()}

    log = [{part: plain(v) if part.endswith("seats") else v for part, v in entry.items()} for entry in saved.log]
    seats = plain(saved.seats)
    changed = [seat for seat in seats if seats[seat] != saved.seats[seat]]
    if not changed and log == saved.log:
        return saved, ()
    note = f"When decisions were weighed, {REFERENCE} sat where planners did: {', '.join(changed) or 'for a time'}."
    return replace(saved, seats=seats, log=log), (note,)


def _with_effect(d: Decision, effect: Mapping[Decision, float], typical: Mapping[Decision, Floats]) -> Decision:
    if d not in effect:
        return d
    if d not in typical:
        return replace(d, moved=effect[d])
    found = typical[d]
    error = float(found.std(ddof=1) / np.sqrt(len(found))) if len(found) > 1 else None
    return replace(d, moved=effect[d], typical=float(found.mean()), error=error)


def _without_each(
    saved: SavedGame,
    decisions: Sequence[Decision],
    s: Scenario,
    files: Mapping[str, str],
    tick: Callable[[int], None],
) -> dict[Decision, float]:
    """What each brought the seat that decided it, in this game."""
    found = {}
    for first in range(0, len(decisions), BLOCK - 1):
        some = decisions[first : first + BLOCK - 1]
        branches = [Branch(saved.seed), *(_branch(saved.seed, d) for d in some)]
        scores = Branches(saved, branches, files).finish(tick)
        for w, d in enumerate(some, start=1):
            n = s.place_axis.at(d.seat)
            found[d] = float(scores[n, 0] - scores[n, w])
    return found


def _floor(
    saved: SavedGame, seats: Sequence[str], s: Scenario, files: Mapping[str, str], tick: Callable[[int], None]
) -> float:
    """How far the result of a player moves by a change that nobody feels: the largest found."""
    branches = [Branch(saved.seed), *(Branch(saved.seed, nudge=nudge) for nudge in NUDGES)]
    scores = Branches(saved, branches, files).finish(tick)[[s.place_axis.at(seat) for seat in seats]]
    return float(np.abs(scores[:, 1:] - scores[:, :1]).max())


def _branch(seed: int, d: Decision) -> Branch:
    return Branch(seed, frozenset() if d.mark is None else frozenset([d.mark]))


def _other_seeds(saved: SavedGame, draws: int) -> list[int]:
    """Seeds of other draws of chance, after the same opening."""
    return [int(seed) for seed in derived(seeds(saved.seed, draws), "debrief")]


def _in_other_draws(
    saved: SavedGame,
    decisions: Sequence[Decision],
    s: Scenario,
    files: Mapping[str, str],
    other: Sequence[int],
    tick: Callable[[int], None],
) -> tuple[Floats, dict[Decision, Floats]]:
    """The game as it was ordered in other draws, (N, draws); and what each decision brought in them, (draws,)."""
    found = {}
    played = np.zeros((len(s.place_axis), 0))
    at_once = max(BLOCK // len(other) - 1, 1)
    for first in range(0, max(len(decisions), 1), at_once):
        some = decisions[first : first + at_once]
        branches = [Branch(saved.seed), *(Branch(seed) for seed in other)]
        branches += [_branch(seed, d) for d in some for seed in other]
        scores = Branches(saved, branches, files).finish(tick)[:, 1:]
        played = scores[:, : len(other)]
        for k, d in enumerate(some, start=1):
            found[d] = (played - scores[:, k * len(other) : (k + 1) * len(other)])[s.place_axis.at(d.seat)]
    return played, found


def _account(
    told: Debrief,
    saved: SavedGame,
    s: Scenario,
    seat: str,
    files: Mapping[str, str],
    other: Sequence[int],
    played: Floats,
    tick: Callable[[int], None],
) -> Account | None:
    """Result less par as own play, rivals and luck; None while the game is not over."""
    if not told.over:
        return None
    n = s.place_axis.at(seat)
    branches = [Branch(seed) for seed in other]
    steady = Branches(saved, branches, files, {seat: REFERENCE}).finish(tick)[n]
    finish = next(f for f in told.finishes if f.code == seat)
    par = _par(finish, saved, s, n, other, tick)
    own = played[n] - steady
    error = float(own.std(ddof=1) / np.sqrt(len(own))) if len(own) > 1 else 0.0
    return Account(
        seat=seat,
        result=finish.score,
        par=par,
        own=float(own.mean()),
        rivals=float(steady.mean()) - par,
        luck=finish.score - float(played[n].mean()),
        error=error,
        draws=len(other),
    )


def _par(
    finish: Finish, saved: SavedGame, s: Scenario, n: int, other: Sequence[int], tick: Callable[[int], None]
) -> float:
    """Par of the mandate drawn: of the table where it counts, else of games with everybody on `steady`."""
    if finish.par is not None and par_that_counts(s)[0] is not None:
        return finish.par
    all_steady = dict.fromkeys(s.seats, REFERENCE)
    branches = [Branch(seed) for seed in other]
    return float(Branches(saved, branches, {}, all_steady).finish(tick)[n].mean())
