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
from game.core.world import Goods, World, replace
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
        ordered[:, MINERALS] = (size * _will(world, s))[:, None] * (p.joint_pace * gap)
        found[bloc] = ordered
    return found


def _size(world: World, s: Scenario, bloc: int) -> Array:
    """Share of each seat that is a member in the members' GDP. (N, B)."""
    seats = np.zeros_like(s.places.gdp)
    seats[list(s.places.seats)] = 1.0
    gdp = world.relations.member[bloc] * (s.places.gdp * seats)
    return gdp / np.maximum(total(gdp), TINY)


def _will(world: World, s: Scenario) -> Array:
    """Part of its due that a government pays: all, unless its own stock target is below `joint_will`. (N, B)."""
    share: Array = np.minimum(world.state.dials[:, TARGET] / s.parameters.statecraft.joint_will, 1.0)
    return share


def orders(world: World, s: Scenario) -> Array | None:
    """What is ordered for all joint stocks; None where no bloc has one. (N, G, B)."""
    found = list(contributions(world, s).values())
    return sum(found[1:], found[0]) if found else None


def share(world: World, turn: Turn) -> World:
    """Put what came for joint stocks into them, and release stocks to who is short."""
    s = turn.scenario
    paid, rows = contributions(world, s), pacts.in_force(world, STOCKPILE)
    if not paid and rows is None and not world.blocs.stock.any():
        return _nothing_moved(world)
    before = world.goods
    world = replace(world, blocs=replace(world.blocs, given=world.blocs.given * REMEMBERED))
    world = replace(world, blocs=replace(world.blocs, drawn=world.blocs.drawn * REMEMBERED))
    world = _paid_in(world, turn, paid)
    if rows is not None:
        world = _released(world, rows)
    if world.blocs.stock.any():
        world = _drawn(world, turn)
    return replace(world, goods=replace(world.goods, relief=_moved(before, world.goods)))


def _nothing_moved(world: World) -> World:
    if not world.goods.relief.any():
        return world
    return replace(world, goods=replace(world.goods, relief=np.zeros_like(world.goods.relief)))


def _moved(before: Goods, after: Goods) -> Array:
    return (after.inventory - before.inventory) + (after.stockpile - before.stockpile)


def _paid_in(world: World, turn: Turn, paid: dict[int, Array]) -> World:
    """What came of the orders for joint stocks leaves the national stocks of those who ordered it."""
    came = np.minimum(ratio(world.trade.received, world.trade.ordered), 1.0)
    price = local_price(world, turn.scenario, turn.tables)
    stock, given, stockpile = world.blocs.stock.copy(), world.blocs.given.copy(), world.goods.stockpile
    for bloc, ordered in paid.items():
        put_in = np.minimum(ordered * came, stockpile)
        stockpile = stockpile - put_in
        stock[bloc] += total(put_in)
        given[bloc] += total(put_in * price, axis=1)
    return replace(
        world,
        goods=replace(world.goods, stockpile=stockpile),
        blocs=replace(world.blocs, stock=stock, given=given),
    )


def shortage(world: World) -> Array:
    """What a place will lack of each good if it needs as much as in this quarter: after its own stocks. (N, G, B)."""
    goods = world.goods
    return np.maximum(goods.wanted - goods.inventory - goods.stockpile, 0.0)


def _released(world: World, rows: pacts.Rows) -> World:
    """Stock promised by contract goes to takers that are short; each clause notes what share of its due was there."""
    goods, cell = world.goods, (rows.taker, rows.subject, rows.world)
    due = rows.quantity * filled(shortage(world), cell, rows.quantity)
    from_whom = (rows.giver, rows.subject, rows.world)
    amount = due * filled(goods.stockpile, from_whom, due)
    inventory, stockpile, met = goods.inventory.copy(), goods.stockpile.copy(), world.clauses.met.copy()
    np.add.at(inventory, cell, amount)
    np.subtract.at(stockpile, from_whom, amount)
    met[rows.slot, rows.clause, rows.world] = ratio(amount, due, 1.0)
    return replace(
        world,
        goods=replace(goods, inventory=inventory, stockpile=np.maximum(stockpile, 0.0)),
        clauses=replace(world.clauses, met=met),
    )


def _drawn(world: World, turn: Turn) -> World:
    """Members that are short draw on the joint stock: by need, and by what they paid in (rules.md R5)."""
    price = local_price(world, turn.scenario, turn.tables)
    stock, drawn = world.blocs.stock.copy(), world.blocs.drawn.copy()
    for bloc in np.flatnonzero(stock.max(axis=(1, 2))).tolist():
        amount = entitled(world, bloc)
        stock[bloc] = np.maximum(stock[bloc] - total(amount), 0.0)
        drawn[bloc] += total(amount * price, axis=1)
        world = replace(world, goods=replace(world.goods, inventory=world.goods.inventory + amount))
    return replace(world, blocs=replace(world.blocs, stock=stock, drawn=drawn))


def entitled(world: World, bloc: int) -> Array:
    """What each member may and would draw of a bloc's joint stock this quarter. (N, G, B)."""
    solidarity = world.blocs.charter[bloc, SOLIDARITY]
    member = world.relations.member[bloc].astype(np.float64)
    short = shortage(world) * member[:, None]
    given = world.blocs.given[bloc] * member
    by_need = short / np.maximum(total(short), TINY)
    by_paying = (given / np.maximum(total(given), TINY))[:, None]
    right = solidarity * by_need + (1.0 - solidarity) * by_paying
    return np.minimum(short, right * world.blocs.stock[bloc])
