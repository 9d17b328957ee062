"""What `steady` does about events that struck its seats: the choice that is worth most for what it costs (S23)."""

from __future__ import annotations

import numpy as np

from agents.strategies import Council
from game.core.numeric import Array
from game.core.scenario import EventChoice, Scenario
from game.rules.kept import constants_of
from game.rules.levers import LEVERS, mends

#: Political capital that it keeps for orders when it answers an event.
KEPT_CAPITAL = 1.0


def respond(council: Council) -> None:
    """Answer what struck a quarter ago, where another choice than saying nothing is worth it."""
    pending = council.view.events.pending
    for kind in np.flatnonzero(pending.any(axis=(1, 2))):
        struck = pending[kind, council.seats]
        fixed, mended = worths(council.scenario)[kind]
        best = (fixed + mended * struck).argmax(axis=0)
        for choice in range(1, len(fixed)):
            capital = council.scenario.events.choices[kind][choice].capital
            where = (best == choice) & (struck > 0.0)
            if capital:
                where &= council.capital >= capital + KEPT_CAPITAL
            if where.any():
                council.respond(int(kind), choice, where)


@constants_of
def worths(s: Scenario) -> list[tuple[Array, Array]]:
    """Points of score, about, that each choice on each kind is worth less what it costs: whatever the severity, and for
    each unit of it. (C, 1, 1) each."""
    found = []
    for choices in s.events.choices:
        parts = [_worth(choice) for choice in choices] or [(0.0, 0.0)]
        fixed, mended = (np.array(column)[:, None, None] for column in zip(*parts, strict=True))
        found.append((fixed, mended))
    return found


def _worth(choice: EventChoice) -> tuple[float, float]:
    fixed = -LEVERS["cash"].worth * choice.cash - LEVERS["capital"].worth * choice.capital
    mended = 0.0
    for lever, amount in choice.effects:
        if mends(lever, amount):
            mended += LEVERS[lever].worth * amount
        else:
            fixed += LEVERS[lever].worth * amount
    return fixed, mended
