"""Trust, approval, blame and world escalation (rules.md R1, R12)."""

from __future__ import annotations

import numpy as np

from game.core.numeric import Array, clip, total
from game.core.scenario import Scenario
from game.core.world import World, replace
from game.rules import pledges
from game.rules.trade import refused
from game.rules.turn import Turn

#: Trust that a fully felt control costs its owner with the target each quarter; it comes back at RECOVERY.
TRUST_COST, RECOVERY = 0.12, 0.02
COLLAPSE_COMMON, COLLAPSE_SHARED, COLLAPSE_CAP = 10.0, 160.0, 40.0
#: Blame of all together, in unanswered steps, for which the whole is shared out: where chance did the rest, what is
#: left of a step of years ago does not bear all of it. One whole step is the cap's worth.
COLLAPSE_BLAME = COLLAPSE_SHARED / COLLAPSE_CAP


def escalate(world: World, turn: Turn) -> World:
    """Steps up raise world escalation and blame; it cools by itself; at 5 everybody loses (rules.md R12), whether an
    order or a crisis of the quarter before brought it there.

    What a step weighs is ruled when it is ordered (`law_controls`): an answer a quarter, an announced step less than a
    sudden one. A step down by contract takes blame away from whoever makes it.
    """
    p, relations = turn.scenario.parameters.controls, world.relations
    steps = turn.orders.escalation
    blame, level = relations.blame * 0.9, relations.escalation - p.cooling
    down = pledges.stepped_down(world, turn.scenario)
    if down is not None:
        blame = blame * (1.0 - turn.scenario.parameters.statecraft.settlement * down)
        level = level - p.cooling * np.minimum(np.count_nonzero(down, axis=0), 2.0)
    if steps.any():
        blame = blame + steps
        level = level + p.escalation * np.sqrt(total(steps))
    level = clip(level, 0.0, 5.0)
    ends = (np.maximum(level, relations.escalation) >= 5.0 - 1e-9) & (relations.collapsed < 0.5)
    if not ends.any():
        return replace(world, relations=replace(relations, blame=blame, escalation=level))
    share = blame / np.maximum(total(blame), COLLAPSE_BLAME)
    loss = COLLAPSE_COMMON + np.minimum(COLLAPSE_SHARED * share, COLLAPSE_CAP)
    return replace(
        world,
        relations=replace(
            relations,
            blame=blame,
            escalation=np.where(ends, 3.0, level),
            collapsed=np.where(ends, 1.0, relations.collapsed),
            penalty=np.where(ends, relations.penalty + loss, relations.penalty),
        ),
    )


def drift(world: World, turn: Turn) -> World:
    """Trust falls where a control is felt and comes back towards what the record shows."""
    s, trust = turn.scenario, world.relations.trust
    trust = trust + RECOVERY * (np.minimum(s.trust, 1.0) - trust) - TRUST_COST * felt(world, s) * trust
    trust = clip(trust, 0.02, 1.0)
    itself = np.arange(len(trust))
    trust[itself, itself] = 1.0
    return replace(world, relations=replace(world.relations, trust=trust))


def felt(world: World, s: Scenario) -> Array:
    """How hard controls of the first place are felt by the second, over what would be felt in full. (N, N, B)."""
    # Controls refuse something of the orders of some sellers only: the others' rows are not looked at.
    rows = np.flatnonzero(refused(world).any(axis=1))
    value = (s.goods.price * world.market.price[0]).take(s.sellers.good[rows], axis=0)
    lost = world.trade.blocked.take(rows, axis=0)
    lost *= value[:, None]
    hurt = s.sellers.by_place.total_of(rows, lost)
    hurt /= np.maximum(s.places.gdp * 0.0005, 0.01)
    return np.minimum(hurt, 1.0, out=hurt)


def approve(world: World, turn: Turn) -> World:
    """Support at home follows prosperity, shortages and idle plants."""
    s = turn.scenario
    prosperity = world.standing.measures[:, 2] / 100.0
    mature = world.goods.scarce[:, 18]
    dark = 1.0 - world.power.factor
    goal = clip(s.places.approval + 0.5 * (prosperity - 0.5) - 0.3 * mature - 0.5 * dark, 0.05, 0.95)
    warmed = gas_burnt(world)
    if warmed is not None:
        goal = goal - s.parameters.state.climate * s.places.climate * warmed
    approval = world.state.approval + 0.15 * (goal - world.state.approval)
    if turn.orders.fast_line.any() or turn.orders.fast_supplier.any():
        approval = approval - 0.01 * _permits(turn)
    return replace(world, state=replace(world.state, approval=clip(approval, 0.02, 0.98)))


def gas_burnt(world: World) -> Array | None:
    """Share of its power that a place owes to new gas plants and to fuel under contract; None: nobody. (N, B)."""
    power = world.power
    if not (power.gas.any() or power.contracted.any()):
        return None
    return np.minimum((power.gas + np.maximum(power.contracted, 0.0)) / np.maximum(power.supply, 1e-9), 1.0)


def _permits(turn: Turn) -> Array:
    """Fast-track permits granted at each place this quarter. (N, B)."""
    granted = turn.tables.line_place.total(turn.orders.fast_line)
    return granted + turn.tables.supplier_place.total(turn.orders.fast_supplier)
