"""Physical security of the chain (S24): guarded sea routes, guarantees, stocks spread over safe places."""

from __future__ import annotations

import numpy as np

from game.core.clauses import CLAUSES
from game.core.names import DIALS
from game.core.numeric import Array, Counts, clip
from game.core.scenario import Scenario
from game.core.world import World, replace
from game.rules import standards
from game.rules.fees import spent
from game.rules.kept import constants_of, reading_of
from game.rules.pacts import in_force
from game.rules.turn import Turn

GUARANTEE = CLAUSES.at("guarantee")
GUARDS, DISPERSAL = DIALS.at("guards"), DIALS.at("dispersal")
#: Share of sea trade that is guarded at the opening: losses on routes are counted from there.
USUAL = 0.2
#: Events that destroy stocks, that a guarantee deters, and that guardrails prevent.
DISASTERS = ("earthquake", "typhoon_flood", "strait_crisis")
DETERRED = ("strait_crisis",)
INCIDENTS = ("cyber_attack", "scandal", "fab_contamination")


def stand_guard(world: World, turn: Turn) -> World:
    """Guards and spread stocks follow their dials; guarantors pay, and are blamed for taking sides."""
    p, known, dials = turn.scenario.parameters.statecraft, world.standards, world.state.dials
    guards, dispersal = dials[:, GUARDS], dials[:, DISPERSAL]
    if (guards != known.guarded).any() or (dispersal != known.dispersed).any():
        known = replace(
            known,
            guarded=known.guarded + p.guards_pace * (guards - known.guarded),
            dispersed=known.dispersed + p.guards_pace * (dispersal - known.dispersed),
        )
        world = replace(world, standards=known)
    rows = in_force(world, GUARANTEE)
    if rows is None:
        return world
    cost, blame = np.zeros_like(world.state.cash), world.relations.blame.copy()
    budget = turn.scenario.places.budget[rows.taker, 0]
    np.add.at(cost, (rows.giver, rows.world), p.guarantee_cost * budget)
    np.add.at(blame, (rows.giver, rows.world), p.guarantee_blame)
    world = spent(world, cost)
    return replace(world, relations=replace(world.relations, blame=np.minimum(blame, 1000.0)))


@reading_of("clauses.kind", "contracts.status", "relations.trust")
def guaranteed(world: World) -> Array | None:
    """How safe guarantors make each place: its trust in the best of them; None where nobody has one. (N, B)."""
    rows = in_force(world, GUARANTEE)
    if rows is None:
        return None
    safe = np.zeros_like(world.state.cash)
    trust = world.relations.trust[rows.giver, rows.taker, rows.world]
    np.maximum.at(safe, (rows.taker, rows.world), trust)
    return safe


def exposure(world: World, s: Scenario) -> Array | None:
    """What is left of a loss on sea routes behind guards, over what the opening's leave; None: as then. (N, B)."""
    known, safe = world.standards.guarded, guaranteed(world)
    if safe is None and (known == USUAL).all():
        return None
    guarded = known if safe is None else np.maximum(known, safe)
    return 1.0 - s.parameters.statecraft.guards * (guarded - USUAL)


@constants_of
def _kinds(s: Scenario) -> tuple[Counts, Counts, Counts]:
    """Positions of disasters, of what guarantees deter, and of incidents, among the scenario's events."""
    axis = s.events.axis
    disasters, deterred, incidents = (
        np.array([axis.at(name) for name in names if name in axis], dtype=np.int64)
        for names in (DISASTERS, DETERRED, INCIDENTS)
    )
    return disasters, deterred, incidents


def calm(world: World, s: Scenario) -> Array | None:
    """Factor on the odds of each kind of event at each place by guarantees and guardrails; None: 1. (V, N, B)."""
    safe, incident = guaranteed(world), standards.incidents(world, s)
    if safe is None and incident is None:
        return None
    _, deterred, incidents = _kinds(s)
    factor = np.ones((len(s.events.axis), *world.state.cash.shape))
    if safe is not None:
        factor[deterred] = 1.0 - s.parameters.statecraft.deterrence * safe
    if incident is not None:
        factor[incidents] = incident
    return factor


def spoil(world: World, turn: Turn) -> World:
    """Disasters destroy part of the stocks where they strike, less where stocks are spread."""
    s, goods = turn.scenario, world.goods
    struck = world.events.struck.take(_kinds(s)[0], axis=0)
    if not struck.any():
        return world
    p = s.parameters.statecraft
    share = clip(p.stock_loss * struck.max(axis=0) * (1.0 - p.dispersal * world.standards.dispersed), 0.0, 1.0)[:, None]
    industry, state = goods.inventory * share, goods.stockpile * share
    return replace(
        world,
        goods=replace(
            goods,
            inventory=goods.inventory - industry,
            stockpile=goods.stockpile - state,
            lost=goods.lost + industry + state,
        ),
    )
