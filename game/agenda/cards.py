"""Cards of the agenda: a decision worth taking now, why, and until when; and which five are proposed (rules.md R14)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from game.core.orders import Order

KINDS = ("chips", "minerals", "diplomacy", "treasury", "security")
#: Cards proposed in a quarter, and those of one kind among them.
MOST, OF_A_KIND = 5, 2
#: Points of the final score below which a decision is not worth stopping for.
EPSILON = 0.02
#: Points below which a card is no card.
SLIGHT = 0.005
#: How much more a card counts that can be played in this quarter alone, and in this or the next.
LAST_CALL, NEXT_CALL = 1.5, 1.2


@dataclass(frozen=True, slots=True)
class Card:
    """A decision.

    Parameters
    ----------
    key : stays the same from quarter to quarter, as long as it is the same matter.
    kind : one of `KINDS`.
    title : what it is about, in a few words.
    act : what is to be done: 'Accept', 'Fund', 'Answer'.
    worth : points of the score at the end of the game that it is forecast to gain over doing nothing.
    why : the reasons, weightiest first, in words.
    left : quarters in which it can still be done after this one; None without an end.
    order : the order or words that do it, as it is proposed.
    place : code of the other place concerned; empty for none.
    goods : codes of goods that it is about.
    """

    key: str
    kind: str
    title: str
    act: str
    worth: float
    why: tuple[str, ...] = ()
    left: int | None = None
    order: Order | None = None
    place: str = ""
    goods: tuple[str, ...] = ()

    @property
    def pressing(self) -> float:
        """Its worth, and more the nearer its deadline."""
        if self.left is None or self.left > 1:
            return self.worth
        return self.worth * (LAST_CALL if self.left <= 0 else NEXT_CALL)


def proposed(cards: Iterable[Card], most: int = MOST) -> tuple[Card, ...]:
    """The cards proposed: highest gain first, nearest deadline, at most two of a kind and one of a matter."""
    found: list[Card] = []
    for card in sorted(cards, key=lambda each: (-each.pressing, each.key)):
        alike = sum(other.kind == card.kind for other in found)
        if card.worth >= SLIGHT and alike < OF_A_KIND and all(other.key != card.key for other in found):
            found.append(card)
        if len(found) == most:
            break
    return tuple(found)


def matters(cards: Iterable[Card]) -> bool:
    """Whether one of the cards is worth stopping for."""
    return any(card.worth > EPSILON for card in cards)
