"""A supplier: how much to make, when to stop and start again, when to add capacity."""

from __future__ import annotations

from typing import TYPE_CHECKING

import mesa
import numpy as np

from game.core.numeric import Array, clip
from game.core.rng import uniform
from game.core.world import World
from game.rules.book import RuleBook
from game.rules.outlook import Outlook

if TYPE_CHECKING:
    from agents.model import ChipRace

#: Margin at which a plant that stood still starts again.
RESTART = 0.15
#: Share of the room that a supplier builds at a time, and its chance a quarter to decide.
STEP, CHANCE = 0.5, 0.25
LEAST, MOST = 0.15, 0.97


class Supplier(mesa.Agent):
    """One mine, refiner, recycler, material or tool maker.

    Parameters
    ----------
    model : the race.
    row : its position among the suppliers.
    """

    model: ChipRace

    def __init__(self, model: ChipRace, row: int) -> None:
        super().__init__(model)
        self.row = row

    def decide(self) -> None:
        """Post use, running and expansion."""
        self.model.firm_desk.suppliers.append(self.row)


def planned(world: World, book: RuleBook, look: Outlook) -> dict[str, Array]:
    """What each supplier decides, as fields of `FirmOrders`. (S, B) each."""
    p, use = book.scenario.parameters.plants, world.suppliers.use
    goal = use * np.where(look.supplier_margin > 0.0, look.supplier_pull, 0.8)
    # One call draws for both decisions: half the calls of two.
    keys = book.tables.supplier_keys
    draws = uniform(world.seed, world.quarter, np.concatenate([keys + np.uint64(1), keys + np.uint64(2)]))
    return {
        "supplier_use": clip(use + p.use_pace * (goal - use), LEAST, MOST),
        "supplier_run": _running(world, book, look, draws[: len(keys)]),
        "supplier_build": _expansion(world, book, look, draws[len(keys) :]),
    }


def _running(world: World, book: RuleBook, look: Outlook, draw: Array) -> Array:
    """Below cost and without a floor, a plant closes with the hazard of the record; it restarts when it pays."""
    suppliers, margin = world.suppliers, look.supplier_margin
    losing = (margin < -0.05) & (suppliers.protected <= 0.0)
    starts = (margin > RESTART) & (suppliers.capacity > 0.0)
    closes = losing & (draw < book.scenario.parameters.plants.shutdown)
    return np.maximum(suppliers.running, starts) * ~closes


def _expansion(world: World, book: RuleBook, look: Outlook, draw: Array) -> Array:
    """Build when the long price pays for entry and the plant sells what it makes."""
    s, suppliers = book.scenario, world.suppliers
    pays = look.supplier_long > s.parameters.plants.entry * (1.0 + 0.5 * s.suppliers.by_product)
    sells = (suppliers.use * look.supplier_pull > 0.85) | (suppliers.capacity <= 0.0)
    free = (suppliers.building <= 0.0) & (look.supplier_room > 0.0) & (s.suppliers.room > 0.0)
    begins = pays & sells & free & (draw < CHANCE)
    return look.supplier_room * STEP * begins
