"""The rule book of one scenario: opens worlds and plays quarters. Everything that steps a world goes through here."""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property

import numpy as np

from game.core.orders import FirmOrders, Orders, no_orders
from game.core.scenario import Scenario
from game.core.world import World, sealed
from game.rules import (
    blocs,
    bottleneck,
    breaches,
    compute,
    construction,
    controls,
    events,
    fees,
    glass,
    guards,
    jointstock,
    knowhow,
    laws,
    pacts,
    people,
    politics,
    power,
    prices,
    production,
    profits,
    race,
    relations,
    research,
    score,
    signals,
    standards,
    trade,
    treasury,
    ventures,
    yields,
)
from game.rules.kept import constants_of
from game.rules.opening import opening
from game.rules.outlook import Outlook, outlook
from game.rules.tables import Tables, tables
from game.rules.turn import Phase, Turn

#: With the seats' sealed orders: what takes effect before firms decide.
DECIDE: tuple[Phase, ...] = (
    blocs.come_and_go,
    breaches.breach,
    controls.enact,
    relations.escalate,
    signals.speak,
    treasury.spend,
    events.respond,
    construction.invest,
    ventures.put_in,
    laws.build,
    power.order_power,
    people.enrol,
    compute.budgets,
)

#: With the firms' decisions: the rest of the quarter.
RESOLVE: tuple[Phase, ...] = (
    construction.firms_build,
    guards.stand_guard,
    events.strike,
    people.arrive,
    power.supply,
    standards.follow,
    people.staff,
    power.balance,
    production.produce,
    guards.spoil,
    trade.inspect,
    trade.ship,
    jointstock.share,
    blocs.collect,
    trade.network,
    compute.rent,
    prices.move,
    profits.keep_books,
    controls.teach,
    yields.learn_yields,
    construction.advance,
    glass.prove,
    research.advance,
    knowhow.spread,
    relations.drift,
    pacts.pay,
    treasury.settle,
    laws.lock,
    fees.due,
    fees.verify,
    standards.sell,
    bottleneck.measure,
    race.run,
    score.keep,
    relations.approve,
    politics.stir,
    signals.fade,
    pacts.run_out,
    blocs.grow_old,
    breaches.released,
    breaches.remember,
)


@constants_of
def measured_tables(scenario: Scenario) -> Tables:
    """Constants, with the needs and incomes of the undisturbed opening that measures are taken against."""
    constants = tables(scenario)
    first = opening(scenario, constants, 1, 1)
    return replace(
        constants,
        baseline_need=np.array(first.goods.wanted),
        baseline_income=np.array(score.chain_income(first, scenario)),
    )


class RuleBook:
    """Rules of one scenario.

    Parameters
    ----------
    scenario : what the world is made of.
    """

    def __init__(self, scenario: Scenario) -> None:
        self.scenario = scenario

    @cached_property
    def tables(self) -> Tables:
        """Constants of the scenario, the same for each of its books."""
        return measured_tables(self.scenario)

    def open(self, seed: int, worlds: int = 1) -> World:
        """The opening of `worlds` games with seeds `seed`, `seed + 1`, ..."""
        return opening(self.scenario, self.tables, seed, worlds)

    def orders(self, worlds: int) -> Orders:
        """Orders that change nothing."""
        s = self.scenario
        return no_orders(len(s.place_axis), len(s.lines.axis), len(s.suppliers.axis), worlds)

    def decided(self, world: World, orders: Orders) -> World:
        """The world as firms see it: the seats' orders are in force."""
        turn = Turn(self.scenario, self.tables, orders, idle_firms(world), self.in_epilogue(world))
        for phase in DECIDE:
            world = phase(world, turn)
        return world

    def outlook(self, world: World) -> Outlook:
        """What firms look at."""
        return outlook(world, self.scenario, self.tables)

    def resolved(self, world: World, orders: Orders, firms: FirmOrders) -> World:
        """The end of the quarter, read-only.

        Where nobody else holds `world`, what a phase replaces of it is freed at once: a batch then takes little more
        memory than one state of its worlds.
        """
        turn = Turn(self.scenario, self.tables, orders, firms, self.in_epilogue(world))
        for phase in RESOLVE:
            world = phase(world, turn)
        return sealed(replace(world, quarter=world.quarter + 1))

    def in_epilogue(self, world: World) -> bool:
        """Whether the last decision lies behind."""
        return world.quarter >= self.scenario.quarters


def idle_firms(world: World) -> FirmOrders:
    """Firms that keep everything as it is."""
    lines, suppliers = world.lines, world.suppliers
    return FirmOrders(
        line_use=lines.use,
        line_build=np.zeros_like(lines.use),
        supplier_use=suppliers.use,
        supplier_build=np.zeros_like(suppliers.use),
        supplier_run=suppliers.running,
        tender=np.zeros_like(lines.use),
        wish=np.zeros_like(lines.use),
    )
