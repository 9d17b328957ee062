"""What is sent to a worker process and what comes back, as plain JSON: nothing that could run code is read."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from game.core.errors import PaxError

TIMED_OUT, ENDED, RAISED = "timed_out", "ended_its_process", "raised"


class TaskError(PaxError):
    """Games that could not be played, through no fault of a strategy that could be named."""


@dataclass(frozen=True, slots=True)
class Fault:
    """A strategy failed; its seat held from then on.

    Parameters
    ----------
    kind : `raised` an error or gave rubbish, `timed_out`, or `ended_its_process`.
    quarter : in which the seat passed to hold; empty: from the start.
    what : the error in one line.
    """

    seat: str
    strategy: str
    kind: str
    quarter: str
    what: str


@dataclass(frozen=True, slots=True)
class Row:
    """One game played.

    Parameters
    ----------
    scores : by seat of the scenario, in its order.
    mandates : position of the mandate each seat drew; below 0 for none.
    """

    seed: int
    scores: tuple[float, ...]
    mandates: tuple[int, ...]
    faults: tuple[Fault, ...] = ()

    @property
    def timed_out(self) -> bool:
        """Whether the game was played again because a decision took too long."""
        return any(fault.kind == TIMED_OUT for fault in self.faults)


@dataclass(frozen=True, slots=True)
class Task:
    """Games of one seating over seeds in a row, played side by side.

    Parameters
    ----------
    seating : its number in the store.
    scenario, rules : hashes of what is played.
    held : strategy and its content hash by seat, for every seat of the scenario.
    files : path of each strategy that was given by path.
    first, count : the seeds.
    held_still : faults for which seats are on hold from the start.
    decision_seconds : the most one decision of the batch may take.
    """

    seating: int
    scenario: str
    rules: str
    held: Mapping[str, tuple[str, str]]
    files: Mapping[str, str]
    first: int
    count: int
    decision_seconds: float = 10.0
    held_still: tuple[Fault, ...] = ()

    def part(self, first: int, count: int) -> Task:
        """The same over other seeds."""
        return replace(self, first=first, count=count)

    def parts(self, most: int) -> Iterator[Task]:
        """The same in parts of at most so many games."""
        last = self.first + self.count
        for first in range(self.first, last, most):
            yield self.part(first, min(most, last - first))


@dataclass(slots=True)
class ScenarioText:
    """A scenario as a worker is told of it: once."""

    name: str
    content_hash: str
    text: str = field(repr=False)


def task_text(task: Task) -> str:
    """A task as one line of JSON."""
    return json.dumps(asdict(task), separators=(",", ":"))


def task_from(plain: Mapping[str, Any]) -> Task:
    """The task that was written."""
    held = {seat: (name, content) for seat, (name, content) in plain["held"].items()}
    return Task(**{**plain, "held": held, "held_still": _faults(plain["held_still"])})


def row_plain(row: Row) -> dict[str, Any]:
    """A row as JSON takes it."""
    return asdict(row)


def row_from(plain: Mapping[str, Any]) -> Row:
    """The row that was written."""
    return Row(plain["seed"], tuple(plain["scores"]), tuple(plain["mandates"]), _faults(plain["faults"]))


def _faults(plain: Sequence[Mapping[str, Any]]) -> tuple[Fault, ...]:
    return tuple(Fault(**fault) for fault in plain)
