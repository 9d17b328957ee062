"""`pax-silica par`: the table that points are measured by."""

from __future__ import annotations

from pathlib import Path

import click

from game.cli.arguments import scenario_argument
from game.cli.progress import Progress

LEAST = 512
"""Games that a table to be shipped rests on (definitions.md)."""


@click.command()
@scenario_argument
@click.option("--games", type=click.IntRange(8, 65536), default=LEAST, show_default=True, help="Games on steady.")
@click.option(
    "-o", "--output", type=click.Path(path_type=Path), help="File.  [default: par/NAME.json beside the scenarios]"
)
def par(scenario: str, games: int, output: Path | None) -> None:
    """Measure par: the mean score of each seat over games with every seat on steady, and the spread of its score.

    Points are 10 (score - par) / sigma. The table counts only for this version of the scenario and of the rules.

    \b
    Examples:
      pax-silica par pax_silica_2026
      pax-silica par scenarios/mine.yaml --games 64 -o mine_par.json
    """
    from game.files.par_tables import write_par
    from game.files.paths import par_table
    from game.files.scenarios import read_scenario

    played = read_scenario(scenario).scenario
    from game.lab.par import games_in_all
    from game.lab.par import par as measured

    with Progress(games_in_all(played, games), "games") as progress:
        table = measured(played, games, progress.tick)
    path = output or par_table(played.name)
    write_par(path, table)
    click.echo(f"{'seat':<6}{'par':>8}{'error':>8}{'sigma':>8}   mean by strategy")
    for seat, row in table.seats.items():
        means = ", ".join(f"{name} {mean:.1f}" for name, mean in row.by_strategy.items())
        click.echo(f"{seat:<6}{row.mean:>8.2f}{row.standard_error:>8.2f}{row.sigma:>8.2f}   {means}")
    if games < LEAST:
        click.echo(f"{games} games; a table to be shipped rests on {LEAST} or more", err=True)
    click.echo(f"{path}")
