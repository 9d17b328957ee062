"""What the node of each line implies: looked up again only when a line has changed its node."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from game.core.names import LINE_KINDS, NODES
from game.core.numeric import Array
from game.core.scenario import Scenario
from game.core.world import World
from game.rules.kept import reading_of
from game.rules.production import MONTHS, per_wafer
from game.rules.tables import Tables

#: Cash cost of a memory wafer set and of a packaging wafer, USD bn per thousand; judged from HBM and CoWoS prices.
MEMORY_COST, PACKAGING_COST = 0.006, 0.004
#: Cost of a wafer by what moves it: materials and staff, plant and depreciation, electricity (USD 80/MWh); judged.
FIXED_COST, BUILD_COST, POWER_COST = 0.45, 0.47, 0.08
#: Yield that a design is sold with, at least, as a share of what its node can reach.
LEAST_YIELD = 0.6
#: Know-how that memory and packaging ask for, and the yield that they can reach; judged.
OTHER_KNOWHOW, OTHER_CEILING = 60.0, 0.9
#: First node at which lines print with EUV as a matter of course.
FIRST_PRINTED = NODES.at("5")


class AtNode(NamedTuple):
    """Rows for lines; (F, B) each."""

    engineers: Array
    """thousand per kwpm"""
    power: Array
    """GW per kwpm"""
    least_yield: Array
    """yield that its output is priced at, at least"""
    units: Array
    """units of its good that a kwpm of fully yielding wafers gives in a quarter"""
    cost: Array
    """USD bn a quarter per kwpm of capacity in use, before bought-in chips"""
    asked: Array
    """know-how that its full yield asks for"""
    ceiling: Array
    """yield that its node allows at full know-how"""
    printed: Array
    """1 for logic that EUV tools print"""


@reading_of("lines.node")
def at_node(world: World, s: Scenario, t: Tables) -> AtNode:
    """The rows of a world's lines."""
    node, kind = world.lines.node.astype(np.int64), s.lines.kind[:, None]
    return AtNode(
        engineers=t.line_engineers[node, kind],
        power=t.line_power[node, kind],
        least_yield=LEAST_YIELD * s.nodes.ceiling[node],
        units=MONTHS * per_wafer(world, t),
        cost=_cost(s, t, s.nodes.wafer_cost[node]),
        asked=np.where(t.logic > 0, np.maximum(s.nodes.knowhow[node], 1e-9), OTHER_KNOWHOW),
        ceiling=np.where(t.logic > 0, s.nodes.ceiling[node], OTHER_CEILING),
        printed=t.logic * (node >= FIRST_PRINTED),
    )


def _cost(s: Scenario, t: Tables, logic: Array) -> Array:
    """Cash cost of a kwpm in a quarter, given that of a thousand logic wafers. USD bn, (F, B)."""
    places, place = s.places, s.lines.place
    fast = 1.0 + (s.parameters.fabs.fast_cost - 1.0) * s.lines.fast
    other = np.where(s.lines.kind == LINE_KINDS.at("packaging"), PACKAGING_COST, MEMORY_COST)[:, None]
    dear = FIXED_COST + BUILD_COST * places.build_cost[place] + POWER_COST * places.power_price[place] / 80.0
    return MONTHS * np.where(t.logic > 0, logic * fast, other) * dear
