"""What people say in the talks of a quarter: the offers that lie before them, their own words, how a round ended.

The match asks it. Nothing is kept here but the race: what people said stands in the match until a round is closed.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from copy import copy
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

from agents.model import ChipRace
from agents.refusals import why_refused
from game.core.diplomacy import Answer, Motion, Propose, Vote, Words
from game.core.orders import Order
from game.core.scenario import Scenario
from game.explain.clauses import proposal_words
from game.explain.dispatch import Dispatch
from game.explain.words import capitalised, in_sentence
from game.rules import pacts
from game.rules.assembly import as_positions, moved
from game.rules.desk import Given
from game.rules.motions import AGAINST, FOR, price
from game.rules.talks import ACCEPTED, REFUSED, Talks, offered

#: What is said first in a round, and what answers it.
OPENING: tuple[type[Words], ...] = (Propose, Motion)
ANSWERING: tuple[type[Words], ...] = (Answer, Vote)
#: What each person's seat has said so far, in order.
Said = Mapping[str, Sequence[Words]]


@dataclass(frozen=True, slots=True)
class Offer:
    """An offer of the open round, as it lies before a seat.

    Parameters
    ----------
    name : what answers call it, 'AUS/1'.
    sender : code of the place that made it.
    proposal : what it says.
    answer : what the seat has answered so far; None for nothing.
    """

    name: str
    sender: str
    proposal: Propose
    answer: bool | None = None


@dataclass(frozen=True, slots=True)
class OpenMotion:
    """A motion of the open round, as it lies before a member.

    Parameters
    ----------
    name : what votes call it: the code of the place that moved it.
    motion : what it says.
    vote : what the seat has voted so far; None for nothing.
    """

    name: str
    motion: Motion
    vote: bool | None = None


@dataclass(frozen=True, slots=True)
class Queued:
    """An order given this quarter, with what it takes."""

    order: Order
    money: float
    capital: float


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of an offer when its round was closed.

    Parameters
    ----------
    name, sender, proposal : of the offer.
    accepted, refused, silent : codes of the places it was made to, by what they answered.
    signed : whether it is in force now.
    why : why each that refused did, in words, the nearest reason first; known of strategies, and of offers to or from
        people.
    """

    name: str
    sender: str
    proposal: Propose
    accepted: tuple[str, ...]
    refused: tuple[str, ...]
    silent: tuple[str, ...]
    signed: bool
    why: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


class Parley:
    """The talks of the quarter at hand, for the people of a match.

    Parameters
    ----------
    model : the race whose strategies they talk with.
    """

    def __init__(self, model: ChipRace) -> None:
        self.model = model

    @property
    def round(self) -> int:
        """The round that is open or comes next, 1 or 2; 0 when the talks of the quarter are over."""
        return self.model.round

    def open(self) -> None:
        """Let strategies make their offers, if they have not in this round; takes as long as they think."""
        if self.round:
            self.model.open_round()

    def table(self, said: Said, *, answers: bool = True) -> Talks:
        """A copy of the open round on which what people said has been entered."""
        open_round = self.model.open_round()
        table = copy(open_round)
        table.offers = open_round.offers.rows(range(len(open_round.offers.sender)))
        table.answers = open_round.answers.copy()
        table.assembly = open_round.assembly.copied()
        for kind in (OPENING, ANSWERING) if answers else (OPENING,):
            for seat, words in _each(said, kind):
                self._enter(table, seat, words)
        return table

    def _enter(self, table: Talks, seat: str, words: Words) -> Given:
        position = self.model.scenario.place_axis.at(seat)
        return table.hear(position, words)

    def test(self, said: Said, seat: str, words: Words) -> Given:
        """What would become of a proposal or an answer; a second answer takes the place of the first."""
        if not self.round:
            return Given(np.array([1]), "the talks of this quarter are over")
        table = self.table(said, answers=False)
        return self._enter(table, seat, replace(words, round=self.round))

    def inbox(self, said: Said, seat: str) -> tuple[Offer, ...]:
        """Offers of the open round to a seat, other people's included, in the order of the senders."""
        if not self.round:
            return ()
        position = self.model.scenario.place_axis.at(seat)
        talks = self.table(said)
        rows = talks.offers.open[:, 0] & talks.offers.party[:, position, 0] & (talks.offers.sender != position)
        found = []
        for row in map(int, np.flatnonzero(rows)):
            answer = {ACCEPTED: True, REFUSED: False}.get(int(talks.answers[row, position, 0]))
            found.append(Offer(talks.name_of(row), self._code(talks.offers.sender[row]), offered(talks, row), answer))
        return tuple(found)

    def motions(self, said: Said, seat: str) -> tuple[OpenMotion, ...]:
        """Motions of the open round on which a seat may vote, or has, in the order of the movers."""
        if not self.round:
            return ()
        position = self.model.scenario.place_axis.at(seat)
        assembly = self.table(said).assembly
        found = []
        for mover in map(int, np.flatnonzero(assembly.moved[:, 0])):
            if assembly.may_vote(position, mover)[0]:
                cast = {FOR: True, AGAINST: False}.get(int(assembly.motions.vote[mover, position, 0]))
                found.append(OpenMotion(self._code(mover), moved(assembly, mover), cast))
        return tuple(found)

    def _motion_capital(self, seat: str, motion: Motion) -> float:
        """Political capital that a motion takes, carried or not."""
        s = self.model.scenario
        bloc, act, _ = as_positions(motion, s)
        row = np.array([[bloc]], dtype=np.int8), np.array([[act]], dtype=np.int8)
        return float(price(self.model.world, s, np.array([s.place_axis.at(seat)]), *row)[0, 0])

    def close(self, said: Said) -> tuple[Outcome, ...]:
        """Close the open round on what people said; tells what became of each offer."""
        for kind in (OPENING, ANSWERING):
            for seat, words in _each(said, kind):
                self.model.say(seat, words)
        talks = self.model.open_round()
        self.model.close_round()
        return tuple(self._outcome(talks, int(row), said) for row in np.flatnonzero(talks.offers.open[:, 0]))

    def _outcome(self, talks: Talks, row: int, people: Collection[str]) -> Outcome:
        offers, sender = talks.offers, int(talks.offers.sender[row])
        asked = [int(n) for n in np.flatnonzero(offers.party[row, :, 0]) if n != sender]
        by_answer: dict[int, list[str]] = {}
        for n in asked:
            by_answer.setdefault(int(talks.answers[row, n, 0]), []).append(self._code(n))
        accepted, refused = by_answer.pop(ACCEPTED, []), by_answer.pop(REFUSED, [])
        silent = [code for codes in by_answer.values() for code in codes]
        signed = bool(talks.agreed[row, 0]) and not bool(talks.full[row, 0])
        name, code = talks.name_of(row), self._code(sender)
        of_people = not set(people).isdisjoint((code, *map(self._code, asked)))
        theirs = [each for each in refused if of_people and each not in people]
        why = {each: why_refused(talks, row, each, self.model.nations[each].strategy) for each in theirs}
        return Outcome(name, code, offered(talks, row), tuple(accepted), tuple(refused), tuple(silent), signed, why)

    def _code(self, position: int | np.integer[Any]) -> str:
        return self.model.scenario.place_axis.names[int(position)]

    def cost(self, seat: str, words: Words, inbox: Sequence[Offer]) -> tuple[float, float]:
        """USD bn that a seat puts up at signature, escrow and payments, and political capital, if it is signed."""
        s, capital = self.model.scenario, 0.0
        if isinstance(words, Propose):
            offers, capital = [words], pacts.signing_capital(s, s.place_axis.at(seat))
        elif isinstance(words, Motion):
            return 0.0, self._motion_capital(seat, words)
        elif isinstance(words, Vote):
            return 0.0, 0.0
        else:
            offers = [offer.proposal for offer in inbox if words.accept and offer.name == words.offer]
        paid = [float(c.quantity) for o in offers for c in o.clauses if c.kind == "payment" and c.giver == seat]
        return sum(offer.escrow for offer in offers) + sum(paid), capital


def refused_news(quarter: int, outcomes: Sequence[Outcome], people: Collection[str], s: Scenario) -> list[Dispatch]:
    """Who refused what people proposed, and why."""
    return [
        Dispatch(
            quarter, "contract",
            f"{capitalised(_name(s, code))} refuses what {_name(s, each.sender)} proposed: "
            f"{proposal_words(each.proposal, s)}.",
            (code, each.sender), weight=2, reasons=each.why.get(code, ()),
        )
        for each in outcomes if each.sender in people for code in each.refused
    ]  # fmt: skip


def _name(s: Scenario, code: str) -> str:
    return in_sentence(s.texts.names[s.place_axis.at(code)])


def dropped_news(quarter: int, seat: str, order: Order, reason: str) -> Dispatch:
    """That an order given before the talks were over can no longer be carried."""
    text = f"An order given before the talks cannot be carried now: {order.kind.replace('_', ' ')}."
    return Dispatch(quarter, "politics", text, (seat,), weight=3, reasons=(reason,))


def same_matter(one: object, other: object) -> bool:
    """Whether both are answers to one offer, or votes on one motion."""
    if isinstance(one, Vote):
        return isinstance(other, Vote) and other.motion == one.motion
    return isinstance(one, Answer) and isinstance(other, Answer) and other.offer == one.offer


def _each(said: Said, kind: tuple[type[Words], ...]) -> list[tuple[str, Words]]:
    return [(seat, words) for seat, spoken in said.items() for words in spoken if isinstance(words, kind)]
