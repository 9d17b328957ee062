"""Multi-year laws (rules.md R10): money locked for plants at home, which nothing else can be paid from.

Firms trust it for its years, so they put in more of their own for each dollar than for one of a yearly budget. What
finds no room waits in the law's fund, and comes back to the treasury when the law ends.
"""

from __future__ import annotations

import numpy as np

from game.core.numeric import Array, Counts
from game.core.scenario import Scenario
from game.core.world import World, replace
from game.rules.construction import asked, joined, supplier_capex
from game.rules.kept import constants_of
from game.rules.outlook import line_capex
from game.rules.room import line_room, supplier_room
from game.rules.turn import Turn


def build(world: World, turn: Turn) -> World:
    """New laws come into force; what laws have locked begins capacity at the plants that they are for."""
    moves = turn.orders.moves
    if moves is not None and moves.law.any():
        laws, new = world.laws, moves.law > 0.0
        world = replace(
            world,
            laws=replace(
                laws,
                money=np.where(new, moves.law, laws.money),
                left=np.where(new, turn.scenario.parameters.state.law_quarters, laws.left),
                plant=np.where(new, moves.law_plant, laws.plant),
                fund=laws.fund + moves.law,
            ),
        )
    return _spent(world, turn) if world.laws.fund.any() else world


@constants_of
def _places(s: Scenario) -> Counts:
    """Place of each plant, lines first. (F + S,)."""
    return np.concatenate([s.lines.place, s.suppliers.place])


def _spent(world: World, turn: Turn) -> World:
    """Funds go to their plants in proportion to what each has room for."""
    s, t, laws = turn.scenario, turn.tables, world.laws
    lines, suppliers = world.lines, world.suppliers
    at, rows = _places(s), len(s.lines.axis)
    match = s.parameters.state.private_match * (1.0 + s.parameters.state.law_match)
    capex, per_unit = line_capex(world, s, t), supplier_capex(s)
    drawn = np.repeat([[1.0 + match], [1.0 + 0.5 * match]], [rows, len(at) - rows], axis=0)
    open_room = np.where(asked(world, s), 0.0, line_room(world, s))
    whole = np.concatenate([open_room * capex, supplier_room(world, s) * per_unit])
    plant = laws.plant.take(at, axis=0)
    could = whole / drawn * ((plant < 0) | (plant == np.arange(len(at))[:, None]))
    most = t.line_place.total(could[:rows]) + t.supplier_place.total(could[rows:])
    part = np.minimum(laws.fund / np.maximum(most, 1e-12), 1.0)
    paid = could * part.take(at, axis=0)
    money = paid * drawn
    line, unit = _begun(money[:rows], capex), _begun(money[rows:], per_unit)
    return replace(
        world,
        laws=replace(laws, fund=np.maximum(laws.fund - most * part, 0.0)),
        lines=replace(
            lines,
            building=lines.building + line,
            left=joined(lines.left, lines.building, s.lines.room_lead, line),
            spent=lines.spent + paid[:rows],
        ),
        suppliers=replace(
            suppliers,
            building=suppliers.building + unit,
            left=joined(suppliers.left, suppliers.building, s.suppliers.room_lead, unit),
            spent=suppliers.spent + paid[rows:],
        ),
    )


def _begun(money: Array, capex: Array) -> Array:
    """Capacity that money begins."""
    return np.where(capex > 0.0, money / np.maximum(capex, 1e-12), 0.0)


def lock(world: World, turn: Turn) -> World:
    """Next quarter's money is locked before anything else can be paid; a law that ends gives back the rest."""
    laws, state = world.laws, world.state
    if not laws.left.any():
        return world
    left = np.maximum(laws.left - 1.0, 0.0)
    money = laws.money * (left > 0.0)
    over = (laws.left > 0.0) & (left <= 0.0)
    return replace(
        world,
        laws=replace(
            laws,
            money=money,
            left=left,
            plant=np.where(over, np.int16(-1), laws.plant),
            fund=np.where(over, 0.0, laws.fund + money),
        ),
        state=replace(
            state,
            cash=state.cash + laws.fund * over - money,
            spending=state.spending + money,
        ),
    )
