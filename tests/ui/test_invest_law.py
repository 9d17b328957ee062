"""The offer of a multi-year law: there while none is in force, and lawful as it is first shown."""

from __future__ import annotations

from pathlib import Path

import pytest

from game.core.orders import Law
from game.files.scenarios import bundled
from game.ui.main.invest_law import law_offers
from tests.ui.board import Board


@pytest.fixture
def board(assets_folder: Path, tmp_path: Path, display: None):
    made = Board(bundled("pax_silica_2026"), assets_folder, tmp_path, "JPN", 0)
    yield made
    made.app.background.stop()


def test_a_law_is_offered_for_all_plants_and_for_each_of_the_largest(board):
    (offer,) = law_offers(board.play, 5.0)
    assert offer.options[0] == ("", "All plants at home")
    for plant, _ in offer.options:
        order = offer.order(offer.dose.start, plant)
        assert order == Law(offer.dose.start, plant or None)
        assert board.play.match.test("JPN", order).accepted
        assert "12 quarters" in offer.effect(order)[0].text


def test_no_second_law_is_offered(board):
    (offer,) = law_offers(board.play, 5.0)
    match = board.play.match
    assert match.give("JPN", offer.order(0.1, "")).accepted
    match.end_quarter()
    assert law_offers(board.play, 5.0) == []
