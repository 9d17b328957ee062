"""Dispatches and markets: what they show, how they are filtered, opened and read by keyboard."""

import numpy as np
import pygame
import pytest

from game.core.names import GOODS
from game.explain import Dispatch, price_terms
from game.ui.main.context import areas
from game.ui.main.markets import COVER
from tests.ui.board import EACH_SIZE


@pytest.fixture
def board(board_at):
    return board_at(quarters=2)


# --- dispatches


def test_dispatches_come_newest_first(board):
    quarters = [news.quarter for news in board.screen.dispatches.news()]
    assert quarters == sorted(quarters, reverse=True)
    assert quarters[0] == board.match.quarter - 1


def test_before_the_first_quarter_the_panel_says_when_news_come(board_at):
    board = board_at(quarters=0)
    said = [span.text for w in board.screen.root.walk() for span in getattr(w, "spans", ())]
    assert any("when the quarter ends" in text for text in said)


def test_a_topic_shows_only_its_news(board):
    board.screen.dispatches._filter(topic="price")
    news = board.screen.dispatches.news()
    assert news
    assert {d.topic for d in news} == {"price"}


def test_mine_shows_only_what_names_the_seat(board):
    board.click("news mine")
    news = board.screen.dispatches.news()
    assert news
    assert all("JPN" in d.places for d in news)


def test_a_click_opens_the_reasons_and_chooses_place_and_good(board):
    panel = board.screen.dispatches
    about = next(d for d in panel.news() if d.goods and d.places and d.places[0] != "JPN")
    panel.open(about)
    assert board.play.selected in about.places
    assert board.play.good == about.goods[0]
    opened = [w for w in board.screen.root.walk() if getattr(w, "opened", False) is True and hasattr(w, "dispatch")]
    assert [w.dispatch for w in opened] == [about]
    panel.open(about)
    assert panel.opened is None


def test_pins_are_kept_and_can_be_shown_alone(board):
    board.press(pygame.K_d)
    assert board.focus == "news current"
    board.press(pygame.K_DOWN, pygame.K_p)
    kept = board.screen.dispatches.news()[1]
    board.screen.dispatches._filter(pinned_only=True)
    assert board.screen.dispatches.news() == [kept]


def test_enter_opens_the_row_that_has_the_keyboard(board):
    board.press(pygame.K_d, pygame.K_RETURN)
    assert board.screen.dispatches.opened == board.screen.dispatches.news()[0]


def test_older_news_come_by_the_page(board):
    board.match.dispatches.extend(Dispatch(0, "plant", f"Plant {n} opens.") for n in range(100))
    panel = board.screen.dispatches
    panel._filter(topic="plant")
    shown = len([w for w in board.screen.root.walk() if w.name.startswith("news ") and hasattr(w, "dispatch")])
    panel._more()
    more = len([w for w in board.screen.root.walk() if w.name.startswith("news ") and hasattr(w, "dispatch")])
    assert more > shown


# --- markets


def test_prices_are_those_of_the_match(board):
    plot = board.screen.markets._price_plot()
    g = GOODS.at(board.play.good)
    outside = [float(np.asarray(entry)[0, g]) for entry in board.match.series["price"]]
    assert plot.series[0].values == pytest.approx(outside)
    assert len(plot.positions) == board.match.quarter + 1


def test_the_price_in_dollars_is_the_scenarios_times_the_markets(board):
    g = GOODS.at("gallium")
    board.play.choose_good("gallium")
    million = float(board.match.scenario.goods.price[g, 0] * board.match.world.market.price[0, g, 0]) * 1000
    shown = board.find("market Outside China").text
    assert float(shown.removeprefix("$").split(" ")[0]) == pytest.approx(million, rel=0.05)


def test_the_tip_of_a_price_gives_the_terms_behind_it(board):
    terms = price_terms(board.match.world, board.match.scenario, board.match.model.book.tables, board.play.good, 0)
    tip = board.find("market Outside China").tip
    assert all(term[1:] in tip.body[0].text for term in terms)


def test_makers_are_shown_largest_first(board):
    board.play.choose_good("gallium")
    makers = [w for w in board.screen.root.walk() if w.name.startswith("maker ")]
    assert makers[0].name == "maker CHN"
    assert [w.value for w in makers] == sorted((w.value for w in makers), reverse=True)


def test_brackets_go_through_the_goods(board):
    before = GOODS.at(board.play.good)
    board.press(pygame.K_RIGHTBRACKET)
    assert GOODS.at(board.play.good) == before + 1
    board.press(pygame.K_LEFTBRACKET)
    assert GOODS.at(board.play.good) == before


def test_cover_is_shown_against_one_quarter(board):
    board.screen.markets._choose_view(COVER)
    plot = board.find("market chart").plot
    assert plot.threshold.value == 1.0
    assert plot.series[0].name == "Your cover"


@pytest.mark.parametrize(("size", "scale"), EACH_SIZE)
def test_no_text_of_the_strip_leaves_its_box(board_at, size, scale):
    board = board_at(quarters=2)
    board.resize(size, scale)
    place = areas(board.app.layout)
    board.screen.dispatches.opened = board.screen.dispatches.news()[0]
    for good in ("resist", "leading_logic", "process_tools", "cloud", "heavy_ore"):
        board.play.choose_good(good)
        assert board.overflows(place.markets) == []
        assert board.overflows(place.dispatches) == []
