"""Real worker processes: the same rows whoever is killed, and strategies that fail cost nobody but themselves."""

import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from game.core.errors import InputError, PaxError
from game.tournament.config import read_tournament
from game.tournament.play import play
from game.tournament.pool import Pool
from game.tournament.run import Outcome, check_files, enter, missing, rows_of, run
from game.tournament.store import Store
from game.tournament.task import ENDED, RAISED, TIMED_OUT, Row, ScenarioText, Task
from tests.architecture.sources import ROOT
from tests.tournament.conftest import Cup, tournament_file

resource = pytest.importorskip("resource")
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="kills processes by signals")


SEEDS = 20


def rows(store: Path) -> list[Any]:
    """Every game of a store, with the seating written out."""
    with sqlite3.connect(store) as opened:
        return opened.execute(
            "SELECT rules, scenario, held, seed, scores, mandates, faults, timed_out FROM games JOIN seatings "
            "ON seating = id ORDER BY scenario, held, seed"
        ).fetchall()


def played(config: Path, store: Path, workers: int = 1) -> Outcome:
    tournament = read_tournament(config)
    with Store(store) as opened:
        return run(tournament, opened, partial(Pool, workers), tournament.seeds, lambda outcome: None)


def tasks_of(config: Path, store: Path) -> list[Task]:
    tournament = read_tournament(config)
    with Store(store) as opened:
        return missing(tournament, enter(tournament, opened, tournament.seeds), opened)


def alone(task: Task, scenario: Any) -> list[Row]:
    """The same games one at a time, in this process."""
    return [row for part in task.parts(1) for row in play(part, scenario, lambda seats: None)]


@pytest.fixture(scope="session")
def whole(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> list[Any]:
    """The rows of a tournament that nobody disturbs."""
    store = tmp_path_factory.mktemp("whole") / "whole.db"
    played(tournament_file(folder, "whole", seeds=SEEDS), store, workers=2)
    return rows(store)


@pytest.fixture
def driver(cup: Cup, tmp_path: Path) -> Iterator[subprocess.Popen[bytes]]:
    """A tournament that is being run by another process, with two workers."""
    command = [sys.executable, "-m", "game", "tournament", "run", str(cup(seeds=SEEDS, batch=4)), "--store"]
    started = subprocess.Popen(
        [*command, str(tmp_path / "cut.db"), "--workers", "2"],
        cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, start_new_session=True,
    )  # fmt: skip
    yield started
    if started.poll() is None:
        os.killpg(started.pid, signal.SIGKILL)
    started.communicate()


def children_of(pid: int) -> list[int]:
    """Processes whose parent is `pid`."""
    listed = subprocess.run(["ps", "-o", "pid=", "--ppid", str(pid)], capture_output=True, text=True, check=False)
    return [int(line) for line in listed.stdout.split()]


def wait_for_games(store: Path, driver: subprocess.Popen[bytes]) -> None:
    """Until some games are in the store."""
    while driver.poll() is None:
        try:
            if len(rows(store)) >= 4:
                return
        except sqlite3.DatabaseError:  # it is not made yet
            pass
        time.sleep(0.02)


@pytest.mark.slow
def test_a_finished_run_does_nothing_and_another_number_of_workers_changes_nothing(cup: Cup, tmp_path: Path) -> None:
    config = cup(strategies=["hold", "greedy", "raises.py"], seeds=3)
    first = played(config, tmp_path / "a.db", workers=2)
    assert (first.planned, first.before, first.played, first.failed) == (9, 0, 9, [])
    again = played(config, tmp_path / "a.db")
    assert (again.planned, again.before, again.played) == (9, 9, 0)
    played(cup(strategies=["hold", "greedy", "raises.py"], seeds=3, batch=2), tmp_path / "b.db")
    assert rows(tmp_path / "a.db") == rows(tmp_path / "b.db")


def test_a_game_in_a_batch_is_the_game_alone_also_where_another_has_a_fault(cup: Cup, tmp_path: Path) -> None:
    config = cup(strategies=["hold", "raises.py"], seeds=8, seats=["USA", "JPN"])
    scenario = read_tournament(config).scenarios[0]
    faults = 0
    for task in tasks_of(config, tmp_path / "a.db"):
        together = play(task, scenario, lambda seats: None)
        assert together == alone(task, scenario)
        faults += sum(bool(row.faults) for row in together)
    assert 0 < faults < 16, "the test strategy fails in some games and not in others"


@pytest.mark.parametrize(
    ("wrong", "what"),
    [
        ("raises", "ValueError: no idea (raises.py:13)"),
        ("rubbish", "TypeError: "),
        ("mutates", "ValueError: assignment destination is read-only (mutates.py:12)"),
        ("leaves", "SystemExit: 3 (leaves.py:12)"),
    ],
)
def test_a_faulty_strategy_passes_its_seat_to_hold_from_that_quarter(
    cup: Cup, tmp_path: Path, wrong: str, what: str
) -> None:
    config = cup(strategies=[f"{wrong}.py"], seeds=6, seats=["JPN"])
    (task,) = tasks_of(config, tmp_path / "a.db")
    found = play(task, read_tournament(config).scenarios[0], lambda seats: None)
    faults = [fault for row in found for fault in row.faults]
    assert {(fault.seat, fault.strategy, fault.kind) for fault in faults} == {("JPN", wrong, RAISED)}
    assert {fault.quarter for fault in faults} == {"2026Q2" if wrong == "raises" else "2026Q1"}
    assert all(fault.what.startswith(what) for fault in faults)
    (of_hold,) = tasks_of(cup(strategies=["hold"], seeds=6, seats=["JPN"]), tmp_path / "b.db")
    as_hold = play(of_hold, read_tournament(config).scenarios[0], lambda seats: None)
    assert [row.scores for row in found] == [row.scores for row in as_hold], "neither gave an order"


def test_a_doctrine_of_somebody_shares_its_faults_with_nobody(cup: Cup, folder: Path, tmp_path: Path) -> None:
    (folder / "angry.py").write_text(
        '"""For tests."""\n\nfrom agents.strategies.doctrine import Doctrine\n\n\nclass Angry(Doctrine):\n'
        '    """Fails."""\n\n    name = "angry"\n    motto = "x"\n\n'
        '    def act(self, council):\n        """Fail."""\n        raise ValueError("no")\n',
        encoding="utf-8",
    )
    config = cup(strategies=["angry.py", "hawk"], seeds=1, seats=["JPN", "USA"])
    scenario = read_tournament(config).scenarios[0]
    found = [row for task in tasks_of(config, tmp_path / "a.db") for row in play(task, scenario, lambda seats: None)]
    assert [[(fault.strategy, fault.quarter) for fault in row.faults] for row in found] == [[("angry", "2026Q1")]] * 2


def test_what_a_strategy_prints_corrupts_nothing(cup: Cup, tmp_path: Path) -> None:
    outcome = played(cup(strategies=["prints.py"], seeds=2, seats=["JPN"]), tmp_path / "a.db")
    assert (outcome.played, outcome.faults, outcome.failed) == (2, 0, [])


def kinds(store: Path) -> set[tuple[str, str, int]]:
    """(name in the fault, its kind, whether the row is marked as timed out)."""
    return {(fault["strategy"], fault["kind"], row[7]) for row in rows(store) for fault in json.loads(row[6])}


@pytest.mark.slow
def test_a_strategy_that_loops_for_ever_is_timed_out_and_the_tournament_goes_on(cup: Cup, tmp_path: Path) -> None:
    config = cup(strategies=["loops.py"], seeds=2, seats=["JPN"], decision_seconds=1.0)
    outcome = played(config, tmp_path / "a.db")
    assert (outcome.played, outcome.faults, outcome.failed) == (2, 2, [])
    assert kinds(tmp_path / "a.db") == {("loops", TIMED_OUT, 1)}


@pytest.mark.slow
def test_a_strategy_that_ends_its_process_is_found_and_the_tournament_goes_on(cup: Cup, tmp_path: Path) -> None:
    config = cup(strategies=["ends.py"], seeds=2, seats=["JPN"])
    outcome = played(config, tmp_path / "a.db")
    assert (outcome.played, outcome.faults, outcome.failed) == (2, 2, [])
    assert kinds(tmp_path / "a.db") == {("ends", ENDED, 0)}


@pytest.mark.slow
def test_rows_are_the_same_after_a_worker_was_killed(
    driver: subprocess.Popen[bytes], tmp_path: Path, whole: list[Any]
) -> None:
    wait_for_games(tmp_path / "cut.db", driver)
    for _ in range(3):
        time.sleep(0.3)
        for child in children_of(driver.pid)[:1]:
            os.kill(child, signal.SIGKILL)
    assert driver.wait(timeout=120) == 0
    assert rows(tmp_path / "cut.db") == whole


@pytest.mark.slow
@pytest.mark.parametrize("by", [signal.SIGKILL, signal.SIGINT, signal.SIGTERM])
def test_rows_are_the_same_after_the_driver_was_killed(
    driver: subprocess.Popen[bytes], cup: Cup, tmp_path: Path, by: signal.Signals, whole: list[Any]
) -> None:
    wait_for_games(tmp_path / "cut.db", driver)
    workers = children_of(driver.pid)
    os.kill(driver.pid, by)
    driver.wait(timeout=60)
    if by == signal.SIGINT:
        assert driver.returncode == 1
        assert driver.stderr is not None
        assert b"keeps what was played, and the same command goes on" in driver.stderr.read()
    half = rows(tmp_path / "cut.db")
    assert 0 < len(half) < 3 * SEEDS
    for _ in range(100):
        if not any(Path(f"/proc/{worker}").exists() for worker in workers):
            break
        time.sleep(0.1)
    assert [worker for worker in workers if Path(f"/proc/{worker}/exe").exists()] == [], "workers end with their driver"
    outcome = played(cup(seeds=SEEDS), tmp_path / "cut.db", workers=2)
    assert (outcome.before, outcome.played) == (len(half), 3 * SEEDS - len(half))
    assert rows(tmp_path / "cut.db") == whole


def limited(store: Path, config: Path, size: int) -> subprocess.CompletedProcess[str]:
    """Run the tournament in a process that may write no file larger than `size`."""
    return subprocess.run(
        [sys.executable, "-m", "game", "tournament", "run", str(config), "--store", str(store), "--workers", "1"],
        cwd=ROOT, capture_output=True, text=True, check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (size, size)),  # no threads here
    )  # fmt: skip


@pytest.mark.slow
def test_a_full_disk_is_told_in_one_line_and_the_store_goes_on(cup: Cup, tmp_path: Path, whole: list[Any]) -> None:
    config = cup(seeds=SEEDS, batch=2)
    done = limited(tmp_path / "cut.db", config, 100_000)
    assert done.returncode == 2
    assert len(done.stderr.splitlines()) == 1
    assert "the disk takes nothing more" in done.stderr
    half = rows(tmp_path / "cut.db")
    assert 0 < len(half) < 3 * SEEDS
    played(config, tmp_path / "cut.db", workers=2)
    assert rows(tmp_path / "cut.db") == whole


def test_more_seeds_add_games(cup: Cup, tmp_path: Path) -> None:
    first = tasks_of(cup(seeds=2), tmp_path / "a.db")
    assert sum(task.count for task in first) == 6
    with Store(tmp_path / "a.db") as store:
        for task in first:
            store.add_games(task.seating, [Row(task.first + i, (1.0,), (0,)) for i in range(task.count)])
    more = tasks_of(cup(seeds=5), tmp_path / "a.db")
    assert {(task.first, task.count) for task in more} == {(3, 3)}


def test_a_steady_that_is_rated_plays_the_same_games_as_one_that_is_not(cup: Cup, tmp_path: Path) -> None:
    one = tasks_of(cup(strategies=["steady", "hold"], seeds=3), tmp_path / "a.db")
    other = tasks_of(cup(strategies=["hold"], seeds=3), tmp_path / "a.db")
    assert sum(task.count for task in one) == 9
    assert {task.seating for task in other} == {task.seating for task in one}


def test_a_game_that_cannot_be_played_is_told_and_the_others_are_played(cup: Cup, tmp_path: Path) -> None:
    tasks = tasks_of(cup(seeds=1), tmp_path / "a.db")
    scenario = read_tournament(cup(seeds=1)).scenarios[0]
    told = {scenario.content_hash: ScenarioText(scenario.name, scenario.content_hash, scenario.text)}
    others = Task(**{name: getattr(tasks[0], name) for name in Task.__slots__} | {"rules": "of another day"})
    with Pool(1, told) as pool:
        found = {task.rules: rows for task, rows in pool.played([others, tasks[1]])}
    assert "the rules of this worker are not those" in str(found["of another day"])
    assert len(found[tasks[1].rules]) == 1  # type: ignore[arg-type]  # rows, for it was played


def test_a_file_that_fails_when_it_is_read_is_refused_before_anything_is_played(cup: Cup, folder: Path) -> None:
    (folder / "broken.py").write_text("import no_such_module\n", encoding="utf-8")
    with pytest.raises(InputError, match=r"ModuleNotFoundError: No module named 'no_such_module'"):
        check_files(read_tournament(cup(strategies=["broken.py"])))


def test_seeds_in_a_row_make_a_batch() -> None:
    assert list(rows_of([], 4)) == []
    assert list(rows_of([5, 6, 7, 9], 2)) == [(5, 2), (7, 1), (9, 1)]


def test_a_strategy_whose_file_changed_is_not_played(cup: Cup, folder: Path, tmp_path: Path) -> None:
    own = folder / "changing.py"
    own.write_text((folder / "prints.py").read_text(encoding="utf-8"), encoding="utf-8")
    config = cup(strategies=["changing.py"], seeds=1, seats=["JPN"])
    (task,) = tasks_of(config, tmp_path / "a.db")
    own.write_text(own.read_text(encoding="utf-8").replace("flush()", "flush(); 1 + 1"), encoding="utf-8")
    with pytest.raises(PaxError, match="was its file changed"):
        play(task, read_tournament(config).scenarios[0], lambda seats: None)
