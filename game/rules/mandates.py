"""Secret mandates (game.md section 7): each seat draws one of its three public candidates, and is graded by it.

The candidates are public, the draw is secret until the end: rivals can reason. What a mandate adds to the score is kept
apart from the public part, so that the standings in play tell nobody which was drawn.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from game.core.names import MANDATES
from game.core.numeric import Array, Counts, clip
from game.core.rng import Seeds, entity_keys, uniform
from game.core.scenario import Objective, Scenario
from game.core.world import Small, World
from game.rules.kept import constants_of
from game.rules.objectives import METRICS
from game.rules.tables import Tables


def drawn(seed: Seeds, s: Scenario) -> Small:
    """The mandate of each place: its position, -1 where it has none. (N, B)."""
    luck = uniform(seed, 0, entity_keys("mandate", s.place_axis))
    picked = np.minimum((luck * len(MANDATES)).astype(np.int8), np.int8(len(MANDATES) - 1))
    has = np.zeros((len(s.place_axis), 1), dtype=bool)
    has[list(s.mandates)] = True
    return np.where(has, picked, np.int8(-1))


class Candidates(NamedTuple):
    """All candidates, seat by seat; first axis C."""

    place: Counts
    position: Counts
    """(C, 1) on the axis of mandates"""
    floor: Array
    """(C, 1)"""
    span: Array
    """(C, 1) target less floor"""
    mandates: tuple[Objective, ...]


@constants_of
def candidates(s: Scenario) -> Candidates:
    """Lay them out."""
    rows = [(place, k, mandate) for place, three in s.mandates.items() for k, mandate in enumerate(three)]
    return Candidates(
        place=np.array([place for place, _, _ in rows], dtype=np.int64),
        position=np.array([[k] for _, k, _ in rows], dtype=np.int64),
        floor=np.array([[m.floor] for _, _, m in rows]),
        span=np.array([[m.target - m.floor] for _, _, m in rows]),
        mandates=tuple(m for _, _, m in rows),
    )


def graded(world: World, s: Scenario, t: Tables) -> Array:
    """How far each seat is from floor to target of the mandate it drew, 0 to 1. (N, B)."""
    grade = np.zeros(world.state.cash.shape)
    if not s.mandates:
        return grade
    c = candidates(s)
    drew = world.standing.mandate.take(c.place, axis=0) == c.position
    # Only those that were drawn in some world are measured: one of three in a game of its own.
    rows = np.flatnonzero(drew.any(axis=1))
    values = [METRICS[c.mandates[i].metric](world, s, t, int(c.place[i]), c.mandates[i].of) for i in rows]
    shares = clip((np.array(values) - c.floor[rows]) / c.span[rows], 0.0, 1.0)
    np.add.at(grade, c.place[rows], shares * drew[rows])
    return grade
