"""What it is worth to a place to belong to a bloc, and to members to let another in, in points of the score a quarter.

Reckoned from what everybody can see, term by term, as contracts are (`rules/worth.py`); the terms tell why a place
applies, a member refuses, or somebody leaves.
"""

from __future__ import annotations

import numpy as np

from game.core.names import CHARTER, DIALS
from game.core.numeric import Array, total
from game.core.pacts import Small
from game.core.world import replace
from game.rules import membership, partnership, race
from game.rules.motions import weights
from game.rules.worth_stakes import Stakes

PRIORITY, STOCKPILE, SOLIDARITY, MATCH, NO_REEXPORT, DUES = (
    CHARTER.at(term) for term in ("priority", "stockpile", "solidarity", "match", "no_reexport", "dues")
)
ENFORCEMENT = DIALS.at("enforcement")
#: Points that a common standard or hub gives a member, and that matching costs one which the inside place trusts.
SHARED, MATCHED = 0.2, 1.0
#: Points of the score that full trust of all members, against none, is worth in a quarter: what else they will do for
#: one another; and what a member that the inside place trusts as little as can be has to fear from it. Judged.
COMPANY, WRATH = 1.6, 1.2
#: Points of full resolve at home to bear a quarrel, over half of it; judged.
RESOLVED = 1.5
#: Points that a member loses by the entry of a place through which all leaks; judged.
LEAKY = 1.2
#: Queue places that one newcomer moves by more than this, USD bn a quarter, count as this.
QUEUE_MOST = 0.1
#: Points a member gains by the entry of one that it trusts fully over one that it does not trust, and the trust from
#: which it gains at all. Judged.
FRIEND, TRUSTED = 2.2, 0.56


def joining(k: Stakes, bloc: int) -> dict[str, Array]:
    """What each place gains a quarter by being in a bloc and not outside, by term. (N, B) each."""
    w, s = k.world, k.scenario
    terms = membership.membership_terms(w, s, k.tables, bloc)
    members = w.relations.member[bloc].astype(np.float64)
    others = members[:, None] * (1.0 - np.eye(len(members))[..., None])
    # trust[n, m] is that of m in n: what members think of who would join.
    company = total((w.relations.trust * others.swapaxes(0, 1)), axis=1) / np.maximum(total(others), 1.0)
    queued = total(k.lack * k.need * k.use * k.price, axis=1) * w.blocs.charter[bloc, PRIORITY]
    part = partnership.NOMINAL * total(w.blocs.charter[bloc])
    z, more, _ = k.agreements
    hurt = w.relations.trust[:, s.inside] * (1.0 if bloc == s.race.bloc else 0.0)
    return {
        "queue": 0.5 * terms["queue_place"] * queued,
        "dividend": terms["dividend"],
        "company": COMPANY * (company - 0.5) * (total(members) > 0),
        "standing": k.weight("standing") * 30.0 * more * part / ((1.0 + z) * (1.0 + z)),
        "dues": -k.money * terms["dues"],
        "neutral_rent": -k.income * terms["neutral_rent"],
        "retaliation": -k.income * terms["retaliation"] - WRATH * hurt,
        "resolve": RESOLVED * (w.politics.resolve - 0.5) * (1.0 if bloc == s.race.bloc else 0.0),
    }


def admitting(k: Stakes, bloc: int, place: int) -> dict[str, Array]:
    """What each sitting member gains a quarter by a place's entry, by term; what it loses by its leaving. (N, B) each.

    Reckoned without the place, whether it is in or not.
    """
    w, s = k.world, k.scenario
    members = w.relations.member[bloc].astype(np.float64)
    members[place] = 0.0
    lost = membership.queue_lost(w, s, k.tables, bloc, place)
    leaky = float(s.places.leak[place, 0]) * (1.0 - 0.5 * w.state.dials[place, ENFORCEMENT])
    return {
        "queue": -k.income * np.maximum(np.minimum(lost, QUEUE_MOST), -QUEUE_MOST),
        "dividend": _dividend_moved(k, bloc, place, total(members)) * members,
        "trust": FRIEND * (w.relations.trust[place] - TRUSTED) * members,
        "leaks": -LEAKY * leaky * members,
    }


def _dividend_moved(k: Stakes, bloc: int, place: int, count: Array) -> Array:
    """Points a member's dividend gains by one more: by what the newcomer does to the bar, and to the number. (B,)."""
    w, s = k.world, k.scenario
    if bloc != s.race.bloc:
        return np.zeros(w.worlds)
    near = []
    for inside in (0, 1):
        member = w.relations.member.copy()
        member[bloc, place] = inside
        world = replace(w, relations=replace(w.relations, member=member))
        near.append(membership.nearness(race.measured(world, s, k.tables), s))
    heads = membership.heads_share(s, count), membership.heads_share(s, count + 1.0)
    return membership.FULL_DIVIDEND * (near[1] * heads[1] - near[0] * heads[0])


def term_worth(k: Stakes, bloc: int, term: int) -> Array:
    """What a term of the charter at full strength gives each member over none, points a quarter. (N, B).

    Terms that bind without paying anybody at once cost a little; what they stop or teach is felt later.
    """
    w, s = k.world, k.scenario
    member = w.relations.member[bloc].astype(np.float64)
    members = np.maximum(total(member), 1.0)
    given = w.blocs.given[bloc] * member
    by_paying = given / np.maximum(total(given), 1e-9)
    short = total(k.lack * k.need * k.price[None], axis=1) * member
    by_need = short / np.maximum(total(short), 1e-9)
    if term == DUES:
        due = s.parameters.statecraft.dues * s.places.budget * member
        return k.money * (total(due) * by_paying - due)
    if term == SOLIDARITY:
        stock = total(w.blocs.stock[bloc] * k.price)
        return k.income * stock * (by_need - by_paying)
    if term in (PRIORITY, STOCKPILE):
        return k.income * (short - total(short) / members * member)
    cost = {MATCH: MATCHED * w.relations.trust[:, s.inside], NO_REEXPORT: LEAKY * s.places.leak}
    return np.asarray(member * (SHARED - cost.get(term, np.zeros((1, 1)))))


def rule_gain(k: Stakes, bloc: int, rule: Small) -> Array:
    """Share of the votes that each member gains by another voting rule, by world. (N, B)."""
    member = k.world.relations.member[bloc].astype(np.float64)
    now, then = (weights(k.scenario, r) * member for r in (k.world.blocs.voting[bloc], rule))
    return np.asarray(then / np.maximum(total(then), 1e-9) - now / np.maximum(total(now), 1e-9))


def summed(terms: dict[str, Array]) -> Array:
    """All terms together. (N, B)."""
    parts = list(terms.values())
    whole = parts[0]
    for part in parts[1:]:
        whole = whole + part
    return np.asarray(whole)
