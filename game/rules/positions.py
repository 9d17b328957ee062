"""Where things stand on the axes: rows, groups and pairs that the phases look up, worked out once for a scenario."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from game.core.names import CLASS_OF_GOOD, GOODS, LINE_KINDS, SUPPLIER_KINDS, TRACKS
from game.core.numeric import GRID, Array, Counts, Grouping, added
from game.core.scenario import Scenario

ACCELERATORS = GOODS.at("accelerators")
#: Kinds of supplier whose feed is scrap, so that they draw no inputs.
FED_BY_SCRAP = (SUPPLIER_KINDS.at("recycler"), SUPPLIER_KINDS.at("synthetic"))
RECYCLER = SUPPLIER_KINDS.at("recycler")
#: Largest part of what a region uses of a good that comes back to its recyclers; the rest is in products or lost.
#: Gallium: 70 of 167 t in Japan in 2021 (ALCOA). Germanium: over 60% in optics, less elsewhere (USGS20GE). NdPr and
#: Dy/Tb: swarf, under 1% of old magnets (GK, RECYC). Neon: half of what fabs use (general knowledge). Tungsten: judged.
SCRAP = {"gallium": 0.45, "germanium": 0.55, "ndpr": 0.3, "dytb": 0.15, "tungsten": 0.4, "neon": 0.3}
#: Of other goods, and where nothing is known; judged.
SCRAP_ELSEWHERE = 0.4
#: Goods that states buy for their stocks: tools go straight into halls, accelerators into racks.
MINERAL_GOODS = tuple(range(2, 10))
FRONT_END = (LINE_KINDS.at("logic"), LINE_KINDS.at("memory"))
#: Tools that a logic, memory or packaging line takes up, over those of a logic line; judged.
TOOL_SCALE = (1.0, 0.35, 0.15)
YEAR = 4
#: Years in which a new plant gets into its stride.
RAMP_YEARS = 5


@dataclass(frozen=True, slots=True)
class Designs:
    """Accelerators of one place's design that another packages; (D,)."""

    packager: Counts
    share: Array
    """(D, 1) of what the packager makes"""
    to_designer: Grouping
    from_packager: Grouping


@dataclass(frozen=True, slots=True)
class Scrap:
    """Recyclers (R), and the regions and goods whose use feeds them (C)."""

    recyclers: Counts
    """(R,) positions among the suppliers"""
    by_cell: Grouping
    """recyclers by region and good"""
    goods: Counts
    """(m,) goods that anybody recycles"""
    inside: int
    share: Array
    """(2, m, 1) largest part of a region's use that comes back: outside, inside"""


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
    supplier_region: Counts
    """(S,)"""
    line_region: Counts
    """(F,)"""
    line_unit_capex: Array
    """(F, 1) USD bn per kwpm at the opening's tool prices; 0 where there is no room"""
    supplier_unit_capex: Array
    """(S, 1) USD bn per unit; as for lines"""
    owned_lanes: Counts
    """as `lanes`, for the owner's own place and the good of each row of `Sellers.owned`"""
    made_at: Grouping
    """suppliers, then lines, by where what they make stands in an array by place and good"""
    supplier_skill: Counts
    """(S,) where the know-how that counts for a supplier stands in an array by place and track"""
    ramp: Array
    """(21,) share of capacity that a supplier can use by the age of its newest part in quarters"""
    front_end: Array
    """(F, 1) 1 for lines that start wafers: logic and memory"""
    per_wafer: Array
    """(3 K,) units of its good that a thousand fully yielding wafers give, by kind of line and node"""
    kind_rows: Counts
    """(F, 1) first row of each line's kind in `per_wafer`"""
    tool_scale: Array
    """(F, 1) tools that a line takes up, over those of a logic line"""
    accelerator_sellers: Counts
    leading_sellers: Counts
    cloud_sellers: Array
    """(N, 1) 1 for places that rent compute out"""
    sold_from: Grouping
    """sellers by region and good, the goods of outside first"""
    hub_share: Array
    """(N, 1) of the margin on leaks, by openness and lax control of hubs"""
    designs: Designs
    scrap: Scrap
    classes: tuple[slice, ...]
    """goods of each control class that moves goods"""


def positions(
    s: Scenario,
    line_good: Counts,
    supplier_track: Counts,
) -> Positions:
    """Look everything up in scenario `s`, given what lines make, and which research helps suppliers."""
    region = s.region()
    return Positions(
        **_trade(s, region),
        **_plants(s, region, line_good, supplier_track),
        foreign=1.0 - np.eye(len(s.place_axis))[:, :, None],
        standing_orders=_standing_orders(s),
        stock_exponent=np.full((len(GOODS), 1), int(s.parameters.market.stock_elasticity * GRID + 0.5)),
        start_price=np.stack([np.ones_like(s.goods.inside_price), s.goods.inside_price]),
        hub_share=_hub_share(s),
        designs=_designs(s),
        scrap=_scrap(s, region),
        classes=tuple(
            slice(CLASS_OF_GOOD.index(k), len(CLASS_OF_GOOD) - CLASS_OF_GOOD[::-1].index(k))
            for k in sorted(set(CLASS_OF_GOOD))
        ),
    )


def _trade(s: Scenario, region: Counts) -> dict[str, Any]:
    """Where sellers stand in the arrays that trade looks up."""
    goods, places, sellers = len(GOODS), len(s.place_axis), s.sellers
    return {
        "lanes": sellers.place * goods + sellers.good,
        "lanes_by_good": sellers.good * places + sellers.place,
        "at_home": np.arange(len(sellers.place)) * places + sellers.place,
        "owned_lanes": sellers.owned.owner * goods + sellers.owned.good,
        "sold_from": Grouping((region[sellers.place] * goods + sellers.good).tolist(), 2 * goods),
        "accelerator_sellers": np.flatnonzero(sellers.good == ACCELERATORS),
        "leading_sellers": np.flatnonzero(sellers.good == GOODS.at("leading_logic")),
        "cloud_sellers": (sellers.lane[:, GOODS.at("cloud")] >= 0)[:, None].astype(np.float64),
    }


def _plants(s: Scenario, region: Counts, line_good: Counts, supplier_track: Counts) -> dict[str, Any]:
    """Where lines and suppliers stand in the arrays that production looks up, and what a unit of each is worth."""
    lines, suppliers, p, goods = s.lines, s.suppliers, s.parameters.plants, len(GOODS)
    made = [*(suppliers.place * goods + suppliers.good).tolist(), *(lines.place * goods + line_good).tolist()]
    return {
        "supplier_region": region[suppliers.place],
        "line_region": region[lines.place],
        "line_unit_capex": lines.room_capex / np.where(lines.room > 0, lines.room, 1.0),
        "supplier_unit_capex": suppliers.room_capex / np.where(suppliers.room > 0, suppliers.room, 1.0),
        "made_at": Grouping(made, len(s.place_axis) * goods),
        "supplier_skill": suppliers.place * len(TRACKS) + supplier_track,
        "ramp": np.repeat([p.ramp_1, p.ramp_2, p.ramp_3, p.ramp_4, p.ramp_5, 1.0], YEAR)[: RAMP_YEARS * YEAR + 1],
        "front_end": np.isin(lines.kind, FRONT_END)[:, None].astype(np.float64),
        "per_wafer": _per_wafer(s),
        "kind_rows": lines.kind[:, None] * len(s.nodes.h100e),
        "tool_scale": np.array(TOOL_SCALE)[lines.kind][:, None],
    }


def _standing_orders(s: Scenario) -> Array:
    pace = np.zeros((len(s.place_axis), len(GOODS), 1))
    pace[np.ix_(s.places.seats, MINERAL_GOODS)] = s.parameters.plants.stock_pace
    return pace


def _per_wafer(s: Scenario) -> Array:
    fabs, logic = s.parameters.fabs, np.where(s.nodes.h100e > 0, s.nodes.h100e, 1.0)
    memory, packaging = np.full_like(logic, fabs.stacks_per_wafer), np.full_like(logic, fabs.h100e_per_package_wafer)
    return np.concatenate([logic, memory, packaging])


def _hub_share(s: Scenario) -> Array:
    weight = np.zeros_like(s.places.leak)
    hubs = list(s.hubs)
    weight[hubs] = (s.places.openness * s.places.leak)[hubs]
    return weight / (added(weight[:, 0]) or 1.0)


def _designs(s: Scenario) -> Designs:
    own = s.sellers.owned
    rows = np.flatnonzero((own.good == ACCELERATORS) & (own.place != own.owner))
    places, packager = len(s.place_axis), own.place[rows]
    return Designs(
        packager=packager,
        share=own.share[rows],
        to_designer=Grouping(own.owner[rows].tolist(), places),
        from_packager=Grouping(packager.tolist(), places),
    )


def _scrap(s: Scenario, region: Counts) -> Scrap:
    rows = np.flatnonzero(s.suppliers.kind == RECYCLER)
    goods = sorted({int(g) for g in s.suppliers.good[rows]})
    cells = [int(region[s.suppliers.place[i]]) * len(goods) + goods.index(int(s.suppliers.good[i])) for i in rows]
    share = np.array([[SCRAP.get(GOODS.names[g], SCRAP_ELSEWHERE)] for g in goods])
    by_cell = Grouping(cells, 2 * len(goods))
    return Scrap(rows, by_cell, np.array(goods, dtype=np.int64), s.inside, np.stack([share] * 2))
