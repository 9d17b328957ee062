"""Who depends on whom, and what places sell each other by control class, from what everybody can see."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from game.core.names import CLASS_OF_GOOD, CLASSES
from game.core.numeric import Array, Counts, Grouping, clip
from game.core.scenario import Scenario
from game.core.world import World
from game.rules import score
from game.rules.kept import constants_of, reading_of
from game.rules.worth_cells import Cells, Rows, Values


@reading_of(
    "trade.flow", "trade.received", "trade.blocked", "trade.ordered", "relations.trust", "goods.bought",
    "goods.inventory", "goods.substitution",
)  # fmt: skip
def dependences(world: World, s: Scenario) -> tuple[Array, Array]:
    """As `score.dependences`, without national stocks; and the share of the seller with most hold. (N, G, B) each."""
    goods, largest = world.goods, score.most_held(world, s)
    cover = 0.25 * goods.inventory / np.maximum(4.0 * goods.reference, 4e-9)
    alone = (1.0 - goods.substitution) * (1.0 - np.minimum(cover, 1.0))
    return clip(largest * alone, 0.0, 1.0), largest


class ByOwner(NamedTuple):
    """Rows of a table by whom or what they belong to."""

    rows: Counts
    """those of one place after those of another"""
    first: Counts
    """(N,) where those of each place begin"""
    many: Counts
    """(N,)"""

    def of(self, owner: Counts) -> tuple[Counts, Counts]:
        """Rows of some owners, one owner after the other, and which of the owners each is of. (P,) -> (K,) each."""
        many = self.many[owner]
        which = np.repeat(np.arange(len(owner)), many)
        before = np.cumsum(many) - many
        return self.rows[np.arange(len(which)) + (self.first[owner] - before)[which]], which


def by_owner(rows: Counts, owner: Counts, owners: int) -> ByOwner:
    """List rows by the owner of each, of so many."""
    many = np.bincount(owner, minlength=owners)
    return ByOwner(rows[np.argsort(owner, kind="stable")], np.cumsum(many) - many, many)


class Sold(NamedTuple):
    """Sellers of the goods of a class."""

    rows: Counts
    good: Counts
    by_place: Grouping


@constants_of
def _classes(s: Scenario) -> tuple[Sold, ...]:
    """Sellers by control class."""
    found = []
    for k in range(len(CLASSES)):
        rows = np.flatnonzero(np.array(CLASS_OF_GOOD)[s.sellers.good] == k)
        places = Grouping([int(place) for place in s.sellers.place[rows]], len(s.place_axis)) if len(rows) else None
        found.append(Sold(rows, s.sellers.good[rows], places or Grouping([0], len(s.place_axis))))
    return tuple(found)


@constants_of
def _sellers(s: Scenario) -> ByOwner:
    """Sellers by place and control class."""
    known = np.array(CLASS_OF_GOOD)[s.sellers.good]
    rows = np.flatnonzero(known >= 0)
    owner = np.asarray(s.sellers.place)[rows] * len(CLASSES) + known[rows]
    return by_owner(rows, owner, len(s.place_axis) * len(CLASSES))


class ByClass:
    """USD bn a quarter of some flows by seller's place, control class and buyer: class by class, as asked for.

    What a place keeps at home is left out.

    Parameters
    ----------
    flow : (E, N, B) units.
    price : (G, B) USD bn a unit.
    scenario : whose sellers they are.
    """

    def __init__(self, flow: Array, price: Array, scenario: Scenario) -> None:
        self._flow, self._price, self._scenario = flow, price, scenario
        places = len(scenario.place_axis)
        self._values = np.zeros((places, len(CLASSES), places, flow.shape[-1]))
        self._known: set[int] = set()

    def of(self, classes: Values | int) -> Array:
        """(N, C, N, B), of which `classes` are filled in."""
        itself = np.arange(len(self._values))
        for kind in set(np.ravel(classes).tolist()) - self._known:
            sold = _classes(self._scenario)[kind]
            if len(sold.rows):
                flow = self._flow.take(sold.rows, axis=0)
                flow *= self._price.take(sold.good, axis=0)[:, None]
                self._values[:, kind] = sold.by_place.total(flow)
                self._values[itself, kind, itself] = 0.0
            self._known.add(kind)
        return self._values

    def at(self, c: Cells, buyer: str) -> Array:
        """What the giver of each clause sells a place of the class that the clause is about: its taker, or the third
        place, as `Cells.at` calls them. For clauses one by one, only what they are about is added up."""
        if not isinstance(c, Rows):
            return c.at(self.of(c.subject), f"gs{buyer}")
        places, worlds = self._flow.shape[1:]
        to = (c.takers if buyer == "t" else c.aimed) % places
        row, which = _sellers(self._scenario).of(c.givers * len(CLASSES) + c.subject % len(CLASSES))
        w, good = c.world[which], self._scenario.sellers.good[row]
        flow = self._flow.reshape(-1).take((row * places + to[which]) * worlds + w) * self._price[good, w]
        return np.where(c.givers == to, 0.0, np.bincount(which, flow, len(to)))
