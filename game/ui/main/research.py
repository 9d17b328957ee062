"""The Research tab: shares of research, the split of compute, and the standing dials; one change a quarter, free."""

from __future__ import annotations

from collections.abc import Callable

import pygame

from game.ui import theme
from game.ui.kit import Kit, Label, Tabs, Tip, Widget, plain
from game.ui.main.context import PlayContext
from game.ui.main.dials import DialOffers
from game.ui.main.invest_offers import Offer
from game.ui.main.order_detail import OrderDetail
from game.ui.main.order_list import OfferList

SECTIONS = ("Tracks", "Compute", "Dials")


class ResearchTab:
    """Keeps the chosen section and row; makes the widgets of the tab.

    Parameters
    ----------
    play : PlayContext
        Whose orders these are.
    redraw : callable
        Rebuilds the orders panel.
    """

    def __init__(self, play: PlayContext, redraw: Callable[[], None]) -> None:
        self.play, self.redraw = play, redraw
        self.section = 0
        self.list = OfferList(play, redraw, "dials")
        self._quarter = play.match.quarter
        self._offers: tuple[list[Offer], ...] | None = None

    @property
    def detail(self) -> OrderDetail:
        """The box of the dial that is chosen."""
        return self.list.detail

    def renew(self) -> None:
        """Forget the offers, and in a new quarter the shares being set."""
        self._offers = None
        if self.play.match.quarter != self._quarter:
            self._quarter = self.play.match.quarter
            self.detail.chosen.amounts.clear()

    @property
    def offers(self) -> tuple[list[Offer], ...]:
        """Offers of each section."""
        if self._offers is None:
            made = DialOffers(self.play)
            self._offers = (made.research(), made.compute(), made.dials())
        return self._offers

    def give(self) -> None:
        """Give the order that is set."""
        self.detail.give()

    def fill(self, kit: Kit, holder: Widget, area: pygame.Rect) -> None:
        """Add the tab's widgets within `area`."""
        head = pygame.Rect(area.x, area.y, area.w, 34)
        holder.add(Tabs(head, SECTIONS, self._choose_section, chosen=self.section, segmented=True, name="dial section"))
        note = pygame.Rect(area.x + 2, head.bottom + 2, area.w - 4, 22)
        tip = Tip(
            "Standing dials",
            plain("They stay as set. All of them together may change once a quarter."),
        )
        holder.add(Label(note, "Free; one change a quarter", "secondary", theme.TEXT_3, tip=tip))
        below = pygame.Rect(area.x, note.bottom + 2, area.w, area.bottom - note.bottom - 2)
        self.list.fill(kit, holder, below, SECTIONS[self.section], self.offers[self.section])

    def show(self, section: int, key: str) -> None:
        """Show a row of a section."""
        self.section = section
        self.list.show(SECTIONS[section], key)

    def _choose_section(self, position: int) -> None:
        self.section = position
        self.redraw()
