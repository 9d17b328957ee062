"""The one declaration of each quantity of a world.

`quantity(...)` is a dataclass field that knows its axes, unit, bounds and who may see it. Glossary, save format, test
generators, number formats and the secrecy filter are all read from it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import Field, dataclass, field, fields, is_dataclass
from typing import Any, Literal

import numpy as np

#: Axis letters: N place, F foundry line, S supplier, G good, K node, E seller of a good, R region (outside, inside),
#: T research track, C control class, U use of compute, D dial, M measure, L quarters ahead, V event kind, X bloc,
#: J contract, I clause of a contract, H charter term, W lobby, A kind of work.
#: The last axis of every quantity, B, counts parallel worlds and is not written.
Visibility = Literal["all", "owner", "secret"]


@dataclass(frozen=True, slots=True)
class Quantity:
    """What is known of one array: axes letters without B, unit, closed bounds, who sees it, number type."""

    axes: str
    unit: str
    low: float
    high: float
    seen_by: Visibility
    what: str
    dtype: str


def quantity(
    axes: str,
    unit: str,
    what: str,
    low: float = 0.0,
    high: float = float("inf"),
    seen_by: Visibility = "all",
    dtype: str = "float64",
) -> Any:
    """Declare an array of a record. `seen_by="owner"`: the first axis is N and others see an estimate with a band.

    `secret`: first axis N too, and others see its lower bound alone.
    """
    return field(metadata={"quantity": Quantity(axes, unit, low, high, seen_by, what, dtype)})


def quantities(record: Any) -> Iterator[tuple[Field[Any], Quantity]]:
    """The declared arrays of one record (class or instance), in order."""
    for f in fields(record):
        if "quantity" in f.metadata:
            yield f, f.metadata["quantity"]


def walk(world: Any, prefix: str = "") -> Iterator[tuple[str, Quantity, np.ndarray]]:
    """Every declared array of a tree of records as (dotted path, declaration, array)."""
    for f in fields(world):
        value = getattr(world, f.name)
        if "quantity" in f.metadata:
            yield f"{prefix}{f.name}", f.metadata["quantity"], value
        elif is_dataclass(value) and not isinstance(value, type):
            yield from walk(value, f"{prefix}{f.name}.")
