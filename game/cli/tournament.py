"""`pax-silica tournament`: strategies against one another, at any scale."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from game.cli.compare import compare
from game.cli.group import ANSWER_NO
from game.cli.output import STDOUT, check_writable, write_json
from game.cli.playing import Rate, cluster_option, json_option, runner_of, workers_option
from game.core.errors import PaxError

if TYPE_CHECKING:
    from game.tournament.config import Tournament
    from game.tournament.run import Outcome

store_argument = click.argument("store", type=click.Path(path_type=Path))


@click.group()
def tournament() -> None:
    """Let strategies play one another, and rate them.

    A tournament is a YAML file: which strategies, on which scenarios, over how many seeds. Every strategy plays every
    seat on the same seeds, the seats that nobody rated holds play steady, and results go by points: how far a score is
    from par. Games are kept in a store, one file, so a run that was stopped goes on where it was.

    \b
    Examples:
      pax-silica tournament run cup.yaml --store cup.db
      pax-silica tournament table cup.db
      pax-silica tournament compare steady my_strategy.py --scenario classroom
      pax-silica tournament report cup.db -o cup.html
    """


@tournament.command()
@click.argument("config", type=click.Path(path_type=Path))
@click.option("--store", "store_file", type=click.Path(path_type=Path), required=True, help="File of the games.")
@workers_option
@cluster_option
@click.option("--games", type=click.IntRange(1), help="Play at most so many games, in whole seeds.  [default: all]")
@click.option("--unranked", is_flag=True, help="Play also where par is missing or stale; such games are not ranked.")
def run(
    config: Path, store_file: Path, workers: int | None, cluster: str | None, games: int | None, unranked: bool
) -> int:
    """Play the games of CONFIG that the store lacks.

    Run it again after Ctrl-C, a crash or a full disk, and it goes on; when all is played it does nothing. More seeds in
    CONFIG add games to those there are. A strategy that fails leaves its seat to hold for the rest of the game, and the
    game is kept with the fault.

    \b
    CONFIG is a YAML file:
      scenarios: [classroom]                  names, or paths from the folder of CONFIG
      strategies: [hold, greedy, mine.py]     names from `pax-silica list strategies`, or paths
      seeds: 64                               from 1; or {first: 1001, count: 64}
      seats: [USA, CHN, JPN, KOR]             that strategies take in turn; all if left out
      format: round_robin                     or all_seats, gauntlet, ladder
      decision_seconds: 10                    a decision that takes longer costs the seat
      par: my_par                             a folder of par tables, if not those shipped

    \b
    Formats:
      round_robin   all strategies meet in one game, one seat each, where the seats suffice
      all_seats     each strategy plays all seats alone; compared over the same seeds
      gauntlet      the first strategy meets each of the others, two in a game, seats swapped
      ladder        each strategy meets the one listed before it, two in a game, seats swapped

    \b
    Examples:
      pax-silica tournament run cup.yaml --store cup.db
      pax-silica tournament run cup.yaml --store cup.db --games 1000 --workers 4
      pax-silica tournament run cup.yaml --store cup.db --cluster tcp://10.0.0.5:8786
    """
    from game.tournament.config import read_tournament

    if not store_file.absolute().parent.is_dir():
        check_writable(str(store_file))
    planned = read_tournament(config)
    if planned.par_missing and not unranked:
        raise PaxError(f"{planned.par_missing[0]}; ranks go by points, so --unranked plays without them")
    from game.tournament.run import seeds_for

    try:
        outcome = played(planned, store_file, workers, cluster, seeds_for(planned, games))
    except KeyboardInterrupt:
        click.echo(f"stopped; {store_file} keeps what was played, and the same command goes on", err=True)
        return ANSWER_NO
    click.echo(told(outcome, store_file))
    for line in dict.fromkeys(outcome.failed):
        click.echo(f"not played: {line}", err=True)
    return ANSWER_NO if outcome.failed else 0


@tournament.command()
@store_argument
@click.option("--rules", metavar="HASH", help="Games of these rules, by the beginning of their hash.")
@json_option
def table(store: Path, rules: str | None, json_target: str | None) -> None:
    """Rate the strategies of STORE.

    Points are 10 (score - par) / sigma: how far a strategy brought its seat above par. The rating is Plackett-Luce over
    all games at once, in Elo points around the mean of all, with its 95% interval; the order in which games were played
    does not matter. Below: who won against whom, and the mean points of each strategy in each seat.

    Games of different rules never stand in one table; --rules picks one.

    \b
    Examples:
      pax-silica tournament table cup.db
      pax-silica tournament table cup.db --json - | jq '.tables[0].standings'
    """
    check_writable(json_target)
    from game.tournament.results import results
    from game.tournament.shown import as_json, as_text
    from game.tournament.standings import table_of
    from game.tournament.store import Store

    with Store(store, read=True) as opened:
        tables = [table_of(found) for found in results(opened, rules)]
    for i, found in enumerate(tables):
        for line in ["", *as_text(found)] if i else as_text(found):
            click.echo(line, err=json_target == STDOUT)
    if json_target is not None:
        write_json(json_target, as_json(tables))


@tournament.command()
@store_argument
@click.option("--csv", "csv_file", type=click.Path(path_type=Path), help="File to write as CSV.")
@click.option("--parquet", "parquet_file", type=click.Path(path_type=Path), help="File to write as Parquet.")
def export(store: Path, csv_file: Path | None, parquet_file: Path | None) -> None:
    """Write the games of STORE as a tidy table: one row a game and seat, with strategy, score, points and fault.

    \b
    Examples:
      pax-silica tournament export cup.db --csv cup.csv
      pax-silica tournament export cup.db --parquet cup.parquet
    """
    if csv_file is None and parquet_file is None:
        raise PaxError("name a file with --csv or --parquet, or both")
    from game.tournament.export import write_csv, write_parquet
    from game.tournament.store import Store

    with Store(store, read=True) as opened:
        for path, write in ((csv_file, write_csv), (parquet_file, write_parquet)):
            if path is not None:
                check_writable(str(path))
                click.echo(f"{path}: {write(opened, path):,} rows")


@tournament.command()
@store_argument
@click.option("-o", "--output", type=click.Path(path_type=Path), required=True, help="File of the page.")
@click.option("--title", default="Tournament", show_default=True, help="Heading of the page.")
@click.option("--rules", metavar="HASH", help="Games of these rules, by the beginning of their hash.")
def report(store: Path, output: Path, title: str, rules: str | None) -> None:
    """Write the tables of STORE as one HTML page with charts, which needs no network and prints well.

    \b
    Examples:
      pax-silica tournament report cup.db -o cup.html
      pax-silica tournament report cup.db -o cup.html --title "Spring cup"
    """
    check_writable(str(output))
    from game.files.atomic import write_atomically
    from game.tournament.report import report as written
    from game.tournament.results import results
    from game.tournament.standings import table_of
    from game.tournament.store import Store

    with Store(store, read=True) as opened:
        tables = [table_of(found) for found in results(opened, rules)]
    write_atomically(output, written(title, tables).encode())
    click.echo(f"{output}")


def played(planned: Tournament, store_file: Path, workers: int | None, cluster: str | None, seeds: int) -> Outcome:
    """Play what the store lacks, with progress on stderr."""
    from game.tournament.run import check_files
    from game.tournament.run import run as play
    from game.tournament.store import Store

    check_files(planned)
    with Store(store_file) as store:
        return play(planned, store, runner_of(workers, cluster), seeds, Rate().tick)


def told(outcome: Outcome, store_file: Path) -> str:
    """What a run did, in a line."""
    if outcome.before == outcome.planned:
        return f"{store_file}: all {outcome.planned:,} games are there; nothing to play"
    rate = outcome.played / outcome.seconds if outcome.seconds else 0.0
    faults = f", {outcome.faults:,} with faults" if outcome.faults else ""
    have = outcome.before + outcome.played
    return f"{store_file}: {have:,} of {outcome.planned:,} games{faults}; {rate:.1f} games/s now"


tournament.add_command(compare)
