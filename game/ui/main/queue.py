"""The orders given this quarter: what each takes, taking one back, undo and redo."""

from __future__ import annotations

from functools import partial

import pygame

from game.parley import Queued
from game.ui import theme
from game.ui.kit import Button, Icon, Kit, Label, ListView, RichText, Tip, Widget, plain
from game.ui.kit.tips import Term
from game.ui.main.context import PlayContext
from game.ui.main.order_words import count, money, order_icon, order_words

HEAD, ROW = 30, 28


class QueueList:
    """Makes the widgets of the queue."""

    def __init__(self, play: PlayContext) -> None:
        self.play = play
        self._list: ListView | None = None

    @staticmethod
    def height(rows: int) -> int:
        """Height in logical px with room for so many orders before they scroll.

        It is the same however many there are: what lies above must not move between two clicks.
        """
        return HEAD + 6 + ROW * rows

    def fill(self, kit: Kit, holder: Widget, area: pygame.Rect) -> None:
        """Add head and rows within `area`."""
        queued = self.play.match.queued(self.play.seat)
        self._head(holder, pygame.Rect(area.x, area.y, area.w, HEAD - 2), bool(queued))
        room = pygame.Rect(area.x - 2, area.y + HEAD, area.w + 12, area.h - HEAD)
        if not queued:
            note = plain(f"None yet. Sealed until the {self.play.turn} ends.", "secondary", theme.TEXT_3)
            holder.add(RichText(pygame.Rect(area.x + 2, room.y, area.w - 4, room.h), note))
            return
        offset = self._list.offset if self._list else 0
        rows = holder.add(ListView(room, gap=0, name="queue", offset=offset))
        for position, each in enumerate(queued):
            rows.append(ROW, partial(self._row, position, each))
        self._list = rows

    def _head(self, holder: Widget, head: pygame.Rect, some: bool) -> None:
        """The title, undo and redo."""
        words = f"Queued this {self.play.turn}"
        holder.add(Label(pygame.Rect(head.x + 2, head.y, head.w - 76, head.h), words, "section"))
        redo = pygame.Rect(head.right - 34, head.y, 34, 28)
        taken = Tip("Undo (Z)", plain("Takes back the last order."), blocked="" if some else "No order to take back.")
        again = Tip("Redo (Y)", plain("Gives again what was taken back."))
        for rect, icon, act, tip in (
            (redo.move(-36, 0), "undo-2", self.play.undo, taken),
            (redo, "redo-2", self.play.redo, again),
        ):
            holder.add(Button(rect, "", act, kind="icon", icon=icon, name=icon.removesuffix("-2"), tip=tip))

    def _row(self, position: int, queued: Queued, rect: pygame.Rect) -> Widget:
        row = Widget(rect, name=f"queued {position}")
        words = order_words(queued.order, self.play.match.scenario)
        price = money(queued.money) if queued.money > 0 else "—"
        row.add(Icon(pygame.Rect(rect.x, rect.y, 20, rect.h), order_icon(queued.order), theme.TEXT_2, size=16))
        tip = Tip(words, terms=(Term("Money", price), Term("Capital", f"{queued.capital:g}")))
        cross = pygame.Rect(rect.right - 28, rect.y, 28, rect.h)
        label = pygame.Rect(rect.x + 28, rect.y, cross.x - rect.x - 28 - 62, rect.h)
        row.add(Label(label, words, "body", ellipsis=True, tip=tip))
        row.add(
            Label(pygame.Rect(cross.x - 62, rect.y, 58, rect.h), price, "figure", theme.TEXT_2, align="right", tip=tip)
        )
        remove = Tip("Take back", plain(f"{words}: returns {price} and {count(queued.capital, 'point')} of capital."))
        row.add(
            Button(
                cross,
                "",
                partial(self.play.withdraw, position),
                kind="icon",
                icon="x",
                name=f"remove {position}",
                tip=remove,
            )
        )
        return row
