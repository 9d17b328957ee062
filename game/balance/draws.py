"""Chance of the measurements: resampled seeds, shuffled seats. Drawn as the game draws, so reports repeat."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from game.core.numeric import Array
from game.core.rng import derived, entity_keys, seeds, uniform

Floats = NDArray[np.float64]
Positions = NDArray[np.int64]


def numbers(purpose: str, seed: int, count: int) -> Floats:
    """`count` numbers in [0, 1) for a purpose."""
    drawn: Array = uniform(derived(seeds(0, count), f"balance/{purpose}/{seed}"), 0, entity_keys("balance", [purpose]))
    first: Floats = drawn[0]
    return first


def resampled(purpose: str, seed: int, n: int, count: int | None = None) -> Positions:
    """Positions below `n`, drawn with replacement: `count` of them, or `n`."""
    return (numbers(purpose, seed, n if count is None else count) * n).astype(np.int64)


def shuffled(purpose: str, seed: int, n: int) -> Positions:
    """The positions below `n` in another order."""
    return np.argsort(numbers(purpose, seed, n), kind="stable")
