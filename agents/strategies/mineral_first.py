"""Mineral first: mines, refineries and magnets first: chips can be bought, ore cannot.

A seat that starts at the bottom of the chain: separation know-how, refineries, recyclers and magnet works at home with
permits out of turn, stakes in those abroad, and a deep stock; chips and compute take what is left.
"""

from __future__ import annotations

from agents.strategies import Council
from agents.strategies.character import Character
from agents.strategies.doctrine import Doctrine
from agents.strategies.moves_invest import hasten, stock_up, take_stakes
from game.core.names import MINERALS


class MineralFirst(Doctrine):
    """See the module."""

    name = "mineral_first"
    motto = "Mines, refineries and magnets first: chips can be bought, ore cannot."
    character = Character(
        plants=tuple((good, 5.0) for good in (*MINERALS, "magnets", "heavy_ore", "light_ore")),
        dials=(("stock_target", 0.6), ("separation", 0.35), ("universities", 0.5), ("grid", 0.5), ("enforcement", 0.5)),
        gives=(("supply", 1.3),),
        takes=(("stockpile", 2.0), ("procurement", 2.5), ("supply", 1.5), ("licence", 1.3)),
        compute=0.6,
    )

    def act(self, council: Council) -> None:
        """Stock, stakes abroad, and permits out of turn."""
        stock_up(council, cover=4.0)
        take_stakes(council, (*MINERALS, "magnets", "heavy_ore"))
        hasten(council)
