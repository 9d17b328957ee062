"""Events (S23): chance strikes, with odds shaped by the state of the world, and what each kind does.

Which kinds there are, how often and where, is the scenario's; what a kind does is one entry of `EFFECTS`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from game.core.names import GOODS
from game.core.numeric import Array, Counts, clip, put
from game.core.rng import entity_keys, uniform
from game.core.scenario import Scenario
from game.core.world import World, replace
from game.rules.kept import constants_of
from game.rules.turn import Turn

#: (world, turn, severity (N, B)) -> world
Effect = Callable[[World, Turn, Array], World]
#: (world, turn) -> factor on the odds (N, B)
Odds = Callable[[World, Turn], Array]


def strike(world: World, turn: Turn) -> World:
    """Draw this quarter's events and let them take effect."""
    struck, kinds = _drawn(world, turn)
    events, table = world.events, turn.scenario.events
    kept = events.kept
    for v in kinds:
        # How slowly each place mends: as the kind that struck it last says.
        kept = np.where(struck[v] > 0, 1.0 - table.decay[v], kept)
    boom = 1.0 + 0.75 * (events.boom - 1.0)
    world = replace(world, events=replace(events, struck=struck, kept=kept, route=events.route * kept, boom=boom))
    for v in kinds:
        effect = EFFECTS.get(table.axis.names[v])
        if effect:
            world = effect(world, turn, struck[v])
    return world


def _drawn(world: World, turn: Turn) -> tuple[Array, list[int]]:
    """Severity of each kind at each place this quarter, 0 where it does not strike (V, N, B), and kinds that struck.

    A draw for each kind and place: what happens in one does not depend on which others are listed before it.
    """
    pairs, table = _pairs(turn.scenario), turn.scenario.events
    draws = uniform(world.seed, world.quarter, pairs.keys)
    shaped = np.concatenate([np.ones_like(world.power.supply), *(odds(world, turn) for odds in SHAPES)])
    hit = draws[: len(pairs.kind)] < pairs.chance * shaped.take(pairs.shape, axis=0)
    struck = np.zeros((*table.places.shape[:2], world.worlds))
    rows = np.flatnonzero(hit.any(axis=1))
    kind = pairs.kind[rows]
    severity = np.minimum(table.severity * (0.5 + draws[len(pairs.kind) :]), 1.0)
    put(struck, pairs.cell[rows], hit[rows] * severity.take(kind, axis=0))
    return struck, sorted(set(kind.tolist()))


@dataclass(frozen=True, slots=True)
class Pairs:
    """Kinds of event and places that they can strike; (P,)."""

    kind: Counts
    cell: Counts
    """where the pair stands in an array by kind and place"""
    chance: Array
    """(P, 1) per quarter, before the state of the world shapes it"""
    shape: Counts
    """which factor on the odds counts: N ones for kinds that nothing shapes, then N for each of `SHAPES`"""
    keys: NDArray[np.uint64]
    """(P + V,) of the draws whether it strikes, then of those how hard, which are one for each kind"""


@constants_of
def _pairs(s: Scenario) -> Pairs:
    table, codes = s.events, s.place_axis.names
    kind, place = np.nonzero(table.places[:, :, 0])
    names = [f"{table.axis.names[v]}/{codes[n]}" for v, n in zip(kind, place, strict=True)]
    shapes = [SHAPES.index(ODDS[name]) + 1 if name in ODDS else 0 for name in table.axis]
    return Pairs(
        kind=kind,
        cell=kind * len(codes) + place,
        chance=table.odds[kind] * table.places[kind, place],
        shape=np.array(shapes)[kind] * len(codes) + place,
        keys=np.concatenate([entity_keys("event", names), entity_keys("severity", table.axis)]),
    )


def _out(outage: Array, severity: Array, most: float = 0.95) -> Array:
    """Outage after an accident: the worse of the two."""
    return np.minimum(np.maximum(outage, severity), most)


def _fabs_hit(world: World, turn: Turn, severity: Array) -> World:
    place = turn.scenario.lines.place
    outage = _out(world.lines.outage, severity.take(place, axis=0))
    return replace(world, lines=replace(world.lines, outage=outage))


def _one_fab_hit(world: World, turn: Turn, severity: Array) -> World:
    """The place's line that chance picks, not all of them."""
    t, place = turn.tables, turn.scenario.lines.place
    draw = uniform(world.seed, world.quarter, t.line_keys) * (world.lines.capacity > 0)
    first = t.line_place.largest(draw)
    picked = (draw == first.take(place, axis=0)) & (draw > 0)
    outage = _out(world.lines.outage, severity.take(place, axis=0) * picked)
    return replace(world, lines=replace(world.lines, outage=outage))


def _mines_hit(world: World, turn: Turn, severity: Array) -> World:
    s = turn.scenario.suppliers
    mining = (s.kind <= 1)[:, None]
    outage = _out(world.suppliers.outage, severity.take(s.place, axis=0) * mining)
    return replace(world, suppliers=replace(world.suppliers, outage=outage))


def _good_hit(good: str) -> Effect:
    position = GOODS.at(good)

    def effect(world: World, turn: Turn, severity: Array) -> World:
        s = turn.scenario.suppliers
        makes = (s.good == position)[:, None]
        outage = _out(world.suppliers.outage, severity.take(s.place, axis=0) * makes)
        return replace(world, suppliers=replace(world.suppliers, outage=outage))

    return effect


def _all_plants_hit(world: World, turn: Turn, severity: Array) -> World:
    world = _fabs_hit(world, turn, severity)
    place = turn.scenario.suppliers.place
    outage = _out(world.suppliers.outage, severity.take(place, axis=0))
    return replace(world, suppliers=replace(world.suppliers, outage=outage))


def _power_hit(world: World, turn: Turn, severity: Array) -> World:
    return replace(world, power=replace(world.power, outage=_out(world.power.outage, severity, 0.8)))


def _routes_hit(world: World, turn: Turn, severity: Array) -> World:
    return replace(world, events=replace(world.events, route=_out(world.events.route, severity)))


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
#: What shapes odds, each once.
SHAPES = tuple(dict.fromkeys(ODDS.values()))
