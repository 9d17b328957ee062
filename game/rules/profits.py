"""What plants earn: a line's costs hardly fall with its use, so one that is half empty loses cash (rules.md R8)."""

from __future__ import annotations

import numpy as np

from game.core.numeric import Array, clip
from game.core.world import World, replace
from game.rules.chain import supplier_cost
from game.rules.outlook import line_economics, supplier_price
from game.rules.turn import Turn

#: Share of the way from last quarter's profit to this one's that books follow; judged.
BOOKED = 0.25
LEAST_USE = 0.1


def _standing_cost(world: World, turn: Turn, revenue: Array) -> Array:
    """What a kwpm of a fab costs in a quarter whether it runs or not: cash for wafers, tools and their wear. (F, B).

    Packaging is left out: most of what it costs are the chips that go in.
    """
    t = turn.tables
    region, good = t.positions.line_region, t.line_good
    dearer = world.market.price[region, good] / t.positions.start_price[region, good]
    return turn.scenario.parameters.fabs.break_even * revenue / dearer * (1.0 - t.packaging)


def keep_books(world: World, turn: Turn) -> World:
    """Follow the profit of lines and suppliers, as a share of revenue."""
    s, t = turn.scenario, turn.tables
    lines, suppliers = world.lines, world.suppliers
    revenue, cost = line_economics(world, s, t)
    cost = np.maximum(cost, _standing_cost(world, turn, revenue))
    earned = revenue * np.maximum(lines.use, LEAST_USE)
    line = clip(1.0 - cost / np.maximum(earned, 1e-12), -2.0, 1.0)
    supplier = clip(1.0 - supplier_cost(world, s) / supplier_price(world, s, t), -2.0, 1.0)
    return replace(
        world,
        lines=replace(lines, profit=lines.profit + BOOKED * (line - lines.profit)),
        suppliers=replace(suppliers, profit=suppliers.profit + BOOKED * (supplier - suppliers.profit)),
    )
