"""Flooder: own the market: build what you sell most of, sell it cheap, and outlast the others.

A seat that buys market share: plants of what it already sells most of in the world, supply at a price that others
cannot meet, floods of goods of which it makes more than half, stock sold into them, and no price floor for the beaten.
"""

from __future__ import annotations

from agents.strategies import Council
from agents.strategies.character import Character
from agents.strategies.doctrine import Doctrine
from agents.strategies.moves_controls import flood_markets
from agents.strategies.moves_invest import sell_off
from game.core.names import MINERALS

#: Goods that it floods where it makes more than half of the world's.
FLOODED = (*MINERALS, "magnets", "resist", "wafers", "mature_chips")


class Flooder(Doctrine):
    """See the module."""

    name = "flooder"
    motto = "Own the market: build what you sell most of, sell it cheap, and outlast the others."
    character = Character(
        abroad=5.0,
        slice=0.7,
        reserve=0.8,
        compute=0.6,
        gives=(("supply", 2.5), ("priority", 1.5), ("no_reexport", 0.5)),
        dials=(("universities", 0.5), ("grid", 0.7), ("separation", 0.2), ("visa", 0.4), ("rent", 0.2)),
    )

    def act(self, council: Council) -> None:
        """Floods while there is money, and stock that goes with them."""
        flood_markets(council, FLOODED)
        sell_off(council, cover=1.5)
