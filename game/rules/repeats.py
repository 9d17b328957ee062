"""Clauses that would only repeat what is promised already, such as a second guarantee of the same seat."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from game.core.clauses import CLAUSE_KINDS
from game.core.numeric import Counts, entries
from game.core.world import World
from game.rules.pacts import in_force

if TYPE_CHECKING:
    from game.rules.offers import Drafts

#: Kinds of which a second clause adds nothing, and those among them that bind both ways.
_ONCE = [(kind, spec.mutual) for kind, spec in enumerate(CLAUSE_KINDS) if spec.once]
#: A clause that ends in this quarter or the next may be renewed.
RENEWED_WITHIN = 1.0


def repeated(world: World, drafts: Drafts) -> NDArray[np.bool_]:
    """Offers with a clause that is in force between the same two, about the same, and runs on. (M,)."""
    found = np.zeros(len(drafts.row), dtype=bool)
    for kind, mutual in _ONCE:
        asked = drafts.kind == kind
        rows = in_force(world, kind) if asked.any() else None
        if rows is None:
            continue
        runs = world.contracts.until[rows.slot, rows.world] > world.quarter + RENEWED_WITHIN
        known = _cells(world, rows.giver, rows.taker, rows.subject, rows.target, rows.world)[runs]
        m, i = entries(asked)
        giver, taker, subject, target = (
            values[m, i].astype(np.int64) for values in (drafts.giver, drafts.taker, drafts.subject, drafts.target)
        )
        again = np.isin(_cells(world, giver, taker, subject, target, drafts.world[m]), known)
        if mutual:
            again |= np.isin(_cells(world, taker, giver, subject, target, drafts.world[m]), known)
        found[m[again]] = True
    return found


def _cells(world: World, giver: Counts, taker: Counts, subject: Counts, target: Counts, w: Counts) -> Counts:
    """One number for who promises whom what, about whom, in which world; -1 stands for no subject and no target."""
    places = len(world.state.cash)
    cells: Counts = ((((subject + 1) * places + giver) * places + taker) * (places + 1) + target + 1) * world.worlds + w
    return cells
