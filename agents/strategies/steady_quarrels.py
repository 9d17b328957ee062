"""How steady seats quarrel: whom they threaten, when they carry it out, and what ends it (rules.md R1).

A seat threatens where a control of its would hurt a place that it trusts little by more than it costs itself, so that
holding back can be sold. Who is threatened may promise something for it; if not, the threat is carried out when it
still pays, and the ban stands until its end is sold or it has lost its bite. No quarrel is begun while the world is
tense, nor by a seat that is blamed already or whose mandate forbids it.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from agents.strategies import Council
from agents.strategies.steady_bundles import MOST_PAID
from agents.strategies.steady_themes import LENGTH
from game.core.clauses import CLAUSES
from game.core.diplomacy import Declare
from game.core.names import CLASSES, LEVELS
from game.core.numeric import Array, Counts
from game.core.orders import ExportControl
from game.core.scenario import Scenario
from game.core.world import World
from game.rules import law, pacts
from game.rules.kept import constants_of
from game.rules.pledges import new_bans
from game.rules.worth_grip import Grip, grip
from game.rules.worth_stakes import Stakes, stakes

BAN = LEVELS.at("ban")
RESTRAIN, SUPPLY, PRIORITY = (CLAUSES.at(kind) for kind in ("restrain", "supply", "priority"))
#: Quarters between two looks for a quarrel that pays, and that a threat runs.
LOOK, RUNS = 2, 3
#: Trust below which a seat is a rival; blame and world escalation above which nobody begins anything.
RIVAL, BLAMED, TENSE = 0.42, 0.9, 1.5
#: Part of what a target would lose that its owner hopes to be paid; odds that it comes to a ban, and quarters that one
#: lasts then.
HOPED, TO_A_BAN, LASTS = 0.55, 0.4, 4.0
#: Points of the whole that a quarrel must promise. Quarters after which a ban is lifted for nothing.
WORTHWHILE, OLD = 0.02, 12
#: How much more than its output a line is worth that may be cut off: it does not come back as it was. Judged.
HOSTAGE = 3.0
#: Blame of a step that was announced, in points of standing, added up until it is forgotten.
BLAME = 0.7 * 7.0
#: Metrics of mandates that forbid quarrels.
PEACEFUL = ("restraint", "sales_to", "verifies")


def quarrel(council: Council, eager: Array) -> None:
    """Threats and bans of the council's seats; `eager` (n, 1) is what quarrels are worth to each, over `steady`."""
    world, s = council.desk.world, council.scenario
    looking = world.quarter % LOOK == 0 and bool((world.relations.escalation < TENSE).any())
    threat = world.signals.threat[council.seats]
    over = threat == 1
    bans = new_bans(world, s)
    if not looking and not over.any() and bans is None:
        return
    k = stakes(world, s, council.book.tables)
    owns = controllers(k)
    if bans is not None:
        _lift(council, bans, owns)
    if not looking and not over.any():
        return
    pairs = np.asarray((world.signals.threat > 0).any(axis=(1, 3)))
    if looking:
        pairs |= ~_friends(world, s).all(axis=2)
    found = grip(world, s, council.book.tables, pairs)
    eagerly = _by_place(council, eager)[found.owner, :, None]
    worth = found.spread(promise(k, found) * eagerly, len(s.place_axis))
    if over.any():
        _carry_out(council, over, worth, owns)
    if looking:
        _threaten(council, worth, owns, bans)


def controllers(k: Stakes) -> NDArray[np.bool_]:
    """Who makes or designs enough of a class to control it, and so to threaten it (rules.md R9). (N, C, B)."""
    least = k.scenario.parameters.controls.class_share
    found = np.zeros((len(k.holdings), len(CLASSES), k.world.worlds), dtype=bool)
    for kind, goods in enumerate(k.tables.positions.classes):
        found[:, kind] = k.holdings[:, goods].max(axis=1) >= least
    return found


def _by_place(council: Council, eager: Array) -> Array:
    found = np.ones((len(council.scenario.place_axis), 1))
    found[council.seats] = eager
    return found


def promise(k: Stakes, held: Grip) -> Array:
    """Points, over the length of a promise, that threatening each target with a control of each class promises its
    owner: what may be paid for its end, less what a ban would cost. (P, C, B)."""
    span, budget = float(k.spans[LENGTH]), k.scenario.places.budget
    paid = np.minimum(HOPED * held.hurt / k.money[held.target][:, None], (MOST_PAID * budget)[held.target, :, None])
    gained = paid * k.money[held.owner][:, None] * span
    blame = BLAME * k.weight("standing")
    cost = held.cost + (_hostages(k)[held.owner, held.target] * k.income[held.owner])[:, None]
    return np.asarray(gained - TO_A_BAN * (LASTS * cost + blame[held.owner, :, None]))


def _hostages(k: Stakes) -> Array:
    """USD bn a quarter that lines of the first place's firms in the second would lose, cut off in return (S22)."""
    s, lines = k.scenario, k.world.lines
    rows = np.flatnonzero(s.lines.home != s.lines.place)
    value = lines.output[rows] * k.price[k.tables.line_good[rows]]
    found = np.zeros_like(k.world.relations.trust)
    np.add.at(found, (s.lines.home[rows], s.lines.place[rows]), value)
    return HOSTAGE * (1.0 - s.parameters.fabs.parts_alive) * found


def _carry_out(council: Council, over: NDArray[np.bool_], worth: Array, owns: NDArray[np.bool_]) -> None:
    """Threats whose last quarter this is: a ban where it still pays, and else they are taken back. `owns`: as
    `controllers` says."""
    world, s = council.desk.world, council.scenario
    settled = _promised(world, s)
    for row, kind, place in np.argwhere(over.any(axis=3)).tolist():
        seat, names = int(council.seats[row]), s.place_axis.names
        due = over[row, kind, place] & ~settled[seat, kind, place]
        free = world.relations.escalation < 2.0 * TENSE
        does = due & (worth[seat, kind, place] > 0.0) & free & owns[seat, kind]
        does &= council.capital[row] >= law.STEP_UP_CAPITAL
        if does.any():
            council.give(row, ExportControl(CLASSES.names[kind], names[place], "ban"), does)
        if (due & ~does).any():
            council.give(row, Declare(CLASSES.names[kind], names[place], on=False), due & ~does)


def _threaten(council: Council, worth: Array, owns: NDArray[np.bool_], bans: NDArray[np.bool_] | None) -> None:
    """The quarrel that promises most, of each seat that is free to begin one."""
    world, s = council.desk.world, council.scenario
    names, barred = s.place_axis.names, _barred(world, s) | ~owns[:, :, None]
    if bans is not None:
        barred = barred | bans
    at, threat = council.seats, world.signals.threat[council.seats]
    mild = ~_peaceful(s)[at[:, None], world.standing.mandate[at]]
    free = mild & (world.relations.blame[at] < BLAMED) & (world.relations.escalation < TENSE)
    free &= ~(threat > 0).any(axis=(1, 2)) & (council.capital >= 2.0 * law.ORDER_CAPITAL)
    if bans is not None:
        free &= np.count_nonzero(bans[at], axis=(1, 2)) < 2
    promising = (worth[at] > WORTHWHILE).any(axis=(1, 2, 3))
    for row in np.flatnonzero(free.any(axis=1) & promising).tolist():
        seat, begins = int(at[row]), free[row]
        points = np.where(barred[seat], 0.0, worth[seat]).reshape(-1, world.worlds)
        best = points.argmax(axis=0)
        begins &= points[best, np.arange(world.worlds)] > WORTHWHILE
        for cell in np.unique(best[begins]).tolist():
            kind, place = divmod(cell, len(names))
            council.give(row, Declare(CLASSES.names[kind], names[place], RUNS), begins & (best == cell))


def _barred(world: World, s: Scenario) -> NDArray[np.bool_]:
    """Whom an owner does not threaten with what: friends, places that nobody steers, fellow members, and those to whom
    it has promised otherwise. (N, C, N, B)."""
    barred = _friends(world, s)[:, None] | _promised(world, s)
    barred[:, CLASSES.at("people")] = True
    return barred


def _friends(world: World, s: Scenario) -> NDArray[np.bool_]:
    """Whom an owner threatens with nothing: friends, fellow members and places that nobody steers. (N, N, B)."""
    relations = world.relations
    trust = np.minimum(relations.trust, relations.trust.swapaxes(0, 1))
    member = relations.member[s.race.bloc] > 0
    friends = (trust >= RIVAL) | (member[:, None] & member[None])
    unsteered = np.ones(len(s.place_axis), dtype=bool)
    unsteered[list(s.places.seats)] = False
    friends |= unsteered[None, :, None]
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
    """Bans that have stood long enough to be learnt from are lifted for nothing."""
    world, s = council.desk.world, council.scenario
    opening = council.book.tables.opening_level
    for row, kind, place in np.argwhere(bans[council.seats].any(axis=3)).tolist():
        seat, goods = int(council.seats[row]), list(pacts.CLASS_GOODS[kind])
        old = world.policy.age[seat, goods, place].max(axis=0) >= OLD
        where = bans[seat, kind, place] & old & owns[seat, kind] & (council.capital[row] >= law.ORDER_CAPITAL)
        if where.any():
            level = LEVELS.names[min(int(opening[seat, goods, place].max()), BAN - 1)]
            council.give(row, ExportControl(CLASSES.names[kind], s.place_axis.names[place], level), where)
