"""What places know of one another beyond what everybody can see (S19): error bands that intelligence closes."""

from __future__ import annotations

import numpy as np

from game.core.clauses import CLAUSES
from game.core.numeric import Array
from game.core.scenario import Scenario
from game.core.world import World
from game.rules.kept import reading_of
from game.rules.pacts import in_force

INTELLIGENCE = CLAUSES.at("intelligence")
#: What a place makes out of any other without trying, where that one trusts it fully; it can be handed on.
BY_TRUST = 0.7


@reading_of("signals.intelligence", "clauses.kind", "contracts.status", "relations.trust")
def closed(world: World, s: Scenario) -> Array:
    """Share of its error band that each place has closed on each other, by its own means and by clauses. (N, N, B).

    Who shares hands on what it has found out itself, and what comes to it as a friend of the target; nothing is handed
    on twice.
    """
    own = world.signals.intelligence
    rows = in_force(world, INTELLIGENCE)
    if rows is None:
        return own
    known = own.copy()
    found = np.maximum(own, BY_TRUST * world.relations.trust)[rows.giver, rows.target, rows.world]
    np.maximum.at(known, (rows.taker, rows.target, rows.world), s.parameters.statecraft.handed_on * found)
    return known
