"""What a world shows in the terms of the record: shares of output, prices, volumes, the two bars. Means over worlds."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from game.core.names import GOODS, LINE_KINDS, NODES, SUPPLIER_KINDS
from game.core.scenario import Scenario
from game.core.world import World
from game.files.record import Figure

Mask = NDArray[np.bool_]
Floats = NDArray[np.float64]
YEAR = 4.0
"""Quarters in a year: the record counts by year."""


def measured(figure: Figure, world: World, scenario: Scenario) -> float:
    """The scenario's value for a figure of the record; 0 where it has none of the thing."""
    return _METRICS[figure.metric](figure, world, scenario)


def _share(part: Floats, whole: Floats) -> float:
    return float(np.mean(part / np.maximum(whole, 1e-12)))


def _suppliers(figure: Figure, s: Scenario) -> tuple[Mask, Mask]:
    """Suppliers of the good, of the kind asked for; and those of them that the figure is about."""
    base = s.suppliers.good == GOODS.at(figure.good or "")
    of_kind = np.ones_like(base)
    if figure.kind:
        of_kind = s.suppliers.kind == SUPPLIER_KINDS.at(figure.kind)
    if figure.place is None:
        return base, base & of_kind
    base = base & of_kind
    return base, base & (s.suppliers.place == s.place_axis.at(figure.place))


def _good_share(figure: Figure, world: World, s: Scenario) -> float:
    base, part = _suppliers(figure, s)
    output = world.suppliers.output
    return _share(output[part].sum(axis=0), output[base].sum(axis=0))


def _good_capacity_share(figure: Figure, world: World, s: Scenario) -> float:
    base, part = _suppliers(figure, s)
    capacity = world.suppliers.capacity
    return _share(capacity[part].sum(axis=0), capacity[base].sum(axis=0))


def _world_output(figure: Figure, world: World, s: Scenario) -> float:
    if figure.kind:
        _, part = _suppliers(figure, s)
        return float(world.suppliers.output[part].sum(axis=0).mean()) * YEAR
    made = world.goods.made[:, GOODS.at(figure.good or "")]
    if figure.place:
        made = made[[s.place_axis.at(figure.place)]]
    return float(made.sum(axis=0).mean()) * YEAR


def _line_share(figure: Figure, world: World, s: Scenario) -> float:
    base = _lines(figure, world, s)
    part = base.copy()
    if figure.firm:
        part &= np.array([firm == figure.firm for firm in s.lines.firms])[:, None]
    if figure.place:
        part &= (s.lines.place == s.place_axis.at(figure.place))[:, None]
    weight = _weight(figure, world, s)
    return _share((weight * part).sum(axis=0), (weight * base).sum(axis=0))


def _lines(figure: Figure, world: World, s: Scenario) -> Mask:
    """Lines that a share is taken of: those that make the good, or logic lines of some nodes. (F, B)."""
    base = np.zeros(world.lines.node.shape, dtype=bool)
    if figure.good in ("hbm", "accelerators"):
        kind = "memory" if figure.good == "hbm" else "packaging"
        base |= (s.lines.kind == LINE_KINDS.at(kind))[:, None]
    else:
        base |= (s.lines.kind == LINE_KINDS.at("logic"))[:, None]
    nodes = [NODES.at(node) for node in (*figure.nodes, *([figure.node] if figure.node else []))]
    if nodes:
        base &= np.isin(world.lines.node, nodes)
    if figure.among:
        base &= np.array([firm in figure.among for firm in s.lines.firms])[:, None]
    return base


def _weight(figure: Figure, world: World, s: Scenario) -> Floats:
    if figure.basis == "output":
        return world.lines.output
    if figure.basis == "revenue":
        return world.lines.starts * s.nodes.wafer_price[world.lines.node.astype(np.int64)]
    return world.lines.capacity


def _compute_total(figure: Figure, world: World, s: Scenario) -> float:
    return float(world.compute.installed.sum(axis=0).mean())


def _compute_share(figure: Figure, world: World, s: Scenario) -> float:
    installed = world.compute.installed
    return _share(installed[s.place_axis.at(figure.place or "")], installed.sum(axis=0))


def _price(figure: Figure, world: World, s: Scenario) -> float:
    g = GOODS.at(figure.good or "")
    return float((world.market.price[0, g] * s.goods.price[g]).mean()) * 1000.0


def _price_ratio(figure: Figure, world: World, s: Scenario) -> float:
    price = world.market.price[:, GOODS.at(figure.good or "")]
    return float((price[1] / price[0]).mean())


def _mineral_bar(figure: Figure, world: World, s: Scenario) -> float:
    return float(world.standing.mineral_independence.mean())


def _chip_bar(figure: Figure, world: World, s: Scenario) -> float:
    return float(world.standing.chip_independence.mean())


_METRICS: dict[str, Callable[[Figure, World, Scenario], float]] = {
    "good_share": _good_share,
    "good_capacity_share": _good_capacity_share,
    "world_output": _world_output,
    "line_share": _line_share,
    "compute_total": _compute_total,
    "compute_share": _compute_share,
    "price": _price,
    "price_ratio": _price_ratio,
    "mineral_independence": _mineral_bar,
    "chip_independence": _chip_bar,
}
