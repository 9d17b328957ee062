"""Where things stand on the axes: rows, groups and pairs that the phases look up, worked out once for a scenario."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from game.core.names import CLASS_OF_GOOD, GOODS, LINE_KINDS, SUPPLIER_KINDS, TRACKS
from game.core.numeric import GRID, Array, Counts, Grouping
from game.core.scenario import Scenario

ACCELERATORS = GOODS.at("accelerators")
#: Kinds of supplier whose feed is scrap, so that they draw no inputs.
FED_BY_SCRAP = (SUPPLIER_KINDS.at("recycler"), SUPPLIER_KINDS.at("synthetic"))
#: Goods that states buy for their stocks: tools go straight into halls, accelerators into racks.
MINERAL_GOODS = tuple(range(2, 10))
FRONT_END = (LINE_KINDS.at("logic"), LINE_KINDS.at("memory"))
#: Tools that a logic, memory or packaging line takes up, over those of a logic line; judged.
TOOL_SCALE = (1.0, 0.35, 0.15)
YEAR = 4
#: Share of the gap to a seat's stock target that its standing orders close in a quarter (rules.md R6, R10).
STANDING_PACE = 1.0 / 8.0


@dataclass(frozen=True, slots=True)
class Designs:
    """Accelerators of one place's design that another packages; (D,)."""

    packager: Counts
    share: Array
    """(D, 1) of what the packager makes"""
    to_designer: Grouping
    from_packager: Grouping


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
    classes: tuple[slice, ...]
    """goods of each control class that moves goods"""


def positions(
    s: Scenario,
    passes: Array,
    passes_new: Array,
    opening_level: NDArray[np.int8],
    line_good: Counts,
    supplier_track: Counts,
) -> Positions:
    """Look everything up in scenario `s`, given what controls let through by level, their levels at the opening, what
    lines make, and which research helps suppliers."""
    region = s.region()
    opened = passes.take(opening_level[s.sellers.place, s.sellers.good])[:, :, None]
    table, plants = s.suppliers, s.parameters.plants
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
        supplier_unit_capex=s.suppliers.room_capex / np.where(s.suppliers.room > 0, s.suppliers.room, 1.0),
        owned_lanes=s.sellers.owned.owner * goods + s.sellers.owned.good,
        made_at=Grouping(
            (table.place * goods + table.good).tolist() + (s.lines.place * goods + line_good).tolist(), places * goods
        ),
        supplier_skill=table.place * len(TRACKS) + supplier_track,
        ramp=np.repeat([plants.ramp_1, plants.ramp_2, plants.ramp_3, plants.ramp_4, plants.ramp_5, 1.0], YEAR)[:21],
        front_end=np.isin(s.lines.kind, FRONT_END)[:, None].astype(np.float64),
        per_wafer=_per_wafer(s),
        kind_rows=s.lines.kind[:, None] * len(s.nodes.h100e),
        tool_scale=np.array(TOOL_SCALE)[s.lines.kind][:, None],
        accelerator_sellers=np.flatnonzero(s.sellers.good == ACCELERATORS),
        leading_sellers=np.flatnonzero(s.sellers.good == GOODS.at("leading_logic")),
        cloud_sellers=(s.sellers.lane[:, GOODS.at("cloud")] >= 0)[:, None].astype(np.float64),
        sold_from=Grouping((region[s.sellers.place] * goods + s.sellers.good).tolist(), 2 * goods),
        hub_share=_hub_share(s),
        designs=_designs(s),
        classes=tuple(
            slice(CLASS_OF_GOOD.index(k), len(CLASS_OF_GOOD) - CLASS_OF_GOOD[::-1].index(k))
            for k in sorted(set(CLASS_OF_GOOD))
        ),
    )


def _per_wafer(s: Scenario) -> Array:
    fabs, logic = s.parameters.fabs, np.where(s.nodes.h100e > 0, s.nodes.h100e, 1.0)
    memory, packaging = np.full_like(logic, fabs.stacks_per_wafer), np.full_like(logic, fabs.h100e_per_package_wafer)
    return np.concatenate([logic, memory, packaging])


def _hub_share(s: Scenario) -> Array:
    weight = np.zeros_like(s.places.leak)
    hubs = list(s.hubs)
    weight[hubs] = (s.places.openness * s.places.leak)[hubs]
    return weight / (float(sum(weight[:, 0])) or 1.0)


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
