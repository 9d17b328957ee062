"""Plants being built: public money becomes capacity, firms add theirs, tools and crowding set the pace (R6, R8, S4)."""

from __future__ import annotations

import numpy as np

from game.core.names import GOODS
from game.core.numeric import Array, clip, total
from game.core.rng import uniform
from game.core.scenario import Scenario
from game.core.world import World, replace
from game.rules.outlook import line_capex
from game.rules.room import line_room, supplier_room
from game.rules.turn import Turn

#: Quarters between the opening of a tender and the firm's answer (rules.md R8).
TENDER_QUARTERS = 2.0
#: kwpm under way at one site that doubles the crowding parameter's delay.
CROWD_UNIT = 40.0
EUV, TOOLS = GOODS.at("euv"), GOODS.at("process_tools")


def invest(world: World, turn: Turn) -> World:
    """Begin what seats pay for: subsidies and equity at plants, floors, permits, changes of node."""
    s, orders = turn.scenario, turn.orders
    world = _tender_bids(world, turn)
    world = _fund_lines(world, s, turn)
    world = _fund_suppliers(world, s, turn)
    lines, suppliers = world.lines, world.suppliers
    p = s.parameters
    moved = (orders.renode >= 0) & (lines.building > 0)
    lines = replace(
        lines,
        node=np.where(moved & (lines.capacity <= 0), orders.renode, lines.node),
        left=_shortened(lines.left + np.where(moved, p.fabs.renode, 0.0), orders.fast_line, p.plants.fast_track),
    )
    suppliers = replace(
        suppliers,
        left=_shortened(suppliers.left, orders.fast_supplier, p.plants.fast_track),
        protected=np.where(orders.floor > 0, 12.0, suppliers.protected),
    )
    return replace(world, lines=lines, suppliers=suppliers)


def _shortened(left: Array, permit: Array, quarters: float) -> Array:
    return np.where(permit > 0, np.maximum(left - quarters, np.minimum(left, 1.0)), left)


def _tender_bids(world: World, turn: Turn) -> World:
    """Money for a site whose firm holds a tender is a bid: it is spent if the site wins."""
    lines, orders = world.lines, turn.orders
    offered = orders.subsidy_line
    return replace(world, lines=replace(lines, bid=lines.bid + np.where(lines.tender > 0, offered, 0.0)))


def _fund_lines(world: World, s: Scenario, turn: Turn) -> World:
    lines, orders = world.lines, turn.orders
    in_tender = lines.tender > 0
    subsidy = np.where(in_tender, 0.0, orders.subsidy_line)
    equity = _equity(orders.equity_line, subsidy)
    money = (subsidy + equity) * (1.0 + s.parameters.state.private_match)
    unit = line_capex(world, s, turn.tables)
    capex = np.where(unit > 0, unit, 1.0)
    begun = np.where(unit > 0, np.minimum(money / capex, line_room(world, s)), 0.0)
    lead = s.lines.room_lead
    worth = np.maximum((lines.capacity + lines.building + begun) * capex, 1e-9)
    return replace(
        world,
        lines=replace(
            lines,
            building=lines.building + begun,
            left=_joined(lines.left, lines.building, lead, begun),
            spent=lines.spent + subsidy + equity,
            state_share=_bought(lines.state_share, orders.equity_line, worth),
        ),
    )


def _fund_suppliers(world: World, s: Scenario, turn: Turn) -> World:
    suppliers, orders = world.suppliers, turn.orders
    subsidy = orders.subsidy_supplier
    equity = _equity(orders.equity_supplier, subsidy)
    per_unit = s.suppliers.room_capex / np.where(s.suppliers.room > 0, s.suppliers.room, 1.0)
    per_unit = per_unit * (1.0 + s.parameters.plants.overrun * 0.5)
    money = (subsidy + equity) * (1.0 + 0.5 * s.parameters.state.private_match)
    wanted = money / np.where(per_unit > 0, per_unit, 1.0)
    begun = np.where(per_unit > 0, np.minimum(wanted, supplier_room(world, s)), 0.0)
    worth = np.maximum((suppliers.capacity + suppliers.building + begun) * np.maximum(per_unit, 1e-9), 1e-9)
    return replace(
        world,
        suppliers=replace(
            suppliers,
            building=suppliers.building + begun,
            left=_joined(suppliers.left, suppliers.building, s.suppliers.room_lead, begun),
            spent=suppliers.spent + subsidy + equity,
            state_share=_bought(suppliers.state_share, orders.equity_supplier, worth),
        ),
    )


def _equity(bought: Array | None, none: Array) -> Array:
    """Equity of all seats together at each plant, USD bn; shaped like `none` where nobody bought any."""
    return np.zeros_like(none) if bought is None else total(bought)


def _bought(share: Array, bought: Array | None, worth: Array) -> Array:
    """Shares of seats after what they bought."""
    return share if bought is None else clip(share + bought / worth, 0.0, 1.0)


def _joined(left: Array, building: Array, lead: Array, begun: Array) -> Array:
    """Quarters left of old and new construction together, weighed by capacity."""
    whole = building + begun
    mixed = (left * building + lead * begun) / np.where(whole > 0, whole, 1.0)
    return np.where(begun > 0, mixed, left)


def firms_build(world: World, turn: Turn) -> World:
    """Begin what firms decided, open and decide tenders."""
    s, firms = turn.scenario, turn.firms
    lines, suppliers = world.lines, world.suppliers
    lead = s.lines.room_lead
    lines = replace(
        lines,
        left=_joined(lines.left, lines.building, lead, firms.line_build),
        building=lines.building + firms.line_build,
        tender=np.where(firms.tender > 0, TENDER_QUARTERS, np.maximum(lines.tender - 1.0, 0.0)),
        spent=lines.spent + np.where(firms.line_build > 0, lines.bid, 0.0),
    )
    suppliers = replace(
        suppliers,
        left=_joined(suppliers.left, suppliers.building, s.suppliers.room_lead, firms.supplier_build),
        building=suppliers.building + firms.supplier_build,
    )
    return _bids_settled(replace(world, lines=lines, suppliers=suppliers), turn)


def _bids_settled(world: World, turn: Turn) -> World:
    """Bids for sites that lost go back to the treasuries that made them."""
    t = turn.tables
    lines = world.lines
    over = lines.tender <= 0
    returned = np.where(over & (turn.firms.line_build <= 0), lines.bid, 0.0)
    cash = world.state.cash + t.line_place.total(returned)
    return replace(
        world,
        lines=replace(lines, bid=np.where(over, 0.0, lines.bid)),
        state=replace(world.state, cash=cash),
    )


def advance(world: World, turn: Turn) -> World:
    """A quarter of building: what is finished opens; missing tools, crowding and bad luck delay."""
    world = _advance_lines(world, turn)
    return _advance_suppliers(world, turn)


def _advance_lines(world: World, turn: Turn) -> World:
    s, t = turn.scenario, turn.tables
    lines = world.lines
    tools = 1.0 - world.goods.scarce[:, TOOLS][s.lines.place]
    under_way = t.sites.spread(t.sites.total(lines.building))
    crowd = 1.0 + s.parameters.fabs.crowding * np.maximum(under_way - CROWD_UNIT, 0.0) / CROWD_UNIT
    pace = np.maximum(tools, 0.3) / crowd * lines.licensed
    left = np.where(lines.building > 0, np.maximum(lines.left - pace, 0.0), 0.0)
    done = (lines.building > 0) & (left <= 1e-9)
    opened = np.where(done, lines.building, 0.0)
    capacity = lines.capacity + opened
    share_new = opened / np.maximum(capacity, 1e-9)
    node = lines.node.astype(np.int64)
    fresh = s.nodes.ceiling[node] * 0.55
    return replace(
        world,
        lines=replace(
            lines,
            capacity=capacity,
            building=lines.building - opened,
            left=left,
            die_yield=np.where(
                done, lines.die_yield * (1 - share_new) + np.minimum(fresh, 0.9) * share_new, lines.die_yield
            ),
            use=np.where(done, lines.use * (1 - share_new) + 0.6 * share_new, lines.use),
        ),
    )


def _advance_suppliers(world: World, turn: Turn) -> World:
    s, t = turn.scenario, turn.tables
    suppliers = world.suppliers
    luck = uniform(world.seed, world.quarter, t.supplier_keys)
    quarters = s.suppliers.room_lead + 1.0
    delay = s.parameters.plants.delay * s.places.build_time[s.suppliers.place]
    slip = np.where(luck < delay / (quarters + delay), 0.0, 1.0)
    left = np.where(suppliers.building > 0, np.maximum(suppliers.left - slip, 0.0), 0.0)
    done = (suppliers.building > 0) & (left <= 1e-9)
    opened = np.where(done, suppliers.building, 0.0)
    capacity = suppliers.capacity + opened
    share_new = opened / np.maximum(capacity, 1e-9)
    return replace(
        world,
        suppliers=replace(
            suppliers,
            capacity=capacity,
            building=suppliers.building - opened,
            left=left,
            age=np.where(done, suppliers.age * (1.0 - share_new), suppliers.age + 1.0),
            running=np.where(done, 1.0, suppliers.running),
            use=np.where(done & (suppliers.capacity <= 0), 0.8, suppliers.use),
            protected=np.maximum(suppliers.protected - 1.0, 0.0),
            outage=suppliers.outage * world.events.kept[s.suppliers.place],
        ),
    )


def learn_yields(world: World, turn: Turn) -> World:
    """Yield climbs with output at the site, faster on a 50-day line, to what know-how and tools allow (S4, S5, S6)."""
    s, t = turn.scenario, turn.tables
    p, lines = s.parameters.fabs, world.lines
    node = lines.node.astype(np.int64)
    home = s.lines.home
    knowhow = np.where(t.memory > 0, world.state.knowhow[home, 3], world.state.knowhow[home, 2])
    knowhow = np.where(t.packaging > 0, world.state.knowhow[home, 4], knowhow)
    asked = np.where(t.logic > 0, s.nodes.knowhow[node], 60.0)
    skill = clip(knowhow / np.maximum(asked, 1e-9), 0.3, 1.0)
    tools = np.where((t.logic > 0) & (node >= 3), 1.0 - 0.45 * world.goods.scarce[:, EUV][s.lines.place], 1.0)
    ceiling = np.where(t.logic > 0, s.nodes.ceiling[node], 0.9) * skill * tools
    busy = np.where(lines.capacity > 0, np.minimum(lines.starts / np.maximum(lines.capacity * 3.0, 1e-9), 1.0), 0.0)
    pace = p.learning * (1.0 + (p.fast_learning - 1.0) * s.lines.fast) * busy
    risen = lines.die_yield + pace * np.maximum(ceiling - lines.die_yield, 0.0)
    fallen = risen - 0.02 * np.maximum(risen - ceiling - 0.1, 0.0)
    return replace(
        world,
        lines=replace(lines, die_yield=clip(fallen, 0.0, 1.0), outage=lines.outage * world.events.kept[s.lines.place]),
    )
