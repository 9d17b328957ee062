"""A saved game gone on with."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from agents.strategies import strategies
from game.explain import dispatch_from
from game.files.rules_hash import rules_hash
from game.files.saves import read_save, world_from
from game.files.scenarios import scenario_from_text
from game.match import HUMAN, Match
from game.series import SERIES


def load_match(path: Path, autosave: Callable[[Match], None] | None = None) -> tuple[Match, list[str]]:
    """A saved game, and what a person should know of it (other rules, a strategy that is missing).

    Raises
    ------
    PaxError
        The file is damaged, foreign, newer or too large; nothing is changed then.
    """
    saved = read_save(path)
    notes = []
    if saved.rules_hash != rules_hash():
        notes.append("Saved under other rules: it plays on, but its replay can no longer be verified.")
    seats = dict(saved.seats)
    for code, holder in seats.items():
        if holder != HUMAN and holder not in strategies():
            notes.append(f"Strategy '{holder}' of {code} is not installed: steady holds the seat.")
            seats[code] = "steady"
    match = Match(scenario_from_text(saved.scenario_text, f"{path}:scenario.yaml"), saved.seed, seats, autosave)
    match.begin(world_from(saved.world, match.world, saved.hashes[-1], path))
    match.log, match.hashes = list(saved.log), list(saved.hashes)
    match.dispatches = [dispatch_from(d) for d in saved.dispatches]
    for seat, instruction in saved.standing.items():
        match.standing[seat].instruction = instruction
    match.series = {name: list(saved.series[name]) for name in SERIES if name in saved.series}
    return match, notes
