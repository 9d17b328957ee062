"""What to run, and whether it can be: asked before the agents are imported, which takes most of a second."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from agents.strategies import find, strategies
from game.core.errors import PaxError
from game.core.scenario import Scenario
from game.files.near import unknown


@dataclass(frozen=True, slots=True)
class Plan:
    """What to run.

    Parameters
    ----------
    scenario : bundled name or path.
    seed : of world 0; world w plays `seed + w`.
    worlds : how many parallel worlds.
    quarters : how many to play, None for the whole scenario.
    seats : strategy by seat; a seat not named plays `steady`.
    overrides : `PATH=VALUE` texts for the scenario.
    uncertain : draw each estimate from its range, for every world by its own seed.
    """

    scenario: str
    seed: int = 1
    worlds: int = 1
    quarters: int | None = None
    seats: Mapping[str, str] = field(default_factory=dict)
    overrides: Sequence[str] = ()
    uncertain: bool = False


def checked_quarters(scenario: Scenario, quarters: int | None) -> int:
    """How many quarters to play. Raises PaxError for fewer than one or more than the scenario has."""
    if quarters is None:
        return scenario.quarters
    if not 1 <= quarters <= scenario.quarters:
        raise PaxError(f"--quarters {quarters}: {scenario.name} has 1 to {scenario.quarters} quarters")
    return quarters


def checked_seats(scenario: Scenario, seats: Mapping[str, str]) -> dict[str, str]:
    """Strategy by seat, `all` first. Raises PaxError for an unknown seat or strategy, naming those there are."""
    refuse_unknown_seats(seats, scenario)
    chosen: dict[str, str] = {}
    for code, strategy in sorted(seats.items(), key=lambda pair: pair[0] != "all"):
        find(strategy)
        chosen.update(dict.fromkeys(scenario.seats if code == "all" else [code], strategy))
    return chosen


def refuse_unknown_strategies(seats: Mapping[str, str]) -> None:
    """Raise PaxError for a strategy that is neither installed nor a file; no file is run for that."""
    known = strategies()
    for strategy in seats.values():
        path = Path(strategy)
        if strategy not in known and path.suffix != ".py":
            raise PaxError(unknown("strategy", strategy, known))
        if strategy not in known and not path.is_file():
            raise PaxError(f"no strategy file '{path}'")


def refuse_unknown_seats(seats: Mapping[str, str], scenario: Scenario) -> None:
    """Raise PaxError for a seat that the scenario has not; `all` is every seat."""
    for code in seats:
        if code != "all" and code not in scenario.seats:
            raise PaxError(unknown("nation", code, scenario.seats))
