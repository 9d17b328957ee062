"""Every kind of order by the word that files, logs and saves call it: what is sealed, and what is said in talks.

New kinds are entered here; their records stand in `orders.py` and `diplomacy.py`.
"""

from __future__ import annotations

from typing import Any

from game.core.diplomacy import (
    Answer,
    Audit,
    Bluff,
    Break,
    Campaign,
    Clause,
    Declare,
    FoundBloc,
    LeaveBloc,
    Motion,
    Propose,
    SafetyStandard,
    Spy,
    Summit,
    Vote,
    Words,
)
from game.core.errors import PaxError
from game.core.orders import KINDS, Order

#: Orders that are sealed with the rest of a quarter, after the talks.
SEALED: dict[str, type[Order]] = {
    **KINDS,
    **{kind.kind: kind for kind in (Break, LeaveBloc, FoundBloc)},
    **{kind.kind: kind for kind in (Declare, Spy, Audit, Campaign, SafetyStandard, Summit, Bluff)},
}
#: What seats say in the rounds of talks that begin a quarter.
SPOKEN: dict[str, type[Words]] = {kind.kind: kind for kind in (Propose, Answer, Motion, Vote)}
#: Both.
ALL_KINDS: dict[str, type[Order]] = {**SEALED, **SPOKEN}


def order_from(record: dict[str, Any]) -> Order:
    """The order that `as_record` made a plain mapping of. Raises PaxError for a kind that there is not."""
    arguments = dict(record)
    kind = arguments.pop("order")
    if kind not in ALL_KINDS:
        raise PaxError(f"unknown order '{kind}' in the log")
    if "clauses" in arguments:
        arguments["clauses"] = [Clause(**clause) for clause in arguments["clauses"]]
    return ALL_KINDS[kind](**{k: tuple(v) if isinstance(v, list) else v for k, v in arguments.items()})
