"""What steady seats do beside plants, compute and talks, each for its own reason, and only in quarters set for it.

Who is threatened lays in stock and steels its people; who would own plants abroad buys into them; who would write the
rules of AI writes them. What political capital would else lapse hurries plants, relieves crowded sites, certifies chips,
and locks public money by law where a government has plants to build for years.
"""

from __future__ import annotations

import numpy as np

from agents.strategies import Council
from game.core.diplomacy import Audit, Campaign, SafetyStandard
from game.core.names import CLASSES, GOODS, TRACKS
from game.core.numeric import Array, Counts
from game.core.orders import Equity, FastTrack, Law, RelieveCrowding, ResearchShare, Stock
from game.core.scenario import Scenario
from game.rules import law, pacts
from game.rules.construction import crowding
from game.rules.kept import constants_of
from game.rules.law import Mask
from game.rules.objectives import METRICS
from game.rules.statecraft_metrics import STAKE
from game.rules.worth_stakes import stakes

#: Quarters between two looks of a seat, and capital from which some would lapse.
LOOK, PLENTY = 4, 5.0
#: Stock that a threatened seat lays in, in quarters of its use at the opening, of goods that it can keep.
LAID_IN, KEPT_CLASSES = 0.25, ("minerals", "magnets")
#: Quarters of building from which a permit out of turn is worth asking for, and approval that it may cost.
LONG, LIKED = 6.0, 0.55
#: kwpm beyond what a site carries from which public works pay.
CROWDED = 2.0
#: Share of the budget that a law locks, and quarters between two looks for one.
LOCKED, LAWS = 0.10, 12
#: Equity in a foreign plant: share of what all its room costs.
BOUGHT = 0.2
#: Quarters between two changes of research, and what the track that pays most takes of it.
STUDY, FOCUS = 8, 0.3
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
        if plenty[row].any():
            _hurry(council, row, plenty[row])
    if quarter % LAWS == LAWS // 2:
        _lock(council, plenty)


def _prepare(council: Council) -> None:
    """Stock of what a seat is threatened to be cut off from, and a campaign for the will to bear it."""
    world, s = council.desk.world, council.scenario
    threat = world.signals.threat > 0
    for row, seat in enumerate(council.seats.tolist()):
        under = threat[:, :, seat].any(axis=0)
        if not under.any():
            continue
        for name in KEPT_CLASSES:
            k = CLASSES.at(name)
            for good in pacts.CLASS_GOODS[k]:
                use = float(council.book.tables.baseline_need[seat, good, 0])
                where = under[k] & (council.capital[row] >= 2.0 * law.ORDER_CAPITAL)
                where &= world.goods.stockpile[seat, good] < 2.0 * LAID_IN * world.goods.reference[seat, good]
                if use > 0.0 and where.any():
                    council.give(row, Stock(GOODS.names[good], LAID_IN * use), where)
        steeled = under.any(axis=0) & (council.capital[row] >= PLENTY - 1.0) & (world.politics.resolve[seat] < 0.7)
        if steeled.any():
            council.give(row, Campaign("resolve"), steeled)


def _study(council: Council) -> None:
    """More research in the track in which know-how earns most."""
    world = council.desk.world
    if world.quarter % STUDY != STUDY - 1:
        return
    best = stakes(world, council.scenario, council.book.tables).skill[council.seats].argmax(axis=1)
    now = np.take_along_axis(world.state.research[council.seats], best[:, None], axis=1)[:, 0]
    for row in range(len(council.seats)):
        for track in np.unique(best[row]).tolist():
            where = (best[row] == track) & (now[row] < FOCUS)
            if where.any():
                council.give(row, ResearchShare(TRACKS.names[track], FOCUS), where)


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
        for supplier in _abroad(s)[seat]:
            share = world.suppliers.state_share[seat, supplier]
            amount = BOUGHT * float(s.suppliers.room_capex[supplier, 0])
            where = mine & (share < STAKE) & (council.money[row] > 2.0 * amount)
            if where.any():
                given = council.give(row, Equity(s.suppliers.axis.names[supplier], amount), where)
                mine &= ~where if given.accepted else mine


@constants_of
def _abroad(s: Scenario) -> dict[int, list[int]]:
    """Suppliers outside each seat's home and the inside place that have room, those that cost least first."""
    cost = s.suppliers.room_capex[:, 0]
    some = [i for i in np.argsort(cost, kind="stable").tolist() if s.suppliers.room[i, 0] > 0.0 and cost[i] > 0.0]
    return {n: [i for i in some if int(s.suppliers.place[i]) not in (n, s.inside)] for n in s.places.seats}


def _hurry(council: Council, row: int, where: Mask) -> None:
    """A permit for the plant that has longest to go, works at the site that is most crowded, an audit of chips."""
    world, s, seat = council.desk.world, council.scenario, int(council.seats[row])
    lines, suppliers = _home(s)[seat]
    liked = where & (world.state.approval[seat] > LIKED)
    if liked.any():
        left = np.concatenate(
            [
                world.lines.left[lines] * (world.lines.building[lines] > 0.0),
                world.suppliers.left[suppliers] * (world.suppliers.building[suppliers] > 0.0),
            ]
        )
        names = [s.lines.axis.names[i] for i in lines] + [s.suppliers.axis.names[i] for i in suppliers]
        _best(council, row, names, left, LONG, liked, FastTrack)
    if len(lines):
        crowd = crowding(world, council.book.tables)[lines] * (world.lines.building[lines] > 0.0)
        _best(council, row, [s.lines.axis.names[i] for i in lines], crowd, CROWDED, where, RelieveCrowding)
    made = stakes(world, s, council.book.tables).chips[seat]
    open_ = where & (world.standards.certified[seat] < CERTIFIED) & (made > CHIPS)
    if open_.any():
        council.give(row, Audit(), open_)


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


@constants_of
def _home(s: Scenario) -> dict[int, tuple[Counts, Counts]]:
    """Lines and suppliers at each seat's home."""
    return {n: (np.flatnonzero(s.lines.place == n), np.flatnonzero(s.suppliers.place == n)) for n in s.places.seats}


def _lock(council: Council, plenty: Mask) -> None:
    """A multi-year law where a seat has plants to build, money, and no law in force."""
    world, s = council.desk.world, council.scenario
    budget = s.places.budget[:, 0]
    for row, seat in enumerate(council.seats.tolist()):
        lines, suppliers = _home(s)[seat]
        if not len(lines) + len(suppliers):
            continue
        where = plenty[row] & (world.laws.left[seat] <= 0.0) & (world.state.cash[seat] > budget[seat])
        if where.any():
            council.give(row, Law(LOCKED * float(budget[seat])), where)
