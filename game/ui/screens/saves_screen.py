"""The saved games: choose one to go on with, or delete it."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from pathlib import Path

import pygame

from game.ui import theme
from game.ui.app import App
from game.ui.kit import (
    Answer,
    Button,
    Card,
    CardFace,
    KeyHints,
    Label,
    ListView,
    Message,
    Panel,
    Screen,
    Tip,
    Widget,
    plain,
    pressed,
)
from game.ui.screens import games, routes
from game.ui.theme import Layout

ROW = 60
WIDTH = 900


class SaveCard(Card):
    """A card that a click chooses, and that Space or Enter loads."""

    def handle(self, event: pygame.event.Event) -> bool:
        return pressed(event) or super().handle(event)


class SavesScreen(Screen):
    """A list of saves, the newest first; a damaged one says what is wrong with it.

    Parameters
    ----------
    folder : Path
        Where saves lie.
    entries : list of SaveEntry or None
        What they hold; None reads them beside the frame.
    """

    toast_foot = 64
    keys = (("Up, Down", "Move in the list"), ("Enter", "Load"), ("Delete", "Delete the save"), ("Esc", "Back"))

    def __init__(self, folder: Path, entries: list[games.SaveEntry] | None = None) -> None:
        super().__init__()
        self.folder = folder
        self.entries = entries
        self.chosen: Path | None = entries[0].path if entries else None
        self._offset = 0

    def enter(self, app: App) -> None:
        """Begin to read what the saves hold."""
        super().enter(app)
        if self.entries is None:
            self._read()

    def _read(self) -> None:
        self.app.run_in_background(lambda: games.describe_all(self.folder), self._take)

    def _take(self, entries: list[games.SaveEntry]) -> None:
        self.entries = entries
        if self.chosen not in [entry.path for entry in entries]:
            self.chosen = entries[0].path if entries else None
        if self in self.app.screens:
            self.refresh()
            self._focus_chosen()

    def _focus_chosen(self) -> None:
        if self.chosen is not None:
            self.set_focus(self.find(self.chosen.name))

    # --- looks

    def build(self, layout: Layout) -> None:
        width = min(WIDTH, layout.width - 40)
        x, top = (layout.width - width) // 2, 36 if layout.compact else 60
        self.add(Label(pygame.Rect(x, top, width, 48), "Saved games", "screen"))
        foot = layout.height - 68
        panel = self.add(Panel(pygame.Rect(x, top + 60, width, foot - top - 76)))
        self._build_list(panel)
        self.add(KeyHints(pygame.Rect(x, foot + 12, width - 480, 24), (("Enter", "load"), ("Del", "delete"))))
        self._build_answers(x + width, foot)

    def _build_list(self, panel: Panel) -> None:
        if not self.entries:
            words = "Reading…" if self.entries is None else "There are no saved games yet. Every quarter is saved."
            panel.add(Label(pygame.Rect(panel.body.x, panel.body.y, panel.body.w, 26), words, "reading", theme.TEXT_2))
            return
        view = panel.add(ListView(panel.body, name="saves", offset=self._offset))
        for entry in self.entries:
            view.append(ROW, partial(self._card, entry))

    def _card(self, entry: games.SaveEntry, row: pygame.Rect) -> Card:
        when = datetime.fromtimestamp(entry.saved).strftime("%d %b %Y  %H:%M")
        if entry.problem:
            face = CardFace(entry.name, entry.problem, "triangle-alert", theme.BAD, under_figure=when)
        else:
            kind = "saved by itself" if entry.automatic else entry.name
            face = CardFace(f"{entry.nation or 'Nobody'}, {entry.progress}", kind, flag=entry.seat, icon="bot",
                            figure=entry.scenario, under_figure=when)  # fmt: skip
        tip = Tip(entry.path.name, plain(entry.problem or f"{entry.scenario}, seed {entry.seed}."))
        return SaveCard(row, face, self._load, selected=entry.path == self.chosen, cuts=True,
                        name=entry.path.name, tip=tip)  # fmt: skip

    def _build_answers(self, right: int, y: int) -> None:
        blocked = self._why_not()
        tip = Tip("Load", blocked=blocked) if blocked else None
        load = pygame.Rect(right - 160, y, 160, theme.PRIMARY_HEIGHT)
        delete, back = pygame.Rect(load.x - 142, y, 130, 48), pygame.Rect(load.x - 284, y, 130, 48)
        self.add(Button(back, "Back", self._back, kind="ghost"))
        none = Tip("Delete", blocked="No save is chosen.") if self.chosen is None else None
        self.add(Button(delete, "Delete", self._ask_delete, kind="ghost", icon="trash-2", tip=none))
        self.add(Button(load, "Load", self._load, kind="primary", tip=tip))

    def _why_not(self) -> str:
        entry = self._entry()
        if entry is None:
            return "No save is chosen."
        if entry.problem:
            return f"This file cannot be read: {entry.problem}."
        return "" if entry.seat else "No person holds a seat in this game."

    def _entry(self) -> games.SaveEntry | None:
        return next((entry for entry in self.entries or () if entry.path == self.chosen), None)

    # --- what can be done

    def set_focus(self, widget: Widget | None, *, ring: bool = True) -> None:
        """Give the keyboard to a widget; a card that gets it is the chosen one."""
        super().set_focus(widget, ring=ring)
        path = self.folder / widget.name if isinstance(widget, SaveCard) else self.chosen
        if path != self.chosen:
            self.chosen = path
            view = self.find("saves")
            self._offset = view.offset if isinstance(view, ListView) else 0
            self.refresh()

    def _load(self) -> None:
        if self.chosen is not None and not self._why_not():
            routes.load_game(self.app, self.chosen)

    def _back(self) -> None:
        self.app.pop()

    def _ask_delete(self) -> None:
        entry = self._entry()
        if entry is None:
            return
        words = plain(f"{entry.path.name} cannot be brought back.", "reading")
        answers = (Answer("Keep it"), Answer("Delete", partial(self._delete, entry.path), "ghost"))
        self.app.open_modal(Message("Delete this save?", words, answers, icon="trash-2", colour=theme.BAD))

    def _delete(self, path: Path) -> None:
        try:
            path.unlink(missing_ok=True)
        except OSError as error:
            self.app.toast(f"{path.name} could not be deleted: {error.strerror}.", "error")
        self._read()

    def on_event(self, event: pygame.event.Event) -> bool:
        """Delete, and arrows while no card has the focus."""
        if event.type != pygame.KEYDOWN:
            return False
        if event.key == pygame.K_DELETE:
            self._ask_delete()
            return True
        if event.key in (pygame.K_UP, pygame.K_DOWN) and self.entries:
            self._focus_chosen()
            return True
        return False
