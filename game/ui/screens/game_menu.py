"""The menu of a game in progress."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pygame

from game.ui import theme
from game.ui.kit import Button, Modal
from game.ui.main.rounds import turn_noun
from game.ui.screens import games, routes

if TYPE_CHECKING:
    from game.match import Match
    from game.ui.app import App

ROW = 44
GAP = 8


class GameMenu(Modal):
    """Save, load, settings, and the ways out.

    Parameters
    ----------
    match : Match
        The game in progress.
    seat : str
        Code of the player's place.
    save : callable
        Saves the game, or says why not now.
    """

    def __init__(self, app: App, match: Match, seat: str, save: Callable[[], None]) -> None:
        when, noun = games.quarter_words(match.quarter_title), turn_noun(match.scenario)
        words = f"{games.place_name(seat)}, {when}. Every {noun} is saved."
        super().__init__("Game", words, icon="menu", width=440)
        self.app = app
        self.match = match
        self.save = save

    def _entries(self) -> list[tuple[str, str, Callable[[], None]]]:
        app = self.app
        return [
            ("Save the game", "save", self.save),
            ("Load a game", "folder-open", lambda: routes.to_saves(app)),
            ("Settings", "settings", lambda: routes.to_settings(app)),
            ("Keys", "keyboard", app.show_keys),
            ("To the title screen", "home", lambda: routes.to_title(app)),
            ("Quit", "log-out", app.quit),
        ]

    def body_height(self, width: int) -> int:
        """Rows of the menu and the way back into the game."""
        return len(self._entries()) * (ROW + GAP) + theme.PRIMARY_HEIGHT + 8

    def build_body(self, room: pygame.Rect) -> None:
        """Lay the entries out, the way back first."""
        back = pygame.Rect(room.x, room.y, room.w, theme.PRIMARY_HEIGHT)
        self.add(Button(back, "Back to the game", self.close, kind="primary"))
        y = back.bottom + GAP
        for text, icon, action in self._entries():
            rect = pygame.Rect(room.x, y, room.w, ROW)
            self.add(Button(rect, text, self._closing(action), kind="ghost", icon=icon))
            y += ROW + GAP

    def _closing(self, action: Callable[[], None]) -> Callable[[], None]:
        def go() -> None:
            self.close()
            action()

        return go

    def on_event(self, event: pygame.event.Event) -> bool:
        """Up and Down move as Tab does."""
        if event.type == pygame.KEYDOWN and event.key in (pygame.K_UP, pygame.K_DOWN):
            self.move_focus(1 if event.key == pygame.K_DOWN else -1)
            return True
        return super().on_event(event)
