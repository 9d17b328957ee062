"""Who ships what to whom: orders, offers, controls, leaks, and the allotment when goods are short.

A place serves itself first. Its remaining orders go to sellers abroad in proportion to what they offer and how far it
trusts them; a control lets part of each order through, networks carry part of the rest (market.md, equation 6), and a
second round sends what is still unmet to sellers that are open (backfill, rules.md R5).
"""

from __future__ import annotations

import numpy as np

from game.core.names import GOODS
from game.core.numeric import Array, Counts, clip, power, ratio, total
from game.core.scenario import Scenario
from game.core.world import Trade, World, replace
from game.rules.controls import passes
from game.rules.tables import Tables
from game.rules.turn import Turn

ACCELERATORS, CLOUD = GOODS.at("accelerators"), GOODS.at("cloud")
ROUNDS = 2
#: A seller from which controls let at least this share through is open to a buyer.
OPEN = 0.999
#: Keeps nought over nought out of a share; so small that what no weight takes up stays finite.
TINY = 1e-200
#: Weight of a seller that a buyer does not trust at all, against one it trusts fully.
LEAST_TRUSTED = 0.25
#: Part of last quarter's exports that a seller's own place cannot take, and part of its offer that it always can.
OUTSIDERS_KEEP, LEAST_FOR_HOME = 0.6, 0.5
#: Quarters of purchases that wait for power and testing as a matter of course.
IN_TRANSIT = 1.1
#: Goods that nobody keeps as a matter of course: tools go straight into halls, accelerators into racks.
MINERAL_GOODS = tuple(range(2, 10))


def ship(world: World, turn: Turn) -> World:
    """Match orders and offers and move the goods."""
    s, t = turn.scenario, turn.tables
    bought = np.maximum(turn.orders.stock, 0.0) + _dial_purchases(world, s)
    ordered = orders(world, s, t) + bought
    trade = matched(world, s, t, ordered)
    return _delivered(world, s, trade, bought)


def orders(world: World, s: Scenario, t: Tables) -> Array:
    """What industry at each place orders this quarter: use, and part of the way to its stock target. (N, G, B)."""
    m, goods, market = s.parameters.market, world.goods, world.market
    relative = np.maximum(market.price / market.normal_price, 1.0 / 16)
    exponent = np.full((len(GOODS), 1), int(m.stock_elasticity * 32 + 0.5))
    mood = (1.0 + market.alarm / (1.0 + market.alarm / 4.0)) * np.maximum(0.1, 1.0 + m.speculation * market.momentum)
    target = goods.wanted * s.goods.cover * (mood / power(relative, exponent))[t.region]
    wanted = goods.wanted + (target - goods.inventory) / m.restock
    wanted[:, ACCELERATORS] = _accelerator_orders(world, s, t)
    wanted[:, CLOUD] = goods.wanted[:, CLOUD]
    return np.maximum(wanted, 0.0)


def _accelerator_orders(world: World, s: Scenario, t: Tables) -> Array:
    """Money for accelerators over their price, less what already waits for power. (N, B)."""
    price = (s.goods.price[ACCELERATORS] * world.market.price[:, ACCELERATORS])[t.region]
    wanted = (world.compute.private + world.compute.programme * 0.5) / price
    waiting = np.maximum(world.goods.inventory[:, ACCELERATORS] - IN_TRANSIT * wanted, 0.0)
    return np.maximum(wanted - waiting, 0.0)


def _dial_purchases(world: World, s: Scenario) -> Array:
    """Standing purchases of minerals towards the stock target: an eighth of the gap a quarter (rules.md R6, R10)."""
    target = world.state.dials[:, 1] * 4.0
    gap = target[:, None] * world.goods.reference - world.goods.stockpile
    allowed = np.zeros((1, len(GOODS), 1))
    allowed[:, MINERAL_GOODS] = 1.0
    steered = np.zeros((len(s.place_axis), 1, 1))
    steered[list(s.places.seats)] = 1.0
    return np.maximum(gap, 0.0) / 8.0 * allowed * steered


def matched(world: World, s: Scenario, t: Tables, ordered: Array) -> Trade:
    """Flows for given orders; moves nothing."""
    sellers = s.sellers
    stock = world.goods.inventory + world.goods.made
    keep = np.minimum(stock, world.goods.wanted * s.goods.cover)
    excess = np.maximum(world.goods.inventory - keep, 0.0) / s.parameters.market.restock
    offer_all = world.goods.made + excess
    place, good = sellers.place, sellers.good
    offer = offer_all[place, good]
    home = np.minimum(ordered[place, good], _for_home(world, offer))
    left = free = offer - home
    abroad = ordered.swapaxes(0, 1).copy()
    abroad[good, place] -= home
    weight = _attraction(world, place, left)
    request = sellers.by_good.spread(abroad / np.maximum(sellers.by_good.total(weight), TINY))
    request *= weight
    passing = passes(world, s, t)
    allowed = request * passing
    blocked = request - allowed
    leaked = _leaks(world, s, blocked)
    access = _access(s, t, request, allowed)
    # From here on the buffers of orders are used again: an array of this size in fresh memory costs more than the sum.
    flow, spare = np.add(allowed, leaked, out=request), allowed
    fill, left = _filled(left, flow)
    flow *= fill[:, None]
    leaked *= fill[:, None]
    left = _backfill(s, t, passing, abroad, flow, left, spare)
    flow[t.positions.sellers, place] += home
    received = sellers.by_good.total(flow).swapaxes(0, 1)
    return replace(
        world.trade,
        flow=flow,
        leaked=leaked,
        blocked=blocked,
        passes=passing,
        exported=free - left,
        unsold=left,
        ordered=ordered,
        received=received,
        access=access,
    )


def _for_home(world: World, offer: Array) -> Array:
    """What a seller may keep for buyers at home: being first displaces at most 40% of the usual foreign orders (R4a).

    A place that is short itself still keeps half of what it has.
    """
    return np.maximum(offer - OUTSIDERS_KEEP * world.trade.exported, LEAST_FOR_HOME * offer)


def _attraction(world: World, place: Counts, left: Array) -> Array:
    """How much of a buyer's order goes to each seller: offers weighed by trust; none to itself. (E, N, B)."""
    liking = LEAST_TRUSTED + (1.0 - LEAST_TRUSTED) * world.relations.trust
    liking[np.arange(len(liking)), np.arange(len(liking))] = 0.0
    weight = liking.take(place, axis=0)
    weight *= left[:, None]
    return weight


def left_taken(flow: Array) -> Array:
    """What each seller ships in all. (E, N, B) -> (E, B)."""
    return total(flow, axis=1)


def _filled(left: Array, asked: Array) -> tuple[Array, Array]:
    """Share of what is asked of it that each seller can ship, and what it has left then. (E, B) each."""
    wanted = left_taken(asked)
    fill = left / np.maximum(np.maximum(wanted, left), TINY)
    return fill, np.maximum(left - wanted * fill, 0.0)


def _backfill(s: Scenario, t: Tables, passing: Array, abroad: Array, flow: Array, left: Array, spare: Array) -> Array:
    """Send what is still unmet to sellers that are open to the buyer and have goods left; adds to `flow`.

    Returns what is left. (E, B).
    """
    by_good = s.sellers.by_good
    for _ in range(ROUNDS - 1):
        unmet = np.maximum(abroad - by_good.total(flow), 0.0)
        pull = np.multiply(left[:, None], passing >= OPEN, out=spare)
        pull[t.positions.sellers, s.sellers.place] = 0.0
        more = by_good.spread(unmet / np.maximum(by_good.total(pull), TINY))
        more *= pull
        fill, left = _filled(left, more)
        more *= fill[:, None]
        flow += more
    return left


def _leaks(world: World, s: Scenario, blocked: Array) -> Array:
    """Blocked orders that are asked for all the same, by seller and buyer. (E, N, B)."""
    stopped = s.parameters.leakage.enforcement * world.state.dials[:, 0]
    leaking = world.trade.network.take(s.sellers.good, axis=0)
    leaking *= (1.0 - stopped).take(s.sellers.place, axis=0)[:, None]
    leaking *= blocked
    return leaking


def _access(s: Scenario, t: Tables, request: Array, allowed: Array) -> Array:
    """Share of the orders that cross from the other region that controls let through. (2, G, B)."""
    inside = s.inside
    out_rows = t.inside_rows
    goods = s.sellers.good
    access = np.ones((2, len(GOODS), request.shape[-1]))
    asked, passed = left_taken(request[out_rows]), left_taken(allowed[out_rows])
    access[0, goods[out_rows]] = ratio(passed, asked, 1.0)
    into = request[:, inside].copy()
    into[out_rows] = 0.0
    through = np.where(into > 0, allowed[:, inside], 0.0)
    wanted, got = s.sellers.by_good.total(into), s.sellers.by_good.total(through)
    access[1] = ratio(got, wanted, 1.0)
    return access


def _delivered(world: World, s: Scenario, trade: Trade, bought: Array) -> World:
    """Move goods between stocks; what the state bought goes to the national stock as far as it came."""
    place, good = s.sellers.place, s.sellers.good
    shipped = np.zeros_like(world.goods.made)
    shipped[place, good] = trade.exported + trade.flow[np.arange(len(place)), place]
    stock = world.goods.inventory + world.goods.made + trade.received - shipped
    share = ratio(trade.received, trade.ordered)
    into_state = bought * clip(share, 0.0, 1.0)
    lost = np.maximum(-stock, 0.0)
    return replace(
        world,
        trade=trade,
        goods=replace(
            world.goods,
            inventory=np.maximum(stock, 0.0) - into_state,
            stockpile=world.goods.stockpile + into_state,
            bought=into_state,
            lost=world.goods.lost - lost,
        ),
    )


def network(world: World, turn: Turn) -> World:
    """Smuggling networks grow where a control leaves a price gap, and fade without one (market.md, equation 6)."""
    s = turn.scenario
    p = s.parameters.leakage
    price = world.market.price
    gap = np.maximum(np.maximum(price[0] / price[1], price[1] / price[0]) - 1.0, 0.0)
    goal = clip(p.base + p.slope * gap, 0.0, p.most)[:, None, :] * (0.85 + 0.5 * s.places.leak)[None]
    grown = world.trade.network + p.pace * (goal - world.trade.network)
    return replace(world, trade=replace(world.trade, network=clip(grown, 0.0, 0.95)))
