"""Plays the games of one task. A fault in one game of a batch changes no other: the batch is played again in halves."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from agents.faults import StrategyError, Watcher, blamed
from agents.model import ChipRace
from agents.strategies import Strategy, find
from agents.strategies.hold import Hold
from game.core.errors import PaxError
from game.core.names import quarter_name
from game.core.scenario import Scenario
from game.rules import score
from game.tournament.content import strategy_hash
from game.tournament.task import RAISED, Fault, Row, Task

DECIMALS = 6
"""Of a score in a row."""


def play(task: Task, scenario: Scenario, watcher: Watcher) -> list[Row]:
    """The games of a task, in order of seeds. Raises PaxError for a strategy that is not the one meant."""
    try:
        return _played(task, scenario, watcher)
    except StrategyError:
        half = (task.count + 1) // 2
        return [row for part in task.parts(half) for row in play(part, scenario, watcher)]


def _played(task: Task, scenario: Scenario, watcher: Watcher) -> list[Row]:
    """Play the games side by side. Raises StrategyError for a fault where more than one game is played."""
    seats, faults = _seated(task, scenario, watcher)
    race = ChipRace(scenario, task.count, seats, task.first)
    if task.count == 1:
        race.on_fault = _holding(race, task, faults)
    race.run()
    rows = list(scenario.places.seats)
    scores, mandates = score.game_score(race.world)[rows], race.world.standing.mandate[rows]
    return [
        Row(
            task.first + w,
            tuple(round(float(value), DECIMALS) for value in scores[:, w]),
            tuple(int(drawn) for drawn in mandates[:, w]),
            tuple(faults),
        )
        for w in range(task.count)
    ]


def _holding(race: ChipRace, task: Task, faults: list[Fault]) -> Callable[[StrategyError], None]:
    """What notes a fault in the row, and passes the seats to hold from this quarter on."""

    def note(fault: StrategyError) -> None:
        quarter = quarter_name(race.world.quarter, race.scenario.first_quarter)
        for seat in fault.seats:
            name = task.held[seat][0]
            race.nations[seat].strategy = Hold()
            faults.append(Fault(seat, name, RAISED, quarter, _placeless(fault.what, task.files.get(name))))

    return note


def _seated(task: Task, scenario: Scenario, watcher: Watcher) -> tuple[dict[str, str | Strategy | None], list[Fault]]:
    """A strategy for each seat, each file read once and afresh; and the faults that are known from the start."""
    faults = list(task.held_still)
    still = {fault.seat for fault in faults}
    kinds: dict[str, type[Strategy]] = {}
    seats: dict[str, str | Strategy | None] = {}
    for seat, (name, content) in task.held.items():
        held: Strategy = Hold()
        seats[seat] = held
        if seat in still:
            continue
        _refuse_another(name, content, task.files.get(name))
        watcher([seat])
        try:
            with blamed(f"strategy '{name}'", ours_too=False):
                seats[seat] = held = kinds[name]() if name in kinds else find(task.files.get(name, name))
            kinds[name] = _by_itself(type(held))
        except PaxError as error:
            faults.append(Fault(seat, name, RAISED, "", _placeless(str(error), task.files.get(name))))
        finally:
            watcher(())
    return seats, faults


def _by_itself(kind: type[Strategy]) -> type[Strategy]:
    """The class, out of its family if it is not ours: who decides in one pass with others would share its faults."""
    if "family" in vars(kind) and not kind.__module__.startswith("agents.strategies."):
        kind.family = kind  # type: ignore[attr-defined]  # only classes of a family have it
    return kind


def _placeless(what: str, file: str | None) -> str:
    """The error without the folder of the strategy: a row is the same wherever the game was played."""
    return what.replace(file, Path(file).name) if file else what


def _refuse_another(name: str, content: str, file: str | None) -> None:
    """Raise PaxError if a strategy of this worker says something else than where the tournament was begun."""
    if strategy_hash(name, Path(file) if file else None) != content:
        raise PaxError(f"strategy '{name}' is not the one that the tournament began with; was its file changed?")
