"""`strategy new` and `strategy check`."""

from pathlib import Path

import pytest

from game.conformance import CHECKS
from tests.cli.conftest import Call, one_line


@pytest.mark.parametrize("kind", [(), ("--batch",)])
def test_a_new_strategy_has_no_faults_and_teaches(call: Call, tmp_path: Path, kind: tuple[str, ...]) -> None:
    file = tmp_path / "my_doctrine.py"
    written = call("strategy", "new", "my_doctrine", *kind, "-o", file)
    assert written.exit_code == 0
    text = file.read_text(encoding="utf-8")
    assert "class MyDoctrine" in text
    assert "{title}" not in text
    assert "{file}" not in text
    assert text.count("#") + text.count('"""') > 8
    checked = call("strategy", "check", file, "--quarters", 3, "--worlds", 2, "--seat", "jpn", "--seat", "AUS")
    assert checked.stdout.startswith(f"{file}: nothing wrong in 3 quarters of classroom")
    assert checked.exit_code == 0


def test_faults_are_told_and_end_with_one(call: Call, tmp_path: Path) -> None:
    file = tmp_path / "loud.py"
    file.write_text(
        'class Loud:\n    name = "loud"\n    motto = "Loud."\n\n    def decide(self, counsel):\n        print("here")\n'
    )
    result = call("strategy", "check", file, "--quarters", 1, "--worlds", 2, "--seat", "JPN")
    assert result.exit_code == 1
    assert "quiet: JPN in 2026Q1: it prints 'here'" in one_line(result.stdout)


def test_names_that_cannot_be_or_are_taken_are_refused(call: Call, tmp_path: Path) -> None:
    for name, said in (("Hawk!", "small letters"), ("class", "small letters"), ("hawk", "there is a strategy 'hawk'")):
        result = call("strategy", "new", name, "-o", tmp_path / "x.py")
        assert result.exit_code == 2
        assert said in one_line(result.stderr)


def test_a_file_that_is_there_is_not_overwritten(call: Call, tmp_path: Path) -> None:
    file = tmp_path / "mine.py"
    file.write_text("mine\n")
    assert "not overwritten" in one_line(call("strategy", "new", "mine", "-o", file).stderr)
    assert file.read_text() == "mine\n"


def test_every_check_is_named_when_all_is_well(call: Call) -> None:
    result = call("strategy", "check", "hold", "--quarters", 1, "--worlds", 2, "--seat", "JPN")
    assert all(check in result.stdout for check in CHECKS)


def test_an_unknown_seat_is_refused_with_the_near_name(call: Call) -> None:
    assert "did you mean 'JPN'" in one_line(call("strategy", "check", "hold", "--seat", "JPM").stderr)
