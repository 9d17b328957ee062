"""Whether forecasts keep what they promise: how often the 5-95% band holds what comes.

Games are played on by `steady` seats. In each, one seat forecasts from one quarter; seats and quarters take turns. Then
the game's own future is looked up. Bands that are too narrow, or too wide, are a fault of the forecast.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from agents.futures import futures
from agents.model import ChipRace
from game.core.names import MEASURES
from game.core.scenario import Scenario
from game.core.world import World, slice_worlds
from game.forecast import MEASURED, QUANTILES, Fans, Forecast
from game.lab.forecasts import EXPECTED
from game.view import view

#: Where the share of outcomes inside the band shall lie.
LEAST, MOST = 0.85, 0.95
#: Possible worlds of each forecast, quarters looked ahead, and games played side by side.
WORLDS, QUARTERS, TOGETHER = 64, 8, 40
#: A band this narrow, relative to the value, is no band: the forecast says one number.
POINT = 1e-6
#: Measures by what they are about, for the verdict; each group has games enough to be sure of.
GROUPS: dict[str, tuple[str, ...]] = {
    "score": ("score", "quarter_score"),
    "measures": tuple(MEASURES),
    "race": ("mineral_independence", "chip_independence"),
    "state": ("treasury", "approval", "running", "grid"),
    "prices": tuple(name for name in MEASURED if name.startswith("price:")),
    "stocks": tuple(name for name in MEASURED if name.startswith("cover:")),
    "gates": tuple(name for name in MEASURED if name.startswith("gate:")),
}


@dataclass(frozen=True, slots=True)
class Held:
    """How often a band held the outcome.

    Parameters
    ----------
    name : measure, group or horizon.
    share : of outcomes inside the band, 0 to 1.
    outcomes : how many were looked at: those that the forecast did not simply know are counted.
    judged : whether the verdict rests on it.
    """

    name: str
    share: float
    outcomes: int
    judged: bool

    @property
    def holds(self) -> bool:
        """Whether the share lies where it shall."""
        return LEAST <= self.share <= MOST

    def line(self) -> str:
        """For people."""
        verdict = ("holds" if self.holds else "does not hold") if self.judged else ""
        return f"{self.name:<28}{self.share:>7.1%}{self.outcomes:>8}  {verdict}".rstrip()


@dataclass(frozen=True, slots=True)
class Calibration:
    """What was found, measure by measure.

    Parameters
    ----------
    inside : whether the band held the outcome, (games, quarters, measures).
    known : whether the forecast said one number and was right: such outcomes are not counted.
    """

    inside: NDArray[np.bool_]
    known: NDArray[np.bool_]

    def rows(self) -> Iterator[Held]:
        """All outcomes, by horizon, by group, by measure; the verdict rests on the first three kinds."""
        yield self._held("all", slice(None), tuple(MEASURED), judged=True)
        for q in range(self.inside.shape[1]):
            yield self._held(f"{q + 1} quarters ahead" if q else "1 quarter ahead", q, tuple(MEASURED), judged=True)
        for group, names in GROUPS.items():
            yield self._held(group, slice(None), names, judged=True)
        for name in MEASURED:
            yield self._held(f"  {name}", slice(None), (name,), judged=False)

    def _held(self, title: str, quarters: slice | int, names: tuple[str, ...], judged: bool) -> Held:
        columns = [list(MEASURED).index(name) for name in names]
        counted = ~self.known[:, quarters][..., columns]
        outcomes = int(np.count_nonzero(counted))
        inside = int(np.count_nonzero(self.inside[:, quarters][..., columns] & counted))
        return Held(title, inside / outcomes if outcomes else 1.0, outcomes, judged and outcomes > 0)


def calibrated(
    scenario: Scenario, games: int, seed: int, omniscient: bool = False, tick: Callable[[], None] = lambda: None
) -> Calibration:
    """Play games and forecast each of them once. Game g has seed `seed + g`; `tick` is called after each."""
    parts = [
        part
        for first in range(0, games, TOGETHER)
        for part in _looked(scenario, seed + first, min(TOGETHER, games - first), first, omniscient, tick)
    ]
    return Calibration(np.array([inside for inside, _ in parts]), np.array([known for _, known in parts]))


def _starts(scenario: Scenario) -> tuple[int, ...]:
    """Quarters from which games are forecast: after the first year, and with a look ahead left before the end."""
    last = scenario.quarters - QUARTERS
    return tuple(sorted({min(4, last), last // 2 + 2, last}))


Outcome = tuple[NDArray[np.bool_], NDArray[np.bool_]]


def _looked(
    scenario: Scenario, seed: int, games: int, first: int, omniscient: bool, tick: Callable[[], None]
) -> Iterator[Outcome]:
    starts, seats = _starts(scenario), scenario.places.seats
    race = ChipRace(scenario, games, {}, seed)
    played = [race.world]
    while race.world.quarter < max(starts) + QUARTERS:
        race.step()
        played.append(race.world)
    for g in range(games):
        n = first + g
        start, seat = starts[n % len(starts)], seats[(n // len(starts)) % len(seats)]
        own = [slice_worlds(world, slice(g, g + 1)) for world in played[start : start + QUARTERS + 1]]
        yield _outcome(scenario, seat, own, omniscient)
        tick()


def _outcome(scenario: Scenario, seat: int, own: list[World], omniscient: bool) -> Outcome:
    """One forecast against one game: `own` are its worlds from the quarter of the forecast on."""
    now = own[0]
    fans = Forecast(
        view(now, scenario, seat),
        scenario,
        seat,
        futures(scenario, scenario.place_axis.names[seat]),
        {EXPECTED: [None]},
        worlds=WORLDS,
        quarters=QUARTERS,
        omniscient=now if omniscient else None,
    ).run()
    came = np.array([[m.read(world, scenario, seat)[0] for m in MEASURED.values()] for world in own[1:]])
    return _inside(fans, came)


def _inside(fans: Fans, came: NDArray[np.float64]) -> Outcome:
    """Whether the bands hold what came, and whether there was nothing to hold. (quarters, measures) each."""
    bands = np.array([fans.fan(EXPECTED, name) for name in fans.measures])
    low, high = bands[:, :, 0].T, bands[:, :, QUANTILES.index(0.95)].T
    slack = POINT * (1.0 + np.abs(came))
    inside = (came >= low - slack) & (came <= high + slack)
    return inside, inside & (high - low <= slack)
