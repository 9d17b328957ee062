"""The Invest tab: what can be built and bought now, the most pressing first, and the detail of the one chosen."""

from __future__ import annotations

from collections.abc import Callable

import pygame

from game.ui.kit import Dropdown, Kit, Tip, Widget, plain
from game.ui.main.context import PlayContext
from game.ui.main.invest_goal import Goal
from game.ui.main.invest_need import Need
from game.ui.main.invest_offers import ABROAD, GROUPS, Forecast, Offer, first_things, in_group
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
        self._offers: dict[str, list[Offer]] = {}
        self._plants: Plants | None = None

    @property
    def detail(self) -> OrderDetail:
        """The box of the offer that is chosen."""
        return self.list.detail

    def renew(self) -> None:
        """Forget the offers: the world or the queue changed."""
        self._offers, self._plants = {}, None

    @property
    def plants(self) -> Plants:
        """What plants offer this quarter."""
        if self._plants is None:
            self._write_out()
        assert self._plants is not None
        return self._plants

    def _write_out(self) -> None:
        play = self.play
        need, forecast, left = Need(play), Forecast(play), play.match.left(play.seat)[0]
        self._plants = Plants(play, need, forecast, left)
        offers = [*self._plants.at_home(), *StateOffers(play, need, forecast, left).offers()]
        offers = Goal(play).ranked(offers)
        self._offers = {group: in_group(offers, group) for group in GROUPS if group != ABROAD}
        self._offers[FIRST] = first_things([*offers, *self._plants.best_abroad()])

    def offers_of(self, group: str) -> list[Offer]:
        """The offers of a group, most pressing first; stakes abroad are written out when they are asked for."""
        plants = self.plants
        if group == ABROAD and ABROAD not in self._offers:
            self._offers[ABROAD] = plants.abroad()
        return self._offers[group]

    def count(self, group: str) -> int:
        """How many offers a group holds."""
        return len(self.plants.abroad_rows) if group == ABROAD else len(self.offers_of(group))

    @property
    def groups(self) -> list[str]:
        """The groups that hold something; first the most pressing of all groups."""
        return [FIRST, *(group for group in GROUPS if self.count(group))]

    def give(self) -> None:
        """Give the order that is set."""
        self.detail.give()

    def show(self, key: str) -> bool:
        """Show an offer in its own group; False if there is none of that key."""
        for group in self.groups[1:]:
            if any(offer.key == key for offer in self.offers_of(group)):
                self.group = group
                self.list.show(group, key)
                return True
        return False

    def fill(self, kit: Kit, holder: Widget, area: pygame.Rect) -> None:
        """Add the tab's widgets within `area`."""
        names = self.groups
        if self.group not in names:
            self.group = FIRST
        position = names.index(self.group)
        shown = [name if name == FIRST else f"{name} ({self.count(name)})" for name in names]
        tip = Tip("What to show", plain("The most pressing of all kinds, or one kind whole."))
        head = pygame.Rect(area.x, area.y, area.w, 30)
        holder.add(Dropdown(head, shown, self._choose_group, chosen=position, name="invest group", tip=tip))
        below = pygame.Rect(area.x, head.bottom + 6, area.w, area.bottom - head.bottom - 6)
        self.list.fill(kit, holder, below, self.group, self.offers_of(self.group))

    def _choose_group(self, position: int) -> None:
        self.group = self.groups[position]
        self.redraw()
