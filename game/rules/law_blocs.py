"""Rulings on leaving and founding blocs."""

from __future__ import annotations

import numpy as np

from game.core.diplomacy import FoundBloc, LeaveBloc
from game.core.names import Axis
from game.core.orders import Orders
from game.rules import motions
from game.rules.case import FINE, NO_BLOC_CHARTER, NO_BLOC_MEMBER, RACE_RIVAL, STANDING_BLOC, Case, Mask, Ruling


def leave(case: Case, order: LeaveBloc) -> Ruling:
    """Leave a bloc with a charter. Raises PaxError for a bloc that does not exist."""
    bloc = _bloc(case, order.bloc)
    member = case.world.relations.member[bloc, case.seat] > 0
    refusal = np.where(member, FINE, NO_BLOC_MEMBER)
    if bloc not in case.scenario.chartered:
        refusal = np.full_like(refusal, NO_BLOC_CHARTER)

    def enter(orders: Orders, where: Mask) -> None:
        orders.leave[case.seat, where] = bloc

    return Ruling(enter, refusal, np.zeros(case.world.worlds), capital=_price(case))


def found(case: Case, order: FoundBloc) -> Ruling:
    """Found a bloc that nobody is in. Raises PaxError for a bloc that does not exist."""
    bloc = _bloc(case, order.bloc)
    refusal = np.where((case.world.relations.member[bloc] > 0).any(axis=0), STANDING_BLOC, FINE)
    if bloc not in case.scenario.chartered:
        refusal = np.full_like(refusal, NO_BLOC_CHARTER)

    if bloc == case.scenario.race.bloc and case.seat == case.scenario.inside:
        refusal = np.full_like(refusal, RACE_RIVAL)

    def enter(orders: Orders, where: Mask) -> None:
        orders.found[case.seat, where] = bloc

    return Ruling(enter, refusal, np.zeros(case.world.worlds), capital=_price(case))


def _bloc(case: Case, name: str) -> int:
    return Axis("bloc", (key for key, *_ in case.scenario.blocs)).at(name)


def _price(case: Case) -> float:
    """Political capital: as a motion."""
    return float(motions.base_price(case.scenario)[case.seat])
