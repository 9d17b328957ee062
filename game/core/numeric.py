"""Arithmetic that gives the same bits on every machine and for every number of parallel worlds.

Only `+ - * /`, `sqrt`, comparisons and tables are used: numpy's transcendental functions differ between processors
(numpy issue 23523), and its sums take another path with one world than with two. The last axis of every array is B.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Counts = NDArray[np.int64]

#: Elasticities are kept on this grid, so that a power is a product of square roots.
GRID = 32


def total(values: Array) -> Array:
    """Sum over the first axis by halving: the same bits for one world as for many. (M, ...) -> (...)."""
    if len(values) == 0:
        return np.zeros(values.shape[1:])
    while len(values) > 1:
        half = len(values) // 2
        paired = values[:half] + values[half : 2 * half]
        if len(values) % 2:
            paired[0] += values[-1]
        values = paired
    return np.asarray(values[0])


def ratio(part: Array, whole: Array, empty: float = 0.0) -> Array:
    """`part / whole`, and `empty` where `whole` is zero."""
    some = whole > 0
    return np.where(some, part / np.where(some, whole, 1.0), empty)


def clip(values: Array, low: float, high: float) -> Array:
    """`values` held between `low` and `high`."""
    return np.minimum(np.maximum(values, low), high)


class Grouping:
    """Sums rows by group, and spreads group values back to rows, in a fixed order of additions.

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
        depth = max((len(m) for m in members), default=0)
        self._rounds: list[tuple[Counts | slice, Counts | slice]] = []
        for k in range(depth):
            targets = [g for g, m in enumerate(members) if len(m) > k]
            rows = [members[g][k] for g in targets]
            self._rounds.append((_compact(targets), _compact(rows)))

    def total(self, rows: Array, out: Array | None = None) -> Array:
        """(rows, ...) -> (groups, ...)."""
        if out is None:
            out = np.zeros((self.groups, *rows.shape[1:]))
        else:
            out.fill(0.0)
        for targets, sources in self._rounds:
            out[targets] += rows[sources]
        return out

    def largest(self, rows: Array) -> Array:
        """Largest row of each group, (rows, ...) -> (groups, ...); zero for a group without rows."""
        out = np.zeros((self.groups, *rows.shape[1:]))
        for targets, sources in self._rounds:
            out[targets] = np.maximum(out[targets], rows[sources])
        return out

    def spread(self, groups: Array) -> Array:
        """(groups, ...) -> (rows, ...)."""
        return groups.take(self.group_of_row, axis=0)


def _compact(positions: list[int]) -> Counts | slice:
    """A slice where positions are consecutive (no copy is made then), else an index array."""
    if positions == list(range(positions[0], positions[0] + len(positions))):
        return slice(positions[0], positions[0] + len(positions))
    return np.asarray(positions, dtype=np.int64)


def on_grid(exponents: Array) -> Counts:
    """Exponents in 1/32 steps as whole numbers: 0.25 -> 8."""
    return np.floor(exponents * GRID + 0.5).astype(np.int64)


def power(base: Array, exponent: Counts) -> Array:
    """`base ** (exponent / 32)` for base > 0 by square roots; exponent (G, 1) whole numbers in [0, 64)."""
    result = np.where(exponent >= GRID, base, 1.0)
    rest = exponent % GRID
    root = base
    step = GRID // 2
    while step:
        root = np.sqrt(root)
        result = np.where(rest & step, result * root, result)
        step //= 2
    return result


def two_to(numerators: Counts, denominator_log2: int) -> Array:
    """2 ** (numerators / 2**denominator_log2) by repeated square roots; numerators of either sign."""
    root, result = 2.0, np.ones(numerators.shape)
    whole = np.abs(numerators)
    fraction = whole % (1 << denominator_log2)
    for bit in range(denominator_log2 - 1, -1, -1):
        root = float(np.sqrt(root))
        result = np.where(fraction >> bit & 1, result * root, result)
    result = result * np.left_shift(1, whole >> denominator_log2)
    return np.where(numerators < 0, 1.0 / result, result)
