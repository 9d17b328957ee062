"""Arguments that several commands take, and how their text is read."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from pathlib import Path

import click

from game.core.errors import PaxError

scenario_argument = click.argument("scenario")
seed_option = click.option(
    "--seed", type=click.IntRange(0, 2**63 - 1), default=1, show_default=True, help="Seed of world 0."
)
worlds_option = click.option(
    "--worlds",
    type=click.IntRange(1, 4096),
    default=1,
    show_default=True,
    help="Parallel worlds; world w plays seed + w.",
)
quarters_option = click.option(
    "--quarters", type=int, default=None, help="Quarters to play, from 1 to the scenario's length.  [default: all]"
)
seat_option = click.option(
    "--seat", "seats", multiple=True, metavar="JPN=steady",
    help="Who steers a seat: a strategy's name or file. Repeat it; `all=hold` sets every seat.  [default: steady]",
)  # fmt: skip
set_option = click.option(
    "--set", "overrides", multiple=True, metavar="PATH=VALUE",
    help="Override a number of the scenario or of the rules, as places.JPN.engineers=60. Repeat it.",
)  # fmt: skip


def seats_of(texts: Iterable[str]) -> dict[str, str]:
    """`JPN=steady` texts as a mapping. Raises PaxError for another form."""
    seats: dict[str, str] = {}
    for text in texts:
        code, equals, strategy = text.partition("=")
        if not equals or not code or not strategy:
            raise PaxError(f"--seat {text}: write SEAT=STRATEGY, as JPN=steady")
        if code in seats:
            raise PaxError(f"--seat {text}: {code} is given to '{seats[code]}' already; name a seat once")
        seats[code] = strategy
    return seats


def refuse_unknown_seats(seats: Collection[str], scenario: str, overrides: Sequence[str]) -> None:
    """Raise PaxError for a seat that the scenario has not; `all` is every seat.

    It also refuses a scenario or override that is none, and first of all a parameter that the rules have not. The
    scenario is only looked at: reading all of it takes longer.
    """
    from game.files.parameter_names import refuse_unknown_parameters

    refuse_unknown_parameters(overrides)
    from game.files.layers import seat_codes
    from game.files.near import unknown

    known = seat_codes(scenario, overrides) if seats or overrides else []
    for code in seats:
        if code != "all" and code not in known:
            raise PaxError(unknown("nation", code, known))


def refuse_unknown_strategies(seats: Mapping[str, str]) -> None:
    """Raise PaxError for a strategy that there is not.

    Only where the name is none of the strategies that the game ships are the rules imported, to ask for the others.
    """
    shipped = {file.stem for file in (Path(__file__).resolve().parents[2] / "agents" / "strategies").glob("*.py")}
    if doubtful := {seat: strategy for seat, strategy in seats.items() if strategy not in shipped}:
        from game.lab.plan import refuse_unknown_strategies as refuse

        refuse(doubtful)
