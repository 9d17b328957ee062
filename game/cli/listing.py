"""`pax-silica list`: what there is, by name."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import click

from game.core.errors import PaxError

Row = tuple[str, ...]
DEFAULT = "pax_silica_2026"


@click.command("list")
@click.argument("what", metavar="scenarios|strategies|difficulties|nations|plants|systems|parameters|goods")
@click.option("--scenario", default=DEFAULT, show_default=True, help="For nations and plants: of which scenario.")
def list_command(what: str, scenario: str) -> None:
    """List what there is: names that other commands and files take, with a line on each.

    \b
    Examples:
      pax-silica list scenarios
      pax-silica list nations --scenario classroom
      pax-silica list parameters
    """
    if what not in LISTS:
        from game.files.near import unknown

        raise PaxError(unknown("list", what, LISTS))
    rows = list(LISTS[what](scenario))
    widths = [max(len(row[i]) for row in rows) for i in range(len(rows[0]) - 1)]
    for row in rows:
        cells = [cell.ljust(width) for cell, width in zip(row, widths, strict=False)]
        click.echo("  ".join([*cells, row[-1]]).rstrip())


def _scenarios(scenario: str) -> Iterator[Row]:
    from game.files.paths import scenario_names
    from game.files.scenarios import bundled

    for name in scenario_names():
        s = bundled(name)
        yield name, f"{s.quarters} quarters", f"{s.title}: {' '.join(s.summary.split())}"


def _strategies(scenario: str) -> Iterator[Row]:
    from agents.strategies import strategies

    for name, strategy in strategies().items():
        yield name, strategy.motto


def _difficulties(scenario: str) -> Iterator[Row]:
    from agents.difficulty import DIFFICULTIES, SEES

    for level in DIFFICULTIES.values():
        yield level.name, level.does
    yield "(each sees)", SEES


def _nations(scenario: str) -> Iterator[Row]:
    from game.files.scenarios import bundled

    s = bundled(scenario)
    teams = {n: team for team, members in s.teams.items() for n in members}
    for code in s.seats:
        n = s.place_axis.at(code)
        team = f"[team {teams[n]}] " if n in teams else ""
        yield code, s.texts.names[n], f"{team}{s.texts.fantasy[n]}. Lever: {s.texts.lever[n]}"


def _plants(scenario: str) -> Iterator[Row]:
    from game.core.names import GOODS, LINE_KINDS, NODES, SUPPLIER_KINDS
    from game.files.scenarios import bundled

    s = bundled(scenario)
    for i, name in enumerate(s.lines.axis):
        node = int(max(s.lines.node[i, 0], s.lines.project_node[i, 0]))
        kind = LINE_KINDS.names[int(s.lines.kind[i])]
        made = f"{kind} {NODES.names[node]} nm" if kind == "logic" else kind
        yield name, s.place_axis.names[int(s.lines.place[i])], made, f"{s.lines.titles[i]} (firm {s.lines.firms[i]})"
    for i, name in enumerate(s.suppliers.axis):
        kind = SUPPLIER_KINDS.names[int(s.suppliers.kind[i])]
        made = f"{kind}: {GOODS.names[int(s.suppliers.good[i])]}"
        yield name, s.place_axis.names[int(s.suppliers.place[i])], made, s.suppliers.titles[i]


def _systems(scenario: str) -> Iterator[Row]:
    from game.rules.systems import SYSTEMS

    for s in SYSTEMS:
        where = f"In: {', '.join(s.files)}; phases: {', '.join(s.phases)}"
        yield s.id, f"{s.title}. {where}; switch: {', '.join(s.off)}; moves: {s.moves.replace('_', ' ')}"


def _parameters(scenario: str) -> Iterator[Row]:
    from game.core.parameters import declared

    for name, value, unit, low, high, why in declared():
        yield f"parameters.{name}", f"{value:g}", f"{low:g} to {high:g}", unit, why


def _goods(scenario: str) -> Iterator[Row]:
    from game.core.names import CLASS_OF_GOOD, CLASSES, GOODS
    from game.files.scenarios import bundled

    s = bundled(scenario)
    for g, name in enumerate(GOODS):
        price = s.goods.price[g, 0] * 1000
        yield name, CLASSES.names[CLASS_OF_GOOD[g]], s.goods.units[g], f"USD {price:.4g} m a unit at the opening"


LISTS: dict[str, Callable[[str], Iterator[Row]]] = {
    "scenarios": _scenarios,
    "strategies": _strategies,
    "difficulties": _difficulties,
    "nations": _nations,
    "plants": _plants,
    "systems": _systems,
    "parameters": _parameters,
    "goods": _goods,
}
