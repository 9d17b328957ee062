"""What steady seats do beside plants, compute and talks, each for its own reason, and only in quarters set for it.

Who is threatened lays in stock and steels its people; who would own plants abroad buys into them; who would write the
rules of AI writes them; lines that an objective or a mandate names are hurried. Political capital that would lapse
certifies chips. Multi-year laws are left to doctrines: in paired games they cost a seat that spends its budget anyway.
"""

from __future__ import annotations

import numpy as np

from agents.strategies import Council
from game.core.diplomacy import Audit, SafetyStandard
from game.core.names import CLASSES, GOODS, TRACKS, USES
from game.core.numeric import Array
from game.core.orders import ComputeSplit, Equity, FastTrack, RelieveCrowding, ResearchShare, Stock
from game.core.scenario import Scenario
from game.rules import law, pacts
from game.rules.construction import crowding
from game.rules.kept import constants_of
from game.rules.law import Mask
from game.rules.objectives import METRICS
from game.rules.statecraft_metrics import STAKE
from game.rules.worth_stakes import stakes

#: Quarters between two looks of a seat, and capital from which some would lapse.
LOOK, PLENTY = 4, 5.5
#: Stock that a threatened seat lays in, in quarters of its use at the opening, of goods that it can keep.
LAID_IN, KEPT_CLASSES = 0.25, ("minerals", "magnets")
#: Quarters of building from which a permit out of turn is worth asking for, and approval that it may cost.
LONG, LIKED = 6.0, 0.55
#: kwpm beyond what a site carries from which public works pay.
CROWDED = 2.0
#: Equity in a foreign plant: share of what the plant is worth, and USD bn at least; plants in one look at most.
BOUGHT, LEAST_STAKE, STAKES = 2.2 * STAKE, 0.02, 2
#: Quarter of the change of research, what the track of an objective takes of it, and the track of each.
STUDY, FOCUS = 7, 0.3
TRACK_OF = {
    "good_output": "separation", "refined_over_ore": "separation", "packaging_share": "packaging",
}  # fmt: skip
#: Quarter of the change of what compute is used for, and the use and share of it for metrics that live on one.
LEND = 5
USE_OF = {"cloud_rented_out": ("rent", 0.2)}
#: Metrics that name lines of which a seat wants more soon.
NAMED = ("line_capacity_yield", "weakest_line", "line_used")
#: Share of its chips that is certified from which a seat audits no more, and chips a quarter that make it worth it.
CERTIFIED, CHIPS = 0.9, 0.3


def statecraft(council: Council) -> None:
    """Orders that a seat's own situation calls for."""
    quarter = council.desk.world.quarter
    if council.desk.world.signals.threat.any():
        _prepare(council)
    _study(council)
    turn = (council.seats + quarter) % LOOK == 0
    plenty = council.capital >= PLENTY
    for row in np.flatnonzero(turn).tolist():
        _wish(council, row)
        _hurry(council, row)
        if plenty[row].any():
            _certify(council, row, plenty[row])


def _prepare(council: Council) -> None:
    """Stock of what a seat is threatened to be cut off from, and a campaign for the will to bear it."""
    world = council.desk.world
    seats, goods = council.seats, world.goods
    under = np.asarray((world.signals.threat > 0).any(axis=0))[:, seats]
    for name in KEPT_CLASSES:
        k = CLASSES.at(name)
        for good in pacts.CLASS_GOODS[k] if under[k].any() else ():
            lots = LAID_IN * council.book.tables.baseline_need[seats, good]
            where = under[k] & (council.capital >= 2.0 * law.ORDER_CAPITAL) & (lots > 0.0)
            where &= goods.stockpile[seats, good] < 2.0 * LAID_IN * goods.reference[seats, good]
            # Who makes most of the world's own good finds too little of it outside; sellers under licence stop too.
            for row in np.flatnonzero(where.any(axis=1)).tolist():
                council.attempt(row, Stock(GOODS.names[good], float(lots[row, 0])), where[row])
    steeled = under.any(axis=0) & (council.capital >= PLENTY - 1.0) & (world.politics.resolve[seats] < 0.7)
    if steeled.any():
        council.campaign("resolve", steeled)


def _study(council: Council) -> None:
    """More research in the track that a seat's objective lives on, and compute to the use that it lives on."""
    world, s = council.desk.world, council.scenario
    if world.quarter == LEND:
        _lend(council)
    if world.quarter != STUDY:
        return
    for row, seat in enumerate(council.seats.tolist()):
        objective = s.objectives.get(seat)
        track = TRACK_OF.get(objective.metric) if objective else None
        if track is not None:
            where = world.state.research[seat, TRACKS.at(track)] < FOCUS
            if where.any():
                council.give(row, ResearchShare(track, FOCUS), where)


def _lend(council: Council) -> None:
    """Compute for the use that a seat's objective, or its mandate, lives on."""
    world, s = council.desk.world, council.scenario
    for row, seat in enumerate(council.seats.tolist()):
        wants = [(-1, s.objectives[seat])] if seat in s.objectives else []
        for i, want in (*wants, *enumerate(s.mandates.get(seat, ()))):
            if want.metric in USE_OF:
                use, share = USE_OF[want.metric]
                where = world.compute.uses[seat, USES.at(use)] < share
                where &= (world.standing.mandate[seat] == i) | (i < 0)
                council.attempt(row, ComputeSplit(use, share), where)


def _wish(council: Council, row: int) -> None:
    """Equity abroad and a standard of one's own, for mandates that ask for them."""
    world, s, seat = council.desk.world, council.scenario, int(council.seats[row])
    for i, mandate in enumerate(s.mandates.get(seat, ())):
        if mandate.metric not in ("owned_abroad", "standard_share"):
            continue
        mine = (world.standing.mandate[seat] == i) & (council.capital[row] >= law.ORDER_CAPITAL)
        if not mine.any():
            continue
        if mandate.metric == "standard_share":
            mine &= world.standards.guardrail[seat] != seat
            if mine.any():
                council.give(row, SafetyStandard(), mine)
            continue
        owned = METRICS[mandate.metric](world, s, council.book.tables, seat, mandate.of)
        mine &= owned < mandate.target
        room, bought = council.desk.plant_room[len(s.lines.axis) :], np.zeros(world.worlds, dtype=np.int64)
        for supplier in _abroad(s)[seat]:
            share = world.suppliers.state_share[seat, supplier]
            whole = (world.suppliers.capacity + world.suppliers.building)[supplier] * _unit_capex(s)[supplier]
            amount = np.maximum(BOUGHT * whole, LEAST_STAKE)
            where = mine & (share < STAKE) & (room[supplier] > 1e-9) & (council.money[row] > 2.0 * amount)
            bought += council.attempt(row, Equity(s.suppliers.axis.names[supplier], amount), where)
            mine &= bought < STAKES
            if not mine.any():
                break


@constants_of
def _abroad(s: Scenario) -> dict[int, list[int]]:
    """Suppliers outside each seat's home and the inside place that have room, those worth least first."""
    cost = s.suppliers.capacity[:, 0] * _unit_capex(s)
    some = [i for i in np.argsort(cost, kind="stable").tolist() if _unit_capex(s)[i] > 0.0]
    return {n: [i for i in some if int(s.suppliers.place[i]) not in (n, s.inside)] for n in s.places.seats}


@constants_of
def _unit_capex(s: Scenario) -> Array:
    """USD bn of a unit of capacity; 0 where there is no room for one. (S,)."""
    room = s.suppliers.room[:, 0]
    return np.where(room > 0.0, s.suppliers.room_capex[:, 0] / np.maximum(room, 1e-9), 0.0)


def _hurry(council: Council, row: int) -> None:
    """Permits and public works for lines that its objective or its mandate names, while they are built."""
    world, s, seat = council.desk.world, council.scenario, int(council.seats[row])
    for i, wish in _named(s).get(seat, ()):
        mine = council.capital[row] >= 2.0 * law.ORDER_CAPITAL
        if i >= 0:
            mine = mine & (world.standing.mandate[seat] == i)
        if not mine.any():
            continue
        names = [s.lines.axis.names[line] for line in wish]
        building = world.lines.building[wish] > 0.0
        liked = mine & (world.state.approval[seat] > LIKED)
        if liked.any():
            _best(council, row, names, world.lines.left[wish] * building, LONG, liked, FastTrack)
        crowd = crowding(world, council.book.tables)[wish] * building
        _best(council, row, names, crowd, CROWDED, mine, RelieveCrowding)


@constants_of
def _named(s: Scenario) -> dict[int, list[tuple[int, list[int]]]]:
    """Lines at home that objectives (-1) and mandates name, by seat."""
    found: dict[int, list[tuple[int, list[int]]]] = {}
    for seat in s.places.seats:
        wishes = [(-1, s.objectives[seat])] if seat in s.objectives else []
        for i, wish in (*wishes, *enumerate(s.mandates.get(seat, ()))):
            if wish.metric in NAMED:
                lines = [s.lines.axis.at(name.strip()) for name in str(wish.of).split(",")]
                found.setdefault(seat, []).append((i, [n for n in lines if int(s.lines.place[n]) == seat]))
    return {seat: [(i, lines) for i, lines in of if lines] for seat, of in found.items()}


def _certify(council: Council, row: int, where: Mask) -> None:
    """An audit of chips, for who makes many, with capital that would lapse."""
    world, s, seat = council.desk.world, council.scenario, int(council.seats[row])
    where = where & (world.standards.certified[seat] < CERTIFIED)
    if where.any():
        where = where & (stakes(world, s, council.book.tables).chips[seat] > CHIPS)
        if where.any():
            council.give(row, Audit(), where)


def _best(
    council: Council, row: int, names: list[str], value: Array, least: float, where: Mask,
    order: type[FastTrack] | type[RelieveCrowding],
) -> None:  # fmt: skip
    if not len(value):
        return
    best = value.argmax(axis=0)
    where = where & (value[best, np.arange(value.shape[1])] >= least)
    for i in np.unique(best[where]).tolist():
        council.give(row, order(names[i]), where & (best == i))
