"""`pax-silica check`: what is wrong with a file that somebody wrote."""

from __future__ import annotations

import re
from pathlib import Path

import click

#: A file is of orders if a line begins so: the file need not be readable to tell.
ORDERS = re.compile(r"^\s*orders\s*:", re.MULTILINE)
_FIRST = 100_000
"""Characters looked at to tell an order file from a scenario."""


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--scenario", default=None, help="For an order file: what it is for.  [default: what the file says]")
def check(file: Path, scenario: str | None) -> None:
    """Check a scenario or an order file; print each problem as FILE:line:col: path: what, and what is allowed.

    Exits 0 for a good file and 2 for a bad one. Nothing is ever corrected silently.

    \b
    Examples:
      pax-silica check scenarios/classroom.yaml
      pax-silica check my_orders.yaml --scenario classroom
    """
    if holds_orders(file):
        _check_orders(file, scenario)
    else:
        _check_scenario(file)


def holds_orders(file: Path) -> bool:
    """Whether it looks like an order file; a file that cannot be read is left for the reader to refuse."""
    from game.core.errors import InputError
    from game.files.strict_yaml import MAX_BYTES
    from game.files.text import read_text

    try:
        return ORDERS.search(read_text(file, str(file), MAX_BYTES)[:_FIRST]) is not None
    except InputError:
        return False


def _check_orders(file: Path, scenario: str | None) -> None:
    from game.files.order_files import load_orders, orders_of, scenario_of
    from game.files.scenarios import bundled

    document = load_orders(file)
    name = scenario or scenario_of(document) or "pax_silica_2026"
    listed = orders_of(document, bundled(name))
    click.echo(
        f"{file}: {len(listed)} orders for {name}, all well-formed; treasury and law are asked when they are played"
    )


def _check_scenario(file: Path) -> None:
    from game.files.scenarios import read_scenario

    read = read_scenario(str(file) if file.suffix in (".yaml", ".yml") else f"{file.parent}/{file.name}")
    s = read.scenario
    estimates = sum(figure.estimate is not None for figure in read.figures)
    click.echo(
        f"{file}: {s.title}: {len(s.seats)} seats, {s.quarters} quarters, {len(s.lines.axis)} foundry lines, "
        f"{len(s.suppliers.axis)} suppliers; {len(read.figures)} numbers, {estimates} of them estimates"
    )
