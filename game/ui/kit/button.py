"""Buttons: primary, secondary, ghost and icon."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pygame

from game.ui import theme
from game.ui.kit.canvas import Canvas, Kit
from game.ui.kit.paint import Box
from game.ui.kit.tips import Tip
from game.ui.kit.widget import Widget, activated, pressed
from game.ui.theme import Colour


@dataclass(frozen=True, slots=True)
class ButtonLook:
    """How a kind of button looks at rest, under the pointer, and in which type."""

    rest: Box | None
    hover: Box
    text: Colour
    role: str


_RADIUS = theme.RADIUS_BUTTON
LOOKS = {
    "primary": ButtonLook(
        Box(theme.ACCENT, theme.ACCENT_LOW, radius=8), Box((0xFF, 0xE0, 0x85), theme.ACCENT, radius=8),
        theme.ACCENT_INK, "primary",
    ),
    "secondary": ButtonLook(
        Box(theme.ACTION, line=theme.ACTION_LINE, radius=_RADIUS),
        Box(theme.ACTION_HI, line=theme.PAX, radius=_RADIUS), theme.TEXT, "button",
    ),
    "ghost": ButtonLook(
        Box(None, line=theme.LINE_HI, radius=_RADIUS), Box(theme.PANEL_HI, line=theme.NEUTRAL, radius=_RADIUS),
        theme.TEXT_2, "button",
    ),
    "icon": ButtonLook(None, Box(theme.SEGMENT, radius=_RADIUS), theme.TEXT_2, "button"),
}  # fmt: skip
"""The kinds of button; only the primary action of a screen is warm."""

BLOCKED_LOOK = Box(theme.CARD, line=theme.LINE, radius=_RADIUS)


class Button(Widget):
    """Something to press.

    Parameters
    ----------
    on_press : callable
        Called without arguments by a click, Space or Enter.
    kind : {"primary", "secondary", "ghost", "icon"}
        Its look.
    icon : str
        Icon name; before the text, or alone.
    note : str
        Quiet second text to the right (menu entries).
    """

    focusable = True

    def __init__(
        self, rect: pygame.Rect, text: str, on_press: Callable[[], None], *, kind: str = "secondary", icon: str = "",
        name: str = "", tip: Tip | None = None,
    ) -> None:  # fmt: skip
        super().__init__(rect, name=name or text, tip=tip)
        self.text = text
        self.on_press = on_press
        self.kind = kind
        self.icon = icon
        self.radius = 8.0 if kind == "primary" else float(_RADIUS)
        self._held = False

    @staticmethod
    def width_for(kit: Kit, text: str, kind: str = "secondary", icon: str = "") -> int:
        """Return the width in logical px that shows the whole text."""
        return int(kit.text.width(text, LOOKS[kind].role) + 1) + (26 if icon else 0) + 32

    def press(self) -> None:
        """Do what the button does, or say what blocks it."""
        if not self.explain_block():
            self.on_press()

    def handle(self, event: pygame.event.Event) -> bool:
        if pressed(event):
            self._held = True
            self.mark_dirty()
            return True
        if event.type == pygame.MOUSEBUTTONUP and event.button == 1 and self._held:
            self._held = False
            self.mark_dirty()
            if self.rect.collidepoint(event.pos):
                self.press()
            return True
        if activated(event):
            self.press()
            return True
        return False

    def draw_self(self, canvas: Canvas) -> None:
        look = LOOKS[self.kind]
        box = look.hover if self.hovered and not self.blocked else look.rest
        if self.blocked and self.kind != "icon":
            box = BLOCKED_LOOK
        if box:
            canvas.box(self.rect, box)
        colour = theme.TEXT_3 if self.blocked else theme.TEXT if self.hovered and self.kind != "primary" else look.text
        shift = 1 if self._held else 0
        self._draw_content(canvas, look.role, colour, self.rect.move(0, shift))

    def _draw_content(self, canvas: Canvas, role: str, colour: Colour, room: pygame.Rect) -> None:
        icon = "lock" if self.blocked and self.text else self.icon
        if not self.text:
            canvas.icon(icon, room, colour, 18)
            return
        if icon:
            used = int(canvas.kit.text.width(self.text, role) + 1) + 26
            left = room.x + max(0, room.w - used) // 2
            canvas.icon(icon, pygame.Rect(left, room.y, 18, room.h), colour, 18)
            canvas.text(self.text, pygame.Rect(left + 26, room.y, room.right - left - 26, room.h), role, colour)
        else:
            canvas.text(self.text, room, role, colour, align="center")


class MenuButton(Button):
    """A wide entry of a menu: a large word and a quiet explanation; the primary one is warm."""

    def __init__(
        self, rect: pygame.Rect, text: str, note: str, on_press: Callable[[], None], *, primary: bool = False,
        tip: Tip | None = None, name: str = "",
    ) -> None:  # fmt: skip
        super().__init__(rect, text, on_press, kind="primary" if primary else "icon", name=name, tip=tip)
        self.note = note
        self.radius = 8.0

    def _draw_content(self, canvas: Canvas, role: str, colour: Colour, room: pygame.Rect) -> None:
        warm = self.kind == "primary"
        text = theme.ACCENT_INK if warm else theme.TEXT_3 if self.blocked else theme.TEXT
        column = min(170, room.w // 2)
        canvas.text(self.text, pygame.Rect(room.x + 18, room.y, column - 18, room.h), "menu", text)
        beside = pygame.Rect(room.x + column, room.y, room.w - column - 12, room.h)
        canvas.text(self.note, beside, "body_medium" if warm else "body", (0x4A, 0x3D, 0x12) if warm else theme.TEXT_2,
                    ellipsis=True)  # fmt: skip

    def tip_at(self, point: tuple[int, int]) -> Tip | None:
        """Return its tip, or the whole note where it was cut."""
        if self.tip or self.kit.text.width(self.note, "body") <= self.rect.w - min(170, self.rect.w // 2) - 12:
            return self.tip
        return Tip(self.text, body=())
