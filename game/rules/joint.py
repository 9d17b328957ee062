"""Orders of many seats at once: what strategies give most, one kind of order in one pass over seats and worlds.

The rulings are those of `law_invest`, `law_dials` and `law_statecraft`, as arrays; `tests/rules/test_joint.py` holds
the two against each other.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import numpy as np

from game.core.diplomacy import Break, Campaign, Declare, Spy
from game.core.moves import AIMS
from game.core.names import CLASSES, DIALS, POWER_KINDS
from game.core.numeric import Array, Counts, as_slice, entries
from game.core.orders import BuildPower, Dial, Order, PriceFloor, Respond, SovereignCompute, Subsidise, Visa
from game.core.scenario import Scenario
from game.rules import controls, power
from game.rules.case import FINE, ORDER_CAPITAL, Mask
from game.rules.desk import Desk
from game.rules.kept import constants_of
from game.rules.law_statecraft import CAMPAIGN_COST, LONGEST_THREAT, PEOPLE, SPY_COST
from game.rules.pacts import IN_CLASS, IN_FORCE


class JointDesk:
    """Takes orders of several seats in one call.

    Every method takes amounts and where they are wanted, both (n, B) with a row for each seat, enters what law,
    treasury and political capital allow, and returns where it was accepted, (n, B). At a desk with a `give` of its own
    the orders are given to it one by one.

    Parameters
    ----------
    desk : where the orders end up.
    seats : positions of the seats, (n,), no seat twice.

    Attributes
    ----------
    rows : the seats as an index: a slice where they follow each other, which costs a sixth of a list of positions.
    """

    def __init__(self, desk: Desk, seats: Counts) -> None:
        self.desk = desk
        self.seats = seats
        self.rows = as_slice(seats)
        self._scenario = desk.book.scenario
        self._orders = desk.orders()
        self._homes = _homes(self._scenario)
        self._one_by_one = type(desk).give is not Desk.give

    def subsidise(self, plants: Counts, amounts: Array, where: Mask) -> Mask:
        """A subsidy of USD bn for one plant of each seat in each world; `plants` (n, B), lines, then suppliers."""
        if self._one_by_one:
            return self._subsidised_singly(plants, amounts, where)
        home = self._homes.take(plants) == self.seats[:, None]
        room = self.desk.plant_room[plants, np.arange(plants.shape[1])]
        taken = self._taken(where & (amounts > 0.0) & home & (room > 1e-9), amounts)
        at = entries(taken)
        if len(at[0]):
            # No plant is at home in two seats, so that no entry is written twice.
            self.desk.subsidies[plants[at], at[1]] += amounts[at]
        return taken

    def build_power(self, kind: str, gigawatts: Array, where: Mask) -> Mask:
        """Power of one kind, GW."""
        if self._one_by_one:
            return self._given(partial(BuildPower, kind), gigawatts, where)
        s = self._scenario
        k = POWER_KINDS.at(kind)
        most = s.parameters.power.largest_order * self.desk.world.power.supply[self.rows]
        fine = where & (gigawatts > 0.0) & (gigawatts <= most + 1e-9)
        taken = self._taken(fine, float(power.costs(s)[k]) * gigawatts)
        self._orders.power[self.rows, k] += gigawatts * taken
        return taken

    def buy_compute(self, amounts: Array, where: Mask) -> Mask:
        """Accelerators for the state, USD bn."""
        if self._one_by_one:
            return self._given(SovereignCompute, amounts, where)
        taken = self._taken(where & (amounts > 0.0), amounts)
        self._orders.compute[self.rows] += amounts * taken
        return taken

    def invite(self, thousands: Array, where: Mask) -> Mask:
        """Places for foreign engineers, thousand."""
        if self._one_by_one:
            return self._given(Visa, thousands, where)
        cost = thousands * self._scenario.parameters.people.visa_cost
        taken = self._taken(where & (thousands > 0.0), cost)
        self._orders.visa[self.rows] += thousands * taken
        return taken

    def respond(self, kinds: Counts | int, choices: Counts | int, where: Mask) -> Mask:
        """One choice, counted from 0, on an event of a kind that struck a quarter ago, for each seat in each world;
        `kinds` and `choices` (n, B), or one for all."""
        kind, choice = np.zeros((2, *where.shape), dtype=np.int64)
        kind += kinds
        choice += choices
        if self._one_by_one:
            events = self._scenario.events.axis.names
            return self._each_given(lambda event, number: Respond(events[event], number + 1), where, kind, choice)
        row, w = entries(where)
        cells = kind[row, w], choice[row, w]
        fine, cost, capital = np.zeros(where.shape, dtype=bool), np.zeros(where.shape), np.zeros(where.shape)
        fine[row, w] = self.desk.world.events.pending[cells[0], self.seats[row], w] > 0.0
        cash, asked = answer_costs(self._scenario)
        cost[row, w] = cash[cells] * self._scenario.places.budget[self.seats[row], 0]
        capital[row, w] = asked[cells]
        taken = self._taken(fine, cost, capital)
        row, w = entries(taken)
        if len(row):
            self.desk.choices[kind[row, w], self.seats[row], w] = choice[row, w]
        return taken

    def set_dial(self, dial: str, share: float, where: Mask) -> Mask:
        """One standing dial, to a share between 0 and 1: free, one change a quarter."""
        if self._one_by_one:
            return self._given_to(Dial(dial, share), where)
        taken: Mask = where & (0.0 <= share <= 1.0) & ~self.desk.dial_used[self.rows]
        row, w = entries(taken)
        self._orders.dials[self.seats[row], DIALS.at(dial), w] = share
        self.desk.dial_used[self.seats[row], w] = True
        return taken

    def campaign(self, aim: str, where: Mask) -> Mask:
        """A campaign at home with one aim."""
        if self._one_by_one:
            return self._given_to(Campaign(aim), where)
        taken = self._taken(where, self._share_of_budget(CAMPAIGN_COST, where))
        row, w = entries(taken)
        if len(row):
            self.desk.moves.campaign[self.seats[row], AIMS.index(aim), w] = 1
        return taken

    def look_at(self, targets: Counts, where: Mask) -> Mask:
        """Intelligence on one other place for each seat in each world; `targets` (n, B)."""
        if self._one_by_one:
            names = self._scenario.place_axis.names
            return self._each_given(lambda place: Spy(names[place]), where, targets)
        taken = self._taken(where & (targets != self.seats[:, None]), self._share_of_budget(SPY_COST, where))
        row, w = entries(taken)
        if len(row):
            self.desk.moves.intelligence[self.seats[row], targets[row, w], w] = 1
        return taken

    def threaten(self, kinds: Counts, targets: Counts, quarters: int, where: Mask) -> Mask:
        """An open threat for so many quarters, of a control of one class on one other place; both (n, B)."""
        if self._one_by_one:
            names = self._scenario.place_axis.names
            return self._each_given(
                lambda kind, place: Declare(CLASSES.names[kind], names[place], quarters), where, kinds, targets
            )
        row, w = entries(where)
        if not len(row):
            return where
        world, seat, kind, target = self.desk.world, self.seats[row], kinds[row, w], targets[row, w]
        held = np.where(IN_CLASS[kind], controls.holdings(world, self._scenario)[seat, :, w], 0.0).max(axis=1)
        fine = np.zeros(where.shape, dtype=bool)
        fine[row, w] = (kind == PEOPLE) | (held >= self._scenario.parameters.controls.class_share)
        fine[row, w] &= (world.signals.threat[seat, kind, target, w] <= 0) & (target != seat)
        taken = self._taken(fine & (1 <= quarters <= LONGEST_THREAT), np.zeros(where.shape))
        row, w = entries(taken)
        if len(row):
            cells, moves = (self.seats[row], kinds[row, w], targets[row, w], w), self.desk.moves
            moves.threat[cells], moves.ultimatum[cells] = quarters, 0
        return taken

    def break_off(self, slots: Counts, where: Mask) -> Mask:
        """Notice to one contract for each seat in each world, by its row in the table; `slots` (n, B)."""
        contracts = self.desk.world.contracts
        if self._one_by_one:
            numbers = contracts.number[slots, np.arange(slots.shape[1])].astype(np.int64)
            return self._each_given(Break, where, numbers)
        row, w = entries(where)
        slot, fine = slots[row, w], np.zeros(where.shape, dtype=bool)
        fine[row, w] = (contracts.status[slot, w] == IN_FORCE) & (contracts.party[slot, self.seats[row], w] > 0)
        taken = self._taken(fine, np.zeros(where.shape))
        row, w = entries(taken)
        if len(row):
            self.desk.moves.breaks[slots[row, w], self.seats[row], w] = True
        return taken

    def protect(self, suppliers: Counts, where: Mask) -> Mask:
        """A price floor for one supplier at home for each seat in each world; `suppliers` (n, B)."""
        s = self._scenario
        if self._one_by_one:
            return self._each_given(lambda supplier: PriceFloor(s.suppliers.axis.names[supplier]), where, suppliers)
        floors = self.desk.world.suppliers.protected[suppliers, np.arange(suppliers.shape[1])]
        home = s.suppliers.place.take(suppliers) == self.seats[:, None]
        taken = self._taken(where & home & (floors <= 0.0), np.zeros(where.shape))
        row, w = entries(taken)
        self._orders.floor[suppliers[row, w], w] = 1.0
        return taken

    def _share_of_budget(self, share: float, where: Mask) -> Array:
        """What an order costs that takes a share of a seat's budget. (n, B)."""
        return share * self._scenario.places.budget[self.rows] + np.zeros(where.shape)

    def _subsidised_singly(self, plants: Counts, amounts: Array, where: Mask) -> Mask:
        s = self._scenario
        names = (*s.lines.axis.names, *s.suppliers.axis.names)
        taken = np.zeros(where.shape, dtype=bool)
        for plant in sorted(set(plants[where].tolist())):
            taken |= self._given(partial(Subsidise, names[plant]), amounts, where & (plants == plant))
        return taken

    def _given(self, make: Callable[[Array], Order], amounts: Array, where: Mask) -> Mask:
        """Give an order for each seat at the desk."""
        taken = np.zeros(where.shape, dtype=bool)
        for row in np.flatnonzero(where.any(axis=1)):
            codes = self.desk.give(int(self.seats[row]), make(amounts[row]), where[row]).codes
            taken[row] = where[row] & (codes == FINE)
        return taken

    def _each_given(self, make: Callable[..., Order], where: Mask, *about: Counts) -> Mask:
        """Give the orders that are made of some positions, (n, B) each, one order for all with the same positions."""
        taken = np.zeros(where.shape, dtype=bool)
        for positions in sorted(set(zip(*(of[where].tolist() for of in about), strict=True))):
            same = where
            for of, at in zip(about, positions, strict=True):
                same = same & (of == at)
            taken |= self._given_to(make(*positions), same)
        return taken

    def _given_to(self, order: Order, where: Mask) -> Mask:
        """Give the same order for each seat at the desk."""
        return self._given(lambda _: order, np.zeros(where.shape), where)

    def _taken(self, fine: Mask, money: Array, asked: Array | float = ORDER_CAPITAL) -> Mask:
        """Where the order can also be paid; takes money and political capital there."""
        desk, rows = self.desk, self.rows
        left, capital = desk.money_left[rows], desk.capital_left[rows]
        taken: Mask = fine & (money <= np.maximum(left, 0.0) + 1e-9) & (capital + 1e-9 >= asked)
        spent, used = money * taken, asked * taken
        desk.money_left[rows] = left - spent
        desk.capital_left[rows] = capital - used
        self._orders.money[rows] += spent
        self._orders.capital[rows] += used
        return taken


@constants_of
def answer_costs(s: Scenario) -> tuple[Array, Array]:
    """What each choice on each kind of event costs: cash, in budgets of a quarter, and political capital. (V, C)."""
    shape = 2, len(s.events.choices), max((len(choices) for choices in s.events.choices), default=1)
    cash, capital = np.zeros(shape)
    for kind, choices in enumerate(s.events.choices):
        cash[kind, : len(choices)] = [choice.cash for choice in choices]
        capital[kind, : len(choices)] = [choice.capital for choice in choices]
    return cash, capital


@constants_of
def _homes(s: Scenario) -> Counts:
    """Place of every plant, lines first. (F + S,)."""
    return np.concatenate([s.lines.place, s.suppliers.place])
