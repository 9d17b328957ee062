"""How much more can be ordered at a plant: the room of the scenario, which grows as sites are prepared, less what was added."""

from __future__ import annotations

import numpy as np

from game.core.numeric import Array
from game.core.scenario import Scenario
from game.core.world import World


def _prepared(world: World, s: Scenario) -> float:
    return 1.0 + s.parameters.plants.room_growth * world.quarter


def line_room(world: World, s: Scenario) -> Array:
    """kwpm that can still be ordered at each line. (F, B)."""
    lines = world.lines
    added = lines.capacity + lines.building - s.lines.capacity - s.lines.building
    return np.maximum(s.lines.room * _prepared(world, s) - np.maximum(added, 0.0), 0.0)


def supplier_room(world: World, s: Scenario) -> Array:
    """Units a quarter that can still be ordered at each supplier. (S, B)."""
    suppliers = world.suppliers
    added = suppliers.capacity + suppliers.building - s.suppliers.capacity - s.suppliers.building
    return np.maximum(s.suppliers.room * _prepared(world, s) - np.maximum(added, 0.0), 0.0)
