"""The top bar: what the seat has, the race, the quarter, the points, and the ways to help, save and settings."""

from __future__ import annotations

from collections.abc import Callable

import pygame

from game.match import Match
from game.ui import theme
from game.ui.kit import Button, Canvas, Kit, Tip, Widget, activated, plain, pressed
from game.ui.main.bar_figures import BarFigure, bar_figures
from game.ui.main.context import PlayContext
from game.ui.main.points import Par, points_words
from game.ui.main.race_bar import RaceBar
from game.ui.main.readings import quarter_words
from game.ui.main.rounds import round_quarters, turn_noun, turn_words
from game.ui.map.places import PLACE_BY_CODE
from game.ui.screens.mark import Mark
from game.ui.theme import Layout

ICON, SEAT_FLAG = 34, 30


class FigureBlock(Widget):
    """Icon and name above, value and change below."""

    def __init__(self, rect: pygame.Rect, figure: BarFigure, play: PlayContext) -> None:
        super().__init__(rect, name=f"bar {figure.key}", tip=figure.tip)
        self.figure = figure
        self.play = play
        play.rolls.note(figure.key, figure.value)

    @staticmethod
    def width_for(kit: Kit, figure: BarFigure) -> int:
        """Width in logical px that shows both lines."""
        upper = 20 + kit.text.width(figure.title, "secondary")
        lower = kit.text.width(figure.shown(figure.value), "figure_bar") + 5 + kit.text.width(figure.delta(), "figure")
        return int(max(upper, lower)) + 2

    def draw_self(self, canvas: Canvas) -> None:
        figure, rect = self.figure, self.rect
        canvas.icon(figure.icon, pygame.Rect(rect.x, rect.y, 16, 20), theme.TEXT_3, 15)
        canvas.text(figure.title, pygame.Rect(rect.x + 20, rect.y, rect.w - 20, 20), "secondary", theme.TEXT_2)
        value = figure.shown(self.play.rolls.shown(figure.key, figure.value))
        lower = pygame.Rect(rect.x, rect.y + 19, rect.w, 22)
        drawn = canvas.text(value, lower, "figure_bar", figure.colour)
        beside = pygame.Rect(drawn.right + 5, lower.y + 1, max(0, rect.right - drawn.right - 4), lower.h)
        if not self.play.rolls.running:
            canvas.text(figure.delta(), beside, "figure", theme.GOOD if figure.change > 0 else theme.BAD)


class SeatFlag(Widget):
    """The flag of a seat that the player holds, of several; a press goes there."""

    focusable = True
    radius = SEAT_FLAG / 2

    def __init__(self, rect: pygame.Rect, seat: str, current: bool, on_press: Callable[[str], None]) -> None:
        name = PLACE_BY_CODE[seat].name
        words = "The seat you are steering now." if current else "Yours too: press, or N, to steer it."
        super().__init__(rect, name=f"seat {seat}", tip=Tip(name, plain(words)))
        self.seat = seat
        self.current = current
        self.on_press = on_press

    def handle(self, event: pygame.event.Event) -> bool:
        if pressed(event) or activated(event):
            self.on_press(self.seat)
            return True
        return False

    def draw_self(self, canvas: Canvas) -> None:
        canvas.flag(PLACE_BY_CODE[self.seat].flag, self.rect, theme.ACCENT if self.current else None)


class TwoLines(Widget):
    """A bold line over a quiet one: the quarter, the points."""

    def __init__(self, rect: pygame.Rect, upper: str, lower: str, tip: Tip, name: str) -> None:
        super().__init__(rect, name=name, tip=tip)
        self.upper, self.lower = upper, lower

    def draw_self(self, canvas: Canvas) -> None:
        canvas.text(self.upper, pygame.Rect(self.rect.x, self.rect.y, self.rect.w, 22), "panel_compact")
        lower = pygame.Rect(self.rect.x, self.rect.y + 21, self.rect.w, 18)
        canvas.text(self.lower, lower, "secondary", theme.TEXT_2, ellipsis=True)


class TopBar:
    """Places the parts of the bar.

    Parameters
    ----------
    actions : mapping of name to callable
        "help", "save", "settings", "menu".
    on_seat : callable
        Gets the code of another seat that the player holds, when its flag is pressed.

    Attributes
    ----------
    par : Par or None
        None until it has been read.
    """

    def __init__(
        self, play: PlayContext, actions: dict[str, Callable[[], None]], on_seat: Callable[[str], None]
    ) -> None:
        self.play = play
        self.on_seat = on_seat
        self.actions = actions
        self.par: Par | None = None

    def build(self, kit: Kit, layout: Layout, area: pygame.Rect) -> Widget:
        """Make the bar's widgets."""
        bar = _Bar(area)
        top = area.y + (area.h - 42) // 2
        x = area.x + 4
        if not layout.compact or len(self.play.match.human_seats) < 2:
            bar.brand.append(Mark(pygame.Rect(area.x + 16, area.y + (area.h - 34) // 2, 34, 34)))
            x = area.x + 50
        if not layout.compact:
            bar.brand.append(_Name(pygame.Rect(x + 10, top, 126, 42)))
            x += 136
        if bar.brand:
            bar.rules.append(x + 10)
        x = self._seats(bar, area, x + 22 if bar.brand else x + 12)
        gap = 14 if layout.compact else 18
        for figure in bar_figures(self.play, compact=layout.compact):
            block = FigureBlock(pygame.Rect(x, top, FigureBlock.width_for(kit, figure), 42), figure, self.play)
            x = bar.add(block).rect.right + gap
        right = self._ends(bar, kit, layout, area, top)
        bar.add(RaceBar(pygame.Rect(x + 4, top - 1, right - x - 16, 44), self.play))
        return bar

    def _seats(self, bar: _Bar, area: pygame.Rect, x: int) -> int:
        """Flags to change between, where the player holds several seats; returns where they end."""
        seats = self.play.match.human_seats
        if len(seats) < 2:
            return x
        for seat in seats:
            rect = pygame.Rect(x, area.y + (area.h - SEAT_FLAG) // 2, SEAT_FLAG, SEAT_FLAG)
            bar.add(SeatFlag(rect, seat, seat == self.play.seat, self.on_seat))
            x += SEAT_FLAG + 8
        bar.rules.append(x + 2)
        return x + 14

    def _ends(self, bar: _Bar, kit: Kit, layout: Layout, area: pygame.Rect, top: int) -> int:
        """Quarter, points and buttons, from the right; returns where they begin."""
        right = area.right - layout.margin
        for name, icon, tip in reversed(BUTTONS):
            rect = pygame.Rect(right - ICON, area.y + (area.h - ICON) // 2, ICON, ICON)
            bar.add(Button(rect, "", self.actions[name], kind="icon", icon=icon, name=name, tip=tip))
            right -= ICON
        upper, lower, tip = points_words(self.play, self.par)
        right = self._two_lines(bar, kit, right - 10, top, (upper, lower), tip, "points")
        match = self.play.match
        words = (quarter_words(match.quarter_title), turn_words(match.quarter, match.scenario))
        return self._two_lines(bar, kit, right - 12, top, words, _turn_tip(match), "quarter")

    @staticmethod
    def _two_lines(bar: _Bar, kit: Kit, right: int, top: int, words: tuple[str, str], tip: Tip, name: str) -> int:
        width = int(max(kit.text.width(words[0], "panel_compact"), kit.text.width(words[1], "secondary"))) + 2
        bar.add(TwoLines(pygame.Rect(right - width, top + 1, width, 40), *words, tip, name))
        bar.rules.append(right - width - 12)
        return right - width - 12


def _turn_tip(match: Match) -> Tip:
    """What is decided now, and how long it lasts."""
    noun = turn_noun(match.scenario)
    body = "Orders take effect when you end it; E or Ctrl+Enter."
    if noun == "round" and not match.over:
        body += f" They last {round_quarters(match.quarter, match.scenario)}."
    return Tip(f"The {noun} you decide", plain(body))


BUTTONS = (
    ("help", "circle-help", Tip("Keys (?)", plain("Every key and what it does."))),
    ("save", "save", Tip("Save (S)", plain("Write this game to a file of its own."))),
    ("settings", "settings", Tip("Settings", plain("Text size, motion, contrast, flags or codes."))),
    ("menu", "menu", Tip("Menu (Esc)", plain("Resume, save, load, settings, leave to the title."))),
)


class _Bar(Widget):
    """The ground of the bar with its rules and the brand, none of which ever changes."""

    still = True

    def __init__(self, rect: pygame.Rect) -> None:
        super().__init__(rect, name="top bar")
        self.rules: list[int] = []
        self.brand: list[Widget] = []

    def draw_self(self, canvas: Canvas) -> None:
        canvas.fill(self.rect, theme.TOPBAR)
        canvas.horizontal(self.rect.x, self.rect.bottom - 1, self.rect.w)
        for x in self.rules:
            canvas.vertical(x, self.rect.y + 14, self.rect.h - 28)
        for part in self.brand:
            part.draw_self(canvas)


class _Name(Widget):
    """The name of the game."""

    def draw_self(self, canvas: Canvas) -> None:
        upper = pygame.Rect(self.rect.x, self.rect.y - 1, self.rect.w, 26)
        canvas.text("PAX SILICA", upper, "panel")
        canvas.text(
            "Sovereign Compute", pygame.Rect(self.rect.x, self.rect.y + 23, self.rect.w, 18), "secondary", theme.TEXT_2
        )
