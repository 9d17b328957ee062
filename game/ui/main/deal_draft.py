"""A proposal as it is being put together: what the builder's form stands for."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from game.core.clauses import CLAUSE_KINDS, CLAUSES, ClauseKind
from game.core.diplomacy import Clause, Propose


@dataclass(frozen=True, slots=True)
class Part:
    """A clause of the draft; `mine` says whether the player gives.

    Attributes
    ----------
    third : bool
        Whether it is with the third party of the draft, and not with the partner.
    between : bool
        Whether it is between the two others: who it is with gives to the other of them.
    kind : str
        One of `CLAUSES`.
    subject, target : str or None
        Names, where the kind has them.
    quantity, price : float
        In units of the kind.
    """

    kind: str
    mine: bool
    subject: str | None = None
    target: str | None = None
    quantity: float = 0.0
    price: float = 0.0
    third: bool = False
    between: bool = False

    @property
    def spec(self) -> ClauseKind:
        """The kind with its ranges."""
        return CLAUSE_KINDS[CLAUSES.at(self.kind)]

    def clause(self, me: str, partner: str) -> Clause:
        """As a record between two places."""
        giver, taker = (me, partner) if self.mine else (partner, me)
        return Clause(self.kind, giver, taker, self.subject, self.target, self.quantity, self.price)


@dataclass(slots=True)
class Draft:
    """What the builder holds: a contract between the player's seat and one partner, or two.

    Attributes
    ----------
    partner : str
        Code of the other party.
    third : str
        Code of a third party, which signs too; empty for none.
    parts : list of Part
        The clauses.
    chosen : int
        Position of the clause whose form is open; -1 for none.
    answers : str
        Name of the offer that this counters; empty for a proposal of the player's own.
    replaces : Propose or None
        The proposal of this round that the draft was opened from; it is taken back when the draft is sent.
    """

    partner: str
    parts: list[Part] = field(default_factory=list)
    quarters: int = 8
    escrow: float = 0.0
    snap_back: bool = False
    verifier: str | None = None
    chosen: int = -1
    answers: str = ""
    replaces: Propose | None = None
    third: str = ""

    def other(self, part: Part) -> str:
        """Code of the party that a clause is with."""
        return self.third if part.third and self.third else self.partner

    def whom(self, part: Part, me: str) -> str:
        """Code of whom the party that a clause is with deals with: the player, or the other of the two others."""
        if not part.between:
            return me
        return self.partner if part.third else self.third

    def clause(self, part: Part, me: str) -> Clause:
        """A clause as a record."""
        return part.clause(self.whom(part, me), self.other(part))

    def proposal(self, me: str) -> Propose:
        """The record that is sent."""
        clauses = tuple(self.clause(part, me) for part in self.parts)
        parties = (me, self.partner, *((self.third,) if self.third else ()))
        return Propose(parties, clauses, self.quarters, self.escrow, self.snap_back, self.verifier)

    def change(self, position: int, **fields: object) -> None:
        """Set fields of one clause."""
        self.parts[position] = replace(self.parts[position], **fields)  # type: ignore[arg-type]  # checked by callers

    def remove(self, position: int) -> None:
        """Take a clause out."""
        del self.parts[position]
        self.chosen = -1

    def positions(self, mine: bool) -> list[int]:
        """Positions of the clauses that the player gives, or gets."""
        return [n for n, part in enumerate(self.parts) if part.mine == mine]


def draft_of(proposal: Propose, me: str, partner: str) -> Draft:
    """A draft filled in from a proposal: clauses with the partner, with a third party, and between these two.

    Parties beyond the third are left out.
    """
    third = next((code for code in proposal.parties if code not in (me, partner)), "")
    parts = [_part(c, me, third) for c in proposal.clauses if {c.giver, c.taker} <= {me, partner, third}]
    return Draft(partner, parts, proposal.quarters, proposal.escrow, proposal.snap_back, proposal.verifier, third=third)


def _part(clause: Clause, me: str, third: str) -> Part:
    between = me not in (clause.giver, clause.taker)
    with_third = clause.giver == third if between else third in (clause.giver, clause.taker)
    amounts = float(clause.quantity), float(clause.price)
    return Part(clause.kind, clause.giver == me, clause.subject, clause.target, *amounts, with_third, between)
