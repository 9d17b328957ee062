"""Paired games with and without each system: the same seeds, one thing switched off, and what moves then.

How far games part by themselves is measured by a twin that differs in a number nobody can feel. A system matters when
the mean difference of a number over the paired worlds is more than two standard errors, and a hundredth of the number.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from agents.model import ChipRace
from game.core.clauses import CLAUSES
from game.core.scenario import Scenario
from game.files.scenarios import read_scenario
from game.lab.numbers import NUMBERS, Watch
from game.lab.order_mix import counted
from game.lab.plan import Plan, checked_quarters, checked_seats
from game.ledger import Ledger
from game.rules import score
from game.rules.systems import System, overrides_of

Floats = NDArray[np.float64]
#: The twin that nobody can tell from the game itself: one part in a million of what public works cost.
NUDGE = "parameters.fabs.works={:.9g}"
#: Standard errors beyond which a figure has moved, and share of it that anybody would notice.
ERRORS, NOTICED = 2.0, 0.01


@dataclass(frozen=True, slots=True)
class Played:
    """What a batch of games came to: every figure by world, (B,)."""

    scores: dict[str, Floats]
    """by seat"""
    numbers: dict[str, Floats]
    orders: dict[str, Floats]
    """orders of each kind, over the game"""
    contracts: dict[str, Floats]
    """`signed`, and clauses by kind"""


@dataclass(frozen=True, slots=True)
class Move:
    """How far one figure moved: mean difference, its standard error, and the figure with the system on."""

    figure: str
    mean: float
    error: float
    before: float

    @property
    def moved(self) -> bool:
        """Whether it is more than two standard errors from nothing, and more than a hundredth of what it was."""
        return abs(self.mean) > ERRORS * self.error and abs(self.mean) > NOTICED * abs(self.before)

    @property
    def strength(self) -> float:
        """The difference in standard errors; 0 where nothing differs."""
        return abs(self.mean) / self.error if self.error > 0.0 else (0.0 if self.mean == 0.0 else float("inf"))


@dataclass(frozen=True, slots=True)
class Ablated:
    """One system: its own number, and every other figure."""

    system: System
    named: Move
    moves: tuple[Move, ...]
    """scores by seat, numbers, orders by kind, contracts; the named number among them"""

    @property
    def matters(self) -> bool:
        """Whether the number that must move did, or any seat's score."""
        return self.named.moved or any(move.moved for move in self.moves if move.figure.startswith("score "))

    def largest(self, most: int) -> list[Move]:
        """The figures that moved, farthest first."""
        moved = [move for move in self.moves if move.moved and move.figure != self.named.figure]
        return sorted(moved, key=lambda move: -move.strength)[:most]


def play(scenario: Scenario, plan: Plan, tick: Callable[[int], None]) -> Played:
    """Play a batch of games, epilogue included where they are whole; `tick` is told the quarters."""
    race = ChipRace(scenario, plan.worlds, checked_seats(scenario, plan.seats), plan.seed)
    watch, ledger = Watch(scenario), Ledger(scenario, race.world)
    orders: dict[str, Floats] = {}
    blank = race.book.orders(plan.worlds)
    count = checked_quarters(scenario, plan.quarters)
    for _ in range(count):
        before = race.world
        race.talk()
        sealed = race.sealed_orders()
        for kind, number in counted(sealed, blank, race.world).items():
            orders[kind] = orders.get(kind, 0.0) + number
        race.advance(sealed)
        watch.note(before, race.world)
        ledger.note(before, race.world)
        tick(1)
    while count == scenario.quarters and not race.finished:
        race.step()
    final = score.game_score(race.world)
    scores = {seat: final[scenario.place_axis.at(seat)] for seat in scenario.seats}
    return Played(scores, watch.folded(), orders, _contracts(ledger, plan.worlds))


def _contracts(ledger: Ledger, worlds: int) -> dict[str, Floats]:
    found = {name: np.zeros(worlds) for name in ("signed", "broken", *CLAUSES)}
    for entry in ledger.entries:
        if entry.contract.proposer is not None:
            found["signed"][entry.world] += 1
            for kind, number in Counter(clause.kind for clause in entry.contract.clauses).items():
                found[kind][entry.world] += number
        found["broken"][entry.world] += entry.status == "broken"
    return found


def figures(played: Played) -> dict[str, Floats]:
    """Every figure of a batch by one name."""
    return {
        **{f"score {seat}": values for seat, values in played.scores.items()},
        **played.numbers,
        **{f"orders {kind}": values for kind, values in played.orders.items()},
        **{f"contracts {kind}": values for kind, values in played.contracts.items()},
    }


def compared(system: System, on: Played, off: Played, twin: Played) -> Ablated:
    """What moves without a system. The error counts how far games part by themselves, too."""
    with_it, without, same = figures(on), figures(off), figures(twin)
    moves = tuple(_move(name, values, without[name], same[name]) for name, values in with_it.items())
    named = next(move for move in moves if move.figure == system.moves)
    return Ablated(system, named, moves)


def _move(name: str, on: Floats, off: Floats, twin: Floats) -> Move:
    worlds = len(on)
    apart, noise = off - on, twin - on
    spread = np.var(apart, ddof=1) + np.var(noise, ddof=1) if worlds > 1 else float("inf")
    return Move(name, float(apart.mean()), float(np.sqrt(spread / worlds)), float(on.mean()))


def scenarios_of(plan: Plan, systems: Sequence[System]) -> tuple[Scenario, Scenario, list[Scenario]]:
    """The scenario, its twin, and one without each system. Raises PaxError for a switch that the scenario lacks."""
    whole = read_scenario(plan.scenario, plan.overrides).scenario
    nudge = NUDGE.format(whole.parameters.fabs.works * (1.0 + 1e-6))
    taken = {text.partition("=")[0] for text in plan.overrides}
    without = []
    for system in systems:
        off = [text for text in overrides_of(system, whole) if text.partition("=")[0] not in taken]
        without.append(read_scenario(plan.scenario, [*plan.overrides, *off]).scenario)
    return whole, read_scenario(plan.scenario, [*plan.overrides, nudge]).scenario, without


def title_of(figure: str) -> str:
    """A figure in words."""
    return NUMBERS[figure].title if figure in NUMBERS else figure.replace("_", " ")
