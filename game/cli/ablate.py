"""`pax-silica ablate`: the same games with each system switched off."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from game.cli.arguments import (
    quarters_option,
    refuse_unknown_seats,
    scenario_argument,
    seat_option,
    seats_of,
    seed_option,
    set_option,
)
from game.cli.output import STDOUT, check_writable, write_json
from game.cli.progress import Progress

if TYPE_CHECKING:
    from game.lab.ablate import Ablated, Move

#: Figures told of each system beside its own number.
MOST_TOLD = 4


@click.command()
@scenario_argument
@click.option("--systems", "ids", default=None, metavar="S2,S9", help="Systems to switch off.  [default: all]")
@click.option("--worlds", type=click.IntRange(2, 4096), default=16, show_default=True, help="Paired games of each.")
@seed_option
@quarters_option
@seat_option
@set_option
@click.option("--json", "json_target", metavar="FILE|-", help="Write every figure as JSON; `-` is stdout.")
def ablate(
    scenario: str,
    ids: str | None,
    worlds: int,
    seed: int,
    quarters: int | None,
    seats: tuple[str, ...],
    overrides: tuple[str, ...],
    json_target: str | None,
) -> None:
    """Play SCENARIO with each system switched off in turn, and tell what moves.

    The same seeds are played with everything on, with each system off (`pax-silica list systems` tells its switch), and
    with a number nudged that nobody can feel, which shows how far games part by themselves. Told of each system: the
    number that must move without it, before and after, in how many standard errors; the verdict, `matters` if that
    number or a seat's score moved by more than two, and by 1%; and which other figures moved most: numbers, scores by
    seat, orders by kind, contracts.

    \b
    Examples:
      pax-silica ablate pax_silica_2026 --systems S2,S16 --worlds 64
      pax-silica ablate classroom --worlds 8 --quarters 12 --json ablation.json
    """
    holders = seats_of(seats)
    refuse_unknown_seats(holders, scenario, overrides)
    check_writable(json_target)
    from game.lab.plan import Plan, checked_quarters, refuse_unknown_strategies
    from game.rules.systems import chosen

    refuse_unknown_strategies(holders)
    systems = chosen(ids)
    plan = Plan(scenario, seed, worlds, quarters, holders, overrides)
    from game.lab.ablate import compared, play, scenarios_of

    whole, twin, without = scenarios_of(plan, systems)
    each = checked_quarters(whole, quarters)
    to_stderr = json_target == STDOUT
    found: list[Ablated] = []
    with Progress(each * (2 + len(systems)), "quarters") as progress:
        on, same = play(whole, plan, progress.tick), play(twin, plan, progress.tick)
        for system, changed in zip(systems, without, strict=True):
            result = compared(system, on, play(changed, plan, progress.tick), same)
            found.append(result)
            for line in _lines(result):
                click.echo(line, err=to_stderr)
    click.echo(f"{sum(r.matters for r in found)} of {len(found)} matter, over {worlds} paired worlds", err=to_stderr)
    if json_target is not None:
        write_json(json_target, _as_json(plan.scenario, seed, worlds, each, found))


def _lines(result: Ablated) -> list[str]:
    from game.lab.ablate import title_of

    verdict = "matters" if result.matters else "does not matter here"
    lines = [f"{result.system.id:<4}{verdict}: {title_of(result.named.figure)} {_shown(result.named)}"]
    others = [f"{title_of(move.figure)} {_shown(move)}" for move in result.largest(MOST_TOLD)]
    if others:
        lines.append(f"      moves too: {'; '.join(others)}")
    return lines


def _shown(move: Move) -> str:
    """'1.20 to 1.46, 5.3 errors'."""
    errors = "no noise" if move.strength == float("inf") else f"{move.strength:.1f} errors"
    return f"{move.before:.4g} to {move.before + move.mean:.4g}, {errors}"


def _as_json(scenario: str, seed: int, worlds: int, quarters: int, found: list[Ablated]) -> dict[str, Any]:
    return {
        "scenario": scenario,
        "seed": seed,
        "worlds": worlds,
        "quarters": quarters,
        "systems": [
            {
                "id": result.system.id,
                "matters": result.matters,
                "switch": list(result.system.off),
                "named": _of(result.named),
                "figures": [_of(move) for move in result.moves],
            }
            for result in found
        ],
    }


def _of(move: Move) -> dict[str, Any]:
    return {
        "figure": move.figure,
        "on": move.before,
        "difference": move.mean,
        "standard_error": move.error,
        "moved": move.moved,
    }
