"""Graded public objectives: what each metric of a scenario measures. 0 at the floor, 1 at the target."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from game.core.names import GOODS, LINE_KINDS
from game.core.numeric import Array, Counts, clip, total
from game.core.scenario import Scenario
from game.core.world import World
from game.rules import statecraft_metrics
from game.rules.kept import constants_of
from game.rules.statecraft_metrics import Metric
from game.rules.tables import FIRST_LEADING_NODE, Tables

#: Goods up to this one are traded as things.
CLOUD = GOODS.at("cloud")
LIGHT_ORE, HEAVY_ORE = GOODS.at("light_ore"), GOODS.at("heavy_ore")


class Marks(NamedTuple):
    """Where objectives start and end; first axis O, one for each seat that has one."""

    places: Counts
    floor: Array
    """(O, 1)"""
    span: Array
    """(O, 1) target less floor"""
    logic: Counts
    """logic lines"""
    logic_at: tuple[Counts, ...]
    """which of them stand at each place"""
    packaging: Counts
    """packaging lines"""
    packaging_at: tuple[Counts, ...]


@constants_of
def marks(s: Scenario) -> Marks:
    """Derive them from a scenario."""
    objectives, places = s.objectives.values(), range(len(s.place_axis))
    logic, packaging = (np.flatnonzero(s.lines.kind == LINE_KINDS.at(kind)) for kind in ("logic", "packaging"))
    return Marks(
        places=np.array(list(s.objectives), dtype=np.int64),
        floor=np.array([[o.floor] for o in objectives]),
        span=np.array([[o.target - o.floor] for o in objectives]),
        logic=logic,
        logic_at=tuple(np.flatnonzero(s.lines.place[logic] == n) for n in places),
        packaging=packaging,
        packaging_at=tuple(np.flatnonzero(s.lines.place[packaging] == n) for n in places),
    )


def graded(world: World, s: Scenario, t: Tables) -> Array:
    """How far each seat is from floor to target of its objective, 0 to 1; 0 for places without one. (N, B)."""
    grade = np.zeros(world.state.cash.shape)
    if s.objectives:
        m = marks(s)
        values = np.array([METRICS[o.metric](world, s, t, place, o.of) for place, o in s.objectives.items()])
        grade[m.places] = clip((values - m.floor) / m.span, 0.0, 1.0)
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


def _part(amounts: Array, rows: Counts) -> Array:
    """What some rows make of the whole. (B,)."""
    return _share(total(amounts.take(rows, axis=0)), total(amounts))


def _leading_share(w: World, s: Scenario, t: Tables, n: int, of: str | None) -> Array:
    m = marks(s)
    leading = w.lines.capacity.take(m.logic, axis=0) * (w.lines.node.take(m.logic, axis=0) >= FIRST_LEADING_NODE)
    return _part(leading, m.logic_at[n])


def _packaging_share(w: World, s: Scenario, t: Tables, n: int, of: str | None) -> Array:
    m = marks(s)
    return _part(w.lines.capacity.take(m.packaging, axis=0), m.packaging_at[n])


def _euv_per_year(w: World, s: Scenario, t: Tables, n: int, of: str | None) -> Array:
    return 4.0 * (w.goods.made[n, GOODS.at("euv")] + w.goods.made[n, GOODS.at("high_na")])


def _mature_cover(w: World, s: Scenario, t: Tables, n: int, of: str | None) -> Array:
    return w.standing.worst_mature[n]


def _wafer_value_share(w: World, s: Scenario, t: Tables, n: int, of: str | None) -> Array:
    m = marks(s)
    price = s.nodes.wafer_price.take(w.lines.node.take(m.logic, axis=0).astype(np.int64))
    return _part(w.lines.starts.take(m.logic, axis=0) * price, m.logic_at[n])


def _sovereign_compute(w: World, s: Scenario, t: Tables, n: int, of: str | None) -> Array:
    return w.compute.running[n] * (1.0 - w.compute.foreign[n])


def _refined_over_ore(w: World, s: Scenario, t: Tables, n: int, of: str | None) -> Array:
    made, used = w.goods.made[n], w.goods.used[n]
    return np.minimum(_share(used[LIGHT_ORE] + used[HEAVY_ORE], made[LIGHT_ORE] + made[HEAVY_ORE]), 1.0)


def _cloud_rented_out(w: World, s: Scenario, t: Tables, n: int, of: str | None) -> Array:
    return w.compute.rented_out[n]


def _power_used(w: World, s: Scenario, t: Tables, n: int, of: str | None) -> Array:
    return w.compute.running[n] * w.compute.kw[n] * s.places.pue[n] / 1000.0


def _compute_per_gdp(w: World, s: Scenario, t: Tables, n: int, of: str | None) -> Array:
    return w.compute.running[n] * 1000.0 / s.places.gdp[n]


def _trade_index(w: World, s: Scenario, t: Tables, n: int, of: str | None) -> Array:
    """Use of chips and materials against what the scenario's trend would have."""
    traded, price = slice(CLOUD), s.goods.price[:CLOUD]
    expected = t.baseline_need[n, traded] * (t.trend[w.quarter, traded, None] * price)
    return _share(total(w.goods.used[n, traded] * price), total(expected))


def _safety(w: World, s: Scenario, t: Tables, n: int, of: str | None) -> Array:
    return w.standing.measures[n, 4]


METRICS: dict[str, Metric] = {
    **statecraft_metrics.METRICS,
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

#: What each metric is about, if it is about something.
ABOUT = {
    **statecraft_metrics.ABOUT,
    "line_capacity_yield": "foundry line",
    "good_share": "good",
    "good_output": "good",
}
