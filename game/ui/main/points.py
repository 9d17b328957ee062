"""Points: the score so far, the rank, and how far it lies from par where a par table counts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from game.core.errors import PaxError
from game.core.scenario import Scenario
from game.explain import measure_terms
from game.files.par_tables import ParTable, read_par
from game.files.paths import par_table
from game.files.rules_hash import rules_hash
from game.rules.objectives import graded
from game.rules.score import MEASURE_WEIGHT, OBJECTIVE_WEIGHT
from game.ui import theme
from game.ui.kit import Term, Tip, plain
from game.ui.main.context import PlayContext
from game.ui.main.readings import in_words, ordinal, rank_of
from game.ui.screens.nation_card import MEASURE_NAMES


@dataclass(frozen=True, slots=True)
class Par:
    """The par table of a game, or why there are no points."""

    table: ParTable | None
    blank: str


def par_of(scenario: Scenario) -> Par:
    """Read the par table of a scenario; takes a tenth of a second, so call it beside the frame."""
    try:
        table = read_par(par_table(scenario.name))
    except PaxError as error:
        return Par(None, str(error))
    if table is None:
        return Par(None, "No par table for this scenario: the score stands alone.")
    stale = table.stale(scenario.content_hash, rules_hash())
    return Par(None, f"No points: {stale}.") if stale else Par(table, "")


def points_words(play: PlayContext, par: Par | None) -> tuple[str, str, Tip]:
    """The figure for the bar, the rank below it, and what both are made of."""
    standings = play.match.standings()
    rank, score = rank_of(standings, play.seat), dict(standings)[play.seat]
    tip = _tip(play, par, score)
    if not play.match.quarter:
        return "—", f"score, {len(standings)} seats", tip
    if par is None or par.table is None:
        return f"{score:.1f}", f"score, {ordinal(rank)} of {len(standings)}", tip
    # Rank and victory go by points, so that a small seat can win.
    by_points = {seat: par.table.open_points(seat, value, play.match.quarter) for seat, value in standings}
    points = by_points[play.seat]
    if points is None:
        return f"{score:.1f}", f"score, {ordinal(rank)} of {len(standings)}", tip
    ahead = sum(other is not None and other > points for other in by_points.values())
    return points_figure(points), f"points, {ordinal(ahead + 1)} of {len(standings)}", tip


def points_figure(points: float) -> str:
    """Points as shown: +13, −4, and 0 without a sign."""
    return f"{round(points):+d}".replace("-", "−") if round(points) else "0"


@dataclass(frozen=True, slots=True)
class Part:
    """What gives part of a quarter's score, and how much of it."""

    name: str
    points: float


def quarter_parts(play: PlayContext) -> list[Part]:
    """What the score of the last quarter, or of one like the opening, is made of: together they are that score."""
    s, tables = play.match.scenario, play.match.model.book.tables
    parts = [
        Part(f"{MEASURE_NAMES[measure]} {value:.0f} × {100.0 * MEASURE_WEIGHT * weight:.3g}%",
             MEASURE_WEIGHT * weight * value)
        for measure, weight, value in measure_terms(play.seen, s, play.place)
    ]  # fmt: skip
    met = float(graded(play.seen, s, tables)[play.place, 0])
    parts.append(Part(f"Objective, met to {met:.0%}, × {OBJECTIVE_WEIGHT:.0%}", OBJECTIVE_WEIGHT * 100.0 * met))
    parts.append(Part("Race dividend", float(play.seen.standing.dividend[play.place, 0])))
    return parts


def adding_up(values: Sequence[float]) -> list[float]:
    """Values in tenths so rounded that they add up to their rounded sum: those nearest to the next tenth give way."""
    tenths = [round(10.0 * value) for value in values]
    over = sum(tenths) - round(10.0 * sum(values))
    step = 1 if over > 0 else -1
    by_room = sorted(range(len(values)), key=lambda n: step * (10.0 * values[n] - tenths[n]))
    for n in by_room[: abs(over)]:
        tenths[n] -= step
    return [value / 10.0 for value in tenths]


def _sum_terms(play: PlayContext, score: float) -> list[Term]:
    """The parts of the last quarter's score, their sum, and how that gives the score so far."""
    parts, played = quarter_parts(play), play.match.quarter
    shown = adding_up([part.points for part in parts])
    terms = [Term(part.name, f"{points:.1f}".replace("-", "−")) for part, points in zip(parts, shown, strict=True)]
    whole = sum(part.points for part in parts)
    if not played:
        return [*terms, Term("Score of a quarter like the opening", f"{whole:.1f}", theme.ACCENT)]
    terms.append(Term("Score of the last quarter", f"{whole:.1f}", theme.ACCENT))
    cost = float(play.seen.relations.penalty[play.place, 0])
    if played > 1:
        earlier = ((score + cost) * played - whole) / (played - 1)
        before = "The quarter before" if played == 2 else f"Mean of {played - 1} before"
        terms.append(Term(before, f"{earlier:.1f}"))
    if cost:
        terms.append(Term("What a collapse cost", f"−{cost:.1f}", theme.BAD))
    terms.append(Term("Score so far, their mean", f"{score:.1f}", theme.ACCENT))
    return terms


def _tip(play: PlayContext, par: Par | None, score: float) -> Tip:
    match = play.match
    terms = _sum_terms(play, score)
    seat_par = par.table.seats.get(play.seat) if par and par.table else None
    if seat_par:
        by_then = "a first quarter" if match.quarter < 2 else f"{match.quarter} quarters"
        terms.append(Term(f"Par: {by_then} of steady play", f"{seat_par.open_mean(match.quarter):.1f}"))
    body = (
        "Each quarter: five measures from 0 to 100, your objective, and the race dividend. Secret mandates, 15% more, "
        "wait for the end. Points: ten for each spread above par."
    )
    objective = match.scenario.objectives.get(play.place)
    goal = f" Your objective: {in_words(objective.text)}" if objective else ""
    return Tip("Score and points", plain(body + goal), tuple(terms), source=par.blank if par else "")
