"""One piece of news, and how a save holds it."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

TOPICS = ("control", "contract", "event", "plant", "price", "shortage", "bottleneck", "race", "politics")


@dataclass(frozen=True, slots=True)
class Dispatch:
    """One piece of news.

    Parameters
    ----------
    quarter : index of the quarter it happened in.
    topic : one of `TOPICS`.
    text : one or two sentences.
    places, goods : codes and names it is about, for filters and links.
    weight : 0 background to 3 headline.
    reasons : the terms behind it, largest first.
    """

    quarter: int
    topic: str
    text: str
    places: tuple[str, ...] = ()
    goods: tuple[str, ...] = ()
    weight: int = 1
    reasons: tuple[str, ...] = ()

    def record(self) -> dict[str, Any]:
        """As a plain mapping, for saves."""
        return asdict(self)


def dispatch_from(record: dict[str, Any]) -> Dispatch:
    """The dispatch a save holds."""
    lists = {name: tuple(record[name]) for name in ("places", "goods", "reasons")}
    return Dispatch(int(record["quarter"]), record["topic"], record["text"], weight=int(record["weight"]), **lists)
