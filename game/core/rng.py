"""Draws that depend on what they are for and on nothing else.

A draw is a hash of (seed of the world, quarter, topic, entity name). A changed decision therefore leaves unrelated
luck as it was, a world draws the same alone or in a batch, and the order in which nations are listed is immaterial.
The mixing function is the finaliser of SplitMix64 (Steele, Lea and Flood 2014).
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray

from game.core.numeric import Array

Seeds = NDArray[np.uint64]

_GOLDEN = np.uint64(0x9E3779B97F4A7C15)
_MIX_1 = np.uint64(0xBF58476D1CE4E5B9)
_MIX_2 = np.uint64(0x94D049BB133111EB)
_SHIFT_1, _SHIFT_2, _SHIFT_3 = np.uint64(30), np.uint64(27), np.uint64(31)
#: Bits of a draw that a float cannot hold, and the step between two floats of those that it can.
_SPARE, _STEP = np.uint64(11), 1.0 / (1 << 53)


@cache
def _key(text: str) -> int:
    return int.from_bytes(blake2b(text.encode(), digest_size=8).digest(), "little")


def entity_keys(topic: str, names: Iterable[str]) -> NDArray[np.uint64]:
    """Keys (M,) of the entities `names` for draws on `topic`; computed once for a scenario."""
    return np.array([_key(f"{topic}/{name}") for name in names], dtype=np.uint64)


def seeds(first: int, worlds: int) -> Seeds:
    """Seeds (B,) of worlds `first`, `first + 1`, ..."""
    return np.uint64(first) + np.arange(worlds, dtype=np.uint64)


def derived(seed: Seeds, purpose: str) -> Seeds:
    """Seeds (B,) for another purpose, unrelated to the draws of the game itself."""
    return _mixed(seed * _GOLDEN + np.uint64(_key(purpose)))


def uniform(seed: Seeds, quarter: int, keys: NDArray[np.uint64]) -> Array:
    """Numbers (M, B) in [0, 1), one for each key and world."""
    base = _mixed(seed * _GOLDEN + np.uint64(quarter * 0x632BE59BD9B4E019 & 0xFFFFFFFFFFFFFFFF))
    bits = _mixed(keys[:, None] + base[None, :])
    drawn: Array = np.multiply(bits >> _SPARE, _STEP, dtype=np.float64)
    return drawn


def _mixed(bits: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """The finaliser; products of arrays of whole numbers wrap round without a warning."""
    bits = bits ^ (bits >> _SHIFT_1)
    bits *= _MIX_1
    bits ^= bits >> _SHIFT_2
    bits *= _MIX_2
    bits ^= bits >> _SHIFT_3
    return bits
