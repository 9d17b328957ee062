"""What clauses about goods are worth: supply, places in the queue, stock, power, compute, backfill."""

from __future__ import annotations

import numpy as np

from game.core.names import GOODS
from game.core.numeric import Array
from game.rules.worth_cells import Cells
from game.rules.worth_parts import funds
from game.rules.worth_stakes import Stakes
from game.rules.worth_terms import Terms

CLOUD = GOODS.at("cloud")
#: What it costs a seller, as a share of the value, to be bound to one buyer: it cannot follow the best price.
BOUND = 0.02
#: Part of a shortage that a place in the queue, and a release of stock, spare the taker.
QUEUED, RELEASED = 0.6, 0.8
#: Share of what is bought for stocks that buying together saves.
TOGETHER = 0.05


def supply(k: Stakes, c: Cells) -> Terms:
    """The taker is short less often and leans less on whoever holds most; the giver has a sale, and is bound."""
    value = c.quantity * c.at(k.price, "s")
    need = np.maximum(c.at(k.need, "ts"), 1e-12)
    part = np.minimum(c.quantity / need, 1.0)
    cut = part * c.at(k.dependences, "ts") - _held(k, c, part)
    covered = np.minimum(c.quantity, c.at(k.lack, "ts") * need) * c.at(k.price, "s")
    paid = (c.price - 1.0) * value
    made = np.maximum(c.at(k.world.goods.made, "gs"), 1e-12)
    return Terms(
        {
            "price": funds(k, c, "g", paid),
            "bound": -BOUND * value * c.at(k.income, "g"),
            "own_need": -np.minimum(c.quantity / made, 1.0) * c.at(k.lack, "gs") * value * c.at(k.use, "gs"),
        },
        {
            "price": funds(k, c, "t", -paid),
            "shortage": covered * c.at(k.use, "ts"),
            "independence": cut * c.at(k.freedom, "ts"),
        },
    )


def _held(k: Stakes, c: Cells, part: Array) -> Array:
    """Dependence that the giver itself may come to hold by it, where that exceeds what the largest holds now."""
    trust = c.at(k.world.relations.trust, "gt")
    hold = (0.15 + 0.85 * (1.0 - trust)) * part
    now = c.at(k.dependences, "ts")
    return np.maximum(hold - now, 0.0)


def priority(k: Stakes, c: Cells) -> Terms:
    """First in the queue: worth what a shortage would cost the taker; those behind trust the giver less."""
    exports = c.quantity * c.at(k.exports, "gs")
    value = np.minimum(exports, c.at(k.lack, "ts") * c.at(k.need, "ts")) * c.at(k.price, "s")
    return Terms(
        {"bound": -BOUND * exports * c.at(k.price, "s") * c.at(k.income, "g")},
        {"shortage": QUEUED * value * c.at(k.use, "ts")},
    )


def stockpile(k: Stakes, c: Cells) -> Terms:
    """Stock of the giver spares the taker part of a shortage; the giver has it no more."""
    price = c.at(k.price, "s")
    used = np.minimum(c.quantity, c.at(k.lack, "ts") * c.at(k.need, "ts")) * price
    return Terms(
        {"stock": -used * c.at(k.money, "g") - used * c.at(k.lack, "gs") * c.at(k.use, "gs")},
        {"shortage": RELEASED * used * c.at(k.use, "ts")},
    )


def procurement(k: Stakes, c: Cells) -> Terms:
    """Who buys for stock together pays less; the larger buyer saves more."""
    spent = k.stocking
    saved = TOGETHER * c.at(k.price, "s")
    return Terms(
        {"saved": saved * c.at(spent, "gs") * c.at(k.money, "g")},
        {"saved": saved * c.at(spent, "ts") * c.at(k.money, "t")},
    )


def match_fee(k: Stakes, c: Cells) -> Terms:
    """A share of what is sold in the place of the taker's firms changes hands."""
    sold = 0.25 * c.quantity * c.at(k.backfill, "ts")
    return Terms({"fee": -sold * c.at(k.money, "g")}, {"fee": sold * c.at(k.money, "t")})


def power(k: Stakes, c: Cells) -> Terms:
    """Gigawatts where the grid is full; who delivers the fuel goes without part of it; the price changes hands."""
    paid, fuel = c.price * c.quantity, k.scenario.parameters.statecraft.fuel
    return Terms(
        {"price": funds(k, c, "g", paid), "own_need": -fuel * c.quantity * c.at(k.gigawatt, "g")},
        {"price": funds(k, c, "t", -paid), "power": c.quantity * c.at(k.gigawatt, "t")},
    )


def compute(k: Stakes, c: Cells) -> Terms:
    """Rented compute counts half with who rents it and is lost to who rents it out."""
    paid = c.price * c.quantity * c.at(k.price[CLOUD], "")
    rented = k.scenario.parameters.compute.rented
    return Terms(
        {"price": funds(k, c, "g", paid), "compute": -c.quantity * c.at(k.compute, "g")},
        {"price": funds(k, c, "t", -paid), "compute": rented * c.quantity * c.at(k.compute, "t")},
    )
