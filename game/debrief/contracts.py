"""Contracts of a game: what was promised, kept and broken."""

from __future__ import annotations

from dataclasses import dataclass

from game.core.scenario import Scenario
from game.debrief.records import Promise
from game.explain.clauses import clause_words
from game.ledger import Entry, Ledger


@dataclass(frozen=True, slots=True)
class Kept:
    """How a seat stands by its word: contracts it signed, of which ran their course, stand, it broke, others broke."""

    seat: str
    signed: int
    expired: int
    in_force: int
    broke: int
    suffered: int


def promises_of(ledger: Ledger, s: Scenario, played: int) -> tuple[Promise, ...]:
    """Every contract of the first world, in order of signing; those of the opening first."""
    return tuple(_promise(entry, s, played) for entry in ledger.of_world(0))


def _promise(entry: Entry, s: Scenario, played: int) -> Promise:
    c = entry.contract
    return Promise(
        number=c.number,
        parties=c.parties,
        clauses=tuple(clause_words(clause, s).rstrip(".") for clause in c.clauses),
        signed=max(c.signed, 0),
        last=max(min(played - 1 if entry.ended is None else entry.ended, played - 1), 0),
        status=entry.status,
        proposer=c.proposer,
        breaker=entry.breaker,
        reason=entry.reason,
        name=c.name,
    )


def kept_by(promises: tuple[Promise, ...], seats: tuple[str, ...]) -> tuple[Kept, ...]:
    """For each seat, what became of the contracts that it is party of."""
    rows = []
    for seat in seats:
        mine = [promise for promise in promises if seat in promise.parties]
        rows.append(
            Kept(
                seat=seat,
                signed=sum(not p.at_opening for p in mine),
                expired=sum(p.status == "expired" for p in mine),
                in_force=sum(p.status == "in_force" for p in mine),
                broke=sum(p.status == "broken" and p.breaker == seat for p in mine),
                suffered=sum(p.status == "broken" and p.breaker != seat for p in mine),
            )
        )
    return tuple(rows)
