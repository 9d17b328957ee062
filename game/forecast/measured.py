"""What a forecast tells of a world, from the standing of one seat: measures with their units, and named dangers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import numpy as np
from numpy.typing import NDArray

from game.core.names import GATES, GOODS, MATERIALS, MEASURES, MINERALS
from game.core.numeric import Array, total
from game.core.scenario import Scenario
from game.core.world import World
from game.rules import score
from game.rules.race import QUARTERS_HELD

#: Longest stock that is told apart, quarters of use.
LONGEST = 99.0
#: Share of full use below which plants at home count as idle.
IDLE = 0.5
#: Quarters of use below which a stock counts as short.
SHORT = 1.0


@dataclass(frozen=True, slots=True)
class Measure:
    """One number of a world: its words, its unit, and how it is read for a seat, (B,)."""

    title: str
    unit: str
    read: Callable[[World, Scenario, int], Array]


@dataclass(frozen=True, slots=True)
class Danger:
    """Something that may happen: its words, and in which worlds it holds at the end of a quarter, (B,)."""

    title: str
    read: Callable[[World, Scenario, int], NDArray[np.bool_]]


def _score(world: World, s: Scenario, seat: int) -> Array:
    """The score that others see too, as the standings and the window have it."""
    return score.open_score(world)[seat]


def _quarter_score(world: World, s: Scenario, seat: int) -> Array:
    """What the measures are worth together as they stand, without objective and mandate."""
    return total(s.places.weights[seat] * world.standing.measures[seat])


def _public(k: int, world: World, s: Scenario, seat: int) -> Array:
    return world.standing.measures[seat, k]


def _minerals(world: World, s: Scenario, seat: int) -> Array:
    return world.standing.mineral_independence


def _chips(world: World, s: Scenario, seat: int) -> Array:
    return world.standing.chip_independence


def _treasury(world: World, s: Scenario, seat: int) -> Array:
    return world.state.cash[seat]


def _approval(world: World, s: Scenario, seat: int) -> Array:
    return world.state.approval[seat]


def _running(world: World, s: Scenario, seat: int) -> Array:
    return world.compute.running[seat]


def _grid(world: World, s: Scenario, seat: int) -> Array:
    return world.power.used[seat] / np.maximum(world.power.supply[seat], 1e-9)


def _escalation(world: World, s: Scenario, seat: int) -> Array:
    return world.relations.escalation


def _price(good: int, world: World, s: Scenario, seat: int) -> Array:
    return world.market.price[1 if seat == s.inside else 0, good]


def _cover(good: int, world: World, s: Scenario, seat: int) -> Array:
    goods = world.goods
    stock = goods.inventory[seat, good] + goods.stockpile[seat, good]
    return np.minimum(stock / np.maximum(goods.wanted[seat, good], 1e-9), LONGEST)


def _gate(gate: int, world: World, s: Scenario, seat: int) -> Array:
    return world.standing.cover[gate, seat]


#: Every measure that a forecast tells, by name.
MEASURED: dict[str, Measure] = {
    "score": Measure("score so far, mandate left out", "points", _score),
    "quarter_score": Measure("the five measures, weighted", "0-100", _quarter_score),
    **{name: Measure(name, "0-100", partial(_public, k)) for k, name in enumerate(MEASURES)},
    "mineral_independence": Measure("mineral independence of the bloc", "share", _minerals),
    "chip_independence": Measure("chip independence of the inside place", "share", _chips),
    "treasury": Measure("treasury", "USD bn", _treasury),
    "approval": Measure("support at home", "share", _approval),
    "running": Measure("compute that runs", "thousand H100e", _running),
    "grid": Measure("use of the grid", "share", _grid),
    "escalation": Measure("world escalation", "0-5", _escalation),
    **{
        f"price:{g}": Measure(f"price of {g}, over the opening", "ratio", partial(_price, i))
        for i, g in enumerate(GOODS)
    },
    **{f"cover:{g}": Measure(f"stock of {g} at home", "quarters", partial(_cover, i)) for i, g in enumerate(GOODS)},
    **{f"gate:{g}": Measure(f"cover of the gate {g}", "ratio", partial(_gate, i)) for i, g in enumerate(GATES)},
}


def _idle(world: World, s: Scenario, seat: int) -> NDArray[np.bool_]:
    """Plants at home start less than half of what they could."""
    lines = world.lines
    home = np.flatnonzero(s.lines.place == seat)
    most = total(lines.capacity.take(home, axis=0)) * 3.0
    idle: NDArray[np.bool_] = (most > 0.0) & (total(lines.starts.take(home, axis=0)) < IDLE * most)
    return idle


def _short(good: int, world: World, s: Scenario, seat: int) -> NDArray[np.bool_]:
    short: NDArray[np.bool_] = (world.goods.wanted[seat, good] > 1e-9) & (_cover(good, world, s, seat) < SHORT)
    return short


def _crossed(bar: str, world: World, s: Scenario, seat: int) -> NDArray[np.bool_]:
    held: NDArray[np.bool_] = getattr(world.standing, bar) >= QUARTERS_HELD
    return held


def _debt(world: World, s: Scenario, seat: int) -> NDArray[np.bool_]:
    broke: NDArray[np.bool_] = world.state.cash[seat] < 0.0
    return broke


#: Goods that are kept in stock, and whose lack stops plants.
STOCKED = (*MINERALS, "magnets", *MATERIALS)

#: Every danger whose probability a forecast tells, by name.
DANGERS: dict[str, Danger] = {
    "idle_fabs": Danger("plants at home start less than half of what they could", _idle),
    "in_debt": Danger("the treasury lives on bonds", _debt),
    "mineral_race_crossed": Danger("the bloc holds its post", partial(_crossed, "mineral_held")),
    "chip_race_crossed": Danger("the inside place holds its post", partial(_crossed, "chip_held")),
    **{f"short:{g}": Danger(f"stock of {g} under one quarter of use", partial(_short, GOODS.at(g))) for g in STOCKED},
}
