"""A nation that somebody steers: it shows its view to a strategy and gives what the strategy decides."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import mesa
import numpy as np

from agents.faults import deciding
from agents.strategies import Council, Counsel, Strategy, decides_with, is_joint
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
        """Let the strategy give this quarter's orders at the desk. Raises StrategyError for any error of its own."""
        if self.strategy is None:
            return
        seen = view(desk.world, desk.book.scenario, self.position)
        with deciding(self.strategy, [self.code]):
            self.strategy.decide(Counsel(seen, desk, self.position))


def decide_all(nations: Sequence[Nation], desk: Desk) -> None:
    """Let nations decide, those that play the same strategy or doctrines of one family in one pass where they can."""
    groups: dict[object, list[Nation]] = {}
    for nation in nations:
        if is_joint(nation.strategy):
            groups.setdefault(decides_with(nation.strategy), []).append(nation)
        else:
            nation.decide(desk)
    for members in groups.values():
        strategy = members[0].strategy
        if is_joint(strategy):
            seats = np.array([nation.position for nation in members], dtype=np.int64)
            seen = view(desk.world, desk.book.scenario, members[0].position)
            with deciding(strategy, [nation.code for nation in members]):
                strategy.decide_together(Council(seen, desk, seats, played_by(members)))


def played_by(nations: Sequence[Nation]) -> tuple[Strategy, ...]:
    """The strategies of nations that have one, row by row."""
    return tuple(nation.strategy for nation in nations if nation.strategy is not None)
