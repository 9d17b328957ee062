"""What would survive the likeliest dangers, for security (rules.md section 3)."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from game.core.names import GOODS
from game.core.numeric import Array, clip
from game.core.scenario import Scenario
from game.core.world import World
from game.rules import guards
from game.rules.kept import constants_of

MATURE = GOODS.at("mature_chips")
#: Quarters for which losses are expected, and dangers of each place that count.
AHEAD, COUNTED = 4.0, 3
#: Events that take nothing from compute or income at work.
HARMLESS = ("yield_breakthrough", "demand_boom", "smuggling_ring", "scandal")
#: Dangers that grow with world escalation, and dangers at sea, which guards meet.
TENSE, AT_SEA = ("strait_crisis", "cyber_attack", "lng_shock"), ("strait_crisis", "port_strike")
#: Odds of tense dangers in a calm world, and added by each step of escalation: as `events` has it.
CALM, STEP = 0.3, 0.35
#: What a quarter's lost capacity costs, over that capacity: orders that went elsewhere come back late. Judged.
AFTERMATH = 2.5
#: Odds within a year of being cut off by the partner with most hold, and added by each step of escalation; share of
#: compute and income that its full hold is worth. Judged.
CUT_OFF, CUT_OFF_STEP, HELD = 0.05, 0.10, 0.5
#: Share of what is expected to be lost that fully dispersed stocks save. Judged.
SPREAD = 0.2


class Dangers(NamedTuple):
    """Losses that the likeliest dangers of each place bring in a year, as a share of a quarter's capacity; (N, 1)."""

    land: Array
    sea: Array
    tense_land: Array
    tense_sea: Array


@constants_of
def dangers(s: Scenario) -> Dangers:
    """The likeliest of each place, by the odds of an ordinary year."""
    table, places = s.events, len(s.place_axis)
    found = {name: np.zeros((places, 1)) for name in Dangers._fields}
    chance = np.minimum(AHEAD * table.odds[:, None] * table.places, 1.0)[:, :, 0]
    harmless = [v for v, name in enumerate(table.axis) if name in HARMLESS]
    chance[harmless] = 0.0
    tense = np.array([name in TENSE for name in table.axis])
    ordinary = chance * np.where(tense, CALM + STEP, 1.0)[:, None]
    for n in range(places):
        for v in np.argsort(-ordinary[:, n], kind="stable")[:COUNTED]:
            name = table.axis.names[v]
            lasts = min(1.0 / max(float(table.decay[v, 0]), 1e-9), AHEAD)
            kind = ("tense_" if name in TENSE else "") + ("sea" if name in AT_SEA else "land")
            found[kind][n, 0] += chance[v, n] * float(table.severity[v, 0]) * lasts
    return Dangers(**found)


def survival(world: World, s: Scenario) -> Array:
    """1 less the share of compute and income that a place must expect to lose within a year. (N, B)."""
    known, events, p = dangers(s), world.events, s.parameters.statecraft
    tension = CALM + STEP * world.relations.escalation
    land, sea = known.land + known.tense_land * tension, known.sea + known.tense_sea * tension
    exposed = guards.exposure(world, s)
    expected = AFTERMATH * (land + (sea if exposed is None else sea * exposed))
    cut_off = CUT_OFF + CUT_OFF_STEP * world.relations.escalation
    expected += cut_off * HELD * (1.0 - world.standing.measures[:, 1] / 100.0)
    expected += 0.25 * world.power.outage + 0.5 * events.route
    mature = world.goods.inventory[:, MATURE] / np.maximum(world.goods.reference[:, MATURE], 1e-9)
    expected *= 1.0 - np.minimum(0.1 * mature, 0.2)
    if world.standards.dispersed.any():
        expected *= 1.0 - SPREAD * world.standards.dispersed
    safe = guards.guaranteed(world)
    if safe is not None:
        expected *= 1.0 - p.guarantee * safe
    return clip(1.0 - expected, 0.0, 1.0)
