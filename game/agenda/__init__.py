"""The agenda: five decisions worth taking this quarter, each with why, its worth and until when (rules.md R14).

What lies before the seat (offers, votes, events, contracts that end) is known at once; what it might order is tried in
possible worlds, which takes a second: `Trial` does that, in any thread.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from game.agenda.assembly import vote_cards
from game.agenda.cards import EPSILON, KINDS, MOST, OF_A_KIND, Card, matters, proposed
from game.agenda.events import event_cards
from game.agenda.gains import Gain, whole_game
from game.agenda.orders import Trial, order_cards
from game.agenda.talks import offer_cards, proposal_cards, renewal_cards
from game.match import Match

__all__ = ["EPSILON", "KINDS", "MOST", "OF_A_KIND", "Card", "Gain", "Trial", "agenda", "matters", "proposed", "waiting"]


def waiting(match: Match, seat: str) -> tuple[Card, ...]:
    """What lies before the seat and asks for an answer, all of it."""
    sources = (offer_cards, vote_cards, event_cards, renewal_cards, proposal_cards)
    # Worths of clauses and votes are added up over quarters; a card tells of the score at the end.
    unit = 1.0 / whole_game(match.scenario)
    return tuple(replace(card, worth=card.worth * unit) for source in sources for card in source(match, seat))


def agenda(
    match: Match, seat: str, trial: Trial | None = None, gained: Mapping[str, Gain] | None = None
) -> tuple[Card, ...]:
    """The five cards proposed: of what waits, and of the orders that were tried; tries them if nobody did."""
    if trial is None:
        trial = Trial(match, seat)
        gained = trial.run()
    return proposed((*waiting(match, seat), *order_cards(match, seat, trial, gained or {})))
