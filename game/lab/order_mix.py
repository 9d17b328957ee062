"""What kinds of orders a quarter brought, counted from the arrays that the rules read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields
from typing import Any

import numpy as np
from numpy.typing import NDArray

from game.core.moves import no_moves
from game.core.order_kinds import SEALED
from game.core.orders import UNCHANGED, Orders
from game.core.world import World

Floats = NDArray[np.float64]
#: The kind of order that fills each array, where it is not called so itself.
OF_ARRAY = {
    "subsidy_line": "subsidise", "subsidy_supplier": "subsidise", "equity_line": "equity", "equity_supplier": "equity",
    "fast_line": "fast_track", "fast_supplier": "fast_track", "floor": "price_floor", "dials": "dial",
    "uses": "compute_split", "level": "control", "refusal": "refuse", "people": "control", "leave": "leave_bloc",
    "found": "found_bloc", "choice": "respond", "threat": "declare", "guardrail": "guardrails", "breaks": "break",
}  # fmt: skip
#: Arrays by owner, good and target: goods of one control or refusal count once.
_BY_GOOD = ("level", "refusal")
#: Sums that orders come to, and arrays that say more of an order counted in another: no orders themselves.
_NOT_COUNTED = ("money", "capital", "escalation", "ultimatum", "law_plant", "moves")


def counted(orders: Orders, blank: Orders, world: World) -> dict[str, Floats]:
    """How many orders of each kind were given, (B,).

    Parameters
    ----------
    orders : of a quarter.
    blank : orders that change nothing; what stands as in them was not ordered.
    world : that the orders were given in.
    """
    found = {kind: np.zeros(world.worlds) for kind in SEALED}
    for name, given, empty in _arrays(orders, blank, world):
        changed = given != empty
        if name in _BY_GOOD:
            changed = changed.any(axis=1)
        kind = OF_ARRAY.get(name, name)
        found.setdefault(kind, np.zeros(world.worlds))
        found[kind] += np.count_nonzero(changed, axis=tuple(range(changed.ndim - 1)))
    return found


def _arrays(orders: Orders, blank: Orders, world: World) -> Iterator[tuple[str, Any, Any]]:
    """Name of each array, what was ordered in it, and what it holds without orders."""
    pairs: list[tuple[Any, Any]] = [(orders, blank)]
    if orders.moves is not None:
        pairs.append((orders.moves, no_moves(world)))
    for record, nothing in pairs:
        for f in fields(record):
            given, empty = getattr(record, f.name), getattr(nothing, f.name)
            if f.name not in _NOT_COUNTED and given is not None:
                yield f.name, given, _unset(f.name) if empty is None else empty


def _unset(name: str) -> float:
    """What the arrays that are laid out for their first order hold where nothing is ordered."""
    return 0.0 if name.startswith("equity") else float(UNCHANGED)
