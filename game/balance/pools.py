"""Who is measured: pools fixed before measuring (game.md section 10), and the seatings in which they meet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

from agents.strategies import strategies
from game.balance.draws import shuffled
from game.balance.tables import Seating

#: Strategies that are no doctrines: rungs of the ladder below and above them.
RUNGS = ("random_legal", "hold", "greedy", "steady")
PLANNERS = ("planner", "planner_2", "planner_4", "planner_8")
REFERENCE = "steady"
#: Orders in which the doctrines sit, drawn anew, so that nobody has the same neighbours in all tables.
ORDERINGS = 2
#: Seats in which rungs of the ladder are compared, the others on `steady`.
RATED = 8
#: Seeds of seatings lie apart: those of one set are the same for all its seatings.
SEEDS = {"steady": 1_000, "doctrines": 20_000, "pairs": 40_000, "alone": 60_000, "ladder": 80_000, "probes": 100_000}


@dataclass(frozen=True, slots=True)
class Pools:
    """Names of the strategies measured, and of those that the pools name and that are not installed."""

    doctrines: tuple[str, ...]
    ladder: tuple[str, ...]
    absent: tuple[str, ...]


def pools(planners: bool = False) -> Pools:
    """The pools of what is installed.

    Parameters
    ----------
    planners : whether the ladder climbs beyond `steady`: planners take a hundred times as long.
    """
    known = strategies()
    rungs = [name for name in RUNGS if name in known]
    above = [name for name in PLANNERS if name in known]
    no_doctrine = {*RUNGS, *(name for name in known if name.startswith("planner"))} - {REFERENCE}
    doctrines = [name for name in known if name not in no_doctrine]
    absent = [name for name in (*RUNGS, *PLANNERS) if name not in known]
    return Pools(tuple(sorted(doctrines)), (*rungs, *(above if planners else [])), tuple(absent))


def latin(names: Sequence[str], seats: int, seed: int, games: int, orderings: int = ORDERINGS) -> list[Seating]:
    """Seatings in which each of `names` holds each seat equally often, over the same seeds."""
    found = []
    for ordering in range(orderings):
        order = [names[k] for k in shuffled(f"ordering {ordering}", seed, len(names))]
        for shift in range(len(names)):
            held = tuple(order[(seat + shift) % len(names)] for seat in range(seats))
            found.append(Seating(held, seed, games))
    return found


def halves(names: Sequence[str], seats: int, seed: int, games: int) -> list[tuple[str, str, Seating, Seating]]:
    """For each pair a random half of the seats for the first, the rest for the second; and the same swapped."""
    found = []
    for a, b in combinations(names, 2):
        mine = set(shuffled(f"{a} against {b}", seed, seats)[: seats // 2].tolist())
        one = tuple(a if seat in mine else b for seat in range(seats))
        other = tuple(b if seat in mine else a for seat in range(seats))
        found.append((a, b, Seating(one, seed, games), Seating(other, seed, games)))
    return found


def sole(names: Sequence[str], seats: int, seed: int, games: int, others: str = REFERENCE) -> list[Seating]:
    """Each strategy in each of `RATED` seats, evenly spaced, everybody else on `others`; strategy by strategy."""
    found = []
    for name in names:
        for seat in rated(seats):
            held = tuple(name if k == seat else others for k in range(seats))
            found.append(Seating(held, seed, games))
    return found


def rated(seats: int) -> list[int]:
    """Positions of the seats in which the ladder is climbed."""
    count = min(RATED, seats)
    return [k * seats // count for k in range(count)]


def alone(names: Sequence[str], seats: int, seed: int, games: int) -> list[Seating]:
    """Each strategy in every seat."""
    return [Seating((name,) * seats, seed, games) for name in names]
