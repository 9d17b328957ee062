"""The agenda and What if in the window: cards by mouse and by keyboard, forecasts beside the frame."""

import time

import pygame
import pytest

from game.agenda import Trial
from game.core.orders import SovereignCompute, Subsidise
from game.forecast import WITH, WITHOUT
from game.match import HUMAN, Match
from game.ui.main import what_if_model
from game.ui.main.agenda import due_words
from game.ui.main.agenda_open import amount_of, open_card
from game.ui.main.context import areas
from game.ui.main.deal_screen import DealScreen
from game.ui.main.markets import WHAT_IF
from game.ui.main.orders_panel import AGENDA
from game.ui.main.what_if import DANGERS, MEASURES
from tests.ui.board import EACH_SIZE

LONGEST = 60.0


def wait(board, ready):
    """Let frames pass until something is known."""
    end = time.monotonic() + LONGEST
    while not ready() and time.monotonic() < end:
        board.app.step(wait=False)
        time.sleep(0.005)
    assert ready()


@pytest.fixture(scope="module")
def gained(scenario):
    """What the candidates of the board's first quarter gain: tried once, they are the same for each board."""
    seats = {code: HUMAN if code == "JPN" else "hold" for code in scenario.seats}
    return Trial(Match(scenario, 7, seats), "JPN").run(lambda: True)


@pytest.fixture
def tried(board, gained):
    """The board with its agenda worked out."""
    board.screen.orders.agenda.model.tried(Trial(board.match, "JPN"), gained)
    board.press(pygame.K_q)
    return board


def tab(board):
    return board.screen.orders.agenda


# --- the agenda


def test_the_agenda_is_worked_out_beside_the_frame(board, gained):
    board.press(pygame.K_q)
    assert tab(board).model.trying
    wait(board, lambda: not tab(board).model.trying)
    points = {name: gain.points for name, gain in tab(board).model._gained.items()}
    assert points == {name: gain.points for name, gain in gained.items()}


def test_the_agenda_proposes_at_most_five_cards_with_worth_and_reasons(tried):
    cards = tab(tried).model.cards
    assert 1 < len(cards) <= 5
    assert all(card.why and card.worth > 0 for card in cards)
    assert "agenda current" in tried.names()


def test_a_click_on_a_card_and_on_its_button_gives_the_order(tried):
    card = next(card for card in tab(tried).model.cards if isinstance(card.order, SovereignCompute | Subsidise))
    tab(tried).choose(card.key)
    tried.click("agenda give")
    assert tried.queue == [card.order]
    assert card.key not in {each.key for each in tab(tried).model.cards}


def test_the_keyboard_alone_plays_a_card(tried):
    card = next(card for card in tab(tried).model.cards if isinstance(card.order, SovereignCompute | Subsidise))
    tried.press(pygame.K_1 + tab(tried).model.cards.index(card))
    tried.press(pygame.K_g)
    assert tried.queue == [card.order]


def test_open_shows_the_order_book_filled_in(tried):
    card = next(card for card in tab(tried).model.cards if isinstance(card.order, SovereignCompute | Subsidise))
    open_card(tried.screen.orders, card)
    assert tried.screen.orders.tab == 0
    order = tried.screen.orders.invest.detail.order()
    assert type(order) is type(card.order)
    assert amount_of(order) == pytest.approx(amount_of(card.order), rel=0.1)


def test_every_card_opens_somewhere(tried):
    for card in tab(tried).model.cards:
        tried.screen.orders.show(AGENDA)
        orders, main = tried.screen.orders, tried.app.screen
        open_card(orders, card)
        # A contract is put together on a screen of its own.
        assert orders.tab != AGENDA or isinstance(tried.app.screen, DealScreen)
        if tried.app.screen is not main:
            tried.app.pop()


def test_a_deadline_is_told_and_a_card_without_one_tells_the_unit_of_its_worth(tried):
    for card in tab(tried).model.cards:
        words, _ = due_words(card)
        assert (words == "final score") == (card.left is None)


@pytest.mark.parametrize(("size", "scale"), EACH_SIZE)
def test_no_text_of_the_agenda_leaves_its_box(tried, size, scale):
    tried.resize(size, scale)
    tried.press(pygame.K_q)
    for card in tab(tried).model.cards:
        tab(tried).choose(card.key)
        assert tried.overflows(areas(tried.app.layout).orders) == []


def test_f_runs_on_and_says_why_it_stopped(tried):
    before = tried.match.quarter
    tried.press(pygame.K_f)
    wait(tried, lambda: not tried.play.busy)
    assert tried.match.quarter > before
    assert any("played" in toast.text for toast in tried.app.toasts.toasts)


# --- what if


@pytest.fixture
def asked(board, monkeypatch):
    """The board with its forecast worked out, of few worlds: what is shown of them is the same."""
    monkeypatch.setattr(what_if_model, "PAIRS", 16)
    monkeypatch.setattr(what_if_model, "FIRST", 8)
    board.screen.markets._choose_view(WHAT_IF)
    wait(board, lambda: board.screen.markets.what_if.model.done)
    return board


def test_without_orders_one_fan_is_shown_and_after_an_order_two(asked):
    what_if = asked.screen.markets.what_if
    assert set(what_if.model.fans.values) == {WITH}
    asked.play.give(SovereignCompute(2.0))
    wait(asked, lambda: what_if.model.done)
    assert set(what_if.model.fans.values) == {WITH, WITHOUT}
    assert [line.name for line in asked.find("what if chart").plot.series if line.name] == ["With orders", "Without"]
    what_if.choose("running")
    ahead = what_if.model.fans.mean_difference("running")
    assert float(ahead[-1]) > 0.0


def test_every_measure_and_danger_can_be_shown(asked):
    what_if = asked.screen.markets.what_if
    for measure in MEASURES:
        what_if.choose(measure)
        assert asked.find("what if chart").plot.series
        assert what_if.danger in DANGERS
    for position in range(len(DANGERS)):
        what_if._choose_danger(position)
        assert asked.find("what if odds").text.endswith("%")


def test_brackets_go_through_the_measures_and_v_through_the_views(asked):
    what_if = asked.screen.markets.what_if
    first = what_if.measure
    asked.press(pygame.K_RIGHTBRACKET)
    assert what_if.measure != first
    asked.press(pygame.K_LEFTBRACKET)
    assert what_if.measure == first
    asked.press(pygame.K_v)
    assert asked.screen.markets.view != WHAT_IF


@pytest.mark.parametrize(("size", "scale"), EACH_SIZE)
def test_no_text_of_the_forecast_leaves_its_box(asked, size, scale):
    asked.play.give(SovereignCompute(2.0))
    wait(asked, lambda: asked.screen.markets.what_if.model.done)
    asked.resize(size, scale)
    for measure in ("quarter_score", "treasury", "cover:gallium", "chip_independence"):
        asked.screen.markets.what_if.choose(measure)
        assert asked.overflows(areas(asked.app.layout).markets) == []
