"""Games played to answer one question each: the same seeds side by side, one thing otherwise in each group of worlds.

A group is a set of worlds that begin alike, seed for seed, with those of every other group. What is different is an
order that a seat gives beside what its strategy decides, or a kind of order that is taken from it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import NDArray

from agents.model import ChipRace
from game.core.names import CLASSES
from game.core.orders import UNCHANGED, Order, Orders
from game.core.scenario import Scenario
from game.core.schema import quantities
from game.core.world import World, replace, sealed
from game.listed import ListedDesk
from game.rules import score

Floats = NDArray[np.float64]
Mask = NDArray[np.bool_]
#: Arrays of orders by which a seat controls its trade; with `UNCHANGED` it leaves all as it is.
CONTROLS = ("level", "refusal", "secondary", "entity", "flood", "people")


@dataclass(frozen=True, slots=True)
class Given:
    """An order that a seat gives in some quarter, in the worlds of some groups."""

    quarter: int
    seat: str
    order: Order
    groups: frozenset[int]


@dataclass(frozen=True, slots=True)
class Taken:
    """Controls that a seat does not set in the worlds of one group: all, and threats with them, or those on a class for
    a target.

    Parameters
    ----------
    until : quarter from which it may set them again; to the end if None.
    """

    seat: str
    group: int
    control_class: str | None = None
    target: str | None = None
    until: int | None = None


@dataclass(slots=True)
class Probed:
    """What became of the groups. Arrays over groups, then seeds."""

    scores: Floats
    """(S, groups, seeds)"""
    world: World
    groups: int

    def by_group(self, values: Floats) -> Floats:
        """Values whose last axis is worlds, with groups and seeds in its place."""
        return values.reshape(*values.shape[:-1], self.groups, -1)


def repeated(world: World, times: int) -> World:
    """All worlds of a batch, `times` over: groups of the same seeds."""
    parts = {}
    for f in fields(World):
        record = getattr(world, f.name)
        if hasattr(record, "__dataclass_fields__"):
            rows = ((q.name, getattr(record, q.name)) for q, _ in quantities(record))
            parts[f.name] = replace(record, **{name: np.concatenate([v] * times, axis=-1) for name, v in rows})
    return sealed(replace(world, seed=np.concatenate([world.seed] * times), **parts))


def probe(
    scenario: Scenario,
    groups: int,
    games: int,
    seed: int,
    given: Sequence[Given] = (),
    taken: Sequence[Taken] = (),
    watch: Callable[[World, World], None] = lambda before, after: None,
    quarters: int | None = None,
    strategies: Mapping[str, str] | None = None,
) -> Probed:
    """Play groups of the same seeds side by side.

    Parameters
    ----------
    groups, games : how many groups, and games of each.
    given, taken : what is otherwise in which group.
    watch : told the worlds before and after each quarter.
    quarters : to play; the whole game with its epilogue if not said.
    strategies : by seat; `steady` if not said.
    """
    race = ChipRace(scenario, games, strategies or {}, seed)
    race.begin_again(repeated(race.world, groups))
    of_world = np.repeat(np.arange(groups), games)
    count = scenario.quarters if quarters is None else quarters
    for quarter in range(count):
        before = race.world
        race.talk()
        orders = _sealed(race, [g for g in given if g.quarter == quarter], of_world)
        for t in taken:
            if t.until is None or quarter < t.until:
                _take(orders, t, race, of_world == t.group)
        race.advance(orders)
        watch(before, race.world)
    while quarters is None and not race.finished:
        race.step()
    rows = list(scenario.places.seats)
    scores = score.game_score(race.world)[rows]
    return Probed(scores.reshape(len(rows), groups, games), race.world, groups)


def _sealed(race: ChipRace, given: Sequence[Given], of_world: NDArray[np.int64]) -> Orders:
    """Everybody's orders; given ones first, against which no strategy speaks."""
    if not given:
        return race.sealed_orders()
    desk = ListedDesk(race.book, race.world)
    for g in given:
        where = np.isin(of_world, list(g.groups))
        desk.list_order(race.scenario.place_axis.at(g.seat), g.order, where)
    for nation in race.nations.values():
        nation.decide(desk)
    return desk.orders()


def _take(orders: Orders, taken: Taken, race: ChipRace, where: Mask) -> None:
    """Take controls out of the orders of a quarter."""
    seat = race.scenario.place_axis.at(taken.seat)
    if taken.control_class is None or taken.target is None:
        for name in CONTROLS:
            values = getattr(orders, name)
            if values is not None:
                values[seat][..., where] = UNCHANGED
        if orders.moves is not None:
            orders.moves.threat[seat][..., where] = UNCHANGED
        return
    if orders.level is not None:
        goods = race.book.tables.good_in_class[CLASSES.at(taken.control_class)]
        mine = orders.level[seat, :, race.scenario.place_axis.at(taken.target)]
        mine[np.ix_(np.asarray(goods, dtype=bool), where)] = UNCHANGED


def effect(found: Probed, seat: int, group: int, sigma: Floats) -> Floats:
    """Points by which a seat does better in a group than in the first, by seed."""
    return np.asarray(10.0 * (found.scores[seat, group] - found.scores[seat, 0]) / sigma[seat])
