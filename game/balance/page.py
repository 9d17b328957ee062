"""The balance report as one page: verdicts first, then the tables and charts that they rest on."""

from __future__ import annotations

from collections.abc import Sequence

from game.balance.report import Matrix, Report
from game.balance.verdicts import MET, NOT_MEASURED, NOT_MET, Verdict, counted
from game.page import (
    Bar,
    Fact,
    Html,
    Section,
    badge,
    bar_chart,
    facts,
    figure,
    heat_matrix,
    notice,
    page,
    prose,
    table,
)

#: A scale over all shares.
_ALL = (0.0, 1.0)
_TONES = {MET: "good", NOT_MET: "bad", NOT_MEASURED: "open"}
_RULES = {
    "R1": "controls: window, learning, blame, settlement", "R2": "flood and floor", "R3": "epilogue",
    "R4": "blocs stay partial", "R5": "free riders", "R6": "minerals: market, time and nerve",
    "R7": "minerals bite where they are used", "R8": "tenders", "R9": "six control classes", "R10": "political capital",
    "R11": "the owner's allotment", "R12": "against snowball and stall", "R13": "a live opening", "R14": "agenda",
    "R15": "class clock", "score": "score, seats and the race", "talks": "talks and contracts",
}  # fmt: skip


def balance_page(report: Report, command: str = "") -> str:
    """The page as HTML text."""
    counts = counted(report.verdicts)
    cards = [
        Fact("Met", counts[MET], f"of {len(report.verdicts)} indicators and proofs"),
        Fact("Not met", counts[NOT_MET]),
        Fact("Not measured", counts[NOT_MEASURED], "and why is said with each"),
        Fact("Games", report.games, f"{len(report.pools.doctrines)} doctrines, {len(report.pools.ladder)} rungs"),
    ]
    notes = [notice(f"Not installed: {', '.join(report.pools.absent)}.", "open")] if report.pools.absent else []
    return page(
        f"Balance: {report.scenario}",
        [_section_ten(report), _seats(report), _doctrines(report), _orders(report), _ladder(report), _proofs(report)],
        subtitle="Whether it is a good game, measured on headless games; pools and aims were fixed before measuring.",
        opening=[facts(cards), *notes],
        footer=f"{command} · rules {report.rules[:16]} · scenario {report.scenario_hash[:16]}",
    )


def verdict_table(verdicts: Sequence[Verdict]) -> Html:
    """Verdicts as a table."""
    rows = [[v.name, badge(v.words, _TONES[v.words]), figure(v.value), _noise(v), v.aim, v.note] for v in verdicts]
    return table(["indicator", "verdict", "found", "noise (95%)", "aim", "note"], rows)


def _noise(v: Verdict) -> str:
    return f"{figure(v.low)} to {figure(v.high)}" if v.low is not None and v.high is not None else ""


def _section_ten(report: Report) -> Section:
    mine = [v for v in report.verdicts if v.rule == "10"]
    return Section("Is it a good game?", [verdict_table(mine)], "The indicators of the design, with their noise.")


def _proofs(report: Report) -> Section:
    parts: list[object] = []
    for rule, title in _RULES.items():
        mine = [v for v in report.verdicts if v.rule == rule]
        if mine:
            parts.append(prose(_rule_title(rule, title)))
            parts.append(verdict_table(mine))
    return Section("Do the rules do what they are for?", parts, "Each rule ends with a proof; here is what games say.")


def _rule_title(rule: str, title: str) -> str:
    return f"{rule}, {title}" if rule.startswith("R") else title.capitalize()


def _heat(
    title: str, matrix: Matrix, desc: str, centre: float | None = None, ends: tuple[float, float] | None = None
) -> Html:
    values = [[None if v != v else v for v in row] for row in matrix.values]
    low, high = ends or (None, None)
    return heat_matrix(title, matrix.rows, matrix.columns, values, desc=desc, centre=centre, low=low, high=high)


def _seats(report: Report) -> Section:
    matrix = report.seat_points
    means = [sum(column) / len(column) for column in zip(*matrix.values, strict=True)]
    bars = [
        Bar(seat, mean, tone="pax" if abs(mean) <= 10 else "bad", note=f"{mean:+.1f}")
        for seat, mean in zip(matrix.columns, means, strict=True)
    ]
    chart = bar_chart("Mean points of each seat, over doctrines", bars, low=-15.0, high=15.0,
                      desc="One standard deviation is 10 points.")  # fmt: skip
    heat = _heat("Points of each doctrine in each seat", matrix, "Blue above par, orange below.", 0.0)
    return Section("Seats", [chart, heat], "Nations differ; par and sigma are to make them equally worth playing.")


def _doctrines(report: Report) -> Section:
    shares = sorted(report.mixture.items(), key=lambda row: -row[1])
    bars = [Bar(name, share, note=f"{share:.0%}") for name, share in shares]
    mixture = bar_chart("Max-entropy Nash over doctrines", bars, low=0.0, high=1.0,
                        desc="The most mixed way to choose a doctrine that loses to none of them.")  # fmt: skip
    margins = _heat("Points by which the row beats the column", report.margins, "Half of the seats each, swapped.", 0.0)
    first = _heat("Share of games in which the row comes first", report.first, "Against the column.", 0.5, _ALL)
    return Section("Doctrines", [mixture, margins, first], "Is there more than one good way to play?")


def _orders(report: Report) -> Section:
    shown = [(name, row) for name, row in zip(report.usage.rows, report.usage.values, strict=True)]
    matrix = Matrix(tuple(name for name, _ in shown), report.usage.columns, tuple(_shares(row) for _, row in shown))
    heat = _heat("Who orders what", matrix, "Orders of a kind, over the doctrine that gives most.", None, _ALL)
    rows = [[name, *row] for name, row in shown]
    numbers = table(["orders a seat and game", *report.usage.columns], rows)
    return Section(
        "Orders", [heat, numbers], "An order that nobody gives is dead; one that everybody gives is no choice."
    )


def _shares(row: Sequence[float]) -> tuple[float, ...]:
    most = max(row)
    return tuple(value / most if most > 0 else 0.0 for value in row)


def _ladder(report: Report) -> Section:
    bars = [
        Bar(name, elo, elo - half, elo + half, note=f"{elo:+.0f} Elo, {points:+.1f} points")
        for name, (points, elo, half) in report.ladder.items()
    ]
    chart = bar_chart("The ladder", bars, desc="Plackett-Luce strengths with 95% intervals, by seed.")
    return Section("The ladder", [chart], "Does thinking longer help, all the way up?")
