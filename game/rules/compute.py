"""Money for accelerators and rented compute (S15)."""

from __future__ import annotations

import numpy as np

from game.core.clauses import CLAUSES
from game.core.names import GOODS
from game.core.numeric import Array, Counts, clip, total
from game.core.scenario import Scenario
from game.core.world import World, replace
from game.rules import standards
from game.rules.fees import with_met
from game.rules.kept import constants_of
from game.rules.pacts import Rows, in_force
from game.rules.turn import Turn

CLOUD = GOODS.at("cloud")
#: Share of supply in use from which buyers hold back, and how much they hold back when nothing is spare; judged.
GRID_TIGHT, GRID_DRAG = 0.97, 0.35
COMPUTE = CLAUSES.at("compute")
#: Share of what runs at a place that it goes on letting under contract.
MOST_LET = 0.5


def budgets(world: World, turn: Turn) -> World:
    """Private spending follows trend, boom, spare power and trust at home; public programmes add to it."""
    s, t = turn.scenario, turn.tables
    compute = world.compute
    full = world.power.used / np.maximum(world.power.supply, 1e-9)
    spare = 1.0 - GRID_DRAG * clip((full - GRID_TIGHT) / (1.0 - GRID_TIGHT), 0.0, 1.0)
    research = 1.0 + 0.003 * (world.state.knowhow[:, 6] - s.places.research[:, 6])
    mood = 0.7 + 0.6 * world.state.approval
    goal = t.private_trend[world.quarter] * spare * research * mood * world.events.boom
    certified = world.standards.certified
    if certified.any():
        goal = goal * (1.0 + s.parameters.statecraft.compliant * certified)
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
    rented = flow.take(halls, axis=0)
    out[place] = total(rented, axis=1) - home[place]
    received = world.trade.received[:, CLOUD] - home
    lost = standards.lost_between(world, s)
    if lost is not None:
        received = received - total(rented * lost.take(place, axis=0))
    rows = in_force(world, COMPUTE)
    if rows is not None:
        let = share_let(world, rows)
        world = with_met(world, rows, let)
        np.add.at(out, (rows.giver, rows.world), rows.quantity * let)
        kept = 1.0 if lost is None else 1.0 - lost[rows.giver, rows.taker, rows.world]
        np.add.at(received, (rows.taker, rows.world), rows.quantity * let * kept)
    security = world.compute.running * world.compute.uses[:, 2]
    return replace(
        world,
        compute=replace(
            world.compute,
            rented_out=np.maximum(out, 0.0),
            rented_in=np.maximum(received, 0.0),
            security=world.compute.security + 0.25 * (security - world.compute.security),
        ),
    )


def share_let(world: World, rows: Rows) -> Array:
    """Share of the compute promised in each row that its giver can let: no more than part of what runs there."""
    promised = np.zeros_like(world.compute.running)
    np.add.at(promised, (rows.giver, rows.world), rows.quantity)
    share = np.minimum(MOST_LET * world.compute.running / np.maximum(promised, 1e-9), 1.0)
    able: Array = share[rows.giver, rows.world]
    return able


def let_by_contract(world: World) -> Array | None:
    """Thousand H100e that each place lets under contract, before anything goes to the market; None: nobody. (N, B)."""
    rows = in_force(world, COMPUTE)
    if rows is None:
        return None
    out = np.zeros_like(world.compute.running)
    np.add.at(out, (rows.giver, rows.world), rows.quantity * share_let(world, rows))
    return out


@constants_of
def _halls(s: Scenario) -> Counts:
    """Sellers of cloud."""
    return np.flatnonzero(s.sellers.good == CLOUD)
