"""Rulings on standing dials: free, convex in cost, one change a quarter (rules.md R10)."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from game.core import orders as kinds
from game.core.names import DIALS, TRACKS, USES
from game.core.numeric import Array
from game.core.orders import Orders
from game.rules.case import (
    SHARE_RANGE,
    Case,
    Mask,
    Ruling,
)


def _standing(case: Case, share: float, enter: Callable[[Orders, Mask], None]) -> Ruling:
    codes = case.codes()
    if not 0.0 <= share <= 1.0:
        codes[:] = SHARE_RANGE
    return Ruling(enter, codes, case.money(), capital=0.0, dial=True)


def dial(case: Case, order: kinds.Dial) -> Ruling:
    """Set a standing dial."""
    k = DIALS.at(order.dial)

    def enter(orders: Orders, where: Mask) -> None:
        orders.dials[case.seat, k][where] = order.share

    return _standing(case, order.share, enter)


def research(case: Case, order: kinds.ResearchShare) -> Ruling:
    """Set the share of a research track."""
    k = TRACKS.at(order.track)
    now = case.world.state.research[case.seat]

    def enter(orders: Orders, where: Mask) -> None:
        orders.research[case.seat][:, where] = _rescaled(now, k, order.share)[:, where]

    return _standing(case, order.share, enter)


def split(case: Case, order: kinds.ComputeSplit) -> Ruling:
    """Set the share of a use of compute."""
    k = USES.at(order.use)
    now = case.world.compute.uses[case.seat]

    def enter(orders: Orders, where: Mask) -> None:
        orders.uses[case.seat][:, where] = _rescaled(now, k, order.share)[:, where]

    return _standing(case, order.share, enter)


def _rescaled(shares: Array, k: int, share: float) -> Array:
    """Shares (M, B) with entry k set and the others kept in proportion, adding to 1."""
    rest = 1.0 - shares[k]
    others = len(shares) - 1
    scaled = np.where(rest > 1e-9, shares * (1.0 - share) / np.maximum(rest, 1e-9), (1.0 - share) / others)
    scaled[k] = share
    return scaled
