"""Graded public objectives: what each metric of a scenario measures. 0 at the floor, 1 at the target."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from game.core.names import GOODS, LINE_KINDS
from game.core.numeric import Array, clip, total
from game.core.scenario import Scenario
from game.core.world import World
from game.rules.tables import FIRST_LEADING_NODE, Tables

#: (world, scenario, tables, place, what the metric is about) -> (B,)
Metric = Callable[[World, Scenario, Tables, int, str | None], Array]

ORES = ("light_ore", "heavy_ore")


def graded(world: World, s: Scenario, t: Tables) -> Array:
    """How far each seat is from floor to target of its objective, 0 to 1; 0 for places without one. (N, B)."""
    grade = np.zeros_like(world.state.cash)
    if s.objectives:
        objectives = list(s.objectives.items())
        values = np.stack([METRICS[o.metric](world, s, t, place, o.of) for place, o in objectives])
        floor, target = np.array([(o.floor, o.target) for _, o in objectives]).T[:, :, None]
        grade[list(s.objectives)] = clip((values - floor) / (target - floor), 0.0, 1.0)
    return grade


def _share(mine: Array, whole: Array) -> Array:
    return mine / np.maximum(whole, 1e-9)


def _world_compute_share(w: World, s: Scenario, t: Tables, n: int, of: str | None) -> Array:
    return _share(w.compute.running[n], total(w.compute.running))


def _chip_independence(w: World, s: Scenario, t: Tables, n: int, of: str | None) -> Array:
    return w.standing.chip_independence


def _mineral_independence(w: World, s: Scenario, t: Tables, n: int, of: str | None) -> Array:
    return w.standing.mineral_independence


def _line_capacity_yield(w: World, s: Scenario, t: Tables, n: int, of: str | None) -> Array:
    line = s.lines.axis.at(str(of))
    return w.lines.capacity[line] * w.lines.die_yield[line]


def _good_share_at(good: str) -> Metric:
    g = GOODS.at(good)

    def metric(w: World, s: Scenario, t: Tables, n: int, of: str | None) -> Array:
        return _share(w.goods.made[n, g], total(w.goods.made[:, g]))

    return metric


def _good_share(w: World, s: Scenario, t: Tables, n: int, of: str | None) -> Array:
    g = GOODS.at(str(of))
    return _share(w.goods.made[n, g], total(w.goods.made[:, g]))


def _good_output(w: World, s: Scenario, t: Tables, n: int, of: str | None) -> Array:
    return w.goods.made[n, GOODS.at(str(of))] * 4.0


def _leading_share(w: World, s: Scenario, t: Tables, n: int, of: str | None) -> Array:
    leading = w.lines.capacity * (w.lines.node >= FIRST_LEADING_NODE) * t.logic
    return _share(t.line_place.total(leading)[n], total(leading))


def _packaging_share(w: World, s: Scenario, t: Tables, n: int, of: str | None) -> Array:
    packaging = w.lines.capacity * t.packaging
    return _share(t.line_place.total(packaging)[n], total(packaging))


def _euv_per_year(w: World, s: Scenario, t: Tables, n: int, of: str | None) -> Array:
    return 4.0 * (w.goods.made[n, GOODS.at("euv")] + w.goods.made[n, GOODS.at("high_na")])


def _mature_cover(w: World, s: Scenario, t: Tables, n: int, of: str | None) -> Array:
    return w.standing.worst_mature[n]


def _wafer_value_share(w: World, s: Scenario, t: Tables, n: int, of: str | None) -> Array:
    node = w.lines.node.astype(np.int64)
    value = w.lines.starts * s.nodes.wafer_price[node] * (s.lines.kind == LINE_KINDS.at("logic"))[:, None]
    return _share(t.line_place.total(value)[n], total(value))


def _sovereign_compute(w: World, s: Scenario, t: Tables, n: int, of: str | None) -> Array:
    return w.compute.running[n] * (1.0 - w.compute.foreign[n])


def _refined_over_ore(w: World, s: Scenario, t: Tables, n: int, of: str | None) -> Array:
    ore = w.goods.made[n, GOODS.at("light_ore")] + w.goods.made[n, GOODS.at("heavy_ore")]
    drawn = w.goods.used[n, GOODS.at("light_ore")] + w.goods.used[n, GOODS.at("heavy_ore")]
    return np.minimum(_share(drawn, ore), 1.0)


def _cloud_rented_out(w: World, s: Scenario, t: Tables, n: int, of: str | None) -> Array:
    return w.compute.rented_out[n]


def _power_used(w: World, s: Scenario, t: Tables, n: int, of: str | None) -> Array:
    return w.compute.running[n] * w.compute.kw[n] * s.places.pue[n] / 1000.0


def _compute_per_gdp(w: World, s: Scenario, t: Tables, n: int, of: str | None) -> Array:
    return w.compute.running[n] * 1000.0 / s.places.gdp[n]


def _trade_index(w: World, s: Scenario, t: Tables, n: int, of: str | None) -> Array:
    """Use of chips and materials against what the scenario's trend would have."""
    expected = t.baseline_need[n] * t.trend[w.quarter][:, None] * s.goods.price
    got = w.goods.used[n] * s.goods.price
    return _share(total(got[:22]), total(expected[:22]))


def _safety(w: World, s: Scenario, t: Tables, n: int, of: str | None) -> Array:
    return w.standing.measures[n, 4]


METRICS: dict[str, Metric] = {
    "world_compute_share": _world_compute_share,
    "chip_independence": _chip_independence,
    "mineral_independence": _mineral_independence,
    "line_capacity_yield": _line_capacity_yield,
    "hbm_value_share": _good_share_at("hbm"),
    "leading_share": _leading_share,
    "euv_per_year": _euv_per_year,
    "mature_cover": _mature_cover,
    "wafer_value_share": _wafer_value_share,
    "sovereign_compute": _sovereign_compute,
    "refined_over_ore": _refined_over_ore,
    "good_share": _good_share,
    "good_output": _good_output,
    "cloud_rented_out": _cloud_rented_out,
    "power_used": _power_used,
    "compute_per_gdp": _compute_per_gdp,
    "packaging_share": _packaging_share,
    "trade_index": _trade_index,
    "safety": _safety,
}
