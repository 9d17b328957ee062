"""The content hash of a strategy: of what its code says and of what it imports from the agents, however laid out.

It is read from the files alone; nothing of a strategy is run for it. What the rules are made of counts in `rules_hash`
already and is left out here.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from hashlib import sha256
from importlib.metadata import entry_points
from importlib.util import find_spec
from pathlib import Path

from agents.strategies import GROUP, strategies
from game.files.rules_hash import meaning, rule_files

_ROOT = Path(__file__).resolve().parents[2]
#: Packages of ours whose modules belong to a strategy that imports them.
_OURS = ("agents", "game.forecast")


def strategy_hash(name: str, file: Path | None) -> str:
    """sha256 over the syntax trees of a strategy's module and of what it imports.

    Parameters
    ----------
    name : of an installed strategy; only told apart by it where one module holds several.
    file : its file, where it was given by path.

    Raises
    ------
    SyntaxError
        The file is no Python.
    OSError
        The file cannot be read.
    """
    return _hashed(name, file) if file is not None else _installed(name)


@cache
def _installed(name: str) -> str:
    """Hash of a strategy that cannot change while the program runs."""
    spec = find_spec(strategies()[name].__module__)
    if spec is None or spec.origin is None:
        raise OSError(f"the code of strategy '{name}' has no file")
    return _hashed(name, Path(spec.origin))


def _hashed(name: str, file: Path) -> str:
    packages = (*_OURS, *(point.value.partition(".")[0] for point in entry_points(group=GROUP) if point.name == name))
    digest = sha256(f"{name}\n".encode())
    for path in _closure(file.resolve(), packages):
        digest.update(f"{meaning(path.read_text(encoding='utf-8'))}\n".encode())
    return digest.hexdigest()


def _closure(file: Path, packages: tuple[str, ...]) -> list[Path]:
    """The file first, then what it imports from `packages`, directly or not, in order of path."""
    ruled = {(_ROOT / name).resolve() for name in rule_files()}
    found, waiting = {file}, [file]
    while waiting:
        for path in _imported(waiting.pop(), packages):
            if path not in found and path not in ruled:
                found.add(path)
                waiting.append(path)
    return [file, *sorted(found - {file})]


@cache
def _imported(file: Path, packages: tuple[str, ...]) -> tuple[Path, ...]:
    """Files of the modules of `packages` that a file imports."""
    tree = ast.parse(file.read_text(encoding="utf-8"), filename=str(file))
    names = {name for name in _names(tree) if any(name == p or name.startswith(f"{p}.") for p in packages)}
    return tuple(path for name in sorted(names) if (path := _file_of(name)) is not None)


def _names(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


@cache
def _file_of(name: str) -> Path | None:
    """File of a module of ours, or of an installed package; None for a name that is something else in its module."""
    where = _ROOT.joinpath(*name.split("."))
    for path in (where.with_suffix(".py"), where / "__init__.py"):
        if path.is_file():
            return path.resolve()
    if name.startswith(("agents.", "game.")):
        return None
    try:
        spec = find_spec(name)
    except ModuleNotFoundError:  # a name within a module, which is asked for beside it
        return None
    return Path(spec.origin).resolve() if spec is not None and spec.origin else None
