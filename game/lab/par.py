"""Par: what each seat scores when everybody plays `steady`, and the spread of its score over doctrines."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from agents.model import ChipRace
from agents.strategies.doctrine import doctrines
from game.core.names import MANDATES
from game.core.scenario import Scenario
from game.files.par_tables import SPREAD, ParTable, SeatPar
from game.files.rules_hash import rules_hash
from game.rules import score

Floats = NDArray[np.float64]
#: Worlds played side by side: where the rules are fastest (architecture.md).
BLOCK = 64
REFERENCE = "steady"
#: Games of a seat on each other doctrine, for the spread: so many for each of the mean, and no fewer than.
SPREAD_SHARE, LEAST_SPREAD = 1 / 16, 2
FIRST_SEED = 1
#: Seeds of the games for the spread lie far from those of the mean.
SPREAD_SEED = 1_000_000


def par(scenario: Scenario, games: int, tick: Callable[[int], None]) -> ParTable:
    """Play `games` games on `steady`, and a sixteenth as many with each other doctrine in each seat.

    Parameters
    ----------
    scenario : what is played, whole, epilogue included.
    games : number of games for the mean.
    tick : told the number of games finished since the last call.
    """
    mean = played(scenario, {}, games, FIRST_SEED, tick)
    seats = {}
    for i, seat in enumerate(scenario.seats):
        found = {REFERENCE: mean}
        for other in doctrines()[1:]:
            found[other] = played(scenario, {seat: other}, spread_games(games), SPREAD_SEED, tick)
        seats[seat] = _seat({name: Held(p.scores[i], p.mandates[i]) for name, p in found.items()}, mean.open_scores[i])
    return ParTable(scenario.name, scenario.content_hash, rules_hash(), games, FIRST_SEED, SPREAD, seats)


def spread_games(games: int) -> int:
    """Games for each other doctrine in each seat."""
    return max(int(games * SPREAD_SHARE), LEAST_SPREAD)


def games_in_all(scenario: Scenario, games: int) -> int:
    """Games that `par` plays."""
    return games + len(scenario.seats) * len(doctrines()[1:]) * spread_games(games)


class Played(NamedTuple):
    """Whole games, epilogue included; (seats, games) each."""

    scores: Floats
    open_scores: Floats
    """after each quarter, without what the mandate adds; (seats, quarters, games)"""
    mandates: NDArray[np.int8]


def played(scenario: Scenario, seats: dict[str, str], games: int, seed: int, tick: Callable[[int], None]) -> Played:
    """Play games in blocks, seeds counted up."""
    parts = []
    rows = list(scenario.places.seats)
    for first in range(0, games, BLOCK):
        worlds = min(BLOCK, games - first)
        race = ChipRace(scenario, worlds, seats, seed + first)
        so_far = []
        while not race.finished:
            race.step()
            so_far.append(score.open_score(race.world)[rows])
        world = race.world
        parts.append((score.game_score(world)[rows], np.stack(so_far, axis=1), world.standing.mandate[rows]))
        tick(worlds)
    return Played(*(np.concatenate(part, axis=-1) for part in zip(*parts, strict=True)))


class Held(NamedTuple):
    """A seat's games on one strategy; (games,) each."""

    scores: Floats
    mandates: NDArray[np.int8]


def _seat(found: dict[str, Held], open_scores: Floats) -> SeatPar:
    """The same weight in the spread for each doctrine: variance within and between, over the par of what was drawn: a
    mandate that is easier for all is no spread."""
    reference, mandates = found[REFERENCE]
    by_position = np.full(len(MANDATES) + 1, reference.mean())
    for k in range(len(MANDATES)):
        if (mandates == k).any():
            by_position[k] = reference[mandates == k].mean()
    scores = {name: held.scores for name, held in found.items()}
    means = np.array([values.mean() for values in scores.values()])
    beyond = [held.scores - by_position[held.mandates] for held in found.values()]
    within = np.array([values.var() for values in beyond])
    sigma = float(np.sqrt(within.mean() + np.var([values.mean() for values in beyond])))
    error = float(reference.std(ddof=1) / np.sqrt(len(reference))) if len(reference) > 1 else float("inf")
    by_strategy = {name: float(mean) for name, mean in zip(scores, means, strict=True)}
    by_mandate = {name: float(by_position[k]) for k, name in enumerate(MANDATES) if (mandates == k).any()}
    return SeatPar(float(reference.mean()), error, sigma, by_strategy, open_scores.mean(axis=1).tolist(), by_mandate)
