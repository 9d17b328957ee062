"""Figures as lengths: meters with a required mark, diverging bars, the two-sided race bar and rows of pips."""

from __future__ import annotations

import pygame

from game.ui import theme
from game.ui.kit.canvas import Canvas
from game.ui.kit.paint import Box
from game.ui.kit.tips import Tip
from game.ui.kit.widget import Widget
from game.ui.theme import Colour


def dimmed(colour: Colour, share: float = 0.45, ground: Colour = theme.WELL) -> Colour:
    """Return `colour` mixed into the ground; `share` is how much of it stays (0-1)."""
    red, green, blue = (int(low + (high - low) * share) for high, low in zip(colour, ground, strict=True))
    return red, green, blue


class Meter(Widget):
    """A bar from 0 to 1.

    Parameters
    ----------
    value : float
        Filled share, 0-1.
    ahead : float
        A share beyond `value` that is building or forecast, drawn dim; 0 for none.
    required : float or None
        Where the white tick stands, 0-1.
    from_right : bool
        Filled from the right end, as for the rival in the race bar.
    """

    def __init__(
        self, rect: pygame.Rect, value: float, colour: Colour = theme.PAX, *, ahead: float = 0.0,
        required: float | None = None, from_right: bool = False, thickness: int = 6, tip: Tip | None = None,
        name: str = "",
    ) -> None:  # fmt: skip
        super().__init__(rect, name=name, tip=tip)
        self._value = value
        self.colour = colour
        self.ahead = ahead
        self.required = required
        self.from_right = from_right
        self.thickness = thickness

    @property
    def value(self) -> float:
        """The filled share; setting it redraws."""
        return self._value

    @value.setter
    def value(self, value: float) -> None:
        self._value = value
        self.mark_dirty()

    def draw_self(self, canvas: Canvas) -> None:
        bar = pygame.Rect(self.rect.x, self.rect.centery - self.thickness // 2, self.rect.w, self.thickness)
        radius = self.thickness / 2
        canvas.box(bar, Box(theme.WELL, line=theme.LINE, radius=radius))
        if self.ahead:
            canvas.box(self._part(bar, self._value + self.ahead), Box(dimmed(self.colour), radius=radius))
        if self._value > 0:
            canvas.box(self._part(bar, self._value), Box(self.colour, radius=radius))
        if self.required is not None:
            at = self._part(bar, self.required)
            x = at.x if self.from_right else at.right
            canvas.fill(pygame.Rect(x - 1, bar.y - 3, 2, bar.h + 6), theme.TEXT)

    def _part(self, bar: pygame.Rect, share: float) -> pygame.Rect:
        length = max(bar.h, int(bar.w * min(1.0, max(0.0, share)) + 0.5))
        return pygame.Rect(bar.right - length if self.from_right else bar.x, bar.y, length, bar.h)


class DivergingMeter(Widget):
    """A bar to the right of the middle for gains and to the left for losses; `value` is -1 to 1."""

    def __init__(self, rect: pygame.Rect, value: float, *, track: bool = True, tip: Tip | None = None) -> None:
        super().__init__(rect, tip=tip)
        self.value = value
        self.track = track

    def draw_self(self, canvas: Canvas) -> None:
        middle, y = self.rect.centerx, self.rect.centery - 4
        if self.track:
            canvas.box(pygame.Rect(self.rect.x, y, self.rect.w, 8), Box(theme.WELL, line=theme.LINE, radius=4))
        length = int(self.rect.w / 2 * min(1.0, abs(self.value)))
        if length:
            left = middle if self.value > 0 else middle - length
            colour = theme.GOOD if self.value > 0 else theme.BAD
            canvas.box(pygame.Rect(left, y, length, 8), Box(colour, radius=3))
        canvas.fill(pygame.Rect(middle, y - 3, 1, 14), theme.TEXT_2)


class PipRow(Widget):
    """Political capital: filled pips for what is left, rings for what is spent, right-aligned."""

    def __init__(
        self, rect: pygame.Rect, left: int, total: int, *, colour: Colour = theme.ACCENT, tip: Tip | None = None,
        name: str = "",
    ) -> None:  # fmt: skip
        super().__init__(rect, name=name, tip=tip)
        self._left = left
        self.total = total
        self.colour = colour

    @property
    def left(self) -> int:
        """How many are unspent; setting it redraws."""
        return self._left

    @left.setter
    def left(self, left: int) -> None:
        self._left = left
        self.mark_dirty()

    @staticmethod
    def width_for(total: int) -> int:
        """Return the width in logical px of a row of `total` pips."""
        return total * 17 - 4

    def draw_self(self, canvas: Canvas) -> None:
        first = self.rect.right - self.width_for(self.total)
        for number in range(self.total):
            centre = (first + number * 17 + 6.5, self.rect.centery)
            if number < self._left:
                canvas.circle(centre, 6, Box(self.colour))
            else:
                canvas.circle(centre, 6, Box(None, line=theme.LINE_HI, line_width=1.5))
