"""News of export controls: who set or eased which, on what, for whom, and why."""

from __future__ import annotations

import numpy as np

from game.core.names import GOODS, LEVELS
from game.explain.dispatch import Dispatch
from game.explain.motives import Step, motives, noun
from game.explain.quarter import Quarter
from game.explain.words import GOOD_NAMES, listed
from game.rules import controls

LEVEL_NAMES = {
    "open": "opens", "fee_licence": "puts a fee licence on", "licence": "puts a licence on", "slow_walk": "slow-walks",
    "quota": "sets a quota on", "ban": "bans",
}  # fmt: skip
#: Level from which a control is a headline, and from which its easing is one.
HARD = LEVELS.at("slow_walk")


def control_news(quarter: Quarter) -> list[Dispatch]:
    """Export controls that changed, joined by owner, level and targets; those eased by the level before, too."""
    old, new = quarter.before.policy.level[..., 0], quarter.after.policy.level[..., 0]
    joined: dict[tuple[int, int, int, tuple[int, ...]], list[int]] = {}
    for owner in range(len(old)):
        for good in np.flatnonzero((old[owner] != new[owner]).any(axis=1)).tolist():
            was, now = old[owner, good], new[owner, good]
            # A step up is told by where it leads, a step down by where it comes from as well.
            begins = np.where(now < was, was, 0)
            pairs = {(int(a), int(b)) for a, b in zip(begins[was != now], now[was != now], strict=True)}
            for first, level in sorted(pairs, key=lambda pair: pair[::-1]):
                targets = tuple(np.flatnonzero((was != now) & (begins == first) & (now == level)).tolist())
                joined.setdefault((owner, first, level, targets), []).append(good)
    return [_control(quarter, *key, goods) for key, goods in joined.items()]


def _control(
    quarter: Quarter, owner: int, first: int, level: int, targets: tuple[int, ...], goods: list[int]
) -> Dispatch:
    held = controls.holdings(quarter.after, quarter.scenario)[owner, :, 0]
    goods = sorted(goods, key=lambda g: -float(held[g]))
    named = listed([GOOD_NAMES[GOODS.names[g]] for g in goods], 3)
    many = len(targets) >= len(quarter.codes) - 1
    whom = "all buyers" if many else listed([quarter.place(n) for n in targets], 4)
    main = GOOD_NAMES[GOODS.names[goods[0]]]
    made = f"{quarter.place(owner)} makes, or has technology in, {held[goods[0]]:.0%} of the world's {main}"
    why = motives(quarter, Step(owner, targets, tuple(goods), level, eased=level < first))
    said = f"lifts its {noun(first)} on {named} for {whom}" if first and not level else (
        f"eases its {noun(first)} on {named} for {whom} to a {noun(level)}" if first
        else f"{LEVEL_NAMES[LEVELS.names[level]]} {named} for {whom}"
    )  # fmt: skip
    return quarter.say(
        "control",
        f"{quarter.starts(owner)} {said}.",
        places=(quarter.codes[owner], *(quarter.codes[n] for n in targets[:6])),
        goods=tuple(GOODS.names[g] for g in goods),
        weight=3 if max(first, level) >= HARD else 2,
        reasons=(*why, "buyers may order without asking again" if level == 0 else made),
        easing=level < first,
    )
