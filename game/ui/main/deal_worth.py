"""What a deal is worth to each party, clause by clause, as the window shows it; the figures are `explain.deals`'."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass

from game.core.diplomacy import Propose
from game.explain.deals import TERM_WORDS, ClauseWorth, parties_of, worth_of
from game.explain.words import capitalised
from game.ui.kit import Term
from game.ui.main.context import PlayContext
from game.ui.main.deal_looks import signed_points, tone

SHOWN = 0.005
"""Points below which a term is not worth a line."""


@dataclass(frozen=True, slots=True)
class SideWorth:
    """What a deal is worth to one party, in points.

    Attributes
    ----------
    rows : tuple of ClauseWorth
        Of this party; the row of clause -1 is the contract itself.
    total : float
        All together.
    chance : float
        That it would sign, by this worth alone.
    own : bool
        Whether it is the player, whom words call 'you'.
    """

    rows: tuple[ClauseWorth, ...]
    total: float
    chance: float
    own: bool = False

    def points(self, clause: int) -> float:
        """What one clause is worth to it."""
        return sum(row.points for row in self.rows if row.clause == clause)

    def summed(self) -> list[tuple[str, float]]:
        """(words, points) of the terms of all clauses, the weightiest first."""
        whole: defaultdict[str, float] = defaultdict(float)
        for row in self.rows:
            for term in row.terms:
                whole[term.name] += term.points
        rows = [(term_words(name, value, self.own), value) for name, value in whole.items() if abs(value) >= SHOWN]
        return sorted(rows, key=lambda row: -abs(row[1]))

    def terms_of(self, clause: int) -> tuple[Term, ...]:
        """The terms of one clause as lines of a tip."""
        terms = [term for row in self.rows if row.clause == clause for term in row.terms]
        return tuple(
            Term(f"· {term_words(term.name, term.points, self.own)}", signed_points(term.points), tone(term.points))
            for term in terms
            if abs(term.points) >= SHOWN
        )

    def lines(self) -> tuple[Term, ...]:
        """All terms as lines of a tip."""
        return tuple(Term(name, signed_points(value), tone(value)) for name, value in self.summed())


@dataclass(frozen=True, slots=True)
class DealWorth:
    """A deal to the player's seat, to one other party, and to a third if there is one."""

    mine: SideWorth
    theirs: SideWorth
    third: SideWorth | None = None

    @property
    def chance(self) -> float:
        """That all the others would sign."""
        return self.theirs.chance * (self.third.chance if self.third else 1.0)


def term_words(name: str, points: float, own: bool = False) -> str:
    """A term as a person says it, as gain or as cost; the player is 'you'."""
    words = TERM_WORDS[name][points < 0.0]
    return capitalised(to_you(words) if own else words)


def to_you(words: str) -> str:
    """What is said of a place, said to the player: 'what it pays for its plants' as 'what you pay for your plants'."""
    words = re.sub(r"\bit (cannot|can|may)\b", r"you \1", words)
    words = re.sub(r"\bit (is|has)\b", lambda found: {"is": "you are", "has": "you have"}[found[1]], words)
    words = re.sub(r"(?<!keeping )\bit (\w+?)s\b", r"you \1", words)
    words = words.replace("controls on it", "controls on you").replace("itself", "yourself")
    return re.sub(r"\bits\b", "your", words)


def deal_worth(play: PlayContext, proposal: Propose, partner: str) -> DealWorth:
    """What a proposal is worth to the player's seat, to one other party and to a third; it need not be lawful."""
    match = play.match
    rows = worth_of(proposal, match.world, match.scenario, match.model.book.tables)
    whole = {party.party: party for party in parties_of(rows)}

    def side(code: str) -> SideWorth:
        party = whole.get(code)
        mine = tuple(row for row in rows if row.party == code)
        own = code == play.seat
        return SideWorth(mine, party.points, party.chance, own) if party else SideWorth(mine, 0.0, 0.0, own)

    others = [code for code in proposal.parties if code not in (play.seat, partner)]
    return DealWorth(side(play.seat), side(partner), side(others[0]) if others else None)
