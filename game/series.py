"""What the charts and the debrief show of a game, by quarter."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from game.core.world import World
from game.rules import bottleneck, score

#: How each series is read off the world at the end of a quarter.
SERIES: dict[str, Callable[[World], Any]] = {
    "price": lambda w: w.market.price[..., 0].copy(),
    "mineral_independence": lambda w: float(w.standing.mineral_independence[0]),
    "chip_independence": lambda w: float(w.standing.chip_independence[0]),
    # Without mandates, which are secret while the game goes on.
    "score": lambda w: score.open_score(w)[:, 0].copy(),
    "measures": lambda w: w.standing.measures[..., 0].copy(),
    "treasury": lambda w: w.state.cash[:, 0].copy(),
    "engineers": lambda w: w.people.engineers[:, 0].copy(),
    "power_used": lambda w: w.power.used[:, 0].copy(),
    "compute": lambda w: w.compute.installed[:, 0].copy(),
    "cover": lambda w: ((w.goods.inventory + w.goods.stockpile) / np.maximum(w.goods.wanted, 1e-9))[..., 0].clip(0, 99),
    "gate": lambda w: int(bottleneck.world_gate(w)[0]),
}
