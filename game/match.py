"""One game in progress: who holds each seat, sealed orders with undo, the log, what was reported, saving.

The window, the classroom and the command line all ask the match; none of them touches the rules.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from agents.faults import StrategyError
from agents.model import ChipRace
from agents.strategies import find
from game.core.diplomacy import Propose, Words
from game.core.errors import PaxError
from game.core.names import MANDATES, quarter_name
from game.core.order_kinds import order_from
from game.core.orders import Order, as_record
from game.core.scenario import Scenario
from game.core.world import World, state_hash
from game.explain import Dispatch, quarter_news, talk_news
from game.files.rules_hash import rules_hash
from game.files.saves import SavedGame, world_arrays, write_save
from game.parley import ANSWERING, Offer, OpenMotion, Outcome, Parley, Queued, dropped_news, refused_news, same_matter
from game.rules import score
from game.rules.desk import Desk, Given
from game.series import SERIES
from game.standing import SetAside, Standing, answers
from game.view import View, view

HUMAN = "human"


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
        self.model = ChipRace(scenario, 1, {code: self._strategy(held) for code, held in self.seats.items()}, seed)
        self.model.on_fault, self.model.watched = self._note_fault, True
        self._faults: list[Dispatch] = []
        self.dispatches: list[Dispatch] = []
        self.previous: World | None = None
        self.log: list[dict[str, Any]] = []
        self.hashes = [state_hash(self.model.world, 0)]
        self.series: dict[str, list[Any]] = {name: [] for name in SERIES}
        self._first_seats = dict(self.seats)
        # What each person did this quarter, in order: orders, and what was said in the open round of talks.
        self._done: dict[str, list[Order]] = {code: [] for code in self.human_seats}
        self._undone: dict[str, list[Order]] = {code: [] for code in self.human_seats}
        self._parley = Parley(self.model)
        self.standing: defaultdict[str, Standing] = defaultdict(Standing)
        self._opening = self.world
        #: The world of last quarter's orders, to tell what changed since; None when the game was just opened or loaded.
        self.before: World | None = None
        # Said in closed rounds of this quarter, and what became of all offers in them.
        self._told: dict[str, list[dict[str, Any]]] = {}
        self.outcomes: list[Outcome] = []
        self._note_series()

    def begin(self, world: World) -> None:
        """Begin a quarter in this world, with its talks, as loading does."""
        self._opening, self._told, self.outcomes = world, {}, []
        self.model.begin_again(world)

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

    def mandate(self, seat: str) -> str | None:
        """The mandate that a seat drew: for the seat itself, and for everybody once the game is over."""
        drawn = int(self.world.standing.mandate[self.scenario.place_axis.at(seat), 0])
        return MANDATES.names[drawn] if drawn >= 0 else None

    def standings(self) -> list[tuple[str, float]]:
        """(seat, score so far), best first; mandates count once the game is over."""
        scores = (score.game_score if self.over else score.open_score)(self.world)[:, 0]
        rows = [(code, float(scores[self.scenario.place_axis.at(code)])) for code in self.scenario.seats]
        return sorted(rows, key=lambda row: -row[1])

    # --- deciding --------------------------------------------------------------------------------------------------

    def give(self, seat: str, order: Order) -> Given:
        """Take an order, or words for the open round; a refused one changes nothing; a second answer replaces one."""
        given = self.test(seat, order)
        if given.accepted:
            if isinstance(order, Words):
                order = replace(order, round=self.round)
            self._done[seat] = [*(o for o in self._done[seat] if not same_matter(o, order)), order]
            self._undone[seat].clear()
        return given

    def test(self, seat: str, order: Order) -> Given:
        """What would become of an order, or of words, without giving it."""
        if isinstance(order, Words):
            return self._parley.test(self._said(), seat, order)
        return self._desk(seat).give(self.scenario.place_axis.at(seat), order)

    def cost(self, seat: str, order: Order) -> tuple[float, float]:
        """USD bn and political capital that an order would take now, or words if they lead to a contract."""
        if isinstance(order, Words):
            return self._parley.cost(seat, order, self.inbox(seat))
        return self._desk(seat).cost(self.scenario.place_axis.at(seat), order)

    def undo(self, seat: str) -> Order | None:
        """Take back the last order or words of this quarter; what was said in a closed round stands."""
        if not self._done[seat]:
            return None
        self._undone[seat].append(self._done[seat].pop())
        self._still_valid()
        return self._undone[seat][-1]

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
        self.take_back(seat, self._queue(seat)[position])

    def take_back(self, seat: str, order: Order) -> None:
        """Take back one order, proposal or answer; what depended on it is dropped too if it no longer passes."""
        self._done[seat] = [other for other in self._done[seat] if other is not order]
        self._still_valid()

    def _still_valid(self) -> list[tuple[str, Order, str]]:
        """Give everything again; returns what no longer passes, and why."""
        before, undone = self._done, self._undone
        self._done, self._undone = {seat: [] for seat in before}, {seat: [] for seat in before}
        rows = [(seat, order) for seat, done in before.items() for order in done]
        # Answers come last: they may be to proposals of other people.
        rows.sort(key=lambda row: isinstance(row[1], ANSWERING))
        dropped = [(seat, order, reason) for seat, order in rows if (reason := self.give(seat, order).reason)]
        gone = {id(order) for _, order, _ in dropped}
        self._done = {seat: [o for o in done if id(o) not in gone] for seat, done in before.items()}
        self._undone = undone
        return dropped

    def queued(self, seat: str) -> tuple[Queued, ...]:
        """This quarter's orders of a seat, in order."""
        desk, position = Desk(self.model.book, self.world), self.scenario.place_axis.at(seat)
        rows = []
        for order in self._queue(seat):
            rows.append(Queued(order, *desk.cost(position, order)))
            desk.give(position, order)
        return tuple(rows)

    def left(self, seat: str) -> tuple[float, float]:
        """USD bn (treasury and unused credit) and political capital that a seat can still use this quarter."""
        desk, position = self._desk(seat), self.scenario.place_axis.at(seat)
        return float(desk.money_left[position, 0]), float(desk.capital_left[position, 0])

    def _queue(self, seat: str) -> list[Order]:
        return [order for order in self._done[seat] if not isinstance(order, Words)]

    def _desk(self, seat: str) -> Desk:
        desk = Desk(self.model.book, self.world)
        position = self.scenario.place_axis.at(seat)
        for order in self._queue(seat):
            desk.give(position, order)
        return desk

    # --- talks -----------------------------------------------------------------------------------------------------

    @property
    def round(self) -> int:
        """The round of talks that is open, 1 or 2; 0 when those of this quarter are over."""
        return 0 if self.over else self._parley.round

    def open_round(self) -> None:
        """Let strategies make their offers of the round, if they have not: slow, so better beside the frame."""
        if self.round:
            self._parley.open()

    def inbox(self, seat: str) -> tuple[Offer, ...]:
        """Offers of the open round that lie before a seat, with what it has answered."""
        return self._parley.inbox(self._said(), seat) if self.round else ()

    def sorted_out(self, seat: str) -> tuple[tuple[Offer, ...], tuple[SetAside, ...]]:
        """The offers that a person is shown, and those answered by standing instruction."""
        tables = self.model.book.tables
        return self.standing[seat].sorted_out(self.inbox(seat), seat, self.world, self.scenario, tables)

    def motions(self, seat: str) -> tuple[OpenMotion, ...]:
        """Motions of the open round on which a seat may vote, with what it has voted."""
        return self._parley.motions(self._said(), seat) if self.round else ()

    def words(self, seat: str) -> tuple[Words, ...]:
        """What a seat has said so far in the open round."""
        return tuple(self._said()[seat])

    def proposals(self, seat: str) -> tuple[Propose, ...]:
        """What a seat proposes in the open round."""
        return tuple(words for words in self.words(seat) if isinstance(words, Propose))

    def close_round(self) -> list[Dispatch]:
        """Send what people said, let strategies answer, sign what was agreed, open the next round. Returns the news."""
        news = self._with_faults(self._close_round()) if self.round else []
        self.open_round()
        self.dispatches += news
        return news

    def _close_round(self) -> list[Dispatch]:
        before = self.world
        said = self._said()
        for seat, aside in [(seat, self.sorted_out(seat)[1]) for seat in said]:
            said[seat] += answers(aside)
        for seat, words in said.items():
            if words:
                self._told.setdefault(seat, []).extend(map(as_record, words))
            self._done[seat] = self._queue(seat)
            self._undone[seat].clear()
        outcomes = self._parley.close(said)
        self.outcomes += outcomes
        dropped = [dropped_news(self.quarter, *row) for row in self._still_valid()]
        refused = refused_news(self.quarter, outcomes, said, self.scenario)
        return [*talk_news(before, self.world, self.scenario, self.model.book.tables), *refused, *dropped]

    def _said(self) -> dict[str, list[Words]]:
        return {seat: [o for o in done if isinstance(o, Words)] for seat, done in self._done.items()}

    # --- playing ---------------------------------------------------------------------------------------------------

    def end_quarter(self) -> list[Dispatch]:
        """Close what is left of the talks and play `quarters_per_round` quarters on everybody's orders; the news."""
        news: list[Dispatch] = []
        self._faults = [fault for fault in self._faults if fault.quarter == self.quarter]
        for k in range(self.scenario.quarters_per_round):
            if self.over:
                break
            talked: list[Dispatch] = []
            while self.round:
                talked += self._close_round()
            news += self._play_quarter({seat: self._queue(seat) if k == 0 else [] for seat in self._done}, talked)
        for done in (*self._done.values(), *self._undone.values()):
            done.clear()
        self.dispatches += news
        if self.autosave is not None:
            self.autosave(self)
        if self.human_seats:
            self.open_round()
        return news

    def play_epilogue(self) -> None:
        """Play the quarters after the last decision."""
        while self.over and not self.model.finished:
            self._play_quarter({})

    def _play_quarter(self, orders: Mapping[str, list[Order]], talked: Sequence[Dispatch] = ()) -> list[Dispatch]:
        before = self.previous = self.world
        for seat, queue in orders.items():
            self.model.post(seat, queue)
        # What `step` does, but not by Mesa, which from 3.5 on takes no further step after one that failed.
        self.model.talk()
        self.model.advance(self.model.sealed_orders())
        sealed = {seat: [as_record(o) for o in queue] for seat, queue in orders.items() if queue}
        entry: dict[str, Any] = {"orders": sealed, **({"said": self._told} if self._told else {})}
        if not self.log:
            entry["first_seats"] = self._first_seats
        self.log.append(entry)
        self._told, self.outcomes, self.before, self._opening = {}, [], before, self.world
        self.hashes.append(state_hash(self.world, 0))
        self._note_series()
        news = quarter_news(before, self.world, self.scenario, self.model.book.tables, self.dispatches)
        return self._with_faults([*talked, *news])

    def _with_faults(self, news: list[Dispatch]) -> list[Dispatch]:
        faults, self._faults = self._faults, []
        return faults + news

    def _note_fault(self, fault: StrategyError) -> None:
        """Report that seats hold this quarter, because the strategy that steers them failed."""
        names = [self.scenario.texts.names[self.scenario.place_axis.at(seat)] for seat in fault.seats]
        text = f"Strategy '{fault.strategy}' failed and gave no orders for {', '.join(names)}: {fault.what}."
        self._faults.append(Dispatch(self.quarter, "politics", text, fault.seats, weight=3))

    def hand_over(self, seat: str, holder: str) -> None:
        """Give a seat to a person (`human`) or a strategy; its queue is dropped, and talks begin again."""
        self.scenario.place_axis.at(seat)
        self.seats[seat] = holder
        self.model.nations[seat].strategy = self._strategy(holder)
        self.begin(self._opening)
        self._done = {code: self._queue(code) if code in self._done else [] for code in self.human_seats}
        self._undone = {code: [] for code in self.human_seats}
        if self.log:
            self.log[-1].setdefault("seats", {})[seat] = holder
        else:
            self._first_seats = dict(self.seats)

    def _strategy(self, holder: str) -> Any:
        return None if holder == HUMAN else find(holder)

    def _note_series(self) -> None:
        for name, read in SERIES.items():
            self.series[name].append(read(self.world))

    # --- saving ----------------------------------------------------------------------------------------------------

    def saved(self) -> SavedGame:
        """The game as it was at the beginning of the quarter, before its talks; what is played later changes it not."""
        return SavedGame(
            scenario_name=self.scenario.name,
            scenario_text=self.scenario.text,
            rules_hash=rules_hash(),
            seed=self.seed,
            seats=dict(self.seats),
            log=list(self.log),
            hashes=list(self.hashes),
            dispatches=[d.record() for d in self.dispatches],
            series={name: np.array(values) for name, values in self.series.items()},
            world=world_arrays(self._opening),
            standing={seat: each.instruction for seat, each in self.standing.items()},
        )

    def save(self, path: Path) -> None:
        """Write the game as `saved` has it. Raises SaveError."""
        write_save(path, self.saved())


def orders_from(records: list[dict[str, Any]]) -> list[Order]:
    """The orders, or the words, that a log entry holds."""
    return [order_from(record) for record in records]
