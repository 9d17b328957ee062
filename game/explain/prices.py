"""News of prices, and the terms behind a price."""

from __future__ import annotations

import numpy as np

from game.core.names import GOODS
from game.core.scenario import Scenario
from game.core.world import World
from game.explain.dispatch import Dispatch
from game.explain.quarter import Quarter
from game.explain.words import GOOD_NAMES, capitalised
from game.rules import prices
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
