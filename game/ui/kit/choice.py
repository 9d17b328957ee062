"""Choosing among options: checkbox and dropdown."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pygame

from game.ui import theme
from game.ui.kit.canvas import Canvas
from game.ui.kit.paint import Box
from game.ui.kit.tips import Tip
from game.ui.kit.widget import ACTIVATE, Widget, activated, pressed

ROW = 30
MOST_ROWS = 9


class Checkbox(Widget):
    """A choice between yes and no with its label."""

    focusable = True

    def __init__(
        self, rect: pygame.Rect, label: str, checked: bool, on_change: Callable[[bool], None], *, name: str = "",
        tip: Tip | None = None,
    ) -> None:  # fmt: skip
        super().__init__(rect, name=name or label, tip=tip)
        self.label = label
        self.checked = checked
        self.on_change = on_change

    def toggle(self) -> None:
        """Change and report it, or say what blocks it."""
        if self.explain_block():
            return
        self.checked = not self.checked
        self.mark_dirty()
        self.on_change(self.checked)

    def handle(self, event: pygame.event.Event) -> bool:
        if pressed(event) or activated(event):
            self.toggle()
            return True
        return False

    def draw_self(self, canvas: Canvas) -> None:
        tick = pygame.Rect(self.rect.x, self.rect.centery - 9, 18, 18)
        line = theme.NEUTRAL if self.hovered else theme.LINE_HI
        if self.checked:
            canvas.box(tick, Box(theme.TEXT_3 if self.blocked else theme.PAX, radius=4))
            canvas.icon("check", tick, theme.INK, 14)
        else:
            canvas.box(tick, Box(theme.WELL, line=line, radius=4))
        words = pygame.Rect(tick.right + 10, self.rect.y, self.rect.right - tick.right - 10, self.rect.h)
        canvas.text(self.label, words, "body", theme.TEXT_3 if self.blocked else theme.TEXT)


class Dropdown(Widget):
    """One of many options, shown in a list that opens below.

    Parameters
    ----------
    options : sequence of str
        What can be chosen.
    on_change : callable
        Gets the position of the newly chosen option.
    quiet : bool
        Without a border, as in the head of a panel.

    Notes
    -----
    Space, Enter, Up or Down open the list; there Up, Down, Home, End and first letters move, Enter chooses, Esc closes.
    """

    focusable = True

    def __init__(
        self, rect: pygame.Rect, options: Sequence[str], on_change: Callable[[int], None], *, chosen: int = 0,
        quiet: bool = False, name: str = "", tip: Tip | None = None,
    ) -> None:  # fmt: skip
        super().__init__(rect, name=name, tip=tip)
        self.options = tuple(options)
        self.on_change = on_change
        self.chosen = chosen
        self.quiet = quiet

    @property
    def opened(self) -> bool:
        """Whether the list is shown."""
        return bool(self.layer and isinstance(self.layer.popup, DropdownList) and self.layer.popup.owner is self)

    def open(self) -> None:
        """Show the list, or say what blocks it."""
        if self.layer and not self.explain_block():
            self.layer.open_popup(DropdownList(self))

    def choose(self, position: int) -> None:
        """Choose an option and report it if it was another."""
        if position != self.chosen:
            self.chosen = position
            self.mark_dirty()
            self.on_change(position)

    def handle(self, event: pygame.event.Event) -> bool:
        opens = event.type == pygame.KEYDOWN and event.key in (*ACTIVATE, pygame.K_UP, pygame.K_DOWN)
        if opens or pressed(event):
            self.open()
            return True
        return False

    def draw_self(self, canvas: Canvas) -> None:
        if not self.quiet:
            line = theme.NEUTRAL if self.hovered or self.opened else theme.LINE_HI
            canvas.box(self.rect, Box(theme.WELL, line=line, radius=theme.RADIUS_BUTTON))
        room = pygame.Rect(self.rect.x + 12, self.rect.y, self.rect.w - 40, self.rect.h)
        colour = theme.TEXT_3 if self.blocked else theme.TEXT_2 if self.quiet else theme.TEXT
        canvas.text(self.options[self.chosen], room, "body", colour, align="right" if self.quiet else "left",
                    ellipsis=True)  # fmt: skip
        canvas.icon("chevron-down", pygame.Rect(self.rect.right - 26, self.rect.y, 18, self.rect.h), colour, 16)


class DropdownList(Widget):
    """The open list of a dropdown."""

    def __init__(self, owner: Dropdown) -> None:
        self.owner = owner
        self.cursor = owner.chosen
        shown = min(MOST_ROWS, len(owner.options))
        text = owner.kit.text
        widest = max(text.width(option, "body") for option in owner.options)
        layout = owner.layout
        rect = pygame.Rect(owner.rect.x, owner.rect.bottom + 4, max(owner.rect.w, int(widest) + 50), shown * ROW + 8)
        if rect.bottom > layout.height - 4:
            rect.bottom = owner.rect.y - 4
        rect.clamp_ip(pygame.Rect(4, 4, layout.width - 8, layout.height - 8))
        super().__init__(rect)
        self.first = 0
        self._keep_cursor_in_view()

    def _keep_cursor_in_view(self) -> None:
        shown = (self.rect.h - 8) // ROW
        self.first = min(max(self.first, self.cursor - shown + 1), self.cursor)
        self.first = max(0, min(self.first, len(self.owner.options) - shown))

    def _row_at(self, point: tuple[int, int]) -> int | None:
        row = self.first + (point[1] - self.rect.y - 4) // ROW
        inside = self.rect.collidepoint(point) and 0 <= row < len(self.owner.options)
        return row if inside else None

    def handle(self, event: pygame.event.Event) -> bool:
        if event.type == pygame.KEYDOWN:
            self._key(event)
        elif event.type == pygame.MOUSEWHEEL:
            last = len(self.owner.options) - (self.rect.h - 8) // ROW
            self.first = max(0, min(last, self.first - event.y))
        elif event.type == pygame.MOUSEMOTION:
            row = self._row_at(event.pos)
            self.cursor = self.cursor if row is None else row
        elif pressed(event):
            row = self._row_at(event.pos)
            if row is not None:
                self._take(row)
        self.owner.mark_dirty()
        return True

    def _key(self, event: pygame.event.Event) -> None:
        last = len(self.owner.options) - 1
        moves = {pygame.K_UP: self.cursor - 1, pygame.K_DOWN: self.cursor + 1, pygame.K_HOME: 0, pygame.K_END: last,
                 pygame.K_PAGEUP: self.cursor - MOST_ROWS, pygame.K_PAGEDOWN: self.cursor + MOST_ROWS}  # fmt: skip
        if event.key in ACTIVATE:
            self._take(self.cursor)
        elif event.key in moves:
            self.cursor = max(0, min(last, moves[event.key]))
            self._keep_cursor_in_view()
        elif event.unicode:
            order = [*range(self.cursor + 1, last + 1), *range(self.cursor + 1)]
            letter = event.unicode.casefold()
            self.cursor = next((n for n in order if self.owner.options[n].casefold().startswith(letter)), self.cursor)
            self._keep_cursor_in_view()

    def _take(self, row: int) -> None:
        if self.layer:
            self.layer.close_popup()
        self.owner.choose(row)

    def draw_self(self, canvas: Canvas) -> None:
        canvas.box(self.rect.inflate(8, 8), Box(theme.INK, radius=12, alpha=110))
        canvas.box(self.rect, Box(theme.PANEL_HI, line=theme.LINE_HI, radius=theme.RADIUS_CARD))
        shown = (self.rect.h - 8) // ROW
        for place, option in enumerate(self.owner.options[self.first : self.first + shown]):
            number = self.first + place
            row = pygame.Rect(self.rect.x + 4, self.rect.y + 4 + place * ROW, self.rect.w - 8, ROW)
            if number == self.cursor:
                canvas.box(row, Box(theme.SEGMENT, radius=theme.RADIUS_BUTTON))
            if number == self.owner.chosen:
                canvas.icon("check", pygame.Rect(row.right - 24, row.y, 18, row.h), theme.PAX, 14)
            canvas.text(option, pygame.Rect(row.x + 8, row.y, row.w - 36, row.h), "body", ellipsis=True)
        if len(self.owner.options) > shown:
            reach = self.rect.h - 8
            length = max(20, reach * shown // len(self.owner.options))
            top = self.rect.y + 4 + (reach - length) * self.first // (len(self.owner.options) - shown)
            canvas.box(pygame.Rect(self.rect.right - 5, top, 3, length), Box(theme.LINE_HI, radius=1.5))
