"""Ways to spend public money that `steady` leaves alone; doctrines take their pick.

Each looks at the seats whose turn it is, finds in every world what is best there, and gives the orders that law,
treasury and political capital allow. Rows are seats.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

import numpy as np

from agents.strategies import Council
from game.core.names import GOODS, MINERALS, NODES, TRACKS
from game.core.numeric import Array, Counts, total
from game.core.orders import Equity, FastTrack, Law, Order, RelieveCrowding, Renode, Stock
from game.core.scenario import Scenario
from game.rules.construction import crowding
from game.rules.kept import constants_of
from game.rules.law import Mask
from game.rules.outlook import supplier_price

MINERAL_GOODS = tuple(GOODS.at(good) for good in MINERALS)
#: Quarters of its use at the opening that a seat buys of a mineral at a time, and the most of the world's flow.
LOT, MOST_LOT = 0.5, 0.08
#: Share of the cash at hand that one stake, one permit and one quarter of a law may take; judged.
STAKE, PERMIT, LOCKED = 0.25, 0.2, 0.02
#: Money at hand, in quarters of budget, from which some can be locked for three years.
RICH = 3.0
#: Quarters that must be left to a plant for a permit out of turn to be worth its price.
LONG = 5.0
#: Least price over cost at which a plant abroad is worth a stake.
PAYS = 1.1
_NODE_TRACK = TRACKS.at("node")


def in_turn(council: Council, every: int) -> list[int]:
    """Rows of the seats that look in this quarter, each every so many quarters."""
    return np.flatnonzero((council.seats + council.view.quarter) % every == 0).tolist()


def for_each(
    council: Council, row: int, chosen: Counts, where: Mask, names: Sequence[str], order: Callable[[str], Order]
) -> None:
    """Give an order about what was chosen in each world, by its name. `chosen`: positions in `names`, (B,)."""
    for choice in np.unique(chosen[where]).tolist():
        council.attempt(row, order(names[choice]), where & (chosen == choice))


def stock_up(council: Council, cover: float, every: int = 2, goods: Sequence[int] = MINERAL_GOODS) -> None:
    """Buy of the mineral that leans most on one seller, until there is stock for `cover` quarters of use."""
    world, s = council.desk.world, council.scenario
    rows = in_turn(council, every)
    lots = _lots(council)
    for row in rows:
        seat, some = int(council.seats[row]), list(goods)
        low = world.goods.stockpile[seat, some] < cover * world.goods.reference[seat, some]
        leans = (
            s.goods.stake[some].reshape(-1, 1) * council.desk.dependences[some, seat] * low * (lots[seat, some] > 0.0)
        )
        best = leans.argmax(axis=0)
        where = (leans.max(axis=0) > 0.0) & (council.money[row] > 0.5 * s.places.budget[seat])
        for_each(council, row, best, where, [GOODS.names[g] for g in some], partial(_lot, lots[seat]))


def _lot(lots: Array, good: str, sign: float = 1.0) -> Stock:
    """An order for a lot of a good. `lots`: (G, 1)."""
    return Stock(good, sign * float(lots[GOODS.at(good), 0]))


def _lots(council: Council) -> Array:
    """What is bought at a time, by place and good: the same in every world. (N, G, 1)."""
    need = council.book.tables.baseline_need
    return np.minimum(LOT * need, MOST_LOT * (total(need) - need[council.scenario.inside]))


def sell_off(council: Council, cover: float, every: int = 4) -> None:
    """Sell from the national stock what goes beyond `cover` quarters of use."""
    world, lots = council.desk.world, _lots(council)
    for row in in_turn(council, every):
        seat, some = int(council.seats[row]), list(MINERAL_GOODS)
        held = world.goods.stockpile[seat, some]
        spare = held - np.maximum(cover * world.goods.reference[seat, some], lots[seat, some])
        worth = np.maximum(spare, 0.0) * council.scenario.goods.price[some] * (lots[seat, some] > 0.0)
        best = worth.argmax(axis=0)
        sell = partial(_lot, lots[seat], sign=-1.0)
        for_each(council, row, best, worth.max(axis=0) > 0.0, MINERALS, sell)


def take_stakes(council: Council, goods: Sequence[str], every: int = 4, share: float = STAKE) -> None:
    """Equity in the supplier abroad of one of these goods that earns most: it builds there, and pays dividends."""
    s, world = council.scenario, council.desk.world
    wanted = np.isin(s.suppliers.good, [GOODS.at(good) for good in goods])
    rows = in_turn(council, every)
    if not rows:
        return
    earns = supplier_price(council.view, s, council.book.tables) / np.maximum(s.suppliers.cost, 1e-9)
    room = council.desk.plant_room[len(s.lines.axis) :] > 0.3 * s.suppliers.room
    for row in rows:
        seat = int(council.seats[row])
        open_to = wanted & (s.suppliers.place != seat) & ((s.suppliers.place != s.inside) | (seat == s.inside))
        some = np.flatnonzero(open_to & (s.suppliers.room[:, 0] > 0.0))
        if not len(some):
            continue
        trust = world.relations.trust[s.suppliers.place[some], seat]
        gain = np.where(room[some] & (earns[some] > PAYS), np.minimum(earns[some], 3.0) * trust, 0.0)
        amount = np.minimum(share * council.money[row], s.suppliers.room_capex[some].max())
        where = (gain.max(axis=0) > 0.0) & (amount > 0.02)
        names = [s.suppliers.axis.names[k] for k in some]
        for_each(council, row, gain.argmax(axis=0), where, names, partial(Equity, amount=amount))


def hasten(council: Council, every: int = 2) -> None:
    """A permit out of turn for the largest plant at home that has long to go."""
    s, world = council.scenario, council.desk.world
    left = np.concatenate([world.lines.left, world.suppliers.left])
    fee = _permit_cost(s) * council.desk.under_way
    plants = (*s.lines.axis.names, *s.suppliers.axis.names)
    for row in in_turn(council, every):
        home = _plants_at(s)[int(council.seats[row])]
        if not len(home):
            continue
        cost = fee[home] * (left[home] > LONG)
        cost = np.where(cost <= PERMIT * council.money[row], cost, 0.0)
        best = cost.argmax(axis=0)
        for_each(council, row, best, cost.max(axis=0) > 0.0, [plants[i] for i in home], FastTrack)


def relieve(council: Council, every: int = 3) -> None:
    """Roads, water and housing where most is built beyond what a site carries."""
    s, crowd = council.scenario, crowding(council.desk.world, council.book.tables)
    if not crowd.any():
        return
    for row in in_turn(council, every):
        home = np.flatnonzero(s.lines.place == int(council.seats[row]))
        if len(home):
            beyond = crowd[home] * (council.desk.world.lines.building[home] > 0.0)
            names = [s.lines.axis.names[i] for i in home]
            for_each(council, row, beyond.argmax(axis=0), beyond.max(axis=0) > 1e-6, names, RelieveCrowding)


def finer_nodes(council: Council, every: int = 4) -> None:
    """Finish first halls at home for a finer node than they were begun for, where know-how has grown to it."""
    s, lines, t = council.scenario, council.desk.world.lines, council.book.tables
    begun = (lines.building > 0.0) & (lines.capacity <= 0.0) & (s.lines.kind == 0)[:, None]
    if not begun.any():
        return
    for row in in_turn(council, every):
        seat = int(council.seats[row])
        for line in np.flatnonzero(begun.any(axis=1) & (s.lines.place == seat)).tolist():
            leading = t.line_good[line] == GOODS.at("leading_logic")
            skill = council.desk.world.state.knowhow[seat, _NODE_TRACK]
            able = np.count_nonzero(s.nodes.knowhow[:, None] <= skill, axis=0) - 1
            finest = np.minimum(able, len(NODES) - 1 if leading else NODES.at("14"))
            where = begun[line] & (finest > lines.node[line])
            for_each(council, row, finest, where, NODES.names, partial(Renode, s.lines.axis.names[line]))


def lock_money(council: Council, share: float = LOCKED, every: int = 4) -> None:
    """A multi-year law for the supplier at home with the dearest room: private money follows what is locked."""
    s, world = council.scenario, council.desk.world
    for row in in_turn(council, every):
        seat = int(council.seats[row])
        budget = float(s.places.budget[seat, 0])
        amount = min(share, s.parameters.state.law_most) * budget
        home = np.flatnonzero((s.suppliers.place == seat) & (s.suppliers.room[:, 0] > 0.0))
        if len(home):
            dearest = int(home[s.suppliers.room_capex[home, 0].argmax()])
            where = (world.laws.left[seat] <= 0) & (council.money[row] > RICH * budget)
            council.attempt(row, Law(amount, s.suppliers.axis.names[dearest]), where)


@constants_of
def _plants_at(s: Scenario) -> list[Counts]:
    """Plants at each place, lines first."""
    place = np.concatenate([s.lines.place, s.suppliers.place])
    return [np.flatnonzero(place == n) for n in range(len(s.place_axis))]


@constants_of
def _permit_cost(s: Scenario) -> Array:
    """USD bn of a permit out of turn for a unit of capacity under construction. (F + S, 1)."""
    room = np.concatenate([s.lines.room, s.suppliers.room])
    capex = np.concatenate([s.lines.room_capex, s.suppliers.room_capex])
    return np.where(room > 0.0, s.parameters.plants.permit * capex / np.maximum(room, 1e-9), 0.0)
