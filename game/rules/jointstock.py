"""Stocks that places share: releases promised by contract, and the joint stock of a bloc (S2, rules.md R5).

A bloc whose charter has a joint stock buys minerals for it: each member's part goes by its share of the members' GDP,
and by its will: a government that keeps no stock of its own leaves the joint one to others, and its balance shows it.
Who is short may draw: `solidarity` of what is there goes by need, the rest by what each has paid in.
"""

from __future__ import annotations

import numpy as np

from game.core.clauses import CLAUSES
from game.core.names import CHARTER, DIALS
from game.core.numeric import Array, ratio, total
from game.core.scenario import Scenario
from game.core.world import World, replace
from game.rules import pacts
from game.rules.deliveries import filled
from game.rules.kept import reading_of
from game.rules.positions import MINERAL_GOODS
from game.rules.prices import local_price
from game.rules.turn import Turn

STOCKPILE = CLAUSES.at("stockpile")
JOINT, SOLIDARITY, TARGET = CHARTER.at("stockpile"), CHARTER.at("solidarity"), DIALS.at("stock_target")
MINERALS = slice(MINERAL_GOODS[0], MINERAL_GOODS[-1] + 1)
#: Share of what was paid in and drawn that is still remembered a quarter later.
REMEMBERED = 0.97
TINY = 1e-200


@reading_of("blocs.charter", "blocs.stock", "relations.member", "goods.reference", "state.dials")
def contributions(world: World, s: Scenario) -> dict[int, Array]:
    """What each member orders of each good for the joint stock of each bloc that has one. (N, G, B) by bloc.

    An eighth of the gap to the target a quarter; the target is `joint_cover` quarters of the members' use, by the
    strength of the charter.
    """
    found: dict[int, Array] = {}
    p = s.parameters.statecraft
    strength = world.blocs.charter[:, JOINT]
    for bloc in np.flatnonzero(strength.max(axis=1)).tolist():
        size = _size(world, s, bloc)
        use = total(world.goods.reference[:, MINERALS] * (size > 0.0)[:, None])
        gap = np.maximum(p.joint_cover * strength[bloc] * use - world.blocs.stock[bloc, MINERALS], 0.0)
        ordered = np.zeros(world.goods.made.shape)
        ordered[:, MINERALS] = (size * _will(world, s, bloc))[:, None] * (p.joint_pace * gap)
        found[bloc] = ordered
    return found


def _size(world: World, s: Scenario, bloc: int) -> Array:
    """Share of each seat that is a member in the members' GDP. (N, B)."""
    seats = np.zeros_like(s.places.gdp)
    seats[list(s.places.seats)] = 1.0
    gdp = world.relations.member[bloc] * (s.places.gdp * seats)
    return gdp / np.maximum(total(gdp), TINY)


def _will(world: World, s: Scenario, bloc: int) -> Array:
    """Part of its due that a government pays. (N, B).

    All, if its own stock target is at `joint_will` or above and release goes by contribution; the more release goes by
    need alone, the less comes back to who pays, and the less is paid.
    """
    p = s.parameters.statecraft
    own = np.minimum(world.state.dials[:, TARGET] / p.joint_will, 1.0)
    return own * (1.0 - p.joint_riding * world.blocs.charter[bloc, SOLIDARITY])


def orders(world: World, s: Scenario) -> Array | None:
    """What is ordered for all joint stocks; None where no bloc has one. (N, G, B)."""
    found = list(contributions(world, s).values())
    return sum(found[1:], found[0]) if found else None


def share(world: World, turn: Turn) -> World:
    """Put what came for joint stocks into them, and release stocks to who is short."""
    s = turn.scenario
    due, rows = contributions(world, s), pacts.in_force(world, STOCKPILE)
    goods, joint = world.goods, world.blocs
    if not due and rows is None and not (joint.stock.any() or joint.given.any() or joint.drawn.any()):
        return _nothing_moved(world)
    price = local_price(world, s, turn.tables)
    stock, stockpile = joint.stock.copy(), goods.stockpile.copy()
    given, drawn = joint.given * REMEMBERED, joint.drawn * REMEMBERED
    if due:
        came = np.minimum(ratio(world.trade.received, world.trade.ordered), 1.0)
        for bloc, ordered in due.items():
            put_in = np.minimum(ordered * came, stockpile)
            stockpile -= put_in
            stock[bloc] += total(put_in)
            given[bloc] += total(put_in * price, axis=1)
    short = shortage(world, stockpile)
    inventory, met = goods.inventory.copy(), world.clauses.met
    if rows is not None:
        met = _release(rows, short, inventory, stockpile, met.copy())
    for bloc in np.flatnonzero(stock.max(axis=(1, 2))).tolist():
        amount = entitled(world, bloc, short, stock[bloc], given[bloc])
        inventory += amount
        short -= amount
        stock[bloc] = np.maximum(stock[bloc] - total(amount), 0.0)
        drawn[bloc] += total(amount * price, axis=1)
    relief = (inventory - goods.inventory) + (stockpile - goods.stockpile)
    return replace(
        world,
        goods=replace(goods, inventory=inventory, stockpile=stockpile, relief=relief),
        blocs=replace(joint, stock=stock, given=given, drawn=drawn),
        clauses=world.clauses if rows is None else replace(world.clauses, met=met),
    )


def _nothing_moved(world: World) -> World:
    if not world.goods.relief.any():
        return world
    return replace(world, goods=replace(world.goods, relief=np.zeros_like(world.goods.relief)))


def shortage(world: World, stockpile: Array) -> Array:
    """What places will lack if they need as much as in this quarter, after their own stocks. (N, G, B)."""
    return np.maximum(world.goods.wanted - world.goods.inventory - stockpile, 0.0)


def _release(rows: pacts.Rows, short: Array, inventory: Array, stockpile: Array, met: Array) -> Array:
    """Stock promised by contract goes to takers that are short, in place; returns what share of its due each had.

    (J, I, B); the other arrays (N, G, B).
    """
    cells, from_whom = (rows.taker, rows.subject, rows.world), (rows.giver, rows.subject, rows.world)
    due = rows.quantity * filled(short, cells, rows.quantity)
    amount = due * filled(stockpile, from_whom, due)
    np.add.at(inventory, cells, amount)
    np.subtract.at(short, cells, amount)
    np.subtract.at(stockpile, from_whom, amount)
    for table, at in ((short, cells), (stockpile, from_whom)):
        table[at] = np.maximum(table[at], 0.0)
    met[rows.slot, rows.clause, rows.world] = np.where(due > 0.0, amount / np.maximum(due, TINY), 1.0)
    return met


def entitled(world: World, bloc: int, short: Array, stock: Array, given: Array) -> Array:
    """What each member may and does draw of a bloc's joint stock: by need, and by what it paid in. (N, G, B).

    Parameters
    ----------
    short : (N, G, B) what places lack.
    stock : (G, B) the joint stock.
    given : (N, B) USD bn paid in.
    """
    solidarity = world.blocs.charter[bloc, SOLIDARITY]
    member = world.relations.member[bloc].astype(np.float64)
    lacking = short * member[:, None]
    paid = given * member
    by_need = solidarity * lacking / np.maximum(total(lacking), TINY)
    by_paying = (1.0 - solidarity) * paid / np.maximum(total(paid), TINY)
    return np.minimum(lacking, (by_need + by_paying[:, None]) * stock)
