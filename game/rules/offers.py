"""Offers of contracts as arrays, and what the law says of them: who may promise what to whom.

Rows R are offers; the last axis B counts worlds. A row holds one offer in each world.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from game.core.clauses import CLAUSE_KINDS, CLAUSES, MOST_CLAUSES
from game.core.numeric import Array, Counts, entries, nonzero
from game.core.pacts import Middle, Small
from game.core.scenario import Scenario
from game.core.world import World
from game.rules import able, pledges
from game.rules.kept import constants_of
from game.rules.repeats import repeated
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
    "the same is promised already, beyond the next quarter",
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
    FINE, PARTIES, NOT_SEAT, TWO_PARTIES, RANGE, TARGET, CONTRADICTS, IN_FORCE, PROMISED, UNABLE, LENGTH, TWO_SENT,
    CAPITAL, ESCROW, EMPTY, FULL, NOT_OPEN, VERIFIER,
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
    # Arrays of one type are laid out together: a game of one world spends its time in calls.
    flags, amounts = np.zeros((2, rows, worlds), dtype=bool), np.zeros((2, rows, worlds))
    blank, nobody = np.empty((2, *clauses), dtype=np.int8), np.zeros((2, *clauses), dtype=np.int8)
    subject, verifier = np.empty(clauses, dtype=np.int16), np.empty((rows, worlds), dtype=np.int8)
    for unsaid in (blank, subject, verifier):
        unsaid.fill(-1)
    values = np.zeros((2, *clauses))
    return Offers(
        open=flags[0], sender=np.asarray(senders, dtype=np.int64),
        party=np.zeros((rows, places, worlds), dtype=bool), quarters=amounts[0], escrow=amounts[1],
        snap_back=flags[1], verifier=verifier, kind=blank[0], giver=nobody[0], taker=nobody[1], subject=subject,
        target=blank[1], quantity=values[0], price=values[1],
    )  # fmt: skip


class Drafts(NamedTuple):
    """Open offers one by one, each in its world: clauses (M, I), parties (M, N)."""

    row: Counts
    world: Counts
    sender: Counts
    party: NDArray[np.bool_]
    kind: Small
    giver: Small
    taker: Small
    subject: Middle
    target: Small
    quantity: Array
    price: Array


def drafts(offers: Offers) -> Drafts:
    """The open offers."""
    row, w = entries(offers.open)
    clauses = (getattr(offers, name)[row, :, w] for name in Drafts._fields[4:])
    return Drafts(row, w, offers.sender[row], offers.party[row, :, w], *clauses)


def refusals(world: World, s: Scenario, t: Tables, offers: Offers) -> NDArray[np.int64]:
    """Why each offer may not be sent; 0 where it may. What others can deliver is theirs to say. (R, B)."""
    codes, d = np.zeros(offers.open.shape, dtype=np.int64), drafts(offers)
    if not len(d.row):
        return codes
    found = np.zeros(len(d.row), dtype=np.int64)
    # What is told of several faults is the first in this order.
    for wrong, code in reversed(_faults(world, s, offers, d)):
        found[wrong] = code
    fine = nonzero(found == FINE)
    for lacks, code in ((able.short_of_cash, ESCROW), (able.unable, UNABLE)):
        found[fine[lacks(world, s, offers, d.row[fine], d.sender[fine], d.world[fine])]] = code
    codes[d.row, d.world] = found
    return codes


def _faults(world: World, s: Scenario, offers: Offers, d: Drafts) -> tuple[tuple[Any, int], ...]:
    """What is wrong with offers as they are written, and what it is called. (M,) each."""
    some, each = d.kind >= 0, np.arange(len(d.row))[:, None]
    bound = d.party[each, d.giver] & d.party[each, d.taker]
    aimed_at_party = AIMED[d.kind] & ((d.target < 0) | d.party[each, d.target])
    quarters, verifier = offers.quarters[d.row, d.world], offers.verifier[d.row, d.world]
    return (
        (~some.any(axis=1), EMPTY),
        (~d.party[each[:, 0], d.sender] | (np.count_nonzero(d.party, axis=1) < 2), PARTIES),
        ((d.party & ~_steered(s)).any(axis=1), NOT_SEAT),
        ((some & (~bound | (d.giver == d.taker))).any(axis=1), TWO_PARTIES),
        ((some & _out_of_range(d)).any(axis=1), RANGE),
        ((some & aimed_at_party).any(axis=1), TARGET),
        (_contradicts(d, some), CONTRADICTS),
        (pledges.contradicted(world, s, d), IN_FORCE),
        (repeated(world, d), PROMISED),
        (~((quarters >= 1) & (quarters <= LONGEST)), LENGTH),
        ((verifier >= 0) & d.party[each[:, 0], verifier], VERIFIER),
    )


@constants_of
def _steered(s: Scenario) -> NDArray[np.bool_]:
    """Places that are seats. (N,)."""
    steered = np.zeros(len(s.place_axis), dtype=bool)
    steered[list(s.places.seats)] = True
    return steered


def _out_of_range(d: Drafts) -> NDArray[np.bool_]:
    """Written so that what is no number lies outside. (M, I)."""
    limits, quantity, price = LIMITS[d.kind], d.quantity, d.price
    outside: NDArray[np.bool_] = ~(
        (quantity >= limits[..., 0]) & (quantity <= limits[..., 1])
        & (price >= limits[..., 2]) & (price <= limits[..., 3])
        & np.isfinite(quantity) & np.isfinite(price)
    )  # fmt: skip
    return outside


def _contradicts(d: Drafts, some: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Two clauses of one kind, giver, taker, subject and target; or the same money both ways. (M,)."""
    found = np.zeros(len(d.row), dtype=bool)
    if not some[:, 1:].any():
        return found
    about = (d.kind * np.int64(1 << 16) + d.subject) * np.int64(1 << 8) + d.target
    there, back = d.giver * np.int64(1 << 8) + d.taker, d.taker * np.int64(1 << 8) + d.giver
    one_way = ONE_WAY[d.kind]
    for i in range(1, MOST_CLAUSES):
        if not some[:, i].any():
            continue
        for j in range(i):
            both = some[:, i] & some[:, j] & (about[:, i] == about[:, j])
            found |= both & ((there[:, i] == there[:, j]) | ((there[:, i] == back[:, j]) & one_way[:, i]))
    return found


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
    at = entries((offers.kind >= 0) & (offers.giver == seat))
    limits[at] = able.most(world, s, able.promises(offers, *at))
    return limits
