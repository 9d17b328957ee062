"""What a first game stumbled over: news in plain words, what saving waits for, tips that get out of the way."""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace

import numpy as np
import pygame
import pytest

from game import explain
from game.explain import Dispatch
from game.explain.words import compute_words, listed, output_words
from game.rules import bottleneck
from game.ui.main.headlines import FOREIGN_ALIKE, headlines, stock_news
from game.ui.main.quarter_end import Report, Snapshot
from game.ui.main.readings import thousands
from game.ui.screens.nation_card import nations
from game.ui.screens.standings import _run_on


@pytest.mark.parametrize(
    ("good", "amount", "words"),
    [
        ("resist", 3.875, "photoresist for 3.88% of what the world used at the opening"),
        ("duv", 6.2, "6.2 DUV scanners"),
        ("process_tools", 1200.0, "process tools for $1,200 m"),
        ("dytb", 21.0, "21 t of Dy/Tb"),
    ],
)
def test_news_of_an_opening_gives_its_output_in_a_unit_people_know(good, amount, words):
    assert output_words(good, amount) == words


def test_places_with_an_article_get_it_inside_a_sentence():
    assert explain.in_sentence("United States") == "the United States"
    assert explain.in_sentence("Japan") == "Japan"


def test_a_long_row_of_names_says_how_many_are_left_out():
    assert listed(["a", "b", "c", "d"], 2) == "a, b and 2 more"
    assert listed(["a", "b"], 2) == "a and b"


def test_every_kind_of_event_says_what_it_does(scenario):
    kinds = range(len(scenario.events.axis))
    assert all(explain.event_effects(scenario, v, 0.2) for v in kinds)
    assert explain.event_effects(scenario, scenario.events.axis.at("scandal"), 0.2) == ["approval moves by -10%"]


def test_a_million_of_compute_is_not_written_in_thousands():
    assert (thousands(310.0), thousands(1034.0), thousands(13400.0)) == ("310 k", "1.03 M", "13.4 M")
    assert compute_words(40540.0) == "40.5 million H100e"


def test_plants_abroad_do_not_crowd_out_the_brief():
    plants = [Dispatch(0, "plant", f"Plant {n}.", places=("CHN",), weight=2) for n in range(8)]
    moved = Dispatch(0, "bottleneck", "Moved.", weight=2)
    told = headlines([*plants, moved], "JPN")
    assert sum(each.topic == "plant" for each in told) == FOREIGN_ALIKE
    assert moved in told


def test_a_stock_that_falls_below_a_mark_is_told_once(board):
    fell = stock_news({"dytb": 2.1}, {"dytb": 1.8}, board.match, "JPN")
    assert [each.text for each in fell] == ["Your heavy rare earths would last 1.8 quarters, down from 2.1."]
    assert "China" in fell[0].reasons[0]
    assert stock_news({"dytb": 1.8}, {"dytb": 1.7}, board.match, "JPN") == []
    assert stock_news({"dytb": 0.9}, {"dytb": 0.6}, board.match, "JPN")[0].weight == 3
    assert stock_news({"dytb": np.nan}, {"dytb": np.nan}, board.match, "JPN") == []


def test_a_world_short_of_nothing_is_said_in_words():
    calm = Snapshot(0, 50.0, 1, 4.0, bottleneck.NONE)
    assert Report("Q1 2026 in brief", calm, calm, ()).gate_words() == "Nothing holds the world's compute back"


def test_saving_waits_until_the_quarter_is_played(board):
    board.play.busy = True
    board.press(pygame.K_s)
    assert board.app.modals == []
    assert "save when it is over" in board.app.toasts.toasts[-1].text


def test_a_quarter_that_ends_after_the_player_left_shows_nothing(board):
    from game.ui.screens.title import TitleScreen

    board.app.restart(TitleScreen())
    title = board.app.screen
    board.play.busy = True
    board.screen._played(Snapshot(0, 50.0, 1, 4.0, bottleneck.NONE), [])
    assert board.app.screen is title
    assert not board.play.busy


def test_a_pressed_card_is_not_explained_until_the_pointer_comes_back(board):
    tips = board.screen.tips
    name = next(each for each in board.names() if each.startswith("offers "))
    card = board.find(name)
    board.click(name)
    board.screen.update(1000)
    assert tips.boxes == []
    outside = pygame.event.Event(pygame.MOUSEMOTION, pos=(2, 2), rel=(0, 0), buttons=(0, 0, 0))
    back = pygame.event.Event(pygame.MOUSEMOTION, pos=card.rect.center, rel=(0, 0), buttons=(0, 0, 0))
    board.app.handle(outside)
    board.app.handle(back)
    board.screen.update(1000)
    assert len(tips.boxes) == 1


def test_a_note_begins_with_a_capital_letter(board):
    board.play.say("no such plant", "warning")
    assert board.app.toasts.toasts[-1].text == "No such plant"


def test_a_class_is_offered_one_seat_for_each_team(scenario):
    found = nations(replace(scenario, teams={"Europe": (6, 5), "Japan": (2,)}))
    assert [each.code for each in found] == ["EUU", "JPN"]
    assert "you steer European Union and Netherlands" in found[0].team
    assert len(nations(scenario)) == 16


def test_the_standings_say_how_long_the_world_ran_on():
    match = SimpleNamespace(quarter=40, scenario=SimpleNamespace(quarters=32))
    assert _run_on(match) == " and 8 more that ran on by themselves"


def test_a_control_on_a_group_says_how_many_friends_it_meets(board):
    board.press(pygame.K_c)
    assert "effect Aimed at" not in board.names()
    board.screen.orders.tabs[2].draft.target = "outsiders"
    board.play.changed()
    assert "friendly" in board.find("effect Aimed at").text


def test_a_plant_with_all_its_room_ordered_says_so(board):
    offers = board.screen.orders.tabs[0].offers_of("Minerals and materials")
    offer = next(each for each in offers if each.key.startswith("supplier ") and each.dose)
    order = offer.order(offer.dose.numbers.high, "")
    assert offer.idle(order) == ""
    assert board.play.give(order)
    again = next(
        each for each in board.screen.orders.tabs[0].offers_of("Minerals and materials") if each.key == offer.key
    )
    assert again.idle(order) == "All the room there is has been ordered"
