"""Electricity for chip plants and data centres (S14): supply arrives, draw is met or curtailed."""

from __future__ import annotations

import numpy as np

from game.core.clauses import CLAUSES
from game.core.names import POWER_KINDS
from game.core.numeric import Array
from game.core.scenario import Scenario
from game.core.world import World, replace
from game.rules.fees import with_met
from game.rules.nodes import at_node
from game.rules.pacts import in_force
from game.rules.standards import guarded_compute
from game.rules.tables import Tables
from game.rules.turn import Turn

POWER = CLAUSES.at("power")
LNG = POWER_KINDS.at("lng")
#: Kind of event that stops fuel at sea.
SHOCK = "lng_shock"
#: Share of its own supply that a place goes on delivering fuel for.
MOST_FUEL = 0.3


def leads(s: Scenario) -> tuple[int, ...]:
    """Quarters from order to power, by kind."""
    p = s.parameters.power
    return tuple(int(q) for q in (p.grid_lead, p.lng_lead, p.renewables_lead, p.smr_lead))


def costs(s: Scenario) -> Array:
    """USD bn per GW by kind, (4,)."""
    p = s.parameters.power
    return np.array([p.grid_cost, p.lng_cost, p.renewables_cost, p.smr_cost])


def order_power(world: World, turn: Turn) -> World:
    """Put ordered plants into the pipeline."""
    coming = world.power.coming
    if not turn.orders.power.any():
        return world
    coming = coming.copy()
    for k, lead in enumerate(leads(turn.scenario)):
        coming[:, min(lead, coming.shape[1]) - 1] += turn.orders.power[:, k]
    gas = world.power.gas + turn.orders.power[:, LNG]
    return replace(world, power=replace(world.power, coming=coming, gas=gas))


def supply(world: World, turn: Turn) -> World:
    """New plants connect; the grid grows by itself, faster where the grid dial is up."""
    s = turn.scenario
    power = world.power
    coming = np.zeros(power.coming.shape)
    coming[:, :-1] = power.coming[:, 1:]
    world, delivered = _delivered(world, s)
    return replace(
        world,
        power=replace(
            power,
            supply=power.supply + power.coming[:, 0] + grown(world, s) + (delivered - power.contracted),
            coming=coming,
            outage=power.outage * world.events.kept,
            contracted=delivered,
        ),
    )


def grown(world: World, s: Scenario) -> Array:
    """GW that grids add by themselves in a quarter. (N, B)."""
    return s.places.power_growth * (0.6 + 1.3 * world.state.dials[:, 3])


def _delivered(world: World, s: Scenario) -> tuple[World, Array]:
    """GW that fuel under contract gives each place, and takes from who delivers it. (N, B).

    Shocks of LNG and blocked routes stop part of it, and no giver parts with more than a share of its own.
    """
    rows = in_force(world, POWER)
    contracted = world.power.contracted
    if rows is None:
        return world, np.zeros_like(contracted) if contracted.any() else contracted
    p, events = s.parameters.statecraft, world.events
    promised = np.zeros_like(contracted)
    np.add.at(promised, (rows.giver, rows.world), rows.quantity)
    able = np.minimum(MOST_FUEL * world.power.supply / np.maximum(promised, 1e-9), 1.0)[rows.giver, rows.world]
    open_sea = (1.0 - events.route[rows.giver, rows.world]) * (1.0 - events.route[rows.taker, rows.world])
    struck = np.zeros(len(able))
    if SHOCK in s.events.axis:
        shock = events.struck[s.events.axis.at(SHOCK)]
        struck = np.maximum(shock[rows.giver, rows.world], shock[rows.taker, rows.world])
    met = able * open_sea * np.maximum(1.0 - p.shock * struck, 0.0)
    net = np.zeros_like(contracted)
    np.add.at(net, (rows.taker, rows.world), rows.quantity * met)
    np.subtract.at(net, (rows.giver, rows.world), p.fuel * rows.quantity * met)
    return with_met(world, rows, met), net


def balance(world: World, turn: Turn) -> World:
    """Draw against supply: what is missing curtails plants and racks alike."""
    return balanced(world, turn.scenario, turn.tables)


def balanced(world: World, s: Scenario, t: Tables) -> World:
    """The same, for the opening too."""
    fabs = fab_draw(world, s, t)
    racks = world.compute.installed * world.compute.kw * s.places.pue / 1000.0
    wanted = fabs + racks
    there = world.power.supply * (1.0 - world.power.outage)
    factor = np.where(wanted > there, there / np.maximum(wanted, 1e-12), 1.0)
    return replace(
        world,
        power=replace(world.power, used=np.minimum(wanted, there), factor=factor),
        compute=replace(world.compute, running=guarded_compute(world, s, world.compute.installed * factor)),
    )


def fab_draw(world: World, s: Scenario, t: Tables) -> Array:
    """GW that foundry lines want. (N, B)."""
    return t.line_place.total(world.lines.capacity * world.lines.use * at_node(world, s, t).power)
