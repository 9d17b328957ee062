"""`pax-silica strategy`: write a strategy of one's own, and check it."""

from __future__ import annotations

import keyword
import re
from pathlib import Path

import click

from game.core.errors import PaxError

#: Texts that new strategies begin as.
ONE_WORLD, BATCH = "new_strategy.txt", "new_strategy_batch.txt"
NAME = re.compile(r"[a-z][a-z0-9_]{1,39}")


@click.group()
def strategy() -> None:
    """Write a strategy of your own, and check that it may play.

    A strategy is one file with one class. Wherever a strategy's name is asked for, the path of its file will do.

    \b
    Examples:
      pax-silica strategy new my_doctrine
      pax-silica strategy check my_doctrine.py
    """


@strategy.command()
@click.argument("name")
@click.option("--batch", is_flag=True, help="For all worlds of a batch at once, in numpy arrays: faster.")
@click.option(
    "-o", "--output", type=click.Path(path_type=Path), default=None, help="The file.  [default: NAME.py here]"
)
def new(name: str, batch: bool, output: Path | None) -> None:
    """Write a strategy that works, with comments that say how to go on.

    It is written in plain Python for one world, unless --batch is given. A file that is there is never overwritten.

    \b
    Examples:
      pax-silica strategy new my_doctrine
      pax-silica strategy new my_doctrine --batch -o strategies/mine.py
    """
    from agents.strategies import strategies
    from game.files.atomic import write_atomically

    if not NAME.fullmatch(name) or keyword.iskeyword(name):
        raise PaxError(f"'{name}' is no name for a strategy: small letters, digits and _, as my_doctrine")
    if name in strategies():
        raise PaxError(f"there is a strategy '{name}' already; choose another name")
    file = output or Path(f"{name}.py")
    if file.exists():
        raise PaxError(f"{file} is there already; it is not overwritten")
    title = "".join(part.capitalize() for part in name.split("_"))
    text = (Path(__file__).parent / (BATCH if batch else ONE_WORLD)).read_text(encoding="utf-8")
    for key, value in (("title", title), ("name", name), ("file", file.as_posix())):
        text = text.replace("{" + key + "}", value)
    write_atomically(file, text.encode("utf-8"))
    click.echo(f"{file}: strategy '{name}'. Check it with: pax-silica strategy check {file}")


@strategy.command()
@click.argument("which", metavar="FILE|NAME")
@click.option("--scenario", default="classroom", show_default=True, help="What it is played in.")
@click.option("--seat", "seats", multiple=True, metavar="JPN", help="Seat to play. Repeat it.  [default: four of them]")
@click.option("--quarters", type=click.IntRange(1, 200), default=8, show_default=True)
@click.option("--worlds", type=click.IntRange(2, 64), default=3, show_default=True)
@click.option(
    "--seconds", type=click.FloatRange(0.01, 600.0), default=10.0, show_default=True, help="That one decision may take."
)
def check(which: str, scenario: str, seats: tuple[str, ...], quarters: int, worlds: int, seconds: float) -> int:
    """Play a strategy for some quarters and say what is wrong with it.

    Its orders must be lawful and finite, the same again in the same game, and the same for a world in a batch and
    alone; it must leave the world as it is, keep within its time, and print nothing. Exits 1 if there is a fault.

    \b
    Examples:
      pax-silica strategy check my_doctrine.py
      pax-silica strategy check hawk --scenario pax_silica_2026 --seat USA --seat CHN
    """
    from game.conformance import CHECKS, check_strategy
    from game.files.layers import seat_codes
    from game.files.near import unknown
    from game.files.scenarios import read_scenario

    known = seat_codes(scenario)
    chosen = tuple(seat.upper() for seat in seats)
    for seat in chosen:
        if seat not in known:
            raise PaxError(unknown("nation", seat, known))
    faults = check_strategy(which, read_scenario(scenario).scenario, chosen, quarters, worlds, seconds)
    for fault in faults:
        click.echo(str(fault))
    if not faults:
        click.echo(f"{which}: nothing wrong in {quarters} quarters of {scenario}: {', '.join(CHECKS)}")
    return 1 if faults else 0
