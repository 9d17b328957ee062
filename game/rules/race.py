"""The race (S21): the bloc's mineral independence against China's chip independence (rules.md section 3)."""

from __future__ import annotations

import numpy as np

from game.core.names import GOODS
from game.core.numeric import Array, clip, total
from game.core.scenario import Scenario
from game.core.world import World, replace
from game.rules import controls
from game.rules.tables import FIRST_EUV_NODE, FIRST_LEADING_NODE, Tables
from game.rules.turn import Turn

NDPR, DYTB, LIGHT, HEAVY, MAGNETS = (GOODS.at(g) for g in ("ndpr", "dytb", "light_ore", "heavy_ore", "magnets"))
ACCELERATORS, EUV = GOODS.at("accelerators"), GOODS.at("euv")
#: Share of what neutral places refine that the bloc may count: half of what is under contract (rules.md); nothing is.
NEUTRAL_WEIGHT = 0.0
ALONE, BOTH = 6.0, 3.0
QUARTERS_HELD = 2.0
#: Part of China's chip chain that runs after a year without foreign tools, parts and service, when all are foreign.
ALIVE_AT_LEAST = 0.35
#: Share of mature chips that are 14 nm class, and part of the need for scanners that is EUV; judged.
FINE_SHARE, EUV_SHARE = 0.05, 0.15


def run(world: World, turn: Turn) -> World:
    """Measure both bars, count how long each was held, and pay the dividend."""
    s = turn.scenario
    world = measured(world, s, turn.tables)
    standing = world.standing
    mineral_held = _held(standing.mineral_held, standing.mineral_independence, s)
    chip_held = _held(standing.chip_held, standing.chip_independence, s)
    bloc = world.relations.member[s.race.bloc].astype(np.float64)
    inside = np.zeros_like(bloc)
    inside[s.inside] = 1.0
    mineral_on, chip_on = mineral_held >= QUARTERS_HELD, chip_held >= QUARTERS_HELD
    size = np.where(mineral_on & chip_on, BOTH, ALONE)
    dividend = size * (bloc * mineral_on + inside * chip_on * (1.0 - bloc))
    return replace(
        world,
        standing=replace(standing, mineral_held=mineral_held, chip_held=chip_held, dividend=clip(dividend, 0.0, ALONE)),
    )


def _held(before: Array, bar: Array, s: Scenario) -> Array:
    """Quarters above the post; once held it is lost only below the lower mark."""
    mark = np.where(before >= QUARTERS_HELD, s.race.lose, s.race.post)
    return np.where(bar >= mark, before + 1.0, 0.0)


def measured(world: World, s: Scenario, t: Tables) -> World:
    """Both bars for the world as it stands."""
    weights = np.array([weight for _, weight in s.race.minerals])[:, None]
    mineral = total(weights * np.sqrt(mineral_covers(world, s, t, [good for good, _ in s.race.minerals])))
    chip = np.zeros(world.worlds)
    covers = chip_covers(world, s, t)
    for part, weight in s.race.chips:
        chip = chip + weight * np.sqrt(covers[part])
    return replace(
        world,
        standing=replace(
            world.standing,
            mineral_independence=clip(mineral * mineral, 0.0, 1.0),
            chip_independence=clip(chip * chip, 0.0, 1.0),
        ),
    )


def mineral_cover(world: World, s: Scenario, t: Tables, good: int) -> Array:
    """c_g: what the bloc makes from trusted ore, part of what neutrals make, and stock, over its use. (B,)."""
    return np.asarray(mineral_covers(world, s, t, [good])[0])


def mineral_covers(world: World, s: Scenario, t: Tables, goods: list[int]) -> Array:
    """`mineral_cover` of several goods. (goods, B)."""
    bloc = (world.relations.member[s.race.bloc] > 0).astype(np.float64)
    inside = np.zeros_like(bloc)
    inside[s.inside] = 1.0
    made = world.goods.made[:, goods]
    for k, good in enumerate(goods):
        made[:, k] *= _trusted(world, s, good)
    own = total(made * bloc[:, None])
    neutral = total(made * ((1.0 - bloc) * (1.0 - inside) * _friendly(world, s))[:, None])
    trend = t.baseline_need[:, goods] * t.trend[world.quarter][goods][:, None]
    use = np.maximum(total(np.maximum(world.goods.reference[:, goods], trend) * bloc[:, None]), 1e-9)
    stock = total(world.goods.stockpile[:, goods] * bloc[:, None])
    return clip((own + NEUTRAL_WEIGHT * neutral) / use + 0.25 * np.minimum(1.0, stock / (4.0 * use)), 0.0, 1.0)


def _friendly(world: World, s: Scenario) -> Array:
    """1 for neutral places that trust the bloc's first member more than the inside place. (N, B)."""
    lead = int(np.flatnonzero(world.relations.member[s.race.bloc, :, 0])[0])
    return (world.relations.trust[lead] > world.relations.trust[s.inside]).astype(np.float64)


def _trusted(world: World, s: Scenario, good: int) -> Array | float:
    """Share of a rare-earth plant's inputs, ore or metals, that did not come from the inside place. (N, B)."""
    inputs = {NDPR: (LIGHT,), DYTB: (HEAVY,), MAGNETS: (NDPR, DYTB)}.get(good)
    if inputs is None:
        return 1.0
    free = [_not_from_inside(world, s, g) for g in inputs]
    return free[0] if len(free) == 1 else 0.5 * (free[0] + free[1])


def _not_from_inside(world: World, s: Scenario, good: int) -> Array:
    lane = s.sellers.lane[s.inside, good]
    got = world.trade.received[:, good]
    if lane < 0:
        return np.ones_like(got)
    return clip(1.0 - world.trade.flow[lane] / np.maximum(got, 1e-9), 0.0, 1.0)


def chip_covers(world: World, s: Scenario, t: Tables) -> dict[str, Array]:
    """y_k: the inside place's own output that would live on without foreign tools, over its use, by part. (B,) each."""
    n, goods = s.inside, world.goods
    alive = alive_share(world, s)
    node = world.lines.node.astype(np.int64)
    own_home = ((s.lines.home == n) & (s.lines.place == n))[:, None]
    logic = own_home * t.logic * world.lines.output
    mature = total(logic * (world.lines.node < 1))
    leading = logic * (node >= FIRST_LEADING_NODE) / np.maximum(s.nodes.h100e[node], 1.0)
    fine = total(logic * (node == 1)) + total(leading)
    use = np.maximum(goods.reference[n], t.baseline_need[n] * t.trend[world.quarter][:, None])
    use[EUV] = np.maximum(use[EUV], 1.0)
    own = own_share(goods.made[n], use)
    use_mature = np.maximum(use[GOODS.at("mature_chips")], 1e-9)
    leading_use = use[GOODS.at("leading_logic")] / s.nodes.h100e[FIRST_EUV_NODE]
    material = own[GOODS.at("wafers")] / 3.0 + own[GOODS.at("resist")] / 3.0 + own[GOODS.at("quartz")] / 3.0
    return {
        "mature_logic": own_share(mature, use_mature) * alive,
        "advanced_logic": own_share(fine, leading_use + FINE_SHARE * use_mature) * alive,
        "accelerators": own_share(total(own_home * t.packaging * world.lines.output), use[ACCELERATORS]) * alive,
        "hbm": own_share(total(own_home * t.memory * world.lines.output), use[GOODS.at("hbm")]) * alive,
        "process_tools": own[GOODS.at("process_tools")],
        "lithography": (1.0 - EUV_SHARE) * own[GOODS.at("duv")] + EUV_SHARE * own[EUV],
        "materials": material * (0.5 + 0.5 * alive),
    }


def own_share(own: Array, use: Array) -> Array:
    """Own output over use, at most 1."""
    return clip(own / np.maximum(use, 1e-9), 0.0, 1.0)


def alive_share(world: World, s: Scenario) -> Array:
    """Share of the inside place's plants that would run after a year without foreign tools and service. (B,)."""
    foreign = controls.service_dependence(world, s)[s.inside]
    return clip(1.0 - (1.0 - ALIVE_AT_LEAST) * foreign, ALIVE_AT_LEAST, 1.0)
