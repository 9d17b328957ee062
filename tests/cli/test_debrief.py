"""`pax-silica debrief` as a user meets it."""

from pathlib import Path

import pytest

from tests.cli.conftest import Call, one_line

ORDERS = """\
orders:
  - {quarter: 2026Q1, seat: JPN, order: control, class: magnets, target: CHN, level: ban}
"""


@pytest.fixture
def save(call: Call, tmp_path: Path) -> Path:
    """A save of three quarters with one order of a file."""
    orders, save = tmp_path / "orders.yaml", tmp_path / "game.paxsave"
    orders.write_text(ORDERS, encoding="utf-8")
    assert call("run", "classroom", "--quarters", 3, "--orders", orders, "--save", save).exit_code == 0
    return save


def test_debrief_writes_one_page_and_the_series(call: Call, save: Path, tmp_path: Path) -> None:
    page, folder = tmp_path / "page.html", tmp_path / "figures"
    result = call("debrief", save, "-o", page, "--csv", folder, "--draws", 2)
    assert result.exit_code == 0
    text = page.read_text(encoding="utf-8")
    assert text.startswith("<!doctype html>")
    assert "What decisions were worth" in text
    named = {path.stem for path in folder.iterdir()}
    assert {"places", "firms", "goods", "contracts", "race", "scores", "decisions", "bottlenecks"} <= named


def test_debrief_without_a_budget_weighs_nothing(call: Call, save: Path, tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    assert call("debrief", save, "-o", page, "--budget", 0).exit_code == 0
    assert "What decisions were worth" not in page.read_text(encoding="utf-8")


def test_file_that_is_no_save_is_one_line(call: Call, tmp_path: Path) -> None:
    (tmp_path / "x.paxsave").write_text("x", encoding="utf-8")
    result = call("debrief", tmp_path / "x.paxsave", "-o", tmp_path / "page.html")
    assert result.exit_code == 2
    assert "x.paxsave" in one_line(result.stderr)
    assert not (tmp_path / "page.html").exists()


def test_page_that_cannot_be_written_is_refused_before_any_work(call: Call, save: Path, tmp_path: Path) -> None:
    result = call("debrief", save, "-o", tmp_path / "nowhere" / "page.html")
    assert result.exit_code == 2
    assert "no such folder" in one_line(result.stderr)
