"""How much more can be ordered at a plant: the scenario's room, growing as sites are prepared, less what was added.

A logic fab is begun whole or not at all (rules.md R8): a green field offers no room until it takes the least size, nor
while its firm would not build there whatever is paid.
HBM lines are part of a memory fab that stands, and packaging halls fill tool by tool: they have no least size.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from game.core.names import LINE_KINDS
from game.core.numeric import Array, Counts
from game.core.scenario import LineTable, Scenario, SupplierTable
from game.core.world import Lines, Suppliers, World
from game.rules.kept import constants_of

EVERY = slice(None)
LOGIC = LINE_KINDS.at("logic")
#: Stands for a wish that no public money fulfils.
BEYOND = 1e6


def _prepared(world: World, s: Scenario) -> float:
    return 1.0 + s.parameters.plants.room_growth * world.quarter


@constants_of
def _growth(s: Scenario) -> Array:
    """Growth of each supplier's room a quarter: by-products wait for the alumina or zinc that they are in. (S, 1)."""
    plants = s.parameters.plants
    return np.where(s.suppliers.by_product > 0.0, plants.host_growth, plants.room_growth)


def line_room(world: World, s: Scenario, rows: slice | Counts = EVERY) -> Array:
    """kwpm that can still be ordered at each line, or at the lines `rows`. (F, B)."""
    left = line_space(world, s, rows)
    shut = (left < s.parameters.fabs.scale) | turned_down(world, rows)
    return np.where(green_field(world, s, rows) & shut, 0.0, left)


def turned_down(world: World, rows: slice | Counts = EVERY) -> NDArray[np.bool_]:
    """Where a firm gave public money back and has not looked again since. (F, B)."""
    return (world.lines.wish[rows] >= BEYOND) & (world.lines.tender[rows] <= 0.0)


def line_space(world: World, s: Scenario, rows: slice | Counts = EVERY) -> Array:
    """kwpm that there is space for, whether or not it is enough to begin a fab with. (F, B)."""
    return _left(world.lines, s.lines, _prepared(world, s), rows)


def green_field(world: World, s: Scenario, rows: slice | Counts = EVERY) -> NDArray[np.bool_]:
    """Where no wall of a logic fab stands yet, so that one of the least size must be begun. (F, B)."""
    lines = world.lines
    none = (lines.capacity[rows] <= 0.0) & (lines.building[rows] <= 0.0)
    return none & (s.lines.kind[rows] == LOGIC)[:, None]


def supplier_room(world: World, s: Scenario, rows: slice | Counts = EVERY) -> Array:
    """Units a quarter that can still be ordered at each supplier, or at the suppliers `rows`. (S, B)."""
    return _left(world.suppliers, s.suppliers, 1.0 + _growth(s)[rows] * world.quarter, rows)


def _left(
    plants: Lines | Suppliers, start: LineTable | SupplierTable, prepared: float | Array, rows: slice | Counts
) -> Array:
    added = plants.capacity[rows] + plants.building[rows] - (start.capacity[rows] + start.building[rows])
    return np.maximum(start.room[rows] * prepared - np.maximum(added, 0.0), 0.0)
