"""How a game ended: who won the race, where everybody finished, and what a nation's score is made of."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from game.core.names import MEASURES, quarter_name
from game.match import Match
from game.rules.objectives import graded
from game.rules.race import QUARTERS_HELD
from game.ui.main.points import par_of
from game.ui.screens.games import place_name, quarter_words

FIRST_YEAR = 4


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the final standing.

    Attributes
    ----------
    points : float, optional
        Against par, which ranks; None without a par table that counts, and then the score ranks.
    climbed : int
        Ranks gained since the end of the first year; negative for lost.
    side : int
        1 for members of the bloc, -1 for the inside place, 0 for the others.
    """

    rank: int
    code: str
    name: str
    score: float
    points: float | None
    climbed: int
    side: int


@dataclass(frozen=True, slots=True)
class Measure:
    """One measure of a nation, 0-100: at the end and at the opening, with its weight in the score."""

    key: str
    weight: float
    value: float
    opening: float


def quarter_labels(match: Match) -> tuple[str, ...]:
    """The opening, then each quarter played: 'Q1 26'."""
    played = len(match.series["score"]) - 1
    names = [quarter_name(index, match.scenario.first_quarter) for index in range(played)]
    return ("Start", *(f"{name[4:]} {name[2:4]}" for name in names))


def crossing(match: Match, series: str) -> str:
    """The quarter in which a bar of the race was first held above the post; empty if it never was.

    Parameters
    ----------
    series : str
        "mineral_independence" or "chip_independence".
    """
    held = 0
    for position, value in enumerate(match.series[series]):
        held = held + 1 if value >= match.scenario.race.post else 0
        if held >= QUARTERS_HELD:
            return quarter_name(max(0, position - 1), match.scenario.first_quarter)
    return ""


def race_words(match: Match) -> str:
    """Who won the race, and when."""
    minerals, chips = crossing(match, "mineral_independence"), crossing(match, "chip_independence")
    post = f"{match.scenario.race.post:.0%}"
    if minerals and chips and minerals == chips:
        return f"Both sides hold {post} in {quarter_words(minerals)}"
    if minerals and (not chips or minerals < chips):
        return f"Pax Silica holds {post} first, in {quarter_words(minerals)}"
    if chips:
        return f"China holds {post} first, in {quarter_words(chips)}"
    return f"Nobody held {post} for two quarters"


def final_rows(match: Match) -> list[Row]:
    """The final standing, best first."""
    positions = {code: match.scenario.place_axis.at(code) for code in match.scenario.seats}
    first_year = min(FIRST_YEAR, len(match.series["score"]) - 1)
    early = np.asarray(match.series["score"][first_year])
    table = par_of(match.scenario).table

    def points(code: str, score: float) -> float | None:
        return table.points(code, score, match.mandate(code)) if table else None

    def open_points(code: str, score: float) -> float | None:
        return table.open_points(code, score, first_year) if table else None

    def ranking(scores: Mapping[str, float], worth: Callable[[str, float], float | None]) -> list[str]:
        value = {code: worth(code, score) for code, score in scores.items()}
        return sorted(scores, key=lambda code: -(scores[code] if value[code] is None else value[code] or 0.0))

    order = ranking({code: float(early[place]) for code, place in positions.items()}, open_points)
    before = {code: rank for rank, code in enumerate(order, start=1)}
    scores = dict(match.standings())
    return [
        Row(
            rank, code, place_name(code), scores[code], points(code, scores[code]), before[code] - rank,
            _side(match, positions[code]),
        )
        for rank, code in enumerate(ranking(scores, points), start=1)
    ]  # fmt: skip


def _side(match: Match, place: int) -> int:
    if place == match.scenario.inside:
        return -1
    return 1 if match.world.relations.member[match.scenario.race.bloc, place, 0] > 0 else 0


def measures_of(match: Match, seat: str) -> list[Measure]:
    """The five measures of a seat."""
    place = match.scenario.place_axis.at(seat)
    now, then = match.series["measures"][-1][place], match.series["measures"][0][place]
    weights = match.scenario.places.weights[place, :, 0]
    return [Measure(key, float(weights[k]), float(now[k]), float(then[k])) for k, key in enumerate(MEASURES)]


def objective_of(match: Match, seat: str) -> tuple[str, float] | None:
    """Text and grade (0-1) of a seat's public objective, if it has one."""
    place = match.scenario.place_axis.at(seat)
    objective = match.scenario.objectives.get(place)
    if objective is None:
        return None
    grade = graded(match.world, match.scenario, match.model.book.tables)
    return objective.text, float(grade[place, 0])


def scores(match: Match, code: str) -> tuple[float | None, ...]:
    """Score so far of a seat after each quarter; none at the opening."""
    place = match.scenario.place_axis.at(code)
    return (None, *(float(values[place]) for values in match.series["score"][1:]))


def ordinal(number: int) -> str:
    """2 as 2nd."""
    ending = "th" if 10 <= number % 100 <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"
