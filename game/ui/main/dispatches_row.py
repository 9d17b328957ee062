"""One dispatch: icon, quarter, text with coloured places, its reasons when opened, and a pin."""

from __future__ import annotations

import re
from collections.abc import Callable

import pygame

from game.explain import Dispatch
from game.ui import theme
from game.ui.kit import Box, Canvas, Kit, Span, Tip, Widget, activated, plain, pressed
from game.ui.main.context import PlayContext
from game.ui.main.order_words import capital_first, short_quarter
from game.ui.main.quarter_end import look_of
from game.ui.main.readings import camp
from game.ui.theme import Colour

CAMP_COLOURS: dict[str, Colour] = {
    "bloc": theme.PAX, "rival": theme.PRC, "partner": theme.PLUS, "leaning": theme.PRC, "undecided": theme.UNDECIDED,
    "none": theme.NEUTRAL,
}  # fmt: skip
ICON, PIN, TOP = 28, 26, 5


def place_colours(play: PlayContext) -> dict[str, Colour]:
    """Colour of each place's name: that of its camp; the player's own stands out."""
    s = play.match.scenario
    colours = {name: CAMP_COLOURS[camp(play.seen, s, n)] for n, name in enumerate(s.texts.names)}
    return colours | {s.texts.names[play.place]: theme.ACCENT}


def place_spans(text: str, colours: dict[str, Colour], colour: Colour = theme.TEXT_2) -> tuple[Span, ...]:
    """A text in which the names of places carry their colours."""
    pattern = "|".join(re.escape(name) for name in sorted(colours, key=len, reverse=True))
    parts = re.split(rf"\b({pattern})\b", text)
    return tuple(
        Span(part, "body_medium", colours[part]) if part in colours else Span(part, "body", colour)
        for part in parts
        if part
    )


def news_spans(first_quarter: str, colours: dict[str, Colour], dispatch: Dispatch, opened: bool) -> tuple[Span, ...]:
    """Quarter, text and, if opened, reasons."""
    when = short_quarter(dispatch.quarter, first_quarter)
    colour = theme.TEXT if dispatch.weight >= 2 else theme.TEXT_2
    spans = [Span(f"{when}  ", "figure_small", theme.TEXT_3), *place_spans(dispatch.text, colours, colour)]
    if opened:
        reasons = dispatch.reasons or ("no further reasons are on record",)
        spans += [Span(f"\n· {capital_first(reason)}", "secondary", theme.TEXT_2) for reason in reasons]
    return tuple(spans)


def news_height(kit: Kit, spans: tuple[Span, ...], width: int) -> int:
    """Height of a row of this width in logical px."""
    return kit.text.height(spans, width - ICON - PIN) + 2 * TOP


class NewsRow(Widget):
    """A dispatch; a click, Space or Enter opens it, its pin keeps it.

    Parameters
    ----------
    spans : tuple of Span
        From `news_spans`.
    on_open, on_pin : callable
        Called without arguments.
    """

    def __init__(
        self,
        rect: pygame.Rect,
        dispatch: Dispatch,
        spans: tuple[Span, ...],
        *,
        opened: bool,
        pinned: bool,
        on_open: Callable[[], None],
        on_pin: Callable[[], None],
        name: str = "",
    ) -> None:
        why = "\n".join(f"· {capital_first(reason)}" for reason in dispatch.reasons)
        super().__init__(rect, name=name, tip=Tip("Why", plain(why)) if why else None)
        self.focusable = True
        self.dispatch, self.opened, self.pinned = dispatch, opened, pinned
        self.on_open, self.on_pin = on_open, on_pin
        self.focus_outset = 0
        self._spans = spans

    @property
    def pin_rect(self) -> pygame.Rect:
        """Where the pin is."""
        return pygame.Rect(self.rect.right - PIN, self.rect.y, PIN, 28)

    def handle(self, event: pygame.event.Event) -> bool:
        if pressed(event) and self.pin_rect.collidepoint(event.pos):
            self.on_pin()
            return True
        if pressed(event) or activated(event):
            self.on_open()
            return True
        return False

    def tip_at(self, point: tuple[int, int]) -> Tip | None:
        """The reasons, or what the pin does."""
        if self.pin_rect.collidepoint(point):
            return Tip("Unpin" if self.pinned else "Pin", plain("Pinned dispatches can be shown alone (P)."))
        return self.tip

    def draw_self(self, canvas: Canvas) -> None:
        if self.opened or self.hovered:
            canvas.box(self.rect, Box(theme.PANEL_HI if self.opened else theme.CARD, radius=theme.RADIUS_BUTTON))
        icon, colour = look_of(self.dispatch)
        if self.dispatch.topic == "price" and " falls " in self.dispatch.text:
            icon = "trending-down"
        canvas.icon(icon, pygame.Rect(self.rect.x + 4, self.rect.y + TOP, 18, 19), colour, 17)
        room = pygame.Rect(self.rect.x + ICON, self.rect.y + TOP, self.rect.w - ICON - PIN, self.rect.h - 2 * TOP)
        canvas.lines(canvas.kit.text.wrapped(self._spans, room.w), room)
        if self.pinned or self.hovered or self.focused:
            canvas.icon("pin", self.pin_rect, theme.ACCENT if self.pinned else theme.TEXT_3, 14)
