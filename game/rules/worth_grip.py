"""What a place holds over another by a class of goods: what a ban would cost the other, and what it would cost itself.

A ban takes what is made with the goods, as far as stocks, substitutes and other sellers do not replace them and as far
as work waits for them (R1); and while it is felt, trust goes, on which independence and security rest. Points of the
quarterly score, from what everybody can see: what a threat is worth, and what its end.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from game.core.names import CLASS_OF_GOOD, CLASSES
from game.core.numeric import Array, Counts, counted, nonzero, pick, total
from game.core.scenario import Scenario
from game.core.world import World
from game.rules import controls, leverage
from game.rules.kept import constants_of, reading_of
from game.rules.relations import TRUST_COST
from game.rules.score import HOLD_RANGE
from game.rules.tables import Tables
from game.rules.worth_stakes import Stakes, stakes
from game.rules.worth_trade import ByOwner, by_owner

#: Quarters over which a ban that is felt takes trust, on average of the time for which its end is priced.
FELT_FOR = 3.0
#: Share of GDP a quarter of trade stopped from which a control is felt in full: as `relations.felt` has it.
FULLY_FELT, LEAST_FELT = 0.0005, 0.01
#: Share of what a place gets of a good from which its trust in the seller decides how dependent it is; judged.
MAINLY = 0.3
#: Part of the sales lost to a ban that its owner makes elsewhere.
ELSEWHERE = 0.3
#: Part of the wear of plants without service that a year or two of a ban brings, on average; points of the quarterly
#: score by which members of the race's bloc gain, and the inside place loses, when all service of its tools ends: the
#: day on which it takes the post moves. From paired games with a ban of tools.
WORN, POST_LATER, POST_LOST = 0.6, 1.2, 1.5
TOOL_CLASS = CLASSES.at("tools")


class Grip(NamedTuple):
    """What owners hold over targets, pair by pair."""

    owner: Counts
    """(P,)"""
    target: Counts
    hurt: Array
    """(P, C, B) points a quarter that the target would lose by a ban of each class"""
    cost: Array
    """(P, C, B) points that the owner would lose"""


class Sellers(NamedTuple):
    """Who sells goods of classes, and whose technology they need."""

    at: ByOwner
    classes: Counts
    """(E,) class of each seller's good"""
    technology: ByOwner


@constants_of
def _sellers(s: Scenario) -> Sellers:
    """Who sells and owns what, by place."""
    known = np.array(CLASS_OF_GOOD + (-1,) * (int(s.sellers.good.max()) + 1 - len(CLASS_OF_GOOD)))[s.sellers.good]
    places, controlled = len(s.place_axis), nonzero(known >= 0)
    owners = np.asarray(s.sellers.owned.owner, dtype=np.int64)
    return Sellers(
        by_owner(controlled, np.asarray(s.sellers.place)[controlled], places),
        known,
        by_owner(np.arange(len(owners)), owners, places),
    )


def grip(world: World, s: Scenario, t: Tables, owner: Counts, target: Counts) -> Grip:
    """What owners hold over targets, other places. (P,) each."""
    k, sellers = stakes(world, s, t), _sellers(s)
    shape = (len(owner), len(CLASSES), world.worlds)
    row, pair = sellers.at.of(owner)
    sale = _sales(k, row, target[pair])
    row, pair = row[sale.some], pair[sale.some]
    lost, sold = _taken(k, row, target[pair], sale.asked)
    use, sales, lean = (
        _by_class(pair, sellers.classes[row], amounts, shape)
        for amounts in (lost, sold, _leaned(k, row, target[pair], sale))
    )
    _add_technology(k, owner, target, use, sales)
    served = _served(k, owner, target)
    use[:, TOOL_CLASS] += served * _worn(k)[target]
    fully = np.maximum(s.places.gdp * FULLY_FELT, LEAST_FELT)[target, :, None]
    gone = FELT_FOR * TRUST_COST * np.minimum(sales / fully, 1.0) * world.relations.trust[owner, target][:, None]
    hurt = use + gone * (HOLD_RANGE * _over_classes(lean) + k.friends[owner, target][:, None])
    cost = (1.0 - ELSEWHERE) * sales * k.income[owner][:, None] + gone * k.esteem[target, owner][:, None]
    raced = served * ((target == s.inside)[:, None] & (s.race.post < 1.0))
    hurt[:, TOOL_CLASS] += POST_LOST * raced
    cost[:, TOOL_CLASS] -= POST_LATER * raced * world.relations.member[s.race.bloc, owner]
    return Grip(owner, target, hurt, cost)


def _served(k: Stakes, owner: Counts, target: Counts) -> Array:
    """Share of each target's tools, by worth, that the owner serves and that it cannot do without. (P, B)."""
    world, s = k.world, k.scenario
    worth = world.goods.reference[:, controls.TOOL_GOODS] * s.goods.price[controls.TOOL_GOODS]
    worth = worth / np.maximum(total(worth, axis=1), 1e-12)[:, None]
    worth *= 1.0 - world.goods.substitution[:, controls.TOOL_GOODS]
    return total(k.holdings[owner, controls.TOOL_GOODS] * worth[target], axis=1)


def _worn(k: Stakes) -> Array:
    """Points a quarter that the chips of each place lose by plants that nobody serves. (N, B)."""
    return WORN * (1.0 - k.scenario.parameters.fabs.parts_alive) * k.chips * k.income


class Sales(NamedTuple):
    """What sellers sell targets, of those who sell them anything: a ban of who sells nothing takes nothing."""

    some: Counts
    """(K,) which sellers"""
    asked: Array
    """(K, B) units"""
    blocked: Array
    """(K, B) of these, what controls stop"""


def _sales(k: Stakes, row: Counts, target: Counts) -> Sales:
    trade, cells = k.world.trade, row * len(k.scenario.place_axis) + target
    blocked = pick(trade.blocked, cells)
    asked = pick(trade.flow, cells) + blocked
    some = nonzero(asked.any(axis=1))
    return Sales(some, asked[some], blocked[some])


def _by_class(pair: Counts, kind: Counts, amounts: Array, shape: tuple[int, ...]) -> Array:
    """Amounts (K, B) added up by pair and class. (P, C, B)."""
    worlds = np.arange(shape[-1])
    return counted((((pair * shape[1] + kind) * shape[-1])[:, None] + worlds).ravel(), amounts.ravel(), shape)


def _taken(k: Stakes, row: Counts, target: Counts, asked: Array) -> tuple[Array, Array]:
    """What of a seller's trade with a target a ban would take, by its use, as far as nobody else could deliver it; and
    by its worth. (K, B) each."""
    world, s = k.world, k.scenario
    good, goods = s.sellers.good[row], len(k.price)
    needs, price = target * goods + good, k.price[good]
    stock = 0.25 * pick(world.goods.inventory, needs) / np.maximum(4.0 * pick(world.goods.reference, needs), 1e-12)
    felt = (1.0 - pick(world.goods.substitution, needs)) * (1.0 - np.minimum(stock, 1.0)) * pick(k.use, needs)
    felt = felt * pick(leverage.windows(world, s, k.tables), good * len(s.place_axis) + target)
    others = _unsold(world, s)[good] - world.trade.unsold[row]
    return np.maximum(asked - others, 0.0) * price * felt, asked * price


@reading_of("trade.unsold")
def _unsold(world: World, s: Scenario) -> Array:
    """Units of each good that are offered and not sold. (G, B)."""
    return s.sellers.by_good.total(world.trade.unsold)


def _leaned(k: Stakes, row: Counts, target: Counts, sale: Sales) -> Array:
    """What a target leans on a seller from which it has much of a good. (K, B)."""
    needs = target * len(k.price) + k.scenario.sellers.good[row]
    received = pick(k.world.trade.received, needs)
    leaned = np.minimum(sale.asked / np.maximum(received + sale.blocked, 1e-12), 1.0)
    return leaned * (leaned > MAINLY) * pick(k.freedom, needs)


def _over_classes(lean: Array) -> Array:
    """What the target leans on the owner for in all classes. (P, 1, B)."""
    whole = lean[:, 0]
    for kind in range(1, lean.shape[1]):
        whole = whole + lean[:, kind]
    return whole[:, None]


def _add_technology(k: Stakes, owner: Counts, target: Counts, use: Array, sales: Array) -> None:
    """Add what secondary rules reach of others' sales."""
    world, s, own = k.world, k.scenario, k.scenario.sellers.owned
    if not world.policy.secondary[owner].any():
        return
    row, pair = _sellers(s).technology.of(owner)
    kind = np.asarray(own.control_class)[row]
    bound = world.policy.secondary[owner[pair], kind] * s.parameters.controls.secondary_reach
    some = nonzero(bound.any(axis=1))
    row, pair, kind = row[some], pair[some], kind[some]
    reach = bound[some] * np.asarray(own.share).reshape(-1, 1)[row]
    seller = np.asarray(own.seller)[row]
    sale = _sales(k, seller, target[pair])
    seller, pair, kind, reach = seller[sale.some], pair[sale.some], kind[sale.some], reach[sale.some]
    lost, sold = _taken(k, seller, target[pair], sale.asked)
    use += _by_class(pair, kind, lost * reach, use.shape)
    # What others sell is no loss of the owner's: half of it counts as felt.
    np.maximum(sales, 0.5 * _by_class(pair, kind, sold * reach, use.shape), out=sales)
