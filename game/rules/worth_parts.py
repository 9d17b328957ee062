"""What clauses count among the world's agreements: the part in them makes standing (`rules/partnership.py`)."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from game.core.clauses import CLAUSES
from game.core.names import GOODS
from game.core.numeric import Array
from game.rules.partnership import ENGINEER, FUEL, NOMINAL, OPTION
from game.rules.worth_cells import Cells
from game.rules.worth_stakes import Stakes

CLOUD = GOODS.at("cloud")


def _goods(k: Stakes, c: Cells) -> Array:
    return c.quantity * c.at(k.scenario.goods.price, "s")


#: USD bn a quarter, as `partnership.WORTH` has it for contracts in force; kinds left out count `NOMINAL`.
VALUES: dict[int, Callable[[Stakes, Cells], Array]] = {
    CLAUSES.at(kind): value
    for kind, value in (
        ("money", lambda k, c: c.quantity),
        ("venture", lambda k, c: c.quantity),
        ("hub", lambda k, c: 2.0 * c.quantity),
        ("platform", lambda k, c: 2.0 * c.quantity),
        ("payment", lambda k, c: c.quantity / np.maximum(c.length, 1.0)),
        ("supply", lambda k, c: _goods(k, c) * c.price),
        ("stockpile", lambda k, c: OPTION * _goods(k, c)),
        ("licence", lambda k, c: c.price),
        ("visa", lambda k, c: c.quantity * (c.price + ENGINEER)),
        ("power", lambda k, c: c.quantity * np.maximum(c.price, FUEL)),
        ("compute", lambda k, c: c.quantity * c.price * float(k.scenario.goods.price[CLOUD, 0])),
        ("guarantee", lambda k, c: c.price + NOMINAL),
    )
}
#: What later agreements of others leave of it.
DILUTED = 0.5
_NOMINAL = np.array([NOMINAL])
#: Budgets of a quarter up to which money counts in full for who gets it, and for who pays it; what more is worth of it
#: then, and what it costs times as much.
PLENTY, STRAINED, LITTLE, DEAR = 1.0, 0.5, 0.25, 2.0


def value(k: Stakes, kind: int, c: Cells) -> Array:
    """What clauses of a kind count for, USD bn a quarter; in the shape of the cells or one that broadcasts to it."""
    known = VALUES.get(kind)
    return _NOMINAL if known is None else known(k, c)


def standing(k: Stakes, c: Cells, role: str, amount: Array) -> Array:
    """What a side gains in standing in a quarter with that much more of the world's agreements, USD bn a quarter."""
    now, unit, _ = k.agreements
    more, part = amount * c.at(unit, role), 1.0 + c.at(now, role)
    gained: Array = DILUTED * 30.0 * c.at(k.weight("standing"), role) * more / (part * (part + more))
    return gained


def funds(k: Stakes, c: Cells, role: str, amount: Array, budgets: float = 1.0) -> Array:
    """What a side gains in points by money, USD bn a quarter, below nought by paying it.

    Money is worth the less the more it is beside the seat's budget, and costs the more. `budgets` is what a payment at
    once is held against, in budgets of a quarter.
    """
    budget = budgets * c.at(k.scenario.places.budget, role)
    got, paid = np.maximum(amount, 0.0), np.maximum(-amount, 0.0)
    got = got - (1.0 - LITTLE) * np.maximum(got - PLENTY * budget, 0.0)
    paid = paid + (DEAR - 1.0) * np.maximum(paid - STRAINED * budget, 0.0)
    worth: Array = (got - paid) * c.at(k.money, role)
    return worth
