"""The Invest tab: what can be built and bought now, the most pressing first, and the detail of the one chosen."""

from __future__ import annotations

from collections.abc import Callable

import pygame

from game.ui.kit import Dropdown, Kit, Tip, Widget, plain
from game.ui.main.context import PlayContext
from game.ui.main.invest_need import Need
from game.ui.main.invest_offers import GROUPS, Forecast, Offer, first_things, in_group
from game.ui.main.invest_plants import Plants
from game.ui.main.invest_state import StateOffers
from game.ui.main.order_detail import OrderDetail
from game.ui.main.order_list import OfferList

FIRST = "Most pressing"


class InvestTab:
    """Keeps the chosen group and card; makes the widgets of the tab.

    Parameters
    ----------
    play : PlayContext
        Whose orders these are.
    redraw : callable
        Rebuilds the orders panel.
    """

    def __init__(self, play: PlayContext, redraw: Callable[[], None]) -> None:
        self.play, self.redraw = play, redraw
        self.group = FIRST
        self.list = OfferList(play, redraw, "offers")
        self._groups: list[tuple[str, list[Offer]]] | None = None

    @property
    def detail(self) -> OrderDetail:
        """The box of the offer that is chosen."""
        return self.list.detail

    def renew(self) -> None:
        """Forget the offers: the world or the queue changed."""
        self._groups = None

    @property
    def groups(self) -> list[tuple[str, list[Offer]]]:
        """The groups that hold something, the most pressing over all groups first."""
        if self._groups is None:
            offers = self._made()
            kinds = [(group, found) for group in GROUPS if (found := in_group(offers, group))]
            self._groups = [(FIRST, first_things(offers)), *kinds]
        return self._groups

    def _made(self) -> list[Offer]:
        play = self.play
        need, forecast = Need(play), Forecast(play)
        left = play.match.left(play.seat)[0]
        return [*Plants(play, need, forecast, left).offers(), *StateOffers(play, need, forecast, left).offers()]

    def give(self) -> None:
        """Give the order that is set."""
        self.detail.give()

    def show(self, key: str) -> bool:
        """Show an offer in its own group; False if there is none of that key."""
        for group, found in self.groups[1:]:
            if any(offer.key == key for offer in found):
                self.group = group
                self.list.show(group, key)
                return True
        return False

    def fill(self, kit: Kit, holder: Widget, area: pygame.Rect) -> None:
        """Add the tab's widgets within `area`."""
        names = [group for group, _ in self.groups]
        if self.group not in names:
            self.group = FIRST
        position = names.index(self.group)
        shown = [name if name == FIRST else f"{name} ({len(found)})" for name, found in self.groups]
        tip = Tip("What to show", plain("The most pressing of all kinds, or one kind whole."))
        head = pygame.Rect(area.x, area.y, area.w, 30)
        holder.add(Dropdown(head, shown, self._choose_group, chosen=position, name="invest group", tip=tip))
        below = pygame.Rect(area.x, head.bottom + 6, area.w, area.bottom - head.bottom - 6)
        self.list.fill(kit, holder, below, self.group, self.groups[position][1])

    def _choose_group(self, position: int) -> None:
        self.group = self.groups[position][0]
        self.redraw()
