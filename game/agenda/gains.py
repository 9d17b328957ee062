"""What candidates gain: each is tried in possible worlds of its own, all in one batch, against doing nothing more.

Everybody's luck is the same in the worlds that are compared; what is hidden from the seat is drawn (`game.forecast`).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, is_dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from agents.model import ChipRace
from agents.strategies import Counsel, find
from game.agenda.candidates import Candidate
from game.core.names import MEASURES
from game.core.orders import Order
from game.core.scenario import Scenario
from game.core.schema import quantities
from game.core.world import World, sealed
from game.forecast import imagined
from game.view import View

#: Quarters ahead and draws of luck for each candidate.
QUARTERS, DRAWS = 10, 4
#: What the last quarter looked at still gains counts on for as many quarters as the game then has, but at most so many.
AFTER = 8
#: What everybody is thought to play, and the seat itself after its orders.
MODEL = "steady"


@dataclass(frozen=True, slots=True)
class Gain:
    """What a candidate gains over doing nothing.

    Parameters
    ----------
    points : of the quarterly score, added up over the quarters looked ahead.
    error : standard error of that, over the draws.
    measures : (5,) points by measure, weighted as the score weighs them.
    """

    points: float
    error: float
    measures: NDArray[np.float64]


class Trials:
    """Steers the seat in a batch: in the first quarter each group of worlds tries one candidate, then as `steady` does.

    Parameters
    ----------
    orders : those already given, and for each group what it tries beside them.
    draws : worlds of a group.
    """

    name, motto = "trials", "Each world tries something else."

    def __init__(self, given: Sequence[Order], tried: Sequence[Order | None], draws: int) -> None:
        self.given, self.tried, self.draws = given, tried, draws
        self.first = True
        self._then = find(MODEL)

    def decide(self, counsel: Counsel) -> None:
        """Give this quarter's orders."""
        if not self.first:
            self._then.decide(counsel)
            return
        for order in self.given:
            counsel.give(order)
        worlds = np.arange(len(self.tried) * self.draws)
        for group, tried in enumerate(self.tried):
            if tried is not None:
                counsel.give(tried, worlds // self.draws == group)
        self.first = False


def gains(
    seen: View,
    scenario: Scenario,
    seat: str,
    given: Sequence[Order],
    found: Sequence[Candidate],
    quarters: int = QUARTERS,
    draws: int = DRAWS,
    go_on: Callable[[], bool] = lambda: True,
) -> dict[str, Gain]:
    """What each candidate gains, by position in the list as text; none if `go_on` says to stop."""
    n = scenario.place_axis.at(seat)
    tried = (None, *(each.order for each in found))
    trials = Trials(given, tried, draws)
    race = ChipRace(scenario, 1, {code: trials if code == seat else MODEL for code in scenario.seats})
    world = tiled(imagined(seen, scenario, n, range(draws)), len(tried))
    ahead = min(quarters, scenario.quarters + scenario.epilogue_quarters - seen.quarter)
    after = min(max(scenario.quarters - seen.quarter - ahead, 0), AFTER)
    summed = np.zeros((len(MEASURES), len(tried) * draws))
    for quarter in range(ahead):
        if not go_on():
            return {}
        race.begin_again(world)
        race.advance(race.sealed_orders())
        world = race.world
        times = 1.0 + (after if quarter == ahead - 1 else 0.0)
        summed += times * scenario.places.weights[n] * world.standing.measures[n]
    by_group = summed.reshape(len(MEASURES), len(tried), draws)
    gap = by_group[:, 1:] - by_group[:, :1]
    whole = gap.sum(axis=0)
    return {
        each.key: Gain(float(whole[k].mean()), float(whole[k].std(ddof=1) / draws**0.5), gap[:, k].mean(axis=-1))
        for k, each in enumerate(found)
    }


def tiled(world: World, times: int) -> World:
    """The worlds one after another, so many times."""
    parts: dict[str, Any] = {"seed": np.tile(world.seed, times)}
    for name in World.__dataclass_fields__:
        record = getattr(world, name)
        if is_dataclass(record):
            kind: Any = type(record)
            parts[name] = kind(**{f.name: np.tile(getattr(record, f.name), times) for f, _ in quantities(kind)})
    return sealed(World(quarter=world.quarter, **parts))
