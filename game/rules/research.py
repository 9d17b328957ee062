"""Know-how by track (rules.md R12): research is worth the root of compute x engineers; laggards catch up."""

from __future__ import annotations

import numpy as np

from game.core.numeric import clip
from game.core.world import World, replace
from game.rules.turn import Turn


def advance(world: World, turn: Turn) -> World:
    """A quarter of research in every track."""
    s = turn.scenario
    p, state = s.parameters.research, world.state
    effort = np.sqrt(np.maximum(world.compute.running * world.compute.uses[:, 1], 0.0) * world.people.engineers)
    money = 0.6 + 0.8 * state.approval
    gained = p.scale * np.sqrt(np.maximum(effort, 0.0))[:, None] * state.research * money[:, None]
    leader = state.knowhow[0]
    for n in range(1, len(state.knowhow)):
        leader = np.maximum(leader, state.knowhow[n])
    openness = 0.5 + s.places.openness[:, :, None]
    caught = p.spill * np.maximum(leader - state.knowhow, 0.0) * openness * np.minimum(state.knowhow / 40.0, 1.0)
    slowed = clip(160.0 / np.maximum(state.knowhow, 40.0) - 1.0, 0.02, 1.0)
    knowhow = np.minimum(state.knowhow + gained * slowed + caught * state.research * 4.0, 1000.0)
    return replace(world, state=replace(state, knowhow=knowhow))
