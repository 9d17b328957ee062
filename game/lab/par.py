"""Par: what each seat scores when everybody plays `steady`, and the spread of its score over scripted strategies."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from agents.model import ChipRace
from game.core.scenario import Scenario
from game.files.par_tables import SPREAD, ParTable, SeatPar
from game.files.rules_hash import rules_hash
from game.rules import score

Floats = NDArray[np.float64]
#: Worlds played side by side: where the rules are fastest (architecture.md).
BLOCK = 64
REFERENCE, OTHERS = "steady", ("hold", "greedy")
FIRST_SEED = 1
#: Seeds of the games for the spread lie far from those of the mean.
SPREAD_SEED = 1_000_000


def par(scenario: Scenario, games: int, tick: Callable[[int], None]) -> ParTable:
    """Play `games` games on `steady`, and an eighth as many with each other strategy in each seat.

    Parameters
    ----------
    scenario : what is played, whole, epilogue included.
    games : number of games for the mean.
    tick : told the number of games finished since the last call.
    """
    mean = scores(scenario, {}, games, FIRST_SEED, tick)
    seats = {}
    for i, seat in enumerate(scenario.seats):
        played = {REFERENCE: mean[i]}
        for other in OTHERS:
            played[other] = scores(scenario, {seat: other}, spread_games(games), SPREAD_SEED, tick)[i]
        seats[seat] = _seat(played)
    return ParTable(scenario.name, scenario.content_hash, rules_hash(), games, FIRST_SEED, SPREAD, seats)


def spread_games(games: int) -> int:
    """Games for each other strategy in each seat."""
    return max(games // 8, 2)


def games_in_all(scenario: Scenario, games: int) -> int:
    """Games that `par` plays."""
    return games + len(scenario.seats) * len(OTHERS) * spread_games(games)


def scores(scenario: Scenario, seats: dict[str, str], games: int, seed: int, tick: Callable[[int], None]) -> Floats:
    """Scores (seats, games) of whole games, epilogue included; in blocks, seeds counted up."""
    parts = []
    for first in range(0, games, BLOCK):
        worlds = min(BLOCK, games - first)
        race = ChipRace(scenario, worlds, seats, seed + first)
        race.run()
        parts.append(score.game_score(race.world)[list(scenario.places.seats)])
        tick(worlds)
    return np.concatenate(parts, axis=1)


def _seat(played: dict[str, Floats]) -> SeatPar:
    """A third of the weight for each strategy: variance within and between."""
    reference = played[REFERENCE]
    means = np.array([values.mean() for values in played.values()])
    within = np.array([values.var() for values in played.values()])
    sigma = float(np.sqrt(within.mean() + means.var()))
    error = float(reference.std(ddof=1) / np.sqrt(len(reference))) if len(reference) > 1 else float("inf")
    by_strategy = {name: float(mean) for name, mean in zip(played, means, strict=True)}
    return SeatPar(float(reference.mean()), error, sigma, by_strategy)
