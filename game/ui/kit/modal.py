"""Modals: layers above a screen that keep the focus until they are answered."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import pygame

from game.ui import theme
from game.ui.kit.button import Button
from game.ui.kit.canvas import Canvas, Kit
from game.ui.kit.label import Label, RichText, key_cap, key_cap_width
from game.ui.kit.layer import Layer
from game.ui.kit.paint import Box
from game.ui.kit.panel import Panel
from game.ui.kit.scroll import ScrollView
from game.ui.kit.tips import Span, plain
from game.ui.kit.widget import Widget
from game.ui.theme import Colour, Layout

HEAD = 84
FOOT = 66
PADDING = 24


class Modal(Layer):
    """A box in the middle of the window.

    A subclass overrides `build_body(room)` to add its widgets and may override `body_height(width)`.

    Parameters
    ----------
    title, subtitle : str
        Shown in the head.
    width : int
        In logical px; the window limits it.
    closable : bool
        Whether Esc closes it.
    on_close : callable or None
        Called after it was closed, by whatever way.
    """

    def __init__(
        self, title: str, subtitle: str = "", *, icon: str = "", colour: Colour = theme.PAX,
        head: Colour = theme.PANEL_HI, width: int = 560, closable: bool = True,
        on_close: Callable[[], None] | None = None,
    ) -> None:  # fmt: skip
        super().__init__()
        self.title = title
        self.subtitle = subtitle
        self.icon = icon
        self.colour = colour
        self.head_colour = head
        self.width = width
        self.closable = closable
        self.on_close = on_close
        self.closed = False
        self.box = pygame.Rect(0, 0, 0, 0)

    def close(self) -> None:
        """Close and report it once."""
        if not self.closed:
            self.closed = True
            if self.on_close:
                self.on_close()

    def body_height(self, width: int) -> int:
        """Return the height in logical px that the body needs at this width. Overridden."""
        return 200

    def build_body(self, room: pygame.Rect) -> None:
        """Add the widgets of the body within `room`. Overridden."""

    def build(self, layout: Layout) -> None:
        """Place the box, its head and its body; the first button or card gets the focus."""
        width = min(self.width, layout.width - 40)
        wanted = HEAD + self.body_height(width - 2 * PADDING) + 2 * PADDING - 8
        self.box = pygame.Rect(0, 0, width, min(wanted, layout.height - 40))
        self.box.center = (layout.width // 2, layout.height // 2)
        panel = self.add(Panel(self.box, look=Box(theme.PANEL, line=theme.LINE_HI, radius=theme.RADIUS_PANEL)))
        panel.add(_Head(pygame.Rect(self.box.x, self.box.y, width, HEAD), self))
        room = pygame.Rect(self.box.x + PADDING, self.box.y + HEAD + PADDING - 8, width - 2 * PADDING,
                           self.box.h - HEAD - 2 * PADDING + 8)  # fmt: skip
        self.build_body(room)
        # Long text may scroll and then takes the focus too, but Enter should find an answer.
        order = sorted(self.focusables(), key=lambda widget: isinstance(widget, ScrollView))
        if order:
            self.set_focus(order[0])

    def on_event(self, event: pygame.event.Event) -> bool:
        """Close on Esc."""
        if event.type == pygame.KEYDOWN and event.key == pygame.K_ESCAPE and self.closable:
            self.close()
            return True
        return False


class _Head(Widget):
    """The coloured head of a modal."""

    def __init__(self, rect: pygame.Rect, modal: Modal) -> None:
        super().__init__(rect)
        self.modal = modal

    def draw_self(self, canvas: Canvas) -> None:
        modal = self.modal
        canvas.box(self.rect.inflate(-2, -2), Box(modal.head_colour, radius=theme.RADIUS_PANEL - 1))
        # The lower corners of the head are square: they meet the body.
        lower = pygame.Rect(self.rect.x + 1, self.rect.centery, self.rect.w - 2, self.rect.h // 2)
        canvas.fill(lower, modal.head_colour)
        canvas.horizontal(self.rect.x + 1, self.rect.bottom - 1, self.rect.w - 2)
        left = self.rect.x + PADDING
        if modal.icon:
            canvas.icon(modal.icon, pygame.Rect(left, self.rect.y, 34, self.rect.h), modal.colour, 30)
            left += 50
        width = self.rect.right - PADDING - left
        if not modal.subtitle:
            canvas.text(modal.title, pygame.Rect(left, self.rect.y, width, self.rect.h), "nation")
            return
        canvas.text(modal.title, pygame.Rect(left, self.rect.y + 12, width, 36), "nation")
        canvas.text(modal.subtitle, pygame.Rect(left, self.rect.y + 50, width, 20), "body", theme.TEXT_2, ellipsis=True)


@dataclass(frozen=True, slots=True)
class Answer:
    """A button of a message: its text, what it does after the modal closed, and its look."""

    text: str
    action: Callable[[], None] | None = None
    kind: str = "secondary"


class Message(Modal):
    """Some text and a row of answers; long text scrolls."""

    def __init__(
        self, title: str, spans: Sequence[Span], answers: Sequence[Answer] = (Answer("Close"),), *, subtitle: str = "",
        icon: str = "", colour: Colour = theme.PAX, head: Colour = theme.PANEL_HI, width: int = 560,
        closable: bool = True, on_close: Callable[[], None] | None = None,
    ) -> None:  # fmt: skip
        super().__init__(title, subtitle, icon=icon, colour=colour, head=head, width=width, closable=closable,
                         on_close=on_close)  # fmt: skip
        self.spans = tuple(spans)
        self.answers = tuple(answers)

    def body_height(self, width: int) -> int:
        return RichText.height_for(self.kit, self.spans, width - 10) + FOOT

    def build_body(self, room: pygame.Rect) -> None:
        view = self.add(ScrollView(pygame.Rect(room.x, room.y, room.w, room.h - FOOT + 4), name="message"))
        height = RichText.height_for(self.kit, self.spans, view.content_width)
        view.add(RichText(pygame.Rect(room.x, room.y, view.content_width, height), self.spans))
        widths = [max(110, Button.width_for(self.kit, answer.text, answer.kind)) for answer in self.answers]
        left = room.right - sum(widths) - 12 * (len(widths) - 1)
        for answer, width in zip(self.answers, widths, strict=True):
            rect = pygame.Rect(left, room.bottom - 40, width, 40)
            self.add(Button(rect, answer.text, self._closing(answer), kind=answer.kind))
            left = rect.right + 12

    def _closing(self, answer: Answer) -> Callable[[], None]:
        def give() -> None:
            self.close()
            if answer.action:
                answer.action()

        return give


def error_message(
    title: str, explanation: str, details: str = "", *, on_close: Callable[[], None] | None = None
) -> Message:
    """Return a modal that says what went wrong; `details` (a traceback, say) are quiet and scroll."""
    spans = [Span(explanation, "reading")]
    if details:
        spans.append(Span("\n\n" + details, "secondary", theme.TEXT_3))
    return Message(
        title, spans, icon="triangle-alert", colour=theme.BAD, head=theme.ALARM, width=720, on_close=on_close
    )


class KeyList(Modal):
    """The list behind `?`: every key and what it does, by group."""

    def __init__(
        self, groups: Sequence[tuple[str, Sequence[tuple[str, str]]]], more: Answer | None = None
    ) -> None:  # fmt: skip
        super().__init__("Keys", "Everything can be done without the mouse.", icon="keyboard", width=620)
        self.more = more
        self.groups = [(name, tuple(keys)) for name, keys in groups if keys]

    def body_height(self, width: int) -> int:
        rows = (_KeyRow.height_for(self.kit, meaning, width - 8) for _, keys in self.groups for _, meaning in keys)
        return sum(rows) + 34 * len(self.groups) + FOOT

    def build_body(self, room: pygame.Rect) -> None:
        view = self.add(ScrollView(pygame.Rect(room.x, room.y, room.w, room.h - FOOT + 10), name="keys"))
        y = room.y
        for name, keys in self.groups:
            view.add(Label(pygame.Rect(room.x, y, view.content_width, 26), name, "section"))
            y += 28
            for key, meaning in keys:
                height = _KeyRow.height_for(self.kit, meaning, view.content_width)
                view.add(_KeyRow(pygame.Rect(room.x, y, view.content_width, height), key, meaning))
                y += height
            y += 6
        close = pygame.Rect(room.right - 110, room.bottom - 40, 110, 40)
        self.add(Button(close, "Close", self.close))
        if self.more:
            width = Button.width_for(self.kit, self.more.text, self.more.kind)
            self.add(Button(pygame.Rect(room.x, close.y, width, 40), self.more.text, self._go_on, kind=self.more.kind))

    def _go_on(self) -> None:
        """Close, and show what there is more."""
        self.close()
        if self.more and self.more.action:
            self.more.action()


class _KeyRow(Widget):
    """One key and its meaning, which wraps."""

    COLUMN = 160

    def __init__(self, rect: pygame.Rect, key: str, meaning: str) -> None:
        super().__init__(rect)
        self.key = key
        self.meaning = meaning

    def draw_self(self, canvas: Canvas) -> None:
        cap = pygame.Rect(self.rect.x, self.rect.y + 3, key_cap_width(canvas.kit, self.key), 20)
        key_cap(canvas, cap, self.key)
        room = pygame.Rect(self.rect.x + self.COLUMN, self.rect.y + 4, self.rect.w - self.COLUMN, self.rect.h - 4)
        canvas.lines(canvas.kit.text.wrapped(plain(self.meaning, "body", theme.TEXT_2), room.w), room)

    @classmethod
    def height_for(cls, kit: Kit, meaning: str, width: int) -> int:
        """Return the height of a row `width` logical px wide."""
        return kit.text.height(plain(meaning), width - cls.COLUMN) + 7
