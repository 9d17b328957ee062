"""Rulings on the Invest family: plants, power, compute, stocks, people."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from game.core import orders as kinds
from game.core.names import GOODS, NODES, POWER_KINDS, quarter_name
from game.core.numeric import Array
from game.core.orders import Orders
from game.rules import deliveries
from game.rules import power as plants
from game.rules.case import (
    AMOUNT,
    FINE,
    HAS_FLOOR,
    NO_ROOM,
    NODE_SCOPE,
    NOT_BUILDING,
    NOT_CROWDED,
    NOT_HOME,
    NOT_LINE,
    NOT_SUPPLIER,
    POWER_LARGE,
    SCALE,
    STOCK_EMPTY,
    STOCK_LARGE,
    STOCK_LICENSED,
    TURNED_DOWN,
    Case,
    Mask,
    Ruling,
    each,
    needs_amount,
    plant_at,
    plant_words,
)
from game.rules.construction import CROWD_UNIT, LOOK_AGAIN, crowding
from game.rules.room import line_room, line_space, supplier_room, turned_down


def _invested(case: Case, order: kinds.Subsidise | kinds.Equity, at_home: bool) -> Ruling:
    s = case.scenario
    is_line, i = plant_at(case, order.plant)
    table = s.lines if is_line else s.suppliers
    codes = case.codes()
    if at_home and int(table.place[i]) != case.seat:
        codes[:] = NOT_HOME
    else:
        room, space = _room(case, is_line, i)
        codes[room <= 1e-9] = NO_ROOM
        codes[(room <= 1e-9) & (space > 1e-9)] = SCALE
        if is_line:
            codes[(codes == SCALE) & turned_down(case.world, slice(i, i + 1))[0]] = TURNED_DOWN
        codes = needs_amount(codes, order.amount)
    equity = isinstance(order, kinds.Equity)

    def enter(orders: Orders, where: Mask) -> None:
        if equity:
            row = orders.opened("equity_line" if is_line else "equity_supplier")[case.seat, i]
        else:
            row = (orders.subsidy_line if is_line else orders.subsidy_supplier)[i]
        row[where] += each(order.amount, where)

    words = plant_words(case, order.plant)
    if (codes == SCALE).any():
        words |= {"scale": s.parameters.fabs.scale, "space": float(space[codes == SCALE][0])}
    again = case.world.quarter + LOOK_AGAIN - case.world.quarter % LOOK_AGAIN
    words["again"] = quarter_name(again, s.first_quarter)
    return Ruling(enter, codes, case.money(order.amount), words=words)


def _room(case: Case, is_line: bool, i: int) -> tuple[Array, Array]:
    """What can be ordered at a plant, and what there is space for. (B,) each."""
    row = slice(i, i + 1)
    if not is_line:
        room = supplier_room(case.world, case.scenario, row)[0]
        return room, room
    return line_room(case.world, case.scenario, row)[0], line_space(case.world, case.scenario, row)[0]


def subsidise(case: Case, order: kinds.Subsidise) -> Ruling:
    """A subsidy needs room at a plant at home, and the money."""
    return _invested(case, order, at_home=True)


def equity(case: Case, order: kinds.Equity) -> Ruling:
    """Equity needs room at the plant, wherever it stands, and the money."""
    return _invested(case, order, at_home=False)


def fast_track(case: Case, order: kinds.FastTrack) -> Ruling:
    """A permit out of turn needs something under construction at home, and money for who has to hurry.

    At a site for which a firm asks for bids it is promised, and paid for if the site wins.
    """
    is_line, i = plant_at(case, order.plant)
    table = case.scenario.lines if is_line else case.scenario.suppliers
    record = case.world.lines if is_line else case.world.suppliers
    codes = np.where(record.building[i] > 0, FINE, NOT_BUILDING)
    if is_line:
        codes = np.where(case.world.lines.tender[i] > 0, FINE, codes)
    capex = table.room_capex[i] / np.maximum(table.room[i], 1e-9) * (table.room[i] > 0)
    fee = case.scenario.parameters.plants.permit * capex * record.building[i]
    if int(table.place[i]) != case.seat:
        codes[:] = NOT_HOME

    def enter(orders: Orders, where: Mask) -> None:
        (orders.fast_line if is_line else orders.fast_supplier)[i][where] = 1.0

    return Ruling(enter, codes, case.money(fee), words=plant_words(case, order.plant))


def renode(case: Case, order: kinds.Renode) -> Ruling:
    """A line changes node only while its first hall is being built, and only within its kind of wafer."""
    s, w = case.scenario, case.world
    is_line, i = plant_at(case, order.plant)
    node = NODES.at(order.node)
    codes = case.codes()
    words = plant_words(case, order.plant)
    if not is_line or int(s.lines.kind[i]) != 0:
        codes[:] = NOT_LINE
    elif int(s.lines.place[i]) != case.seat:
        codes[:] = NOT_HOME
    else:
        leading = case.tables.line_good[i] == GOODS.at("leading_logic")
        words["scope"] = "7 nm and finer" if leading else "14 nm and coarser"
        codes = np.where((w.lines.building[i] > 0) & (w.lines.capacity[i] <= 0), FINE, NOT_BUILDING)
        if leading != (node >= NODES.at("7")):
            codes[:] = NODE_SCOPE

    def enter(orders: Orders, where: Mask) -> None:
        orders.renode[i][where] = node

    return Ruling(enter, codes, case.money(), words=words)


def relieve(case: Case, order: kinds.RelieveCrowding) -> Ruling:
    """Public works need a site at home where more is being built than it carries; one order takes a good part of it."""
    s, w = case.scenario, case.world
    is_line, i = plant_at(case, order.plant)
    words = plant_words(case, order.plant)
    relieved = np.zeros(w.worlds)
    if not is_line:
        codes = np.full(w.worlds, NOT_LINE)
    elif int(s.lines.place[i]) != case.seat:
        codes = np.full(w.worlds, NOT_HOME)
    else:
        crowd = crowding(w, case.tables)[i]
        codes = np.where(crowd > 1e-9, FINE, NOT_CROWDED)
        codes = np.where(w.lines.building[i] > 0, codes, NOT_BUILDING)
        relieved = np.minimum(crowd, CROWD_UNIT)
        carried = CROWD_UNIT + float(w.lines.served[i, 0])
        under_way = float(case.tables.sites.spread(case.tables.sites.total(w.lines.building))[i, 0])
        words |= {"site": site_title(s.lines.sites[i]), "under_way": under_way, "carried": carried}

    def enter(orders: Orders, where: Mask) -> None:
        orders.relieve[i][where] = relieved[where]

    return Ruling(enter, codes, case.money(s.parameters.fabs.works * relieved), words=words)


def site_title(site: str) -> str:
    """Name of a building site for people."""
    return site.replace("_", " ").title()


def price_floor(case: Case, order: kinds.PriceFloor) -> Ruling:
    """A floor needs a supplier at home that has none yet."""
    is_line, i = plant_at(case, order.plant)
    words = plant_words(case, order.plant)
    codes = case.codes()
    if is_line:
        codes[:] = NOT_SUPPLIER
    elif int(case.scenario.suppliers.place[i]) != case.seat:
        codes[:] = NOT_HOME
    else:
        left = case.world.suppliers.protected[i]
        codes = np.where(left > 0, HAS_FLOOR, FINE)
        words["quarters"] = float(left[0])

    def enter(orders: Orders, where: Mask) -> None:
        orders.floor[i][where] = 1.0

    return Ruling(enter, codes, case.money(), words=words)


def power(case: Case, order: kinds.BuildPower) -> Ruling:
    """A quarter of present supply is the most that one order may add."""
    s = case.scenario
    k = POWER_KINDS.at(order.plant_kind)
    most = s.parameters.power.largest_order * case.world.power.supply[case.seat]
    codes = np.where(order.gigawatts > most + 1e-9, POWER_LARGE, FINE)
    codes = needs_amount(codes, order.gigawatts)

    def enter(orders: Orders, where: Mask) -> None:
        orders.power[case.seat, k][where] += each(order.gigawatts, where)

    cost = float(plants.costs(s)[k]) * np.asarray(order.gigawatts)
    return Ruling(enter, codes, case.money(cost), words={"most": float(most[0])})


def compute(case: Case, order: kinds.SovereignCompute) -> Ruling:
    """Any amount that the treasury carries."""
    codes = needs_amount(case.codes(), order.amount)

    def enter(orders: Orders, where: Mask) -> None:
        orders.compute[case.seat][where] += each(order.amount, where)

    return Ruling(enter, codes, case.money(order.amount))


def stock(case: Case, order: kinds.Stock) -> Ruling:
    """Buying is bounded by the flow outside, and under licence by cover; selling by what is held (rules.md R6).

    Who buys together with others moves the price less.
    """
    s, w = case.scenario, case.world
    g = GOODS.at(order.good)
    unit = s.goods.units[g]
    if order.quantity < 0:
        held = w.goods.stockpile[case.seat, g]
        codes = np.where(-order.quantity > held + 1e-9, STOCK_EMPTY, FINE)
        words: dict[str, object] = {"held": float(held[0]), "unit": unit}
        return Ruling(_stock_entry(case, g, order.quantity), codes, case.money(), words=words)
    share = s.parameters.plants.stock_share
    flow = _outside_flow(case, g)
    most = share * flow
    codes = np.where(order.quantity > most + 1e-9, STOCK_LARGE, FINE)
    if not order.quantity > 0:
        codes[:] = AMOUNT
    licensed = (w.policy.level[:, g, case.seat] > 0).any(axis=0)
    cover = (w.goods.stockpile[case.seat, g] + order.quantity) / np.maximum(w.goods.reference[case.seat, g], 1e-9)
    codes = np.where((codes == FINE) & licensed & (cover > 2.0), STOCK_LICENSED, codes)
    price = s.goods.price[g, 0] * w.market.price[int(case.tables.region[case.seat]), g]
    together = deliveries.pool(w)
    alone = 1.0 if together is None else together[case.seat, g]
    dear = 1.0 + 2.0 * order.quantity / (np.maximum(flow, 1e-9) * alone)
    return Ruling(
        _stock_entry(case, g, order.quantity),
        codes,
        price * order.quantity * (dear * dear - 1.0),
        words={"share": share, "most": float(most[0]), "unit": unit},
    )


def _stock_entry(case: Case, good: int, quantity: float) -> Callable[[Orders, Mask], None]:
    def enter(orders: Orders, where: Mask) -> None:
        orders.stock[case.seat, good][where] += quantity

    return enter


def _outside_flow(case: Case, good: int) -> Array:
    received = case.world.trade.received[:, good]
    flow = received[0].copy()
    for n in range(1, len(received)):
        flow += received[n]
    return flow - received[case.scenario.inside]


def visa(case: Case, order: kinds.Visa) -> Ruling:
    """Any number of places that the treasury carries; who comes depends on pay elsewhere."""
    codes = needs_amount(case.codes(), order.thousands)

    def enter(orders: Orders, where: Mask) -> None:
        orders.visa[case.seat][where] += each(order.thousands, where)

    return Ruling(enter, codes, case.money(order.thousands * case.scenario.parameters.people.visa_cost))
