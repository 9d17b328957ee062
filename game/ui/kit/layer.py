"""A layer owns a tree of widgets and decides which of them an event reaches: a screen or a modal."""

from __future__ import annotations

from collections.abc import Iterator

import pygame

from game.ui.kit.canvas import Canvas, Kit
from game.ui.kit.text import overflow_recorder
from game.ui.kit.tooltip import TipStack
from game.ui.kit.widget import AnyWidget, Widget, pressed
from game.ui.theme import Layout

POINTER_EVENTS = (pygame.MOUSEMOTION, pygame.MOUSEBUTTONDOWN, pygame.MOUSEBUTTONUP)


class Layer:
    """Widgets, focus, pointer, pop-up and tooltips of one screen or modal.

    A layer is made without a window; `rebuild` gives it fonts and measures and lets it make its widgets, again after
    every change of size or looks. What must outlive a rebuild is kept by the subclass, not by its widgets.
    """

    opaque = False
    """Whether `draw_below` fills the window and never changes by itself; then it is painted once."""

    def __init__(self) -> None:
        self._kit: Kit | None = None
        self._layout: Layout | None = None
        self.root = Widget(pygame.Rect(0, 0, 0, 0), name="root")
        self.dirty = True
        self.shows_focus = False
        self.focus: Widget | None = None
        self.hover: Widget | None = None
        self.capture: Widget | None = None
        self.popup: Widget | None = None
        self.pointer = (-1, -1)
        self.tips = TipStack(self)
        self._still: tuple[pygame.Surface, frozenset[int]] | None = None

    @property
    def kit(self) -> Kit:
        """Fonts, icons and looks."""
        if self._kit is None:
            raise RuntimeError(f"{type(self).__name__} is used before rebuild() gave it a kit")
        return self._kit

    @property
    def layout(self) -> Layout:
        """The measures of the window."""
        if self._layout is None:
            raise RuntimeError(f"{type(self).__name__} is used before rebuild() gave it a layout")
        return self._layout

    # --- widgets

    def build(self, layout: Layout) -> None:
        """Make the widgets with `self.add`. Overridden by every screen and modal."""

    def rebuild(self, kit: Kit, layout: Layout) -> None:
        """Make all widgets anew for these looks and measures; the focus stays with the widget of the same name."""
        name = self.focus.name if self.focus else ""
        self.detached(self.root)
        self._kit, self._layout = kit, layout
        self.root = Widget(pygame.Rect(0, 0, layout.width, layout.height), name="root")
        self.root.attach(self)
        self.focus = self.hover = self.capture = self.popup = None
        self.tips.close()
        self._still = None
        self.build(layout)
        before = next((widget for widget in self.focusables() if name and widget.name == name), None)
        self.focus = before or self.focus
        self.dirty = True

    def refresh(self) -> None:
        """Make all widgets anew after what they show has changed."""
        self.rebuild(self.kit, self.layout)

    def add(self, widget: AnyWidget) -> AnyWidget:
        """Add a widget to the top level and return it."""
        return self.root.add(widget)

    def find(self, name: str) -> Widget:
        """Return the widget of that name.

        Raises
        ------
        KeyError
            If there is none.
        """
        for widget in self.root.walk():
            if widget.name == name:
                return widget
        raise KeyError(f"no widget named {name!r}")

    def focusables(self) -> list[Widget]:
        """Return what Tab visits, in order."""
        return [widget for widget in self.root.walk() if widget.focusable]

    def detached(self, widget: Widget) -> None:
        """Forget a widget that left the tree, and everything in it."""
        for gone in _everything(widget):
            gone.layer = None
            if self.focus is gone:
                self.focus = None
            if self.hover is gone:
                self.hover = None
            if self.capture is gone:
                self.capture = None

    def open_popup(self, popup: Widget) -> None:
        """Show a widget above all others until it is closed or the pointer is pressed elsewhere."""
        popup.attach(self)
        self.popup = popup
        self.capture = None
        self.tips.close()
        self.dirty = True

    def close_popup(self) -> None:
        """Close the pop-up."""
        self.popup = None
        self.dirty = True

    # --- focus

    def set_focus(self, widget: Widget | None, *, ring: bool = True) -> None:
        """Give the keyboard to a widget and scroll it into view; `ring` is False after a click."""
        self.shows_focus = ring
        self.dirty = True
        if widget is self.focus:
            return
        self.focus = widget
        if ring:
            self.tips.close()
        if widget and widget.parent:
            widget.parent.reveal(widget.rect)

    def move_focus(self, step: int) -> None:
        """Go `step` focusable widgets forward (or back), round the end."""
        order = self.focusables()
        if not order:
            return
        if self.focus in order:
            position = (order.index(self.focus) + step) % len(order)
        else:
            position = 0 if step > 0 else len(order) - 1
        self.set_focus(order[position])

    # --- events

    def handle(self, event: pygame.event.Event) -> bool:
        """Send an event (position in logical px) to tooltips, pop-up, pointer target or focus."""
        if event.type in POINTER_EVENTS:
            self.pointer = event.pos
        if self.tips.handle(event):
            return True
        if self.popup:
            return self._to_popup(self.popup, event)
        if event.type in POINTER_EVENTS:
            return self._pointer(event)
        if event.type == pygame.MOUSEWHEEL:
            return _bubble(self.root.at(self.pointer), event)
        if event.type == pygame.KEYDOWN and event.key == pygame.K_TAB:
            self.move_focus(-1 if event.mod & pygame.KMOD_SHIFT else 1)
            return True
        return _bubble(self.focus, event) or self.on_event(event)

    def on_event(self, event: pygame.event.Event) -> bool:
        """React to what no widget took: keys of the screen. Overridden by screens."""
        return False

    def _to_popup(self, popup: Widget, event: pygame.event.Event) -> bool:
        outside = event.type == pygame.MOUSEBUTTONDOWN and not popup.rect.collidepoint(event.pos)
        if outside or (event.type == pygame.KEYDOWN and event.key in (pygame.K_ESCAPE, pygame.K_TAB)):
            self.close_popup()
            return True
        popup.handle(event)
        return True

    def _pointer(self, event: pygame.event.Event) -> bool:
        if pressed(event):
            # Whatever held the pointer never saw its release: a list or a modal took it.
            self.capture = None
        if self.capture:
            target = self.capture
            if event.type == pygame.MOUSEBUTTONUP and event.button == 1:
                self.capture = None
            taken = target.handle(event)
            self._hover_at(event.pos)
            return taken
        found = self._hover_at(event.pos)
        if pressed(event):
            owner = self._tip_owner(found, event.pos)
            if owner:
                self.tips.hush(owner.rect)
            return self._press(found, event)
        return _bubble(found, event)

    def _press(self, found: Widget | None, event: pygame.event.Event) -> bool:
        for widget in _upward(found):
            if widget.focusable:
                self.set_focus(widget, ring=False)
            if widget.handle(event):
                if widget.layer is self and not self.popup:
                    self.capture = widget
                return True
        return False

    def _hover_at(self, point: tuple[int, int]) -> Widget | None:
        found = self.root.at(point)
        if found is not self.hover:
            self.hover = found
            self.dirty = True
        self.tips.point_at(self._tip_owner(found, point), point)
        return found

    def _tip_owner(self, found: Widget | None, point: tuple[int, int]) -> Widget | None:
        return next((widget for widget in _upward(found) if widget.tip_at(point)), None)

    # --- time and drawing

    @property
    def animating(self) -> bool:
        """Whether every frame differs, so that the window must keep drawing. Overridden by screens that move."""
        return False

    def update(self, dt_ms: int) -> None:
        """Let time pass for widgets and tooltips."""
        for widget in list(self.root.walk()):
            widget.update(dt_ms)
        self.tips.update(dt_ms)

    def draw(self, surface: pygame.Surface) -> None:
        """Draw everything onto a surface of window px and be clean."""
        canvas = Canvas(surface, self.kit)
        if self.opaque and not overflow_recorder.recording:
            still, canvas.painted = self._background(surface)
            surface.blit(still, (0, 0))
        else:
            self.draw_below(canvas)
        self.root.draw(canvas)
        if self.popup:
            self.popup.draw(canvas)
        self.tips.draw(canvas)
        self.dirty = False

    def redraw_still(self) -> None:
        """Paint the background anew: a top-level panel or what lies below has changed."""
        self._still = None
        self.dirty = True

    def _background(self, surface: pygame.Surface) -> tuple[pygame.Surface, frozenset[int]]:
        """Return `draw_below` and the still widgets of the top level, painted once."""
        if self._still is None or self._still[0].get_size() != surface.get_size():
            background = pygame.Surface(surface.get_size()).convert(surface)
            canvas = Canvas(background, self.kit)
            self.draw_below(canvas)
            # A still widget that lies over a moving one must stay above it, so it is drawn with the others.
            panels: list[Widget] = []
            moving: list[pygame.Rect] = []
            for widget in self.root.children:
                if widget.still and widget.visible and widget.rect.collidelist(moving) < 0:
                    widget.draw_self(canvas)
                    panels.append(widget)
                else:
                    moving.append(widget.rect)
            self._still = background, frozenset(id(panel) for panel in panels)
        return self._still

    def draw_below(self, canvas: Canvas) -> None:
        """Draw what lies behind the widgets. Overridden."""


def _upward(widget: Widget | None) -> Iterator[Widget]:
    while widget:
        yield widget
        widget = widget.parent


def _everything(widget: Widget) -> Iterator[Widget]:
    yield widget
    for child in widget.children:
        yield from _everything(child)


def _bubble(widget: Widget | None, event: pygame.event.Event) -> bool:
    return any(each.handle(event) for each in list(_upward(widget)))
