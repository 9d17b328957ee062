"""Constants that the rules derive once from a scenario: trends, needs at the opening, control tables, draw keys."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from game.core.names import CLASS_OF_GOOD, CLASSES, GOODS, LINE_KINDS, MINERALS, NODES, TRACKS
from game.core.numeric import Array, Counts, Grouping, added
from game.core.rng import entity_keys
from game.core.scenario import LineTable, Scenario
from game.rules.passing import opening_level
from game.rules.positions import FED_BY_SCRAP, Positions, positions
from game.rules.recipes import Recipe, RecipeRows, recipe_rows

#: How hard the lack of an input bites an activity (rules.md R7): output lost per unit of shortage after thrift.
#: What is not named here bites in full.
BITE = {
    ("wafer_starts", "quartz"): 0.15,
    ("wafer_starts", "tungsten"): 0.5,
    ("wafer_starts", "fluorine"): 0.8,
    ("wafer_starts", "neon"): 0.6,
    # Estimates: without lasers no link, and silicon power stages stand in for less than a third of gallium; of fibre
    # and detectors half can be done without.
    ("installation", "gallium"): 0.7,
    ("installation", "germanium"): 0.5,
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
    recipe_rows: RecipeRows
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
    logic: Array
    """(F, 1) 1 for logic lines"""
    memory: Array
    packaging: Array
    class_of_good: Counts
    good_in_class: NDArray[np.bool_]
    """(C, G)"""
    line_keys: NDArray[np.uint64]
    supplier_keys: NDArray[np.uint64]
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
    """lines by firm and by what they make (node of logic, else kind), new logic fabs apart: rivals in a tender"""
    firm_places: Grouping
    """lines by firm and place"""
    positions: Positions
    baseline_need: Array
    """(N, G, 1) use at the opening"""
    baseline_income: Array
    """(N, 1) chain income at the opening"""


def tables(scenario: Scenario) -> Tables:
    """Derive the constants of `scenario`."""
    places, draws_inputs, line_good = len(scenario.place_axis), _draws_inputs(scenario), _line_goods(scenario)
    return Tables(
        **_trends(scenario),
        **_plants(scenario),
        recipe_rows=recipe_rows(_recipes(scenario), scenario, draws_inputs),
        line_good=line_good,
        draws_inputs=draws_inputs,
        class_of_good=np.array(CLASS_OF_GOOD),
        good_in_class=np.array([[c == k for c in CLASS_OF_GOOD] for k in range(len(CLASSES))]),
        opening_level=opening_level(scenario),
        region=scenario.region(),
        per_accelerator=_per_accelerator(scenario),
        inside_cost=_inside_cost(scenario),
        inside_rows=np.flatnonzero(scenario.sellers.place == scenario.inside),
        positions=positions(scenario, line_good, _tracks(scenario)),
        baseline_need=np.zeros((places, len(GOODS), 1)),
        baseline_income=np.zeros((places, 1)),
    )


def _trends(scenario: Scenario) -> dict[str, Any]:
    """What changes with the calendar."""
    quarters, p = scenario.quarters + scenario.epilogue_quarters + 1, scenario.parameters
    return {
        "trend": _trend(scenario, quarters),
        "private_trend": _private_trend(scenario, quarters),
        "income_trend": _compound(1.0, p.state.income_growth / 4, quarters),
        "yardstick": _compound(p.compute.yardstick, p.compute.yardstick_growth / 4, quarters),
    }


def _plants(scenario: Scenario) -> dict[str, Any]:
    """Lines and suppliers: where they are, of what kind, and what they take."""
    lines, suppliers, places = scenario.lines, scenario.suppliers, len(scenario.place_axis)
    kind_effort = [1.0, KIND_EFFORT["memory"], KIND_EFFORT["packaging"]]
    sites = [f"{p}/{s}" for p, s in zip(lines.place, lines.sites, strict=True)]
    names = sorted(set(sites))
    return {
        **{kind: (lines.kind == LINE_KINDS.at(kind)).astype(np.float64)[:, None] for kind in LINE_KINDS},
        "line_place": Grouping([int(p) for p in lines.place], places),
        "supplier_place": Grouping([int(p) for p in suppliers.place], places),
        "line_engineers": _by_kind(scenario.nodes.engineers, kind_effort),
        "line_power": _by_kind(scenario.nodes.power, kind_effort),
        "line_keys": entity_keys("line", lines.axis),
        "supplier_keys": entity_keys("supplier", suppliers.axis),
        "sites": Grouping([names.index(site) for site in sites], len(names)),
        "rivals": _alike(lines.firms, lines.kind, _tender_marks(lines)),
        "firm_places": _alike(lines.firms, lines.place),
    }


def _recipes(scenario: Scenario) -> tuple[Recipe, ...]:
    """What activities draw. Makers use less of a mineral per unit when it is dear; who installs a machine cannot: its
    lasers and power stages are bought as they are, until other designs are learnt (thrift)."""
    return tuple(
        Recipe(a, g, amount, BITE.get((a, GOODS.names[g]), 1.0), GOODS.names[g] in MINERALS and a != "installation")
        for a, g, amount in scenario.goods.recipes
    )


def _draws_inputs(scenario: Scenario) -> Array:
    return (~np.isin(scenario.suppliers.kind, FED_BY_SCRAP)).astype(np.float64)[:, None]


def _tracks(scenario: Scenario) -> Counts:
    return np.array([_track_of(int(good)) for good in scenario.suppliers.good])


def _tender_marks(lines: LineTable) -> Counts:
    """Node of each line; -1 for logic fabs that nobody has begun, which compete with each other at whatever node. (F,).

    An expansion is cheap and quick beside a new fab: held against each other, hardly a new fab would ever be built.
    """
    node = np.where(lines.capacity > 0, lines.node, lines.project_node)[:, 0].astype(np.int64)
    new = (lines.capacity[:, 0] <= 0) & (lines.building[:, 0] <= 0) & (lines.kind == LINE_KINDS.at("logic"))
    return np.where(new, -1, node)


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
            cost[good] = added(weight * table.cost[rows, 0]) / added(weight)
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
