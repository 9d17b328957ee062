"""The window of a control: said in the form, marked on the map, told in the card of the place."""

from __future__ import annotations

from pathlib import Path

import pygame
import pytest

from game.files.scenarios import bundled
from game.ui.main.controls_window import open_windows, windows_of
from game.ui.main.place_card import card_rows
from tests.ui.board import Board


@pytest.fixture(scope="module")
def scenario():
    return bundled("pax_silica_2026")


@pytest.fixture
def board(scenario, assets_folder: Path, tmp_path: Path, display: None):
    board = Board(scenario, assets_folder, tmp_path, "NLD", 2)
    yield board
    board.app.background.stop()


def _tools(board: Board) -> None:
    board.press(pygame.K_c)
    board.click("class tools")


def test_the_form_says_the_bite_now_and_in_a_year(board):
    _tools(board)
    line = board.find("effect Bite now, in a year")
    china = windows_of(board.play).hardest(list(range(14, 18)), [board.match.scenario.place_axis.at("CHN")])[0]
    assert line.text == f"{china.bite:.2f}, {china.later:.2f}: China"
    assert china.later < china.bite
    assert "under construction" in "".join(span.text for span in line.tip.body)
    assert {term.name for term in line.tip.terms} >= {"If you wait a year", "After a year of it, as it learns"}


def test_a_looser_level_bites_less(board):
    _tools(board)
    ban = float(board.find("effect Bite now, in a year").text.split(",")[0])
    board.screen.orders.tabs[2]._set("level", 2)
    assert float(board.find("effect Bite now, in a year").text.split(",")[0]) < ban


def test_open_windows_are_marked_on_the_map_only_while_a_control_is_put_together(board):
    assert open_windows(board.play) == {}
    _tools(board)
    marked = open_windows(board.play)
    assert "CHN" in marked
    assert "NLD" not in marked
    board.app.draw()
    board.screen.map.view.update(16)
    assert board.screen.map.world.marked == frozenset(marked)
    board.press(pygame.K_i)
    board.screen.map.view.update(16)
    assert not board.screen.map.world.marked


def test_the_lens_of_controls_marks_windows_too(board):
    board.play.choose_lens("controls")
    assert "CHN" in open_windows(board.play)


def test_what_bites_as_hard_in_a_year_is_no_window(board):
    _tools(board)
    for window in open_windows(board.play).values():
        assert window.later < 0.9 * window.bite


def test_the_card_of_a_place_tells_its_window(board):
    _tools(board)
    rows = {row.name: row.words for row in card_rows(board.play, board.match.scenario.place_axis.at("CHN"))}
    name = next(row for row in rows if row.startswith("Window open"))
    assert rows[name].startswith("bite ")
    assert "fab line" in rows["It builds"]
