"""Ways to play that a planner chooses among: `steady`, doctrines, and leanings of `steady` that no doctrine has.

A style decides; in talks a planner speaks as `steady` does, whatever style it follows.
"""

from __future__ import annotations

from functools import cache

from agents.strategies.character import Character
from agents.strategies.compute_first import ComputeFirst
from agents.strategies.flooder import Flooder
from agents.strategies.free_trader import FreeTrader
from agents.strategies.hedger import Hedger
from agents.strategies.mineral_first import MineralFirst
from agents.strategies.self_reliance import SelfReliance
from agents.strategies.steady import Steady
from agents.strategies.tit_for_tat import TitForTat


def _leaning(title: str, character: Character) -> Steady:
    """`steady` with another character."""
    kind = type(title.title(), (Steady,), {"name": title, "character": character})
    made: Steady = kind()
    return made


@cache
def styles() -> tuple[Steady, ...]:
    """The styles, in the order in which a growing budget takes them up: those that help most seats first."""
    watts = (("grid", 0.95), ("universities", 0.8), ("visa", 0.8))
    stock = (("stock_target", 0.8), ("grid", 0.6), ("universities", 0.5), ("dispersal", 0.4))
    calm = (("security", 0.35), ("grid", 0.6), ("universities", 0.5), ("guards", 0.4))
    return (
        Steady(),
        ComputeFirst(),
        FreeTrader(),
        _leaning("watts", Character(full_grid=0.75, full_staff=0.9, dials=watts)),
        MineralFirst(),
        Hedger(),
        Flooder(),
        SelfReliance(),
        _leaning("lavish", Character(reserve=0.0, slice=0.8, compute=1.0)),
        _leaning("stock", Character(dials=stock)),
        TitForTat(),
        _leaning("secure", Character(dials=calm)),
    )
