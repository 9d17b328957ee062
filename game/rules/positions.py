"""Where things stand on the axes: rows, groups and pairs that the phases look up, worked out once for a scenario."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from game.core.names import CLASS_OF_GOOD, GOODS, SUPPLIER_KINDS
from game.core.numeric import GRID, Array, Counts
from game.core.scenario import Scenario

ACCELERATORS = GOODS.at("accelerators")
#: Kinds of supplier whose feed is scrap, so that they draw no inputs.
FED_BY_SCRAP = (SUPPLIER_KINDS.at("recycler"), SUPPLIER_KINDS.at("synthetic"))
#: Goods that states buy for their stocks: tools go straight into halls, accelerators into racks.
MINERAL_GOODS = tuple(range(2, 10))
#: Share of the gap to a seat's stock target that its standing orders close in a quarter (rules.md R6, R10).
STANDING_PACE = 1.0 / 8.0


@dataclass(frozen=True, slots=True)
class Positions:
    """Rows, groups and pairs of a scenario."""

    lanes: Counts
    """(E,) where each seller's good at its place stands in an array by place and good: for `pick` and `put`"""
    lanes_by_good: Counts
    """(E,) the same in an array by good and place"""
    at_home: Counts
    """(E,) where what each seller keeps at home stands in an array by seller and buyer"""
    foreign: Array
    """(N, N, 1) 0 for a place and itself, else 1"""
    standing_orders: Array
    """(N, G, 1) share of the gap that the stock target closes in a quarter: of seats, for minerals"""
    stock_exponent: Counts
    """(G, 1) how stock targets answer prices, in 1/32"""
    start_price: Array
    """(2, G, 1) prices at the opening"""
    seller_region: Counts
    """(E,)"""
    supplier_region: Counts
    """(S,)"""
    line_region: Counts
    """(F,)"""
    line_unit_capex: Array
    """(F, 1) USD bn per kwpm at the opening's tool prices; 0 where there is no room"""
    passes: Array
    """(2 levels,) share of orders that a control lets through, for old controls, then for new ones"""
    opening_passes: Array
    """(E, N, 1) the same for old controls of the opening, 1 where they let everything or nothing through"""
    makers: tuple[tuple[str, Counts], ...]
    """(good, suppliers that draw inputs to make it) for goods with a recipe"""
    designs: tuple[tuple[int, int, float], ...]
    """(designer, packager, share) of accelerators packaged abroad"""
    classes: tuple[slice, ...]
    """goods of each control class that moves goods"""


def positions(s: Scenario, passes: Array, passes_new: Array, opening_level: NDArray[np.int8]) -> Positions:
    """Look everything up in scenario `s`, given what controls let through by level, and their levels at the opening."""
    region = s.region()
    opened = passes.take(opening_level[s.sellers.place, s.sellers.good])[:, :, None]
    places, goods, sellers = len(s.place_axis), len(GOODS), len(s.sellers.place)
    standing_orders = np.zeros((places, goods, 1))
    standing_orders[np.ix_(s.places.seats, MINERAL_GOODS)] = STANDING_PACE
    return Positions(
        lanes=s.sellers.place * goods + s.sellers.good,
        lanes_by_good=s.sellers.good * places + s.sellers.place,
        at_home=np.arange(sellers) * places + s.sellers.place,
        foreign=1.0 - np.eye(places)[:, :, None],
        standing_orders=standing_orders,
        stock_exponent=np.full((goods, 1), int(s.parameters.market.stock_elasticity * GRID + 0.5)),
        start_price=np.stack([np.ones_like(s.goods.inside_price), s.goods.inside_price]),
        seller_region=region[s.sellers.place],
        supplier_region=region[s.suppliers.place],
        line_region=region[s.lines.place],
        line_unit_capex=s.lines.room_capex / np.where(s.lines.room > 0, s.lines.room, 1.0),
        passes=np.concatenate([passes, passes_new]),
        opening_passes=np.where((opened > 0.0) & (opened < 1.0), opened, 1.0),
        makers=tuple(
            (name, np.flatnonzero((s.suppliers.good == GOODS.at(name)) & ~np.isin(s.suppliers.kind, FED_BY_SCRAP)))
            for name in dict.fromkeys(activity for activity, _, _ in s.goods.recipes)
            if name in GOODS
        ),
        designs=tuple(
            (owner, int(s.sellers.place[seller]), share)
            for owner, seller, share in s.sellers.technology
            if s.sellers.good[seller] == ACCELERATORS and s.sellers.place[seller] != owner
        ),
        classes=tuple(
            slice(CLASS_OF_GOOD.index(k), len(CLASS_OF_GOOD) - CLASS_OF_GOOD[::-1].index(k))
            for k in sorted(set(CLASS_OF_GOOD))
        ),
    )
