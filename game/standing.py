"""Offers that a person need not read: three are shown a round, the rest is answered by standing instruction (R14)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from game.core.diplomacy import INSTRUCTIONS, Answer, Words
from game.core.scenario import Scenario
from game.core.world import World
from game.explain.deals import parties_of, worth_of
from game.parley import Offer
from game.rules.tables import Tables

#: Offers shown to a person in a round.
SHOWN = 3
#: What is done with the others: refuse them all, or take those that gain the seat so many points.
WAYS = INSTRUCTIONS
REFUSE, TAKE = INSTRUCTIONS
TAKEN_FROM = 0.2


@dataclass(frozen=True, slots=True)
class SetAside:
    """An offer that is answered by standing instruction.

    Parameters
    ----------
    offer : as it lies before the seat.
    points : what it is worth to the seat.
    accept : the answer that it gets.
    reason : why, in words.
    """

    offer: Offer
    points: float
    accept: bool
    reason: str


class Standing:
    """What a seat has told its envoys to do with offers that it is not shown.

    Attributes
    ----------
    instruction : `REFUSE`, or `TAKE`.
    """

    def __init__(self) -> None:
        self.instruction = REFUSE

    def sorted_out(
        self, offers: Sequence[Offer], seat: str, world: World, s: Scenario, t: Tables
    ) -> tuple[tuple[Offer, ...], tuple[SetAside, ...]]:
        """The offers shown, and those set aside with their answers: what is worth most, or was answered, is shown."""
        if len(offers) <= SHOWN:
            return tuple(offers), ()
        points = {offer.name: _points(offer, seat, world, s, t) for offer in offers}
        ranked = sorted(offers, key=lambda each: (each.answer is None, -points[each.name]))
        first = ranked[: max(SHOWN, sum(each.answer is not None for each in offers))]
        names = {offer.name for offer in first}
        shown = tuple(offer for offer in offers if offer.name in names)
        least = min(points[each.name] for each in first)
        rest = (each for each in ranked if each.name not in names)
        return shown, tuple(self._answered(each, points[each.name], least) for each in rest)

    def _answered(self, offer: Offer, points: float, least: float) -> SetAside:
        if self.instruction == TAKE and points >= TAKEN_FROM:
            return SetAside(offer, points, True, f"worth {points:+.2f} to you, and you take what gains {TAKEN_FROM:g}")
        why = f"worth {points:+.2f} to you; what you were shown is worth {least:+.2f} or more"
        return SetAside(offer, points, False, why)


def answers(aside: Sequence[SetAside]) -> list[Words]:
    """What a seat's envoys say to offers that were set aside."""
    return [Answer(each.offer.name, accept=each.accept) for each in aside]


def _points(offer: Offer, seat: str, world: World, s: Scenario, t: Tables) -> float:
    return next((p.points for p in parties_of(worth_of(offer.proposal, world, s, t)) if p.party == seat), 0.0)
