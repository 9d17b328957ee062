"""A card whose second line wraps: a choice with what it does, and the key that makes it."""

from __future__ import annotations

from collections.abc import Callable

import pygame

from game.ui import theme
from game.ui.kit import Box, Canvas, Kit, Tip, Widget, activated, plain, pressed
from game.ui.kit.label import icon_tile, key_cap, key_cap_width
from game.ui.theme import Colour

TILE, PAD, LEFT = 30, 10, 52


class AnswerCard(Widget):
    """A choice to make.

    Parameters
    ----------
    title, effect : str
        What it is called, and what it does; the effect wraps.
    look : tuple of (str, Colour)
        Icon and colour.
    key : str
        Shown as a cap.
    on_choose : callable
        Called by a click, Space or Enter.
    """

    focusable = True

    def __init__(
        self,
        rect: pygame.Rect,
        title: str,
        effect: str,
        look: tuple[str, Colour],
        key: str,
        on_choose: Callable[[], None],
        *,
        selected: bool = False,
        name: str = "",
        tip: Tip | None = None,
    ) -> None:
        super().__init__(rect, name=name, tip=tip)
        self.title, self.effect, self.look, self.key = title, effect, look, key
        self.on_choose, self.selected = on_choose, selected
        self.radius = float(theme.RADIUS_CARD)

    @staticmethod
    def height_for(kit: Kit, effect: str, width: int) -> int:
        """Height in logical px for a card of this width."""
        return 2 * PAD + 22 + kit.text.height(plain(effect, "secondary"), width - LEFT - 14)

    def handle(self, event: pygame.event.Event) -> bool:
        if pressed(event) or activated(event):
            if not self.explain_block():
                self.on_choose()
            return True
        return False

    def draw_self(self, canvas: Canvas) -> None:
        fill, line = theme.CARD, theme.LINE
        if self.selected:
            fill, line = theme.SELECTED, theme.PAX
        elif self.hovered:
            fill, line = theme.CARD_HI, theme.LINE_HI
        rect = self.rect
        canvas.box(rect, Box(fill, line=line, radius=theme.RADIUS_CARD))
        icon, colour = self.look
        tile = pygame.Rect(rect.x + PAD, rect.y + PAD + 2, TILE, TILE)
        icon_tile(canvas, tile, "lock" if self.blocked else icon, theme.TEXT_3 if self.blocked else colour, 18)
        cap = key_cap_width(canvas.kit, self.key)
        key_cap(canvas, pygame.Rect(rect.right - 12 - cap, rect.y + PAD, cap, 20), self.key)
        title = pygame.Rect(rect.x + LEFT, rect.y + PAD - 1, rect.w - LEFT - cap - 20, 20)
        tone = theme.TEXT_3 if self.blocked else theme.TEXT
        canvas.text(self.title, title, "card_title", tone, ellipsis=True)
        room = pygame.Rect(rect.x + LEFT, title.bottom + 2, rect.w - LEFT - 14, rect.bottom - title.bottom - 2)
        canvas.lines(canvas.kit.text.wrapped(plain(self.effect, "secondary", theme.TEXT_2), room.w), room)
