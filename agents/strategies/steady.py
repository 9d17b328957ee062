"""Steady: a sensible all-rounder, and the reference that par is measured with.

It keeps a reserve, mends the gate that holds it back (power, engineers), builds the plant that gives its seat most for
the money, buys compute with what is left, and sets one dial a quarter. It neither starts nor joins a quarrel.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import NamedTuple

import numpy as np

from agents.strategies import Counsel
from game.core.names import DIALS, GOODS, MEASURES
from game.core.numeric import Array, Counts, clip, total
from game.core.orders import BuildPower, Dial, Order, PriceFloor, SovereignCompute, Subsidise, Visa
from game.core.scenario import Scenario
from game.rules import law
from game.rules.law import Mask

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
#: Share of what is left that it spends on accelerators.
COMPUTE_SLICE = 0.85
#: Plants that it funds in a quarter at most.
MOST_PLANTS = 3
#: A supplier that sells below this price over cost asks for a floor.
FLOOR_AT = 1.05


class Candidates(NamedTuple):
    """Plants at home with room. First axis C."""

    names: tuple[str, ...]
    goods: Counts
    """(C,)"""
    output: Array
    """(C, 1) units a quarter when all room is built"""
    cost: Array
    """(C, 1) USD bn of public money for it"""
    rows: Counts
    """(C,) position among all plants, lines first"""
    whole: Array
    """(C, 1) room at the opening"""
    safer: Array
    """(C, 1) points of a measure for all dependence on the good ended"""
    income: Array
    """(C, 1) income at the good's opening price, as a share of what the measure of prosperity counts in"""
    bar: Array
    """(C, 1) points of the race for all use of the good covered"""
    effort: Array
    """(C, 1) root of the cost, and a little"""


class Steady:
    """See the module."""

    name = "steady"
    motto = "Mend the weakest gate, build what pays, keep a reserve."

    def __init__(self) -> None:
        self._candidates: Candidates | None = None

    def decide(self, counsel: Counsel) -> None:
        """Give this quarter's orders."""
        self._set_dial(counsel)
        spare = np.maximum(counsel.money - self._reserve(counsel), 0.0)
        spare = np.minimum(spare, self._purse(counsel))
        spare = self._mend(counsel, spare)
        spare = self._build(counsel, spare)
        self._buy_compute(counsel, spare)

    def _reserve(self, counsel: Counsel) -> Array:
        places = counsel.scenario.places
        return RESERVE * places.budget[counsel.seat] + places.credit[counsel.seat] * 0.8

    def _purse(self, counsel: Counsel) -> Array:
        """What may be spent this quarter: budget, and a third of what has been saved up."""
        cash = counsel.view.state.cash[counsel.seat]
        return counsel.scenario.places.budget[counsel.seat] + np.maximum(cash, 0.0) / 3.0

    def _set_dial(self, counsel: Counsel) -> None:
        quarter = counsel.view.quarter
        if quarter < len(DIAL_PLAN):
            dial, share = DIAL_PLAN[quarter]
            if counsel.view.state.dials[counsel.seat, DIALS.at(dial), 0] < share:
                counsel.give(Dial(dial, share))

    def _mend(self, counsel: Counsel, spare: Array) -> Array:
        """Power where the grid is nearly full, engineers where plants want them."""
        view, n, costs = counsel.view, counsel.seat, counsel.scenario.parameters.power
        supply = view.power.supply[n]
        grid = view.power.used[n] / np.maximum(supply + _on_the_way(view.power.coming[n]), 1e-9)
        # Gas is quick and hit by shocks, the grid slower and steady: one after the other.
        kind, unit_cost = ("lng", costs.lng_cost) if view.quarter % 2 else ("grid", costs.grid_cost)
        gigawatts = np.minimum(POWER_STEP * supply, spare * SLICE / unit_cost)
        wanted = (grid > FULL_GRID) & (gigawatts > 0.005 * supply)
        spare = spare - _give_amounts(counsel, partial(BuildPower, kind), gigawatts, wanted) * unit_cost
        engineers = view.people.engineers[n]
        staff = view.people.needed[n] / np.maximum(engineers + 0.2 * _on_the_way(view.people.coming[n]), 1e-9)
        _give_amounts(counsel, Visa, VISA_STEP * engineers, staff > FULL_STAFF)
        return spare

    def _build(self, counsel: Counsel, spare: Array) -> Array:
        """Public money for the plant that gives the seat most for it; a floor for one that is sold below cost."""
        plants = self._plants(counsel)
        if not plants.names:
            return spare
        worth = self._worth(counsel, plants)
        worlds = np.arange(len(spare))
        for _ in range(MOST_PLANTS):
            best = worth.argmax(axis=0)
            amount = np.minimum(spare * SLICE, plants.cost[best, 0])
            wanted = (worth[best, worlds] > 0.0) & (amount > LEAST_AMOUNT) & (counsel.capital >= law.ORDER_CAPITAL)
            for c in sorted(set(best[wanted].tolist())):
                where = wanted & (best == c)
                spare = spare - _give_amounts(counsel, partial(Subsidise, plants.names[c]), amount, where)
            worth[best, worlds] = 0.0
        self._protect(counsel)
        return spare

    def _plants(self, counsel: Counsel) -> Candidates:
        if self._candidates is None:
            self._candidates = candidates(counsel)
        return self._candidates

    def _worth(self, counsel: Counsel, plants: Candidates) -> Array:
        """What each plant would do for the score per root dollar, from what the seat sees. (C, B)."""
        s, view, n = counsel.scenario, counsel.view, counsel.seat
        goods = plants.goods
        prosperity = float(s.places.weights[n, MEASURES.at("prosperity"), 0]) * 12.0
        added = np.minimum(plants.output / np.maximum(view.goods.reference[n].take(goods, axis=0), 1e-9), 1.0)
        price = view.market.long_price[int(counsel.book.tables.region[n])].take(goods, axis=0)
        member: Array | float = 1.0 if n == s.inside else view.relations.member[s.race.bloc, n]
        gain = (plants.safer * counsel.dependence.take(goods, axis=0) + plants.bar * member) * added
        gain += prosperity * np.minimum(plants.income * price, 3.0)
        return gain / plants.effort * _open_room(counsel, plants)

    def _protect(self, counsel: Counsel) -> None:
        """A price floor for a home supplier that is losing money."""
        s, view, n = counsel.scenario, counsel.view, counsel.seat
        if view.quarter % 4 != 2:
            return
        rows = np.flatnonzero(s.suppliers.place == n)
        price = view.market.price[int(counsel.book.tables.region[n])].take(s.suppliers.good[rows], axis=0)
        losing = (price < FLOOR_AT * s.suppliers.cost[rows]) & (view.suppliers.capacity[rows] > 0.0)
        losing &= view.suppliers.protected[rows] <= 0.0
        for k in np.flatnonzero(losing.any(axis=1))[:1]:
            floor = PriceFloor(s.suppliers.axis.names[rows[k]])
            counsel.give(floor, losing[k] & (counsel.capital >= law.ORDER_CAPITAL))

    def _buy_compute(self, counsel: Counsel, spare: Array) -> None:
        """Accelerators with what is left, as far as the grid will carry them."""
        view, n = counsel.view, counsel.seat
        headroom = clip(1.0 - view.power.used[n] / np.maximum(view.power.supply[n], 1e-9), 0.0, 1.0) * 12.0
        amount = spare * np.minimum(COMPUTE_SLICE, headroom)
        _give_amounts(counsel, SovereignCompute, amount, amount > 10 * LEAST_AMOUNT)


def candidates(counsel: Counsel) -> Candidates:
    """Plants at the seat's home that have room, with output and public cost of that room."""
    s, n = counsel.scenario, counsel.seat
    names, goods, output, cost, rows = [], [], [], [], []
    match = 1.0 + s.parameters.state.private_match
    for i in np.flatnonzero((s.lines.place == n) & (s.lines.room[:, 0] > 0)):
        rows.append(int(i))
        names.append(s.lines.axis.names[i])
        goods.append(int(counsel.book.tables.line_good[i]))
        output.append(float(s.lines.room[i, 0]) * 3.0 * 0.7 * _per_wafer(s, int(i)))
        cost.append(float(s.lines.room_capex[i, 0]) / match)
    for i in np.flatnonzero((s.suppliers.place == n) & (s.suppliers.room[:, 0] > 0)):
        rows.append(len(s.lines.axis) + int(i))
        names.append(s.suppliers.axis.names[i])
        goods.append(int(s.suppliers.good[i]))
        output.append(float(s.suppliers.room[i, 0]))
        cost.append(float(s.suppliers.room_capex[i, 0]) / (1.0 + 0.5 * s.parameters.state.private_match) * 1.25)
    goods_at = np.array(goods, dtype=np.int64)
    whole = np.concatenate([s.lines.room, s.suppliers.room])
    made, paid = np.array(output)[:, None], np.array(cost)[:, None]
    independence = float(s.places.weights[n, MEASURES.at("independence"), 0])
    return Candidates(
        names=tuple(names),
        goods=goods_at,
        output=made,
        cost=paid,
        rows=np.array(rows, dtype=np.int64),
        whole=whole[rows],
        safer=independence * 100.0 * s.goods.stake[goods_at],
        income=made * s.goods.price[goods_at] * 0.4 / np.maximum(0.005 * s.places.gdp[n] / 4.0, 1e-9),
        bar=_bar_weight(s, n, goods),
        effort=np.sqrt(0.2 + paid),
    )


def _bar_weight(s: Scenario, n: int, goods: list[int]) -> Array:
    """What a plant adds to the seat's side of the race: minerals for the bloc, any chip stage inside. (C, 1)."""
    if n == s.inside:
        weight, worth = {GOODS.at(good): share for good, share in CHIP_STAGES}, CHIP_RACE
    else:
        weight, worth = dict(s.race.minerals), MINERAL_RACE
    return np.array([[worth * weight.get(g, 0.0)] for g in goods])


def _per_wafer(s: Scenario, line: int) -> float:
    fabs = s.parameters.fabs
    if s.lines.kind[line] == 1:
        return fabs.stacks_per_wafer
    if s.lines.kind[line] == 2:
        return fabs.h100e_per_package_wafer
    return float(s.nodes.h100e[int(max(s.lines.node[line, 0], s.lines.project_node[line, 0]))]) or 1.0


def _open_room(counsel: Counsel, plants: Candidates) -> Mask:
    """1 where a plant has a fair part of its room left and little under construction. (C, B)."""
    left, under_way = counsel.plant_room.take(plants.rows, axis=0), counsel.under_way.take(plants.rows, axis=0)
    return (left > 0.4 * plants.whole) & (under_way < 0.5 * plants.whole)


def _on_the_way(coming: Array) -> Array:
    """What arrives in the next two years. (L, B) -> (B,)."""
    return total(coming[:8])


def _give_amounts(counsel: Counsel, make: Callable[[Array], Order], amounts: Array, where: Mask) -> Array:
    """Give an order with one amount for each world, where it is wanted; returns what was accepted. (B,)."""
    if not where.any():
        return np.zeros_like(amounts)
    given = counsel.give(make(amounts), where)
    return np.where(where & (given.codes == law.FINE), amounts, 0.0)
