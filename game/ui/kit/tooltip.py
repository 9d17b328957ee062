"""Tooltips that nest: after a rest of the pointer, pinned with T, each underlined run opening the next."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pygame

from game.ui import theme
from game.ui.kit.canvas import Canvas
from game.ui.kit.paint import Box
from game.ui.kit.tips import Span, Tip, plain
from game.ui.kit.widget import ACTIVATE, Widget

if TYPE_CHECKING:
    from game.ui.kit.layer import Layer

REST_MS = 350
WIDTH = 300
PADDING = 12


@dataclass(slots=True)
class TipBox:
    """One open tooltip: what it says, where it is, and the runs in it that open others."""

    tip: Tip
    rect: pygame.Rect
    links: list[tuple[pygame.Rect, Tip]] = field(default_factory=list)


class TipStack:
    """The open tooltips of a layer, the outermost first.

    An open tooltip closes when the pointer leaves its owner, unless it was pinned with T or by clicking a blocked
    control. Shift with T goes from figure to figure, also to those that take no focus. In a
    pinned one, Tab goes through the underlined runs, Enter opens one, Esc closes the innermost.
    """

    def __init__(self, layer: Layer) -> None:
        self._layer = layer
        self.boxes: list[TipBox] = []
        self.pinned = False
        self._owner: Widget | None = None
        self._target: tuple[Tip, pygame.Rect] | None = None
        self._rested = 0
        self._link = -1
        self._figure: int | None = None
        self._quiet: pygame.Rect | None = None

    @property
    def waiting(self) -> bool:
        """Whether a rest of the pointer is being timed."""
        return self._target is not None

    def point_at(self, owner: Widget | None, point: tuple[int, int]) -> None:
        """Start timing a rest over `owner`, or close what belonged to another."""
        if self._quiet and not self._quiet.collidepoint(point):
            self._quiet = None
        tip = owner.tip_at(point) if owner and self._quiet is None else None
        if self.pinned or (owner is self._owner and tip and self.boxes and self.boxes[0].tip == tip):
            return
        self.close()
        self._owner = owner
        if owner and tip:
            self._target = (tip, owner.rect)

    def hush(self, near: pygame.Rect) -> None:
        """Explain nothing more over `near` until the pointer has left it: it was pressed, so it is understood."""
        if not self.pinned:
            self.close()
            self._quiet = near.copy()

    def pin(self, tip: Tip, near: pygame.Rect) -> None:
        """Open a tip at once and keep it until Esc or a click elsewhere."""
        self.close()
        self._open(tip, near)
        self.pinned = True

    def close(self) -> None:
        """Close every tooltip."""
        if self.boxes:
            self._layer.dirty = True
        self.boxes = []
        self.pinned = False
        self._owner = None
        self._target = None
        self._rested = 0
        self._link = -1

    def update(self, dt_ms: int) -> None:
        """Open the tip the pointer has rested on for 350 ms."""
        if self._target is None:
            return
        self._rested += dt_ms
        if self._rested >= REST_MS:
            tip, near = self._target
            self._target = None
            self._open(tip, near)

    def _open(self, tip: Tip, near: pygame.Rect) -> None:
        box = TipBox(tip, pygame.Rect(0, 0, WIDTH, self._height(tip)))
        room = pygame.Rect(4, 4, self._layer.layout.width - 8, self._layer.layout.height - 8)
        box.rect.topleft = (near.x, near.bottom + 8)
        if box.rect.bottom > room.bottom:
            box.rect.bottom = near.y - 8
        box.rect.clamp_ip(room)
        self.boxes.append(box)
        self._rested = 0
        self._link = -1
        self._layer.dirty = True
        self._place_links(box)

    # --- events

    def handle(self, event: pygame.event.Event) -> bool:
        """Take T, and whatever concerns pinned tooltips."""
        if event.type == pygame.KEYDOWN and event.key == pygame.K_t and not event.mod & pygame.KMOD_CTRL:
            return self._next_figure() if event.mod & pygame.KMOD_SHIFT else self._toggle()
        if not self.pinned:
            if self.boxes and event.type in (pygame.KEYDOWN, pygame.MOUSEWHEEL):
                self.close()
            return False
        if event.type == pygame.KEYDOWN:
            return self._key(event)
        if event.type == pygame.MOUSEMOTION:
            return self._motion(event.pos)
        if event.type == pygame.MOUSEBUTTONDOWN:
            inside = any(box.rect.collidepoint(event.pos) for box in self.boxes)
            if not inside:
                self.close()
            return inside
        return False

    def _typing(self) -> bool:
        focus = self._layer.focus
        return focus is not None and focus.takes_text

    def _next_figure(self) -> bool:
        """Explain the next widget that has an explanation, whether or not it takes the focus."""
        explained = [widget for widget in self._layer.root.walk() if widget.tip]
        if self._typing() or not explained:
            return False
        order = [id(widget) for widget in explained]
        place = (order.index(self._figure) + 1) % len(order) if self._figure in order else 0
        widget = explained[place]
        if widget.parent:
            widget.parent.reveal(widget.rect)
        if widget.tip:
            self.pin(widget.tip, widget.rect)
        self._figure = id(widget)
        return True

    def _toggle(self) -> bool:
        focus = self._layer.focus
        if self._typing():
            return False
        if self.boxes:
            if self.pinned:
                self.close()
            else:
                self.pinned = True
                self._layer.dirty = True
            return True
        owner = self._owner or focus
        tip = (self._target[0] if self._target else owner.tip) if owner else None
        if owner is None or tip is None:
            return False
        self.pin(tip, owner.rect)
        return True

    def _key(self, event: pygame.event.Event) -> bool:
        links = self.boxes[-1].links
        if event.key == pygame.K_ESCAPE:
            self._back()
        elif event.key == pygame.K_TAB and links:
            self._link = (self._link + (-1 if event.mod & pygame.KMOD_SHIFT else 1)) % len(links)
            self._layer.dirty = True
        elif event.key in ACTIVATE and 0 <= self._link < len(links):
            rect, tip = links[self._link]
            self._open(tip, rect)
        else:
            self.close()
            return False
        return True

    def _back(self) -> None:
        self.boxes.pop()
        self._link = -1
        self._layer.dirty = True
        if not self.boxes:
            self.close()

    def _motion(self, point: tuple[int, int]) -> bool:
        for depth, box in reversed(list(enumerate(self.boxes))):
            if box.rect.collidepoint(point):
                over = next(((tip, rect) for rect, tip in box.links if rect.collidepoint(point)), None)
                deeper = self.boxes[depth + 1].tip if depth + 1 < len(self.boxes) else None
                if over and over[0] != deeper:
                    del self.boxes[depth + 1 :]
                    if over != self._target:
                        self._target, self._rested = over, 0
                elif over is None:
                    self._target = None
                return True
        return False

    # --- drawing

    def _sections(self, tip: Tip) -> list[tuple[Span, ...]]:
        blocked = plain(tip.blocked, "body", theme.BAD)
        source = plain(tip.source, "secondary", theme.TEXT_3)
        return [spans for spans in (plain(tip.title, "card_title"), tip.body, blocked, source) if spans]

    def _height(self, tip: Tip) -> int:
        text = self._layer.kit.text
        body = sum(text.height(spans, WIDTH - 2 * PADDING) + 4 for spans in self._sections(tip))
        terms = sum(self._term_height(term.name) for term in tip.terms) + 8 if tip.terms else 0
        return 2 * PADDING + body - 4 + terms

    def _term_height(self, name: str) -> int:
        return max(22, self._layer.kit.text.height(plain(name), WIDTH - 2 * PADDING - 96) + 3)

    def _place_links(self, box: TipBox) -> None:
        self._compose(box, None)

    def draw(self, canvas: Canvas) -> None:
        """Draw the open tooltips, innermost on top."""
        for box in self.boxes:
            line = theme.ACCENT if self.pinned and box is self.boxes[-1] else theme.LINE_HI
            canvas.box(box.rect.inflate(8, 8), Box(theme.INK, radius=12, alpha=110))
            canvas.box(box.rect, Box(theme.PANEL_HI, line=line, radius=theme.RADIUS_CARD))
            with canvas.within(box.rect):
                self._compose(box, canvas)
        if self.boxes and 0 <= self._link < len(self.boxes[-1].links):
            canvas.focus_ring(self.boxes[-1].links[self._link][0], 4)

    def _compose(self, box: TipBox, canvas: Canvas | None) -> None:
        """Lay out the box; draw it when there is a canvas, else note where its links are."""
        left, width = box.rect.x + PADDING, WIDTH - 2 * PADDING
        y = box.rect.y + PADDING
        sections = self._sections(box.tip)
        quiet = [sections.pop()] if box.tip.source else []
        for spans in sections:
            y = self._paragraph(box, canvas, spans, pygame.Rect(left, y, width, 0))
        if box.tip.terms:
            y = self._terms(box, canvas, left, y)
        for spans in quiet:
            self._paragraph(box, canvas, spans, pygame.Rect(left, y, width, 0))

    def _paragraph(self, box: TipBox, canvas: Canvas | None, spans: tuple[Span, ...], rect: pygame.Rect) -> int:
        lines = self._layer.kit.text.wrapped(spans, rect.w)
        if canvas:
            canvas.lines(lines, rect)
        else:
            for line in lines:
                for part in line.fragments:
                    if part.span.tip:
                        place = pygame.Rect(int(rect.x + part.x), rect.y + line.y, int(part.width) + 1, line.height)
                        box.links.append((place, part.span.tip))
        return rect.y + self._layer.kit.text.height(spans, rect.w) + 4

    def _terms(self, box: TipBox, canvas: Canvas | None, left: int, y: int) -> int:
        width = WIDTH - 2 * PADDING
        if canvas:
            canvas.horizontal(left, y + 2, width, theme.LINE_HI)
        y += 6
        for term in box.tip.terms:
            row = pygame.Rect(left, y, width, self._term_height(term.name))
            name = (Span(term.name, "body", theme.TEXT_2, term.tip),)
            self._paragraph(box, canvas, name, pygame.Rect(left, y + 2, width - 96, row.h))
            if canvas:
                canvas.text(term.figure, pygame.Rect(row.right - 92, y, 92, 22), "figure", term.colour, align="right")
            y = row.bottom
        return y + 2
