"""Toasts: short notes that come and go without taking the focus."""

from __future__ import annotations

from dataclasses import dataclass

import pygame

from game.ui import theme
from game.ui.kit.canvas import Canvas, Kit
from game.ui.kit.paint import Box
from game.ui.kit.text import Line
from game.ui.kit.tips import plain
from game.ui.theme import Layout

WIDTH, NARROWEST = 380, 180
SHOWN_MS = 6000
MOST = 4
KINDS = {
    "note": ("info", theme.PAX),
    "good": ("circle-check", theme.GOOD),
    "warning": ("triangle-alert", theme.WARN),
    "error": ("circle-x", theme.BAD),
}
"""Icon and colour of each kind."""


@dataclass(slots=True)
class Toast:
    """One note; `left_ms` is None for one that stays until it is clicked."""

    text: str
    kind: str
    left_ms: int | None


class ToastStack:
    """The notes being shown, newest at the bottom, beside the panel that holds the primary action.

    Warnings and errors stay until they are clicked or Esc is pressed; others go after six seconds.
    """

    def __init__(self) -> None:
        self.toasts: list[Toast] = []
        self.dirty = False
        self.foot = 0
        """Room in logical px kept free below the notes, for buttons of the screen."""
        self.beside: pygame.Rect | None = None
        """The modal that is open, in logical px: notes stand to its left, away from its answers."""
        self._places: list[pygame.Rect] = []

    def show(self, text: str, kind: str = "note") -> None:
        """Show a note; `kind` is "note", "good", "warning" or "error"."""
        if kind not in KINDS:
            raise ValueError(f"toast kind {kind!r} is not one of {', '.join(KINDS)}")
        lasting = kind in ("warning", "error")
        text = text[:1].upper() + text[1:]
        self.toasts = [*self.toasts, Toast(text, kind, None if lasting else SHOWN_MS)][-MOST:]
        self.dirty = True

    @property
    def timing(self) -> bool:
        """Whether any note is going to leave by itself."""
        return any(toast.left_ms is not None for toast in self.toasts)

    def dismiss(self) -> bool:
        """Take the newest note away; False if there is none."""
        if not self.toasts:
            return False
        self.toasts.pop()
        self.dirty = True
        return True

    def handle(self, event: pygame.event.Event) -> bool:
        """Take a note away that was clicked."""
        if event.type != pygame.MOUSEBUTTONDOWN or event.button != 1:
            return False
        for number, place in enumerate(self._places[: len(self.toasts)]):
            if place.collidepoint(event.pos):
                del self.toasts[number]
                self._places = []
                self.dirty = True
                return True
        return False

    def update(self, dt_ms: int) -> None:
        """Let notes age."""
        for toast in self.toasts:
            if toast.left_ms is not None:
                toast.left_ms -= dt_ms
        staying = [toast for toast in self.toasts if toast.left_ms is None or toast.left_ms > 0]
        if len(staying) != len(self.toasts):
            self.toasts = staying
            self.dirty = True

    def draw(self, surface: pygame.Surface, kit: Kit, layout: Layout) -> None:
        """Draw the notes from the bottom up."""
        canvas = Canvas(surface, kit)
        self._places = []
        bottom = layout.height - layout.margin - 8
        bottom -= self.foot
        left, width = self._column(layout)
        for toast in reversed(self.toasts):
            lines = kit.text.wrapped(plain(toast.text), width - 82)
            rect = pygame.Rect(left, 0, width, _height(lines))
            rect.bottom = bottom
            self._draw_one(canvas, toast, lines, rect)
            self._places.insert(0, rect)
            bottom = rect.y - 8
        self.dirty = False

    def _column(self, layout: Layout) -> tuple[int, int]:
        """Where notes begin, and how wide they are."""
        if self.beside is not None:
            return layout.margin, min(WIDTH, max(NARROWEST, self.beside.x - 2 * layout.margin))
        return layout.width - layout.margin - layout.right_panel - layout.gutter - 8 - WIDTH, WIDTH

    def _draw_one(self, canvas: Canvas, toast: Toast, lines: tuple[Line, ...], rect: pygame.Rect) -> None:
        icon, colour = KINDS[toast.kind]
        canvas.box(rect.inflate(8, 8), Box(theme.INK, radius=12, alpha=120))
        canvas.box(rect, Box(theme.PANEL_HI, line=colour, radius=theme.RADIUS_CARD))
        canvas.icon(icon, pygame.Rect(rect.x + 12, rect.y, 22, rect.h), colour, 20)
        canvas.icon("x", pygame.Rect(rect.right - 30, rect.y, 20, rect.h), theme.TEXT_3, 14)
        with canvas.within(rect):
            canvas.lines(lines, pygame.Rect(rect.x + 46, rect.y + 12, rect.w - 82, rect.h - 24))


def _height(lines: tuple[Line, ...]) -> int:
    return max(44, 24 + lines[-1].y + lines[-1].height) if lines else 44
