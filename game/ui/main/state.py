"""The State tab: politics at home and the mandate, events that ask for an answer, what is said and known."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

import pygame

from game.ui.kit import Kit, Tabs, Widget
from game.ui.main.context import PlayContext
from game.ui.main.state_events import EventsView, asking
from game.ui.main.state_home import HomeView
from game.ui.main.state_signals import SignalsView

BAR = 34


class StateView(Protocol):
    """One of the views of the tab."""

    def give(self) -> None:
        """Do what G does."""

    def on_key(self, event: pygame.event.Event) -> bool:
        """React to a key that nothing else took."""

    def fill(self, kit: Kit, holder: Widget, area: pygame.Rect) -> None:
        """Add the view's widgets."""


class StateTab:
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
        self.views: tuple[StateView, ...] = (HomeView(play), EventsView(play, redraw), SignalsView(play, redraw))

    def renew(self) -> None:
        """Nothing is kept that the world changes."""

    def give(self) -> None:
        """Do what G does in the view that is shown."""
        self.views[self.view].give()

    def on_key(self, event: pygame.event.Event) -> bool:
        """React to a key of the view that is shown."""
        return self.views[self.view].on_key(event)

    def show(self, view: int) -> None:
        """Show another view."""
        self.view = view
        self.redraw()

    def fill(self, kit: Kit, holder: Widget, area: pygame.Rect) -> None:
        """Add the tab's widgets within `area`."""
        waiting = len(asking(self.play))
        names = ("At home", f"Events ({waiting})" if waiting else "Events", "Signals")
        bar = pygame.Rect(area.x, area.y, area.w, 32)
        holder.add(Tabs(bar, names, self.show, chosen=self.view, segmented=True, name="state views"))
        below = pygame.Rect(area.x, area.y + BAR + 4, area.w, area.h - BAR - 4)
        self.views[self.view].fill(kit, holder, below)
