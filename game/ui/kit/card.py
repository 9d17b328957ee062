"""Cards: selectable rows with an icon, a title, a second line and figures on the right."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pygame

from game.ui import theme
from game.ui.kit.canvas import Canvas
from game.ui.kit.label import icon_tile, key_cap, key_cap_width
from game.ui.kit.paint import Box
from game.ui.kit.tips import Tip, plain
from game.ui.kit.widget import Widget, activated, pressed
from game.ui.theme import Colour


@dataclass(frozen=True, slots=True)
class CardFace:
    """What a card shows.

    Attributes
    ----------
    figure, under_figure : str
        The right column: upper and lower line.
    key : str
        A key that chooses the card, shown as a cap in place of `figure`.
    flag : str
        ISO3 code of a flag shown in place of the icon.
    """

    title: str
    sub: str = ""
    icon: str = ""
    colour: Colour = theme.PAX
    figure: str = ""
    under_figure: str = ""
    figure_colour: Colour = theme.TEXT
    under_colour: Colour = theme.TEXT_2
    key: str = ""
    flag: str = ""


class Card(Widget):
    """A row to choose.

    Parameters
    ----------
    on_choose : callable or None
        Called by a click, Space or Enter; None for a card that is only read.
    selected : bool
        Drawn with a bright border.
    cuts : bool
        Whether title and second line may be cut with an ellipsis (the tip then shows them whole).
    """

    def __init__(
        self, rect: pygame.Rect, face: CardFace, on_choose: Callable[[], None] | None = None, *, selected: bool = False,
        cuts: bool = False, name: str = "", tip: Tip | None = None,
    ) -> None:  # fmt: skip
        super().__init__(rect, name=name or face.title, tip=tip)
        self.face = face
        self.on_choose = on_choose
        self.selected = selected
        self.cuts = cuts
        self.focusable = on_choose is not None
        self.radius = float(theme.RADIUS_CARD)

    def choose(self) -> None:
        """Do what choosing the card does, or say what blocks it."""
        if not self.explain_block() and self.on_choose:
            self.on_choose()

    def handle(self, event: pygame.event.Event) -> bool:
        if self.on_choose and (pressed(event) or activated(event)):
            self.choose()
            return True
        return False

    def draw_self(self, canvas: Canvas) -> None:
        fill, line = theme.CARD, theme.LINE
        if self.selected:
            fill, line = theme.SELECTED, theme.PAX
        elif self.hovered and self.focusable:
            fill, line = theme.CARD_HI, theme.LINE_HI
        canvas.box(self.rect, Box(fill, line=line, radius=theme.RADIUS_CARD))
        room = self.rect.inflate(-24, -8)
        left = self._draw_picture(canvas)
        room = pygame.Rect(left, room.y, room.right - left, room.h)
        self._draw_words(canvas, room, *self._draw_right(canvas, room))

    def _draw_picture(self, canvas: Canvas) -> int:
        """Draw icon or flag; return where the words begin."""
        narrow = self.rect.w < 300
        side = min(30 if narrow else 40, self.rect.h - 16)
        tile = pygame.Rect(self.rect.x + 9, self.rect.centery - side // 2, side, side)
        if self.face.flag:
            canvas.flag(self.face.flag, tile)
        elif self.face.icon or self.blocked:
            colour = theme.TEXT_3 if self.blocked else self.face.colour
            icon_tile(canvas, tile, "lock" if self.blocked else self.face.icon, colour, 20)
        else:
            return self.rect.x + 12
        return tile.right + (10 if narrow else 12)

    def _draw_right(self, canvas: Canvas, room: pygame.Rect) -> tuple[int, int]:
        """Draw the right column; return how much of the upper and of the lower line it takes."""
        face = self.face
        text = canvas.kit.text
        upper, lower = self._halves(room)
        if face.key:
            first = key_cap_width(canvas.kit, face.key)
            key_cap(canvas, pygame.Rect(room.right - first, upper.centery - 10, first, 20), face.key)
        else:
            first = _ceil(text.width(face.figure, "figure_card"))
            row = upper if face.under_figure or face.sub else room
            colour = theme.TEXT_3 if self.blocked else face.figure_colour
            canvas.text(face.figure, pygame.Rect(room.right - first, row.y, first, row.h), "figure_card", colour,
                        align="right")  # fmt: skip
        second = _ceil(text.width(face.under_figure, "secondary"))
        canvas.text(face.under_figure, pygame.Rect(room.right - second, lower.y, second, lower.h), "secondary",
                    face.under_colour, align="right")  # fmt: skip
        return first + 6 if first else 0, second + 6 if second else 0

    def _draw_words(self, canvas: Canvas, room: pygame.Rect, upper_taken: int, lower_taken: int) -> None:
        upper, lower = self._halves(room)
        title = upper if self.face.sub or self.face.under_figure else pygame.Rect(room)
        title.width -= upper_taken
        lower.width -= lower_taken
        colour = theme.TEXT_3 if self.blocked else theme.TEXT
        canvas.text(self.face.title, title, "card_title", colour, ellipsis=self.cuts)
        canvas.text(self.face.sub, lower, "secondary", theme.TEXT_2, ellipsis=self.cuts)

    def tip_at(self, point: tuple[int, int]) -> Tip | None:
        """Return the tip, or the whole words where they may be cut."""
        return self.tip or (Tip(self.face.title, plain(self.face.sub)) if self.cuts else None)

    def _halves(self, room: pygame.Rect) -> tuple[pygame.Rect, pygame.Rect]:
        top = room.centery - 19
        return pygame.Rect(room.x, top, room.w, 20), pygame.Rect(room.x, top + 20, room.w, 18)


def _ceil(width: float) -> int:
    return int(width + 0.999)
