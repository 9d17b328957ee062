"""Secret mandates (game.md section 7): each seat draws one of its three public candidates, and is graded by it.

The candidates are public, the draw is secret until the end: rivals can reason. What a mandate adds to the score is kept
apart from the public part, so that the standings in play tell nobody which was drawn.
"""

from __future__ import annotations

import numpy as np

from game.core.names import MANDATES
from game.core.numeric import Array, clip
from game.core.rng import Seeds, entity_keys, uniform
from game.core.scenario import Scenario
from game.core.world import Small, World
from game.rules.objectives import METRICS
from game.rules.tables import Tables


def drawn(seed: Seeds, s: Scenario) -> Small:
    """The mandate of each place: its position, -1 where it has none. (N, B)."""
    luck = uniform(seed, 0, entity_keys("mandate", s.place_axis))
    picked = np.minimum((luck * len(MANDATES)).astype(np.int8), np.int8(len(MANDATES) - 1))
    has = np.zeros((len(s.place_axis), 1), dtype=bool)
    has[list(s.mandates)] = True
    return np.where(has, picked, np.int8(-1))


def graded(world: World, s: Scenario, t: Tables) -> Array:
    """How far each seat is from floor to target of the mandate it drew, 0 to 1. (N, B)."""
    grade = np.zeros(world.state.cash.shape)
    held = world.standing.mandate
    for place, candidates in s.mandates.items():
        for k, mandate in enumerate(candidates):
            mine = held[place] == k
            if mine.any():
                value = METRICS[mandate.metric](world, s, t, place, mandate.of)
                share = clip((value - mandate.floor) / (mandate.target - mandate.floor), 0.0, 1.0)
                grade[place] = np.where(mine, share, grade[place])
    return grade
