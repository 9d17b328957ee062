"""Plants being built: public money becomes capacity, firms add theirs, tools and crowding set the pace (R6, R8, S4).

What partners abroad put in stands in `rules/ventures.py`, what plants learn in `rules/yields.py`.
"""

from __future__ import annotations

from typing import NamedTuple, TypeVar

import numpy as np
from numpy.typing import NDArray

from game.core.names import GOODS, SUPPLIER_KINDS
from game.core.numeric import Array, Counts, clip, total
from game.core.rng import uniform
from game.core.scenario import Scenario
from game.core.world import Lines, Suppliers, World, replace
from game.rules.kept import constants_of
from game.rules.outlook import line_capex
from game.rules.room import BEYOND, green_field, line_room, supplier_room
from game.rules.tables import Tables
from game.rules.turn import Turn

#: Quarters between the opening of a tender and the firm's answer (rules.md R8).
TENDER_QUARTERS = 2.0
#: Firms that turned public money for a site down look again in every eighth quarter.
LOOK_AGAIN = 8
#: kwpm under way at one site that doubles the crowding parameter's delay.
CROWD_UNIT = 40.0
#: Kinds of supplier that are halls of machines, not mines, shafts and chemistry.
HALLS = (SUPPLIER_KINDS.at("material"), SUPPLIER_KINDS.at("toolmaker"))
Mask = NDArray[np.bool_]
Plants = TypeVar("Plants", Lines, Suppliers)
TOOLS = GOODS.at("process_tools")


def invest(world: World, turn: Turn) -> World:
    """Begin what seats pay for: subsidies and equity at plants, floors, permits, changes of node, public works."""
    s, orders = turn.scenario, turn.orders
    by_bid = asked(world, s)
    world = _fund_lines(_bids(world, turn, by_bid), s, turn, by_bid)
    world = _fund_suppliers(world, s, turn)
    lines, suppliers = world.lines, world.suppliers
    p = s.parameters
    if (orders.renode >= 0.0).any():
        # What a node implies is looked up once for as long as nobody changes one.
        moved = (orders.renode >= 0) & (lines.building > 0)
        node = np.where(moved & (lines.capacity <= 0), orders.renode, lines.node)
        lines = replace(lines, node=node, left=lines.left + np.where(moved, renode_lag(s), 0.0))
    lines = replace(
        lines,
        left=_shortened(lines.left, orders.fast_line, p.plants.fast_track),
        served=_served(lines.served, orders.relieve, turn),
    )
    suppliers = replace(
        suppliers,
        left=_shortened(suppliers.left, orders.fast_supplier, p.plants.fast_track),
        protected=np.where(orders.floor > 0, 12.0, suppliers.protected),
    )
    return replace(world, lines=lines, suppliers=suppliers)


@constants_of
def renode_lag(s: Scenario) -> Array:
    """Quarters that a change of node adds at each line: the 50-day line learns a process sooner. (F, 1)."""
    fabs = s.parameters.fabs
    lag: Array = fabs.renode / (1.0 + (fabs.fast_learning - 1.0) * s.lines.fast)
    return lag


def _shortened(left: Array, permit: Array, quarters: float) -> Array:
    if not np.count_nonzero(permit):
        return left
    return np.where(permit > 0, np.maximum(left - quarters, np.minimum(left, 1.0)), left)


def asked(world: World, s: Scenario) -> Mask:
    """Where money is a bid, which the firm answers: at sites of an open tender, and at green fields of logic. (F, B).

    Public money at a green field makes the firm ask for bids (`agents.foundry`).
    """
    return (world.lines.tender > 0.0) | green_field(world, s)


def _bids(world: World, turn: Turn, by_bid: Mask) -> World:
    """Add this quarter's offers; those of tenders that were decided last quarter are forgotten.

    A permit is promised only while a tender is open.
    """
    lines, orders = world.lines, turn.orders
    running = lines.tender > 0.0
    bid = lines.bid * running + orders.subsidy_line * by_bid
    stake = lines.stake
    if stake.any():
        stake = stake * running
    if orders.equity_line is not None:
        stake = stake + orders.equity_line * by_bid
    permit = np.maximum(lines.permit, orders.fast_line) * running
    return replace(world, lines=replace(lines, bid=bid, stake=stake, permit=permit))


def _served(served: Array, relieve: Array, turn: Turn) -> Array:
    """What a site carries counts for all of its lines."""
    sites = turn.tables.sites
    return served + sites.spread(sites.total(relieve)) if relieve.any() else served


def _fund_lines(world: World, s: Scenario, turn: Turn, by_bid: Mask) -> World:
    lines, orders = world.lines, turn.orders
    subsidy = np.where(by_bid, 0.0, orders.subsidy_line)
    bought = None if orders.equity_line is None else orders.equity_line * ~by_bid
    paid = _paid(subsidy, bought)
    if paid is None:
        return world
    unit = line_capex(world, s, turn.tables, paid.some)
    capex = np.where(unit > 0, unit, 1.0)
    money = (paid.subsidy + paid.equity) * (1.0 + s.parameters.state.private_match)
    begun = np.where(unit > 0, np.minimum(money / capex, line_room(world, s, paid.some)), 0.0)
    return replace(world, lines=_begun(lines, paid, s.lines.room_lead, begun, capex))


def _fund_suppliers(world: World, s: Scenario, turn: Turn) -> World:
    suppliers, orders = world.suppliers, turn.orders
    paid = _paid(orders.subsidy_supplier, orders.equity_supplier)
    if paid is None:
        return world
    per_unit = supplier_capex(s)[paid.some]
    money = (paid.subsidy + paid.equity) * (1.0 + 0.5 * s.parameters.state.private_match)
    wanted = money / np.where(per_unit > 0, per_unit, 1.0)
    begun = np.where(per_unit > 0, np.minimum(wanted, supplier_room(world, s, paid.some)), 0.0)
    lead, capex = s.suppliers.room_lead, np.maximum(per_unit, 1e-9)
    return replace(world, suppliers=_begun(suppliers, paid, lead, begun, capex))


class Paid(NamedTuple):
    """Public money for plants, of those alone that have any in some world; USD bn."""

    some: Counts
    subsidy: Array
    """(some, B)"""
    equity: Array
    """(some, B) of all seats together"""
    bought: Array | None
    """(N, some, B) of each; None where nobody buys any"""


def _paid(subsidy: Array, bought: Array | None) -> Paid | None:
    """What is paid for plants, (rows, B) and by seat (N, rows, B); None where nothing is."""
    equity = np.zeros_like(subsidy) if bought is None else total(bought)
    some = np.flatnonzero(((subsidy > 0.0) | (equity > 0.0)).any(axis=1))
    if not len(some):
        return None
    return Paid(some, subsidy[some], equity[some], None if bought is None else bought[:, some])


def _begun(plants: Plants, paid: Paid, lead: Array, begun: Array, capex: Array) -> Plants:
    """Plants after what was paid for is begun; `begun` and what a unit costs are of the plants paid for alone."""
    some, bought = paid.some, paid.bought
    building, left, spent, share = plants.building.copy(), plants.left.copy(), plants.spent.copy(), plants.state_share
    left[some] = joined(left[some], building[some], lead[some], begun)
    if bought is not None:
        worth = np.maximum((plants.capacity[some] + building[some] + begun) * capex, 1e-9)
        share = share.copy()
        share[:, some] = _bought(share[:, some], bought, worth)
    building[some] += begun
    spent[some] = spent[some] + paid.subsidy + paid.equity
    return replace(plants, building=building, left=left, spent=spent, state_share=share)


@constants_of
def supplier_capex(s: Scenario) -> Array:
    """What a unit a quarter of new capacity costs at each supplier, mean overruns included. USD bn, (S, 1)."""
    per_unit = s.suppliers.room_capex / np.where(s.suppliers.room > 0, s.suppliers.room, 1.0)
    return per_unit * (1.0 + s.parameters.plants.overrun)


def _bought(share: Array, bought: Array, worth: Array) -> Array:
    """Shares of seats after what they bought."""
    return clip(share + bought / worth, 0.0, 1.0)


def joined(left: Array, building: Array, lead: Array, begun: Array) -> Array:
    """Quarters left of old and new construction together, weighed by capacity."""
    whole = building + begun
    mixed = (left * building + lead * begun) / np.where(whole > 0, whole, 1.0)
    return np.where(begun > 0, mixed, left)


def _added(plants: Lines | Suppliers, lead: Array, begun: Array) -> tuple[Array, Array]:
    """What is under construction once firms begin more, and quarters left of it: of few is more begun. (rows, B)."""
    some = np.flatnonzero((begun > 0.0).any(axis=1))
    if not len(some):
        return plants.building, plants.left
    left = plants.left.copy()
    left[some] = joined(left[some], plants.building[some], lead[some], begun[some])
    return plants.building + begun, left


def firms_build(world: World, turn: Turn) -> World:
    """Begin what firms decided, open and decide tenders."""
    s, firms = turn.scenario, turn.firms
    lines, suppliers = world.lines, world.suppliers
    if lines.tender.any() or lines.bid.any() or lines.stake.any():
        world = _settled(world, turn)
        lines = world.lines
    saved = s.parameters.plants.fast_track * lines.permit
    building, left = _added(lines, np.maximum(s.lines.room_lead - saved, 1.0), firms.line_build)
    lines = replace(
        lines,
        left=left,
        building=building,
        wish=_wishes(world, turn),
        tender=np.where(firms.tender > 0, _time_to_bid(lines.tender, turn), np.maximum(lines.tender - 1.0, 0.0)),
    )
    building, left = _added(suppliers, s.suppliers.room_lead, firms.supplier_build)
    return replace(world, lines=lines, suppliers=replace(suppliers, left=left, building=building))


def _wishes(world: World, turn: Turn) -> Array:
    """What firms wish for in tenders; and where they turned public money down, that no money would do, for a while."""
    lines, firms = world.lines, turn.firms
    idle = (lines.tender <= 0.0) & (firms.tender <= 0.0)
    down = (lines.bid > 0.0) | (lines.wish >= BEYOND) & (world.quarter % LOOK_AGAIN > 0)
    if lines.stake.any():
        down |= lines.stake.max(axis=0) > 0.0
    return np.where(idle & down, BEYOND, firms.wish)


def _time_to_bid(tender: Array, turn: Turn) -> Array:
    """Quarters for a site that enters a tender: what is left of the one its rivals are in, or the whole. (F, B)."""
    rivals = turn.tables.rivals
    left = rivals.spread(rivals.largest(tender)) - 1.0
    return np.where(left > 0.0, left, TENDER_QUARTERS)


def _settled(world: World, turn: Turn) -> World:
    """Bids for sites that are not chosen go back to who made them; the chosen site's are spent, its permit charged.

    What was offered stays on record until the next quarter, for the reasons to be told.
    """
    s, t, firms, lines = turn.scenario, turn.tables, turn.firms, world.lines
    won = (lines.tender == 1.0) & (firms.line_build > 0.0)
    over = (lines.tender <= 1.0) & (firms.tender <= 0.0)
    unit = line_capex(world, s, t)
    fee = s.parameters.plants.permit * lines.permit * firms.line_build * unit * won
    cash = world.state.cash + t.line_place.total(lines.bid * (over & ~won) - fee)
    shares = lines.state_share
    if lines.stake.any():
        cash = cash + total(lines.stake * (over & ~won), axis=1)
        worth = np.maximum((lines.capacity + lines.building + firms.line_build) * unit, 1e-9)
        shares = _bought(shares, lines.stake * won, worth)
    spent = lines.spent + (lines.bid + total(lines.stake)) * won
    return replace(
        world,
        lines=replace(lines, spent=spent, state_share=shares),
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
    crowd = 1.0 + s.parameters.fabs.crowding * crowding(world, t) / CROWD_UNIT
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


def crowding(world: World, t: Tables) -> Array:
    """kwpm under way at each line's site beyond what its roads, water and housing carry. (F, B)."""
    under_way = t.sites.spread(t.sites.total(world.lines.building))
    return np.maximum(under_way - CROWD_UNIT - world.lines.served, 0.0)


@constants_of
def _delay(s: Scenario) -> Array:
    """Quarters by which a plant opens late on average: mines and refineries more than halls of machines. (S, 1)."""
    plants, table = s.parameters.plants, s.suppliers
    delay: Array = np.where(np.isin(table.kind, HALLS)[:, None], plants.halls_delay, plants.delay)
    return delay * s.places.build_time[table.place]


def _advance_suppliers(world: World, turn: Turn) -> World:
    s, t = turn.scenario, turn.tables
    suppliers = world.suppliers
    luck = uniform(world.seed, world.quarter, t.supplier_keys)
    # A project of the record has its own time to go, and often no room beyond it.
    quarters = np.maximum(s.suppliers.room_lead, s.suppliers.left) + 1.0
    delay = _delay(s)
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
