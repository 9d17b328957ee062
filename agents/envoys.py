"""Who speaks for strategies in the talks of a quarter: an envoy for one seat, an embassy for all that play alike.

A strategy that talks has `propose(envoy)` and `answer(envoy)`; one that decides for all its seats at once has
`propose_together(embassy)` and `answer_together(embassy)`. A strategy without them neither proposes nor accepts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import cache, cached_property
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from agents.faults import StrategyError, deciding
from agents.strategies import Strategy, family_of
from game.core.diplomacy import Answer, Motion, Propose, Vote
from game.core.numeric import Array, Counts
from game.rules.assembly import Assembly, moved
from game.rules.desk import Given
from game.rules.offers import Offers
from game.rules.talks import Talks, offered
from game.view import View, view

if TYPE_CHECKING:
    from agents.nation import Nation

#: Told of a strategy's fault; its seats say no more in this step.
OnFault = Callable[[StrategyError], None]


class Envoy:
    """What a strategy talks with.

    Parameters
    ----------
    view : what the seat sees, last axis worlds.
    talks : the round.
    seat : position of the seat.
    """

    def __init__(self, view: View, talks: Talks, seat: int) -> None:
        self.view = view
        self.seat = seat
        self.book = talks.book
        self.scenario = talks.book.scenario
        self.round = talks.round
        self._talks = talks

    @property
    def alone(self) -> Embassy:
        """An embassy of this seat alone."""
        return Embassy(self._talks, np.array([self.seat], dtype=np.int64))

    def propose(self, proposal: Propose, where: NDArray[np.bool_] | None = None) -> Given:
        """Send a proposal, in the worlds `where`."""
        return self._talks.propose(self.seat, proposal, where)

    def offers(self) -> Iterator[tuple[str, NDArray[np.bool_]]]:
        """Offers that lie before the seat: what each is called, and in which worlds it is there, (B,)."""
        o = self._talks.offers
        mine = o.open & o.party[:, self.seat] & (o.sender != self.seat)[:, None]
        for row in np.flatnonzero(mine.any(axis=1)):
            yield self._talks.name_of(int(row)), mine[row]

    def offered(self, offer: str, world: int = 0) -> Propose:
        """An offer that lies before the seat, as it stands in one world of the batch."""
        return offered(self._talks, self._talks.row_of(offer), world)

    def answer(self, answer: Answer, where: NDArray[np.bool_] | None = None) -> Given:
        """Accept or refuse an offer, in the worlds `where`."""
        return self._talks.answer(self.seat, answer, where)

    def move(self, motion: Motion, where: NDArray[np.bool_] | None = None) -> Given:
        """Make a motion in a bloc, in the worlds `where`."""
        return self._talks.assembly.move(self.seat, motion, where)

    def motions(self) -> Iterator[tuple[str, NDArray[np.bool_]]]:
        """Motions on which the seat may vote: what each is called, and in which worlds it is there, (B,)."""
        assembly = self._talks.assembly
        for mover in np.flatnonzero(assembly.moved.any(axis=1)).tolist():
            may = assembly.may_vote(self.seat, mover)
            if may.any():
                yield self.scenario.place_axis.names[mover], may

    def moved(self, motion: str, world: int = 0) -> Motion:
        """A motion of the round, as it stands in one world of the batch."""
        return moved(self._talks.assembly, self.scenario.place_axis.at(motion), world)

    def vote(self, vote: Vote, where: NDArray[np.bool_] | None = None) -> Given:
        """Vote on a motion, in the worlds `where`."""
        return self._talks.assembly.vote(self.seat, vote, where)


class Embassy:
    """What a strategy talks with that speaks for all its seats in one pass.

    Parameters
    ----------
    talks : the round.
    seats : positions of the seats, (n,).
    players : the strategy of each seat, where they differ.
    """

    def __init__(self, talks: Talks, seats: Counts, players: Sequence[Strategy] = ()) -> None:
        self.players: Sequence[object] = players
        self.seats = seats
        self.book = talks.book
        self.scenario = talks.book.scenario
        self.round = talks.round
        self.talks = talks

    @cached_property
    def view(self) -> View:
        """What the first of the seats sees: to be read for what is open to all."""
        return view(self.talks.world, self.scenario, int(self.seats[0]))

    @property
    def offers(self) -> Offers:
        """The offers of the round, to be read."""
        return self.talks.offers

    @property
    def capital(self) -> Array:
        """Political capital of the seats. (n, B)."""
        return self.talks.world.state.capital[self.seats]

    def propose(self, offers: Offers) -> NDArray[np.int64]:
        """Send offers, a row for each sender; why not where not. (rows, B)."""
        return self.talks.propose_together(offers)

    def answer(self, row: int, seat: int, where: NDArray[np.bool_], accept: bool) -> NDArray[np.int64]:
        """Accept or refuse the offer in a row for one of the seats; why not where not. (B,)."""
        return self.talks.answer_row(seat, row, where, accept)

    def answer_together(self, row: Counts, seat: Counts, world: Counts, accept: NDArray[np.bool_]) -> NDArray[np.int64]:
        """Many answers at once: an offer's row, a seat, a world and whether it accepts, each; why not where not."""
        return self.talks.answer_together(row, seat, world, accept)

    @property
    def assembly(self) -> Assembly:
        """Motions of the round: `move_together` to make them, `vote_row` to vote."""
        return self.talks.assembly


def propose_all(nations: Sequence[Nation], talks: Talks, on_fault: OnFault | None) -> None:
    """Let strategies propose."""
    _speak(nations, talks, "propose", on_fault)


def answer_all(nations: Sequence[Nation], talks: Talks, on_fault: OnFault | None) -> None:
    """Let strategies answer what was proposed, and vote on what was moved; where nothing was, nobody is asked."""
    if talks.offers.open.any() or talks.assembly.moved.any():
        _speak(nations, talks, "answer", on_fault)


def _speak(nations: Sequence[Nation], talks: Talks, step: str, on_fault: OnFault | None) -> None:
    alone, together = _spokesmen(tuple(type(nation.strategy) for nation in nations), step)
    for at in alone:
        _one(nations[at], talks, step, on_fault)
    for group in together:
        members = [nations[at] for at in group]
        seats = np.array([nation.position for nation in members], dtype=np.int64)
        _guarded(members, f"{step}_together", Embassy(talks, seats, played_by(members)), on_fault)


@cache
def _spokesmen(kinds: tuple[type, ...], step: str) -> tuple[tuple[int, ...], tuple[tuple[int, ...], ...]]:
    """Of nations with strategies of some kinds: which speak alone in a step, and which in one pass; by position."""
    alone, groups = [], dict[object, list[int]]()
    for at, kind in enumerate(kinds):
        if hasattr(kind, f"{step}_together"):
            groups.setdefault(family_of(kind), []).append(at)
        elif hasattr(kind, step):
            alone.append(at)
    return tuple(alone), tuple(map(tuple, groups.values()))


def played_by(nations: Sequence[Nation]) -> tuple[Strategy, ...]:
    """The strategies of nations that have one, row by row."""
    return tuple(nation.strategy for nation in nations if nation.strategy is not None)


def _one(nation: Nation, talks: Talks, step: str, on_fault: OnFault | None) -> None:
    envoy = Envoy(view(talks.world, talks.book.scenario, nation.position), talks, nation.position)
    _guarded([nation], step, envoy, on_fault)


def _guarded(members: Sequence[Nation], step: str, spokesman: Envoy | Embassy, on_fault: OnFault | None) -> None:
    strategy = members[0].strategy
    try:
        with deciding(strategy, [nation.code for nation in members]):
            getattr(strategy, step)(spokesman)
    except StrategyError as fault:
        if on_fault is None:
            raise
        on_fault(fault)
