"""The debrief at the end of a game: what moved the race, decisions weighed, contracts, and the page."""

import time
from dataclasses import replace

import pygame
import pytest

from game.core.orders import SovereignCompute, Subsidise
from game.debrief import debrief_of, weighed
from game.files.scenarios import read_scenario
from game.match import HUMAN, Match
from game.ui.kit import Pin
from game.ui.screens import debrief_model, routes
from game.ui.screens.debrief_panels import NO_DECISIONS, _few, account_words, kept_rows, ranked
from game.ui.screens.standings import CONTRACTS, SCORE, StandingsScreen
from tests.ui.screens.steps import press, texts


@pytest.fixture(scope="module")
def played():
    """Four quarters of a short game in which Japan gave orders."""
    short = read_scenario(routes.standard_scenario(), ("quarters=4", "epilogue_quarters=1")).scenario
    match = Match(short, 7, {code: HUMAN if code == "JPN" else "steady" for code in short.seats})
    for order in (SovereignCompute(3.0), Subsidise("rapidus_chitose", 1.0), SovereignCompute(0.5), None):
        if order is not None:
            assert match.give("JPN", order).accepted
        match.end_quarter()
    match.play_epilogue()
    return match


def wait(app, ready, longest=120.0):
    end = time.monotonic() + longest
    while not ready() and time.monotonic() < end:
        app.step(wait=False)
        time.sleep(0.01)
    assert ready()


@pytest.fixture(scope="module")
def story(played):
    """What there is to tell of it, worked out once."""
    return weighed(debrief_of(played.saved())[0], played.saved(), budget=8, draws=1)


@pytest.fixture
def told(app, played, story):
    """The last screen with its debrief worked out."""
    screen = StandingsScreen(played, "JPN")
    screen.debrief.told, screen.debrief.weighed = story, True
    app.push(screen)
    return app


def test_the_debrief_is_worked_out_beside_the_frame(app, played, monkeypatch):
    monkeypatch.setattr(debrief_model, "DRAWS", 1)
    app.push(StandingsScreen(played, "JPN"))
    assert not app.screen.debrief.done
    wait(app, lambda: app.screen.debrief.done)
    assert app.screen.debrief.trouble == ""
    assert all(row.moved is not None for row in ranked(app.screen.debrief.told, "JPN"))


def test_each_decision_of_the_player_is_told_with_what_it_moved(told):
    rows = ranked(told.screen.debrief.told, "JPN")
    assert sorted(row.kind for row in rows if row.kind != "refusal") == ["compute", "compute", "subsidise"]
    moved = [abs(row.moved) for row in rows]
    assert moved == sorted(moved, reverse=True)
    names = [widget.name for widget in told.screen.root.walk()]
    assert {"decision 0", "decision 1", "decision 2"} <= set(names)
    assert told.screen.find("account").text == account_words(told.screen.debrief.told, "JPN")


def test_contracts_kept_and_broken_stand_by_nation_the_players_first(told):
    told.screen.show(CONTRACTS)
    rows = kept_rows(told.screen.debrief.told, "JPN")
    assert rows[0].seat == "JPN"
    assert len(rows) == 16
    assert told.screen.find("contracts kept")


def test_the_race_has_pins_for_what_moved_it(told):
    pins = told.screen.find("race").plot.pins
    moments = told.screen.debrief.told.race.moments
    assert bool(pins) == bool(moments)
    assert all(isinstance(pin, Pin) and pin.whole for pin in pins)


def test_the_report_is_written_and_says_where(told, home, monkeypatch):
    monkeypatch.setenv("PAX_SILICA_HOME", str(home))
    press(told, pygame.K_p, "", pygame.KMOD_CTRL)
    files = list((home / "reports").glob("*.html"))
    assert len(files) == 1
    assert "Debrief" in files[0].read_text(encoding="utf-8")


def test_keys_show_the_other_parts(told):
    press(told, pygame.K_c, "c")
    assert told.screen.view == CONTRACTS
    press(told, pygame.K_m, "m")
    assert told.screen.view == SCORE


def test_where_nobody_decided_the_tab_says_so(told, story):
    told.screen.debrief.told = replace(story, decisions=tuple(d for d in story.decisions if d.mark is None))
    told.screen.refresh()
    assert NO_DECISIONS in texts(told.screen)


def test_a_pin_says_the_first_words_of_a_sentence():
    assert _few("China bans gallium for the Netherlands.", 14) == "China bans"
    assert _few("Short.", 14) == "Short"
