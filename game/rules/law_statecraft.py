"""Rulings on statecraft: threats, intelligence, audits, campaigns, standards, summits, bluffs, notice to contracts.

What they do stands in `signals` and `pledges`. Money is a share of what a seat spends in a quarter, so that each costs
a small state about as dearly as a large one.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from game.core import diplomacy as kinds
from game.core.moves import AIMS
from game.core.names import CLASSES, Axis
from game.core.orders import Orders
from game.rules import controls
from game.rules.case import (
    FINE,
    NO_CONTRACT,
    NO_SHARE,
    NO_THREAT,
    ORDER_CAPITAL,
    SAME,
    SELF,
    SHARE_RANGE,
    THREAT_LENGTH,
    Case,
    Mask,
    Ruling,
)
from game.rules.pacts import IN_FORCE

#: Quarters that a threat runs at most.
LONGEST_THREAT = 8
#: Cost of each order as a share of the seat's budget of a quarter; judged.
SPY_COST, AUDIT_COST, CAMPAIGN_COST, STANDARD_COST, SUMMIT_COST = 0.02, 0.02, 0.03, 0.01, 0.01
PEOPLE = CLASSES.at("people")


def declare(case: Case, order: kinds.Declare) -> Ruling:
    """Who can control a class of goods may say that it will."""
    k, target = CLASSES.at(order.control_class), case.scenario.place_axis.at(order.target)
    now = case.world.signals.threat[case.seat, k, target] > 0
    words: dict[str, object] = {"most": LONGEST_THREAT}
    if not order.on:
        codes = np.where(now, FINE, NO_THREAT)
    else:
        codes = np.where(now & (case.world.signals.ultimatum[case.seat, k, target] >= int(order.ultimatum)), SAME, FINE)
        if not 1 <= order.quarters <= LONGEST_THREAT:
            codes[:] = THREAT_LENGTH
        if k != PEOPLE:
            codes, held = needs_share(case, codes, k)
            words |= held
    if target == case.seat:
        codes[:] = SELF

    def enter(orders: Orders, where: Mask) -> None:
        moves = orders.statecraft(case.world)
        moves.threat[case.seat, k, target][where] = order.quarters if order.on else 0
        moves.ultimatum[case.seat, k, target][where] = int(order.ultimatum and order.on)

    return Ruling(enter, codes, case.money(), capital=ORDER_CAPITAL if order.on else 0.0, words=words)


def needs_share(case: Case, codes: np.ndarray, k: int) -> tuple[np.ndarray, dict[str, object]]:
    """Refuse where the seat owns too little of a class to control it (rules.md R9)."""
    least = case.scenario.parameters.controls.class_share
    held = controls.holdings(case.world, case.scenario)[case.seat, case.tables.positions.classes[k]].max(axis=0)
    return np.where((codes == FINE) & (held < least), NO_SHARE, codes), {"share": least, "held": float(held[0])}


def intelligence(case: Case, order: kinds.Spy) -> Ruling:
    """Intelligence is aimed at one other place."""
    target = case.scenario.place_axis.at(order.target)

    def enter(orders: Orders, where: Mask) -> None:
        orders.statecraft(case.world).intelligence[case.seat, target][where] = 1

    return _funded(case, enter, SPY_COST, codes=_not_itself(case, target))


def audit(case: Case, order: kinds.Audit) -> Ruling:
    """An audit of all chip plants at home, unless all are certified."""

    def enter(orders: Orders, where: Mask) -> None:
        orders.statecraft(case.world).audit[case.seat][where] = 1

    return _funded(
        case, enter, AUDIT_COST, codes=np.where(case.world.standards.certified[case.seat] > 0.99, SAME, FINE)
    )


def campaign(case: Case, order: kinds.Campaign) -> Ruling:
    """A campaign has one aim. Raises PaxError for another."""
    aim = Axis("aim of a campaign", AIMS).at(order.aim)

    def enter(orders: Orders, where: Mask) -> None:
        orders.statecraft(case.world).campaign[case.seat, aim][where] = 1

    return _funded(case, enter, CAMPAIGN_COST)


def guardrails(case: Case, order: kinds.SafetyStandard) -> Ruling:
    """Any seat may write a standard; whom others follow is theirs to say, by clause or charter."""
    own = case.world.standards.guardrail[case.seat] == case.seat

    def enter(orders: Orders, where: Mask) -> None:
        orders.statecraft(case.world).guardrail[case.seat][where] = int(order.on)

    return _funded(case, enter, STANDARD_COST if order.on else 0.0, codes=np.where(own == order.on, SAME, FINE))


def summit(case: Case, order: kinds.Summit) -> Ruling:
    """A summit is about one rival."""
    target = case.scenario.place_axis.at(order.target)

    def enter(orders: Orders, where: Mask) -> None:
        orders.statecraft(case.world).summit[case.seat, target][where] = 1

    return _funded(case, enter, SUMMIT_COST, codes=_not_itself(case, target))


def bluff(case: Case, order: kinds.Bluff) -> Ruling:
    """Stocks may be overstated by as much again."""
    codes = case.codes()
    if not 0.0 <= order.share <= 1.0:
        codes[:] = SHARE_RANGE
    codes = np.where((codes == FINE) & (case.world.signals.bluff[case.seat] == order.share), SAME, codes)

    def enter(orders: Orders, where: Mask) -> None:
        orders.statecraft(case.world).bluff[case.seat][where] = order.share

    return Ruling(enter, codes, case.money(), capital=ORDER_CAPITAL if order.share > 0.0 else 0.0)


def give_notice(case: Case, order: kinds.Break) -> Ruling:
    """Who is party to a contract in force may break it, at its price (`explain/breaches.py`)."""
    c = case.world.contracts
    mine = (c.number == float(order.contract)) & (c.status == IN_FORCE) & (c.party[:, case.seat] > 0)
    codes = np.where(mine.any(axis=0), FINE, NO_CONTRACT)

    def enter(orders: Orders, where: Mask) -> None:
        orders.statecraft(case.world).breaks[:, case.seat] |= mine & where

    return Ruling(enter, codes, case.money())


def _not_itself(case: Case, target: int) -> np.ndarray:
    codes = case.codes()
    if target == case.seat:
        codes[:] = SELF
    return codes


def _funded(case: Case, enter: Callable[[Orders, Mask], None], share: float, codes: np.ndarray | None = None) -> Ruling:
    """An order that costs a share of the seat's budget."""
    money = case.money(share * float(case.scenario.places.budget[case.seat, 0]))
    return Ruling(enter, case.codes() if codes is None else codes, money)
