"""Arithmetic that gives the same bits on every machine and for every number of parallel worlds.

Only `+ - * /`, `sqrt`, comparisons and tables are used: numpy's transcendental functions differ between processors
(numpy issue 23523), and its sums take another path with one world than with two: `total` adds. The last axis of every
array is B.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import cache
from itertools import accumulate
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Counts = NDArray[np.int64]
Flags = NDArray[np.bool_]
Bytes = NDArray[np.int8]

#: Up to this many numbers a call costs more than what it adds.
SMALL = 10_000
#: Elasticities are kept on this grid, so that a power is a product of square roots.
GRID = 32


def total(values: Array, axis: int = 0) -> Array:
    """Sum over the first or second axis, entry by entry in order: the same bits for one world as for many.

    numpy's sum adds in order where the axis that lies closest in memory is not the one summed over. With one world it
    may be: then the rows to add are laid out one after the other first, or, where a row is one number, a running sum is
    made, which always adds in order. (M, ...) -> (...).
    """
    if values.shape[-1] > 1 or not values.size:
        sums: Array = np.add.reduce(values, axis=axis)
        return sums
    rows = values if axis == 0 else values.swapaxes(0, 1)
    if rows.size == len(rows):
        return np.add.accumulate(rows, axis=0)[-1]
    sums = np.add.reduce(np.ascontiguousarray(rows), axis=0)
    return sums


def added(values: Array) -> float:
    """Sum of a row of numbers, in order: Python's own `sum` adds floats in another way from 3.12 on. (M,) -> number."""
    return float(np.add.accumulate(values)[-1]) if len(values) else 0.0


def ratio(part: Array, whole: Array, empty: float = 0.0) -> Array:
    """`part / whole`, and `empty` where `whole` is zero or less; of the shape of `whole`."""
    out = np.full(whole.shape, empty) if empty else np.zeros(whole.shape)
    return np.divide(part, whole, out=out, where=whole > 0.0)


def clip(values: Array, low: float, high: float) -> Array:
    """`values` held between `low` and `high`."""
    held = np.maximum(values, low)
    # In place: at 64 worlds a second array in fresh memory costs five times what the comparison does.
    return np.minimum(held, high, out=held)


def one_more(counts: Bytes, most: int) -> Bytes:
    """Counts of quarters, one more each, none beyond `most`. By comparison: the smaller of a byte and a number is found
    byte by byte, in ten times the time."""
    more = (counts < most).view(np.int8)
    more += counts
    return more


def one_less(counts: Bytes) -> Bytes:
    """Counts of quarters, one less each down to none; as `one_more`."""
    return counts - (counts > 0).view(np.int8)


def pick(table: Array, cells: Counts) -> Array:
    """Entries of a table whose first two axes are counted as one: a quarter of the time of two lists of positions.

    (M, K, B) -> (cells, B).
    """
    return table.reshape(-1, table.shape[-1]).take(cells, axis=0)


def put(table: Array, cells: Counts, rows: Array) -> None:
    """Write rows (cells, B) into a table (M, K, B), counted as by `pick`."""
    table.reshape(-1, table.shape[-1])[cells] = rows


def nonzero(row: Any) -> Counts:
    """Positions of what is not zero in a row: `numpy.flatnonzero`, in a third of its time where the row is short."""
    found: Counts = row.nonzero()[0]
    return found


def entries(array: NDArray[Any]) -> tuple[Counts, ...]:
    """Positions of what is not zero, as `numpy.nonzero` gives them, row by row: in a tenth of its time and less where
    few of many are set, as it walks an array of several axes, or of numbers, entry by entry."""
    flat = array.ravel()
    set_ = flat if flat.dtype == np.bool_ else flat != 0
    return np.unravel_index(set_.nonzero()[0], array.shape)


def largest_within(table: NDArray[Any]) -> NDArray[Any]:
    """Largest number that each cell of the first two axes holds: a fifth of the time of `max` over the other axes.

    (M, K, ...) -> (M, K).
    """
    starts = np.arange(0, table.size, table.size // (table.shape[0] * table.shape[1]))
    return np.maximum.reduceat(table.ravel(), starts).reshape(table.shape[:2])


def each_once(positions: Counts, size: int) -> tuple[Counts, Counts]:
    """Positions below `size`, each once and in order, and where each one given is among them: `numpy.unique` in a
    quarter of its time, as nothing is sorted."""
    there = np.zeros(size, dtype=bool)
    there[positions] = True
    return there.nonzero()[0], (np.cumsum(there) - 1)[positions]


def best_of_each(group: Counts, value: Array, rank: Counts) -> Counts:
    """Positions of the largest value of each group, of equals the one of least rank; groups in order.

    (M,) each -> (groups,).
    """
    order = np.lexsort((rank, -value, group))
    sorted_ = group[order]
    first = np.ones(len(order), dtype=bool)
    np.not_equal(sorted_[1:], sorted_[:-1], out=first[1:])
    return order[first]


def counted(cells: Counts, numbers: Array, shape: tuple[int, ...]) -> Array:
    """Numbers added up, one after the other, in cells of an array of a shape; cells are counted on its flat list."""
    # numpy counts whole numbers where there is nothing to add up.
    sums: Any = np.bincount(cells, numbers, math.prod(shape)).astype(np.float64, copy=False)
    summed: Array = sums.reshape(shape)
    return summed


def as_slice(positions: Counts) -> Counts | slice:
    """Positions as an index: a slice where they follow each other, which copies nothing; (M,) with at least one."""
    first, last = int(positions[0]), int(positions[-1])
    follow = len(positions) == last - first + 1 and bool((positions[1:] > positions[:-1]).all())
    return slice(first, last + 1) if follow else positions


class Grouping:
    """Sums rows by group, and spreads group values back to rows, in a fixed order of additions.

    Large rows are summed round by round: the first row of each group, then the second of each, the larger groups in
    front. Small ones are counted into their group one number after the other: for each group the same additions.

    Parameters
    ----------
    group_of_row : group position of each row.
    groups : number of groups; a group without rows sums to zero.
    """

    def __init__(self, group_of_row: Sequence[int], groups: int) -> None:
        self.groups = groups
        self.group_of_row = np.asarray(group_of_row, dtype=np.int64)
        members: list[list[int]] = [[] for _ in range(groups)]
        for row, group in enumerate(group_of_row):
            members[group].append(row)
        by_size = sorted(range(groups), key=lambda g: -len(members[g]))
        filled = [g for g in by_size if members[g]]
        rounds = [[members[g][k] for g in filled if len(members[g]) > k] for k in range(len(members[by_size[0]]))]
        self._sizes = [len(rows) for rows in rounds]
        self._order = np.asarray([row for rows in rounds for row in rows], dtype=np.int64)
        self._in_rounds = bool((self._order == np.arange(len(self.group_of_row))).all())
        self._position = np.argsort(np.asarray(by_size, dtype=np.int64))
        self._filled = np.asarray(filled, dtype=np.int64)
        self._by_group = np.asarray([row for g in filled for row in members[g]], dtype=np.int64)
        self._starts = np.asarray([0, *accumulate(len(members[g]) for g in filled)][:-1], dtype=np.int64)
        self._cells: dict[int, Counts] = {}

    def total(self, rows: Array) -> Array:
        """(rows, ...) -> (groups, ...)."""
        if 0 < rows.size <= SMALL:
            return self._counted(self._cells_of(rows.size // len(rows)), rows)
        return self._by_rounds(rows, np.add)

    def total_of(self, which: Counts, rows: Array) -> Array:
        """The same where only the rows `which`, in order, are not zero. (which, ...) -> (groups, ...)."""
        if 0 < rows.size <= SMALL:
            width = rows.size // len(rows)
            cells = self._cells_of(width).reshape(-1, width)[which].ravel()
            return self._counted(cells, rows)
        sums = np.zeros((self.groups, *rows.shape[1:]))
        for group, row in zip(self.group_of_row[which], rows, strict=True):
            sums[group] += row
        return sums

    def largest(self, rows: Array) -> Array:
        """Largest row of each group, zero at least, (rows, ...) -> (groups, ...)."""
        if not 0 < rows.size <= SMALL:
            return self._by_rounds(rows, np.maximum)
        out = np.zeros((self.groups, *rows.shape[1:]))
        out[self._filled] = np.maximum.reduceat(rows.take(self._by_group, axis=0), self._starts, axis=0)
        return np.maximum(out, 0.0, out=out)

    def _counted(self, cells: Counts, rows: Array) -> Array:
        return counted(cells, rows.ravel(), (self.groups, *rows.shape[1:]))

    def _cells_of(self, width: int) -> Counts:
        """Position among the sums, of each number of rows of `width` numbers."""
        known = self._cells.get(width)
        if known is None:
            known = self._cells[width] = (self.group_of_row[:, None] * width + np.arange(width)).ravel()
        return known

    def _by_rounds(self, rows: Array, join: np.ufunc) -> Array:
        out = np.zeros((self.groups, *rows.shape[1:]))
        if not self._in_rounds:
            rows = rows.take(self._order, axis=0)
        start = 0
        for size in self._sizes:
            part = out[:size]
            join(part, rows[start : start + size], out=part)
            start += size
        return out.take(self._position, axis=0)

    def spread(self, groups: NDArray[Any], which: Counts | None = None) -> NDArray[Any]:
        """(groups, ...) -> (rows, ...), or only to the rows `which`."""
        return groups.take(self.group_of_row if which is None else self.group_of_row[which], axis=0)


def on_grid(exponents: Array) -> Counts:
    """Exponents in 1/32 steps as whole numbers: 0.25 -> 8."""
    return np.floor(exponents * GRID + 0.5).astype(np.int64)


def power(base: Array, exponent: Counts) -> Array:
    """`base ** (exponent / 32)` for base > 0 by square roots; exponent (G, 1) whole numbers in [0, 64)."""
    whole, steps = _bits(exponent.tobytes(), exponent.shape)
    result = np.where(whole, base, 1.0)
    root = base
    for bit in steps:
        root = np.sqrt(root)
        if bit is not None:
            np.multiply(result, root, out=result, where=bit)
    return result


@cache
def _bits(exponent: bytes, shape: tuple[int, ...]) -> tuple[NDArray[np.bool_], tuple[NDArray[np.bool_] | None, ...]]:
    """Where an exponent holds a whole, and where each halving of it, down to the last that any holds; None: nowhere."""
    numbers = np.frombuffer(exponent, dtype=np.int64).reshape(shape)
    rest = numbers % GRID
    steps = [(rest & step) > 0 for step in (GRID // 2, GRID // 4, GRID // 8, GRID // 16, GRID // 32)]
    held = [bool(bit.any()) for bit in steps]
    last = max((k + 1 for k, some in enumerate(held) if some), default=0)
    return numbers >= GRID, tuple(bit if some else None for bit, some in zip(steps[:last], held, strict=False))
