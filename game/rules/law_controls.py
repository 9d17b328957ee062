"""Rulings on the Controls family: export controls, refusals, secondary rules, the entity list, floods."""

from __future__ import annotations

import numpy as np

from game.core import orders as kinds
from game.core.names import CLASSES, GOODS, LEVELS
from game.core.numeric import Array, total
from game.core.orders import Orders
from game.core.world import World
from game.rules import controls, membership, pledges, score, signals
from game.rules.case import (
    FINE,
    HOME_FIRM,
    NO_FLOOD,
    NO_SHARE,
    NOT_LINE,
    ORDER_CAPITAL,
    SAME,
    SELF,
    STEP_UP_CAPITAL,
    Case,
    Mask,
    Ruling,
    plant_at,
    plant_words,
)
from game.rules.tables import Tables


def _targets(case: Case, target: str) -> list[int]:
    """Places that a target names: one code, `outsiders` (no member of the race's bloc), or `all`."""
    s = case.scenario
    everyone = [n for n in range(len(s.place_axis)) if n != case.seat]
    if target == "all":
        return everyone
    if target == "outsiders":
        inside = (case.world.relations.member[s.race.bloc] > 0).all(axis=1)
        return [n for n in everyone if not inside[n]]
    return [s.place_axis.at(target)]


def _spared(case: Case, target: str) -> Mask:
    """Places that are no outsiders, world by world: what is aimed at outsiders passes them by. (N, B)."""
    member: Mask = case.world.relations.member[case.scenario.race.bloc] > 0
    return member if target == "outsiders" else np.zeros_like(member)


def _goods(case: Case, control_class: str, good: str | None) -> list[int]:
    k = CLASSES.at(control_class)
    if good is None:
        return [int(g) for g in np.flatnonzero(case.tables.good_in_class[k])]
    return [GOODS.at(good)]


def control(case: Case, order: kinds.ExportControl) -> Ruling:
    """A control needs a share of world supply, by output or by technology (rules.md R9)."""
    s, w = case.scenario, case.world
    targets = _targets(case, order.target)
    level = LEVELS.at(order.level)
    if order.control_class == "people":
        return _people(case, targets, level)
    goods = _goods(case, order.control_class, order.good)
    held = controls.holdings(w, s)[case.seat, goods].max(axis=0)
    share = s.parameters.controls.class_share
    current = w.policy.level[case.seat][np.ix_(goods, targets)]
    chosen = w.policy.chosen[case.seat][np.ix_(goods, targets)]
    spared = _spared(case, order.target)
    codes = np.where(held < share, NO_SHARE, FINE)
    same = (current == level) & (chosen == level) | spared[targets]
    codes = np.where((codes == FINE) & same.all(axis=(0, 1)), SAME, codes)
    if targets == [case.seat]:
        codes[:] = SELF
    up = ((level > current) & ~spared[targets]).any(axis=(0, 1))
    general = order.target in ("all", "outsiders")
    passed_by = pledges.exempt(w, case.seat, goods, level) if general else np.zeros((len(s.place_axis), 1), dtype=bool)

    def enter(orders: Orders, where: Mask) -> None:
        for n in targets:
            here = where & ~passed_by[n] & ~spared[n]
            for g in goods:
                orders.opened("level")[case.seat, g, n][here] = level

    # World by world: what the order is in another world of the batch is no matter of this one.
    hard = np.broadcast_to(up & (level >= LEVELS.at("slow_walk")), codes.shape)
    some = bool(hard.any())
    return Ruling(
        enter,
        codes,
        case.money(),
        capital=np.where(hard, STEP_UP_CAPITAL * joining(case, goods, targets), ORDER_CAPITAL)
        if some
        else ORDER_CAPITAL,
        escalation=blame_of(case, targets, CLASSES.at(order.control_class)) * hard if some else 0.0,
        words={"share": share, "held": float(held[0])},
    )


#: What a step up weighs in blame that answers one of a target's, or a breach (rules.md R1); that was declared before;
#: that an ultimatum announced.
ANSWER, DECLARED, ANNOUNCED = 0.25, 0.7, 0.5
#: Part of the blame that a bloc takes off those against whom it stops everything, when they answer its members.
PROVOKED = 0.8
#: Points of score over the mean at which to join others against a leader takes half of the capital (rules.md R12).
FAR_AHEAD = 12.0


def blame_of(case: Case, targets: list[int], k: int) -> Array:
    """Blame for a step up against targets: 1, less for an answer and for one that was announced. (B,)."""
    answers = answered(case.world, case.tables, case.seat, targets)
    declared, last = signals.threatened(case.world, case.seat, k, targets)
    said: Array = np.where(last, ANNOUNCED, np.where(declared, DECLARED, 1.0))
    return np.where(answers, ANSWER, _provoked(case, targets)) * said


def _provoked(case: Case, targets: list[int]) -> Array | float:
    """Part of the blame for a step of the inside place against members of the race's bloc: less, the harder it bites
    (rules.md R4c). (B,)."""
    s, w = case.scenario, case.world
    if case.seat != s.inside:
        return 1.0
    members = (w.relations.member[s.race.bloc, targets] > 0).all(axis=0)
    return 1.0 - PROVOKED * membership.bite(w, s, s.race.bloc) * members


def joining(case: Case, goods: list[int], targets: list[int]) -> Array | float:
    """Part of its capital that a step against one leader takes of who joins others in it (rules.md R12). (B,).

    The leader is ahead of the mean score; as many points as `FAR_AHEAD` take half of the capital off.
    """
    if len(targets) != 1:
        return 1.0
    seats, w, target = list(case.scenario.places.seats), case.world, targets[0]
    others = [n for n in seats if n not in (case.seat, target)]
    if target not in seats or not w.standing.weight_sum.any():
        return 1.0
    joined = (w.policy.level[others][:, goods, target] >= LEVELS.at("slow_walk")).any(axis=(0, 1))
    scores = score.open_score(w)
    ahead = np.minimum(np.maximum(scores[target] - total(scores[seats]) / len(seats), 0.0) / FAR_AHEAD, 1.0)
    return np.where(joined, 1.0 - 0.5 * ahead, 1.0)


def answered(world: World, t: Tables, seat: int, targets: list[int]) -> Mask:
    """Whether any of the targets stepped up against the seat since the opening, or broke a contract with it. (B,)."""
    policy = world.policy
    found: Mask = np.any(world.relations.wronged[seat, targets] > 0, axis=0)
    for n in targets:
        tighter = policy.level[n, :, seat] > t.opening_level[n, :, seat, None]
        found |= tighter.any(axis=0) | (policy.refusal[n, :, seat] > 0).any(axis=0)
    return found


def _people(case: Case, targets: list[int], level: int) -> Ruling:
    def enter(orders: Orders, where: Mask) -> None:
        for n in targets:
            orders.people[case.seat, n][where] = int(level > 0)

    closed = case.world.policy.closed_people[case.seat, targets]
    codes = np.where((closed == int(level > 0)).all(axis=0), SAME, FINE)
    if targets == [case.seat]:
        codes[:] = SELF
    return Ruling(enter, codes, case.money(), escalation=0.5 if level else 0.0)


def refuse(case: Case, order: kinds.RefuseImports) -> Ruling:
    """Imports may be refused from anybody but oneself."""
    targets = _targets(case, order.target)
    goods = _goods(case, order.control_class, order.good)
    spared = _spared(case, order.target)
    current = case.world.policy.refusal[case.seat][np.ix_(goods, targets)]
    codes = np.where(((current == int(order.on)) | spared[targets]).all(axis=(0, 1)), SAME, FINE)
    if targets == [case.seat]:
        codes[:] = SELF

    def enter(orders: Orders, where: Mask) -> None:
        for g in goods:
            for n in targets:
                orders.opened("refusal")[case.seat, g, n][where & ~spared[n]] = int(order.on)

    return Ruling(enter, codes, case.money(), escalation=0.5 if order.on else 0.0)


def secondary(case: Case, order: kinds.SecondaryRule) -> Ruling:
    """A secondary rule needs technology in what third parties make."""
    s = case.scenario
    k = CLASSES.at(order.control_class)
    owned = [
        share
        for o, e, share in s.sellers.technology
        if o == case.seat and case.tables.class_of_good[s.sellers.good[e]] == k
    ]
    held = max(owned, default=0.0)
    codes = np.where(case.world.policy.secondary[case.seat, k] == int(order.on), SAME, FINE)
    if held < s.parameters.controls.class_share:
        codes[:] = NO_SHARE

    def enter(orders: Orders, where: Mask) -> None:
        orders.secondary[case.seat, k][where] = int(order.on)

    return Ruling(
        enter,
        codes,
        case.money(),
        capital=STEP_UP_CAPITAL if order.on else ORDER_CAPITAL,
        escalation=1.0 if order.on else 0.0,
        words={"share": s.parameters.controls.class_share, "held": held},
    )


def entity(case: Case, order: kinds.EntityList) -> Ruling:
    """The list takes foreign foundry lines, by seats that make tools."""
    is_line, i = plant_at(case, order.plant)
    words = plant_words(case, order.plant)
    codes = case.codes()
    if not is_line:
        codes[:] = NOT_LINE
    elif int(case.scenario.lines.home[i]) == case.seat:
        codes[:] = HOME_FIRM
    else:
        codes = np.where(case.world.policy.entity[case.seat, i] == int(order.on), SAME, FINE)
        tools = controls.holdings(case.world, case.scenario)[
            case.seat, [GOODS.at("process_tools"), GOODS.at("euv")]
        ].max(axis=0)
        codes = np.where((codes == FINE) & (tools < case.scenario.parameters.controls.class_share), NO_SHARE, codes)
        words |= {"share": case.scenario.parameters.controls.class_share, "held": float(tools[0])}

    def enter(orders: Orders, where: Mask) -> None:
        orders.opened("entity")[case.seat, i][where] = int(order.on)

    step = 0.5 if order.on else 0.0
    return Ruling(
        enter, codes, case.money(), capital=STEP_UP_CAPITAL if order.on else 1.0, escalation=step, words=words
    )


def flood(case: Case, order: kinds.Flood) -> Ruling:
    """A flood needs more than half of the world's output (rules.md R2)."""
    g = GOODS.at(order.good)
    held = controls.holdings(case.world, case.scenario)[case.seat, g]
    codes = np.where(case.world.policy.flood[case.seat, g] == int(order.on), SAME, FINE)
    if order.on:
        codes = np.where((codes == FINE) & (held <= 0.5), NO_FLOOD, codes)

    def enter(orders: Orders, where: Mask) -> None:
        orders.flood[case.seat, g][where] = int(order.on)

    return Ruling(enter, codes, case.money(), words={"held": float(held[0])})
