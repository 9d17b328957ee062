"""A foundry firm: how much to start, where to add capacity, whom to ask for bids."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import mesa
import numpy as np

from game.core.numeric import Counts, clip

if TYPE_CHECKING:
    from agents.model import ChipRace

#: A firm adds at most this share of a site's room at a time, unless a seat's bid pays for more.
STEP = 0.5
#: Use of capacity is held between these: a line is never quite full, and never quite stopped while it pays.
LEAST, MOST = 0.3, 0.97


class Foundry(mesa.Agent):
    """One firm with all its lines, present and possible.

    Parameters
    ----------
    model : the race.
    firm : identifier of the firm.
    rows : positions of its lines.
    """

    model: ChipRace

    def __init__(self, model: ChipRace, firm: str, rows: Counts) -> None:
        super().__init__(model)
        self.firm = firm
        self.rows = rows

    def decide(self) -> None:
        """Post starts, expansions and tenders."""
        desk, rows = self.model.firm_desk, self.rows
        p = desk.scenario.parameters.fabs
        look = desk.outlook
        use = desk.world.lines.use[rows]
        pull, margin = look.line_pull[rows], look.line_margin[rows]
        goal = np.where(margin > 0.02, use * pull, use * np.minimum(pull, 1.0) * 0.9)
        desk.line_use[rows] = clip(use + p.use_pace * (goal - use), LEAST, MOST)
        room = look.line_room[rows]
        if room.any():
            self._expand(pull, use)

    def _expand(self, pull: Any, use: Any) -> None:
        """Where plants run full, open a tender; where one ends, build at the site with the best return."""
        desk, rows = self.model.firm_desk, self.rows
        p = desk.scenario.parameters.fabs
        look, lines = desk.outlook, desk.world.lines
        room, capex = look.line_room[rows], np.maximum(look.line_capex[rows], 1e-9)
        capacity = lines.capacity[rows]
        busy = (np.where(capacity > 0, use * np.minimum(pull, 1.2), 0.0)).max(axis=0) > p.expand_use
        bid = lines.bid[rows]
        size = np.minimum(room, room * STEP + bid / capex)
        helped = np.minimum(bid / np.maximum(size * capex, 1e-9), 0.6)
        value = look.line_return[rows] * look.line_safe[rows] / (1.0 - helped)
        worthwhile = (value > p.hurdle) & (room > 1e-6) & (lines.building[rows] <= 1e-9)
        best = np.where(worthwhile, value, -1.0)
        chosen = (best >= best.max(axis=0)) & worthwhile
        ending = lines.tender[rows] == 1.0
        desk.line_build[rows] = np.where(chosen & ending & busy, size, 0.0)
        idle = ~(lines.tender[rows] > 0).any(axis=0)
        asking = worthwhile & busy & idle & ~(lines.building[rows] > 0).any(axis=0)
        desk.tender[rows] = np.where(asking, 1.0, 0.0)
