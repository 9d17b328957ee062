"""Writing what a command found: JSON to a file or to stdout, text to people."""

from __future__ import annotations

import json
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


def check_writable(target: str | None) -> None:
    """Raise PaxError now if a file could not be written after minutes of work."""
    if target is None or target == STDOUT:
        return
    folder = Path(target).absolute().parent
    if not folder.is_dir():
        raise PaxError(f"{target}: no such folder: {folder}")
    if Path(target).is_dir():
        raise PaxError(f"{target}: is a folder; the name of a file is needed")
