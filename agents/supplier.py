"""A supplier: how much to make, when to stop and start again, when to add capacity."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import mesa
import numpy as np

from game.core.numeric import clip
from game.core.rng import uniform

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
        desk, i = self.model.firm_desk, self.row
        s, look, suppliers = desk.scenario, desk.outlook, desk.world.suppliers
        p = s.parameters.plants
        margin, use = look.supplier_margin[i], suppliers.use[i]
        goal = np.where(margin > 0.0, use * look.supplier_pull[i], use * 0.8)
        desk.supplier_use[i] = clip(use + p.use_pace * (goal - use), LEAST, MOST)
        self._run_or_stop(margin)
        if s.suppliers.room[i, 0] > 0:
            self._expand()

    def _run_or_stop(self, margin: Any) -> None:
        """Below cost and without a floor, a plant closes with the hazard of the record; it restarts when it pays."""
        desk, i = self.model.firm_desk, self.row
        suppliers = desk.world.suppliers
        losing = (margin < -0.05) & (suppliers.protected[i] <= 0)
        if not losing.any() and (suppliers.running[i] > 0).all():
            return
        key = self.model.book.tables.supplier_keys[i : i + 1] + np.uint64(1)
        draw = uniform(desk.world.seed, desk.world.quarter, key)[0]
        stops = losing & (draw < desk.scenario.parameters.plants.shutdown)
        starts = (margin > RESTART) & (suppliers.capacity[i] > 0)
        desk.supplier_run[i] = np.where(stops, 0.0, np.where(starts, 1.0, suppliers.running[i]))

    def _expand(self) -> None:
        """Build when the long price pays for entry and the plant sells what it makes."""
        desk, i = self.model.firm_desk, self.row
        s, look, suppliers = desk.scenario, desk.outlook, desk.world.suppliers
        pays = look.supplier_long[i] > s.parameters.plants.entry * (1.0 + 0.5 * s.suppliers.by_product[i])
        sells = (suppliers.use[i] * look.supplier_pull[i] > 0.85) | (suppliers.capacity[i] <= 0)
        free = (suppliers.building[i] <= 0) & (look.supplier_room[i] > 0)
        if not (pays & sells & free).any():
            return
        key = self.model.book.tables.supplier_keys[i : i + 1] + np.uint64(2)
        draw = uniform(desk.world.seed, desk.world.quarter, key)[0]
        begins = pays & sells & free & (draw < CHANCE)
        desk.supplier_build[i] = np.where(begins, look.supplier_room[i] * STEP, 0.0)
