"""A view of cards in a list with the chosen one's detail below: what is chosen and how far it is scrolled are kept."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from functools import partial
from typing import Generic, Protocol, TypeVar

import pygame

from game.ui.kit import Card, Widget
from game.ui.main.refill import ChoiceList

CARD, DETAIL, TALLEST = 50, 178, 300


class Keyed(Protocol):
    """What can be told from others in a list."""

    @property
    def key(self) -> str:
        """Stays the same while the list is rebuilt."""


R = TypeVar("R", bound=Keyed)


class CardsView(ABC, Generic[R]):
    """Keeps the choice; lays out list and detail.

    Parameters
    ----------
    name : str
        Of the list.
    redraw : callable
        Rebuilds the panel.

    Attributes
    ----------
    current : str
        Key of the row that was chosen last.
    """

    def __init__(self, name: str, redraw: Callable[[], None]) -> None:
        self.name, self.redraw = name, redraw
        self.current = ""
        self._list: ChoiceList | None = None
        self._moved = False

    @property
    @abstractmethod
    def rows(self) -> Sequence[R]:
        """What is listed."""

    @abstractmethod
    def card(self, view: ChoiceList, row: R, rect: pygame.Rect) -> Card:
        """The card of a row."""

    @property
    def chosen(self) -> R | None:
        """The row whose detail is shown."""
        return next((row for row in self.rows if row.key == self.current), self.rows[0] if self.rows else None)

    def choose(self, key: str) -> None:
        """Show the detail of another row."""
        self.current, self._moved = key, True
        self.redraw()

    def fill_list(self, holder: Widget, body: pygame.Rect, row: R) -> pygame.Rect:
        """Add the list, `row` chosen; returns the room for its detail."""
        self.current = row.key
        needed = 4 + len(self.rows) * (CARD + 6)
        height = min(max(DETAIL, min(body.h - needed - 8, TALLEST)), body.h - CARD - 16)
        room = min(needed, body.h - height - 8)
        offset = self._list.offset if self._list else 0
        keys = [each.key for each in self.rows]
        place = pygame.Rect(body.x - 2, body.y, body.w + 12, room)
        view = holder.add(ChoiceList(place, keys, row.key, self.choose, name=self.name, offset=offset))
        for each in self.rows:
            view.append(CARD, partial(self.card, view, each))
        self._list = view
        if self._moved:
            view.reveal(view.children[keys.index(row.key)].rect)
        self._moved = False
        return pygame.Rect(body.x, body.y + room + 8, body.w, height)
