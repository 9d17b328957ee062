"""Panels of the debrief: decisions that moved the result, contracts kept and broken, and the race with its causes."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import pygame

from game.debrief import Debrief, Decision, Kept, Moment, Promise, kept_by, most_telling
from game.ui import theme
from game.ui.kit import (
    Cell,
    Column,
    DivergingMeter,
    Flag,
    Label,
    ListView,
    Panel,
    Pin,
    RichText,
    Table,
    Term,
    Tip,
    Widget,
    columns,
    plain,
)
from game.ui.main.deal_looks import signed_points
from game.ui.main.order_words import short_quarter
from game.ui.map.places import PLACE_BY_CODE

ROW, PINS = 30, 7
PIN_COLOURS = {
    "control": theme.BAD, "easing": theme.GOOD, "event": theme.MINERAL, "bar": theme.TEXT, "post": theme.ACCENT,
}  # fmt: skip
#: What a line of the chart shows, in the order of its series.
MINERALS, CHIPS = 0, 1


def race_pins(told: Debrief) -> tuple[Pin, ...]:
    """What moved the race, as pins on its lines: the weightiest first."""
    moments = most_telling(told.race.moments, PINS)
    return tuple(_pin(told, moment) for moment in sorted(moments, key=lambda each: -each.weight))


def _pin(told: Debrief, moment: Moment) -> Pin:
    position = min(moment.quarter + 1, len(told.race.mineral) - 1)
    moved = [abs(line[position] - line[position - 1]) for line in (told.race.mineral, told.race.chip)]
    series = CHIPS if moved[CHIPS] > moved[MINERALS] else MINERALS
    why = f" {'; '.join(moment.reasons[:2])}." if moment.reasons else ""
    return Pin(position, _short(moment), series, f"{moment.text}{why}", PIN_COLOURS.get(moment.kind, theme.TEXT))


def _short(moment: Moment) -> str:
    """What a chart has room to say of a moment."""
    if moment.kind == "post":
        return "The post is held" if " held " in moment.text else "The post is lost"
    return _few(moment.reasons[0] if moment.kind == "bar" and moment.reasons else moment.text)


def _few(text: str, most: int = 26) -> str:
    """The first words of a sentence."""
    words = text.rstrip(".").split(" ")
    kept: list[str] = []
    while words and len(" ".join([*kept, words[0]])) <= most:
        kept.append(words.pop(0))
    return " ".join(kept or words[:1]).rstrip(",:;")


# --- decisions


def ranked(told: Debrief, seat: str) -> list[Decision]:
    """The seat's decisions, those that moved its result most first."""
    mine = [each for each in told.decisions if each.seat == seat and each.moved is not None]
    return sorted(mine, key=lambda each: (-abs(each.moved or 0.0), each.quarter))


NO_DECISIONS = "No person decided anything here: there is nothing to weigh. The report tells what strategies decided."


def fill_decisions(panel: Panel, room: pygame.Rect, told: Debrief, seat: str) -> None:
    """A row for each decision: when, what, and by how much the result would be another without it."""
    rows = ranked(told, seat)
    if not rows:
        panel.add(Label(pygame.Rect(room.x, room.y, room.w, 28), NO_DECISIONS, "body", theme.TEXT_2))
        return
    most = max((abs(each.moved or 0.0) for each in rows), default=1.0) or 1.0
    view = panel.add(ListView(room, gap=0, name="decisions"))
    for number, decision in enumerate(rows):
        view.append(ROW, partial(_decision, number, decision, told, most))


def _decision(number: int, decision: Decision, told: Debrief, most: float, rect: pygame.Rect) -> Widget:
    row = Widget(rect, name=f"decision {number}", tip=_decision_tip(decision, told))
    when, words, bar, figure = columns(rect, (56, 0.58, 0.42, 64), 8)
    moved = decision.moved or 0.0
    row.add(Label(when, short_quarter(decision.quarter, told.first_quarter), "secondary", theme.TEXT_3))
    row.add(Label(words, decision.text, "body", ellipsis=True, tip=row.tip))
    row.add(DivergingMeter(bar, moved / most))
    colour = theme.GOOD if moved > 0.005 else theme.BAD if moved < -0.005 else theme.TEXT_2
    row.add(Label(figure, f"{moved:+.2f}".replace("-", "−"), "figure", colour, align="right"))
    return row


def _decision_tip(decision: Decision, told: Debrief) -> Tip:
    terms = [Term(f"Moved the result, {told.unit}", f"{decision.moved or 0.0:+.3f}")]
    if decision.typical is not None:
        terms.append(Term("In other draws of chance", f"{decision.typical:+.3f}"))
    if decision.error is not None:
        terms.append(Term("Give or take", f"{2.0 * decision.error:.3f}"))
    why = "\n".join(decision.reasons[:3])
    return Tip(
        decision.text,
        plain(why) if why else (),
        tuple(terms),
        "The game played again without it; a refusal as accepted",
    )


def account_words(told: Debrief, seat: str) -> str:
    """Own play, rivals and luck in a line; empty where they are not known."""
    found = next((each for each in told.accounts if each.seat == seat), None)
    if found is None:
        return ""
    parts = (("Own play", found.own), ("rivals", found.rivals), ("luck", found.luck))
    return ", ".join(f"{name} {signed_points(value)}" for name, value in parts)


# --- contracts

KEPT_COLUMNS = (
    Column("Nation", 2.0),
    Column("Signed", 1.0, figures=True, tip=Tip("Signed", plain("Contracts it signed in the game."))),
    Column("Kept", 0.8, figures=True, tip=Tip("Kept", plain("Ran their course, those of the opening too."))),
    Column("Open", 0.8, figures=True, tip=Tip("Open", plain("Still in force at the end."))),
    Column("Broke", 0.9, figures=True, tip=Tip("Broke", plain("Contracts that it broke itself."))),
    Column("Let down", 1.2, figures=True, tip=Tip("Let down", plain("Contracts of its that others broke."))),
)


def kept_rows(told: Debrief, seat: str) -> list[Kept]:
    """What became of contracts by seat: the player's first, then those who broke most."""
    rows = kept_by(told.promises, tuple(finish.code for finish in told.finishes))
    return sorted(rows, key=lambda each: (each.seat != seat, -each.broke, -each.signed))


def kept_cells(told: Debrief, rows: Sequence[Kept]) -> tuple[tuple[Cell, ...], ...]:
    """The same for a table."""
    return tuple(
        (
            Cell(told.names[each.seat], flag=PLACE_BY_CODE[each.seat].flag),
            *(Cell(str(count), float(count)) for count in
              (each.signed, each.expired, each.in_force, each.broke, each.suffered)),
        )
        for each in rows
    )  # fmt: skip


def fill_contracts(panel: Panel, room: pygame.Rect, told: Debrief, seat: str) -> None:
    """A table of contracts kept and broken, and what the player's own came to."""
    left, right = columns(room, (0.58, 0.42), 16)
    rows = kept_rows(told, seat)
    panel.add(Table(left, KEPT_COLUMNS, kept_cells(told, rows), lambda position: None, name="contracts kept"))
    mine = [each for each in told.promises if seat in each.parties and not each.at_opening]
    if not mine:
        panel.add(RichText(right, plain("You signed no contract.", "body", theme.TEXT_2)))
        return
    view = panel.add(ListView(right, gap=0, name="contracts mine"))
    for promise in sorted(mine, key=lambda each: (each.status != "broken", each.signed)):
        other = next((code for code in promise.parties if code != seat), seat)
        view.append(ROW, partial(_promise, told, promise, other))


def _promise(told: Debrief, promise: Promise, other: str, rect: pygame.Rect) -> Widget:
    status = {"broken": "broken", "expired": "kept", "in_force": "in force"}[promise.status]
    colour = {"broken": theme.BAD, "expired": theme.GOOD, "in_force": theme.TEXT_2}[promise.status]
    by = f" by {told.names[promise.breaker]}" if promise.breaker else ""
    span = f"{told.quarters[promise.signed]} to {told.quarters[promise.last]}"
    words = "; ".join(promise.clauses)
    tip = Tip(f"{told.names[other]}: {status}{by}", plain(f"{words}.\n{promise.reason or ''}"), (Term("Ran", span),))
    row = Widget(rect, name=f"contract {promise.number}", tip=tip)
    flag, text, state = columns(rect, (22, 1.0, 70), 8)
    row.add(Flag(pygame.Rect(flag.x, flag.centery - 10, 20, 20), PLACE_BY_CODE[other].flag))
    row.add(Label(text, words, "body", ellipsis=True, tip=tip))
    row.add(Label(state, status, "secondary", colour, align="right", tip=tip))
    return row
