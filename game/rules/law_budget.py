"""Ruling on multi-year laws: what may be locked, for how much, and for which plants (rules.md R10)."""

from __future__ import annotations

import numpy as np

from game.core import orders as kinds
from game.core.orders import Orders
from game.rules.case import (
    FINE,
    LAW_BID,
    LAW_LARGE,
    LAW_STANDS,
    NO_ROOM,
    NOT_HOME,
    Case,
    Mask,
    Ruling,
    each,
    needs_amount,
    plant_at,
    plant_words,
)
from game.rules.construction import asked
from game.rules.room import line_room, supplier_room


def multi_year(case: Case, order: kinds.Law) -> Ruling:
    """A law needs that none is in force, money for its first quarter, and room at the plant that it names."""
    s, laws = case.scenario, case.world.laws
    most = s.parameters.state.law_most * float(s.places.budget[case.seat, 0])
    codes = needs_amount(case.codes(), order.amount)
    codes = np.where((codes == FINE) & (np.asarray(order.amount) > most + 1e-9), LAW_LARGE, codes)
    codes = np.where(laws.left[case.seat] > 0, LAW_STANDS, codes)
    words: dict[str, object] = {
        "quarters": float(laws.left[case.seat].max()),
        "share": s.parameters.state.law_most,
        "most": most,
    }
    plant = -1
    if order.plant is not None:
        words |= plant_words(case, order.plant)
        is_line, i = plant_at(case, order.plant)
        plant = i if is_line else i + len(s.lines.axis)
        codes = np.where(codes == FINE, _at_plant(case, is_line, i), codes)

    def enter(orders: Orders, where: Mask) -> None:
        moves = orders.statecraft(case.world)
        moves.law[case.seat][where] += each(order.amount, where)  # two of one quarter become one law
        moves.law_plant[case.seat][where] = plant

    return Ruling(enter, codes, case.money(order.amount), words=words)


def _at_plant(case: Case, is_line: bool, i: int) -> np.ndarray[tuple[int, ...], np.dtype[np.int64]]:
    """Why a law cannot be for this plant. (B,)."""
    s, w, row = case.scenario, case.world, slice(i, i + 1)
    codes = case.codes()
    if int((s.lines if is_line else s.suppliers).place[i]) != case.seat:
        codes[:] = NOT_HOME
        return codes
    room = (line_room if is_line else supplier_room)(w, s, row)[0]
    codes[room <= 1e-9] = NO_ROOM
    if is_line:
        codes[asked(w, s)[i]] = LAW_BID
    return codes
