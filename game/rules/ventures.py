"""Joint ventures (S12): partners abroad put money into a line; their know-how counts where the line learns."""

from __future__ import annotations

import numpy as np

from game.core.clauses import CLAUSES
from game.core.numeric import Array, Counts, each_once
from game.core.scenario import Scenario
from game.core.world import World, replace
from game.rules.construction import asked, joined
from game.rules.fees import spent
from game.rules.outlook import line_capex
from game.rules.pacts import Rows, in_force
from game.rules.room import line_room
from game.rules.turn import Turn

VENTURE = CLAUSES.at("venture")


def put_in(world: World, turn: Turn) -> World:
    """Partners in joint ventures put in what they promised, as far as the line has room; in a tender it is a stake."""
    rows = in_force(world, VENTURE)
    if rows is None:
        return world
    s, t = turn.scenario, turn.tables
    stake = asked(world, s)[rows.subject, rows.world]
    which, at = each_once(rows.subject, len(s.lines.place))
    capex = line_capex(world, s, t, which)
    matched = 1.0 + s.parameters.state.private_match
    promised = np.zeros_like(capex)
    np.add.at(promised, (at, rows.world), rows.quantity * ~stake)
    paid = np.minimum(promised, line_room(world, s, which) * capex / matched)
    part = np.where(stake, 1.0, (paid / np.maximum(promised, 1e-12))[at, rows.world])
    money = np.zeros_like(world.state.cash)
    np.add.at(money, (rows.giver, rows.world), rows.quantity * part)
    world = spent(world, money)
    if stake.any():
        stakes = world.lines.stake.copy()
        cells = rows.giver[stake], rows.subject[stake], rows.world[stake]
        np.add.at(stakes, cells, rows.quantity[stake])
        world = replace(world, lines=replace(world.lines, stake=stakes))
    return _partnered(world, s, rows, rows.quantity * part * ~stake, which, paid, capex, paid * matched)


def _partnered(
    world: World, s: Scenario, rows: Rows, each: Array, which: Counts, paid: Array, capex: Array, money: Array
) -> World:
    """Capacity that partners' money (rows,), and the private money that it draws, begin at lines, and whose it is."""
    lines = world.lines
    begun = money / np.maximum(capex, 1e-12)
    building, left, public = lines.building.copy(), lines.left.copy(), lines.spent.copy()
    left[which] = joined(lines.left[which], lines.building[which], s.lines.room_lead[which], begun)
    building[which] += begun
    public[which] += paid
    worth = np.zeros_like(lines.capacity)
    worth[which] = (lines.capacity[which] + building[which]) * capex
    shares = lines.state_share.copy()
    part = each / np.maximum(worth[rows.subject, rows.world], 1e-9)
    cells = rows.giver, rows.subject, rows.world
    np.add.at(shares, cells, part)
    shares[cells] = np.minimum(shares[cells], 1.0)
    return replace(world, lines=replace(lines, building=building, left=left, spent=public, state_share=shares))


def partners(world: World, known: Array, track: Counts) -> Array:
    """Know-how at lines, by home (F, B), where a partner's of the line's track (F,) counts if it is better."""
    rows = in_force(world, VENTURE)
    if rows is None:
        return known
    known = known.copy()
    brought = world.state.knowhow[rows.giver, track[rows.subject], rows.world]
    np.maximum.at(known, (rows.subject, rows.world), brought)
    return known
