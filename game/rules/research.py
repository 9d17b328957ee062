"""Know-how by track (rules.md R12): research is worth the root of compute x engineers; laggards catch up.

What contracts carry stands in `rules/knowhow.py`.
"""

from __future__ import annotations

import numpy as np

from game.core.names import GOODS, LEVELS
from game.core.numeric import Array, clip
from game.core.world import World, replace
from game.rules.kept import reading_of
from game.rules.turn import Turn

CLOUD, BAN = GOODS.at("cloud"), LEVELS.at("ban")


def advance(world: World, turn: Turn) -> World:
    """A quarter of research in every track."""
    s = turn.scenario
    p, state = s.parameters.research, world.state
    knowhow, compute = state.knowhow, world.compute
    effort = np.sqrt(np.maximum(compute.running * compute.uses[:, 1], 0.0) * world.people.engineers)
    money = 0.6 + 0.8 * state.approval
    gained = (p.scale * np.sqrt(effort) * money * open_borders(world, p.closed))[:, None]
    openness = (4.0 * p.spill) * (0.5 + s.places.openness[:, :, None])
    behind = knowhow.max(axis=0) - knowhow
    caught = behind * openness * np.minimum(knowhow / 40.0, 1.0)
    knowhow = np.minimum(knowhow + state.research * (gained * slowing(knowhow) + caught), 1000.0)
    return replace(world, state=replace(state, knowhow=knowhow))


@reading_of("policy.level", "policy.closed_people")
def open_borders(world: World, loss: float) -> Array:
    """What is left of research where engineers or rented compute may not cross borders, either way. (N, B)."""
    policy = world.policy
    closed = (policy.closed_people > 0) | (policy.level[:, CLOUD] >= BAN)
    borders = np.count_nonzero(closed | closed.swapaxes(0, 1), axis=1)
    return np.maximum(1.0 - loss * borders, 0.0)


def slowing(knowhow: Array) -> Array:
    """Share of its effort that research gets through at a level of know-how: what is left to find is harder."""
    return clip(160.0 / np.maximum(knowhow, 40.0) - 1.0, 0.02, 1.0)
