"""Runs a tournament: what is planned, what of it the store lacks, and the games that are played for that."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from typing import NamedTuple, Protocol

from game.core.errors import InputError, Problem
from game.core.scenario import Scenario
from game.files.rules_hash import rules_hash
from game.tournament.config import Tournament
from game.tournament.content import strategy_hash
from game.tournament.pool import Played
from game.tournament.schedule import FILLER, Entrant, per_seed, seatings
from game.tournament.store import Contest, Store
from game.tournament.supervisor import Supervisor
from game.tournament.task import ScenarioText, Task, TaskError

CHECK_SECONDS = 20.0
"""Most that reading a strategy file may take."""


class Runner(Protocol):
    """Plays tasks: processes of this machine, or of a cluster."""

    def played(self, tasks: Iterable[Task]) -> Iterator[Played]:
        """Each task with its rows, or with why it could not be played."""


class Planned(NamedTuple):
    """Games of one seating over a row of seeds; its number in the store, and who holds each seat of the scenario."""

    scenario: Scenario
    number: int
    held: dict[str, tuple[str, str]]
    seeds: range


@dataclass(slots=True)
class Outcome:
    """What a run did.

    Parameters
    ----------
    planned, before : games in all, and of those how many were in the store when it began.
    played, faults : games played now, and how many of them carry a fault.
    failed : why games could not be played.
    """

    planned: int
    before: int
    played: int = 0
    faults: int = 0
    failed: list[str] = field(default_factory=list)
    seconds: float = 0.0


def seeds_for(tournament: Tournament, games: int | None) -> int:
    """Seeds to play: all, or as many whole ones as `games` games hold, at least one."""
    if games is None:
        return tournament.seeds
    return min(tournament.seeds, max(1, games // games_a_seed(tournament)))


def games_a_seed(tournament: Tournament) -> int:
    """Games in which each seed is played: so many that every strategy plays every seat."""
    each = per_seed(tournament.format, len(tournament.entrants), tournament.seats)
    return each * len(tournament.scenarios)


def check_files(tournament: Tournament) -> None:
    """Run each strategy file once, in a process of its own. Raises InputError for those that fail."""
    if not tournament.files:
        return
    supervisor = Supervisor({})
    try:
        wrong = supervisor.check(tournament.files, CHECK_SECONDS)
    finally:
        supervisor.stop()
    problems = [Problem("", 0, 0, "", said) for said in wrong.values() if said]
    if problems:
        raise InputError(problems)


def enter(tournament: Tournament, store: Store, seeds: int) -> list[Planned]:
    """Enter seatings, contests and par tables in the store; returns all that is planned, in order."""
    rules = rules_hash()
    planned, contests = [], []
    with store.transaction():
        for key, table in tournament.par.items():
            store.add_par(rules, key, table)
        for seating in seatings(
            tournament.format, len(tournament.entrants), tournament.seats, tournament.first_seed, seeds
        ):
            rated = {seat: tournament.entrants[i] for seat, i in seating.held}
            for scenario in tournament.scenarios:
                held = held_by(scenario, rated)
                number = store.seating(rules, scenario.content_hash, scenario.name, held)
                seeds_of = range(seating.first, seating.first + seating.count)
                planned.append(Planned(scenario, number, held, seeds_of))
                contests.append(Contest(tournament.format, number, tuple(rated), seeds_of[0], seeds_of[-1]))
        store.add_contests(contests)
    return planned


def held_by(scenario: Scenario, rated: Mapping[str, Entrant]) -> dict[str, tuple[str, str]]:
    """Who holds each seat: rated strategies theirs, and the others play on `steady`."""
    steady = (FILLER, strategy_hash(FILLER, None))
    return {seat: (rated[seat].name, rated[seat].content) if seat in rated else steady for seat in scenario.seats}


def missing(tournament: Tournament, planned: Iterable[Planned], store: Store) -> list[Task]:
    """Tasks for the games that the store lacks, each game once, in the order of the plan."""
    have: dict[int, set[int]] = {}
    tasks = []
    for plan in planned:
        if plan.number not in have:
            have[plan.number] = store.played(plan.number)
        played, wanted = have[plan.number], plan.seeds
        for first, count in rows_of([seed for seed in wanted if seed not in played], tournament.batch):
            tasks.append(_task(tournament, plan, first, count))
        played.update(wanted)
    return tasks


def _task(tournament: Tournament, plan: Planned, first: int, count: int) -> Task:
    names = {name for name, _ in plan.held.values()}
    files = {name: file for name, file in tournament.files.items() if name in names}
    key = plan.scenario.content_hash
    return Task(plan.number, key, rules_hash(), plan.held, files, first, count, tournament.decision_seconds)


def rows_of(seeds: Iterable[int], most: int) -> Iterator[tuple[int, int]]:
    """(first, count) of seeds that follow one another, at most `most` together.

    >>> list(rows_of([1, 2, 3, 7, 8], 2))
    [(1, 2), (3, 1), (7, 2)]
    """
    first, count = 0, 0
    for seed in seeds:
        if count and seed == first + count and count < most:
            count += 1
            continue
        if count:
            yield first, count
        first, count = seed, 1
    if count:
        yield first, count


def run(
    tournament: Tournament,
    store: Store,
    runner: Callable[[dict[str, ScenarioText]], AbstractContextManager[Runner]],
    seeds: int,
    tick: Callable[[Outcome], None],
) -> Outcome:
    """Play what the store lacks.

    Parameters
    ----------
    runner : makes what plays tasks about these scenarios.
    seeds : how many of the tournament's seeds.
    tick : told after each task.
    """
    planned = enter(tournament, store, seeds)
    tasks = missing(tournament, planned, store)
    wanted = len({(plan.number, seed) for plan in planned for seed in plan.seeds})
    outcome = Outcome(wanted, wanted - sum(task.count for task in tasks))
    if not tasks:
        return outcome
    texts = {s.content_hash: ScenarioText(s.name, s.content_hash, s.text) for s in tournament.scenarios}
    started = time.monotonic()
    with runner(texts) as playing:
        for task, rows in playing.played(tasks):
            if isinstance(rows, TaskError):
                outcome.failed.append(str(rows))
            else:
                store.add_games(task.seating, rows)
                outcome.played += len(rows)
                outcome.faults += sum(bool(row.faults) for row in rows)
            outcome.seconds = time.monotonic() - started
            tick(outcome)
    return outcome
