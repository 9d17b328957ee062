"""Cards of the talks: offers that are worth accepting, contracts that end and are worth signing again, and new ones."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import numpy as np

from agents.alternatives import weighed_proposals
from agents.strategies import find
from game.agenda.cards import Card
from game.core.diplomacy import PROPOSALS, Answer, Clause, Propose
from game.explain.clauses import proposal_words
from game.explain.deals import ClauseWorth, PartyWorth, parties_of, worth_of
from game.explain.words import capitalised, in_sentence
from game.match import Match
from game.rules import pacts
from game.rules.happened import Contract, contract_at

#: Whose proposals are weighed, and how many; what of their worth is the seat's own affair.
ENVOY, WEIGHED, OWN = "steady", 4, "objective_and_mandate"
#: A contract is offered anew from this many quarters before it ends; no chance below this is proposed.
RENEW_FROM, LIKELY = 1, 0.5
#: Reasons that a card names; the points at the end of one.
REASONS = 3
FIGURE = re.compile(r" [+−-][0-9.]+$")


def offer_cards(match: Match, seat: str) -> Iterator[Card]:
    """Offers that lie before the seat without an answer and are worth accepting."""
    s = match.scenario
    for offer in match.sorted_out(seat)[0]:
        mine = _mine(_worth(match, offer.proposal), seat)
        if offer.answer is None and mine is not None and mine.points > 0.0:
            name = s.texts.names[s.place_axis.at(offer.sender)]
            yield Card(
                _matter(offer.sender, offer.proposal), "diplomacy", f"{name}: {proposal_words(offer.proposal, s, 1)}",
                "Accept", mine.points, reasons(mine), 0, Answer(offer.name, accept=True), offer.sender,
            )  # fmt: skip


def proposal_cards(match: Match, seat: str) -> Iterator[Card]:
    """New contracts that a steady envoy would propose in the seat's place, and that the other may well sign."""
    s, room = match.scenario, PROPOSALS - len(match.proposals(seat))
    if not match.round or room <= 0:
        return
    known = {_about(sent.parties, sent.clauses) for sent in match.proposals(seat)}
    known |= {_about(signed.parties, signed.clauses) for signed in contracts_of(match, seat)}
    for each in weighed_proposals(match.world, match.model.book, seat, find(ENVOY), most=WEIGHED):
        proposal = each.order
        if not isinstance(proposal, Propose) or each.value <= 0.0:
            continue
        if _about(proposal.parties, proposal.clauses) in known:
            continue
        rows = parties_of(_worth(match, proposal))
        mine = next((party for party in rows if party.party == seat), None)
        likely = min((party.chance for party in rows if party.party != seat), default=0.0)
        if mine is None or likely < LIKELY or not match.test(seat, proposal).accepted:
            continue
        other = next(code for code in proposal.parties if code != seat)
        title = f"Propose to {in_sentence(s.texts.names[s.place_axis.at(other)])}: {proposal_words(proposal, s, 1)}"
        own = next((points for name, points in each.terms if name == OWN), 0.0)
        wish = ("Your objective and mandate",) if own > 0.0 else ()
        yield Card(
            f"propose {other} {proposal.clauses[0].kind}", "diplomacy", title, "Propose", each.value * likely,
            (*wish, *reasons(mine)), 0, proposal, other,
        )  # fmt: skip


def renewal_cards(match: Match, seat: str) -> Iterator[Card]:
    """Contracts of the seat that end soon, and would gain both sides again."""
    s, world = match.scenario, match.world
    if not match.round:
        return
    standing = contracts_of(match, seat)
    for contract in standing:
        left = contract.until - world.quarter
        if not 0 <= left <= RENEW_FROM or contract.proposer is None:
            continue
        proposal = _anew(contract, seat)
        if _renewed(match, seat, contract, standing) or not match.test(seat, proposal).accepted:
            continue
        rows = parties_of(_worth(match, proposal))
        mine = next((party for party in rows if party.party == seat), None)
        likely = min((party.chance for party in rows if party.party != seat), default=0.0)
        if mine is None or mine.points <= 0.0 or likely < LIKELY:
            continue
        other = next(code for code in contract.parties if code != seat)
        name = s.texts.names[s.place_axis.at(other)]
        title = f"Renew with {in_sentence(name)}: {proposal_words(proposal, s, 1)}"
        yield Card(
            f"renew {contract.number}", "diplomacy", title, "Propose", mine.points * likely, reasons(mine), left,
            proposal, other,
        )  # fmt: skip


def _renewed(match: Match, seat: str, contract: Contract, standing: Sequence[Contract]) -> bool:
    """Whether the same was signed for longer, proposed in this round, or lies before the seat as an offer."""
    about = _about(contract.parties, contract.clauses)
    longer = any(other.until > contract.until and _about(other.parties, other.clauses) == about for other in standing)
    offered = [*match.proposals(seat), *(offer.proposal for offer in match.inbox(seat))]
    return longer or any(_about(other.parties, other.clauses) == about for other in offered)


def _about(parties: Sequence[str], clauses: Sequence[Clause]) -> tuple[frozenset[str], frozenset[object]]:
    """Who promises whom what, whatever the amounts."""
    return frozenset(parties), frozenset((c.kind, c.giver, c.taker, c.subject, c.target) for c in clauses)


def contracts_of(match: Match, seat: str) -> list[Contract]:
    """Contracts in force of the seat."""
    return [contract for _, contract in in_force(match, seat)]


def in_force(match: Match, seat: str) -> list[tuple[int, Contract]]:
    """The same, each with its row in the table of contracts."""
    world, n = match.world, match.scenario.place_axis.at(seat)
    slots = np.flatnonzero((world.contracts.status[:, 0] == pacts.IN_FORCE) & (world.contracts.party[:, n, 0] > 0))
    return [(int(slot), contract_at(world, match.scenario, int(slot))) for slot in slots]


def _anew(contract: Contract, seat: str) -> Propose:
    others = tuple(code for code in contract.parties if code != seat)
    quarters = max(1, contract.until - contract.signed + 1)
    return Propose((seat, *others), contract.clauses, quarters, contract.escrow, contract.snap_back, contract.verifier)


def _matter(sender: str, proposal: Propose) -> str:
    """The same for offers of one sender about the same things, whatever the figures."""
    about = sorted({f"{clause.kind} {clause.subject or ''}" for clause in proposal.clauses})
    return f"offer {sender} {', '.join(about)}"


def _worth(match: Match, proposal: Propose) -> list[ClauseWorth]:
    return worth_of(proposal, match.world, match.scenario, match.model.book.tables)


def _mine(rows: list[ClauseWorth], seat: str) -> PartyWorth | None:
    return next((party for party in parties_of(rows, REASONS) if party.party == seat), None)


def reasons(party: PartyWorth) -> tuple[str, ...]:
    """Why a contract is worth what it is, as sentences begin; without points, which a card tells in another unit."""
    return tuple(capitalised(FIGURE.sub("", text)) for text in party.reasons[:REASONS])
