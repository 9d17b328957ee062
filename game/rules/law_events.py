"""Rulings on what a seat does about an event that struck it (S23)."""

from __future__ import annotations

import numpy as np

from game.core.orders import Orders, Respond
from game.rules.case import FINE, NO_CHOICE, NOT_STRUCK, Case, Mask, Ruling


def respond(case: Case, order: Respond) -> Ruling:
    """A choice needs an event that struck the seat a quarter ago, and what the choice costs."""
    s = case.scenario
    v = s.events.axis.at(order.event)
    choices = s.events.choices[v]
    codes = np.where(case.world.events.pending[v, case.seat] > 0.0, FINE, NOT_STRUCK)
    known = 1 <= order.choice <= len(choices)
    if not known:
        codes[:] = NO_CHOICE
    choice = choices[order.choice - 1] if known else None
    cash = choice.cash * float(s.places.budget[case.seat, 0]) if choice else 0.0

    def enter(orders: Orders, where: Mask) -> None:
        orders.choices(len(s.events.axis))[v, case.seat][where] = order.choice - 1

    return Ruling(
        enter,
        codes,
        case.money(cash),
        capital=choice.capital if choice else 0.0,
        words={"choices": len(choices), "event": s.events.words[v]},
    )
