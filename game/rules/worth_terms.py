"""Named terms of what a clause is worth to its giver and its taker, in points."""

from __future__ import annotations

from typing import NamedTuple

from game.core.numeric import Array


class Terms(NamedTuple):
    """Terms by name for each side, a quarter each unless the clause is paid at once; in the shape of the cells."""

    giver: dict[str, Array]
    taker: dict[str, Array]
