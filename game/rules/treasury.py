"""Public money (S25): orders are paid, dials cost, income comes; what plants and trade are worth to a place."""

from __future__ import annotations

import numpy as np

from game.core.names import GOODS, LEVELS
from game.core.numeric import Array, Counts, Flags, clip, total
from game.core.scenario import Scenario
from game.core.world import World, replace
from game.rules import controls, deliveries, membership, reexports
from game.rules.chain import supplier_cost
from game.rules.kept import reading_of
from game.rules.positions import MINERAL_GOODS
from game.rules.prices import local_price
from game.rules.production import inputs_drawn
from game.rules.tables import Tables
from game.rules.trade import left_taken
from game.rules.turn import Turn

ACCELERATORS = GOODS.at("accelerators")
#: Yearly cost of a standing dial at full, as a share of the seat's budget; convex: cost goes with the square (R10).
DIAL_COST = np.array([0.10, 0.0, 0.16, 0.16, 0.06, 0.05, 0.05])[:, None]
MINERALS = slice(MINERAL_GOODS[0], MINERAL_GOODS[-1] + 1)
FEE_LICENCE = LEVELS.at("fee_licence")


def spend(world: World, turn: Turn) -> World:
    """Pay for the quarter's orders and set the dials."""
    s, orders, state = turn.scenario, turn.orders, world.state
    stock = world.goods
    sold = np.maximum(-orders.stock, 0.0)
    cash = state.cash - orders.money
    dials = np.where(orders.dials >= 0, orders.dials, state.dials)
    uses = np.where(orders.uses >= 0, orders.uses, world.compute.uses)
    return replace(
        world,
        goods=replace(stock, stockpile=np.maximum(stock.stockpile - sold, 0.0), inventory=stock.inventory + sold),
        compute=replace(world.compute, uses=uses),
        state=replace(
            state,
            cash=cash,
            capital=np.maximum(state.capital - orders.capital, 0.0),
            dials=dials,
            research=np.where(orders.research >= 0, orders.research, state.research),
            spending=orders.money + _dial_bill(s, dials),
        ),
    )


def _dial_bill(s: Scenario, dials: Array) -> Array:
    return s.places.budget * total(dials * dials * DIAL_COST, axis=1)


def settle(world: World, turn: Turn) -> World:
    """Income, rents and interest of the quarter; political capital for the next."""
    s, t, state = turn.scenario, turn.tables, world.state
    p = s.parameters.state
    value = value_added(world, s, t)
    rents = _rents(world, s, t)
    fees = _fees(world, s, t)
    purchases = _purchases(world, turn)
    protection = _floor_payments(world, s, t) + _flood_bill(world, s)
    budget = s.places.budget * (0.85 + 0.3 * state.approval)
    dividends = _dividends(world, s, t)
    interest = np.maximum(-state.cash, 0.0) * p.interest
    income = budget + p.fee_share * rents + fees + dividends
    bill = _dial_bill(s, state.dials) + purchases + protection + interest
    # Appropriations that a seat does not spend lapse: no government hoards for years.
    lapsed = p.lapse * np.maximum(state.cash - 4.0 * s.places.budget, 0.0)
    upkeep = upkeep_of(world, s, t)
    capital = state.capital + p.capital + (state.approval > p.approval_bonus) - upkeep
    bankrupt = state.cash < -s.places.credit
    capital = np.where(bankrupt, np.minimum(capital, 2.0), capital)
    return replace(
        world,
        state=replace(
            state,
            cash=state.cash + income - bill - lapsed,
            income=income,
            spending=state.spending + purchases + protection + interest,
            capital=clip(capital, 0.0, p.capital_bank),
            rent=rents + fees,
            value_added=value,
        ),
    )


@reading_of("policy.chosen")
def upkeep_of(world: World, s: Scenario, t: Tables) -> Array:
    """Political capital that bans beyond the free ones cost each quarter (rules.md R9). (N, B)."""
    p = s.parameters.controls
    return p.upkeep * np.maximum(controls.bans(world, t) - p.free_bans, 0.0)


def value_added(world: World, s: Scenario, t: Tables) -> Array:
    """Worth of what a place made less the inputs it drew, at its prices, USD bn a quarter. (N, B).

    What is dearer inside than outside its own users pay: beyond the price of the opening it is nobody's income.
    """
    price = local_price(world, s, t)
    price[s.inside] = np.minimum(price[s.inside], _border_price(world, s, t))
    made = world.goods.made * price
    value = total(made, axis=1) - total(t.recipe_rows.worth(inputs_drawn(world, t), price))
    return value + _design_margins(s, t, made[:, ACCELERATORS])


def _border_price(world: World, s: Scenario, t: Tables) -> Array:
    """USD bn per unit outside, or inside at the opening where that was more. (G, B)."""
    return np.asarray(s.goods.price * np.maximum(world.market.price[0], t.positions.start_price[1]))


def _design_margins(s: Scenario, t: Tables, worth: Array) -> Array:
    """What designers keep of the accelerators packaged elsewhere: it moves from packager to designer. (N, B)."""
    designs = t.positions.designs
    margin = worth.take(designs.packager, axis=0) * (s.parameters.compute.design_margin * designs.share)
    return designs.to_designer.total(margin) - designs.from_packager.total(margin)


def _rents(world: World, s: Scenario, t: Tables) -> Array:
    """What scarcity adds to the price of goods sold abroad, the margin of hubs on leaks, and what contracts settle.

    Prices off the market's and match fees move between firms, so they count as chain income, and reach the treasuries
    as tax like any rent. (N, B).
    """
    sellers, price = s.sellers, world.market.price[0]
    extra = np.maximum(price - t.positions.start_price[0], 0.0) * s.goods.price
    rents = sellers.by_place.total(world.trade.exported * sellers.by_good.spread(extra))
    through = left_taken(world.trade.leaked) * sellers.by_good.spread(s.goods.price * price)
    rents += s.parameters.leakage.hub_value * reexports.hub_margins(world, s, t, through)
    rents += world.trade.settled
    rents += membership.neutral_rent(world, s)
    return rents


def _fees(world: World, s: Scenario, t: Tables) -> Array:
    """Fees on what passes under a fee licence: the seller's own, and those of who owns its technology. (N, B)."""
    sellers, own, flow = s.sellers, s.sellers.owned, world.trade.flow
    fee = s.goods.price * world.market.price[0] * s.parameters.controls.fee
    (rows, charging), (owned, charging_owned) = _charged(world, t)
    charged = left_taken(flow.take(rows, axis=0) * charging) * fee.take(sellers.good[rows], axis=0)
    licensed = left_taken(flow.take(own.seller[owned], axis=0) * charging_owned) * own.share[owned]
    licensed *= fee.take(own.good[owned], axis=0)
    return sellers.by_place.total_of(rows, charged) + own.by_owner.total_of(owned, licensed)


@reading_of("policy.level")
def _charged(world: World, t: Tables) -> tuple[tuple[Counts, Flags], tuple[Counts, Flags]]:
    """Which sellers' places charge for licences, and which rows of technology's owners do; whom, (rows, N, B)."""
    level = world.policy.level
    charging = level.reshape(-1, *level.shape[2:]) == FEE_LICENCE
    some = np.zeros(len(charging), dtype=bool)
    # Few charge anybody: where they are is looked up in the list of charges, not on the whole axis.
    some[np.flatnonzero(charging) // charging[0].size] = True
    lanes, owned_lanes = t.positions.lanes, t.positions.owned_lanes
    rows, owned = np.flatnonzero(some[lanes]), np.flatnonzero(some[owned_lanes])
    return (rows, charging[lanes[rows]]), (owned, charging[owned_lanes[owned]])


def _purchases(world: World, turn: Turn) -> Array:
    """What came into the national stock this quarter, at its price. (N, B).

    Standing purchases move the price as orders do (rules.md R6), which pay for that when they are given; who buys
    together moves it less.
    """
    s, t, goods = turn.scenario, turn.tables, world.goods
    price = local_price(world, s, t)
    bill = goods.bought * price
    standing = np.maximum(goods.bought - np.maximum(turn.orders.stock, 0.0), 0.0)[:, MINERALS]
    received = world.trade.received[:, MINERALS]
    share = standing / np.maximum(total(received) - received[s.inside], 1e-9)
    together = deliveries.pool(world)
    if together is not None:
        share /= together[:, MINERALS]
    dear = 1.0 + 2.0 * np.minimum(share, s.parameters.plants.stock_share)
    bill[:, MINERALS] += standing * price[:, MINERALS] * (dear * dear - 1.0)
    return total(bill, axis=1)


def _floor_payments(world: World, s: Scenario, t: Tables) -> Array:
    """Contracts for difference: cost and a margin, less the price, on what protected suppliers made. (N, B)."""
    rows = np.flatnonzero(world.suppliers.protected.max(axis=1))
    good = s.suppliers.good[rows]
    price = world.market.price[t.positions.supplier_region[rows], good]
    gap = np.maximum(1.15 * supplier_cost(world, s)[rows] - price, 0.0) * (world.suppliers.protected[rows] > 0)
    return t.supplier_place.total_of(rows, world.suppliers.output[rows] * gap * s.goods.price[good])


def _flood_bill(world: World, s: Scenario) -> Array:
    """What selling below cost costs the treasury that ordered it. (N, B)."""
    flooding = world.policy.flood
    if not flooding.any():
        return np.zeros(world.state.cash.shape)
    sellers = s.sellers
    worth = left_taken(world.trade.flow) * s.goods.price[sellers.good] * 0.2
    return sellers.by_place.total(worth * flooding[sellers.place, sellers.good])


def _dividends(world: World, s: Scenario, t: Tables) -> Array:
    """Return on state equity, in proportion to the profit of lines and suppliers. (N, B)."""
    lines, suppliers = world.lines, world.suppliers
    result = np.zeros(world.state.cash.shape)
    some = _public_lines(world)
    if len(some):
        worth = lines.capacity[some] * t.positions.line_unit_capex[some]
        result += _shares_of(lines.state_share.take(some, axis=1), worth, lines.profit[some])
    some = _public_suppliers(world)
    if len(some):
        worth = suppliers.capacity[some] * t.positions.supplier_unit_capex[some]
        result += _shares_of(suppliers.state_share.take(some, axis=1), worth, suppliers.profit[some])
    return s.parameters.state.equity_return * result


@reading_of("lines.state_share")
def _public_lines(world: World) -> Counts:
    """Lines of which a state owns part."""
    return np.flatnonzero(world.lines.state_share.max(axis=0).any(axis=1))


@reading_of("suppliers.state_share")
def _public_suppliers(world: World) -> Counts:
    return np.flatnonzero(world.suppliers.state_share.max(axis=0).any(axis=1))


def _shares_of(share: Array, worth: Array, profit: Array) -> Array:
    """Worth of plants that belongs to each state, by how well they do. (N, B)."""
    return total(share * (worth * clip(profit * 4.0, -0.5, 3.0)), axis=1)
