"""Strategies of single rivals, chosen one by one before a game."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from functools import partial

import pygame

from game.core.scenario import Scenario
from game.ui.kit import Button, Dropdown, Flag, Label, Modal, Tip, plain
from game.ui.screens.games import place_name

ROW, FOOT = 40, 56
AS_THE_REST = "as the rest"


class RivalsModal(Modal):
    """A list of nations in two columns, each with its strategy; a choice counts at once.

    Parameters
    ----------
    mine : seats that the player steers; they are left out.
    strategies : motto by name.
    apart : strategy by seat, of those that differ from the rest; changed in place.
    on_close : called when the list is closed.
    """

    def __init__(
        self,
        scenario: Scenario,
        mine: Collection[str],
        strategies: Mapping[str, str],
        apart: dict[str, str],
        on_close: Callable[[], None],
    ) -> None:
        words = "Every nation that is not named here plays as the rest do."
        super().__init__("Rivals one by one", words, icon="users", width=860, on_close=on_close)
        self.seats = [seat for seat in scenario.seats if seat not in mine]
        self.strategies = strategies
        self.apart = apart

    def body_height(self, width: int) -> int:
        return -(-len(self.seats) // 2) * ROW + FOOT

    def build_body(self, room: pygame.Rect) -> None:
        rows = -(-len(self.seats) // 2)
        width = (room.w - 24) // 2
        for number, seat in enumerate(self.seats):
            column, row = divmod(number, rows)
            self._seat(seat, pygame.Rect(room.x + column * (width + 24), room.y + row * ROW, width, ROW - 6))
        done = pygame.Rect(room.right - 120, room.bottom - 40, 120, 40)
        self.add(Button(done, "Done", self.close, kind="primary", name="done"))
        self.add(Button(done.move(-152, 0), "All as the rest", self._clear, kind="ghost", name="clear"))

    def _seat(self, seat: str, room: pygame.Rect) -> None:
        names = list(self.strategies)
        self.add(Flag(pygame.Rect(room.x, room.y + 4, 26, 26), seat))
        self.add(Label(pygame.Rect(room.x + 36, room.y, 160, room.h), place_name(seat), "body", ellipsis=True))
        chosen = names.index(self.apart[seat]) + 1 if self.apart.get(seat) in names else 0
        mottos = "\n".join(f"{name}: {motto}" for name, motto in self.strategies.items())
        self.add(
            Dropdown(
                pygame.Rect(room.x + 200, room.y, room.w - 200, room.h),
                [AS_THE_REST, *names],
                partial(self._choose, seat),
                chosen=chosen,
                name=f"rival {seat}",
                tip=Tip(place_name(seat), plain(mottos)),
            )
        )

    def _choose(self, seat: str, position: int) -> None:
        if position:
            self.apart[seat] = list(self.strategies)[position - 1]
        else:
            self.apart.pop(seat, None)

    def _clear(self) -> None:
        self.apart.clear()
        self.refresh()
