"""Export controls, licences, refusals, secondary rules and the entity list: what they let through and what they teach.

How hard a control bites is told by `leverage`; each quarter that it is felt the target learns (rules.md R1).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from game.core.names import GOODS, LEVELS, TOOLS
from game.core.numeric import Array, Counts, clip, each_once, entries, largest_within, one_more, ratio, total
from game.core.orders import UNCHANGED
from game.core.scenario import OpeningControl, Scenario
from game.core.world import Small, World, replace
from game.rules import leverage, pledges
from game.rules.kept import constants_of, reading_of
from game.rules.passing import BAN
from game.rules.tables import Tables
from game.rules.trade import refused_goods
from game.rules.turn import Turn

#: Tools, which come with parts and service (rules.md R9).
TOOL_GOODS = slice(GOODS.at(TOOLS[0]), GOODS.at(TOOLS[-1]) + 1)
FEE_LICENCE, LICENCE, SLOW_WALK = (LEVELS.at(level) for level in ("fee_licence", "licence", "slow_walk"))
OLDEST = 100
#: Share of orders that must be stopped for a target to count a quarter of pressure.
FELT = 0.05
#: Belief in an owner's word at which its threats teach in full.
BELIEVED = 0.8


def enact(world: World, turn: Turn) -> World:
    """Put the seats' controls and dated changes of the scenario into force, and count what they escalate."""
    policy, orders = world.policy, turn.orders
    chosen = _set(policy.chosen, _dated(world, turn, orders.level))
    answers = unsteered(world, turn.scenario, turn.tables)
    if answers is not None:
        chosen = _set(chosen, answers)
    level = _in_force(world, turn.scenario, chosen)
    age = one_more(policy.age, OLDEST)
    pressure = policy.pressure
    # A tighter rule starts with a heap of applications; a looser one does not.
    if level is not policy.level:
        age *= level <= policy.level
        pressure = _lifted(pressure, policy.level, level)
    age *= level > 0
    policy = replace(
        policy,
        level=level,
        chosen=chosen,
        age=age,
        refusal=_set(policy.refusal, _refused(world, turn.scenario, orders.refusal)),
        secondary=_set(policy.secondary, orders.secondary),
        entity=_set(policy.entity, orders.entity),
        flood=_set(policy.flood, orders.flood),
        closed_people=pledges.opened(world, _set(policy.closed_people, orders.people)),
        pressure=pressure,
    )
    return _licensed(replace(world, policy=policy), turn.scenario, turn.tables)


def _set(now: Small, wanted: Small | None) -> Small:
    """What is in force with what is ordered; the same array where no order changes anything, so that what was read of
    it need not be read again."""
    if wanted is None:
        return now
    changed = np.flatnonzero((wanted >= 0) & (wanted != now))
    if not len(changed):
        return now
    after = now.copy()
    after.reshape(-1)[changed] = wanted.take(changed)
    return after


@reading_of("policy.level", "policy.chosen")
def unsteered(world: World, s: Scenario, t: Tables) -> Small | None:
    """Places that nobody steers answer in kind: a licence on what they sell to whoever stepped up against them since
    the opening, and back when it steps down. Orders to enter, None where there are none. (N, G, N, B)."""
    level, chosen = world.policy.level, world.policy.chosen
    places = _nobodys(s)
    if len(s.places.seats) == len(s.place_axis):
        return None
    on_them = level[:, :, places]
    new = np.any((on_them >= SLOW_WALK) & (on_them > t.opening_level[:, :, places, None]), axis=1)
    if not new.any() and (chosen[places] == t.opening_level[places][..., None]).all():
        return None
    hit = new.swapaxes(0, 1)[:, None]
    sold = (s.sellers.lane[places] >= 0)[:, :, None, None]
    opening = t.opening_level[places][..., None]
    goal = np.where(hit & sold, np.maximum(opening, LICENCE), opening).astype(np.int8)
    answered = chosen[places] == np.maximum(opening, LICENCE)
    wanted = np.where(hit & sold, goal, np.where(answered & sold, opening, UNCHANGED)).astype(np.int8)
    if ((wanted < 0) | (wanted == chosen[places])).all():
        return None
    orders = np.full_like(level, UNCHANGED)
    orders[places] = wanted
    return orders


@constants_of
def _nobodys(s: Scenario) -> Counts | slice:
    """Places that nobody steers; a slice where they follow each other, which is read without a copy."""
    places = [n for n in range(len(s.place_axis)) if n not in s.places.seats]
    if places and places[-1] - places[0] + 1 == len(places):
        return slice(places[0], places[-1] + 1)
    return np.array(places, dtype=np.int64)


def _in_force(world: World, s: Scenario, chosen: Small) -> Small:
    """What owners chose as promises hold it; the array in force already where it says the same."""
    level = pledges.held_to(world, s, chosen)
    now = world.policy.level
    return now if level is not now and np.array_equal(level, now) else level


def _lifted(pressure: Array, before: Small, now: Small) -> Array:
    """Targets keep half of the quarters they felt a control when it is lifted (rules.md R1)."""
    lifted = ((before > 0) & (now == 0)).any(axis=0).swapaxes(0, 1)
    return np.where(lifted, 0.5 * pressure, pressure) if lifted.any() else pressure


@constants_of
def _calendar(s: Scenario) -> dict[int, tuple[tuple[OpeningControl, int], ...]]:
    """Controls of the record that start or end in a quarter, with the level that they take then."""
    due: dict[int, tuple[tuple[OpeningControl, int], ...]] = {}
    for control in s.controls:
        if control.until is not None:
            due[control.until] = (*due.get(control.until, ()), (control, 0))
        due[control.since] = (*due.get(control.since, ()), (control, control.level))
    return due


def _dated(world: World, turn: Turn, wanted: Small | None) -> Small | None:
    """Controls that the record dates after the opening start and end by the calendar, unless a seat says otherwise."""
    due = _calendar(turn.scenario).get(world.quarter)
    if not due:
        return wanted
    wanted = np.full_like(world.policy.level, UNCHANGED) if wanted is None else wanted.copy()
    for control, level in due:
        for good in control.goods:
            for target in control.targets:
                if target != control.owner:
                    row = wanted[control.owner, good, target]
                    row[row < 0] = level
    return wanted


def _refused(world: World, s: Scenario, wanted: Small | None) -> Small | None:
    """Refusals of imports that the record dates start and end by the calendar, unless a seat says otherwise."""
    quarter = world.quarter
    due = [(r, on) for r in s.refusals for on in (1, 0) if quarter == (max(r.since, 0) if on else r.until)]
    if not due:
        return wanted
    wanted = np.full_like(world.policy.refusal, UNCHANGED) if wanted is None else wanted.copy()
    for refusal, on in due:
        for good in refusal.goods:
            rows = wanted[refusal.owner, good, list(refusal.targets)]
            wanted[refusal.owner, good, list(refusal.targets)] = np.where(rows < 0, np.int8(on), rows)
    return wanted


def _licensed(world: World, s: Scenario, t: Tables) -> World:
    """Lines that lose foreign tools and service wear down within a year to what runs without (rules.md R9, S22).

    Service ends for a line on an entity list, for a hostage line whose licensor steps up its tool controls on the
    place, and in part for every line of a place against which tool makers stepped up theirs.
    """
    entity, licensed = world.policy.entity, world.lines.licensed
    stepped_up = _tools_kept(world, s, t)
    if stepped_up.any() or entity.any():
        seats = list(s.places.seats)
        gone = unserved(world, s, stepped_up[seats])[s.lines.place]
        hostage = s.lines.hostage_of >= 0
        held = np.any(stepped_up, axis=1)[s.lines.hostage_of, s.lines.place] & hostage[:, None]
        kept = pledges.spared(world, s)
        if kept is not None:
            held &= ~kept
            gone = np.where(kept, 0.0, gone)
        gone[held | (entity[seats] > 0).any(axis=0)] = 1.0
        goal: Array | float = 1.0 - (1.0 - s.parameters.fabs.parts_alive) * gone
    elif (licensed == 1.0).all():
        return world
    else:
        goal = 1.0
    licensed = licensed + 0.25 * (goal - licensed)
    return replace(world, lines=replace(world.lines, licensed=clip(licensed, 0.0, 1.0)))


@reading_of("policy.level")
def _tools_kept(world: World, s: Scenario, t: Tables) -> NDArray[np.bool_]:
    """Who keeps which tools from whom more than at the opening. (N, tools, N, B)."""
    kept: NDArray[np.bool_] = world.policy.level[:, TOOL_GOODS] > t.opening_level[:, TOOL_GOODS][..., None]
    return kept


def unserved(world: World, s: Scenario, stepped_up: NDArray[np.bool_]) -> Array:
    """Share of the tools at each place, by their worth, whose makers serve them no more, less what it can do without.

    Parameters
    ----------
    stepped_up : (seats, tools, N, B) who keeps which tools from whom more than at the opening.

    Returns
    -------
    Shares, (N, B).
    """
    share = holdings(world, s)[list(s.places.seats), TOOL_GOODS]
    lost = np.minimum(total(share[:, :, None] * stepped_up), 1.0).swapaxes(0, 1)
    lost *= 1.0 - world.goods.substitution[:, TOOL_GOODS]
    worth = world.goods.reference[:, TOOL_GOODS] * s.goods.price[TOOL_GOODS]
    return total(worth * lost, axis=1) / np.maximum(total(worth, axis=1), 1e-12)


def teach(world: World, turn: Turn) -> World:
    """Targets learn to live without while a control is felt: sub += k (1 - sub) min(d, 8) / 4 (rules.md R1).

    d counts quarters in which at least a twentieth of what was ordered was stopped; it is weighed by the share that
    was: who loses a tenth of its orders learns a tenth as fast. Without pressure substitution fades slowly.
    """
    s, goods = turn.scenario, world.goods
    felt = np.minimum(ratio(refused_goods(world, s), world.trade.ordered), 1.0)
    on = felt > FELT
    pressure = np.minimum(world.policy.pressure + on, float(OLDEST))
    known = goods.substitution
    learnt = leverage.learning(s, known, pressure) * felt
    if world.signals.threat.any():
        learnt += _threatened(world, s, turn.tables)
    scarce = np.where(goods.scarce > 0.02, 0.05 * (0.4 - goods.thrift), -0.01 * goods.thrift)
    return replace(
        world,
        policy=replace(world.policy, pressure=pressure),
        goods=replace(
            goods,
            substitution=np.minimum(np.where(on, known, known * 0.985) + learnt, 0.95),
            thrift=clip(goods.thrift + scarce, 0.0, 0.6),
        ),
        standing=replace(
            world.standing,
            work_peak=np.maximum(world.standing.work_peak, leverage.work(world, s, turn.tables)),
        ),
    )


def _threatened(world: World, s: Scenario, t: Tables) -> Array:
    """What targets learn from open threats: three tenths of the first quarter of a ban, by the share of the world's
    output that the threat is about. (N, G, B)."""
    held = holdings(world, s)
    stake = np.zeros_like(held)
    for owner, k in zip(*entries(largest_within(world.signals.threat)), strict=True):
        goods = t.good_in_class[k]
        believed = np.minimum(world.signals.credibility[owner] / BELIEVED, 1.0)
        open_ = (world.signals.threat[owner, k] > 0)[:, None] * believed
        stake[:, goods] = np.maximum(stake[:, goods], open_ * held[owner, goods])
    return prepared(s, world.goods.substitution, stake)


def prepared(s: Scenario, known: Array, stake: Array) -> Array:
    """What places learn from fearing a control of `stake` of the world's output for a quarter. (N, G, B)."""
    return s.parameters.statecraft.threat * stake * leverage.learning(s, known, np.ones_like(known))


@reading_of("goods.made")
@reading_of("goods.made")
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
    """Active bans beyond those of the opening that an owner set itself: classes x targets. (N, B)."""
    level = world.policy.chosen
    banned = entries(largest_within(level) == BAN)
    new = (level[banned] == BAN) & (t.opening_level[banned] != BAN)[..., None]
    if not new.any():
        return np.zeros((len(level), world.worlds))
    owner, good = banned
    classes = len(t.good_in_class)
    # A ban of several goods of a class counts once.
    kinds, at = each_once(owner * classes + t.class_of_good[good], len(level) * classes)
    hit, found = np.zeros((len(kinds), *new.shape[1:]), dtype=bool), np.zeros((len(level), world.worlds))
    for row, kind in enumerate(at.tolist()):
        hit[kind] |= new[row]
    np.add.at(found, kinds // classes, np.count_nonzero(hit, axis=1))
    return found
