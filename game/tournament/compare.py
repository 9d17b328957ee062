"""Two strategies against each other, in pairs of games with seats swapped, until a sequential test has an answer."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import numpy as np

from game.core.errors import PaxError
from game.core.scenario import Scenario
from game.files.par_tables import ParTable
from game.files.rules_hash import rules_hash
from game.tournament.config import Tournament
from game.tournament.ratings import Z95
from game.tournament.results import points_of
from game.tournament.run import Planned, Runner, held_by, missing
from game.tournament.schedule import swapped_pairs
from game.tournament.sprt import Sprt
from game.tournament.store import Contest, Store
from game.tournament.task import ScenarioText, TaskError

FORMAT = "compare"
SEEDS = 32
"""Seeds that one pair of seats is played on before the next."""


class _Duel(NamedTuple):
    """Two seatings of the same seats, the second with A and B swapped, and their seeds."""

    one: tuple[tuple[str, int], ...]
    swapped: tuple[tuple[str, int], ...]
    seeds: range


@dataclass(slots=True)
class Comparison:
    """How a comparison stands.

    Parameters
    ----------
    gains : mean points of A less those of B, by pair of games.
    """

    names: tuple[str, str]
    test: Sprt
    most: int
    gains: list[float] = field(default_factory=list)
    faults: int = 0

    @property
    def games(self) -> int:
        """Games counted."""
        return 2 * self.test.pairs

    @property
    def gain(self) -> tuple[float, float]:
        """Points of A less those of B, and half of the 95% interval."""
        if len(self.gains) < 2:
            return float(np.mean(self.gains)) if self.gains else 0.0, float("inf")
        return float(np.mean(self.gains)), Z95 * float(np.std(self.gains, ddof=1)) / len(self.gains) ** 0.5

    def as_json(self) -> dict[str, Any]:
        """The value of `tournament compare --json`."""
        gain, half = self.gain
        better, worse = self.test.ratios
        return {
            "a": self.names[0],
            "b": self.names[1],
            "verdict": self.test.verdict,
            "games": self.games,
            "share": self.test.share,
            "share_95": list(self.test.interval),
            "points": gain,
            "points_95": [gain - half, gain + half] if half != float("inf") else None,
            "margin": self.test.margin,
            "error": self.test.error,
            "ratio_better": better,
            "ratio_worse": worse,
            "bounds": [self.test.lower, self.test.upper],
            "faults": self.faults,
        }


def compare(
    pair: Tournament,
    store: Store,
    runner: Callable[[dict[str, ScenarioText]], AbstractContextManager[Runner]],
    test: Sprt,
    at_once: int,
    tick: Callable[[Comparison], None],
) -> Comparison:
    """Play pairs of games until the test has an answer, or as many as `pair.seeds` seeds hold.

    Parameters
    ----------
    pair : one scenario and two entrants.
    at_once : pairs of seats that are played between two looks at the test.

    Raises
    ------
    PaxError
        Games could not be played.
    """
    scenario = pair.scenarios[0]
    par = pair.par[scenario.content_hash]
    found = Comparison((pair.entrants[0].name, pair.entrants[1].name), test, 2 * pair.seeds)
    texts = {scenario.content_hash: ScenarioText(scenario.name, scenario.content_hash, scenario.text)}
    with runner(texts) as playing:
        for look in _looks(pair, at_once):
            entered = [_entered(pair, scenario, store, duel) for duel in look]
            _play(pair, store, playing, [planned for both in entered for planned in both])
            for duel, both in zip(look, entered, strict=True):
                _count(found, par, store, duel, both)
            tick(found)
            if test.verdict is not None:
                break
    return found


def _looks(pair: Tournament, at_once: int) -> Iterator[list[_Duel]]:
    """Pairs of seats in turn, each on seeds of its own, as many as are played between two looks."""
    duels = []
    for turn, first in enumerate(range(0, pair.seeds, SEEDS)):
        count = len(pair.seats)
        ways = swapped_pairs(0, 1, pair.seats, turn // count)
        i = 2 * (turn % (len(ways) // 2))
        start = pair.first_seed + first
        duels.append(_Duel(ways[i], ways[i + 1], range(start, start + min(SEEDS, pair.seeds - first))))
    for k in range(0, len(duels), at_once):
        yield duels[k : k + at_once]


def _entered(pair: Tournament, scenario: Scenario, store: Store, duel: _Duel) -> list[Planned]:
    """Both seatings of a duel, entered in the store."""
    planned = []
    with store.transaction():
        store.add_par(rules_hash(), scenario.content_hash, pair.par[scenario.content_hash])
        for way in (duel.one, duel.swapped):
            rated = {seat: pair.entrants[i] for seat, i in way}
            held = held_by(scenario, rated)
            number = store.seating(rules_hash(), scenario.content_hash, scenario.name, held)
            store.add_contests([Contest(FORMAT, number, tuple(rated), duel.seeds[0], duel.seeds[-1])])
            planned.append(Planned(scenario, number, held, duel.seeds))
    return planned


def _play(pair: Tournament, store: Store, playing: Runner, planned: list[Planned]) -> None:
    """Play what the store lacks of it. Raises PaxError if that cannot be done: a pair must be whole."""
    for task, rows in playing.played(missing(pair, planned, store)):
        if isinstance(rows, TaskError):
            raise PaxError(f"not played: {rows}")
        store.add_games(task.seating, rows)


def _count(found: Comparison, par: ParTable, store: Store, duel: _Duel, both: list[Planned]) -> None:
    """Take the games of a duel into the test."""
    gains = []
    for way, planned in zip((duel.one, duel.swapped), both, strict=True):
        rows = store.rows(planned.number, planned.seeds)
        points = points_of(
            par, list(planned.held), np.array([row.scores for row in rows]), np.array([row.mandates for row in rows])
        )
        a, b = (list(planned.held).index(next(seat for seat, i in way if i == k)) for k in (0, 1))
        gains.append(points[:, a] - points[:, b])
        found.faults += sum(bool(row.faults) for row in rows)
    gain = (gains[0] + gains[1]) / 2
    found.test.add(np.sign(gain) / 2 + 0.5)
    found.gains += gain.tolist()
