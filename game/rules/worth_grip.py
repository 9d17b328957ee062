"""What a place holds over another by a class of goods: what a ban would cost the other, and what it would cost itself.

A ban takes what is made with the goods, as far as stocks, substitutes and other sellers do not replace them and as far
as work waits for them (R1); and while it is felt, trust goes, on which independence and security rest. Points of the
quarterly score, from what everybody can see: what a threat is worth, and what its end.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from game.core.names import CLASS_OF_GOOD, CLASSES
from game.core.numeric import Array, Counts, Grouping
from game.core.scenario import Scenario
from game.core.world import World
from game.rules import leverage
from game.rules.kept import constants_of, reading_of
from game.rules.relations import TRUST_COST
from game.rules.score import HOLD_RANGE
from game.rules.tables import Tables
from game.rules.worth_stakes import stakes

#: Quarters over which a ban that is felt takes trust, on average of the time for which its end is priced.
FELT_FOR = 3.0
#: Share of GDP a quarter of trade stopped from which a control is felt in full: as `relations.felt` has it.
FULLY_FELT, LEAST_FELT = 0.0005, 0.01
#: Share of what a place gets of a good from which its trust in the seller decides how dependent it is; judged.
MAINLY = 0.3
#: Worlds up to which all classes are worked out at once.
TOGETHER = 8
#: Part of the sales lost to a ban that its owner makes elsewhere.
ELSEWHERE = 0.5


class Grip(NamedTuple):
    """By owner, control class and target; (N, C, N, B) each, points a quarter."""

    hurt: Array
    """what the target would lose"""
    cost: Array
    """what the owner would lose"""


class Part(NamedTuple):
    """Sellers that are looked at together."""

    classes: slice
    """of their goods"""
    rows: Counts
    cells: Grouping
    """by place and class"""


@constants_of
def _whole(s: Scenario) -> tuple[Part, ...]:
    """Sellers of goods in a class, all together."""
    rows = np.flatnonzero(_classes(s) >= 0)
    cells = s.sellers.place[rows] * len(CLASSES) + _classes(s)[rows]
    return (Part(slice(None), rows, Grouping([int(cell) for cell in cells], _many(s))),)


@constants_of
def _by_class(s: Scenario) -> tuple[Part, ...]:
    """The same, class by class."""
    found = []
    for kind in range(len(CLASSES)):
        rows = np.flatnonzero(_classes(s) == kind)
        if len(rows):
            cells = Grouping([int(place) for place in s.sellers.place[rows]], len(s.place_axis))
            found.append(Part(slice(kind, kind + 1), rows, cells))
    return tuple(found)


@constants_of
def _classes(s: Scenario) -> Counts:
    """Class of each seller's good, -1 for none. (E,)."""
    return np.array(CLASS_OF_GOOD + (-1,) * (int(s.sellers.good.max()) + 1 - len(CLASS_OF_GOOD)))[s.sellers.good]


def in_parts(worlds: int) -> list[slice]:
    """Classes that are worked out together: one at a time in many worlds, where arrays of all leave the cache."""
    return [slice(None)] if worlds <= TOGETHER else [slice(kind, kind + 1) for kind in range(len(CLASSES))]


@constants_of
def _owned(s: Scenario) -> Grouping | None:
    """Rows of technology by their owner and class in one number."""
    own = s.sellers.owned
    cells = [int(cell) for cell in own.owner * len(CLASSES) + own.control_class]
    return Grouping(cells, _many(s)) if cells else None


def _many(s: Scenario) -> int:
    return len(s.place_axis) * len(CLASSES)


@reading_of("trade.flow", "trade.blocked", "relations.trust", "policy.secondary", "standing.measures")
def grip(world: World, s: Scenario, t: Tables) -> Grip:
    """Work it out for all pairs."""
    k, trade = stakes(world, s, t), Trade.of(world, s, t)
    shape = (len(s.place_axis), len(CLASSES), len(s.place_axis), world.worlds)
    use, sales, lean = np.zeros((3, *shape))
    for part in _whole(s) if world.worlds <= TOGETHER else _by_class(s):
        lost, sold = trade.taken(part.rows)
        for found, amounts in ((use, lost), (sales, sold), (lean, trade.leaned(part.rows))):
            found[:, part.classes] = part.cells.total(amounts).reshape(found[:, part.classes].shape)
    _add_technology(trade, use, sales)
    fully = np.maximum(s.places.gdp * FULLY_FELT, LEAST_FELT)
    trust, income = world.relations.trust[:, None], k.income[:, None, None]
    weighs, esteem = HOLD_RANGE * _over_classes(lean) + k.friends[:, None], k.esteem.swapaxes(0, 1)[:, None]
    for at in in_parts(world.worlds):
        hurt, cost = use[:, at], sales[:, at]
        gone = cost / fully
        np.minimum(gone, 1.0, out=gone)
        gone *= FELT_FOR * TRUST_COST
        gone *= trust
        hurt += gone * weighs
        cost *= 1.0 - ELSEWHERE
        cost *= income
        gone *= esteem
        cost += gone
    itself = np.arange(shape[0])
    use[itself, :, itself] = sales[itself, :, itself] = 0.0
    return Grip(use, sales)


@dataclass(frozen=True, slots=True)
class Trade:
    """What there is of trade to be stopped, seller by seller; (E, N, B) of the sellers asked for."""

    world: World
    scenario: Scenario
    price: Array
    """(G, B)"""
    felt: Array
    """(G, N, B) points of a billion's worth that does not come"""
    freedom: Array
    """(G, N, B)"""
    others: Array
    """(E, B) what other sellers of the good could deliver beside"""

    @classmethod
    def of(cls, world: World, s: Scenario, t: Tables) -> Trade:
        """The trade of a quarter."""
        k, goods = stakes(world, s, t), world.goods
        stock = 0.25 * goods.inventory / np.maximum(4.0 * goods.reference, 1e-12)
        felt = ((1.0 - goods.substitution) * (1.0 - np.minimum(stock, 1.0)) * k.use).swapaxes(0, 1)
        unsold = world.trade.unsold
        others = s.sellers.by_good.spread(s.sellers.by_good.total(unsold)) - unsold
        freedom = np.ascontiguousarray(k.freedom.swapaxes(0, 1))
        return cls(world, s, k.price, felt * leverage.windows(world, s, t), freedom, others)

    def taken(self, rows: Counts) -> tuple[Array, Array]:
        """What a ban would take by its use, as far as nobody else could deliver it; and by its worth."""
        good = self.scenario.sellers.good[rows]
        price = self.price.take(good, axis=0)[:, None]
        lost = self.world.trade.flow.take(rows, axis=0)
        lost += self.world.trade.blocked.take(rows, axis=0)
        sold = lost * price
        lost -= self.others.take(rows, axis=0)[:, None]
        np.maximum(lost, 0.0, out=lost)
        lost *= price
        lost *= self.felt.take(good, axis=0)
        return lost, sold

    def leaned(self, rows: Counts) -> Array:
        """What buyers lean on sellers from which they have much of a good."""
        good, blocked = self.scenario.sellers.good[rows], self.world.trade.blocked.take(rows, axis=0)
        whole = self.world.trade.received.swapaxes(0, 1).take(good, axis=0)
        whole += blocked
        blocked += self.world.trade.flow.take(rows, axis=0)
        blocked /= np.maximum(whole, 1e-12, out=whole)
        np.minimum(blocked, 1.0, out=blocked)
        blocked *= blocked > MAINLY
        blocked *= self.freedom.take(good, axis=0)
        return blocked


def _over_classes(lean: Array) -> Array:
    """What the target leans on the owner for in all classes. (N, 1, N, B)."""
    whole = lean[:, 0]
    for kind in range(1, lean.shape[1]):
        whole = whole + lean[:, kind]
    return whole[:, None]


def _add_technology(trade: Trade, use: Array, sales: Array) -> None:
    """Add what secondary rules reach of others' sales."""
    world, s = trade.world, trade.scenario
    by = _owned(s)
    if by is None or not world.policy.secondary.any():
        return
    own = s.sellers.owned
    bound = world.policy.secondary[own.owner, own.control_class] * s.parameters.controls.secondary_reach
    which = np.flatnonzero(bound.any(axis=1))
    reach = (bound[which] * np.asarray(own.share).reshape(-1, 1)[which])[:, None]
    lost, sold = trade.taken(own.seller[which])
    lost *= reach
    sold *= reach
    use += by.total_of(which, lost).reshape(use.shape)
    felt = by.total_of(which, sold).reshape(use.shape)
    felt *= 0.5
    # What others sell is no loss of the owner's: half of it counts as felt.
    np.maximum(sales, felt, out=sales)
