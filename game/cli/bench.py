"""`pax-silica bench`: speed and memory."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from importlib.util import find_spec
from itertools import chain
from typing import TYPE_CHECKING

import click

from game.cli.output import STDOUT, check_writable, write_json

if TYPE_CHECKING:
    from game.lab.bench import Reading


@click.command()
@click.option("--json", "json_target", metavar="FILE|-", help="Write the figures as JSON.")
def bench(json_target: str | None) -> None:
    """Measure speed and memory on the baseline scenario; takes some minutes.

    step() with every seat on steady, after four warm-up quarters, median of five runs, without collection, hash, save
    or reasons, which stand on lines of their own. Beside each figure: the aim, and the figure as a multiple of one
    small array addition on this machine. Last come tournaments: games a second, workers, and a store of 100,000 games.

    \b
    Examples:
      pax-silica bench
      pax-silica bench --json -
    """
    from game.cli.frames import frame_readings
    from game.lab.bench import bench as measured

    check_writable(json_target)
    readings: list[Reading] = []
    frames = frame_readings if find_spec("game.ui.start") else None
    for reading in chain(measured(frames), _of_tournaments()):
        readings.append(reading)
        click.echo(reading.line(), err=json_target == STDOUT)
    if json_target is not None:
        write_json(json_target, {"readings": [asdict(reading) for reading in readings]})


def _of_tournaments() -> Iterator[Reading]:
    """What tournaments take."""
    from game.lab.bench import SCENARIO, Reading
    from game.tournament.speed import speed

    for figure in speed(SCENARIO):
        yield Reading(figure.name, figure.value, figure.unit, figure.aim, note=figure.note)
