"""Constants that the rules derive once from a scenario: trends, needs at the opening, control tables, draw keys."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from game.core.names import CLASS_OF_GOOD, CLASSES, GOODS, LEVELS, LINE_KINDS, MINERALS, NODES, SUPPLIER_KINDS, TRACKS
from game.core.numeric import Array, Counts, Grouping
from game.core.rng import entity_keys
from game.core.scenario import Scenario
from game.rules.positions import Positions, positions
from game.rules.recipes import Recipe, RecipeRows, recipe_rows

#: How hard the lack of an input bites an activity (rules.md R7): output lost per unit of shortage after thrift.
#: What is not named here bites in full.
BITE = {
    ("wafer_starts", "quartz"): 0.15,
    ("wafer_starts", "tungsten"): 0.5,
    ("wafer_starts", "fluorine"): 0.8,
    ("wafer_starts", "neon"): 0.6,
    ("installation", "gallium"): 0.3,
    ("installation", "germanium"): 0.2,
    ("magnets", "dytb"): 0.6,
    ("wafers", "quartz"): 0.3,
    ("process_tools", "magnets"): 0.3,
    ("duv", "magnets"): 0.3,
    ("euv", "magnets"): 0.3,
}

#: Goods that cannot be kept: what is not used in a quarter is gone.
PERISHABLE = (GOODS.at("cloud"),)

FIRST_LEADING_NODE = NODES.at("7")
FIRST_EUV_NODE = NODES.at("5")

#: Engineers and power of memory and packaging lines, as a share of a 7 nm line of the same starts; judged.
KIND_EFFORT = {"memory": 0.6, "packaging": 0.25}


@dataclass(frozen=True, slots=True)
class Tables:
    """Constants of a scenario."""

    trend: Array
    """(Q, G) growth of final use since the opening"""
    private_trend: Array
    """(Q,) growth of private spending on accelerators"""
    income_trend: Array
    """(Q,) growth of the chain's income that a scenario expects"""
    yardstick: Array
    """(Q,) H100e per USD bn of GDP"""
    recipes: tuple[Recipe, ...]
    recipe_rows: RecipeRows
    made_by_recipe: tuple[int, ...]
    """goods whose making draws inputs"""
    line_place: Grouping
    supplier_place: Grouping
    line_good: Counts
    """(F,) good a line makes"""
    line_engineers: Array
    """(K, 3) thousand per kwpm by node and kind"""
    line_power: Array
    """(K, 3) GW per kwpm"""
    draws_inputs: Array
    """(S, 1) 0 for recyclers and synthetic routes, whose feed is scrap"""
    supplier_track: Counts
    """(S,) research track that raises a supplier's output"""
    logic: Array
    """(F, 1) 1 for logic lines"""
    memory: Array
    packaging: Array
    passes: Array
    """(levels,) share of normal flow, steady state"""
    passes_new: Array
    """(levels,) in the first quarter"""
    class_of_good: Counts
    good_in_class: NDArray[np.bool_]
    """(C, G)"""
    event_pairs: tuple[Counts, Counts]
    """kinds and places of the events that can happen"""
    event_keys: NDArray[np.uint64]
    """one for each such pair"""
    severity_keys: NDArray[np.uint64]
    line_keys: NDArray[np.uint64]
    supplier_keys: NDArray[np.uint64]
    technology_owner: Counts
    technology_seller: Counts
    technology_share: Array
    opening_level: NDArray[np.int8]
    """(N, G, N) controls in force at the opening"""
    region: Counts
    per_accelerator: Array
    """(G,) units of each good in an accelerator, through its chips"""
    inside_cost: Array
    """(G, 1) mean cost of the suppliers inside, over the reference price; 1 where there are none"""
    inside_rows: Counts
    """positions of the sellers inside"""
    sites: Grouping
    """lines by building site"""
    rivals: Grouping
    """lines by firm and by what they make (node of logic, else kind): sites among which a firm chooses"""
    firm_places: Grouping
    """lines by firm and place"""
    positions: Positions
    baseline_need: Array
    """(N, G, 1) use at the opening"""
    baseline_income: Array
    """(N, 1) chain income at the opening"""


def tables(scenario: Scenario) -> Tables:
    """Derive the constants of `scenario`."""
    lines, suppliers = scenario.lines, scenario.suppliers
    quarters = scenario.quarters + scenario.epilogue_quarters + 1
    places = len(scenario.place_axis)
    kind_effort = [1.0, KIND_EFFORT["memory"], KIND_EFFORT["packaging"]]
    site_names = sorted({f"{p}/{s}" for p, s in zip(lines.place, lines.sites, strict=True)})
    line_good = _line_goods(scenario)
    supplier_track = np.array([_track_of(int(g)) for g in suppliers.good])
    kinds, places_hit = np.nonzero(scenario.events.places[:, :, 0])
    event_kinds, codes = scenario.events.axis.names, scenario.place_axis.names
    event_names = [f"{event_kinds[v]}/{codes[n]}" for v, n in zip(kinds, places_hit, strict=True)]
    recipes = tuple(
        Recipe(a, g, amount, BITE.get((a, GOODS.names[g]), 1.0), GOODS.names[g] in MINERALS)
        for a, g, amount in scenario.goods.recipes
    )
    draws_inputs = (
        (suppliers.kind != SUPPLIER_KINDS.at("recycler")) & (suppliers.kind != SUPPLIER_KINDS.at("synthetic"))
    ).astype(np.float64)[:, None]
    return Tables(
        trend=_trend(scenario, quarters),
        income_trend=_compound(1.0, scenario.parameters.state.income_growth / 4, quarters),
        private_trend=_private_trend(scenario, quarters),
        yardstick=_compound(
            scenario.parameters.compute.yardstick, scenario.parameters.compute.yardstick_growth / 4, quarters
        ),
        recipes=recipes,
        recipe_rows=recipe_rows(recipes, scenario, draws_inputs),
        made_by_recipe=tuple(sorted({GOODS.at(a) for a, _, _ in scenario.goods.recipes if a in GOODS})),
        line_place=Grouping([int(p) for p in lines.place], places),
        supplier_place=Grouping([int(p) for p in suppliers.place], places),
        line_good=line_good,
        line_engineers=_by_kind(scenario.nodes.engineers, kind_effort),
        line_power=_by_kind(scenario.nodes.power, kind_effort),
        draws_inputs=draws_inputs,
        supplier_track=supplier_track,
        logic=(lines.kind == LINE_KINDS.at("logic")).astype(np.float64)[:, None],
        memory=(lines.kind == LINE_KINDS.at("memory")).astype(np.float64)[:, None],
        packaging=(lines.kind == LINE_KINDS.at("packaging")).astype(np.float64)[:, None],
        passes=_passes(scenario),
        passes_new=_passes_new(scenario),
        class_of_good=np.array(CLASS_OF_GOOD),
        good_in_class=np.array([[c == k for c in CLASS_OF_GOOD] for k in range(len(CLASSES))]),
        event_pairs=(kinds, places_hit),
        event_keys=entity_keys("event", event_names),
        severity_keys=entity_keys("severity", scenario.events.axis),
        line_keys=entity_keys("line", lines.axis),
        supplier_keys=entity_keys("supplier", suppliers.axis),
        technology_owner=np.array([o for o, _, _ in scenario.sellers.technology], dtype=np.int64),
        technology_seller=np.array([e for _, e, _ in scenario.sellers.technology], dtype=np.int64),
        technology_share=np.array([s for _, _, s in scenario.sellers.technology])[:, None],
        opening_level=_opening_level(scenario),
        region=scenario.region(),
        per_accelerator=_per_accelerator(scenario),
        inside_cost=_inside_cost(scenario),
        inside_rows=np.flatnonzero(scenario.sellers.place == scenario.inside),
        sites=Grouping(
            [site_names.index(f"{p}/{s}") for p, s in zip(lines.place, lines.sites, strict=True)], len(site_names)
        ),
        rivals=_alike(lines.firms, lines.kind, np.where(lines.capacity > 0, lines.node, lines.project_node)[:, 0]),
        firm_places=_alike(lines.firms, lines.place),
        positions=positions(
            scenario,
            _passes(scenario),
            _passes_new(scenario),
            _opening_level(scenario),
            line_good,
            supplier_track,
        ),
        baseline_need=np.zeros((places, len(GOODS), 1)),
        baseline_income=np.zeros((places, 1)),
    )


def _alike(*marks: Iterable[object]) -> Grouping:
    """Rows grouped by their marks together."""
    keys = [tuple(map(str, row)) for row in zip(*marks, strict=True)]
    names = list(dict.fromkeys(keys))
    return Grouping([names.index(key) for key in keys], len(names))


def _per_accelerator(scenario: Scenario) -> Array:
    amounts = np.zeros(len(GOODS))
    by_activity = {(a, g): amount for a, g, amount in scenario.goods.recipes}
    for (activity, good), amount in by_activity.items():
        if activity == "accelerators":
            amounts[good] += amount
    wafers = amounts[GOODS.at("leading_logic")] / scenario.nodes.h100e[FIRST_EUV_NODE]
    wafers += amounts[GOODS.at("hbm")] / scenario.parameters.fabs.stacks_per_wafer
    for (activity, good), amount in by_activity.items():
        if activity == "wafer_starts":
            amounts[good] += amount * wafers
    return amounts


def _inside_cost(scenario: Scenario) -> Array:
    table = scenario.suppliers
    cost = np.ones((len(GOODS), 1))
    for good in range(len(GOODS)):
        rows = np.flatnonzero((table.good == good) & (table.place == scenario.inside) & (table.capacity[:, 0] > 0))
        if len(rows):
            weight = table.capacity[rows, 0]
            cost[good] = float(sum(weight * table.cost[rows, 0])) / float(sum(weight))
    return cost


def _track_of(good: int) -> int:
    if CLASS_OF_GOOD[good] == CLASSES.at("minerals") or GOODS.names[good] == "magnets":
        return TRACKS.at("separation")
    return TRACKS.at("lithography" if GOODS.names[good] in ("duv", "euv", "high_na") else "node")


def _by_kind(per_node: Array, effort: list[float]) -> Array:
    seven = per_node[FIRST_LEADING_NODE]
    memory = np.full_like(per_node, seven * effort[1])
    packaging = np.full_like(per_node, seven * effort[2])
    return np.stack([per_node, memory, packaging], axis=1)


def _line_goods(scenario: Scenario) -> Counts:
    lines = scenario.lines
    node = np.maximum(lines.node, lines.project_node)[:, 0]
    logic = np.where(node >= FIRST_LEADING_NODE, GOODS.at("leading_logic"), GOODS.at("mature_chips"))
    other = np.where(lines.kind == LINE_KINDS.at("memory"), GOODS.at("hbm"), GOODS.at("accelerators"))
    return np.where(lines.kind == LINE_KINDS.at("logic"), logic, other)


def _compound(start: float, rate: float, quarters: int) -> Array:
    """start, start (1 + rate), ...: by repeated products, not by a power."""
    values = [start]
    for _ in range(quarters):
        values.append(values[-1] * (1.0 + rate))
    return np.array(values)


def _trend(scenario: Scenario, quarters: int) -> Array:
    return np.stack([_compound(1.0, float(g), quarters) for g in scenario.goods.growth[:, 0]], axis=1)


def _private_trend(scenario: Scenario, quarters: int) -> Array:
    """Private spending grows fast at the opening and slower each quarter."""
    p = scenario.parameters.compute
    values, rate = [1.0], p.growth / 4
    for _ in range(quarters):
        values.append(values[-1] * (1.0 + rate))
        rate *= 1.0 - p.fade
    return np.array(values)


def _passes(scenario: Scenario) -> Array:
    p = scenario.parameters.controls
    share = {"fee_licence": p.fee_licence, "licence": p.licence, "slow_walk": p.slow_walk, "quota": p.quota}
    share["open"] = 1.0
    return np.array([share.get(level, 0.0) for level in LEVELS])


def _passes_new(scenario: Scenario) -> Array:
    """Applications pile up when a licence is new: little moves in its first quarter."""
    steady = _passes(scenario)
    first = scenario.parameters.controls.first_quarter
    slow = np.array([level in ("fee_licence", "licence", "slow_walk") for level in LEVELS])
    return np.where(slow, steady * first, steady)


def _opening_level(scenario: Scenario) -> NDArray[np.int8]:
    places = len(scenario.place_axis)
    level = np.zeros((places, len(GOODS), places), dtype=np.int8)
    for control in scenario.controls:
        if control.since < 0:
            for good in control.goods:
                for target in control.targets:
                    if target != control.owner:
                        level[control.owner, good, target] = control.level
    return level
