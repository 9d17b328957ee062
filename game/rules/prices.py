"""Prices: two for each good, inside the main exporter's home and outside (market.md).

Orders over what sellers could ship set the clearing price; the price goes part of the way to it each quarter, and at
most by the factor that the record shows. With constant elasticities the clearing price has a closed form:
(orders / offers) ** (1 / elasticities), so no search is needed.
"""

from __future__ import annotations

import numpy as np

from game.core.names import GOODS
from game.core.numeric import GRID, Array, Counts, clip, power, total
from game.core.scenario import Scenario
from game.core.world import World, replace
from game.rules.kept import constants_of, reading_of
from game.rules.tables import Tables
from game.rules.turn import Turn

#: Largest move of a price in a quarter: 4 ** (3/8), market.md.
LARGEST_STEP = 1.68
#: Share of orders that answers the price by stock keeping, beside use: added to the elasticity; judged.
STOCK_RESPONSE = 0.25
#: Goods whose cost falls with learning, so that their price may fall far.
LEARNT = ("leading_logic", "hbm", "accelerators", "cloud")
#: How far a flood takes the outside price down in a quarter: as far as any price moves.
FLOOD_STEP = 1.0 / LARGEST_STEP
#: Excess that moves no price: haggling noise.
DEAD_BAND = 0.005


def move(world: World, turn: Turn) -> World:
    """Move both prices of each good, and what buyers expect, remember and fear."""
    s, t = turn.scenario, turn.tables
    m, market = s.parameters.market, world.market
    tightness = tightness_of(world, s, t)
    step = power(clip(tightness, 1.0 / 16, 16.0), _exponent(s))
    calm = np.abs(tightness - 1.0) < DEAD_BAND
    step = np.where(calm, 1.0, clip(step, 1.0 / LARGEST_STEP, LARGEST_STEP))
    price = clip(_arbitraged(world, s, market.price * step), 0.02, m.backstop * 2.0)
    price = _flooded(np.maximum(price, _lowest(s)), world, s, t)
    momentum = 0.5 * market.momentum + 0.5 * (price / market.price - 1.0)
    long_price = market.long_price + m.memory * (price - market.long_price)
    news = (1.0 - m.alarm_decay) * market.news
    news = news + m.alarm_gain * np.maximum(0.0, 1.0 - world.trade.access / np.maximum(market.expected, 1e-6))
    return replace(
        world,
        market=replace(
            market,
            price=price,
            previous=market.price,
            long_price=long_price,
            normal_price=market.normal_price + 0.1 * (price - market.normal_price),
            momentum=clip(momentum, -0.6, 1.0),
            adaptation=_adapted(world, s, t, long_price),
            news=clip(news, 0.0, 20.0),
            alarm=clip(market.alarm + 0.6 * (news - market.alarm), 0.0, 20.0),
            expected=market.expected + 0.3 * (world.trade.access - market.expected),
        ),
    )


def tightness_of(world: World, s: Scenario, t: Tables) -> Array:
    """Orders over what was delivered or could have been, by region and good; 1 is balance. (2, G, B)."""
    trade = world.trade
    ordered, received = _by_region(trade.ordered, s), _by_region(trade.received, s)
    unsold = t.positions.sold_from.total(trade.unsold).reshape(received.shape)
    # What is left unsold in the other region counts as far as controls let it come.
    reach = unsold[::-1] * trade.access
    offered = received + unsold + 0.5 * reach + gap_exports(world, s, t)
    # Where next to nothing can be had there is no market, and so no price to move.
    no_market = offered <= 0.002 * ordered + 1e-9
    return np.where(no_market, 1.0, np.maximum(ordered, 1e-9) / np.maximum(offered, 1e-9))


@reading_of("market.price", "trade.flow", "trade.exported", "trade.access")
def gap_exports(world: World, s: Scenario, t: Tables) -> Array:
    """What exporters would add across the border for a gap wider than the opening's (market.md, equation 5).

    Where controls refuse part of the orders, licences are not given for more: the answer dies with the fourth power of
    access. (2, G, B).
    """
    trade, price = world.trade, world.market.price
    wider = price[0] / price[1] * s.goods.inside_price
    gap = np.maximum(np.array([wider, 1.0 / wider]) - 1.0, 0.0)
    sold_from, inside = t.positions.sold_from, s.inside
    out = sold_from.total(trade.exported).reshape(gap.shape)[1]
    into = sold_from.total(trade.flow[:, inside]).reshape(gap.shape)[0]
    open_ways = trade.access * trade.access
    return s.parameters.market.gap_exports * np.array([out, into]) * gap * (open_ways * open_ways)


def local_price(world: World, s: Scenario, t: Tables) -> Array:
    """USD bn per unit of each good at each place. (N, G, B)."""
    return (s.goods.price * world.market.price).take(t.region, axis=0)


def _by_region(values: Array, s: Scenario) -> Array:
    inside = values[s.inside]
    return np.array([np.maximum(total(values) - inside, 0.0), inside])


@constants_of
def _exponent(s: Scenario) -> Counts:
    m = s.parameters.market
    elastic = s.goods.short / GRID + m.supply_elasticity + STOCK_RESPONSE
    return np.minimum(np.floor(m.stickiness / elastic * GRID + 0.5), 2 * GRID - 1).astype(np.int64)


def _arbitraged(world: World, s: Scenario, price: Array) -> Array:
    """Traders close the gap between the regions where controls let most orders cross."""
    dear_outside = price[0] > price[1]
    access = np.where(dear_outside, world.trade.access[0], world.trade.access[1])
    licensed = np.where(dear_outside, _absolute_access(world, s), access)
    closing = s.parameters.market.arbitrage * clip((np.minimum(access, licensed) - 0.75) * 4.0, 0.0, 1.0)
    weight = _by_region(world.goods.reference, s)
    share = weight[1] / np.maximum(weight[0] + weight[1], 1e-9)
    mean = share * price[1] + (1.0 - share) * price[0]
    return price + closing * (mean - price)


@reading_of("policy.level")
def _absolute_access(world: World, s: Scenario) -> Array:
    """1 for goods that the inside place sells to everybody freely, less where it controls any buyer. (G, B)."""
    level = world.policy.level[s.inside]
    most = np.maximum(level[:, : s.inside].max(axis=1, initial=0), level[:, s.inside + 1 :].max(axis=1, initial=0))
    return np.where(most > 0, 0.7, 1.0)


def _flooded(price: Array, world: World, s: Scenario, t: Tables) -> Array:
    """A flood sells any amount abroad at a share of the flooder's cost, below what others could sell at for long: the
    outside price falls to it (rules.md R2)."""
    flooding = world.policy.flood
    if not flooding.any():
        return price
    on = flooding.any(axis=0)
    bottom = s.parameters.plants.flood_price * t.inside_cost
    flooded = np.maximum(np.minimum(price[0], world.market.price[0] * FLOOD_STEP), bottom)
    return np.array([np.where(on, flooded, price[0]), price[1]])


@constants_of
def _lowest(s: Scenario) -> Array:
    """Nobody sells for long below cash cost: a third of the opening price for most goods, a tenth where learning lowers
    cost. (2, G, 1)."""
    start = np.stack([np.ones_like(s.goods.inside_price), s.goods.inside_price])
    falling = np.array([[g in LEARNT] for g in GOODS])
    return start * np.where(falling, 0.1, 0.35)


def _adapted(world: World, s: Scenario, t: Tables, long_price: Array) -> Array:
    """Lasting substitution: use adapts to the long price, and comes back slower (market.md, equation 2)."""
    m, market = s.parameters.market, world.market
    goal = 1.0 / power(np.maximum(long_price / t.positions.start_price, 1.0 / 64), _lasting(s))
    pace = np.where(goal > market.adaptation, m.adaptation * (1.0 - m.keep), m.adaptation)
    return clip(market.adaptation + pace * (goal - market.adaptation), 0.02, 1.6)


@constants_of
def _lasting(s: Scenario) -> Counts:
    """Elasticity of use in the long run beyond that of the quarter, in 1/32. (G, 1)."""
    return np.maximum(s.goods.long - s.goods.short, 0)
