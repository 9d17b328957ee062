"""`pax-silica tournament compare`: is one strategy better than another?"""

from __future__ import annotations

import os
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import click

from game.cli.group import ANSWER_NO
from game.cli.output import STDOUT, check_writable, write_json
from game.cli.playing import cluster_option, json_option, runner_of, workers_option
from game.core.errors import PaxError

if TYPE_CHECKING:
    from game.tournament.compare import Comparison
    from game.tournament.config import Tournament


@click.command()
@click.argument("first", metavar="A")
@click.argument("second", metavar="B")
@click.option("--scenario", default="classroom", show_default=True, help="Name or path.")
@click.option("--seats", help="Seats that the two take in turn, as USA,CHN,JPN.  [default: all]")
@click.option(
    "--margin",
    type=click.FloatRange(0.005, 0.3),
    default=0.05,
    show_default=True,
    help="By how much the share won must differ from a half to matter.",
)
@click.option(
    "--error", type=click.FloatRange(0.001, 0.2), default=0.05, show_default=True, help="Chance of a wrong answer."
)
@click.option("--games", type=click.IntRange(2), default=4096, show_default=True, help="Stop after so many.")
@click.option(
    "--first-seed", type=click.IntRange(0, 2**62), default=1, show_default=True, help="Seeds count up from it."
)
@click.option("--store", "store_file", type=click.Path(path_type=Path), help="Keep the games, and use those there are.")
@click.option("--par", "par_folder", help="A folder of par tables, if not those shipped.")
@click.option("--strict", is_flag=True, help="Exit 1 unless A is better.")
@workers_option
@cluster_option
@json_option
def compare(
    first: str,
    second: str,
    scenario: str,
    seats: str | None,
    margin: float,
    error: float,
    games: int,
    first_seed: int,
    store_file: Path | None,
    par_folder: str | None,
    strict: bool,
    workers: int | None,
    cluster: str | None,
    json_target: str | None,
) -> int:
    """Tell whether strategy A is better than B, with as few games as it takes.

    A and B meet in pairs of games on the same seed, their seats swapped, all others on steady; whoever has more points
    in both games together wins the pair. After every few pairs a sequential test looks whether A or B wins more than
    half of them by --margin, or neither does; as soon as it is sure enough it stops. Strategies are names or paths of
    Python files.

    \b
    Examples:
      pax-silica tournament compare greedy hold
      pax-silica tournament compare mine.py steady --scenario pax_silica_2026 --margin 0.03
      pax-silica tournament compare mine.py steady --strict --json -
    """
    check_writable(json_target)
    if store_file is not None:
        check_writable(str(store_file))
    from game.tournament.config import tournament_of

    keys = {
        "scenarios": [scenario], "strategies": [first, second], "format": "gauntlet",
        "seeds": {"first": first_seed, "count": max(1, games // 2)},
    }  # fmt: skip
    chosen = {"seats": seats.split(",") if seats else None, "par": par_folder}
    pair = tournament_of({**keys, **{key: value for key, value in chosen.items() if value is not None}})
    if pair.par_missing:
        raise PaxError(pair.par_missing[0])
    count = workers or os.cpu_count() or 1
    with TemporaryDirectory() as folder:
        found = _compared(pair, store_file or Path(folder) / "games.db", margin, error, count, cluster)
    for line in compared_text(found):
        click.echo(line, err=json_target == STDOUT)
    if json_target is not None:
        write_json(json_target, found.as_json())
    return ANSWER_NO if strict and found.test.verdict != "better" else 0


def _compared(
    pair: Tournament, store_file: Path, margin: float, error: float, workers: int, cluster: str | None
) -> Comparison:
    """Play until there is an answer."""
    from game.tournament.compare import compare as play
    from game.tournament.run import check_files
    from game.tournament.sprt import Sprt
    from game.tournament.store import Store

    def tick(found: Comparison) -> None:
        test = found.test
        ratios = " and ".join(f"{ratio:+.2f}" for ratio in test.ratios)
        between = f"{test.lower:.2f} to {test.upper:.2f}"
        click.echo(f"{found.games:,} games: A wins {test.share:.1%}; test at {ratios}, open from {between}", err=True)

    check_files(pair)
    with Store(store_file) as store:
        return play(pair, store, runner_of(workers, cluster), Sprt(margin, error), -(-workers // 2), tick)


def compared_text(found: Comparison) -> list[str]:
    """What a comparison found, in lines for people."""
    (a, b), test = found.names, found.test
    low, high = test.interval
    gain, half = found.gain
    said = {
        "better": f"{a} is better than {b}",
        "worse": f"{b} is better than {a}",
        "alike": f"no difference of {test.margin:.1%} between {a} and {b}",
        None: f"not decided: {a} and {b} need more games than {found.most:,}",
    }[test.verdict]
    return [
        f"{said} ({found.games:,} games)",
        f"{a} wins {test.share:.1%} of the pairs (95% {low:.1%} to {high:.1%})",
        f"points of {a} less those of {b}: {gain:+.2f} (95% {gain - half:+.2f} to {gain + half:+.2f})",
        *([f"{found.faults} games with faults"] if found.faults else []),
    ]
