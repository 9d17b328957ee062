"""Orders of statecraft as arrays: laid out when the first is given, so that quarters without any carry none."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from game.core.names import CLASSES
from game.core.numeric import Array
from game.core.statecraft import Middle
from game.core.world import Small, World

#: Aims of a campaign at home, by position.
AIMS = ("approval", "resolve")
#: A setting that no order touched.
UNCHANGED = -1


@dataclass(frozen=True, slots=True)
class Moves:
    """What seats do by statecraft in one quarter; last axis B."""

    threat: Small
    """(N, C, N) quarters that a threat shall run, 0 takes it back, -1 nothing said"""
    ultimatum: Small
    """(N, C, N) 0 or 1"""
    intelligence: Small
    """(N, N) 0 or 1"""
    audit: Small
    """(N,) 0 or 1"""
    campaign: Small
    """(N, 2) 0 or 1, by aim"""
    guardrail: Small
    """(N,) 1 writes a safety standard of one's own, 0 gives it up, -1 leaves it"""
    summit: Small
    """(N, N) 0 or 1"""
    bluff: Array
    """(N,) share by which stocks are overstated, -1 as it was"""
    breaks: NDArray[np.bool_]
    """(J, N) who gives notice to a contract"""
    law: Array
    """(N,) USD bn a quarter that a new law locks"""
    law_plant: Middle
    """(N,) plant that it is for, lines first; -1 all at home"""


def no_moves(world: World) -> Moves:
    """Arrays that do nothing, to enter orders in."""
    places, worlds, classes = len(world.state.cash), world.worlds, len(CLASSES)

    def zeros(*shape: int) -> Small:
        return np.zeros((*shape, worlds), dtype=np.int8)

    return Moves(
        threat=np.full((places, classes, places, worlds), UNCHANGED, dtype=np.int8),
        ultimatum=zeros(places, classes, places),
        intelligence=zeros(places, places),
        audit=zeros(places),
        campaign=zeros(places, len(AIMS)),
        guardrail=np.full((places, worlds), UNCHANGED, dtype=np.int8),
        summit=zeros(places, places),
        bluff=np.full((places, worlds), float(UNCHANGED)),
        breaks=np.zeros((len(world.contracts.status), places, worlds), dtype=bool),
        law=np.zeros((places, worlds)),
        law_plant=np.full((places, worlds), UNCHANGED, dtype=np.int16),
    )
