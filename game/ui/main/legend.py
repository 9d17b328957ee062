"""The legend of the map: patches of land and lines of flow, in as many rows as they need."""

from __future__ import annotations

from collections.abc import Sequence

import pygame

from game.ui import theme
from game.ui.kit import Canvas, Kit, Widget
from game.ui.kit.paint import Box
from game.ui.main.lenses import Swatch

ROW, GAP, PAD, PATCH, LINE, SMALL_MAP = 22, 14, 12, 14, 22, 172


def _width(kit: Kit, swatch: Swatch) -> int:
    return int((LINE if swatch.line else PATCH) + 6 + kit.text.width(swatch.name, "secondary") + 1)


def legend_rows(kit: Kit, swatches: Sequence[Swatch], width: int) -> list[list[Swatch]]:
    """Break the entries into rows of at most `width` logical px."""
    rows: list[list[Swatch]] = [[]]
    used = 0
    for swatch in swatches:
        wide = _width(kit, swatch) + GAP
        if rows[-1] and used + wide - GAP > width:
            rows.append([])
            used = 0
        rows[-1].append(swatch)
        used += wide
    return rows


class Legend(Widget):
    """The legend in the lower left of the map."""

    def __init__(self, rect: pygame.Rect, swatches: Sequence[Swatch], kit: Kit, inner: pygame.Rect) -> None:
        super().__init__(rect, name="legend")
        self.swatches = tuple(swatches)
        self._rects = [self.rect_for(kit, inner, swatches, zoomed=zoomed) for zoomed in (False, True)]

    def fit(self, *, zoomed: bool) -> None:
        """Make room for the small map, or take it back."""
        self.rect = self._rects[zoomed]

    @staticmethod
    def rect_for(kit: Kit, inner: pygame.Rect, swatches: Sequence[Swatch], *, zoomed: bool) -> pygame.Rect:
        """Where the legend of these entries lies within the map; zoomed in, it leaves the small map's corner free."""
        rows = legend_rows(kit, swatches, inner.w - (SMALL_MAP if zoomed else 0) - 2 * PAD)
        widths = [sum(_width(kit, swatch) + GAP for swatch in row) - GAP for row in rows]
        height = len(rows) * ROW + 8
        return pygame.Rect(inner.x, inner.bottom - height, max(widths, default=0) + 2 * PAD, height)

    def draw_self(self, canvas: Canvas) -> None:
        canvas.box(self.rect, Box(theme.TOPBAR, line=theme.LINE, radius=theme.RADIUS_CARD, alpha=232))
        for number, row in enumerate(legend_rows(canvas.kit, self.swatches, self.rect.w - 2 * PAD + 1)):
            x = self.rect.x + PAD
            for swatch in row:
                place = pygame.Rect(x, self.rect.y + 4 + number * ROW, _width(canvas.kit, swatch), ROW)
                self._entry(canvas, place, swatch)
                x = place.right + GAP

    def _entry(self, canvas: Canvas, place: pygame.Rect, swatch: Swatch) -> None:
        wide = LINE if swatch.line else PATCH
        if swatch.line:
            self._line(canvas, pygame.Rect(place.x, place.centery - 1, LINE, 2), swatch)
        else:
            patch = pygame.Rect(place.x, place.centery - 5, PATCH, 10)
            canvas.box(patch, Box(swatch.colour, radius=2))
            if swatch.hatch:
                for x in range(patch.x + 2, patch.right - 2, 5):
                    canvas.fill(pygame.Rect(x, patch.y + 1, 2, patch.h - 2), swatch.hatch)
        words = pygame.Rect(place.x + wide + 6, place.y, place.right - place.x - wide - 6, place.h)
        canvas.text(swatch.name, words, "secondary", theme.TEXT_2)

    def _line(self, canvas: Canvas, line: pygame.Rect, swatch: Swatch) -> None:
        if swatch.dashed:
            for x in range(line.x, line.right - 3, 7):
                canvas.fill(pygame.Rect(x, line.y, 4, 2), swatch.colour)
            return
        canvas.fill(line, swatch.colour)
        canvas.circle((line.centerx, line.centery), 3, Box(theme.TEXT))
