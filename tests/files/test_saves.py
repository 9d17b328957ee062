"""A save that no game has written is refused in one line, whatever part of it is wrong."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from game.core.errors import PaxError
from game.files.container import SaveError
from game.files.saves import SavedGame, read_save, write_save
from game.files.scenarios import bundled
from game.match import Match
from game.replay import Replay
from game.resumed import load_match


@pytest.fixture(scope="module")
def saved(tmp_path_factory: pytest.TempPathFactory) -> SavedGame:
    """A game of one quarter."""
    path = tmp_path_factory.mktemp("saves") / "good.paxsave"
    match = Match(bundled("pax_silica_2026"), 1, {"JPN": "human"})
    match.end_quarter()
    match.save(path)
    return read_save(path)


def refusal(folder: Path, game: SavedGame) -> str:
    path = folder / "bad.paxsave"
    write_save(path, game)
    with pytest.raises(SaveError) as caught:
        load_match(path)
    assert "\n" not in str(caught.value)
    return str(caught.value).removeprefix(f"{path}: ")


def order(**record: Any) -> dict[str, Any]:
    return {"log": [{"orders": {"JPN": [record]}}]}


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"seed": -1}, "game.json: seed"),
        ({"seed": 2**70}, "game.json: seed"),
        ({"seed": True}, "game.json: seed"),
        ({"seed": 5}, "the state is of another seed than the log"),
        ({"seats": {"JPN": 5}}, "game.json: seats.JPN"),
        ({"log": ["a"]}, "game.json: log.0"),
        ({"log": [{"orders": []}]}, "game.json: log.0.orders"),
        ({"log": [{"orders": {}, "first_seats": 5}]}, "game.json: log.0.first_seats"),
        ({"hashes": ["a", "b"]}, "game.json: hashes.0"),
        ({"log": [], "hashes": ["0" * 64]}, "the state is of another quarter than the log"),
        ({"dispatches": [1]}, "game.json: dispatches.0"),
        ({"dispatches": [{"a": 1}]}, "game.json: dispatches.0"),
        (order(order="zzz"), "unknown order 'zzz'"),
        (order(order="visa"), "an order 'visa' lacks 'thousands'"),
        (order(order="visa", thousands="x"), "'thousands' of an order 'visa' does not fit"),
        (order(order="visa", thousands=True), "'thousands' of an order 'visa' does not fit"),
        (order(order="visa", thousands=1.0, plant="x"), "an order 'visa' has no 'plant'"),
    ],
)
def test_log_that_no_game_writes_is_refused(
    saved: SavedGame, tmp_path: Path, changes: dict[str, Any], said: str
) -> None:
    assert said in refusal(tmp_path, replace(saved, **changes))


@pytest.mark.parametrize("array", [np.array([], dtype=np.int64), np.array([np.nan]), np.array([[1]]), np.array([999])])
def test_quarter_of_the_state_must_be_that_of_the_log(saved: SavedGame, tmp_path: Path, array: Any) -> None:
    forged = replace(saved, world={**saved.world, "quarter": array})
    assert refusal(tmp_path, forged) == "the state is of another quarter than the log"


@pytest.mark.parametrize("array", [np.array(1.0), np.zeros(1), np.full(2, np.nan)])
def test_series_must_be_as_long_as_the_log_and_hold_numbers(saved: SavedGame, tmp_path: Path, array: Any) -> None:
    forged = replace(saved, series={**saved.series, "score": array})
    assert refusal(tmp_path, forged) == "the series 'score' does not fit the log"


def test_scenario_of_a_save_that_does_not_read_is_one_line(saved: SavedGame, tmp_path: Path) -> None:
    path = tmp_path / "bad.paxsave"
    write_save(path, replace(saved, scenario_text="{}\n"))
    with pytest.raises(PaxError) as caught:
        load_match(path)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("change", [lambda b: b + b"x", lambda b: b"PK\x03\x04" + b, lambda b: b[:-1]])
def test_bytes_added_or_lost_at_the_ends_are_damage(saved: SavedGame, tmp_path: Path, change: Any) -> None:
    path = tmp_path / "bad.paxsave"
    write_save(path, saved)
    path.write_bytes(change(path.read_bytes()))
    with pytest.raises(SaveError, match="cut off or damaged"):
        read_save(path)


def test_seat_that_the_scenario_has_not_is_named_before_a_replay(saved: SavedGame, tmp_path: Path) -> None:
    path = tmp_path / "bad.paxsave"
    write_save(path, replace(saved, log=[{"orders": {"JPM": []}}]))
    with pytest.raises(PaxError, match=r"unknown nation 'JPM' \(did you mean 'JPN'\?\)"):
        Replay(path)


def test_replay_names_the_field_of_a_saved_state_that_is_not_as_played(saved: SavedGame, tmp_path: Path) -> None:
    path = tmp_path / "forged.paxsave"
    cash = saved.world["state.cash"] + 1.0
    write_save(path, replace(saved, world={**saved.world, "state.cash": cash}))
    replay = Replay(path)
    replay.step()
    assert replay.verdict().diverged == "first in 2026Q1, in state.cash of the saved state"
