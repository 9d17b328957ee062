"""A save is foreign: its replay runs no file that only the save names."""

from dataclasses import replace
from pathlib import Path

import pytest

from game.files.saves import read_save, write_save
from tests.cli.conftest import Call, one_line

STRATEGY = """\
from pathlib import Path
from game.core.orders import Visa
Path({mark!r}).touch()
class Mine:
    name, motto = 'mine', 'asks for engineers'
    def decide(self, counsel):
        counsel.give(Visa(0.2))
"""


@pytest.fixture
def kept(call: Call, tmp_path: Path) -> tuple[Path, Path, Path]:
    """A save of a run with a strategy file, that file, and the mark it leaves when it is run."""
    file, mark, save = tmp_path / "mine.py", tmp_path / "was_run", tmp_path / "game.paxsave"
    file.write_text(STRATEGY.format(mark=str(mark)), encoding="utf-8")
    assert call("run", "classroom", "--quarters", 2, "--seat", f"JPN={file}", "--save", save).exit_code == 0
    mark.unlink()
    return save, file, mark


def test_a_file_named_by_the_save_is_not_run(call: Call, kept: tuple[Path, Path, Path]) -> None:
    save, file, mark = kept
    result = call("replay", save, "--verify")
    assert result.exit_code == 2
    said = one_line(result.stderr)
    assert f"JPN was steered by '{str(file)[:60]}" in said
    assert "--seat JPN=FILE.py" in said
    assert not mark.exists()


def test_a_file_that_the_player_names_is_run_and_the_game_verified(call: Call, kept: tuple[Path, Path, Path]) -> None:
    save, file, mark = kept
    result = call("replay", save, "--verify", "--seat", f"JPN={file}")
    assert (result.exit_code, result.stdout) == (0, f"{save}: verified, 2 quarters\n")
    assert mark.exists()


def test_a_file_in_the_log_of_a_hand_over_is_not_run(call: Call, tmp_path: Path, kept: tuple[Path, Path, Path]) -> None:
    save, file, mark = kept
    saved = read_save(save)
    log = [dict(entry) for entry in saved.log]
    log[0]["seats"] = {"KOR": str(file)}
    forged = tmp_path / "forged.paxsave"
    write_save(forged, replace(saved, log=log, seats={**saved.seats, "JPN": "steady"}))
    result = call("replay", forged)
    assert result.exit_code == 2
    assert "KOR was steered by" in result.stderr
    assert not mark.exists()


def test_the_file_of_a_seat_that_is_none_is_refused(call: Call, kept: tuple[Path, Path, Path]) -> None:
    save, file, _ = kept
    result = call("replay", save, "--seat", f"JPM={file}")
    assert (result.exit_code, "did you mean 'JPN'?" in one_line(result.stderr)) == (2, True)
