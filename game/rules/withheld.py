"""What controls keep from places that find nothing else: it counts as dependence still (rules.md section 3)."""

from __future__ import annotations

import numpy as np

from game.core.numeric import Array
from game.core.scenario import Scenario
from game.core.world import World
from game.rules.kept import reading_of


@reading_of("trade.received", "trade.blocked", "trade.ordered")
def withheld(world: World, s: Scenario) -> tuple[Array, Array]:
    """What controls keep from places by seller, (E, N, B), and all together, (N, G, B), units: no more than they lack.

    Who is cut off and finds nothing else depends on the seller as before: hunger is no independence.
    """
    trade = world.trade
    refused = s.sellers.by_good.total(trade.blocked).swapaxes(0, 1)
    unmet = np.minimum(refused, np.maximum(trade.ordered - trade.received, 0.0))
    part = (unmet / np.maximum(refused, 1e-12)).swapaxes(0, 1)
    return trade.blocked * s.sellers.by_good.spread(part), unmet
