"""The desk where foundries and suppliers read the outlook and post what they decide."""

from __future__ import annotations

from dataclasses import replace

from agents import foundry, supplier
from game.core.orders import FirmOrders
from game.core.world import World
from game.rules.book import RuleBook, idle_firms
from game.rules.outlook import Outlook


class FirmDesk:
    """What firms read in one quarter, and who has posted.

    What all of a kind weigh alike is worked out once, as arrays over the kind; a firm that posts signs its own rows of
    it. Rows that nobody signs stay as they are.
    """

    world: World
    book: RuleBook
    outlook: Outlook
    suppliers: list[int]
    lines: list[int]

    def open(self, world: World, book: RuleBook) -> None:
        """Lay out the outlook of a quarter."""
        self.world = world
        self.book = book
        self.outlook = book.outlook(world)
        self.suppliers = []
        self.lines = []

    def orders(self) -> FirmOrders:
        """What was posted."""
        s = self.book.scenario
        planned = supplier.planned(self.world, self.book, self.outlook)
        planned |= foundry.planned(self.world, self.book, self.outlook)
        whole = len(self.suppliers) == len(s.suppliers.axis) and len(self.lines) == len(s.lines.axis)
        return FirmOrders(**planned) if whole else self._signed(FirmOrders(**planned))

    def close(self) -> World:
        """Hand back the world that was laid out: kept here it would take the memory of a second one."""
        world = self.world
        del self.world, self.outlook
        return world

    def _signed(self, planned: FirmOrders) -> FirmOrders:
        """The rows that were signed; the others as idle firms leave them."""
        idle = idle_firms(self.world)
        rows = {name: self.suppliers if name.startswith("supplier") else self.lines for name in FirmOrders.__slots__}
        changed = {}
        for name, signed in rows.items():
            changed[name] = getattr(idle, name).copy()
            changed[name][signed] = getattr(planned, name)[signed]
        return replace(idle, **changed)
