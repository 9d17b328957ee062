"""Ways to use what others need: lists, rules for third parties, answers in kind, licences for a fee, floods.

Each looks at the seats whose turn it is and gives the orders that law and political capital allow, from what the seat
sees. Rows are seats.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import numpy as np

from agents.strategies import Council
from agents.strategies.moves_invest import for_each, in_turn
from agents.strategies.steady_quarrels import controllers
from game.core.names import CLASSES, GOODS, LEVELS
from game.core.numeric import Array, Counts, total
from game.core.orders import EntityList, ExportControl, Flood, RefuseImports, SecondaryRule
from game.core.scenario import Scenario
from game.core.world import World
from game.rules import controls
from game.rules.kept import constants_of
from game.rules.law import Mask
from game.rules.worth_grip import grip
from game.rules.worth_stakes import stakes

#: Classes of goods: people move none.
GOODS_CLASSES = tuple(name for name in CLASSES if name != "people")
LICENCE = LEVELS.at("licence")
#: Share of the world's output from which a flood is allowed, and the share that must be made by others for it to pay.
FLOODS, OTHERS = 0.5, 0.03
#: What the other must lose by an answer over what it costs; quarters after which it is lifted; world escalation above
#: which none is given.
WEIGHS, FORGIVEN, TENSE = 2.0, 8, 4.0
#: Owners, itself among them, that control a class when a seat binds third parties to its controls.
COMPANY = 3
#: Dependence below which a seat can do without what a rival sells it.
SPARED = 0.12


@constants_of
def rivals(s: Scenario) -> Counts:
    """The seat that each place trusts least at the opening, weighed by its budget's root. (N,)."""
    seats = np.array(s.places.seats)
    fear = (1.0 - s.trust[:, :, 0].T) * np.sqrt(s.places.budget[:, 0])[None]
    fear[np.arange(len(fear)), np.arange(len(fear))] = -1.0
    return seats[fear[:, seats].argmax(axis=1)]


def answer_gains(council: Council, seat: int, target: int) -> Array:
    """Points a quarter that a target would lose by the seat's ban in each class, less what they weigh that the seat
    would lose itself; never more than nothing in classes that it cannot control. (C, B)."""
    world, s, t = council.desk.world, council.scenario, council.book.tables
    held, k = grip(world, s, t, np.array([seat]), np.array([target])), stakes(world, s, t)
    return np.where(controllers(k)[seat], held.hurt[0] - WEIGHS * held.cost[0], 0.0)


def bind_others(council: Council, calm: float, every: int = 8) -> None:
    """A secondary rule in the first class in which the seat and others control what its rival gets, so that third
    parties' use of its technology counts; one at a time and never alone, for it is a step that all resent."""
    world, s, t = council.desk.world, council.scenario, council.book.tables
    for row in in_turn(council, every):
        seat = int(council.seats[row])
        rival = int(rivals(s)[seat])
        level = world.policy.level[seat, :, rival]
        free = (world.relations.escalation < calm) & ~(world.policy.secondary[seat] > 0).any(axis=0)
        for k, goods in enumerate(t.positions.classes):
            company = np.count_nonzero((world.policy.level[:, goods, rival] >= LICENCE).any(axis=1), axis=0) >= COMPANY
            where = free & (level[goods] >= LICENCE).any(axis=0) & company
            free &= ~council.attempt(row, SecondaryRule(CLASSES.names[k]), where)


def list_lines(council: Council, calm: float, every: int = 8) -> None:
    """Put the largest line of the rival that is not on the entity list yet on it."""
    world, s = council.desk.world, council.scenario
    if world.quarter == 0:
        return
    for row in in_turn(council, every):
        seat = int(council.seats[row])
        lines = np.flatnonzero((s.lines.home == int(rivals(s)[seat])) & (s.lines.home != seat))
        if len(lines):
            size = world.lines.capacity[lines] * (world.policy.entity[seat, lines] == 0)
            where = (size.max(axis=0) > 0.0) & (world.relations.escalation < calm)
            for_each(council, row, size.argmax(axis=0), where, [s.lines.axis.names[i] for i in lines], EntityList)


def refuse_rival(council: Council, every: int = 4) -> None:
    """Refuse goods of the rival that the seat can do without: what is made at home or elsewhere takes their place."""
    world, s, t = council.desk.world, council.scenario, council.book.tables
    for row in in_turn(council, every):
        seat = int(council.seats[row])
        rival = int(rivals(s)[seat])
        for name in ("chips", "magnets"):
            goods = t.positions.classes[CLASSES.at(name)]
            leans = council.desk.dependences[goods, seat].max(axis=0)
            refused = world.policy.refusal[seat, goods, rival].all(axis=0)
            where = (leans < SPARED) & ~refused & (world.quarter >= 8)
            council.attempt(row, RefuseImports(name, s.place_axis.names[rival]), where)


def answer_in_kind(council: Council, every: int = 2) -> None:
    """Answer a new control, refusal or breach by its like in the class in which the other loses most over what the
    answer costs; open when it is lifted, or when the answer has stood for two years: two who answer each other would
    never end."""
    world, s = council.desk.world, council.scenario
    for row in in_turn(council, every):
        seat = int(council.seats[row])
        hit, mine = _hit_by(world, council, seat), _tightened(world, council, seat)
        for other in np.flatnonzero(hit.any(axis=1) | mine.any(axis=(0, 2))).tolist():
            name = s.place_axis.names[other]
            where = hit[other] & ~mine[:, other].any(axis=0) & (world.relations.escalation < TENSE)
            if where.any():
                gains = answer_gains(council, seat, other)
                like = partial(ExportControl, target=name, level="slow_walk")
                for_each(council, row, gains.argmax(axis=0), where & (gains.max(axis=0) > 0.0), CLASSES.names, like)
            for k in np.flatnonzero(mine[:, other].any(axis=1)).tolist():
                old = world.policy.age[seat, council.book.tables.positions.classes[k], other].max(axis=0) >= FORGIVEN
                over = mine[k, other] & (old | ~hit[other])
                council.attempt(row, ExportControl(CLASSES.names[k], name, "open"), over)


def _hit_by(world: World, council: Council, seat: int) -> Mask:
    """Who has stepped up against a seat since the opening, or broken a contract with it. (N, B)."""
    policy, opening = world.policy, council.book.tables.opening_level
    hit: Mask = np.any(policy.level[:, :, seat] > opening[:, :, seat, None], axis=1)
    hit |= np.any(policy.refusal[:, :, seat] > 0, axis=1) | (world.relations.wronged[seat] > 0)
    hit[seat] = False
    return hit


def _tightened(world: World, council: Council, seat: int) -> Mask:
    """Controls of a seat that are tighter than at the opening, where it had none. (C, N, B)."""
    t = council.book.tables
    chosen, opening = world.policy.chosen[seat], t.opening_level[seat]
    new = chosen > opening[:, :, None]
    found = np.zeros((len(CLASSES), *new.shape[1:]), dtype=bool)
    for k, goods in enumerate(t.positions.classes):
        free = (opening[goods] == 0).all(axis=0)
        found[k] = new[goods].any(axis=0) & free[:, None]
    return found


def sell_licences(council: Council, every: int = 4) -> None:
    """Turn the hardest of one's own controls into licences for a fee, one target and class at a time."""
    world, s, t = council.desk.world, council.scenario, council.book.tables
    fee = LEVELS.at("fee_licence")
    for row in in_turn(council, every):
        seat = int(council.seats[row])
        level = world.policy.level[seat]
        for k, goods in enumerate(t.positions.classes):
            tight = level[goods].max(axis=0) > fee
            for target in np.flatnonzero(tight.any(axis=1)).tolist():
                order = ExportControl(CLASSES.names[k], s.place_axis.names[target], "fee_licence")
                council.attempt(row, order, tight[target])


def flood_markets(council: Council, goods: Sequence[str], every: int = 4) -> None:
    """Sell below cost what nobody else makes much of, while there is money and somebody to drive out."""
    world, s = council.desk.world, council.scenario
    rows = in_turn(council, every)
    if not rows:
        return
    held = controls.holdings(world, s)
    made = world.goods.made
    others = made / np.maximum(total(made), 1e-9)
    for row in rows:
        seat = int(council.seats[row])
        rich = council.money[row] > 1.0 * s.places.budget[seat]
        for name in goods:
            g = GOODS.at(name)
            on = world.policy.flood[seat, g] > 0
            rest = 1.0 - others[seat, g]
            council.attempt(row, Flood(name), ~on & rich & (held[seat, g] > FLOODS) & (rest > OTHERS))
            council.attempt(row, Flood(name, False), on & (~rich | (rest < 0.5 * OTHERS)))
