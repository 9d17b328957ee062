"""Faults of strategies that other people wrote: told in one line that says whose they are.

A run ends with that line; a game that somebody plays goes on, the seat holding still for the quarter.
"""

from __future__ import annotations

import traceback
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import fields
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from game.core.errors import PaxError
from game.core.orders import Order

LONGEST = 200
"""Characters of somebody else's message that are shown."""
STEPS = ("decide", "propose", "answer", "offers", "accepts")
"""Parts of the names of methods that a strategy has."""


class StrategyError(PaxError):
    """A strategy raised an error, or gave what is no order; its text is one line.

    Parameters
    ----------
    strategy : its name.
    seats : codes of the seats it was deciding for.
    what : the error.
    """

    def __init__(self, strategy: str, seats: Sequence[str], what: str) -> None:
        super().__init__(f"strategy of {', '.join(seats)}: {what}")
        self.strategy = strategy
        self.seats = tuple(seats)
        self.what = what


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
        raise PaxError(f"{who}: {_told(error)}") from error


#: Told of the seats whose strategy is at work, and of none when it is done.
Watcher = Callable[[Sequence[str]], None]
_watchers: list[Watcher] = []


@contextmanager
def watched(by: Watcher) -> Iterator[None]:
    """Let a watcher be told of every strategy at work within; what it does with that changes nothing here."""
    _watchers.append(by)
    try:
        yield
    finally:
        _watchers.remove(by)


@contextmanager
def deciding(strategy: object, seats: Sequence[str]) -> Iterator[None]:
    """Turn any error of a strategy at work into a StrategyError."""
    for watcher in _watchers:
        watcher(seats)
    try:
        yield
    except (Exception, SystemExit) as error:
        what = str(error) if isinstance(error, PaxError) else _told(error)
        raise StrategyError(_short(str(getattr(strategy, "name", type(strategy).__name__))), seats, what) from error
    finally:
        for watcher in _watchers:
            watcher(())


def refuse_unreal(order: Order) -> None:
    """Raise PaxError for an amount that is no finite number: arithmetic would spread it over the world."""
    kind: Any = type(order)
    for name in _fields(kind):
        value = getattr(order, name)
        if isinstance(value, float | np.floating | np.ndarray) and not np.isfinite(value).all():
            raise PaxError(f"'{name}' of an order '{order.kind}' is not a finite number")


@cache
def _fields(kind: Any) -> tuple[str, ...]:
    return tuple(field.name for field in fields(kind))


def _told(error: BaseException) -> str:
    """Kind, message and place of an error that is not ours."""
    said = _short(str(error))
    return f"{type(error).__name__}{': ' if said else ''}{said}{_where(error)}"


def _short(text: str) -> str:
    return " ".join(text.split())[:LONGEST]


def _where(error: BaseException) -> str:
    """The last line of a strategy's file that the error came through, if there is one."""
    frames = traceback.extract_tb(error.__traceback__)
    ours = str(Path(__file__).parent)
    theirs = [f for f in frames if any(step in f.name for step in STEPS) and str(Path(f.filename).parent) != ours]
    return f" ({theirs[-1].filename}:{theirs[-1].lineno})" if theirs else ""
