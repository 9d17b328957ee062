"""Anchor customers (rules.md section 5): plants whose output is bought ahead, or whose customers own part of them.

Firms build sooner where supply is under contract, and where a partner of a joint venture will buy: a new foundry has no
other way to be sure of orders.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from game.core.clauses import CLAUSES
from game.core.numeric import Array
from game.core.scenario import Scenario
from game.core.world import World
from game.rules import deliveries
from game.rules.kept import reading_of
from game.rules.pacts import in_force

VENTURE = CLAUSES.at("venture")
TINY = 1e-9


class Anchored(NamedTuple):
    """What orders and returns at plants are, over what they would be without anchor customers."""

    line: Array
    """(F, B)"""
    supplier: Array
    """(S, B)"""


def anchored(world: World, s: Scenario) -> Anchored | None:
    """More for plants with anchor customers, the more of what is made there is bought ahead; None: nobody has any."""
    gain = s.parameters.statecraft.anchor
    ahead, partners = _bought_ahead(world, s), _partners(world, s)
    if gain <= 0.0 or (ahead is None and partners is None):
        return None
    share = np.zeros((len(s.sellers.place), world.worlds))
    if ahead is not None:
        made = world.goods.made[s.sellers.place, s.sellers.good]
        share = np.minimum(ahead / np.maximum(made, TINY), 1.0)
    line = s.sellers.of_line.spread(share)
    if partners is not None:
        line = np.maximum(line, partners)
    return Anchored(1.0 + gain * line, 1.0 + gain * s.sellers.of_supplier.spread(share))


@reading_of("clauses.kind", "contracts.status")
def _bought_ahead(world: World, s: Scenario) -> Array | None:
    """Units a quarter that sellers have promised by supply clauses; None: nobody has. (E, B)."""
    supplies = deliveries.supplies(world, s)
    if supplies is None:
        return None
    promised = np.zeros((len(s.sellers.place), world.worlds))
    np.add.at(promised, (supplies.lane, supplies.rows.world), supplies.rows.quantity)
    return promised


@reading_of("clauses.kind", "contracts.status")
def _partners(world: World, s: Scenario) -> Array | None:
    """1 for lines with partners in a joint venture; None: there is no venture. (F, B)."""
    rows = in_force(world, VENTURE)
    if rows is None:
        return None
    found = np.zeros((len(s.lines.axis), world.worlds))
    found[rows.subject, rows.world] = 1.0
    return found
