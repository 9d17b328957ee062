"""Promises about controls: to hold back, to match; and what breaks a contract (game.md section 5, rules.md R1, R9).

What an owner sets stands in `policy.chosen`; what is in force, `policy.level`, follows from it each quarter: raised to
what clauses and charters make the owner match, then lowered to what it has promised to keep to. So a promise that ends
gives the owner back what it set itself. An order against a clause is allowed: it breaks the contract, at its price.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import NDArray

from game.core.clauses import CLAUSES
from game.core.names import CHARTER, CLASSES, GOODS, LEVELS
from game.core.numeric import Counts
from game.core.orders import Orders
from game.core.scenario import Scenario
from game.core.world import Small, World, replace
from game.rules import pacts
from game.rules.kept import constants_of, reading_of
from game.rules.pacts import Rows, in_force
from game.rules.passing import BAN, opening_level, passing
from game.rules.turn import Turn

if TYPE_CHECKING:
    from game.rules.offers import Offers

RESTRAIN, MATCH, SUPPLY, PRIORITY, COMPUTE, VISA, GUARANTEE = (
    CLAUSES.at(kind) for kind in ("restrain", "match", "supply", "priority", "compute", "visa", "guarantee")
)
MATCH_TERM = CHARTER.at("match")
PEOPLE, CLOUD, TOOLS = CLASSES.at("people"), GOODS.at("cloud"), CLASSES.at("tools")
SLOW_WALK = LEVELS.at("slow_walk")
#: Cause of a breach by notice; others are one more than the kind of clause that was acted against.
NOTICE = 0


# --- what is in force ------------------------------------------------------------------------------------------------


def held_to(world: World, s: Scenario, chosen: Small) -> Small:
    """Levels in force for what owners chose: matched, then held back. The same array where nothing binds. (N, G, N, B).

    Who matches looks at what the other chose itself, not at what it matches in its turn: nobody is held up by an echo.
    """
    matches, restraints = in_force(world, MATCH), in_force(world, RESTRAIN)
    if matches is None and restraints is None and not _chartered(world):
        return chosen
    level = _matched(world, s, chosen, matches)
    for rows, goods in _by_class(restraints):
        cells = _cells(rows.giver, goods, rows.taker, rows.world)
        over = tighter(s, rows, goods, level[cells])
        if over.any():
            level = level.copy() if level is chosen else level
            np.minimum.at(level, cells, np.where(over, promised(s, rows, goods), len(LEVELS)).astype(np.int8))
    return level


def promised(s: Scenario, rows: Rows, goods: Counts) -> Counts:
    """The tightest level that each promise to hold back allows for each good of its class. (rows, goods).

    What the record has under a tighter rule stays there, but for a promise to open the class altogether.
    """
    level = np.floor(rows.quantity + 1e-9).astype(np.int64)[:, None]
    return np.where(level > 0, np.maximum(level, _opening(s)[rows.giver[:, None], goods, rows.taker[:, None]]), 0)


def tighter(s: Scenario, rows: Rows, goods: Counts, level: Small) -> NDArray[np.bool_]:
    """Whether levels (rows, goods) are tighter than clauses allow: a higher step that also lets less through.

    A licence that lets most orders pass is no breach of a promise to go no further than a fee licence.
    """
    let, most = passing(s).let_through, promised(s, rows, goods)
    owner, whom = rows.giver[:, None], rows.taker[:, None]
    less = let[owner, goods, whom, np.maximum(level, 0)] < let[owner, goods, whom, most]
    return np.asarray((level > most) & less)


def contradicted(world: World, s: Scenario, offers: Offers) -> NDArray[np.bool_]:
    """Whether an offer would hold a giver below what it must match, or make it match beyond what it must keep to, as
    controls stand now. (R, B)."""
    found = np.zeros(offers.open.shape, dtype=bool)
    places = len(world.state.cash)
    for old, new in ((RESTRAIN, MATCH), (MATCH, RESTRAIN)):
        asked = offers.kind == new
        rows = in_force(world, old) if asked.any() else None
        if rows is None:
            continue
        # Of clauses in force the strictest counts: the lowest promise, the highest level to match.
        bounds = np.full((places, places, len(CLASSES), world.worlds), len(LEVELS) if old == RESTRAIN else -1.0)
        if old == RESTRAIN:
            np.minimum.at(bounds, (rows.giver, rows.taker, rows.subject, rows.world), rows.quantity)
        else:
            now = _strictest(world, s)[rows.taker, rows.subject, rows.target, rows.world]
            np.maximum.at(bounds, (rows.giver, rows.target, rows.subject, rows.world), now)
        row, i, w = np.nonzero(asked)
        at, k = (row, i, w), offers.subject[row, i, w] % len(CLASSES)
        against = offers.target[at] if new == MATCH else offers.taker[at]
        bound = bounds[offers.giver[at], against, k, w]
        if new == MATCH:
            hit = _strictest(world, s)[offers.taker[at], k, against, w] > bound
        else:
            hit = offers.quantity[at] < bound
        found[row[hit], w[hit]] = True
    return found


@reading_of("policy.chosen")
def _strictest(world: World, s: Scenario) -> Small:
    """Tightest control that owners have set beyond the record of the opening, by class and target. (N, C, N, B)."""
    chosen = world.policy.chosen
    new = np.where(chosen > _opening(s)[..., None], chosen, np.int8(0))
    found = np.zeros((len(new), len(CLASSES), *new.shape[2:]), dtype=np.int8)
    for k, goods in enumerate(pacts.CLASS_GOODS):
        if goods:
            found[:, k] = new[:, list(goods)].max(axis=1)
    return found


def _matched(world: World, s: Scenario, chosen: Small, matches: Rows | None) -> Small:
    asked = _asked(world, s, chosen, matches)
    if asked is None or not (asked > chosen).any():
        return chosen
    return np.maximum(chosen, asked)


def _asked(world: World, s: Scenario, chosen: Small, matches: Rows | None) -> Small | None:
    """Levels that clauses and charters make each place match, where it sells the good. (N, G, N, B)."""
    asked = _seconded(world, s) if _chartered(world) and chosen is world.policy.chosen else None
    if _chartered(world) and asked is None:
        asked = second_levels(world, s, chosen)
    if matches is None:
        return asked
    asked = np.zeros_like(chosen) if asked is None else asked.copy()
    sells, opening = _sells(s), _opening(s)
    for rows, goods in _by_class(matches):
        theirs = chosen[_cells(rows.taker, goods, rows.target, rows.world)]
        # An understanding of the record is kept as the record shows it: what came later is matched.
        old = (world.contracts.signed[rows.slot, rows.world] < 0)[:, None]
        known = opening[rows.taker[:, None], goods, rows.target[:, None]]
        theirs = np.where(old & (theirs <= known), np.int8(0), theirs) * sells[rows.giver[:, None], goods]
        np.maximum.at(asked, _cells(rows.giver, goods, rows.target, rows.world), theirs.astype(np.int8))
    return asked


@reading_of("blocs.charter", "relations.member")
def _chartered(world: World) -> bool:
    """Whether any bloc with members binds them to match one another."""
    strict = world.blocs.charter[:, MATCH_TERM] > 0.0
    return bool(strict.any()) and bool((strict[:, None] & (world.relations.member > 0)).any())


@reading_of("policy.chosen", "blocs.charter", "relations.member")
def _seconded(world: World, s: Scenario) -> Small:
    return second_levels(world, s, world.policy.chosen)


def second_levels(world: World, s: Scenario, chosen: Small) -> Small:
    """What charters make members match: a control of outsiders that a second member has set as well. (N, G, N, B).

    One member alone binds nobody. A charter of strength 0.6 asks for six tenths of the level, rounded down.
    """
    asked = np.zeros_like(chosen)
    sells = _sells(s)[:, :, None, None]
    for bloc in np.flatnonzero((world.blocs.charter[:, MATCH_TERM] > 0.0).any(axis=1)):
        member = world.relations.member[bloc] > 0
        inside = np.where(member[:, None, None], chosen, np.int8(0))
        first = inside.argmax(axis=0)
        np.put_along_axis(inside, first[None], np.int8(0), axis=0)
        strength = world.blocs.charter[bloc, MATCH_TERM]
        second = np.floor(inside.max(axis=0) * strength + 1e-9).astype(np.int8) * ~member
        asked = np.maximum(asked, second[None] * (member[:, None, None] & (sells > 0)))
    return asked


def _by_class(rows: Rows | None) -> Iterator[tuple[Rows, Counts]]:
    """Rows about each control class that moves goods, with the positions of its goods."""
    if rows is None:
        return
    for k, goods in enumerate(pacts.CLASS_GOODS):
        at = rows.subject == k
        if goods and at.any():
            yield Rows(*(column[at] for column in rows)), np.array(goods)[None]


def _cells(owner: Counts, goods: Counts, target: Counts, w: Counts) -> tuple[Counts, Counts, Counts, Counts]:
    return owner[:, None], goods, target[:, None], w[:, None]


@constants_of
def _sells(s: Scenario) -> Small:
    """1 where a place sells a good. (N, G)."""
    return (s.sellers.lane >= 0).astype(np.int8)


@constants_of
def _opening(s: Scenario) -> Small:
    return opening_level(s)


def spared(world: World, s: Scenario) -> NDArray[np.bool_] | None:
    """Lines abroad that a licensor has promised not to cut off from tools: to the place of their firm. (F, B) or None.

    It is how yearly licences for plants in the other bloc are renewed, case by case (S22).
    """
    rows = in_force(world, RESTRAIN)
    if rows is None:
        return None
    kept = np.zeros((len(s.lines.home), world.worlds), dtype=bool)
    for at in np.flatnonzero((rows.subject == TOOLS) & (rows.quantity < SLOW_WALK)):
        lines = (s.lines.hostage_of == rows.giver[at]) & (s.lines.home == rows.taker[at])
        kept[lines, rows.world[at]] = True
    return kept


def exempt(world: World, seat: int, goods: list[int], level: int) -> NDArray[np.bool_]:
    """Places that a seat's control of everybody passes by, because a promise to them by name forbids it. (N, B).

    So licences are given case by case: what is agreed with one buyer holds against a general rule; only an order that
    names the buyer breaks it.
    """
    found = np.zeros(world.state.cash.shape, dtype=bool)
    rows = in_force(world, RESTRAIN)
    if rows is not None:
        about = np.isin(rows.subject, [k for k, of in enumerate(pacts.CLASS_GOODS) if set(of) & set(goods)])
        at = (rows.giver == seat) & about & (rows.quantity < level)
        found[rows.taker[at], rows.world[at]] = True
    for kind in (SUPPLY, PRIORITY):
        rows = in_force(world, kind)
        if rows is not None and level >= SLOW_WALK:
            at = (rows.giver == seat) & np.isin(rows.subject, goods)
            found[rows.taker[at], rows.world[at]] = True
    return found


def stepped_down(world: World) -> NDArray[np.bool_] | None:
    """Who loosened a control by a clause that was signed in this quarter; None when nobody. (N, B)."""
    rows = in_force(world, RESTRAIN)
    if rows is None:
        return None
    fresh = world.contracts.signed[rows.slot, rows.world] == world.quarter
    if not fresh.any():
        return None
    down = np.zeros(world.state.cash.shape, dtype=bool)
    for new, goods in _by_class(Rows(*(column[fresh] for column in rows))):
        cells = _cells(new.giver, goods, new.taker, new.world)
        lower = (world.policy.level[cells] < world.policy.chosen[cells]).any(axis=1)
        down[new.giver[lower], new.world[lower]] = True
    return down


# --- breaches --------------------------------------------------------------------------------------------------------


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
        slot, n, w = np.nonzero(orders.moves.breaks)
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
    if hit.any():
        yield party[hit], rows.slot[hit], np.full(int(np.count_nonzero(hit)), kind + 1), rows.world[hit]


def _against_restraint(world: World, s: Scenario, orders: Orders) -> Iterator[_Row]:
    """Tighter than promised; listing a line of the taker, where the promise is about tools; closing people."""
    rows = in_force(world, RESTRAIN)
    if rows is None:
        return
    if orders.level is not None:
        for some, goods in _by_class(rows):
            wanted = orders.level[_cells(some.giver, goods, some.taker, some.world)]
            over = tighter(s, some, goods, wanted)
            yield from _row(some, np.logical_or.reduce(over, axis=1), some.giver, RESTRAIN)
    closing = orders.people[rows.giver, rows.taker, rows.world] > 0
    yield from _row(rows, closing & (rows.subject == PEOPLE), rows.giver, RESTRAIN)
    if orders.entity is not None:
        lines = (s.lines.place[None] == rows.taker[:, None]) | (s.lines.home[None] == rows.taker[:, None])
        listed = (orders.entity[rows.giver, :, rows.world] > 0) & lines
        yield from _row(rows, np.logical_or.reduce(listed, axis=1) & (rows.subject == TOOLS), rows.giver, RESTRAIN)


def _against_match(world: World, s: Scenario, orders: Orders) -> Iterator[_Row]:
    """Looser than what the taker keeps to."""
    rows = in_force(world, MATCH)
    if rows is None or orders.level is None:
        return
    sells, opening = _sells(s), _opening(s)
    for some, goods in _by_class(rows):
        theirs = _cells(some.taker, goods, some.target, some.world)
        kept = np.where(orders.level[theirs] >= 0, orders.level[theirs], world.policy.chosen[theirs])
        wanted = orders.level[_cells(some.giver, goods, some.target, some.world)]
        old = (world.contracts.signed[some.slot, some.world] < 0)[:, None]
        kept = np.where(old & (kept <= opening[some.taker[:, None], goods, some.target[:, None]]), 0, kept)
        looser = (wanted >= 0) & (wanted < kept) & (sells[some.giver[:, None], goods] > 0)
        yield from _row(some, np.logical_or.reduce(looser, axis=1), some.giver, MATCH)


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
                asked = (trade.flow + trade.blocked)[lane, rows.taker, rows.world]
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
    slot, i, w = np.nonzero(over)
    if not len(slot):
        return world
    chosen = policy.chosen.copy()
    for k, goods in enumerate(pacts.CLASS_GOODS):
        at = clauses.subject[slot, i, w] == k
        if goods and at.any():
            cells = _cells(
                clauses.giver[slot, i, w][at].astype(np.int64), np.array(goods)[None],
                clauses.taker[slot, i, w][at].astype(np.int64), w[at],
            )  # fmt: skip
            chosen[cells] = np.minimum(chosen[cells], policy.level[cells])
    return replace(world, policy=replace(policy, chosen=chosen))


def remember(world: World, turn: Turn) -> World:
    """Who was wronged may answer for two years, and be blamed little for it."""
    wronged, c = world.relations.wronged, world.contracts
    fresh = c.status == pacts.BROKEN
    if not fresh.any() and not _open_wrongs(world):
        return world
    wronged = np.maximum(wronged - np.int8(1), np.int8(0))
    for j, w in zip(*np.nonzero(fresh), strict=True):
        breaker = int(c.breaker[j, w])
        victims = c.party[j, :, w] > 0
        victims[breaker] = False
        wronged[victims, breaker, w] = WRONGED
    return replace(world, relations=replace(world.relations, wronged=wronged))


#: Quarters in which a breach may be answered.
WRONGED = np.int8(8)


@reading_of("relations.wronged")
def _open_wrongs(world: World) -> bool:
    return bool(world.relations.wronged.any())
