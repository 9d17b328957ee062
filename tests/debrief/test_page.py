"""The page and the CSV files show what the debrief holds."""

import csv
import json
from dataclasses import replace
from pathlib import Path

import pytest

from game.core.errors import PaxError
from game.debrief import Debrief, Decision, Promise
from game.debrief.page import debrief_page
from game.debrief.questions import questions_of
from game.debrief.records import Account
from game.debrief.sheets import sheets_of, write_sheets
from tests.page.test_document import parsed

ACCOUNT = Account("JPN", 60.0, 58.0, 3.0, -2.0, 1.0, 0.2, 8)


def test_page_is_whole_and_needs_nothing(over: Debrief, weighed_up: Debrief) -> None:
    for told in (over, weighed_up, replace(over, accounts=(ACCOUNT,))):
        tags = parsed(debrief_page(told))
        assert tags.open == []
        assert [tag for tag, _ in tags.seen if tag in ("script", "link", "img")] == []


def test_page_tells_the_race_the_ban_and_every_seat(weighed_up: Debrief) -> None:
    text = debrief_page(weighed_up)
    assert "Ban on magnets and materials for China" in text
    assert all(finish.name in text for finish in weighed_up.finishes)
    assert "post at" in text


def test_page_is_the_same_each_time(weighed_up: Debrief) -> None:
    assert debrief_page(weighed_up) == debrief_page(weighed_up)


def test_account_is_told_only_where_there_is_one(over: Debrief) -> None:
    assert "Own play, rivals and luck" not in debrief_page(over)
    assert "own decisions gained 3.0 points" in debrief_page(replace(over, accounts=(ACCOUNT,)))


def test_words_of_a_save_cannot_become_markup(told: Debrief) -> None:
    evil = replace(told, decisions=(Decision(0, "JPN", "control", "<script>x</script>", ("<b>",)),), title="<i>")
    assert "<script>" not in debrief_page(evil)
    assert "<i>" not in debrief_page(evil)


def test_questions_point_at_what_happened(told: Debrief) -> None:
    broken = Promise(1, ("JPN", "USA"), ("x",), 0, 2, "broken", "USA", "JPN", "gave notice")
    found = questions_of(replace(told, promises=(broken,)))
    assert any("Japan broke its word" in question for question in found)
    assert 4 <= len(found) <= 7


def test_every_sheet_has_a_head_and_rows_of_its_length(weighed_up: Debrief) -> None:
    for name, rows in sheets_of(weighed_up).items():
        assert rows, name
        assert {len(row) for row in rows} == {len(rows[0])}, name


def test_sheets_read_back(weighed_up: Debrief, tmp_path: Path) -> None:
    write_sheets(tmp_path / "new", weighed_up)
    with (tmp_path / "new" / "race.csv").open(newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert [float(row["chip_independence"]) for row in rows] == list(weighed_up.race.chip)
    assert json.dumps(rows[0])


def test_sheets_that_cannot_be_written_are_one_line(weighed_up: Debrief, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(PaxError, match="cannot be written"):
        write_sheets(tmp_path / "file", weighed_up)
