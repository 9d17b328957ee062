"""Tabs: a row of words of which one is chosen, underlined in panels or as a segmented bar on the map."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise

import pygame

from game.ui import theme
from game.ui.kit.canvas import Canvas
from game.ui.kit.paint import Box
from game.ui.kit.widget import Widget, pressed

#: Least room between the words of neighbours, in logical px.
APART = 12


class Tabs(Widget):
    """Choose one of a few views.

    Parameters
    ----------
    labels : sequence of str
        In order; each gets room by its length.
    on_change : callable
        Gets the position of the newly chosen tab.
    segmented : bool
        A bar of its own with a filled choice, as on the map; otherwise underlined.

    Notes
    -----
    Left and right choose while the tabs have the focus; Home and End go to the ends.
    """

    focusable = True

    def __init__(
        self, rect: pygame.Rect, labels: Sequence[str], on_change: Callable[[int], None], *, chosen: int = 0,
        segmented: bool = False, name: str = "",
    ) -> None:  # fmt: skip
        super().__init__(rect, name=name)
        self.labels = tuple(labels)
        self.on_change = on_change
        self.chosen = chosen
        self.segmented = segmented
        self.radius = 8.0
        self.focus_outset = 0
        self._over = -1

    def choose(self, position: int) -> None:
        """Choose a tab and report it if it was another."""
        if position != self.chosen:
            self.chosen = position
            self.mark_dirty()
            self.on_change(position)

    @property
    def role(self) -> str:
        """Type of the words: the smaller one where many tabs share little room."""
        wide = sum(self.kit.text.width(label, "tab") + APART for label in self.labels)
        return "tab" if wide <= self.rect.w else "body_medium"

    def tab_rects(self) -> list[pygame.Rect]:
        """Return the rect of each tab in logical px; longer words get more room."""
        inner = self.rect.inflate(-6, -6) if self.segmented else self.rect
        role = self.role
        widths = [self.kit.text.width(label, role) for label in self.labels]
        spare = (inner.w - sum(widths)) / max(1, len(widths))
        edges = [float(inner.x)]
        for width in widths:
            edges.append(edges[-1] + width + spare)
        return [
            pygame.Rect(int(left + 0.5), inner.y, int(right + 0.5) - int(left + 0.5), inner.h)
            for left, right in pairwise(edges)
        ]

    def handle(self, event: pygame.event.Event) -> bool:
        if event.type == pygame.KEYDOWN:
            steps = {pygame.K_LEFT: self.chosen - 1, pygame.K_RIGHT: self.chosen + 1, pygame.K_HOME: 0,
                     pygame.K_END: len(self.labels) - 1}  # fmt: skip
            if event.key in steps:
                self.choose(max(0, min(len(self.labels) - 1, steps[event.key])))
                return True
            return False
        if event.type == pygame.MOUSEMOTION or pressed(event):
            over = next((n for n, rect in enumerate(self.tab_rects()) if rect.collidepoint(event.pos)), -1)
            if over != self._over:
                self._over = over
                self.mark_dirty()
            if pressed(event) and over >= 0:
                self.choose(over)
                return True
        return False

    def draw_self(self, canvas: Canvas) -> None:
        if self.segmented:
            canvas.box(self.rect, Box(theme.TOPBAR, line=theme.LINE, radius=theme.RADIUS_CARD, alpha=240))
        else:
            canvas.horizontal(self.rect.x, self.rect.bottom - 1, self.rect.w)
        role = self.role
        for position, (label, rect) in enumerate(zip(self.labels, self.tab_rects(), strict=True)):
            chosen = position == self.chosen
            lit = chosen or (self.hovered and position == self._over)
            if self.segmented and chosen:
                canvas.box(rect, Box(theme.SEGMENT, radius=theme.RADIUS_BUTTON))
            elif chosen:
                canvas.fill(pygame.Rect(rect.x, rect.bottom - 2, rect.w, 2), theme.PAX)
            canvas.text(label, rect, role, theme.TEXT if lit else theme.TEXT_2, align="center")
