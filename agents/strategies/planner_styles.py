"""Ways to play that a planner chooses among: `steady`, doctrines, and leanings of `steady` that no doctrine has.

A style decides; in talks a planner speaks as `steady` does, whatever style it follows.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

import numpy as np

from agents.strategies import Council
from agents.strategies.bloc_builder import BlocBuilder
from agents.strategies.character import Character, Weights
from agents.strategies.compute_first import ComputeFirst
from agents.strategies.doctrine import Doctrine
from agents.strategies.flooder import Flooder
from agents.strategies.free_trader import FreeTrader
from agents.strategies.hawk import Hawk
from agents.strategies.hedger import Hedger
from agents.strategies.mineral_first import MineralFirst
from agents.strategies.self_reliance import SelfReliance
from agents.strategies.steady import Steady
from agents.strategies.tit_for_tat import TitForTat
from game.core.names import DIALS, TRACKS, USES
from game.core.numeric import Array
from game.core.orders import ComputeSplit, Dial, Order, ResearchShare

#: Shares that differ by less are the same.
SAME = 0.02
CHIPS = (
    "leading_logic", "hbm", "accelerators", "mature_chips", "process_tools", "duv", "wafers", "resist",
)  # fmt: skip
Act = Callable[[Council], None]


def settings(*wanted: tuple[str, float]) -> Act:
    """Set the first of these dials, research tracks and uses of compute that is not as wanted yet, one a quarter."""

    def act(council: Council) -> None:
        free = np.ones(council.capital.shape, dtype=bool)
        for name, share in wanted:
            other = free & (np.abs(_now(council, name) - share) > SAME)
            for row in np.flatnonzero(other.any(axis=1)).tolist():
                council.attempt(row, _order(name, share), other[row])
            free &= ~other

    return act


def _now(council: Council, name: str) -> Array:
    view, seats = council.view, council.rows
    if name in DIALS:
        return view.state.dials[seats, DIALS.at(name)]
    return view.state.research[seats, TRACKS.at(name)] if name in TRACKS else view.compute.uses[seats, USES.at(name)]


def _order(name: str, share: float) -> Order:
    if name in DIALS:
        return Dial(name, share)
    return ResearchShare(name, share) if name in TRACKS else ComputeSplit(name, share)


def _style(title: str, character: Character, *acts: Act) -> Steady:
    """`steady` with another character, and moves before its own."""

    def act(_: Steady, council: Council) -> None:
        for move in acts:
            move(council)

    kind = type(title.title(), (Steady,), {"name": title, "character": character, "act": act})
    made: Steady = kind()
    return made


@cache
def styles() -> tuple[Steady, ...]:
    """The styles, in the order in which a growing budget takes them up: those that help most seats first."""
    compute, free, minerals = ComputeFirst(), FreeTrader(), MineralFirst()
    plain: Weights = ()
    return (
        Steady(),
        compute,
        free,
        _style(
            "watts",
            Character(full_grid=0.75, full_staff=0.9, dials=plain),
            settings(("grid", 0.95), ("universities", 0.8), ("visa", 0.8)),
        ),
        minerals,
        Hedger(),
        Flooder(),
        SelfReliance(),
        _style("lavish", Character(reserve=0.0, slice=0.8, compute=1.0)),
        _style("stock", Character(dials=plain), settings(("stock_target", 0.8), ("dispersal", 0.4))),
        TitForTat(),
        _style("secure", Character(dials=plain), settings(("security", 0.35), ("guards", 0.4))),
        *_more(compute, free, minerals),
    )


def _more(compute: Doctrine, free: Doctrine, minerals: Doctrine) -> tuple[Steady, ...]:
    """Those that help few seats, or now and then."""
    plain: Weights = ()
    return (
        _style("free_compute", ComputeFirst.character, *_acts(compute, free)),
        _style("economy", Character(dials=plain), settings(("economy", 0.85))),
        _style("plants", Character(compute=0.2, slice=0.8)),
        _style("racks", Character(compute_before=0.8, compute=1.0, reserve=0.1)),
        Hawk(),
        BlocBuilder(),
        _style("free_minerals", MineralFirst.character, *_acts(minerals, free)),
        _style("thrift", Character(reserve=2.0, compute=0.4)),
        _style("lean", Character(dials=plain), settings(("universities", 0.2), ("grid", 0.2), ("enforcement", 0.2))),
        _style("chips", Character(plants=tuple((good, 4.0) for good in CHIPS))),
        _style("guard", Character(dials=plain), settings(("guards", 0.6), ("dispersal", 0.5), ("enforcement", 0.6))),
        _style("science", Character(dials=plain), settings(("research", 0.4), ("ai_systems", 0.25))),
    )


def _acts(*doctrines: Doctrine) -> list[Act]:
    return [act for doctrine in doctrines if (act := getattr(doctrine, "act", None)) is not None]
