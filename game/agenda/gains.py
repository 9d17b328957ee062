"""What candidates gain: each is tried in possible worlds of its own, all in one batch, against doing nothing more.

Everybody's luck is the same in the worlds that are compared; what is hidden from the seat is drawn (`game.forecast`).
After the first quarter the seat plays on as `steady` does, talks and all. The best of many that are tried is the best
by luck in part: what each is told to gain is drawn toward nothing by as much as luck moves them all.
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
from game.core.numeric import total
from game.core.orders import Order
from game.core.scenario import Scenario
from game.core.schema import quantities
from game.core.world import World, sealed
from game.forecast import imagined
from game.rules.score import EPILOGUE_WEIGHT, MEASURE_WEIGHT
from game.view import View

#: Quarters ahead and draws of luck for each candidate.
QUARTERS, DRAWS = 10, 4
#: What the last quarters looked at still gain counts on for as many as the game then has, but at most so many; and how
#: many of the last are taken together.
AFTER, LAST = 8, 2
#: What everybody is thought to play, and the seat itself after its orders.
MODEL = "steady"
#: What a gain is made of.
PARTS = (*MEASURES, "objective", "mandate", "race")
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Gain:
    """What a candidate gains over doing nothing.

    Parameters
    ----------
    points : of the score at the end of the game, as far as they stand out of luck.
    error : standard error of what was found, over the draws.
    parts : (8,) points by `PARTS`, as found.
    """

    points: float
    error: float
    parts: Floats


def whole_game(s: Scenario) -> float:
    """Quarters of a game, those of the epilogue by their weight: a point in each is a point of the final score."""
    return s.quarters + EPILOGUE_WEIGHT * s.epilogue_quarters


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
    """What each candidate gains, by its name; none if `go_on` says to stop."""
    n = scenario.place_axis.at(seat)
    tried = (None, *(each.order for each in found))
    trials = Trials(given, tried, draws)
    race = ChipRace(scenario, 1, {code: trials if code == seat else MODEL for code in scenario.seats})
    world = tiled(imagined(seen, scenario, n, range(draws)), len(tried))
    ahead = min(quarters, scenario.quarters + scenario.epilogue_quarters - seen.quarter)
    after = min(max(scenario.quarters - seen.quarter - ahead, 0), AFTER)
    last = min(LAST, ahead)
    summed = np.zeros((len(PARTS), len(tried) * draws))
    for quarter in range(ahead):
        if not go_on():
            return {}
        race.begin_again(world)
        # The talks of the quarter that is tried are over, or are about something else.
        if quarter:
            race.talk()
        race.advance(race.sealed_orders())
        before, world = world, race.world
        times = 1.0 + (after / last if quarter >= ahead - last else 0.0)
        summed += times * scored(before, world, scenario, n)
    by_group = summed.reshape(len(PARTS), len(tried), draws) / whole_game(scenario)
    gap = by_group[:, 1:] - by_group[:, :1]
    whole = gap.sum(axis=0)
    points, error = whole.mean(axis=1), whole.std(axis=1, ddof=1) / draws**0.5
    sure = outstanding(points, error)
    return {each.name: Gain(float(sure[k]), float(error[k]), gap[:, k].mean(axis=-1)) for k, each in enumerate(found)}


def scored(before: World, after: World, s: Scenario, n: int) -> Floats:
    """What a quarter added to a place's score, in points of a whole quarter, by `PARTS`. (8, B)."""
    old, new = before.standing, after.standing
    weight = new.weight_sum - old.weight_sum
    measures = weight * MEASURE_WEIGHT * s.places.weights[n] * new.measures[n]
    race, mandate = weight * new.dividend[n], (new.mandate_sum - old.mandate_sum)[n]
    objective = (new.score_sum - old.score_sum)[n] - race - total(measures)
    return np.concatenate([measures, [objective, mandate, race]])


def outstanding(points: Floats, error: Floats) -> Floats:
    """What is left of gains that were found when they are drawn toward nothing by what luck there is in them.

    How far candidates differ is taken from all of them, by the median, which a few great ones do not move; an error
    found from few draws is taken together with the usual one.
    """
    usual = np.median(error) if len(error) else 0.0
    luck = 0.5 * (error * error + usual * usual)
    differ = np.maximum(points * points - luck, 0.0)
    return np.asarray(points * differ / np.maximum(differ + luck, 1e-18))


def tiled(world: World, times: int) -> World:
    """The worlds one after another, so many times."""
    parts: dict[str, Any] = {"seed": np.tile(world.seed, times)}
    for name in World.__dataclass_fields__:
        record = getattr(world, name)
        if is_dataclass(record):
            kind: Any = type(record)
            parts[name] = kind(**{f.name: np.tile(getattr(record, f.name), times) for f, _ in quantities(kind)})
    return sealed(World(quarter=world.quarter, **parts))
