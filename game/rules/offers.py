"""Offers of contracts as arrays, and what the law says of them: who may promise what to whom.

Rows R are offers; the last axis B counts worlds. A row holds one offer in each world.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import Any

import numpy as np
from numpy.typing import NDArray

from game.core.clauses import CLAUSE_KINDS, CLAUSES, MOST_CLAUSES
from game.core.numeric import Array, Counts
from game.core.pacts import Middle, Small
from game.core.scenario import Scenario
from game.core.world import World
from game.rules import able, pledges
from game.rules.tables import Tables

#: Longest contract.
LONGEST = 32

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

_NONE = (0.0, np.inf)
#: (kinds + 1, 4) least and most quantity, least and most price; the last row stands for no clause.
LIMITS = np.array(
    [[*(k.quantity or ("", *_NONE))[1:], *(k.price or ("", *_NONE))[1:]] for k in CLAUSE_KINDS] + [[*_NONE, *_NONE]]
)
AIMED = np.array([k.target for k in CLAUSE_KINDS] + [False])
#: Kinds of which a contract may not hold the same both ways.
ONE_WAY = np.isin(np.arange(len(CLAUSES) + 1), [CLAUSES.at(kind) for kind in ("money", "payment", "supply")])


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
    refuse(pledges.contradicted(world, s, offers), IN_FORCE)
    refuse(~((offers.quarters >= 1) & (offers.quarters <= LONGEST)), LENGTH)
    refuse(_verifier_wrong(offers, rows, worlds), VERIFIER)
    row, w = np.nonzero(offers.open & (codes == FINE))
    sender = offers.sender[row]
    for found, code in ((able.unable, UNABLE), (able.short_of_cash, ESCROW)):
        bad = found(world, s, offers, row, sender, w)
        refused = np.zeros(codes.shape, dtype=bool)
        refused[row[bad], w[bad]] = True
        refuse(refused, code)
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
    if not some[:, 1:].any():
        return found
    about = (offers.kind * np.int64(1 << 16) + offers.subject) * np.int64(1 << 8) + offers.target
    there, back = (one * np.int64(1 << 8) + other for one, other in _both_ways(offers))
    one_way = ONE_WAY[offers.kind]
    for i in range(1, MOST_CLAUSES):
        if not some[:, i].any():
            continue
        for j in range(i):
            both = some[:, i] & some[:, j] & (about[:, i] == about[:, j])
            found |= both & ((there[:, i] == there[:, j]) | ((there[:, i] == back[:, j]) & one_way[:, i]))
    return found


def _both_ways(offers: Offers) -> tuple[tuple[Counts, Counts], tuple[Counts, Counts]]:
    giver, taker = offers.giver.astype(np.int64), offers.taker.astype(np.int64)
    return (giver, taker), (taker, giver)


def _verifier_wrong(offers: Offers, rows: Counts, worlds: Counts) -> NDArray[np.bool_]:
    named = offers.verifier >= 0
    party: NDArray[np.bool_] = offers.party[rows, offers.verifier, worlds]
    return named & party


def cannot_put_up(world: World, s: Scenario, offers: Offers, seat: int) -> NDArray[np.bool_]:
    """Whether escrow and one-off payments exceed what a seat has, credit included. (R, B)."""
    return able.short_of_cash(world, s, offers, *_everywhere(offers, seat)).reshape(offers.open.shape)


def unable(world: World, s: Scenario, t: Tables, offers: Offers, seat: int) -> NDArray[np.bool_]:
    """Whether a seat would promise what it cannot deliver, what it has promised already included. (R, B)."""
    return able.unable(world, s, offers, *_everywhere(offers, seat)).reshape(offers.open.shape)


def _everywhere(offers: Offers, seat: int) -> tuple[Counts, Counts, Counts]:
    """Each row in each world, for one seat."""
    row, w = (axis.ravel() for axis in np.indices(offers.open.shape))
    return row, np.full(len(row), seat), w


def most(world: World, s: Scenario, t: Tables, offers: Offers, seat: int) -> Array:
    """Most that a seat may promise by each of its clauses, earlier promises taken off; inf: no limit. (R, I, B)."""
    limits = np.full(offers.quantity.shape, np.inf)
    at = np.nonzero((offers.kind >= 0) & (offers.giver == seat))
    limits[at] = able.most(world, s, able.promises(offers, *at))
    return limits
