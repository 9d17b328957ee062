"""Export controls, licences, refusals, secondary rules and the entity list: what they let through and what they teach.

A control bites with share x (1 - substitution); each quarter in force the target learns (rules.md R1).
"""

from __future__ import annotations

import numpy as np

from game.core.names import GOODS, LEVELS, TOOLS
from game.core.numeric import Array, clip, total
from game.core.orders import UNCHANGED
from game.core.scenario import Scenario
from game.core.world import Small, World, replace
from game.rules.tables import Tables
from game.rules.turn import Turn

BAN = LEVELS.at("ban")
OLDEST = 100


def enact(world: World, turn: Turn) -> World:
    """Put the seats' controls and dated changes of the scenario into force, and count what they escalate."""
    policy, orders = world.policy, turn.orders
    level = _set(policy.level, _dated(world, turn, orders.level))
    age = np.minimum(policy.age + np.int8(1), np.int8(OLDEST))
    # A tighter rule starts with a heap of applications; a looser one does not.
    if level is not policy.level:
        age *= level <= policy.level
    age *= level > 0
    policy = replace(
        policy,
        level=level,
        age=age,
        refusal=_set(policy.refusal, orders.refusal),
        secondary=_set(policy.secondary, orders.secondary),
        entity=_set(policy.entity, orders.entity),
        flood=_set(policy.flood, orders.flood),
        closed_people=_set(policy.closed_people, orders.people),
    )
    return _licensed(replace(world, policy=policy), turn.scenario, turn.tables)


def _set(now: Small, wanted: Small | None) -> Small:
    return now if wanted is None else np.where(wanted >= 0, wanted, now)


def _dated(world: World, turn: Turn, wanted: Small | None) -> Small | None:
    """Controls that the record dates after the opening start and end by the calendar, unless a seat says otherwise."""
    due = [c for c in turn.scenario.controls if world.quarter in (c.since, c.until)]
    if not due:
        return wanted
    wanted = np.full_like(world.policy.level, UNCHANGED) if wanted is None else wanted.copy()
    for control in due:
        level = control.level if world.quarter == control.since else 0
        for good in control.goods:
            for target in control.targets:
                if target != control.owner:
                    row = wanted[control.owner, good, target]
                    row[row < 0] = level
    return wanted


def _licensed(world: World, s: Scenario, t: Tables) -> World:
    """Lines that lose foreign tools and service wear down within a year to what runs without (rules.md R9, S22).

    Service ends for a line on an entity list, for a hostage line whose licensor steps up its tool controls on the
    place, and in part for every line of a place against which tool makers stepped up theirs.
    """
    tools = GOODS.at("process_tools")
    stepped_up = world.policy.level[:, tools] > t.opening_level[:, tools][..., None]
    lost = np.zeros((len(s.place_axis), world.worlds))
    listed = np.zeros(world.lines.licensed.shape, dtype=bool)
    share = holdings(world, s)[:, tools]
    for owner in s.places.seats:
        lost += share[owner] * stepped_up[owner]
        listed |= world.policy.entity[owner] > 0
    hostage = s.lines.hostage_of >= 0
    held = stepped_up[s.lines.hostage_of, s.lines.place] & hostage[:, None]
    alone = world.goods.substitution[:, tools]
    gone = np.where(listed | held, 1.0, np.minimum(lost * (1.0 - alone), 1.0)[s.lines.place])
    goal = 1.0 - (1.0 - s.parameters.fabs.parts_alive) * gone
    licensed = world.lines.licensed + 0.25 * (goal - world.lines.licensed)
    return replace(world, lines=replace(world.lines, licensed=clip(licensed, 0.0, 1.0)))


def passes(world: World, s: Scenario, t: Tables) -> Array:
    """Share of ordinary orders that controls, refusals and blocked routes let through. (E, N, B).

    A control in force at the opening is counted from there: its targets had adapted to it.
    """
    place, good, policy = s.sellers.place, s.sellers.good, world.policy
    share = np.ones((len(place), len(s.place_axis), world.worlds))
    # Most sellers face no control in any world: only the rows of the others are looked up.
    controlled = np.flatnonzero(policy.level.max(axis=(2, 3))[place, good])
    if len(controlled):
        rows = place[controlled], good[controlled]
        new = policy.age[rows] == 0
        passing = t.positions.passes.take(policy.level[rows] + new * np.int8(len(LEVELS)))
        share[controlled] = np.minimum(passing / t.positions.opening_passes[controlled], 1.0)
    _technology(world, s, t, share)
    if policy.refusal.max() > 0:
        np.copyto(share, 0.0, where=policy.refusal[:, good, place].swapaxes(0, 1) > 0)
    if world.events.route.any():
        open_sea = 1.0 - world.events.route
        share *= (open_sea[:, None] * open_sea[None]).take(place, axis=0)
    return share


def _technology(world: World, s: Scenario, t: Tables, share: Array) -> None:
    """Secondary rules: an owner's control reaches what third parties make with its technology."""
    own = s.sellers.owned
    bound = world.policy.secondary[own.owner, own.control_class] > 0
    rows = np.flatnonzero(bound.any(axis=1))
    if not len(rows):
        return
    stopped = 1.0 - t.passes.take(world.policy.level[own.owner[rows], own.good[rows]])
    left = 1.0 - stopped * (own.share[rows] * s.parameters.controls.secondary_reach * bound[rows])[:, None]
    for row, seller in enumerate(own.seller[rows]):
        share[seller] *= left[row]


def teach(world: World, turn: Turn) -> World:
    """Targets learn to live without: substitution rises while a control is felt, and half is kept when it ends."""
    s = turn.scenario
    p = s.parameters.controls
    blocked = s.sellers.by_good.total(world.trade.blocked).swapaxes(0, 1)
    ordered = np.where(world.trade.ordered > 0, world.trade.ordered, 1.0)
    felt = clip(blocked / ordered, 0.0, 1.0)
    pressure = np.where(felt > 0.05, world.policy.pressure + 1.0, world.policy.pressure * 0.92)
    goods = world.goods
    learnt = p.learning * (1.0 - goods.substitution) * np.minimum(pressure, 8.0) / 4.0 * felt
    faded = np.where(felt > 0.05, goods.substitution, goods.substitution * 0.985)
    scarce = np.where(goods.scarce > 0.02, 0.05 * (0.4 - goods.thrift), -0.01 * goods.thrift)
    return replace(
        world,
        policy=replace(world.policy, pressure=clip(pressure, 0.0, OLDEST)),
        goods=replace(
            goods,
            substitution=clip(faded + learnt, 0.0, 0.95),
            thrift=clip(goods.thrift + scarce, 0.0, 0.6),
        ),
    )


def holdings(world: World, s: Scenario) -> Array:
    """Share of the world's output of each good that a place makes, or that its technology is in. (N, G, B)."""
    made = world.goods.made
    whole = total(made)
    share = made / np.where(whole > 0, whole, 1.0)
    own = s.sellers.owned
    through = own.pairs.largest(share[own.place, own.good] * own.share)
    share[own.pair_owner, own.pair_good] = np.maximum(share[own.pair_owner, own.pair_good], through)
    return share


def bans(world: World, t: Tables) -> Array:
    """Active bans beyond those of the opening, by owner: classes x targets. (N, B)."""
    level = world.policy.level
    banned = np.nonzero(level.max(axis=(2, 3)) == BAN)
    new = (level[banned] == BAN) & (t.opening_level[banned] != BAN)[..., None]
    if not new.any():
        return np.zeros((len(level), world.worlds))
    ban = np.zeros(level.shape, dtype=bool)
    ban[banned] = new
    hit = np.stack([ban[:, goods].any(axis=1) for goods in t.positions.classes])
    return np.count_nonzero(hit, axis=(0, 2)).astype(np.float64)


def service_dependence(world: World, s: Scenario) -> Array:
    """Share of the tools a place takes up that come from abroad, less what it could do without. (N, B)."""
    tools = [GOODS.at(tool) for tool in TOOLS]
    price = s.goods.price[tools]
    lane = s.sellers.lane[:, tools]
    places, tool = np.nonzero(lane >= 0)
    own = np.zeros((len(s.place_axis), len(tools), world.worlds))
    own[places, tool] = world.trade.flow[lane[places, tool], places]
    got, home = total(world.trade.received[:, tools] * price, axis=1), total(own * price, axis=1)
    foreign = np.where(got > 0, 1.0 - home / np.where(got > 0, got, 1.0), 1.0)
    return foreign * (1.0 - world.goods.substitution[:, GOODS.at("process_tools")])
