"""`pax-silica balance`: whether it is a good game."""

from __future__ import annotations

import click

from game.cli.arguments import scenario_argument, seed_option, set_option
from game.cli.output import STDOUT, check_writable, write_json, write_text
from game.cli.progress import Progress


@click.command()
@scenario_argument
@click.option("--games", type=click.IntRange(4, 4096), default=16, show_default=True, help="Games of each seating.")
@click.option("--workers", type=click.IntRange(1, 256), default=1, show_default=True, help="Processes.")
@click.option("--planners", is_flag=True, help="Let the ladder climb beyond steady: an hour and more.")
@seed_option
@set_option
@click.option("--json", "json_target", metavar="FILE|-", help="Write every figure as JSON; `-` is stdout.")
@click.option("-o", "--output", "page_target", metavar="FILE.html", help="Write the report as one page.")
def balance(
    scenario: str,
    games: int,
    workers: int,
    planners: bool,
    seed: int,
    overrides: tuple[str, ...],
    json_target: str | None,
    page_target: str | None,
) -> None:
    """Measure whether SCENARIO is a good game, and whether its rules do what they are for.

    Doctrines meet in every seat, two by two and each alone; the ladder of strategies climbs; probes play the same seeds
    with a ban at another time, without controls, under a flood, with full stocks. Told of each indicator: what was
    found, its noise, what is aimed at, and the verdict: met, not met, or not measured and why.

    Some four thousand games with the default, several minutes on one core.

    \b
    Examples:
      pax-silica balance pax_silica_2026 -o balance.html
      pax-silica balance classroom --games 8 --workers 2 --json -
    """
    check_writable(json_target)
    check_writable(page_target)
    from game.balance.pools import pools
    from game.balance.report import balance as measured
    from game.balance.report import games_in_all
    from game.files.scenarios import read_scenario
    from game.lab.plan import Plan

    played = read_scenario(scenario, overrides).scenario
    found = pools(planners)
    with Progress(games_in_all(played, found, games), "games") as progress:
        report = measured(played, Plan(scenario, seed, overrides=overrides), games, found, workers, progress.tick)
    for verdict in report.verdicts:
        click.echo(verdict.line(), err=json_target == STDOUT)
    if page_target is not None:
        from game.balance.page import balance_page

        write_text(page_target, balance_page(report, f"pax-silica balance {scenario} --games {games} --seed {seed}"))
    if json_target is not None:
        write_json(json_target, report.as_json())
