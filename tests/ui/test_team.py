"""A team of two seats: one person steers both, each with its own orders."""

import time

import pygame
import pytest

from game.core.diplomacy import Answer
from game.core.orders import SovereignCompute, Visa
from game.ui.app import App
from game.ui.main.context import PlayContext
from game.ui.main.deal_draft import Draft
from game.ui.main.points import points_figure
from game.ui.main.screen import MainScreen
from game.ui.screens import games
from game.ui.settings import Settings
from tests.ui.screens.steps import click, press


@pytest.fixture(scope="module")
def match():
    return games.start(games.NewGame("classroom", "EUU", 7), None)


@pytest.fixture
def app(assets_folder, tmp_path, match):
    app = App(assets_folder, tmp_path / "settings.json", size=(1280, 720))
    app.change_settings(Settings(reduced_motion=True, text_scale=1.0))
    app.push(MainScreen(PlayContext(match, "EUU")))
    yield app
    app.close()


def test_both_seats_of_a_team_are_the_players_and_the_rest_are_not(match):
    assert set(match.human_seats) == {"EUU", "NLD"}
    alone = games.start(games.NewGame("classroom", "JPN", 7), None)
    assert alone.human_seats == ("JPN",)


def test_n_and_the_flags_change_the_seat_and_what_was_chosen_stays(app):
    app.screen.play.choose_good("germanium")
    press(app, pygame.K_n, "n")
    assert app.screen.play.seat == "NLD"
    assert app.screen.play.good == "germanium"
    assert len(app.screens) == 1
    click(app, app.screen.find("seat EUU"))
    assert app.screen.play.seat == "EUU"
    press(app, pygame.K_n, "n")
    press(app, pygame.K_n, "n")
    assert app.screen.play.seat == "EUU"


def test_each_seat_has_its_own_orders_and_one_end_of_the_quarter_plays_both(app, match):
    assert app.screen.play.give(Visa(0.2))
    press(app, pygame.K_n, "n")
    assert app.screen.play.give(SovereignCompute(0.1))
    press(app, pygame.K_n, "n")
    assert [queued.order for queued in match.queued("EUU")] == [Visa(0.2)]
    press(app, pygame.K_e, "e")
    end = time.monotonic() + 30.0
    while app.screen.play.busy and time.monotonic() < end:
        app.step(wait=False)
        time.sleep(0.005)
    orders = match.log[0]["orders"]
    assert {seat: [record["order"] for record in records] for seat, records in orders.items()} == {
        "EUU": ["visa"],
        "NLD": ["compute"],
    }


def test_the_seat_does_not_change_while_a_quarter_is_played(app):
    app.screen.play.busy = True
    press(app, pygame.K_n, "n")
    assert app.screen.play.seat == "EUU"
    assert "being played" in app.toasts.toasts[-1].text


def test_two_seats_of_a_team_may_sign_with_one_another_and_a_deal_is_finished_first(app, match):
    app.screen.play.negotiate(Draft("NLD"))
    deal = app.screen
    deal.draft.parts.append(deal.choices.first("money", True))
    click(app, deal.find("seat NLD"))
    assert app.screen is deal
    deal.send()
    press(app, pygame.K_n, "n")
    (offer,) = [offer for offer in match.inbox("NLD") if offer.sender == "EUU"]
    assert app.screen.play.give(Answer(offer.name, accept=True))
    match.close_round()
    assert [o.signed for o in match.outcomes if o.sender == "EUU"] == [True]
    match.begin(match.world)


def test_a_seat_without_a_team_has_no_flags_and_n_does_nothing(assets_folder, tmp_path):
    app = App(assets_folder, tmp_path / "settings.json", size=(1280, 720))
    app.push(MainScreen(PlayContext(games.start(games.NewGame("classroom", "JPN", 7), None), "JPN")))
    screen = app.screen
    press(app, pygame.K_n, "n")
    assert app.screen is screen
    assert not [widget.name for widget in screen.root.walk() if widget.name.startswith("seat ")]
    app.close()


@pytest.mark.parametrize(
    ("points", "shown"), [(-0.3, "0"), (0.4, "0"), (0.6, "+1"), (-0.6, "−1"), (12.5, "+12"), (-40.2, "−40")]
)
def test_points_that_round_to_nothing_have_no_sign(points, shown):
    assert points_figure(points) == shown
