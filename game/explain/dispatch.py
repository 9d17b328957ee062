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
    easing : whether a control became looser: good news for whom it binds.
    """

    quarter: int
    topic: str
    text: str
    places: tuple[str, ...] = ()
    goods: tuple[str, ...] = ()
    weight: int = 1
    reasons: tuple[str, ...] = ()
    easing: bool = False

    def record(self) -> dict[str, Any]:
        """As a plain mapping, for saves."""
        return {name: value for name, value in asdict(self).items() if name != "easing" or value}


def dispatch_from(record: dict[str, Any]) -> Dispatch:
    """The dispatch a save holds."""
    lists = {name: tuple(record[name]) for name in ("places", "goods", "reasons")}
    weight, easing = int(record["weight"]), bool(record.get("easing", False))
    return Dispatch(int(record["quarter"]), record["topic"], record["text"], weight=weight, easing=easing, **lists)
