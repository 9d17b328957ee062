"""Contracts as arrays: rows of fixed tables whose last axis is worlds (architecture.md)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from game.core import schema
from game.core.numeric import Array
from game.core.schema import quantity

Small = np.ndarray[Any, np.dtype[np.int8]]
Middle = np.ndarray[Any, np.dtype[np.int16]]


@dataclass(frozen=True)
class Contracts:
    """Contracts, a row each; a row is free where nothing is in force.

    What expired or was broken in a quarter stands in its row until the next quarter's talks.
    """

    status: Small = quantity("J", "position", "0 none, 1 in force, 2 expired, 3 broken", 0, 3, dtype="int8")
    number: Array = quantity("J", "count", "of the contract, unique in its game; 0: the row was never used")
    party: Small = quantity("JN", "0 or 1", "party to it", 0, 1, dtype="int8")
    signed: Array = quantity("J", "quarter", "in which it was signed", -400, 1000)
    until: Array = quantity("J", "quarter", "with whose end it expires", -400, 1000)
    escrow: Array = quantity("J", "USD bn", "that each party has put up", 0, 1e4)
    snap_back: Small = quantity("J", "0 or 1", "what was given up returns with a breach", 0, 1, dtype="int8")
    verifier: Small = quantity("J", "position", "place that verifies it; -1 nobody", -1, 127, dtype="int8")
    proposer: Small = quantity("J", "position", "place that proposed it; -1 of the opening", -1, 127, dtype="int8")
    breaker: Small = quantity("J", "position", "place that broke it; -1 nobody", -1, 127, dtype="int8")
    cause: Small = quantity(
        "J", "position", "0 notice, else 1 + kind of the clause acted against", -1, 126, dtype="int8"
    )


@dataclass(frozen=True)
class Clauses:
    """Clauses of the contracts, in the same rows."""

    kind: Small = schema.quantity("JI", "position", "kind of clause; -1 none", -1, 126, dtype="int8")
    giver: Small = schema.quantity("JI", "position", "place that is bound", 0, 126, dtype="int8")
    taker: Small = schema.quantity("JI", "position", "place that has the good of it", 0, 126, dtype="int8")
    subject: Middle = schema.quantity("JI", "position", "good, class, track or line; -1 none", -1, 32000, dtype="int16")
    target: Small = schema.quantity("JI", "position", "third place; -1 none", -1, 126, dtype="int8")
    quantity: Array = schema.quantity("JI", "units", "as the kind counts it", 0, 1e9)
    price: Array = schema.quantity("JI", "units", "as the kind counts it", 0, 1e4)
    met: Array = schema.quantity("JI", "share", "of what was promised, delivered in the last quarter", 0, 1)
