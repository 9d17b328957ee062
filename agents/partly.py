"""A council that gives its orders in some worlds of the batch alone, so that each world has a plan of its own."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from agents.strategies import Council, Strategy
from game.core.numeric import Array, Counts
from game.core.orders import Order
from game.rules.desk import Given

if TYPE_CHECKING:
    from game.rules.law import Mask


class Partly(Council):
    """As a council, in the worlds `only`: what is ordered elsewhere is not given.

    Parameters
    ----------
    council : whose desk and seats it has.
    players : the strategy of each seat.
    only : worlds in which orders are given, (B,).
    """

    def __init__(self, council: Council, players: Sequence[Strategy], only: NDArray[np.bool_]) -> None:
        super().__init__(council.view, council.desk, council.seats, players)
        self.only = only

    def of(self, seats: Counts, players: Sequence[Strategy]) -> Council:
        """A council of some of the seats, in the same worlds."""
        return Partly(super().of(seats, players), players, self.only)

    def give(self, row: int, order: Order, where: NDArray[np.bool_] | None = None) -> Given:
        """As of a council, in the worlds `only`."""
        return super().give(row, order, self.only if where is None else where & self.only)

    def attempt(self, row: int, order: Order, where: NDArray[np.bool_]) -> NDArray[np.bool_]:
        """As of a council, in the worlds `only`."""
        return super().attempt(row, order, where & self.only)

    def subsidise(self, plants: Counts, amounts: Array, where: Mask) -> Mask:
        """As of a council, in the worlds `only`."""
        return super().subsidise(plants, amounts, where & self.only)

    def build_power(self, kind: str, gigawatts: Array, where: Mask) -> Mask:
        """As of a council, in the worlds `only`."""
        return super().build_power(kind, gigawatts, where & self.only)

    def buy_compute(self, amounts: Array, where: Mask) -> Mask:
        """As of a council, in the worlds `only`."""
        return super().buy_compute(amounts, where & self.only)

    def invite(self, thousands: Array, where: Mask) -> Mask:
        """As of a council, in the worlds `only`."""
        return super().invite(thousands, where & self.only)

    def respond(self, kinds: Counts | int, choices: Counts | int, where: Mask) -> Mask:
        """As of a council, in the worlds `only`."""
        return super().respond(kinds, choices, where & self.only)

    def set_dial(self, dial: str, share: float, where: Mask) -> Mask:
        """As of a council, in the worlds `only`."""
        return super().set_dial(dial, share, where & self.only)

    def campaign(self, aim: str, where: Mask) -> Mask:
        """As of a council, in the worlds `only`."""
        return super().campaign(aim, where & self.only)

    def look_at(self, targets: Counts, where: Mask) -> Mask:
        """As of a council, in the worlds `only`."""
        return super().look_at(targets, where & self.only)

    def threaten(self, kinds: Counts, targets: Counts, quarters: int, where: Mask) -> Mask:
        """As of a council, in the worlds `only`."""
        return super().threaten(kinds, targets, quarters, where & self.only)

    def break_off(self, slots: Counts, where: Mask) -> Mask:
        """As of a council, in the worlds `only`."""
        return super().break_off(slots, where & self.only)

    def protect(self, suppliers: Counts, where: Mask) -> Mask:
        """As of a council, in the worlds `only`."""
        return super().protect(suppliers, where & self.only)
