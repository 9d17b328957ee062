"""Panels: the rounded boxes that hold the rest of a screen, with an optional head and rule."""

from __future__ import annotations

import pygame

from game.ui import theme
from game.ui.kit.canvas import Canvas
from game.ui.kit.paint import Box
from game.ui.kit.widget import Widget

HEAD_HEIGHT = 44


class Panel(Widget):
    """A box with a border and, if titled, a head.

    Parameters
    ----------
    title : str
        Shown in the head; empty for no head.
    note : str
        Quiet text beside the title, cut if it does not fit.
    look : Box or None
        Fill and border; None for the standard panel.
    """

    still = True

    def __init__(
        self, rect: pygame.Rect, title: str = "", note: str = "", *, look: Box | None = None, padding: int = 16,
        role: str = "panel", name: str = "",
    ) -> None:  # fmt: skip
        super().__init__(rect, name=name)
        self._title = title
        self._note = note
        self.look = look or Box(theme.PANEL, line=theme.LINE, radius=theme.RADIUS_PANEL)
        self.padding = padding
        self.role = role

    @property
    def title(self) -> str:
        """What the head says; setting it redraws."""
        return self._title

    @title.setter
    def title(self, title: str) -> None:
        self._title = title
        self._changed()

    @property
    def note(self) -> str:
        """The quiet text of the head; setting it redraws."""
        return self._note

    @note.setter
    def note(self, note: str) -> None:
        self._note = note
        self._changed()

    def _changed(self) -> None:
        if self.layer:
            self.layer.redraw_still()

    @property
    def body(self) -> pygame.Rect:
        """The room below the head, inside the padding."""
        top = HEAD_HEIGHT + 12 if self.title else self.padding
        width = self.rect.w - 2 * self.padding
        return pygame.Rect(self.rect.x + self.padding, self.rect.y + top, width, self.rect.h - top - self.padding)

    def draw_self(self, canvas: Canvas) -> None:
        canvas.box(self.rect, self.look)
        if not self.title:
            return
        head = pygame.Rect(self.rect.x + self.padding, self.rect.y, self.rect.w - 2 * self.padding, HEAD_HEIGHT)
        drawn = canvas.text(self.title, head, self.role)
        if self.note:
            left = drawn.right + 12
            canvas.text(self.note, pygame.Rect(left, head.y + 1, max(0, head.right - left), head.h), "secondary",
                        theme.TEXT_2, ellipsis=True)  # fmt: skip
        canvas.horizontal(self.rect.x + 1, self.rect.y + HEAD_HEIGHT, self.rect.w - 2)
