"""What a seat can deliver, and so may promise: clauses one by one, what it has promised already taken off."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from game.core.clauses import CLAUSES
from game.core.names import CLASSES
from game.core.numeric import Array, Counts, entries, nonzero
from game.core.scenario import Scenario
from game.core.world import World
from game.rules import controls, pacts

if TYPE_CHECKING:
    from game.rules.offers import Offers

SUPPLY, PRIORITY, STOCKPILE, MATCH, LICENCE, VENTURE, VISA, POWER, COMPUTE, MONEY, PAYMENT, HUB, PLATFORM = (
    CLAUSES.at(kind)
    for kind in (
        "supply", "priority", "stockpile", "match", "licence", "venture", "visa", "power", "compute", "money",
        "payment", "hub", "platform",
    )
)  # fmt: skip
#: Longest share of a place's own that one clause may promise away.
POWER_SHARE, ENGINEER_SHARE, BUDGET_SHARE, QUEUE_SHARE = 0.25, 0.02, 0.75, 0.4
#: Kinds that bind their giver, and both sides, to pay each quarter; the last entry stands for no clause.
_PAYS = np.zeros(len(CLAUSES) + 1, dtype=bool)
_PAYS[[MONEY, VENTURE]] = True
_SHARED = np.zeros(len(CLAUSES) + 1, dtype=bool)
_SHARED[[HUB, PLATFORM]] = True
#: Rounding that nobody is held to.
SLACK = 1e-9


class Promises(NamedTuple):
    """Clauses that bind a seat; (M,)."""

    kind: NDArray[Any]
    giver: Counts
    taker: Counts
    subject: Counts
    quantity: Array
    world: Counts

    def some(self, which: Counts) -> Promises:
        """Those at the positions `which`."""
        return Promises(
            self.kind[which], self.giver[which], self.taker[which], self.subject[which], self.quantity[which],
            self.world[which],
        )  # fmt: skip


Limit = Callable[[World, Scenario, Promises], Array]
Holds = Callable[[World, Scenario, Promises], NDArray[np.bool_]]


def unable(world: World, s: Scenario, offers: Offers, row: Counts, seat: Counts, w: Counts) -> NDArray[np.bool_]:
    """Whether seats would promise by offers what they cannot deliver: an offer's row, a seat and a world each. (K,)."""
    kind, giver = offers.kind[row, :, w], offers.giver[row, :, w]
    mine = (kind >= 0) & (giver == seat[:, None])
    found = _overdrawn(world, s, offers, row, seat, w, mine)
    k, i = entries(mine)
    bad = lacking(world, s, promises(offers, row[k], i, w[k]))
    found[k[bad]] = True
    return found


def promises(offers: Offers, row: Counts, clause: Counts, w: Counts) -> Promises:
    """The clauses of offers at some cells."""
    at = row, clause, w
    return Promises(
        offers.kind[at], offers.giver[at].astype(np.int64), offers.taker[at].astype(np.int64),
        np.maximum(offers.subject[at], 0).astype(np.int64), offers.quantity[at], w,
    )  # fmt: skip


def lacking(world: World, s: Scenario, p: Promises) -> NDArray[np.bool_]:
    """Which clauses promise more than their giver can deliver. (M,)."""
    found = np.zeros(len(p.kind), dtype=bool)
    for kind in np.unique(p.kind).tolist():
        limit, holds = MOST.get(kind), NEEDED.get(kind)
        if limit is None and holds is None:
            continue
        at = nonzero(p.kind == kind)
        some = p.some(at)
        if limit is not None:
            found[at] = some.quantity > limit(world, s, some) + SLACK
        if holds is not None:
            found[at] |= ~holds(world, s, some)
    return found


def most(world: World, s: Scenario, p: Promises) -> Array:
    """Most that the givers may promise by each clause; inf where there is no limit. (M,)."""
    limits = np.full(len(p.kind), np.inf)
    for kind in np.unique(p.kind).tolist():
        limit = MOST.get(kind)
        if limit is not None:
            at = nonzero(p.kind == kind)
            limits[at] = limit(world, s, p.some(at))
    return limits


def short_of_cash(world: World, s: Scenario, offers: Offers, row: Counts, seat: Counts, w: Counts) -> NDArray[np.bool_]:
    """Whether escrow and one-off payments exceed what seats have, credit included. (K,)."""
    kind, giver = offers.kind[row, :, w], offers.giver[row, :, w]
    mine = (kind == PAYMENT) & (giver == seat[:, None])
    party, escrow = offers.party[row, seat, w], offers.escrow[row, w]
    asked = np.where(party, escrow, 0.0) + _added(np.where(mine, offers.quantity[row, :, w], 0.0))
    at_hand = np.maximum(world.state.cash[seat, w] + s.places.credit[seat, 0], 0.0)
    short: NDArray[np.bool_] = ~((escrow >= 0.0) & (asked <= at_hand + SLACK))
    return short & (party | mine.any(axis=1))


def _overdrawn(
    world: World, s: Scenario, offers: Offers, row: Counts, seat: Counts, w: Counts, mine: NDArray[np.bool_]
) -> NDArray[np.bool_]:
    """Whether offers bind seats to pay more each quarter than most of their budgets, with earlier promises. (K,)."""
    kind = offers.kind[row, :, w]
    taken = (kind >= 0) & (offers.taker[row, :, w] == seat[:, None])
    pays = (_PAYS[kind] & mine) | (_SHARED[kind] & (mine | taken))
    owed = pacts.OWED_BY_TAKER[kind] & taken | pacts.OWED_BY_GIVER[kind] & mine
    if not (pays.any() or owed.any()):
        return np.zeros(len(row), dtype=bool)
    quantity, price = offers.quantity[row, :, w], offers.price[row, :, w]
    fees = price * np.where(pacts.BY_QUANTITY[kind], quantity, 1.0)
    asked = _added(np.where(pays, quantity, 0.0) + np.where(owed, fees, 0.0))
    promised = pacts.promised_money(world)[seat, w]
    left = np.maximum(BUDGET_SHARE * s.places.budget[seat, 0] - promised, 0.0)
    over: NDArray[np.bool_] = asked > left + SLACK
    return over


def _added(amounts: Array) -> Array:
    """Sum over clauses, in their order. (K, I) -> (K,)."""
    whole = amounts[:, 0]
    for i in range(1, amounts.shape[1]):
        whole = whole + amounts[:, i]
    return whole


def _sells(s: Scenario, p: Promises) -> NDArray[np.bool_]:
    lanes = s.sellers.lane
    sold: NDArray[np.bool_] = lanes[p.giver, p.subject % lanes.shape[1]] >= 0
    return sold


def _goods_left(world: World, s: Scenario, p: Promises) -> Array:
    """Output that is not promised yet; nothing where the seat cannot sell it."""
    at = p.giver, p.subject % world.goods.made.shape[1], p.world
    free = np.maximum(world.goods.made[at] - pacts.promised(world, SUPPLY)[at], 0.0)
    return np.where(_sells(s, p), free, 0.0)


def _queue_left(world: World, s: Scenario, p: Promises) -> Array:
    at = p.giver, p.subject % world.goods.made.shape[1], p.world
    return np.where(_sells(s, p), QUEUE_SHARE - pacts.promised(world, PRIORITY)[at], 0.0)


def _stock_left(world: World, s: Scenario, p: Promises) -> Array:
    at = p.giver, p.subject % world.goods.made.shape[1], p.world
    return np.asarray(world.goods.stockpile[at] - pacts.promised(world, STOCKPILE)[at])


def _compute_left(world: World, s: Scenario, p: Promises) -> Array:
    at = p.giver, p.world
    return np.asarray(0.5 * world.compute.running[at] * (1.0 - world.compute.foreign[at]))


#: Most that a giver may promise by one clause of a kind, what it has promised already taken off.
MOST: dict[int, Limit] = {
    SUPPLY: _goods_left,
    PRIORITY: _queue_left,
    STOCKPILE: _stock_left,
    POWER: lambda world, s, p: POWER_SHARE * world.power.supply[p.giver, p.world],
    COMPUTE: _compute_left,
    VISA: lambda world, s, p: ENGINEER_SHARE * world.people.engineers[p.giver, p.world],
}


def _knows_more(world: World, s: Scenario, p: Promises) -> NDArray[np.bool_]:
    known = world.state.knowhow
    track = p.subject % known.shape[1]
    more: NDArray[np.bool_] = known[p.giver, track, p.world] > known[p.taker, track, p.world]
    return more


def _holds(world: World, s: Scenario, p: Promises) -> NDArray[np.bool_]:
    """Whether the giver owns enough of the class to control it (rules.md R9)."""
    held = controls.holdings(world, s)
    best = np.zeros(len(p.kind))
    for k in np.unique(p.subject % len(CLASSES)).tolist():
        goods = pacts.CLASS_GOODS[k]
        at = nonzero(p.subject % len(CLASSES) == k)
        if goods:
            best[at] = held[p.giver[at][:, None], np.array(goods)[None], p.world[at][:, None]].max(axis=1)
    enough: NDArray[np.bool_] = best >= s.parameters.controls.class_share
    return enough


def _hosted(world: World, s: Scenario, p: Promises) -> NDArray[np.bool_]:
    """Whether the line of a venture stands at the taker's place."""
    hosted: NDArray[np.bool_] = s.lines.place[p.subject % len(s.lines.place)] == p.taker
    return hosted


#: What a giver needs for a clause of a kind.
NEEDED: dict[int, Holds] = {LICENCE: _knows_more, MATCH: _holds, VENTURE: _hosted}
