"""A nation that somebody steers: it shows its view to a strategy and gives what the strategy decides."""

from __future__ import annotations

from typing import TYPE_CHECKING

import mesa

from agents.strategies import Counsel, Strategy
from game.rules.desk import Desk
from game.view import view

if TYPE_CHECKING:
    from agents.model import ChipRace


class Nation(mesa.Agent):
    """One seat across the batch.

    Parameters
    ----------
    model : the race.
    code, position : the seat.
    strategy : who decides; None: only what is posted.
    """

    model: ChipRace

    def __init__(self, model: ChipRace, code: str, position: int, strategy: Strategy | None) -> None:
        super().__init__(model)
        self.code = code
        self.position = position
        self.strategy = strategy

    def decide(self, desk: Desk) -> None:
        """Let the strategy give this quarter's orders at the desk."""
        if self.strategy is None:
            return
        seen = view(desk.world, desk.book.scenario, self.position)
        self.strategy.decide(Counsel(seen, desk, self.position))
