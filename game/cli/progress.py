"""Progress of long work, on stderr: nothing for work under two seconds."""

from __future__ import annotations

import sys
import time
from types import TracebackType

import click

PATIENCE = 2.0
"""Seconds before anything is shown."""
WIDTH = 32


class Progress:
    """Counts work done and shows it once it has lasted two seconds: a bar on a terminal, quarters of it elsewhere.

    Parameters
    ----------
    total : amount of work.
    what : what is counted, "games".
    """

    def __init__(self, total: int, what: str) -> None:
        self.total = max(total, 1)
        self.what = what
        self.done = 0
        self._started = time.monotonic()
        self._told = 0
        self._bar = False

    def __enter__(self) -> Progress:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._bar:
            click.echo(err=True)

    def tick(self, count: int = 1) -> None:
        """Count `count` more as done."""
        self.done += count
        if time.monotonic() - self._started < PATIENCE:
            return
        if sys.stderr.isatty():
            self._draw()
        else:
            self._tell()

    def _left(self) -> str:
        spent = time.monotonic() - self._started
        return f"about {spent / self.done * (self.total - self.done):.0f} s left"

    def _draw(self) -> None:
        self._bar = True
        filled = WIDTH * self.done // self.total
        bar = "#" * filled + "-" * (WIDTH - filled)
        click.echo(f"\r[{bar}] {self.done} of {self.total} {self.what}, {self._left()}   ", err=True, nl=False)

    def _tell(self) -> None:
        quarter = 4 * self.done // self.total
        if quarter > self._told:
            self._told = quarter
            click.echo(f"{self.done} of {self.total} {self.what}, {self._left()}", err=True)
