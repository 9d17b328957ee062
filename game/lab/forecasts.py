"""Forecasts of a saved game from the command line: orders of a file beside what the seat's model decides, and words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from agents.futures import Futures
from game.core.diplomacy import Words
from game.core.errors import PaxError
from game.core.names import MEASURES, quarter_name
from game.core.orders import Order
from game.core.scenario import Scenario
from game.core.world import World
from game.files.order_files import ListedOrder
from game.forecast import DANGERS, MEASURED, QUANTILES, WITH, WITHOUT, Course, Fans, Forecast
from game.listed import sealed_with
from game.view import view

#: The one course of a forecast that compares nothing.
EXPECTED = "expected"
#: Measures told when none is named.
TOLD = ("score", *MEASURES, "mineral_independence", "chip_independence", "treasury")
#: A danger less likely than this is not told.
UNLIKELY = 0.005


class Beside(tuple[Order, ...]):
    """Orders that are added to what the seat's model decides."""


class FuturesBeside(Futures):
    """As `Futures`; orders of a `Beside` are added to what the model decides, and win where both speak of one thing.

    Attributes
    ----------
    refused : orders that were refused somewhere: quarter, kind, and why in the first world.
    """

    def __init__(self, scenario: Scenario, seat: str, model: str) -> None:
        super().__init__(scenario, seat, model, model)
        self.refused: set[tuple[int, str, str]] = set()

    def __call__(self, world: World, orders: Sequence[Order] | None) -> World:
        """One quarter, in every world of the batch."""
        if not isinstance(orders, Beside):
            return super().__call__(world, orders)
        race = self.race
        self.begin(world, None, [words for words in orders if isinstance(words, Words)])
        listed = [ListedOrder(world.quarter, self.seat, order) for order in orders if not isinstance(order, Words)]
        sealed, refused = sealed_with(race, listed)
        self.refused.update((refusal.quarter, refusal.order.kind, refusal.reason) for refusal in refused)
        self.refused.update(
            (world.quarter, said.kind, given.reason) for _, said, given in race.told if not given.accepted
        )
        race.advance(sealed)
        return race.world


@dataclass(frozen=True, slots=True)
class Asked:
    """What a forecast is asked for.

    Parameters
    ----------
    seat : code of the seat.
    worlds, quarters : played in all, and looked ahead.
    rivals : strategy that the others, and the seat itself, are thought to play.
    measures : names of `MEASURED` to be told; none: `TOLD`.
    omniscient : from the true world.
    """

    seat: str
    worlds: int
    quarters: int
    rivals: str = "steady"
    measures: tuple[str, ...] = ()
    omniscient: bool = False


def courses_of(listed: Sequence[ListedOrder], seat: str, now: int, quarters: int) -> dict[str, Course]:
    """What is compared: a seat's orders of a file, and none of them. Raises PaxError for a file without any."""
    if not listed:
        return {EXPECTED: [None]}
    mine = [entry for entry in listed if entry.seat == seat]
    ahead = [entry for entry in mine if now <= entry.quarter < now + quarters]
    if not ahead:
        raise PaxError(f"the file lists no order of {seat} for the {quarters} quarters ahead")
    given = [Beside(e.order for e in ahead if e.quarter == now + q) for q in range(quarters)]
    return {WITHOUT: [None], WITH: [orders or None for orders in given]}


def forecast_of(
    world: World, scenario: Scenario, asked: Asked, advance: Futures, listed: Sequence[ListedOrder]
) -> Forecast:
    """The forecast that is asked for, not yet played."""
    seat = scenario.place_axis.at(asked.seat)
    return Forecast(
        view(world, scenario, seat),
        scenario,
        seat,
        advance,
        courses_of(listed, asked.seat, world.quarter, asked.quarters),
        worlds=asked.worlds,
        quarters=asked.quarters,
        omniscient=world if asked.omniscient else None,
    )


def told(fans: Fans, scenario: Scenario, asked: Asked) -> Iterator[str]:
    """The forecast in lines: fans at its end, or by quarter for measures that were named; odds of dangers."""
    last = len(next(iter(fans.values.values()))) - 1
    yield _basis(fans, scenario, asked, last)
    yield f"{'':<41}{'':>9}" + "".join(f"{f'{share:.0%}':>9}" for share in QUANTILES)
    for name in asked.measures or TOLD:
        for q in range(last + 1) if asked.measures else (last,):
            yield from _rows(fans, name, q, quarter_name(fans.first_quarter + q, scenario.first_quarter))
    yield from _odds(fans)


def _basis(fans: Fans, scenario: Scenario, asked: Asked, last: int) -> str:
    knows = "from the true world (omniscient: no seat knows this)" if fans.omniscient else f"as {asked.seat} knows it"
    end = quarter_name(fans.first_quarter + last, scenario.first_quarter)
    return f"to the end of {end}, {knows}; {fans.pairs} possible worlds; rivals play {asked.rivals}"


def _rows(fans: Fans, name: str, q: int, when: str) -> Iterator[str]:
    title = f"{when} {MEASURED[name].title}"
    for course in fans.values:
        yield _row(title if course in (EXPECTED, WITHOUT) else "", course, fans.fan(course, name)[q])
    if WITH in fans.values:
        yield f"{_row('', 'gain', fans.difference(name)[q])}  better in {fans.better(name)[q]:.0%}"


def _row(title: str, course: str, fan: NDArray[np.float64]) -> str:
    return f"{title:<41.41}{course:>9}" + "".join(f"{value:9.3f}" for value in fan)


def _odds(fans: Fans) -> Iterator[str]:
    for name, danger in DANGERS.items():
        odds = {course: float(fans.odds(course, name)[-1]) for course in fans.values}
        if max(odds.values()) > UNLIKELY:
            yield f"{danger.title}: " + ", ".join(f"{course} {value:.0%}" for course, value in odds.items())
