"""A saved game played again in many worlds at once: in each, something that people decided is left out, or chance falls
otherwise. Strategies decide anew in every world; what people ordered and said stays as it is in the log.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields
from dataclasses import replace as retold
from pathlib import Path
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from agents.faults import StrategyError
from agents.nation import Nation, decide_all
from game.core.diplomacy import ROUNDS, Answer, Propose, Words
from game.core.orders import Order
from game.core.schema import quantities
from game.core.world import World, replace, sealed
from game.debrief.decisions import marked
from game.debrief.records import Mark
from game.files.saves import SavedGame
from game.listed import ListedDesk
from game.replay import Replay
from game.rules import score
from game.rules.desk import Desk
from game.rules.talks import Talks

Floats = NDArray[np.float64]
Mask = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Branch:
    """One world.

    Parameters
    ----------
    seed : draws chance from the opening on.
    without : marks of what is left out in it.
    nudge : USD bn that every seat has more at the opening: a millionth shows how far a change that nobody feels goes.
    """

    seed: int
    without: frozenset[Mark] = frozenset()
    nudge: float = 0.0


def spread(world: World, seeds: Sequence[int]) -> World:
    """The first world of a batch, once for each seed; what comes later is drawn by that seed."""
    parts = {}
    for f in fields(World):
        record = getattr(world, f.name)
        if hasattr(record, "__dataclass_fields__"):
            copies = {
                q.name: np.repeat(getattr(record, q.name)[..., :1], len(seeds), axis=-1) for q, _ in quantities(record)
            }
            parts[f.name] = replace(record, **copies)
    return sealed(replace(world, seed=np.array(seeds, dtype=np.uint64), **parts))


def _opened(world: World, branches: Sequence[Branch]) -> World:
    many = spread(world, [branch.seed for branch in branches])
    cash = many.state.cash + np.array([branch.nudge for branch in branches])
    return sealed(replace(many, state=replace(many.state, cash=cash)))


class Branches(Replay):
    """Plays a saved game's log in several worlds.

    Parameters
    ----------
    saved : the game.
    branches : what each world is; the first is the game as it was, and answers are to offers that are as in it.
    files : strategy files by seat.
    steered : strategies that take the place of who held a seat, and of its orders in the log.

    Raises
    ------
    PaxError
        As for a replay.
    """

    def __init__(
        self,
        saved: SavedGame,
        branches: Sequence[Branch],
        files: Mapping[str, str] = MappingProxyType({}),
        steered: Mapping[str, str] = MappingProxyType({}),
    ) -> None:
        super().__init__(Path("the game"), saved, files)
        for seat, name in steered.items():
            self.race.nations[seat].strategy = self._strategy(seat, name)
        self.steered = frozenset(steered)
        self.branches = branches
        self.race.begin_again(_opened(self.race.world, branches))
        people = [seat for seat in saved.seats if seat not in self.steered]
        self._said: dict[int, list[tuple[Mark, Order]]] = {}
        for mark, order in marked(saved, people):
            self._said.setdefault(mark.quarter, []).append((mark, order))

    def finish(self, tick: Callable[[int], None] = lambda quarters: None) -> Floats:
        """Play to the end of the log, and to that of the epilogue where the game is over; scores of all places, (N, B).

        Without mandates while the game is not over. `tick` is told the quarters.
        """
        over = len(self.saved.log) >= self.scenario.quarters
        while self.race.world.quarter < len(self.saved.log):
            self._quarter()
            tick(1)
        while over and not self.race.finished:
            self.race.step()
        return (score.game_score if over else score.open_score)(self.race.world)

    def _quarter(self) -> None:
        quarter = self.race.world.quarter
        told = self._said.get(quarter, [])
        for _ in range(0 if self.race.book.in_epilogue(self.race.world) else ROUNDS):
            self._speak([(mark, order) for mark, order in told if isinstance(order, Words)])
            self.race.close_round()
        self._order([(mark, order) for mark, order in told if not isinstance(order, Words)])
        for seat, holder in self.saved.log[quarter].get("seats", {}).items():
            if seat not in self.steered:
                self.race.nations[seat].strategy = self._strategy(seat, holder)

    def _where(self, mark: Mark) -> Mask:
        """Worlds in which a decision is not left out. (B,)."""
        return np.array([mark not in branch.without for branch in self.branches])

    def _speak(self, told: Sequence[tuple[Mark, Order]]) -> None:
        """Say what people said in this round, where it is not left out; a refusal left out is an acceptance."""
        talks = self.race.open_round()
        # Answers come after all proposals, as in the game.
        for mark, words in sorted(told, key=lambda pair: isinstance(pair[1], Answer)):
            seat = self.scenario.place_axis.at(mark.seat)
            if not isinstance(words, Words) or words.round != talks.round:
                continue
            if isinstance(words, Propose):
                talks.propose(seat, words, self._where(mark))
            elif isinstance(words, Answer):
                same, where = _same_offer(talks, words.offer), self._where(mark)
                talks.answer(seat, words, same & where)
                if not words.accept:
                    talks.answer(seat, retold(words, accept=True), same & ~where)
            else:
                self.race.say(mark.seat, words)

    def _order(self, told: Sequence[tuple[Mark, Order]]) -> None:
        """Give what people ordered, where it is not left out; let strategies decide; play the quarter."""
        race = self.race
        posted = {mark.seat for mark, _ in told if mark.part == "orders"}
        nations = [nation for nation in race.nations.values() if nation.code not in posted]
        if race.book.in_epilogue(race.world):
            nations = []
        while True:
            desk = self._desk(told)
            try:
                self._decide(nations, desk)
                break
            except StrategyError as fault:  # it failed in the game too, and its seats held
                nations = [nation for nation in nations if nation.code not in fault.seats]
        race.advance(desk.orders())

    def _desk(self, told: Sequence[tuple[Mark, Order]]) -> Desk:
        """The desk with what people ordered."""
        race = self.race
        listed = any(mark.part == "listed" for mark, _ in told)
        desk = ListedDesk(race.book, race.world) if listed else Desk(race.book, race.world)
        for mark, order in told:
            seat, where = self.scenario.place_axis.at(mark.seat), self._where(mark)
            if isinstance(desk, ListedDesk) and mark.part == "listed":
                desk.list_order(seat, order, where)
            else:
                desk.give(seat, order, where)
        return desk

    def _decide(self, nations: Sequence[Nation], desk: Desk) -> None:
        """Let strategies decide, in the way of the game: one by one beside an order file, else together."""
        if isinstance(desk, ListedDesk):
            for nation in nations:
                nation.decide(desk)
        else:
            decide_all(nations, desk)


def _same_offer(talks: Talks, name: str) -> Mask:
    """Worlds in which the offer of that name binds the same parties by the same clauses as in the first, whatever the
    amounts: an answer is to an offer, not to a name."""
    offers, row = talks.offers, talks.row_of(name)
    same = np.ones(talks.world.worlds, dtype=bool)
    for values in (offers.open, offers.party, offers.kind, offers.giver, offers.taker, offers.subject, offers.target):
        mine = values[row].reshape(-1, talks.world.worlds)
        same &= (mine == mine[:, :1]).all(axis=0)
    return same
