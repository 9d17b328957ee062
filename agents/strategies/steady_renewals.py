"""What steady seats do about contracts that they have: renew what ran out and is still worth it, mend what was refused,
break what has turned against them."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from agents.strategies import Council
from agents.strategies.character import traits_of
from agents.strategies.steady_bundles import MONEY, PAYMENT, Deal, settle
from agents.strategies.steady_themes import LENGTH
from game.core.numeric import Array, Counts, entries, nonzero
from game.core.world import World
from game.rules import law
from game.rules.offers import Offers, no_offers
from game.rules.pacts import IN_FORCE
from game.rules.worth_offers import breach_costs, in_force_worths
from game.rules.worth_stakes import Stakes, stakes

#: Quarters between two looks at the contracts in force.
LOOK = 8
#: Fields of clauses, and what stands in those of none; None: anything.
CLAUSE_FIELDS = {
    "kind": -1, "giver": None, "taker": None, "subject": -1, "target": -1, "quantity": 0.0, "price": 0.0,
}  # fmt: skip


def renewals(
    offers: Offers, k: Stakes, able: NDArray[np.bool_], shunned: NDArray[np.bool_], places: Counts
) -> Deal | None:
    """Enter offers to renew contracts of two parties that ran out last quarter; None where there are none.

    Parameters
    ----------
    offers : two rows for each of `places`; the first of the two is written.
    able : (n, B) seats that may propose.
    shunned : (n, n, B) pairs that make no contracts.
    places : (n,) their positions.
    """
    c, quarter = k.world.contracts, k.world.quarter
    over = (c.status == 0) & (c.number > 0) & (c.until == quarter - 1.0) & (c.breaker < 0)
    if not over.any():
        return None
    at = np.full(k.world.state.cash.shape[0], -1)
    at[places] = np.arange(len(places))
    slot, w = entries(over)
    party = c.party[slot, :, w] > 0
    one, other = at[party.argmax(axis=1)], at[party.shape[1] - 1 - party[:, ::-1].argmax(axis=1)]
    both = (np.count_nonzero(party, axis=1) == 2) & (one >= 0) & (other >= 0)
    slot, w, one, other = slot[both], w[both], one[both], other[both]
    row = proposers(able.copy(), one, other, w, ~shunned[one, other, w])
    some = nonzero(row >= 0)
    if not len(some):
        return None
    slot, w, row, partner = slot[some], w[some], row[some], (one + other - row)[some]
    table = k.world.clauses
    _copy(offers, [getattr(table, name)[slot, :, w] for name in CLAUSE_FIELDS], 2 * row, w)
    return _opened(offers, 2 * row, w, places[row], places[partner])


def proposers(free: NDArray[np.bool_], one: Counts, other: Counts, w: Counts, may: NDArray[np.bool_]) -> Counts:
    """Which of two parties renews each contract; -1 where neither does. (M,).

    A seat makes one such offer a quarter, so that the other makes the second: of those who have many contracts all
    partners would else wait for them. `free`: seats that may propose, (n, B), used up.
    """
    found = np.full(len(w), -1)
    for side in (one, other):
        some = nonzero(may & (found < 0) & free[side, w])
        _, first = np.unique(side[some] * free.shape[1] + w[some], return_index=True)
        some = some[first]
        found[some] = side[some]
        free[side[some], w[some]] = False
    return found


def mended(k: Stakes, refused: Offers, row: Counts, seat: Counts, w: Counts) -> tuple[Offers, Deal, Array]:
    """Offers that those who refused make in their turn: the same clauses, at a price that both gain from."""
    senders, mine = np.unique(seat, return_inverse=True)
    offers = no_offers(senders.tolist(), refused.party.shape[1], k.world.worlds)
    _copy(offers, [getattr(refused, name)[row, :, w] for name in CLAUSE_FIELDS], mine, w)
    deal = _opened(offers, mine, w, seat, refused.sender[row])
    return offers, deal, settle(offers, k, deal)


def _copy(offers: Offers, columns: list[NDArray[np.generic]], row: Counts, w: Counts) -> None:
    """Write the clauses (M, I) that are no money into offers, without gaps."""
    kind = np.asarray(columns[0])
    real = (kind >= 0) & (kind != MONEY) & (kind != PAYMENT)
    cells = np.arange(len(row))[:, None], np.argsort(~real, axis=1, kind="stable")
    kept = real[cells]
    for (name, blank), column in zip(CLAUSE_FIELDS.items(), columns, strict=True):
        moved = np.asarray(column)[cells]
        getattr(offers, name)[row, :, w] = moved if blank is None else np.where(kept, moved, blank)


def _opened(offers: Offers, row: Counts, w: Counts, proposer: Counts, partner: Counts) -> Deal:
    offers.open[row, w] = (offers.kind[row, 0, w] >= 0) & (proposer != partner)
    offers.quarters[row, w] = LENGTH
    offers.party[row, proposer, w] = True
    offers.party[row, partner, w] = True
    some = nonzero(offers.open[row, w])
    return Deal(row[some], w[some], proposer[some], partner[some])


def break_what_hurts(council: Council) -> None:
    """Give notice to contracts that are worth less to a seat, until they end, than a breach would cost it."""
    world = council.desk.world
    slot, w = entries(_looked_at(world))
    if not len(slot):
        return
    k = stakes(world, council.scenario, council.book.tables)
    left = in_force_worths(k, slot, w)
    row_of = np.full(left.shape[1], -1)
    row_of[council.seats] = np.arange(len(council.seats))
    at, seat = entries((left < 0.0) & (row_of >= 0) & (world.contracts.party[slot, :, w] > 0))
    if not len(at):
        return
    slot, w, left = slot[at], w[at], left[at, seat]
    loyal = traits_of(council.players, len(council.seats)).of("loyal")[row_of[seat], 0]
    hurt = nonzero(left < -breach_costs(k, slot, seat, w) * loyal)
    _give_notice(council, row_of[seat[hurt]], slot[hurt], w[hurt])


def _give_notice(council: Council, row: Counts, slot: Counts, w: Counts) -> None:
    """Break contracts for seats, one after the other of each seat in each world. (M,) each."""
    shape = len(council.seats), council.desk.world.worlds
    while len(row):
        first = np.unique(row * shape[1] + w, return_index=True)[1]
        where, slots = np.zeros(shape, dtype=bool), np.zeros(shape, dtype=np.int64)
        where[row[first], w[first]], slots[row[first], w[first]] = True, slot[first]
        council.break_off(slots, where & (council.capital >= law.ORDER_CAPITAL))
        row, slot, w = (np.delete(column, first) for column in (row, slot, w))


def _looked_at(world: World) -> NDArray[np.bool_]:
    """Contracts in force, when it is time to look at them. (J, B)."""
    looks = world.quarter % LOOK == LOOK - 1
    return (world.contracts.status == IN_FORCE) & looks
