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
from game.rules.kept import constants_of, reading_of
from game.rules.positions import MINERAL_GOODS
from game.rules.turn import Turn

STOCKPILE = CLAUSES.at("stockpile")
JOINT, SOLIDARITY, TARGET = CHARTER.at("stockpile"), CHARTER.at("solidarity"), DIALS.at("stock_target")
MINERALS = slice(MINERAL_GOODS[0], MINERAL_GOODS[-1] + 1)
#: Share of what was paid in and drawn that is still remembered a quarter later.
REMEMBERED = 0.97
TINY = 1e-200


@reading_of("blocs.charter", "blocs.stock", "relations.member", "goods.reference", "state.dials")
def contributions(world: World, s: Scenario) -> dict[int, Array]:
    """What each member orders of each mineral for the joint stock of each bloc that has one. (N, minerals, B) by bloc.

    An eighth of the gap to the target a quarter; the target is `joint_cover` quarters of the members' use, by the
    strength of the charter and by the part of their dues that members are willing to pay: what some leave unpaid the
    others do not buy for them.
    """
    found: dict[int, Array] = {}
    p = s.parameters.statecraft
    strength = world.blocs.charter[:, JOINT]
    for bloc in np.flatnonzero(strength.max(axis=1)).tolist():
        gdp = world.relations.member[bloc] * _seats_gdp(s)
        use = total(world.goods.reference[:, MINERALS] * (gdp > 0.0)[:, None])
        due = gdp / np.maximum(total(gdp), TINY) * _will(world, s, bloc)
        willing = total(due)
        gap = np.maximum(p.joint_cover * strength[bloc] * willing * use - world.blocs.stock[bloc, MINERALS], 0.0)
        found[bloc] = due[:, None] / np.maximum(willing, TINY)[None, None] * (p.joint_pace * gap)
    return found


@constants_of
def _seats_gdp(s: Scenario) -> Array:
    """GDP of seats, 0 for places that nobody steers. (N, 1)."""
    gdp = np.zeros_like(s.places.gdp)
    seats = list(s.places.seats)
    gdp[seats] = s.places.gdp[seats]
    return gdp


def _will(world: World, s: Scenario, bloc: int) -> Array:
    """Part of its due that a government pays. (N, B).

    All, if its own stock target is at `joint_will` or above and release goes by contribution; the more release goes by
    need alone, the less comes back to who pays, and the less is paid.
    """
    p = s.parameters.statecraft
    own = np.minimum(world.state.dials[:, TARGET] / p.joint_will, 1.0)
    return own * (1.0 - p.joint_riding * world.blocs.charter[bloc, SOLIDARITY])


def share(world: World, turn: Turn) -> World:
    """Put what came for joint stocks into them, and release stocks to who is short."""
    s = turn.scenario
    due, rows = contributions(world, s), pacts.in_force(world, STOCKPILE)
    goods, joint = world.goods, world.blocs
    if not due and rows is None and not (joint.stock.any() or joint.given.any() or joint.drawn.any()):
        return _nothing_moved(world)
    price = (s.goods.price[MINERALS] * world.market.price[:, MINERALS]).take(turn.tables.region, axis=0)
    inventory, stockpile, stock = goods.inventory.copy(), goods.stockpile.copy(), joint.stock.copy()
    given, drawn = joint.given * REMEMBERED, joint.drawn * REMEMBERED
    if due:
        came = np.minimum(ratio(world.trade.received[:, MINERALS], world.trade.ordered[:, MINERALS]), 1.0)
        for bloc, ordered in due.items():
            put_in = np.minimum(ordered * came, stockpile[:, MINERALS])
            stockpile[:, MINERALS] -= put_in
            stock[bloc, MINERALS] += total(put_in)
            given[bloc] += total(put_in * price, axis=1)
    met = world.clauses.met
    if rows is not None:
        met = _release(rows, goods.wanted, inventory, stockpile, met.copy())
    for bloc in np.flatnonzero(stock.reshape(len(stock), -1).max(axis=1)).tolist():
        short = np.maximum((goods.wanted - inventory - stockpile)[:, MINERALS], 0.0)
        amount = entitled(world, bloc, short, stock[bloc, MINERALS], given[bloc])
        inventory[:, MINERALS] += amount
        stock[bloc, MINERALS] = np.maximum(stock[bloc, MINERALS] - total(amount), 0.0)
        drawn[bloc] += total(amount * price, axis=1)
    relief = inventory - goods.inventory
    relief += stockpile - goods.stockpile
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


def _release(rows: pacts.Rows, wanted: Array, inventory: Array, stockpile: Array, met: Array) -> Array:
    """Stock promised by contract goes to takers that are short, in place; returns what share of its due each had.

    A place is short that would need as much as in this quarter and has less, its national stock included. (J, I, B);
    the other arrays (N, G, B).
    """
    cells, from_whom = (rows.taker, rows.subject, rows.world), (rows.giver, rows.subject, rows.world)
    short = np.maximum(wanted[cells] - inventory[cells] - stockpile[cells], 0.0)
    due = rows.quantity * filled(short, cells, rows.quantity, wanted.shape)
    amount = due * filled(stockpile[from_whom], from_whom, due, wanted.shape)
    np.add.at(inventory, cells, amount)
    np.subtract.at(stockpile, from_whom, amount)
    stockpile[from_whom] = np.maximum(stockpile[from_whom], 0.0)
    met[rows.slot, rows.clause, rows.world] = np.where(due > 0.0, amount / np.maximum(due, TINY), 1.0)
    return met


def entitled(world: World, bloc: int, short: Array, stock: Array, given: Array) -> Array:
    """What each member may and does draw of a bloc's joint stock: by need, and by what it paid in. (N, minerals, B).

    Parameters
    ----------
    short : (N, minerals, B) what places lack.
    stock : (minerals, B) the joint stock.
    given : (N, B) USD bn paid in.
    """
    solidarity = world.blocs.charter[bloc, SOLIDARITY]
    member = world.relations.member[bloc].astype(np.float64)
    lacking = short * member[:, None]
    paid = given * member
    by_need = solidarity * lacking / np.maximum(total(lacking), TINY)
    by_paying = (1.0 - solidarity) * paid / np.maximum(total(paid), TINY)
    return np.minimum(lacking, (by_need + by_paying[:, None]) * stock)
