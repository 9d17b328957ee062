"""The kinds of clause that contracts are made of (game.md section 5): what each promises, in which units, within what.

A clause binds a giver to a taker. One entry here declares a kind; what it does stands with its subject in the rules,
and what it is worth in `rules/worth.py`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from game.core.names import CLASSES, GOODS, LEVELS, TRACKS, Axis

#: What the subject of a clause names: a good, a control class, a research track, a foundry line, or nothing.
Subject = Literal["good", "class", "track", "line", "none"]


@dataclass(frozen=True, slots=True)
class ClauseKind:
    """One kind of clause.

    Parameters
    ----------
    name : as files and orders call it.
    words : a sentence with `{giver}`, `{taker}`, `{subject}`, `{target}`, `{quantity}`, `{price}`.
    subject : what its subject names.
    target : whether it names a third place.
    quantity, price : (unit, least, most); None where the kind has none.
    mutual : whether what the giver does for the taker the taker does for the giver too.
    once : whether a second between the same two about the same adds nothing: while one runs on, no other is made.
    """

    name: str
    words: str
    subject: Subject = "none"
    target: bool = False
    quantity: tuple[str, float, float] | None = None
    price: tuple[str, float, float] | None = None
    mutual: bool = False
    once: bool = False


_MONEY = ("USD bn a quarter", 0.001, 200.0)
CLAUSE_KINDS: tuple[ClauseKind, ...] = (
    ClauseKind(
        "supply", "{giver} ships {taker} {quantity} of {subject} a quarter, first and at {price} of the market price",
        "good", quantity=("units of the good a quarter", 1e-6, 1e9), price=("ratio to the outside price", 0.25, 4.0),
    ),
    ClauseKind(
        "priority", "{giver} serves {taker} first with {quantity} of what it sells abroad of {subject}",
        "good", quantity=("share of the giver's sales abroad", 0.01, 0.4),
    ),
    ClauseKind(
        "stockpile", "{giver} releases up to {quantity} of {subject} a quarter from its stock when {taker} is short",
        "good", quantity=("units of the good a quarter", 1e-6, 1e9),
    ),
    ClauseKind("procurement", "{giver} and {taker} buy {subject} for their stocks together", "good", mutual=True,
               once=True),
    ClauseKind("match", "{giver} matches {taker}'s controls on {subject} against {target}", "class", target=True,
               once=True),
    ClauseKind(
        "no_reexport", "{giver} stops {quantity} of what leaks through it of {subject} that {taker} controls",
        "class", quantity=("share of leaks stopped", 0.05, 1.0),
    ),
    ClauseKind(
        "licence", "{giver} licenses its {subject} technology to {taker} for {price}", "track", price=_MONEY,
        once=True,
    ),
    ClauseKind(
        "hub", "{giver} and {taker} share a research hub on {subject}, {quantity} each",
        "track", quantity=_MONEY, mutual=True,
    ),
    ClauseKind(
        "venture", "{giver} puts {quantity} and its know-how into {subject} of {taker}", "line", quantity=_MONEY,
    ),
    ClauseKind(
        "visa", "{giver} opens {quantity} places a quarter to engineers of {taker} and pays {price} for each thousand",
        quantity=("thousand engineers a quarter", 0.001, 50.0), price=("USD bn a thousand", 0.0, 10.0),
    ),
    ClauseKind(
        "platform", "{giver} and {taker} share a test platform for physical AI, {quantity} each",
        quantity=_MONEY, mutual=True,
    ),
    ClauseKind(
        "power", "{giver} delivers fuel for {quantity} of electricity to {taker} at {price}",
        quantity=("GW", 0.01, 100.0), price=("USD bn a GW and quarter", 0.0, 5.0),
    ),
    ClauseKind("certify", "{giver} and {taker} certify their silicon by the same audit", mutual=True, once=True),
    ClauseKind("guardrails", "{taker} adopts the AI-safety standard of {giver}", once=True),
    ClauseKind(
        "compute", "{giver} rents {quantity} of compute to {taker} at {price} of the market price",
        quantity=("thousand H100e", 0.01, 1e6), price=("ratio to the market price", 0.25, 4.0),
    ),
    ClauseKind(
        "guarantee", "{giver} guarantees the security of {taker} and its sea routes for {price}",
        price=("USD bn a quarter", 0.0, 50.0), once=True,
    ),
    ClauseKind("money", "{giver} pays {taker} {quantity}", quantity=_MONEY),
    ClauseKind("payment", "{giver} pays {taker} {quantity} at signature", quantity=("USD bn", 0.001, 500.0)),
    ClauseKind(
        "match_fee", "{giver} hands {taker} {quantity} of what it sells of {subject} in the place of {taker}'s firms",
        "class", quantity=("share of such sales", 0.01, 1.0),
    ),
    ClauseKind(
        "restrain", "{giver} keeps its controls on {subject} against {taker} at {quantity} or looser",
        "class", quantity=("control level", 0.0, len(LEVELS) - 2.0),
    ),
    ClauseKind("intelligence", "{giver} shares what it knows of {target} with {taker}", target=True, once=True),
)  # fmt: skip

CLAUSES = Axis("clause", (kind.name for kind in CLAUSE_KINDS))

#: The axis that the subject of a clause is counted on; lines are the scenario's.
SUBJECT_AXES: dict[Subject, Axis] = {"good": GOODS, "class": CLASSES, "track": TRACKS}

#: Clauses that one contract holds at most.
MOST_CLAUSES = 5

#: What has become of a contract.
STATUSES = Axis("status", ("none", "in_force", "expired", "broken"))

#: Why a contract was broken: by notice, or by an order against a clause of the kind named (`rules/breaches.py`).
CAUSES = Axis("cause of a breach", ("notice", *(kind.name for kind in CLAUSE_KINDS)))
