"""Choosing a number: slider and stepper."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pygame

from game.ui import theme
from game.ui.kit.canvas import Canvas
from game.ui.kit.paint import Box
from game.ui.kit.tips import Tip
from game.ui.kit.widget import Widget, pressed
from game.ui.theme import Colour

KNOB = 8


@dataclass(frozen=True, slots=True)
class NumberRange:
    """The numbers a slider or stepper may take, and how they read.

    Attributes
    ----------
    step : float
        Distance between neighbours, above 0.
    shown : callable
        Number to text with its unit.
    """

    low: float
    high: float
    step: float = 1.0
    shown: Callable[[float], str] = "{:g}".format

    def nearest(self, value: float) -> float:
        """Return the allowed number nearest to `value`."""
        steps = round((value - self.low) / self.step)
        return min(self.high, max(self.low, self.low + steps * self.step))


class _Number(Widget):
    """What slider and stepper share: a value in a range, changed by keys and the wheel."""

    focusable = True

    def __init__(
        self, rect: pygame.Rect, label: str, numbers: NumberRange, value: float, on_change: Callable[[float], None], *,
        name: str = "", tip: Tip | None = None,
    ) -> None:  # fmt: skip
        super().__init__(rect, name=name or label, tip=tip)
        self.label = label
        self.numbers = numbers
        self.value = numbers.nearest(value)
        self.on_change = on_change

    def set_value(self, value: float) -> None:
        """Take the nearest allowed value and report a change."""
        value = self.numbers.nearest(value)
        if value != self.value:
            self.value = value
            self.mark_dirty()
            self.on_change(value)

    def handle(self, event: pygame.event.Event) -> bool:
        if event.type != pygame.KEYDOWN:
            return False
        step, numbers = self.numbers.step, self.numbers
        page = max(step, (numbers.high - numbers.low) / 10)
        targets = {
            pygame.K_LEFT: self.value - step, pygame.K_DOWN: self.value - step, pygame.K_MINUS: self.value - step,
            pygame.K_RIGHT: self.value + step, pygame.K_UP: self.value + step, pygame.K_PLUS: self.value + step,
            pygame.K_EQUALS: self.value + step, pygame.K_PAGEDOWN: self.value - page,
            pygame.K_PAGEUP: self.value + page, pygame.K_HOME: numbers.low, pygame.K_END: numbers.high,
        }  # fmt: skip
        if event.key not in targets:
            return False
        if not self.explain_block():
            self.set_value(targets[event.key])
        return True

    def _draw_head(self, canvas: Canvas, room: pygame.Rect) -> None:
        shown = self.numbers.shown(self.value)
        used = int(canvas.kit.text.width(shown, "figure") + 1)
        canvas.text(shown, pygame.Rect(room.right - used, room.y, used, room.h), "figure", align="right")
        canvas.text(self.label, pygame.Rect(room.x, room.y, room.w - used - 8, room.h), "body", theme.TEXT_2)


class Slider(_Number):
    """A label, the value, and a track to drag; 40 logical px high.

    Notes
    -----
    Arrows go one step, Page Up and Page Down a tenth, Home and End to the ends.
    """

    HEIGHT = 40

    def __init__(
        self, rect: pygame.Rect, label: str, numbers: NumberRange, value: float, on_change: Callable[[float], None], *,
        colour: Colour = theme.PAX, name: str = "", tip: Tip | None = None,
    ) -> None:  # fmt: skip
        super().__init__(rect, label, numbers, value, on_change, name=name, tip=tip)
        self.colour = colour
        self._dragging = False

    @property
    def _track(self) -> pygame.Rect:
        return pygame.Rect(self.rect.x, self.rect.bottom - 13, self.rect.w, 6)

    def handle(self, event: pygame.event.Event) -> bool:
        if pressed(event):
            if not self.explain_block():
                self._dragging = True
                self._drag_to(event.pos[0])
            return True
        if event.type == pygame.MOUSEMOTION and self._dragging:
            self._drag_to(event.pos[0])
            return True
        if event.type == pygame.MOUSEBUTTONUP and self._dragging:
            self._dragging = False
            return True
        return super().handle(event)

    def _drag_to(self, x: int) -> None:
        track = self._track
        share = (x - track.x - KNOB) / max(1, track.w - 2 * KNOB)
        numbers = self.numbers
        self.set_value(numbers.low + min(1.0, max(0.0, share)) * (numbers.high - numbers.low))

    def draw_self(self, canvas: Canvas) -> None:
        self._draw_head(canvas, pygame.Rect(self.rect.x, self.rect.y, self.rect.w, 20))
        track = self._track
        span = self.numbers.high - self.numbers.low
        share = (self.value - self.numbers.low) / span if span else 0.0
        knob = track.x + KNOB + int(share * (track.w - 2 * KNOB))
        colour = theme.TEXT_3 if self.blocked else self.colour
        canvas.box(track, Box(theme.WELL, line=theme.LINE, radius=3))
        canvas.box(pygame.Rect(track.x, track.y, knob - track.x, track.h), Box(colour, radius=3))
        canvas.circle((knob, track.centery), KNOB, Box(theme.INK))
        lit = self.hovered or self._dragging
        face = theme.TEXT_3 if self.blocked else theme.TEXT
        canvas.circle((knob, track.centery), KNOB - (1 if lit else 2), Box(face))


class Stepper(_Number):
    """A label, and a value between a minus and a plus; for few or exact numbers."""

    HEIGHT = 34
    BUTTON = 30

    def _spots(self) -> tuple[pygame.Rect, pygame.Rect, pygame.Rect]:
        """Return minus, value and plus."""
        side = self.BUTTON
        widest = max(
            self.kit.text.width(self.numbers.shown(value), "figure")
            for value in (self.numbers.low, self.numbers.high, self.value)
        )
        column = max(34, int(widest + 1) + 10)
        top = self.rect.centery - side // 2
        plus = pygame.Rect(self.rect.right - side, top, side, side)
        value = pygame.Rect(plus.x - column, top, column, side)
        return pygame.Rect(value.x - side, top, side, side), value, plus

    def handle(self, event: pygame.event.Event) -> bool:
        if pressed(event):
            minus, _, plus = self._spots()
            direction = -1 if minus.collidepoint(event.pos) else 1 if plus.collidepoint(event.pos) else 0
            if direction and not self.explain_block():
                self.set_value(self.value + direction * self.numbers.step)
            return True
        return super().handle(event)

    def draw_self(self, canvas: Canvas) -> None:
        minus, value, plus = self._spots()
        canvas.text(self.label, pygame.Rect(self.rect.x, self.rect.y, minus.x - 8 - self.rect.x, self.rect.h), "body",
                    theme.TEXT_2)  # fmt: skip
        canvas.box(minus.union(plus), Box(theme.WELL, line=theme.LINE_HI, radius=theme.RADIUS_BUTTON))
        for spot, icon, end in ((minus, "minus", self.numbers.low), (plus, "plus", self.numbers.high)):
            canvas.icon(icon, spot, theme.LINE_HI if self.value == end or self.blocked else theme.TEXT, 16)
        canvas.vertical(minus.right, minus.y + 1, minus.h - 2)
        canvas.vertical(plus.x - 1, plus.y + 1, plus.h - 2)
        canvas.text(self.numbers.shown(self.value), value, "figure", align="center")
