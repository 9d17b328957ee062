"""What a seat may order, what it costs, and why not: one ruling for each kind of order.

Used for people, files and strategies alike. A ruling is made for all worlds of a batch at once.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from game.core import orders as kinds
from game.core.names import CLASSES, DIALS, GOODS, LEVELS, NODES, POWER_KINDS, TRACKS, USES
from game.core.numeric import Array
from game.core.orders import Orders
from game.core.scenario import Scenario
from game.core.world import World
from game.rules import controls, power
from game.rules.room import line_room, supplier_room
from game.rules.tables import Tables
from game.rules.trade import MINERAL_GOODS

Mask = NDArray[np.bool_]

#: Refusals by position; 0 is acceptance. `{...}` are filled in by the desk.
REFUSALS = (
    "",
    "it costs USD {money:.2f} bn; treasury and unused credit come to {left:.2f} bn",
    "it takes {capital:g} political capital; {capital_left:.1f} is left, and {income:g} more comes each quarter",
    "only a plant at home can have it; {title} is in {place}",
    "there is no room there: nothing more can be built at {title}",
    "nothing is under construction at {title}",
    "a line at {title} can only change within {scope}",
    "a control is open to those who make or design at least {share:.0%} of the world's supply; yours is {held:.1%}",
    "a seat cannot aim it at itself",
    "that is in force already",
    "one standing dial can be changed a quarter; this quarter's change is made",
    "one stock order may take at most {share:.0%} of the flow outside: {most:.4g} {unit}",
    "the national stock holds {held:.4g} {unit}",
    "under licence the exporter refuses sales that lift cover above two quarters",
    "an amount above zero is needed",
    "one order may add at most {most:.2f} GW, a quarter of present supply",
    "a share lies between 0 and 1",
    "only a supplier can have it; {title} is a foundry line",
    "a flood takes more than half of the world's output; yours is {held:.1%}",
    "{title} belongs to a home firm: the list is for foreign ones",
    "only a foundry line can be listed; {title} is a supplier",
    "it has a price floor already, for {quarters:g} quarters more",
)
(
    FINE, MONEY, CAPITAL, NOT_HOME, NO_ROOM, NOT_BUILDING, NODE_SCOPE, NO_SHARE, SELF, SAME, DIAL_USED, STOCK_LARGE, STOCK_EMPTY,
    STOCK_LICENSED, AMOUNT, POWER_LARGE, SHARE_RANGE, NOT_SUPPLIER, NO_FLOOD, HOME_FIRM, NOT_LINE, HAS_FLOOR,
) = range(len(REFUSALS))  # fmt: skip

ORDER_CAPITAL, STEP_UP_CAPITAL = 1.0, 2.0
#: A price floor is signed for this long (rules/construction.py).
FLOOR_QUARTERS = 12


@dataclass(slots=True)
class Ruling:
    """What an order would cost a seat, where it is refused (code by world), and how it is entered."""

    enter: Callable[[Orders, Mask], None]
    refusal: NDArray[np.int64]
    money: Array
    capital: float = ORDER_CAPITAL
    escalation: float = 0.0
    dial: bool = False
    words: dict[str, object] | None = None


@dataclass(frozen=True, slots=True)
class Case:
    """The world and seat that a ruling is made for."""

    world: World
    scenario: Scenario
    tables: Tables
    seat: int

    def codes(self) -> NDArray[np.int64]:
        """No refusal in any world."""
        return np.zeros(self.world.worlds, dtype=np.int64)

    def money(self, amount: float | Array = 0.0) -> Array:
        """An amount for each world."""
        return np.zeros(self.world.worlds) + amount


def _each(amount: float | Array, where: Mask) -> Array:
    """The amount in each of the worlds `where`: orders of a batch may carry one amount for each world."""
    return np.broadcast_to(np.asarray(amount, dtype=np.float64), where.shape)[where]


def _needs_amount(codes: NDArray[np.int64], amount: float | Array) -> NDArray[np.int64]:
    return np.where((codes == FINE) & (np.asarray(amount) <= 0), AMOUNT, codes)


def _plant(case: Case, plant: str) -> tuple[bool, int]:
    """(whether it is a foundry line, its position); raises PaxError for an unknown id, naming near ones."""
    s = case.scenario
    if plant in s.lines.axis:
        return True, s.lines.axis.at(plant)
    if plant in s.suppliers.axis:
        return False, s.suppliers.axis.at(plant)
    both = type(s.lines.axis)("plant", (*s.lines.axis.names, *s.suppliers.axis.names))
    both.at(plant)
    raise AssertionError("an unknown plant was found")


def _words(case: Case, plant: str) -> dict[str, object]:
    s = case.scenario
    is_line, i = _plant(case, plant)
    table = s.lines if is_line else s.suppliers
    return {"title": table.titles[i], "place": s.texts.names[int(table.place[i])]}


def _invested(case: Case, order: kinds.Subsidise | kinds.Equity, at_home: bool) -> Ruling:
    s = case.scenario
    is_line, i = _plant(case, order.plant)
    table = s.lines if is_line else s.suppliers
    codes = case.codes()
    if at_home and int(table.place[i]) != case.seat:
        codes[:] = NOT_HOME
    else:
        codes[_room(case, is_line, i) <= 1e-9] = NO_ROOM
        codes = _needs_amount(codes, order.amount)
    equity = isinstance(order, kinds.Equity)

    def enter(orders: Orders, where: Mask) -> None:
        if equity:
            row = (orders.equity_line if is_line else orders.equity_supplier)[case.seat, i]
        else:
            row = (orders.subsidy_line if is_line else orders.subsidy_supplier)[i]
        row[where] += _each(order.amount, where)

    return Ruling(enter, codes, case.money(order.amount), words=_words(case, order.plant))


def _room(case: Case, is_line: bool, i: int) -> Array:
    rows = line_room(case.world, case.scenario) if is_line else supplier_room(case.world, case.scenario)
    return rows[i]


def _subsidise(case: Case, order: kinds.Subsidise) -> Ruling:
    return _invested(case, order, at_home=True)


def _equity(case: Case, order: kinds.Equity) -> Ruling:
    return _invested(case, order, at_home=False)


def _fast_track(case: Case, order: kinds.FastTrack) -> Ruling:
    is_line, i = _plant(case, order.plant)
    table = case.scenario.lines if is_line else case.scenario.suppliers
    record = case.world.lines if is_line else case.world.suppliers
    codes = np.where(record.building[i] > 0, FINE, NOT_BUILDING)
    if int(table.place[i]) != case.seat:
        codes[:] = NOT_HOME

    def enter(orders: Orders, where: Mask) -> None:
        (orders.fast_line if is_line else orders.fast_supplier)[i][where] = 1.0

    return Ruling(enter, codes, case.money(), words=_words(case, order.plant))


def _renode(case: Case, order: kinds.Renode) -> Ruling:
    s, w = case.scenario, case.world
    is_line, i = _plant(case, order.plant)
    node = NODES.at(order.node)
    codes = case.codes()
    words = _words(case, order.plant)
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


def _price_floor(case: Case, order: kinds.PriceFloor) -> Ruling:
    is_line, i = _plant(case, order.plant)
    words = _words(case, order.plant)
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


def _power(case: Case, order: kinds.BuildPower) -> Ruling:
    s = case.scenario
    k = POWER_KINDS.at(order.plant_kind)
    most = s.parameters.power.largest_order * case.world.power.supply[case.seat]
    codes = np.where(order.gigawatts > most + 1e-9, POWER_LARGE, FINE)
    codes = _needs_amount(codes, order.gigawatts)

    def enter(orders: Orders, where: Mask) -> None:
        orders.power[case.seat, k][where] += _each(order.gigawatts, where)

    cost = float(power.costs(s)[k]) * np.asarray(order.gigawatts)
    return Ruling(enter, codes, case.money(cost), words={"most": float(most[0])})


def _compute(case: Case, order: kinds.SovereignCompute) -> Ruling:
    codes = _needs_amount(case.codes(), order.amount)

    def enter(orders: Orders, where: Mask) -> None:
        orders.compute[case.seat][where] += _each(order.amount, where)

    return Ruling(enter, codes, case.money(order.amount))


def _stock(case: Case, order: kinds.Stock) -> Ruling:
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
    if order.quantity == 0:
        codes[:] = AMOUNT
    licensed = (w.policy.level[:, g, case.seat] > 0).any(axis=0)
    cover = (w.goods.stockpile[case.seat, g] + order.quantity) / np.maximum(w.goods.reference[case.seat, g], 1e-9)
    codes = np.where((codes == FINE) & licensed & (cover > 2.0), STOCK_LICENSED, codes)
    price = s.goods.price[g, 0] * w.market.price[int(case.tables.region[case.seat]), g]
    dear = 1.0 + 2.0 * order.quantity / np.maximum(flow, 1e-9)
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


def _visa(case: Case, order: kinds.Visa) -> Ruling:
    codes = _needs_amount(case.codes(), order.thousands)

    def enter(orders: Orders, where: Mask) -> None:
        orders.visa[case.seat][where] += _each(order.thousands, where)

    return Ruling(enter, codes, case.money(order.thousands * case.scenario.parameters.people.visa_cost))


def _targets(case: Case, target: str) -> list[int]:
    """Places that a target names: one code, `outsiders` (no member of the race's bloc), or `all`."""
    s = case.scenario
    everyone = [n for n in range(len(s.place_axis)) if n != case.seat]
    if target == "all":
        return everyone
    if target == "outsiders":
        member = case.world.relations.member[s.race.bloc, :, 0]
        return [n for n in everyone if not member[n]]
    return [s.place_axis.at(target)]


def _goods(case: Case, control_class: str, good: str | None) -> list[int]:
    k = CLASSES.at(control_class)
    if good is None:
        return [int(g) for g in np.flatnonzero(case.tables.good_in_class[k])]
    return [GOODS.at(good)]


def _control(case: Case, order: kinds.ExportControl) -> Ruling:
    s, w = case.scenario, case.world
    targets = _targets(case, order.target)
    level = LEVELS.at(order.level)
    if order.control_class == "people":
        return _people(case, targets, level)
    goods = _goods(case, order.control_class, order.good)
    held = controls.holdings(w, s)[case.seat, goods].max(axis=0)
    share = s.parameters.controls.class_share
    current = w.policy.level[case.seat][np.ix_(goods, targets)]
    codes = np.where(held < share, NO_SHARE, FINE)
    codes = np.where((codes == FINE) & (current == level).all(axis=(0, 1)), SAME, codes)
    if targets == [case.seat]:
        codes[:] = SELF
    up = (level > current).any(axis=(0, 1))

    def enter(orders: Orders, where: Mask) -> None:
        for g in goods:
            for n in targets:
                orders.level[case.seat, g, n][where] = level

    hard = bool(up.any()) and level >= LEVELS.at("slow_walk")
    return Ruling(
        enter,
        codes,
        case.money(),
        capital=STEP_UP_CAPITAL if hard else ORDER_CAPITAL,
        escalation=1.0 if hard else 0.0,
        words={"share": share, "held": float(held[0])},
    )


def _people(case: Case, targets: list[int], level: int) -> Ruling:
    def enter(orders: Orders, where: Mask) -> None:
        for n in targets:
            orders.people[case.seat, n][where] = int(level > 0)

    closed = case.world.policy.closed_people[case.seat, targets]
    codes = np.where((closed == int(level > 0)).all(axis=0), SAME, FINE)
    if targets == [case.seat]:
        codes[:] = SELF
    return Ruling(enter, codes, case.money(), escalation=0.5 if level else 0.0)


def _refuse(case: Case, order: kinds.RefuseImports) -> Ruling:
    targets = _targets(case, order.target)
    goods = _goods(case, order.control_class, order.good)
    current = case.world.policy.refusal[case.seat][np.ix_(goods, targets)]
    codes = np.where((current == int(order.on)).all(axis=(0, 1)), SAME, FINE)
    if targets == [case.seat]:
        codes[:] = SELF

    def enter(orders: Orders, where: Mask) -> None:
        for g in goods:
            for n in targets:
                orders.refusal[case.seat, g, n][where] = int(order.on)

    return Ruling(enter, codes, case.money(), escalation=0.5 if order.on else 0.0)


def _secondary(case: Case, order: kinds.SecondaryRule) -> Ruling:
    s = case.scenario
    k = CLASSES.at(order.control_class)
    owned = [share for o, e, share in s.sellers.technology if o == case.seat and case.tables.class_of_good[s.sellers.good[e]] == k]
    held = max(owned, default=0.0)
    codes = np.where(case.world.policy.secondary[case.seat, k] == int(order.on), SAME, FINE)
    if held < s.parameters.controls.class_share:
        codes[:] = NO_SHARE

    def enter(orders: Orders, where: Mask) -> None:
        orders.secondary[case.seat, k][where] = int(order.on)

    return Ruling(
        enter,
        codes,
        case.money(),
        capital=STEP_UP_CAPITAL if order.on else ORDER_CAPITAL,
        escalation=1.0 if order.on else 0.0,
        words={"share": s.parameters.controls.class_share, "held": held},
    )


def _entity(case: Case, order: kinds.EntityList) -> Ruling:
    is_line, i = _plant(case, order.plant)
    words = _words(case, order.plant)
    codes = case.codes()
    if not is_line:
        codes[:] = NOT_LINE
    elif int(case.scenario.lines.home[i]) == case.seat:
        codes[:] = HOME_FIRM
    else:
        codes = np.where(case.world.policy.entity[case.seat, i] == int(order.on), SAME, FINE)
        tools = controls.holdings(case.world, case.scenario)[case.seat, [GOODS.at("process_tools"), GOODS.at("euv")]].max(axis=0)
        codes = np.where((codes == FINE) & (tools < case.scenario.parameters.controls.class_share), NO_SHARE, codes)
        words |= {"share": case.scenario.parameters.controls.class_share, "held": float(tools[0])}

    def enter(orders: Orders, where: Mask) -> None:
        orders.entity[case.seat, i][where] = int(order.on)

    step = 0.5 if order.on else 0.0
    return Ruling(enter, codes, case.money(), capital=STEP_UP_CAPITAL if order.on else 1.0, escalation=step, words=words)


def _flood(case: Case, order: kinds.Flood) -> Ruling:
    g = GOODS.at(order.good)
    held = controls.holdings(case.world, case.scenario)[case.seat, g]
    codes = np.where(case.world.policy.flood[case.seat, g] == int(order.on), SAME, FINE)
    if order.on:
        codes = np.where((codes == FINE) & (held <= 0.5), NO_FLOOD, codes)

    def enter(orders: Orders, where: Mask) -> None:
        orders.flood[case.seat, g][where] = int(order.on)

    return Ruling(enter, codes, case.money(), words={"held": float(held[0])})


def _standing(case: Case, share: float, enter: Callable[[Orders, Mask], None]) -> Ruling:
    codes = case.codes()
    if not 0.0 <= share <= 1.0:
        codes[:] = SHARE_RANGE
    return Ruling(enter, codes, case.money(), capital=0.0, dial=True)


def _dial(case: Case, order: kinds.Dial) -> Ruling:
    k = DIALS.at(order.dial)

    def enter(orders: Orders, where: Mask) -> None:
        orders.dials[case.seat, k][where] = order.share

    return _standing(case, order.share, enter)


def _research(case: Case, order: kinds.ResearchShare) -> Ruling:
    k = TRACKS.at(order.track)
    now = case.world.state.research[case.seat]

    def enter(orders: Orders, where: Mask) -> None:
        orders.research[case.seat][:, where] = _rescaled(now, k, order.share)[:, where]

    return _standing(case, order.share, enter)


def _split(case: Case, order: kinds.ComputeSplit) -> Ruling:
    k = USES.at(order.use)
    now = case.world.compute.uses[case.seat]

    def enter(orders: Orders, where: Mask) -> None:
        orders.uses[case.seat][:, where] = _rescaled(now, k, order.share)[:, where]

    return _standing(case, order.share, enter)


def _rescaled(shares: Array, k: int, share: float) -> Array:
    """Shares (M, B) with entry k set and the others kept in proportion, adding to 1."""
    rest = 1.0 - shares[k]
    others = len(shares) - 1
    scaled = np.where(rest > 1e-9, shares * (1.0 - share) / np.maximum(rest, 1e-9), (1.0 - share) / others)
    scaled[k] = share
    return scaled


_RULINGS: dict[type[kinds.Order], Callable[[Case, kinds.Order], Ruling]] = {
    kinds.Subsidise: _subsidise,
    kinds.Equity: _equity,
    kinds.FastTrack: _fast_track,
    kinds.Renode: _renode,
    kinds.PriceFloor: _price_floor,
    kinds.BuildPower: _power,
    kinds.SovereignCompute: _compute,
    kinds.Stock: _stock,
    kinds.Visa: _visa,
    kinds.ExportControl: _control,
    kinds.RefuseImports: _refuse,
    kinds.SecondaryRule: _secondary,
    kinds.EntityList: _entity,
    kinds.Flood: _flood,
    kinds.Dial: _dial,
    kinds.ResearchShare: _research,
    kinds.ComputeSplit: _split,
}  # type: ignore[assignment]  # each function takes its own kind; the table is keyed by that kind


def ruling(case: Case, order: kinds.Order) -> Ruling:
    """The ruling on an order. Raises PaxError for names that do not exist."""
    return _RULINGS[type(order)](case, order)


#: Goods that a national stock may hold.
STOCKABLE = tuple(GOODS.names[g] for g in MINERAL_GOODS)
