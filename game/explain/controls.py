"""News of export controls: who set which, on what, for whom."""

from __future__ import annotations

import numpy as np

from game.core.names import GOODS, LEVELS
from game.explain.dispatch import Dispatch
from game.explain.quarter import Quarter
from game.explain.words import GOOD_NAMES, listed
from game.rules import controls

LEVEL_NAMES = {
    "open": "opens", "fee_licence": "puts a fee licence on", "licence": "puts a licence on", "slow_walk": "slow-walks",
    "quota": "sets a quota on", "ban": "bans",
}  # fmt: skip


def control_news(quarter: Quarter) -> list[Dispatch]:
    """Export controls that changed, joined by owner, level and targets."""
    old, new = quarter.before.policy.level[..., 0], quarter.after.policy.level[..., 0]
    joined: dict[tuple[int, int, tuple[int, ...]], list[int]] = {}
    for owner in range(len(old)):
        for good in np.flatnonzero((old[owner] != new[owner]).any(axis=1)):
            changed = old[owner, good] != new[owner, good]
            for level in sorted(set(new[owner, good][changed].tolist())):
                targets = tuple(np.flatnonzero(changed & (new[owner, good] == level)).tolist())
                joined.setdefault((owner, level, targets), []).append(int(good))
    return [_control(quarter, owner, level, targets, goods) for (owner, level, targets), goods in joined.items()]


def _control(quarter: Quarter, owner: int, level: int, targets: tuple[int, ...], goods: list[int]) -> Dispatch:
    held = controls.holdings(quarter.after, quarter.scenario)[owner, :, 0]
    goods = sorted(goods, key=lambda g: -float(held[g]))
    named = listed([GOOD_NAMES[GOODS.names[g]] for g in goods], 3)
    many = len(targets) >= len(quarter.codes) - 1
    whom = "all buyers" if many else listed([quarter.place(n) for n in targets], 4)
    main = GOOD_NAMES[GOODS.names[goods[0]]]
    made = f"{quarter.place(owner)} makes, or has technology in, {held[goods[0]]:.0%} of the world's {main}"
    return quarter.say(
        "control",
        f"{quarter.starts(owner)} {LEVEL_NAMES[LEVELS.names[level]]} {named} for {whom}.",
        places=(quarter.codes[owner], *(quarter.codes[n] for n in targets[:6])),
        goods=tuple(GOODS.names[g] for g in goods),
        weight=3 if level >= 3 else 2,
        reasons=("buyers may order without asking again",) if level == 0 else (made,),
    )
