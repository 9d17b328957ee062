"""What breaks a contract: notice, or an order against one of its clauses; and what is left of its promises then.

An order against a clause is allowed: it breaks the contract, at its price (`explain/breaches.py` tells it before).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from game.core.clauses import CLAUSES
from game.core.names import CLASSES, GOODS
from game.core.numeric import Counts, entries, one_less
from game.core.orders import Orders
from game.core.scenario import Scenario
from game.core.world import World, replace
from game.rules import pacts, pledges
from game.rules.kept import reading_of
from game.rules.pacts import MATCH, RESTRAIN, Rows, in_force
from game.rules.passing import BAN, passing
from game.rules.pledges import PRIORITY, SLOW_WALK, SUPPLY, TOOLS
from game.rules.turn import Turn

COMPUTE, VISA, GUARANTEE = (CLAUSES.at(kind) for kind in ("compute", "visa", "guarantee"))
PEOPLE, CLOUD = CLASSES.at("people"), GOODS.at("cloud")
#: Cause of a breach by notice; others are one more than the kind of clause that was acted against.
NOTICE = 0
#: Quarters in which a breach may be answered.
WRONGED = np.int8(8)


class Acts(NamedTuple):
    """Orders against clauses in force: who, in which contract and world, and why it is a breach; a row each."""

    party: Counts
    slot: Counts
    cause: Counts
    world: Counts


def breach(world: World, turn: Turn) -> World:
    """Contracts that somebody acts against, or gives notice to, are broken before the orders take effect."""
    found = acts(world, turn.scenario, turn.orders)
    if found is None:
        return world
    who = np.zeros((*world.contracts.status.shape[:1], *world.state.cash.shape), dtype=bool)
    who[found.slot, found.party, found.world] = True
    cause = np.full(world.contracts.status.shape, NOTICE, dtype=np.int8)
    # Written from the last row to the first: the first act against a contract is its cause.
    cause[found.slot[::-1], found.world[::-1]] = found.cause[::-1].astype(np.int8)
    return released(pacts.broken(world, who, cause), turn)


def acts(world: World, s: Scenario, orders: Orders, party: int | None = None) -> Acts | None:
    """What these orders do against clauses in force; of one party alone, if given. None when nothing."""
    rows = [row for rule in _RULES for row in rule(world, s, orders)]
    if orders.moves is not None and orders.moves.breaks.any():
        slot, n, w = entries(orders.moves.breaks)
        rows.append((n, slot, np.full(len(slot), NOTICE), w))
    if not rows:
        return None
    found = Acts(*(np.concatenate(column).astype(np.int64) for column in zip(*rows, strict=True)))
    if party is not None:
        mine = found.party == party
        found = Acts(*(column[mine] for column in found))
    return found if len(found.party) else None


#: (party, slot, cause, world), arrays of one length.
_Row = tuple[Counts, Counts, Counts, Counts]


def _row(rows: Rows, hit: NDArray[np.bool_], party: Counts, kind: int) -> Iterator[_Row]:
    if np.count_nonzero(hit):
        yield party[hit], rows.slot[hit], np.full(int(np.count_nonzero(hit)), kind + 1), rows.world[hit]


def _against_restraint(world: World, s: Scenario, orders: Orders) -> Iterator[_Row]:
    """Tighter than promised; listing a line of the taker, where the promise is about tools; closing people."""
    rows = in_force(world, RESTRAIN)
    if rows is None:
        return
    of = pledges.held_back(world, s)
    if orders.level is not None and of is not None:
        over = pledges.tighter(s, of, orders.level[of.giver, of.good, of.whom, of.world])
        yield from _row(rows, pledges.any_of(of, over), rows.giver, RESTRAIN)
    closing = orders.people[rows.giver, rows.taker, rows.world] > 0
    yield from _row(rows, closing & (rows.subject == PEOPLE), rows.giver, RESTRAIN)
    if orders.entity is not None:
        lines = (s.lines.place[None] == rows.taker[:, None]) | (s.lines.home[None] == rows.taker[:, None])
        listed = (orders.entity[rows.giver, :, rows.world] > 0) & lines
        some: NDArray[np.bool_] = np.any(listed, axis=1)
        yield from _row(rows, some & (rows.subject == TOOLS), rows.giver, RESTRAIN)


def _against_match(world: World, s: Scenario, orders: Orders) -> Iterator[_Row]:
    """Looser than what the taker keeps to."""
    of = pledges.to_be_matched(world, s)
    if of is None or orders.level is None:
        return
    theirs = of.rows.taker[of.row], of.good, of.whom, of.world
    ordered = orders.level[theirs]
    kept = pledges.to_match(of, s, np.where(ordered >= 0, ordered, world.policy.chosen[theirs]))
    wanted = orders.level[of.giver, of.good, of.whom, of.world]
    yield from _row(of.rows, pledges.any_of(of, (wanted >= 0) & (wanted < kept)), of.rows.giver, MATCH)


def _against_trade(world: World, s: Scenario, orders: Orders) -> Iterator[_Row]:
    """A control that lets less through than was promised, a ban on what a queue was promised for, a refusal of it."""
    for kind in (SUPPLY, PRIORITY, COMPUTE):
        rows = in_force(world, kind)
        if rows is None:
            continue
        good = np.full_like(rows.subject, CLOUD) if kind == COMPUTE else rows.subject
        if orders.level is not None:
            wanted = orders.level[rows.giver, good, rows.taker, rows.world].astype(np.int64)
            hit = wanted == BAN
            if kind == SUPPLY:
                lane = s.sellers.lane[rows.giver, good]
                trade = world.trade
                asked = trade.flow[lane, rows.taker, rows.world] + trade.blocked[lane, rows.taker, rows.world]
                through = passing(s).let_through[rows.giver, good, rows.taker, np.maximum(wanted, 0)]
                hit |= (wanted >= SLOW_WALK) & (lane >= 0) & (through * asked < rows.quantity)
            yield from _row(rows, hit, rows.giver, kind)
        if orders.refusal is not None and kind != COMPUTE:
            refused = orders.refusal[rows.taker, good, rows.giver, rows.world] > 0
            yield from _row(rows, refused, rows.taker, kind)


def _against_persons(world: World, s: Scenario, orders: Orders) -> Iterator[_Row]:
    """Engineers kept from going where a clause opened places for them; a control of whom one guarantees."""
    visas = in_force(world, VISA)
    if visas is not None:
        yield from _row(visas, orders.people[visas.taker, visas.giver, visas.world] > 0, visas.taker, VISA)
    wards = in_force(world, GUARANTEE)
    if wards is not None and orders.level is not None:
        wanted = orders.level[wards.giver, :, wards.taker, wards.world].max(axis=1)
        yield from _row(wards, wanted >= SLOW_WALK, wards.giver, GUARANTEE)


_RULES = (_against_restraint, _against_match, _against_trade, _against_persons)


def released(world: World, turn: Turn) -> World:
    """Owners whose promise to hold back has ended keep to it until they order otherwise, unless the other side broke it
    and the contract says that what was given up returns."""
    c = world.contracts
    if not (c.status > pacts.IN_FORCE).any():
        return world
    policy, clauses = world.policy, world.clauses
    over = (clauses.kind == RESTRAIN) & (c.status > pacts.IN_FORCE)[:, None]
    back = (c.status == pacts.BROKEN) & (c.snap_back > 0)
    over &= ~(back[:, None] & (clauses.giver != c.breaker[:, None]))
    slot, i, w = entries(over)
    if not len(slot):
        return world
    at, good = entries(pacts.IN_CLASS[clauses.subject[slot, i, w]])
    slot, i, w = slot[at], i[at], w[at]
    cells = clauses.giver[slot, i, w], good, clauses.taker[slot, i, w], w
    level = policy.level[cells]
    if not (policy.chosen[cells] > level).any():
        return world
    chosen = policy.chosen.copy()
    chosen[cells] = np.minimum(chosen[cells], level)
    return replace(world, policy=replace(policy, chosen=chosen))


def remember(world: World, turn: Turn) -> World:
    """Who was wronged may answer for two years, and be blamed little for it."""
    wronged, c = world.relations.wronged, world.contracts
    fresh = c.status == pacts.BROKEN
    if not fresh.any() and not _open_wrongs(world):
        return world
    wronged = one_less(wronged)
    for j, w in zip(*entries(fresh), strict=True):
        breaker = int(c.breaker[j, w])
        victims = c.party[j, :, w] > 0
        victims[breaker] = False
        wronged[victims, breaker, w] = WRONGED
    return replace(world, relations=replace(world.relations, wronged=wronged))


@reading_of("relations.wronged")
def _open_wrongs(world: World) -> bool:
    return bool(world.relations.wronged.any())
