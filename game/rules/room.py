"""How much more can be ordered at a plant: the scenario's room, growing as sites are prepared, less what was added."""

from __future__ import annotations

import numpy as np

from game.core.numeric import Array
from game.core.scenario import LineTable, Scenario, SupplierTable
from game.core.world import Lines, Suppliers, World

EVERY = slice(None)


def _prepared(world: World, s: Scenario) -> float:
    return 1.0 + s.parameters.plants.room_growth * world.quarter


def line_room(world: World, s: Scenario, rows: slice = EVERY) -> Array:
    """kwpm that can still be ordered at each line, or at the lines `rows`. (F, B)."""
    return _left(world.lines, s.lines, _prepared(world, s), rows)


def supplier_room(world: World, s: Scenario, rows: slice = EVERY) -> Array:
    """Units a quarter that can still be ordered at each supplier, or at the suppliers `rows`. (S, B)."""
    return _left(world.suppliers, s.suppliers, _prepared(world, s), rows)


def _left(plants: Lines | Suppliers, start: LineTable | SupplierTable, prepared: float, rows: slice) -> Array:
    added = plants.capacity[rows] + plants.building[rows] - (start.capacity[rows] + start.building[rows])
    return np.maximum(start.room[rows] * prepared - np.maximum(added, 0.0), 0.0)
