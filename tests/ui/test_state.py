"""The State tab: politics and goals, events that ask for an answer, what is said and known."""

import time

import numpy as np
import pygame
import pytest

from game.core.diplomacy import Bluff, Campaign, Declare, Spy
from game.core.names import LOBBIES
from game.core.orders import Respond
from game.core.world import replace
from game.ui.main.context import areas
from game.ui.main.orders_panel import STATE
from game.ui.main.state_events import asking
from tests.ui.board import EACH_SIZE, SIZES

HOME, EVENTS, SIGNALS = range(3)


def strike(board, kind="earthquake"):
    """Let an event wait for the player's answer."""
    match, play = board.match, board.play
    pending = np.array(match.world.events.pending)
    pending[match.scenario.events.axis.at(kind), play.place] = 0.5
    match.begin(replace(match.world, events=replace(match.world.events, pending=pending)))
    play.changed()


def view(board, number):
    board.screen.orders.show(STATE, number)


# --- at home


def test_a_shows_politics_the_objective_and_the_mandate(board):
    board.press(pygame.K_a)
    shown = [getattr(widget, "text", "") for widget in board.find("state home").walk()]
    assert "Approval" in shown
    assert "Chip firms" in shown
    assert "Mandate, secret: 15% of the score" in shown
    texts = ["".join(s.text for s in w.spans) for w in board.find("state home").walk() if hasattr(w, "spans")]
    candidates = board.match.scenario.mandates[board.play.place]
    assert {f"{mandate.text}." for mandate in candidates} <= set(texts)


def test_what_lobbies_think_is_what_the_world_says(board):
    view(board, HOME)
    mood = board.match.world.politics.lobby[board.play.place, :, 0]
    figures = [getattr(w, "text", "") for w in board.find("state home").walk() if getattr(w, "role", "") == "figure"]
    assert [f"{float(value):.0%}" for value in mood] == figures[1 : 1 + len(LOBBIES)]


# --- events


def test_without_events_the_view_says_what_they_are(board):
    view(board, EVENTS)
    assert not [name for name in board.names() if name.startswith("earthquake")]


def test_choices_show_what_they_do_and_keys_answer(board):
    strike(board)
    view(board, EVENTS)
    (event,) = asking(board.play)
    assert len(event.choices) >= 2
    assert all(board.find(f"earthquake {n + 1}").effect.lower() == c[1].lower() for n, c in enumerate(event.choices))
    board.press(pygame.K_2)
    assert board.queue == [Respond("earthquake", 2)]
    assert board.find("earthquake 2").selected
    board.press(pygame.K_1)
    assert board.queue == [Respond("earthquake", 1)]
    board.click("earthquake 1")
    assert board.queue == []


def test_an_event_asks_when_the_brief_is_closed_and_can_wait(board):
    strike(board)
    board.screen.close_brief()
    (modal,) = board.app.modals
    assert modal.title == asking(board.play)[0].title
    board.press(pygame.K_2)
    assert board.queue == [Respond("earthquake", 2)]
    assert board.app.modals == [] or modal.closed


def test_esc_leaves_the_answer_for_later(board):
    strike(board)
    board.screen.close_brief()
    board.press(pygame.K_ESCAPE)
    assert board.queue == []
    assert all(modal.closed for modal in board.app.modals)


def test_a_question_about_an_event_closes_with_its_quarter(board):
    strike(board)
    board.screen.close_brief()
    (modal,) = board.app.modals
    before = board.match.quarter
    board.screen.end_quarter()
    end = time.monotonic() + 30.0
    while (board.match.quarter == before or board.play.busy) and time.monotonic() < end:
        board.app.step(wait=False)
    assert board.match.quarter == before + 1
    assert modal.closed


# --- signals


def form(board):
    return board.screen.orders.state.views[SIGNALS]


def test_a_threat_is_given_as_the_form_says(board):
    view(board, SIGNALS)
    board.find("signal control_class").choose(1)
    board.find("threat length").set_value(3)
    board.find("ultimatum").toggle()
    board.press(pygame.K_g)
    assert board.queue == [Declare("magnets", "CHN", 3, True)]


def test_a_threat_without_the_goods_is_blocked_with_the_reason(board_at):
    board = board_at("BRA")
    board.screen.orders.show(STATE, SIGNALS)
    board.find("signal control_class").choose(2)
    assert "at least" in board.find("give order").tip.blocked


@pytest.mark.parametrize(
    ("act", "order"),
    [("intelligence", Spy("CHN")), ("campaign", Campaign("approval")), ("bluff", Bluff(0.3))],
)
def test_other_acts_of_state_are_given_by_the_same_form(board, act, order):
    view(board, SIGNALS)
    form(board)._set("act", act)
    board.click("give order")
    assert board.queue == [order]


def test_an_open_threat_stands_in_the_list_and_can_be_taken_back(board):
    board.match.give("JPN", Declare("magnets", "CHN", 4))
    board.match.end_quarter()
    board.play.changed()
    view(board, SIGNALS)
    assert [row.own for row in form(board)._rows()] == [True]
    board.click("end signal 0")
    assert board.queue == [Declare("magnets", "CHN", on=False)]


# --- how it looks


@pytest.mark.parametrize(("size", "scale"), EACH_SIZE)
def test_no_text_of_the_tab_leaves_its_box(board, size, scale):
    strike(board)
    strike(board, "drought")
    board.resize(size, scale)
    for number in (HOME, EVENTS, SIGNALS):
        view(board, number)
        assert board.overflows(areas(board.app.layout).orders) == []


@pytest.mark.parametrize(("size", "scale"), SIZES[:2])
def test_no_text_of_a_choice_leaves_its_box(board, size, scale):
    strike(board, "permit_lawsuit")
    board.resize(size, scale)
    board.screen.close_brief()
    assert board.overflows(pygame.Rect(0, 0, board.app.layout.width, board.app.layout.height)) == []
