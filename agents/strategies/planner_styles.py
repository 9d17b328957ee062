"""Ways to play that a planner chooses among: `steady`, doctrines, and leanings of `steady` that no doctrine has.

A style decides; in talks a planner speaks as `steady` does, whatever style it follows.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

import numpy as np

from agents.strategies import Council
from agents.strategies.character import Character, Weights
from agents.strategies.compute_first import ComputeFirst
from agents.strategies.flooder import Flooder
from agents.strategies.free_trader import FreeTrader
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


def _style(title: str, character: Character, move: Act | None = None) -> Steady:
    """`steady` with another character, and a move before its own."""

    members: dict[str, object] = {"name": title, "character": character}
    if move is not None:
        members["act"] = staticmethod(move)
    kind = type(title.title(), (Steady,), members)
    made: Steady = kind()
    return made


@cache
def styles() -> tuple[Steady, ...]:
    """The styles, in the order in which a growing budget takes them up: those that help most seats first."""
    plain: Weights = ()
    return (
        Steady(),
        ComputeFirst(),
        FreeTrader(),
        _style(
            "watts",
            Character(full_grid=0.75, full_staff=0.9, dials=plain),
            settings(("grid", 0.95), ("universities", 0.8), ("visa", 0.8)),
        ),
        MineralFirst(),
        Hedger(),
        Flooder(),
        SelfReliance(),
        _style("lavish", Character(reserve=0.0, slice=0.8, compute=1.0)),
        _style("stock", Character(dials=plain), settings(("stock_target", 0.8), ("dispersal", 0.4))),
        TitForTat(),
        _style("secure", Character(dials=plain), settings(("security", 0.35), ("guards", 0.4))),
    )
