"""The objective comes first among the offers where it is off track, and a thin grid is among them."""

from __future__ import annotations

from pathlib import Path

import pytest

from game.core.names import GATES
from game.core.world import replace
from game.explain import Quarter, mineral_terms
from game.files.scenarios import bundled
from game.ui.main.invest import FIRST, InvestTab
from game.ui.main.invest_goal import Goal
from game.ui.main.race_bar import mineral_tip
from tests.ui.board import Board


@pytest.fixture(scope="module")
def scenario():
    return bundled("pax_silica_2026")


@pytest.fixture
def boards(scenario, assets_folder: Path, tmp_path: Path, display: None):
    made: list[Board] = []

    def board(seat: str, quarters: int = 0) -> Board:
        made.append(Board(scenario, assets_folder, tmp_path, seat, quarters))
        return made[-1]

    yield board
    for board_ in made:
        board_.app.background.stop()


def _first(board: Board) -> list[str]:
    return [offer.key for offer in InvestTab(board.play, lambda: None).offers_of(FIRST)]


@pytest.mark.parametrize(
    ("seat", "keys"),
    [("BRA", ("supplier ",)), ("MYS", ("line ",)), ("IND", ("compute",)), ("ISR", ("line ",))],
)
def test_what_serves_an_objective_off_track_comes_first(boards, seat, keys):
    board = boards(seat, 10)
    goal = Goal(board.play)
    assert goal.off_track
    assert _first(board)[0].startswith(keys)


def test_at_the_opening_no_objective_is_late(boards):
    board = boards("BRA")
    goal = Goal(board.play)
    assert not goal.off_track
    offers = InvestTab(board.play, lambda: None).offers_of(FIRST)
    assert goal.ranked(offers) == offers


def test_the_offer_says_how_far_the_objective_is(boards):
    board = boards("IND", 10)
    offer = InvestTab(board.play, lambda: None).offers_of(FIRST)[0]
    said = "".join(span.text for span in offer.effect(offer.order(1.0, "")))
    assert "For your objective" in said
    assert "31% due" in said


def test_a_grid_with_little_to_spare_is_among_the_most_pressing(boards):
    board = boards("JPN", 1)
    assert not any(key.startswith("power ") for key in _first(board)[:3])
    cover = board.match.world.standing.cover.copy()
    cover[GATES.at("power"), board.play.place] = 1.0 / (1.0 - 0.03)
    world = board.match.world
    board.match.model.world = replace(world, standing=replace(world.standing, cover=cover))
    board.play.renewed()
    offers = InvestTab(board.play, lambda: None).offers_of(FIRST)
    power = next(offer for offer in offers[:3] if offer.key.startswith("power "))
    said = "".join(span.text for span in power.effect(power.order(0.1, "")))
    assert "3% to spare" in said


def test_the_race_bar_tells_what_the_last_quarter_moved(boards):
    opening = mineral_tip(boards("JPN").play)
    assert "Last quarter" not in "".join(span.text for span in opening.body)
    board = boards("JPN", 5)
    match = board.match
    tip = mineral_tip(board.play)
    quarter = Quarter(match.previous, match.world, match.scenario, match.model.book.tables)
    largest = mineral_terms(quarter)[0]
    shown = next(term for term in tip.terms if term.name.lower().startswith(largest.name.lower()))
    assert f"{largest.points:+.1f}".replace("-", "−") in shown.figure
    assert largest.why in "".join(span.text for span in tip.body)
