"""The process that plays: reads tasks as lines of JSON, answers with rows. Started by `supervisor`, not by people.

What strategies print goes nowhere: answers leave by a copy of the first stdout that nothing else writes to. When the
process that started this one is gone, so is this one, even in the middle of a decision that never ends.
"""

from __future__ import annotations

import json
import os
import signal
import sys
import threading
from collections.abc import Mapping
from functools import partial
from pathlib import Path
from queue import SimpleQueue
from typing import Any

from agents.faults import blamed, watched
from agents.strategies import find
from game.core.errors import PaxError
from game.core.scenario import Scenario
from game.files.rules_hash import rules_hash
from game.files.scenarios import scenario_from_text
from game.tournament.heart import Heart
from game.tournament.play import play
from game.tournament.task import Task, row_plain, task_from


class Worker:
    """Answers messages one by one."""

    def __init__(self, heart: Heart) -> None:
        self.heart = heart
        self._scenarios: dict[str, Scenario] = {}

    def answer(self, message: Mapping[str, Any]) -> dict[str, Any]:
        """The answer to a message: rows of a task, or what is wrong."""
        try:
            if "scenario" in message:
                return self._compile(**message["scenario"])
            if "check" in message:
                return {"checked": {name: self._check(file) for name, file in message["check"].items()}}
            return {"rows": [row_plain(row) for row in self._rows(task_from(message["task"]))]}
        except PaxError as error:
            return {"error": str(error)}
        except Exception as error:  # noqa: BLE001  # told by the supervisor: the run goes on with other games
            return {"error": f"{type(error).__name__}: {error}"}

    def _compile(self, name: str, content_hash: str, text: str) -> dict[str, Any]:
        scenario = scenario_from_text(text, name)
        if scenario.content_hash != content_hash:
            raise PaxError(f"scenario {name} reads otherwise in this worker: another version of the game?")
        self._scenarios[content_hash] = scenario
        return {"known": content_hash}

    def _check(self, file: str) -> str:
        """What is wrong with a strategy file when it is run; empty if nothing."""
        try:
            with blamed(f"strategy '{file}'", ours_too=False):
                find(file)
        except PaxError as error:
            return str(error)
        return ""

    def _rows(self, task: Task) -> Any:
        if task.rules != rules_hash():
            raise PaxError("the rules of this worker are not those that the tournament began with")
        self.heart.seats = list(task.held)
        with watched(self.heart.watch):
            return play(task, self._scenarios[task.scenario], self.heart.watch)


def main(heart_file: str) -> None:
    """Answer messages until there are no more."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    with os.fdopen(os.dup(1), "w", encoding="utf-8") as answers, Path(heart_file).open("r+b") as file:
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, 1)
        os.dup2(nowhere, 2)
        messages: SimpleQueue[str] = SimpleQueue()
        threading.Thread(target=partial(_listen, messages), daemon=True).start()
        worker = Worker(Heart(file))
        while True:
            answers.write(json.dumps(worker.answer(json.loads(messages.get())), separators=(",", ":")) + "\n")
            answers.flush()


def _listen(messages: SimpleQueue[str]) -> None:
    """Pass messages on; end the process when there can be no more."""
    with os.fdopen(os.dup(0), encoding="utf-8") as lines:
        os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
        for line in lines:
            messages.put(line)
    os._exit(0)


if __name__ == "__main__":
    main(sys.argv[1])
