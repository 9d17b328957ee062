"""`pax-silica statecraft`: whether diplomacy means something in a scenario."""

from __future__ import annotations

import click

from game.cli.arguments import (
    quarters_option,
    refuse_unknown_seats,
    scenario_argument,
    seat_option,
    seats_of,
    seed_option,
    set_option,
)
from game.cli.output import STDOUT, check_writable, write_json
from game.cli.progress import Progress


@click.command()
@scenario_argument
@click.option("--worlds", type=click.IntRange(1, 4096), default=64, show_default=True, help="Games played.")
@seed_option
@quarters_option
@seat_option
@set_option
@click.option("--json", "json_target", metavar="FILE|-", help="Write the measures as JSON; `-` is stdout.")
def statecraft(
    scenario: str,
    worlds: int,
    seed: int,
    quarters: int | None,
    seats: tuple[str, ...],
    overrides: tuple[str, ...],
    json_target: str | None,
) -> None:
    """Measure what seats propose, sign, keep and break in SCENARIO, and whether it pays.

    One line a measure: what was found, what is aimed at, and whether it holds. Contracts and breaches are compared with
    the same games in which one of them, drawn in each world, does not happen.

    \b
    Examples:
      pax-silica statecraft pax_silica_2026
      pax-silica statecraft pax_silica_2026 --worlds 16 --seat CHN=greedy --json measures.json
    """
    holders = seats_of(seats)
    refuse_unknown_seats(holders, scenario, overrides)
    check_writable(json_target)
    from game.files.scenarios import read_scenario
    from game.lab.plan import Plan, checked_quarters, refuse_unknown_strategies

    refuse_unknown_strategies(holders)
    played = read_scenario(scenario, overrides).scenario
    plan = Plan(scenario, seed, worlds, quarters, holders, overrides)
    count = checked_quarters(played, quarters)
    from game.lab.statecraft import statecraft as measured
    from game.lab.statecraft import steps_in_all

    with Progress(steps_in_all(count), "quarters") as progress:
        measures = measured(played, plan, progress.tick)
    for measure in measures:
        click.echo(measure.line(), err=json_target == STDOUT)
    if json_target is not None:
        rows = [measure.as_json() for measure in measures]
        write_json(json_target, {"scenario": scenario, "worlds": worlds, "quarters": count, "measures": rows})
