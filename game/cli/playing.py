"""What the commands that play tournaments share: options, who plays, and progress."""

from __future__ import annotations

import os
import sys
import time
from functools import partial
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from game.tournament.run import Outcome

workers_option = click.option(
    "--workers", type=click.IntRange(1, 256), default=None, help="Processes that play.  [default: one a core]"
)
cluster_option = click.option(
    "--cluster", metavar="tcp://HOST:PORT", help="Play on a Dask cluster instead, by the address of its scheduler."
)

json_option = click.option("--json", "json_target", metavar="FILE|-", help="Write the result as JSON; `-` is stdout.")


def runner_of(workers: int | None, cluster: str | None) -> Any:
    """What makes a runner for given scenarios."""
    if cluster is not None:
        from game.tournament.cluster import Cluster

        return partial(Cluster, cluster)
    from game.tournament.pool import Pool

    return partial(Pool, workers or os.cpu_count() or 1)


class Rate:
    """Shows games played, games a second and time left on stderr: one line on a terminal, else a line now and then."""

    EVERY = 30.0
    """Seconds between two lines where there is no terminal."""

    def __init__(self) -> None:
        self._last = time.monotonic()
        self._terminal = sys.stderr.isatty()

    def tick(self, outcome: Outcome) -> None:
        """Show how far a run is."""
        now = time.monotonic()
        over = outcome.before + outcome.played >= outcome.planned
        if now - self._last < (0.2 if self._terminal else self.EVERY) and not (over and self._terminal):
            return
        self._last = now
        rate = outcome.played / outcome.seconds if outcome.seconds else 0.0
        left = outcome.planned - outcome.before - outcome.played
        time_left = f"about {left / rate:.0f} s left" if rate else "time left not known"
        faults = f", {outcome.faults:,} with faults" if outcome.faults else ""
        line = (
            f"{outcome.before + outcome.played:,} of {outcome.planned:,} games, {rate:.1f} games/s, {time_left}{faults}"
        )
        click.echo(f"\r{line}   " if self._terminal else line, err=True, nl=not self._terminal or over)
