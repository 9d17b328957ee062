"""How hard the other seats play against people: four levels made of the strategies that anybody may choose.

No level cheats: every seat has the same orders, money, political capital and luck as a person would have in its place,
and sees the same estimates. What differs is who thinks, and how far ahead.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass

import numpy as np

from agents.strategies import strategies
from game.core.errors import PaxError
from game.core.scenario import Scenario
from game.files.near import unknown

#: Seats in which a doctrine beats `steady` against seats on `steady` by more than four standard errors, by the par
#: tables, without lowering the whole table as China's floods do; the others play `steady`.
SUITED: Mapping[str, str] = {
    "USA": "compute_first", "SGP": "compute_first", "AUS": "mineral_first", "CAN": "free_trader",
}  # fmt: skip
#: Largest seats by budget that play `greedy` at the first level, and `planner` at the last.
LARGE, PLANNERS = 6, 2
PLANNER = "planner"
#: What every rival sees, at every level.
SEES = (
    "What a person in its seat would see: its own figures, what is public, and estimates of the rest within a band. "
    "Never your orders of the quarter, your mandate, or what chance will bring."
)


@dataclass(frozen=True, slots=True)
class Difficulty:
    """One level.

    Parameters
    ----------
    name : as commands call it.
    title : as the window calls it.
    does : what rivals do, in a sentence or two.
    sees : what they see.
    seats : the strategy of each seat of a scenario.
    """

    name: str
    title: str
    does: str
    seats: Callable[[Scenario], dict[str, str]]
    sees: str = SEES


def rivals(name: str, scenario: Scenario, people: Collection[str] = ()) -> dict[str, str]:
    """The strategy of each seat that no person holds, at a level of difficulty.

    Raises
    ------
    PaxError
        There is no level of that name; those there are are named.
    """
    if name not in DIFFICULTIES:
        raise PaxError(unknown("difficulty", name, DIFFICULTIES))
    chosen = DIFFICULTIES[name].seats(scenario)
    return {code: strategy for code, strategy in chosen.items() if code not in people}


def _largest(s: Scenario, many: int) -> list[str]:
    """Codes of the seats with the largest budgets."""
    seats = np.array(s.places.seats)
    order = np.argsort(-s.places.budget[seats, 0], kind="stable")[:many]
    return [s.place_axis.names[n] for n in seats[order]]


def _learning(s: Scenario) -> dict[str, str]:
    return {code: "greedy" if code in _largest(s, LARGE) else "steady" for code in s.seats}


def _fair(s: Scenario) -> dict[str, str]:
    return dict.fromkeys(s.seats, "steady")


def _hard(s: Scenario) -> dict[str, str]:
    known = strategies()
    return {code: name if (name := SUITED.get(code, "steady")) in known else "steady" for code in s.seats}


def _expert(s: Scenario) -> dict[str, str]:
    first = [code for code in _largest(s, PLANNERS) if PLANNER in strategies()]
    return {**_hard(s), **dict.fromkeys(first, PLANNER)}


DIFFICULTIES: Mapping[str, Difficulty] = {
    level.name: level
    for level in (
        Difficulty(
            "learning", "Learning",
            "The six largest rivals take what gains next quarter, sign what they gain by, offer and plan nothing. The "
            "others play steady: they offer contracts, build what pays and start no quarrel.",
            _learning,
        ),
        Difficulty(
            "fair", "Fair",
            "Every rival plays steady, by which par is measured: it mends its weakest gate, builds what pays, signs "
            "what gains it something, and answers a breach in company.",
            _fair,
        ),
        Difficulty(
            "hard", "Hard",
            "As fair, but where a doctrine does better than steady play the seat follows it: the United States and "
            "Singapore put compute first, Australia minerals, Canada free trade.",
            _hard,
        ),
        Difficulty(
            "expert", "Expert",
            "As hard, and the two largest rivals try plans out on imagined games, from what their seat knows, before "
            "they decide.",
            _expert,
        ),
    )
}  # fmt: skip
