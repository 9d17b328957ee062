"""Keeps one worker process at work: starts it anew when it dies, and ends decisions that take too long.

A worker that dies is no proof against a strategy: the task is tried again, then in smaller parts. Only a game that
kills its process three times with the same strategy at work counts against that strategy. A decision that takes too
long is cut short by killing the process; the batch is then played in smaller parts, until the game is found alone.
"""

from __future__ import annotations

import contextlib
import json
import mmap
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import Any, NamedTuple

from game.tournament.heart import BEAT, NOBODY
from game.tournament.task import ENDED, TIMED_OUT, Fault, Row, ScenarioText, Task, TaskError, row_from, task_text

_ROOT = Path(__file__).resolve().parents[2]
DEATHS = 3
"""Times that a game may end its process before somebody is blamed."""
SMALLER = 8
"""Into how many parts a task is split that took too long or killed its process twice."""
_GLANCE = 0.1
"""Seconds between two looks at the worker's heart."""


class _Failed(NamedTuple):
    """A worker is gone: it was too slow, or it died; and whose strategy was at work."""

    slow: bool
    seat: str | None


class Supervisor:
    """One worker process; played from one thread at a time, stopped from any.

    Parameters
    ----------
    scenarios : what tasks may be about, by content hash.
    """

    def __init__(self, scenarios: Mapping[str, ScenarioText]) -> None:
        self._scenarios = scenarios
        self._process: subprocess.Popen[str] | None = None
        self._answers: SimpleQueue[str | None] = SimpleQueue()
        self._known: set[str] = set()
        self._stopped = False
        self._starting = threading.Lock()
        self._small: dict[str, int] = {}
        """most games a task for strategies that were too slow, or ended their process, with more"""
        self._guilty: set[str] = set()
        """strategies that ended the process of one game again and again: in the next, once is enough"""
        handle, self._heart_file = tempfile.mkstemp(prefix="pax_silica_heart_")
        with os.fdopen(handle, "r+b") as file:
            file.write(BEAT.pack(0, NOBODY))
            file.flush()
            self._heart = mmap.mmap(file.fileno(), BEAT.size)

    @property
    def pid(self) -> int | None:
        """Process id of the worker, if one is up."""
        return self._process.pid if self._process is not None else None

    def play(self, task: Task) -> list[Row]:
        """The games of a task, in order of seeds. Raises TaskError where they cannot be played."""
        rows: list[Row] = []
        waiting = [(part, 0) for part in task.parts(self._most(task))]
        while waiting:
            part, deaths = waiting.pop()
            found = self._attempt(part)
            if isinstance(found, _Failed):
                waiting += self._after(part, deaths, found)
            else:
                rows += found
        return sorted(rows, key=lambda row: row.seed)

    def check(self, files: Mapping[str, str], seconds: float) -> dict[str, str]:
        """What is wrong with strategy files when they are run, by name; empty where nothing is."""
        found = {}
        self._asked('{"check":{}}', (), None)  # once it answers it is up, and the time of its start does not count
        for name, file in files.items():
            answer = self._asked(json.dumps({"check": {name: file}}), (), seconds, of_whole=True)
            slow = f"'{file}' is not read within {seconds:g} s"
            found[name] = slow if isinstance(answer, _Failed) else answer["checked"][name]
        return found

    def stop(self) -> None:
        """End the worker; for good."""
        with self._starting:
            self._stopped = True
            self._end()
        Path(self._heart_file).unlink(missing_ok=True)

    def _most(self, task: Task) -> int:
        """Most games of a task to play side by side, by what is known of its strategies."""
        return min(self._small.get(name, task.count) for name, _ in task.held.values())

    def _after(self, task: Task, deaths: int, failed: _Failed) -> list[tuple[Task, int]]:
        """What to play instead of a task that failed."""
        name = task.held[failed.seat][0] if failed.seat else ""
        alone, deaths = task.count == 1, deaths + 1
        if failed.slow and alone:
            return [(self._still(task, name, TIMED_OUT, f"no decision in {task.decision_seconds:g} s"), 0)]
        if not failed.slow and alone and name and (deaths >= DEATHS or name in self._guilty):
            self._guilty.add(name)
            return [(self._still(task, name, ENDED, "it ended the process that played the game"), 0)]
        if not failed.slow and deaths < (DEATHS if alone else DEATHS - 1):
            return [(task, deaths)]
        if alone:
            raise TaskError(f"seed {task.first}: the process that played it ended {DEATHS} times")
        smaller = max(1, task.count // SMALLER)
        self._small[name] = smaller
        return [(part, 0) for part in task.parts(smaller)]

    def _still(self, task: Task, name: str, kind: str, what: str) -> Task:
        """The task with every seat of a strategy on hold from the start."""
        faults = [Fault(seat, name, kind, "", what) for seat, (held, _) in task.held.items() if held == name]
        return replace(task, held_still=(*task.held_still, *faults))

    def _attempt(self, task: Task) -> list[Row] | _Failed:
        self._start()
        if task.scenario not in self._known:
            told = self._scenarios[task.scenario]
            plain = {"name": told.name, "content_hash": told.content_hash, "text": told.text}
            if isinstance(answer := self._asked(json.dumps({"scenario": plain}), (), None), _Failed):
                return answer
            self._refuse_error(answer)
            self._known.add(task.scenario)
        answer = self._asked(f'{{"task":{task_text(task)}}}', tuple(task.held), task.decision_seconds)
        if isinstance(answer, _Failed):
            return answer
        self._refuse_error(answer)
        return [row_from(row) for row in answer["rows"]]

    def _refuse_error(self, answer: Mapping[str, Any]) -> None:
        if "error" in answer:
            raise TaskError(str(answer["error"]))

    def _start(self) -> None:
        """Start a worker if there is none. Raises TaskError after `stop`."""
        with self._starting:
            if self._stopped:
                raise TaskError("stopped")
            if self._process is None:
                self._known.clear()
                self._answers = SimpleQueue()
                self._process = _worker(self._heart_file)
                threading.Thread(target=_listen, args=(self._process, self._answers), daemon=True).start()

    def _asked(
        self, message: str, seats: tuple[str, ...], seconds: float | None, of_whole: bool = False
    ) -> dict[str, Any] | _Failed:
        """The answer to a message; or how the worker failed.

        `seconds` is the most that one decision, or the `of_whole` message, may take.
        """
        self._start()
        if not self._sent(message):
            return self._failed(False, seats)
        beat, since = self._heart[:], time.monotonic()
        while True:
            with contextlib.suppress(Empty):
                line = self._answers.get(timeout=_GLANCE)
                return self._failed(False, seats) if line is None else dict(json.loads(line))
            if beat != self._heart[:]:
                beat, since = self._heart[:], time.monotonic()
            at_work = of_whole or BEAT.unpack(beat)[1] != NOBODY
            if seconds is not None and at_work and time.monotonic() - since > seconds:
                return self._failed(True, seats)

    def _sent(self, message: str) -> bool:
        """Whether the worker was there to take a message."""
        process = self._process
        if process is None or process.stdin is None:
            return False
        try:
            process.stdin.write(message + "\n")
            process.stdin.flush()
        except OSError:  # it died before; what follows starts another
            return False
        return True

    def _failed(self, slow: bool, seats: tuple[str, ...]) -> _Failed:
        _, at = BEAT.unpack(self._heart[:])
        self._end()
        self._heart[:] = BEAT.pack(0, NOBODY)
        return _Failed(slow, seats[at] if 0 <= at < len(seats) else None)

    def _end(self) -> None:
        process, self._process = self._process, None
        if process is not None:
            process.kill()
            process.wait()


def _worker(heart_file: str) -> subprocess.Popen[str]:
    """A worker process; one thread for its arithmetic, since there are as many workers as cores."""
    path = os.pathsep.join(filter(None, (str(_ROOT), os.environ.get("PYTHONPATH"))))
    one = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")
    return subprocess.Popen(
        [sys.executable, "-m", "game.tournament.worker", heart_file],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8",
        env={**os.environ, **one, "PYTHONPATH": path},
    )  # fmt: skip


def _listen(process: subprocess.Popen[str], answers: SimpleQueue[str | None]) -> None:
    """Pass on what a worker answers, and None when it is gone."""
    if process.stdout is not None:
        for line in process.stdout:
            answers.put(line)
    answers.put(None)
