"""The title: the map with its routes, and a menu of what can be done."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pygame

from game import __version__
from game.files import paths
from game.ui import theme
from game.ui.app import App
from game.ui.introduction import TITLE
from game.ui.kit import KeyHints, Label, MenuButton, Screen, Tip, plain
from game.ui.kit.canvas import Canvas
from game.ui.screens import games, routes
from game.ui.screens.backdrop import Backdrop
from game.ui.screens.mark import mark_at
from game.ui.theme import Layout

TAGLINE = (
    "Run one nation in the race for chips and the minerals",
    "they are made of. Build fabs, close gates, survive embargoes.",
)
BORDERS = "Borders follow Natural Earth’s de facto lines and state no position."
MENU_WIDTH = 440
TOP_SHARE = 0.126


class TitleScreen(Screen):
    """The first screen. Everything slow is begun here, beside the frame.

    Parameters
    ----------
    folder : Path or None
        Where saves lie; None for the player's own.
    """

    opaque = False
    keys = (
        ("C", "Continue the newest game"),
        ("N", "New game"),
        ("H", TITLE),
        ("L", "Load a game"),
        ("S", "Settings"),
        ("Q", "Quit"),
        ("Up, Down", "Move in the menu"),
    )

    def __init__(self, folder: Path | None = None) -> None:
        super().__init__()
        self.folder = folder or paths.saves_dir()
        self._backdrop: Backdrop | None = None
        self._clock = 0.0
        self._saves: list[games.SaveEntry] | None = None
        self._has_files = False
        self._begun = False

    # --- what is read beside the frame

    def enter(self, app: App) -> None:
        """See whether there are saves; what they hold is read after the first frame."""
        super().enter(app)
        self._has_files = bool(games.save_files(self.folder))

    def _begin(self) -> None:
        """Read the saves, and what a new game needs."""
        app = self.app
        app.run_in_background(lambda: games.describe_all(self.folder), self._take_saves, self._no_saves)
        scenario = routes.standard_scenario()
        # An error here would be met, and shown, again when a game is started.
        app.run_in_background(lambda: games.preload(scenario), lambda _: None, lambda _: None)

    def _take_saves(self, saves: list[games.SaveEntry]) -> None:
        self._saves = saves
        self._has_files = bool(saves)
        self._rebuild_if_shown()

    def _no_saves(self, error: BaseException) -> None:
        self._has_files = False
        self._rebuild_if_shown()
        if self in self.app.screens:
            self.app.toast(f"The saved games could not be read: {error}", "warning")

    def _rebuild_if_shown(self) -> None:
        if self in self.app.screens:
            self.refresh()

    @property
    def newest(self) -> games.SaveEntry | None:
        """The newest save that can be read, once the saves have been described."""
        return next((entry for entry in self._saves or () if not entry.problem and entry.seat), None)

    # --- looks

    @property
    def animating(self) -> bool:
        return True

    def update(self, dt_ms: int) -> None:
        """Let the comets run; begin to read once the first frame was drawn, which threads would only delay."""
        super().update(dt_ms)
        self._clock += dt_ms
        if self._backdrop is not None and not self._begun:
            self._begun = True
            self._begin()

    def draw_below(self, canvas: Canvas) -> None:
        if self._backdrop is None:
            self._backdrop = Backdrop(paths.assets())
        motion = not self.kit.appearance.reduced_motion
        self._backdrop.draw(canvas.surface, canvas.scale, self._clock, motion=motion)

    def build(self, layout: Layout) -> None:
        left = 64 if layout.compact else 96
        y = int(layout.height * TOP_SHARE) - (24 if layout.compact else 0)
        side = 60 if layout.compact else 72
        self.add(mark_at(left, y, side))
        y += side + (20 if layout.compact else 36)
        width = layout.width - 2 * left
        self.add(Label(pygame.Rect(left - 3, y, width, 100), "PAX SILICA", "logo"))
        y += 106
        for line in TAGLINE:
            self.add(Label(pygame.Rect(left, y, width, 26), line, "reading", theme.TEXT_2))
            y += 26
        self._build_menu(left - 18, y + (20 if layout.compact else 30), 50 if layout.compact else 56)
        foot = pygame.Rect(left, layout.height - 46, width, 20)
        self.add(Label(foot, f"{BORDERS}  Version {__version__}", "secondary", theme.TEXT_3))
        hints = pygame.Rect(layout.width - 330, layout.height - 48, 310, 24)
        self.add(KeyHints(hints, (("Up/Down", "move"), ("Enter", "choose"), ("?", "keys"))))

    def _build_menu(self, left: int, y: int, step: int) -> None:
        for number, (text, note, action, tip) in enumerate(self.entries()):
            rect = pygame.Rect(left, y + number * step, MENU_WIDTH, step - 2)
            button = self.add(MenuButton(rect, text, note, action, primary=number == 0, tip=tip, name=text))
            if number == 0 and self.focus is None:
                self.focus = button

    def entries(self) -> list[tuple[str, str, Callable[[], None], Tip | None]]:
        """Text, note, action and explanation of each entry of the menu."""
        entries: list[tuple[str, str, Callable[[], None], Tip | None]] = []
        newest = self.newest
        if newest is not None:
            entries.append(("Continue", _note(newest), self._continue, _about(newest)))
        elif self._has_files and self._saves is None:
            entries.append(("Continue", "The newest game", self._continue, None))
        offer = "Choose a nation" if len(paths.scenario_names()) < 2 else "Choose a scenario and a nation"
        entries.append(("New game", offer, self._new_game, None))
        entries.append((TITLE, "A first game on one page", self.app.show_introduction, None))
        if self._has_files:
            entries.append(("Load game", "Saved games and the last quarters", self._load, None))
        entries.append(("Settings", "Text size, contrast, motion, flags", lambda: routes.to_settings(self.app), None))
        entries.append(("Quit", "", self.app.quit, None))
        return entries

    # --- what the menu does

    def _continue(self) -> None:
        files = games.save_files(self.folder) if self._saves is None else []
        path = files[0] if files else self.newest.path if self.newest else None
        if path is not None:
            routes.load_game(self.app, path)

    def _new_game(self) -> None:
        routes.to_new_game(self.app)

    def _load(self) -> None:
        routes.to_saves(self.app)

    def on_event(self, event: pygame.event.Event) -> bool:
        """Letters choose an entry, arrows move."""
        if event.type != pygame.KEYDOWN or event.mod & (pygame.KMOD_CTRL | pygame.KMOD_ALT):
            return False
        if event.key in (pygame.K_UP, pygame.K_DOWN):
            self.move_focus(1 if event.key == pygame.K_DOWN else -1)
            return True
        wanted = {pygame.K_c: "Continue", pygame.K_n: "New game", pygame.K_l: "Load game", pygame.K_s: "Settings",
                  pygame.K_q: "Quit", pygame.K_h: TITLE}.get(event.key)  # fmt: skip
        for text, _, action, _ in self.entries() if wanted else ():
            if text == wanted:
                action()
                return True
        return False


def _note(entry: games.SaveEntry) -> str:
    return f"{entry.nation}, {entry.progress}"


def _about(entry: games.SaveEntry) -> Tip:
    return Tip("The newest game", plain(f"{entry.scenario}, seed {entry.seed}. Saved as {entry.path.name}."))
