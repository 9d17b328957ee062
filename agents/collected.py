"""Tidy tables of a race's present quarter, for notebooks: one row a world and actor, or a world, place and good."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from game.core.names import GOODS, MEASURES, NODES
from game.rules import score

if TYPE_CHECKING:
    from agents.model import ChipRace

Columns = Mapping[str, NDArray[Any]]


def nations(race: ChipRace) -> Any:
    """By world, quarter, place: the score so far and the five measures."""
    standing = race.world.standing
    measures = {name: standing.measures[:, k] for k, name in enumerate(MEASURES)}
    return _table(race, {"place": race.scenario.place_axis.names}, {"score": score.game_score(race.world), **measures})


def foundries(race: ChipRace) -> Any:
    """By world, quarter, line: firm, place, node, capacity and construction in kwpm, use and die yield, output."""
    lines, s = race.world.lines, race.scenario.lines
    nodes = np.array(NODES.names)[lines.node.astype(np.int64)]
    state = {"node": nodes} | {
        name: getattr(lines, name) for name in ("capacity", "building", "use", "die_yield", "output")
    }
    return _table(race, {"line": s.axis.names}, state, {"firm": s.firms, "place": _names(race, s.place)})


def suppliers(race: ChipRace) -> Any:
    """By world, quarter, supplier: firm, place, good, capacity, construction and output in its unit, use, running."""
    plants, s = race.world.suppliers, race.scenario.suppliers
    said = {"firm": s.firms, "place": _names(race, s.place), "good": [GOODS.names[good] for good in s.good]}
    state = {name: getattr(plants, name) for name in ("capacity", "building", "use", "running", "output")}
    return _table(race, {"supplier": s.axis.names}, state, said)


def goods(race: ChipRace) -> Any:
    """By world, quarter, place, good: made, wanted and stocks in its unit, share of need unmet, price.

    The price is that of the place's side of the world, as a multiple of the opening price outside.
    """
    world, s = race.world, race.scenario
    region = (np.arange(len(s.place_axis)) == s.inside).astype(np.int64)
    names = ("made", "wanted", "inventory", "stockpile", "scarce")
    state = {name: getattr(world.goods, name) for name in names} | {"price": world.market.price[region]}
    return _table(race, {"place": s.place_axis.names, "good": GOODS.names}, state)


#: Tables by the name that `ChipRace.collected` takes.
TABLES: Mapping[str, Callable[[ChipRace], Any]] = {
    "nations": nations,
    "foundries": foundries,
    "suppliers": suppliers,
    "goods": goods,
}


def _names(race: ChipRace, places: Sequence[int] | NDArray[np.int64]) -> list[str]:
    return [race.scenario.place_axis.names[int(place)] for place in places]


def _table(
    race: ChipRace,
    axes: Mapping[str, Sequence[str]],
    state: Columns,
    said: Mapping[str, Sequence[object]] | None = None,
) -> Any:
    """A frame indexed by world, quarter and `axes`.

    Parameters
    ----------
    axes : names along the axes of `state`, in order.
    state : arrays whose last axis is the worlds.
    said : what does not change, one value for each name of the only axis.
    """
    import pandas as pd

    worlds = range(race.world.worlds)
    index = pd.MultiIndex.from_product(
        [worlds, [race.world.quarter], *axes.values()], names=["world", "quarter", *axes]
    )
    columns: dict[str, Any] = {name: list(values) * len(worlds) for name, values in (said or {}).items()}
    columns |= {name: np.moveaxis(array, -1, 0).ravel() for name, array in state.items()}
    return pd.DataFrame(columns, index=index)
