"""The opening without its agreements, and quarters in which nobody decides: what one clause does is seen alone."""

from dataclasses import replace

import numpy as np

from game.core.diplomacy import Clause
from game.core.world import World
from game.files.scenarios import bundled
from game.rules.book import RuleBook, idle_firms
from game.testing import with_contract

SCENARIO = bundled("pax_silica_2026")
BOOK = RuleBook(SCENARIO)
AT = SCENARIO.place_axis.at


def opened(worlds: int = 1, seed: int = 5) -> World:
    """The opening without contracts and charters."""
    world = BOOK.open(seed, worlds)
    contracts = replace(world.contracts, status=np.zeros_like(world.contracts.status))
    return replace(world, contracts=contracts, blocs=replace(world.blocs, charter=np.zeros_like(world.blocs.charter)))


def played(world: World, quarters: int = 1) -> World:
    """Some quarters on."""
    for _ in range(quarters):
        orders = BOOK.orders(world.worlds)
        world = BOOK.decided(world, orders)
        world = BOOK.resolved(world, orders, idle_firms(world))
    return world


def both(*clauses: Clause, quarters: int = 1, length: int = 16) -> tuple[World, World]:
    """A game without clauses and one with them."""
    world = opened()
    return played(world, quarters), played(with_contract(world, SCENARIO, *clauses, quarters=length), quarters)
