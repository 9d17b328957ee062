"""`play` where there is no display."""

import pytest

from game.cli import play
from game.cli.display import no_display
from tests.cli.conftest import Call


def test_unseen_driver_is_no_display(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SDL_VIDEODRIVER", "dummy")
    assert "SDL_VIDEODRIVER=dummy" in no_display()


def test_linux_without_a_display_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("SDL_VIDEODRIVER", "DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr("sys.platform", "linux")
    assert "DISPLAY" in no_display()
    monkeypatch.setenv("DISPLAY", ":98765")
    assert "no X server answers at DISPLAY=:98765" in no_display()
    monkeypatch.setenv("DISPLAY", "far.example:7")
    assert no_display() == ""


def test_without_a_display_it_says_so_in_one_line_and_plays(call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SDL_VIDEODRIVER", "dummy")
    played: list[tuple[str, int]] = []
    monkeypatch.setattr(play, "_headless", lambda name, seed: played.append((name, seed)) or 0)
    result = call("play", "--scenario", "classroom", "--seed", 5)
    assert result.stdout == "no display (SDL_VIDEODRIVER=dummy); playing classroom headless.\n"
    assert played == [("classroom", 5)]


def test_transcript_ends_with_standings() -> None:
    from game.files.scenarios import read_scenario

    scenario = read_scenario("classroom", ["quarters=2", "epilogue_quarters=0"]).scenario
    lines = list(play.transcript(scenario, 1))
    assert [line[:6] for line in lines if line.startswith("2026")] == ["2026Q1", "2026Q2"]
    assert sum(line.lstrip().split()[0].isdigit() for line in lines[-17:] if line.strip()) >= 16
