"""Faults of strategies that other people wrote: told in one line that says whose they are."""

from __future__ import annotations

import traceback
from collections.abc import Iterator
from contextlib import contextmanager

from game.core.errors import PaxError

LONGEST = 200
"""Characters of somebody else's message that are shown."""


@contextmanager
def blamed(who: str, *, ours_too: bool = True) -> Iterator[None]:
    """Turn any error of the code within into a PaxError of one line: who, what, and where in their file.

    Ctrl-C goes through; leaving the program (`sys.exit`) does not. A PaxError gets `who` in front if `ours_too`.
    """
    try:
        yield
    except PaxError as error:
        if not ours_too:
            raise
        raise PaxError(f"{who}: {error}") from None
    except (Exception, SystemExit) as error:
        said = " ".join(str(error).split())[:LONGEST]
        raise PaxError(f"{who}: {type(error).__name__}{': ' if said else ''}{said}{_where(error)}") from error


def _where(error: BaseException) -> str:
    """The last line of a file outside the game that the error came through, if there is one."""
    theirs = [frame for frame in traceback.extract_tb(error.__traceback__) if "decide" in frame.name]
    return f" ({theirs[-1].filename}:{theirs[-1].lineno})" if theirs else ""
