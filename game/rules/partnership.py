"""Part that each place has in the world's agreements, for its standing (rules.md section 3).

An agreement counts for its parties (the host of a hub is one), for who verifies it, and for the author of the safety
standard that a party works by. Blocs are agreements with a charter.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from game.core.clauses import CLAUSES
from game.core.names import GOODS
from game.core.numeric import Array, total
from game.core.scenario import Scenario
from game.core.world import World
from game.rules.kept import constants_of, reading_of
from game.rules.pacts import IN_FORCE, Rows, in_force
from game.rules.standards import standard_of

#: USD bn a quarter that a promise without a price counts for, and a charter with all its terms at full strength each.
NOMINAL = 0.25
#: What an option on another's stock is worth beside the stock, an engineer beside what is paid for him, and fuel for a
#: GW at least; USD bn for the latter two. Judged.
OPTION, ENGINEER, FUEL = 0.25, 0.5, 0.2
CLOUD = GOODS.at("cloud")
Worth = Callable[[World, Scenario, Rows], Array]


def _quantity(world: World, s: Scenario, rows: Rows) -> Array:
    return rows.quantity


def _both(world: World, s: Scenario, rows: Rows) -> Array:
    return 2.0 * rows.quantity


def _goods(world: World, s: Scenario, rows: Rows) -> Array:
    return rows.quantity * s.goods.price[rows.subject, 0]


def _at_once(world: World, s: Scenario, rows: Rows) -> Array:
    c = world.contracts
    length = c.until[rows.slot, rows.world] - c.signed[rows.slot, rows.world] + 1.0
    return rows.quantity / np.maximum(length, 1.0)


#: USD bn a quarter of clauses at the opening's prices; kinds left out count `NOMINAL`.
WORTH: dict[int, Worth] = {
    CLAUSES.at(kind): worth
    for kind, worth in (
        ("money", _quantity),
        ("venture", _quantity),
        ("hub", _both),
        ("platform", _both),
        ("payment", _at_once),
        ("supply", lambda world, s, rows: _goods(world, s, rows) * rows.price),
        ("stockpile", lambda world, s, rows: OPTION * _goods(world, s, rows)),
        ("licence", lambda world, s, rows: rows.price),
        ("visa", lambda world, s, rows: rows.quantity * (rows.price + ENGINEER)),
        ("power", lambda world, s, rows: rows.quantity * np.maximum(rows.price, FUEL)),
        ("compute", lambda world, s, rows: rows.quantity * rows.price * float(s.goods.price[CLOUD, 0])),
        ("guarantee", lambda world, s, rows: rows.price + NOMINAL),
    )
}


def values(world: World, s: Scenario) -> Array:
    """USD bn a quarter that each contract in force moves. (J, B)."""
    worth = np.zeros(world.contracts.status.shape)
    for kind in range(len(CLAUSES)):
        rows = in_force(world, kind)
        if rows is not None:
            known = WORTH.get(kind)
            amount = np.full(len(rows.slot), NOMINAL) if known is None else known(world, s, rows)
            np.add.at(worth, (rows.slot, rows.world), amount)
    return worth


def parts(world: World) -> NDArray[np.bool_]:
    """Who has a part in each contract in force: parties, the verifier, authors of their safety standards. (J, N, B)."""
    c = world.contracts
    running = c.status == IN_FORCE
    party = (c.party > 0) & running[:, None]
    part = party.copy()
    row, where = np.nonzero(running & (c.verifier >= 0))
    part[row, c.verifier[row, where], where] = True
    standard = standard_of(world)
    if standard is not None:
        for author in np.unique(standard[standard >= 0]):
            part[:, author] |= (party & (standard == author)).any(axis=1)
    return part


@reading_of("clauses.kind", "contracts.status", "standards.guardrail", "blocs.charter", "relations.member")
def engagement(world: World, s: Scenario) -> Array:
    """z: share of the world's agreements that a place has a part in, over its share of the root of GDP. (N, B)."""
    charters = NOMINAL * total(world.blocs.charter, axis=1)
    whole = total(charters)
    mine = total(charters[:, None] * world.relations.member)
    if (world.contracts.status == IN_FORCE).any():
        worth = values(world, s)
        whole = whole + total(worth)
        mine = mine + total(worth[:, None] * parts(world))
    return mine / np.maximum(whole, 1e-9) / _size(s)


@constants_of
def _size(s: Scenario) -> Array:
    """Each place's share of the root of GDP. (N, 1)."""
    size = np.sqrt(s.places.gdp)
    return size / float(sum(size[:, 0]))
