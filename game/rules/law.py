"""What a seat may order, what it costs, and why not: one ruling for each kind of order.

Used for people, files and strategies alike. A ruling is made for all worlds of a batch at once.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from game.core import diplomacy
from game.core import orders as kinds
from game.core.names import GOODS
from game.rules import law_blocs, law_budget, law_controls, law_dials, law_events, law_invest, law_statecraft
from game.rules.case import (
    CAPITAL,
    DIAL_USED,
    FINE,
    MONEY,
    NO_SHARE,
    ORDER_CAPITAL,
    REFUSALS,
    SAME,
    STEP_UP_CAPITAL,
    Case,
    Mask,
    Ruling,
)
from game.rules.positions import MINERAL_GOODS

__all__ = [
    "CAPITAL",
    "DIAL_USED",
    "FINE",
    "MONEY",
    "NO_SHARE",
    "ORDER_CAPITAL",
    "REFUSALS",
    "SAME",
    "STEP_UP_CAPITAL",
    "STOCKABLE",
    "Case",
    "Mask",
    "Ruling",
    "ruling",
]

#: Goods that a national stock may hold.
STOCKABLE = tuple(GOODS.names[g] for g in MINERAL_GOODS)

_RULINGS: dict[type[kinds.Order], Callable[[Case, Any], Ruling]] = {
    kinds.Subsidise: law_invest.subsidise,
    kinds.Equity: law_invest.equity,
    kinds.FastTrack: law_invest.fast_track,
    kinds.Renode: law_invest.renode,
    kinds.RelieveCrowding: law_invest.relieve,
    kinds.PriceFloor: law_invest.price_floor,
    kinds.Law: law_budget.multi_year,
    kinds.BuildPower: law_invest.power,
    kinds.SovereignCompute: law_invest.compute,
    kinds.Stock: law_invest.stock,
    kinds.Visa: law_invest.visa,
    kinds.ExportControl: law_controls.control,
    kinds.RefuseImports: law_controls.refuse,
    kinds.SecondaryRule: law_controls.secondary,
    kinds.EntityList: law_controls.entity,
    kinds.Flood: law_controls.flood,
    kinds.Respond: law_events.respond,
    kinds.Dial: law_dials.dial,
    kinds.ResearchShare: law_dials.research,
    kinds.ComputeSplit: law_dials.split,
    diplomacy.Declare: law_statecraft.declare,
    diplomacy.Spy: law_statecraft.intelligence,
    diplomacy.Audit: law_statecraft.audit,
    diplomacy.Campaign: law_statecraft.campaign,
    diplomacy.SafetyStandard: law_statecraft.guardrails,
    diplomacy.Summit: law_statecraft.summit,
    diplomacy.Bluff: law_statecraft.bluff,
    diplomacy.Break: law_statecraft.give_notice,
    diplomacy.LeaveBloc: law_blocs.leave,
    diplomacy.FoundBloc: law_blocs.found,
}


def ruling(case: Case, order: kinds.Order) -> Ruling:
    """The ruling on an order. Raises PaxError for names that do not exist."""
    return _RULINGS[type(order)](case, order)
