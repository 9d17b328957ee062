"""Yields climb as lines run (S4, S5, S6)."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from game.core.names import GOODS, LINE_KINDS, TRACKS
from game.core.numeric import Array, Counts, clip, pick
from game.core.scenario import Scenario
from game.core.world import World, replace
from game.rules.kept import constants_of
from game.rules.nodes import at_node
from game.rules.turn import Turn
from game.rules.ventures import partners

EUV = GOODS.at("euv")
#: Research track that counts for lines of each kind.
KIND_TRACKS = tuple(TRACKS.at("node" if kind == "logic" else kind) for kind in LINE_KINDS)
#: Share of the yield of a node printed with EUV that is out of reach where no EUV can be had; judged.
NO_EUV = 0.45


def learn_yields(world: World, turn: Turn) -> World:
    """Yield climbs with output at the site, faster on a 50-day line, to what know-how and tools allow (S4, S5, S6).

    The know-how is the firm's home's, or a partner's in a joint venture, where that is better.
    """
    s, t = turn.scenario, turn.tables
    lines, node, lore = world.lines, at_node(world, s, t), _lore(s)
    knowhow = partners(world, pick(world.state.knowhow, lore.at_home), lore.track)
    skill = clip(knowhow / node.asked, 0.3, 1.0)
    tools = 1.0 - NO_EUV * node.printed * world.goods.scarce[:, EUV].take(s.lines.place, axis=0)
    ceiling = node.ceiling * skill * tools
    busy = np.minimum(lines.starts / np.maximum(lines.capacity * 3.0, 1e-9), 1.0) * (lines.capacity > 0)
    risen = lines.die_yield + lore.pace * busy * np.maximum(ceiling - lines.die_yield, 0.0)
    fallen = risen - 0.02 * np.maximum(risen - ceiling - 0.1, 0.0)
    outage = lines.outage * world.events.kept.take(s.lines.place, axis=0)
    return replace(world, lines=replace(lines, die_yield=clip(fallen, 0.0, 1.0), outage=outage))


class Lore(NamedTuple):
    """What lines learn by."""

    track: Counts
    """(F,) research track that counts for a line"""
    at_home: Counts
    """(F,) where its know-how stands in an array by place and track: for `pick`"""
    pace: Array
    """(F, 1) of the gap to the ceiling that a busy line closes in a quarter"""


@constants_of
def _lore(s: Scenario) -> Lore:
    fabs = s.parameters.fabs
    track = np.array(KIND_TRACKS)[s.lines.kind]
    return Lore(
        track=track,
        at_home=s.lines.home * len(TRACKS) + track,
        pace=fabs.learning * (1.0 + (fabs.fast_learning - 1.0) * s.lines.fast),
    )
