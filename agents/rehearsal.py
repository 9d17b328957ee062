"""Rehearsals: a seat tries out ways to play on the real rules, in worlds as they may be, and counts what they come to.

Each possible world is played on once with every style; rivals play `steady`. What a style comes to is the seat's score
at the end of the game, as far as the rehearsal reaches, and from there at the pace of its last quarters.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from agents.partly import Partly
from agents.strategies import Counsel
from agents.strategies.character import FAMILY
from agents.strategies.steady import Steady
from game.core.numeric import Array, Counts
from game.core.scenario import Scenario
from game.core.schema import quantities
from game.core.world import World, sealed
from game.forecast import imagined
from game.rules.score import EPILOGUE_WEIGHT
from game.view import View

#: Worlds that are played together: more do not fit the caches, fewer cost more each.
TOGETHER = 64
#: Quarters at the end of a rehearsal that tell the pace from there on.
PACE = 2
PURPOSE = "rehearsal"


class Styled(Steady):
    """Decides in each world by a style of its own, and talks as `steady` does."""

    name = "styled"
    motto = "Each world its own way."
    #: It decides by itself, and talks in one pass with the others: apart it would say more than one voice among them.
    family = FAMILY

    def __init__(self, styles: Sequence[Steady]) -> None:
        super().__init__()
        self.styles = styles
        #: Position of the style of each world, (B,).
        self.chosen: Counts = np.zeros(1, dtype=np.int64)

    def decide(self, counsel: Counsel) -> None:
        """Let each style decide in its worlds."""
        for k in np.unique(self.chosen).tolist():
            self.styles[k].decide_together(Partly(counsel.alone, [self.styles[k]], self.chosen == k))


class Rehearsal:
    """Tries styles for one seat.

    Parameters
    ----------
    scenario, seat : what is played, and code of the seat.
    styles : ways to play.

    Attributes
    ----------
    steps : quarters of single worlds played so far: what a budget counts.
    """

    def __init__(self, scenario: Scenario, seat: str, styles: Sequence[Steady]) -> None:
        self.scenario, self.seat = scenario, seat
        self.styled = Styled(styles)
        # Read when there is something to rehearse: to list strategies must not load the model.
        from agents.futures import Futures

        self.futures = Futures(scenario, seat, own=self.styled)
        self.steps = 0

    def worths(self, seen: View, tried: int, quarters: int, draws: int) -> Array:
        """Score at the end of the game that each of the first `tried` styles comes to. (tried, B).

        Parameters
        ----------
        seen : the view of the seat, B games, after the talks of the quarter.
        quarters : how far to play, at most to the end of the game.
        draws : possible worlds of each game.
        """
        position = self.scenario.place_axis.at(self.seat)
        start = imagined(seen, self.scenario, position, range(draws), PURPOSE)
        left = self.scenario.quarters + self.scenario.epilogue_quarters - seen.quarter
        found = [
            self._played(_worlds(start, part % start.worlds), part // start.worlds, position, min(quarters, left))
            for part in _parts(tried * start.worlds)
        ]
        return added_up(np.concatenate(found).reshape(tried, seen.worlds, draws))

    def _played(self, world: World, styles: Counts, seat: int, quarters: int) -> Array:
        """Score at the end of the game, world by world. (b,)."""
        self.styled.chosen = styles
        sums = [_sums(world, seat)]
        for q in range(quarters):
            world = self.futures.step(world, talks=q > 0)
            sums.append(_sums(world, seat))
        self.steps += quarters * world.worlds
        got, weight = sums[-1]
        before, weight_before = sums[max(len(sums) - 1 - PACE, 0)]
        pace = (got - before) / (weight - weight_before)
        ahead = self._weight_ahead(world.quarter)
        return (got + pace * ahead) / (weight + ahead) - world.relations.penalty[seat]

    def _weight_ahead(self, quarter: int) -> float:
        """Weight in the score of all quarters after `quarter`."""
        s = self.scenario
        epilogue = min(s.quarters + s.epilogue_quarters - quarter, s.epilogue_quarters)
        return max(s.quarters - quarter, 0) + EPILOGUE_WEIGHT * epilogue


def added_up(worths: Array) -> Array:
    """Mean over draws, added in order. (styles, B, draws) -> (styles, B)."""
    return np.add.accumulate(worths, axis=-1)[..., -1] / worths.shape[-1]


def _sums(world: World, seat: int) -> tuple[Array, Array]:
    """Sum of the quarterly scores of a seat with its mandate, and the weight of it. (b,) each."""
    standing = world.standing
    return standing.score_sum[seat] + standing.mandate_sum[seat], standing.weight_sum


def _parts(worlds: int) -> list[Counts]:
    return [np.arange(first, min(first + TOGETHER, worlds)) for first in range(0, worlds, TOGETHER)]


def _worlds(world: World, which: Counts) -> World:
    """Some worlds of a batch, in the order given; one may be taken more than once."""
    parts: dict[str, Any] = {"seed": world.seed[which]}
    for name in World.__dataclass_fields__:
        record = getattr(world, name)
        if hasattr(record, "__dataclass_fields__"):
            arrays = {f.name: getattr(record, f.name).take(which, axis=-1) for f, _ in quantities(record)}
            parts[name] = type(record)(**arrays)
    return sealed(World(quarter=world.quarter, **parts))
