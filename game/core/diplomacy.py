"""What seats say to one another: proposals, answers, breaches, as typed records.

People, strategies, bots, files and classrooms share them. A quarter has two rounds of proposals and answers before
orders are sealed; `round` says in which a proposal or an answer is given.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from game.core.orders import Amount, Order

#: Rounds of proposal and answer in a quarter, and proposals that a seat may send in each.
ROUNDS, PROPOSALS = 2, 2


@dataclass(frozen=True, slots=True)
class Clause:
    """One promise of a giver to a taker; the fields a kind does not have are left out (`core/clauses.py`)."""

    kind: str
    giver: str
    taker: str
    subject: str | None = None
    target: str | None = None
    quantity: Amount = 0.0
    price: Amount = 0.0


@dataclass(frozen=True, slots=True)
class Propose(Order):
    """Propose a contract to one or more places; it is signed when all of them accept."""

    kind: ClassVar[str] = "propose"
    parties: tuple[str, ...]
    clauses: tuple[Clause, ...]
    quarters: int = 8
    escrow: float = 0.0
    snap_back: bool = False
    verifier: str | None = None
    round: int = 1


@dataclass(frozen=True, slots=True)
class Answer(Order):
    """Accept or refuse an offer of the round; `offer` is the sender and which of its two it is: 'AUS/1'."""

    kind: ClassVar[str] = "answer"
    offer: str
    accept: bool = True
    round: int = 1


@dataclass(frozen=True, slots=True)
class Break(Order):
    """Break a contract that the seat is party to: escrow is lost, everybody sees it."""

    kind: ClassVar[str] = "break"
    contract: int
