"""Many futures of what one seat knows, paired: the same possible worlds with its orders and without them.

A forecast is played in slices, one quarter of a part of the worlds at a time, so that a window can draw between two of
them; the more parts are done, the more pairs the result rests on. How a quarter is played is given from outside: this
module knows no agent.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from game.core.errors import PaxError
from game.core.orders import Order
from game.core.scenario import Scenario
from game.core.world import World
from game.files.near import unknown
from game.forecast.knowledge import doubled, imagined
from game.forecast.measured import DANGERS, MEASURED
from game.view import View

#: Plays one quarter in every world: the seat gives these orders, or, for None, does what is thought likely of it.
Advance = Callable[[World, Sequence[Order] | None], World]
#: What a seat does in the coming quarters, the next one first; after the last of them, what is thought likely of it.
Course = Sequence[Sequence[Order] | None]
#: Measures and dangers at the end of a quarter, a row each, (rows, pairs).
_Read = tuple[NDArray[np.float64], NDArray[np.bool_]]

WITHOUT, WITH = "without", "with"
QUANTILES = (0.05, 0.25, 0.50, 0.75, 0.95)
#: Worlds, and quarters, of a forecast that names no other numbers; worlds that are played together.
WORLDS, QUARTERS, TOGETHER = 256, 8, 128


def with_and_without(orders: Sequence[Order]) -> dict[str, Course]:
    """The two courses of a decision at hand: no orders this quarter, or these."""
    return {WITHOUT: [()], WITH: [tuple(orders)]}


@dataclass(frozen=True, slots=True)
class Slice:
    """How far a forecast has come: quarters of parts played, of all, and pairs that are complete."""

    done: int
    of: int
    pairs: int


class Forecast:
    """Fans of measures and odds of dangers for one seat, from what it knows.

    Parameters
    ----------
    seen : what the seat sees, of one game: `view(world, scenario, seat)`.
    scenario, seat : what is played, and position of the seat.
    advance : plays a quarter.
    courses : what is compared, by name; `with_and_without(orders)`, or one course alone.
    worlds : played in all; each course gets its share of them.
    quarters : looked ahead; fewer where the game ends before.
    together : worlds that are played together; the fewer, the shorter a slice.
    measures : names of `MEASURED`; None: all.
    omniscient : the true world, for research: nothing is drawn but luck.

    Raises
    ------
    PaxError
        A measure that there is not, or no quarter left to look at.
    """

    def __init__(
        self,
        seen: View,
        scenario: Scenario,
        seat: int,
        advance: Advance,
        courses: Mapping[str, Course],
        worlds: int = WORLDS,
        quarters: int = QUARTERS,
        together: int = TOGETHER,
        measures: Sequence[str] | None = None,
        omniscient: World | None = None,
    ) -> None:
        self.scenario, self.seat, self.courses = scenario, seat, dict(courses)
        self.pairs = max(worlds // len(courses), 1)
        self.quarters = min(quarters, scenario.quarters + scenario.epilogue_quarters - seen.quarter)
        if self.quarters < 1:
            raise PaxError("the game is over: there is no quarter left to forecast")
        self.measures = tuple(MEASURED) if measures is None else tuple(measures)
        for name in self.measures:
            if name not in MEASURED:
                raise PaxError(unknown("measure", name, MEASURED))
        self.first_quarter = seen.quarter
        self.omniscient = omniscient is not None
        self._seen, self._true, self._advance, self._together = seen, omniscient, advance, together
        # By course, one array a part: measures (quarters, measures, pairs), dangers (quarters, dangers, pairs).
        self._values: dict[str, list[NDArray[np.float64]]] = {name: [] for name in courses}
        self._struck: dict[str, list[NDArray[np.bool_]]] = {name: [] for name in courses}

    @property
    def slices_in_all(self) -> int:
        """How many slices there are: quarters of parts, in every course."""
        return len(self._parts()) * len(self.courses) * self.quarters

    def _parts(self) -> list[range]:
        return [range(a, min(a + self._together, self.pairs)) for a in range(0, self.pairs, self._together)]

    def slices(self) -> Iterator[Slice]:
        """Play the forecast, one quarter of one part after the other; `result` tells what is done so far."""
        count, of = 0, self.slices_in_all
        for part in self._parts():
            start = self._start(part)
            read: dict[str, list[_Read]] = {}
            for name, course in self.courses.items():
                read[name] = []
                world = start
                for q in range(self.quarters):
                    world = self._advance(world, course[q] if q < len(course) else None)
                    read[name].append(self._read(world))
                    count += 1
                    if count % (self.quarters * len(self.courses)):
                        yield Slice(count, of, part.start)
            # All courses of a part are counted at once, so that the pairs always match.
            for name, rows in read.items():
                self._values[name].append(np.array([values for values, _ in rows]))
                self._struck[name].append(np.array([struck for _, struck in rows]))
            yield Slice(count, of, part.stop)

    def run(self) -> Fans:
        """Play all of it."""
        for _ in self.slices():
            pass
        return self.result()

    def result(self) -> Fans:
        """What the pairs that are complete tell. Raises PaxError before the first part is done."""
        if not next(iter(self._values.values())):
            raise PaxError("no part of the forecast is done yet")
        values = {name: np.concatenate(parts, axis=-1) for name, parts in self._values.items()}
        struck = {name: np.concatenate(parts, axis=-1) for name, parts in self._struck.items()}
        return Fans(self.first_quarter, self.measures, values, struck, self.omniscient)

    def _start(self, part: range) -> World:
        if self._true is not None:
            return doubled(self._true, self.scenario, part)
        return imagined(self._seen, self.scenario, self.seat, part)

    def _read(self, world: World) -> _Read:
        values = [MEASURED[name].read(world, self.scenario, self.seat) for name in self.measures]
        struck = [danger.read(world, self.scenario, self.seat) for danger in DANGERS.values()]
        return np.array(values), np.array(struck)


@dataclass(frozen=True, slots=True)
class Fans:
    """What a forecast found.

    Parameters
    ----------
    first_quarter : quarters played when it was made; entry q of every row is the end of quarter `first_quarter + q`.
    measures : names, in the order of the second axis of `values`.
    values : by course, (quarters, measures, pairs); entry i of all courses belongs to the same possible world.
    struck : by course, (quarters, dangers, pairs), in the order of `DANGERS`.
    omniscient : whether it was made from the true world.
    """

    first_quarter: int
    measures: tuple[str, ...]
    values: Mapping[str, NDArray[np.float64]]
    struck: Mapping[str, NDArray[np.bool_]]
    omniscient: bool

    @property
    def pairs(self) -> int:
        """Possible worlds that it rests on."""
        return int(next(iter(self.values.values())).shape[-1])

    def fan(self, course: str, measure: str) -> NDArray[np.float64]:
        """Quantiles 5, 25, 50, 75 and 95% of a measure. (quarters, 5)."""
        return _quantiles(self.values[course][:, self.measures.index(measure)])

    def difference(self, measure: str, one: str = WITH, other: str = WITHOUT) -> NDArray[np.float64]:
        """The same quantiles of what one course gives more than the other in the same possible world. (quarters, 5)."""
        return _quantiles(self._gap(measure, one, other))

    def better(self, measure: str, one: str = WITH, other: str = WITHOUT) -> NDArray[np.float64]:
        """Share of possible worlds in which one course gives more than the other. (quarters,)."""
        return np.mean(self._gap(measure, one, other) > 0.0, axis=-1)

    def mean_difference(self, measure: str, one: str = WITH, other: str = WITHOUT) -> NDArray[np.float64]:
        """Mean of what one course gives more than the other. (quarters,)."""
        return np.mean(self._gap(measure, one, other), axis=-1)

    def odds(self, course: str, danger: str) -> NDArray[np.float64]:
        """Probability that a danger has struck by the end of each quarter. (quarters,)."""
        row = list(DANGERS).index(danger)
        return np.mean(np.logical_or.accumulate(self.struck[course][:, row], axis=0), axis=-1)

    def _gap(self, measure: str, one: str, other: str) -> NDArray[np.float64]:
        row = self.measures.index(measure)
        return self.values[one][:, row] - self.values[other][:, row]

    def as_json(self) -> dict[str, Any]:
        """All of it as plain numbers: fans by course and measure, differences, odds by danger."""
        courses = list(self.values)
        found: dict[str, Any] = {
            "first_quarter": self.first_quarter,
            "pairs": self.pairs,
            "quantiles": list(QUANTILES),
            "omniscient": self.omniscient,
            "fans": {c: {m: self.fan(c, m).tolist() for m in self.measures} for c in courses},
            "odds": {c: {d: self.odds(c, d).tolist() for d in DANGERS} for c in courses},
        }
        if set(courses) == {WITH, WITHOUT}:
            found["difference"] = {m: self.difference(m).tolist() for m in self.measures}
            found["mean_difference"] = {m: self.mean_difference(m).tolist() for m in self.measures}
            found["better"] = {m: self.better(m).tolist() for m in self.measures}
        return found


def _quantiles(values: NDArray[np.float64]) -> NDArray[np.float64]:
    # Of n draws the k-th stands for k / (n + 1): then the true value lies between 5 and 95% nine times in ten.
    return np.quantile(values, QUANTILES, axis=-1, method="weibull").T
