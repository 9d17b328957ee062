"""What one seat may see of a world.

Quantities that belong to their owner are exact for the owner; of others a seat sees an estimate: the true value times
one plus an error that is fixed for viewer, owner, quantity and year, inside a stated band. Estimates for a place are
narrower the more it trusts the viewer.
"""

from __future__ import annotations

from dataclasses import fields, replace
from functools import cache

import numpy as np
from numpy.typing import NDArray

from game.core.names import GOODS
from game.core.numeric import Array, clip
from game.core.rng import derived, entity_keys, uniform
from game.core.scenario import Scenario
from game.core.schema import quantities
from game.core.world import World

#: Half-width of an estimate for a viewer that is not trusted at all, and for one trusted fully.
WIDE, NARROW = 0.35, 0.10

#: The world as a seat sees it: estimates stand in the place of what is hidden, the seeds of the game are gone.
View = World


def view(world: World, scenario: Scenario, seat: int) -> View:
    """The world as `seat` sees it.

    Hidden arrays are replaced by estimates that depend on the true value only through an error band of 10 to 35%, so
    nothing exact leaks; the seeds are zeroed, so that nobody can foresee draws.
    """
    seen = {}
    band = _band(world, seat)
    for record_field in fields(World):
        record = getattr(world, record_field.name)
        if not hasattr(record, "__dataclass_fields__"):
            continue
        hidden = {
            f.name: _estimate(getattr(record, f.name), q.axes, q.low, q.high, f.name, world, scenario, seat, band)
            for f, q in quantities(record)
            if q.seen_by == "owner"
        }
        if hidden:
            seen[record_field.name] = replace(record, **hidden)
    return replace(world, seed=np.zeros_like(world.seed), **seen)


def _band(world: World, seat: int) -> Array:
    """Half-width of estimates by owner. (N, B)."""
    trust = world.relations.trust[seat]
    band: Array = WIDE - (WIDE - NARROW) * trust
    return band


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


def margin(world: World, seat: int, owner: int) -> float:
    """Half-width of what `seat` knows of `owner`, in the first world; zero for itself."""
    return 0.0 if seat == owner else float(_band(world, seat)[owner, 0])


#: Goods whose national stocks are followed in the nation panel.
STRATEGIC = tuple(GOODS.at(g) for g in ("gallium", "germanium", "dytb", "ndpr", "silicon", "hbm"))
