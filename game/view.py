"""What one seat may see of a world.

Quantities that belong to their owner are exact for the owner; of others a seat sees an estimate: the true value times
one plus an error that is fixed for viewer, owner, quantity and year, inside a stated band. Estimates for a place are
narrower the more it trusts the viewer.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import is_dataclass, replace
from functools import cache
from operator import attrgetter
from typing import Any, get_type_hints

import numpy as np
from numpy.typing import NDArray

from game.core.names import GOODS
from game.core.numeric import Array, clip
from game.core.rng import derived, entity_keys, uniform
from game.core.scenario import Scenario
from game.core.schema import Quantity, quantities
from game.core.world import World
from game.rules import intelligence

#: Half-width of an estimate for a viewer that is not trusted at all, and for one trusted fully.
WIDE, NARROW = 0.35, 0.10
#: Share of that band which closes where all silicon is certified: audits are read by many.
AUDITED = 0.25
#: What a bluff shifts: stocks are declared, and more or less is there.
DECLARED = "stockpile"

#: The world as a seat sees it: estimates stand in the place of what is hidden, the seeds of the game are gone.
View = World


def view(world: World, scenario: Scenario, seat: int) -> View:
    """The world as `seat` sees it.

    Hidden arrays are replaced by estimates that depend on the true value only through an error band of 10 to 35%, so
    nothing exact leaks; the seeds are zeroed, so that nobody can foresee draws. An estimate is worked out when it is
    first read.
    """
    seen = {name: _seen(kind, getattr(world, name), world, scenario, seat) for name, kind in _VEILED.items()}
    return replace(world, seed=np.zeros_like(world.seed), **seen)


def _seen(kind: type, record: Any, world: World, scenario: Scenario, seat: int) -> Any:
    veiled: Any = object.__new__(kind)
    object.__setattr__(veiled, "_record", record)
    object.__setattr__(veiled, "_seen_by", (world, scenario, seat))
    object.__setattr__(veiled, "_estimates", {})
    return veiled


def _veiled(record: type) -> type:
    """The kind of record that a seat sees: what is open is read through, what is hidden is estimated once.

    `dataclasses.replace` makes a plain record of it.
    """
    members: dict[str, Any] = {
        "__slots__": ("_record", "_seen_by", "_estimates"),
        "__new__": lambda _, *values, **named: record(*values, **named),
    }
    for f, q in quantities(record):
        members[f.name] = property(_reader(f.name, q))
    return type(f"Seen{record.__name__}", (record,), members)


def _reader(name: str, q: Quantity) -> Callable[[Any], Array]:
    """How a quantity is read: openly, as an estimate, or by its owner alone."""
    if q.seen_by == "owner":
        return _reading(name, q)
    return _secret(name, q) if q.seen_by == "secret" else attrgetter(f"_record.{name}")


def _secret(name: str, q: Quantity) -> Callable[[Any], Array]:
    """How a secret is read: exact by its owner, the lower bound by everybody else."""

    def read(veiled: Any) -> Array:
        seat = veiled._seen_by[2]
        values = getattr(veiled._record, name)
        seen: Array = np.full_like(values, q.low)
        seen[seat] = values[seat]
        return seen

    return read


def _reading(name: str, q: Quantity) -> Callable[[Any], Array]:
    """How a hidden array is read."""

    def read(veiled: Any) -> Array:
        known: dict[str, Array] = veiled._estimates
        if name not in known:
            world, scenario, seat = veiled._seen_by
            values = getattr(veiled._record, name)
            if name == DECLARED:
                values = _declared(values, world, scenario, seat)
            width = band(world, scenario, seat)
            known[name] = _estimate(values, q.axes, q.low, q.high, name, world, scenario, seat, width)
        return known[name]

    return read


def band(world: World, s: Scenario, seat: int) -> Array:
    """Half-width of estimates by owner: trust, intelligence and audits narrow it. (N, B)."""
    trust = world.relations.trust[seat]
    closed = s.parameters.statecraft.insight * intelligence.closed(world, s)[seat]
    width: Array = (WIDE - (WIDE - NARROW) * trust) * (1.0 - closed) * (1.0 - AUDITED * world.standards.certified)
    return width


def _declared(stocks: Array, world: World, s: Scenario, seat: int) -> Array:
    """Stocks as their owners let them appear (S19): true ones and a bluff, as far as `seat` does not see through it."""
    bluff = world.signals.bluff
    if not bluff.any():
        return stocks
    seen: Array = stocks * (1.0 + bluff * (1.0 - intelligence.closed(world, s)[seat]))[:, None]
    seen[seat] = stocks[seat]
    return seen


def _estimate(
    values: Array, axes: str, low: float, high: float, name: str, world: World, s: Scenario, seat: int, band: Array
) -> Array:
    owner = {"N": np.arange(len(s.place_axis)), "F": s.lines.home, "S": s.suppliers.home}[axes[0]]
    rows = len(values)
    error = _errors(world, s, seat, name, rows)
    width = band[owner]
    for _ in range(values.ndim - 2):
        error, width = error[:, None], width[:, None]
    guess = clip(values * (1.0 + width * error), low, high)
    own = owner == seat
    guess[own] = values[own]
    return guess


def _errors(world: World, s: Scenario, seat: int, name: str, rows: int) -> Array:
    """Errors (rows, B) in [-1, 1), the same for a whole year."""
    draws = uniform(derived(world.seed, "view"), world.quarter // 4, _keys(name, s.place_axis.names[seat], rows))
    return 2.0 * draws - 1.0


@cache
def _keys(name: str, viewer: str, rows: int) -> NDArray[np.uint64]:
    return entity_keys(f"view/{viewer}/{name}", [str(i) for i in range(rows)])


def margin(world: World, s: Scenario, seat: int, owner: int) -> float:
    """Half-width of what `seat` knows of `owner`, in the first world; zero for itself."""
    return 0.0 if seat == owner else float(band(world, s, seat)[owner, 0])


#: Goods whose national stocks are followed in the nation panel.
STRATEGIC = tuple(GOODS.at(g) for g in ("gallium", "germanium", "dytb", "ndpr", "silicon", "hbm"))

HIDDEN = ("owner", "secret")

#: Records with something hidden in them, as a seat sees them.
_VEILED = {
    name: _veiled(kind)
    for name, kind in get_type_hints(World).items()
    if isinstance(kind, type) and is_dataclass(kind) and any(q.seen_by in HIDDEN for _, q in quantities(kind))
}
