"""The end of a quarter: what to tell of it, and the brief that tells it over the map."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

import pygame

from game.explain import Dispatch
from game.match import Match
from game.rules import bottleneck
from game.ui import theme
from game.ui.kit import Button, Icon, Kit, Label, Panel, RichText, ScrollView, Span, Widget
from game.ui.kit.paint import Box
from game.ui.main.headlines import covers, headlines, stock_news
from game.ui.main.readings import money, ordinal, rank_of, signed
from game.ui.main.rounds import brief_title
from game.ui.main.world_state import gate_words
from game.ui.theme import Colour

TOPIC_LOOKS: dict[str, tuple[str, Colour]] = {
    "control": ("shield-alert", theme.BAD),
    "contract": ("handshake", theme.PAX),
    "event": ("siren", theme.WARN),
    "plant": ("factory", theme.CHIP),
    "price": ("trending-up", theme.MINERAL),
    "shortage": ("triangle-alert", theme.BAD),
    "bottleneck": ("hourglass", theme.WARN),
    "race": ("trophy", theme.PAX),
    "politics": ("landmark", theme.TEXT_2),
}
WIDTH, HEAD, FOOT = 500, 74, 62
BAR, ICON = 8, 40
"""Room for the scroll bar, and for the icon of a headline with the gap behind it."""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """What the brief compares with, taken before a quarter is played."""

    quarter: int
    """the quarter that comes next, from 0"""
    score: float
    rank: int
    treasury: float
    gate: int
    covers: Mapping[str, float] = field(default_factory=dict)
    """quarters of use in stock, by strategic good"""

    @classmethod
    def of(cls, match: Match, seat: str) -> Snapshot:
        """The match as it stands."""
        standings = match.standings()
        place = match.scenario.place_axis.at(seat)
        return cls(
            match.quarter,
            dict(standings)[seat],
            rank_of(standings, seat),
            float(match.world.state.cash[place, 0]),
            int(bottleneck.world_gate(match.world)[0]),
            covers(match, seat),
        )


@dataclass(frozen=True, slots=True)
class Report:
    """What was played since the last decision, in brief: a quarter, a round, or several of them."""

    title: str
    before: Snapshot
    after: Snapshot
    news: tuple[Dispatch, ...]

    def score_words(self) -> str:
        """Score now, its change since the last decision if there was any score, the rank and where it was."""
        rank = ordinal(self.after.rank)
        if not self.before.quarter:
            return f"Score {self.after.score:.1f}, {rank}"
        change = self.after.score - self.before.score
        moved = "" if self.after.rank == self.before.rank else f" (was {ordinal(self.before.rank)})"
        return f"Score {self.after.score:.1f} {signed(change, f'{abs(change):.1f}') or '±0'}, {rank}{moved}"

    def treasury_words(self) -> str:
        """Treasury now and what the quarter added."""
        change = self.after.treasury - self.before.treasury
        return f"Treasury {money(self.after.treasury)} {signed(change, f'{abs(change):.1f}') or '±0'}"

    def gate_words(self) -> str:
        """The world's bottleneck, and what it was."""
        now, before = self.after.gate, self.before.gate
        if now == bottleneck.NONE:
            words = "Nothing holds the world's compute back"
        else:
            words = f"World short of {gate_words(now)}"
        return words if now == before or before == bottleneck.NONE else f"{words} (was {gate_words(before)})"


def report_of(before: Snapshot, match: Match, seat: str, news: Sequence[Dispatch]) -> Report:
    """Choose the headlines and set both sides of the quarter beside one another."""
    after = Snapshot.of(match, seat)
    told = [*news, *stock_news(before.covers, after.covers, match, seat)]
    title = brief_title(before.quarter, match.quarter, match.scenario)
    return Report(title, before, after, headlines(told, seat))


class QuarterBrief(Panel):
    """The brief over the map; Enter or Esc closes it, everything else stays usable.

    Parameters
    ----------
    on_place : callable
        Gets the code of the place a headline is about, when it is pressed.
    """

    def __init__(
        self,
        kit: Kit,
        room: pygame.Rect,
        report: Report,
        on_close: Callable[[], None],
        on_place: Callable[[str], None],
    ) -> None:
        width = min(WIDTH, room.w - 40)
        inner = width - 40
        texts = [(dispatch, _spans(dispatch)) for dispatch in report.news]
        heights = [max(22, kit.text.height(spans, inner + 12 - BAR - ICON)) + 9 for _, spans in texts]
        height = min(HEAD + max(sum(heights), 30) + FOOT, room.h - 24)
        rect = pygame.Rect(0, 0, width, height)
        rect.midbottom = (room.centerx, room.bottom - 12)
        super().__init__(rect, look=Box(theme.PANEL_HI, line=theme.LINE_HI, radius=theme.RADIUS_PANEL), name="brief")
        x = rect.x + 20
        self.add(Label(pygame.Rect(x, rect.y + 12, inner, 28), report.title, "panel"))
        line = pygame.Rect(x, rect.y + 42, inner, 20)
        purse = pygame.Rect(0, line.y, min(inner // 2, int(kit.text.width(report.treasury_words(), "figure")) + 6), 20)
        purse.right = line.right
        line.w = purse.x - line.x - 8
        self.add(Label(line, report.score_words(), "figure", theme.ACCENT, ellipsis=True))
        self.add(Label(purse, report.treasury_words(), "figure", theme.TEXT_2, align="right", ellipsis=True))
        self._news(pygame.Rect(x - 6, rect.y + HEAD, inner + 12, height - HEAD - FOOT), texts, heights, on_place)
        button = pygame.Rect(rect.right - 20 - 130, rect.bottom - 48, 130, 34)
        words = pygame.Rect(x, button.y, button.x - x - 12, 34)
        calm = report.after.gate == bottleneck.NONE
        self.add(Label(words, report.gate_words(), "body", theme.TEXT_2 if calm else theme.WARN, ellipsis=True))
        self.close = self.add(Button(button, "Continue", on_close, name="brief continue"))

    def _news(
        self,
        room: pygame.Rect,
        texts: Sequence[tuple[Dispatch, tuple[Span, ...]]],
        heights: Sequence[int],
        on_place: Callable[[str], None],
    ) -> None:
        if not texts:
            self.add(Label(room, "A quiet quarter: nothing to report.", "body", theme.TEXT_2))
            return
        view = self.add(ScrollView(room, name="brief news"))
        y = room.y
        for (dispatch, spans), height in zip(texts, heights, strict=True):
            view.add(_Headline(pygame.Rect(room.x, y, room.w - BAR, height), dispatch, spans, on_place))
            y += height


def look_of(dispatch: Dispatch) -> tuple[str, Colour]:
    """Icon and colour of a dispatch: those of its topic, but for controls that became looser."""
    return ("shield-off", theme.GOOD) if dispatch.easing else TOPIC_LOOKS.get(dispatch.topic, ("info", theme.TEXT_2))


class _Headline(Widget):
    """One headline with the icon of its topic; a press shows its place on the map."""

    def __init__(
        self, rect: pygame.Rect, dispatch: Dispatch, spans: tuple[Span, ...], on_place: Callable[[str], None]
    ) -> None:
        super().__init__(rect)
        self.dispatch = dispatch
        self.on_place = on_place
        icon, colour = look_of(dispatch)
        self.add(Icon(pygame.Rect(rect.x + 6, rect.y + 1, 18, 19), icon, colour))
        self.add(RichText(pygame.Rect(rect.x + 34, rect.y + 1, rect.w - ICON, rect.h - 2), spans))

    def handle(self, event: pygame.event.Event) -> bool:
        if event.type == pygame.MOUSEBUTTONDOWN and event.button == 1 and self.dispatch.places:
            self.on_place(self.dispatch.places[0])
            return True
        return False


def _spans(dispatch: Dispatch) -> tuple[Span, ...]:
    text = Span(dispatch.text, "body_medium" if dispatch.weight >= 3 else "body")
    if not dispatch.reasons:
        return (text,)
    return (text, Span(f" {dispatch.reasons[0][0].upper()}{dispatch.reasons[0][1:]}.", "secondary", theme.TEXT_2))
