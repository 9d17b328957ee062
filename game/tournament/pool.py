"""The default runner: worker processes on this machine, each kept up by a supervisor in a thread of its own."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator, Mapping
from queue import Empty, SimpleQueue
from types import TracebackType

from game.tournament.supervisor import Supervisor
from game.tournament.task import Row, ScenarioText, Task, TaskError

Played = tuple[Task, list[Row] | TaskError]
_GLANCE = 0.5
"""Seconds after which Ctrl-C is seen on every platform."""


class Pool:
    """Plays tasks in several processes; a context manager, on leaving which no process is left.

    Parameters
    ----------
    workers : how many processes.
    scenarios : what tasks may be about, by content hash.
    """

    def __init__(self, workers: int, scenarios: Mapping[str, ScenarioText]) -> None:
        self.supervisors = [Supervisor(scenarios) for _ in range(workers)]
        self._threads: list[threading.Thread] = []

    def __enter__(self) -> Pool:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for supervisor in self.supervisors:
            supervisor.stop()
        for thread in self._threads:
            thread.join()

    def played(self, tasks: Iterable[Task]) -> Iterator[Played]:
        """Each task with its rows, or with why it could not be played, in the order in which they are done."""
        waiting: SimpleQueue[Task] = SimpleQueue()
        count = 0
        for task in tasks:
            waiting.put(task)
            count += 1
        done: SimpleQueue[Played] = SimpleQueue()
        for supervisor in self.supervisors[:count]:
            thread = threading.Thread(target=_work, args=(supervisor, waiting, done), daemon=True)
            self._threads.append(thread)
            thread.start()
        while count:
            try:
                yield done.get(timeout=_GLANCE)
            except Empty:
                continue
            count -= 1


def _work(supervisor: Supervisor, waiting: SimpleQueue[Task], done: SimpleQueue[Played]) -> None:
    """Play tasks until none waits."""
    while True:
        try:
            task = waiting.get_nowait()
        except Empty:
            return
        try:
            done.put((task, supervisor.play(task)))
        except TaskError as error:
            done.put((task, error))
        except OSError as error:
            done.put((task, TaskError(f"no process could be started: {error.strerror or error}")))
