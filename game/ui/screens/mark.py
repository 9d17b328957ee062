"""The mark of the game: a globe of dots, in the colours of the two sides and of those between them."""

from __future__ import annotations

import pygame

from game.ui import theme
from game.ui.kit import Box, Widget
from game.ui.kit.canvas import Canvas
from game.ui.theme import Colour

DOTS = 9
RIM = Box(theme.DEEP, line=theme.PAX_LAND, line_width=1.5)


class Mark(Widget):
    """The round mark, as large as its rect."""

    still = True

    def draw_self(self, canvas: Canvas) -> None:
        side = min(self.rect.size)
        canvas.circle(self.rect.center, side / 2, RIM)
        step = side * 0.78 / DOTS
        for row in range(DOTS):
            for column in range(DOTS):
                x, y = column - DOTS // 2, row - DOTS // 2
                if x * x + y * y <= 19:
                    centre = (self.rect.centerx + x * step, self.rect.centery + y * step)
                    canvas.circle(centre, step * 0.36, Box(_dot_colour(x, y)))


def _dot_colour(x: int, y: int) -> Colour:
    """Blue to the upper left, orange to the lower right, green along the seam."""
    across = x + y
    if across >= 3:
        return theme.PRC_LAND
    if across == 2:
        return theme.PRC_LEANING_LAND
    if across >= -1 and y <= 2:
        return theme.PLUS
    return theme.PAX


def mark_at(x: int, y: int, side: int) -> Mark:
    """Make a mark with its upper left corner at a point."""
    return Mark(pygame.Rect(x, y, side, side))
