"""`sanity` prints a row a figure, and its exit code is its verdict."""

import json

import pytest

from game.cli import sanity as command
from game.files.record import record
from game.lab import sanity as lab
from game.lab.sanity import Compared, Sanity
from tests.cli.conftest import Call


def fake(monkeypatch: pytest.MonkeyPatch, found: float) -> None:
    figure = next(f for f in record() if f.id == "price_gallium")
    monkeypatch.setattr(lab, "sanity", lambda scenario, tick: Sanity([Compared(figure, found, found)], [], []))


@pytest.mark.parametrize(("found", "code", "verdict"), [(1.4, 0, "yes"), (9.0, 1, "NO: opening and after four")])
def test_exit_code_is_the_verdict(
    call: Call, monkeypatch: pytest.MonkeyPatch, found: float, code: int, verdict: str
) -> None:
    fake(monkeypatch, found)
    result = call("sanity", "classroom")
    assert result.exit_code == code
    assert verdict in result.stdout
    assert "ARG2512" in result.stdout


def test_json_is_the_only_thing_on_stdout(call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    fake(monkeypatch, 1.4)
    value = json.loads(call("sanity", "classroom", "--json").stdout)
    assert value["holds"] is True
    assert value["figures"][0]["id"] == "price_gallium"
    assert command.sanity.name == "sanity"
