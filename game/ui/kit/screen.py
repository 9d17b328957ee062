"""The base of every screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pygame

from game.ui import theme
from game.ui.kit.canvas import Canvas
from game.ui.kit.layer import Layer

if TYPE_CHECKING:
    from game.ui.app import App


class Screen(Layer):
    """A full window of widgets.

    A subclass overrides `build(layout)` to add its widgets, `on_event(event)` for its own keys, `draw_below(canvas)`
    for what lies under the widgets, and `animating` where something moves. `app` is there from `App.push` on.

    Attributes
    ----------
    opaque : bool
        Set it to False where `draw_below` differs from frame to frame; else it and the panels are painted once.
    keys : tuple of (str, str)
        The screen's own keys and what they do, for the list behind `?`.
    toast_foot : int
        Room at the bottom that notes keep free, in logical px: a row of buttons is there.
    """

    keys: tuple[tuple[str, str], ...] = ()
    toast_foot = 0
    opaque = True

    def __init__(self) -> None:
        super().__init__()
        self._app: App | None = None

    @property
    def app(self) -> App:
        """The application that shows the screen."""
        if self._app is None:
            raise RuntimeError(f"{type(self).__name__} is not on an App's stack")
        return self._app

    def enter(self, app: App) -> None:
        """Come onto the stack of `app`."""
        self._app = app

    def leave(self) -> None:
        """React to being taken off the stack. Overridden where something must be stopped."""

    @property
    def ready(self) -> bool:
        """Whether all that it shows has been read; pictures wait. Overridden where it reads beside the frame."""
        return True

    def go_back(self) -> bool:
        """React to Esc; False leaves it to the app, which takes the screen off the stack unless it is the last."""
        return False

    def draw_below(self, canvas: Canvas) -> None:
        """Fill the window with ink."""
        canvas.surface.fill(self.kit.colour(theme.INK))

    def on_event(self, event: pygame.event.Event) -> bool:
        """React to keys no widget took."""
        return False
