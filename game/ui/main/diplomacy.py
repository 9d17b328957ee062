"""The Diplomacy tab: talks of the quarter, contracts in force, blocs, and how all stand to one another."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

import pygame

from game.ui.kit import Kit, Tabs, Widget
from game.ui.main.context import PlayContext
from game.ui.main.diplomacy_blocs import BlocsView
from game.ui.main.diplomacy_contracts import ContractsView
from game.ui.main.diplomacy_relations import RelationsView
from game.ui.main.diplomacy_talks import TalksView

NAMES = ("Talks", "Contracts", "Blocs", "Relations")
BAR = 34


class DiplomacyView(Protocol):
    """One of the views of the tab."""

    def renew(self) -> None:
        """Forget what depends on the world and on what was said."""

    def give(self) -> None:
        """Do what G does."""

    def fill(self, kit: Kit, holder: Widget, area: pygame.Rect) -> None:
        """Add the view's widgets."""


class DiplomacyTab:
    """Keeps which view is shown; makes the widgets of the tab.

    Parameters
    ----------
    play : PlayContext
        The game.
    redraw : callable
        Rebuilds the orders panel.
    """

    def __init__(self, play: PlayContext, redraw: Callable[[], None]) -> None:
        self.play, self.redraw = play, redraw
        self.view = 0
        self.talks = TalksView(play, redraw)
        self.contracts = ContractsView(play, redraw, self.talks)
        self.views: tuple[DiplomacyView, ...] = (
            self.talks,
            self.contracts,
            BlocsView(play, redraw),
            RelationsView(play, redraw, self.talks),
        )

    def renew(self) -> None:
        """Forget what depends on the world and on what was said."""
        for view in self.views:
            view.renew()

    def give(self) -> None:
        """Do what G does in the view that is shown."""
        self.views[self.view].give()

    def show(self, view: int) -> None:
        """Show another view."""
        self.view = view
        self.redraw()

    def fill(self, kit: Kit, holder: Widget, area: pygame.Rect) -> None:
        """Add the tab's widgets within `area`."""
        bar = pygame.Rect(area.x, area.y, area.w, 32)
        asked = sum(motion.vote is None for motion in self.play.match.motions(self.play.seat))
        names = [f"{name} ({asked})" if name == "Blocs" and asked else name for name in NAMES]
        holder.add(Tabs(bar, names, self.show, chosen=self.view, segmented=True, name="diplomacy views"))
        below = pygame.Rect(area.x, area.y + BAR + 4, area.w, area.h - BAR - 4)
        self.views[self.view].fill(kit, holder, below)
