"""What `steady` does about events that struck its seats: the choice that is worth most for what it costs (S23)."""

from __future__ import annotations

import numpy as np

from agents.strategies import Council
from game.core.numeric import Array, Counts, entries
from game.core.scenario import EventChoice, Scenario
from game.rules.joint import answer_costs
from game.rules.kept import constants_of
from game.rules.levers import LEVERS, mends

#: Political capital that it keeps for orders when it answers an event.
KEPT_CAPITAL = 1.0


def respond(council: Council) -> None:
    """Answer what struck a quarter ago, where another choice than saying nothing is worth it."""
    struck = council.view.events.pending[:, council.rows]
    kind, row, w = entries(struck > 0.0)
    if not len(kind):
        return
    fixed, mended = worths(council.scenario)
    best = (fixed[kind] + mended[kind] * struck[kind, row, w][:, None]).argmax(axis=1)
    some = np.flatnonzero(best > 0)
    kind, row, w, best = kind[some], row[some], w[some], best[some]
    while len(kind):
        # Of several events that struck a seat, one after the other.
        cell = row * struck.shape[2] + w
        later = np.zeros(len(cell), dtype=bool)
        if len(set(cell.tolist())) < len(cell):
            later[:] = True
            later[np.unique(cell, return_index=True)[1]] = False
        _answer(council, kind[~later], row[~later], w[~later], best[~later])
        kind, row, w, best = kind[later], row[later], w[later], best[later]


def _answer(council: Council, kind: Counts, row: Counts, w: Counts, choice: Counts) -> None:
    """Answer an event each of some seats and worlds, as far as political capital allows."""
    asked = answer_costs(council.scenario)[1][kind, choice]
    can = (asked <= 0.0) | (council.capital[row, w] >= asked + KEPT_CAPITAL)
    where = np.zeros((len(council.seats), council.desk.world.worlds), dtype=bool)
    kinds, choices = np.zeros((2, *where.shape), dtype=np.int64)
    where[row, w], kinds[row, w], choices[row, w] = can, kind, choice
    council.respond(kinds, choices, where)


@constants_of
def worths(s: Scenario) -> tuple[Array, Array]:
    """Points of score, about, that each choice on each kind is worth less what it costs: whatever the severity, and for
    each unit of it. Kinds with fewer choices are filled up with what nobody chooses. (V, C) each."""
    shape = len(s.events.choices), max((len(choices) for choices in s.events.choices), default=1)
    fixed, mended = np.full(shape, -np.inf), np.zeros(shape)
    for kind, choices in enumerate(s.events.choices):
        parts = [_worth(choice) for choice in choices] or [(0.0, 0.0)]
        for column, (whatever, by_severity) in enumerate(parts):
            fixed[kind, column], mended[kind, column] = whatever, by_severity
    return fixed, mended


def _worth(choice: EventChoice) -> tuple[float, float]:
    fixed = -LEVERS["cash"].worth * choice.cash - LEVERS["capital"].worth * choice.capital
    mended = 0.0
    for lever, amount in choice.effects:
        if mends(lever, amount):
            mended += LEVERS[lever].worth * amount
        else:
            fixed += LEVERS[lever].worth * amount
    return fixed, mended
