"""Glass substrates (rules.md section 5): cheaper packages that draw less power, once they no longer crack.

Whoever runs a line marked `glass` may master it in any quarter, sooner with better packaging know-how at home. Until
others do, buyers queue there.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from game.core.names import TRACKS
from game.core.numeric import Array, Counts, total
from game.core.rng import entity_keys, uniform
from game.core.scenario import Scenario
from game.core.world import World, replace
from game.rules.kept import constants_of
from game.rules.tables import Tables
from game.rules.turn import Turn

PACKAGING = TRACKS.at("packaging")
#: Know-how at which the hazard is the parameter's.
USUAL_KNOWHOW = 75.0
TINY = 1e-9


@constants_of
def _lines(s: Scenario) -> tuple[Counts, NDArray[np.uint64]]:
    """Lines marked `glass`, and the keys of their luck."""
    rows = np.flatnonzero(s.lines.glass[:, 0] > 0.0)
    return rows, entity_keys("glass", [s.lines.axis.names[row] for row in rows])


def prove(world: World, turn: Turn) -> World:
    """Lines at work may find how glass does not crack."""
    s = turn.scenario
    rows, keys = _lines(s)
    lines, hazard = world.lines, s.parameters.fabs.glass_hazard
    if not len(rows) or hazard <= 0.0:
        return world
    trying = (lines.capacity[rows] > 0.0) & (lines.proven[rows] <= 0.0)
    if not trying.any():
        return world
    known = world.state.knowhow[s.lines.home[rows], PACKAGING]
    found = trying & (uniform(world.seed, world.quarter, keys) < hazard * known / USUAL_KNOWHOW)
    if not found.any():
        return world
    proven = lines.proven.copy()
    proven[rows] = np.maximum(proven[rows], found)
    return replace(world, lines=replace(lines, proven=proven))


def cheaper(world: World, s: Scenario) -> Array | float:
    """What cash cost is left at each line. (F, B), or 1 where nobody masters glass."""
    proven = world.lines.proven
    return 1.0 - s.parameters.fabs.glass_cost * proven if proven.any() else 1.0


def sought(world: World, s: Scenario, t: Tables) -> Array | float:
    """Orders at each line over what they would be: more where glass is mastered, as long as few do. (F, B), or 1."""
    lines = world.lines
    if not lines.proven.any():
        return 1.0
    whole = lines.capacity * t.packaging
    share = total(whole * lines.proven) / np.maximum(total(whole), TINY)
    return 1.0 + s.parameters.fabs.glass_queue * lines.proven * (1.0 - share)


def power_left(world: World, s: Scenario, t: Tables, output: Array) -> Array | float:
    """Draw of the accelerators packaged at each place over what it would be, by lines' output. (N, B), or 1."""
    proven = world.lines.proven
    if not proven.any():
        return 1.0
    packaged = output * t.packaging
    share = t.line_place.total(packaged * proven) / np.maximum(t.line_place.total(packaged), TINY)
    return 1.0 - s.parameters.fabs.glass_power * share
