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

#: What the figures worked out are short of the true ones, at most, where nothing ran short: know-how and yields have
#: grown since. Shares measured of played games.
USE_GROWN, YIELD_GROWN = 0.005, 0.03
#: How often output tells less than what plants could do, because an input ran short.
UNSURE = 0.04


class Told(NamedTuple):
    """Figures that output tells; 0 where it tells nothing."""

    use: Array
    """(S, B) share of capacity, at least"""
    die_yield: Array
    """(F, B) share of good dies, at least"""


def told(seen: World, s: Scenario) -> Told:
    """What the output of the last quarter tells of suppliers and lines."""
    t = _constants(s)
    # Plants are a quarter older by now than when they made it, and what an accident took is partly mended.
    suppliers = seen.suppliers
    then = np.minimum(ratio(suppliers.outage, seen.events.kept.take(s.suppliers.place, axis=0)), 1.0)
    seen = replace(seen, suppliers=replace(suppliers, age=np.maximum(suppliers.age - 1.0, 0.0), outage=then))
    # What an estimate of use says that a plant makes, over that estimate: what full use would make.
    full = ratio(production.planned(seen, s, t).supplier, seen.suppliers.use)
    perfect = seen.lines.starts * production.per_wafer(seen, t) * production.design_skill(seen, s, t)
    return Told(
        use=np.minimum(ratio(seen.suppliers.output, full), 1.0),
        die_yield=np.minimum(ratio(seen.lines.output, perfect), 1.0),
    )


@constants_of
def _constants(s: Scenario) -> Tables:
    return tables(s)


def held(drawn: Array, output_tells: Array, band: tuple[Array, Array], luck: Array, most: float) -> Array:
    """What was drawn from a band, held to what output tells: that and a little more.

    Where output tells less than the band allows, an input ran short, or part of the plant opened too late to make any
    of it: then it is a lower bound alone. So it is now and then inside the band too. Where it tells more, the plant has
    changed since, and it tells nothing.

    Parameters
    ----------
    drawn : from the band.
    output_tells : the figure worked out; 0 for nothing.
    band : the least and the most that the band allows.
    luck : draws in [0, 1).
    most : what the true figure may have grown since, at most.
    """
    low, high = band
    known = np.minimum(output_tells * (1.0 + most * luck * luck), 1.0)
    unsure = (output_tells < low) | (luck < UNSURE)
    inside = np.where(unsure, np.maximum(drawn, output_tells), known)
    return np.where(output_tells > high, drawn, inside)
