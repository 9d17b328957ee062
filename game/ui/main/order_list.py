"""A list of offers above the detail of the one chosen; the Invest and Research tabs show theirs this way."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import pygame

from game.ui.kit import Card, CardFace, Kit, RichText, Widget, plain
from game.ui.main.context import PlayContext
from game.ui.main.invest_offers import Offer
from game.ui.main.order_detail import Chosen, OrderDetail, detail_height, offer_tip
from game.ui.main.refill import ChoiceList

CARD = 50


class OfferList:
    """Keeps which offer of each group is chosen, how far its list is scrolled, and the amounts set.

    Parameters
    ----------
    play : PlayContext
        Whose orders these are.
    redraw : callable
        Rebuilds the panel.
    name : str
        Of the list, for the keyboard and tests.
    """

    def __init__(self, play: PlayContext, redraw: Callable[[], None], name: str) -> None:
        self.redraw, self.name = redraw, name
        self.detail = OrderDetail(play, Chosen())
        self.current: dict[str, str] = {}
        self._lists: dict[str, ChoiceList] = {}
        self._group = ""
        self._moved = False

    def fill(self, kit: Kit, holder: Widget, area: pygame.Rect, group: str, offers: list[Offer]) -> None:
        """Add list and detail within `area`."""
        self._group = group
        if not offers:
            self.detail.offer = None
            holder.add(RichText(pygame.Rect(area.x, area.y + 8, area.w, 40), plain("Nothing can be built here now.")))
            return
        offer = next((each for each in offers if each.key == self.current.get(group)), offers[0])
        self.current[group] = offer.key
        height = detail_height(offer)
        room = pygame.Rect(area.x - 2, area.y, area.w + 12, area.h - height - 8)
        self._fill_list(holder, room, offers, offer)
        self.detail.fill(kit, holder, pygame.Rect(area.x, area.bottom - height, area.w, height), offer)

    def _fill_list(self, holder: Widget, room: pygame.Rect, offers: list[Offer], current: Offer) -> None:
        before = self._lists.get(self._group)
        keys = [offer.key for offer in offers]
        offset = before.offset if before else 0
        cards = holder.add(ChoiceList(room, keys, current.key, self.choose, name=self.name, offset=offset))
        for offer in offers:
            cards.append(CARD, partial(self._card, cards, offer))
        self._lists[self._group] = cards
        if self._moved:
            cards.reveal(cards.children[keys.index(current.key)].rect)
        self._moved = False

    def _card(self, cards: ChoiceList, offer: Offer, rect: pygame.Rect) -> Card:
        face = CardFace(offer.title, offer.sub, offer.icon, offer.colour, offer.figure, offer.under, flag=offer.flag)
        current = offer.key == cards.current
        card = Card(
            rect,
            face,
            partial(self._press, offer.key),
            selected=current,
            cuts=True,
            name=cards.row_name(offer.key),
            tip=offer_tip(offer),
        )
        card.focusable = current
        return card

    def _press(self, key: str) -> None:
        if key == self.current.get(self._group):
            self.detail.focus_first()
        else:
            self.choose(key)

    def choose(self, key: str) -> None:
        """Show another offer of the group."""
        self.show(self._group, key)

    def show(self, group: str, key: str) -> None:
        """Show an offer of a group."""
        self.current[group] = key
        self._moved = True
        self.redraw()
