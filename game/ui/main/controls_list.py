"""Controls in force, by the seat and against it, joined into rows of which each says what lifts it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from game.core import orders as kinds
from game.core.names import CLASS_OF_GOOD, CLASSES, GOODS
from game.core.orders import Order
from game.core.world import Small
from game.explain import GOOD_NAMES
from game.ui.kit import Term, Tip, plain
from game.ui.main.controls_draft import Law
from game.ui.main.order_words import CLASS_WORDS, count, goods_words, level_words, plant_words


@dataclass(frozen=True, slots=True)
class InForce:
    """A row: its text, all about it, and how to lift it.

    Attributes
    ----------
    lift : Order or None
        One order that lifts it; None where it takes several, or is not the seat's to lift.
    control_class, good, target : what the form is set to where one order is not enough; class -1 for none.
    """

    text: str
    tip: Tip
    own: bool
    lift: Order | None = None
    control_class: int = -1
    good: str | None = None
    target: str = "all"


def in_force(rules: Law) -> list[InForce]:
    """Everything in force that concerns the seat, its own first."""
    return [*_own_controls(rules), *_own_rules(rules), *_against(rules)]


def _joined(level: Small) -> dict[tuple[int, int, tuple[int, ...]], list[int]]:
    """Goods by class, level and targets, of one owner's (G, N) levels."""
    joined: dict[tuple[int, int, tuple[int, ...]], list[int]] = {}
    for g in np.flatnonzero(level.any(axis=1)):
        for value in sorted({int(v) for v in level[g] if v}):
            targets = tuple(int(n) for n in np.flatnonzero(level[g] == value))
            joined.setdefault((CLASS_OF_GOOD[int(g)], value, targets), []).append(int(g))
    return joined


def _own_controls(rules: Law) -> list[InForce]:
    me, names = rules.play.place, rules.s.texts.names
    rows = []
    age = rules.world.policy.age[me, :, :, 0]
    for (k, level, targets), goods in _joined(rules.world.policy.level[me, :, :, 0]).items():
        whole = sorted(goods) == rules.goods(k)
        scope = CLASS_WORDS[CLASSES.names[k]] if whole else goods_words(goods)
        target, whom = _target(rules, targets)
        good = None if whole else GOODS.names[goods[0]] if len(goods) == 1 else ""
        lift = None
        if target and good != "":
            lift = kinds.ExportControl(CLASSES.names[k], target, "open", good)
        terms = (
            *(Term(GOOD_NAMES[GOODS.names[g]], count(int(age[g, targets[0]]), "quarter")) for g in goods),
            Term(
                "Towards",
                ", ".join(names[n] for n in targets[:3])
                + (f" and {len(targets) - 3} more" if len(targets) > 3 else ""),
            ),
        )
        text = f"{level_words(level)}: {scope} for {whom}"
        rows.append(InForce(text, Tip(text, terms=terms), True, lift, k, good or None, target or "all"))
    return rows


def _target(rules: Law, targets: tuple[int, ...]) -> tuple[str, str]:
    """(target of a single order or empty, words)."""
    if len(targets) == 1:
        return rules.s.place_axis.names[targets[0]], rules.s.texts.names[targets[0]]
    for code, words in (("all", "everyone"), ("outsiders", "outsiders")):
        if list(targets) == rules.targets(code):
            return code, words
    return "", count(len(targets), "place")


def _own_rules(rules: Law) -> list[InForce]:
    me, policy, s = rules.play.place, rules.world.policy, rules.s
    rows = []
    for k in np.flatnonzero(policy.secondary[me, :, 0]):
        name = CLASSES.names[int(k)]
        text = f"Secondary rule on {CLASS_WORDS[name]}"
        rows.append(
            InForce(
                text,
                Tip(text, plain("Third parties with your technology follow.")),
                True,
                kinds.SecondaryRule(name, False),
            )
        )
    for f in np.flatnonzero(policy.entity[me, :, 0]):
        plant = s.lines.axis.names[int(f)]
        text = f"Entity list: {plant_words(plant, s)}"
        rows.append(InForce(text, Tip(text), True, kinds.EntityList(plant, False)))
    for g in np.flatnonzero(policy.flood[me, :, 0]):
        text = f"Flood of {GOOD_NAMES[GOODS.names[int(g)]]}"
        rows.append(InForce(text, Tip(text), True, kinds.Flood(GOODS.names[int(g)], False)))
    for n in np.flatnonzero(policy.closed_people[me, :, 0]):
        text = f"Engineers may not work for {s.texts.names[int(n)]}"
        rows.append(InForce(text, Tip(text), True, kinds.ExportControl("people", s.place_axis.names[int(n)], "open")))
    return [*rows, *_own_refusals(rules)]


def _own_refusals(rules: Law) -> list[InForce]:
    me, s = rules.play.place, rules.s
    rows = []
    for (k, _, sources), goods in _joined(rules.world.policy.refusal[me, :, :, 0]).items():
        whole = sorted(goods) == rules.goods(k)
        target, whom = _target(rules, sources)
        text = f"Refused: {CLASS_WORDS[CLASSES.names[k]] if whole else goods_words(goods)} from {whom}"
        single = whole or len(goods) == 1
        good = None if whole else GOODS.names[goods[0]]
        lift = kinds.RefuseImports(CLASSES.names[k], target, False, good) if target and single else None
        tip = Tip(text, terms=tuple(Term(GOOD_NAMES[GOODS.names[g]], s.texts.names[sources[0]]) for g in goods))
        rows.append(InForce(text, tip, True, lift, k, good, target or "all"))
    return rows


def _against(rules: Law) -> list[InForce]:
    me, policy, names = rules.play.place, rules.world.policy, rules.s.texts.names
    rows = []
    for owner in range(len(names)):
        level = policy.level[owner, :, me, 0]
        for value in sorted({int(v) for v in level if v}, reverse=True):
            goods = [int(g) for g in np.flatnonzero(level == value)]
            text = f"{names[owner]}, {level_words(value).lower()}: {goods_words(goods)}"
            terms = tuple(
                Term(GOOD_NAMES[GOODS.names[g]], count(int(policy.age[owner, g, me, 0]), "quarter")) for g in goods
            )
            rows.append(
                InForce(
                    text,
                    Tip(f"{names[owner]}: {level_words(value).lower()}", plain("In force against you."), terms),
                    False,
                )
            )
        refused = [int(g) for g in np.flatnonzero(policy.refusal[owner, :, me, 0])]
        if refused:
            text = f"{names[owner]} refuses {goods_words(refused)}"
            rows.append(InForce(text, Tip(text, plain("It takes none of it from you.")), False))
    return rows
