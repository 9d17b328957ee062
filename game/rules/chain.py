"""Chain scale (rules.md section 5): rare-earth plants abroad get cheaper only as a whole chain works inside one bloc.

Outside the exporter's home separation and magnets cost 30-50% more, because each stage sells to and buys from the
exporter. The premium falls with the stage of ore, separation and magnets that covers least of the bloc's own use.
"""

from __future__ import annotations

import numpy as np

from game.core.names import GOODS, SUPPLIER_KINDS
from game.core.numeric import Array, clip, total
from game.core.scenario import Scenario
from game.core.world import World
from game.rules.kept import constants_of, reading_of

#: Stages of the chain; metal is made where magnets are.
STAGES = np.array([GOODS.at(good) for good in ("light_ore", "heavy_ore", "ndpr", "dytb", "magnets")])
#: Goods whose makers save, and the kinds of plants that do.
SAVING = tuple(GOODS.at(good) for good in ("ndpr", "dytb", "magnets"))
KINDS = tuple(SUPPLIER_KINDS.at(kind) for kind in ("refiner", "magnet"))
#: Cover of the thinnest stage below which plants notice nothing: a few lines are no chain. Judged.
FEW = 0.2
TINY = 1e-9


@constants_of
def _saving(s: Scenario) -> Array:
    """1 for refiners and magnet makers of rare earths outside the exporter's home. (S, 1)."""
    table = s.suppliers
    saves = np.isin(table.good, SAVING) & np.isin(table.kind, KINDS) & (table.place != s.inside)
    return saves.astype(np.float64)[:, None]


@reading_of("goods.made", "goods.wanted", "relations.member")
def at_work(world: World, s: Scenario) -> Array:
    """How much of a whole chain is at work in the best bloc of each place. (N, B).

    Blocs with a charter count, as long as the exporter is no member.
    """
    stages = np.array([goods.take(STAGES, axis=1) for goods in (world.goods.made, world.goods.wanted)])
    best = np.zeros_like(world.state.cash)
    for bloc in s.chartered:
        member = world.relations.member[bloc]
        if member.any():
            makes, uses = total(stages * member[:, None], axis=1)
            cover = (makes / np.maximum(uses, TINY)).min(axis=0)
            share = clip((cover - FEW) / (1.0 - FEW), 0.0, 1.0) * (1.0 - member[s.inside])
            best = np.maximum(best, share * member)
    return best


@reading_of("goods.made", "goods.wanted", "relations.member")
def supplier_cost(world: World, s: Scenario) -> Array:
    """Unit cost of each supplier over its good's reference price. (S, B), or (S, 1) where no chain is at work."""
    scale, cost = s.parameters.plants.chain_scale, s.suppliers.cost
    if scale <= 0.0:
        return cost
    share = at_work(world, s)
    return cost * (1.0 - scale * share.take(s.suppliers.place, axis=0) * _saving(s)) if share.any() else cost
