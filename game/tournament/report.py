"""The report of a tournament: one HTML page with charts that needs nothing else."""

from __future__ import annotations

import math
from collections.abc import Sequence
from importlib.metadata import PackageNotFoundError, version
from itertools import pairwise

from game.page import (
    Bar,
    Cell,
    Fact,
    Html,
    Section,
    bar_chart,
    bullets,
    facts,
    heading,
    heat_matrix,
    joined,
    notice,
    page,
    prose,
    table,
)
from game.tournament.ratings import Floats
from game.tournament.schedule import FORMATS
from game.tournament.standings import Standing, Table

HOW_TO_READ = (
    "Every strategy plays every seat on the same seeds, so that a lucky seat or a lucky draw favours nobody.",
    "Points are 10 (score - par) / sigma: par is what the seat scores when everybody plays steady, sigma how far its "
    "score spreads. 0 points is as good as steady.",
    "The rating is Plackett-Luce over all games at once, in Elo points around the mean of the table: 400 points are "
    "odds of 10 to 1 to end ahead. The order in which games were played does not matter.",
    "Bars carry 95% intervals. Where the intervals of two do not overlap, one is better than the other.",
)


def report(title: str, tables: Sequence[Table]) -> str:
    """The page as HTML text."""
    sections = [section for found in tables for section in _sections(found, len(tables) > 1)]
    sections.append(Section("How to read this", [bullets(HOW_TO_READ)]))
    names = dict.fromkeys(name for found in tables for name in found.results.names)
    opening = facts([
        Fact("Games", f"{sum(t.games for t in tables if len(t.results.scenarios) == 1):,}"),
        Fact("Strategies", len(names)),
        Fact("Leads", tables[0].standings[0].name, f"{tables[0].standings[0].value:+.1f} points"),
    ])  # fmt: skip
    scenarios = dict.fromkeys(name for found in tables for name in found.results.scenarios)
    footer = f"pax-silica {_version()} tournament report; rules {tables[0].results.rules}"
    return page(title, sections, subtitle=", ".join(scenarios), opening=[opening], footer=footer)


def _sections(found: Table, several: bool) -> list[Section]:
    r = found.results
    of = f": {r.format} on {', '.join(r.scenarios)}" if several else ""
    lead = f"{r.format}: {FORMATS.get(r.format, 'two strategies in pairs of games, seats swapped')}. "
    lead += f"{found.games:,} games over {found.seeds:,} seeds."
    content: list[object] = [bullets(found.notes), _standings(found), _points(found)]
    if found.standings[0].rating is not None:
        content.append(_ratings(found))
    if r.format == "ladder":
        content.append(_rungs(found))
    sections = [Section(f"Standings{of}", content, lead)]
    if len(r.names) > 1:
        lead = "Share of games won against another, ties half."
        sections.append(Section(f"Who beats whom{of}", _against(found), lead))
    sections.append(Section(f"By seat{of}", [_seats(found)], "Mean points of each strategy in each seat."))
    if any(row.faults for row in found.standings):
        sections.append(Section(f"Faults{of}", [_faults(found)], "Games in which a strategy failed, its seat on hold."))
    return sections


def _standings(found: Table) -> Html:
    value = "points" if found.results.ranked else "score"
    head = ["strategy", "games", value, "95%", "rating", "95%", "95% by seed", "came first", "faults", "too slow"]
    return table(head, [_row(row) for row in found.standings])


def _row(row: Standing) -> list[Cell]:
    low, high = row.interval
    shown: list[Cell] = [row.name, row.games, round(row.value, 2), f"{low:.2f} to {high:.2f}"]
    if row.rating is None or row.rating_interval is None or row.rating_error_by_seed is None or row.first is None:
        return [*shown, None, "", "", "", row.faults, row.timed_out]
    low, high = row.rating_interval
    half = (high - low) / 2 * row.rating_error_by_seed / row.rating_error if row.rating_error else 0.0
    by_seed = f"{row.rating - half:+.0f} to {row.rating + half:+.0f}"
    shown += [round(row.rating), f"{low:+.0f} to {high:+.0f}", by_seed, f"{row.first:.1%}"]
    return [*shown, row.faults, row.timed_out]


def _points(found: Table) -> Html:
    value = "points" if found.results.ranked else "score"
    bars = [Bar(row.name, row.value, *row.interval) for row in found.standings]
    return bar_chart(f"Mean {value}", bars, desc=f"Mean {value} of each strategy with its 95% interval.", unit=value)


def _ratings(found: Table) -> Html:
    bars = []
    for row in found.standings:
        low, high = row.rating_interval or (None, None)
        bars.append(Bar(row.name, row.rating, low, high, note=f"{row.rating or 0.0:+.0f}"))
    return bar_chart("Rating", bars, desc="Rating of each strategy in Elo points with its 95% interval.", unit="Elo")


def _rungs(found: Table) -> Html:
    """Whether each rung of a ladder stands above the one listed before it, by the wider of the two intervals."""
    by_place = sorted(found.standings, key=lambda row: row.position)
    lines = []
    for below, above in pairwise(by_place):
        if below.wide_interval is None or above.wide_interval is None:
            continue
        apart = above.wide_interval[0] - below.wide_interval[1]
        shown = f"above {below.name}: intervals {apart:.0f} points apart"
        said = shown if apart > 0 else f"not shown to be above {below.name}: intervals overlap"
        lines.append(notice(f"{above.name} {said}", "good" if apart > 0 else "bad"))
    return joined([heading("Rungs"), *lines]) if lines else Html("")


def _against(found: Table) -> list[object]:
    order = [row.position for row in found.standings]
    names = [found.results.names[i] for i in order]
    values = _cells(found.wins[order][:, order])
    content: list[object] = [
        heat_matrix("Win matrix", names, names, values, desc="Share won by the row against the column.", centre=0.5,
                    low=0.0, high=1.0),
    ]  # fmt: skip
    if found.alpha_rank is not None:
        bars = [
            Bar(found.results.names[i], float(found.alpha_rank[i]), note=f"{found.alpha_rank[i]:.1%}") for i in order
        ]
        content.append(heading("Alpha-rank"))
        content.append(prose("Share of time that a population which copies winners spends at each strategy."))
        content.append(bar_chart("Alpha-rank", bars, unit="share", low=0.0))
    return content


def _seats(found: Table) -> Html:
    order = [row.position for row in found.standings]
    names = [found.results.names[i] for i in order]
    centre = 0.0 if found.results.ranked else None
    return heat_matrix("Mean points by seat", names, found.results.seats, _cells(found.by_seat[order]), centre=centre)


def _faults(found: Table) -> Html:
    rows: list[list[Cell]] = [[row.name, row.faults, row.timed_out, row.games] for row in found.standings if row.faults]
    return table(["strategy", "games with a fault", "of which too slow", "games"], rows)


def _cells(values: Floats) -> list[list[float | None]]:
    return [[None if math.isnan(value) else float(value) for value in row] for row in values]


def _version() -> str:
    try:
        return version("pax-silica")
    except PackageNotFoundError:
        from game import __version__

        return __version__
