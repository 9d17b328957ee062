"""How much of normal trade an export control lets through: by its level, or as the record says of that control."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from game.core.names import GOODS, LEVELS
from game.core.numeric import Array, Counts, each_once, largest_within, ratio
from game.core.scenario import Scenario
from game.core.world import World
from game.rules.kept import constants_of, reading_of

BAN, FEE_LICENCE = LEVELS.at("ban"), LEVELS.at("fee_licence")
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


# --- this quarter ----------------------------------------------------------------------------------------------------


class Controlled(NamedTuple):
    """Sellers that face a control in some world; most face none, and are not looked up."""

    sellers: Counts
    place: Counts
    good: Counts
    steps: Counts
    """(rows, N, B) where what an old control lets through stands in `Passing.since_opening`"""
    fees: Counts
    """rows that a fee licence caps"""
    charged: NDArray[np.bool_]
    """(fees, N, B) whom it is for"""


class Reached(NamedTuple):
    """What secondary rules reach: technology of an owner in what others sell."""

    sellers: Counts
    """each once"""
    left: Array
    """(sellers, N, B) what is let through of their goods, where no fee licence caps it"""
    capped: Counts
    """sellers of whose goods a fee licence caps a part, each once"""
    at: Counts
    """of each row its seller among `capped`, with the next five"""
    seller: Counts
    owner: Counts
    let: Array
    """(rows, N, B) what the owner's control lets through without the cap"""
    weight: Array
    """(rows, 1, B) part of the seller's goods that it reaches"""
    charged: NDArray[np.bool_]
    """(rows, N, B) whom the licence is for"""


@reading_of("policy.level")
def _controlled(world: World, s: Scenario) -> Controlled | None:
    place, good, level = s.sellers.place, s.sellers.good, world.policy.level
    rows = np.flatnonzero(largest_within(level)[place, good])
    if not len(rows):
        return None
    here = level[place[rows], good[rows]]
    charged = here == FEE_LICENCE
    fees = np.flatnonzero(charged.any(axis=(1, 2)))
    return Controlled(rows, place[rows], good[rows], passing(s).sellers[rows] + here, fees, charged[fees])


@reading_of("policy.level", "policy.secondary")
def _reached(world: World, s: Scenario) -> Reached | None:
    own = s.sellers.owned
    bound = world.policy.secondary[own.owner, own.control_class] > 0
    rows = np.flatnonzero(bound.any(axis=1))
    if not len(rows):
        return None
    level = world.policy.level[own.owner[rows], own.good[rows]]
    let = passing(s).let_through.take(passing(s).technologies[rows] + level)
    weight = (own.share[rows] * s.parameters.controls.secondary_reach * bound[rows])[:, None]
    charged, seller = level == FEE_LICENCE, own.seller[rows]
    # Owners of one seller's technology are multiplied in their order, whether or not one of them charges in some world.
    charges = np.zeros(len(s.sellers.place), dtype=bool)
    charges[seller[charged.any(axis=(1, 2))]] = True
    capped = charges[seller]
    free = ~capped
    sellers, at = each_once(seller[free], len(s.sellers.place))
    some, at_some = each_once(seller[capped], len(s.sellers.place))
    left = _together(len(sellers), at, let[free], weight[free])
    owner = own.owner[rows[capped]]
    return Reached(sellers, left, some, at_some, seller[capped], owner, let[capped], weight[capped], charged[capped])


def _together(sellers: int, at: Counts, let: Array, weight: Array) -> Array:
    """Share of each seller's goods that all owners together let through. (sellers, N, B)."""
    left = 1.0 - let
    left *= weight
    np.subtract(1.0, left, out=left)
    product = np.ones((sellers, *left.shape[1:]))
    for row, one in enumerate(at.tolist()):
        product[one] *= left[row]
    return product


def passes(world: World, s: Scenario) -> Array:
    """Share of ordinary orders that controls, refusals and blocked routes let through. (E, N, B).

    A control in force at the opening is counted from there: its targets had adapted to it.
    """
    place, good, policy = s.sellers.place, s.sellers.good, world.policy
    share = np.ones((len(place), len(s.place_axis), world.worlds))
    found = _controlled(world, s)
    if found is not None:
        new = policy.age[found.place, found.good] == 0
        let = passing(s).since_opening.take(found.steps + new * np.int8(len(LEVELS)))
        if len(found.fees):
            most = volume_cap(world, s, found.sellers[found.fees], found.place[found.fees])
            let[found.fees] = _capped(let[found.fees], most, found.charged)
        share[found.sellers] = let
    _technology(world, s, share)
    if _refusing(world):
        np.copyto(share, 0.0, where=policy.refusal[:, good, place].swapaxes(0, 1) > 0)
    if world.events.route.any():
        open_sea = 1.0 - world.events.route
        share *= (open_sea[:, None] * open_sea[None]).take(place, axis=0)
    return share


@reading_of("policy.refusal")
def _refusing(world: World) -> bool:
    """Whether anybody refuses imports in some world."""
    return bool(world.policy.refusal.any())


def volume_cap(world: World, s: Scenario, sellers: Counts, home: Counts) -> Array:
    """Share of each buyer's orders that a fee licence may fill: as much as half of what the licensor's home buys.

    By the flows of the last quarter; `home` is each seller's licensor. (sellers, N, B).
    """
    trade = world.trade
    asked = trade.flow.take(sellers, axis=0)
    asked += trade.blocked.take(sellers, axis=0)
    at_home = s.parameters.controls.fee_volume * trade.flow[sellers, home]
    return ratio(at_home[:, None], asked, 1.0)


def _capped(let: Array, most: Array, charged: NDArray[np.bool_]) -> Array:
    """What is let through, in place: where a fee licence is charged no more than its cap."""
    return np.minimum(let, most, out=let, where=charged)


def _technology(world: World, s: Scenario, share: Array) -> None:
    """Secondary rules: an owner's control reaches what third parties make with its technology."""
    found = _reached(world, s)
    if found is None:
        return
    share[found.sellers] *= found.left
    if len(found.seller):
        most = volume_cap(world, s, found.seller, found.owner)
        let = _capped(found.let.copy(), most, found.charged)
        share[found.capped] *= _together(len(found.capped), found.at, let, found.weight)
