"""The quarter, top to bottom, as the rule book has it.

`DECIDE` runs once the seats' sealed orders are in; then foundries and suppliers decide, knowing it; then `RESOLVE`
runs. Each phase takes a World and the Turn and returns a World.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from game.core.orders import FirmOrders, Orders
from game.core.scenario import Scenario
from game.core.world import World
from game.rules.tables import Tables


@dataclass(frozen=True, slots=True)
class Turn:
    """What the phases of one quarter share: the scenario, its constants and what everybody decided."""

    scenario: Scenario
    tables: Tables
    orders: Orders
    firms: FirmOrders
    last: bool = False
    """after the last decision: the epilogue, at half weight"""


Phase = Callable[[World, Turn], World]
