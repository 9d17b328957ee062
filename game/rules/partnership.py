"""Part that each place has in the world's agreements, for its standing (rules.md section 3).

An agreement counts for its parties (the host of a hub is one), for who verifies it, and for the author of the safety
standard that a party works by. Blocs are agreements with a charter.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from game.core.clauses import CLAUSE_KINDS, CLAUSES
from game.core.names import GOODS
from game.core.numeric import Array, added, counted, entries, total
from game.core.pacts import Middle, Small
from game.core.scenario import Scenario
from game.core.world import World
from game.rules.kept import constants_of, reading_of
from game.rules.pacts import CLASS_GOODS, IN_FORCE
from game.rules.standards import standard_of

#: USD bn a quarter that a promise without a price counts for, and a charter with all its terms at full strength each.
NOMINAL = 0.25
#: What an option on another's stock is worth beside the stock, a thousand engineers beside what is paid for them, and
#: fuel for a GW beside its price; USD bn for the latter two. Judged.
OPTION, ENGINEER, FUEL = 0.25, 0.5, 0.2
PAYMENT, RESTRAIN, MATCH = CLAUSES.at("payment"), CLAUSES.at("restrain"), CLAUSES.at("match")
#: Kinds whose quantity is a share, and the share from which they count in full.
SMALL, WHOLE = [CLAUSES.at(kind) for kind in ("priority", "no_reexport", "match_fee")], 0.1


class Worth(NamedTuple):
    """What a clause counts for: flat, by its price, by its quantity, and by both multiplied."""

    flat: float = 0.0
    price: float = 0.0
    quantity: float = 0.0
    product: float = 0.0


#: By kind; those left out count `NOMINAL`. Quantities of goods and compute are taken at the opening's prices.
WORTH = {
    "money": Worth(quantity=1.0),
    "payment": Worth(quantity=1.0),
    "venture": Worth(quantity=1.0),
    "hub": Worth(quantity=2.0),
    "platform": Worth(quantity=2.0),
    "supply": Worth(product=1.0),
    "stockpile": Worth(quantity=OPTION),
    "licence": Worth(price=1.0),
    "visa": Worth(quantity=ENGINEER, product=1.0),
    "power": Worth(quantity=FUEL, product=1.0),
    "compute": Worth(product=1.0),
    "guarantee": Worth(flat=NOMINAL, price=1.0),
}
_TERMS = np.array([WORTH.get(kind, Worth(flat=NOMINAL)) for kind in CLAUSES]).T


@constants_of
def _unit_prices(s: Scenario) -> Array:
    """USD bn per unit of what each kind of clause counts, by subject. (kinds, goods)."""
    prices = np.ones((len(CLAUSES), len(GOODS)))
    for k, kind in enumerate(CLAUSE_KINDS):
        if kind.subject == "good":
            prices[k] = s.goods.price[:, 0]
    prices[CLAUSES.at("compute")] = s.goods.price[GOODS.at("cloud"), 0]
    return prices


def values(world: World, s: Scenario) -> Array:
    """USD bn a quarter that each contract in force moves. (J, B)."""
    c, of = world.clauses, world.contracts
    clauses, worlds = c.kind.shape[1:]
    # Positions in the table of clauses, and of their contracts in the table of contracts, are looked up once.
    cell = np.flatnonzero((c.kind >= 0) & (of.status == IN_FORCE)[:, None])
    contract = cell // (clauses * worlds) * worlds + cell % worlds
    kind, price = c.kind.take(cell).astype(np.int64), c.price.take(cell)
    length = of.until.take(contract) - of.signed.take(contract) + 1.0
    unit = _unit_prices(s)[kind, c.subject.take(cell) % len(GOODS)]
    quantity = c.quantity.take(cell) * unit / np.where(kind == PAYMENT, np.maximum(length, 1.0), 1.0)
    flat, by_price, by_quantity, by_both = _TERMS.take(kind, axis=1)
    amount = flat + by_price * price + quantity * (by_quantity + by_both * price)
    return counted(contract, amount, of.status.shape)


def _real(world: World, kind: NDArray[np.int64], cells: tuple[NDArray[np.int64], ...]) -> Array:
    """How far promises without a price bind anybody: not to hold back from what is not controlled, nor to match what
    the other does not do; and a small place in a queue, or few leaks stopped, count for little. (M,)."""
    c = world.clauses
    real = np.ones(len(kind))
    small = np.isin(kind, SMALL)
    real[small] = np.minimum(c.quantity[cells][small] / WHOLE, 1.0)
    for owned, binds in ((kind == RESTRAIN, True), (kind == MATCH, False)):
        at = np.flatnonzero(owned)
        if len(at):
            slot, clause, where = (axis[at] for axis in cells)
            giver, taker = c.giver[slot, clause, where], c.taker[slot, clause, where]
            owner, target = (giver, taker) if binds else (taker, c.target[slot, clause, where])
            level = _tightest(world, owner, c.subject[slot, clause, where], target, where)
            real[at] = level > (c.quantity[slot, clause, where] if binds else 0.0)
    return real


def _tightest(world: World, owner: Small, kind: Middle, target: Small, w: NDArray[np.int64]) -> Array:
    """Tightest control that owners have set on a class, whatever holds it back now. (M,)."""
    found = np.zeros(len(owner))
    for k, goods in enumerate(CLASS_GOODS):
        at = np.flatnonzero(kind == k)
        for good in goods if len(at) else ():
            found[at] = np.maximum(found[at], world.policy.chosen[owner[at], good, target[at], w[at]])
    return found


def parts(world: World) -> NDArray[np.bool_]:
    """Who has a part in each contract in force: parties, the verifier, authors of their safety standards. (J, N, B)."""
    c = world.contracts
    running = c.status == IN_FORCE
    party = (c.party > 0) & running[:, None]
    part = party.copy()
    row, where = entries(running & (c.verifier >= 0))
    part[row, c.verifier[row, where], where] = True
    standard = standard_of(world)
    if standard is not None:
        for author in sorted(set(standard[standard >= 0].tolist())):
            part[:, author] |= (party & (standard == author)).any(axis=1)
    return part


@reading_of(
    "clauses.kind", "contracts.status", "standards.guardrail", "blocs.charter", "relations.member", "policy.chosen"
)
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
    return size / added(size[:, 0])
