"""The agenda in the orders panel: five cards with their worth and deadline, and the detail of the one chosen."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import pygame

from game.agenda import EPSILON, Card
from game.core.diplomacy import Propose
from game.ui import theme
from game.ui.kit import Box, Button, CardFace, Kit, Label, Panel, RichText, Span, Term, Tip, Widget, columns, plain
from game.ui.kit import Card as Row
from game.ui.main.agenda_model import AgendaModel
from game.ui.main.context import PlayContext
from game.ui.main.deal_looks import signed_points, tone
from game.ui.main.deal_worth import to_you
from game.ui.main.order_detail import fitted
from game.ui.main.order_words import capital_first, money
from game.ui.main.refill import ChoiceList
from game.ui.map.places import PLACE_BY_CODE
from game.ui.theme import Colour

CARD, GAP, DETAIL, TALLEST = 50, 5, 134, 230
LOOK = Box(theme.CARD, line=theme.LINE, radius=theme.RADIUS_CARD)
KEYS = (pygame.K_1, pygame.K_2, pygame.K_3, pygame.K_4, pygame.K_5)
ICONS: dict[str, tuple[str, Colour]] = {
    "chips": ("cpu", theme.CHIP),
    "minerals": ("pickaxe", theme.MINERAL),
    "diplomacy": ("handshake", theme.PAX),
    "treasury": ("landmark", theme.GOOD),
    "security": ("shield", theme.TOOL),
}
SOURCE = "Points of your score at the end of the game"
#: The unit of a card's worth, where no deadline stands.
UNIT = "final score"


class AgendaTab:
    """Keeps which card is chosen; makes the widgets.

    Parameters
    ----------
    play : PlayContext
        The game.
    redraw : callable
        Rebuilds the orders panel.
    on_open : callable
        Shows where the order book holds the matter of a card.
    """

    def __init__(self, play: PlayContext, redraw: Callable[[], None], on_open: Callable[[Card], None]) -> None:
        self.play, self.redraw, self.on_open = play, redraw, on_open
        self.model = AgendaModel(play, redraw)
        self.current = ""
        self._act: Button | None = None

    def renew(self) -> None:
        """Forget the cards: the world or the queue changed."""
        self.model.renew()

    @property
    def chosen(self) -> Card | None:
        """The card whose detail is shown."""
        cards = self.model.cards
        return next((card for card in cards if card.key == self.current), cards[0] if cards else None)

    def give(self) -> None:
        """Do what the chosen card proposes."""
        card = self.chosen
        if card is not None and card.order is not None:
            self.play.give(card.order)

    def on_key(self, event: pygame.event.Event) -> bool:
        """1 to 5 choose a card."""
        cards = self.model.cards
        if event.key not in KEYS[: len(cards)]:
            return False
        self.choose(cards[KEYS.index(event.key)].key)
        return True

    def choose(self, key: str) -> None:
        """Show the detail of another card; the chosen one again goes on to its button."""
        if key == self.current and self._act is not None and self._act.layer:
            self._act.layer.set_focus(self._act)
            return
        self.current = key
        self.redraw()

    # --- widgets

    def fill(self, kit: Kit, holder: Widget, area: pygame.Rect) -> None:
        """Add the cards and the detail within `area`."""
        cards = self.model.cards
        card = self.chosen
        if card is None:
            holder.add(RichText(pygame.Rect(area.x + 2, area.y + 8, area.w - 4, 90), plain(self._nothing(), "body")))
            return
        needed = len(cards) * (CARD + GAP) + 2
        note = 24 if self.model.trying else 0
        room = pygame.Rect(area.x - 2, area.y, area.w + 12, min(needed, area.h - DETAIL - 8 - note))
        view = holder.add(ChoiceList(room, [each.key for each in cards], card.key, self.choose, gap=GAP, name="agenda"))
        for each in cards:
            view.append(CARD, partial(self._row, view, each))
        view.reveal(view.children[cards.index(card)].rect)
        if note:
            words = pygame.Rect(area.x + 2, room.bottom + 2, area.w - 4, 20)
            trying = "Trying in many futures what orders would gain"
            holder.add(Label(words, trying, "secondary", theme.TEXT_3, ellipsis=True))
        top = room.bottom + note + 8
        height = min(max(DETAIL, area.bottom - top), TALLEST)
        self._detail(kit, holder, pygame.Rect(area.x, top, area.w, height), card)

    def _nothing(self) -> str:
        if self.model.trying:
            return "Trying in many futures what orders would gain: cards come in a moment. The order books are open."
        return "No decision is worth much this quarter. F runs on to the next one that is, E plays this quarter alone."

    def _row(self, view: ChoiceList, card: Card, rect: pygame.Rect) -> Row:
        icon, colour = ICONS[card.kind]
        flag = PLACE_BY_CODE[card.place].flag if card.place in PLACE_BY_CODE else ""
        due, tint = due_words(card)
        face = CardFace(
            card.title, next(iter(said(card)), ""), icon, colour, signed_points(card.worth), due,
            figure_colour=tone(card.worth) if card.worth > EPSILON else theme.TEXT_3, under_colour=tint, flag=flag,
        )  # fmt: skip
        current = card.key == view.current
        row = Row(rect, face, partial(self.choose, card.key), selected=current, cuts=True,
                  name=view.row_name(card.key), tip=self._tip(card))  # fmt: skip
        row.focusable = current
        return row

    def _tip(self, card: Card) -> Tip:
        due, _ = due_words(card)
        terms = (
            Term("Worth", f"{signed_points(card.worth)} of the {UNIT}", theme.ACCENT),
            Term("Kind", card.kind.capitalize()),
        )
        return Tip(card.title, plain("\n".join(f"{why}." for why in said(card))),
                   (*terms, *((Term("Until", due),) if card.left is not None else ())), SOURCE)  # fmt: skip

    def _detail(self, kit: Kit, holder: Widget, rect: pygame.Rect, card: Card) -> None:
        panel = holder.add(Panel(rect, look=LOOK, name="agenda detail"))
        inner = pygame.Rect(rect.x + 12, rect.y + 8, rect.w - 24, rect.h - 16)
        cost, reason = self._cost(card)
        taken = min(int(kit.text.width(cost, "secondary")) + 2, inner.w // 2)
        title = kit.text.shortened(card.title, "body_bold", inner.w - taken - 8)
        row = pygame.Rect(inner.x, inner.y, inner.w, 22)
        panel.add(Label(pygame.Rect(row.x, row.y, row.w - taken - 8, 22), title, "body_bold", tip=self._tip(card)))
        price = pygame.Rect(row.right - taken, row.y, taken, 22)
        panel.add(Label(price, cost, "secondary", theme.TEXT_2, align="right", ellipsis=True, name="agenda cost"))
        foot = pygame.Rect(inner.x, inner.bottom - theme.BUTTON_HEIGHT, inner.w, theme.BUTTON_HEIGHT)
        words = pygame.Rect(inner.x, inner.y + 24, inner.w, foot.y - inner.y - 28)
        spans = [Span(f"{capital_first(reason)}. ", "secondary", theme.BAD)] if reason else []
        spans += [Span(f"{signed_points(card.worth)} of the {UNIT}. ", "secondary", theme.TEXT)]
        spans += [Span(f"{why}. ", "secondary", theme.TEXT_2) for why in said(card)]
        panel.add(RichText(words, fitted(kit, spans, words.w, words.h), name="agenda why"))
        self._foot(panel, foot, card, reason)

    def _cost(self, card: Card) -> tuple[str, str]:
        """What the card takes, in words, and why it cannot be done now."""
        if card.order is None:
            return "", ""
        match, seat = self.play.match, self.play.seat
        paid, capital = match.cost(seat, card.order)
        parts = [money(paid)] if paid > 0 else []
        parts += [f"{capital:g} capital"] if capital else []
        return ", ".join(parts) or "free", match.test(seat, card.order).reason

    def _foot(self, panel: Panel, rect: pygame.Rect, card: Card, reason: str) -> None:
        book, act = columns(rect, (0.5, 0.5), 8)
        tip = Tip("Order book", plain("Shows the matter where all orders of its kind stand, with other amounts."))
        panel.add(Button(book, "Open", partial(self.on_open, card), kind="ghost", name="agenda open", tip=tip))
        verb = "Propose" if isinstance(card.order, Propose) else card.act
        blocked = f"{capital_first(reason)}." if reason else ""
        tip = Tip(
            f"{verb} (G)", plain("It waits, sealed, until the quarter ends; undo takes it back."), blocked=blocked
        )
        self._act = panel.add(Button(act, verb, self.give, name="agenda give", tip=tip))


def said(card: Card) -> tuple[str, ...]:
    """Why a card is proposed, as it is said to the player."""
    return tuple(capital_first(to_you(why)) for why in card.why) if card.kind == "diplomacy" else card.why


def due_words(card: Card) -> tuple[str, Colour]:
    """Until when a card can be played, and the colour of that."""
    if card.left is None:
        return UNIT, theme.TEXT_3
    if card.left <= 0:
        return "last call", theme.ACCENT
    return f"{card.left} q more", theme.ACCENT if card.left == 1 else theme.TEXT_2
