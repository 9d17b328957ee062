"""What a place holds over another by a class of goods: what a ban would cost the other, and what it would cost itself.

A ban takes what is made with the goods, as far as stocks, substitutes and other sellers do not replace them and as far
as work waits for them (R1); and while it is felt, trust goes, on which independence and security rest. Points of the
quarterly score, from what everybody can see: what a threat is worth, and what its end.
"""

from __future__ import annotations

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
#: Part of the sales lost to a ban that its owner makes elsewhere.
ELSEWHERE = 0.5


class Grip(NamedTuple):
    """By owner, control class and target; (N, C, N, B) each, points a quarter."""

    hurt: Array
    """what the target would lose"""
    cost: Array
    """what the owner would lose"""


@constants_of
def _cells(s: Scenario) -> tuple[Counts, Grouping]:
    """Sellers of goods in a class, and their place and class in one number."""
    kind = np.array(CLASS_OF_GOOD + (-1,) * (int(s.sellers.good.max()) + 1 - len(CLASS_OF_GOOD)))[s.sellers.good]
    rows = np.flatnonzero(kind >= 0)
    return rows, Grouping([int(cell) for cell in s.sellers.place[rows] * len(CLASSES) + kind[rows]], _many(s))


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
    k = stakes(world, s, t)
    rows, cells = _cells(s)
    shape = (len(s.place_axis), len(CLASSES), len(s.place_axis), world.worlds)
    asked = world.trade.flow + world.trade.blocked
    price = k.price[s.sellers.good][:, None]
    sold = asked * price
    stock = 0.25 * world.goods.inventory / np.maximum(4.0 * world.goods.reference, 1e-12)
    felt = ((1.0 - world.goods.substitution) * (1.0 - np.minimum(stock, 1.0)) * k.use).swapaxes(0, 1)
    felt = felt * leverage.windows(world, s, t)
    lost = _kept(world, s, asked) * price * felt[s.sellers.good]
    received = world.trade.received.swapaxes(0, 1)[s.sellers.good]
    leaned = np.minimum(asked / np.maximum(received + world.trade.blocked, 1e-12), 1.0)
    leaned = leaned * (leaned > MAINLY) * k.freedom.swapaxes(0, 1)[s.sellers.good]
    use, sales, lean = (cells.total(part[rows]).reshape(shape) for part in (lost, sold, leaned))
    use, sales = _through_technology(world, s, lost, sold, use, sales)
    fully = np.maximum(s.places.gdp * FULLY_FELT, LEAST_FELT)
    gone = FELT_FOR * TRUST_COST * np.minimum(sales / fully, 1.0) * world.relations.trust[:, None]
    hurt = use + gone * (HOLD_RANGE * _over_classes(lean) + k.friends[:, None])
    cost = (1.0 - ELSEWHERE) * sales * k.income[:, None, None] + gone * k.esteem.swapaxes(0, 1)[:, None]
    itself = np.arange(shape[0])
    hurt[itself, :, itself] = cost[itself, :, itself] = 0.0
    return Grip(hurt, cost)


def _over_classes(lean: Array) -> Array:
    """What the target leans on the owner for in all classes. (N, 1, N, B)."""
    whole = lean[:, 0]
    for kind in range(1, lean.shape[1]):
        whole = whole + lean[:, kind]
    return whole[:, None]


def _kept(world: World, s: Scenario, asked: Array) -> Array:
    """What of each seller's trade others could not deliver from what they have left. (E, N, B)."""
    unsold = world.trade.unsold
    others = s.sellers.by_good.spread(s.sellers.by_good.total(unsold)) - unsold
    return np.maximum(asked - others[:, None], 0.0)


def _through_technology(
    world: World, s: Scenario, lost: Array, sold: Array, use: Array, sales: Array
) -> tuple[Array, Array]:
    """With what secondary rules reach of others' sales."""
    by = _owned(s)
    if by is None or not world.policy.secondary.any():
        return use, sales
    own = s.sellers.owned
    bound = world.policy.secondary[own.owner, own.control_class] * s.parameters.controls.secondary_reach
    reach = (bound * np.asarray(own.share).reshape(-1, 1))[:, None]
    more = by.total(lost[own.seller] * reach).reshape(use.shape)
    felt = by.total(sold[own.seller] * reach).reshape(use.shape)
    # What others sell is no loss of the owner's: half of it counts as felt.
    return use + more, np.maximum(sales, 0.5 * felt)
