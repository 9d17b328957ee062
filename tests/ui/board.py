"""A game on the main screen under the dummy video driver, and the means to press and to click in it."""

from __future__ import annotations

from pathlib import Path

import pygame
import pytest

from game.core.scenario import Scenario
from game.match import HUMAN, Match
from game.ui.app import App
from game.ui.kit import Widget
from game.ui.kit.text import overflow_recorder
from game.ui.main.context import PlayContext
from game.ui.main.markets import PRICE
from game.ui.main.screen import MainScreen
from game.ui.settings import Settings

INVEST = 0
SIZES = (((1280, 720), 1.0), ((1600, 900), 1.0), ((1920, 1080), 1.5), ((2560, 1440), 2.0))
#: The smallest and the largest are tried each time, those between with the slow tests.
EACH_SIZE = [
    pytest.param(*SIZES[0]),
    pytest.param(*SIZES[1], marks=pytest.mark.slow),
    pytest.param(*SIZES[2], marks=pytest.mark.slow),
    pytest.param(*SIZES[3]),
]


class Board:
    """One seat's main screen; the other seats hold."""

    def __init__(self, scenario: Scenario, assets: Path, home: Path, seat: str = "JPN", quarters: int = 0) -> None:
        match = Match(scenario, 7, {code: HUMAN if code == seat else "hold" for code in scenario.seats})
        for _ in range(quarters):
            match.end_quarter()
        self.play = PlayContext(match, seat)
        self.app = App(assets, home / "settings.json", size=(1280, 720))
        self.app.change_settings(Settings(reduced_motion=True, text_scale=1.0))
        self.screen = MainScreen(self.play)
        # What a newcomer sees first, the agenda and the forecast, takes a second of many futures: tests ask for it.
        self.screen.orders.tab, self.screen.markets.view = INVEST, PRICE
        self.app.push(self.screen)

    @property
    def match(self) -> Match:
        """The game."""
        return self.play.match

    @property
    def queue(self) -> list[object]:
        """The orders given this quarter."""
        return [queued.order for queued in self.match.queued(self.play.seat)]

    def press(self, *keys: int, mod: int = 0) -> None:
        """Press keys one after another."""
        for key in keys:
            letter = chr(key) if 32 < key < 127 else ""
            self.app.handle(pygame.event.Event(pygame.KEYDOWN, key=key, unicode=letter, mod=mod))

    def click(self, name: str) -> None:
        """Click the middle of the widget of that name."""
        self.click_at(self.find(name).rect.center)

    def click_at(self, point: tuple[int, int]) -> None:
        """Click a point in logical px."""
        for kind in (pygame.MOUSEMOTION, pygame.MOUSEBUTTONDOWN, pygame.MOUSEBUTTONUP):
            more = {"rel": (0, 0), "buttons": (0, 0, 0)} if kind == pygame.MOUSEMOTION else {"button": 1}
            self.app.handle(pygame.event.Event(kind, pos=point, **more))

    def find(self, name: str) -> Widget:
        """The widget of that name."""
        return self.screen.find(name)

    def names(self) -> list[str]:
        """Names of all widgets on the screen."""
        return [widget.name for widget in self.screen.root.walk()]

    @property
    def focus(self) -> str:
        """Name of the widget that has the keyboard."""
        return self.screen.focus.name if self.screen.focus else ""

    def overflows(self, area: pygame.Rect) -> list[str]:
        """Texts that leave their box within an area in logical px."""
        scale = self.app.layout.scale
        window = pygame.Rect(*(int(v * scale) for v in area))
        with overflow_recorder.watch() as recorder:
            self.app.draw()
        return [o.text for o in recorder.overflows() if window.collidepoint(pygame.Rect(o.container).center)]

    def resize(self, size: tuple[int, int], scale: float) -> None:
        """Show the board in another window."""
        self.app.window.surface = pygame.display.set_mode(size)
        self.app.change_settings(Settings(reduced_motion=True, text_scale=scale))
