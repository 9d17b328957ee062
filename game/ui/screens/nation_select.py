"""A new game: scenario, nation, rivals and seed."""

from __future__ import annotations

from functools import partial

import pygame

from game.core.scenario import Scenario
from game.files import paths
from game.ui import theme
from game.ui.kit import (
    Button,
    Dropdown,
    Flag,
    KeyHints,
    Label,
    Meter,
    NumberRange,
    Panel,
    RichText,
    Screen,
    Span,
    Stepper,
    Tabs,
    Tip,
    plain,
)
from game.ui.main.order_detail import fitted
from game.ui.main.readings import in_words
from game.ui.screens import games, routes
from game.ui.screens.games import NewGame
from game.ui.screens.nation_card import (
    MEASURE_COLOURS,
    MEASURE_MEANS,
    MEASURE_NAMES,
    NationCard,
    WeightsBar,
    nations,
    weight_legend,
)
from game.ui.screens.rivals import RivalsModal
from game.ui.theme import Layout

COLUMNS = 4
FIRST_CHOICE, FIRST_LEVEL = "JPN", "fair"
AS_LEVEL = "As the difficulty says"
CHOICES = 188
"""Height of what is chosen above the buttons, in logical px."""


class NationSelect(Screen):
    """Choose whom to play, against whom, in which world.

    Parameters
    ----------
    name : str
        Of the scenario.
    scenario : Scenario
        What was read under that name.
    rivals : dict
        Motto of each strategy by name, that all rivals may play in place of what the difficulty says.
    seed : int or None
        Proposed; None takes a fresh one.
    """

    toast_foot = 76
    keys = (
        ("Arrows", "Move among the nations"),
        ("Enter", "Choose the nation; on the chosen one: start"),
        ("Ctrl Enter", "Start"),
        ("Esc", "Back to the title"),
    )

    def __init__(self, name: str, scenario: Scenario, rivals: dict[str, str], seed: int | None = None) -> None:
        super().__init__()
        self.name = name
        self.scenario = scenario
        self.rivals = rivals
        self.nations = nations(scenario)
        codes = [nation.code for nation in self.nations]
        self.chosen = codes.index(FIRST_CHOICE) if FIRST_CHOICE in codes else 0
        self.rival = ""
        self.levels = games.levels()
        self.level = next((n for n, level in enumerate(self.levels) if level.name == FIRST_LEVEL), 0)
        self.apart: dict[str, str] = {}
        self.seed = games.fresh_seed() if seed is None else seed

    # --- looks

    def build(self, layout: Layout) -> None:
        margin, gap = layout.margin + 4, layout.gutter
        side = 400 if layout.compact else 440
        left = pygame.Rect(margin, 0, layout.width - side - gap - 2 * margin, layout.height)
        top = self._build_head(left) + (8 if layout.compact else 14)
        grid = pygame.Rect(left.x, top, left.w, layout.height - top - margin - 28)
        self._build_grid(grid, 8 if layout.compact else 12)
        hints = (("Arrows", "move"), ("Enter", "choose"), ("Ctrl Enter", "start"), ("Esc", "back"))
        self.add(KeyHints(pygame.Rect(left.x + 2, layout.height - margin - 22, left.w, 24), hints))
        x = left.right + gap
        self._build_chosen(pygame.Rect(x, margin, layout.width - margin - x, layout.height - 2 * margin))

    def _build_head(self, left: pygame.Rect) -> int:
        """Add title, scenario and summary; return where they end."""
        self.add(Label(pygame.Rect(left.x + 2, 8, 200, 48), "New game", "screen"))
        names = paths.scenario_names()
        if len(names) > 1:
            rect = pygame.Rect(left.right - 260, 16, 260, 34)
            chosen = names.index(self.name) if self.name in names else 0
            shown = [paths.scenario_title(name) for name in names]
            self.add(Dropdown(rect, shown, self._choose_scenario, chosen=chosen, name="scenario",
                              tip=Tip("Scenario", plain("The world that is played."))))  # fmt: skip
        words = plain(self.scenario.summary.strip(), "body", theme.TEXT_2)
        height = RichText.height_for(self.kit, words, left.w - 4)
        return self.add(RichText(pygame.Rect(left.x + 2, 58, left.w - 4, height), words, name="summary")).rect.bottom

    def _build_grid(self, grid: pygame.Rect, gap: int) -> None:
        rows = -(-len(self.nations) // COLUMNS)
        width = (grid.w - gap * (COLUMNS - 1)) // COLUMNS
        height = min(200, (grid.h - gap * (rows - 1)) // rows)
        for number, nation in enumerate(self.nations):
            x = grid.x + number % COLUMNS * (width + gap)
            y = grid.y + number // COLUMNS * (height + gap)
            card = NationCard(pygame.Rect(x, y, width, height), nation, partial(self._take, number),
                              selected=number == self.chosen)  # fmt: skip
            self.add(card)
            if number == self.chosen and self.focus is None:
                self.focus = card

    def _build_chosen(self, rect: pygame.Rect) -> None:
        nation = self.nations[self.chosen]
        panel = self.add(Panel(rect))
        x, w = rect.x + 20, rect.w - 40
        panel.add(Flag(pygame.Rect(x, rect.y + 18, 56, 56), nation.code, theme.ACCENT))
        panel.add(Label(pygame.Rect(x + 72, rect.y + 26, w - 72, 40), nation.name, "nation"))
        y = rect.y + (78 if self.layout.compact else 86)
        y = self._text(panel, x, y, w, "", nation.fantasy, theme.TEXT) + 8
        y = self._text(panel, x, y, w, "Lever", nation.lever, theme.GOOD) + 8
        y = self._text(panel, x, y, w, "Weak point", nation.weak_point, theme.BAD) + 8
        if nation.objective:
            y = self._text(panel, x, y, w, "Objective", in_words(nation.objective), theme.ACCENT) + 8
        if nation.team:
            y = self._text(panel, x, y, w, "Team", nation.team, theme.PAX) + 8
        limit = rect.bottom - 20 - theme.PRIMARY_HEIGHT - CHOICES - 4
        self._build_weights(panel, pygame.Rect(x, y + 2, w, limit - y - 2))
        self._build_choices(panel, x, rect.bottom - 20 - theme.PRIMARY_HEIGHT, w)

    def _text(self, panel: Panel, x: int, y: int, width: int, head: str, text: str, colour: theme.Colour) -> int:
        """Add a small head and a paragraph; return where it ends."""
        if head:
            panel.add(Label(pygame.Rect(x, y, width, 20), head, "body_bold", colour))
            y += 20
        spans = plain(text, "body" if self.layout.compact else "reading", theme.TEXT_2 if head else theme.TEXT)
        height = RichText.height_for(self.kit, spans, width)
        panel.add(RichText(pygame.Rect(x, y, width, height), spans))
        return y + height

    def _build_weights(self, panel: Panel, room: pygame.Rect) -> None:
        """The five measures by weight, as one bar where there is no room for a row of each."""
        weights = self.nations[self.chosen].weights
        panel.add(Label(pygame.Rect(room.x, room.y, room.w, 22), "What its score is made of", "section"))
        step = 18 if self.layout.compact else 22
        if room.h < 26 + step * len(weights):
            bar = panel.add(WeightsBar(pygame.Rect(room.x, room.y + 28, room.w, 12), weights)).rect
            legend = weight_legend(weights)
            below = pygame.Rect(room.x, bar.bottom + 4, room.w, RichText.height_for(self.kit, legend, room.w))
            if below.bottom <= room.bottom:
                panel.add(RichText(below, legend, name="weights legend"))
            return
        row = pygame.Rect(room.x, room.y + 26, room.w, 20)
        for name, weight in weights.items():
            tip = Tip(MEASURE_NAMES[name], plain(MEASURE_MEANS[name]))
            panel.add(Label(pygame.Rect(row.x, row.y, 130, 20), MEASURE_NAMES[name], "body", theme.TEXT_2, tip=tip))
            meter = pygame.Rect(row.x + 136, row.y, row.w - 136 - 50, 20)
            panel.add(Meter(meter, weight / 0.4, MEASURE_COLOURS[name], tip=tip))
            figure = pygame.Rect(row.right - 46, row.y, 46, 20)
            panel.add(Label(figure, f"{weight:.0%}", "figure", align="right", tip=tip))
            row.y += step

    def _build_choices(self, panel: Panel, x: int, y: int, width: int) -> None:
        back = pygame.Rect(x, y, 110, theme.PRIMARY_HEIGHT)
        self._build_level(panel, pygame.Rect(x, y - CHOICES, width, CHOICES - 94))
        options = [AS_LEVEL, *(f"All {name}: {motto}" for name, motto in self.rivals.items())]
        rivals = pygame.Rect(x, y - 90, width - 132, 34)
        tip = Tip("Rivals", plain("One strategy for every other nation, in place of those of the difficulty."))
        chosen = 1 + list(self.rivals).index(self.rival) if self.rival else 0
        panel.add(Dropdown(rivals, options, self._choose_rival, chosen=chosen, name="rivals", tip=tip))
        each = Tip("One by one", plain("Choose the strategy of single nations."))
        rect = pygame.Rect(rivals.right + 8, rivals.y, 124, 34)
        panel.add(
            Button(
                rect, _apart_words(len(set(self.apart) - set(self._mine))), self._choose_apart, name="apart", tip=each
            )
        )
        seed = Tip("Seed", plain("The same seed gives the same chances: share it to compare games."))
        stepper = pygame.Rect(x, y - 46, width, Stepper.HEIGHT)
        numbers = NumberRange(0, max(games.HIGHEST_SEED, self.seed))
        panel.add(Stepper(stepper, "Seed of the world", numbers, self.seed, self._set_seed, name="seed", tip=seed))
        panel.add(Button(back, "Back", self.app.pop, kind="ghost"))
        start = pygame.Rect(back.right + 12, y, width - back.w - 12, theme.PRIMARY_HEIGHT)
        panel.add(Button(start, f"Play {self.nations[self.chosen].name}", self.start, kind="primary", name="start"))

    def _build_level(self, panel: Panel, rect: pygame.Rect) -> None:
        """How hard rivals play, and what that means."""
        level = self.levels[self.level]
        tip = Tip(level.title, plain(f"{level.does}\nWhat rivals see: {level.sees}"))
        panel.add(Label(pygame.Rect(rect.x, rect.y + 4, 90, 24), "Rivals", "section", tip=tip))
        titles = [each.title for each in self.levels]
        row = pygame.Rect(rect.x + 80, rect.y, rect.w - 80, 32)
        panel.add(Tabs(row, titles, self._choose_level, chosen=self.level, segmented=True, name="difficulty"))
        words = "Every nation plays the strategy chosen below." if self.rival else level.does
        room = pygame.Rect(rect.x, rect.y + 35, rect.w, rect.h - 35)
        spans = fitted(self.kit, (Span(words, "secondary", theme.TEXT_2, tip),), room.w, room.h)
        panel.add(RichText(room, spans, name="difficulty words"))

    # --- choices

    def _take(self, number: int) -> None:
        if number == self.chosen:
            self.start()
        else:
            self.choose(number)

    def choose(self, number: int) -> None:
        self.chosen = number
        self.refresh()

    def _choose_level(self, position: int) -> None:
        self.level = position
        self.refresh()

    def _choose_rival(self, position: int) -> None:
        self.rival = list(self.rivals)[position - 1] if position else ""
        self.refresh()

    def _choose_apart(self) -> None:
        """Ask for the strategies of single nations."""
        self.app.open_modal(RivalsModal(self.scenario, self._mine, self.rivals, self.apart, self._show_apart))

    def _show_apart(self) -> None:
        self.refresh()
        self.set_focus(self.find("apart"))

    @property
    def _mine(self) -> tuple[str, ...]:
        return self.nations[self.chosen].seats

    def _set_seed(self, seed: float) -> None:
        self.seed = int(seed)

    def _choose_scenario(self, position: int) -> None:
        name = paths.scenario_names()[position]
        self.app.pop()
        routes.to_new_game(self.app, name)

    def start(self) -> None:
        """Begin the game."""
        code = self.nations[self.chosen].code
        apart = {seat: strategy for seat, strategy in self.apart.items() if seat not in self._mine}
        difficulty = "" if self.rival else self.levels[self.level].name
        routes.start_game(self.app, NewGame(self.name, code, self.seed, self.rival, apart, difficulty))

    def handle(self, event: pygame.event.Event) -> bool:
        """Ctrl+Enter starts wherever the keyboard is."""
        enter = event.type == pygame.KEYDOWN and event.key in (pygame.K_RETURN, pygame.K_KP_ENTER)
        if enter and event.mod & pygame.KMOD_CTRL:
            self.start()
            return True
        return super().handle(event)

    def on_event(self, event: pygame.event.Event) -> bool:
        """Arrows move among the nations."""
        if event.type != pygame.KEYDOWN:
            return False
        step = {pygame.K_LEFT: -1, pygame.K_RIGHT: 1, pygame.K_UP: -COLUMNS, pygame.K_DOWN: COLUMNS}.get(event.key)
        target = self.chosen + step if step else -1
        if not 0 <= target < len(self.nations):
            return False
        self.choose(target)
        self.set_focus(self.find(self.nations[target].code))
        return True


def _apart_words(count: int) -> str:
    """What stands on the button that leads to single rivals."""
    return "One by one" if not count else "1 differs" if count == 1 else f"{count} differ"
