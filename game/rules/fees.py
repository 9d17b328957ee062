"""What clauses cost beyond plain money: fees for licences, fuel, rented compute, engineers and guarantees.

They are due on what was really delivered (`clauses.met`), at the end of the quarter. Who earns them counts part of them
with its rents; who pays has spent them.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from game.core.clauses import CLAUSES
from game.core.names import GOODS
from game.core.numeric import Array, Counts
from game.core.scenario import Scenario
from game.core.world import World, replace
from game.rules.kept import reading_of
from game.rules.pacts import Rows, in_force
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
    region = s.region()[rows.taker]
    return Bills(
        payer=payer * worlds + rows.world,
        payee=payee * worlds + rows.world,
        full=full * float(s.goods.price[CLOUD, 0]) if cloud else full,
        met=(rows.slot * clauses + rows.clause) * worlds + rows.world,
        market=(region * len(GOODS) + CLOUD) * worlds + rows.world,
        floating=np.full(len(full), float(cloud)),
    )


def due(world: World, turn: Turn) -> World:
    """Fees of the quarter change hands."""
    bills = _bills(world, turn.scenario)
    if bills is None:
        return world
    state, shape = world.state, world.state.cash.shape
    money = bills.full * world.clauses.met.reshape(-1).take(bills.met)
    if bills.floating.any():
        money *= 1.0 + bills.floating * (world.market.price.reshape(-1).take(bills.market) - 1.0)
    paid, earned = (np.bincount(of, money, world.state.cash.size).reshape(shape) for of in (bills.payer, bills.payee))
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
