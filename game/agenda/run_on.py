"""Playing on to the next decision: quarters without orders, until a card is worth stopping for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from game.agenda.cards import EPSILON, Card, proposed
from game.agenda.gains import Gain
from game.agenda.orders import Trial, order_cards
from game.explain import Dispatch
from game.match import Match

#: A card passed over stops the run again once it is worth so many times as much; quarters played at most.
GROWN, LONGEST = 2.0, 8


@dataclass(slots=True)
class Stop:
    """Where the run came to an end.

    Parameters
    ----------
    card : what stopped it; None where the game ended, or nothing came up for long.
    quarters : played.
    news : of all of them.
    trial, gained : what was tried for the quarter that is open now.
    """

    card: Card | None = None
    quarters: int = 0
    news: list[Dispatch] = field(default_factory=list)
    trial: Trial | None = None
    gained: Mapping[str, Gain] = field(default_factory=dict)

    @property
    def words(self) -> str:
        """Why it stopped, in a sentence."""
        played = f"{self.quarters} quarter{'' if self.quarters == 1 else 's'} played"
        return f"{played}: {self.card.title}." if self.card else f"{played}; nothing new came up."


def run_on(match: Match, seat: str, passed: Mapping[str, float], longest: int = LONGEST) -> Stop:
    """Play quarters until a card is worth more than `EPSILON` that was not passed over, and is not what it was then.

    Parameters
    ----------
    passed : worth by key of the cards that the player has seen and left.
    """
    from game.agenda import waiting

    stop = Stop()
    while not match.over and stop.quarters < longest:
        stop.news += match.end_quarter()
        stop.quarters += 1
        if match.over:
            break
        stop.trial = Trial(match, seat)
        stop.gained = stop.trial.run()
        cards = proposed((*waiting(match, seat), *order_cards(match, seat, stop.trial, stop.gained)))
        stop.card = new_matter(cards, passed)
        if stop.card is not None:
            break
    return stop


def new_matter(cards: Iterable[Card], passed: Mapping[str, float]) -> Card | None:
    """The first card worth stopping for."""
    for card in cards:
        if card.worth > EPSILON and card.worth > GROWN * passed.get(card.key, 0.0):
            return card
    return None
