"""What it would take to end a control: what its target would give for a step down, and what its owner needs (R1).

The target would give what the control bites it of: what it stops, as far as nothing replaces it, no stock covers it and
work waits for it. The owner needs what it would lose by holding back: the leverage over a rival, less the sales that
become free. Both are in points of the quarterly score over the length of the promise, and in money.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from game.core.diplomacy import Clause, Propose
from game.core.names import CLASSES
from game.core.numeric import Array, total
from game.core.scenario import Scenario
from game.core.world import World
from game.rules import leverage, worth, worth_quarrels
from game.rules.tables import Tables
from game.rules.worth_cells import Rows
from game.rules.worth_stakes import DOWNSTREAM, stakes

#: Quarters that a step down is priced for.
SPAN = 8
#: Least money a quarter that a clause of a proposal carries, USD bn.
LEAST = 0.001


@dataclass(frozen=True, slots=True)
class Settlement:
    """The price of a step down; arrays (B,).

    Parameters
    ----------
    level : what the control would come down to, at each world.
    gives : points that it is worth to the target, by term.
    needs : points that the owner gives up, by term; what it gains counts below zero.
    most, least : USD bn a quarter that the target would pay, and that the owner needs.
    """

    level: Array
    gives: dict[str, Array]
    needs: dict[str, Array]
    most: Array
    least: Array

    @property
    def open(self) -> np.ndarray:
        """Where there is a price that both would take. (B,) flags."""
        return np.asarray((self.most > self.least) & (self.most > 0.0))


def settlement_price(
    world: World, s: Scenario, t: Tables, owner: int, k: int, target: int, quarters: int = SPAN
) -> Settlement:
    """What a step of an owner's controls of class `k` on a target down to the opening's level would be worth to both.

    A control that stands at the level of the opening would be lifted.
    """
    worlds, known = np.arange(world.worlds), stakes(world, s, t)
    level = down_to(world, s, t, owner, k, target)
    many, length = len(worlds), np.full(len(worlds), float(quarters))
    rows = Rows(
        givers=np.full(many, owner), takers=np.full(many, target), subject=np.full(many, k), aimed=np.full(many, -1),
        quantity=level, price=np.zeros(many), length=length, span=known.span(length), world=worlds,
    )  # fmt: skip
    span = float(rows.span[0])
    gives = {"bite": span * bitten(world, s, t, owner, k, target) * known.income[target]}
    needs = {name: -span * points for name, points in worth_quarrels.restrain(known, rows).giver.items()}
    return Settlement(
        level,
        gives,
        needs,
        _in_money(worth.added(gives), known.money[target], span),
        np.maximum(_in_money(worth.added(needs), known.money[owner], span), 0.0),
    )


def down_to(world: World, s: Scenario, t: Tables, owner: int, k: int, target: int) -> Array:
    """The tightest level of the opening among goods that were stepped up since; open where none was. (B,)."""
    goods = t.positions.classes[k]
    opened = t.opening_level[owner, goods, target, None]
    stepped = world.policy.level[owner, goods, target] > opened
    return np.where(stepped, opened, 0).max(axis=0).astype(np.float64)


def bitten(world: World, s: Scenario, t: Tables, owner: int, k: int, target: int) -> Array:
    """Worth, USD bn a quarter, of what an owner's controls of a class take from what a target makes. (B,)."""
    goods = t.positions.classes[k]
    bite = leverage.bite(world, s, t, owner)
    felt = (bite.alone * bite.uncovered * bite.window)[goods, target]
    lanes = s.sellers.lane[owner, goods]
    stopped = np.where((lanes >= 0)[:, None], world.trade.blocked[np.maximum(lanes, 0), target], 0.0)
    stopped += _through_technology(world, s, owner, goods, target)
    return DOWNSTREAM * total(stopped * (s.goods.price * world.market.price[0])[goods] * felt)


def _through_technology(world: World, s: Scenario, owner: int, goods: slice, target: int) -> Array:
    """Units that an owner's secondary rules stop in others' sales to a target. (goods, B)."""
    own = s.sellers.owned
    found = np.zeros((goods.stop - goods.start, world.worlds))
    for row in np.flatnonzero((own.owner == owner) & (own.good >= goods.start) & (own.good < goods.stop)):
        bound = world.policy.secondary[owner, own.control_class[row]]
        found[own.good[row] - goods.start] += world.trade.blocked[own.seller[row], target] * own.share[row] * bound
    return found


def _in_money(points: Array, money: Array, span: float) -> Array:
    """USD bn a quarter that are worth so many points over a span."""
    return points / np.maximum(money * max(span, 1e-9), 1e-9)


def returns(world: World, s: Scenario, t: Tables, owner: int, target: int, w: int = 0) -> list[tuple[int, Settlement]]:
    """What the target's own controls on the owner would cost to end, by class, those that bite most first: matched
    moves. Of one world."""
    found = []
    for k in range(len(t.positions.classes)):
        if world.policy.level[target, t.positions.classes[k], owner, w].any():
            found.append((k, settlement_price(world, s, t, target, k, owner)))
    return sorted(found, key=lambda pair: -float(pair[1].most[w]))


def proposal(world: World, s: Scenario, t: Tables, owner: int, k: int, target: int, w: int = 0) -> Propose | None:
    """A settlement that both should like, in one world: step for step where the target controls the owner too, and
    money for what is left between the two prices; None where there is none."""
    price = settlement_price(world, s, t, owner, k, target)
    names = s.place_axis.names
    clauses = [_restraint(names[owner], names[target], k, float(price.level[w]))]
    most, least = float(price.most[w]), float(price.least[w])
    for other, back in returns(world, s, t, owner, target, w)[:1]:
        clauses.append(_restraint(names[target], names[owner], other, float(back.level[w])))
        most, least = most - float(back.least[w]), least - float(back.most[w])
    if most < least:
        return None
    middle = 0.5 * (most + least)
    payer, payee = (target, owner) if middle > 0.0 else (owner, target)
    if abs(middle) >= LEAST:
        clauses.append(Clause("money", names[payer], names[payee], quantity=abs(middle)))
    return Propose((names[target],), tuple(clauses), quarters=SPAN, snap_back=True)


def _restraint(giver: str, taker: str, k: int, level: float) -> Clause:
    return Clause("restrain", giver, taker, CLASSES.names[k], quantity=level)
