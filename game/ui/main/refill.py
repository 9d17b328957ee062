"""Panels that rebuild only themselves, and lists of which Tab visits one row: choosing must not rebuild the board."""

from __future__ import annotations

from collections.abc import Callable

import pygame

from game.ui.kit import ListView, Widget


def refill(holder: Widget, fill: Callable[[], None]) -> None:
    """Empty a widget and let `fill` add its children anew; the focus stays with the child of the same name."""
    layer = holder.layer
    focus = layer.focus if layer else None
    name = focus.name if focus and any(widget is focus for widget in holder.walk()) else ""
    ring = layer.shows_focus if layer else False
    holder.clear()
    fill()
    if layer and name:
        found = next((widget for widget in holder.walk() if widget.focusable and widget.name == name), None)
        if found:
            layer.set_focus(found, ring=ring)


class ChoiceList(ListView):
    """A list of which Tab visits only the current row; Up, Down, Home, End and the page keys choose another.

    Parameters
    ----------
    keys : list of str
        What each row stands for, in order.
    current : str
        The row that is chosen.
    on_move : callable
        Gets the key of the row to choose.
    """

    def __init__(
        self,
        rect: pygame.Rect,
        keys: list[str],
        current: str,
        on_move: Callable[[str], None],
        *,
        gap: int = 6,
        name: str = "",
        offset: int = 0,
    ) -> None:
        super().__init__(rect, gap=gap, name=name, offset=offset)
        self.keys = keys
        self.current = current
        self.on_move = on_move

    def row_name(self, key: str) -> str:
        """Name for the widget of a row: the current one keeps its name, so that the focus moves with the choice."""
        return f"{self.name} current" if key == self.current else f"{self.name} {key}"

    def _key(self, key: int) -> bool:
        moves = {
            pygame.K_UP: -1,
            pygame.K_DOWN: 1,
            pygame.K_PAGEUP: -5,
            pygame.K_PAGEDOWN: 5,
            pygame.K_HOME: -len(self.keys),
            pygame.K_END: len(self.keys),
        }
        if key not in moves or not self.keys:
            return False
        now = self.keys.index(self.current) if self.current in self.keys else 0
        place = max(0, min(len(self.keys) - 1, now + moves[key]))
        if self.keys[place] != self.current:
            self.on_move(self.keys[place])
        return True
