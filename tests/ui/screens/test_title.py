"""The title: what it offers, its keys, and the map behind it."""

import os

import pygame

from game.ui.screens import backdrop
from game.ui.screens.settings_screen import SettingsScreen
from game.ui.screens.title import TitleScreen
from tests.ui.screens.steps import press, texts, wait_for


def test_the_title_offers_only_what_works_before_the_first_game(app):
    app.push(TitleScreen())
    assert [entry[0] for entry in app.screen.entries()] == ["New game", "How to play", "Settings", "Quit"]


def test_the_title_continues_the_newest_game_that_can_be_read(app, folder, match):
    match.save(folder / "one.paxsave")
    (folder / "two.paxsave").write_bytes(b"no save")
    os.utime(folder / "one.paxsave", (1, 1))
    app.push(TitleScreen(folder))
    app.step(wait=False)
    wait_for(app, lambda: app.screen.newest is not None)
    text, note, _, _ = app.screen.entries()[0]
    assert (text, note) == ("Continue", "Japan, Q4 2026, quarter 4 of 32")


def test_the_title_says_that_borders_take_no_position(app):
    app.push(TitleScreen())
    assert any("state no position" in text for text in texts(app.screen))


def test_the_introduction_opens_from_the_title_and_from_the_list_of_keys(app):
    app.push(TitleScreen())
    press(app, pygame.K_h, "h")
    [page] = app.modals
    assert page.title == "How to play"
    told = "".join(span.text for span in page.spans)
    for word in ("agenda (Q)", "What if", "End the quarter (E)", "par", "objective"):
        assert word in told
    assert "#" not in told
    press(app, pygame.K_ESCAPE)
    assert app.modals == []
    press(app, pygame.K_QUESTION, "?")
    app.modals[-1].find("How to play").press()
    app.step(wait=False)
    assert [modal.title for modal in app.modals] == ["How to play"]


def test_letters_and_arrows_work_in_the_menu(app):
    app.push(TitleScreen())
    assert app.screen.focus.name == "New game"
    press(app, pygame.K_DOWN)
    assert app.screen.focus.name == "How to play"
    press(app, pygame.K_DOWN)
    assert app.screen.focus.name == "Settings"
    press(app, pygame.K_s, "s")
    assert isinstance(app.screen, SettingsScreen)
    press(app, pygame.K_ESCAPE)
    press(app, pygame.K_q, "q")
    assert not app.running


def test_the_backdrop_shows_the_blocs_of_the_opening(scenario):
    names = scenario.place_axis.names
    members, observers = next((bloc[2], bloc[3]) for bloc in scenario.blocs if bloc[0] == "pax_silica")
    assert {names[i] for i in members} == set(backdrop.MEMBERS)
    assert {names[i] for i in observers} == set(backdrop.OBSERVERS)
    assert names[scenario.inside] == backdrop.RIVAL


def test_comets_stand_still_under_reduced_motion(assets_folder):
    pygame.display.init()
    window = pygame.Surface((640, 360))
    picture = backdrop.Backdrop(assets_folder)
    frames = []
    for t_ms, motion in ((0, False), (900, False), (900, True)):
        picture.draw(window, 1.0, t_ms, motion=motion)
        frames.append(pygame.image.tobytes(window, "RGB"))
    assert frames[0] == frames[1]
    assert frames[1] != frames[2]
