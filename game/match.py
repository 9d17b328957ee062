"""One game in progress: who holds each seat, sealed orders with undo, the log, what was reported, saving and loading.

The window, the classroom and the command line all ask the match; none of them touches the rules.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from agents.faults import StrategyError
from agents.model import ChipRace
from agents.strategies import strategies
from game.core.errors import PaxError
from game.core.names import quarter_name
from game.core.order_kinds import order_from
from game.core.orders import Order, as_record
from game.core.scenario import Scenario
from game.core.world import World, state_hash
from game.explain import Dispatch, dispatch_from, quarter_news
from game.files.rules_hash import rules_hash
from game.files.saves import SavedGame, read_save, world_arrays, world_from, write_save
from game.files.scenarios import scenario_from_text
from game.rules import bottleneck, score
from game.rules.desk import Desk, Given
from game.view import View, view

HUMAN = "human"


@dataclass(frozen=True, slots=True)
class Queued:
    """An order given this quarter, with what it takes."""

    order: Order
    money: float
    capital: float


class Match:
    """One game.

    Parameters
    ----------
    scenario : what is played.
    seed : of the world.
    seats : `human` or the name of a strategy by seat code; a seat not named plays `steady`.
    autosave : called after each round, if given.
    """

    def __init__(
        self,
        scenario: Scenario,
        seed: int,
        seats: Mapping[str, str],
        autosave: Callable[[Match], None] | None = None,
    ) -> None:
        self.scenario = scenario
        self.seed = seed
        self.seats = {code: seats.get(code, "steady") for code in scenario.seats}
        unknown = sorted(set(seats) - set(scenario.seats))
        if unknown:
            raise PaxError(f"{unknown[0]} is no seat; seats: {', '.join(scenario.seats)}")
        self.autosave = autosave
        self.model = ChipRace(scenario, 1, self._strategies(), seed)
        self.model.on_fault = self._note_fault
        self._faults: list[Dispatch] = []
        self.dispatches: list[Dispatch] = []
        self.previous: World | None = None
        self.log: list[dict[str, Any]] = []
        self.hashes = [state_hash(self.model.world, 0)]
        self.series: dict[str, list[Any]] = {name: [] for name in SERIES}
        self._first_seats = dict(self.seats)
        self._queues: dict[str, list[Order]] = {code: [] for code in self.human_seats}
        self._undone: dict[str, list[Order]] = {code: [] for code in self.human_seats}
        self._note_series()

    # --- what is going on ------------------------------------------------------------------------------------------

    @property
    def world(self) -> World:
        """The world as it is; for the rules and for measures that everybody sees."""
        return self.model.world

    @property
    def human_seats(self) -> tuple[str, ...]:
        """Seats that people hold."""
        return tuple(code for code, holder in self.seats.items() if holder == HUMAN)

    @property
    def quarter(self) -> int:
        """Quarters played."""
        return self.world.quarter

    @property
    def quarter_title(self) -> str:
        """Name of the quarter about to be decided: '2026Q1'."""
        return quarter_name(self.quarter, self.scenario.first_quarter)

    @property
    def over(self) -> bool:
        """Whether the last decision has been taken."""
        return self.quarter >= self.scenario.quarters

    def seen_by(self, seat: str) -> View:
        """The world as a seat sees it: exact for what is its own or public, estimates for the rest."""
        return view(self.world, self.scenario, self.scenario.place_axis.at(seat))

    def standings(self) -> list[tuple[str, float]]:
        """(seat, score so far), best first."""
        scores = score.game_score(self.world)[:, 0]
        rows = [(code, float(scores[self.scenario.place_axis.at(code)])) for code in self.scenario.seats]
        return sorted(rows, key=lambda row: -row[1])

    # --- deciding --------------------------------------------------------------------------------------------------

    def give(self, seat: str, order: Order) -> Given:
        """Queue an order for a seat; a refused one leaves the queue as it was and says why."""
        desk = self._desk(seat)
        given = desk.give(self.scenario.place_axis.at(seat), order)
        if given.accepted:
            self._queues[seat].append(order)
            self._undone[seat].clear()
        return given

    def test(self, seat: str, order: Order) -> Given:
        """What would become of an order, without giving it."""
        return self._desk(seat).give(self.scenario.place_axis.at(seat), order)

    def cost(self, seat: str, order: Order) -> tuple[float, float]:
        """USD bn and political capital that an order would take now."""
        return self._desk(seat).cost(self.scenario.place_axis.at(seat), order)

    def undo(self, seat: str) -> Order | None:
        """Take back the last order of this quarter."""
        if not self._queues[seat]:
            return None
        order = self._queues[seat].pop()
        self._undone[seat].append(order)
        return order

    def redo(self, seat: str) -> Given | None:
        """Give the order last taken back again."""
        if not self._undone[seat]:
            return None
        waiting = self._undone[seat][:-1]
        given = self.give(seat, self._undone[seat][-1])
        self._undone[seat] = waiting
        return given

    def withdraw(self, seat: str, position: int) -> None:
        """Take back one queued order; those that depended on it are dropped too if they no longer pass."""
        queue = self._queues[seat]
        kept = [order for i, order in enumerate(queue) if i != position]
        queue.clear()
        for order in kept:
            self.give(seat, order)

    def queued(self, seat: str) -> tuple[Queued, ...]:
        """This quarter's orders of a seat, in order."""
        desk = Desk(self.model.book, self.world)
        position = self.scenario.place_axis.at(seat)
        rows = []
        for order in self._queues[seat]:
            money, capital = desk.cost(position, order)
            desk.give(position, order)
            rows.append(Queued(order, money, capital))
        return tuple(rows)

    def left(self, seat: str) -> tuple[float, float]:
        """USD bn (treasury and unused credit) and political capital that a seat can still use this quarter."""
        desk = self._desk(seat)
        position = self.scenario.place_axis.at(seat)
        return float(desk.money_left[position, 0]), float(desk.capital_left[position, 0])

    def _desk(self, seat: str) -> Desk:
        desk = Desk(self.model.book, self.world)
        position = self.scenario.place_axis.at(seat)
        for order in self._queues[seat]:
            desk.give(position, order)
        return desk

    # --- playing ---------------------------------------------------------------------------------------------------

    def end_quarter(self) -> list[Dispatch]:
        """Play one round on everybody's orders: `quarters_per_round` quarters. Returns the news."""
        news: list[Dispatch] = []
        orders = {seat: list(queue) for seat, queue in self._queues.items()}
        for k in range(self.scenario.quarters_per_round):
            if self.over:
                break
            news += self._play_quarter(orders if k == 0 else {seat: [] for seat in orders})
        for seat in self._queues:
            self._queues[seat].clear()
            self._undone[seat].clear()
        self.dispatches += news
        if self.autosave is not None:
            self.autosave(self)
        return news

    def play_epilogue(self) -> None:
        """Play the quarters after the last decision."""
        while self.over and not self.model.finished:
            self._play_quarter({})

    def _play_quarter(self, orders: Mapping[str, list[Order]]) -> list[Dispatch]:
        before = self.previous = self.world
        self._faults = []
        for seat, queue in orders.items():
            self.model.post(seat, queue)
        self.model.step()
        entry: dict[str, Any] = {
            "orders": {seat: [as_record(o) for o in queue] for seat, queue in orders.items() if queue}
        }
        if not self.log:
            entry["first_seats"] = self._first_seats
        self.log.append(entry)
        self.hashes.append(state_hash(self.world, 0))
        self._note_series()
        return self._faults + quarter_news(before, self.world, self.scenario, self.model.book.tables)

    def _note_fault(self, fault: StrategyError) -> None:
        """Report that seats hold this quarter, because the strategy that steers them failed."""
        names = [self.scenario.texts.names[self.scenario.place_axis.at(seat)] for seat in fault.seats]
        text = f"Strategy '{fault.strategy}' failed and gave no orders for {', '.join(names)}: {fault.what}."
        self._faults.append(Dispatch(self.quarter, "politics", text, fault.seats, weight=3))

    def hand_over(self, seat: str, holder: str) -> None:
        """Give a seat to a person (`human`) or a strategy; its queue is dropped."""
        self.scenario.place_axis.at(seat)
        self.seats[seat] = holder
        self.model.nations[seat].strategy = self._strategy(holder)
        self._queues = {code: self._queues.get(code, []) for code in self.human_seats}
        self._undone = {code: [] for code in self.human_seats}
        if self.log:
            self.log[-1].setdefault("seats", {})[seat] = holder
        else:
            self._first_seats = dict(self.seats)

    def _strategies(self) -> dict[str, Any]:
        return {code: self._strategy(holder) for code, holder in self.seats.items()}

    def _strategy(self, holder: str) -> Any:
        from agents.strategies import find

        return None if holder == HUMAN else find(holder)

    def _note_series(self) -> None:
        for name, read in SERIES.items():
            self.series[name].append(read(self))

    # --- saving ----------------------------------------------------------------------------------------------------

    def save(self, path: Path) -> None:
        """Write the game to a file. Raises SaveError."""
        write_save(
            path,
            SavedGame(
                scenario_name=self.scenario.name,
                scenario_text=self.scenario.text,
                rules_hash=rules_hash(),
                seed=self.seed,
                seats=self.seats,
                log=self.log,
                hashes=self.hashes,
                dispatches=[d.record() for d in self.dispatches],
                series={name: np.array(values) for name, values in self.series.items()},
                world=world_arrays(self.world),
            ),
        )


def load_match(path: Path, autosave: Callable[[Match], None] | None = None) -> tuple[Match, list[str]]:
    """A saved game, and what a person should know of it (other rules, a strategy that is missing).

    Raises
    ------
    PaxError
        The file is damaged, foreign, newer or too large; nothing is changed then.
    """
    saved = read_save(path)
    notes = []
    if saved.rules_hash != rules_hash():
        notes.append("Saved under other rules: it plays on, but its replay can no longer be verified.")
    seats = dict(saved.seats)
    for code, holder in seats.items():
        if holder != HUMAN and holder not in strategies():
            notes.append(f"Strategy '{holder}' of {code} is not installed: steady holds the seat.")
            seats[code] = "steady"
    match = Match(scenario_from_text(saved.scenario_text, f"{path}:scenario.yaml"), saved.seed, seats, autosave)
    match.model.world = world_from(saved.world, match.world, saved.hashes[-1], path)
    match.log, match.hashes = list(saved.log), list(saved.hashes)
    match.dispatches = [dispatch_from(d) for d in saved.dispatches]
    match.series = {name: list(saved.series[name]) for name in SERIES if name in saved.series}
    return match, notes


def orders_from(records: list[dict[str, Any]]) -> list[Order]:
    """The orders that a log entry holds. Raises PaxError for a kind that there is not."""
    return [order_from(record) for record in records]


def _gate(match: Match) -> Any:
    return int(bottleneck.world_gate(match.world)[0])


#: What the charts and the debrief show, by quarter.
SERIES: dict[str, Callable[[Match], Any]] = {
    "price": lambda m: m.world.market.price[..., 0].copy(),
    "mineral_independence": lambda m: float(m.world.standing.mineral_independence[0]),
    "chip_independence": lambda m: float(m.world.standing.chip_independence[0]),
    "score": lambda m: score.game_score(m.world)[:, 0].copy(),
    "measures": lambda m: m.world.standing.measures[..., 0].copy(),
    "treasury": lambda m: m.world.state.cash[:, 0].copy(),
    "engineers": lambda m: m.world.people.engineers[:, 0].copy(),
    "power_used": lambda m: m.world.power.used[:, 0].copy(),
    "compute": lambda m: m.world.compute.installed[:, 0].copy(),
    "cover": lambda m: ((m.world.goods.inventory + m.world.goods.stockpile) / np.maximum(m.world.goods.wanted, 1e-9))[
        ..., 0
    ].clip(0, 99),
    "gate": _gate,
}
