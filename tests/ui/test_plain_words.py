"""Players read words, not the numbers of rules or the units of the files."""

import re
from pathlib import Path

import pygame
import pytest

from game.ui.kit.tips import Tip
from game.ui.main.points import Par, points_words
from game.ui.main.readings import in_words
from game.ui.screens.nation_card import about, nations

UI = Path(__file__).parents[2] / "game" / "ui"
RULE = re.compile(r"\b[Rr]ules R\d|\bParameters \w+\.")


def said(tip: Tip) -> str:
    """All that a tip says."""
    return " ".join([tip.title, *(span.text for span in tip.body), *(f"{t.name} {t.figure}" for t in tip.terms),
                     tip.source, tip.blocked])  # fmt: skip


@pytest.mark.parametrize("letter", [pygame.K_i, pygame.K_r, pygame.K_c, pygame.K_o, pygame.K_a])
def test_no_tip_of_the_orders_names_a_rule_by_its_number(board, letter):
    board.press(letter)
    tips = [said(widget.tip) for widget in board.screen.root.walk() if widget.tip]
    assert tips
    assert not [tip for tip in tips if RULE.search(tip)]


def test_no_text_of_the_window_names_a_rule_by_its_number():
    quoted = re.compile(r'(?<!")"(?!"")[^"\n]*"')
    found = [
        (path.name, text)
        for path in UI.rglob("*.py")
        for text in quoted.findall(path.read_text(encoding="utf-8"))
        if RULE.search(text)
    ]
    assert found == []


def test_the_unit_of_an_objective_is_spelled_out(board):
    text = board.match.scenario.objectives[board.play.place].text
    assert "kwpm" in text, "the scenario's own words changed: this test asks nothing any more"
    assert in_words(text).startswith("Rapidus at 2 nm: 20 thousand wafers a month")
    japan = next(nation for nation in nations(board.match.scenario) if nation.code == "JPN")
    for tip in (points_words(board.play, Par(None, ""))[2], about(japan)):
        assert "thousand wafers a month" in said(tip)
        assert "kwpm" not in said(tip)
