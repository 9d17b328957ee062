"""What clauses cost beyond plain money: fees for licences, fuel, rented compute, engineers, guarantees, verifying.

They are due on what was really delivered (`clauses.met`), at the end of the quarter. Who earns them counts part of them
with its rents; who pays has spent them.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from game.core.clauses import CLAUSES
from game.core.names import GOODS
from game.core.numeric import Array, Counts, counted, entries, total
from game.core.scenario import Scenario
from game.core.world import World, replace
from game.rules.kept import reading_of
from game.rules.pacts import IN_FORCE, Rows, in_force, small_economies
from game.rules.turn import Turn

CLOUD = GOODS.at("cloud")
#: Part of a fee that counts as income of the chain: as much as prosperity takes off for public spending by who pays it.
EARNED = 0.1


def with_met(world: World, rows: Rows, share: Array) -> World:
    """The world with the share of rows that was delivered on record."""
    known = world.clauses.met.copy()
    known[rows.slot, rows.clause, rows.world] = share
    return replace(world, clauses=replace(world.clauses, met=known))


def spent(world: World, money: Array) -> World:
    """The world after places spent public money (N, B) on what they promised."""
    state = world.state
    return replace(world, state=replace(state, cash=state.cash - money, spending=state.spending + money))


#: Clauses with a fee: whether the giver pays it, whether it goes by quantity, and whether by the price of the cloud.
FEES: dict[int, tuple[bool, bool, bool]] = {
    CLAUSES.at("licence"): (False, False, False),
    CLAUSES.at("guarantee"): (False, False, False),
    CLAUSES.at("power"): (False, True, False),
    CLAUSES.at("compute"): (False, True, True),
    CLAUSES.at("visa"): (True, True, False),
}


class Bills(NamedTuple):
    """Fees of clauses in force, one row for each clause and world."""

    payer: Counts
    """where who pays stands in an array (N, B) laid flat"""
    payee: Counts
    full: Array
    """USD bn a quarter when all is delivered, at the opening's price"""
    met: Counts
    """where the share delivered stands in `clauses.met` laid flat"""
    market: Counts
    """where the price stands in `market.price` laid flat"""
    floating: Array
    """1 where the fee moves with that price"""


@reading_of("clauses.kind", "contracts.status")
def _bills(world: World, s: Scenario) -> Bills | None:
    parts = [_of_kind(world, s, kind, rows) for kind in FEES if (rows := in_force(world, kind)) is not None]
    return Bills(*map(np.concatenate, zip(*parts, strict=True))) if parts else None


def _of_kind(world: World, s: Scenario, kind: int, rows: Rows) -> Bills:
    giver_pays, by_quantity, cloud = FEES[kind]
    worlds, (_, clauses, _) = world.worlds, world.clauses.kind.shape
    payer, payee = (rows.giver, rows.taker) if giver_pays else (rows.taker, rows.giver)
    full = rows.quantity * rows.price if by_quantity else rows.price
    region = (rows.taker == s.inside).astype(np.int64)
    return Bills(
        payer=payer * worlds + rows.world,
        payee=payee * worlds + rows.world,
        full=full * float(s.goods.price[CLOUD, 0]) if cloud else full,
        met=(rows.slot * clauses + rows.clause) * worlds + rows.world,
        market=(region * len(GOODS) + CLOUD) * worlds + rows.world,
        floating=np.full(len(full), float(cloud)),
    )


def _booked(world: World, earned: Array, paid: Array) -> World:
    """Treasuries after what places earned and paid by contract. (N, B) each."""
    state = world.state
    return replace(
        world,
        state=replace(
            state,
            cash=state.cash + earned - paid,
            rent=state.rent + EARNED * earned,
            income=state.income + earned,
            spending=state.spending + paid,
        ),
    )


def due(world: World, turn: Turn) -> World:
    """Fees of the quarter change hands."""
    bills = _bills(world, turn.scenario)
    if bills is None:
        return world
    shape = world.state.cash.shape
    money = bills.full * world.clauses.met.reshape(-1).take(bills.met)
    if bills.floating.any():
        money *= 1.0 + bills.floating * (world.market.price.reshape(-1).take(bills.market) - 1.0)
    return _booked(world, counted(bills.payee, money, shape), counted(bills.payer, money, shape))


#: Part of what verifying earns that inspectors cost; half of that in a small economy (rules.md R10).
INSPECTORS = 0.5


def verify(world: World, turn: Turn) -> World:
    """Who verifies a contract has a fee from each of its parties, and pays inspectors out of it."""
    known = _verified(world, turn.scenario)
    if known is None:
        return world
    earned, paid = known
    return _booked(world, earned, paid)


@reading_of("contracts.verifier", "contracts.status", "contracts.party")
def _verified(world: World, s: Scenario) -> tuple[Array, Array] | None:
    """What each place earns by verifying, inspectors paid, and what parties pay for it; None: nobody. (N, B) each."""
    c, fee = world.contracts, s.parameters.statecraft.verifying
    seen = (c.verifier >= 0) & (c.status == IN_FORCE)
    if not fee or not seen.any():
        return None
    party = (c.party > 0) * seen[:, None]
    paid = fee * total(party.astype(np.float64))
    earned = np.zeros_like(paid)
    row, w = entries(seen)
    np.add.at(earned, (c.verifier[row, w], w), fee * np.count_nonzero(party, axis=1)[row, w])
    return earned * (1.0 - INSPECTORS * np.where(small_economies(s), 0.5, 1.0)), paid
