"""Every screen of the shell: text at every size, the settings, and Tab."""

from pathlib import Path

import pygame
import pytest

from game.ui.app import App
from game.ui.kit.text import overflow_recorder
from game.ui.screens import backdrop, games
from game.ui.screens.game_menu import GameMenu
from game.ui.screens.loading import LoadingScreen
from game.ui.screens.nation_select import NationSelect
from game.ui.screens.save_dialog import SaveDialog
from game.ui.screens.saves_screen import SavesScreen
from game.ui.screens.settings_screen import SettingsScreen
from game.ui.screens.standings import StandingsScreen
from game.ui.screens.title import TitleScreen
from game.ui.settings import Settings, load_settings
from tests.ui.board import EACH_SIZE
from tests.ui.screens.steps import click, press, texts, wait_for


def test_settings_are_in_force_at_once_and_kept(app, home):
    app.push(SettingsScreen())
    click(app, app.screen.find("high_contrast"))
    app.screen.set_focus(app.screen.find("scale"))
    press(app, pygame.K_LEFT)
    assert app.kit.appearance.high_contrast
    assert load_settings(home / "settings.json")[0] == Settings(reduced_motion=True, high_contrast=True)
    assert app.screen.focus.name == "scale"


def test_a_text_size_too_large_for_the_window_says_so(app):
    app.push(SettingsScreen())
    app.screen.set_focus(app.screen.find("scale"))
    press(app, pygame.K_END)
    assert any("needs a larger window" in text for text in texts(app.screen))


def everything(folder, scenario, match):
    yield TitleScreen(folder)
    for nation in ("JPN", "ARE"):
        screen = NationSelect("pax_silica_2026", scenario, games.rival_strategies(), 7)
        screen.chosen = scenario.seats.index(nation)
        yield screen
    yield SettingsScreen()
    yield SavesScreen(folder, games.describe_all(folder))
    yield StandingsScreen(match, "JPN")
    yield LoadingScreen("Reading the world", lambda: None, lambda _: None, lambda _: None)


@pytest.mark.parametrize(("size", "scale"), EACH_SIZE)
def test_no_text_leaves_its_room_at_any_size(assets_folder, home, folder, scenario, match, size, scale):
    match.save(folder / "A name that is rather long for a save but still allowed.paxsave")
    (folder / "broken.paxsave").write_bytes(b"no save")
    app = App(assets_folder, home / "settings.json", size=size)
    app.change_settings(Settings(reduced_motion=True, text_scale=scale))
    for screen in everything(folder, scenario, match):
        app.push(screen)
        with overflow_recorder.watch() as record:
            app.draw()
        assert record.overflows() == [], type(screen).__name__
    for modal in (SaveDialog(app, match, "JPN", folder), GameMenu(app, match, "JPN", lambda: None)):
        app.open_modal(modal)
        with overflow_recorder.watch() as record:
            app.draw()
        assert record.overflows() == [], type(modal).__name__
    app.close()


def test_every_control_of_the_shell_can_be_reached_by_tab(app, folder, scenario, match):
    for screen in everything(folder, scenario, match):
        app.push(screen)
        wait_for(app, lambda: app.background.running == 0)
        controls = {widget.name for widget in screen.focusables()}
        visited = set()
        for _ in screen.focusables():
            press(app, pygame.K_TAB)
            visited.add(screen.focus.name)
        assert visited == controls, type(screen).__name__


def test_the_shell_knows_every_flag_it_names(assets_folder):
    flags = {path.stem for path in Path(assets_folder, "flags").glob("*.png")}
    assert {*backdrop.MEMBERS, *backdrop.OBSERVERS, backdrop.RIVAL} <= flags
