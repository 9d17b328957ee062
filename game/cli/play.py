"""`pax-silica play`: the window, or the scenario headless where there is no display."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from game.core.errors import PaxError

if TYPE_CHECKING:
    from game.core.scenario import Scenario


@click.command()
@click.option("--scenario", default=None, help="Name or path of a scenario; without it the title screen asks.")
@click.option("--nation", default=None, metavar="JPN", help="The seat to hold; without it the game asks.")
@click.option(
    "--seed", type=click.IntRange(0, 2**63 - 1), default=None, help="Seed of the game; without it a fresh one."
)
@click.option(
    "--difficulty", default=None, metavar="NAME", help="How hard the other seats play: see `list difficulties`."
)
@click.option("--load", "load_file", type=click.Path(path_type=Path), default=None, help="A saved game to go on with.")
def play(
    scenario: str | None = None,
    nation: str | None = None,
    seed: int | None = None,
    difficulty: str | None = None,
    load_file: Path | None = None,
) -> int:
    """Play in a window. `pax-silica` alone does the same.

    Without a display the scenario is played headless, every seat on its strategy, with a digest of each quarter.

    \b
    Examples:
      pax-silica play
      pax-silica play --scenario pax_silica_2026 --nation JPN --seed 7
      pax-silica play --nation KOR --difficulty hard
      pax-silica play --load saves/japan.paxsave
    """
    from game.cli.display import no_display, quiet_pygame

    nation = nation.upper() if nation else None
    _check(scenario, nation, load_file)
    _check_difficulty(difficulty, nation)
    reason = no_display()
    if reason:
        click.echo(f"{reason}; playing {scenario or 'pax_silica_2026'} headless.")
        return _headless(scenario or "pax_silica_2026", seed or 1)
    quiet_pygame()
    from game.ui.start import play as open_window

    return open_window(scenario=scenario, nation=nation, seed=seed, load=load_file, difficulty=difficulty)


def _check(scenario: str | None, nation: str | None, load_file: Path | None) -> None:
    """Refuse wrong names before any window opens."""
    from game.files.layers import seat_codes
    from game.files.near import unknown

    if load_file is not None and not load_file.is_file():
        raise PaxError(f"{load_file}: no such file")
    if scenario is None and nation is None:
        return
    name = scenario or "pax_silica_2026"
    seats = seat_codes(name)
    if nation is not None and nation not in seats:
        raise PaxError(unknown("nation", nation, seats))
    from game.files.scenarios import bundled

    bundled(name)  # kept: whoever plays it asks for it again


def _check_difficulty(difficulty: str | None, nation: str | None) -> None:
    if difficulty is None:
        return
    from agents.difficulty import DIFFICULTIES
    from game.files.near import unknown

    if difficulty not in DIFFICULTIES:
        raise PaxError(unknown("difficulty", difficulty, DIFFICULTIES))
    if nation is None:
        raise PaxError("--difficulty goes with --nation; without one the game asks for both")


def _headless(name: str, seed: int) -> int:
    from game.files.scenarios import bundled

    scenario = bundled(name)
    for line in transcript(scenario, seed):
        click.echo(line)
    return 0


def transcript(scenario: Scenario, seed: int) -> Iterator[str]:
    """Digest of each quarter as it is played, and the final standings, of a game without people."""
    from game.files.par_tables import read_par
    from game.files.paths import par_table
    from game.lab.digest import digest
    from game.lab.plan import Plan
    from game.lab.report import par_of, standings, standings_text
    from game.lab.run import Run

    plan = Plan(scenario.name, seed)
    run = Run(scenario, plan)
    before = run.race.world
    for _ in run.quarters():
        yield from digest(before, run.race.world, scenario)
        before = run.race.world
    table, blank = par_of(read_par(par_table(scenario.name)), run.count, scenario, plan)
    yield from standings_text(scenario, standings(scenario, run.record, table), blank)
