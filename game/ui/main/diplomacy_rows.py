"""Offers of the talks as rows of a list: what lies before the player, what waits to be sent, what became of it."""

from __future__ import annotations

from dataclasses import dataclass

from game.core.diplomacy import Propose
from game.match import Match
from game.parley import Offer, Outcome
from game.standing import SetAside
from game.ui import theme
from game.ui.main.context import PlayContext
from game.ui.main.order_words import count
from game.ui.theme import Colour


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the list: an offer to the player, a proposal of the player's, or what became of one.

    Attributes
    ----------
    key : str
        Stays the same while the round is open.
    other : str
        Code of the place it is with.
    """

    key: str
    other: str
    proposal: Propose
    offer: Offer | None = None
    outcome: Outcome | None = None
    aside: SetAside | None = None

    @property
    def own(self) -> bool:
        """Whether it is a proposal of the player's that waits to be sent."""
        return self.offer is None and self.outcome is None


def talk_rows(match: Match, seat: str, all_of: bool = False) -> list[Row]:
    """Offers first, then own proposals, then what became of those of closed rounds that concern the seat.

    Offers that are answered by standing instruction stand there with `all_of` alone.
    """
    shown, aside = match.sorted_out(seat)
    rows = [Row(f"offer {o.name}", o.sender, o.proposal, o) for o in shown]
    rows += [Row(f"offer {a.offer.name}", a.offer.sender, a.offer.proposal, a.offer, aside=a) for a in aside if all_of]
    rows += [Row(f"own {number}", other_of(own, seat), own) for number, own in enumerate(match.proposals(seat))]
    for each in reversed(match.outcomes):
        if seat in each.proposal.parties:
            other = each.sender if each.sender != seat else other_of(each.proposal, seat)
            rows.append(Row(f"past {each.proposal.round} {each.name}", other, each.proposal, None, each))
    return rows


def other_of(proposal: Propose, seat: str) -> str:
    """The party of a proposal that is named first and is not the seat."""
    return next((code for code in proposal.parties if code != seat), seat)


def state_words(play: PlayContext, row: Row) -> tuple[str, Colour]:
    """Where an offer stands, in a word, and its colour."""
    if row.outcome is not None:
        if row.outcome.signed:
            return "signed", theme.GOOD
        said_no = row.outcome.refused or row.outcome.silent
        return ("refused" if row.outcome.refused else "no answer") if said_no else "lapsed", theme.BAD
    if row.aside is not None:
        return ("taken for you", theme.GOOD) if row.aside.accept else ("refused for you", theme.TEXT_3)
    if row.offer is not None:
        return {True: ("accepted", theme.GOOD), False: ("refused", theme.BAD), None: ("open", theme.ACCENT)}[
            row.offer.answer
        ]
    return "to be sent", theme.TEXT_2


def round_words(match: Match, seat: str, number: int) -> tuple[str, str]:
    """What became of a round for a seat, for a note: the text and its kind."""
    mine = [o for o in match.outcomes if o.proposal.round == number and seat in o.proposal.parties]
    signed = sum(outcome.signed for outcome in mine)
    others = sum(o.signed for o in match.outcomes if o.proposal.round == number) - signed
    told = f"Round {number}: {count(signed, 'contract')} of yours signed"
    if len(mine) > signed:
        told += f", {len(mine) - signed} not"
    told += f"; {others} between others" if others else ""
    return f"{told}.", "good" if signed else "note"
