"""`pax-silica forecast`: what may come of a saved game."""

from __future__ import annotations

from pathlib import Path

import click

from game.cli.output import STDOUT, check_writable, write_json
from game.cli.progress import Progress


@click.command()
@click.argument("save", type=click.Path(path_type=Path))
@click.option("--seat", required=True, metavar="JPN", help="Whose forecast it is.")
@click.option("--orders", type=click.Path(path_type=Path), help="A YAML file: the forecast compares with and without.")
@click.option("--worlds", type=click.IntRange(2, 4096), default=256, show_default=True, help="Played in all.")
@click.option("--quarters", type=click.IntRange(1, 40), default=8, show_default=True, help="Looked ahead.")
@click.option("--rivals", default="steady", show_default=True, help="Strategy that all seats are thought to play.")
@click.option("--measure", "measures", multiple=True, help="Tell this measure by quarter. Repeat it.")
@click.option("--omniscient", is_flag=True, help="From the true world, for research; the result says so.")
@click.option("--json", "json_target", metavar="FILE|-", help="Write all measures as JSON; `-` is stdout.")
def forecast(
    save: Path,
    seat: str,
    orders: Path | None,
    worlds: int,
    quarters: int,
    rivals: str,
    measures: tuple[str, ...],
    omniscient: bool,
    json_target: str | None,
) -> None:
    """Tell what may come of the saved game SAVE, as one seat knows it: fans of measures, odds of dangers.

    Possible worlds are played on from the seat's view. What the view hides is drawn from its error bands, luck is drawn
    anew, rivals and the seat itself act by a stated strategy. With --orders the same possible worlds are played twice,
    with the seat's orders of the file beside what the strategy decides and without them; the gain is told pair by pair.

    \b
    Examples:
      pax-silica forecast saves/japan.paxsave --seat JPN
      pax-silica forecast saves/japan.paxsave --seat JPN --orders fab.yaml --measure price:hbm
      pax-silica forecast saves/japan.paxsave --seat JPN --quarters 4 --json -
    """
    check_writable(json_target)
    from game.core.names import quarter_name
    from game.files.near import unknown
    from game.forecast.measured import MEASURED

    for name in measures:
        if name not in MEASURED:
            raise click.UsageError(unknown("measure", name, MEASURED))
    from game.files.order_files import read_orders
    from game.lab.forecasts import Asked, FuturesBeside, forecast_of, told
    from game.lab.plan import refuse_unknown_seats, refuse_unknown_strategies
    from game.resumed import load_match

    match, notes = load_match(save)
    for note in notes:
        click.echo(note, err=True)
    refuse_unknown_seats({seat: rivals}, match.scenario)
    refuse_unknown_strategies({seat: rivals})
    listed = read_orders(orders, match.scenario) if orders else ()
    asked = Asked(seat, worlds, quarters, rivals, measures, omniscient)
    advance = FuturesBeside(match.scenario, seat, rivals)
    foretold = forecast_of(match.world, match.scenario, asked, advance, listed)
    with Progress(foretold.slices_in_all, "quarters") as progress:
        for _ in foretold.slices():
            progress.tick()
    for quarter, kind, reason in sorted(advance.refused):
        click.echo(f"refused: {quarter_name(quarter, match.scenario.first_quarter)} {seat} {kind}: {reason}", err=True)
    fans = foretold.result()
    for line in told(fans, match.scenario, asked):
        click.echo(line, err=json_target == STDOUT)
    if json_target is not None:
        write_json(json_target, {"seat": seat, "rivals": rivals, **fans.as_json()})
