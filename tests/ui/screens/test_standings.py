"""The end of a game: ranks, the race, and the way to another game."""

from types import SimpleNamespace

import pygame
import pytest

from game.files.scenarios import read_scenario
from game.match import HUMAN, Match
from game.ui.kit import LineChart
from game.ui.screens import outcome, routes
from game.ui.screens.nation_select import NationSelect
from game.ui.screens.standings import StandingsScreen
from game.ui.screens.title import TitleScreen
from tests.ui.screens.steps import press, shows, wait_for


def test_the_final_standing_ranks_every_seat_and_marks_the_players(app, match):
    app.push(StandingsScreen(match, "JPN"))
    rows = app.screen.rows
    assert [row.rank for row in rows] == list(range(1, 17))
    # The table that is shipped counts, so points against par rank, not scores.
    assert [row.points for row in rows] == sorted((row.points for row in rows), reverse=True)
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
    assert [type(screen) for screen in app.screens] == [TitleScreen, NationSelect]


def test_a_finished_game_goes_to_its_standings(app):
    short = read_scenario(routes.standard_scenario(), ("quarters=2", "epilogue_quarters=1")).scenario
    match = Match(short, 7, {"JPN": HUMAN})
    while not match.over:
        match.end_quarter()
    routes.to_game(app, match, "JPN")
    wait_for(app, shows(app, StandingsScreen))
    assert match.model.finished
