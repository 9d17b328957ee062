"""What the games of a store say, as arrays: who was rated where, and the points of it."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from game.core.errors import PaxError
from game.core.names import MANDATES
from game.files.par_tables import ParTable
from game.tournament.ratings import Floats, Ints
from game.tournament.store import Contest, SeatingRow, Store


@dataclass(frozen=True, slots=True)
class Results:
    """Contests of one format on one scenario or on several. Arrays have a row a game; -1 and nan fill short rows.

    Parameters
    ----------
    item, seat : positions of the strategy and of its seat. (M, k).
    points, score : (M, k); points are nan where there is no par table.
    cluster : games of the same scenario and seed have the same. (M,).
    faults, timed_out : games with a fault of each strategy, and of those how many were too slow. (n,).
    """

    format: str
    scenarios: tuple[str, ...]
    rules: str
    names: tuple[str, ...]
    contents: tuple[str, ...]
    seats: tuple[str, ...]
    item: Ints
    seat: Ints
    points: Floats
    score: Floats
    cluster: Ints
    faults: Ints
    timed_out: Ints

    @property
    def ranked(self) -> bool:
        """Whether every game has points."""
        return not bool(np.isnan(self.points[self.item >= 0]).any())


def results(store: Store, rules: str | None = None) -> list[Results]:
    """What the store holds, by format: each scenario, and all together where there are several.

    Parameters
    ----------
    rules : the beginning of a rules hash, needed where the store has games of several.

    Raises
    ------
    PaxError
        No games, or games of several rules, or none of those asked for.
    """
    chosen = _chosen(store, rules)
    seatings = {number: row for number, row in store.seatings().items() if row.rules == chosen}
    contests = [contest for contest in store.contests() if contest.seating in seatings]
    games = _Games(store, seatings)
    found = []
    for format in dict.fromkeys(contest.format for contest in contests):
        of_format = [contest for contest in contests if contest.format == format]
        scenarios = dict.fromkeys(seatings[contest.seating].scenario for contest in of_format)
        groups = [[c for c in of_format if seatings[c.seating].scenario == key] for key in scenarios]
        for group in [of_format, *groups] if len(groups) > 1 else groups:
            if (section := _section(chosen, format, group, seatings, games)) is not None:
                found.append(section)
    return found


def _chosen(store: Store, rules: str | None) -> str:
    counts = store.counts()
    if not counts:
        raise PaxError(f"{store.path}: no games yet")
    fitting = [known for known in counts if rules is None or known.startswith(rules)]
    told = ", ".join(f"{known[:12]} ({count:,} games)" for known, count in counts.items())
    if not fitting:
        raise PaxError(f"--rules {rules}: no games of these rules in {store.path}; it has {told}")
    if len(fitting) > 1:
        raise PaxError(f"{store.path}: games of different rules do not mix; name one with --rules: {told}")
    return fitting[0]


class _Games:
    """Every game of some seatings, in order of (seating, seed)."""

    def __init__(self, store: Store, seatings: Mapping[int, SeatingRow]) -> None:
        rows = [row for row in store.games() if row[0] in seatings]
        self.seating = np.array([row[0] for row in rows], dtype=np.int64)
        self.seed = np.array([row[1] for row in rows], dtype=np.int64)
        self.width = max((len(row.held) for row in seatings.values()), default=0)
        self.score = self._filled([row[2] for row in rows], np.nan)
        self.points = np.full(self.score.shape, np.nan)
        mandates = self._filled([row[3] for row in rows], -1.0).astype(np.int64)
        for key in dict.fromkeys((row.rules, row.scenario) for row in seatings.values()):
            table = store.par(*key)
            numbers = [number for number, row in seatings.items() if (row.rules, row.scenario) == key]
            mine = np.isin(self.seating, numbers)
            if table is not None and mine.any():
                seats = list(seatings[numbers[0]].held)
                self.points[mine] = points_of(table, seats, self.score[mine], mandates[mine])
        self.faults = {i: json.loads(row[4]) for i, row in enumerate(rows) if row[4] != "[]"}

    def _filled(self, texts: Sequence[str], filler: float) -> Floats:
        """Lists of numbers in JSON as one array. (games, seats)."""
        # Lists of one length are read in a third of the time as numbers with commas between them.
        together = ",".join(texts).replace("[", "").replace("]", "")
        if together.count(",") + 1 == len(texts) * self.width and "NaN" not in together:
            return np.fromstring(together, sep=",").reshape(len(texts), self.width)
        lists: list[list[float]] = json.loads(f"[{','.join(texts)}]")
        return np.array([row + [filler] * (self.width - len(row)) for row in lists]).reshape(len(lists), self.width)

    def of(self, contest: Contest) -> slice:
        """Where the games of a contest stand."""
        low, high = np.searchsorted(self.seating, [contest.seating, contest.seating + 1])
        seeds = self.seed[low:high]
        return slice(
            int(low + np.searchsorted(seeds, contest.first)), int(low + np.searchsorted(seeds, contest.last, "right"))
        )


def points_of(table: ParTable, seats: Sequence[str], score: Floats, mandate: Ints) -> Floats:
    """Points of every seat: 10 (score - par) / sigma, par of the mandate drawn. (games, seats); extra columns nan."""
    found = np.full(score.shape, np.nan)
    for i, seat in enumerate(seats):
        par = table.seats.get(seat)
        if par is not None and par.sigma > 0:
            pars = np.array([*(par.mandates.get(name, par.mean) for name in MANDATES.names), par.mean])
            found[:, i] = 10.0 * (score[:, i] - pars[mandate[:, i]]) / par.sigma
    return found


def _section(
    rules: str, format: str, contests: Sequence[Contest], seatings: Mapping[int, SeatingRow], games: _Games
) -> Results | None:
    """The games of some contests of a format; None where none has been played."""
    # Seatings were entered in the order of the tournament file, so its strategies come in that order too.
    entrants = list(dict.fromkeys(seatings[c.seating].held[seat] for c in contests for seat in c.rated))
    seats = tuple(dict.fromkeys(seat for c in contests for seat in seatings[c.seating].held if seat in c.rated))
    scenarios = dict.fromkeys((seatings[c.seating].name, seatings[c.seating].scenario) for c in contests)
    number_of = {key: i for i, (_, key) in enumerate(scenarios)}
    width = max(len(c.rated) for c in contests)
    parts: list[tuple[Any, ...]] = []
    faulty: Counter[tuple[int, str]] = Counter()
    for contest in contests:
        row, where = seatings[contest.seating], games.of(contest)
        count = where.stop - where.start
        columns = [list(row.held).index(seat) for seat in contest.rated]
        item = _row([entrants.index(row.held[seat]) for seat in contest.rated], width)
        seat = _row([seats.index(seat) for seat in contest.rated], width)
        cluster = games.seed[where] * len(number_of) + number_of[row.scenario]
        parts.append((
            np.tile(item, (count, 1)), np.tile(seat, (count, 1)),
            _wide(games.points[where][:, columns], width), _wide(games.score[where][:, columns], width), cluster,
        ))  # fmt: skip
        for i in range(where.start, where.stop) if games.faults else ():
            for position, kind in _blamed(games.faults.get(i, []), row, contest, entrants):
                faulty[position, kind] += 1
    item, seat, points, score, cluster = (np.concatenate(part) for part in zip(*parts, strict=True))
    if not len(item):
        return None
    kinds = [[faulty[i, kind] for i in range(len(entrants))] for kind in ("", "timed_out")]
    names = [name for name, _ in entrants]
    labels = tuple(name if names.count(name) == 1 else f"{name}@{content[:8]}" for name, content in entrants)
    titles = tuple(name for name, _ in scenarios)
    return Results(
        format, titles, rules, labels, tuple(content for _, content in entrants), seats, item, seat, points, score,
        cluster, np.array(kinds[0], dtype=np.int64), np.array(kinds[1], dtype=np.int64),
    )  # fmt: skip


def _blamed(
    faults: Sequence[Mapping[str, str]], row: SeatingRow, contest: Contest, entrants: Sequence[tuple[str, str]]
) -> set[tuple[int, str]]:
    """(strategy, kind) of the faults of one game that count; once with kind "" for any."""
    found = set()
    for fault in faults:
        if fault["seat"] in contest.rated:
            position = entrants.index(row.held[fault["seat"]])
            found |= {(position, ""), (position, fault["kind"])}
    return found


def _row(values: Sequence[int], width: int) -> Ints:
    return np.array([*values, *[-1] * (width - len(values))], dtype=np.int64)


def _wide(values: NDArray[np.float64], width: int) -> Floats:
    missing = width - values.shape[1]
    return values if not missing else np.pad(values, ((0, 0), (0, missing)), constant_values=np.nan)
