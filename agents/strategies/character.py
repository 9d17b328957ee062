"""What sets one doctrine apart from another: a record of dials and weights on top of what `steady` does.

A doctrine is a file with a class that names its `character` and may add moves of its own. All seats that play doctrines
decide in one pass; here their characters become arrays with a row for each seat.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from functools import cache
from typing import Any, NamedTuple

import numpy as np

from agents.envoys import Embassy
from agents.strategies import Council
from game.core.clauses import CLAUSES
from game.core.names import GOODS, Axis
from game.core.numeric import Array, Counts

#: What `steady` and the doctrines that decide in one pass with it have in common.
FAMILY = "doctrines"

#: A name and what it is multiplied by.
Weights = tuple[tuple[str, float], ...]


@dataclass(frozen=True, slots=True)
class Character:
    """How a doctrine differs from `steady`, whose own values are the defaults.

    Parameters
    ----------
    reserve : cash kept back, in quarters of budget.
    slice : share of the money at hand that one plant or power order takes.
    compute, compute_before : share of what is left that buys accelerators, after plants and before them.
    full_grid, full_staff : use of power and of engineers above which it adds to them.
    plants : what plants of a good are worth, times what they are worth to `steady`.
    abroad : what plants of goods whose makers sell most of the world's are worth beside that, times the share sold.
    dials : standing settings in the order in which they are made, one a quarter: dials, research tracks and uses of
        compute, each with its share.
    gives, takes : what a clause of a kind is worth talking about as its giver and as its taker, times `steady`.
    inside, members : what a contract with the place inside the race, and with a member of its bloc, is worth talking
        about, times `steady`; with 0 none is signed either.
    demand : points that an offer must be worth to be accepted.
    wary : least trust in a partner with which contracts are made.
    loyal : times the price of breach below which it keeps a contract that hurts.
    courage, defiance : points a quarter that membership of the race's bloc, and of any other, adds to its terms.
    welcome : points a quarter that a newcomer adds to its terms.
    answers : whether it answers a breach with a control.
    quarrels : what a threat must promise to be made is divided by this; with 0 none is made.
    """

    reserve: float = 0.5
    slice: float = 0.5
    compute: float = 0.85
    compute_before: float = 0.0
    full_grid: float = 0.94
    full_staff: float = 0.97
    plants: Weights = ()
    abroad: float = 0.0
    dials: Weights = (
        ("universities", 0.5), ("grid", 0.6), ("stock_target", 0.35), ("visa", 0.4), ("enforcement", 0.5),
    )  # fmt: skip
    gives: Weights = ()
    takes: Weights = ()
    inside: float = 1.0
    members: float = 1.0
    demand: float = 0.0
    wary: float = 0.0
    loyal: float = 1.0
    courage: float = 0.0
    defiance: float = 0.0
    welcome: float = 0.0
    answers: bool = True
    quarrels: float = 1.0


PLAIN = Character()
_NUMBERS = tuple(f.name for f in fields(Character) if f.name not in ("plants", "dials", "gives", "takes"))


class Traits(NamedTuple):
    """Characters of the seats that decide together; a row for each seat."""

    plain: bool
    """whether all are those of `steady`"""
    characters: tuple[Character, ...]
    numbers: dict[str, Array]
    """(n, 1) each"""
    goods: Array
    """(n, G) what plants of a good are multiplied by"""
    gives: Array
    """(n, K) what clauses of a kind are multiplied by"""
    takes: Array

    def of(self, name: str) -> Array:
        """A number of the characters. (n, 1)."""
        return self.numbers[name]

    def by_place(self, name: str, seats: Counts, places: int) -> Array:
        """The same by place, that of `steady` for places that are not among `seats`. (N, 1)."""
        found = np.full((places, 1), float(getattr(PLAIN, name)))
        found[seats] = self.numbers[name]
        return found

    def clauses_by_place(self, seats: Counts, places: int) -> tuple[Array, Array]:
        """`gives` and `takes` by place, 1 for places that are not among `seats`. (N, K) each."""
        gives, takes = np.ones((places, len(CLAUSES))), np.ones((places, len(CLAUSES)))
        gives[seats], takes[seats] = self.gives, self.takes
        return gives, takes


def traits_of(players: Sequence[object], seats: int) -> Traits:
    """The characters of strategies, row by row; those of `steady` where none are named or a strategy has none."""
    return _traits(tuple(map(type, players)) or (object,) * seats)


@cache
def _traits(kinds: tuple[type, ...]) -> Traits:
    characters = tuple(getattr(kind, "character", PLAIN) for kind in kinds)
    return Traits(
        plain=all(character == PLAIN for character in characters),
        characters=characters,
        numbers={name: np.array([[float(getattr(c, name))] for c in characters]) for name in _NUMBERS},
        goods=np.stack([_filled(c.plants, GOODS) for c in characters]),
        gives=np.stack([_filled(c.gives, CLAUSES) for c in characters]),
        takes=np.stack([_filled(c.takes, CLAUSES) for c in characters]),
    )


def own_moves(council: Council) -> None:
    """Let doctrines give the orders that only they give: `act(council)` of each, with the seats that play it."""
    for players, seats in _with_own("act", council.players, council.seats):
        players[0].act(council.of(seats, players))


def own_words(embassy: Embassy) -> None:
    """Let doctrines say what only they say: `speak(embassy)` of each, with the seats that play it."""
    for players, seats in _with_own("speak", embassy.players, embassy.seats):
        players[0].speak(Embassy(embassy.talks, seats, players))


def _with_own(step: str, players: Sequence[Any], seats: Counts) -> Iterator[tuple[list[Any], Counts]]:
    """Those that play each strategy that has a step of its own, and their seats."""
    for kind in dict.fromkeys(map(type, players)):
        if hasattr(kind, step):
            rows = [row for row, player in enumerate(players) if type(player) is kind]
            yield [players[row] for row in rows], seats[rows]


def _filled(weights: Weights, axis: Axis) -> Array:
    found = np.ones(len(axis))
    for name, weight in weights:
        found[axis.at(name)] = weight
    return found
