"""The frame of the main screen: where panels lie, what keys do, how a quarter ends."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from threading import Event
from typing import cast

import pygame
import pytest

from game.core.orders import BuildPower
from game.core.scenario import Scenario
from game.explain import Dispatch
from game.files.scenarios import bundled
from game.match import HUMAN, Match
from game.ui.app import App
from game.ui.kit import Label
from game.ui.kit.text import overflow_recorder
from game.ui.main.context import LENSES, PlayContext, areas
from game.ui.main.points import par_of
from game.ui.main.quarter_end import QuarterBrief
from game.ui.main.readings import ordinal
from game.ui.main.roll import ROLL_MS, RollBook
from game.ui.main.screen import MainScreen
from game.ui.main.top_bar import TwoLines
from game.ui.theme import layout_for
from tests.ui.board import EACH_SIZE

PATIENCE_S = 20.0

NewGame = Callable[..., tuple[App, MainScreen, PlayContext]]


@pytest.fixture(scope="module")
def scenario() -> Scenario:
    """The bundled scenario."""
    return bundled("pax_silica_2026")


@pytest.fixture
def new_game(scenario: Scenario, assets_folder: Path, tmp_path: Path, display: None) -> Iterator[NewGame]:
    """Start a game in which every other seat holds still, and show it."""
    apps: list[App] = []

    def make(
        seat: str = "JPN",
        size: tuple[int, int] = (1280, 720),
        scale: float = 1.0,
        *,
        motion: bool = False,
        quarters: int | None = None,
    ) -> tuple[App, MainScreen, PlayContext]:
        played = replace(scenario, quarters=quarters) if quarters else scenario
        match = Match(played, 11, {code: HUMAN if code == seat else "hold" for code in played.seats})
        app = App(assets_folder, tmp_path / "settings.json", size=size)
        app.change_settings(replace(app.settings, text_scale=scale, reduced_motion=not motion))
        screen = MainScreen(PlayContext(match, seat))
        app.push(screen)
        apps.append(app)
        return app, screen, screen.play

    yield make
    for app in apps:
        app.background.stop()


def press(app: App, key: int, text: str = "", mod: int = 0) -> None:
    """Press a key and take one step."""
    pygame.event.post(pygame.event.Event(pygame.KEYDOWN, key=key, mod=mod, unicode=text, scancode=0))
    app.step(wait=False)


def steps_until(app: App, done: Callable[[], bool]) -> None:
    """Step until something has come true."""
    end = time.monotonic() + PATIENCE_S
    while not done():
        assert time.monotonic() < end, "it never happened"
        app.step(wait=False)
        time.sleep(0.002)


def play_quarter(app: App, screen: MainScreen) -> None:
    """End the quarter by its key and wait until every panel shows the next one."""
    before = screen.play.match.quarter
    press(app, pygame.K_e)
    steps_until(app, lambda: screen.play.match.quarter > before and not screen.play.busy and not screen.map.held)


@pytest.mark.parametrize(("size", "room"), [((1280, 720), (664, 404)), ((1600, 900), (892, 494))])
def test_the_map_gets_the_room_of_the_design(size: tuple[int, int], room: tuple[int, int]) -> None:
    assert areas(layout_for(*size, 1.0)).map.size == room


@pytest.mark.parametrize(("size", "scale"), EACH_SIZE)
def test_panels_fill_the_window_without_overlap(size: tuple[int, int], scale: float) -> None:
    layout = layout_for(*size, scale)
    found = areas(layout)
    rects = [getattr(found, name) for name in ("top", "nation", "map", "dispatches", "markets", "orders")]
    assert all(rect.collidelist(rects[:n] + rects[n + 1 :]) < 0 for n, rect in enumerate(rects))
    whole = rects[0].unionall(rects[1:])
    assert (whole.w, whole.bottom) == (layout.width, layout.height - layout.margin)
    assert found.orders.right == layout.width - layout.margin


@pytest.mark.parametrize("seat", ["SGP", "CHN"])
@pytest.mark.parametrize(("size", "scale"), EACH_SIZE)
def test_no_text_leaves_its_panel(new_game: NewGame, seat: str, size: tuple[int, int], scale: float) -> None:
    app, screen, play = new_game(seat, size, scale)
    play_quarter(app, screen)
    for lens in LENSES:
        play.lens = lens
        play.select("USA")
        with overflow_recorder.watch() as recorder:
            app.draw()
        assert len(recorder.drawn) > 80
        assert recorder.overflows() == []


def test_a_quarter_ends_by_its_key_and_enter_closes_the_brief(new_game: NewGame) -> None:
    app, screen, play = new_game()
    play_quarter(app, screen)
    assert play.match.quarter == 1
    assert any(isinstance(widget, QuarterBrief) for widget in screen.root.children)
    press(app, pygame.K_RETURN)
    assert not any(isinstance(widget, QuarterBrief) for widget in screen.root.children)
    assert screen.focus is not None
    assert screen.focus.name == "end quarter"
    assert play.match.quarter == 1


def test_ctrl_enter_ends_the_quarter_wherever_the_keyboard_is(new_game: NewGame) -> None:
    app, screen, play = new_game()
    screen.set_focus(screen.find("settings"))
    press(app, pygame.K_RETURN, mod=pygame.KMOD_LCTRL)
    steps_until(app, lambda: not play.busy)
    assert play.match.quarter == 1
    assert app.screen is screen


def test_the_window_answers_while_a_quarter_is_played(new_game: NewGame, monkeypatch: pytest.MonkeyPatch) -> None:
    app, _, play = new_game()
    may_end, end_quarter = Event(), play.match.end_quarter

    def slow_quarter() -> list[Dispatch]:
        assert may_end.wait(PATIENCE_S)
        return end_quarter()

    monkeypatch.setattr(play.match, "end_quarter", slow_quarter)
    press(app, pygame.K_e)
    press(app, pygame.K_F3)
    press(app, pygame.K_e)
    assert play.busy
    assert play.lens == "minerals"
    may_end.set()
    steps_until(app, lambda: not play.busy)
    assert play.match.quarter == 1


def test_orders_are_closed_while_a_quarter_is_played(new_game: NewGame) -> None:
    app, _, play = new_game()
    play.busy = True
    assert not play.give(BuildPower("grid", 0.2))
    assert play.match.queued("JPN") == ()
    assert "being played" in app.toasts.toasts[-1].text


def test_keys_take_an_order_back_and_give_it_again(new_game: NewGame) -> None:
    app, _, play = new_game()
    assert play.give(BuildPower("grid", 0.2))
    press(app, pygame.K_z)
    assert play.match.queued("JPN") == ()
    press(app, pygame.K_y)
    assert [queued.order for queued in play.match.queued("JPN")] == [BuildPower("grid", 0.2)]


def test_a_refused_order_says_why(new_game: NewGame) -> None:
    app, _, play = new_game()
    order = BuildPower("smr", 400.0)
    assert not play.give(order)
    reason = play.match.test("JPN", order).reason
    assert app.toasts.toasts[-1].text == reason[0].upper() + reason[1:]


def test_function_keys_choose_the_lens(new_game: NewGame) -> None:
    app, _, play = new_game()
    keys = (pygame.K_F2, pygame.K_F3, pygame.K_F4, pygame.K_F5, pygame.K_F1)
    for key, lens in zip(keys, (*LENSES[1:], LENSES[0]), strict=True):
        press(app, key)
        assert play.lens == lens


def test_arrows_go_from_place_to_place_and_escape_lets_go(new_game: NewGame) -> None:
    app, screen, play = new_game()
    app.step(wait=False)
    screen.set_focus(screen.find("map"))
    press(app, pygame.K_LEFT)
    assert play.selected in {"KOR", "CHN", "TWN"}
    press(app, pygame.K_ESCAPE)
    assert play.selected is None
    press(app, pygame.K_ESCAPE)
    assert len(app.modals) == 1


def test_choosing_a_place_keeps_the_widgets_of_the_orders(new_game: NewGame) -> None:
    _, screen, play = new_game()
    before = screen.find("orders")
    play.select("CHN")
    assert screen.find("orders") is before
    play.give(BuildPower("grid", 0.2))
    assert screen.find("orders") is not before


def test_pressing_a_stock_shows_its_price_in_markets(new_game: NewGame) -> None:
    app, screen, play = new_game()
    row = screen.find("stock germanium")
    screen.set_focus(row)
    press(app, pygame.K_RETURN)
    assert play.good == "germanium"
    assert screen.focus is not None
    assert screen.focus.name == "stock germanium"


def test_reduced_motion_draws_nothing_while_idle(new_game: NewGame) -> None:
    app, screen, _ = new_game()
    play_quarter(app, screen)
    for _ in range(3):
        app.step(wait=False)
    drawn = app.frames_drawn
    for _ in range(20):
        app.step(wait=False)
    assert app.frames_drawn == drawn


def test_drawing_the_map_alone_gives_the_same_picture(new_game: NewGame, monkeypatch: pytest.MonkeyPatch) -> None:
    app, screen, _ = new_game(motion=True)
    monkeypatch.setattr(pygame.time, "get_ticks", lambda: 5000)
    app.draw()
    app.draw()
    monkeypatch.setattr(pygame.time, "get_ticks", lambda: 5600)
    app.draw()
    alone = pygame.image.tobytes(app.window.surface, "RGB")
    screen.redraw_still()
    app.draw()
    assert pygame.image.tobytes(app.window.surface, "RGB") == alone


def test_the_last_quarter_leads_to_the_standings(new_game: NewGame) -> None:
    app, _, play = new_game(quarters=1)
    press(app, pygame.K_e)
    steps_until(app, lambda: type(app.screen).__name__ == "StandingsScreen")
    assert play.match.model.finished


def test_a_figure_rolls_from_its_old_value_to_its_new_one(monkeypatch: pytest.MonkeyPatch, display: None) -> None:
    now = [1000]
    monkeypatch.setattr(pygame.time, "get_ticks", lambda: now[0])
    rolls = RollBook()
    rolls.note("treasury", 10.0)
    rolls.start()
    rolls.note("treasury", 20.0)
    assert rolls.shown("treasury", 20.0) == 10.0
    now[0] += ROLL_MS // 2
    assert 10.0 < rolls.shown("treasury", 20.0) < 20.0
    now[0] += ROLL_MS
    assert rolls.shown("treasury", 20.0) == 20.0
    assert rolls.settle()
    assert not rolls.settle()
    assert rolls.change("treasury") == 10.0


def test_reduced_motion_shows_new_figures_at_once(display: None) -> None:
    rolls = RollBook()
    rolls.motion = False
    rolls.note("treasury", 10.0)
    rolls.start()
    rolls.note("treasury", 20.0)
    assert rolls.shown("treasury", 20.0) == 20.0
    assert not rolls.running


def test_the_bar_shows_the_quarter_and_the_rank(new_game: NewGame) -> None:
    app, screen, play = new_game()
    play_quarter(app, screen)
    quarter, points = (cast(TwoLines, screen.find(name)) for name in ("quarter", "points"))
    assert (quarter.upper, quarter.lower) == ("Q2 2026", "Turn 2 of 32")
    table = par_of(play.match.scenario).table
    assert table is not None, "the par table that is shipped is stale: run `pax-silica par pax_silica_2026`"
    by_points = {code: table.open_points(code, score, 1) for code, score in play.match.standings()}
    rank = sorted(by_points.values(), reverse=True).index(by_points["JPN"]) + 1
    assert points.lower == f"points, {ordinal(rank)} of 16"


def test_each_figure_of_the_frame_explains_itself(new_game: NewGame) -> None:
    _, screen, _ = new_game()
    names = [
        "bar treasury",
        "bar engineers",
        "bar reserve",
        "bar compute",
        "race minerals",
        "race chips",
        "points",
        "state Escalation",
        "state World short of",
        "state You are short of",
        "gauge Approval",
    ]
    assert all(screen.find(name).tip is not None for name in names)
    assert all(widget.tip for widget in screen.root.walk() if widget.name.startswith(("stock ", "fabs ")))
    assert isinstance(screen.find("figure cover gallium"), Label)


@pytest.mark.parametrize("seat", ["TWN", "USA", "BRA"])
def test_rows_of_the_nation_panel_do_not_overlap(new_game: NewGame, seat: str) -> None:
    _, screen, _ = new_game(seat)
    panel = screen.find("nation")
    rows = [w for w in panel.children if w.name.startswith(("stock ", "fabs ", "gauge "))]
    assert all(above.rect.bottom <= below.rect.y for above, below in pairwise(rows))
    assert all(panel.rect.contains(row.rect) for row in rows)
