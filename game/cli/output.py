"""Writing what a command found: JSON to a file or to stdout, text to people."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from typing import Any

import click

from game.core.errors import PaxError

STDOUT = "-"


def write_json(target: str, value: Any) -> None:
    """Write JSON to a file, or to stdout for `-`. Raises PaxError if the file cannot be written."""
    text = json.dumps(value, indent=1, allow_nan=False)
    if target == STDOUT:
        click.echo(text)
        return
    try:
        Path(target).write_text(text + "\n", encoding="utf-8")
    except OSError as error:
        raise PaxError(f"{target}: cannot be written: {error.strerror or error}") from None


def write_text(target: str, text: str) -> None:
    """Write a text file, the old one or the new one whole. Raises PaxError if it cannot be written."""
    from game.files.atomic import write_atomically

    try:
        write_atomically(Path(target), text.encode())
    except OSError as error:
        raise PaxError(f"{target}: cannot be written: {error.strerror or error}") from None


def check_writable(target: str | None) -> None:
    """Raise PaxError now if a file could not be written after minutes of work."""
    if target is None or target == STDOUT:
        return
    path = Path(target)
    folder = path.absolute().parent
    if not folder.is_dir():
        raise PaxError(f"{target}: no such folder: {folder}")
    if path.is_dir():
        raise PaxError(f"'{target}' is a folder; the name of a file is needed")
    try:
        if path.exists():
            path.open("ab").close()
        else:
            tempfile.TemporaryFile(dir=folder).close()
    except OSError as error:
        raise PaxError(f"{target}: cannot be written: {error.strerror or error}") from None


def check_save(target: str | None) -> None:
    """As `check_writable`, for a save: it takes the place of what is there, which must be a file."""
    if target == STDOUT:
        raise PaxError("--save -: a save does not go to stdout; the name of a file is needed")
    if target is not None and Path(target).exists() and not Path(target).is_file():
        raise PaxError(f"'{target}' is no regular file; the name of a file is needed")
    check_writable(target)


def check_folder(target: str | None) -> None:
    """Raise PaxError for a folder that has no name, or that is something else."""
    if target is not None and (not target or (Path(target).exists() and not Path(target).is_dir())):
        raise PaxError(f"'{target}' is no folder; the name of a folder is needed")
