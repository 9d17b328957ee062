"""Offers of contracts as arrays, and what the law says of them: who may promise what to whom.

Rows R are offers; the last axis B counts worlds. A row holds one offer in each world.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields
from typing import Any

import numpy as np
from numpy.typing import NDArray

from game.core.clauses import CLAUSE_KINDS, CLAUSES, MOST_CLAUSES
from game.core.names import CLASSES
from game.core.numeric import Array, Counts, total
from game.core.pacts import Middle, Small
from game.core.scenario import Scenario
from game.core.world import World
from game.rules import controls, pacts
from game.rules.tables import Tables

#: Longest contract, and longest share of a place's own that one clause may promise away.
LONGEST = 32
POWER_SHARE, ENGINEER_SHARE, BUDGET_SHARE = 0.25, 0.02, 0.75

REFUSALS = (
    "",
    "a contract needs its sender and at least one other place as parties",
    "only seats sign contracts",
    "a clause binds two different parties of the contract",
    "a quantity or price lies outside what its kind of clause allows",
    "a clause cannot be aimed at a party of the contract",
    "two clauses say the same thing, or contradict one another",
    "it contradicts a clause that is in force",
    "the giver cannot deliver that: it lacks the goods, the money, the know-how or the market",
    "it must run for 1 to 32 quarters",
    "two proposals a round are sent already",
    "signing takes {capital:g} political capital; the sender has less left",
    "escrow exceeds what a party can put up",
    "a contract needs a clause",
    "the table of contracts is full",
    "no such offer is open to this seat in this round",
    "the verifier must be a third place that is no party",
)
(
    FINE, PARTIES, NOT_SEAT, TWO_PARTIES, RANGE, TARGET, CONTRADICTS, IN_FORCE, UNABLE, LENGTH, TWO_SENT, CAPITAL,
    ESCROW, EMPTY, FULL, NOT_OPEN, VERIFIER,
) = range(len(REFUSALS))  # fmt: skip

SUPPLY, PRIORITY, STOCKPILE, MATCH, LICENCE, VENTURE, VISA, POWER, COMPUTE, MONEY, PAYMENT, RESTRAIN, HUB, PLATFORM = (
    CLAUSES.at(kind)
    for kind in (
        "supply", "priority", "stockpile", "match", "licence", "venture", "visa", "power", "compute", "money",
        "payment", "restrain", "hub", "platform",
    )
)  # fmt: skip

_NONE = (0.0, np.inf)
#: (kinds + 1, 4) least and most quantity, least and most price; the last row stands for no clause.
LIMITS = np.array(
    [[*(k.quantity or ("", *_NONE))[1:], *(k.price or ("", *_NONE))[1:]] for k in CLAUSE_KINDS] + [[*_NONE, *_NONE]]
)
AIMED = np.array([k.target for k in CLAUSE_KINDS] + [False])


@dataclass(slots=True)
class Offers:
    """Offers by row and world; written in place while a round of talks is open."""

    open: NDArray[np.bool_]
    """(R, B)"""
    sender: Counts
    """(R,)"""
    party: NDArray[np.bool_]
    """(R, N, B)"""
    quarters: Array
    """(R, B)"""
    escrow: Array
    """(R, B) USD bn by each party"""
    snap_back: NDArray[np.bool_]
    """(R, B)"""
    verifier: Small
    """(R, B) -1 nobody"""
    kind: Small
    """(R, I, B) -1 none"""
    giver: Small
    taker: Small
    subject: Middle
    target: Small
    quantity: Array
    price: Array

    def rows(self, which: Sequence[int]) -> Offers:
        """Some of the rows, copied."""
        return Offers(**{f.name: getattr(self, f.name)[list(which)] for f in fields(self)})


def no_offers(senders: Sequence[int], places: int, worlds: int) -> Offers:
    """Empty rows, one for each sender listed."""
    rows = len(senders)
    clauses = (rows, MOST_CLAUSES, worlds)
    return Offers(
        open=np.zeros((rows, worlds), dtype=bool),
        sender=np.asarray(senders, dtype=np.int64),
        party=np.zeros((rows, places, worlds), dtype=bool),
        quarters=np.zeros((rows, worlds)),
        escrow=np.zeros((rows, worlds)),
        snap_back=np.zeros((rows, worlds), dtype=bool),
        verifier=np.full((rows, worlds), -1, dtype=np.int8),
        kind=np.full(clauses, -1, dtype=np.int8),
        giver=np.zeros(clauses, dtype=np.int8),
        taker=np.zeros(clauses, dtype=np.int8),
        subject=np.full(clauses, -1, dtype=np.int16),
        target=np.full(clauses, -1, dtype=np.int8),
        quantity=np.zeros(clauses),
        price=np.zeros(clauses),
    )


def refusals(world: World, s: Scenario, t: Tables, offers: Offers) -> NDArray[np.int64]:
    """Why each offer may not be sent; 0 where it may. What others can deliver is theirs to say. (R, B)."""
    codes = np.zeros(offers.open.shape, dtype=np.int64)

    def refuse(where: Any, code: int) -> None:
        codes[(codes == FINE) & where] = code

    worlds = np.arange(world.worlds)
    rows = np.arange(len(offers.sender))[:, None]
    some = offers.kind >= 0
    sent = offers.party[rows, offers.sender[:, None], worlds]
    steered = np.zeros(offers.party.shape[1], dtype=bool)
    steered[list(s.places.seats)] = True
    refuse(~some.any(axis=1), EMPTY)
    refuse(~sent | (np.count_nonzero(offers.party, axis=1) < 2), PARTIES)
    refuse((offers.party & ~steered[:, None]).any(axis=1), NOT_SEAT)
    each, slot = rows[:, :, None], worlds[None, None]
    bound = offers.party[each, offers.giver, slot] & offers.party[each, offers.taker, slot]
    refuse((some & (~bound | (offers.giver == offers.taker))).any(axis=1), TWO_PARTIES)
    refuse((some & _out_of_range(offers)).any(axis=1), RANGE)
    aimed_at_party = AIMED[offers.kind] & ((offers.target < 0) | offers.party[each, offers.target, slot])
    refuse((some & aimed_at_party).any(axis=1), TARGET)
    refuse(_contradicts(offers, some), CONTRADICTS)
    refuse(pacts.contradicted(world, offers), IN_FORCE)
    refuse(~((offers.quarters >= 1) & (offers.quarters <= LONGEST)), LENGTH)
    refuse(_verifier_wrong(offers, rows, worlds), VERIFIER)
    for seat in np.unique(offers.sender):
        mine = (offers.sender == seat)[:, None]
        refuse(mine & unable(world, s, t, offers, int(seat)), UNABLE)
        refuse(mine & cannot_put_up(world, s, offers, int(seat)), ESCROW)
    return np.where(offers.open, codes, FINE)


def _out_of_range(offers: Offers) -> NDArray[np.bool_]:
    """Written so that what is no number lies outside. (R, I, B)."""
    low_q, high_q, low_p, high_p = LIMITS[offers.kind].transpose(3, 0, 1, 2)
    quantity, price = offers.quantity, offers.price
    outside: NDArray[np.bool_] = ~(
        (quantity >= low_q) & (quantity <= high_q) & (price >= low_p) & (price <= high_p)
        & np.isfinite(quantity) & np.isfinite(price)
    )  # fmt: skip
    return outside


def _contradicts(offers: Offers, some: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Two clauses of one kind, giver, taker, subject and target; or the same money both ways. (R, B)."""
    found = np.zeros(offers.open.shape, dtype=bool)
    for i in range(1, MOST_CLAUSES):
        if not some[:, i].any():
            continue
        for j in range(i):
            both = some[:, i] & some[:, j] & (offers.kind[:, i] == offers.kind[:, j])
            both &= (offers.subject[:, i] == offers.subject[:, j]) & (offers.target[:, i] == offers.target[:, j])
            same = (offers.giver[:, i] == offers.giver[:, j]) & (offers.taker[:, i] == offers.taker[:, j])
            back = (offers.giver[:, i] == offers.taker[:, j]) & (offers.taker[:, i] == offers.giver[:, j])
            one_way = (offers.kind[:, i] == MONEY) | (offers.kind[:, i] == PAYMENT) | (offers.kind[:, i] == SUPPLY)
            found |= both & (same | (back & one_way))
    return found


def _verifier_wrong(offers: Offers, rows: Counts, worlds: Counts) -> NDArray[np.bool_]:
    named = offers.verifier >= 0
    party: NDArray[np.bool_] = offers.party[rows, offers.verifier, worlds]
    return named & party


def cannot_put_up(world: World, s: Scenario, offers: Offers, seat: int) -> NDArray[np.bool_]:
    """Whether escrow and one-off payments exceed what a seat has, credit included. (R, B)."""
    mine = (offers.kind == PAYMENT) & (offers.giver == seat)
    paid = total(offers.quantity * mine, axis=1)
    at_hand = np.maximum(world.state.cash[seat] + s.places.credit[seat], 0.0)
    asked = np.where(offers.party[:, seat], offers.escrow, 0.0) + paid
    short: NDArray[np.bool_] = ~((offers.escrow >= 0.0) & (asked <= at_hand + 1e-9))
    return short & (offers.party[:, seat] | mine.any(axis=1))


def unable(world: World, s: Scenario, t: Tables, offers: Offers, seat: int) -> NDArray[np.bool_]:
    """Whether a seat would promise what it cannot deliver, what it has promised already included. (R, B)."""
    mine = (offers.giver == seat) & (offers.kind >= 0)
    found = np.zeros(mine.shape, dtype=bool)
    for kind in np.unique(offers.kind[mine]):
        most = _MOST.get(int(kind))
        if most is not None:
            asked = mine & (offers.kind == kind)
            found |= asked & (offers.quantity > most(world, s, t, offers, seat) + 1e-9)
    found |= mine & (offers.kind == LICENCE) & ~_knows_more(world, offers, seat)
    found |= mine & (offers.kind == MATCH) & ~_holds(world, s, offers, seat)
    found |= mine & (offers.kind == VENTURE) & ~_hosted(s, offers)
    result: NDArray[np.bool_] = found.any(axis=1) | (_money_promised(offers, seat) > _purse(world, s, seat))
    return result


def most(world: World, s: Scenario, t: Tables, offers: Offers, seat: int) -> Array:
    """Most that a seat may promise by each of its clauses, earlier promises taken off; inf: no limit. (R, I, B)."""
    limits = np.full(offers.quantity.shape, np.inf)
    for kind in np.unique(offers.kind[offers.kind >= 0]):
        limit = _MOST.get(int(kind))
        if limit is not None:
            at = (offers.kind == kind) & (offers.giver == seat)
            limits[at] = np.broadcast_to(limit(world, s, t, offers, seat), at.shape)[at]
    return limits


def _purse(world: World, s: Scenario, seat: int) -> Array:
    """USD bn a quarter that a seat may still promise: most of its budget, less what it has promised. (B,)."""
    promised = pacts.promised_money(world)[seat]
    return np.maximum(BUDGET_SHARE * s.places.budget[seat] - promised, 0.0) + 1e-9


def _money_promised(offers: Offers, seat: int) -> Array:
    """USD bn a quarter that an offer would bind a seat to pay. (R, B)."""
    pays = (offers.giver == seat) & ((offers.kind == MONEY) | (offers.kind == VENTURE))
    both = (offers.giver == seat) | (offers.taker == seat)
    shared = both & ((offers.kind == HUB) | (offers.kind == PLATFORM))
    return total(np.where(pays | shared, offers.quantity, 0.0), axis=1)


def _goods_left(world: World, s: Scenario, t: Tables, offers: Offers, seat: int) -> Array:
    """Output that is not promised yet, of the good of each clause; nothing where the seat cannot sell it."""
    good = np.maximum(offers.subject, 0)
    worlds = np.arange(world.worlds)
    free = world.goods.made[seat] - pacts.promised(world, SUPPLY)[seat]
    sold = np.where(s.sellers.lane[seat] >= 0, 1.0, 0.0)[:, None] * np.maximum(free, 0.0)
    left: Array = sold[good % len(sold), worlds]
    return left


def _queue_left(world: World, s: Scenario, t: Tables, offers: Offers, seat: int) -> Array:
    good = np.maximum(offers.subject, 0) % len(s.sellers.lane[seat])
    left = 0.4 - pacts.promised(world, PRIORITY)[seat]
    can = np.where(s.sellers.lane[seat] >= 0, 1.0, 0.0)[:, None] * left
    return np.asarray(can[good, np.arange(world.worlds)])


def _stock_left(world: World, s: Scenario, t: Tables, offers: Offers, seat: int) -> Array:
    good = np.maximum(offers.subject, 0) % world.goods.stockpile.shape[1]
    left = world.goods.stockpile[seat] - pacts.promised(world, STOCKPILE)[seat]
    return np.asarray(left[good, np.arange(world.worlds)])


#: Most that a giver may promise by one clause of a kind, what it has promised already taken off. (R, I, B).
_MOST: dict[int, Callable[[World, Scenario, Tables, Offers, int], Array]] = {
    SUPPLY: _goods_left,
    PRIORITY: _queue_left,
    STOCKPILE: _stock_left,
    POWER: lambda world, s, t, offers, seat: POWER_SHARE * world.power.supply[seat],
    COMPUTE: lambda world, s, t, offers, seat: 0.5 * world.compute.running[seat] * (1.0 - world.compute.foreign[seat]),
    VISA: lambda world, s, t, offers, seat: ENGINEER_SHARE * world.people.engineers[seat],
}


def _knows_more(world: World, offers: Offers, seat: int) -> NDArray[np.bool_]:
    track = np.maximum(offers.subject, 0) % world.state.knowhow.shape[1]
    worlds = np.arange(world.worlds)
    more: NDArray[np.bool_] = (
        world.state.knowhow[seat, track, worlds] > world.state.knowhow[offers.taker, track, worlds]
    )
    return more


def _holds(world: World, s: Scenario, offers: Offers, seat: int) -> NDArray[np.bool_]:
    """Whether the seat owns enough of the class to control it (rules.md R9)."""
    held = controls.holdings(world, s)[seat]
    by_class = np.zeros((len(CLASSES), world.worlds))
    for k, goods in enumerate(pacts.CLASS_GOODS):
        if goods:
            by_class[k] = held[list(goods)].max(axis=0)
    wanted = np.maximum(offers.subject, 0) % len(CLASSES)
    enough: NDArray[np.bool_] = by_class[wanted, np.arange(world.worlds)] >= s.parameters.controls.class_share
    return enough


def _hosted(s: Scenario, offers: Offers) -> NDArray[np.bool_]:
    """Whether the line of a venture stands at the taker's place."""
    line = np.maximum(offers.subject, 0) % len(s.lines.place)
    hosted: NDArray[np.bool_] = s.lines.place[line] == offers.taker
    return hosted
