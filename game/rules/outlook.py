"""What firms look at before they decide, computed once for all of a kind: sales, margins, returns by line and site."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from game.core.names import GOODS, LINE_KINDS
from game.core.numeric import Array, Counts, clip, pick
from game.core.scenario import Scenario
from game.core.world import World
from game.rules import glass
from game.rules.anchors import anchored
from game.rules.chain import supplier_cost
from game.rules.kept import constants_of
from game.rules.nodes import at_node
from game.rules.prices import gap_exports, tightness_of
from game.rules.room import EVERY, line_room, supplier_room
from game.rules.tables import FIRST_LEADING_NODE, Tables

#: Share of an accelerator's price that goes to designer, logic and memory, and not to who packages it; judged.
PACKAGED_INPUTS = 0.9
#: Share of a fab's capex that is tools: dear tools make new capacity dear (SEMI counts about two thirds).
TOOL_SHARE = 0.65
PROCESS_TOOLS = GOODS.at("process_tools")


class Markets(NamedTuple):
    """Where sellers and plants sell: positions in arrays (N, G, B) and (2, G, B) whose first two axes are made one."""

    near: Counts
    """(E,) its good in its own region"""
    far: Counts
    """(E,) its good across the border"""
    line: Counts
    """(F,) a line's good in its region"""
    line_price: Array
    """(F, 1) USD bn per unit at the opening"""
    bought_in: Array
    """(F, 1) share of a line's revenue that goes to others for what it packages"""
    supplier: Counts
    """(S,) a supplier's good in its region"""
    tools: Counts
    """(F,) process tools in a line's region"""


@constants_of
def markets(s: Scenario) -> Markets:
    """Look them up in a scenario."""
    goods, sellers = len(GOODS), s.sellers
    region = s.region()[sellers.place]
    near = region * goods + sellers.good
    packaging = s.lines.kind == LINE_KINDS.at("packaging")
    return Markets(
        near=near,
        far=(1 - region) * goods + sellers.good,
        line=sellers.of_line.spread(near),
        line_price=s.goods.price[sellers.of_line.spread(sellers.good)],
        bought_in=np.where(packaging, PACKAGED_INPUTS, 0.0)[:, None],
        supplier=sellers.of_supplier.spread(near),
        tools=s.region()[s.lines.place] * goods + PROCESS_TOOLS,
    )


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
    revenue, cost = line_economics(world, s, t)
    earned, capex = revenue - cost, line_capex(world, s, t)
    price, unit_cost = supplier_price(world, s, t), supplier_cost(world, s)
    anchors = anchored(world, s)
    line_gain, supplier_gain = (1.0, 1.0) if anchors is None else anchors
    return Outlook(
        line_pull=s.sellers.of_line.spread(pull) * glass.sought(world, s, t) * line_gain,
        line_margin=earned / np.maximum(revenue, 1e-9),
        line_return=earned * (capex > 0) / np.maximum(capex, 1e-12) * line_gain,
        line_room=line_room(world, s),
        line_capex=capex,
        line_safe=_safety(world).take(s.lines.place, axis=0),
        supplier_pull=s.sellers.of_supplier.spread(pull) * supplier_gain,
        supplier_margin=(price - unit_cost) / np.maximum(price, 1e-9),
        supplier_long=pick(world.market.long_price, markets(s).supplier) / unit_cost * supplier_gain,
        supplier_room=supplier_room(world, s),
    )


def supplier_price(world: World, s: Scenario, t: Tables) -> Array:
    """Price that each supplier gets, over the reference price, its floor included. (S, B)."""
    price = pick(world.market.price, markets(s).supplier)
    protected = world.suppliers.protected > 0
    return np.where(protected, np.maximum(price, 1.15 * supplier_cost(world, s)), price) if protected.any() else price


def line_capex(world: World, s: Scenario, t: Tables, rows: slice | Counts = EVERY) -> Array:
    """What a kwpm of new capacity costs at each line, or at lines `rows`: dear tools make it dear. USD bn, (F, B)."""
    tools = pick(world.market.price, markets(s).tools[rows])
    return t.positions.line_unit_capex[rows] * (1.0 - TOOL_SHARE + TOOL_SHARE * tools)


def _seller_pull(world: World, s: Scenario, t: Tables) -> Array:
    """Orders over output for each seller. (E, B)."""
    m = markets(s)
    made = pick(world.goods.made, t.positions.lanes)
    some = np.maximum(made, 1e-9)
    sold = 1.0 - np.minimum(world.trade.unsold, made) / some
    tight = tightness_of(world, s, t)
    near, far = pick(tight, m.near), pick(tight, m.far)
    reachable = np.maximum(near, far * (sold > 0.98))
    added = pick(gap_exports(world, s, t), m.far) / some
    return np.where(sold < 0.99, sold, clip(reachable + added, 1.0, 1.5))


def line_economics(world: World, s: Scenario, t: Tables) -> tuple[Array, Array]:
    """Revenue and cash cost of a kwpm of capacity in a quarter at full use, USD bn. (F, B) each."""
    m, node = markets(s), at_node(world, s, t)
    price = m.line_price * pick(world.market.price, m.line)
    revenue = np.maximum(world.lines.die_yield, node.least_yield) * node.units * price
    return revenue, node.cost * glass.cheaper(world, s) + m.bought_in * revenue


def _safety(world: World) -> Array:
    """1 less the risk that a firm sees at a place. (N, B)."""
    events = world.events
    short = 1.0 - world.power.factor
    return clip(1.0 - 0.5 * short - 0.3 * events.struck.max(axis=0) - 0.2 * events.route, 0.2, 1.0)


def leading(world: World) -> Array:
    """1 for lines at 7 nm and finer. (F, B)."""
    return (world.lines.node >= FIRST_LEADING_NODE).astype(np.float64)
