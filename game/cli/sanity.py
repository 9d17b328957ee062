"""`pax-silica sanity`: a scenario beside the published record."""

from __future__ import annotations

import click

from game.cli.arguments import scenario_argument
from game.cli.group import ANSWER_NO
from game.cli.output import STDOUT, write_json
from game.cli.progress import Progress


@click.command()
@scenario_argument
@click.option("--json", "as_json", is_flag=True, help="JSON on stdout; the table goes to stderr.")
def sanity(scenario: str, as_json: bool) -> int:
    """Compare the opening of SCENARIO, and four quarters with every seat on hold, with published figures.

    One line a figure: the record, the opening, the state after four quarters, the two bands, the verdict, the source.
    Then the response bands: what a gallium ban on Japan does to prices and leaks, and what is left of it after it is
    lifted. Exits 1 if any verdict is no.

    \b
    Examples:
      pax-silica sanity pax_silica_2026
      pax-silica sanity scenarios/mine.yaml --json > result.json
    """
    from game.files.scenarios import read_scenario

    played = read_scenario(scenario).scenario
    from game.lab.sanity import sanity as compared
    from game.lab.sanity import steps_in_all, table

    with Progress(steps_in_all(), "quarters") as progress:
        result = compared(played, progress.tick)
    for line in table(result):
        click.echo(line, err=as_json)
    if as_json:
        write_json(STDOUT, result.as_json())
    return 0 if result.holds else ANSWER_NO
