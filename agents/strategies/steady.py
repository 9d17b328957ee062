"""Steady: a sensible all-rounder, and the reference that par is measured with.

It keeps a reserve, mends the gate that holds it back (power, engineers), builds the plant that gives its seat most for
the money, buys compute with what is left, and sets one dial a quarter. It neither starts nor joins a quarrel.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from agents.strategies import Council, Counsel
from game.core.names import DIALS, GOODS, MEASURES
from game.core.numeric import Array, Counts, clip, total
from game.core.orders import Dial, PriceFloor
from game.core.scenario import Scenario
from game.rules import law
from game.rules.book import RuleBook
from game.rules.law import Mask
from game.rules.room import BEYOND, green_field

#: Share of the money at hand that one order takes, and the cash kept back, in quarters of budget.
SLICE, RESERVE = 0.5, 0.5
#: Use of power and of engineers above which a seat adds to them.
FULL_GRID, FULL_STAFF = 0.94, 0.97
#: Power and visa places that it orders at a time, as a share of what there is.
POWER_STEP, VISA_STEP = 0.12, 0.02
#: A plant must cost at least this, USD bn: less is not worth political capital.
LEAST_AMOUNT = 0.02
#: Dials in the order in which they are set, one a quarter.
DIAL_PLAN = (("universities", 0.5), ("grid", 0.6), ("stock_target", 0.35), ("visa", 0.4), ("enforcement", 0.5))
#: What a full step of its bar is worth to a seat against a point of its measures.
CHIP_RACE, MINERAL_RACE = 60.0, 0.7
#: What each chip stage weighs inside (rules.md section 3): all of a chain is worth no more than its weakest stage.
CHIP_STAGES = (
    ("process_tools", 0.35), ("duv", 0.5), ("euv", 0.2), ("wafers", 0.05), ("resist", 0.05), ("leading_logic", 0.3),
    ("hbm", 0.2), ("accelerators", 0.1), ("mature_chips", 0.1),
)  # fmt: skip
CHIP_WEIGHTS = {GOODS.at(good): share for good, share in CHIP_STAGES}
#: What a site's worth is multiplied by while its firm asks for bids.
TENDER_GAIN = 3.0
#: What it bids over what a firm wishes for, and share of a site's public cost with which it calls for a tender.
MARGIN, CALL = 1.3, 0.1
#: Share of what is left that it spends on accelerators.
COMPUTE_SLICE = 0.85
#: Plants that it funds in a quarter at most.
MOST_PLANTS = 3
#: A supplier that sells below this price over cost asks for a floor.
FLOOR_AT = 1.05


class Candidates(NamedTuple):
    """Plants at the homes of the seats with room, seat by seat. First axis P; the last row stands for no plant."""

    slots: Counts
    """(C, n) rows of each seat's plants, lines first; P - 1 where a seat has no more"""
    goods: Counts
    """(P,)"""
    places: Counts
    """(P,)"""
    plants: Counts
    """(P,) position among all plants, lines first"""
    output: Array
    """(P, 1) units a quarter when all room is built"""
    cost: Array
    """(P,) USD bn of public money for it"""
    whole: Array
    """(P, 1) room at the opening"""
    safer: Array
    """(P, 1) points of a measure for all dependence on the good ended"""
    prosperity: Array
    """(P, 1) what prosperity weighs for the seat"""
    income: Array
    """(P, 1) income at the good's opening price, as a share of what the measure of prosperity counts in"""
    bar: Array
    """(P, 1) points of the race for all use of the good covered"""
    effort: Array
    """(P, 1) root of the cost, and a little"""


class Steady:
    """See the module. Decides for all its seats at once: rows of arrays are seats."""

    name = "steady"
    motto = "Mend the weakest gate, build what pays, keep a reserve."

    def __init__(self) -> None:
        self._candidates: dict[tuple[int, ...], Candidates] = {}

    def decide(self, counsel: Counsel) -> None:
        """Give this quarter's orders."""
        self.decide_together(counsel.alone)

    def decide_together(self, council: Council) -> None:
        """Give this quarter's orders of all seats."""
        _set_dial(council)
        spare = np.maximum(council.money - _reserve(council), 0.0)
        spare = np.minimum(spare, _purse(council))
        spare = _mend(council, spare)
        spare = _build(council, self._plants(council), spare)
        _protect(council)
        _buy_compute(council, spare)

    def _plants(self, council: Council) -> Candidates:
        seats = tuple(council.seats.tolist())
        if seats not in self._candidates:
            self._candidates[seats] = candidates(council.book, seats)
        return self._candidates[seats]


def _reserve(council: Council) -> Array:
    places = council.scenario.places
    return RESERVE * places.budget[council.seats] + places.credit[council.seats] * 0.8


def _purse(council: Council) -> Array:
    """What may be spent this quarter: budget, and a third of what has been saved up."""
    cash = council.view.state.cash[council.seats]
    return council.scenario.places.budget[council.seats] + np.maximum(cash, 0.0) / 3.0


def _set_dial(council: Council) -> None:
    quarter = council.view.quarter
    if quarter < len(DIAL_PLAN):
        dial, share = DIAL_PLAN[quarter]
        low = council.view.state.dials[council.seats, DIALS.at(dial)] < share
        for row in np.flatnonzero(low.any(axis=1)):
            council.give(int(row), Dial(dial, share), low[row])


def _mend(council: Council, spare: Array) -> Array:
    """Power where the grid is nearly full, engineers where plants want them."""
    view, seats, costs = council.view, council.seats, council.scenario.parameters.power
    supply = view.power.supply[seats]
    grid = view.power.used[seats] / np.maximum(supply + _on_the_way(view.power.coming, seats), 1e-9)
    # Gas is quick and hit by shocks, the grid slower and steady: one after the other.
    kind, unit_cost = ("lng", costs.lng_cost) if view.quarter % 2 else ("grid", costs.grid_cost)
    gigawatts = np.minimum(POWER_STEP * supply, spare * SLICE / unit_cost)
    wanted = (grid > FULL_GRID) & (gigawatts > 0.005 * supply)
    if wanted.any():
        spare = spare - gigawatts * council.build_power(kind, gigawatts, wanted) * unit_cost
    engineers = view.people.engineers[seats]
    coming = _on_the_way(view.people.coming, seats)
    wanted = view.people.needed[seats] / np.maximum(engineers + 0.2 * coming, 1e-9) > FULL_STAFF
    if wanted.any():
        council.invite(VISA_STEP * engineers, wanted)
    return spare


def _build(council: Council, plants: Candidates, spare: Array) -> Array:
    """Public money for the plants that give each seat most for it."""
    gain, most = _bids(council, plants)
    worth = (_worth(council, plants) * gain).take(plants.slots, axis=0)
    rows, worlds = np.ogrid[: spare.shape[0], : spare.shape[1]]
    for _ in range(MOST_PLANTS):
        best = worth.argmax(axis=0)
        plant = plants.slots[best, rows]
        amount = np.minimum(spare * SLICE, most[plant, worlds])
        wanted = (worth[best, rows, worlds] > 0.0) & (amount > LEAST_AMOUNT) & (council.capital >= law.ORDER_CAPITAL)
        if wanted.any():
            spare = spare - amount * council.subsidise(plants.plants[plant], amount, wanted)
        worth[best, rows, worlds] = 0.0
    return spare


def _worth(council: Council, plants: Candidates) -> Array:
    """What each plant would do for the score per root dollar, from what its seat sees. (P, B)."""
    s, view, tables = council.scenario, council.view, council.book.tables
    goods, places = plants.goods, plants.places
    added = np.minimum(plants.output / np.maximum(view.goods.reference[places, goods], 1e-9), 1.0)
    price = view.market.long_price[tables.region[places], goods]
    member = np.where((places == s.inside)[:, None], 1.0, view.relations.member[s.race.bloc, places])
    gain = (plants.safer * council.desk.dependences[goods, places] + plants.bar * member) * added
    gain += plants.prosperity * np.minimum(plants.income * price, 3.0)
    return gain / plants.effort * _open_room(council, plants)


def _bids(council: Council, plants: Candidates) -> tuple[Array, Array]:
    """What a plant's worth is multiplied by, and the most to give it, USD bn. (P, B) each.

    Where a firm asks for bids: what it wishes for and a little; on a green field enough to be asked; and nothing where
    a firm gave last quarter's money back.
    """
    view = council.view
    lines, last = view.lines, len(view.lines.tender) - 1
    row, is_line = np.minimum(plants.plants, last), (plants.plants <= last)[:, None]
    asking = (lines.tender.take(row, axis=0) > 0.0) & is_line
    bid, wish = lines.bid.take(row, axis=0), lines.wish.take(row, axis=0)
    green = green_field(view, council.scenario).take(row, axis=0) & is_line
    share: Array = np.where(green, CALL, 1.0)
    most: Array = share * plants.cost[:, None]
    wished: Array = np.where(wish < BEYOND, np.maximum(MARGIN * wish - bid, 0.0), 0.0)
    gain = np.where(asking, TENDER_GAIN, np.where((bid > 0.0) & is_line, 0.0, 1.0))
    return gain, np.where(asking, wished, most)


def _open_room(council: Council, plants: Candidates) -> Mask:
    """1 where a plant has a fair part of its room left and little under construction. (P, B)."""
    left = council.desk.plant_room.take(plants.plants, axis=0)
    under_way = council.desk.under_way.take(plants.plants, axis=0)
    return (left > 0.4 * plants.whole) & (under_way < 0.5 * plants.whole)


def _protect(council: Council) -> None:
    """A price floor for a home supplier of each seat that is losing money."""
    s, view = council.scenario, council.view
    if view.quarter % 4 != 2:
        return
    price = view.market.price[council.book.tables.region[s.suppliers.place], s.suppliers.good]
    losing = (price < FLOOR_AT * s.suppliers.cost) & (view.suppliers.capacity > 0.0)
    losing &= view.suppliers.protected <= 0.0
    some = losing.any(axis=1)
    for row, seat in enumerate(council.seats):
        open_worlds = council.capital[row] >= law.ORDER_CAPITAL
        for k in np.flatnonzero(some & (s.suppliers.place == seat)):
            where = losing[k] & open_worlds
            if where.any():
                council.give(row, PriceFloor(s.suppliers.axis.names[k]), where)
            open_worlds = open_worlds & ~losing[k]


def _buy_compute(council: Council, spare: Array) -> None:
    """Accelerators with what is left, as far as the grid will carry them."""
    power, seats = council.view.power, council.seats
    headroom = clip(1.0 - power.used[seats] / np.maximum(power.supply[seats], 1e-9), 0.0, 1.0) * 12.0
    amount = spare * np.minimum(COMPUTE_SLICE, headroom)
    council.buy_compute(amount, amount > 10 * LEAST_AMOUNT)


def candidates(book: RuleBook, seats: Sequence[int]) -> Candidates:
    """Plants at the seats' homes that have room, with output and public cost of that room."""
    s, t = book.scenario, book.tables
    plants: list[int] = []
    goods, output, cost, counts = [], [], [], []
    match = 1.0 + s.parameters.state.private_match
    half_match = 1.0 + 0.5 * s.parameters.state.private_match
    for n in seats:
        before = len(plants)
        for i in np.flatnonzero((s.lines.place == n) & (s.lines.room[:, 0] > 0)):
            plants.append(int(i))
            goods.append(int(t.line_good[i]))
            output.append(float(s.lines.room[i, 0]) * 3.0 * 0.7 * _per_wafer(s, int(i)))
            cost.append(float(s.lines.room_capex[i, 0]) / match)
        for i in np.flatnonzero((s.suppliers.place == n) & (s.suppliers.room[:, 0] > 0)):
            plants.append(len(s.lines.axis) + int(i))
            goods.append(int(s.suppliers.good[i]))
            output.append(float(s.suppliers.room[i, 0]))
            cost.append(float(s.suppliers.room_capex[i, 0]) / half_match * 1.25)
        counts.append(len(plants) - before)
    slots = _slots(counts)
    # The row for no plant: nothing made, nothing open.
    at = np.array([*plants, 0], dtype=np.int64)
    goods_at = np.array([*goods, 0], dtype=np.int64)
    places = np.array([n for n, count in zip(seats, counts, strict=True) for _ in range(count)] + [0], dtype=np.int64)
    made, paid = np.array([*output, 0.0])[:, None], np.array([*cost, 0.0])
    whole = np.concatenate([s.lines.room, s.suppliers.room])[at]
    whole[-1] = 0.0
    weights = s.places.weights[places, :, 0]
    return Candidates(
        slots=slots,
        goods=goods_at,
        places=places,
        plants=at,
        output=made,
        cost=paid,
        whole=whole,
        safer=weights[:, MEASURES.at("independence"), None] * 100.0 * s.goods.stake[goods_at],
        prosperity=weights[:, MEASURES.at("prosperity"), None] * 12.0,
        income=made * s.goods.price[goods_at] * 0.4 / np.maximum(0.005 * s.places.gdp[places] / 4.0, 1e-9),
        bar=np.array([[_bar_weight(s, int(n), int(g))] for n, g in zip(places, goods_at, strict=True)]),
        effort=np.sqrt(0.2 + paid[:, None]),
    )


def _slots(counts: Sequence[int]) -> Counts:
    """Rows of each seat's plants as columns; the row after the last plant fills up. (C, n)."""
    none = int(sum(counts))
    slots = np.full((max(*counts, 1), len(counts)), none, dtype=np.int64)
    first = 0
    for column, count in enumerate(counts):
        slots[:count, column] = range(first, first + count)
        first += count
    return slots


def _bar_weight(s: Scenario, n: int, good: int) -> float:
    """What a plant adds to the seat's side of the race: minerals for the bloc, any chip stage inside."""
    if n == s.inside:
        return CHIP_RACE * CHIP_WEIGHTS.get(good, 0.0)
    return MINERAL_RACE * dict(s.race.minerals).get(good, 0.0)


def _per_wafer(s: Scenario, line: int) -> float:
    fabs = s.parameters.fabs
    if s.lines.kind[line] == 1:
        return fabs.stacks_per_wafer
    if s.lines.kind[line] == 2:
        return fabs.h100e_per_package_wafer
    return float(s.nodes.h100e[int(max(s.lines.node[line, 0], s.lines.project_node[line, 0]))]) or 1.0


def _on_the_way(coming: Array, seats: Counts) -> Array:
    """What arrives at the seats in the next two years. (N, L, B) -> (n, B)."""
    return total(coming[seats, :8], axis=1)
