"""Contracts in force: what is promised to whom, how they are signed, kept, broken and run out (game.md section 5).

What each kind of clause does stands with its subject; here it is only read: `in_force(world, kind)` gives rows, and
`strength` the same as pairs of places.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from game.core.clauses import CLAUSES, STATUSES
from game.core.names import CLASS_OF_GOOD, CLASSES, GOODS
from game.core.numeric import Array, Counts, added, clip, counted, entries, nonzero, total
from game.core.scenario import Scenario
from game.core.world import Small, World, replace
from game.rules.kept import constants_of, reading_of
from game.rules.turn import Turn

if TYPE_CHECKING:
    from game.rules.offers import Offers

IN_FORCE, EXPIRED, BROKEN = STATUSES.at("in_force"), STATUSES.at("expired"), STATUSES.at("broken")
MONEY, PAYMENT, VENTURE, HUB, PLATFORM, MATCH, RESTRAIN = (
    CLAUSES.at(k) for k in ("money", "payment", "venture", "hub", "platform", "match", "restrain")
)


def _kinds(*names: str) -> NDArray[np.bool_]:
    """Which kinds of clause these are; the last entry stands for no clause."""
    found = np.zeros(len(CLAUSES) + 1, dtype=bool)
    found[[CLAUSES.at(name) for name in names]] = True
    return found


#: Kinds with a fee that is a sum of money, by who owes it; of these, the fee of some goes by quantity. Rented compute
#: is paid at the market's price, which nobody knows beforehand.
OWED_BY_TAKER, OWED_BY_GIVER, BY_QUANTITY = (
    _kinds("licence", "guarantee", "power"),
    _kinds("visa"),
    _kinds("power", "visa"),
)
#: Goods of each control class, by position.
CLASS_GOODS = tuple(tuple(g for g in range(len(GOODS)) if CLASS_OF_GOOD[g] == k) for k in range(len(CLASSES)))
#: The same as a table. (C, G).
IN_CLASS = np.array([[of == k for of in CLASS_OF_GOOD] for k in range(len(CLASSES))])
#: Trust that the victims of a breach, and everybody else, lose in the breaker; escrow softens neither.
VICTIM_TRUST, WITNESS_TRUST = 0.30, 0.08
#: Trust that parties gain in one another for each quarter in which a contract was kept, and the most it can come to.
KEPT_TRUST, TRUST_BY_KEEPING = 0.006, 0.90
#: Approval that a breach costs at home.
BREACH_APPROVAL = 0.02


class Rows(NamedTuple):
    """Clauses of one kind that are in force, one row for each clause and world, in the order of the table."""

    giver: Counts
    taker: Counts
    subject: Counts
    target: Counts
    quantity: Array
    price: Array
    world: Counts
    slot: Counts
    clause: Counts


@reading_of("clauses.kind", "contracts.status")
def _by_kind(world: World) -> dict[int, Rows]:
    c = world.clauses
    running = (c.kind >= 0) & (world.contracts.status == IN_FORCE)[:, None]
    # Rows of the table one after the other: positions in it are looked up once for all fields.
    cell = running.ravel().nonzero()[0]
    if not len(cell):
        return {}
    kind = c.kind.reshape(-1).take(cell)
    order = np.argsort(kind, kind="stable")
    cell, kind = cell[order], kind[order]
    giver, taker, subject, target = (
        getattr(c, name).reshape(-1).take(cell).astype(np.int64) for name in ("giver", "taker", "subject", "target")
    )
    quantity, price = c.quantity.reshape(-1).take(cell), c.price.reshape(-1).take(cell)
    slot, clause, w = (axis.astype(np.int64, copy=False) for axis in np.unravel_index(cell, running.shape))
    edges = [0, *(nonzero(kind[1:] != kind[:-1]) + 1).tolist(), len(cell)]
    found = {}
    for start, end in pairwise(edges):
        at = slice(start, end)
        found[int(kind[start])] = Rows(
            giver[at], taker[at], subject[at], target[at], quantity[at], price[at], w[at], slot[at], clause[at]
        )
    return found


def in_force(world: World, kind: int) -> Rows | None:
    """Clauses of a kind that bind in this quarter; None when there are none in any world."""
    return _by_kind(world).get(kind)


class Pairs(NamedTuple):
    """Parties bound to one another by a contract in force: each two of each contract once, the first place first."""

    one: Counts
    other: Counts
    slot: Counts
    world: Counts


@reading_of("contracts.party", "contracts.status")
def pairs(world: World) -> Pairs:
    """All of them, parties that follow one another in a contract first."""
    c = world.contracts
    slot, w, place = entries(((c.party > 0) & (c.status == IN_FORCE)[:, None]).swapaxes(1, 2))
    contract = slot * world.worlds + w
    found: list[tuple[Counts, ...]] = []
    # Parties of a contract stand one after the other: the next of each, then the one after that, and so on.
    step, more = 1, len(contract) > 1
    while more:
        same = nonzero(contract[step:] == contract[:-step])
        found.append((place[same], place[same + step], slot[same], w[same]))
        step, more = step + 1, len(same) > 0 and step + 1 < len(contract)
    if not found:
        return Pairs(*(np.zeros(0, dtype=np.int64) for _ in Pairs._fields))
    return Pairs(*(np.concatenate(column) for column in zip(*found, strict=True)))


def strength(world: World, kind: int, amounts: Array | None = None) -> Array | None:
    """Quantities (or `amounts`, one for each row) by giver and taker, added up; None when there are none. (N, N, B)."""
    rows = in_force(world, kind)
    if rows is None:
        return None
    places = len(world.state.cash)
    pairs = np.zeros((places, places, world.worlds))
    np.add.at(pairs, (rows.giver, rows.taker, rows.world), rows.quantity if amounts is None else amounts)
    return pairs


def bound(world: World, kind: int) -> NDArray[np.bool_] | None:
    """Which givers are bound to which takers by a clause of a kind; None when nobody is. (N, N, B)."""
    rows = in_force(world, kind)
    if rows is None:
        return None
    places = len(world.state.cash)
    pairs = np.zeros((places, places, world.worlds), dtype=bool)
    pairs[rows.giver, rows.taker, rows.world] = True
    return pairs


def mutual(pairs: NDArray[np.bool_] | None) -> NDArray[np.bool_] | None:
    """Pairs of a clause that binds both ways."""
    return None if pairs is None else pairs | pairs.swapaxes(0, 1)


@reading_of("clauses.kind", "clauses.quantity", "contracts.status")
def promised(world: World, kind: int) -> Array:
    """What each giver has promised of each good by clauses of a kind, or 0. (N, G, B) ."""
    out = np.zeros(world.goods.made.shape)
    rows = in_force(world, kind)
    if rows is not None:
        np.add.at(out, (rows.giver, rows.subject, rows.world), rows.quantity)
    return out


@reading_of("clauses.kind", "clauses.quantity", "contracts.status")
def promised_money(world: World) -> Array:
    """USD bn a quarter that each place has bound itself to pay. (N, B)."""
    out = np.zeros_like(world.state.cash)
    for kind in (MONEY, VENTURE, HUB, PLATFORM):
        rows = in_force(world, kind)
        if rows is not None:
            np.add.at(out, (rows.giver, rows.world), rows.quantity)
            if kind in (HUB, PLATFORM):
                np.add.at(out, (rows.taker, rows.world), rows.quantity)
    for kind in nonzero(OWED_BY_TAKER | OWED_BY_GIVER).tolist():
        rows = in_force(world, kind)
        if rows is not None:
            payer = rows.giver if OWED_BY_GIVER[kind] else rows.taker
            np.add.at(out, (payer, rows.world), rows.price * (rows.quantity if BY_QUANTITY[kind] else 1.0))
    return out


# --- signing ---------------------------------------------------------------------------------------------------------


def cleared(world: World) -> World:
    """Rows of contracts that ended last quarter are free again."""
    ended = world.contracts.status >= EXPIRED
    if not ended.any():
        return world
    return replace(
        world, contracts=replace(world.contracts, status=np.where(ended, np.int8(0), world.contracts.status))
    )


def signed(world: World, s: Scenario, offers: Offers, agreed: NDArray[np.bool_]) -> tuple[World, NDArray[np.bool_]]:
    """The world with the agreed offers (R, B) signed, and which of them found no free row. (R, B)."""
    full = np.zeros(agreed.shape, dtype=bool)
    if not agreed.any():
        return world, full
    contracts = {name: getattr(world.contracts, name).copy() for name in world.contracts.__dataclass_fields__}
    clauses = {name: getattr(world.clauses, name).copy() for name in world.clauses.__dataclass_fields__}
    cash, capital = world.state.cash.copy(), world.state.capital.copy()
    row, w, slot, number = _free_rows(world, agreed, full)
    _enter(contracts, clauses, offers, row, slot, w, world.quarter)
    contracts["number"][slot, w] = number
    sender = offers.sender[row]
    np.subtract.at(capital, (sender, w), signing_capitals(s)[sender, 0])
    at, party = entries(offers.party[row, :, w])
    np.subtract.at(cash, (party, w[at]), offers.escrow[row[at], w[at]])
    at, i = entries(offers.kind[row, :, w] == PAYMENT)
    cells = row[at], i, w[at]
    np.subtract.at(cash, (offers.giver[cells], w[at]), offers.quantity[cells])
    np.add.at(cash, (offers.taker[cells], w[at]), offers.quantity[cells])
    return (
        replace(
            world,
            contracts=replace(world.contracts, **contracts),
            clauses=replace(world.clauses, **clauses),
            state=replace(world.state, cash=cash, capital=np.maximum(capital, 0.0)),
        ),
        full,
    )


def _free_rows(
    world: World, agreed: NDArray[np.bool_], full: NDArray[np.bool_]
) -> tuple[Counts, Counts, Counts, Array]:
    """Where agreed offers go: row of the offer, world, row of the table, number; world by world, offers in order.

    Offers that find no free row are noted in `full` (R, B).
    """
    w, row = entries(agreed.T)
    free = world.contracts.status == 0
    # How many of the same world come before: positions count up, less where the world begins.
    before = np.arange(len(w)) - np.searchsorted(w, w)
    short = before >= np.count_nonzero(free, axis=0)[w]
    full[row[short], w[short]] = True
    row, w, before = row[~short], w[~short], before[~short]
    order = np.argsort(~free, axis=0, kind="stable")
    number = world.contracts.number.max(axis=0)[w] + before + 1.0
    return row, w, order[before, w], number


def _enter(
    contracts: dict[str, Any], clauses: dict[str, Any], offers: Offers, row: Counts,
    slot: Counts, w: Counts, quarter: int,
) -> None:  # fmt: skip
    """Write offers into free rows, one of each."""
    contracts["status"][slot, w] = IN_FORCE
    contracts["party"][slot, :, w] = offers.party[row, :, w]
    contracts["signed"][slot, w] = quarter
    contracts["until"][slot, w] = quarter + offers.quarters[row, w] - 1.0
    contracts["escrow"][slot, w] = offers.escrow[row, w]
    contracts["snap_back"][slot, w] = offers.snap_back[row, w]
    contracts["verifier"][slot, w] = offers.verifier[row, w]
    contracts["proposer"][slot, w] = offers.sender[row]
    contracts["breaker"][slot, w] = -1
    contracts["cause"][slot, w] = -1
    for name in ("kind", "giver", "taker", "subject", "target", "quantity", "price"):
        clauses[name][slot, :, w] = getattr(offers, name)[row, :, w]
    clauses["met"][slot, :, w] = 1.0


@constants_of
def signing_capitals(s: Scenario) -> Array:
    """`signing_capital` of every place. (N, 1)."""
    return s.parameters.statecraft.signing * np.where(small_economies(s), 0.5, 1.0)


@constants_of
def small_economies(s: Scenario) -> NDArray[np.bool_]:
    """Places whose GDP is a small part of the world's: statecraft costs them half (rules.md R10). (N, 1)."""
    least = s.parameters.statecraft.small_economy * added(s.places.gdp[:, 0])
    return np.asarray(s.places.gdp < least)


def signing_capital(s: Scenario, seat: int) -> float:
    """Political capital that a contract costs its sender when it is signed: half for small economies (R10)."""
    return float(signing_capitals(s)[seat, 0])


# --- keeping and breaking --------------------------------------------------------------------------------------------


def broken(world: World, who: NDArray[np.bool_], cause: Small | int = 0) -> World:
    """The world after places broke contracts, `who` (J, N, B): escrow goes to the others, trust and approval fall.

    `cause` (J, B) is why, as `contracts.cause` counts it.
    """
    c = world.contracts
    by = who & (c.status == IN_FORCE)[:, None] & (c.party > 0)
    ended = by.any(axis=1)
    if not ended.any():
        return world
    party = c.party.astype(np.float64)
    faithful = party * ~by
    breakers = np.maximum(np.count_nonzero(by, axis=1), 1)
    others = np.maximum(total(faithful, axis=1), 1.0)
    # Each faithful party has its own escrow back, and its share of what the breakers put up.
    back = ended * c.escrow
    cash = world.state.cash + total(faithful * (back + back * breakers / others)[:, None])
    lost = total((by * ended[:, None]).astype(np.float64))
    victims = np.zeros_like(world.relations.trust)
    for j, n, w in zip(*entries(by), strict=True):
        victims[n, :, w] = np.maximum(victims[n, :, w], faithful[j, :, w])
    worse = victims * VICTIM_TRUST + (lost > 0)[:, None] * WITNESS_TRUST
    trust = clip(world.relations.trust * (1.0 - worse), 0.02, 1.0)
    itself = np.arange(len(trust))
    trust[itself, itself] = 1.0
    return replace(
        world,
        contracts=replace(
            c,
            status=np.where(ended, np.int8(BROKEN), c.status),
            breaker=np.where(ended, by.argmax(axis=1).astype(np.int8), c.breaker),
            cause=np.where(ended, np.int8(cause) if isinstance(cause, int) else cause, c.cause),
        ),
        relations=replace(world.relations, trust=trust),
        state=replace(world.state, cash=cash, approval=clip(world.state.approval - BREACH_APPROVAL * lost, 0.02, 0.98)),
    )


def pay(world: World, turn: Turn) -> World:
    """Money that contracts promise each quarter changes hands."""
    rows = in_force(world, MONEY)
    if rows is None:
        return world
    cash = world.state.cash.copy()
    np.subtract.at(cash, (rows.giver, rows.world), rows.quantity)
    np.add.at(cash, (rows.taker, rows.world), rows.quantity)
    return replace(world, state=replace(world.state, cash=cash))


def run_out(world: World, turn: Turn) -> World:
    """Contracts kept build trust; those whose time is over end, and escrow returns."""
    c = world.contracts
    running = c.status == IN_FORCE
    if not running.any():
        return world
    trust = _trust_kept(world, turn.scenario.parameters.statecraft.verified)
    over = running & (c.until <= world.quarter)
    if not over.any():
        return replace(world, relations=replace(world.relations, trust=trust))
    cash = world.state.cash + total((c.party > 0) * (over * c.escrow)[:, None])
    return replace(
        world,
        contracts=replace(c, status=np.where(over, np.int8(EXPIRED), c.status)),
        relations=replace(world.relations, trust=trust),
        state=replace(world.state, cash=cash),
    )


def _trust_kept(world: World, verified: float) -> Array:
    """Trust of parties in one another after a quarter in which their contracts were kept. (N, N, B).

    What a third place verifies counts for more, by the share `verified`.
    """
    trust, bound = world.relations.trust, pairs(world)
    weight = np.where(world.contracts.verifier >= 0, 1.0 + verified, 1.0)
    places, worlds = len(trust), world.worlds
    cell = (bound.one * places + bound.other) * worlds + bound.world
    shared = counted(cell, weight[bound.slot, bound.world], trust.shape)
    shared = shared + shared.swapaxes(0, 1)
    cells = np.flatnonzero(shared)
    before, kept = trust.take(cells), shared.take(cells)
    gained = before + KEPT_TRUST * np.minimum(kept, 4.0) * np.maximum(TRUST_BY_KEEPING - before, 0.0) / 0.4
    trust = trust.copy()
    trust.reshape(-1)[cells] = clip(gained, 0.02, 1.0)
    return trust
