"""A nation that somebody steers: it shows its view to a strategy and gives what the strategy decides."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING

import mesa
import numpy as np

from agents.envoys import played_by
from agents.faults import deciding
from agents.strategies import Council, Counsel, Strategy, family_of, is_joint, joint_class
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
    alone, together = _deciders(tuple(type(nation.strategy) for nation in nations))
    for at in alone:
        nations[at].decide(desk)
    for group in together:
        members = [nations[at] for at in group]
        strategy = members[0].strategy
        if is_joint(strategy):
            seats = np.array([nation.position for nation in members], dtype=np.int64)
            seen = view(desk.world, desk.book.scenario, members[0].position)
            with deciding(strategy, [nation.code for nation in members]):
                strategy.decide_together(Council(seen, desk, seats, played_by(members)))


@cache
def _deciders(kinds: tuple[type, ...]) -> tuple[tuple[int, ...], tuple[tuple[int, ...], ...]]:
    """Of nations with strategies of some kinds: which decide alone, and which in one pass; by position."""
    alone, groups = [], dict[object, list[int]]()
    for at, kind in enumerate(kinds):
        if joint_class(kind):
            groups.setdefault(family_of(kind), []).append(at)
        else:
            alone.append(at)
    return tuple(alone), tuple(map(tuple, groups.values()))
