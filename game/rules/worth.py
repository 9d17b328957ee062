"""What a clause is worth to its giver and its taker, term by term, in points (game.md section 5).

Points are points of the quarterly score added up over the quarters of the contract, later ones counted a little less
(`worth_stakes`). Each kind of clause has one formula, in `worth_goods`, `worth_knowledge` and `worth_quarrels`; it
serves all pairs of places at once and flat rows of offers alike. What a party hopes to get from another counts by how
far it trusts it: escrow and a verifier stand in for trust.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from game.core.clauses import CLAUSE_KINDS, CLAUSES
from game.core.numeric import Array, clip, total
from game.rules import pacts, worth_goods, worth_knowledge, worth_parts, worth_quarrels
from game.rules.worth_cells import Cells, Rows
from game.rules.worth_parts import funds
from game.rules.worth_stakes import Stakes
from game.rules.worth_terms import Terms

Formula = Callable[[Stakes, Cells], Terms]
#: Part of a promise that counts with who trusts the other not at all, and what a verifier adds to trust.
LEAST_FAITH, VERIFIED = 0.5, 0.2
#: Escrow of each party, USD bn, that makes up half of the trust that is lacking.
HALF_ESCROW = 0.5
#: Budgets of a quarter that a payment at once is held against.
AT_ONCE = 8.0
#: Share of what both sides gain by which a party's own view of a contract spreads, and the chance that wishes nobody
#: sees tip an answer that looks certain; judged.
DOUBT, UNSEEN = 0.9, 0.02


def money(k: Stakes, c: Cells) -> Terms:
    """Money each quarter, by what it is worth to either."""
    return Terms({"money": funds(k, c, "g", -c.quantity)}, {"money": funds(k, c, "t", c.quantity)})


def payment(k: Stakes, c: Cells) -> Terms:
    """Money at once, held against the budgets of two years."""
    return Terms({"money": funds(k, c, "g", -c.quantity, AT_ONCE)}, {"money": funds(k, c, "t", c.quantity, AT_ONCE)})


#: One formula a kind.
WORTHS: dict[str, Formula] = {
    "supply": worth_goods.supply,
    "priority": worth_goods.priority,
    "stockpile": worth_goods.stockpile,
    "procurement": worth_goods.procurement,
    "match": worth_quarrels.match,
    "no_reexport": worth_quarrels.no_reexport,
    "licence": worth_knowledge.licence,
    "hub": worth_knowledge.hub,
    "venture": worth_knowledge.venture,
    "visa": worth_knowledge.visa,
    "platform": worth_knowledge.platform,
    "power": worth_goods.power,
    "certify": worth_knowledge.certify,
    "guardrails": worth_knowledge.guardrails,
    "compute": worth_goods.compute,
    "guarantee": worth_quarrels.guarantee,
    "money": money,
    "payment": payment,
    "match_fee": worth_goods.match_fee,
    "restrain": worth_quarrels.restrain,
    "intelligence": worth_knowledge.intelligence,
}
_BY_POSITION = tuple(WORTHS[kind.name] for kind in CLAUSE_KINDS)
PAYMENT = CLAUSES.at("payment")
#: Points that a clause must be worth to somebody for half of the standing that it makes to be counted: who promises
#: nothing to nobody gains no standing that lasts.
HOLLOW = 0.5
#: Terms that either side of a clause has at most.
MOST_TERMS = 6
Faith = tuple[Array, Array]


def faith(k: Stakes, c: Cells, escrow: Array | float = 0.0, verified: Array | float = 0.0) -> Faith:
    """How far the giver counts on the taker, and the taker on the giver: shares, in the shape of the cells."""
    trust = k.world.relations.trust
    lent = escrow / (escrow + HALF_ESCROW)
    made_up = 1.0 - (1.0 - lent) * (1.0 - VERIFIED * verified)
    giver, taker = c.at(trust, "tg"), c.at(trust, "gt")
    return (
        LEAST_FAITH + (1.0 - LEAST_FAITH) * (giver + (1.0 - giver) * made_up),
        LEAST_FAITH + (1.0 - LEAST_FAITH) * (taker + (1.0 - taker) * made_up),
    )


def terms(k: Stakes, kind: int, c: Cells, trusted: Faith, standing: bool = True) -> Terms:
    """Named terms of clauses of one kind, over their whole length; without what they do for standing unless asked."""
    found = _BY_POSITION[kind](k, c)
    span = c.span if kind != PAYMENT else np.ones(1)
    giver, taker = _believed(found.giver, span, trusted[0]), _believed(found.taker, span, trusted[1])
    if standing:
        counted = worth_parts.value(k, kind, c) * _real(added(giver), added(taker))
        giver["part"] = c.span * worth_parts.standing(k, c, "g", counted)
        taker["part"] = c.span * worth_parts.standing(k, c, "t", counted)
    return Terms(giver, taker)


def _real(giver: Array, taker: Array) -> Array:
    """Share of a clause's worth in agreements that counts, by what it is worth to both sides."""
    real = np.maximum(giver, 0.0) + np.maximum(taker, 0.0)
    return real / (real + HOLLOW)


def _believed(side: dict[str, Array], span: Array, share: Array) -> dict[str, Array]:
    """What is given counts in full, what is hoped for as far as the other is trusted."""
    hoped = span * share
    return {name: value * np.where(value > 0.0, hoped, span) for name, value in side.items()}


def worths(k: Stakes, kind: int, c: Cells, trusted: Faith, standing: bool = True) -> tuple[Array, Array]:
    """What clauses of one kind are worth to giver and taker, in points."""
    found = terms(k, kind, c, trusted, standing)
    return added(found.giver), added(found.taker)


def added(side: dict[str, Array]) -> Array:
    """Sum of the terms of one side, in their order."""
    values = iter(side.values())
    whole = next(values)
    for value in values:
        whole = whole + value
    return whole


def row_worths(
    k: Stakes, kinds: NDArray[Any], rows: Rows, escrow: Array, verified: NDArray[Any]
) -> tuple[Array, Array]:
    """What clauses of many kinds are worth to giver and taker, one by one. (M,) each."""
    order = np.argsort(kinds, kind="stable")
    rows, kinds = rows.some(order), kinds[order]
    of_giver, of_taker = faith(k, rows, escrow[order], verified[order])
    giver, taker = np.zeros((2, MOST_TERMS, len(kinds)))
    agreed, spans = np.empty(len(kinds)), rows.span.copy()
    start = 0
    for kind, many in enumerate(np.bincount(kinds).tolist()):
        if not many:
            continue
        at = slice(start, start + many)
        start += many
        some = rows.part(at)
        found = _BY_POSITION[kind](k, some)
        for side, terms_of in ((giver, found.giver), (taker, found.taker)):
            for term, value in enumerate(terms_of.values()):
                side[term, at] = value
        agreed[at] = worth_parts.value(k, kind, some)
        if kind == PAYMENT:
            spans[at] = 1.0
    # All kinds at once, and what they do for standing as the last term of each, as `terms` has it.
    whole = _summed(giver, spans, of_giver), _summed(taker, spans, of_taker)
    counted = agreed * _real(*whole)
    both = np.empty((2, len(kinds)))
    for role, side, values in zip("gt", both, whole, strict=True):
        side[order] = values + rows.span * worth_parts.standing(k, rows, role, counted)
    return both[0], both[1]


def _summed(side: Array, spans: Array, share: Array) -> Array:
    """Sum of believed terms (terms, M) of one side, in their order. (M,)."""
    return total(side * np.where(side > 0.0, spans * share, spans))


def bond(k: Stakes, rows: Rows) -> tuple[Array, Array]:
    """What it is worth to two parties that a contract kept makes them trust each other more. (M,) each.

    `rows` are pairs of parties as giver and taker.
    """
    trust = k.world.relations.trust
    half = 0.5 * rows.length * pacts.KEPT_TRUST / 0.4
    of_taker = half * np.maximum(pacts.TRUST_BY_KEEPING - rows.at(trust, "gt"), 0.0)
    of_giver = half * np.maximum(pacts.TRUST_BY_KEEPING - rows.at(trust, "tg"), 0.0)
    giver = of_taker * rows.at(k.esteem, "tg") + of_giver * rows.at(k.friends, "tg")
    taker = of_giver * rows.at(k.esteem, "gt") + of_taker * rows.at(k.friends, "gt")
    return giver * rows.span, taker * rows.span


def doubt(gains: Array, view: Array) -> Array:
    """Points by which a party's own view of a contract falls short of what everybody can see.

    Parameters
    ----------
    gains : what it and the one who asks gain by it together, points.
    view : what it makes of things, 0 to 1; at a half it sees what everybody sees.
    """
    return np.maximum(DOUBT * gains * (view - 0.5), 0.0)


def chance(net: Array, gains: Array) -> Array:
    """Chance that a party signs what is worth `net` points to it, for who does not know its view: the share of views in
    which `doubt` leaves more than nothing. Wishes that nobody sees may always tip it."""
    likely = 0.5 + net / (DOUBT * np.maximum(gains, 1e-9))
    return clip(np.where(net > 0.0, likely, 0.0), UNSEEN, 1.0 - UNSEEN)
