"""Electricity for chip plants and data centres (S14): supply arrives, draw is met or curtailed."""

from __future__ import annotations

import numpy as np

from game.core.numeric import Array
from game.core.scenario import Scenario
from game.core.world import World, replace
from game.rules.nodes import at_node
from game.rules.tables import Tables
from game.rules.turn import Turn


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
    return replace(world, power=replace(world.power, coming=coming))


def supply(world: World, turn: Turn) -> World:
    """New plants connect; the grid grows by itself, faster where the grid dial is up."""
    s = turn.scenario
    power = world.power
    coming = np.zeros(power.coming.shape)
    coming[:, :-1] = power.coming[:, 1:]
    grown = s.places.power_growth * (0.6 + 1.3 * world.state.dials[:, 3])
    return replace(
        world,
        power=replace(
            power,
            supply=power.supply + power.coming[:, 0] + grown,
            coming=coming,
            outage=power.outage * world.events.kept,
        ),
    )


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
        compute=replace(world.compute, running=world.compute.installed * factor),
    )


def fab_draw(world: World, s: Scenario, t: Tables) -> Array:
    """GW that foundry lines want. (N, B)."""
    return t.line_place.total(world.lines.capacity * world.lines.use * at_node(world, s, t).power)
