"""A panel that lives as long as the main screen: its choices stay while its widgets are made anew."""

from __future__ import annotations

import pygame

from game.ui.kit import Kit, Panel, Widget
from game.ui.main.context import PlayContext
from game.ui.main.refill import refill
from game.ui.theme import Layout


class FilledPanel:
    """The base of panels of the main screen. A subclass overrides `fill`.

    Parameters
    ----------
    play : PlayContext
        The game and the seat.

    Attributes
    ----------
    title : str
        In the panel's head; empty where the subclass draws its own.
    name : str
        Of the panel's widget.
    """

    title = ""
    name = ""

    def __init__(self, play: PlayContext) -> None:
        self.play = play
        self._made: tuple[Kit, Layout, Panel] | None = None

    def build(self, kit: Kit, layout: Layout, area: pygame.Rect) -> Widget:
        """Make the panel for `area`; what was chosen in it is kept."""
        panel = Panel(area, self.title, padding=layout.padding, name=self.name)
        self._made = (kit, layout, panel)
        self.fill(kit, layout, panel)
        return panel

    def fill(self, kit: Kit, layout: Layout, panel: Panel) -> None:
        """Add the widgets. Overridden."""

    def redraw(self) -> None:
        """Make the panel's widgets anew after a choice within it."""
        if self._made:
            kit, layout, panel = self._made
            refill(panel, lambda: self.fill(kit, layout, panel))

    def focus(self, name: str) -> None:
        """Give the keyboard to the widget of that name."""
        panel = self._made[2] if self._made else None
        if panel and panel.layer:
            panel.layer.set_focus(next((widget for widget in panel.walk() if widget.name == name), None))


def plain_key(event: pygame.event.Event) -> bool:
    """Whether a key was pressed, without Ctrl or Alt."""
    return event.type == pygame.KEYDOWN and not event.mod & (pygame.KMOD_CTRL | pygame.KMOD_ALT)
