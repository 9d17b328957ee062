"""Money for accelerators and rented compute (S15)."""

from __future__ import annotations

import numpy as np

from game.core.names import GOODS
from game.core.numeric import Counts, clip, total
from game.core.scenario import Scenario
from game.core.world import World, replace
from game.rules.kept import constants_of
from game.rules.turn import Turn

CLOUD = GOODS.at("cloud")
#: Share of supply in use from which buyers hold back, and how much they hold back when nothing is spare; judged.
GRID_TIGHT, GRID_DRAG = 0.97, 0.35


def budgets(world: World, turn: Turn) -> World:
    """Private spending follows trend, boom, spare power and trust at home; public programmes add to it."""
    s, t = turn.scenario, turn.tables
    compute = world.compute
    full = world.power.used / np.maximum(world.power.supply, 1e-9)
    spare = 1.0 - GRID_DRAG * clip((full - GRID_TIGHT) / (1.0 - GRID_TIGHT), 0.0, 1.0)
    research = 1.0 + 0.003 * (world.state.knowhow[:, 6] - s.places.research[:, 6])
    mood = 0.7 + 0.6 * world.state.approval
    goal = t.private_trend[world.quarter] * spare * research * mood * world.events.boom
    growth = compute.growth + 0.35 * (goal - compute.growth)
    return replace(
        world,
        compute=replace(
            compute,
            growth=growth,
            private=s.places.capex * growth,
            programme=compute.programme + turn.orders.compute,
        ),
    )


def rent(world: World, turn: Turn) -> World:
    """Who rents from whom, read off last quarter's flows of cloud; security compute follows its share slowly."""
    s = turn.scenario
    halls, flow = _halls(s), world.trade.flow
    out, home = np.zeros((2, *world.compute.installed.shape))
    place = s.sellers.place[halls]
    home[place] = flow[halls, place]
    out[place] = total(flow.take(halls, axis=0), axis=1) - home[place]
    security = world.compute.running * world.compute.uses[:, 2]
    return replace(
        world,
        compute=replace(
            world.compute,
            rented_out=np.maximum(out, 0.0),
            rented_in=np.maximum(world.trade.received[:, CLOUD] - home, 0.0),
            security=world.compute.security + 0.25 * (security - world.compute.security),
        ),
    )


@constants_of
def _halls(s: Scenario) -> Counts:
    """Sellers of cloud."""
    return np.flatnonzero(s.sellers.good == CLOUD)
