"""`pax-silica bench`: speed and memory."""

from __future__ import annotations

from dataclasses import asdict
from importlib.util import find_spec
from typing import TYPE_CHECKING

import click

from game.cli.output import STDOUT, check_writable, write_json

if TYPE_CHECKING:
    from game.lab.bench import Reading


@click.command()
@click.option("--json", "json_target", metavar="FILE|-", help="Write the figures as JSON.")
def bench(json_target: str | None) -> None:
    """Measure speed and memory on the baseline scenario; takes a minute or two.

    step() with every seat on steady, after four warm-up quarters, median of five runs, without collection, hash, save
    or reasons, which stand on lines of their own. Beside each figure: the aim, and the figure as a multiple of one
    small array addition on this machine.

    \b
    Examples:
      pax-silica bench
      pax-silica bench --json -
    """
    from game.cli.frames import frame_readings
    from game.lab.bench import bench as measured

    check_writable(json_target)
    readings: list[Reading] = []
    for reading in measured(frame_readings if find_spec("game.ui.start") else None):
        readings.append(reading)
        click.echo(reading.line(), err=json_target == STDOUT)
    if json_target is not None:
        write_json(json_target, {"readings": [asdict(reading) for reading in readings]})
