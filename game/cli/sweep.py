"""`pax-silica sweep`: the same game with numbers of the scenario changed."""

from __future__ import annotations

from pathlib import Path

import click

from game.cli.arguments import (
    quarters_option,
    refuse_unknown_seats,
    refuse_unknown_strategies,
    scenario_argument,
    seat_option,
    seats_of,
    seed_option,
    set_option,
    worlds_option,
)
from game.cli.output import check_folder
from game.cli.progress import Progress


@click.command()
@scenario_argument
@click.option(
    "--vary",
    "varied",
    multiple=True,
    required=True,
    metavar="PATH=a,b,c|PATH=low..high",
    help="Values for one number; a range takes five steps, ends included. Repeat it for every combination.",
)
@seed_option
@quarters_option
@seat_option
@set_option
@worlds_option
@click.option("--csv", "csv_folder", type=click.Path(), required=True, help="Folder for sweep.csv.")
def sweep(
    scenario: str,
    varied: tuple[str, ...],
    seed: int,
    quarters: int | None,
    seats: tuple[str, ...],
    overrides: tuple[str, ...],
    worlds: int,
    csv_folder: str,
) -> None:
    """Run SCENARIO once for each combination of the values given, and write sweep.csv: one row a world and seat.

    The same seeds are played for each combination, so differences come from the numbers and not from luck.

    \b
    Examples:
      pax-silica sweep pax_silica_2026 --vary parameters.leakage.base=0.1..0.4 --worlds 16 --csv results
      pax-silica sweep classroom --vary parameters.market.stickiness=0.3,0.5 \\
          --vary parameters.plants.delay=4,8 --worlds 8 --csv results
    """
    holders = seats_of(seats)
    refuse_unknown_strategies(holders)
    refuse_unknown_seats(holders, scenario, overrides)
    from game.lab.plan import Plan
    from game.lab.vary import parsed, scenarios_of

    check_folder(csv_folder)
    parts = [parsed(text) for text in varied]
    plan = Plan(scenario, seed, worlds, quarters, holders, overrides)
    scenarios = scenarios_of(plan, parts)
    # What can be refused is refused before the agents are imported, which takes most of a second.
    from game.lab.sweep import SweepFile, rows_of

    with Progress(len(scenarios), "runs") as progress, SweepFile(Path(csv_folder)) as file:
        for rows in rows_of(plan, parts, scenarios):
            file.add(rows)
            score = sum(row["score"] for row in rows) / len(rows)
            values = ", ".join(f"{part.path}={rows[0][part.path]}" for part in parts)
            last = rows[0] if worlds == 1 else None
            gate = f", bottleneck {last['bottleneck']}" if last else ""
            minerals, chips = (
                sum(row[k] for row in rows) / len(rows) for k in ("mineral_independence", "chip_independence")
            )
            click.echo(f"{values}: minerals {minerals:.1%}, chips {chips:.1%}, mean score {score:.1f}{gate}")
            progress.tick()
    click.echo(f"{Path(csv_folder) / 'sweep.csv'}")
