"""Games as files and as matches: what a save holds in a line, saving each quarter, starting and loading.

The rules, Mesa and the scenario take two seconds to read. They are imported here inside functions that run beside the
frame, so that importing this module costs nothing.
"""

from __future__ import annotations

import json
import re
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any

from game.core.errors import PaxError
from game.core.names import quarter_name
from game.ui.map.places import PLACE_BY_CODE

if TYPE_CHECKING:
    from game.core.scenario import Scenario
    from game.match import Match

SUFFIX = ".paxsave"
AUTOSAVE = "auto-"
AUTOSAVES_KEPT = 8
HIGHEST_SEED = 9999
LONGEST_NAME = 60
_FORBIDDEN = re.compile(r'[\x00-\x1f<>:"/\\|?*]')
_reading = Lock()


@dataclass(frozen=True, slots=True)
class SaveEntry:
    """One save in a line.

    Attributes
    ----------
    path : Path
        The file.
    saved : float
        When, in seconds since 1970.
    scenario : str
        Title of what is played.
    seat : str
        Code of the place a person steers; empty if nobody does.
    quarter : str
        The quarter about to be decided, such as 2027Q3.
    played, quarters : int
        How many have been decided, and of how many.
    problem : str
        Empty, or why the file cannot be read; the other fields are then empty.
    """

    path: Path
    saved: float
    scenario: str = ""
    seat: str = ""
    quarter: str = ""
    played: int = 0
    quarters: int = 0
    seed: int = 0
    problem: str = ""

    @property
    def name(self) -> str:
        """The file's name as a person gave it."""
        return self.path.name.removesuffix(SUFFIX)

    @property
    def automatic(self) -> bool:
        """Whether the game saved it by itself."""
        return self.path.name.startswith(AUTOSAVE)

    @property
    def nation(self) -> str:
        """Name of the seat."""
        return place_name(self.seat)

    @property
    def progress(self) -> str:
        """How far the game has come."""
        if self.played >= self.quarters:
            return f"finished after {self.quarters} quarters"
        return f"{quarter_words(self.quarter)}, quarter {self.played + 1} of {self.quarters}"


def place_name(code: str) -> str:
    """Name of a place by its code."""
    return PLACE_BY_CODE[code].name if code in PLACE_BY_CODE else code


def quarter_words(quarter: str) -> str:
    """2027Q3 as people say it: Q3 2027."""
    return f"{quarter[4:]} {quarter[:4]}" if len(quarter) == 6 else quarter


def save_files(folder: Path) -> list[Path]:
    """Every save of a folder, the newest first."""
    dated = [(path.stat().st_mtime_ns, path.name, path) for path in folder.glob("*" + SUFFIX) if path.is_file()]
    return [path for _, _, path in sorted(dated, reverse=True)]


def describe(path: Path) -> SaveEntry:
    """Read what a save holds; a damaged one is described by its problem."""
    from game.files.saves import read_save

    saved = path.stat().st_mtime
    try:
        game = read_save(path)
        scenario = _opening_keys(game.scenario_text)
    except PaxError as error:
        return SaveEntry(path, saved, problem=str(error).replace(f"{path}: ", ""))
    people = [code for code, holder in game.seats.items() if holder == "human"]
    quarters = int(scenario["quarters"])
    played = min(len(game.log), quarters)
    return SaveEntry(
        path,
        saved,
        scenario=str(scenario["title"]),
        seat=people[0] if people else "",
        quarter=quarter_name(played, str(scenario["first_quarter"])),
        played=played,
        quarters=quarters,
        seed=game.seed,
    )


def describe_all(folder: Path) -> list[SaveEntry]:
    """Describe every save of a folder, the newest first."""
    return [describe(path) for path in save_files(folder)]


def _opening_keys(scenario_text: str) -> dict[str, Any]:
    """Title, first quarter and length of a save's scenario, which the game wrote as JSON.

    Checking all of it as loading does would take a second a save.

    Raises
    ------
    PaxError
        It is no JSON, or lacks one of them.
    """
    try:
        found = json.loads(scenario_text)
        keys = {key: found[key] for key in ("title", "first_quarter", "quarters")}
    except (ValueError, TypeError, KeyError) as error:
        raise PaxError("its scenario is written in another form") from error
    # A key that was set by hand stands with its reason.
    return {key: value["value"] if isinstance(value, dict) else value for key, value in keys.items()}


def file_for(folder: Path, name: str) -> Path:
    """The file a person's name for a save leads to.

    Raises
    ------
    PaxError
        The name is empty, too long, starts like an autosave's, or holds a character that file names may not.
    """
    wanted = name.strip().rstrip(".")
    if not wanted:
        raise PaxError("Give the save a name.")
    if len(wanted) > LONGEST_NAME:
        raise PaxError(f"A name has at most {LONGEST_NAME} characters.")
    if _FORBIDDEN.search(wanted) or wanted.startswith("."):
        raise PaxError('A name may not start with a dot or hold any of < > : " / \\ | ? *')
    if wanted.startswith(AUTOSAVE):
        raise PaxError(f"Names that start with '{AUTOSAVE}' are kept for the game's own saves.")
    return folder / (wanted + SUFFIX)


class Autosave:
    """Saves a match after each round and keeps the last eight such files.

    Parameters
    ----------
    folder : Path
        Where.
    report : callable
        Gets one line if a save fails; the game goes on.
    """

    def __init__(self, folder: Path, report: Callable[[str], None]) -> None:
        self.folder = folder
        self.report = report

    def __call__(self, match: Match) -> None:
        from game.files.container import SaveError, keep_last

        seat = match.human_seats[0].lower() if match.human_seats else "none"
        path = self.folder / f"{AUTOSAVE}{seat}-{match.seed}-{match.quarter_title}{SUFFIX}"
        try:
            match.save(path)
            keep_last(self.folder, f"{AUTOSAVE}*{SUFFIX}", AUTOSAVES_KEPT)
        except (SaveError, OSError) as error:
            self.report(f"This quarter could not be saved: {error}")


def read_bundled(name: str) -> Scenario:
    """A scenario of the game; two threads asking for the same one read it once."""
    from game.files.scenarios import bundled

    with _reading:
        return bundled(name)


def rival_strategies() -> dict[str, str]:
    """What may steer the other seats: name and motto, the all-rounder first."""
    from agents.strategies import strategies

    known = {name: strategy.motto for name, strategy in strategies().items()}
    return {name: known[name] for name in sorted(known, key=lambda name: (name != "steady", name))}


@dataclass(frozen=True, slots=True)
class Level:
    """A level of difficulty, in words: what rivals do, and what they see."""

    name: str
    title: str
    does: str
    sees: str


def levels() -> tuple[Level, ...]:
    """How hard rivals may play, the easiest first."""
    from agents.difficulty import DIFFICULTIES

    return tuple(Level(each.name, each.title, each.does, each.sees) for each in DIFFICULTIES.values())


@dataclass(frozen=True, slots=True)
class NewGame:
    """What a person chose to play.

    Attributes
    ----------
    scenario : str
        A bundled name, or the path of a file.
    seat : str
        Code of the person's place.
    rivals : str
        Strategy of every other seat; empty for the usual one.
    apart : mapping
        Strategy of each seat that plays another one than the rest.
    difficulty : str
        A level of `agents.difficulty`, in the place of `rivals`; empty for none.
    """

    scenario: str
    seat: str
    seed: int
    rivals: str = ""
    apart: Mapping[str, str] = field(default_factory=dict)
    difficulty: str = ""


def start(choice: NewGame, autosave: Callable[[Match], None] | None) -> Match:
    """Seat everybody at the opening.

    Raises
    ------
    PaxError
        No such scenario, seat or strategy.
    """
    from game.match import HUMAN, Match

    scenario = read_bundled(choice.scenario)
    if choice.seat not in scenario.seats:
        raise PaxError(f"unknown nation '{choice.seat}'; one of: {', '.join(scenario.seats)}")
    rivals = dict.fromkeys(scenario.seats, choice.rivals or next(iter(rival_strategies())))
    if choice.difficulty:
        rivals = rivals_at(choice.difficulty, scenario)
    people = dict.fromkeys(team_of(scenario, choice.seat), HUMAN)
    seats = {**rivals, **choice.apart, **people}
    match = Match(scenario, choice.seed, seats, autosave)
    match.open_round()
    return match


def rivals_at(difficulty: str, scenario: Scenario) -> dict[str, str]:
    """The strategy of every seat at a level of difficulty."""
    from agents.difficulty import rivals

    return rivals(difficulty, scenario)


def team_of(scenario: Scenario, seat: str) -> tuple[str, ...]:
    """The seats that whoever plays `seat` steers: its team's, or itself alone."""
    names = scenario.place_axis.names
    teams = [tuple(names[n] for n in places) for places in scenario.teams.values()]
    return next((team for team in teams if seat in team), (seat,))


def load(path: Path, autosave: Callable[[Match], None] | None) -> tuple[Match, str, list[str]]:
    """A saved game, the seat a person holds in it, and what to know of it.

    Raises
    ------
    PaxError
        The file cannot be read, or nobody holds a seat in it.
    """
    from game.resumed import load_match

    match, notes = load_match(path, autosave)
    if not match.human_seats:
        raise PaxError(f"{path}: no person holds a seat in this game")
    match.open_round()
    return match, match.human_seats[0], notes


def preload(scenario: str) -> None:
    """Import what a game needs and read a scenario, ahead of the first game."""
    for module in ("game.match", "game.ui.main.screen"):
        import_module(module)
    read_bundled(scenario)


def fresh_seed() -> int:
    """A seed between 1 and 9999 that differs from game to game."""
    return time.time_ns() // 1000 % HIGHEST_SEED + 1
