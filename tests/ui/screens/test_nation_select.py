"""A new game: the nations on offer, the seed, and the way there and back."""

import time

import pygame
import pytest

from game.core.errors import PaxError
from game.ui.screens import games, routes
from game.ui.screens.loading import LoadingScreen
from game.ui.screens.nation_card import NationCard
from game.ui.screens.nation_select import NationSelect
from game.ui.screens.title import TitleScreen
from tests.ui.screens.steps import click, press, shows, wait_for


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


def test_single_rivals_get_strategies_of_their_own_by_keyboard_and_mouse(app, scenario, monkeypatch):
    started = []
    monkeypatch.setattr(routes, "start_game", lambda app, choice: started.append(choice))
    screen = select(app, scenario)
    click(app, screen.find("apart"))
    modal = app.modals[-1]
    names = {widget.name for widget in modal.root.walk()}
    assert {f"rival {seat}" for seat in scenario.seats} - names == {"rival JPN"}
    modal.set_focus(modal.find("rival KOR"))
    for key in (pygame.K_RETURN, pygame.K_END, pygame.K_RETURN):
        press(app, key)
    click(app, modal.find("done"))
    assert screen.find("apart").text == "1 differs"
    assert screen.focus.name == "apart"
    press(app, pygame.K_RETURN, "\r", pygame.KMOD_CTRL)
    assert started[0].apart == {"KOR": list(games.rival_strategies())[-1]}


def test_a_nation_chosen_to_play_loses_the_strategy_it_was_given(app, scenario, monkeypatch):
    started = []
    monkeypatch.setattr(routes, "start_game", lambda app, choice: started.append(choice))
    screen = select(app, scenario)
    screen.apart.update(KOR="hold", TWN="greedy")
    click(app, screen.find("KOR"))
    assert screen.find("apart").text == "1 differs"
    press(app, pygame.K_RETURN, "\r", pygame.KMOD_CTRL)
    assert started[0].apart == {"TWN": "greedy"}


def test_a_game_is_seated_as_it_was_chosen():
    match = games.start(games.NewGame("pax_silica_2026", "JPN", 7, "hold", {"KOR": "greedy", "JPN": "steady"}), None)
    assert (match.seats["JPN"], match.seats["KOR"], match.seats["CHN"]) == ("human", "greedy", "hold")


def test_enter_on_the_chosen_nation_starts_the_game_asked_for(app, scenario, monkeypatch):
    started = []
    monkeypatch.setattr(routes, "start_game", lambda app, choice: started.append(choice))
    select(app, scenario)
    press(app, pygame.K_RETURN, "\r")
    assert started == [games.NewGame("pax_silica_2026", "JPN", 7, difficulty="fair")]


def test_a_level_of_difficulty_says_what_it_does_and_sees_and_seats_its_strategies(app, scenario, monkeypatch):
    started = []
    monkeypatch.setattr(routes, "start_game", lambda app, choice: started.append(choice))
    screen = select(app, scenario)
    screen.set_focus(screen.find("difficulty"))
    press(app, pygame.K_END)
    words = screen.find("difficulty words").spans[0]
    assert games.levels()[-1].does.startswith(words.text.rstrip("…"))
    assert "Never your orders" in str(words.tip)
    press(app, pygame.K_RETURN, "\r", pygame.KMOD_CTRL)
    assert started[0].difficulty == games.levels()[-1].name


def test_one_strategy_for_all_rivals_takes_the_place_of_the_difficulty(app, scenario, monkeypatch):
    started = []
    monkeypatch.setattr(routes, "start_game", lambda app, choice: started.append(choice))
    screen = select(app, scenario)
    screen._choose_rival(1)
    press(app, pygame.K_RETURN, "\r", pygame.KMOD_CTRL)
    assert (started[0].rivals, started[0].difficulty) == (next(iter(games.rival_strategies())), "")


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
