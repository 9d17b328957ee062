"""Saves: kept each quarter, named, listed, loaded, deleted, and those that break."""

import os

import pygame
import pytest

from game.core.errors import PaxError
from game.match import Match
from game.ui.screens import games, routes
from game.ui.screens.save_dialog import SaveDialog
from game.ui.screens.saves_screen import SavesScreen
from game.ui.screens.title import TitleScreen
from tests.ui.screens.steps import click, press, shows, wait_for


def test_the_last_eight_quarters_are_kept_and_named_saves_stay(folder, match):
    match.save(folder / "mine.paxsave")
    autosave = games.Autosave(folder, pytest.fail)
    for number in range(10):
        old = folder / f"auto-jpn-{number}.paxsave"
        old.write_bytes(b"old")
        os.utime(old, (number, number))
    autosave(match)
    kept = sorted(path.name for path in folder.glob("auto-*"))
    assert len(kept) == 8
    assert "auto-jpn-7-2026Q4.paxsave" in kept
    assert (folder / "mine.paxsave").exists()


def test_a_failing_autosave_reports_a_line_and_does_not_stop_the_game(tmp_path, match):
    lines = []
    games.Autosave(tmp_path / "nowhere", lines.append)(match)
    assert len(lines) == 1
    assert lines[0].startswith("This quarter could not be saved")


@pytest.mark.parametrize("name", ["", "  ", "a/b", "..", "what?", "auto-mine", "x" * 61, "line\nbreak"])
def test_a_name_that_cannot_be_a_file_is_refused(tmp_path, name):
    with pytest.raises(PaxError):
        games.file_for(tmp_path, name)


def test_a_save_is_described_without_loading_it(folder, match):
    match.save(folder / "Before the embargo.paxsave")
    entry = games.describe(folder / "Before the embargo.paxsave")
    assert (entry.name, entry.nation, entry.seed) == ("Before the embargo", "Japan", 7)
    assert entry.progress == "Q4 2026, quarter 4 of 32"
    assert not entry.automatic


def test_saving_asks_before_it_replaces(app, folder, match):
    app.push(TitleScreen(folder))
    app.open_modal(SaveDialog(app, match, "JPN", folder))
    press(app, pygame.K_RETURN, "\r")
    path = folder / "Japan Q4 2026.paxsave"
    first = path.stat().st_mtime_ns
    app.open_modal(SaveDialog(app, match, "JPN", folder))
    press(app, pygame.K_RETURN, "\r")
    assert app.modals
    assert path.stat().st_mtime_ns == first
    press(app, pygame.K_RETURN, "\r")
    assert not app.modals
    assert path.stat().st_mtime_ns > first


def test_a_bad_name_is_explained_in_the_dialog(app, folder, match):
    app.push(TitleScreen(folder))
    dialog = SaveDialog(app, match, "JPN", folder)
    app.open_modal(dialog)
    dialog.find("name").set_text("a/b")
    press(app, pygame.K_RETURN, "\r")
    assert "may not" in dialog.complaint
    assert list(folder.iterdir()) == []


def test_the_text_of_the_key_that_opens_the_dialog_is_not_part_of_the_name(app, folder, match):
    app.push(TitleScreen(folder))
    dialog = SaveDialog(app, match, "JPN", folder)
    app.open_modal(dialog)
    app.handle(pygame.event.Event(pygame.TEXTINPUT, text="s"))
    assert dialog.text == ""
    press(app, pygame.K_b, "b")
    app.handle(pygame.event.Event(pygame.TEXTINPUT, text="b"))
    assert dialog.text == "b"


def test_a_save_is_chosen_by_click_or_arrows_and_loaded_by_enter(app, folder, match, monkeypatch):
    loaded = []
    monkeypatch.setattr(routes, "load_game", lambda app, path: loaded.append(path.name))
    for age, name in enumerate(("c", "b", "a")):
        match.save(folder / f"{name}.paxsave")
        os.utime(folder / f"{name}.paxsave", (100 + age, 100 + age))
    app.push(SavesScreen(folder, games.describe_all(folder)))
    click(app, app.screen.find("b.paxsave"))
    assert (app.screen.chosen.name, loaded) == ("b.paxsave", [])
    press(app, pygame.K_DOWN)
    press(app, pygame.K_RETURN, "\r")
    assert (app.screen.chosen.name, loaded) == ("c.paxsave", ["c.paxsave"])


def test_a_damaged_save_is_listed_with_its_problem_and_cannot_be_loaded(app, folder):
    (folder / "broken.paxsave").write_bytes(b"PK\x03\x04 half a file")
    app.push(TitleScreen(folder))
    app.push(SavesScreen(folder))
    wait_for(app, lambda: app.screen.entries is not None)
    assert "damaged" in app.screen.entries[0].problem
    assert app.screen.find("Load").blocked
    press(app, pygame.K_RETURN, "\r")
    assert isinstance(app.screen, SavesScreen)


def test_a_save_that_breaks_after_listing_changes_nothing_and_says_why(app, folder, match):
    path = folder / "one.paxsave"
    match.save(path)
    app.push(SavesScreen(folder, games.describe_all(folder)))
    path.write_bytes(b"gone bad")
    press(app, pygame.K_DOWN)
    press(app, pygame.K_RETURN, "\r")
    wait_for(app, shows(app, SavesScreen))
    assert [toast.text for toast in app.toasts.toasts] == [f"{path}: not a Pax Silica save"]


def test_deleting_a_save_asks_first(app, folder, match):
    match.save(folder / "one.paxsave")
    app.push(SavesScreen(folder, games.describe_all(folder)))
    press(app, pygame.K_DELETE)
    press(app, pygame.K_RETURN, "\r")
    assert (folder / "one.paxsave").exists()
    press(app, pygame.K_DELETE)
    click(app, app.modals[-1].find("Delete"))
    assert not (folder / "one.paxsave").exists()
    wait_for(app, lambda: app.screen.entries == [])


def test_a_loaded_game_goes_on_where_it_was_saved(folder, match):
    match.save(folder / "one.paxsave")
    loaded, seat, notes = games.load(folder / "one.paxsave", None)
    assert (seat, notes, loaded.quarter) == ("JPN", [], 3)
    assert loaded.hashes == match.hashes


def test_a_game_without_a_person_cannot_be_gone_on_with(folder):
    Match(games.read_bundled(routes.standard_scenario()), 1, {}).save(folder / "headless.paxsave")
    with pytest.raises(PaxError, match="no person holds a seat"):
        games.load(folder / "headless.paxsave", None)
