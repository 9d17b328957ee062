"""The files of the project, found afresh each time, so that a new module is checked from its first day."""

import ast
import functools
import subprocess
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
_OURS = ("game", "agents", "assets", "tests")


def python_files(*parts: str) -> list[str]:
    """Paths, relative to the root, of the Python files in these folders or of these names."""
    found: list[Path] = []
    for part in parts:
        path = ROOT / part
        found += sorted(path.rglob("*.py")) if path.is_dir() else [path.with_suffix(".py")]
    return [path.relative_to(ROOT).as_posix() for path in found if path.is_file()]


def all_python_files() -> list[str]:
    """Every Python file of the project."""
    return python_files(*_OURS)


@functools.cache
def text_of(file: str) -> str:
    """The text of a file given relative to the root."""
    return (ROOT / file).read_text(encoding="utf-8")


@functools.cache
def tree_of(file: str) -> ast.Module:
    """The syntax tree of a file given relative to the root."""
    return ast.parse(text_of(file), filename=file)


def imported(file: str) -> Iterator[tuple[int, str]]:
    """Line and full name of everything that a file imports, wherever it does so."""
    for node in ast.walk(tree_of(file)):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and not node.level:
            yield from ((node.lineno, f"{node.module}.{alias.name}") for alias in node.names)


def tracked_text_files() -> list[str]:
    """Text files that belong to the repository; all files beside this one where there is no repository."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=False)
    names = listed.stdout.decode().split("\0") if listed.returncode == 0 else _files_without_git()
    return [name for name in names if name and _is_text(ROOT / name)]


def _files_without_git() -> list[str]:
    folders = [ROOT / name for name in (*_OURS, "scenarios", ".ci")]
    found = [path for folder in folders for path in folder.rglob("*") if "__pycache__" not in path.parts]
    return [path.relative_to(ROOT).as_posix() for path in (*found, *ROOT.glob("*.*")) if path.is_file()]


def _is_text(path: Path) -> bool:
    try:
        path.read_bytes().decode("utf-8")
    except (OSError, UnicodeDecodeError):  # deleted but still listed, or binary
        return False
    return True
