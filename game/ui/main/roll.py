"""Figures that roll to their new value after a quarter, and the mark on what changed."""

from __future__ import annotations

import math
from collections.abc import Callable

import pygame

from game.ui import theme
from game.ui.kit import Canvas, Label, Tip
from game.ui.theme import Colour

ROLL_MS = 400


class RollBook:
    """Remembers every figure shown, so that after a quarter each rolls from its old value to its new one.

    Attributes
    ----------
    motion : bool
        False shows new values at once.
    """

    def __init__(self) -> None:
        self.motion = True
        self._now: dict[str, float] = {}
        self._before: dict[str, float] = {}
        self._started: int | None = None

    def start(self) -> None:
        """Take what is shown as the old values; the next values noted are the new ones."""
        self._before = dict(self._now)
        self._started = pygame.time.get_ticks() if self.motion else None

    def note(self, key: str, value: float) -> None:
        """Say that a figure shows this value from now on."""
        self._now[key] = value

    def change(self, key: str) -> float:
        """What the last quarter added to a figure; 0 where nothing is known."""
        if key not in self._before or key not in self._now:
            return 0.0
        change = self._now[key] - self._before[key]
        return 0.0 if math.isnan(change) else change

    def shown(self, key: str, value: float) -> float:
        """What to show at this moment on the way to `value`."""
        before = self._before.get(key, value)
        if not self.running or math.isnan(before) or math.isnan(value):
            return value
        passed = (pygame.time.get_ticks() - (self._started or 0)) / ROLL_MS
        eased = 1.0 - (1.0 - min(1.0, passed)) ** 3
        return before + (value - before) * eased

    @property
    def running(self) -> bool:
        """Whether figures still move."""
        return self._started is not None and pygame.time.get_ticks() - self._started < ROLL_MS

    def settle(self) -> bool:
        """End a roll whose time is over; True at the moment it ends, when the last values must still be drawn."""
        if self._started is None or self.running:
            return False
        self._started = None
        return True


class Figure(Label):
    """A label that shows a number and rolls when a quarter has changed it.

    Parameters
    ----------
    key : str
        Identifies the figure from quarter to quarter.
    shown : callable
        Turns the number into text.
    """

    def __init__(
        self,
        rect: pygame.Rect,
        rolls: RollBook,
        key: str,
        value: float,
        shown: Callable[[float], str],
        role: str = "figure",
        colour: Colour = theme.TEXT,
        *,
        align: str = "left",
        tip: Tip | None = None,
    ) -> None:
        super().__init__(rect, shown(value), role, colour, align=align, name=f"figure {key}", tip=tip)
        self.rolls = rolls
        self.key = key
        self.value = value
        self.shown = shown
        rolls.note(key, value)

    def draw_self(self, canvas: Canvas) -> None:
        text = self.shown(self.rolls.shown(self.key, self.value)) if self.rolls.running else self.text
        canvas.text(text, self.rect, self.role, self.colour, align=self.align)
