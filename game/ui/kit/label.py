"""Text that is only read: labels, rich text with coloured runs, key hints and icons."""

from __future__ import annotations

from collections.abc import Sequence

import pygame

from game.ui import theme
from game.ui.kit.canvas import Canvas, Kit
from game.ui.kit.paint import Box
from game.ui.kit.tips import Span, Tip
from game.ui.kit.widget import Widget
from game.ui.theme import Colour


class Label(Widget):
    """One line of text.

    Parameters
    ----------
    align : {"left", "center", "right"}
        Where in the rect.
    ellipsis : bool
        Whether the text may be cut; otherwise the screen must leave it room.
    """

    def __init__(
        self, rect: pygame.Rect, text: str, role: str = "body", colour: Colour = theme.TEXT, *, align: str = "left",
        ellipsis: bool = False, name: str = "", tip: Tip | None = None,
    ) -> None:  # fmt: skip
        super().__init__(rect, name=name, tip=tip)
        self._text = text
        self.role = role
        self.colour = colour
        self.align = align
        self.ellipsis = ellipsis

    @property
    def text(self) -> str:
        """What it says; setting it redraws."""
        return self._text

    @text.setter
    def text(self, text: str) -> None:
        if text != self._text:
            self._text = text
            self.mark_dirty()

    def draw_self(self, canvas: Canvas) -> None:
        canvas.text(self._text, self.rect, self.role, self.colour, align=self.align, ellipsis=self.ellipsis)

    def tip_at(self, point: tuple[int, int]) -> Tip | None:
        """Return the explanation, or the whole text where it was cut."""
        if self.tip or not self.ellipsis or self.kit.text.width(self._text, self.role) <= self.rect.w:
            return self.tip
        return Tip(self._text)


class RichText(Widget):
    """Coloured runs that wrap; runs with a tip explain themselves when pointed at.

    Where a run has a tip the text takes the focus: Left and Right go from run to run, T explains.

    Notes
    -----
    `RichText.height_for` gives the height before the widget is made.
    """

    def __init__(self, rect: pygame.Rect, spans: Sequence[Span], *, align: str = "left", name: str = "") -> None:
        super().__init__(rect, name=name)
        self.align = align
        self.radius = 4.0
        self._spans: tuple[Span, ...] = ()
        self._run = 0
        self._take(spans)

    def _take(self, spans: Sequence[Span]) -> None:
        self._spans = tuple(spans)
        self._run = 0
        self.focusable = any(span.tip for span in self._spans)
        self.tip = self._explained()

    def _explained(self) -> Tip | None:
        tips = [span.tip for span in self._spans if span.tip]
        return tips[self._run % len(tips)] if tips else None

    @staticmethod
    def height_for(kit: Kit, spans: Sequence[Span], width: int) -> int:
        """Return the height in logical px that the runs need at this width."""
        return kit.text.height(spans, width)

    @property
    def spans(self) -> tuple[Span, ...]:
        """The runs; setting them redraws."""
        return self._spans

    @spans.setter
    def spans(self, spans: Sequence[Span]) -> None:
        self._take(spans)
        self.mark_dirty()

    def handle(self, event: pygame.event.Event) -> bool:
        step = {pygame.K_LEFT: -1, pygame.K_RIGHT: 1}.get(event.key, 0) if event.type == pygame.KEYDOWN else 0
        if step and self.focusable:
            self._run += step
            self.tip = self._explained()
            if self.tip and self.layer:
                self.layer.tips.pin(self.tip, self.rect)
        return bool(step and self.focusable)

    def draw_self(self, canvas: Canvas) -> None:
        canvas.lines(self.kit.text.wrapped(self._spans, self.rect.w), self.rect, self.align)

    def tip_at(self, point: tuple[int, int]) -> Tip | None:
        """Return the tip of the run under the point."""
        for line in self.kit.text.wrapped(self._spans, self.rect.w):
            for part in line.fragments:
                place = pygame.Rect(self.rect.x + int(part.x), self.rect.y + line.y, int(part.width) + 1, line.height)
                if part.span.tip and place.collidepoint(point):
                    return part.span.tip
        return None


class Icon(Widget):
    """An icon, on a tinted tile if `tile` is set."""

    def __init__(
        self, rect: pygame.Rect, icon: str, colour: Colour = theme.TEXT_2, *, size: int = 18, tile: bool = False,
        tip: Tip | None = None,
    ) -> None:  # fmt: skip
        super().__init__(rect, tip=tip)
        self.icon = icon
        self.colour = colour
        self.size = size
        self.tile = tile

    def draw_self(self, canvas: Canvas) -> None:
        if self.tile:
            icon_tile(canvas, self.rect, self.icon, self.colour, self.size)
        else:
            canvas.icon(self.icon, self.rect, self.colour, self.size)


class Flag(Widget):
    """A round flag, or its ISO3 code when the player chose codes."""

    def __init__(self, rect: pygame.Rect, code: str, ring: Colour | None = None, *, tip: Tip | None = None) -> None:
        super().__init__(rect, tip=tip)
        self.code = code
        self.ring = ring

    def draw_self(self, canvas: Canvas) -> None:
        canvas.flag(self.code, self.rect, self.ring)


class KeyHints(Widget):
    """A row of key caps with what they do; pairs that do not fit are left out from the end."""

    def __init__(self, rect: pygame.Rect, hints: Sequence[tuple[str, str]], *, name: str = "") -> None:
        super().__init__(rect, name=name)
        self.hints = tuple(hints)

    def draw_self(self, canvas: Canvas) -> None:
        x = self.rect.x
        for key, meaning in self.hints:
            cap = key_cap_width(self.kit, key)
            words = int(self.kit.text.width(meaning, "secondary")) + 2
            if x + cap + 6 + words > self.rect.right:
                return
            key_cap(canvas, pygame.Rect(x, self.rect.centery - 10, cap, 20), key)
            canvas.text(meaning, pygame.Rect(x + cap + 6, self.rect.y, words, self.rect.h), "secondary", theme.TEXT_2)
            x += cap + 6 + words + 16


def key_cap_width(kit: Kit, key: str) -> int:
    """Return how wide a key cap is in logical px."""
    return max(22, int(kit.text.width(key, "figure_small") + 1) + 12)


def key_cap(canvas: Canvas, rect: pygame.Rect, key: str) -> None:
    """Draw a key as it looks on a keyboard."""
    canvas.box(rect, Box(theme.WELL, line=theme.LINE_HI, radius=4))
    canvas.text(key, rect, "figure_small", theme.TEXT, align="center")


def icon_tile(canvas: Canvas, rect: pygame.Rect, icon: str, colour: Colour, size: int = 20) -> None:
    """Draw an icon on a tile tinted with its colour."""
    canvas.box(rect, Box(colour, radius=theme.RADIUS_CARD - 1, alpha=48))
    canvas.icon(icon, rect, colour, size)
