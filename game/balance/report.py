"""All of it: plays the pools, the probes and `statecraft`, and gives a verdict on each indicator and proof."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from game.balance import indicators, pools, proofs, questions, riders
from game.balance.pools import ORDERINGS, REFERENCE, SEEDS, Pools
from game.balance.tables import Seating, Table, play_tables
from game.balance.verdicts import Verdict, counted, unmeasured
from game.core.scenario import Scenario
from game.files.rules_hash import rules_hash
from game.lab.plan import Plan
from game.lab.statecraft import statecraft, steps_in_all

Floats = NDArray[np.float64]
Tick = Callable[[int], None]
#: Games with everybody on `steady`, games of a batch, games of `statecraft`: times what each seating plays.
STEADY, BATCH, TALKS = 8, 64, 2
#: Games that a probe counts for in the progress.
PROBED = questions.WORLDS


@dataclass(frozen=True, slots=True)
class Matrix:
    """Rows and columns by name, and values; for the page and the JSON."""

    rows: tuple[str, ...]
    columns: tuple[str, ...]
    values: tuple[tuple[float, ...], ...]


@dataclass(slots=True)
class Report:
    """What was found.

    Parameters
    ----------
    games : that were played for it.
    seat_points : mean points of each seat with each doctrine.
    margins : points by which the row's seats beat the column's.
    first : share of games in which the row came first against the column.
    mixture : the max-entropy Nash over the doctrines.
    usage : orders of each kind a seat and game, by doctrine alone at the table.
    ladder : points of each rung, its Elo and half of its 95% interval.
    """

    scenario: str
    scenario_hash: str
    rules: str
    games: int
    pools: Pools
    verdicts: list[Verdict] = field(default_factory=list)
    seat_points: Matrix = field(default_factory=lambda: Matrix((), (), ()))
    margins: Matrix = field(default_factory=lambda: Matrix((), (), ()))
    first: Matrix = field(default_factory=lambda: Matrix((), (), ()))
    mixture: dict[str, float] = field(default_factory=dict)
    usage: Matrix = field(default_factory=lambda: Matrix((), (), ()))
    ladder: dict[str, tuple[float, float, float]] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        """Plain values."""
        matrices = {name: getattr(self, name) for name in ("seat_points", "margins", "first", "usage")}
        return {
            "scenario": self.scenario, "scenario_hash": self.scenario_hash, "rules_hash": self.rules,
            "games": self.games,
            "doctrines": list(self.pools.doctrines), "ladder": list(self.pools.ladder),
            "absent": list(self.pools.absent), "counts": counted(self.verdicts),
            "verdicts": [verdict.as_json() for verdict in self.verdicts],
            "mixture": self.mixture,
            "rungs": {
                name: {"points": points, "elo": elo, "half_interval": half}
                for name, (points, elo, half) in self.ladder.items()
            },
            **{name: _plain(matrix) for name, matrix in matrices.items()},
        }  # fmt: skip


def _plain(matrix: Matrix) -> dict[str, Any]:
    values = [[value if np.isfinite(value) else None for value in row] for row in matrix.values]
    return {"rows": list(matrix.rows), "columns": list(matrix.columns), "values": values}


def _matrix(rows: tuple[str, ...], columns: tuple[str, ...], values: Floats) -> Matrix:
    return Matrix(rows, columns, tuple(tuple(float(v) for v in row) for row in values))


def games_in_all(s: Scenario, found: Pools, games: int) -> int:
    """Games that `balance` plays, as its progress counts them."""
    n = len(found.doctrines)
    tables = STEADY * games + n * ORDERINGS * games + n * (n - 1) * games + n * games
    ladder = len(found.ladder) * len(pools.rated(len(s.seats))) * games
    probes = (len(questions.owners(s)) + 5) * PROBED
    return tables + ladder + probes + TALKS * games * steps_in_all(s.quarters) // s.quarters


def balance(s: Scenario, plan: Plan, games: int, found: Pools, workers: int, tick: Tick) -> Report:
    """Play and judge.

    Parameters
    ----------
    s : the scenario; `plan` says its name and overrides, and the seed.
    games : games of each seating.
    found : who is measured.
    workers : processes for the tables.
    tick : told games as they are played.
    """
    seats = len(s.seats)
    base = plan.seed - 1

    def seed(kind: str) -> int:
        return base + SEEDS[kind]

    def play(seatings: list[Seating]) -> list[Table]:
        return list(play_tables(s, seatings, tick, workers))

    steady = play(_blocks(pools.alone([REFERENCE], seats, seed("steady"), STEADY * games)))
    mixed = play(pools.latin(found.doctrines, seats, seed("doctrines"), games))
    y = indicators.yardstick(steady, mixed)
    report = Report(s.name, s.content_hash, rules_hash(), games_in_all(s, found, games), found)
    held = indicators.by_seat(mixed, found.doctrines, y)
    report.seat_points = _matrix(found.doctrines, s.seats, held.mean(axis=2))
    report.verdicts += indicators.seat_balance(held, s.seats)
    _duels(report, s, play, y, seed("pairs"), games)
    alone = play(pools.alone(found.doctrines, seats, seed("alone"), games))
    kinds, names, amount, share = indicators.usage(alone)
    report.usage = _matrix(tuple(kinds), tuple(names), amount)
    report.verdicts += indicators.order_classes(kinds, share)
    _ladder(report, s, play, y, seed("ladder"), games)
    report.verdicts += indicators.how_games_go(indicators.course(mixed, y), "doctrines")
    report.verdicts += proofs.of_steady(steady, y, s)
    report.verdicts += proofs.of_doctrines(mixed, y, held, found.doctrines, s)
    report.verdicts += _asked(s, seed("probes"), y.sigma, tick)
    report.verdicts += _talks(s, plan, games, tick)
    report.verdicts += proofs.not_shown()
    return report


def _blocks(seatings: list[Seating]) -> list[Seating]:
    """Seatings of many games in batches of the size at which the rules are fastest."""
    return [
        Seating(one.strategies, one.seed + first, min(BATCH, one.games - first))
        for one in seatings
        for first in range(0, one.games, BATCH)
    ]


def _duels(
    report: Report,
    s: Scenario,
    play: Callable[[list[Seating]], list[Table]],
    y: indicators.Yardstick,
    seed: int,
    games: int,
) -> None:
    names = report.pools.doctrines
    pairs = pools.halves(names, len(s.seats), seed, games)
    tables = play([seating for _, _, one, other in pairs for seating in (one, other)])
    both = [(a, b, tables[2 * k], tables[2 * k + 1]) for k, (a, b, _, _) in enumerate(pairs)]
    found = indicators.duels(names, both, y)
    mixture, drawn = indicators.mixtures(found)
    report.margins = _matrix(names, names, found.margin.mean(axis=2))
    report.first = _matrix(names, names, found.first)
    report.mixture = dict(zip(names, (float(share) for share in mixture), strict=True))
    report.verdicts += indicators.viability(found, mixture, drawn)


def _ladder(
    report: Report,
    s: Scenario,
    play: Callable[[list[Seating]], list[Table]],
    y: indicators.Yardstick,
    seed: int,
    games: int,
) -> None:
    names, rated = report.pools.ladder, pools.rated(len(s.seats))
    tables = play(pools.sole(names, len(s.seats), seed, games))
    held = indicators.by_rung(tables, names, rated, y)
    ratings = indicators.ladder_ratings(held)
    report.ladder = {
        name: (float(held[k].mean()), float(ratings.strength[k]), 1.96 * float(ratings.error_by_seed[k]))
        for k, name in enumerate(names)
    }
    report.verdicts += indicators.ladder(held, names, ratings)
    if missing := [name for name in pools.PLANNERS if name not in names]:
        why = "not installed" if set(missing) & set(report.pools.absent) else "they take far longer: --planners"
        name = f"rungs above steady: {', '.join(missing)}"
        report.verdicts.append(unmeasured("10", name, "each above the last", why))
    report.verdicts += indicators.how_games_go(indicators.course(tables, y), "ladder")


def _asked(s: Scenario, seed: int, sigma: Floats, tick: Tick) -> list[Verdict]:
    found = questions.timings(s, seed)
    tick(len(questions.owners(s)) * PROBED)
    for answered in (
        questions.forbidden_controls(s, seed, sigma),
        questions.floods(s, seed),
        questions.hoards(s, seed, sigma),
        questions.gallium(s, seed),
        riders.riders(s, seed, sigma),
    ):
        found += answered
        tick(PROBED)
    return found


def _talks(s: Scenario, plan: Plan, games: int, tick: Tick) -> list[Verdict]:
    """The measures of `statecraft`, told in games to the progress."""
    worlds, quarters = TALKS * games, 0

    def played(count: int) -> None:
        nonlocal quarters
        before = worlds * quarters // s.quarters
        quarters += count
        tick(worlds * quarters // s.quarters - before)

    talks = Plan(plan.scenario, plan.seed, worlds, None, {}, plan.overrides)
    return proofs.of_statecraft(statecraft(s, talks, played))
