"""What firms look at before they decide, computed once for all of a kind: sales, margins, returns by line and site."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from game.core.names import GOODS, LINE_KINDS
from game.core.numeric import Array, clip
from game.core.scenario import Scenario
from game.core.world import World
from game.rules.prices import gap_exports, tightness_of
from game.rules.production import MONTHS, per_wafer
from game.rules.room import line_room, supplier_room
from game.rules.tables import FIRST_LEADING_NODE, Tables

#: Cash cost of a memory wafer set and of a packaging wafer, USD bn per thousand; judged from HBM and CoWoS prices.
MEMORY_COST, PACKAGING_COST = 0.006, 0.004

#: Share of an accelerator's price that goes to designer, logic and memory, and not to who packages it; judged.
PACKAGED_INPUTS = 0.9
#: Cost of a wafer by what moves it: materials and staff, plant and depreciation, electricity (USD 80/MWh); judged.
FIXED_COST, BUILD_COST, POWER_COST = 0.45, 0.47, 0.08
#: Share of a fab's capex that is tools: dear tools make new capacity dear (SEMI counts about two thirds).
TOOL_SHARE = 0.65


@dataclass(frozen=True, slots=True)
class Outlook:
    """Rows for foundries (F) and suppliers (S); last axis B."""

    line_pull: Array
    """(F,) orders over output: above 1 the firm could sell more"""
    line_margin: Array
    """(F,) share of revenue left at present prices"""
    line_return: Array
    """(F,) profit a quarter over capex, for capacity added here, before subsidy"""
    line_room: Array
    """(F,) kwpm that could still be ordered"""
    line_capex: Array
    """(F,) USD bn per kwpm"""
    line_safe: Array
    """(F,) 1 less the risk a firm sees at the place: quakes, straits, blocked tools"""
    supplier_pull: Array
    supplier_margin: Array
    """(S,) present price less cost, over price"""
    supplier_long: Array
    """(S,) long price over cost"""
    supplier_room: Array
    """(S,) units per quarter"""


def outlook(world: World, s: Scenario, t: Tables) -> Outlook:
    """The rows that foundries and suppliers read."""
    pull = _seller_pull(world, s, t)
    line_lane = s.sellers.of_line.group_of_row
    supplier_lane = s.sellers.of_supplier.group_of_row
    revenue, cost = line_economics(world, s, t)
    capex = line_capex(world, s, t)
    price = supplier_price(world, s, t)
    long_price = world.market.long_price[t.positions.supplier_region, s.suppliers.good]
    return Outlook(
        line_pull=pull[line_lane],
        line_margin=(revenue - cost) / np.maximum(revenue, 1e-9),
        line_return=np.where(capex > 0, (revenue - cost) / np.where(capex > 0, capex, 1.0), 0.0),
        line_room=line_room(world, s),
        line_capex=capex,
        line_safe=_safety(world, s)[s.lines.place],
        supplier_pull=pull[supplier_lane],
        supplier_margin=(price - s.suppliers.cost) / np.maximum(price, 1e-9),
        supplier_long=long_price / s.suppliers.cost,
        supplier_room=supplier_room(world, s),
    )


def supplier_price(world: World, s: Scenario, t: Tables) -> Array:
    """Price that each supplier gets, over the reference price, its floor included. (S, B)."""
    price = world.market.price[t.positions.supplier_region, s.suppliers.good]
    return np.where(world.suppliers.protected > 0, np.maximum(price, 1.15 * s.suppliers.cost), price)


def line_capex(world: World, s: Scenario, t: Tables) -> Array:
    """What a kwpm of new capacity costs at each line: dear tools make it dear. USD bn, (F, B)."""
    tools = world.market.price[:, GOODS.at("process_tools")][t.positions.line_region]
    return t.positions.line_unit_capex * (1.0 - TOOL_SHARE + TOOL_SHARE * tools)


def _seller_pull(world: World, s: Scenario, t: Tables) -> Array:
    """Orders over output for each seller. (E, B)."""
    place, good = s.sellers.place, s.sellers.good
    made = world.goods.made[place, good]
    unsold = np.minimum(world.trade.unsold, made)
    sold = np.where(made > 0, 1.0 - unsold / np.where(made > 0, made, 1.0), 1.0)
    tight = tightness_of(world, s, t)
    reachable = np.maximum(tight[t.region[place], good], np.where(sold > 0.98, tight[1 - t.region[place], good], 0.0))
    added = gap_exports(world, s)[1 - t.region[place], good] / np.maximum(made, 1e-9)
    return np.where(sold < 0.99, sold, clip(reachable + added, 1.0, 1.5))


def line_economics(world: World, s: Scenario, t: Tables) -> tuple[Array, Array]:
    """Revenue and cash cost of a kwpm of capacity in a quarter at full use, USD bn. (F, B) each."""
    node = world.lines.node.astype(np.int64)
    place = s.lines.place
    price = (s.goods.price * world.market.price)[t.region[place], t.line_good]
    design_yield = np.maximum(world.lines.die_yield, 0.6 * s.nodes.ceiling[node])
    revenue = MONTHS * design_yield * per_wafer(world, s, t) * price
    fast = 1.0 + (s.parameters.fabs.fast_cost - 1.0) * s.lines.fast
    logic = s.nodes.wafer_cost[node] * fast
    packaging = s.lines.kind == LINE_KINDS.at("packaging")
    other = np.where(packaging, PACKAGING_COST, MEMORY_COST)[:, None]
    dear = FIXED_COST + BUILD_COST * s.places.build_cost[place] + POWER_COST * s.places.power_price[place] / 80.0
    cost = MONTHS * np.where(t.logic > 0, logic, other) * dear
    inputs = np.where(packaging, PACKAGED_INPUTS, 0.0)[:, None] * revenue
    return revenue, cost + inputs


def _safety(world: World, s: Scenario) -> Array:
    """1 less the risk that a firm sees at a place. (N, B)."""
    short = 1.0 - world.power.factor
    hurt = world.events.struck[0].copy()
    for v in range(1, len(world.events.struck)):
        hurt = np.maximum(hurt, world.events.struck[v])
    return clip(1.0 - 0.5 * short - 0.3 * hurt - 0.2 * world.events.route, 0.2, 1.0)


def leading(world: World) -> Array:
    """1 for lines at 7 nm and finer. (F, B)."""
    return (world.lines.node >= FIRST_LEADING_NODE).astype(np.float64)
