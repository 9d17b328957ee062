"""The base of every widget: a retained rectangle in logical pixels with children, input and a need to be redrawn."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, TypeVar

import pygame

from game.ui.kit.canvas import Canvas, Kit
from game.ui.kit.tips import Tip
from game.ui.theme import Layout

if TYPE_CHECKING:
    from game.ui.kit.layer import Layer

AnyWidget = TypeVar("AnyWidget", bound="Widget")
ACTIVATE = (pygame.K_SPACE, pygame.K_RETURN, pygame.K_KP_ENTER)
"""Keys that press what has the focus."""


class Widget:
    """A part of a screen.

    Parameters
    ----------
    rect : pygame.Rect
        Where it is, in logical px of the whole screen (not of its parent).
    name : str
        Identifies it within its screen: the focus returns to the same name after a rebuild, and tests find it by it.
    tip : Tip or None
        Shown after a rest of the pointer, or with T when the widget has the focus.

    Notes
    -----
    A widget whose class sets `still` draws the same until its layer's `redraw_still` is called: at the top level of a
    screen it is painted once, into the background.

    A blocked widget (`tip.blocked` not empty) stays focusable, so that a keyboard reader can learn why; activating it
    shows the tip and does nothing else.
    """

    focusable = False
    takes_text = False
    still = False
    radius = 6.0
    focus_outset = 2

    def __init__(self, rect: pygame.Rect, *, name: str = "", tip: Tip | None = None) -> None:
        self.rect = pygame.Rect(rect)
        self.name = name
        self.tip = tip
        self.visible = True
        self.parent: Widget | None = None
        self.children: list[Widget] = []
        self.layer: Layer | None = None

    def add(self, child: AnyWidget) -> AnyWidget:
        """Put a child on top of the others and return it."""
        self.children.append(child)
        child.parent = self
        if self.layer:
            child.attach(self.layer)
        self.mark_dirty()
        return child

    def clear(self) -> None:
        """Remove every child."""
        for child in self.children:
            if self.layer:
                self.layer.detached(child)
            child.parent = None
        self.children = []
        self.mark_dirty()

    def attach(self, layer: Layer) -> None:
        """Belong to `layer`, with all children."""
        self.layer = layer
        for child in self.children:
            child.attach(layer)
        self.attached()

    def attached(self) -> None:
        """React to having become part of a layer, when text can be measured."""

    @property
    def kit(self) -> Kit:
        """The fonts, icons and looks of the layer.

        Raises
        ------
        RuntimeError
            If the widget has not been added to a layer yet.
        """
        if self.layer is None:
            raise RuntimeError(f"{type(self).__name__} {self.name!r} is used before it was added to a screen")
        return self.layer.kit

    @property
    def layout(self) -> Layout:
        """The measures of the window; the widget must have been added to a layer."""
        if self.layer is None:
            raise RuntimeError(f"{type(self).__name__} {self.name!r} is used before it was added to a screen")
        return self.layer.layout

    @property
    def blocked(self) -> bool:
        """Whether the control is blocked, with the reason in its tip."""
        return bool(self.tip and self.tip.blocked)

    @property
    def focused(self) -> bool:
        """Whether the keyboard is here."""
        return self.layer is not None and self.layer.focus is self

    @property
    def hovered(self) -> bool:
        """Whether the pointer is here."""
        return self.layer is not None and self.layer.hover is self

    def mark_dirty(self) -> None:
        """Ask for a redraw."""
        if self.layer:
            self.layer.dirty = True

    def move_by(self, dx: int, dy: int) -> None:
        """Move with all children."""
        self.rect.move_ip(dx, dy)
        for child in self.children:
            child.move_by(dx, dy)

    def walk(self) -> Iterator[Widget]:
        """Yield itself and every visible descendant, in Tab order."""
        if self.visible:
            yield self
            for child in self.children:
                yield from child.walk()

    def at(self, point: tuple[int, int]) -> Widget | None:
        """Return the topmost visible widget under a point in logical px."""
        if not self.visible or not self.rect.collidepoint(point):
            return None
        for child in reversed(self.children):
            found = child.at(point)
            if found:
                return found
        return self

    def tip_at(self, point: tuple[int, int]) -> Tip | None:
        """Return the tip for a point inside the widget."""
        return self.tip

    def draw(self, canvas: Canvas) -> None:
        """Draw itself, then its children, then the focus ring."""
        if not self.visible or not canvas.visible(self.rect.inflate(8, 8)):
            return
        with canvas.within(self.rect):
            if not canvas.has_still(self):
                self.draw_self(canvas)
            self.draw_children(canvas)
        if self.focused and self.layer and self.layer.shows_focus:
            canvas.focus_ring(self.focus_rect(), self.radius, self.focus_outset)

    def draw_self(self, canvas: Canvas) -> None:
        """Draw what is below the children."""

    def draw_children(self, canvas: Canvas) -> None:
        """Draw the children, lowest first."""
        for child in self.children:
            child.draw(canvas)

    def focus_rect(self) -> pygame.Rect:
        """Return what the focus ring goes round."""
        return self.rect

    def handle(self, event: pygame.event.Event) -> bool:
        """React to an event whose position is in logical px; True if nothing else should see it."""
        return False

    def update(self, dt_ms: int) -> None:
        """Let time pass."""

    def reveal(self, rect: pygame.Rect) -> None:
        """Make sure `rect` can be seen; a scroll view moves, others ask their parent."""
        if self.parent:
            self.parent.reveal(rect)

    def explain_block(self) -> bool:
        """Show why the control is blocked; False if it is not."""
        if not self.blocked or self.layer is None or self.tip is None:
            return False
        self.layer.tips.pin(self.tip, self.rect)
        return True


def pressed(event: pygame.event.Event) -> bool:
    """Say whether an event is a press of the first mouse button."""
    return bool(event.type == pygame.MOUSEBUTTONDOWN and event.button == 1)


def activated(event: pygame.event.Event) -> bool:
    """Say whether an event is a Space or Enter that activates what has the focus."""
    return bool(event.type == pygame.KEYDOWN and event.key in ACTIVATE)
