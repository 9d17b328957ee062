"""How steady seats answer a breach: a control on the breacher, where others who were wronged or have promised to match
make it bite. Alone they set none: what they stopped, others would sell."""

from __future__ import annotations

import numpy as np

from agents.strategies import Council
from agents.strategies.character import traits_of
from game.core.clauses import CLAUSES
from game.core.names import CLASSES, LEVELS
from game.core.numeric import Array, Counts
from game.core.orders import ExportControl
from game.core.scenario import Scenario
from game.core.world import World
from game.rules import coalition, controls, law, pacts

MATCH = CLAUSES.at("match")
#: Level of its answer; share of the breacher's use that must stay stopped; partners that it takes; world escalation
#: above which it keeps quiet.
LEVEL, BITES, PARTNERS, TENSE = "licence", 0.15, 1, 2.5
#: Quarters between two looks, and classes that it uses.
LOOK, USED = 4, ("minerals", "magnets", "tools", "chips", "cloud")


def answer_breaches(council: Council) -> None:
    """Controls on those who broke contracts with seats of the council, in company."""
    world, s = council.desk.world, council.scenario
    if world.quarter % LOOK != 1 or not world.relations.wronged.any():
        return
    answering = traits_of(council.players, len(council.seats)).of("answers")[:, 0] > 0.0
    for row, seat in enumerate(council.seats.tolist()):
        if not answering[row]:
            continue
        for breacher in np.flatnonzero(world.relations.wronged[seat].any(axis=1)).tolist():
            chosen = chosen_classes(world, s, seat, breacher)
            for k in np.unique(chosen[chosen >= 0]).tolist():
                where = (chosen == k) & (council.capital[row] >= law.ORDER_CAPITAL)
                if where.any():
                    council.give(row, ExportControl(CLASSES.names[k], s.place_axis.names[breacher], LEVEL), where)


def chosen_classes(world: World, s: Scenario, seat: int, breacher: int) -> Counts:
    """The class in which a control in company bites most, in each world; -1 where none bites enough. (B,)."""
    calm = (world.relations.wronged[seat, breacher] > 0) & (world.relations.escalation < TENSE)
    held, best, chosen = controls.holdings(world, s)[seat], np.zeros(world.worlds), np.full(world.worlds, -1)
    for name in USED:
        k = CLASSES.at(name)
        goods = list(pacts.CLASS_GOODS[k])
        members = allies(world, seat, k, breacher)
        share = coalition.stopped(coalition.market(world, s, k, breacher), members)
        owns = held[goods].max(axis=0) >= s.parameters.controls.class_share
        looser = world.policy.level[seat, goods, breacher].max(axis=0) < LEVELS.at(LEVEL)
        company = np.count_nonzero(members, axis=0) > PARTNERS
        better = owns & looser & company & (share >= BITES) & (share > best)
        best, chosen = np.where(better, share, best), np.where(better, k, chosen)
    return np.where(calm, chosen, -1)


def allies(world: World, seat: int, control_class: int, target: int) -> Array:
    """Who would stand with a seat: itself, whom the target wronged too, who promised to match it. (N, B), 0 or 1."""
    members = (world.relations.wronged[:, target] > 0).astype(np.float64)
    members[seat] = 1.0
    members[target] = 0.0
    rows = pacts.in_force(world, MATCH)
    if rows is not None:
        at = np.flatnonzero((rows.taker == seat) & (rows.subject == control_class) & (rows.target == target))
        members[rows.giver[at], rows.world[at]] = 1.0
    return members
