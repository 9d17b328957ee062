"""Speed of tournaments, for `bench`: games a second, what a second worker brings, the pool, and a large store."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from game.core.rng import entity_keys, seeds, uniform
from game.core.scenario import Scenario
from game.files.par_tables import ParTable, SeatPar
from game.files.rules_hash import rules_hash
from game.files.scenarios import bundled
from game.tournament.config import Tournament
from game.tournament.content import strategy_hash
from game.tournament.play import play
from game.tournament.pool import Pool
from game.tournament.results import results
from game.tournament.run import enter, missing
from game.tournament.schedule import BLOCK, Entrant
from game.tournament.standings import table_of
from game.tournament.store import Store
from game.tournament.task import Row, ScenarioText, Task

SCRIPTED = ("steady", "greedy", "hold", "hawk", "free_trader", "self_reliance", "hedger", "flooder")
"""Who plays in the games that are timed; all other seats are steady."""
TASKS = 4
STORED = 100_000


class Figure(NamedTuple):
    """One figure: what, how much, its unit, and the aim."""

    name: str
    value: float
    unit: str
    aim: float
    note: str = ""


def speed(scenario_name: str) -> Iterator[Figure]:
    """Every figure in turn; a minute or two."""
    scenario = bundled(scenario_name)
    tasks = scripted_tasks(scenario, TASKS)
    alone = _seconds(lambda: [play(task, scenario, _unwatched) for task in tasks[:2]]) / 2
    note = f"{scenario.quarters} quarters, {len(scenario.seats)} seats, {', '.join(SCRIPTED)}"
    yield Figure("tournament: games a second on one core", BLOCK / alone, "games/s", 60.0, note)
    one, two = (pool_seconds(scenario, tasks, workers) for workers in (1, 2))
    yield Figure("tournament: two workers against one", one / two, "times", 1.8, "on two free cores")
    share = max(0.0, one / (TASKS * alone) - 1.0)
    yield Figure("tournament: overhead of the pool, 64 games a task", 100 * share, "%", 5.0)
    yield from store_seconds(scenario)


def scripted_tasks(scenario: Scenario, count: int) -> list[Task]:
    """Tasks of 64 games in which scripted strategies hold one seat each and the others play steady."""
    names = [SCRIPTED[i] if i < len(SCRIPTED) else SCRIPTED[0] for i in range(len(scenario.seats))]
    held = {seat: (name, strategy_hash(name, None)) for seat, name in zip(scenario.seats, names, strict=True)}
    key = scenario.content_hash
    return [Task(0, key, rules_hash(), held, {}, 1 + k * BLOCK, BLOCK) for k in range(count)]


def pool_seconds(scenario: Scenario, tasks: list[Task], workers: int) -> float:
    """Seconds that a pool takes for tasks, its workers up and warm."""
    told = {scenario.content_hash: ScenarioText(scenario.name, scenario.content_hash, scenario.text)}
    with Pool(workers, told) as pool:
        for supervisor in pool.supervisors:
            supervisor.play(tasks[0].part(1, 1))
        return _seconds(lambda: list(pool.played(tasks)))


def store_seconds(scenario: Scenario) -> Iterator[Figure]:
    """A store of a hundred thousand made-up games: what is missing, and the table."""
    tournament = made_up(scenario)
    with TemporaryDirectory() as folder, Store(Path(folder) / "bench.db") as store:
        for task in missing(tournament, enter(tournament, store, tournament.seeds), store):
            keys = entity_keys("tournament bench", task.held)
            scores = (30.0 + 40.0 * uniform(seeds(task.first, task.count), task.seating, keys)).T.round(6).tolist()
            drawn = (0,) * len(task.held)
            rows = [Row(task.first + g, tuple(scores[g]), drawn) for g in range(task.count)]
            store.add_games(task.seating, rows)
        note = f"{STORED:,} games, {len(SCRIPTED)} strategies"
        resume = _seconds(lambda: missing(tournament, enter(tournament, store, tournament.seeds), store))
        yield Figure("tournament: resume decision", resume, "s", 2.0, note)
        rate: Callable[[], object] = partial(_rated, store)
        yield Figure("tournament: table", _seconds(rate), "s", 3.0, note)


def made_up(scenario: Scenario) -> Tournament:
    """A round robin of a hundred thousand games, with a par table made up for it."""
    seats = {seat: SeatPar(50.0, 0.1, 8.0, {}, [50.0], {}) for seat in scenario.seats}
    par = ParTable(scenario.name, scenario.content_hash, rules_hash(), 512, 1, "made up", seats)
    entrants = tuple(Entrant(name, strategy_hash(name, None)) for name in SCRIPTED)
    count = STORED // len(scenario.seats)
    return Tournament(
        "", (scenario,), entrants, 1, count, scenario.seats, "round_robin", 10.0, BLOCK,
        {scenario.content_hash: par}, (), {},
    )  # fmt: skip


def _rated(store: Store) -> list[object]:
    return [table_of(found) for found in results(store)]


def _unwatched(seats: object) -> None:
    """Nobody watches games that are timed."""


def _seconds(act: Callable[[], object]) -> float:
    started = time.perf_counter()
    act()
    return time.perf_counter() - started
