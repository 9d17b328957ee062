"""What is shown while something is read or computed beside the frame."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar

import pygame

from game.ui import theme
from game.ui.app import App
from game.ui.kit import Label, Screen
from game.ui.kit.canvas import Canvas
from game.ui.screens.mark import mark_at
from game.ui.theme import Layout

Result = TypeVar("Result")
Arrived = TypeVar("Arrived")
DOTS = 5
PERIOD_MS = 1100


class LoadingScreen(Screen, Generic[Result]):
    """Names what is being done, and hands its result on.

    Parameters
    ----------
    words : str
        What is being done.
    work : callable
        Done in another thread.
    on_done : callable
        Gets the result; it shows the next screen.
    on_error : callable
        Gets what `work` raised.
    """

    opaque = False

    def __init__(
        self, words: str, work: Callable[[], Result], on_done: Callable[[Result], None],
        on_error: Callable[[BaseException], None],
    ) -> None:  # fmt: skip
        super().__init__()
        self.words = words
        self._work = work
        self._on_done = on_done
        self._on_error = on_error
        self._clock = 0

    def enter(self, app: App) -> None:
        """Begin the work."""
        super().enter(app)
        app.run_in_background(self._work, self._if_shown(app, self._on_done), self._if_shown(app, self._on_error))

    def _if_shown(self, app: App, call: Callable[[Arrived], None]) -> Callable[[Arrived], None]:
        """Drop what arrives after the player went back."""

        def deliver(arrived: Arrived) -> None:
            if self in app.screens:
                call(arrived)

        return deliver

    @property
    def animating(self) -> bool:
        return True

    def update(self, dt_ms: int) -> None:
        """Let the dots run."""
        super().update(dt_ms)
        self._clock += dt_ms

    def build(self, layout: Layout) -> None:
        middle, y = layout.width // 2, layout.height // 2
        self.add(mark_at(middle - 48, y - 120, 96))
        self.add(Label(pygame.Rect(20, y + 2, layout.width - 40, 50), self.words, "screen", align="center"))

    def draw_below(self, canvas: Canvas) -> None:
        super().draw_below(canvas)
        y = self.layout.height // 2 + 78
        lit = self._clock * DOTS // PERIOD_MS % DOTS if not self.kit.appearance.reduced_motion else -1
        for number in range(DOTS):
            colour = theme.ACCENT if number == lit else theme.LINE_HI
            x = self.layout.width // 2 + (number - DOTS // 2) * 18
            canvas.fill(pygame.Rect(x - 4, y, 8, 8), colour)
