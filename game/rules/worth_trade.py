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
from game.rules.worth_cells import Values


@reading_of(
    "trade.flow", "trade.received", "trade.blocked", "trade.ordered", "relations.trust", "goods.inventory",
    "goods.substitution",
)  # fmt: skip
def dependences(world: World, s: Scenario) -> tuple[Array, Array]:
    """As `score.dependences`, without national stocks; and the share of the seller with most hold. (N, G, B) each."""
    goods, largest = world.goods, score.most_held(world, s)
    cover = 0.25 * goods.inventory / np.maximum(4.0 * goods.reference, 4e-9)
    alone = (1.0 - goods.substitution) * (1.0 - np.minimum(cover, 1.0))
    return clip(largest * alone, 0.0, 1.0), largest


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
