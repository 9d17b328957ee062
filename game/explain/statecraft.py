"""News of what is said in public: threats and what became of them, bluffs found out, standards written."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from game.core.names import CLASSES, GOODS
from game.explain.clauses import CLASS_NAMES
from game.explain.dispatch import Dispatch
from game.explain.quarter import Quarter
from game.rules import pacts


def statecraft_news(quarter: Quarter) -> list[Dispatch]:
    """Threats opened and ended, bluffs found out, safety standards written."""
    return [*_threats(quarter), *_bluffs(quarter), *_standards(quarter)]


def _threats(quarter: Quarter) -> Iterator[Dispatch]:
    old, new = quarter.before.signals, quarter.after.signals
    if not (old.threat[..., 0].any() or new.threat[..., 0].any()):
        return
    then, now = old.threat[..., 0], new.threat[..., 0]
    for owner, k, target in np.argwhere((now > 0) & ((then == 0) | (now >= then))).tolist():
        last = bool(new.ultimatum[owner, k, target, 0])
        yield _opened(quarter, owner, k, target, int(now[owner, k, target]), last)
    for owner, k, target in np.argwhere((then > 0) & (now == 0)).tolist():
        yield _ended(quarter, owner, k, target, bool(old.ultimatum[owner, k, target, 0]))


def declared_in(quarter: Quarter, owner: int, k: int, target: int) -> int | None:
    """The quarter in which an owner declared a threat over a class that stands; None where no news tells of it."""
    places, goods = (quarter.codes[owner], quarter.codes[target]), _goods(k)
    told = (d for d in reversed(quarter.past) if d.topic == "politics" and d.places == places and d.goods == goods)
    return next((d.quarter for d in told if _DECLARES in d.text or _LAST_WORD in d.text), None)


_DECLARES, _LAST_WORD = "declares that it will control for", "an ultimatum over"


def _goods(k: int) -> tuple[str, ...]:
    return tuple(GOODS.names[g] for g in pacts.CLASS_GOODS[k])


def _opened(quarter: Quarter, owner: int, k: int, target: int, left: int, last: bool) -> Dispatch:
    whom, what = quarter.place(target), CLASS_NAMES[CLASSES.names[k]]
    said = f"gives {whom} {_LAST_WORD}" if last else f"{_DECLARES} {whom}"
    belief = float(quarter.after.signals.credibility[owner, 0])
    return quarter.say(
        "politics",
        f"{quarter.starts(owner)} {said} {what}, within {left} quarter{'s' * (left > 1)}.",
        places=(quarter.codes[owner], quarter.codes[target]),
        goods=_goods(k),
        weight=3 if last else 2,
        reasons=(
            f"its word is believed at {belief:.0%}",
            "who is threatened looks for substitutes and stock as under three tenths of a ban",
            "to carry it out now would bring less blame than a sudden step",
        ),
    )


def _ended(quarter: Quarter, owner: int, k: int, target: int, last: bool) -> Dispatch:
    what, whom = CLASS_NAMES[CLASSES.names[k]], quarter.place(target)
    word = "ultimatum" if last else "threat"
    lost = float(quarter.before.signals.credibility[owner, 0] - quarter.after.signals.credibility[owner, 0])
    reasons: tuple[str, ...]
    if _tightened(quarter, owner, k, target):
        text, reasons = (
            f"{quarter.starts(owner)} carries out its {word} to {whom} over {what}.",
            ("its word gains weight",),
        )
    elif _signed(quarter, owner, target):
        text = f"{quarter.starts(owner)} drops its {word} to {whom} over {what}: the two have signed."
        reasons = ("an agreement ends a threat without loss",)
    else:
        text = f"Nothing comes of the {word} of {quarter.place(owner)} to {whom} over {what}."
        reasons = (f"its word loses {max(lost, 0.0) * 100:.0f} points of belief",)
        reasons += ("approval at home falls",) if last else ()
    return quarter.say(
        "politics", text, places=(quarter.codes[owner], quarter.codes[target]), weight=2, reasons=reasons
    )


def _tightened(quarter: Quarter, owner: int, k: int, target: int) -> bool:
    goods = list(pacts.CLASS_GOODS[k])
    old, new = quarter.before.policy, quarter.after.policy
    if not goods:
        return bool(new.closed_people[owner, target, 0] > old.closed_people[owner, target, 0])
    return bool((new.level[owner, goods, target, 0] > old.level[owner, goods, target, 0]).any())


def _signed(quarter: Quarter, owner: int, target: int) -> bool:
    c = quarter.after.contracts
    both = (c.party[:, owner, 0] > 0) & (c.party[:, target, 0] > 0)
    return bool((both & (c.signed[:, 0] == quarter.index) & (c.status[:, 0] > 0)).any())


def _bluffs(quarter: Quarter) -> Iterator[Dispatch]:
    for place in np.flatnonzero(quarter.after.signals.exposed[:, 0] > 0.0).tolist():
        yield quarter.say(
            "politics",
            f"{quarter.starts(place)} is found out: its stocks are smaller than it declared.",
            places=(quarter.codes[place],),
            weight=2,
            reasons=("others believe and trust it less", "the better others are informed, the sooner a bluff is seen"),
        )


def _standards(quarter: Quarter) -> Iterator[Dispatch]:
    own = np.arange(len(quarter.codes))
    new = quarter.after.standards.guardrail[:, 0] == own
    for place in np.flatnonzero(new & (quarter.before.standards.guardrail[:, 0] != own)).tolist():
        yield quarter.say(
            "politics",
            f"{quarter.starts(place)} writes an AI-safety standard of its own and works by it.",
            places=(quarter.codes[place],),
            reasons=("whoever adopts it by contract or charter gives its author standing",),
        )
