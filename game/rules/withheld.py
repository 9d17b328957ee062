"""What controls keep from places that find nothing else: it counts as dependence still (rules.md section 3)."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from game.core.numeric import Array, Counts
from game.core.scenario import Scenario
from game.core.world import World
from game.rules.kept import reading_of
from game.rules.trade import refused, refused_goods


class Withheld(NamedTuple):
    """What controls keep from places, units: no more than they lack."""

    sellers: Counts
    """of whom controls refuse something in some world"""
    by_seller: Array
    """(sellers, N, B)"""
    unmet: Array
    """(N, G, B) from all together"""


@reading_of("trade.received", "trade.blocked", "trade.ordered")
def withheld(world: World, s: Scenario) -> Withheld:
    """What controls keep from places that find it nowhere else.

    Who is cut off depends on the seller as before: hunger is no independence.
    """
    trade, kept = world.trade, refused_goods(world, s)
    rows = np.flatnonzero(refused(world).any(axis=1))
    unmet = np.minimum(kept, np.maximum(trade.ordered - trade.received, 0.0))
    part = (unmet / np.maximum(kept, 1e-12)).swapaxes(0, 1)
    by_seller = trade.blocked.take(rows, axis=0)
    by_seller *= s.sellers.by_good.spread(part, rows)
    return Withheld(rows, by_seller, unmet)
