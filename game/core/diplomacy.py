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
#: What envoys are told to do with offers that a person is not shown: refuse them, or take what gains much.
INSTRUCTIONS = ("refuse", "take")


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


#: What the motion of each act is about: the field that names it.
SUBJECTS: dict[str, str | None] = {
    "admit": None, "invite": "place", "expel": "place", "charter": "term", "voting": "rule",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Motion(Order):
    """Move in a bloc to `admit` the mover, `invite` or `expel` a place, set a `charter` term or the `voting` rule.

    `place`, `term` with `strength`, and `rule` are left out where the act does not have them.
    """

    kind: ClassVar[str] = "motion"
    bloc: str
    act: str
    place: str | None = None
    term: str | None = None
    strength: float = 0.0
    rule: str | None = None
    round: int = 1


@dataclass(frozen=True, slots=True)
class Vote(Order):
    """Vote on a motion of the round, which is called by the code of who moved it; an invited place says yes or no."""

    kind: ClassVar[str] = "vote"
    motion: str
    yes: bool = True
    round: int = 1


@dataclass(frozen=True, slots=True)
class LeaveBloc(Order):
    """Leave a bloc: members trust the leaver less, who counts in the race for four quarters yet."""

    kind: ClassVar[str] = "leave_bloc"
    bloc: str


@dataclass(frozen=True, slots=True)
class FoundBloc(Order):
    """Found a bloc that has no members; all who do so in one quarter found it together."""

    kind: ClassVar[str] = "found_bloc"
    bloc: str


@dataclass(frozen=True, slots=True)
class Break(Order):
    """Break a contract that the seat is party to: escrow is lost, everybody sees it."""

    kind: ClassVar[str] = "break"
    contract: int


# --- statecraft (game.md section 4): public words and quiet work, sealed with the orders of a quarter -----------------


@dataclass(frozen=True, slots=True)
class Declare(Order):
    """Declare that a class of goods will be controlled for a place unless it gives way; or take that back.

    An ultimatum is the same at a higher stake: not to carry it out costs more.
    """

    kind: ClassVar[str] = "declare"
    control_class: str
    target: str
    quarters: int = 4
    ultimatum: bool = False
    on: bool = True


@dataclass(frozen=True, slots=True)
class Spy(Order):
    """Intelligence on one rival: what is known of it narrows for about a year."""

    kind: ClassVar[str] = "intelligence"
    target: str


@dataclass(frozen=True, slots=True)
class Audit(Order):
    """A certification audit at home: more of what its chip plants make carries a certificate."""

    kind: ClassVar[str] = "audit"


@dataclass(frozen=True, slots=True)
class Campaign(Order):
    """A campaign at home, for approval or for the resolve to bear a quarrel."""

    kind: ClassVar[str] = "campaign"
    aim: str


@dataclass(frozen=True, slots=True)
class SafetyStandard(Order):
    """Write an AI-safety standard of one's own and work by it; or give it up. Others' are adopted by clauses."""

    kind: ClassVar[str] = "guardrails"
    on: bool = True


@dataclass(frozen=True, slots=True)
class Summit(Order):
    """A summit of friends about a rival, a communique without clauses: capital takes heart, the rival takes care."""

    kind: ClassVar[str] = "summit"
    target: str


@dataclass(frozen=True, slots=True)
class Bluff(Order):
    """Declare national stocks as larger than they are by this share; 0 tells the truth again."""

    kind: ClassVar[str] = "bluff"
    share: float


#: What is said in the rounds of talks.
Words = Propose | Answer | Motion | Vote
