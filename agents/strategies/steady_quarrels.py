"""How steady seats quarrel: whom they threaten, when they carry it out, and what ends it (rules.md R1).

A seat threatens where a control of its would hurt a place that it trusts little by more than it costs itself, so that
holding back can be sold. Who is threatened may promise something for it; if not, the threat is carried out where the
ban is worth its cost: because its end will be sold, or because a rival that loses tools and their service comes later
to the post. A ban stands until its end is sold, or, where it costs more than it brings, until it is old. No quarrel is
begun while the world is tense, by a seat whose mandate forbids it, nor for little by one that is blamed already.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from agents.strategies import Council
from agents.strategies.steady_bundles import MOST_PAID
from agents.strategies.steady_themes import LENGTH
from game.core.clauses import CLAUSES
from game.core.diplomacy import Declare
from game.core.names import CLASSES, LEVELS
from game.core.numeric import Array, Counts, best_of_each, entries, nonzero
from game.core.orders import ExportControl
from game.core.scenario import Scenario
from game.core.world import World
from game.rules import law, pacts
from game.rules.kept import constants_of
from game.rules.pledges import new_bans
from game.rules.worth_grip import Grip, grip
from game.rules.worth_stakes import Stakes, stakes

BAN, PEOPLE = LEVELS.at("ban"), CLASSES.at("people")
RESTRAIN, SUPPLY, PRIORITY = (CLAUSES.at(kind) for kind in ("restrain", "supply", "priority"))
#: Quarters between two looks for a quarrel that pays, and that a threat runs.
LOOK, RUNS = 2, 3
#: Trust below which a seat is a rival; blame and world escalation above which nobody begins anything.
RIVAL, BLAMED, TENSE = 0.42, 0.9, 1.5
#: Part of what a target would lose that its owner hopes to be paid; odds that it comes to a ban, and quarters that one
#: lasts then.
HOPED, TO_A_BAN, LASTS = 0.55, 0.4, 4.0
#: Odds that the end of a ban is sold for what is hoped.
SOLD = 0.25
#: Points of the whole that a quarrel must promise, and that it must promise who is blamed already. Quarters after which
#: a ban that costs its owner is lifted for nothing.
WORTHWHILE, GRAVE, OLD = 0.02, 0.5, 8
#: How much more than its output a line is worth that may be cut off: it does not come back as it was. Judged.
HOSTAGE = 3.0
#: Blame of a step that was announced, in points of standing, added up until it is forgotten.
BLAME = 0.7 * 7.0
#: Metrics of mandates that forbid quarrels.
PEACEFUL = ("restraint", "sales_to", "verifies", "clause_partners")


def quarrel(council: Council, eager: Array) -> None:
    """Threats and bans of the council's seats; `eager` (n, 1) is what quarrels are worth to each, over `steady`."""
    world, s = council.desk.world, council.scenario
    bans, over = new_bans(world, s), world.signals.threat[council.seats] == 1
    looking = world.quarter % LOOK == 0
    if not looking and not over.any() and bans is None:
        return
    k = stakes(world, s, council.book.tables)
    owns = controllers(k)[council.seats]
    if bans is not None:
        _lift(council, bans, owns)
    pairs, beginning = over.any(axis=(1, 3)), None
    if looking:
        beginning = (_free(council, bans) & owns.any(axis=1))[:, None] & ~_friends(council)
        pairs |= beginning.any(axis=2)
    row, target = np.nonzero(pairs)
    if not len(row):
        return
    held = grip(world, s, council.book.tables, council.seats[row], target)
    eagerly = eager[row][:, None]
    found = Quarrels(row, target, promise(k, held) * eagerly, owns, _promised(world, s))
    if over.any():
        _carry_out(council, over, found._replace(worth=promise(k, held, SOLD, 1.0) * eagerly))
    if beginning is not None:
        _threaten(council, beginning, found, bans)


class Quarrels(NamedTuple):
    """What quarrels would promise the council's seats."""

    row: Counts
    """(P,) who would quarrel, row by row"""
    target: Counts
    """(P,) with whom"""
    worth: Array
    """(P, C, B) points, by class"""
    owns: NDArray[np.bool_]
    """(n, C, B) who may control a class"""
    promised: NDArray[np.bool_]
    """(N, C, N, B) whom owners have promised not to control"""


def controllers(k: Stakes) -> NDArray[np.bool_]:
    """Who makes or designs enough of a class to control it, and so to threaten it (rules.md R9). (N, C, B)."""
    least = k.scenario.parameters.controls.class_share
    found = np.zeros((len(k.holdings), len(CLASSES), k.world.worlds), dtype=bool)
    for kind, goods in enumerate(k.tables.positions.classes):
        found[:, kind] = k.holdings[:, goods].max(axis=1) >= least
    return found


def promise(k: Stakes, held: Grip, sold: float = 1.0, banned: float = TO_A_BAN) -> Array:
    """Points, over the length of a promise, that threatening each target with a control of each class promises its
    owner: what may be paid for its end, less what a ban would cost. (P, C, B).

    Parameters
    ----------
    sold, banned : odds that it is paid for, and that it comes to a ban.
    """
    span, budget = float(k.spans[LENGTH]), k.scenario.places.budget
    paid = np.minimum(HOPED * held.hurt / k.money[held.target][:, None], (MOST_PAID * budget)[held.target, :, None])
    gained = paid * k.money[held.owner][:, None] * span
    blame = BLAME * k.weight("standing")
    cost = held.cost + (_hostages(k)[held.owner, held.target] * k.income[held.owner])[:, None]
    return np.asarray(sold * gained - banned * (LASTS * cost + blame[held.owner, :, None]))


def _hostages(k: Stakes) -> Array:
    """USD bn a quarter that lines of the first place's firms in the second would lose, cut off in return (S22)."""
    s, lines = k.scenario, k.world.lines
    rows = nonzero(s.lines.home != s.lines.place)
    value = lines.output[rows] * k.price[k.tables.line_good[rows]]
    found = np.zeros_like(k.world.relations.trust)
    np.add.at(found, (s.lines.home[rows], s.lines.place[rows]), value)
    return HOSTAGE * (1.0 - s.parameters.fabs.parts_alive) * found


def _carry_out(council: Council, over: NDArray[np.bool_], found: Quarrels) -> None:
    """Threats whose last quarter this is: a ban where it still pays, and else they are taken back."""
    world, s = council.desk.world, council.scenario
    pair_of = {pair: i for i, pair in enumerate(zip(found.row.tolist(), found.target.tolist(), strict=True))}
    for row, kind, place in np.argwhere(over.any(axis=3)).tolist():
        seat, names = int(council.seats[row]), s.place_axis.names
        due = over[row, kind, place] & ~found.promised[seat, kind, place]
        free = world.relations.escalation < 2.0 * TENSE
        pays = found.worth[pair_of[row, place], kind] > 0.0
        does = due & pays & free & found.owns[row, kind] & (council.capital[row] >= law.STEP_UP_CAPITAL)
        if does.any():
            council.give(row, ExportControl(CLASSES.names[kind], names[place], "ban"), does)
        if (due & ~does).any():
            council.give(row, Declare(CLASSES.names[kind], names[place], on=False), due & ~does)


def _free(council: Council, bans: NDArray[np.bool_] | None) -> NDArray[np.bool_]:
    """Which seats may begin a quarrel, as far as capital goes. (n, B)."""
    world, at = council.desk.world, council.seats
    free: NDArray[np.bool_] = ~_peaceful(council.scenario)[at[:, None], world.standing.mandate[at]]
    free &= world.relations.escalation < TENSE
    free &= ~(world.signals.threat[at] > 0).any(axis=(1, 2)) & (council.capital >= 2.0 * law.ORDER_CAPITAL)
    if bans is not None:
        free &= np.count_nonzero(bans[at], axis=(1, 2)) < 2
    return free


def _threaten(council: Council, beginning: NDArray[np.bool_], found: Quarrels, bans: NDArray[np.bool_] | None) -> None:
    """The quarrel that promises most, of each seat that may begin one with some targets, `beginning` (n, N, B)."""
    seats, places, worlds = council.seats, len(council.scenario.place_axis), beginning.shape[2]
    least = np.where(council.desk.world.relations.blame[seats] < BLAMED, WORTHWHILE, GRAVE)
    pair, kind, w = entries(found.worth > least[found.row][:, None])
    row, target = found.row[pair], found.target[pair]
    may = beginning[row, target, w] & (council.capital[row, w] >= 2.0 * law.ORDER_CAPITAL) & (kind != PEOPLE)
    may &= found.owns[row, kind, w] & ~found.promised[seats[row], kind, target, w]
    if bans is not None:
        may &= ~bans[seats[row], kind, target, w]
    some = nonzero(may)
    worth, rank = found.worth[pair[some], kind[some], w[some]], (kind * places + target)[some]
    best = some[best_of_each((row * worlds + w)[some], worth, rank)]
    where, kinds, targets = (
        np.zeros((len(seats), worlds), dtype=bool),
        *np.zeros((2, len(seats), worlds), dtype=np.int64),
    )
    cells = row[best], w[best]
    where[cells], kinds[cells], targets[cells] = True, kind[best], target[best]
    council.threaten(kinds, targets, RUNS, where)


def _friends(council: Council) -> NDArray[np.bool_]:
    """Whom seats threaten with nothing: friends, fellow members and places that nobody steers. (n, N, B)."""
    s, relations, seats = council.scenario, council.desk.world.relations, council.seats
    trust = np.minimum(relations.trust[seats], relations.trust.swapaxes(0, 1)[seats])
    member = relations.member[s.race.bloc] > 0
    friends: NDArray[np.bool_] = (trust >= RIVAL) | (member[seats][:, None] & member)
    unsteered = np.ones(len(s.place_axis), dtype=bool)
    unsteered[list(s.places.seats)] = False
    friends |= unsteered[:, None]
    friends[np.arange(len(seats)), seats] = True
    return friends


def _promised(world: World, s: Scenario) -> NDArray[np.bool_]:
    """Whom owners have promised not to control, by class. (N, C, N, B)."""
    places = len(s.place_axis)
    found = np.zeros((places, len(CLASSES), places, world.worlds), dtype=bool)
    for kind in (RESTRAIN, SUPPLY, PRIORITY):
        rows = pacts.in_force(world, kind)
        if rows is not None:
            about = rows.subject if kind == RESTRAIN else _class_of(s)[rows.subject]
            found[rows.giver, about, rows.taker, rows.world] = True
    return found


@constants_of
def _class_of(s: Scenario) -> Counts:
    """Class of each good; 0 for goods of none."""
    found = np.zeros(len(s.goods.price), dtype=np.int64)
    for kind, goods in enumerate(pacts.CLASS_GOODS):
        found[list(goods)] = kind
    return found


@constants_of
def _peaceful(s: Scenario) -> NDArray[np.bool_]:
    """Which mandates of each place forbid quarrels; the last column stands for none. (N, mandates + 1)."""
    most = max((len(three) for three in s.mandates.values()), default=0)
    found = np.zeros((len(s.place_axis), most + 1), dtype=bool)
    for place, three in s.mandates.items():
        found[place, : len(three)] = [mandate.metric in PEACEFUL for mandate in three]
    return found


def _lift(council: Council, bans: NDArray[np.bool_], owns: NDArray[np.bool_]) -> None:
    """Bans that cost their owner and have stood long enough to be learnt from are lifted for nothing."""
    world, s = council.desk.world, council.scenario
    opening, found = council.book.tables.opening_level, []
    for row, kind, place in np.argwhere(bans[council.seats].any(axis=3)).tolist():
        seat, goods = int(council.seats[row]), list(pacts.CLASS_GOODS[kind])
        where = bans[seat, kind, place] & (world.policy.age[seat, goods, place].max(axis=0) >= OLD) & owns[row, kind]
        if where.any():
            found.append((row, seat, kind, place, where))
    if not found:
        return
    owner, target = (np.array([ban[i] for ban in found]) for i in (1, 3))
    cost = grip(world, s, council.book.tables, owner, target).cost
    for i, (row, seat, kind, place, old) in enumerate(found):
        where = old & (cost[i, kind] > 0.0) & (council.capital[row] >= law.ORDER_CAPITAL)
        if where.any():
            level = LEVELS.names[min(int(opening[seat, list(pacts.CLASS_GOODS[kind]), place].max()), BAN - 1)]
            council.give(row, ExportControl(CLASSES.names[kind], s.place_axis.names[place], level), where)
