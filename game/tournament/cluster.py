"""The same tasks on a Dask cluster: each of its threads keeps one worker process, as the pool does.

A Dask worker that is killed loses nothing: its tasks go to others. The machines of a cluster must have the same version
of the game, and strategy files under the same paths; a task says so where they do not.
"""

from __future__ import annotations

import atexit
import json
import threading
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict
from types import TracebackType
from typing import Any

from game.core.errors import PaxError
from game.tournament.pool import Played
from game.tournament.supervisor import Supervisor
from game.tournament.task import ScenarioText, Task, TaskError, row_from, row_plain, task_from, task_text

CONNECT_SECONDS = 15
_HERE = threading.local()


class Cluster:
    """Plays tasks on a Dask cluster; a context manager.

    Parameters
    ----------
    address : of the scheduler, `tcp://host:port`.
    scenarios : what tasks may be about, by content hash.

    Raises
    ------
    PaxError
        Dask is not installed, or no scheduler answers.
    """

    def __init__(self, address: str, scenarios: Mapping[str, ScenarioText]) -> None:
        try:
            import distributed
        except ImportError:
            raise PaxError("--cluster needs Dask: pip install 'pax-silica[cluster]'") from None
        try:
            dask: Any = distributed
            self._client = dask.Client(address, timeout=CONNECT_SECONDS, set_as_default=False)
        except (OSError, ValueError) as error:
            raise PaxError(f"--cluster {address}: no Dask scheduler answers: {error}") from None
        self._scenarios = scenarios

    def __enter__(self) -> Cluster:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._client.close()

    def played(self, tasks: Iterable[Task]) -> Iterator[Played]:
        """Each task with its rows, or with why it could not be played, in the order in which they are done."""
        import distributed

        dask: Any = distributed
        texts = {key: self._client.submit(_kept, asdict(told), pure=False) for key, told in self._scenarios.items()}
        waiting = {}
        for task in tasks:
            waiting[self._client.submit(play_there, task_text(task), texts[task.scenario], pure=False)] = task
        for future in dask.as_completed(list(waiting), loop=self._client.loop):
            task = waiting.pop(future)
            failed = future.exception()
            if failed is None:
                yield task, [row_from(row) for row in json.loads(future.result())]
            else:
                yield task, TaskError(f"{type(failed).__name__}: {failed}")
            future.release()


def play_there(text: str, scenario: Mapping[str, str]) -> str:
    """Play a task, in a thread of a Dask worker. Raises TaskError where it cannot be played."""
    if not hasattr(_HERE, "supervisor"):
        _HERE.scenarios = {}
        _HERE.supervisor = Supervisor(_HERE.scenarios)
        atexit.register(_HERE.supervisor.stop)
    _HERE.scenarios[scenario["content_hash"]] = ScenarioText(**scenario)
    rows = _HERE.supervisor.play(task_from(json.loads(text)))
    return json.dumps([row_plain(row) for row in rows])


def _kept(scenario: Mapping[str, str]) -> Mapping[str, str]:
    """A scenario as a task of its own: sent once, and made again where the worker that had it is lost."""
    return scenario
