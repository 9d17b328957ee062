"""What strategies weighed: of each seat the choices that were worth most to it, with what it passed over; and what a
steady hand would have ordered in the seat of a person."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from agents.alternatives import Alternative, alternatives
from agents.faults import StrategyError, deciding
from agents.model import ChipRace
from agents.strategies import Strategy, find
from game.core.diplomacy import ROUNDS
from game.core.scenario import Scenario
from game.debrief.records import Decision
from game.explain.order_words import order_words
from game.rules.talks import Talks

#: Choices told of a seat over a game, what it passed over that is told of each, and orders of the steady hand.
TOLD, PASSED, ADVISED = 4, 3, 3
REFERENCE = "steady"


@dataclass(slots=True)
class Choices:
    """Notes what is weighed as a game is played again.

    Parameters
    ----------
    race : in which it is.
    then : told of each round of talks, before it is looked at.
    """

    race: ChipRace
    then: Callable[[Talks], None] = lambda talks: None
    made: dict[str, list[Decision]] = field(default_factory=dict)
    advice: dict[tuple[int, str], tuple[str, ...]] = field(default_factory=dict)
    """by quarter and seat of a person"""

    def heard(self, talks: Talks) -> None:
        """Ask strategies what they weigh, when the talks of a quarter are over: orders come next."""
        self.then(talks)
        if talks.round < ROUNDS:
            return
        race, quarter = self.race, talks.world.quarter
        for code, nation in race.nations.items():
            strategy = nation.strategy
            ranked = self._ranked(code, strategy or find(REFERENCE))
            if strategy is None:
                given = [each for each in ranked if each.given][:ADVISED]
                self.advice[quarter, code] = tuple(_shown(each, race.scenario) for each in given)
            else:
                self.made.setdefault(code, []).extend(_decision(quarter, code, ranked, race.scenario))

    def _ranked(self, code: str, strategy: Strategy) -> list[Alternative]:
        """What a strategy weighed for a seat, where it tells and does not take long to; nothing if it fails."""
        if not hasattr(strategy, "alternatives") or takes_long(strategy):
            return []
        try:
            with deciding(strategy, [code]):
                weighed = alternatives(self.race.world, self.race.book, code, strategy)
        except StrategyError:  # a strategy that cannot tell why is no reason to tell nothing of the game
            return []
        return [each for each in weighed if each.order is not None and each.value == each.value]

    def most_telling(self) -> list[Decision]:
        """Of each seat the choices of most worth, each matter once, in order of time."""
        chosen: list[Decision] = []
        for decisions in self.made.values():
            seen: set[str] = set()
            for decision in sorted(decisions, key=lambda d: (-(d.worth or 0.0), d.quarter)):
                if decision.text not in seen and len(seen) < TOLD:
                    seen.add(decision.text)
                    chosen.append(decision)
        return sorted(chosen, key=lambda d: d.quarter)


def takes_long(strategy: object) -> bool:
    """Whether a strategy searches by playing on, as the planners do: it is not asked again world by world."""
    return hasattr(strategy, "budget")


def _decision(quarter: int, code: str, ranked: Sequence[Alternative], s: Scenario) -> list[Decision]:
    """The best of what a seat ordered, with what it passed over of the same matter; none if it ordered nothing."""
    given = [each for each in ranked if each.given]
    if not given or given[0].order is None:
        return []
    best = given[0]
    passed = [each for each in ranked if not each.given and each.matter == best.matter][:PASSED]
    return [
        Decision(
            quarter, code, "order", order_words(given[0].order, s),
            tuple(f"{name.replace('_', ' ')} {points:+.2g}" for name, points in best.terms if points),
            tuple(_shown(each, s) for each in passed), worth=best.value,
        )
    ]  # fmt: skip


def _shown(each: Alternative, s: Scenario) -> str:
    return f"{order_words(each.order, s)} {each.value:+.2g}" if each.order is not None else "nothing"
