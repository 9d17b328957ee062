"""The store of a tournament: one SQLite file, one row a game, each under a key of its own.

The key is (rules hash, scenario hash, seating as (seat, strategy, content hash of the strategy), seed). Rows are only
added, a finished task at a time, so a run that is killed leaves whole rows; playing a game again gives the same row.
What a game counts for stands apart in `contests`: which seats of a seating are rated, over which seeds.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from types import TracebackType
from typing import Any, NamedTuple

from game.core.errors import PaxError
from game.files.par_tables import ParTable, table_from
from game.tournament.task import Row, row_from

APPLICATION = 0x50415853
VERSION = 1
_SCHEMA = """
CREATE TABLE seatings (
    id INTEGER PRIMARY KEY,
    rules TEXT NOT NULL, scenario TEXT NOT NULL, name TEXT NOT NULL,
    held TEXT NOT NULL,
    UNIQUE (rules, scenario, held)
);
CREATE TABLE games (
    seating INTEGER NOT NULL REFERENCES seatings, seed INTEGER NOT NULL,
    scores TEXT NOT NULL, mandates TEXT NOT NULL, faults TEXT NOT NULL, timed_out INTEGER NOT NULL,
    PRIMARY KEY (seating, seed)
) WITHOUT ROWID;
CREATE TABLE contests (
    format TEXT NOT NULL, seating INTEGER NOT NULL REFERENCES seatings, rated TEXT NOT NULL,
    first INTEGER NOT NULL, last INTEGER NOT NULL,
    PRIMARY KEY (format, seating, rated, first)
) WITHOUT ROWID;
CREATE TABLE pars (rules TEXT NOT NULL, scenario TEXT NOT NULL, par TEXT NOT NULL, PRIMARY KEY (rules, scenario));
"""
Held = Mapping[str, tuple[str, str]]


class Contest(NamedTuple):
    """What games of a seating count for: the rated seats, over seeds from `first` to `last`."""

    format: str
    seating: int
    rated: tuple[str, ...]
    first: int
    last: int


class SeatingRow(NamedTuple):
    """A seating as the store has it; `held` has every seat of the scenario."""

    id: int
    rules: str
    scenario: str
    name: str
    held: dict[str, tuple[str, str]]


class Store:
    """A store that is open; a context manager.

    Parameters
    ----------
    path : of the file; made if need be, unless it is only to be read.
    read : the file must be there, and is not changed.

    Raises
    ------
    PaxError
        No such file, no store, one of a later version, or a disk that takes nothing more.
    """

    def __init__(self, path: Path, read: bool = False) -> None:
        self.path = path
        if read and not path.is_file():
            raise PaxError(f"{path}: no such file; `pax-silica tournament run` makes a store")
        with self._telling():
            self._open = sqlite3.connect(path, timeout=30.0, isolation_level=None)
            self._open.execute("PRAGMA trusted_schema = OFF")
            self._prepare(read)

    def _prepare(self, read: bool) -> None:
        application = self._value("PRAGMA application_id")
        version = self._value("PRAGMA user_version")
        if application == APPLICATION and version > VERSION:
            raise PaxError(f"{self.path}: made by a later version of the game; this one reads up to {VERSION}")
        empty = self._value("SELECT count(*) FROM sqlite_master") == 0
        if application != APPLICATION and (read or not empty):
            raise PaxError(f"{self.path}: no tournament store")
        if read:
            self._open.execute("PRAGMA query_only = ON")
            return
        self._open.execute("PRAGMA journal_mode = WAL")
        if empty:
            marks = f"PRAGMA application_id = {APPLICATION}; PRAGMA user_version = {VERSION};"
            self._open.executescript(f"BEGIN; {_SCHEMA} {marks} COMMIT;")

    def __enter__(self) -> Store:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._open.close()

    # --- writing ---------------------------------------------------------------------------------------------------

    def seating(self, rules: str, scenario: str, name: str, held: Held) -> int:
        """Number of a seating, entered if it is new."""
        key = (rules, scenario, _held_text(held))
        where = "SELECT id FROM seatings WHERE rules = ? AND scenario = ? AND held = ?"
        row = self._open.execute(where, key).fetchone()
        if row is None:
            entry = "INSERT INTO seatings (rules, scenario, name, held) VALUES (?, ?, ?, ?)"
            self._open.execute(entry, (rules, scenario, name, key[2]))
            row = self._open.execute(where, key).fetchone()
        return int(row[0])

    def add_contests(self, contests: Iterable[Contest]) -> None:
        """Enter what games count for; more seeds of the same widen it."""
        entry = "INSERT INTO contests VALUES (?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET last = max(last, excluded.last)"
        rows = [(c.format, c.seating, json.dumps(c.rated), c.first, c.last) for c in contests]
        self._open.executemany(entry, rows)

    def add_par(self, rules: str, scenario: str, table: ParTable) -> None:
        """Keep the par table that points are measured by; a later one for the same rules takes its place."""
        self._open.execute("INSERT OR REPLACE INTO pars VALUES (?, ?, ?)", (rules, scenario, json.dumps(asdict(table))))

    def add_games(self, seating: int, rows: Sequence[Row]) -> None:
        """Add games, all or none of them; those that are there stay as they are."""
        with self.transaction():
            self._open.executemany(
                "INSERT INTO games VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
                [(seating, row.seed, *_texts(row), int(row.timed_out)) for row in rows],
            )

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """What is written within is written whole or not at all. Raises PaxError where the disk takes nothing more."""
        with self._telling():
            self._open.execute("BEGIN IMMEDIATE")
            try:
                yield
                self._open.execute("COMMIT")
            except BaseException:
                if self._open.in_transaction:
                    self._open.execute("ROLLBACK")
                raise

    @contextmanager
    def _telling(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.DatabaseError as error:
            raise PaxError(f"{self.path}: {_told(error)}") from None

    # --- reading ---------------------------------------------------------------------------------------------------

    def played(self, seating: int) -> set[int]:
        """Seeds of a seating that have been played."""
        return {seed for (seed,) in self._open.execute("SELECT seed FROM games WHERE seating = ?", (seating,))}

    def rows(self, seating: int, seeds: range) -> list[Row]:
        """Games of a seating over a row of seeds, by seed."""
        query = (
            "SELECT seed, scores, mandates, faults FROM games WHERE seating = ? AND seed BETWEEN ? AND ? ORDER BY seed"
        )
        found = self._open.execute(query, (seating, seeds[0], seeds[-1]))
        names = ("seed", "scores", "mandates", "faults")
        return [row_from(dict(zip(names, (row[0], *map(json.loads, row[1:])), strict=True))) for row in found]

    def counts(self) -> dict[str, int]:
        """Games by rules hash, most first."""
        rows = self._open.execute(
            "SELECT rules, count(*) AS n FROM games JOIN seatings ON seating = id GROUP BY rules ORDER BY n DESC, rules"
        )
        return {rules: int(count) for rules, count in rows}

    def seatings(self) -> dict[int, SeatingRow]:
        """Every seating by number."""
        rows = self._open.execute("SELECT id, rules, scenario, name, held FROM seatings ORDER BY id")
        return {row[0]: SeatingRow(row[0], row[1], row[2], row[3], _held(row[4])) for row in rows}

    def contests(self) -> list[Contest]:
        """What games count for."""
        rows = self._open.execute(
            "SELECT format, seating, rated, first, last FROM contests ORDER BY format, seating, first, rated"
        )
        return [Contest(row[0], row[1], tuple(json.loads(row[2])), row[3], row[4]) for row in rows]

    def games(self) -> list[tuple[int, int, str, str, str, int]]:
        """(seating, seed, scores, mandates, faults, timed out) of every game, by seating and seed; lists as JSON."""
        return self._open.execute("SELECT * FROM games ORDER BY seating, seed").fetchall()

    def game_blocks(self, most: int) -> Iterator[list[tuple[int, int, str, str, str, int]]]:
        """The same in blocks."""
        found = self._open.execute("SELECT * FROM games ORDER BY seating, seed")
        while block := found.fetchmany(most):
            yield block

    def par(self, rules: str, scenario: str) -> ParTable | None:
        """The par table of a scenario under these rules."""
        row = self._open.execute("SELECT par FROM pars WHERE rules = ? AND scenario = ?", (rules, scenario)).fetchone()
        return table_from(json.loads(row[0])) if row else None

    def _value(self, query: str) -> Any:
        return self._open.execute(query).fetchone()[0]


def _texts(row: Row) -> tuple[str, str, str]:
    short = (",", ":")
    faults = [asdict(fault) for fault in row.faults]
    return (
        json.dumps(row.scores, separators=short),
        json.dumps(row.mandates, separators=short),
        json.dumps(faults, separators=short),
    )


def _held_text(held: Held) -> str:
    return json.dumps([[seat, name, content] for seat, (name, content) in held.items()], separators=(",", ":"))


def _held(text: str) -> dict[str, tuple[str, str]]:
    return {seat: (name, content) for seat, name, content in json.loads(text)}


def _told(error: sqlite3.DatabaseError) -> str:
    """What SQLite says, where a person needs more than its words."""
    said = str(error)
    if "not a database" in said or "malformed" in said:
        return f"no tournament store, or a damaged one ({said})"
    if "full" in said or "disk I/O" in said:
        return f"the disk takes nothing more ({said}); what was written before is kept, and the same command goes on"
    return said
