"""Replays: a game in which a strategy failed is played again with the same holes."""

from pathlib import Path

import pytest

from game.core.orders import SovereignCompute
from game.files.scenarios import bundled
from game.match import HUMAN, Match
from game.replay import Replay
from game.resumed import load_match

FAULTY = """\
class Mine:
    name, motto = 'mine', 'fails every other quarter'
    def __init__(self):
        self.asked = 0
    def decide(self, counsel):
        self.asked += 1
        if self.asked % 2:
            raise RuntimeError('not today')
"""


@pytest.fixture
def saved(tmp_path: Path) -> tuple[Path, str]:
    """A game of three quarters with a strategy that fails in two of them, and the strategy's file."""
    file = tmp_path / "mine.py"
    file.write_text(FAULTY, encoding="utf-8")
    match = Match(bundled("classroom"), 5, {"CHN": str(file), "JPN": HUMAN})
    for _ in range(3):
        match.give("JPN", SovereignCompute(0.1))
        match.end_quarter()
    match.save(tmp_path / "game.paxsave")
    return tmp_path / "game.paxsave", str(file)


def test_a_game_with_a_failing_strategy_is_verified(saved: tuple[Path, str]) -> None:
    path, file = saved
    replay = Replay(path, files={"CHN": file})
    for _ in replay.saved.log:
        replay.step()
    verdict = replay.verdict()
    assert (verdict.diverged, verdict.quarters, verdict.same_rules) == ("", len(replay.saved.log), True)


def test_loading_runs_no_file_that_the_save_names(saved: tuple[Path, str]) -> None:
    path, file = saved
    Path(file).write_text("raise SystemExit('it was run')", encoding="utf-8")
    loaded, notes = load_match(path)
    assert loaded.seats["CHN"] == "steady"
    assert file in notes[0]
