"""Where things lie: what the game ships, and what the player owns. Nothing else reads or writes a place of its own.

Run from a checkout, the game reads `assets/` and `scenarios/` beside the packages and keeps the player's games in
`saves/`. Installed, it reads copies inside the package and keeps games in the data folder of the platform. The
environment variable `PAX_SILICA_HOME` names another folder for the player's games and settings.
"""

import os
from pathlib import Path

import platformdirs

from game.core.errors import InputError, Problem
from game.files.near import unknown

_PACKAGE = Path(__file__).resolve().parents[1]
_BUNDLED = _PACKAGE / "_bundled"
#: Files beside the scenarios that are none: where numbers come from, and what `sanity` compares with.
_NO_SCENARIO = ("sources", "record")


def installed() -> bool:
    """Whether the game runs from an installed package and not from a checkout."""
    return _BUNDLED.is_dir()


def assets() -> Path:
    """Folder of fonts, icons, flags, map, sounds and text."""
    return _shipped("assets")


def scenarios() -> Path:
    """Folder of the scenarios that come with the game."""
    return _shipped("scenarios")


def home() -> Path:
    """Folder of what the player owns: saves and settings."""
    named = os.environ.get("PAX_SILICA_HOME")
    if named:
        return Path(named).expanduser().absolute()
    if installed():
        return Path(platformdirs.user_data_dir("pax-silica", appauthor=False))
    return _PACKAGE.parent / "saves"


def saves_dir() -> Path:
    """Folder of the player's games; made if it is not there yet."""
    folder = home() if _in_checkout() else home() / "saves"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def settings_file() -> Path:
    """File of the player's settings; it may not exist yet."""
    return home() / "settings.json"


def scenario_names() -> list[str]:
    """Names of the scenarios that come with the game, in alphabetical order."""
    return sorted(path.stem for path in scenarios().glob("*.yaml") if path.stem not in _NO_SCENARIO)


def scenario_title(name: str) -> str:
    """What a scenario that comes with the game calls itself, read without checking the rest of it.

    Raises
    ------
    InputError
        No such scenario.
    """
    with scenario_path(name).open(encoding="utf-8") as lines:
        said = next((line for line in lines if line.startswith("title:")), f"title: {name}")
    return said.partition(":")[2].strip().strip("\"'")


def par_table(scenario: str) -> Path:
    """File of the par table of a scenario that comes with the game; it may not exist."""
    return scenarios() / "par" / f"{scenario}.json"


def scenario_path(name: str) -> Path:
    """The file of a scenario.

    Parameters
    ----------
    name : str
        Name of a scenario that comes with the game, or a path: anything with a folder or an ending in it is a path.

    Raises
    ------
    InputError
        No such scenario or file; names the scenarios there are.
    """
    if Path(name).suffix in (".yaml", ".yml") or any(mark and mark in name for mark in (os.sep, os.altsep)):
        path = Path(name)
        if path.is_file():
            return path
        raise InputError([Problem(name, 0, 0, "", "not a file" if path.exists() else "no such file")])
    if name in scenario_names():
        return scenarios() / f"{name}.yaml"
    raise InputError([Problem("", 0, 0, "", unknown("scenario", name, scenario_names()))])


def _shipped(folder: str) -> Path:
    return (_BUNDLED if installed() else _PACKAGE.parent) / folder


def _in_checkout() -> bool:
    return not installed() and not os.environ.get("PAX_SILICA_HOME")
