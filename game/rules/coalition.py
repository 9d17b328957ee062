"""Who makes a control bite: what its owner stops alone, what others would fill, and what it takes to have them join.

A ban by one seller is filled from what others have left, as far as controls let them sell (rules.md R5). Each place
that joins stops its own sales too and fills nothing; what it wants for that is what a clause to match costs it.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from game.core.clauses import CLAUSES
from game.core.numeric import Array, ratio, total
from game.core.scenario import Scenario
from game.core.world import World
from game.rules import pacts, worth
from game.rules.backfill import OPEN
from game.rules.tables import Tables
from game.rules.worth_cells import Rows
from game.rules.worth_stakes import Stakes, stakes

MATCH = CLAUSES.at("match")
#: Quarters for which joining is reckoned.
LENGTH = 8.0


class Market(NamedTuple):
    """Sales of the goods of a class to a place, by good and seller; (goods, N, B) unless said, USD bn a quarter."""

    sold: Array
    """last quarter, orders that controls refused included"""
    spare: Array
    """what sellers open to the place have left"""
    need: Array
    """(B,) all that the place received, its own included"""


class Coalition(NamedTuple):
    """A control of a class on one target, USD bn a quarter unless said."""

    need: Array
    """(B,) what the target uses of the class"""
    alone: Array
    """(B,) share of it that the owner stops for good if nobody joins"""
    joined: Array
    """(N, B) the same if that place joins the owner"""
    everybody: Array
    """(B,) the same if all sellers join"""
    earned: Array
    """(N, B) what each would sell in the owner's place if nobody joins"""
    wants: Array
    """(N, B) points that a clause to match is worth to each: below nought it wants something in return"""
    price: Array
    """(N, B) money each quarter that would make up for it"""


def market(world: World, s: Scenario, control_class: int, target: int) -> Market:
    """Who sells goods of a class to a place, and who could sell more."""
    goods, trade, sellers = list(pacts.CLASS_GOODS[control_class]), world.trade, s.sellers
    shape = (len(goods), len(s.place_axis), world.worlds)
    sold, spare, need = np.zeros(shape), np.zeros(shape), np.zeros(world.worlds)
    for row, good in enumerate(goods):
        lanes = np.flatnonzero(sellers.good == good)
        price = s.goods.price[good, 0] * world.market.price[0, good]
        place = sellers.place[lanes]
        sold[row, place] = (trade.flow[lanes, target] + trade.blocked[lanes, target]) * price
        spare[row, place] = trade.unsold[lanes] * (trade.passes[lanes, target] >= OPEN) * price
        need += np.maximum(trade.received[target, good], 1e-12) * price
    sold[:, target], spare[:, target] = 0.0, 0.0
    return Market(sold, spare, need)


def stopped(known: Market, members: Array) -> Array:
    """Share of a place's use that members (N, B), 0 or 1, keep from it when others sell what they have left. (B,)."""
    lost = total(np.ascontiguousarray((known.sold * members).swapaxes(0, 1)))
    spare = total(np.ascontiguousarray((known.spare * (1.0 - members)).swapaxes(0, 1)))
    return np.minimum(ratio(total(np.maximum(lost - spare, 0.0)), known.need), 1.0)


def coalition(
    world: World, s: Scenario, t: Tables, owner: int, control_class: int, target: int, level: int
) -> Coalition:
    """What a control would do, alone and with partners, and what partners would want. See `Coalition`."""
    known = market(world, s, control_class, target)
    places = len(s.place_axis)
    alone = np.zeros((places, world.worlds))
    alone[owner] = 1.0
    joined = np.empty(alone.shape)
    for place in range(places):
        members = alone.copy()
        members[place] = 1.0
        joined[place] = stopped(known, members)
    wants = matching(planned(stakes(world, s, t), owner, control_class, target, level), owner, control_class, target)
    k = stakes(world, s, t)
    return Coalition(
        need=known.need,
        alone=stopped(known, alone),
        joined=joined,
        everybody=stopped(known, np.ones(alone.shape)),
        earned=earned(known, owner),
        wants=wants,
        price=np.maximum(-wants, 0.0) / (k.money * k.spans[int(LENGTH)]),
    )


def earned(known: Market, owner: int) -> Array:
    """What each seller would sell in the owner's place if nobody joined it. (N, B)."""
    spare = known.spare.copy()
    spare[:, owner] = 0.0
    whole = total(np.ascontiguousarray(spare.swapaxes(0, 1)))
    taken = np.minimum(known.sold[:, owner], whole)
    return total(spare * ratio(taken, whole)[:, None])


def planned(k: Stakes, owner: int, control_class: int, target: int, level: int) -> Stakes:
    """The same worths as if the owner's control were in force."""
    then = Stakes(k.world, k.scenario, k.tables)
    levels = k.levels.copy()
    levels[owner, control_class, target] = np.maximum(levels[owner, control_class, target], np.int8(level))
    then.levels = levels
    return then


def matching(k: Stakes, owner: int, control_class: int, target: int) -> Array:
    """What it is worth to each place to match the owner's control on a class. Points, (N, B)."""
    shape = k.world.state.cash.shape
    place, w = (axis.ravel() for axis in np.indices(shape))
    many = len(place)
    length, nothing = np.full(many, LENGTH), np.zeros(many)
    rows = Rows(
        place, np.full(many, owner), np.full(many, control_class), np.full(many, target), nothing, nothing, length,
        k.span(length), w,
    )  # fmt: skip
    giver, _ = worth.worths(k, MATCH, rows, worth.faith(k, rows), standing=False)
    found: Array = giver.reshape(shape)
    found[[owner, target]] = 0.0
    return found


def blocking(
    world: World, s: Scenario, control_class: int, target: int, owner: int, goal: float, w: int = 0
) -> tuple[tuple[int, ...], float]:
    """The partners, the most useful first, with whom a ban stops a share `goal` of the target's use, in one world; and
    the share that they stop together. Fewer than that if even all of them stop less."""
    known = market(world, s, control_class, target)
    members = np.zeros((len(s.place_axis), world.worlds))
    members[owner] = 1.0
    found: list[int] = []
    share = float(stopped(known, members)[w])
    while share < goal:
        gains = {n: _with(known, members, n, w) for n in range(len(members)) if not members[n, w] and n != target}
        best = max(gains, key=lambda n: (gains[n], -n), default=None)
        if best is None or gains[best] <= share + 1e-9:
            break
        members[best], share = 1.0, gains[best]
        found.append(best)
    return tuple(found), share


def _with(known: Market, members: Array, place: int, w: int) -> float:
    more = members.copy()
    more[place] = 1.0
    return float(stopped(known, more)[w])
