"""A headless run: one scenario, one seed, one world or many; and what `run --json` says of it.

Quarters are played one at a time by `Run.quarters()`, so that a caller can print, draw or write in between. When the
whole scenario is played, its epilogue follows: it belongs to the score (rules.md R3) and to nothing else reported here.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from agents.model import ChipRace
from game.core.names import GATES
from game.core.scenario import Scenario
from game.files.order_files import ListedOrder
from game.files.scenarios import read_scenario
from game.lab.plan import Plan, checked_quarters, checked_seats
from game.ledger import Ledger
from game.ledger import merged as ledgers_merged
from game.listed import Refusal, play_quarter
from game.rules import bottleneck, score

Floats = NDArray[np.float64]


@dataclass(slots=True)
class Record:
    """What a run leaves behind, by quarter."""

    hashes: list[list[str]]
    mineral: list[Floats]
    chip: list[Floats]
    gates: list[NDArray[np.int64]]
    refused: list[Refusal]
    ledger: Ledger
    seconds: float = 0.0
    scores: Floats | None = None
    mandates: NDArray[np.int8] | None = None
    """(seats, B) as drawn"""
    """(seats, B), epilogue included when the whole scenario was played"""


class Run:
    """One batch of worlds with one scenario.

    Parameters
    ----------
    scenario : what is played.
    plan : seed, worlds, quarters and seats; the scenario's name in it is not read again.
    listed : orders of a file.
    first_world : number of the first world, where runs are put side by side.
    """

    def __init__(
        self, scenario: Scenario, plan: Plan, listed: Sequence[ListedOrder] = (), first_world: int = 0
    ) -> None:
        self.scenario = scenario
        self.count = checked_quarters(scenario, plan.quarters)
        self.listed = listed
        self.race = ChipRace(scenario, plan.worlds, checked_seats(scenario, plan.seats), plan.seed)
        ledger = Ledger(scenario, self.race.world, first_world)
        self.record = Record([self.race.hashes()], [], [], [], [], ledger)
        self._note_race()

    def quarters(self) -> Iterator[int]:
        """Play quarter by quarter; yields the number of quarters played, after each."""
        for played in range(1, self.count + 1):
            started = time.perf_counter()
            self._step()
            self.record.seconds += time.perf_counter() - started
            self.record.hashes.append(self.race.hashes())
            self._note_race()
            self.record.gates.append(np.asarray(bottleneck.world_gate(self.race.world)))
            yield played
        if self.count == self.scenario.quarters:
            while not self.race.finished:
                self.race.step()
        seats = list(self.scenario.places.seats)
        self.record.scores = score.game_score(self.race.world)[seats]
        self.record.mandates = self.race.world.standing.mandate[seats]

    def _step(self) -> None:
        before = self.race.world
        self.record.refused.extend(play_quarter(self.race, self.listed))
        self.record.ledger.note(before, self.race.world)

    def _note_race(self) -> None:
        standing = self.race.world.standing
        self.record.mineral.append(np.array(standing.mineral_independence))
        self.record.chip.append(np.array(standing.chip_independence))


def gate_name(position: int) -> str:
    """Name of a gate, or `none`."""
    return GATES.names[position] if position < len(GATES) else "none"


def whole(plan: Plan, listed: Sequence[ListedOrder] = ()) -> Run:
    """A run with one scenario for all worlds, not yet played."""
    return Run(read_scenario(plan.scenario, plan.overrides).scenario, plan, listed)


def drawn(plan: Plan, world: int, listed: Sequence[ListedOrder] = ()) -> Run:
    """The run of world `world` alone, its estimates drawn by its own seed."""
    seed = plan.seed + world
    scenario = read_scenario(plan.scenario, plan.overrides, uncertain_seed=seed).scenario
    alone = Plan(plan.scenario, seed, 1, plan.quarters, plan.seats, plan.overrides, uncertain=True)
    return Run(scenario, alone, listed, world)


def merged(records: Sequence[Record]) -> Record:
    """The records of several runs as one, their worlds side by side in order."""
    first = records[0]
    quarters = len(first.hashes)
    return Record(
        hashes=[[h for r in records for h in r.hashes[q]] for q in range(quarters)],
        mineral=[np.concatenate([r.mineral[q] for r in records]) for q in range(quarters)],
        chip=[np.concatenate([r.chip[q] for r in records]) for q in range(quarters)],
        gates=[np.concatenate([r.gates[q] for r in records]) for q in range(quarters - 1)],
        refused=[refusal for r in records for refusal in r.refused],
        ledger=ledgers_merged([r.ledger for r in records]),
        seconds=sum(r.seconds for r in records),
        scores=np.concatenate([r.scores for r in records if r.scores is not None], axis=1),
        mandates=np.concatenate([r.mandates for r in records if r.mandates is not None], axis=1),
    )
