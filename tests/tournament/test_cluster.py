"""The same rows from a Dask cluster, also when one of its workers is killed."""

import os
import signal
from functools import partial
from pathlib import Path
from typing import Any

import distributed
import pytest

from game.core.errors import PaxError
from game.tournament.cluster import Cluster
from game.tournament.config import read_tournament
from game.tournament.run import Outcome, run
from game.tournament.store import Store
from tests.tournament.conftest import Cup
from tests.tournament.test_run import SEEDS, rows, whole

__all__ = ["whole"]


@pytest.mark.slow
def test_rows_are_the_same_from_a_cluster_that_lost_a_worker(cup: Cup, tmp_path: Path, whole: list[Any]) -> None:
    tournament = read_tournament(cup(seeds=SEEDS, batch=4))
    with (
        distributed.LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None, silence_logs=50) as dask,
        Store(tmp_path / "a.db") as store,
    ):
        pids = [worker.pid for worker in dask.workers.values()]
        killed: list[int] = []

        def kill_one(outcome: Outcome) -> None:
            if not killed:
                killed.append(pids[0])
                os.kill(pids[0], signal.SIGKILL)

        done = run(tournament, store, partial(Cluster, dask.scheduler_address), SEEDS, kill_one)
    assert killed
    assert (done.played, done.failed) == (3 * SEEDS, [])
    assert rows(tmp_path / "a.db") == whole


def test_a_cluster_that_does_not_answer_is_told_in_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("game.tournament.cluster.CONNECT_SECONDS", 0.3)
    with pytest.raises(PaxError, match="--cluster tcp://127.0.0.1:9: no Dask scheduler answers"):
        Cluster("tcp://127.0.0.1:9", {})
