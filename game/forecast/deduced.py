"""What a seat can work out of figures that lie open: what came out of a plant tells how hard it ran, and how well.

Output is public, and so are capacity, outages and know-how; how much of its capacity a supplier used and what share of
dies worked belong to their owners. Where no input ran short the one follows from the other.
"""

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple

import numpy as np

from game.core.numeric import Array, ratio
from game.core.scenario import Scenario
from game.core.world import World
from game.rules import production
from game.rules.kept import constants_of
from game.rules.tables import Tables, tables

#: What is added to the figure worked out: know-how and yields have grown since, and what it tells is a little low.
SINCE = 0.003
#: How often output tells less than what plants could do, because an input ran short; shares measured of played games.
UNSURE = 0.12


class Told(NamedTuple):
    """Figures that output tells; 0 where it tells nothing."""

    use: Array
    """(S, B) share of capacity, at least"""
    die_yield: Array
    """(F, B) share of good dies, at least"""


def told(seen: World, s: Scenario) -> Told:
    """What the output of the last quarter tells of suppliers and lines."""
    t = _constants(s)
    # Plants are a quarter older by now than when they made it, and that much further in their first years.
    seen = replace(seen, suppliers=replace(seen.suppliers, age=np.maximum(seen.suppliers.age - 1.0, 0.0)))
    # What an estimate of use says that a plant makes, over that estimate: what full use would make.
    full = ratio(production.planned(seen, s, t).supplier, seen.suppliers.use)
    perfect = seen.lines.starts * production.per_wafer(seen, t) * production.design_skill(seen, s, t)
    return Told(
        use=np.minimum(ratio(seen.suppliers.output, full) * (1.0 + SINCE), 1.0),
        die_yield=np.minimum(ratio(seen.lines.output, perfect) * (1.0 + SINCE), 1.0),
    )


@constants_of
def _constants(s: Scenario) -> Tables:
    return tables(s)


def held(drawn: Array, told_at_least: Array, unsure: Array) -> Array:
    """What was drawn from a band, held to what output tells: that itself, or more where an input may have run short.

    `unsure` are draws in [0, 1).
    """
    return np.where((told_at_least <= 0.0) | (unsure < UNSURE), np.maximum(drawn, told_at_least), told_at_least)
