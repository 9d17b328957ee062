"""Promises about controls: to hold back and to match (game.md section 5, rules.md R1, R9).

What an owner sets stands in `policy.chosen`; what is in force, `policy.level`, follows from it each quarter: raised to
what clauses and charters make the owner match, then lowered to what it has promised to keep to. So a promise that ends
gives the owner back what it set itself. What breaks them stands in `breaches`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import NDArray

from game.core.clauses import CLAUSES
from game.core.names import CHARTER, CLASSES, LEVELS
from game.core.numeric import Array, Counts, entries
from game.core.scenario import Scenario
from game.core.world import Small, World
from game.rules import pacts
from game.rules.kept import constants_of, reading_of
from game.rules.pacts import Rows, in_force
from game.rules.passing import opening_level, passing

if TYPE_CHECKING:
    from game.rules.offers import Drafts

RESTRAIN, MATCH, SUPPLY, PRIORITY = (CLAUSES.at(kind) for kind in ("restrain", "match", "supply", "priority"))
MATCH_TERM = CHARTER.at("match")
TOOLS, PEOPLE = CLASSES.at("tools"), CLASSES.at("people")
SLOW_WALK, BAN = LEVELS.at("slow_walk"), LEVELS.at("ban")


# --- what is in force ------------------------------------------------------------------------------------------------


class Spread(NamedTuple):
    """Clauses about control classes, spread over the goods of each class: one entry for each good."""

    rows: Rows
    row: Counts
    """which clause"""
    giver: Counts
    good: Counts
    whom: Counts
    """the taker of a promise to hold back, the third place of one to match"""
    world: Counts
    most: Counts
    """tightest level that a promise to hold back allows; of one to match, the level that the record knew when it was
    made, -1 where none"""
    let: Array
    """share of normal flow that this level lets through"""


_FIRST = np.array([goods[0] if goods else 0 for goods in pacts.CLASS_GOODS])
_MANY = np.array([len(goods) for goods in pacts.CLASS_GOODS])


def _spread(s: Scenario, rows: Rows | None, whom: Counts | None, most: Counts | None = None) -> Spread | None:
    if rows is None or whom is None:
        return None
    many = _MANY[rows.subject]
    row = np.repeat(np.arange(len(many)), many)
    good = _FIRST[rows.subject][row] + np.arange(len(row)) - (np.cumsum(many) - many)[row]
    giver, target, opening = rows.giver[row], whom[row], _opening(s)
    if most is None:
        # What the record has under a tighter rule stays there, but for a promise to open the class altogether.
        level = np.floor(rows.quantity + 1e-9).astype(np.int64)[row]
        allowed = np.where(level > 0, np.maximum(level, opening[giver, good, target]), 0)
    else:
        allowed = np.where(most[row] > 0, opening[rows.taker[row], good, target].astype(np.int64), -1)
    let = passing(s).let_through[giver, good, target, np.maximum(allowed, 0)]
    return Spread(rows, row, giver, good, target, rows.world[row], allowed, let)


@reading_of("clauses.kind", "contracts.status")
def held_back(world: World, s: Scenario) -> Spread | None:
    """Promises to hold back that are in force; None when there are none."""
    rows = in_force(world, RESTRAIN)
    return _spread(s, rows, None if rows is None else rows.taker)


@reading_of("clauses.kind", "contracts.status")
def to_be_matched(world: World, s: Scenario) -> Spread | None:
    """Promises to match that are in force; None when there are none."""
    rows = in_force(world, MATCH)
    if rows is None:
        return None
    # An understanding of the record is kept as the record shows it: what came later is matched.
    return _spread(s, rows, rows.target, (world.contracts.signed[rows.slot, rows.world] < 0).astype(np.int64))


def held_to(world: World, s: Scenario, chosen: Small) -> Small:
    """Levels in force for what owners chose: matched, then held back. The same array where nothing binds. (N, G, N, B).

    Who matches looks at what the other chose itself, not at what it matches in its turn: nobody is held up by an echo.
    """
    matches, restraints, chartered = to_be_matched(world, s), held_back(world, s), _chartered(world)
    level = _matched(world, s, chosen, matches) if matches is not None or chartered else chosen
    if restraints is not None:
        cells = restraints.giver, restraints.good, restraints.whom, restraints.world
        over = tighter(s, restraints, level[cells])
        if over.any():
            level = level.copy() if level is chosen else level
            np.minimum.at(level, tuple(axis[over] for axis in cells), restraints.most[over].astype(np.int8))
    return level


def tighter(s: Scenario, of: Spread, level: Small) -> NDArray[np.bool_]:
    """Whether levels are tighter than promises to hold back allow: a higher step that also lets less through.

    A licence that lets most orders pass is no breach of a promise to go no further than a fee licence.
    """
    higher = level > of.most
    if not higher.any():
        return higher
    let = passing(s).let_through[of.giver, of.good, of.whom, np.maximum(level, 0)]
    return np.asarray(higher & (let < of.let))


def any_of(of: Spread, hit: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Clauses of which any good is hit."""
    found = np.zeros(len(of.rows.giver), dtype=bool)
    found[of.row[hit]] = True
    return found


def contradicted(world: World, s: Scenario, drafts: Drafts) -> NDArray[np.bool_]:
    """Whether an offer would hold a giver below what it must match, or make it match beyond what it must keep to, as
    controls stand now. (M,)."""
    found = np.zeros(len(drafts.row), dtype=bool)
    places = len(world.state.cash)
    for old, new in ((RESTRAIN, MATCH), (MATCH, RESTRAIN)):
        asked = drafts.kind == new
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
        at = entries(asked)
        k, w = drafts.subject[at] % len(CLASSES), drafts.world[at[0]]
        against = drafts.target[at] if new == MATCH else drafts.taker[at]
        bound = bounds[drafts.giver[at], against, k, w]
        if new == MATCH:
            hit = _strictest(world, s)[drafts.taker[at], k, against, w] > bound
        else:
            hit = drafts.quantity[at] < bound
        found[at[0][hit]] = True
    return found


@reading_of("policy.chosen")
def _strictest(world: World, s: Scenario) -> Small:
    """Tightest control that owners have set beyond the record of the opening, by class and target. (N, C, N, B)."""
    chosen = world.policy.chosen
    new = chosen * (chosen > _opening(s)[..., None])
    found = np.zeros((len(new), len(CLASSES), *new.shape[2:]), dtype=np.int8)
    for k, goods in enumerate(pacts.CLASS_GOODS):
        if goods:
            found[:, k] = new[:, list(goods)].max(axis=1)
    return found


def _matched(world: World, s: Scenario, chosen: Small, matches: Spread | None) -> Small:
    """What owners chose, raised to what clauses and charters make them match."""
    level = chosen
    if _chartered(world):
        asked = _seconded(world, s) if chosen is world.policy.chosen else second_levels(world, s, chosen)
        if (asked > chosen).any():
            level = np.maximum(chosen, asked)
    if matches is not None:
        others = chosen[matches.rows.taker[matches.row], matches.good, matches.whom, matches.world]
        theirs = to_match(matches, s, others)
        cells = matches.giver, matches.good, matches.whom, matches.world
        higher = theirs > level[cells]
        if higher.any():
            level = level.copy() if level is chosen else level
            np.maximum.at(level, tuple(axis[higher] for axis in cells), theirs[higher].astype(np.int8))
    return level


def to_match(matches: Spread, s: Scenario, theirs: Small) -> Small:
    """Levels that promises to match ask for, where the giver sells the good, by what takers keep to. (entries,)."""
    asked: Small = np.where(theirs > matches.most, theirs, np.int8(0)) * _sells(s)[matches.giver, matches.good]
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


@reading_of("policy.chosen")
def new_bans(world: World, s: Scenario) -> NDArray[np.bool_] | None:
    """Bans that owners have set beyond those of the opening, by class and target; None when none. (N, C, N, B)."""
    found = _strictest(world, s) == BAN
    return found if found.any() else None


@constants_of
def _sells(s: Scenario) -> Small:
    """1 where a place sells a good. (N, G)."""
    return (s.sellers.lane >= 0).astype(np.int8)


@constants_of
def _opening(s: Scenario) -> Small:
    return opening_level(s)


def opened(world: World, closed: Small) -> Small:
    """Where engineers may not work, less the places to which somebody promised to hold back. (N, N, B)."""
    rows = in_force(world, RESTRAIN)
    if rows is None:
        return closed
    at = rows.subject == PEOPLE
    cells = rows.giver[at], rows.taker[at], rows.world[at]
    if not closed[cells].any():
        return closed
    closed = closed.copy()
    closed[cells] = 0
    return closed


@reading_of("clauses.kind", "contracts.status")
def spared(world: World, s: Scenario) -> NDArray[np.bool_] | None:
    """Lines abroad that a licensor has promised not to cut off from tools: to the place of their firm. (F, B) or None.

    It is how yearly licences for plants in the other bloc are renewed, case by case (S22).
    """
    rows = in_force(world, RESTRAIN)
    if rows is None:
        return None
    kept = np.zeros((len(s.lines.home), world.worlds), dtype=bool)
    some = (rows.subject == TOOLS) & (rows.quantity < SLOW_WALK)
    giver, taker, w = rows.giver[some], rows.taker[some], rows.world[some]
    line, at = entries((s.lines.hostage_of[:, None] == giver) & (s.lines.home[:, None] == taker))
    kept[line, w[at]] = True
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


def stepped_down(world: World, s: Scenario) -> NDArray[np.bool_] | None:
    """Who loosened a control by a clause that was signed in this quarter; None when nobody. (N, B)."""
    of = held_back(world, s)
    if of is None:
        return None
    fresh = (world.contracts.signed[of.rows.slot, of.rows.world] == world.quarter)[of.row]
    if not fresh.any():
        return None
    cells = of.giver[fresh], of.good[fresh], of.whom[fresh], of.world[fresh]
    lower = world.policy.level[cells] < world.policy.chosen[cells]
    down = np.zeros(world.state.cash.shape, dtype=bool)
    down[cells[0][lower], cells[3][lower]] = True
    return down
