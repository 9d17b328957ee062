"""Contracts, blocs, politics, signals and standards on the evening before the first quarter."""

from __future__ import annotations

from typing import Any

import numpy as np

from game.core.clauses import MOST_CLAUSES
from game.core.names import CHARTER, CLASSES, GOODS, LOBBIES
from game.core.pacts import Clauses, Contracts
from game.core.scenario import Scenario
from game.core.statecraft import Blocs, Politics, Signals, Standards

#: No election, and never left: beyond any game.
NEVER = 100.0


def records(s: Scenario, worlds: int) -> dict[str, Any]:
    """The records of statecraft of a World, by name."""
    places, blocs, rows = len(s.place_axis), len(s.blocs), int(s.parameters.statecraft.table)

    def full(value: float, *shape: int) -> Any:
        return np.full((*shape, worlds), float(value))

    def small(value: int, *shape: int, dtype: str = "int8") -> Any:
        return np.full((*shape, worlds), value, dtype=dtype)

    return {
        "contracts": Contracts(
            status=small(0, rows), number=full(0.0, rows), party=small(0, rows, places), signed=full(0.0, rows),
            until=full(0.0, rows), escrow=full(0.0, rows), snap_back=small(0, rows), verifier=small(-1, rows),
            proposer=small(-1, rows), breaker=small(-1, rows),
        ),
        "clauses": Clauses(
            kind=small(-1, rows, MOST_CLAUSES), giver=small(0, rows, MOST_CLAUSES), taker=small(0, rows, MOST_CLAUSES),
            subject=small(-1, rows, MOST_CLAUSES, dtype="int16"), target=small(-1, rows, MOST_CLAUSES),
            quantity=full(0.0, rows, MOST_CLAUSES), price=full(0.0, rows, MOST_CLAUSES),
            met=full(1.0, rows, MOST_CLAUSES),
        ),
        "blocs": Blocs(
            charter=full(0.0, blocs, len(CHARTER)), voting=small(0, blocs), left=full(NEVER, blocs, places),
            stock=full(0.0, blocs, len(GOODS)), given=full(0.0, blocs, places), drawn=full(0.0, blocs, places),
            motion=small(-1, blocs), about=small(-1, blocs), passed=small(0, blocs),
        ),
        "politics": Politics(
            lobby=full(0.5, places, len(LOBBIES)), captured=full(0.0, places), election=full(NEVER, places),
            resolve=full(0.5, places), won=full(0.0, places), held=full(0.0, places),
        ),
        "signals": Signals(
            threat=small(0, places, len(CLASSES), places), ultimatum=small(0, places, len(CLASSES), places),
            bluff=full(0.0, places), credibility=full(0.8, places), intelligence=full(0.0, places, places),
            exposed=full(0.0, places),
        ),
        "standards": Standards(
            certified=full(0.0, places), guardrail=small(-1, places), robots=full(0.0, places),
            guarded=full(0.2, places), dispersed=full(0.0, places),
        ),
    }  # fmt: skip
