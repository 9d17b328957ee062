"""One line of text to type."""

from __future__ import annotations

from collections.abc import Callable

import pygame

from game.ui import theme
from game.ui.kit.canvas import Canvas
from game.ui.kit.paint import Box
from game.ui.kit.tips import Tip
from game.ui.kit.widget import Widget, pressed

BLINK_MS = 530


class TextField(Widget):
    """Type a line; the text scrolls sideways when it is longer than the field.

    Parameters
    ----------
    on_change : callable
        Gets the text after every change.
    on_enter : callable or None
        Gets the text when Enter is pressed.
    hint : str
        Shown while the field is empty.
    icon : str
        Shown at the left, such as "search".
    longest : int
        Most characters taken.
    """

    focusable = True
    takes_text = True

    def __init__(
        self, rect: pygame.Rect, on_change: Callable[[str], None], *, text: str = "", hint: str = "", icon: str = "",
        on_enter: Callable[[str], None] | None = None, longest: int = 200, name: str = "", tip: Tip | None = None,
    ) -> None:  # fmt: skip
        super().__init__(rect, name=name, tip=tip)
        self.on_change = on_change
        self.on_enter = on_enter
        self.text = text
        self.hint = hint
        self.icon = icon
        self.longest = longest
        self.caret = len(text)
        self._since_blink = 0
        self._caret_shown = True

    @property
    def _room(self) -> pygame.Rect:
        left = 34 if self.icon else 12
        return pygame.Rect(self.rect.x + left, self.rect.y, self.rect.w - left - 12, self.rect.h)

    def set_text(self, text: str) -> None:
        """Replace the text and report a change."""
        self._change(text, len(text))

    def _change(self, text: str, caret: int) -> None:
        self.caret = caret
        self._show_caret()
        if text != self.text:
            self.text = text
            self.on_change(text)

    def _show_caret(self) -> None:
        self._since_blink, self._caret_shown = 0, True
        self.mark_dirty()

    def update(self, dt_ms: int) -> None:
        """Blink, unless motion is reduced."""
        if not self.focused or self.kit.appearance.reduced_motion:
            return
        self._since_blink += dt_ms
        if self._since_blink >= BLINK_MS:
            self._since_blink, self._caret_shown = 0, not self._caret_shown
            self.mark_dirty()

    def handle(self, event: pygame.event.Event) -> bool:
        if pressed(event):
            self.caret = self._caret_at(event.pos[0])
            self._show_caret()
            return True
        if event.type == pygame.TEXTINPUT:
            room = self.longest - len(self.text)
            typed = event.text[: max(0, room)]
            self._change(self.text[: self.caret] + typed + self.text[self.caret :], self.caret + len(typed))
            return True
        return event.type == pygame.KEYDOWN and self._key(event)

    def _key(self, event: pygame.event.Event) -> bool:
        text, caret = self.text, self.caret
        places = {pygame.K_LEFT: max(0, caret - 1), pygame.K_RIGHT: min(len(text), caret + 1), pygame.K_HOME: 0,
                  pygame.K_END: len(text)}  # fmt: skip
        if event.key in places:
            self._change(text, places[event.key])
        elif event.key == pygame.K_BACKSPACE and caret:
            start = text[:caret].rstrip().rfind(" ") + 1 if event.mod & pygame.KMOD_CTRL else caret - 1
            self._change(text[:start] + text[caret:], start)
        elif event.key == pygame.K_DELETE:
            self._change(text[:caret] + text[caret + 1 :], caret)
        elif event.key in (pygame.K_RETURN, pygame.K_KP_ENTER) and self.on_enter:
            self.on_enter(text)
        elif event.key == pygame.K_ESCAPE and text:
            self._change("", 0)
        else:
            # Letters arrive a second time as TEXTINPUT; taking the key keeps them from being shortcuts as well.
            return bool(event.unicode and event.unicode.isprintable() and not event.mod & pygame.KMOD_CTRL)
        return True

    def _shift(self) -> int:
        """Return how far the text is moved left so that the caret is in view."""
        return max(0, int(self.kit.text.width(self.text[: self.caret], "body")) - self._room.w + 2)

    def _caret_at(self, x: int) -> int:
        target = x - self._room.x + self._shift()
        return min(range(len(self.text) + 1), key=lambda n: abs(self.kit.text.width(self.text[:n], "body") - target))

    def draw_self(self, canvas: Canvas) -> None:
        line = theme.NEUTRAL if self.hovered or self.focused else theme.LINE_HI
        canvas.box(self.rect, Box(theme.WELL, line=line, radius=theme.RADIUS_BUTTON))
        if self.icon:
            canvas.icon(self.icon, pygame.Rect(self.rect.x + 9, self.rect.y, 18, self.rect.h), theme.TEXT_3, 16)
        room = self._room
        if not self.text:
            canvas.text(self.hint, room, "body", theme.TEXT_3, ellipsis=True)
        shift = self._shift()
        if self.text:
            with canvas.sideways(room):
                whole = int(canvas.kit.text.width(self.text, "body")) + 2
                canvas.text(self.text, pygame.Rect(room.x - shift, room.y, whole, room.h), "body")
        if self.focused and self._caret_shown:
            before = int(canvas.kit.text.width(self.text[: self.caret], "body"))
            canvas.vertical(room.x + before - shift, self.rect.centery - 9, 18, theme.ACCENT)
