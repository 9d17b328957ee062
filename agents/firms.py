"""The desk where foundries and suppliers read the outlook and post what they decide, by row."""

from __future__ import annotations

import numpy as np

from game.core.numeric import Array
from game.core.orders import FirmOrders
from game.core.scenario import Scenario
from game.core.world import World
from game.rules.book import RuleBook
from game.rules.outlook import Outlook


class FirmDesk:
    """Rows of the outlook to read and rows of decisions to write, for one quarter."""

    world: World
    scenario: Scenario
    outlook: Outlook
    line_use: Array
    line_build: Array
    tender: Array
    supplier_use: Array
    supplier_build: Array
    supplier_run: Array

    def open(self, world: World, book: RuleBook) -> None:
        """Lay out the outlook of a quarter; everything stays as it is until somebody posts."""
        self.world = world
        self.scenario = book.scenario
        self.outlook = book.outlook(world)
        self.line_use = world.lines.use.copy()
        self.line_build = np.zeros_like(world.lines.use)
        self.tender = np.zeros_like(world.lines.use)
        self.supplier_use = world.suppliers.use.copy()
        self.supplier_build = np.zeros_like(world.suppliers.use)
        self.supplier_run = world.suppliers.running.copy()

    def orders(self) -> FirmOrders:
        """What was posted."""
        return FirmOrders(
            self.line_use, self.line_build, self.supplier_use, self.supplier_build, self.supplier_run, self.tender
        )
