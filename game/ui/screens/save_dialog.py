"""Naming a save."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import pygame

from game.core.errors import PaxError
from game.ui import theme
from game.ui.kit import Button, Modal, RichText, Span, TextField, plain
from game.ui.screens import games

if TYPE_CHECKING:
    from game.match import Match
    from game.ui.app import App

NOTE = 44


class SaveDialog(Modal):
    """Save under the name typed, or under the one proposed; an old save is replaced only when asked twice.

    Parameters
    ----------
    match : Match
        What is saved: the quarters played. Orders of the quarter at hand are not part of a save.
    seat : str
        Code of the player's place, for the name proposed.
    folder : Path
        Where saves lie.
    """

    def __init__(self, app: App, match: Match, seat: str, folder: Path) -> None:
        super().__init__("Save the game", f"In {folder}", icon="save", width=620)
        self.app = app
        self.match = match
        self.folder = folder
        when = "at the end" if match.over else games.quarter_words(match.quarter_title)
        self.proposed = f"{games.place_name(seat)} {when}"
        self.text = ""
        self._listening = False
        self.complaint = ""
        self._replacing: Path | None = None

    def body_height(self, width: int) -> int:
        """Field, note and answers."""
        return 34 + 12 + NOTE + 12 + 40

    def build_body(self, room: pygame.Rect) -> None:
        """Lay out field, note and answers; the field has the focus."""
        field = pygame.Rect(room.x, room.y, room.w, 34)
        self.add(TextField(field, self._typed, text=self.text, hint=self.proposed, icon="pencil",
                           on_enter=lambda _: self._save(), longest=games.LONGEST_NAME, name="name"))  # fmt: skip
        self.add(RichText(pygame.Rect(room.x, field.bottom + 12, room.w, NOTE), self._note(), name="note"))
        text = "Replace it" if self._replacing else "Save"
        save = pygame.Rect(room.right - 130, room.bottom - 40, 130, 40)
        self.add(Button(save.move(-142, 0), "Cancel", self.close, kind="ghost"))
        self.add(Button(save, text, self._save, kind="primary", name="save"))

    def handle(self, event: pygame.event.Event) -> bool:
        """Leave out the text of the key that opened the dialog: it arrives after it."""
        if event.type == pygame.KEYDOWN:
            self._listening = True
        if event.type == pygame.TEXTINPUT and not self._listening:
            return True
        return super().handle(event)

    def _note(self) -> Sequence[Span]:
        if self.complaint:
            return plain(self.complaint, "body", theme.BAD)
        if self._replacing is not None:
            return plain("There is a save of that name. Save again to replace it.", "body", theme.WARN)
        waiting = sum(len(self.match.queued(seat)) + len(self.match.words(seat)) for seat in self.match.human_seats)
        orders = f" Orders and words of this quarter are not part of it ({waiting} now)." if waiting else ""
        if self.match.quarter and self.match.round != 1 and not self.match.over:
            orders = " It holds this quarter as it began: its talks will be held again."
        played = _count(min(self.match.quarter, self.match.scenario.quarters), "quarter")
        return plain(f"Holds the {played} played.{orders}", "body", theme.TEXT_2)

    def _typed(self, text: str) -> None:
        self.text = text
        if self.complaint or self._replacing:
            self.complaint, self._replacing = "", None
            self.refresh()

    def _save(self) -> None:
        try:
            path = games.file_for(self.folder, self.text or self.proposed)
            if path.exists() and path != self._replacing:
                self._replacing = path
                self.refresh()
                return
            self.match.save(path)
        except PaxError as error:
            self.complaint = str(error)
            self.refresh()
            return
        self.close()
        self.app.toast(f"Saved as {path.name}.", "good")

    def refresh(self) -> None:
        """Make the widgets anew and leave the focus in the field."""
        super().refresh()
        self.set_focus(self.find("name"))


def _count(number: int, word: str) -> str:
    return f"{number} {word}" if number == 1 else f"{number} {word}s"
