"""`pax-silica calibration`: whether forecasts keep what they promise."""

from __future__ import annotations

import click

from game.cli.arguments import scenario_argument, seed_option, set_option
from game.cli.group import ANSWER_NO
from game.cli.output import STDOUT, check_writable, write_json
from game.cli.progress import Progress


@click.command()
@scenario_argument
@click.option("--games", type=click.IntRange(1, 10_000), default=200, show_default=True, help="Games forecast.")
@seed_option
@set_option
@click.option("--omniscient", is_flag=True, help="Forecast from the true world: what is left is luck alone.")
@click.option("--json", "json_target", metavar="FILE|-", help="Write the shares as JSON; `-` is stdout.")
def calibration(
    scenario: str, games: int, seed: int, overrides: tuple[str, ...], omniscient: bool, json_target: str | None
) -> int:
    """Measure how often the 5-95% band of forecasts holds what comes in SCENARIO; takes a few minutes.

    In each game one seat forecasts eight quarters, seats and quarters taking turns; then the game is played on. Bands
    shall hold 85 to 95% of outcomes: all together, at every horizon, and in every group of measures. What a forecast
    knows for certain is not counted. Exit 1 if one of them does not hold.

    \b
    Examples:
      pax-silica calibration classroom
      pax-silica calibration pax_silica_2026 --games 400 --json calibration.json
    """
    check_writable(json_target)
    from game.files.scenarios import read_scenario

    played = read_scenario(scenario, overrides).scenario
    from game.lab.calibration import calibrated

    with Progress(games, "games") as progress:
        found = calibrated(played, games, seed, omniscient, progress.tick)
    rows = list(found.rows())
    for row in rows:
        click.echo(row.line(), err=json_target == STDOUT)
    if json_target is not None:
        listed = [
            {"name": r.name.strip(), "share": r.share, "outcomes": r.outcomes, "judged": r.judged, "holds": r.holds}
            for r in rows
        ]
        write_json(json_target, {"scenario": scenario, "games": games, "omniscient": omniscient, "held": listed})
    return 0 if all(row.holds for row in rows if row.judged) else ANSWER_NO
