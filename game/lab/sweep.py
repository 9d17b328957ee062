"""Many runs that differ in one or more numbers of the scenario."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from typing import Any

import numpy as np

from game.core.errors import PaxError
from game.core.scenario import Scenario
from game.files.scenarios import read_scenario
from game.lab.report import often
from game.lab.run import Plan, Run, checked_quarters, checked_seats

STEPS = 5
"""Values taken of a range `low..high`, both ends included."""
MOST_RUNS = 1000


@dataclass(frozen=True, slots=True)
class Vary:
    """One number of the scenario and the values it takes."""

    path: str
    values: tuple[str, ...]


def parsed(text: str) -> Vary:
    """`PATH=a,b,c` or `PATH=low..high`. Raises PaxError for another form."""
    path, equals, right = text.partition("=")
    if not equals or not path or not right:
        raise PaxError(f"--vary {text}: write PATH=a,b,c or PATH=low..high, as parameters.market.stickiness=0.2..0.5")
    low, dots, high = right.partition("..")
    if not dots:
        return Vary(path, tuple(part.strip() for part in right.split(",")))
    try:
        ends = float(low), float(high)
    except ValueError:
        raise PaxError(f"--vary {text}: two numbers are needed, as 0.2..0.5") from None
    step = (ends[1] - ends[0]) / (STEPS - 1)
    return Vary(path, tuple(f"{ends[0] + k * step:.10g}" for k in range(STEPS)))


def combinations(varied: Sequence[Vary]) -> list[tuple[str, ...]]:
    """Every combination of values, the last varied fastest. Raises PaxError for too many."""
    found = list(product(*(v.values for v in varied)))
    if len(found) > MOST_RUNS:
        raise PaxError(f"--vary asks for {len(found)} runs; at most {MOST_RUNS} are done")
    return found


def rows_of(plan: Plan, varied: Sequence[Vary]) -> Iterator[list[dict[str, Any]]]:
    """For each combination in turn: one row a world and seat, with the values varied in front.

    All scenarios are read and checked by the call itself, before the first is played, so that a wrong path, seat or
    length fails at once.
    """
    sets = combinations(varied)
    overrides = [tuple(f"{v.path}={value}" for v, value in zip(varied, values, strict=True)) for values in sets]
    scenarios = [read_scenario(plan.scenario, [*plan.overrides, *over]).scenario for over in overrides]
    checked_quarters(scenarios[0], plan.quarters)
    checked_seats(scenarios[0], plan.seats)
    return _played(plan, varied, scenarios, sets)


def _played(
    plan: Plan, varied: Sequence[Vary], scenarios: Sequence[Scenario], sets: Sequence[tuple[str, ...]]
) -> Iterator[list[dict[str, Any]]]:
    for scenario, values in zip(scenarios, sets, strict=True):
        run = Run(scenario, plan)
        for _ in run.quarters():
            pass
        yield _rows(run, plan, dict(zip((v.path for v in varied), values, strict=True)))


def _rows(run: Run, plan: Plan, values: dict[str, str]) -> list[dict[str, Any]]:
    record = run.record
    scores = record.scores
    if scores is None:
        raise ValueError("rows are made after the last quarter")
    gates = np.stack(record.gates)
    return [
        {
            **values,
            "world": w,
            "seed": plan.seed + w,
            "place": seat,
            "score": float(scores[i, w]),
            "mineral_independence": float(record.mineral[-1][w]),
            "chip_independence": float(record.chip[-1][w]),
            "bottleneck": often(gates[:, w]),
        }
        for w in range(plan.worlds)
        for i, seat in enumerate(run.scenario.seats)
    ]


class SweepFile:
    """sweep.csv in a folder, one row a combination, world and place; a context manager through `with`."""

    def __init__(self, folder: Path) -> None:
        try:
            folder.mkdir(parents=True, exist_ok=True)
            self._file = (folder / "sweep.csv").open("w", encoding="utf-8", newline="")
        except OSError as error:
            raise PaxError(f"{folder}: cannot be written: {error.strerror or error}") from None
        self._writer: Any = None

    def __enter__(self) -> SweepFile:
        return self

    def __exit__(self, *reason: object) -> None:
        self._file.close()

    def add(self, rows: list[dict[str, Any]]) -> None:
        """Append rows."""
        if self._writer is None:
            self._writer = csv.DictWriter(self._file, list(rows[0]), lineterminator="\n")
            self._writer.writeheader()
        self._writer.writerows(rows)
        self._file.flush()
