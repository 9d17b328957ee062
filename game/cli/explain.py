"""`pax-silica explain`: why, of a saved game or of a run."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from game.cli.arguments import refuse_unknown_seats, seat_option, seats_of, seed_option, set_option
from game.core.errors import PaxError

if TYPE_CHECKING:
    from game.explain.topics import Story

SAVE = ".paxsave"


@click.command()
@click.argument("file")
@click.option("--quarter", metavar="2027Q2", default=None, help="End of which quarter.  [default: the last played]")
@click.option(
    "--about", "questions", multiple=True, required=True, metavar="QUESTION", help="What to explain. Repeat it."
)
@click.option("--scenario", default=None, help="For an order file: what it is for.  [default: what the file says]")
@seed_option
@seat_option
@set_option
def explain(
    file: str,
    quarter: str | None,
    questions: tuple[str, ...],
    scenario: str | None,
    seed: int,
    seats: tuple[str, ...],
    overrides: tuple[str, ...],
) -> None:
    """Tell why, with the terms that count most first. FILE is a saved game, an order file, or a scenario to run.

    Figures are the true ones, which no seat sees all of. A saved game is played again to the quarter, with the
    strategies that it names; a run takes --seed, --seat and --set as `pax-silica run` does.

    \b
    Questions:
      price GOOD PLACE             supply, demand, stock, controls, leaks, gates
      trust PLACE PLACE            why the first trusts the second as it does
      worth of contract NUMBER     what the quarters left are worth to each party
      control OWNER CLASS TARGET   what controls hold back, and what a ban would bite
      bar                          what is missing in both bars of the race
      score SEAT                   what the seat's score is made of
      decision SEAT                what it proposed, answered and did, and why

    \b
    Examples:
      pax-silica explain saves/japan.paxsave --quarter 2027Q2 --about "price gallium JPN"
      pax-silica explain ban.yaml --quarter 2027Q1 --about "trust JPN CHN" --about "control CHN minerals JPN"
      pax-silica explain pax_silica_2026 --about "decision KOR" --about bar
    """
    from game.explain.topics import answer

    story = _story(Path(file), quarter, scenario, seed, seats_of(seats), overrides)
    for question in questions:
        for line in answer(story, question.split()):
            click.echo(line)


def _story(
    file: Path, quarter: str | None, scenario: str | None, seed: int, seats: dict[str, str], overrides: tuple[str, ...]
) -> Story:
    if file.suffix == SAVE:
        if overrides or scenario:
            raise PaxError("a saved game has its own scenario: --set and --scenario are for runs")
        from game.lab.history import story_of_save

        return story_of_save(file, quarter, seats)
    from game.cli.check import holds_orders
    from game.files.order_files import load_orders, orders_of, scenario_of
    from game.files.scenarios import read_scenario
    from game.lab.plan import Plan, refuse_unknown_strategies

    document = load_orders(file) if file.is_file() and holds_orders(file) else None
    name = scenario or (scenario_of(document) if document else str(file)) or "pax_silica_2026"
    refuse_unknown_strategies(seats)
    refuse_unknown_seats(seats, name, overrides)
    played = read_scenario(name, overrides).scenario
    listed = orders_of(document, played) if document else ()
    from game.lab.history import story_of_run

    return story_of_run(played, Plan(name, seed, 1, None, seats, overrides), quarter, listed)
