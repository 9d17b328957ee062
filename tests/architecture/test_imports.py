"""Who may know what: outside libraries by layer, and what must not be loaded to answer `--help`."""

import re
import subprocess
import sys
import tomllib
from importlib.util import find_spec

import pytest

from tests.architecture.sources import ROOT, imported, python_files, text_of

MODULE_OF = {"pyyaml": "yaml", "pygame-ce": "pygame"}
EVERYWHERE = {"numpy"}
OPTIONAL = {"distributed", "pyarrow", "open_spiel"}
"""Imported where they are installed, and said to be missing where they are not."""
ALLOWED = {
    "game/core": set(),
    "game/rules": set(),
    "game/view": set(),
    "game/explain": set(),
    "game/forecast": set(),
    "game/files": {"yaml", "pydantic", "platformdirs"},
    "agents": {"mesa", "pandas"},
    "game/page": {"jinja2"},
    "game/agenda": set(),
    "game/match": set(),
    "game/parley": set(),
    "game/series": set(),
    "game/standing": set(),
    "game/testing": set(),
    "game/conformance": set(),
    "game/listed": set(),
    "game/ledger": set(),
    "game/replay": set(),
    "game/resumed": set(),
    "game/debrief": set(),
    "game/balance": set(),
    "game/lab": {"pandas"},
    "game/tournament": {"pydantic", *OPTIONAL},
    "game/ui": {"pygame"},
    "game/cli": {"click"},
}
"""Outside libraries that each part may import beyond numpy; pandas comes with Mesa."""


def project() -> dict[str, object]:
    with (ROOT / "pyproject.toml").open("rb") as file:
        return tomllib.load(file)["project"]


def dependencies() -> set[str]:
    listed = project()["dependencies"]
    assert isinstance(listed, list)
    return {re.split(r"[\[<>=; ]", name)[0].lower() for name in listed}


def outside(file: str) -> list[tuple[int, str]]:
    """Line and top-level name of each import that is neither ours nor Python's."""
    own = {"game", "agents", "tests", *sys.stdlib_module_names}
    found = ((line, name.partition(".")[0]) for line, name in imported(file))
    return [(line, name) for line, name in found if name not in own]


@pytest.mark.parametrize("part", ALLOWED)
def test_part_imports_only_the_libraries_it_may_know(part: str) -> None:
    allowed = ALLOWED[part] | EVERYWHERE
    assert [f"{f}:{line} {name}" for f in python_files(part) for line, name in outside(f) if name not in allowed] == []


def test_every_library_is_declared() -> None:
    declared = {MODULE_OF.get(name, name) for name in dependencies()} | {"pandas"} | OPTIONAL
    files = python_files("game", "agents")
    assert files
    assert [f"{f}:{line} {name}" for f in files for line, name in outside(f) if name not in declared] == []


def test_every_part_of_game_has_its_list_of_libraries() -> None:
    parts = {file.split("/")[1].removesuffix(".py") for file in python_files("game")} - {"__init__", "__main__"}
    assert sorted(part for part in parts if f"game/{part}" not in ALLOWED) == []


def test_every_folder_of_modules_is_a_package() -> None:
    folders = {(ROOT / file).parent for file in python_files("game", "agents")}
    assert [str(folder.relative_to(ROOT)) for folder in folders if not (folder / "__init__.py").is_file()] == []


def test_every_dependency_is_justified_in_contributing() -> None:
    text = text_of("CONTRIBUTING.md")
    assert [name for name in sorted(dependencies()) if f"`{name}`" not in text] == []


HEADLESS = {
    "game.cli": ["pygame", "pandas", "mesa"],
    "game.files": ["pygame", "pandas", "mesa"],
    "game.match": ["pygame"],
}


@pytest.mark.parametrize(("module", "library"), [(m, x) for m, xs in HEADLESS.items() if find_spec(m) for x in xs])
def test_headless_modules_load_where_the_library_cannot_be_imported(module: str, library: str) -> None:
    code = f"import sys; sys.modules[{library!r}] = None; import {module}; print('loaded')"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False, cwd=ROOT)
    assert (run.stdout.strip(), run.stderr) == ("loaded", "")
