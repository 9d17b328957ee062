"""Public money (S25): orders are paid, dials cost, income comes; what plants and trade are worth to a place."""

from __future__ import annotations

import numpy as np

from game.core.names import GOODS, LEVELS
from game.core.numeric import Array, clip, pick, total
from game.core.scenario import Scenario
from game.core.world import World, replace
from game.rules import controls
from game.rules.production import activity_made
from game.rules.tables import Tables
from game.rules.trade import left_taken
from game.rules.turn import Turn

ACCELERATORS = GOODS.at("accelerators")
#: Yearly cost of a standing dial at full, as a share of the seat's budget; convex: cost goes with the square (R10).
DIAL_COST = (0.10, 0.0, 0.16, 0.16, 0.06)
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
            spending=orders.money + _dial_bill(world, s, dials),
        ),
    )


def _dial_bill(world: World, s: Scenario, dials: Array) -> Array:
    cost = np.zeros_like(world.state.cash)
    for k, share in enumerate(DIAL_COST):
        if share:
            cost += share * s.places.budget * dials[:, k] * dials[:, k]
    return cost


def settle(world: World, turn: Turn) -> World:
    """Income, rents and interest of the quarter; political capital for the next."""
    s, t, state = turn.scenario, turn.tables, world.state
    p = s.parameters.state
    value = value_added(world, s, t)
    rents = _rents(world, s, t)
    fees = _fees(world, s)
    purchases = _purchases(world, s, t)
    protection = _floor_payments(world, s, t) + _flood_bill(world, s)
    budget = s.places.budget * (0.85 + 0.3 * state.approval)
    dividends = _dividends(world, s)
    interest = np.maximum(-state.cash, 0.0) * p.interest
    income = budget + p.fee_share * rents + fees + dividends
    bill = _dial_bill(world, s, state.dials) + purchases + protection + interest
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


def upkeep_of(world: World, s: Scenario, t: Tables) -> Array:
    """Political capital that bans beyond the free ones cost each quarter (rules.md R9). (N, B)."""
    p = s.parameters.controls
    return p.upkeep * np.maximum(controls.bans(world, t) - p.free_bans, 0.0)


def value_added(world: World, s: Scenario, t: Tables) -> Array:
    """Worth of what a place made less the inputs it drew, at its prices, USD bn a quarter. (N, B)."""
    price = (s.goods.price * world.market.price)[t.region]
    made = world.goods.made * price
    done = np.stack([activity_made(activity, world, s, t) for activity in t.recipe_rows.activities])
    value = total(made, axis=1) - total(t.recipe_rows.worth(done, price))
    return value + _design_margins(s, t, made[:, ACCELERATORS])


def _design_margins(s: Scenario, t: Tables, worth: Array) -> Array:
    """What designers keep of the accelerators packaged elsewhere: it moves from packager to designer. (N, B)."""
    moved = np.zeros_like(worth)
    for owner, place, share in t.positions.designs:
        margin = s.parameters.compute.design_margin * share * worth[place]
        moved[owner] += margin
        moved[place] -= margin
    return moved


def _rents(world: World, s: Scenario, t: Tables) -> Array:
    """What scarcity adds to the price of goods sold abroad, and the margin of hubs on leaks. (N, B)."""
    extra = np.maximum(world.market.price[0] - t.positions.start_price[0], 0.0) * s.goods.price
    flow = world.trade.flow
    abroad = left_taken(flow) - pick(flow, t.positions.at_home)
    rents = s.sellers.by_place.total(abroad * extra[s.sellers.good])
    through = total(left_taken(world.trade.leaked) * (s.goods.price * world.market.price[0])[s.sellers.good])
    share = s.places.openness * s.places.leak
    hubs = np.zeros_like(share)
    hubs[list(s.hubs)] = share[list(s.hubs)]
    whole = float(sum(hubs[:, 0])) or 1.0
    return rents + s.parameters.leakage.hub_value * through * hubs / whole


def _fees(world: World, s: Scenario) -> Array:
    """Fees on what passes under a fee licence: the seller's own, and those of who owns its technology. (N, B)."""
    sellers, charging = s.sellers, world.policy.level == FEE_LICENCE
    some = charging.any(axis=(2, 3))
    if not some.any():
        return np.zeros_like(world.state.cash)
    own, flow = sellers.owned, world.trade.flow
    fee = s.goods.price * world.market.price[0] * s.parameters.controls.fee
    charged, licensed = np.zeros(flow.shape[::2]), np.zeros((len(own.seller), world.worlds))
    rows = np.flatnonzero(some[sellers.place, sellers.good])
    charged[rows] = left_taken(flow[rows] * charging[sellers.place[rows], sellers.good[rows]])
    rows = np.flatnonzero(some[own.owner, own.good])
    licensed[rows] = left_taken(flow[own.seller[rows]] * charging[own.owner[rows], own.good[rows]])
    to_owners = own.by_owner.total(licensed * own.share * fee[own.good])
    return sellers.by_place.total(charged * fee[sellers.good]) + to_owners


def _purchases(world: World, s: Scenario, t: Tables) -> Array:
    """What came into the national stock this quarter, at its price. (N, B)."""
    return total(world.goods.bought * (s.goods.price * world.market.price)[t.region], axis=1)


def _floor_payments(world: World, s: Scenario, t: Tables) -> Array:
    """Contracts for difference: cost and a margin, less the price, on what protected suppliers made. (N, B)."""
    if not world.suppliers.protected.any():
        return np.zeros_like(world.state.cash)
    price = world.market.price[t.positions.supplier_region, s.suppliers.good]
    gap = np.maximum(1.15 * s.suppliers.cost - price, 0.0) * (world.suppliers.protected > 0)
    return t.supplier_place.total(world.suppliers.output * gap * s.goods.price[s.suppliers.good])


def _flood_bill(world: World, s: Scenario) -> Array:
    """What selling below cost costs the treasury that ordered it. (N, B)."""
    flooding = world.policy.flood
    if not flooding.any():
        return np.zeros_like(world.state.cash)
    sellers = s.sellers
    worth = left_taken(world.trade.flow) * s.goods.price[sellers.good] * 0.2
    return sellers.by_place.total(worth * flooding[sellers.place, sellers.good])


def _dividends(world: World, s: Scenario) -> Array:
    """Return on state equity, in proportion to the profit of lines and suppliers. (N, B)."""
    rate = s.parameters.state.equity_return
    capex = s.lines.room_capex / np.where(s.lines.room > 0, s.lines.room, 1.0)
    worth = world.lines.capacity * capex * rate * clip(world.lines.profit * 4.0, -0.5, 3.0)
    per = s.suppliers.room_capex / np.where(s.suppliers.room > 0, s.suppliers.room, 1.0)
    worth_s = world.suppliers.capacity * per * rate * clip(world.suppliers.profit * 4.0, -0.5, 3.0)
    in_lines, in_suppliers = world.lines.state_share, world.suppliers.state_share
    result = np.zeros_like(world.state.cash)
    for n in np.flatnonzero(np.maximum(in_lines.max(axis=(1, 2)), in_suppliers.max(axis=(1, 2)))):
        result[n] = total(in_lines[n] * worth) + total(in_suppliers[n] * worth_s)
    return result
