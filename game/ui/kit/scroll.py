"""Scrolling: a view onto taller content, and a list that stacks widgets in one."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pygame

from game.ui import theme
from game.ui.kit.canvas import Canvas
from game.ui.kit.paint import Box
from game.ui.kit.widget import AnyWidget, Widget, pressed

BAR = 8
"""Width of the strip for the drag bar, in logical px."""

WHEEL_STEP = 48


class ScrollView(Widget):
    """A window onto children that may be taller than it.

    Children are added at the place they have when not scrolled. `content_width` is the room beside the drag bar.

    Notes
    -----
    The wheel, the drag bar, and with the focus inside it Up, Down, Page Up, Page Down, Home and End scroll. The view
    itself takes the focus only where nothing in it does.
    """

    focus_outset = 0

    def __init__(self, rect: pygame.Rect, *, name: str = "", offset: int = 0) -> None:
        super().__init__(rect, name=name)
        self.offset = 0
        self._first_offset = offset
        self._content = 0
        self._grip: int | None = None

    @property
    def focusable(self) -> bool:  # type: ignore[override]  # it depends on the content, unlike for other widgets
        """Whether Tab stops here: only where the content scrolls and nothing inside takes the focus."""
        return self.furthest > 0 and not any(child.focusable for top in self.children for child in top.walk())

    @property
    def content_width(self) -> int:
        """Room for children in logical px."""
        return self.rect.w - BAR

    @property
    def furthest(self) -> int:
        """The largest offset."""
        return max(0, self._content - self.rect.h)

    def add(self, child: AnyWidget) -> AnyWidget:
        """Put a child into the content at the place it has when not scrolled."""
        self._content = max(self._content, child.rect.bottom - self.rect.y)
        super().add(child)
        child.move_by(0, -self.offset)
        if self._first_offset and self.furthest >= self._first_offset:
            self.scroll_to(self._first_offset)
            self._first_offset = 0
        return child

    def clear(self) -> None:
        """Remove the content and go back to the top."""
        super().clear()
        self.offset = 0
        self._content = 0

    def scroll_to(self, offset: int) -> None:
        """Show the content from `offset` logical px below its top, as far as it goes."""
        offset = max(0, min(self.furthest, offset))
        if offset != self.offset:
            for child in self.children:
                child.move_by(0, self.offset - offset)
            self.offset = offset
            self.mark_dirty()

    def reveal(self, rect: pygame.Rect) -> None:
        """Scroll just so far that `rect` is seen."""
        if rect.y < self.rect.y + 4:
            self.scroll_to(self.offset - (self.rect.y + 4 - rect.y))
        elif rect.bottom > self.rect.bottom - 4:
            self.scroll_to(self.offset + rect.bottom - self.rect.bottom + 4)
        super().reveal(rect)

    def _bar(self) -> pygame.Rect:
        length = max(24, self.rect.h * self.rect.h // max(1, self._content))
        travel = self.rect.h - length
        return pygame.Rect(self.rect.right - 6, self.rect.y + travel * self.offset // max(1, self.furthest), 4, length)

    def handle(self, event: pygame.event.Event) -> bool:
        if event.type == pygame.MOUSEWHEEL:
            before = self.offset
            self.scroll_to(self.offset - event.y * WHEEL_STEP)
            return self.offset != before
        if event.type == pygame.KEYDOWN:
            return self._key(event.key)
        return self._drag(event)

    def _key(self, key: int) -> bool:
        page = max(1, self.rect.h - 40)
        targets = {pygame.K_UP: self.offset - WHEEL_STEP, pygame.K_DOWN: self.offset + WHEEL_STEP, pygame.K_HOME: 0,
                   pygame.K_PAGEUP: self.offset - page, pygame.K_PAGEDOWN: self.offset + page,
                   pygame.K_END: self.furthest}  # fmt: skip
        if key not in targets or not self.furthest:
            return False
        self.scroll_to(targets[key])
        return True

    def _drag(self, event: pygame.event.Event) -> bool:
        if pressed(event) and self.furthest and event.pos[0] >= self.rect.right - BAR:
            bar = self._bar()
            inside = bar.y <= event.pos[1] < bar.bottom
            self._grip = event.pos[1] - bar.y if inside else bar.h // 2
            self._drag_to(event.pos[1])
            return True
        if event.type == pygame.MOUSEMOTION and self._grip is not None:
            self._drag_to(event.pos[1])
            return True
        if event.type == pygame.MOUSEBUTTONUP and self._grip is not None:
            self._grip = None
            self.mark_dirty()
            return True
        return False

    def _drag_to(self, y: int) -> None:
        travel = max(1, self.rect.h - self._bar().h)
        self.scroll_to((y - (self._grip or 0) - self.rect.y) * self.furthest // travel)

    def draw_children(self, canvas: Canvas) -> None:
        """Draw the part of the content that is in view, and the drag bar."""
        with canvas.scrolled(self.rect):
            for child in self.children:
                if child.rect.colliderect(self.rect):
                    child.draw(canvas)
        if self.furthest:
            lit = self._grip is not None or self.hovered
            canvas.box(self._bar(), Box(theme.NEUTRAL if lit else theme.LINE_HI, radius=2))


class ListView(ScrollView):
    """Widgets stacked with a gap; Up and Down move the focus from one to the next.

    Parameters
    ----------
    gap : int
        Between rows, in logical px.
    offset : int
        How far it is scrolled at first, once it holds enough rows.
    """

    def __init__(self, rect: pygame.Rect, *, gap: int = 8, name: str = "", offset: int = 0) -> None:
        super().__init__(rect, name=name, offset=offset)
        self.gap = gap
        self._bottom = 0

    def append(self, height: int, make: Callable[[pygame.Rect], AnyWidget]) -> AnyWidget:
        """Add a row of `height` logical px; `make` gets its rect and returns its widget."""
        # Two pixels at either side are for the focus ring, which the view would clip.
        row = pygame.Rect(self.rect.x + 2, self.rect.y + 2 + self._bottom, self.content_width - 4, height)
        self._bottom += height + self.gap
        return self.add(make(row))

    def extend(self, height: int, makers: Sequence[Callable[[pygame.Rect], Widget]]) -> None:
        """Add rows of equal height."""
        for make in makers:
            self.append(height, make)

    def clear(self) -> None:
        """Remove all rows."""
        super().clear()
        self._bottom = 0

    def add(self, child: AnyWidget) -> AnyWidget:
        """Put a child into the content and leave room below it for its focus ring."""
        added = super().add(child)
        self._content = max(self._content, added.rect.bottom + self.offset - self.rect.y + 2)
        return added

    def _key(self, key: int) -> bool:
        step = {pygame.K_UP: -1, pygame.K_DOWN: 1}.get(key, 0)
        rows = [child for child in self.children if child.focusable]
        if step and self.layer and self.layer.focus in rows:
            position = rows.index(self.layer.focus) + step
            if 0 <= position < len(rows):
                self.layer.set_focus(rows[position])
            return True
        return super()._key(key)
