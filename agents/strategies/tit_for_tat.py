"""Tit for tat: open first, answer each blow by its like, and forgive when it ends.

A seat that does as it is done by: it keeps its word at any price, asks for and gives promises to hold back, answers a
new control, refusal or breach once in the class that bites most, and opens again as soon as the other does.
"""

from __future__ import annotations

from agents.strategies import Council
from agents.strategies.character import Character
from agents.strategies.doctrine import Doctrine
from agents.strategies.moves_controls import answer_in_kind
from agents.strategies.moves_state import rally


class TitForTat(Doctrine):
    """See the module."""

    name = "tit_for_tat"
    motto = "Open first, answer each blow by its like, and forgive when it ends."
    character = Character(
        quarrels=0.0,
        gives=(("restrain", 3.0), ("guarantee", 1.3)),
        takes=(("restrain", 3.0),),
        dials=(("universities", 0.5), ("enforcement", 0.6), ("grid", 0.6), ("visa", 0.4), ("stock_target", 0.45)),
        loyal=4.0,
        courage=0.2,
    )

    def act(self, council: Council) -> None:
        """Answers in kind, and support at home for them."""
        answer_in_kind(council)
        rally(council, every=8, least=0.55)
