"""Why contracts were broken, and what it would cost to break one: recomputed from the worlds, term by term.

The rules keep of a breach who broke and against which kind of clause (`contracts.cause`); what the rest of the contract
was worth to the breaker follows from the world before it.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from game.core.clauses import CAUSES
from game.core.diplomacy import Propose
from game.core.names import LEVELS
from game.core.orders import Order, no_orders
from game.core.scenario import Scenario
from game.core.world import World
from game.explain.clauses import CLASS_NAMES, LEVEL_TITLES, clause_words, dollars
from game.explain.deals import PartyWorth, parties_of, worth_of
from game.explain.words import GOOD_NAMES, in_sentence, listed
from game.rules import breaches, law, pacts
from game.rules.happened import contract_at
from game.rules.offers import LONGEST
from game.rules.tables import Tables

#: What was done against each kind of clause, in words; `{subject}` and `{level}` where the clause has them.
ACTS = {
    "notice": "gave notice",
    "restrain": "tightened its controls on {subject} beyond {level}, to which it had promised to keep them",
    "match": "set its controls on {subject} looser than those it had promised to match",
    "supply": "stopped {subject} that was promised",
    "priority": "stopped {subject} for which a place in the queue was promised",
    "compute": "stopped rented compute that was promised",
    "visa": "kept its engineers from places that were promised to them",
    "guarantee": "set controls on a place whose security it guarantees",
}
#: The same, where it was the taker of the clause who acted against it.
TAKER_ACTS = {
    "supply": "refused {subject} that it had signed for",
    "priority": "refused {subject} for which it had been promised a place in the queue",
}


@dataclass(frozen=True, slots=True)
class BreachPrice:
    """What it costs a seat to break one contract.

    Parameters
    ----------
    contract : its number.
    others : codes of the other parties.
    act : what would break it, in words.
    escrow : USD bn lost.
    approval : share of approval at home lost.
    victims, witnesses : share of the other parties' trust, and of everybody else's, that is lost.
    worth : points that the rest of the contract would have brought the seat.
    returns : clauses whose givers take back what they gave up.
    """

    contract: int
    others: tuple[str, ...]
    act: str
    escrow: float
    approval: float
    victims: float
    witnesses: float
    worth: float
    returns: tuple[str, ...]

    @property
    def words(self) -> str:
        """One sentence for a tooltip or a refusal."""
        money = f"{dollars(self.escrow)} of escrow, " if self.escrow > 0 else ""
        back = f"; no longer bound: {listed(list(self.returns), 2)}" if self.returns else ""
        return (
            f"This breaks contract {self.contract}: it costs {money}{self.victims:.0%} of the other parties' trust, "
            f"{self.witnesses:.0%} of everybody's, {self.approval * 100:.0f} points of approval{back}."
        )


def would_break(world: World, s: Scenario, t: Tables, seat: int, order: Order) -> list[BreachPrice]:
    """Contracts that an order of a seat would break, and their price, in the first world; empty for most orders.

    Raises
    ------
    PaxError
        If the order names what does not exist.
    """
    if not (world.contracts.status[:, 0] == pacts.IN_FORCE).any():
        return []
    ruling = law.ruling(law.Case(world, s, t, seat), order)
    orders = no_orders(len(s.place_axis), len(s.lines.axis), len(s.suppliers.axis), world.worlds)
    ruling.enter(orders, np.ones(world.worlds, dtype=bool))
    acts = breaches.acts(world, s, orders, seat)
    if acts is None:
        return []
    first = dict.fromkeys(acts.slot[acts.world == 0].tolist())
    return [price_of(world, s, t, seat, slot, int(acts.cause[acts.slot == slot][0])) for slot in first]


def price_of(world: World, s: Scenario, t: Tables, seat: int, slot: int, cause: int = breaches.NOTICE) -> BreachPrice:
    """What it would cost a seat to break the contract in a row of the table, in the first world."""
    contract = contract_at(world, s, slot)
    code = s.place_axis.names[seat]
    mine = [p.points for p in left_worth(world, s, t, slot) if p.party == code]
    back = contract.snap_back
    restraints = [c for c in contract.clauses if c.kind == "restrain" and c.giver != code] if back else []
    return BreachPrice(
        contract=contract.number,
        others=tuple(party for party in contract.parties if party != code),
        act=act_words(world, s, slot, cause, seat),
        escrow=contract.escrow,
        approval=pacts.BREACH_APPROVAL,
        victims=min(pacts.VICTIM_TRUST + pacts.WITNESS_TRUST, 1.0),
        witnesses=pacts.WITNESS_TRUST,
        worth=sum(mine),
        returns=tuple(clause_words(clause, s).rstrip(".") for clause in restraints),
    )


def left_worth(world: World, s: Scenario, t: Tables, slot: int) -> list[PartyWorth]:
    """What the rest of a contract is worth to each party, in the first world."""
    contract = contract_at(world, s, slot)
    left = int(np.clip(contract.until - world.quarter + 1, 1, LONGEST))
    rest = Propose(contract.parties, contract.clauses, left, contract.escrow, contract.snap_back, contract.verifier)
    return parties_of(worth_of(rest, world, s, t))


def act_words(world: World, s: Scenario, slot: int, cause: int, who: int, w: int = 0) -> str:
    """What a place did against a contract, in words: the clause of the kind acted against names what it is about."""
    name = CAUSES.names[max(cause, 0)]
    words = ACTS.get(name, "acted against it")
    if name == "notice":
        return words
    code = s.place_axis.names[who]
    asked = [c for c in contract_at(world, s, slot, w).clauses if c.kind == name and code in (c.giver, c.taker)]
    # Its own promise, before one of which it has the good.
    for clause in sorted(asked, key=lambda c: c.giver != code)[:1]:
        words = words if clause.giver == code else TAKER_ACTS.get(name, words)
        subject = clause.subject or ""
        level = LEVEL_TITLES[LEVELS.names[min(int(float(clause.quantity)), len(LEVELS) - 1)]]
        return words.format(subject=CLASS_NAMES.get(subject, GOOD_NAMES.get(subject, subject)), level=level)
    return words.format(subject="what it was about", level="what it had promised")


def breach_reasons(before: World, after: World, s: Scenario, t: Tables, slot: int) -> tuple[str, ...]:
    """Why the contract in a row was broken between two worlds a quarter apart: the act, and what the rest was worth.

    The world before may be that of before the talks, in which the row held no contract yet: then the act alone is told.
    """
    breaker = int(after.contracts.breaker[slot, 0])
    if breaker < 0:
        return ()
    who = in_sentence(s.texts.names[breaker])
    told = [f"{who} {act_words(after, s, slot, int(after.contracts.cause[slot, 0]), breaker)}"]
    if before.contracts.number[slot, 0] == after.contracts.number[slot, 0]:
        code = s.place_axis.names[breaker]
        for party in left_worth(before, s, t, slot):
            if party.party == code:
                ranked = "; ".join(party.reasons[:2])
                told.append(f"the rest of it was worth {party.points:+.2f} points to it ({ranked})")
    return tuple(told)
