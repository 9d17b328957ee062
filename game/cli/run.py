"""`pax-silica run`: a scenario headless."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

import click

from game.cli.arguments import (
    quarters_option,
    refuse_unknown_seats,
    refuse_unknown_strategies,
    scenario_argument,
    seat_option,
    seats_of,
    seed_option,
    set_option,
    worlds_option,
)
from game.cli.group import ANSWER_NO
from game.cli.output import STDOUT, check_folder, check_save, check_writable, write_json
from game.cli.progress import Progress
from game.core.errors import PaxError

if TYPE_CHECKING:
    from game.core.scenario import Scenario
    from game.files.order_files import ListedOrder
    from game.lab.keep import Keeper
    from game.lab.plan import Plan
    from game.lab.run import Record, Run
    from game.lab.tables import Tables

Listed = tuple["ListedOrder", ...]


@click.command()
@scenario_argument
@seed_option
@quarters_option
@seat_option
@click.option("--orders", type=click.Path(path_type=Path), help="A YAML file of orders, beside what strategies decide.")
@click.option("--strict", is_flag=True, help="Exit 1 if an order of the file is refused.")
@set_option
@click.option("--uncertain", is_flag=True, help="Draw each estimate from its stated range, anew for each world.")
@worlds_option
@click.option("--csv", "csv_folder", type=click.Path(), help="Folder for tidy tables.")
@click.option("--save", "save_file", type=click.Path(), help="Save the game; needs one world.")
@click.option("--json", "json_target", metavar="FILE|-", help="Write the result as JSON; `-` is stdout.")
def run(
    scenario: str,
    seed: int,
    quarters: int | None,
    seats: tuple[str, ...],
    orders: Path | None,
    strict: bool,
    overrides: tuple[str, ...],
    uncertain: bool,
    worlds: int,
    csv_folder: str | None,
    save_file: str | None,
    json_target: str | None,
) -> int:
    """Play SCENARIO headless: a digest of each quarter on stderr, the standings at the end.

    SCENARIO is a name from `pax-silica list scenarios`, or the path of a YAML file. The same scenario, orders and seed
    give the same game on every machine; world w of --worlds plays seed + w. A game of full length ends with the
    epilogue, which counts in the score.

    An order file may hold what seats say in the talks that begin a quarter: `order: propose` with parties and clauses,
    `order: answer` with the name of an offer. The digest tells which contracts of world 0 were signed, ran out or were
    broken, and the JSON holds them; with --csv contracts.csv has those of all worlds.

    \b
    Examples:
      pax-silica run pax_silica_2026
      pax-silica run classroom --seed 7 --seat CHN=greedy --seat JPN=my_strategy.py
      pax-silica run pax_silica_2026 --orders ban.yaml --strict --quarters 12
      pax-silica run pax_silica_2026 --worlds 64 --uncertain --csv results --json -
      pax-silica run pax_silica_2026 --set parameters.market.stickiness=0.3
    """
    if save_file is not None and worlds != 1:
        raise PaxError(f"--save needs --worlds 1; found {worlds}")
    if save_file is not None and uncertain:
        raise PaxError("--save keeps the scenario as it is written; it cannot keep a draw of --uncertain")
    check_writable(json_target)
    check_save(save_file)
    check_folder(csv_folder)
    plan, first_scenario = _planned(scenario, seed, worlds, quarters, seats_of(seats), overrides, uncertain)
    listed = _listed(orders, first_scenario)
    with ExitStack() as opened:
        player = _Player(plan, first_scenario, listed, opened, csv_folder, save_file)
        first, record = player.uncertain() if uncertain and worlds > 1 else player.together()
        if player.tables is not None:
            player.tables.add_contracts(record.ledger)
    return _told(plan, first, record, json_target, strict)


def _planned(
    name: str,
    seed: int,
    worlds: int,
    quarters: int | None,
    seats: dict[str, str],
    overrides: tuple[str, ...],
    uncertain: bool,
) -> tuple[Plan, Scenario]:
    """The plan, and the scenario read for it: what can be refused is refused here, before the agents are imported."""
    refuse_unknown_strategies(seats)
    refuse_unknown_seats(seats, name, overrides)
    scenario = _read(name, overrides, seed if uncertain and worlds == 1 else None)
    from game.lab.plan import Plan, checked_quarters

    checked_quarters(scenario, quarters)
    return Plan(name, seed, worlds, quarters, seats, overrides, uncertain), scenario


def _read(name: str, overrides: tuple[str, ...], uncertain_seed: int | None) -> Scenario:
    from game.files.scenarios import bundled, read_scenario

    if uncertain_seed is None and not overrides:
        return bundled(name)
    return read_scenario(name, overrides, uncertain_seed).scenario


def _listed(orders: Path | None, scenario: Scenario) -> Listed:
    from game.files.order_files import read_orders

    return read_orders(orders, scenario) if orders else ()


class _Player:
    """Plays a plan, writing digests, tables and the save on the way."""

    def __init__(
        self,
        plan: Plan,
        scenario: Scenario,
        listed: Listed,
        opened: ExitStack,
        csv_folder: str | None,
        save_file: str | None,
    ) -> None:
        from game.lab.tables import Tables

        self.plan = plan
        self.scenario = scenario
        self.listed = listed
        self.save_file = save_file
        self.tables: Tables | None = opened.enter_context(Tables(Path(csv_folder))) if csv_folder else None

    def together(self) -> tuple[Run, Record]:
        """All worlds side by side; or one, with its estimates drawn."""
        from game.lab.digest import digest
        from game.lab.run import Run

        run = Run(self.scenario, self.plan, self.listed)
        keeper = self._keeper(run)
        self._note(run, 0)
        before = run.race.world
        for played in run.quarters():
            after = run.race.world
            for line in digest(before, after, run.scenario):
                click.echo(line, err=True)
            self._note(run, 0)
            if keeper is not None:
                keeper.note(after, self.listed)
                if played == run.count and self.save_file is not None:
                    keeper.save(Path(self.save_file))
            before = after
        return run, run.record

    def uncertain(self) -> tuple[Run, Record]:
        """Each world alone, its estimates drawn by its own seed."""
        from game.lab.run import drawn, merged

        records: list[Record] = []
        with Progress(self.plan.worlds, "worlds") as progress:
            for world in range(self.plan.worlds):
                run = drawn(self.plan, world, self.listed)
                self._note(run, world)
                for _ in run.quarters():
                    self._note(run, world)
                records.append(run.record)
                progress.tick()
        return run, merged(records)

    def _keeper(self, run: Run) -> Keeper | None:
        if self.save_file is None:
            return None
        from game.lab.keep import Keeper
        from game.lab.plan import checked_seats

        return Keeper(run.scenario, self.plan.seed, checked_seats(run.scenario, self.plan.seats))

    def _note(self, run: Run, first_world: int) -> None:
        if self.tables is not None:
            self.tables.add(run.race.world, run.scenario, first_world)


def _told(plan: Plan, run: Run, record: Record, json_target: str | None, strict: bool) -> int:
    """Print standings and refusals, write the JSON; returns the exit code."""
    from game.core.names import quarter_name
    from game.files.par_tables import read_par
    from game.files.paths import par_table
    from game.lab.report import as_json, par_of, standings, standings_text

    table, blank = par_of(read_par(par_table(run.scenario.name)), run.count, run.scenario, plan)
    to_stderr = json_target == STDOUT
    for refusal in record.refused:
        where = quarter_name(refusal.quarter, run.scenario.first_quarter)
        click.echo(f"refused: {where} {refusal.seat} {refusal.order.kind}: {refusal.reason}", err=True)
    for line in standings_text(run.scenario, standings(run.scenario, record, table), blank):
        click.echo(line, err=to_stderr)
    if json_target is not None:
        write_json(json_target, as_json(plan, run, record, table))
    return ANSWER_NO if strict and record.refused else 0
