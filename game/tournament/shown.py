"""A table as JSON and as text."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from game.tournament.ratings import Floats
from game.tournament.standings import Standing, Table


def as_json(tables: Sequence[Table]) -> dict[str, Any]:
    """The value of `tournament table --json`."""
    rules = tables[0].results.rules if tables else None
    return {"rules_hash": rules, "tables": [_plain(table) for table in tables]}


def _plain(table: Table) -> dict[str, Any]:
    r = table.results
    return {
        "format": r.format,
        "scenarios": list(r.scenarios),
        "games": table.games,
        "seeds": table.seeds,
        "ranked": r.ranked,
        "standings": [_plain_standing(rank, row) for rank, row in enumerate(table.standings, start=1)],
        "strategies": list(r.names),
        "seats": list(r.seats),
        "win_matrix": _lists(table.wins),
        "met": table.met.tolist(),
        "by_seat": _lists(table.by_seat),
        "alpha_rank": None if table.alpha_rank is None else [round(float(share), 9) for share in table.alpha_rank],
        "notes": table.notes,
    }


def _plain_standing(rank: int, row: Standing) -> dict[str, Any]:
    return {
        "rank": rank,
        "strategy": row.name,
        "content_hash": row.content,
        "games": row.games,
        "points": row.value,
        "points_95": list(row.interval),
        "first": row.first,
        "rating": row.rating,
        "rating_95": list(row.rating_interval) if row.rating_interval else None,
        "rating_error": row.rating_error,
        "rating_error_by_seed": row.rating_error_by_seed,
        "rating_95_widest": list(row.wide_interval) if row.wide_interval else None,
        "faults": row.faults,
        "timed_out": row.timed_out,
    }


def _lists(values: Floats) -> list[list[float | None]]:
    return [[None if math.isnan(value) else float(value) for value in row] for row in values]


def as_text(table: Table) -> Iterator[str]:
    """A table as lines for people."""
    r = table.results
    yield f"{r.format} on {', '.join(r.scenarios)}: {table.games:,} games, {table.seeds:,} seeds; rules {r.rules[:12]}"
    yield from (f"  {note}" for note in table.notes)
    width = max(8, *(len(name) for name in r.names))
    value = "points" if r.ranked else "score"
    yield ""
    head = f"{'':>4}{'strategy':<{width}}{'games':>9}{value:>9}{'95%':>8}{'rating':>9}{'95%':>8}{'first':>8}"
    yield f"{head}{'faults':>8}"
    for rank, row in enumerate(table.standings, start=1):
        yield f"{rank:>3} {row.name:<{width}}" + _figures(row)
    if table.games and len(r.names) > 1:
        yield ""
        yield from _matrix(table, width)
    yield ""
    yield from _seats(table, width)
    if table.alpha_rank is not None:
        shares = sorted(zip(table.alpha_rank, r.names, strict=True), reverse=True)
        yield ""
        yield "alpha-rank: " + ", ".join(f"{name} {share:.1%}" for share, name in shares if share >= 0.0005)


def _figures(row: Standing) -> str:
    low, high = row.interval
    mean = f"{row.games:>9,}{row.value:>9.2f}{f'±{(high - low) / 2:.2f}':>8}"
    faults = f"{row.faults}" + (f" ({row.timed_out} too slow)" if row.timed_out else "")
    if row.rating is None or row.rating_interval is None or row.first is None:
        return f"{mean}{'':>25}{faults:>8}"
    low, high = row.rating_interval
    return f"{mean}{row.rating:>+9.0f}{f'±{(high - low) / 2:.0f}':>8}{row.first:>8.1%}{faults:>8}"


def _matrix(table: Table, width: int) -> Iterator[str]:
    """Share of games that the row won against the column."""
    order = [row.position for row in table.standings]
    names = table.results.names
    yield "won against" + "".join(f"{i:>6}" for i in range(1, len(order) + 1)).rjust(width - 7 + 6 * len(order))
    for rank, i in enumerate(order, start=1):
        cells = ("" if np.isnan(table.wins[i, j]) else f"{table.wins[i, j]:.0%}" for j in order)
        yield f"{rank:>3} {names[i]:<{width}}" + "".join(f"{cell:>6}" for cell in cells)


def _seats(table: Table, width: int) -> Iterator[str]:
    """Mean points of each strategy in each seat."""
    r = table.results
    yield f"{'by seat':<{width + 4}}" + "".join(f"{seat:>7}" for seat in r.seats)
    for rank, row in enumerate(table.standings, start=1):
        cells = ("" if np.isnan(value) else f"{value:.1f}" for value in table.by_seat[row.position])
        yield f"{rank:>3} {row.name:<{width}}" + "".join(f"{cell:>7}" for cell in cells)
