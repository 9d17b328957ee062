"""Events (S23): chance strikes, with odds shaped by the state of the world, and what each kind does.

Which kinds there are, how often and where, what they do and which choices they leave, is the scenario's, in the words
of `levers.py` and of `ODDS` here. A place that is struck chooses in the next quarter; who says nothing makes the first.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from game.core.names import GOODS
from game.core.names import MINERALS as MINERAL_NAMES
from game.core.numeric import Array, Counts, clip, entries, pick, put, total
from game.core.rng import entity_keys, uniform
from game.core.scenario import Scenario
from game.core.world import World, replace
from game.rules import guards
from game.rules.kept import constants_of
from game.rules.levers import LEVERS, mends
from game.rules.turn import Turn

MINERALS = [GOODS.at(good) for good in MINERAL_NAMES]
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
    pending = struck * _answerable(turn.scenario)
    world = replace(
        world,
        events=replace(events, struck=struck, kept=kept, route=events.route * kept, boom=boom, pending=pending),
    )
    return _pulled(world, turn, [(table.effects[v], struck[v]) for v in kinds])


@constants_of
def _answerable(s: Scenario) -> Array:
    """1 for kinds of event that leave a choice at places that somebody steers. (V, N, 1)."""
    steered = np.zeros((1, len(s.place_axis), 1))
    steered[:, list(s.places.seats)] = 1.0
    return np.array([[[float(len(choices) > 1)]] for choices in s.events.choices]) * steered


def _drawn(world: World, turn: Turn) -> tuple[Array, list[int]]:
    """Severity of each kind at each place this quarter, 0 where it does not strike (V, N, B), and kinds that struck.

    A draw for each kind and place: what happens in one does not depend on which others are listed before it.
    """
    pairs, table = _pairs(turn.scenario), turn.scenario.events
    draws = uniform(world.seed, world.quarter, pairs.keys)
    shaped = np.concatenate([np.ones_like(world.power.supply), *(odds(world, turn) for odds in SHAPES)])
    chance = pairs.chance * shaped.take(pairs.shape, axis=0)
    calm = guards.calm(world, turn.scenario)
    if calm is not None:
        chance *= pick(calm, pairs.cell)
    hit = draws[: len(pairs.kind)] < chance
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
    kind, place = entries(table.places[:, :, 0])
    names = [f"{table.axis.names[v]}/{codes[n]}" for v, n in zip(kind, place, strict=True)]
    shapes = [SHAPE_NAMES.index(shape) + 1 if shape else 0 for shape in table.odds_by]
    return Pairs(
        kind=kind,
        cell=kind * len(codes) + place,
        chance=table.odds[kind] * table.places[kind, place],
        shape=np.array(shapes)[kind] * len(codes) + place,
        keys=np.concatenate([entity_keys("event", names), entity_keys("severity", table.axis)]),
    )


def respond(world: World, turn: Turn) -> World:
    """What places struck a quarter ago do about it: their choice, the first where they made none."""
    pending = world.events.pending
    kinds = np.flatnonzero(pending.any(axis=(1, 2)))
    if not len(kinds):
        return world
    chosen, moves = turn.orders.choice, []
    for v in kinds:
        struck = pending[v] > 0.0
        for k, choice in enumerate(turn.scenario.events.choices[v]):
            if choice.effects and (k == 0 or chosen is not None):
                said = 0 if chosen is None else np.maximum(chosen[v], 0)
                made = struck & (said == k)
                if np.count_nonzero(made):
                    moves.append((choice.effects, made.astype(np.float64)))
    world = _pulled(world, turn, moves)
    return replace(world, events=replace(world.events, pending=np.zeros_like(pending)))


def _pulled(world: World, turn: Turn, moves: Sequence[tuple[tuple[tuple[str, float], ...], Array]]) -> World:
    """Pull levers by their amounts times a size, (N, B): each lever once for all harm and once for all repair."""
    amounts: dict[tuple[str, bool], Array] = {}
    for effects, size in moves:
        for lever, amount in effects:
            key, part = (lever, mends(lever, amount)), amount * size
            amounts[key] = amounts[key] + part if key in amounts else part
    for (lever, _), whole in amounts.items():
        world = LEVERS[lever].pull(world, turn, whole)
    return world


def _tension(world: World, turn: Turn) -> Array:
    return 0.3 + 0.35 * world.relations.escalation * np.ones_like(world.power.supply)


def _tight_grid(world: World, turn: Turn) -> Array:
    return 0.4 + 1.6 * clip(world.power.used / np.maximum(world.power.supply, 1e-9) - 0.6, 0.0, 0.4) * 2.5


def _controls_felt(world: World, turn: Turn) -> Array:
    felt = world.policy.pressure.max(axis=1)
    return 0.3 + np.minimum(felt, 8.0) / 4.0


def _unpopular(world: World, turn: Turn) -> Array:
    return 0.5 + 1.5 * (1.0 - world.state.approval)


def _nearly_dry(world: World, turn: Turn) -> Array:
    """Where stocks of what is refined and burnt run low."""
    goods = world.goods
    cover = (goods.inventory + goods.stockpile)[:, MINERALS] / np.maximum(4.0 * goods.reference[:, MINERALS], 1e-9)
    return 0.4 + 1.2 * np.maximum(1.0 - cover.min(axis=1), 0.0)


def _short_of_people(world: World, turn: Turn) -> Array:
    need = world.people.needed / np.maximum(world.people.engineers, 1e-9)
    return 0.4 + 3.0 * clip(need - 0.7, 0.0, 0.6)


def _building(world: World, turn: Turn) -> Array:
    """Where much is being built."""
    under_way = turn.tables.line_place.total(world.lines.building)
    return 0.3 + under_way / (20.0 + under_way) * 1.4


def _distrusted(world: World, turn: Turn) -> Array:
    trust = total(world.relations.trust) / len(world.relations.trust)
    return 0.4 + 2.0 * np.maximum(0.7 - trust, 0.0)


def _much_compute(world: World, turn: Turn) -> Array:
    return 0.3 + world.standing.measures[:, 0] / 60.0


#: What shapes odds, by the word that scenarios use.
ODDS: dict[str, Odds] = {
    "tension": _tension,
    "tight_grid": _tight_grid,
    "controls_felt": _controls_felt,
    "unpopular": _unpopular,
    "thin_stocks": _nearly_dry,
    "short_of_people": _short_of_people,
    "building": _building,
    "distrusted": _distrusted,
    "much_compute": _much_compute,
}
SHAPES = tuple(ODDS.values())
SHAPE_NAMES = tuple(ODDS)
