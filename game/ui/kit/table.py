"""A table with a sortable head, in which rows can be chosen."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

import pygame

from game.ui import theme
from game.ui.kit.canvas import Canvas
from game.ui.kit.paint import Box
from game.ui.kit.scroll import BAR, WHEEL_STEP
from game.ui.kit.tips import Tip
from game.ui.kit.widget import ACTIVATE, Widget, activated, pressed
from game.ui.theme import Colour

HEAD_HEIGHT = 30
ROW_HEIGHT = 30


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its title, its share of the width, and how its cells stand.

    Attributes
    ----------
    share : float
        Relative width.
    figures : bool
        Figures stand right-aligned in tabular digits; words left-aligned, cut where too long.
    """

    title: str
    share: float = 1.0
    figures: bool = False
    tip: Tip | None = None


@dataclass(frozen=True, slots=True)
class Cell:
    """What a cell shows and by what it sorts; `icon` (or `flag`, an ISO3 code) stands before the text."""

    text: str
    order: float | str = ""
    colour: Colour = theme.TEXT
    icon: str = ""
    flag: str = ""
    tip: Tip | None = None


class Table(Widget):
    """Rows of cells under a head that sorts.

    Parameters
    ----------
    rows : sequence of sequences of Cell
        One cell for each column.
    on_choose : callable or None
        Gets the position of a row in `rows` when it is clicked, or chosen with Enter.
    sorted_by : int or None
        Column to sort by at first; None keeps the given order.

    Notes
    -----
    Tab visits the titles (Space or Enter sorts, again reverses) and then the rows (Up, Down, Page, Home, End, Enter).
    """

    def __init__(
        self, rect: pygame.Rect, columns: Sequence[Column], rows: Sequence[Sequence[Cell]],
        on_choose: Callable[[int], None] | None = None, *, sorted_by: int | None = None, descending: bool = False,
        on_sort: Callable[[int, bool], None] | None = None, name: str = "table",
    ) -> None:  # fmt: skip
        super().__init__(rect, name=name)
        self.columns = tuple(columns)
        self.rows = [tuple(row) for row in rows]
        self.on_choose = on_choose
        self.on_sort = on_sort
        self.sorted_by = sorted_by
        self.descending = descending
        self.chosen: int | None = None
        self.order = list(range(len(self.rows)))
        for number, place in enumerate(self.column_rects(HEAD_HEIGHT)):
            self.add(_Title(place, self, number))
        self.body = self.add(_Body(pygame.Rect(rect.x, rect.y + HEAD_HEIGHT, rect.w, rect.h - HEAD_HEIGHT), self))
        self._sort()

    def column_rects(self, height: int) -> list[pygame.Rect]:
        """Return the rect of each column at the top of the table, `height` logical px high."""
        total = sum(column.share for column in self.columns)
        width = self.rect.w - BAR
        edges, used = [self.rect.x], 0.0
        for column in self.columns:
            used += column.share
            edges.append(self.rect.x + int(width * used / total + 0.5))
        return [pygame.Rect(left, self.rect.y, right - left, height) for left, right in pairwise(edges)]

    def sort_by(self, column: int) -> None:
        """Sort by a column; the same one again reverses the order."""
        self.descending = not self.descending if self.sorted_by == column else self.columns[column].figures
        self.sorted_by = column
        self._sort()
        if self.on_sort:
            self.on_sort(column, self.descending)

    def _sort(self) -> None:
        self.order = list(range(len(self.rows)))
        column = self.sorted_by
        if column is not None:
            self.order.sort(key=lambda row: _sort_key(self.rows[row][column]), reverse=self.descending)
        self.mark_dirty()


def _sort_key(cell: Cell) -> tuple[bool, float, str]:
    if isinstance(cell.order, str):
        return True, 0.0, (cell.order or cell.text).casefold()
    return False, cell.order, ""


class _Title(Widget):
    """The title of a column."""

    focusable = True
    focus_outset = -1

    def __init__(self, rect: pygame.Rect, table: Table, column: int) -> None:
        super().__init__(rect, name=f"{table.name} sort {table.columns[column].title}", tip=table.columns[column].tip)
        self.table = table
        self.column = column

    def handle(self, event: pygame.event.Event) -> bool:
        if pressed(event) or activated(event):
            self.table.sort_by(self.column)
            return True
        return False

    def draw_self(self, canvas: Canvas) -> None:
        column = self.table.columns[self.column]
        sorting = self.table.sorted_by == self.column
        colour = theme.TEXT if self.hovered or sorting else theme.TEXT_3
        room = self.rect.inflate(-16, 0)
        mark = pygame.Rect(room.right - 14, room.y, 14, room.h)
        words = pygame.Rect(room.x, room.y, room.w - (16 if sorting else 0), room.h)
        align = "right" if column.figures else "left"
        canvas.text(column.title, words, "secondary", colour, align=align, ellipsis=True)
        if sorting:
            canvas.icon("chevron-down" if self.table.descending else "chevron-up", mark, colour, 14)
        canvas.horizontal(self.rect.x, self.rect.bottom - 1, self.rect.w)

    def tip_at(self, point: tuple[int, int]) -> Tip | None:
        return self.tip or Tip(self.table.columns[self.column].title)


class _Body(Widget):
    """The rows, of which only those in view are drawn."""

    focusable = True
    focus_outset = -1

    def __init__(self, rect: pygame.Rect, table: Table) -> None:
        super().__init__(rect, name=f"{table.name} rows")
        self.table = table
        self.cursor = 0
        self.offset = 0
        self._over = -1
        self._grip: int | None = None

    @property
    def _furthest(self) -> int:
        return max(0, len(self.table.rows) * ROW_HEIGHT - self.rect.h)

    def _row_at(self, point: tuple[int, int]) -> int:
        row = (point[1] - self.rect.y + self.offset) // ROW_HEIGHT
        return row if 0 <= row < len(self.table.order) and self.rect.collidepoint(point) else -1

    def _scroll_to(self, offset: int) -> None:
        self.offset = max(0, min(self._furthest, offset))
        self.mark_dirty()

    def _bar(self) -> pygame.Rect:
        length = max(24, self.rect.h * self.rect.h // max(1, len(self.table.rows) * ROW_HEIGHT))
        top = self.rect.y + (self.rect.h - length) * self.offset // max(1, self._furthest)
        return pygame.Rect(self.rect.right - 6, top, 4, length)

    def _choose(self, row: int) -> None:
        self.cursor = row
        self.table.chosen = self.table.order[row]
        self.mark_dirty()
        if self.table.on_choose:
            self.table.on_choose(self.table.chosen)

    def handle(self, event: pygame.event.Event) -> bool:
        if event.type == pygame.KEYDOWN:
            return self._key(event.key)
        if event.type == pygame.MOUSEWHEEL:
            before = self.offset
            self._scroll_to(self.offset - event.y * WHEEL_STEP)
            return self.offset != before
        if event.type == pygame.MOUSEMOTION and self._grip is None:
            self._over = self._row_at(event.pos)
            self.mark_dirty()
            return False
        if pressed(event) and self._furthest and event.pos[0] >= self.rect.right - BAR:
            self._grip = event.pos[1] - self._bar().y
            return True
        if self._grip is not None:
            return self._drag(event)
        if pressed(event) and self._row_at(event.pos) >= 0:
            self._choose(self._row_at(event.pos))
            return True
        return False

    def _drag(self, event: pygame.event.Event) -> bool:
        if event.type == pygame.MOUSEBUTTONUP:
            self._grip = None
        elif event.type == pygame.MOUSEMOTION and self._grip is not None:
            travel = max(1, self.rect.h - self._bar().h)
            self._scroll_to((event.pos[1] - self._grip - self.rect.y) * self._furthest // travel)
        return True

    def _key(self, key: int) -> bool:
        last = len(self.table.order) - 1
        page = max(1, self.rect.h // ROW_HEIGHT - 1)
        moves = {pygame.K_UP: self.cursor - 1, pygame.K_DOWN: self.cursor + 1, pygame.K_HOME: 0, pygame.K_END: last,
                 pygame.K_PAGEUP: self.cursor - page, pygame.K_PAGEDOWN: self.cursor + page}  # fmt: skip
        if last < 0 or key not in (*moves, *ACTIVATE):
            return False
        if key in moves:
            self.cursor = max(0, min(last, moves[key]))
            top = self.cursor * ROW_HEIGHT
            self._scroll_to(min(top, max(self.offset, top + ROW_HEIGHT - self.rect.h)))
        else:
            self._choose(self.cursor)
        return True

    def draw_children(self, canvas: Canvas) -> None:
        with canvas.scrolled(self.rect):
            first = self.offset // ROW_HEIGHT
            for place in range(first, min(len(self.table.order), (self.offset + self.rect.h) // ROW_HEIGHT + 1)):
                self._draw_row(canvas, place)
        if self._furthest:
            canvas.box(self._bar(), Box(theme.NEUTRAL if self.hovered else theme.LINE_HI, radius=2))

    def _draw_row(self, canvas: Canvas, place: int) -> None:
        top = self.rect.y + place * ROW_HEIGHT - self.offset
        whole = pygame.Rect(self.rect.x, top, self.rect.w - BAR, ROW_HEIGHT)
        row = self.table.order[place]
        if row == self.table.chosen:
            canvas.box(whole, Box(theme.SELECTED, line=theme.PAX, radius=theme.RADIUS_BUTTON))
        elif (place == self._over and self.hovered) or (place == self.cursor and self.focused):
            canvas.box(whole, Box(theme.CARD_HI, radius=theme.RADIUS_BUTTON))
        for column, cell, column_rect in zip(
            self.table.columns, self.table.rows[row], self.table.column_rects(ROW_HEIGHT), strict=True
        ):
            room = pygame.Rect(column_rect.x + 8, top, column_rect.w - 16, ROW_HEIGHT)
            self._draw_cell(canvas, column, cell, room)

    @property
    def _indent(self) -> int:
        """Room for a picture before the words; country codes are wider than flags."""
        return 34 if self.kit.appearance.country_codes else 26

    def _draw_cell(self, canvas: Canvas, column: Column, cell: Cell, room: pygame.Rect) -> None:
        if cell.flag or cell.icon:
            picture = pygame.Rect(room.x, room.centery - 9, 18, 18)
            if cell.flag:
                canvas.flag(cell.flag, picture)
            else:
                canvas.icon(cell.icon, picture, cell.colour, 16)
            indent = self._indent
            room = pygame.Rect(room.x + indent, room.y, room.w - indent, room.h)
        canvas.text(cell.text, room, "figure" if column.figures else "body", cell.colour,
                    align="right" if column.figures else "left", ellipsis=not column.figures)  # fmt: skip

    def tip_at(self, point: tuple[int, int]) -> Tip | None:
        place = self._row_at(point)
        if place < 0:
            return None
        columns = self.table.column_rects(ROW_HEIGHT)
        number = next((n for n, rect in enumerate(columns) if rect.x <= point[0] < rect.right), -1)
        if number < 0:
            return None
        cell = self.table.rows[self.table.order[place]][number]
        if cell.tip or self.table.columns[number].figures:
            return cell.tip
        room = columns[number].w - 16 - (self._indent if cell.icon or cell.flag else 0)
        return Tip(cell.text) if self.kit.text.width(cell.text, "body") > room else None
