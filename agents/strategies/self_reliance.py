"""Self reliance: make it at home, store what cannot be made, and owe nobody.

A seat that trusts no supplier: it locks money for plants at home, hurries and relieves their sites, buys stock of what
leans on one seller, takes know-how from partners rather than goods, and does without its rival where it can.
"""

from __future__ import annotations

from agents.strategies import Council
from agents.strategies.character import Character
from agents.strategies.doctrine import Doctrine
from agents.strategies.moves_controls import refuse_rival
from agents.strategies.moves_invest import finer_nodes, hasten, lock_money, relieve, stock_up
from game.core.names import MATERIALS, MINERALS


class SelfReliance(Doctrine):
    """See the module."""

    name = "self_reliance"
    motto = "Make it at home, store what cannot be made, and owe nobody."
    character = Character(
        plants=tuple((good, 1.6) for good in (*MINERALS, *MATERIALS, "magnets", "mature_chips", "process_tools")),
        dials=(("stock_target", 0.7), ("universities", 0.6), ("grid", 0.6), ("separation", 0.25), ("dispersal", 0.4)),
        takes=(("priority", 0.7), ("licence", 2.0), ("hub", 1.5), ("venture", 2.0)),
        gives=(("stockpile", 0.5),),
        slice=0.6,
        quarrels=0.5,
    )

    def act(self, council: Council) -> None:
        """Stock, a law for plants at home, sites and permits, and imports that can be spared."""
        stock_up(council, cover=2.0, every=4)
        lock_money(council)
        relieve(council)
        finer_nodes(council)
        hasten(council, every=4)
        refuse_rival(council)
