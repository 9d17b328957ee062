"""Measuring, wrapping and rendering text, cached; and the recorder with which tests find text that leaves its panel."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

import pygame

from game.ui.kit.assets import SMALLEST_FONT, Assets
from game.ui.kit.cache import BoundedCache
from game.ui.kit.tips import Span
from game.ui.theme import TYPE, Colour, TypeRole

SLACK = 2
ELLIPSIS = "…"
NATIVE_BELOW = 20
"""Text of this many window px or more is drawn three times as large and scaled down; smaller text is hinted."""


@dataclass(frozen=True, slots=True)
class Overflow:
    """A piece of text that leaves the box it belongs to; both boxes in window px."""

    text: str
    box: tuple[int, int, int, int]
    container: tuple[int, int, int, int]


class OverflowRecorder:
    """Collects every drawn text with its box and its container while it is recording."""

    def __init__(self) -> None:
        self.recording = False
        self.drawn: list[tuple[str, pygame.Rect, pygame.Rect]] = []

    @contextmanager
    def watch(self) -> Iterator[OverflowRecorder]:
        """Record within the `with` block, starting from nothing."""
        self.drawn = []
        self.recording = True
        try:
            yield self
        finally:
            self.recording = False

    def record(self, text: str, box: pygame.Rect, container: pygame.Rect) -> None:
        """Note that `text` was drawn in `box` and should lie within `container`."""
        self.drawn.append((text, box, container))

    def overflows(self, tolerance: int = 1) -> list[Overflow]:
        """Return what leaves its container by more than `tolerance` window px."""
        return [
            Overflow(text, (box.x, box.y, box.w, box.h), (room.x, room.y, room.w, room.h))
            for text, box, room in self.drawn
            if box.w and not room.inflate(2 * tolerance, 2 * tolerance).contains(box)
        ]


overflow_recorder = OverflowRecorder()
"""The one recorder; off unless a test turns it on."""


@dataclass(frozen=True, slots=True)
class Fragment:
    """A part of a span on one line: its words, its distance from the left edge and its width in logical px."""

    text: str
    span: Span
    x: float
    width: float


@dataclass(frozen=True, slots=True)
class Line:
    """One line of wrapped spans: its distance from the top and its height in logical px."""

    y: int
    height: int
    fragments: tuple[Fragment, ...]


class TextEngine:
    """Text at one UI scale.

    Parameters
    ----------
    assets : Assets
        Where the fonts come from.
    scale : float
        Window px for one logical px.
    """

    def __init__(self, assets: Assets, scale: float) -> None:
        self._assets = assets
        self.scale = scale
        self._widths: BoundedCache[tuple[str, str], float] = BoundedCache(6000)
        self._surfaces: BoundedCache[tuple[str, str, Colour], pygame.Surface] = BoundedCache(2500)
        self._wrapped: BoundedCache[tuple[tuple[Span, ...], int], tuple[Line, ...]] = BoundedCache(400)
        self._shortened: BoundedCache[tuple[str, str, int], str] = BoundedCache(800)

    def _font(self, role: TypeRole) -> tuple[pygame.font.Font, int]:
        """Return the font and how many times larger than shown it draws."""
        size = role.size * self.scale
        if size < NATIVE_BELOW:
            return self._assets.font(role, max(SMALLEST_FONT, int(size + 0.5))), 1
        return self._assets.font(role, int(size * 3 + 0.5)), 3

    def width(self, text: str, role: str) -> float:
        """Return the width of one line in logical px."""
        return self._widths.get((text, role), lambda: self._measure(text, role))

    def _measure(self, text: str, role: str) -> float:
        font, factor = self._font(TYPE[role])
        return font.size(text)[0] / factor / self.scale

    def line_height(self, role: str) -> int:
        """Return the line height of a role in logical px."""
        return TYPE[role].line

    def surface(self, text: str, role: str, colour: Colour) -> pygame.Surface:
        """Return one rendered line; its height is that of the font, not of the line."""
        return self._surfaces.get((text, role, colour), lambda: self._render(text, role, colour))

    def _render(self, text: str, role: str, colour: Colour) -> pygame.Surface:
        font, factor = self._font(TYPE[role])
        drawn = font.render(text, True, colour)
        if factor == 1:
            return drawn
        width, height = drawn.get_size()
        size = (max(1, math.ceil(width / factor)), max(1, math.ceil(height / factor)))
        return pygame.transform.smoothscale(drawn.convert_alpha(), size)

    def shortened(self, text: str, role: str, width: int) -> str:
        """Return `text`, cut with an ellipsis if it is wider than `width` logical px."""
        return self._shortened.get((text, role, width), lambda: self._shorten(text, role, width))

    def _shorten(self, text: str, role: str, width: int) -> str:
        if self.width(text, role) <= width:
            return text
        low, high = 0, len(text)
        while low < high:
            middle = (low + high + 1) // 2
            if self.width(text[:middle].rstrip() + ELLIPSIS, role) <= width:
                low = middle
            else:
                high = middle - 1
        return text[:low].rstrip() + ELLIPSIS

    def wrapped(self, spans: Sequence[Span], width: int) -> tuple[Line, ...]:
        """Break spans into lines of at most `width` logical px; a newline in a span starts a new line."""
        key = tuple(spans)
        return self._wrapped.get((key, width), lambda: tuple(self._wrap(key, width)))

    def height(self, spans: Sequence[Span], width: int) -> int:
        """Return the height of the wrapped spans in logical px."""
        lines = self.wrapped(spans, width)
        return lines[-1].y + lines[-1].height if lines else 0

    def _wrap(self, spans: tuple[Span, ...], width: int) -> Iterator[Line]:
        y = 0
        # A run begins at a whole px and its width is rounded: a little is kept free.
        for words in self._break(spans, width - SLACK if width > 20 * SLACK else width):
            height = max((TYPE[span.role].line for _, span in words), default=TYPE[spans[0].role].line)
            yield Line(y, height, tuple(self._joined(words)))
            y += height

    def _joined(self, words: list[tuple[str, Span]]) -> Iterator[Fragment]:
        x = 0.0
        position = 0
        while position < len(words):
            span = words[position][1]
            run = ""
            while position < len(words) and words[position][1] is span:
                run += words[position][0]
                position += 1
            if position == len(words):
                run = run.rstrip(" ")
            width = self.width(run, span.role)
            yield Fragment(run, span, x, width)
            x += width

    def _break(self, spans: tuple[Span, ...], width: int) -> Iterator[list[tuple[str, Span]]]:
        line: list[tuple[str, Span]] = []
        before, run = 0.0, ""
        for piece, span in self._words(spans, width):
            word = piece
            if word == "\n":
                yield line
                line, before, run = [], 0.0, ""
                continue
            if line and line[-1][1] is not span:
                before, run = before + self.width(run, line[-1][1].role), ""
            if line and before + self.width((run + word).rstrip(" "), span.role) > width:
                yield line
                line, before, run = [], 0.0, ""
                word = word.lstrip(" ")
            if word:
                line.append((word, span))
                run += word
        if line:
            yield line

    def _words(self, spans: tuple[Span, ...], width: int) -> Iterator[tuple[str, Span]]:
        for span in spans:
            for number, paragraph in enumerate(span.text.split("\n")):
                if number:
                    yield "\n", span
                for word in paragraph.replace(" ", " \0").split("\0"):
                    yield from ((part, span) for part in self._pieces(word, span.role, width))

    def _pieces(self, word: str, role: str, width: int) -> Iterator[str]:
        """Cut a word that is wider than a whole line."""
        while word and self.width(word.rstrip(" "), role) > width:
            cut = next((n for n in range(len(word) - 1, 1, -1) if self.width(word[:n], role) <= width), 1)
            if cut >= len(word):
                break
            yield word[:cut]
            word = word[cut:]
        if word:
            yield word
