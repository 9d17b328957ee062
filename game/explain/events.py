"""News of chance: what struck, where, what it takes, and what the place can do about it."""

from __future__ import annotations

import numpy as np

from game.core.scenario import Scenario
from game.explain.dispatch import Dispatch
from game.explain.quarter import Quarter
from game.rules.levers import effect_words


def event_news(quarter: Quarter) -> list[Dispatch]:
    """Chance that struck."""
    struck = quarter.after.events.struck[:, :, 0]
    table = quarter.scenario.events
    return [
        quarter.say(
            "event",
            f"{table.words[v]} in {quarter.place(int(n))}.",
            places=(quarter.codes[n],),
            weight=3 if struck[v, n] > 0.3 or quarter.after.events.pending[v, n, 0] > 0 else 2,
            reasons=tuple(event_effects(quarter.scenario, v, float(struck[v, n]))),
        )
        for v in range(len(table.axis))
        for n in np.flatnonzero(struck[v])
    ]


def event_effects(scenario: Scenario, kind: int, severity: float) -> list[str]:
    """What an event of a kind and severity, 0 to 1, does, in words."""
    return [effect_words(lever, severity * amount) for lever, amount in scenario.events.effects[kind]]


def choice_words(scenario: Scenario, kind: int, choice: int, place: int) -> str:
    """What a choice does and costs, in words, for a place."""
    picked = scenario.events.choices[kind][choice]
    parts = [effect_words(lever, amount) for lever, amount in picked.effects]
    if picked.cash:
        parts.append(f"costs USD {picked.cash * float(scenario.places.budget[place, 0]):.2f} bn")
    if picked.capital:
        parts.append(f"takes {picked.capital:g} political capital")
    return "; ".join(parts) or "nothing more happens"
