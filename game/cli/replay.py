"""`pax-silica replay`: a saved game again."""

from __future__ import annotations

from pathlib import Path

import click

from game.cli.arguments import seats_of
from game.cli.group import ANSWER_NO
from game.cli.progress import Progress


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--verify", is_flag=True, help="Compare every quarter's state with the save; exit 1 if one differs.")
@click.option("--seat", "seats", multiple=True, metavar="JPN=FILE.py", help="File of a strategy that steered a seat.")
def replay(file: Path, verify: bool, seats: tuple[str, ...]) -> int:
    """Play a saved game again from its log, with a digest of each quarter.

    With --verify only the verdict is printed: the state of each quarter has the hash that was saved, or the first
    quarter and field that differ. A game saved under other rules loads and plays, but cannot be verified.

    What people ordered is in the log; strategies decide again. An installed strategy is found by its name; a file is
    run only if you name it, whatever the save says.

    \b
    Examples:
      pax-silica replay saves/japan.paxsave
      pax-silica replay saves/japan.paxsave --verify
      pax-silica replay run.paxsave --seat JPN=my_strategy.py
    """
    from game.files.saves import read_save

    files = seats_of(seats)
    saved = read_save(file)
    from game.lab.digest import digest
    from game.replay import Replay

    played = Replay(file, saved, files)
    with Progress(len(played.saved.log), "quarters") as progress:
        for _ in played.saved.log:
            before, after = played.step()
            if verify:
                progress.tick()
                continue
            for line in digest(before, after, played.scenario):
                click.echo(line)
    if not verify:
        return 0
    verdict = played.verdict()
    if not verdict.diverged:
        click.echo(f"{file}: verified, {verdict.quarters} quarters")
        return 0
    why = "" if verdict.same_rules else "; it was saved under other rules, so this is no surprise"
    click.echo(f"{file}: differs {verdict.diverged}{why}")
    return ANSWER_NO
