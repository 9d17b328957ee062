"""Contracts of a game: what was promised, kept and broken."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from game.core.diplomacy import Clause
from game.core.scenario import Scenario
from game.debrief.records import Promise
from game.explain.clauses import clause_words, kind_of
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
        owed=owed_by(entry.breaker, c.clauses, s) if entry.breaker else (),
    )


#: Clauses in which it is the taker who does something.
_TAKER_DOES = ("guardrails",)
#: Clauses that pay for the others: told last.
_PAID = ("money", "payment")


def owed_by(code: str, clauses: Sequence[Clause], s: Scenario) -> tuple[str, ...]:
    """What a contract asked of a party: its own promises, what both do, then what it pays; where it was to do nothing
    but take what others give, all that the contract says."""
    found: list[tuple[int, str]] = []
    for clause in clauses:
        own = clause.taker if clause.kind in _TAKER_DOES else clause.giver
        mutual = kind_of(clause).mutual and code in (clause.giver, clause.taker)
        if own == code or mutual:
            rank = 2 if clause.kind in _PAID else 1 if mutual else 0
            found.append((rank, clause_words(clause, s).rstrip(".")))
    if found:
        return tuple(words for _, words in sorted(found, key=lambda row: row[0]))
    first, *rest = (clause_words(clause, s).rstrip(".") for clause in clauses)
    return f"the contract says: {first}", *rest


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
