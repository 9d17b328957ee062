"""Par tables: what a seat scores when everybody plays `steady`, and how far that seat's score spreads.

A table counts only for the scenario and the rules that it was made with. A stale one is named as such, and points are
then left blank; they are never computed from it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from game.core.errors import PaxError
from game.files.atomic import write_atomically
from game.files.members import decode_json
from game.files.text import read_text

SPREAD = (
    "standard deviation of the seat's score over games in which it plays each of the ten doctrines, a tenth each, "
    "and everybody else steady"
)
_MAX_BYTES = 200_000


@dataclass(frozen=True, slots=True)
class SeatPar:
    """Par of one seat, in points of score."""

    mean: float
    standard_error: float
    sigma: float
    by_strategy: dict[str, float]
    """mean score of the seat with each strategy that the spread is taken over"""
    open_means: list[float]
    """mean score so far, without what the secret mandate adds, after each quarter from the first on: par of a game in
    progress"""
    mandates: dict[str, float]
    """mean score of the games in which the seat drew each mandate"""

    def open_mean(self, quarter: int) -> float:
        """Par of a game in progress when so many quarters are played; before the first, what that brings."""
        return self.open_means[min(max(quarter, 1), len(self.open_means)) - 1]


@dataclass(frozen=True, slots=True)
class ParTable:
    """Par of every seat of a scenario."""

    scenario: str
    scenario_hash: str
    rules_hash: str
    games: int
    first_seed: int
    sigma_is: str
    seats: Mapping[str, SeatPar]

    def stale(self, scenario_hash: str, rules_hash: str) -> str:
        """Why the table does not count for this scenario and these rules; empty if it does."""
        if self.scenario_hash != scenario_hash:
            return "the par table is for another version of the scenario"
        if self.rules_hash != rules_hash:
            return "the par table is for other rules"
        return ""

    def points(self, seat: str, score: float, mandate: str | None) -> float | None:
        """10 (score - par) / sigma, par of the mandate that the seat drew; None where it has no par or no spread."""
        par = self.seats.get(seat)
        if par is None or par.sigma <= 0:
            return None
        return 10.0 * (score - par.mandates.get(mandate or "", par.mean)) / par.sigma

    def open_points(self, seat: str, score: float, quarter: int) -> float | None:
        """The same for a score without mandate, while the game goes on and mandates are secret: against what `steady`
        has by then, so that nobody is behind because the best quarters are yet to come."""
        par = self.seats.get(seat)
        if par is None or par.sigma <= 0:
            return None
        return 10.0 * (score - par.open_mean(quarter)) / par.sigma


def write_par(path: Path, table: ParTable) -> None:
    """Write a table as JSON, rounded to what its error supports. Raises PaxError if the file cannot be written."""
    plain = asdict(table)
    plain["seats"] = {code: _rounded(asdict(par)) for code, par in table.seats.items()}
    text = json.dumps(plain, indent=1, sort_keys=False) + "\n"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        write_atomically(path, text.encode())
    except OSError as error:
        raise PaxError(f"{path}: cannot be written: {error.strerror or error}") from None


def read_par(path: Path) -> ParTable | None:
    """The table in a file, or None if there is no file. Raises PaxError for a file that is no par table."""
    if not path.is_file():
        return None
    try:
        plain = decode_json(read_text(path, str(path), _MAX_BYTES).encode())
        return table_from(plain)
    except (ValueError, TypeError, KeyError, AttributeError):
        raise PaxError(f"{path}: not a par table; `pax-silica par SCENARIO` writes one") from None


def table_from(plain: Any) -> ParTable:
    """The table that `asdict` made plain. Raises KeyError or TypeError for what is none."""
    seats = {str(code): SeatPar(**par) for code, par in plain.pop("seats").items()}
    return ParTable(seats=seats, **plain)


def _rounded(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _rounded(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_rounded(inner) for inner in value]
    return round(value, 4) if isinstance(value, float) else value
