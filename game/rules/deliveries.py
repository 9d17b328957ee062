"""Deliveries that contracts and charters promise: what is shipped first, and who is served before others when goods
are short (rules.md R4a, R11).

A supply clause is served from all that its giver offers, before the giver's own industry. A queue place, by clause or
by a bloc's charter, counts only when its holder is short: then it takes from what outsiders would have had.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from game.core.clauses import CLAUSES
from game.core.numeric import Array, Counts, pick, total
from game.core.scenario import Scenario
from game.core.world import World
from game.rules import blocs, pacts
from game.rules.kept import reading_of

SUPPLY, PRIORITY, PROCUREMENT = (CLAUSES.at(kind) for kind in ("supply", "priority", "procurement"))
#: Most of what outsiders would have had of a seller that all its queue places together may take (rules.md R4a).
DISPLACED = 0.4
#: Partners in purchases beyond which one more moves the price no further.
MOST_PARTNERS = 3.0
#: Keeps nought over nought out of a share.
TINY = 1e-200


class Supplies(NamedTuple):
    """Supply clauses in force whose giver can sell the good, a row for each clause and world."""

    rows: pacts.Rows
    lane: Counts
    taker_lane: Counts
    """-1 where the taker makes none itself"""


class Promised(NamedTuple):
    """What is shipped under supply clauses this quarter."""

    of: Supplies
    amount: Array
    """(rows,)"""
    by_lane: Array
    """(E, B)"""


@reading_of("clauses.kind", "contracts.status")
def supplies(world: World, s: Scenario) -> Supplies | None:
    """Supply clauses in force; None where there are none."""
    rows = pacts.in_force(world, SUPPLY)
    if rows is None:
        return None
    sold = np.flatnonzero(s.sellers.lane[rows.giver, rows.subject] >= 0)
    rows = pacts.Rows(
        rows.giver[sold], rows.taker[sold], rows.subject[sold], rows.target[sold], rows.quantity[sold],
        rows.price[sold], rows.world[sold], rows.slot[sold], rows.clause[sold],
    )  # fmt: skip
    return Supplies(rows, s.sellers.lane[rows.giver, rows.subject], s.sellers.lane[rows.taker, rows.subject])


def supplied(world: World, s: Scenario, passing: Array, offer: Array, abroad: Array) -> Promised | None:
    """What supply clauses ship; None where there are none.

    A taker takes no more than it orders from abroad, controls let through the share that they let through of all trade,
    and a giver ships no more than it has: where it promised more, each taker gets the same share.

    Parameters
    ----------
    passing : (E, N, B) share of orders that controls let through.
    offer : (E, B) what sellers could part with, at home and abroad.
    abroad : (G, N, B) orders that go abroad.
    """
    of = supplies(world, s)
    if of is None:
        return None
    rows, lane = of.rows, of.lane
    cells, at = (rows.subject, rows.taker, rows.world), (lane, rows.world)
    asked = rows.quantity * filled(abroad[cells], cells, rows.quantity, abroad.shape)
    allowed = asked * passing[lane, rows.taker, rows.world]
    amount = allowed * filled(offer[at], at, allowed, offer.shape)
    by_lane = np.zeros_like(offer)
    np.add.at(by_lane, (lane, rows.world), amount)
    return Promised(of, amount, by_lane)


def filled(have: Array, cells: tuple[Counts, ...], asked: Array, shape: tuple[int, ...]) -> Array:
    """Share of what rows ask of cells of a table that is there, at most 1. (rows,).

    Parameters
    ----------
    have : (rows,) what is in the cell of each row.
    cells : the cells; several rows may ask of one.
    asked : (rows,).
    shape : of the table.
    """
    whole = np.zeros(shape)
    np.add.at(whole, cells, asked)
    share: Array = have / np.maximum(np.maximum(whole[cells], have), TINY)
    return share


def set_aside(promised: Promised, abroad: Array) -> None:
    """Take what is promised out of orders from abroad (G, N, B), in place."""
    rows = promised.of.rows
    cells = rows.subject, rows.taker, rows.world
    np.subtract.at(abroad, cells, promised.amount)
    abroad[cells] = np.maximum(abroad[cells], 0.0)


def add(promised: Promised, flow: Array, received: Array) -> None:
    """Add what is shipped under contract to flows (E, N, B) and to what buyers receive (G, N, B), in place."""
    rows = promised.of.rows
    np.add.at(flow, (promised.of.lane, rows.taker, rows.world), promised.amount)
    np.add.at(received, (rows.subject, rows.taker, rows.world), promised.amount)


def paid(world: World, s: Scenario, promised: Promised) -> Array:
    """What prices off the market's move from takers to givers, USD bn. (N, B)."""
    rows = promised.of.rows
    market = s.goods.price[rows.subject, 0] * world.market.price[0, rows.subject, rows.world]
    extra = promised.amount * market * (rows.price - 1.0)
    money = np.zeros_like(world.state.cash)
    np.add.at(money, (rows.giver, rows.world), extra)
    np.subtract.at(money, (rows.taker, rows.world), extra)
    return money


def met(world: World, s: Scenario) -> Array | None:
    """Share of supply clauses that was shipped this quarter, among all clauses; None where there are none. (J, I, B).

    What a taker did not order need not be shipped.
    """
    of = supplies(world, s)
    if of is None:
        return None
    flow, rows = world.trade.flow, of.rows
    shipped = flow[of.lane, rows.taker, rows.world]
    at_home = np.where(of.taker_lane >= 0, flow[of.taker_lane, rows.taker, rows.world], 0.0)
    due = np.minimum(rows.quantity, world.trade.ordered[rows.taker, rows.subject, rows.world] - at_home)
    # A hundredth short is rounding and haggling, not a breach.
    done = np.where(shipped >= 0.99 * due, 1.0, shipped / np.maximum(due, TINY))
    table = world.clauses.met.copy()
    table[rows.slot, rows.clause, rows.world] = done
    return table


# --- queue places ----------------------------------------------------------------------------------------------------


class Queue(NamedTuple):
    """Who is served first by whom, with how much of what the seller sells abroad."""

    lanes: Counts
    """(q,) sellers that serve somebody first"""
    takers: Counts
    """(n,) places that somebody serves first"""
    share: Array
    """(q, n, B) of the seller's sales abroad"""


@reading_of("clauses.kind", "contracts.status", "blocs.charter", "relations.member")
def queue(world: World, s: Scenario) -> Queue | None:
    """Queue places by clause and by charter; None where there are none."""
    rows, bonds = pacts.in_force(world, PRIORITY), blocs.charter_pairs(world, "priority")
    if rows is None and bonds is None:
        return None
    lane, taker, w, quantity = _places_by_clause(s, rows)
    served, serving = np.zeros(len(s.place_axis), dtype=bool), np.zeros(len(s.sellers.place), dtype=bool)
    served[taker], serving[lane] = True, True
    if bonds is not None:
        pairs = bonds.max(axis=2) > 0.0
        served |= pairs.any(axis=0)
        serving |= pairs.any(axis=1)[s.sellers.place]
    lanes, takers = np.flatnonzero(serving), np.flatnonzero(served)
    if not len(lanes):
        return None  # a charter without members, or sellers that have none to sell
    if bonds is None:
        share = np.zeros((len(lanes), len(takers), world.worlds))
    else:
        share = bonds[s.sellers.place[lanes][:, None], takers]
    np.maximum.at(share, (np.cumsum(serving)[lane] - 1, np.cumsum(served)[taker] - 1, w), quantity)
    return Queue(lanes, takers, share)


def _places_by_clause(s: Scenario, rows: pacts.Rows | None) -> tuple[Counts, Counts, Counts, Array]:
    """Queue places by clause: seller, taker, world, share of what is sold abroad."""
    if rows is None:
        none = np.zeros(0, dtype=np.int64)
        return none, none, none, np.zeros(0)
    lane = s.sellers.lane[rows.giver, rows.subject]
    sold = lane >= 0
    return lane[sold], rows.taker[sold], rows.world[sold], rows.quantity[sold]


def serve_first(
    s: Scenario, places: Queue, passing: Array, abroad: Array, free: Array,
    flow: Array, leaked: Array, received: Array, left: Array,
) -> Array:  # fmt: skip
    """Serve holders of queue places that are short, first from what is left, then in the place of outsiders.

    Changes `flow` and `leaked` (E, N, B) and `received` (G, N, B); returns what sellers have left. (E, B).
    """
    by_good, takers = s.sellers.by_good, places.takers
    short = np.maximum(abroad.take(takers, axis=1) - received.take(takers, axis=1), 0.0)
    lacking = short.reshape(len(short), -1).max(axis=1) > 0.0
    some = np.flatnonzero(lacking[s.sellers.good[places.lanes]] & (free.max(axis=1)[places.lanes] > 0.0))
    lanes = places.lanes[some]
    here = (lanes[:, None] * flow.shape[1] + takers).ravel()
    claim = places.share.take(some, axis=0)
    holds = claim > 0.0
    claim *= free.take(lanes, axis=0)[:, None]
    mine = pick(flow, here).reshape(claim.shape)
    claim -= mine
    np.maximum(claim, 0.0, out=claim)
    claim *= pick(passing, here).reshape(claim.shape)
    claim *= by_good.spread(short / np.maximum(np.maximum(by_good.total_of(lanes, claim), short), TINY), lanes)
    wanted = total(claim, axis=1)
    if not np.count_nonzero(wanted):
        return left
    change = flow.take(lanes, axis=0)
    mine *= holds
    outsiders = np.maximum(total(change, axis=1) - total(mine, axis=1), 0.0)
    spare = np.minimum(left.take(lanes, axis=0), wanted)
    displaced = np.minimum(wanted - spare, DISPLACED * outsiders)
    lost = (displaced / np.maximum(outsiders, TINY))[:, None]
    change *= -lost
    claim *= ((spare + displaced) / np.maximum(wanted, TINY))[:, None]
    # What is not needed any more makes room for what is: large arrays in fresh memory cost more than what is added.
    kept = change.take(takers, axis=1, out=mine, mode="clip")
    np.copyto(kept, claim, where=holds)
    change[:, takers] = kept
    flow[lanes] += change
    received += by_good.total_of(lanes, change)
    fewer = leaked.take(lanes, axis=0, out=change, mode="clip")
    fewer *= lost
    fewer[:, takers] *= ~holds
    leaked[lanes] -= fewer
    left = left.copy()
    left[lanes] -= spare
    return left


# --- buying together -------------------------------------------------------------------------------------------------


@reading_of("clauses.kind", "contracts.status", "blocs.charter", "relations.member")
def pool(world: World) -> Array | None:
    """By how much buying together divides what purchases for stocks move the price; None where nobody does. (N, G, B).

    1 for who buys alone, 1 more for each partner: by a procurement clause for its good, or by the charter of a bloc
    with a joint stock for all of them.
    """
    rows, bonds = pacts.in_force(world, PROCUREMENT), blocs.charter_pairs(world, "stockpile")
    if rows is None and bonds is None:
        return None
    partners = np.zeros(world.goods.made.shape)
    if bonds is not None:
        partners += total(bonds, axis=1)[:, None]
    if rows is not None:
        np.add.at(partners, (rows.giver, rows.subject, rows.world), 1.0)
        np.add.at(partners, (rows.taker, rows.subject, rows.world), 1.0)
    return 1.0 + np.minimum(partners, MOST_PARTNERS)
