"""Numbers of a scenario that take several values in turn; all is read and checked before anything is played."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product

from game.core.errors import PaxError
from game.core.scenario import Scenario
from game.files.scenarios import read_scenario
from game.lab.plan import Plan, checked_quarters, checked_seats

STEPS = 5
"""Values taken of a range `low..high`, both ends included."""
MOST_RUNS = 1000


@dataclass(frozen=True, slots=True)
class Vary:
    """One number of the scenario and the values it takes."""

    path: str
    values: tuple[str, ...]


def parsed(text: str) -> Vary:
    """`PATH=a,b,c` or `PATH=low..high`. Raises PaxError for another form."""
    path, equals, right = text.partition("=")
    if not equals or not path or not right:
        raise PaxError(f"--vary {text}: write PATH=a,b,c or PATH=low..high, as parameters.market.stickiness=0.2..0.5")
    low, dots, high = right.partition("..")
    if not dots:
        return Vary(path, tuple(part.strip() for part in right.split(",")))
    try:
        ends = float(low), float(high)
    except ValueError:
        raise PaxError(f"--vary {text}: two numbers are needed, as 0.2..0.5") from None
    step = (ends[1] - ends[0]) / (STEPS - 1)
    return Vary(path, tuple(f"{ends[0] + k * step:.10g}" for k in range(STEPS)))


def combinations(varied: Sequence[Vary]) -> list[tuple[str, ...]]:
    """Every combination of values, the last varied fastest. Raises PaxError for too many."""
    found = list(product(*(v.values for v in varied)))
    if len(found) > MOST_RUNS:
        raise PaxError(f"--vary asks for {len(found)} runs; at most {MOST_RUNS} are done")
    return found


def scenarios_of(plan: Plan, varied: Sequence[Vary]) -> list[Scenario]:
    """The scenario of each combination. Raises PaxError for a wrong path, value, seat, strategy or length."""
    overrides = [
        tuple(f"{v.path}={value}" for v, value in zip(varied, values, strict=True)) for values in combinations(varied)
    ]
    scenarios = [read_scenario(plan.scenario, [*plan.overrides, *over]).scenario for over in overrides]
    checked_quarters(scenarios[0], plan.quarters)
    checked_seats(scenarios[0], plan.seats)
    return scenarios
