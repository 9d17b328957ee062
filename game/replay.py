"""A saved game played again from its log, and whether the same comes out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

import numpy as np

from agents.faults import StrategyError
from agents.model import ChipRace
from agents.strategies import Strategy, find, strategies
from game.core.diplomacy import Words
from game.core.errors import PaxError
from game.core.names import quarter_name
from game.core.schema import walk
from game.core.world import World, state_hash
from game.files.document import short
from game.files.near import unknown
from game.files.order_files import ListedOrder
from game.files.rules_hash import rules_hash
from game.files.saves import SavedGame, read_save
from game.files.scenarios import scenario_from_text
from game.listed import play_quarter
from game.match import HUMAN, orders_from


@dataclass(frozen=True, slots=True)
class Replayed:
    """How a replay went."""

    quarters: int
    same_rules: bool
    diverged: str
    """which quarter differs first, and which field at the end; empty if all is as saved"""


class Replay:
    """A saved game played again from its log.

    Parameters
    ----------
    path : the save.
    saved : what was read from it; read now if not given.
    files : strategy files by seat. A save is not trusted to name a file of code: who replays it does.

    Raises
    ------
    PaxError
        The save cannot be read, or a strategy that it needs is neither installed nor among `files`.
    """

    def __init__(
        self, path: Path, saved: SavedGame | None = None, files: Mapping[str, str] = MappingProxyType({})
    ) -> None:
        self.path = path
        self.saved = saved or read_save(path)
        self.files = files
        self.scenario = scenario_from_text(self.saved.scenario_text, f"{path}:scenario.yaml")
        self._check_seats(path)
        seats = {seat: self._strategy(seat, holder) for seat, holder in self._first_holders().items()}
        self.race = ChipRace(self.scenario, 1, seats, self.saved.seed)
        self.race.on_fault = _let_hold
        self.hashes = [state_hash(self.race.world, 0)]

    def _strategy(self, seat: str, holder: str) -> Strategy | None:
        """Who steers a seat: nobody where a person does, whose orders are in the log."""
        if holder == HUMAN:
            return None
        if seat in self.files:
            return find(self.files[seat])
        if holder in strategies():
            return find(holder)
        raise PaxError(
            f"{self.path}: {seat} was steered by '{short(holder)}', which is not installed; "
            f"if you trust it, name its file: --seat {seat}=FILE.py"
        )

    def _check_seats(self, path: Path) -> None:
        """Refuse a log, or files, that name a seat which the scenario has not."""
        for entry in self.saved.log:
            for seat in (name for part in entry.values() for name in part):
                if seat not in self.scenario.seats:
                    raise PaxError(f"{path}: {unknown('nation', seat, self.scenario.seats)}")
        for seat in self.files:
            if seat not in self.scenario.seats:
                raise PaxError(f"--seat {seat}: {unknown('nation', seat, self.scenario.seats)}")

    def _first_holders(self) -> dict[str, str]:
        """Who held each seat at the start: later holders are in the log."""
        holders = dict(self.saved.seats)
        holders.update(self.saved.log[0].get("first_seats", {}) if self.saved.log else {})
        return holders

    def step(self) -> tuple[World, World]:
        """Play the next quarter of the log; returns the world before and after."""
        entry = self.saved.log[len(self.hashes) - 1]
        before, race = self.race.world, self.race
        for seat, records in entry.get("orders", {}).items():
            race.post(seat, orders_from(records))
        for seat, records in entry.get("said", {}).items():
            for words in orders_from(records):
                if isinstance(words, Words):
                    race.say(seat, words)
        if "listed" in entry:
            listed = [
                ListedOrder(before.quarter, seat, order)
                for seat, records in entry["listed"].items()
                for order in orders_from(records)
            ]
            play_quarter(race, listed)
        else:
            race.step()
        for seat, holder in entry.get("seats", {}).items():
            race.nations[seat].strategy = self._strategy(seat, holder)
        self.hashes.append(state_hash(race.world, 0))
        return before, race.world

    def verdict(self) -> Replayed:
        """What the replay showed, after its last quarter."""
        pairs = enumerate(zip(self.hashes, self.saved.hashes, strict=True))
        first = next((q for q, (now, then) in pairs if now != then), None)
        diverged = self._state_differs() if first is None else self._difference(first)
        return Replayed(len(self.hashes) - 1, self.saved.rules_hash == rules_hash(), diverged)

    def _difference(self, quarter: int) -> str:
        field = self._first_field()
        at_end = f"the first field that differs is {field}" if field else "all fields are as saved"
        return f"first in {self._when(quarter)}; at the end {at_end}"

    def _state_differs(self) -> str:
        """Said of a save whose hashes are right and whose last state is not."""
        field = self._first_field()
        return f"first in {self._when(len(self.hashes) - 1)}, in {field} of the saved state" if field else ""

    def _when(self, quarter: int) -> str:
        return "the opening" if quarter == 0 else quarter_name(quarter - 1, self.scenario.first_quarter)

    def _first_field(self) -> str:
        """The first field of the saved state that is not as played; empty if all are."""
        for name, _, array in walk(self.race.world):
            then = self.saved.world.get(name)
            if then is None or not np.array_equal(array, then):
                return name
        return ""


def _let_hold(fault: StrategyError) -> None:
    """A strategy that failed in the game fails again in its replay, and its seats hold again."""
