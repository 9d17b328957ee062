"""What clauses cost beyond plain money: fees for licences, fuel, rented compute, engineers and guarantees.

They are due on what was really delivered (`clauses.met`), at the end of the quarter. Who earns them counts part of them
with its rents; who pays has spent them.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from game.core.clauses import CLAUSES
from game.core.names import GOODS
from game.core.numeric import Array
from game.core.scenario import Scenario
from game.core.world import World, replace
from game.rules.pacts import Rows, in_force
from game.rules.turn import Turn

CLOUD = GOODS.at("cloud")
#: Part of a fee that counts as income of the chain: as much as prosperity takes off for public spending by who pays it.
EARNED = 0.1


def met(world: World, rows: Rows) -> Array:
    """Share of what rows promise that was delivered. (rows,)."""
    share: Array = world.clauses.met[rows.slot, rows.clause, rows.world]
    return share


def with_met(world: World, rows: Rows, share: Array) -> World:
    """The world with the share of rows that was delivered on record."""
    known = world.clauses.met.copy()
    known[rows.slot, rows.clause, rows.world] = share
    return replace(world, clauses=replace(world.clauses, met=known))


def spent(world: World, money: Array) -> World:
    """The world after places spent public money (N, B) on what they promised."""
    state = world.state
    return replace(world, state=replace(state, cash=state.cash - money, spending=state.spending + money))


def _price(world: World, s: Scenario, rows: Rows) -> Array:
    return rows.price


def _delivered(world: World, s: Scenario, rows: Rows) -> Array:
    return rows.quantity * rows.price


def _cloud(world: World, s: Scenario, rows: Rows) -> Array:
    market = world.market.price[s.region()[rows.taker], CLOUD, rows.world]
    return rows.quantity * rows.price * market * float(s.goods.price[CLOUD, 0])


#: Clauses with a fee, whether their giver pays it, and USD bn a quarter when all is delivered.
FEES: tuple[tuple[int, bool, Callable[[World, Scenario, Rows], Array]], ...] = tuple(
    (CLAUSES.at(kind), giver_pays, amount)
    for kind, giver_pays, amount in (
        ("licence", False, _price),
        ("guarantee", False, _price),
        ("power", False, _delivered),
        ("compute", False, _cloud),
        ("visa", True, _delivered),
    )
)


def due(world: World, turn: Turn) -> World:
    """Fees of the quarter change hands."""
    s, state = turn.scenario, world.state
    paid = earned = None
    for kind, giver_pays, amount in FEES:
        rows = in_force(world, kind)
        if rows is None:
            continue
        if paid is None or earned is None:
            paid, earned = np.zeros((2, *state.cash.shape))
        money = amount(world, s, rows) * met(world, rows)
        payer, payee = (rows.giver, rows.taker) if giver_pays else (rows.taker, rows.giver)
        np.add.at(paid, (payer, rows.world), money)
        np.add.at(earned, (payee, rows.world), money)
    if paid is None or earned is None:
        return world
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
