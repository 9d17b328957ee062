"""News of the world's bottleneck, and of places that run short."""

from __future__ import annotations

import numpy as np

from game.core.names import GATES, GOODS
from game.explain.dispatch import Dispatch
from game.explain.quarter import Quarter
from game.explain.words import GATE_NAMES, GOOD_NAMES, compute_words
from game.rules import bottleneck

#: A shortage above this share of need is news; one above SEVERE stops plants.
SHORT, SEVERE = 0.05, 0.25


def bottleneck_news(quarter: Quarter) -> list[Dispatch]:
    """The world's bottleneck moved."""
    old, new = int(bottleneck.world_gate(quarter.before)[0]), int(bottleneck.world_gate(quarter.after)[0])
    if old == new or new == bottleneck.NONE:
        return []
    relief = float(quarter.after.standing.relief[new, 0])
    return [
        quarter.say(
            "bottleneck",
            f"The world's bottleneck is now {GATE_NAMES[GATES.names[new]]}.",
            weight=2,
            reasons=(f"relief of it alone would add {compute_words(relief)} a quarter",),
        )
    ]


def shortage_news(quarter: Quarter) -> list[Dispatch]:
    """Places that ran short."""
    old, new = quarter.before.goods.scarce[..., 0], quarter.after.goods.scarce[..., 0]
    news = []
    for n, g in zip(*np.nonzero((new > SHORT) & (old <= SHORT)), strict=True):
        if (
            n not in quarter.scenario.places.seats
            or quarter.after.goods.wanted[n, g, 0] * quarter.scenario.goods.price[g, 0] < 0.002
        ):
            continue
        text = f"{quarter.starts(n)} runs short of {GOOD_NAMES[GOODS.names[g]]}: {new[n, g]:.0%} of need is unmet."
        where = {"places": (quarter.codes[n],), "goods": (GOODS.names[g],)}
        news.append(quarter.say("shortage", text, weight=2 if new[n, g] > SEVERE else 1, **where))
    return news
