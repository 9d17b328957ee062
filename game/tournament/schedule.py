"""Who sits where: the formats of a tournament, seats rotated so that everybody plays every seat on the same seeds.

A seating holds over one block of seeds, at most 64: the games of one batch. In each block every strategy holds every
seat equally often (the rows of a Latin square); from block to block the strategies are shuffled anew, so that in the
long run everybody also meets everybody else in all pairs of seats.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from game.core.rng import entity_keys, seeds, uniform

BLOCK = 64
"""Most seeds of a block: the number of worlds at which the rules are fastest."""
FILLER = "steady"
"""Who plays the seats that no rated strategy holds, unrated."""

FORMATS = {
    "round_robin": "every strategy meets every other, one seat each, all in one game where the seats suffice",
    "all_seats": "each strategy plays all the seats of a game; strategies are compared over the same seeds",
    "gauntlet": "the first strategy meets each of the others, two in a game, seats swapped",
    "ladder": "each strategy meets the one listed before it, two in a game, seats swapped",
}
PAIRED = ("gauntlet", "ladder")


class Entrant(NamedTuple):
    """A strategy that is rated: its name, and the hash of what it says."""

    name: str
    content: str


@dataclass(frozen=True, slots=True)
class Seating:
    """Who sits where over a row of seeds.

    Parameters
    ----------
    held : (seat, position of the entrant), in order of seats.
    first, count : the seeds.
    """

    held: tuple[tuple[str, int], ...]
    first: int
    count: int


def seatings(format: str, entrants: int, seats: Sequence[str], first: int, count: int) -> Iterator[Seating]:
    """Every seating of a tournament, block by block.

    Parameters
    ----------
    format : one of `FORMATS`.
    entrants : number of rated strategies.
    seats : those that they take in turn.
    first, count : the seeds.
    """
    for block, start in enumerate(range(0, count, BLOCK)):
        length = min(BLOCK, count - start)
        for held in _block(format, entrants, seats, block):
            yield Seating(held, first + start, length)


def per_seed(format: str, entrants: int, seats: Sequence[str]) -> int:
    """Number of games that each seed is played in."""
    return len(_block(format, entrants, seats, 0))


def _block(format: str, entrants: int, seats: Sequence[str], block: int) -> list[tuple[tuple[str, int], ...]]:
    if format == "all_seats":
        return [tuple((seat, i) for seat in seats) for i in range(entrants)]
    if format == "round_robin":
        width = max(entrants, len(seats))
        return [tuple((seat, i) for seat, i in row if i < entrants) for row in _square(shuffled(width, block), seats)]
    pairs = [(0, j) if format == "gauntlet" else (j - 1, j) for j in range(1, entrants)]
    return [held for pair in pairs for held in swapped_pairs(*pair, seats, block)]


def _square(order: Sequence[int], seats: Sequence[str]) -> Iterator[list[tuple[str, int]]]:
    """Rows in which each of `order` takes each seat once; there are at least as many of them as seats.

    >>> list(_square([0, 1, 2], ["A", "B"]))
    [[('A', 0), ('B', 1)], [('A', 1), ('B', 2)], [('A', 2), ('B', 0)]]
    """
    for row in range(len(order)):
        yield [(seat, order[(row + column) % len(order)]) for column, seat in enumerate(seats)]


def swapped_pairs(a: int, b: int, seats: Sequence[str], block: int) -> list[tuple[tuple[str, int], ...]]:
    """Every seat once for each of two strategies, the other some seats further; each seating next to its swap.

    >>> swapped_pairs(0, 1, ["A", "B"], 0)
    [(('A', 0), ('B', 1)), (('A', 1), ('B', 0))]
    """
    apart = 1 + block % (len(seats) - 1)
    found: dict[tuple[tuple[str, int], ...], None] = {}
    for i in range(len(seats)):
        one, other = i, (i + apart) % len(seats)
        for left, right in ((a, b), (b, a)):
            found[tuple((seats[k], {one: left, other: right}[k]) for k in sorted((one, other)))] = None
    return list(found)


def shuffled(count: int, block: int) -> list[int]:
    """The order of strategies in a block: as listed in the first, then by chance that is the same everywhere."""
    if block == 0:
        return list(range(count))
    drawn = uniform(seeds(block, 1), 0, entity_keys("tournament schedule", [str(i) for i in range(count)]))[:, 0]
    return [int(i) for i in drawn.argsort(kind="stable")]
