"""From values to lengths: linear scales, and ticks at round numbers."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

_ROUND = (1.0, 2.0, 2.5, 5.0, 10.0)


@dataclass(frozen=True, slots=True)
class Scale:
    """A linear map of values on lengths.

    Parameters
    ----------
    low, high : values at the two ends.
    start, end : lengths there; `start` may be the larger, as on an axis that grows upward.
    """

    low: float
    high: float
    start: float
    end: float

    def at(self, value: float) -> float:
        """The length at which a value lies."""
        span = self.high - self.low
        share = (value - self.low) / span if span else 0.5
        return self.start + share * (self.end - self.start)


def ticks(low: float, high: float, most: int = 6) -> list[float]:
    """Round numbers from at or below `low` to at or above `high`, at most about `most` steps.

    Examples
    --------
    >>> ticks(0.0, 97.0)
    [0.0, 20.0, 40.0, 60.0, 80.0, 100.0]
    """
    span = high - low
    if span <= 0.0:
        low, span = low - 0.5, 1.0
    raw = span / most
    unit = 10.0 ** math.floor(math.log10(raw))
    step = next(unit * r for r in _ROUND if unit * r >= raw - 1e-12 * unit)
    first = math.floor(low / step + 1e-9)
    last = math.ceil((low + span) / step - 1e-9)
    return [round(k * step, 12) for k in range(first, last + 1)]


def bounds(values: Iterable[float | None], low: float | None = None, high: float | None = None) -> tuple[float, float]:
    """The least and the greatest of the finite values, unless the ends are given; 0 to 1 where there are none."""
    found = [value for value in values if value is not None and math.isfinite(value)]
    least = low if low is not None else min(found, default=0.0)
    most = high if high is not None else max(found, default=1.0)
    return (least, most) if most > least else (least - 0.5, least + 0.5)


def spread_apart(places: Sequence[float], gap: float, low: float, high: float) -> list[float]:
    """Lengths as near as can be to `places`, in their order, at least `gap` apart, from `low` to `high`."""
    order = sorted(range(len(places)), key=lambda i: (places[i], i))
    found = [0.0] * len(places)
    at = low
    for i in order:
        found[i] = at = max(places[i], at)
        at += gap
    limit = high
    for i in reversed(order):
        found[i] = limit = min(found[i], limit)
        limit -= gap
    return found


def every(count: int, most: int = 9) -> int:
    """Of `count` labels in a row show each of this many, by fours where they are quarters of many years.

    Examples
    --------
    >>> every(8), every(33)
    (1, 4)
    """
    step = max(math.ceil(count / most), 1)
    return step if step == 1 or count <= 16 else 4 * math.ceil(step / 4)
