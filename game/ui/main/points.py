"""Points: the score so far, the rank, and how far it lies from par where a par table counts."""

from __future__ import annotations

from dataclasses import dataclass

from game.core.errors import PaxError
from game.core.scenario import Scenario
from game.explain import measure_terms
from game.files.par_tables import ParTable, read_par
from game.files.paths import par_table
from game.files.rules_hash import rules_hash
from game.ui import theme
from game.ui.kit import Term, Tip, plain
from game.ui.main.context import PlayContext
from game.ui.main.readings import ordinal, rank_of
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
    by_points = {seat: par.table.open_points(seat, value) for seat, value in standings}
    points = by_points[play.seat]
    if points is None:
        return f"{score:.1f}", f"score, {ordinal(rank)} of {len(standings)}", tip
    ahead = sum(other is not None and other > points for other in by_points.values())
    return points_figure(points), f"points, {ordinal(ahead + 1)} of {len(standings)}", tip


def points_figure(points: float) -> str:
    """Points as shown: +13, −4, and 0 without a sign."""
    return f"{round(points):+d}".replace("-", "−") if round(points) else "0"


def _tip(play: PlayContext, par: Par | None, score: float) -> Tip:
    match = play.match
    terms = [
        Term(f"{MEASURE_NAMES[measure]} × {weight:.0%}", f"{value:.0f}")
        for measure, weight, value in measure_terms(play.seen, match.scenario, play.place)
    ]
    dividend = float(play.seen.standing.dividend[play.place, 0])
    terms.append(Term("Race dividend last quarter", f"{dividend:+.1f}" if dividend else "none"))
    if match.quarter:
        terms.append(Term("Score, mean of the quarters so far", f"{score:.1f}", theme.ACCENT))
    seat_par = par.table.seats.get(play.seat) if par and par.table else None
    if seat_par:
        terms.append(Term("Par: a whole game of steady play", f"{seat_par.open_mean:.1f}"))
    body = (
        "Each quarter: five measures, your objective, and the race dividend. Points: ten for each spread above par. "
        "Secret mandates are left out until the game ends."
    )
    objective = match.scenario.objectives.get(play.place)
    goal = f" Your objective: {objective.text}" if objective else ""
    return Tip("Score and points", plain(body + goal), tuple(terms), source=par.blank if par else "")
