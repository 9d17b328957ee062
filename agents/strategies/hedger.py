"""Hedger: sign with both sides, join neither, and store enough to wait.

A seat between the blocs: it stays out of the race's bloc unless that pays well, makes contracts with both sides,
matches nobody's controls, takes stakes in mines and magnets abroad, keeps and scatters stock, and lets it look larger.
"""

from __future__ import annotations

from agents.strategies import Council
from agents.strategies.character import Character
from agents.strategies.doctrine import Doctrine
from agents.strategies.moves_invest import stock_up, take_stakes
from agents.strategies.moves_state import look, overstate


class Hedger(Doctrine):
    """See the module."""

    name = "hedger"
    motto = "Sign with both sides, join neither, and store enough to wait."
    character = Character(
        quarrels=0.0,
        dials=(("stock_target", 0.6), ("dispersal", 0.5), ("universities", 0.5), ("grid", 0.6), ("rent", 0.2)),
        gives=(("match", 0.0), ("no_reexport", 0.5), ("restrain", 2.0), ("visa", 1.3), ("compute", 1.3)),
        takes=(("match", 0.0), ("restrain", 2.5), ("guarantee", 1.5), ("supply", 1.3)),
        inside=2.5,
        members=1.2,
        courage=-0.8,
        defiance=-1.0,
        answers=False,
    )

    def act(self, council: Council) -> None:
        """Stakes abroad, stock, and figures that flatter it."""
        stock_up(council, cover=2.0, every=4)
        take_stakes(council, ("magnets", "ndpr", "dytb", "gallium", "tungsten"))
        overstate(council, 0.3)
        look(council, every=8)
