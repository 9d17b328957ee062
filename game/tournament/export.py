"""The games of a store as a tidy table, one row a game and seat: CSV, and Parquet where pyarrow is installed."""

from __future__ import annotations

import csv
import json
import math
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import numpy as np

from game.core.errors import PaxError
from game.core.names import MANDATES
from game.tournament.results import points_of
from game.tournament.store import Contest, SeatingRow, Store

COLUMNS = (
    "rules_hash", "scenario", "scenario_hash", "seating", "seed", "seat", "strategy", "content_hash", "rated",
    "score", "mandate", "points", "fault", "fault_quarter", "timed_out",
)  # fmt: skip
"""`rated` names the formats in which the seat counts, parted by spaces; `fault` is what went wrong, if anything."""
_BLOCK = 4096
"""Games read at a time."""


def columns_of(store: Store) -> Iterator[dict[str, list[Any]]]:
    """The table in blocks of columns, by seating and seed."""
    seatings = store.seatings()
    contests: dict[int, list[Contest]] = {}
    for contest in store.contests():
        contests.setdefault(contest.seating, []).append(contest)
    for block in store.game_blocks(_BLOCK):
        found: dict[str, list[Any]] = {name: [] for name in COLUMNS}
        for number in dict.fromkeys(row[0] for row in block):
            games = [row for row in block if row[0] == number]
            _add(found, store, seatings[number], contests.get(number, []), games)
        yield found


def _add(
    found: dict[str, list[Any]],
    store: Store,
    seating: SeatingRow,
    contests: list[Contest],
    games: list[tuple[int, int, str, str, str, int]],
) -> None:
    """Add the games of one seating."""
    seats = list(seating.held)
    score = np.array([json.loads(row[2]) for row in games])
    mandate = np.array([json.loads(row[3]) for row in games])
    table = store.par(seating.rules, seating.scenario)
    points = np.full(score.shape, np.nan) if table is None else points_of(table, seats, score, mandate)
    for g, row in enumerate(games):
        faults = {fault["seat"]: fault for fault in json.loads(row[4])}
        for s, seat in enumerate(seats):
            rated = " ".join(sorted({c.format for c in contests if seat in c.rated and c.first <= row[1] <= c.last}))
            values = (
                seating.rules, seating.name, seating.scenario, seating.id, row[1], seat, *seating.held[seat], rated,
                float(score[g, s]), _mandate(int(mandate[g, s])), _known(float(points[g, s])),
                *_fault(faults.get(seat)),
            )  # fmt: skip
            for name, value in zip(COLUMNS, values, strict=True):
                found[name].append(value)


def _known(value: float) -> float | None:
    return None if math.isnan(value) else value


def _mandate(drawn: int) -> str:
    return MANDATES.names[drawn] if drawn >= 0 else ""


def _fault(fault: Mapping[str, str] | None) -> tuple[str, str, bool]:
    if fault is None:
        return "", "", False
    return f"{fault['kind']}: {fault['what']}", fault["quarter"], fault["kind"] == "timed_out"


def write_csv(store: Store, path: Path) -> int:
    """Write the table as CSV; returns the number of rows. Raises OSError where it cannot be written."""
    count = 0
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(COLUMNS)
        for found in columns_of(store):
            rows = list(zip(*(found[name] for name in COLUMNS), strict=True))
            writer.writerows(rows)
            count += len(rows)
    return count


def write_parquet(store: Store, path: Path) -> int:
    """Write the table as Parquet; returns the number of rows. Raises PaxError where pyarrow is not installed."""
    try:
        import pyarrow
        import pyarrow.parquet
    except ImportError:
        raise PaxError("--parquet needs pyarrow: pip install 'pax-silica[parquet]'") from None
    arrow: Any = pyarrow
    kinds = {"seating": "int64", "seed": "int64", "score": "float64", "points": "float64", "timed_out": "bool_"}
    schema = arrow.schema([(name, getattr(arrow, kinds.get(name, "string"))()) for name in COLUMNS])
    count = 0
    with arrow.parquet.ParquetWriter(path, schema) as writer:
        for found in columns_of(store):
            block = arrow.table(found, schema=schema)
            writer.write_table(block)
            count += block.num_rows
    return count
