"""A foundry firm: how much to start, where to add capacity, whom to ask for bids."""

from __future__ import annotations

from typing import TYPE_CHECKING

import mesa
import numpy as np

from game.core.numeric import Array, clip
from game.core.scenario import Scenario
from game.core.world import World
from game.rules.outlook import Outlook

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

    def __init__(self, model: ChipRace, firm: str, rows: list[int]) -> None:
        super().__init__(model)
        self.firm = firm
        self.rows = rows

    def decide(self) -> None:
        """Post starts, expansions and tenders."""
        self.model.firm_desk.lines += self.rows


def planned(world: World, s: Scenario, look: Outlook) -> dict[str, Array]:
    """What each firm decides for its lines, as fields of `FirmOrders`. (F, B) each."""
    p, use, pull = s.parameters.fabs, world.lines.use, look.line_pull
    goal = np.where(look.line_margin > 0.02, use * pull, use * np.minimum(pull, 1.0) * 0.9)
    build, tender = _expansion(world, s, look)
    return {
        "line_use": clip(use + p.use_pace * (goal - use), LEAST, MOST),
        "line_build": build,
        "tender": tender,
    }


def _expansion(world: World, s: Scenario, look: Outlook) -> tuple[Array, Array]:
    """Where plants run full, open a tender; where one ends, build at the site with the best return. (F, B) each."""
    p, lines, of_firm = s.parameters.fabs, world.lines, s.lines.of_firm
    room, capex, bid = look.line_room, np.maximum(look.line_capex, 1e-9), lines.bid
    load = lines.use * np.minimum(look.line_pull, 1.2) * (lines.capacity > 0.0)
    busy = of_firm.spread(of_firm.largest(load) > p.expand_use)
    size = np.minimum(room, room * STEP + bid / capex)
    helped = np.minimum(bid / np.maximum(size * capex, 1e-9), 0.6)
    value = look.line_return * look.line_safe / (1.0 - helped)
    building = lines.building > 0.0
    worthwhile = (value > p.hurdle) & (room > 1e-6) & (lines.building <= 1e-9)
    chosen = worthwhile & (value >= of_firm.spread(of_firm.largest(value * worthwhile)))
    ends = lines.tender == 1.0
    taken = of_firm.spread(of_firm.largest((building | (lines.tender > 0.0)).astype(np.float64)) > 0.0)
    return size * (chosen & ends & busy), (worthwhile & busy & ~taken).astype(np.float64)
