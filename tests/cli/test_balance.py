"""`pax-silica balance` refuses what cannot be measured before it plays anything."""

from pathlib import Path

import pytest

from tests.cli.conftest import Call, one_line


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("no_such_scenario",), "no_such_scenario"),
        (("classroom", "--set", "no.such.path=1"), "no.such.path"),
        (("classroom", "-o", "nowhere/at/all.html"), "no such folder"),
        (("classroom", "--json", "nowhere/at/all.json"), "no such folder"),
        (("classroom", "--games", "1"), "--games"),
    ],
)
def test_wrong_input_is_one_line_and_exit_2(
    call: Call, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...], told: str
) -> None:
    monkeypatch.chdir(tmp_path)
    result = call("balance", *arguments)
    assert result.exit_code == 2
    assert told in one_line(result.stderr)
