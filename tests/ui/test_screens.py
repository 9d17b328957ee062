"""The shell: title, new game, saves, settings and standings; by mouse and by keyboard, without a window."""

import os
import time
from pathlib import Path
from types import SimpleNamespace

import pygame
import pytest

from game.core.errors import PaxError
from game.files.scenarios import read_scenario
from game.match import HUMAN, Match
from game.ui.app import App
from game.ui.kit import LineChart
from game.ui.kit.text import overflow_recorder
from game.ui.screens import backdrop, games, outcome, routes
from game.ui.screens.game_menu import GameMenu
from game.ui.screens.loading import LoadingScreen
from game.ui.screens.nation_card import NationCard
from game.ui.screens.nation_select import NationSelect
from game.ui.screens.save_dialog import SaveDialog
from game.ui.screens.saves_screen import SavesScreen
from game.ui.screens.settings_screen import SettingsScreen
from game.ui.screens.standings import StandingsScreen
from game.ui.screens.title import TitleScreen
from game.ui.settings import Settings, load_settings

SIZES = (((1280, 720), 1.0), ((1600, 900), 1.0), ((1920, 1080), 1.5), ((2560, 1440), 2.0))


@pytest.fixture
def home(tmp_path, monkeypatch):
    monkeypatch.setenv("PAX_SILICA_HOME", str(tmp_path))
    return tmp_path


@pytest.fixture
def app(assets_folder, home):
    app = App(assets_folder, home / "settings.json", size=(1280, 720))
    app.change_settings(Settings(reduced_motion=True, text_scale=1.0))
    yield app
    app.close()


@pytest.fixture(scope="module")
def scenario():
    return games.read_bundled(routes.standard_scenario())


@pytest.fixture(scope="module")
def match():
    """A game of three quarters in which Japan is a person's and gives no orders."""
    match = games.start(games.NewGame(routes.standard_scenario(), "JPN", 7), None)
    for _ in range(3):
        match.end_quarter()
    return match


@pytest.fixture
def folder(home):
    folder = home / "saves"
    folder.mkdir()
    return folder


def press(app, key, unicode="", mod=0):
    app.handle(pygame.event.Event(pygame.KEYDOWN, key=key, unicode=unicode, mod=mod))
    app.step(wait=False)


def click(app, widget):
    for kind in (pygame.MOUSEBUTTONDOWN, pygame.MOUSEBUTTONUP):
        app.handle(pygame.event.Event(kind, pos=widget.rect.center, button=1))
    app.step(wait=False)


def wait_for(app, arrived, seconds=20.0):
    """Run frames until something is true."""
    end = time.monotonic() + seconds
    while not arrived():
        assert time.monotonic() < end, f"still showing {type(app.screen).__name__}"
        app.step(wait=False)
        time.sleep(0.005)


def shows(app, screen):
    return lambda: isinstance(app.screen, screen)


def texts(screen):
    return [widget.text for widget in screen.root.walk() if hasattr(widget, "text")]


# --- the title


def test_the_title_offers_only_what_works_before_the_first_game(app):
    app.push(TitleScreen())
    assert [entry[0] for entry in app.screen.entries()] == ["New game", "Settings", "Quit"]


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


def test_letters_and_arrows_work_in_the_menu(app):
    app.push(TitleScreen())
    assert app.screen.focus.name == "New game"
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


# --- a new game


def select(app, scenario):
    app.push(TitleScreen())
    app.push(NationSelect("pax_silica_2026", scenario, games.rival_strategies(), 7))
    return app.screen


def test_every_seat_is_offered_with_its_strength_and_weakness(app, scenario):
    screen = select(app, scenario)
    cards = [widget for widget in screen.root.walk() if isinstance(widget, NationCard)]
    assert [card.nation.code for card in cards] == list(scenario.seats)
    for card in cards:
        nation = card.nation
        assert nation.fantasy
        assert nation.lever
        assert nation.weak_point
        assert nation.objective
        assert sum(nation.weights.values()) == pytest.approx(1.0)


def test_a_click_chooses_a_nation_and_arrows_go_on_from_it(app, scenario):
    screen = select(app, scenario)
    click(app, screen.find("TWN"))
    assert screen.nations[screen.chosen].code == "TWN"
    press(app, pygame.K_RIGHT)
    assert screen.nations[screen.chosen].code == "NLD"
    press(app, pygame.K_UP)
    assert screen.nations[screen.chosen].code == "CHN"
    assert screen.focus.name == "CHN"


def test_the_seed_is_chosen_by_keyboard(app, scenario):
    screen = select(app, scenario)
    screen.set_focus(screen.find("seed"))
    press(app, pygame.K_RIGHT)
    assert screen.seed == 8


def test_enter_on_the_chosen_nation_starts_the_game_asked_for(app, scenario, monkeypatch):
    started = []
    monkeypatch.setattr(routes, "start_game", lambda app, choice: started.append(choice))
    select(app, scenario)
    press(app, pygame.K_RETURN, "\r")
    assert started == [games.NewGame("pax_silica_2026", "JPN", 7, next(iter(games.rival_strategies())))]


def test_new_game_leads_through_reading_to_the_nations_and_back(app):
    app.push(TitleScreen())
    routes.to_new_game(app)
    assert isinstance(app.screen, LoadingScreen)
    wait_for(app, shows(app, NationSelect))
    press(app, pygame.K_ESCAPE)
    assert isinstance(app.screen, TitleScreen)


def test_a_result_that_arrives_after_going_back_is_dropped(app):
    app.push(TitleScreen())
    arrived = []
    app.push(LoadingScreen("Waiting", lambda: time.sleep(0.05), arrived.append, arrived.append))
    app.pop()
    wait_for(app, lambda: app.background.running == 0)
    assert arrived == []


def test_an_unknown_nation_is_refused_with_the_nations_there_are():
    with pytest.raises(PaxError, match="unknown nation 'XXX'; one of: USA, CHN"):
        games.start(games.NewGame(routes.standard_scenario(), "XXX", 1), None)


# --- saves


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


# --- settings


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


# --- the end of a game


def test_the_final_standing_ranks_every_seat_and_marks_the_players(app, match):
    app.push(StandingsScreen(match, "JPN"))
    rows = app.screen.rows
    assert [row.rank for row in rows] == list(range(1, 17))
    assert [row.score for row in rows] == sorted((row.score for row in rows), reverse=True)
    assert app.screen.find("JPN").mine


def test_the_race_chart_ends_on_the_bars_of_the_world(app, match):
    app.push(StandingsScreen(match, "JPN"))
    chart = app.screen.find("race")
    assert isinstance(chart, LineChart)
    last = [series.values[-1] for series in chart.plot.series]
    standing = match.world.standing
    bars = (standing.mineral_independence[0], standing.chip_independence[0])
    assert last == pytest.approx([100 * bar for bar in bars])


@pytest.mark.parametrize(
    ("minerals", "chips", "words"),
    [
        ([0.4, 0.8, 0.8, 0.8], [0.2, 0.2, 0.2, 0.2], "Pax Silica holds 75% first, in Q2 2026"),
        ([0.4, 0.8, 0.4, 0.8], [0.2, 0.2, 0.2, 0.2], "Nobody held 75% for two quarters"),
        ([0.4, 0.4, 0.8, 0.8], [0.2, 0.8, 0.8, 0.8], "China holds 75% first, in Q2 2026"),
        ([0.4, 0.8, 0.8, 0.8], [0.2, 0.8, 0.8, 0.8], "Both sides hold 75% in Q2 2026"),
    ],
)
def test_the_race_is_won_by_two_quarters_above_the_post(match, minerals, chips, words):
    series = {"mineral_independence": minerals, "chip_independence": chips}
    assert outcome.race_words(SimpleNamespace(scenario=match.scenario, series=series)) == words


def test_the_standings_lead_to_another_game(app, match):
    app.push(StandingsScreen(match, "JPN"))
    press(app, pygame.K_n, "n")
    wait_for(app, shows(app, NationSelect))


def test_a_finished_game_goes_to_its_standings(app):
    short = read_scenario(routes.standard_scenario(), ("quarters=2", "epilogue_quarters=1")).scenario
    match = Match(short, 7, {"JPN": HUMAN})
    while not match.over:
        match.end_quarter()
    routes.to_game(app, match, "JPN")
    wait_for(app, shows(app, StandingsScreen))
    assert match.model.finished


# --- looks


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


@pytest.mark.parametrize(("size", "scale"), SIZES)
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
    for modal in (SaveDialog(app, match, "JPN", folder), GameMenu(app, match, "JPN")):
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
