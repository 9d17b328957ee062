"""Who ships what to whom: orders, offers, controls, leaks, and the allotment when goods are short.

What is promised by contract goes first (`deliveries`). A place then serves itself. Its remaining orders go to sellers
abroad in proportion to what they offer and how far it trusts them; a control lets part of each order through, networks
carry part of the rest (market.md, equation 6). Who holds a queue place and is short is served in the place of
outsiders, and a last round sends what is still unmet to sellers that are open (backfill, rules.md R5).
"""

from __future__ import annotations

import numpy as np

from game.core.names import GOODS, TOOLS
from game.core.numeric import Array, clip, pick, power, put, ratio, total
from game.core.scenario import Scenario
from game.core.world import Trade, World, replace
from game.rules import backfill, deliveries, jointstock, reexports, standards
from game.rules.kept import reading_of
from game.rules.passing import passes
from game.rules.tables import Tables
from game.rules.turn import Turn

ACCELERATORS, CLOUD = GOODS.at("accelerators"), GOODS.at("cloud")
TOOL_GOODS = slice(GOODS.at(TOOLS[0]), GOODS.at(TOOLS[-1]) + 1)
#: Keeps nought over nought out of a share; so small that what no weight takes up stays finite.
TINY = 1e-200
#: Part of what leaks of other goods that leaks of tools: a hall of machines that its maker sets up and serves is not
#: smuggled in a suitcase. Judged.
TOOLS_LEAK = 0.2
#: Weight of a seller that a buyer does not trust at all, against one it trusts fully.
LEAST_TRUSTED = 0.25
#: Part of last quarter's exports that a seller's own place cannot take, and part of its offer that it always can.
OUTSIDERS_KEEP, LEAST_FOR_HOME = 0.6, 0.5
#: Quarters of purchases that wait for power and testing as a matter of course.
IN_TRANSIT = 1.1


def inspect(world: World, turn: Turn) -> World:
    """Customs: what controls, refusals and blocked routes let through this quarter."""
    return inspected(world, turn.scenario)


def inspected(world: World, s: Scenario) -> World:
    """The world with what is let through of each buyer's orders, by last quarter's flows where these cap it."""
    return replace(world, trade=replace(world.trade, passes=passes(world, s)))


def ship(world: World, turn: Turn) -> World:
    """Match orders and offers and move the goods."""
    s, t = turn.scenario, turn.tables
    bought = np.maximum(turn.orders.stock, 0.0) + _dial_purchases(world, t)
    for joint in jointstock.contributions(world, s).values():
        bought[:, jointstock.MINERALS] += joint
    ordered = orders(world, s, t) + bought
    world = _delivered(world, t, matched(world, s, t, ordered), bought)
    met = deliveries.met(world, s)
    return world if met is None else replace(world, clauses=replace(world.clauses, met=met))


def orders(world: World, s: Scenario, t: Tables) -> Array:
    """What industry at each place orders this quarter: use, and part of the way to its stock target. (N, G, B)."""
    m, goods, market = s.parameters.market, world.goods, world.market
    relative = np.maximum(market.price / market.normal_price, 1.0 / 16)
    mood = (1.0 + market.alarm / (1.0 + market.alarm / 4.0)) * np.maximum(0.1, 1.0 + m.speculation * market.momentum)
    target = goods.wanted * s.goods.cover * (mood / power(relative, t.positions.stock_exponent)).take(t.region, axis=0)
    wanted = goods.wanted + (target - goods.inventory) / m.restock
    wanted[:, ACCELERATORS] = _accelerator_orders(world, s, t)
    wanted[:, CLOUD] = goods.wanted[:, CLOUD]
    return np.maximum(wanted, 0.0)


def _accelerator_orders(world: World, s: Scenario, t: Tables) -> Array:
    """Money for accelerators over their price, less what already waits for power. (N, B)."""
    price = (s.goods.price[ACCELERATORS] * world.market.price[:, ACCELERATORS]).take(t.region, axis=0)
    wanted = (world.compute.private + world.compute.programme * 0.5) / price
    waiting = np.maximum(world.goods.inventory[:, ACCELERATORS] - IN_TRANSIT * wanted, 0.0)
    return np.maximum(wanted - waiting, 0.0)


def _dial_purchases(world: World, t: Tables) -> Array:
    """Standing purchases of minerals towards the stock target: an eighth of the gap a quarter (rules.md R6, R10)."""
    target = world.state.dials[:, 1] * 4.0
    gap = target[:, None] * world.goods.reference - world.goods.stockpile
    return np.maximum(gap, 0.0) * t.positions.standing_orders


def matched(world: World, s: Scenario, t: Tables, ordered: Array) -> Trade:
    """Flows for given orders, once customs have said what passes; moves nothing."""
    by_good, positions = s.sellers.by_good, t.positions
    offer = _offers(world, s, t)
    asked = pick(ordered, positions.lanes)
    home = np.minimum(asked, _for_home(world, offer))
    free = offer - home
    abroad = ordered.swapaxes(0, 1).copy()
    put(abroad, positions.lanes_by_good, asked - home)
    passing = world.trade.passes
    promised = deliveries.supplied(world, s, passing, offer, abroad)
    if promised is not None:
        free = _set_aside(t, promised, home, free, abroad)
    flow, leaked, blocked, access = _asked(world, s, t, passing, abroad, free)
    fill, left = _filled(free, flow)
    flow *= fill[:, None]
    leaked *= fill[:, None]
    received = by_good.total(flow)
    queue = deliveries.queue(world, s)
    if queue is not None:
        left = deliveries.serve_first(s, queue, passing, abroad, free, flow, leaked, received, left)
    left, settled = _backfill(world, s, t, passing, abroad, blocked, flow, received, left)
    put(flow, positions.at_home, home)
    received.reshape(-1, world.worlds)[positions.lanes_by_good] += home
    exported = free - left
    if promised is not None:
        exported += promised.by_lane
        settled = settled + deliveries.paid(world, s, promised)
        deliveries.add(promised, flow, received)
    return replace(
        world.trade,
        flow=flow,
        leaked=leaked,
        blocked=blocked,
        exported=exported,
        unsold=left,
        ordered=ordered,
        received=received.swapaxes(0, 1).copy(),
        access=access,
        settled=settled,
    )


def _asked(
    world: World, s: Scenario, t: Tables, passing: Array, abroad: Array, free: Array
) -> tuple[Array, Array, Array, Array]:
    """What is asked of each seller that may be shipped, leaks included, which part of it leaks, what controls refuse
    (E, N, B each), and the share of orders across the border that they let through (2, G, B)."""
    # Three arrays by seller and buyer do for all: at many worlds one in fresh memory costs more than what is added.
    # Each by itself finds room where one of the last quarter was.
    request, allowed, blocked = (np.empty(passing.shape) for _ in range(3))
    _request(world, s, t, abroad, free, out=request, spare=allowed)
    np.multiply(request, passing, out=allowed)
    np.subtract(request, allowed, out=blocked)
    access = _access(s, t, request, allowed)
    leaked = _leaks(world, s, t, blocked, out=request)
    allowed += leaked
    return allowed, leaked, blocked, access


def _set_aside(t: Tables, promised: deliveries.Promised, home: Array, free: Array, abroad: Array) -> Array:
    """Take what is promised out of orders, and out of what a giver keeps for its own industry if need be, in place.

    Returns what is left for the market abroad. (E, B).
    """
    from_home = np.maximum(promised.by_lane - free, 0.0)
    home -= from_home
    np.maximum(home, 0.0, out=home)
    abroad.reshape(-1, abroad.shape[-1])[t.positions.lanes_by_good] += from_home
    deliveries.set_aside(promised, abroad)
    return np.maximum(free - promised.by_lane, 0.0)


def _offers(world: World, s: Scenario, t: Tables) -> Array:
    """What each seller could part with: output, and part of the stock beyond what its place keeps. (E, B)."""
    goods = world.goods
    keep = np.minimum(goods.inventory + goods.made, goods.wanted * s.goods.cover)
    excess = np.maximum(goods.inventory - keep, 0.0) / s.parameters.market.restock
    return pick(goods.made + excess, t.positions.lanes)


def _for_home(world: World, offer: Array) -> Array:
    """What a seller may keep for buyers at home: being first displaces at most 40% of the usual foreign orders (R4a).

    A place that is short itself still keeps half of what it has.
    """
    return np.maximum(offer - OUTSIDERS_KEEP * world.trade.exported, LEAST_FOR_HOME * offer)


def _request(world: World, s: Scenario, t: Tables, abroad: Array, left: Array, out: Array, spare: Array) -> None:
    """Share orders from abroad among sellers: by what they offer and how far the buyer trusts them. (E, N, B)."""
    liking = (LEAST_TRUSTED + (1.0 - LEAST_TRUSTED) * world.relations.trust) * t.positions.foreign
    weight = liking.take(s.sellers.place, axis=0, out=spare, mode="clip")
    weight *= left[:, None]
    share = abroad / np.maximum(s.sellers.by_good.total(weight), TINY)
    share.take(s.sellers.good, axis=0, out=out, mode="clip")
    out *= weight


@reading_of("trade.blocked")
def refused(world: World) -> Array:
    """What controls refuse of what is asked of each seller. (E, B)."""
    return left_taken(world.trade.blocked)


@reading_of("trade.blocked")
def refused_goods(world: World, s: Scenario) -> Array:
    """What controls refuse of what each place orders of each good. (N, G, B)."""
    # Of most sellers nothing is refused: their rows are not looked at.
    rows = np.flatnonzero(refused(world).any(axis=1))
    return s.sellers.by_good.total_of(rows, world.trade.blocked.take(rows, axis=0)).swapaxes(0, 1)


def left_taken(flow: Array) -> Array:
    """What each seller ships in all. (E, N, B) -> (E, B)."""
    return total(flow, axis=1)


def _filled(left: Array, asked: Array) -> tuple[Array, Array]:
    """Share of what is asked of it that each seller can ship, and what it has left then. (E, B) each."""
    wanted = left_taken(asked)
    fill = left / np.maximum(np.maximum(wanted, left), TINY)
    return fill, np.maximum(left - wanted, 0.0)


def _backfill(
    world: World, s: Scenario, t: Tables, passing: Array, abroad: Array, blocked: Array, flow: Array,
    received: Array, left: Array,
) -> tuple[Array, Array]:  # fmt: skip
    """Send what is still unmet to sellers that are open to the buyer and have goods left.

    Adds to `flow`, and to what each buyer received (G, N, B); returns what is left (E, B), and what match fees move
    between places (N, B). Most sellers have sold out after the first round: only the rows of the others are looked at,
    a third of the time at 64 worlds.
    """
    by_good = s.sellers.by_good
    some = np.flatnonzero(left.max(axis=1))
    open_ = passing.take(some, axis=0) >= backfill.OPEN
    open_[np.arange(len(some)), s.sellers.place[some]] = False
    pull = left.take(some, axis=0)[:, None] * open_
    unmet = np.maximum(abroad - received, 0.0)
    more = by_good.spread(unmet / np.maximum(by_good.total_of(some, pull), TINY), some)
    more *= pull
    left = left.copy()
    fill, left[some] = _filled(left[some], more)
    more *= fill[:, None]
    flow[some] += more
    received += by_good.total_of(some, more)
    fees = backfill.fees(world, s, some, more, blocked, unmet)
    return left, np.zeros(world.state.cash.shape) if fees is None else fees


def _leaks(world: World, s: Scenario, t: Tables, blocked: Array, out: Array) -> Array:
    """Blocked orders that are asked for all the same, by seller and buyer. (E, N, B)."""
    stopped = s.parameters.leakage.enforcement * world.state.dials[:, 0]
    world.trade.network.take(s.sellers.good, axis=0, out=out, mode="clip")
    carried = (1.0 - stopped).take(s.sellers.place, axis=0)
    stops = reexports.stops(world, s, t)
    if stops is not None:
        carried *= stops.kept
    out *= carried[:, None]
    out *= blocked
    if stops is not None:
        reexports.ask_less(stops, out)
    standards.audited(world, s, out)
    return out


def _access(s: Scenario, t: Tables, request: Array, allowed: Array) -> Array:
    """Share of the orders that cross from the other region that controls let through. (2, G, B)."""
    rows, good = t.inside_rows, s.sellers.good[t.inside_rows]
    crossing = np.zeros((2, 2, len(GOODS), request.shape[-1]))
    for regions, part in zip(crossing, (request, allowed), strict=True):
        regions[0, good] = left_taken(part.take(rows, axis=0))
        regions[1] = t.positions.sold_from.total(part[:, s.inside])[: len(GOODS)]
    asked, passed = crossing
    return ratio(passed, asked, 1.0)


def _delivered(world: World, t: Tables, trade: Trade, bought: Array) -> World:
    """Move goods between stocks; what the state bought goes to the national stock as far as it came."""
    shipped = np.zeros(world.goods.made.shape)
    put(shipped, t.positions.lanes, trade.exported + pick(trade.flow, t.positions.at_home))
    stock = world.goods.inventory + world.goods.made + trade.received - shipped
    into_state = bought * np.minimum(ratio(trade.received, trade.ordered), 1.0)
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
    goal[TOOL_GOODS] *= TOOLS_LEAK
    grown = world.trade.network + p.pace * (goal - world.trade.network)
    return replace(world, trade=replace(world.trade, network=clip(grown, 0.0, 0.95)))
