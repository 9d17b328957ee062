"""Events (S23): chance strikes, with odds shaped by the state of the world, and what each kind does.

Which kinds there are, how often and where, is the scenario's; what a kind does is one entry of `EFFECTS`.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from game.core.names import GOODS
from game.core.numeric import Array, clip
from game.core.rng import uniform
from game.core.world import World, replace
from game.rules.turn import Turn

#: (world, turn, severity (N, B)) -> world
Effect = Callable[[World, Turn, Array], World]
#: (world, turn) -> factor on the odds (N, B)
Odds = Callable[[World, Turn], Array]


def strike(world: World, turn: Turn) -> World:
    """Draw this quarter's events and let them take effect."""
    struck = _drawn(world, turn)
    events, kept = world.events, _kept(world, turn, struck)
    world = replace(
        world,
        events=replace(
            events, struck=struck, kept=kept, route=events.route * kept, boom=1.0 + 0.75 * (events.boom - 1.0)
        ),
    )
    kinds = turn.scenario.events.axis.names
    for v in np.flatnonzero(struck.max(axis=(1, 2))):
        if kinds[v] in EFFECTS:
            world = EFFECTS[kinds[v]](world, turn, struck[v])
    return world


def _kept(world: World, turn: Turn, struck: Array) -> Array:
    """How slowly each place mends: as the kind that struck it last says. (N, B)."""
    kept = world.events.kept
    for v in np.flatnonzero(struck.max(axis=(1, 2))):
        kept = np.where(struck[v] > 0, 1.0 - turn.scenario.events.decay[v], kept)
    return kept


def _drawn(world: World, turn: Turn) -> Array:
    """Severity of each kind at each place this quarter, 0 where it does not strike. (V, N, B)."""
    s, t = turn.scenario, turn.tables
    table = s.events
    hard = 0.5 + uniform(world.seed, world.quarter, t.severity_keys)
    chance = table.odds[:, None] * table.places * np.ones(world.worlds)
    for v, kind in enumerate(table.axis):
        if kind in ODDS:
            chance[v] *= ODDS[kind](world, turn)
    # A draw for each kind and place: what happens in one does not depend on which others are listed before it.
    kinds, places = t.event_pairs
    draw = uniform(world.seed, world.quarter, t.event_keys)
    struck = np.zeros_like(chance)
    severity = np.minimum(table.severity * hard, 1.0)
    struck[kinds, places] = np.where(draw < chance[kinds, places], severity[kinds], 0.0)
    return struck


def _fabs_hit(world: World, turn: Turn, severity: Array) -> World:
    place = turn.scenario.lines.place
    outage = np.maximum(world.lines.outage, severity[place])
    return replace(world, lines=replace(world.lines, outage=clip(outage, 0.0, 0.95)))


def _one_fab_hit(world: World, turn: Turn, severity: Array) -> World:
    """The place's line that chance picks, not all of them."""
    t, place = turn.tables, turn.scenario.lines.place
    draw = uniform(world.seed, world.quarter, t.line_keys) * (world.lines.capacity > 0)
    first = t.line_place.largest(draw)
    picked = (draw == first[place]) & (draw > 0)
    outage = np.maximum(world.lines.outage, severity[place] * picked)
    return replace(world, lines=replace(world.lines, outage=clip(outage, 0.0, 0.95)))


def _mines_hit(world: World, turn: Turn, severity: Array) -> World:
    s = turn.scenario.suppliers
    mining = (s.kind <= 1)[:, None]
    outage = np.maximum(world.suppliers.outage, severity[s.place] * mining)
    return replace(world, suppliers=replace(world.suppliers, outage=clip(outage, 0.0, 0.95)))


def _good_hit(good: str) -> Effect:
    position = GOODS.at(good)

    def effect(world: World, turn: Turn, severity: Array) -> World:
        s = turn.scenario.suppliers
        makes = (s.good == position)[:, None]
        outage = np.maximum(world.suppliers.outage, severity[s.place] * makes)
        return replace(world, suppliers=replace(world.suppliers, outage=clip(outage, 0.0, 0.95)))

    return effect


def _all_plants_hit(world: World, turn: Turn, severity: Array) -> World:
    world = _fabs_hit(world, turn, severity)
    place = turn.scenario.suppliers.place
    outage = np.maximum(world.suppliers.outage, severity[place])
    return replace(world, suppliers=replace(world.suppliers, outage=clip(outage, 0.0, 0.95)))


def _power_hit(world: World, turn: Turn, severity: Array) -> World:
    outage = np.maximum(world.power.outage, severity)
    return replace(world, power=replace(world.power, outage=clip(outage, 0.0, 0.8)))


def _routes_hit(world: World, turn: Turn, severity: Array) -> World:
    route = np.maximum(world.events.route, severity)
    return replace(world, events=replace(world.events, route=clip(route, 0.0, 0.95)))


def _strait(world: World, turn: Turn, severity: Array) -> World:
    world = _routes_hit(world, turn, severity)
    tension = severity.max(axis=0) > 0
    level = clip(world.relations.escalation + 0.8 * tension, 0.0, 4.75)
    return replace(world, relations=replace(world.relations, escalation=level))


def _breakthrough(world: World, turn: Turn, severity: Array) -> World:
    place = turn.scenario.lines.place
    risen = world.lines.die_yield + severity[place] * 0.3 * (0.95 - world.lines.die_yield)
    return replace(world, lines=replace(world.lines, die_yield=clip(risen, 0.0, 1.0)))


def _smugglers(world: World, turn: Turn, severity: Array) -> World:
    network = clip(world.trade.network + severity[None] * 0.5, 0.0, 0.95)
    return replace(world, trade=replace(world.trade, network=network))


def _scandal(world: World, turn: Turn, severity: Array) -> World:
    approval = clip(world.state.approval - 0.5 * severity, 0.02, 0.98)
    return replace(world, state=replace(world.state, approval=approval))


def _boom(world: World, turn: Turn, severity: Array) -> World:
    return replace(world, events=replace(world.events, boom=clip(world.events.boom + severity.max(axis=0), 0.3, 3.0)))


def _slump(world: World, turn: Turn, severity: Array) -> World:
    return replace(world, events=replace(world.events, boom=clip(world.events.boom - severity.max(axis=0), 0.3, 3.0)))


def _exodus(world: World, turn: Turn, severity: Array) -> World:
    left = world.people.engineers * severity * 0.2
    return replace(world, people=replace(world.people, engineers=world.people.engineers - left))


EFFECTS: dict[str, Effect] = {
    "earthquake": _all_plants_hit,
    "typhoon_flood": _all_plants_hit,
    "drought": _fabs_hit,
    "power_shortage": _power_hit,
    "lng_shock": _power_hit,
    "reactor_trip": _power_hit,
    "mine_accident": _mines_hit,
    "quartz_outage": _good_hit("quartz"),
    "fab_contamination": _one_fab_hit,
    "yield_breakthrough": _breakthrough,
    "smuggling_ring": _smugglers,
    "strait_crisis": _strait,
    "port_strike": _routes_hit,
    "cyber_attack": _one_fab_hit,
    "scandal": _scandal,
    "demand_boom": _boom,
    "demand_slump": _slump,
    "talent_exodus": _exodus,
}


def _tension(world: World, turn: Turn) -> Array:
    return 0.3 + 0.35 * world.relations.escalation * np.ones_like(world.power.supply)


def _tight_grid(world: World, turn: Turn) -> Array:
    return 0.4 + 1.6 * clip(world.power.used / np.maximum(world.power.supply, 1e-9) - 0.6, 0.0, 0.4) * 2.5


def _controls_felt(world: World, turn: Turn) -> Array:
    felt = world.policy.pressure.max(axis=1)
    return 0.3 + np.minimum(felt, 8.0) / 4.0


def _unpopular(world: World, turn: Turn) -> Array:
    return 0.5 + 1.5 * (1.0 - world.state.approval)


ODDS: dict[str, Odds] = {
    "strait_crisis": _tension,
    "cyber_attack": _tension,
    "power_shortage": _tight_grid,
    "lng_shock": _tension,
    "smuggling_ring": _controls_felt,
    "scandal": _unpopular,
}
