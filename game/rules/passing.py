"""How much of normal trade an export control lets through: by its level, or as the record says of that control."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from game.core.names import GOODS, LEVELS
from game.core.numeric import Array, Counts
from game.core.scenario import Scenario
from game.rules.kept import constants_of

BAN = LEVELS.at("ban")
#: Levels at which applications pile up when the control is new, so that little moves in its first quarter.
BY_APPLICATION = np.array([level in ("fee_licence", "licence", "slow_walk") for level in LEVELS])


class Passing(NamedTuple):
    """What controls let through, for old controls, then for new ones: 2 levels on the last axis."""

    let_through: Array
    """(N, G, N, 2 levels) by owner, good and target, over normal flow"""
    since_opening: Array
    """(E, N, 2 levels) by seller and buyer, over what the controls of the opening let through, at most 1"""
    sellers: Counts
    """(E, N, 1) where each seller and buyer start in `since_opening`"""
    technologies: Counts
    """(technologies, N, 1) where their owner, good and each buyer start in `let_through`"""


def by_level(s: Scenario) -> Array:
    """Share of normal flow that each level lets through where the record says nothing else. (levels,)."""
    p = s.parameters.controls
    share = {"open": 1.0, "fee_licence": p.fee_licence, "licence": p.licence, "slow_walk": p.slow_walk}
    share |= {"quota": p.quota, "ban": 0.0}
    return np.array([share[level] for level in LEVELS])


def opening_level(s: Scenario) -> NDArray[np.int8]:
    """Controls in force at the opening. (N, G, N)."""
    places = len(s.place_axis)
    level = np.zeros((places, len(GOODS), places), dtype=np.int8)
    for control in s.controls:
        if control.since < 0:
            level[np.ix_([control.owner], control.goods, control.targets)] = control.level
    for place in range(places):
        level[place, :, place] = 0
    return level


@constants_of
def passing(s: Scenario) -> Passing:
    """Work it out for a scenario.

    The record's share of a control holds whenever its owner sets that level again: how tight a licence is differs more
    between owners and goods than between levels (market.md). A control in force at the opening is counted from there,
    as its targets had adapted to it; a ban in full, as there was no trade to adapt.
    """
    places = len(s.place_axis)
    steady = np.tile(by_level(s), (places, len(GOODS), places, 1))
    for control in s.controls:
        if control.passes is not None:
            steady[np.ix_([control.owner], control.goods, control.targets, [control.level])] = min(control.passes, 1.0)
    first = np.where(BY_APPLICATION, s.parameters.controls.first_quarter, 1.0)
    let = np.concatenate([steady, steady * first], axis=-1)
    level = opening_level(s)[..., None].astype(np.int64)
    opened = np.take_along_axis(steady, level, axis=-1)
    whole = np.where((level == BAN) | (opened <= 0.0), 1.0, opened)
    own = s.sellers.owned
    return Passing(
        let_through=let,
        since_opening=np.minimum(let / whole, 1.0)[s.sellers.place, s.sellers.good],
        sellers=_cells(let, np.arange(len(s.sellers.place))),
        technologies=_cells(let, own.owner * len(GOODS) + own.good),
    )


def _cells(let: Array, rows: Counts) -> Counts:
    """Where each of `rows` and each buyer start in an array (rows, N, 2 levels). (rows, N, 1)."""
    buyers, steps = let.shape[-2:]
    return (rows[:, None, None] * buyers + np.arange(buyers)[:, None]) * steps


def lets_through(s: Scenario, owner: int, good: int, target: int, level: int) -> float:
    """Share of normal flow that a control lets through once it is old."""
    return float(passing(s).let_through[owner, good, target, level])
