"""A debrief as one page: for a class to talk about, and for whoever wants the figures behind it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from game.debrief.gates import NOTHING
from game.debrief.moments import most_telling
from game.debrief.page_contracts import contracts_section
from game.debrief.questions import questions_of
from game.debrief.records import Account, Debrief, Decision, Finish, Stretch
from game.debrief.tones import TONE_OF_GATE, TONE_OF_KIND
from game.page import (
    Bar,
    Fact,
    Html,
    Level,
    Line,
    Panel,
    Pin,
    Section,
    Span,
    badge,
    bar_chart,
    bullets,
    facts,
    figure,
    heading,
    line_chart,
    notice,
    page,
    prose,
    small_multiples,
    table,
    timeline,
)

#: Pins on the race, rows told of moments, decisions in the chart, decisions of strategies.
PINS, MOMENTS, WEIGHED, DEEDS = 14, 20, 16, 60
#: Points below which a figure is told as "less than 0.01".
LEAST = 0.005
#: Longest name of a seat over a small chart.
NAME = 15


def debrief_page(told: Debrief, command: str = "") -> str:
    """The page as HTML text.

    Parameters
    ----------
    command : how it was made, for its foot.
    """
    sections = [
        _race(told), _standing(told), *_accounts(told), *_weighed(told), contracts_section(told), _bottleneck(told),
        _deeds(told), Section("To talk about", [bullets(questions_of(told), ordered=True)]),
    ]  # fmt: skip
    made = f"{command} · " if command else ""
    hashes = " · ".join(f"{name} {value[:16]}" for name, value in told.extra.items())
    return page(
        f"Debrief: {told.title}",
        sections,
        subtitle=f"{_span(told)}, seed {told.seed}. {_who_played(told)}",
        opening=[*(notice(note, "open") for note in told.notes), facts(_headlines(told))],
        footer=f"{made}{hashes}",
    )


def _span(told: Debrief) -> str:
    return f"{told.labels[1]} to {told.labels[-1]}" if len(told.labels) > 1 else told.first_quarter


def _who_played(told: Debrief) -> str:
    people = [told.names[code] for code in told.players]
    return f"Played by people: {', '.join(people)}." if people else "Every seat was steered by a strategy."


def _figure(finish: Finish) -> str:
    return f"{finish.score:.1f}" if finish.points is None else f"{finish.points:+.1f}"


def _headlines(told: Debrief) -> list[Fact]:
    first = told.finishes[0]
    by = "points against par" if first.points is not None else "score"
    rows = [Fact("First" if told.over else "Leads", first.name, f"{_figure(first)} {by}")]
    for finish in told.finishes:
        if finish.code in told.players[:2]:
            rows.append(Fact(finish.name, _figure(finish), f"{by}, place {finish.rank} of {len(told.finishes)}"))
    rows.append(Fact("Bloc's mineral independence", f"{told.race.mineral[-1]:.0%}", f"from {told.race.mineral[0]:.0%}"))
    rows.append(Fact("China's chip independence", f"{told.race.chip[-1]:.0%}", f"from {told.race.chip[0]:.0%}"))
    broken = sum(p.status == "broken" for p in told.promises)
    signed = sum(not p.at_opening for p in told.promises)
    rows.append(Fact("Contracts signed", signed, f"{broken} broken, those of the opening counted"))
    moves = max(len([s for s in told.stretches if s.gate != NOTHING]) - 1, 0)
    rows.append(Fact("The bottleneck moved", f"{moves} times"))
    return rows


# --- the race ---------------------------------------------------------------------------------------------------------


def _race(told: Debrief) -> Section:
    race = told.race
    shown = most_telling(race.moments, PINS)
    pins = [Pin(m.quarter + 1, f"{told.quarters[m.quarter]}: {m.text}", TONE_OF_KIND[m.kind]) for m in shown]
    chart = line_chart(
        "The race",
        told.labels,
        [Line("bloc's minerals", race.mineral, "pax"), Line("China's chips", race.chip, "prc")],
        desc="Share of its own need that each side covers: the bloc in minerals, China in chips. Pins are told below.",
        pins=pins, levels=[Level(race.post, f"post at {race.post:.0%}")], low=0.0, high=1.0, height=340.0,
    )  # fmt: skip
    rows = [
        [
            told.quarters[m.quarter],
            badge(m.kind, "good" if m.kind == "easing" else "plain"),
            m.text,
            "; ".join(m.reasons[:3]),
        ]
        for m in most_telling(race.moments, MOMENTS)
    ]
    lead = "Two bars grow towards the post. What pushed them, who pushed, and what hit everybody?"
    return Section(
        "The race", [chart, heading("What moved it"), table(["quarter", "kind", "what happened", "why"], rows)], lead
    )


# --- standing against par ---------------------------------------------------------------------------------------------


def _standing(told: Debrief) -> Section:
    by_points = all(f.points is not None for f in told.finishes) and bool(told.finishes)
    bars = [
        Bar(f"{f.rank}. {f.name}", f.points if by_points else f.score, tone=_tone(told, f), note=_figure(f))
        for f in told.finishes
    ]
    what = "Points: the score against par, in tenths of the seat's own spread" if by_points else "Score"
    series, name = (told.points, "Points against par by quarter") if told.points else (told.scores, "Score by quarter")
    panels = [
        Panel(
            f.name if len(f.name) <= NAME else f.code,
            [Line("", series[f.code][1:], "accent" if f.code in told.players else "pax")],
            f"{series[f.code][-1]:+.1f}" if told.points else _figure(f),
        )
        for f in told.finishes
    ]
    multiples = small_multiples(
        name, told.quarters, panels, desc="The same scale for all; mandates, which are secret, left out.",
        level=0.0 if told.points else None,
    )  # fmt: skip
    lead = (
        "Nations start unequal. Par is what the seat scores when everybody plays steadily: above it, you played well."
    )
    chart = bar_chart("Where everybody stands", bars, desc=f"{what}.")
    return Section("Standing against par", [chart, multiples, _measures(told), _goals(told)], lead)


def _tone(told: Debrief, finish: Finish) -> str:
    if finish.code in told.players:
        return "accent"
    return "pax" if finish.points is None or finish.points >= 0.0 else "neutral"


def _measures(told: Debrief) -> Html:
    names = [measure.name for measure in told.finishes[0].measures]
    head = ["seat", "held by", "score", "par", *names]
    rows = []
    for f in told.finishes:
        measures = [f"{m.opening:.0f} → {m.end:.0f}" for m in f.measures]
        rows.append([f.name, f.holder, f"{f.score:.1f}", f.par, *measures])
    return table(head, rows, "Measures from the opening to the end, 0 to 100.")


def _goals(told: Debrief) -> Html:
    rows = [
        [
            f.name,
            f.objective,
            f"{f.objective_share:.0%}",
            f.mandate or "secret",
            f"{f.mandate_share:.0%}" if f.mandate else "",
        ]
        for f in told.finishes
    ]
    return table(["seat", "objective", "reached", "mandate", "reached"], rows, "Goals, and how far they were reached.")


# --- own play, rivals, luck -------------------------------------------------------------------------------------------


def _accounts(told: Debrief) -> list[Section]:
    if not told.accounts:
        return []
    content: list[object] = []
    for account in told.accounts:
        content += _account(told, account)
    lead = (
        "The same game was played again with chance falling otherwise, and with a steady hand in the player's seat. "
        "What is left of the result when luck and rivals are taken out is the player's own."
    )
    return [Section("Own play, rivals and luck", content, lead)]


def _account(told: Debrief, a: Account) -> list[object]:
    name = told.names[a.seat]
    bars = [
        Bar("own decisions", a.own, a.own - 2 * a.error, a.own + 2 * a.error, "good" if a.own >= 0 else "bad"),
        Bar("rivals", a.rivals, tone="neutral"),
        Bar("luck", a.luck, tone="neutral"),
        Bar("result against par", a.result - a.par, tone="accent"),
    ]
    bars = [replace(bar, note=f"{bar.value:+.2f}") for bar in bars]
    chart = bar_chart(
        f"{name}: {a.result:.1f} against par of {a.par:.1f}", bars, unit=told.unit,
        desc=f"In {told.unit}; the whisker is two standard errors over {a.draws} other draws of chance.",
    )  # fmt: skip
    return [chart, prose(_account_words(name, a))]


def _account_words(name: str, a: Account) -> str:
    own = "gained" if a.own >= 0 else "lost"
    luck = "Luck helped" if a.luck > 0 else "Luck hurt"
    sure = "" if abs(a.own) > 2 * a.error else " That is too little to tell from chance."
    return (
        f"{name}'s own decisions {own} {abs(a.own):.1f} points against a steady hand in the same seat.{sure} "
        f"{luck} by {abs(a.luck):.1f}; what rivals did made {a.rivals:+.1f}."
    )


# --- decisions that moved the result ----------------------------------------------------------------------------------


def _weighed(told: Debrief) -> list[Section]:
    found = sorted((d for d in told.decisions if d.moved is not None), key=lambda d: -abs(_worth(d)))
    if not found:
        return []
    shown = sorted(found[:WEIGHED], key=_worth, reverse=True)
    bars = [
        Bar(
            f"{told.quarters[d.quarter]} {_short(d.text)}", _worth(d), *_interval(d),
            tone="good" if _worth(d) > 0 else "bad", note=f"{_worth(d):+.2f}",
        )
        for d in shown
    ]  # fmt: skip
    chart = bar_chart(
        "What decisions were worth", bars, unit=told.unit,
        desc=f"{told.unit.capitalize()} that the seat would have less, had it not decided so. With a whisker: "
        "the mean over other draws of chance, and two standard errors.",
    )  # fmt: skip
    rows = [
        [
            told.quarters[d.quarter], told.names[d.seat], d.text, _rounded(d.moved), _rounded(d.typical),
            _reasons(d),
        ]
        for d in found
    ]  # fmt: skip
    head = ["quarter", "seat", "decision", "in this game", "in other draws", "what came of it"]
    return [Section("Decisions that moved the result", [chart, *_how_sure(told), table(head, rows)], _WEIGHED_LEAD)]


_WEIGHED_LEAD = (
    "The game was played again, once without each decision, everybody else deciding anew; an offer refused was then "
    "accepted. The difference is what the decision was worth: not what it cost, and not what was hoped for."
)


def _how_sure(told: Debrief) -> list[Html]:
    told_of = []
    if told.floor is not None:
        told_of.append(_floor_words(told.floor))
    if told.unweighed:
        told_of.append(f"{told.unweighed} more decisions were not weighed; --budget weighs more.")
    return [prose(*told_of)] if told_of else []


def _floor_words(floor: float) -> str:
    """How far a result moves by chance alone, in plain words."""
    size = "less than 0.01 points" if floor < LEAST else f"up to {figure(floor, 2)} points"
    return (
        f"A change too small for anybody to notice moves a result by {size}: a decision worth no more than that tells "
        "nothing."
    )


def _worth(d: Decision) -> float:
    return d.typical if d.typical is not None else d.moved or 0.0


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 2) + 0.0


def _interval(d: Decision) -> tuple[float | None, float | None]:
    if d.typical is None or d.error is None:
        return None, None
    return d.typical - 2 * d.error, d.typical + 2 * d.error


def _short(text: str, most: int = 40) -> str:
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"


def _reasons(d: Decision) -> str:
    other = "A steady hand would have ordered" if d.mark is not None else "Passed over"
    weighed = f"{other}: {'; '.join(d.alternatives[:3])}." if d.alternatives else ""
    return " ".join(part for part in ("; ".join(d.reasons[:3]), weighed) if part)


# --- the bottleneck ---------------------------------------------------------------------------------------------------


def _bottleneck(told: Debrief) -> Section:
    found = [stretch for stretch in told.stretches if stretch.gate != NOTHING]
    spans = [Span(s.gate, s.first, s.last, _owner(s, told), TONE_OF_GATE.get(s.gate, "neutral")) for s in found]
    rows = [
        [f"{told.quarters[s.first]} – {told.quarters[s.last]}", s.gate, _owner(s, told), s.firm, s.relief]
        for s in found
    ]
    head = [
        "quarters",
        "gate",
        "who owned it",
        "largest plant",
        "thousand H100e a quarter that relief would have added",
    ]
    lead = (
        "One gate at a time holds back the world's compute. Whoever owns it can name a price; relieving it moves it on."
    )
    if not found:
        return Section("Where the bottleneck was", [prose("Nothing held the world back in any quarter.")], lead)
    chart = timeline("The world's bottleneck", told.quarters, spans, desc="Which gate bound, and who owned most of it.")
    return Section("Where the bottleneck was", [chart, table(head, rows)], lead)


def _owner(s: Stretch, told: Debrief) -> str:
    if s.gate in ("electricity", "engineers"):
        return f"{told.names[s.owner]}, where {s.share:.0%} of what waits stands"
    return f"{told.names[s.owner]}, {s.share:.0%} of the world's"


# --- what everybody decided -------------------------------------------------------------------------------------------


def _deeds(told: Debrief) -> Section:
    others = [d for d in told.decisions if d.mark is None]
    shown = _spread_out(others, DEEDS)
    rows = [[told.quarters[d.quarter], told.names[d.seat], d.text, _reasons(d)] for d in shown]
    more = f"{len(others) - len(shown)} more are in decisions.csv (--csv)." if len(others) > len(shown) else ""
    parts: list[object] = [table(["quarter", "seat", "what it decided", "why"], rows)]
    return Section("What others decided, and why", [*parts, *([prose(more)] if more else [])], _DEEDS_LEAD)


_DEEDS_LEAD = (
    "Strategies tell their reasons: the terms that counted most come first, then what was passed over, with its worth "
    "to them in points a quarter."
)


def _spread_out(decisions: Sequence[Decision], most: int) -> list[Decision]:
    """At most `most`, controls and contracts before plants, seats in turn."""
    order = {"control": 0, "order": 1, "contract": 2, "politics": 3}
    seen: dict[tuple[str, str], int] = {}
    ranked = []
    for d in decisions:
        turn = seen[d.seat, d.kind] = seen.get((d.seat, d.kind), 0) + 1
        ranked.append((turn, order.get(d.kind, 4), d))
    ranked.sort(key=lambda row: row[:2])
    return sorted((d for _, _, d in ranked[:most]), key=lambda d: d.quarter)
