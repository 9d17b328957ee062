"""With whom doctrines talk and what they sign, beside what is worth something to them (`character.py`)."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from agents.envoys import Embassy
from agents.strategies.character import Traits
from game.core.numeric import Array, Counts


def regard(traits: Traits, embassy: Embassy, places: Counts) -> Array:
    """What a contract of each two places is multiplied by, for what both think of each other. (n, n, B)."""
    s, relations = embassy.scenario, embassy.talks.world.relations
    inside, members, wary = (
        traits.by_place(name, embassy.seats, len(s.place_axis))[places] for name in ("inside", "members", "wary")
    )
    member = relations.member[s.race.bloc, places] > 0
    is_inside = (places == s.inside)[:, None]
    liked = np.where(is_inside[None], inside[:, None], np.where(member[None], members[:, None], 1.0))
    trusted = relations.trust[places][:, places].swapaxes(0, 1) >= wary[:, None]
    liked = liked * trusted
    return liked * liked.swapaxes(0, 1)


def acceptable(
    traits: Traits, embassy: Embassy, points: Array, row: Counts, seat: Counts, w: Counts
) -> NDArray[np.bool_]:
    """Which offers, by row, seat asked and world, a doctrine would sign for what they are worth to it. (M,)."""
    offers, s, relations = embassy.offers, embassy.scenario, embassy.talks.world.relations
    places = len(s.place_axis)
    inside, members, wary, demand = (
        traits.by_place(name, embassy.seats, places)[seat, 0] for name in ("inside", "members", "wary", "demand")
    )
    sender = offers.sender[row]
    fine: NDArray[np.bool_] = points > demand
    fine &= relations.trust[sender, seat, w] >= wary
    fine &= (inside > 0.0) | ~offers.party[row, s.inside, w]
    fine &= (members > 0.0) | (relations.member[s.race.bloc, sender, w] == 0)
    gives, takes = traits.clauses_by_place(embassy.seats, places)
    kind, giver, taker = offers.kind[row, :, w], offers.giver[row, :, w], offers.taker[row, :, w]
    real, mine = kind >= 0, seat[:, None]
    never = (giver == mine) & (gives[mine, kind] == 0.0) | (taker == mine) & (takes[mine, kind] == 0.0)
    return fine & ~(never & real).any(axis=1)
