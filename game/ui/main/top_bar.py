"""The top bar: what the seat has, the race, the quarter, the points, and the ways to help, save and settings."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pygame

from game.core.names import MEASURES
from game.ui import theme
from game.ui.kit import Button, Canvas, Kit, Term, Tip, Widget, plain
from game.ui.main.context import PlayContext
from game.ui.main.points import Par, points_words
from game.ui.main.race_bar import RaceBar
from game.ui.main.readings import amount, grid_reserve, money, quarter_words, signed, thousands
from game.ui.screens.mark import Mark
from game.ui.theme import Colour, Layout

ICON = 34


@dataclass(frozen=True, slots=True)
class BarFigure:
    """One figure of the bar: its value now, its change over the last quarter, and how both are written."""

    key: str
    icon: str
    title: str
    value: float
    shown: Callable[[float], str]
    change: float
    tip: Tip
    colour: Colour = theme.TEXT
    share: bool = False
    """whether the value is a share, whose change is told in points of a hundred"""

    def delta(self) -> str:
        """The change as shown; empty where nothing moved."""
        size = abs(self.change) * (100 if self.share else 1)
        return signed(self.change, f"{size:,.0f}" if size >= 9.95 else f"{size:.1f}")


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


def bar_figures(play: PlayContext, *, compact: bool) -> list[BarFigure]:
    """The figures of the bar from left to right."""
    world, n, rolls = play.seen, play.place, play.rolls
    people, compute = world.people, world.compute
    cash, engineers = float(world.state.cash[n, 0]), float(people.engineers[n, 0])
    income, spending = float(world.state.income[n, 0]), float(world.state.spending[n, 0])
    reserve, running = grid_reserve(world, n), float(compute.running[n, 0])
    standing = float(world.standing.measures[n, MEASURES.at("standing"), 0])
    return [
        BarFigure(
            "treasury",
            "landmark",
            "Treasury",
            cash,
            money,
            income - spending,
            _treasury_tip(play),
            theme.BAD if cash < 0 else theme.TEXT,
        ),
        BarFigure(
            "engineers",
            "users",
            "Engineers",
            engineers,
            lambda v: f"{amount(v)} k",
            float(people.moved[n, 0]),
            _engineers_tip(play),
        ),
        BarFigure(
            "reserve",
            "zap",
            "Grid" if compact else "Grid reserve",
            reserve,
            lambda v: f"{v:.0%}".replace("-", "−"),
            rolls.change("reserve"),
            _grid_tip(play),
            theme.BAD if reserve < 0.02 else theme.TEXT,
            share=True,
        ),
        BarFigure(
            "compute",
            "cpu",
            "Compute",
            running,
            lambda v: f"{amount(v)} k",
            rolls.change("compute"),
            _compute_tip(play),
        ),
        BarFigure(
            "standing",
            "handshake",
            "Standing",
            standing,
            lambda v: f"{v:.0f}",
            rolls.change("standing"),
            Tip("Standing", plain("0 to 100: trust of others, approval at home, your part in agreements.")),
        ),
    ]


def _treasury_tip(play: PlayContext) -> Tip:
    world, n = play.seen, play.place
    left, _ = play.match.left(play.seat)
    credit = float(play.match.scenario.places.credit[n, 0])
    return Tip(
        "Treasury",
        plain("What the government holds for the chip race. Below zero it is bonds, which cost interest."),
        (
            Term("Income last quarter", money(float(world.state.income[n, 0]))),
            Term("Spent last quarter", money(float(world.state.spending[n, 0]))),
            Term("Credit line", money(credit)),
            Term("Free to spend after your orders", money(left), theme.ACCENT),
        ),
    )


def _engineers_tip(play: PlayContext) -> Tip:
    people, n = play.seen.people, play.place
    coming = people.coming[n, :, 0]
    return Tip(
        "Engineers, thousand",
        plain("People who can build and run plants and data centres. Too few of them idle both."),
        (
            Term("At work or free", f"{amount(float(people.engineers[n, 0]))} k"),
            Term("Wanted by plants and data centres", f"{amount(float(people.needed[n, 0]))} k"),
            Term("Net arrivals last quarter", f"{float(people.moved[n, 0]):+.1f} k".replace("-", "−")),
            Term("Arriving in the next four quarters", f"{amount(float(coming[:4].sum()))} k"),
        ),
    )


def _grid_tip(play: PlayContext) -> Tip:
    power, n = play.seen.power, play.place
    coming = power.coming[n, :, 0]
    return Tip(
        "Grid reserve",
        plain("Share of the power that plants and racks could still draw. Below zero both are curtailed."),
        (
            Term("Drawn last quarter", f"{amount(float(power.used[n, 0]))} GW"),
            Term("Supply", f"{amount(float(power.supply[n, 0]))} GW"),
            Term("Lost to outages", f"{float(power.outage[n, 0]):.0%}"),
            Term("Ordered, not yet connected", f"{amount(float(coming.sum()))} GW"),
        ),
    )


def _compute_tip(play: PlayContext) -> Tip:
    compute, n = play.seen.compute, play.place
    return Tip(
        "Compute, thousand H100e",
        plain("Accelerators running at home, counted as so many Nvidia H100. Rented and foreign ones count in part."),
        (
            Term("Installed", thousands(float(compute.installed[n, 0]))),
            Term("Running", thousands(float(compute.running[n, 0]))),
            Term("Owned by others", f"{float(compute.foreign[n, 0]):.0%}"),
            Term("Rented from elsewhere", thousands(float(compute.rented_in[n, 0]))),
            Term("Rented to elsewhere", thousands(float(compute.rented_out[n, 0]))),
        ),
    )


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

    Attributes
    ----------
    par : Par or None
        None until it has been read.
    """

    def __init__(self, play: PlayContext, actions: dict[str, Callable[[], None]]) -> None:
        self.play = play
        self.actions = actions
        self.par: Par | None = None

    def build(self, kit: Kit, layout: Layout, area: pygame.Rect) -> Widget:
        """Make the bar's widgets."""
        bar = _Bar(area)
        top = area.y + (area.h - 42) // 2
        bar.brand.append(Mark(pygame.Rect(area.x + 16, area.y + (area.h - 34) // 2, 34, 34)))
        x = area.x + 50
        if not layout.compact:
            bar.brand.append(_Name(pygame.Rect(x + 10, top, 126, 42)))
            x += 136
        x += 10
        bar.rules.append(x)
        x += 12
        gap = 14 if layout.compact else 18
        for figure in bar_figures(self.play, compact=layout.compact):
            block = FigureBlock(pygame.Rect(x, top, FigureBlock.width_for(kit, figure), 42), figure, self.play)
            x = bar.add(block).rect.right + gap
        right = self._ends(bar, kit, layout, area, top)
        bar.add(RaceBar(pygame.Rect(x + 4, top - 1, right - x - 16, 44), self.play))
        return bar

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
        turn = min(match.quarter + 1, match.scenario.quarters)
        words = (quarter_words(match.quarter_title), f"Turn {turn} of {match.scenario.quarters}")
        tip = Tip("The quarter you decide", plain("Orders take effect when you end it; E or Ctrl+Enter."))
        return self._two_lines(bar, kit, right - 12, top, words, tip, "quarter")

    @staticmethod
    def _two_lines(bar: _Bar, kit: Kit, right: int, top: int, words: tuple[str, str], tip: Tip, name: str) -> int:
        width = int(max(kit.text.width(words[0], "panel_compact"), kit.text.width(words[1], "secondary"))) + 2
        bar.add(TwoLines(pygame.Rect(right - width, top + 1, width, 40), *words, tip, name))
        bar.rules.append(right - width - 12)
        return right - width - 12


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
