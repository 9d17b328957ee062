"""News of prices, and the terms behind a price."""

from __future__ import annotations

import numpy as np

from game.core.names import GATES, GOODS
from game.core.scenario import Scenario
from game.core.world import World
from game.explain.clauses import goods_amount
from game.explain.dispatch import Dispatch
from game.explain.quarter import Quarter
from game.explain.words import GATE_NAMES, GOOD_NAMES, capitalised, in_sentence
from game.rules import bottleneck, prices
from game.rules.tables import Tables

#: A price that moved by more than this in a quarter is news.
PRICE_NEWS = 0.12


def price_news(quarter: Quarter) -> list[Dispatch]:
    """Prices that moved far, with the terms that moved them."""
    news = []
    for g, name in enumerate(GOODS):
        for r, where in enumerate(("outside China", "inside China")):
            now, then = float(quarter.after.market.price[r, g, 0]), float(quarter.before.market.price[r, g, 0])
            if abs(now / then - 1.0) > PRICE_NEWS:
                verb = "rises" if now > then else "falls"
                text = f"{capitalised(GOOD_NAMES[name])} {verb} {abs(now / then - 1):.0%} {where}."
                news.append(
                    quarter.say(
                        "price",
                        text,
                        goods=(name,),
                        reasons=price_terms(quarter.after, quarter.scenario, quarter.tables, name, r),
                    )
                )
    return news


def price_terms(world: World, s: Scenario, t: Tables, good: str, region: int) -> tuple[str, ...]:
    """The terms behind a price, ranked: orders against offers, access, alarm, stocks."""
    g = GOODS.at(good)
    tight = float(prices.tightness_of(world, s, t)[region, g, 0])
    access = float(world.trade.access[region, g, 0])
    alarm = float(world.market.alarm[region, g, 0])
    inside = s.inside
    others = [n for n in range(len(s.place_axis)) if n != inside]
    rows = [inside] if region else others
    wanted = world.goods.wanted[rows, g, 0]
    users = wanted > 1e-6
    cover = (
        float(np.median((world.goods.inventory[rows, g, 0] / np.maximum(wanted, 1e-9))[users])) if users.any() else 0.0
    )
    terms = [
        (abs(tight - 1.0), f"orders are {tight:.0%} of what sellers could ship"),
        (1.0 - access, f"controls let {access:.0%} of orders across the border through"),
        (0.2 * alarm, f"alarm lifts stock targets by {alarm / (1 + alarm / 4):.0%}"),
        (0.02, f"the median buyer holds {cover:.1f} quarters of use"),
    ]
    return tuple(text for size, text in sorted(terms, key=lambda term: -term[0]) if size > 0.01)


def price_account(world: World, s: Scenario, t: Tables, good: str, place: int) -> list[str]:
    """Everything behind a price at a place: the terms ranked, then supply, demand, stock, controls, leaks and gates.

    Raises
    ------
    PaxError
        For a good that there is not.
    """
    g, region = GOODS.at(good), int(place == s.inside)
    now, then = float(world.market.price[region, g, 0]), float(world.market.previous[region, g, 0])
    other = float(world.market.price[1 - region, g, 0])
    where = in_sentence(s.texts.names[s.inside])
    home = f"inside {where}" if region else f"outside {where}"
    return [
        f"the price of {GOOD_NAMES[good]} {home} is {now:.2f} of the opening's outside price, {now / then - 1.0:+.1%} "
        f"in the quarter; {'outside' if region else 'inside'} {other:.2f}",
        *(f"  {term}" for term in price_terms(world, s, t, good, region)),
        *(f"  {line}" for line in _at_place(world, s, good, place)),
        f"  {_gate_words(world, s, place)}",
    ]


def _at_place(world: World, s: Scenario, good: str, place: int) -> list[str]:
    """Supply, demand, stock, controls and leaks of a good at a place, in units a quarter."""
    g, goods, trade = GOODS.at(good), world.goods, world.trade
    name = in_sentence(s.texts.names[place])

    def amount(value: float) -> str:
        return goods_amount(good, value)

    made, world_made = float(goods.made[place, g, 0]), float(goods.made[:, g, 0].sum())
    got, wanted = float(trade.received[place, g, 0]), float(goods.wanted[place, g, 0])
    sellers = np.flatnonzero(s.sellers.good == g)
    flow, blocked, leaked = (array[sellers, place, 0] for array in (trade.flow, trade.blocked, trade.leaked))
    unsold = float(trade.unsold[sellers, 0].sum())
    ranked = sorted(zip(flow.tolist(), sellers.tolist(), strict=True), reverse=True)
    whom = [f"{s.place_axis.names[int(s.sellers.place[e])]} {amount(f)}" for f, e in ranked[:3] if f > 0.0]
    short = float(goods.scarce[place, g, 0])
    held = float(goods.inventory[place, g, 0])
    return [
        f"supply: {name} makes {amount(made)} of the world's {amount(world_made)}; {amount(unsold)} found no buyer",
        f"demand: it wants {amount(wanted)} and received {amount(got)}{', from ' if whom else ''}{', '.join(whom)}; "
        f"{short:.0%} of need is unmet"
        if wanted > 0.0
        else "demand: nobody there works with it",
        f"stock: industry holds {amount(held)}, {held / max(wanted, 1e-9):.1f} quarters; the nation "
        f"{amount(float(goods.stockpile[place, g, 0]))}",
        f"controls: {amount(float(blocked.sum()))} of its orders were refused; {amount(float(leaked.sum()))} leaked "
        "to it round controls",
    ]


def _gate_words(world: World, s: Scenario, place: int) -> str:
    """Which gate binds at a place, and which binds the world."""
    gate, most = int(bottleneck.binding(world)[place, 0]), int(bottleneck.world_gate(world)[0])
    here = "no gate binds here" if gate == bottleneck.NONE else f"{GATE_NAMES[GATES.names[gate]]} binds here first"
    if most == bottleneck.NONE:
        return f"gates: {here}; none holds the world back"
    relief = float(world.standing.relief[most, 0])
    return f"gates: {here}; {GATE_NAMES[GATES.names[most]]} holds the world back most ({relief:,.0f} thousand H100e)"
