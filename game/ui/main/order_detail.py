"""The box that shows one offer: its amount, what it would do, what it costs, and the button that gives the order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import pygame

from game.core.orders import Order
from game.ui import theme
from game.ui.kit import Box, Button, Dropdown, Kit, Label, Panel, RichText, Slider, Span, Term, Tip, Widget, plain
from game.ui.kit.text import ELLIPSIS
from game.ui.main.context import PlayContext
from game.ui.main.invest_offers import Offer
from game.ui.main.order_words import money

PADDING, TITLE, TEXT = 12, 22, 77
BUTTON, CAPITAL = 104, 60
OPTION, SLIDER = 36, 46


@dataclass(slots=True)
class Chosen:
    """What the player set for offers, by their key; outlives the widgets."""

    amounts: dict[str, float] = field(default_factory=dict)
    options: dict[str, int] = field(default_factory=dict)


def detail_height(offer: Offer) -> int:
    """Height of the box in logical px."""
    return 2 * PADDING - 4 + TITLE + (OPTION if offer.options else 0) + (SLIDER if offer.dose else 0) + TEXT


def fitted(kit: Kit, spans: Sequence[Span], width: int, height: int) -> tuple[Span, ...]:
    """As much of the spans as fits the room: whole spans first, then words of the first with an ellipsis."""
    kept = list(spans)
    while len(kept) > 1 and kit.text.height(kept, width) > height:
        kept.pop()
    if not kept or kit.text.height(kept, width) <= height:
        return tuple(kept)
    words = kept[0].text.split(" ")
    while len(words) > 1:
        words.pop()
        cut = Span(" ".join(words).rstrip(".,;:") + ELLIPSIS, kept[0].role, kept[0].colour, kept[0].tip)
        if kit.text.height([cut], width) <= height:
            return (cut,)
    return ()


class OrderDetail:
    """Fills a box with the controls of an offer and keeps them in step while the amount changes.

    Parameters
    ----------
    play : PlayContext
        Whose orders these are.
    chosen : Chosen
        Where amounts and options are kept.
    verb : str
        What the button says.
    """

    def __init__(self, play: PlayContext, chosen: Chosen, verb: str = "Give order") -> None:
        self.play, self.chosen, self.verb = play, chosen, verb
        self.offer: Offer | None = None
        self._text: RichText | None = None
        self._button: Button | None = None
        self._price: Label | None = None
        self._capital: Label | None = None
        self._first: Widget | None = None
        self._kit: Kit | None = None

    def fill(self, kit: Kit, holder: Widget, rect: pygame.Rect, offer: Offer) -> None:
        """Add the box for `offer` to `holder`."""
        self.offer, self._kit = offer, kit
        panel = holder.add(Panel(rect, look=Box(theme.CARD, line=theme.LINE, radius=theme.RADIUS_CARD)))
        room = pygame.Rect(rect.x + PADDING, rect.y + PADDING - 4, rect.w - 2 * PADDING, TITLE)
        title = kit.text.shortened(offer.title, "body_bold", room.w - CAPITAL - 6)
        panel.add(
            Label(
                pygame.Rect(room.x, room.y, room.w - CAPITAL - 6, TITLE),
                title,
                "body_bold",
                tip=offer_tip(offer),
                name="detail title",
            )
        )
        spent = Tip("Political capital", plain("What the order takes of it."))
        self._capital = panel.add(
            Label(
                pygame.Rect(room.right - CAPITAL, room.y, CAPITAL, TITLE),
                "",
                "secondary",
                theme.TEXT_2,
                align="right",
                tip=spent,
            )
        )
        y = room.bottom + 2
        self._first = None
        if offer.options:
            self._first = panel.add(self._dropdown(pygame.Rect(room.x, y, room.w, 30), offer))
            y += OPTION
        if offer.dose:
            self._first = panel.add(self._slider(pygame.Rect(room.x, y, room.w, 40), offer))
            y += SLIDER
        self._add_foot(kit, panel, pygame.Rect(room.x, y, room.w, TEXT))
        self.show()

    def _slider(self, rect: pygame.Rect, offer: Offer) -> Slider:
        assert offer.dose is not None
        value = self.chosen.amounts.get(offer.key, offer.dose.start)
        return Slider(
            rect,
            offer.dose.label,
            offer.dose.numbers,
            value,
            self._set_amount,
            name="detail amount",
            tip=Tip(offer.dose.label, plain("Arrows change it by a step, Page keys by a tenth.")),
        )

    def _dropdown(self, rect: pygame.Rect, offer: Offer) -> Dropdown:
        texts = [f"{offer.option_label}: {text}" for _, text in offer.options]
        chosen = min(self.chosen.options.get(offer.key, 0), len(texts) - 1)
        return Dropdown(rect, texts, self._set_option, chosen=chosen, name="detail option")

    def _add_foot(self, kit: Kit, panel: Panel, room: pygame.Rect) -> None:
        words = pygame.Rect(room.x, room.y, room.w - BUTTON - 10, room.h)
        column = pygame.Rect(room.right - BUTTON, room.y, BUTTON, room.h)
        self._text = panel.add(RichText(words, (), name="detail effect"))
        self._price = panel.add(Label(pygame.Rect(column.x, column.y, BUTTON, 19), "", "figure", align="right"))
        place = pygame.Rect(column.x, column.bottom - theme.BUTTON_HEIGHT, BUTTON, theme.BUTTON_HEIGHT)
        self._button = panel.add(Button(place, self.verb, self.give, name="give order"))
        self._first = self._first or self._button

    # --- acting

    def order(self) -> Order | None:
        """The order as it is set now."""
        if self.offer is None:
            return None
        offer = self.offer
        value = 0.0
        if offer.dose:
            value = offer.dose.numbers.nearest(self.chosen.amounts.get(offer.key, offer.dose.start))
        option = ""
        if offer.options:
            option = offer.options[min(self.chosen.options.get(offer.key, 0), len(offer.options) - 1)][0]
        return offer.order(value, option)

    def give(self) -> None:
        """Give the order."""
        order = self.order()
        if order is None or self.offer is None:
            return
        idle = self.offer.idle(order) if self.offer.idle else ""
        if idle and self.play.match.test(self.play.seat, order).accepted:
            self.play.say(f"{idle}.")
        else:
            self.play.give(order)

    def focus_first(self) -> None:
        """Move the keyboard to the amount, or to the button where there is none."""
        if self._first and self._first.layer:
            self._first.layer.set_focus(self._first)

    def _set_amount(self, value: float) -> None:
        if self.offer:
            self.chosen.amounts[self.offer.key] = value
            self.show()

    def _set_option(self, position: int) -> None:
        if self.offer:
            self.chosen.options[self.offer.key] = position
            self.show()

    def show(self) -> None:
        """Bring effect, cost and button in step with the amount."""
        order, offer = self.order(), self.offer
        if (
            order is None
            or offer is None
            or not (self._kit and self._text and self._button and self._price and self._capital)
        ):
            return
        cost, capital = self.play.match.cost(self.play.seat, order)
        reason = self.play.match.test(self.play.seat, order).reason
        idle = offer.idle(order) if offer.idle else ""
        spans: Sequence[Span] = offer.effect(order)
        if reason:
            spans = (Span(f"{reason[:1].upper()}{reason[1:]}.", "secondary", theme.BAD),)
        room = self._text.rect
        self._text.spans = fitted(self._kit, spans, room.w, room.h)
        self._text.tip = Tip("What it does", tuple(spans))
        self._price.text = money(cost) if cost > 0 else ""
        self._capital.text = f"{capital:g} capital" if capital else "free"
        blocked = reason or idle
        ready = Tip(
            f"{self.verb} (G)", plain(f"It waits, sealed, until the {self.play.turn} ends; undo takes it back.")
        )
        self._button.tip = Tip(self.verb, blocked=f"{blocked[:1].upper()}{blocked[1:]}.") if blocked else ready
        self._button.mark_dirty()


def offer_tip(offer: Offer) -> Tip:
    """All about an offer."""
    cost = (Term("Cost", offer.figure),) if offer.figure[:1] == "$" else ()
    return Tip(offer.title, plain(offer.means or offer.sub), (*cost, *offer.terms), offer.source)
