"""What a steady seat wants of contracts beside their worth: what brings its objective and its own mandate nearer.

The candidates for mandates are public, the draw is known to its seat alone: each seat reckons with its own, so seats
differ in what an offer is worth to them, and some offers are refused that all others would have signed.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from game.core.clauses import CLAUSES
from game.core.names import CLASSES
from game.core.numeric import Array, Counts, clip, entries, nonzero, total
from game.core.scenario import Scenario
from game.core.world import World
from game.rules import pacts, score
from game.rules.kept import constants_of
from game.rules.objectives import METRICS
from game.rules.offers import Offers
from game.rules.statecraft_metrics import ACCELERATORS, partners
from game.rules.worth_stakes import Stakes

#: Points of the score that an objective, or a mandate, reached from floor to target is worth in a quarter.
POINTS = 100.0 * score.MANDATE_WEIGHT
#: Part of what a contract would do for it that a seat counts on: others' contracts may do the same, or end.
COUNTED = 0.5
RESTRAIN, MATCH, MONEY, VISA, COMPUTE, GUARDRAILS = (
    CLAUSES.at(kind) for kind in ("restrain", "match", "money", "visa", "compute", "guardrails")
)
CHIPS = CLASSES.at("chips")


class Clauses(NamedTuple):
    """Clauses of one kind in offers, one by one, with the world of each; (M,)."""

    of: Counts
    """which offer each is of"""
    giver: Counts
    taker: Counts
    subject: Counts
    target: Counts
    quantity: Array
    length: Array
    world: Counts

    def part(self, which: slice) -> Clauses:
        """Some that follow each other."""
        return Clauses(
            self.of[which], self.giver[which], self.taker[which], self.subject[which], self.target[which],
            self.quantity[which], self.length[which], self.world[which],
        )  # fmt: skip


class Wish(NamedTuple):
    """An objective or a mandate that contracts can serve."""

    place: int
    mandate: int
    """position of the mandate, -1 for the objective"""
    metric: str
    of: str | None
    floor: float
    span: float


def _new_partner(w: World, wish: Wish, c: Clauses) -> Array:
    """1 for clauses with somebody with whom there is none of the kind yet."""
    other = np.where(c.giver == wish.place, c.taker, c.giver)
    known = pacts.bound(w, CLAUSES.at(str(wish.of)))
    new = np.ones(len(c.of), dtype=bool)
    if known is not None:
        new = ~(known | known.swapaxes(0, 1))[wish.place, other, c.world]
    return (((c.giver == wish.place) | (c.taker == wish.place)) & new) * 1.0


def _given(w: World, s: Scenario, wish: Wish, c: Clauses) -> Array:
    return _new_partner(w, wish, c) * (c.giver == wish.place)


def _income(w: World, s: Scenario, wish: Wish, c: Clauses) -> Array:
    paid = 4.0 * c.quantity
    return paid * (c.taker == wish.place) - paid * (c.giver == wish.place)


def _opened(w: World, s: Scenario, wish: Wish, c: Clauses) -> Array:
    """Steps down, as a share of all, of the tightest control of one place on the wisher."""
    owner = s.place_axis.at(str(wish.of))
    promised = (c.giver == owner) & (c.taker == wish.place)
    if not promised.any():
        return np.zeros(len(c.of))
    if wish.metric == "licence_open":
        promised &= c.subject == CHIPS
        now = w.policy.level[owner, ACCELERATORS, wish.place]
    else:
        now = w.policy.level[owner, :, wish.place].max(axis=0)
    return promised * np.maximum(now[c.world] - c.quantity, 0.0) / 5.0


def _matched(w: World, s: Scenario, wish: Wish, c: Clauses) -> Array:
    about = (c.subject == CLASSES.at(str(wish.of))) & (c.target == s.inside)
    return (about & (c.taker == wish.place)) * 1.0


def _followed(w: World, s: Scenario, wish: Wish, c: Clauses) -> Array:
    running = w.compute.running
    new = w.standards.guardrail[c.taker, c.world] != wish.place
    followed = running[c.taker, c.world] / np.maximum(total(running), 1e-9)[c.world]
    return ((c.giver == wish.place) & new) * followed


def _engineers(w: World, s: Scenario, wish: Wish, c: Clauses) -> Array:
    """Thousands of engineers over a contract's length, or a quarter's where the balance of a quarter counts."""
    pool = s.parameters.statecraft.visa_pool * w.people.engineers[c.taker, c.world]
    moved = np.minimum(c.quantity, pool)
    balance = moved * (c.giver == wish.place) - moved * (c.taker == wish.place)
    return balance if wish.metric == "engineer_balance" else 0.5 * balance * c.length


def _rented(w: World, s: Scenario, wish: Wish, c: Clauses) -> Array:
    return c.quantity * (c.giver == wish.place)


_BY_CLAUSE: dict[str, Callable[[World, Scenario, Wish, Clauses], Array]] = {
    "clause_partners": lambda w, s, wish, c: _new_partner(w, wish, c),
    "gives": _given,
    "contract_income": _income,
    "uncontrolled": _opened,
    "licence_open": _opened,
    "matched": _matched,
    "standard_share": _followed,
    "engineers_gained": _engineers,
    "engineer_balance": _engineers,
    "cloud_rented_out": _rented,
}


def _with_whom(w: World, s: Scenario, wish: Wish, party: NDArray[np.bool_], world: Counts) -> Array:
    """How far a contract with its other parties (M, N) moves what the wish measures, whatever it says. (M,)."""
    if wish.metric == "contracts_live":
        return np.ones(len(world))
    bound = partners(w)[wish.place].T[world]
    if wish.metric == "partners_among":
        wanted = np.zeros(len(s.place_axis), dtype=bool)
        wanted[[s.place_axis.at(code.strip()) for code in str(wish.of).split(",")]] = True
        return np.count_nonzero(party & ~bound & wanted, axis=1).astype(np.float64)
    # Both sides: a first partner in the bloc, or the place inside.
    member = w.relations.member[s.race.bloc].T[world] > 0
    first = (party & member).any(axis=1) & ~(bound & member).any(axis=1)
    inside = party[:, s.inside] & ~bound[:, s.inside]
    return 0.5 * first + 0.5 * inside


def _about(wish: Wish) -> int:
    """The kind of clause that alone moves what a wish measures, where clauses do."""
    return CLAUSES.at(str(wish.of)) if wish.metric in ("clause_partners", "gives") else _KINDS[wish.metric]


_KINDS = {
    "contract_income": MONEY, "uncontrolled": RESTRAIN, "licence_open": RESTRAIN, "matched": MATCH,
    "standard_share": GUARDRAILS, "engineers_gained": VISA, "engineer_balance": VISA, "cloud_rented_out": COMPUTE,
}  # fmt: skip
BY_PARTNER = ("partners_among", "both_sides", "contracts_live")


@constants_of
def wishes(s: Scenario) -> tuple[Wish, ...]:
    """Objectives and mandates that contracts can serve."""
    known = {*_BY_CLAUSE, *BY_PARTNER}
    found = [Wish(n, -1, o.metric, o.of, o.floor, o.target - o.floor) for n, o in s.objectives.items()]
    for n, three in s.mandates.items():
        found += [Wish(n, i, m.metric, m.of, m.floor, m.target - m.floor) for i, m in enumerate(three)]
    return tuple(wish for wish in found if wish.metric in known)


def lacking(k: Stakes, wish: Wish) -> Array:
    """What is lacking of the target, as a share, in worlds in which the wish is the seat's; 0 elsewhere. (B,)."""
    known = k.lacking.get(wish)
    if known is None:
        known = k.lacking[wish] = _lacking(k, wish)
    return known


def _lacking(k: Stakes, wish: Wish) -> Array:
    world = k.world
    mine = np.ones(world.worlds, dtype=bool)
    if wish.mandate >= 0:
        mine = np.asarray(world.standing.mandate[wish.place] == wish.mandate)
    if not mine.any():
        return np.zeros(world.worlds)
    value = METRICS[wish.metric](world, k.scenario, k.tables, wish.place, wish.of)
    return np.asarray(clip(1.0 - (value - wish.floor) / wish.span, 0.0, 1.0) * mine)


def wished(k: Stakes, offers: Offers, row: Counts, place: Counts, w: Counts) -> Array:
    """Points that offers add to the objective and own mandate of a party: an offer's row, a party and a world each.
    (M,)."""
    found, clauses = np.zeros(len(row)), _by_kind(offers, row, w)
    span = k.span(offers.quarters[row, w])
    drawn, some = k.world.standing.mandate[place, w], set(place.tolist())
    for wish in wishes(k.scenario):
        # Most offers are about what most wishes are not.
        if wish.place not in some or (wish.metric not in BY_PARTNER and _about(wish) not in clauses):
            continue
        mine = place == wish.place
        of = nonzero(mine if wish.mandate < 0 else mine & (drawn == wish.mandate))
        if not len(of):
            continue
        if wish.metric in BY_PARTNER:
            step = _with_whom(k.world, k.scenario, wish, offers.party[row[of], :, w[of]], w[of])
        else:
            step = _said(k, wish, clauses[_about(wish)], len(row))[of]
        if step.any():
            share = np.minimum(step / wish.span, lacking(k, wish)[w[of]])
            found[of] += COUNTED * POINTS * share * span[of]
    return found


def courted(k: Stakes, places: Counts, gain: Array) -> None:
    """Add to what seats gain with each other, (n, n, B), what a partner is worth to the first for its own wishes, in
    USD bn, where there is something to gain at all."""
    many, n = k.world.worlds, len(places)
    party = np.zeros((n, many, len(k.scenario.place_axis)), dtype=bool)
    party[np.arange(n), :, places] = True
    flat, world = party.reshape(n * many, -1), np.tile(np.arange(many), n)
    for wish in wishes(k.scenario):
        want = lacking(k, wish) if wish.metric in BY_PARTNER else np.zeros(1)
        if want.any():
            i = int(np.searchsorted(places, wish.place))
            step = _with_whom(k.world, k.scenario, wish, flat, world).reshape(n, many)
            points = COUNTED * POINTS * np.minimum(step / wish.span, want)
            gain[i] += points / k.money[wish.place] * (gain[i] > 0.0)


def _by_kind(offers: Offers, row: Counts, w: Counts) -> dict[int, Clauses]:
    """The clauses of offers by their kind."""
    kind = offers.kind[row, :, w]
    at, i = entries(kind >= 0)
    order = np.argsort(kind[at, i], kind="stable")
    at, i = at[order], i[order]
    cells = row[at], i, w[at]
    kinds, giver, taker, subject, target = (
        table[cells].astype(np.int64)
        for table in (offers.kind, offers.giver, offers.taker, offers.subject, offers.target)
    )
    every = Clauses(at, giver, taker, subject, target, offers.quantity[cells], offers.quarters[row[at], w[at]], w[at])
    starts = nonzero(np.diff(kinds, prepend=-1)).tolist()
    return {int(kinds[first]): every.part(slice(first, last)) for first, last in pairwise([*starts, len(kinds)])}


def _said(k: Stakes, wish: Wish, c: Clauses, offers: int) -> Array:
    """How far each of so many offers moves what a wish measures by what it says in clauses of one kind. (M,)."""
    step = np.zeros(offers)
    np.add.at(step, c.of, _BY_CLAUSE[wish.metric](k.world, k.scenario, wish, c))
    return step
