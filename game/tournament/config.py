"""What a tournament file may say, and whether it can be played: checked like a scenario, before anything is run."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal, cast

from pydantic import BaseModel, ConfigDict, Field

from agents.strategies import strategies
from game.core.errors import InputError, PaxError, Problem
from game.core.scenario import Scenario
from game.files.document import Document, KeyPath
from game.files.near import unknown
from game.files.par_tables import ParTable, read_par
from game.files.paths import par_table
from game.files.problems import validated
from game.files.rules_hash import rules_hash
from game.files.scenarios import bundled
from game.files.strict_yaml import load
from game.tournament.content import strategy_hash
from game.tournament.schedule import BLOCK, FORMATS, PAIRED, Entrant

Format = Literal["round_robin", "all_seats", "gauntlet", "ladder"]
LAST_SEED = 2**62


class Seeds(BaseModel):
    """Seeds in a row."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    first: int = Field(1, ge=0, le=LAST_SEED, description="seed of the first game; others count up from it")
    count: int = Field(..., ge=1, le=10_000_000, description="how many seeds")


class TournamentFile(BaseModel):
    """The keys of a tournament file."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    title: str = Field("", max_length=120)
    scenarios: list[str] = Field(..., min_length=1, max_length=20, description="names or paths")
    strategies: list[str] = Field(..., min_length=1, max_length=60, description="names or paths of Python files")
    seeds: Annotated[int, Field(ge=1, le=10_000_000)] | Seeds = Field(
        ..., description="how many, counted from 1; or first and count"
    )
    seats: list[str] | None = Field(None, description="seats that rated strategies take in turn; all if not named")
    format: Format = Field("round_robin")
    decision_seconds: float = Field(10.0, ge=0.1, le=3600.0, description="seconds; the most a decision may take")
    batch: int = Field(BLOCK, ge=1, le=BLOCK, description="games; the most played side by side")
    par: str | None = Field(None, description="a folder of par tables, if not those that are shipped")


@dataclass(frozen=True, slots=True)
class Tournament:
    """A tournament that can be played.

    Parameters
    ----------
    scenarios : compiled.
    par : par table of each scenario, by its content hash; one that is missing or stale is not in it.
    par_missing : why a scenario has no par table, one line for each that has none.
    files : path of each strategy that was given by path.
    """

    title: str
    scenarios: tuple[Scenario, ...]
    entrants: tuple[Entrant, ...]
    first_seed: int
    seeds: int
    seats: tuple[str, ...]
    format: str
    decision_seconds: float
    batch: int
    par: dict[str, ParTable]
    par_missing: tuple[str, ...]
    files: dict[str, str]


def read_tournament(path: Path) -> Tournament:
    """Read and check a tournament file. Raises InputError with everything wrong that was found, with positions."""
    return _read(load(path), path.parent)


def tournament_of(keys: Mapping[str, object]) -> Tournament:
    """The tournament that the command line describes; paths count from here. Raises PaxError with the first mistake."""
    try:
        return _read(load(json.dumps(dict(keys)), "options"), Path())
    except InputError as error:
        raise PaxError(error.problems[0].message) from None


def _read(document: Document, folder: Path) -> Tournament:
    if not isinstance(document.value, dict):
        raise InputError([Problem(document.name, 1, 1, "", "a tournament is a mapping of keys to values")])
    said = validated(TournamentFile, document)
    return _Checked(said, document, folder).tournament()


class _Checked:
    """Checks what the schema cannot: names, files, and numbers that must fit one another."""

    def __init__(self, said: TournamentFile, document: Document, folder: Path) -> None:
        self.said, self.document, self.folder = said, document, folder
        self.problems: list[Problem] = []
        self.files: dict[str, str] = {}

    def tournament(self) -> Tournament:
        """The tournament. Raises InputError."""
        said = self.said
        scenarios = tuple(self._scenarios())
        entrants = tuple(self._entrants())
        seats = tuple(self._seats(scenarios))
        self._enough(entrants, seats)
        if self.problems:
            raise InputError(sorted(self.problems, key=lambda problem: (problem.line, problem.col)))
        first, count = (1, said.seeds) if isinstance(said.seeds, int) else (said.seeds.first, said.seeds.count)
        par, missing = par_of(scenarios, seats, self.folder / said.par if said.par else None)
        return Tournament(
            said.title, scenarios, entrants, first, count, seats, said.format,
            said.decision_seconds, said.batch, par, missing, self.files,
        )  # fmt: skip

    def _wrong(self, path: KeyPath, message: str) -> None:
        self.problems.append(self.document.problem(path, message))

    def _once(self, key: str, names: list[str]) -> None:
        for name, count in Counter(names).items():
            if count > 1:
                last = len(names) - 1 - names[::-1].index(name)
                self._wrong((key, last), f"'{name}' is named {count} times; once is enough")

    def _scenarios(self) -> Iterator[Scenario]:
        self._once("scenarios", self.said.scenarios)
        for i, name in enumerate(self.said.scenarios):
            beside = self.folder / name
            try:
                yield bundled(str(beside) if Path(name).suffix in (".yaml", ".yml") and beside.is_file() else name)
            except InputError as error:
                for problem in error.problems:
                    if problem.line:
                        self.problems.append(problem)
                    else:
                        self._wrong(("scenarios", i), f"{name}: {problem.message}" if problem.file else problem.message)

    def _entrants(self) -> Iterator[Entrant]:
        self._once("strategies", self.said.strategies)
        known = strategies()
        for i, text in enumerate(self.said.strategies):
            path = Path(text)
            if text in known:
                yield Entrant(text, strategy_hash(text, None))
            elif path.suffix == ".py":
                yield from self._from_file(("strategies", i), path, known)
            else:
                self._wrong(("strategies", i), unknown("strategy", text, known))

    def _from_file(self, where: KeyPath, path: Path, known: object) -> Iterator[Entrant]:
        name = path.stem
        found = path if path.is_absolute() else self.folder / path
        if not found.is_file():
            self._wrong(where, f"no strategy file '{path}'; paths count from the folder of this file")
        elif name in cast(dict[str, object], known):
            self._wrong(where, f"'{name}' is the name of an installed strategy; give the file another name")
        elif name in self.files:
            self._wrong(where, f"another strategy file is called '{name}' too; give one of them another name")
        else:
            self.files[name] = str(found.resolve())
            try:
                yield Entrant(name, strategy_hash(name, found))
            except (SyntaxError, ValueError, OSError) as error:
                said = f"{error.msg} (line {error.lineno})" if isinstance(error, SyntaxError) else str(error)
                self._wrong(where, f"'{path}' cannot be read as Python: {said}")

    def _seats(self, scenarios: tuple[Scenario, ...]) -> Iterator[str]:
        """Seats named, or those that all scenarios have."""
        if self.said.seats is None:
            first = scenarios[0].seats if scenarios else ()
            yield from (seat for seat in first if all(seat in other.seats for other in scenarios))
            return
        self._once("seats", self.said.seats)
        for i, seat in enumerate(self.said.seats):
            lacking = next((scenario for scenario in scenarios if seat not in scenario.seats), None)
            if lacking is None:
                yield seat
            else:
                self._wrong(("seats", i), f"{lacking.name}: {unknown('seat', seat, lacking.seats)}")

    def _enough(self, entrants: tuple[Entrant, ...], seats: tuple[str, ...]) -> None:
        """Contests of two need two of each."""
        if self.said.format not in PAIRED or self.problems:
            return
        if len(entrants) < 2:
            needed = f"one strategy; {FORMATS[self.said.format]}: at least two are needed"
            self._wrong(("strategies",), needed)
        if len(seats) < 2:
            self._wrong(("seats",), f"{len(seats)} seats; {self.said.format} needs at least two that change hands")


def par_of(
    scenarios: tuple[Scenario, ...], seats: tuple[str, ...], folder: Path | None
) -> tuple[dict[str, ParTable], tuple[str, ...]]:
    """Valid par tables by content hash of the scenario; and why others do not count, with the file's name."""
    tables: dict[str, ParTable] = {}
    missing = []
    for scenario in scenarios:
        path = par_table(scenario.name) if folder is None else folder / f"{scenario.name}.json"
        table = read_par(path)
        if table is None:
            missing.append(f"{scenario.name}: no par table {path}; `pax-silica par {scenario.name}` makes one")
        elif stale := table.stale(scenario.content_hash, rules_hash()):
            missing.append(f"{path}: {stale}; `pax-silica par {scenario.name}` makes a new one")
        elif blank := [seat for seat in seats if seat not in table.seats or table.seats[seat].sigma <= 0]:
            missing.append(f"{path}: {blank[0]} has no par or no spread there; `pax-silica par` makes a new one")
        else:
            tables[scenario.content_hash] = table
    return tables, tuple(missing)
