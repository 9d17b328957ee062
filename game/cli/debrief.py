"""`pax-silica debrief`: one page to talk about after a game."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

import click

from game.cli.arguments import seats_of
from game.cli.output import check_folder, check_writable, write_text
from game.cli.progress import Progress

if TYPE_CHECKING:
    from game.debrief import Debrief
    from game.files.saves import SavedGame


@click.command()
@click.argument("save", type=click.Path(path_type=Path))
@click.option("-o", "--output", "target", required=True, metavar="FILE.html", help="The page to write.")
@click.option("--csv", "csv_folder", type=click.Path(), help="Folder for every series as CSV.")
@click.option(
    "--budget",
    type=click.IntRange(0, 1024),
    default=64,
    show_default=True,
    help="Decisions of people weighed by playing without each; 0 for none.",
)
@click.option(
    "--draws", type=click.IntRange(2, 60), default=8, show_default=True, help="Other draws of chance to compare with."
)
@click.option("--seat", "seats", multiple=True, metavar="JPN=FILE.py", help="File of a strategy that steered a seat.")
def debrief(
    save: Path, target: str, csv_folder: str | None, budget: int, draws: int, seats: tuple[str, ...]
) -> None:  # fmt: skip
    """Make one page of a saved game, to talk about in class or to learn from.

    The race with the events and controls that moved it; where everybody stands against par; contracts kept and broken;
    where the bottleneck was and who owned it; what was decided and why. What people decided is weighed: the game is
    played again without each decision, and with other draws of chance, so that own play, rivals and luck fall apart.
    The page needs nothing else: it opens without a network and prints.

    The game is played again from its log, under the present rules, with the strategies that it names.

    \b
    Examples:
      pax-silica debrief saves/japan.paxsave -o japan.html
      pax-silica debrief saves/class.paxsave -o class.html --csv figures --budget 128
    """
    check_writable(target)
    check_folder(csv_folder)
    from game.debrief.page import debrief_page
    from game.debrief.sheets import write_sheets
    from game.files.saves import read_save

    files = seats_of(seats)
    saved = read_save(save)
    told = _told(save, saved, files, csv_folder)
    if budget:
        told = _weighed(told, saved, files, budget, draws)
    write_text(target, debrief_page(told, f"pax-silica debrief {save.name}"))
    click.echo(f"{target}: {len(told.decisions)} decisions, {len(told.promises)} contracts")
    if csv_folder:
        write_sheets(Path(csv_folder), told)


def _told(save: Path, saved: SavedGame, files: dict[str, str], csv_folder: str | None) -> Debrief:
    from game.core.errors import PaxError
    from game.core.world import World
    from game.debrief import debrief_of
    from game.files.scenarios import scenario_from_text
    from game.lab.tables import Tables

    if not saved.log:
        raise PaxError(f"{save}: no quarter has been played in it")
    scenario = scenario_from_text(saved.scenario_text, f"{save}:scenario.yaml")
    with ExitStack() as opened, Progress(len(saved.log), "quarters") as progress:
        tables = opened.enter_context(Tables(Path(csv_folder))) if csv_folder else None

        def each(world: World) -> None:
            if tables is not None:
                tables.add(world, scenario)
            progress.tick(1)

        told, ledger = debrief_of(saved, files, each, save)
        if tables is not None:
            tables.add_contracts(ledger)
    return told


def _weighed(told: Debrief, saved: SavedGame, files: dict[str, str], budget: int, draws: int) -> Debrief:
    from game.debrief import steps, weighed

    count = steps(told, saved, budget, draws)
    with Progress(max(count, 1), "quarters") as progress:
        return weighed(told, saved, files, budget, draws, progress.tick)
