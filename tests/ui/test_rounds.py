"""In class one turn is a round of three quarters: the window says round, and tells the whole of it."""

from dataclasses import replace

import pytest

from game.files import paths
from game.rules import bottleneck
from game.ui.app import App
from game.ui.main.context import PlayContext
from game.ui.main.quarter_end import Report, Snapshot, report_of
from game.ui.main.rounds import brief_title, round_quarters, span_words, turn_noun, turn_words
from game.ui.main.screen import MainScreen
from game.ui.screens import games
from game.ui.screens.nation_select import NationSelect
from game.ui.screens.title import TitleScreen
from game.ui.settings import Settings
from tests.ui.screens.steps import click, wait_for


@pytest.fixture(scope="module")
def match():
    return games.start(games.NewGame("classroom", "JPN", 7), None)


@pytest.fixture
def app(assets_folder, tmp_path):
    app = App(assets_folder, tmp_path / "settings.json", size=(1280, 720))
    app.change_settings(Settings(reduced_motion=True, text_scale=1.0))
    yield app
    app.close()


def said(tip):
    return "".join(span.text for span in tip.body)


def test_quarters_and_rounds_are_told_apart(scenario):
    thirds = replace(scenario, quarters_per_round=3, quarters=24)
    assert (turn_noun(scenario), turn_noun(thirds)) == ("quarter", "round")
    assert turn_words(3, scenario) == f"Turn 4 of {scenario.quarters}"
    assert turn_words(3, thirds) == "Round 2 of 8"
    assert turn_words(24, thirds) == "Round 8 of 8"
    assert turn_words(0, replace(thirds, quarters=25)) == "Round 1 of 9"


def test_a_brief_names_every_quarter_it_tells_of(scenario):
    thirds = replace(scenario, quarters_per_round=3, quarters=25)
    assert brief_title(4, 5, scenario) == "Q1 2027 in brief"
    assert brief_title(0, 3, scenario) == "Q1 to Q3 2026 in brief"
    assert brief_title(3, 6, thirds) == "Round 2 in brief: Q4 2026 to Q2 2027"
    assert brief_title(24, 25, thirds) == "Round 9 in brief: Q1 2032"
    assert brief_title(0, 6, thirds) == "Q1 2026 to Q2 2027 in brief"
    assert span_words(0, 0, thirds) == round_quarters(0, scenario) == "Q1 2026"
    assert round_quarters(24, thirds) == "Q1 2032"


def test_the_score_is_compared_with_the_start_of_the_round_and_with_nothing_before_the_first():
    start = Snapshot(0, 0.0, 1, 4.0, bottleneck.NONE)
    later, last = replace(start, quarter=3, score=48.1), replace(start, quarter=6, score=47.0)
    assert Report("", start, later, ()).score_words() == "Score 48.1, 1st"
    assert Report("", later, last, ()).score_words() == "Score 47.0 −1.1, 1st"


def test_the_class_ends_rounds(app, match):
    app.push(MainScreen(PlayContext(match, "JPN")))
    assert app.screen.find("end quarter").text == "End round"
    assert app.screen.find("quarter").lower == "Round 1 of 8"
    assert "Q1 to Q3 2026" in said(app.screen.find("quarter").tip)
    assert "Q1 to Q3 2026" in said(app.screen.find("end quarter").tip)


def test_the_brief_of_a_round_is_about_its_three_quarters(match):
    before = Snapshot.of(match, "JPN")
    news = match.end_quarter()
    report = report_of(before, match, "JPN", news)
    assert report.title == "Round 1 in brief: Q1 to Q3 2026"
    assert "+" not in report.score_words()
    assert report.before.quarter == 0
    assert report.after.quarter == 3


def test_a_scenario_has_one_name_in_the_list_and_once_it_is_chosen(app, scenario):
    app.push(TitleScreen())
    app.push(NationSelect("pax_silica_2026", scenario, games.rival_strategies(), 7))
    listed = app.screen.find("scenario").options
    assert listed == tuple(paths.scenario_title(name) for name in paths.scenario_names())
    assert "Pax Silica in class" in listed
    click(app, app.screen.find("scenario"))
    app.screen.popup._take(listed.index("Pax Silica in class"))
    wait_for(app, lambda: isinstance(app.screen, NationSelect) and app.screen.name == "classroom")
    assert app.screen.find("scenario").options == listed
    assert app.screen.find("scenario").chosen == listed.index("Pax Silica in class")
    assert app.screen.scenario.title == "Pax Silica in class"


def test_the_bar_of_a_score_says_which_part_is_which(app, scenario):
    app.push(NationSelect("pax_silica_2026", scenario, games.rival_strategies(), 7))
    tip = app.screen.find("JPN").tip
    assert [term.name for term in tip.terms] == [
        "Compute at work", "Independence", "Prosperity", "Standing", "Security",
    ]  # fmt: skip
    assert len({term.colour for term in tip.terms}) == 5
