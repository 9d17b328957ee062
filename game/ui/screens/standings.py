"""How the game ended: the race, the final standing, and what the player's own score is made of."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pygame

from game.core.errors import PaxError
from game.files import paths
from game.match import Match
from game.ui import theme
from game.ui.kit import (
    Box,
    Button,
    Flag,
    Label,
    LineChart,
    Meter,
    Panel,
    Plot,
    RichText,
    Screen,
    Series,
    Tabs,
    Threshold,
    Tip,
    Widget,
    columns,
    even_rows,
    plain,
    rows,
)
from game.ui.kit.canvas import Canvas
from game.ui.main.points import points_figure
from game.ui.screens import outcome, routes
from game.ui.screens.debrief_model import DebriefModel
from game.ui.screens.debrief_panels import account_words, fill_contracts, fill_decisions, race_pins
from game.ui.screens.nation_card import MEASURE_COLOURS, MEASURE_MEANS, MEASURE_NAMES
from game.ui.theme import Layout

if TYPE_CHECKING:
    from game.ui.app import App

VIEWS = ("Decisions", "Contracts", "Your score")
DECISIONS, CONTRACTS, SCORE = range(len(VIEWS))
VIEW_KEYS = (pygame.K_d, pygame.K_c, pygame.K_m)
HEAD = 92
FOOT = 64
SIDE_COLOURS = {1: theme.PAX, 0: theme.NEUTRAL, -1: theme.PRC}


def _run_on(match: Match) -> str:
    """How long the world ran on after the last decision."""
    more = match.quarter - match.scenario.quarters
    return f" and {more} more that ran on by themselves" if more > 0 else ""


class StandingsScreen(Screen):
    """The last screen of a game.

    Parameters
    ----------
    match : Match
        A game that is over, its epilogue played.
    seat : str
        Code of the player's place.
    """

    toast_foot = FOOT
    keys = (
        ("D, C, M", "Decisions, contracts, your measures"),
        ("Ctrl P", "Write the report as a page"),
        ("N", "New game"),
        ("Ctrl S", "Save the finished game"),
        ("Esc", "To the title"),
    )
    _progress: Label | None = None
    _shown_share = 0.0

    def __init__(self, match: Match, seat: str) -> None:
        super().__init__()
        self.match = match
        self.seat = seat
        self.view = DECISIONS
        self.debrief = DebriefModel(match, self._debrief_came)
        self.rows = outcome.final_rows(match)
        self.labels = outcome.quarter_labels(match)

    def enter(self, app: App) -> None:
        """Work out the debrief beside the frame."""
        super().enter(app)
        if self.debrief.told is None and self.match.log:
            self.debrief.begin(app)

    def leave(self) -> None:
        """Stop what is being worked out."""
        super().leave()
        self.debrief.leave()

    @property
    def ready(self) -> bool:
        """Whether the debrief is known."""
        return self.debrief.done or not self.match.log

    def update(self, dt_ms: int) -> None:
        """Show how far the debrief has come."""
        super().update(dt_ms)
        share = round(self.debrief.share, 2)
        if self._progress is not None and share != self._shown_share:
            self._shown_share = share
            self._progress.text = self._progress_words()

    def _debrief_came(self) -> None:
        if self in self.app.screens:
            self.refresh()

    # --- looks

    def build(self, layout: Layout) -> None:
        margin, gap = layout.margin, layout.gutter
        self._build_head(pygame.Rect(margin + 14, 0, layout.width - 2 * margin - 14, HEAD))
        body = pygame.Rect(margin, HEAD, layout.width - 2 * margin, layout.height - HEAD - FOOT - margin)
        left, right = columns(body, (0.68, 0.32), gap)
        upper, lower = rows(left, (0.56, 0.44), gap)
        self._build_race(upper)
        self._build_lower(lower, gap)
        self._build_rows(right)
        self._build_answers(layout)

    def _build_head(self, room: pygame.Rect) -> None:
        mine = next(row for row in self.rows if row.code == self.seat)
        match = self.match
        self.add(Flag(pygame.Rect(room.x, 18, 58, 58), self.seat, theme.ACCENT))
        words = pygame.Rect(room.x + 76, 9, room.w - 76, 48)
        self.add(Label(words, outcome.race_words(match), "screen", ellipsis=True))
        text = (
            f"{mine.name} finishes {outcome.ordinal(mine.rank)} of {len(self.rows)} {_result(mine)}. "
            f"{match.scenario.title}, seed {match.seed}, {match.scenario.quarters} quarters{_run_on(match)}."
        )
        self.add(Label(pygame.Rect(words.x, 56, words.w, 22), text, "reading", theme.TEXT_2, ellipsis=True))

    def _build_lower(self, rect: pygame.Rect, gap: int) -> None:
        """Decisions, contracts, or what the player's score is made of: one at a time."""
        bar = pygame.Rect(rect.x, rect.y, min(rect.w, 420), 32)
        self.add(Tabs(bar, VIEWS, self.show, chosen=self.view, segmented=True, name="debrief views"))
        told = self.debrief.told
        words = account_words(told, self.seat) if told else ""
        room = pygame.Rect(bar.right + 16, rect.y, rect.right - bar.right - 16, 32)
        self.add(Label(room, words, "body", theme.TEXT_2, align="right", ellipsis=True, name="account"))
        below = pygame.Rect(rect.x, rect.y + 38, rect.w, rect.h - 38)
        if self.view == SCORE:
            first, second = columns(below, (0.5, 0.5), gap)
            self._build_measures(first)
            self._build_scores(second)
            return
        panel = self.add(Panel(below, name="debrief"))
        inner = below.inflate(-24, -16)
        self._progress = None
        if told is None or (self.view == DECISIONS and not self.debrief.weighed):
            self._progress = panel.add(Label(inner, self._progress_words(), "body", theme.TEXT_2, ellipsis=True))
        elif self.view == DECISIONS:
            fill_decisions(panel, inner, told, self.seat)
        else:
            fill_contracts(panel, inner, told, self.seat)

    def _progress_words(self) -> str:
        if self.debrief.trouble:
            return f"No debrief: {self.debrief.trouble}"
        if not self.match.log:
            return "No quarter was played in this game."
        if self.debrief.told is None:
            return "Playing the game once more to see what moved it."
        return f"Playing it again without each of your decisions, to see what each was worth: {self.debrief.share:.0%}."

    def show(self, view: int) -> None:
        """Show another part of the debrief."""
        self.view = view
        self.refresh()

    def _build_race(self, rect: pygame.Rect) -> None:
        panel = self.add(Panel(rect, "The race", "Share of its needs that each side could meet alone"))
        series = self.match.series
        post = self.match.scenario.race.post
        plot = Plot(
            self.labels,
            (
                Series("Pax minerals", _percent(series["mineral_independence"]), theme.PAX, filled=True),
                Series("China chips", _percent(series["chip_independence"]), theme.PRC, filled=True),
            ),
            threshold=Threshold(100 * post, f"The post, {post:.0%}", theme.ACCENT),
            shown=lambda value: f"{value:.0f}%",
            low=0.0,
            pins=race_pins(self.debrief.told) if self.debrief.told else (),
        )
        panel.add(LineChart(panel.body, plot, name="race"))

    def _build_rows(self, rect: pygame.Rect) -> None:
        panel = self.add(Panel(rect, "Final standing"))
        best = max(row.score for row in self.rows)
        room = panel.body.inflate(16, 8)
        for row, place in zip(self.rows, even_rows(room, len(self.rows), 26, 44), strict=True):
            panel.add(StandingRow(place, row, best, mine=row.code == self.seat))

    def _build_measures(self, rect: pygame.Rect) -> None:
        name = next(row.name for row in self.rows if row.code == self.seat)
        panel = self.add(Panel(rect, f"{name} at the end", "Of 100; change since the opening"))
        measures = outcome.measures_of(self.match, self.seat)
        objective = outcome.objective_of(self.match, self.seat)
        places = even_rows(panel.body, len(measures) + bool(objective), 22, 34)
        for place, measure in zip(places, measures, strict=False):
            change = measure.value - measure.opening
            tip = Tip(f"{MEASURE_NAMES[measure.key]}, {measure.weight:.0%} of the score",
                      plain(MEASURE_MEANS[measure.key]))  # fmt: skip
            bar = measure.value / 100
            colour = MEASURE_COLOURS[measure.key]
            self._measure(panel, place, MEASURE_NAMES[measure.key], bar, colour, f"{measure.value:.0f}", change, tip)
        if objective:
            text, grade = objective
            tip = Tip("Objective", plain(text))
            self._measure(panel, places[-1], "Objective", grade, theme.ACCENT, f"{100 * grade:.0f}", None, tip)
            self._objective(panel, places[-1].bottom + 6, text)

    def _objective(self, panel: Panel, y: int, text: str) -> None:
        """Say what the objective is, where there is room below its bar."""
        spans = plain(text, "secondary", theme.TEXT_3)
        room = pygame.Rect(panel.body.x, y, panel.body.w, panel.body.bottom - y)
        if RichText.height_for(self.kit, spans, room.w) <= room.h:
            panel.add(RichText(room, spans))

    def _measure(
        self, panel: Panel, place: pygame.Rect, name: str, share: float, colour: theme.Colour, figure: str,
        change: float | None, tip: Tip,
    ) -> None:  # fmt: skip
        words, bar, value, moved = columns(place, (124, 1.0, 40, 44), 8)
        panel.add(Label(words, name, "body", theme.TEXT_2, tip=tip))
        panel.add(Meter(bar, share, colour, tip=tip))
        panel.add(Label(value, figure, "figure", align="right", tip=tip))
        if change is not None:
            panel.add(Label(moved, _signed(change), "figure", _sign_colour(change), align="right", tip=tip))

    def _build_scores(self, rect: pygame.Rect) -> None:
        rival = next(row for row in self.rows if row.code != self.seat)
        mine = next(row for row in self.rows if row.code == self.seat)
        panel = self.add(Panel(rect, "Score so far", "Mean of the quarters played"))
        plot = Plot(
            self.labels,
            (
                Series(mine.name, outcome.scores(self.match, mine.code), theme.ACCENT),
                Series(rival.name, outcome.scores(self.match, rival.code), theme.NEUTRAL, dashed=True),
            ),
            shown=lambda value: f"{value:.0f}",
        )
        panel.add(LineChart(panel.body, plot, names_at_end=False, name="scores"))

    def _build_answers(self, layout: Layout) -> None:
        y = layout.height - layout.margin - theme.PRIMARY_HEIGHT
        right = layout.width - layout.margin
        again = pygame.Rect(right - 170, y, 170, theme.PRIMARY_HEIGHT)
        title, save = again.move(-182, 0), again.move(-364, 0)
        page = again.move(-546, 0)
        tip = Tip("Write the debrief (Ctrl P)", plain("One page to open in a browser, to print or to talk about."))
        self.add(Button(page, "Write report", self._export, kind="ghost", icon="file-text", name="report", tip=tip))
        self.add(Button(save, "Save the game", self._save, kind="ghost", icon="save"))
        self.add(Button(title, "Title screen", self._leave, kind="ghost", icon="home"))
        button = self.add(Button(again, "Play again", self._again, kind="primary"))
        if self.focus is None:
            self.focus = button

    # --- what can be done

    def _export(self) -> None:
        """Write the debrief as a page beside the saves."""
        try:
            path = self.debrief.export(paths.home() / "reports")
        except PaxError as error:
            self.app.toast(str(error), "warning")
        else:
            self.app.toast(f"Written: {path}", "good")

    def _save(self) -> None:
        routes.save_game(self.app, self.match, self.seat)

    def _leave(self) -> None:
        routes.to_title(self.app)

    def _again(self) -> None:
        routes.to_title(self.app)
        routes.to_new_game(self.app)

    def go_back(self) -> bool:
        """Esc leads to the title."""
        self._leave()
        return True

    def on_event(self, event: pygame.event.Event) -> bool:
        """Keys of the buttons."""
        if event.type != pygame.KEYDOWN:
            return False
        control = bool(event.mod & pygame.KMOD_CTRL)
        if event.key == pygame.K_s and control:
            self._save()
        elif event.key == pygame.K_p and control:
            self._export()
        elif event.key in VIEW_KEYS:
            self.show(VIEW_KEYS.index(event.key))
        elif event.key == pygame.K_n and not control:
            self._again()
        else:
            return False
        return True


def _result(row: outcome.Row) -> str:
    """The score, and the points against par that rank."""
    if row.points is None:
        return f"with a score of {row.score:.1f}"
    points = points_figure(row.points)
    return f"with {points} points against par (score {row.score:.1f})"


class StandingRow(Widget):
    """Rank, nation, score and ranks gained."""

    def __init__(self, rect: pygame.Rect, row: outcome.Row, best: float, *, mine: bool) -> None:
        moved = f"{abs(row.climbed)} ranks {'up' if row.climbed > 0 else 'down'}" if row.climbed else "The same rank"
        super().__init__(rect, name=row.code, tip=Tip(row.name, plain(f"{moved} since the end of the first year.")))
        self.row = row
        self.best = best
        self.mine = mine

    def draw_self(self, canvas: Canvas) -> None:
        row = self.row
        if self.mine:
            canvas.box(self.rect.inflate(0, -2), Box(theme.SELECTED, line=theme.PAX, radius=theme.RADIUS_CARD))
        room = self.rect.inflate(-16, 0)
        rank, flag, name, bar, score, moved = columns(room, (22, 22, 0.55, 0.45, 46, 34), 8)
        canvas.text(str(row.rank), rank, "figure", theme.TEXT_2, align="right")
        canvas.flag(row.code, pygame.Rect(flag.x, flag.centery - 10, 20, 20))
        canvas.text(row.name, name, "body_bold" if self.mine else "body", ellipsis=True)
        track = pygame.Rect(bar.x, bar.centery - 3, bar.w, 6)
        canvas.box(track, Box(theme.WELL, line=theme.LINE, radius=3))
        length = int(bar.w * max(0.0, row.score) / max(self.best, 1e-9))
        colour = theme.ACCENT if self.mine else SIDE_COLOURS[row.side]
        if length >= track.h:
            canvas.box(pygame.Rect(track.x, track.y, length, track.h), Box(colour, radius=3))
        figure = f"{row.score:.1f}" if row.points is None else points_figure(row.points)
        canvas.text(figure, score, "figure", align="right")
        canvas.text(_signed(row.climbed), moved, "figure", _sign_colour(row.climbed), align="right")


def _signed(change: float) -> str:
    return f"{change:+.0f}" if round(change) else "="


def _sign_colour(change: float) -> theme.Colour:
    if round(change) == 0:
        return theme.TEXT_3
    return theme.GOOD if change > 0 else theme.BAD


def _percent(values: list[float]) -> tuple[float | None, ...]:
    return tuple(100.0 * float(value) for value in values)
