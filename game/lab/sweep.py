"""Many runs that differ in one or more numbers of the scenario."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from game.core.errors import PaxError
from game.core.scenario import Scenario
from game.lab.plan import Plan
from game.lab.report import often
from game.lab.run import Run
from game.lab.vary import Vary, combinations


def rows_of(plan: Plan, varied: Sequence[Vary], scenarios: Sequence[Scenario]) -> Iterator[list[dict[str, Any]]]:
    """For each combination in turn: one row a world and seat, with the values varied in front.

    Parameters
    ----------
    scenarios : one a combination, as `scenarios_of` reads them.
    """
    for scenario, values in zip(scenarios, combinations(varied), strict=True):
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
