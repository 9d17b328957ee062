"""Blocs: what their charters bind members to, and what membership gives and takes (game.md section 5, rules.md R4, R5).

Who is a member stands in `relations.member`; motions and votes in `rules/motions.py`.
"""

from __future__ import annotations

import numpy as np

from game.core.names import CHARTER
from game.core.numeric import Array
from game.core.world import World
from game.rules.kept import reading_of


def charter_pairs(world: World, term: str) -> Array | None:
    """Strength, 0 to 1, with which charters bind each place to each other by a term; None when none does. (N, N, B).

    Places that share more than one such bloc are bound by the stricter charter. Nobody is bound to itself.
    """
    return _bonds(world).get(CHARTER.at(term))


@reading_of("blocs.charter", "relations.member")
def _bonds(world: World) -> dict[int, Array]:
    """`charter_pairs` of each term that any charter has."""
    charter = world.blocs.charter
    itself = np.arange(world.relations.member.shape[1])
    bonds: dict[int, Array] = {}
    for bloc, term in np.argwhere((charter > 0.0).any(axis=2)).tolist():
        member = world.relations.member[bloc] > 0
        shared = (member[:, None] & member[None]) * charter[bloc, term]
        shared[itself, itself] = 0.0
        bonds[term] = np.maximum(bonds[term], shared) if term in bonds else shared
    return bonds
