"""Par tables count for one scenario and one set of rules, and for nothing else."""

from pathlib import Path

import pytest

from game.core.errors import PaxError
from game.files.par_tables import SPREAD, ParTable, SeatPar, read_par, write_par
from game.files.rules_hash import meaning, rule_files, rules_hash

TABLE = ParTable(
    "mine", "a" * 64, "b" * 64, 512, 1, SPREAD, {
        "JPN": SeatPar(58.0, 0.1, 2.5, {"steady": 58.0}, [48.0, 50.0], {"a": 57.0}),
        "KOR": SeatPar(50.0, 0.1, 0.0, {"steady": 50.0}, [45.0], {}),
    },
)  # fmt: skip


def test_written_table_is_read_back_equal(tmp_path: Path) -> None:
    file = tmp_path / "par" / "mine.json"
    write_par(file, TABLE)
    assert read_par(file) == TABLE


def test_no_file_is_no_table(tmp_path: Path) -> None:
    assert read_par(tmp_path / "mine.json") is None


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"seats": {"JPN": {"mean": 1}}}', '{"seats": 3}'])
def test_what_is_no_table_is_refused(tmp_path: Path, text: str) -> None:
    file = tmp_path / "mine.json"
    file.write_text(text)
    with pytest.raises(PaxError, match="not a par table"):
        read_par(file)


def test_points_count_in_spreads_above_par() -> None:
    assert TABLE.points("JPN", 60.5, None) == pytest.approx(10.0)
    assert TABLE.points("KOR", 60.5, None) is None, "a seat without spread has no points"
    assert TABLE.points("USA", 60.5, None) is None


def test_par_is_that_of_the_mandate_drawn_and_of_the_open_score_in_play() -> None:
    assert TABLE.points("JPN", 59.5, "a") == pytest.approx(10.0)
    assert TABLE.points("JPN", 60.5, "b") == pytest.approx(10.0), "never drawn in the games of the table"
    assert TABLE.open_points("JPN", 52.5, 2) == pytest.approx(10.0)


def test_a_game_in_progress_is_held_against_par_of_as_many_quarters() -> None:
    assert TABLE.open_points("JPN", 50.5, 1) == pytest.approx(10.0)
    assert TABLE.open_points("JPN", 50.5, 0) == pytest.approx(10.0), "before the first quarter: what that brings"
    assert TABLE.open_points("JPN", 52.5, 40) == pytest.approx(10.0), "after the last that the table knows"


def test_table_of_another_scenario_or_other_rules_is_stale() -> None:
    assert TABLE.stale("a" * 64, "b" * 64) == ""
    assert "scenario" in TABLE.stale("c" * 64, "b" * 64)
    assert "rules" in TABLE.stale("a" * 64, "c" * 64)


def test_hash_of_rules_covers_rules_core_firms_and_steady() -> None:
    files = rule_files()
    for name in (
        "game/core/world.py",
        "game/rules/trade.py",
        "agents/foundry.py",
        "agents/strategies/steady.py",
        "agents/strategies/steady_talks.py",
        "agents/strategies/character.py",
    ):
        assert name in files
    assert "agents/strategies/hold.py" not in files
    assert len(rules_hash()) == 64


def test_only_what_code_means_counts() -> None:
    plain = "def f(x):\n    return x + 1\n"
    tidied = '"""Module."""\n\ndef f(x):\n    """Add one."""\n    # a comment\n    return (x + 1)\n'
    assert meaning(plain) == meaning(tidied)
    assert meaning(plain) != meaning(plain.replace("1", "2"))
