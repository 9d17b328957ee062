"""The race (S21): the bloc's mineral independence against China's chip independence (rules.md section 3)."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from game.core.names import GOODS, LINE_KINDS, TOOLS
from game.core.numeric import Array, Counts, Grouping, clip, total
from game.core.scenario import Scenario
from game.core.world import World, replace
from game.rules import blocs, deliveries
from game.rules.kept import constants_of
from game.rules.positions import FED_BY_SCRAP
from game.rules.tables import FIRST_EUV_NODE, FIRST_LEADING_NODE, Tables
from game.rules.turn import Turn
from game.rules.withheld import withheld

#: What rare-earth plants are fed with, ore or metals: the bloc counts as its own what did not come from inside.
FEEDS = {"ndpr": ("light_ore",), "dytb": ("heavy_ore",), "magnets": ("ndpr", "dytb")}
ACCELERATORS, EUV, DUV, PROCESS_TOOLS = (GOODS.at(g) for g in ("accelerators", "euv", "duv", "process_tools"))
MATURE, LEADING, HBM = GOODS.at("mature_chips"), GOODS.at("leading_logic"), GOODS.at("hbm")
WAFERS, RESIST, QUARTZ = GOODS.at("wafers"), GOODS.at("resist"), GOODS.at("quartz")
ALONE, BOTH = 6.0, 3.0
QUARTERS_HELD = 2.0
#: Part of what neutral places ship to the bloc under contract that counts as the bloc's own.
NEUTRAL_WEIGHT = 0.5
#: Part of China's chip chain that runs after a year without foreign tools, parts and service, when all are foreign.
ALIVE_AT_LEAST = 0.35
#: Share of mature chips that are 14 nm class, and part of the need for scanners that is EUV; judged.
FINE_SHARE, EUV_SHARE = 0.05, 0.15


class Bars(NamedTuple):
    """What the two bars are made of in a scenario."""

    goods: Counts
    """(m,) minerals of the bloc's bar"""
    row_of_good: Counts
    """(G,) their rows, -1 for goods that are none of them"""
    weights: Array
    """(m, 1)"""
    feeds: Counts
    """(f,) goods that others are fed with"""
    lanes: Counts
    """(f,) sellers of them inside"""
    sold: Array
    """(f, 1, 1) 1 where there is such a seller"""
    dug_abroad: Counts
    """(h,) sellers abroad of ore that firms of the inside place dig"""
    dug_feed: Counts
    """(h,) row among `feeds` of what each of them sells"""
    dug_share: Array
    """(h, 1, 1) part of it that these firms dig, by capacity at the opening"""
    fed: tuple[tuple[int, tuple[int, ...]], ...]
    """(row of a mineral, rows of its feeds)"""
    scrap: Counts
    """(c,) recyclers and synthetic routes of fed minerals: their feed is nobody's ore"""
    scrap_cells: Grouping
    """their output by place and mineral"""
    inside: Array
    """(N, 1) 1 for the inside place"""
    logic: Counts
    """lines at home of the inside place's own firms"""
    packaging: Counts
    memory: Counts
    leading: Array
    """(K,) thousand wafers per unit of output by leading node; 0 for others"""
    tools: Counts
    """(4,)"""
    tool_lanes: Counts
    """(4,) sellers of them inside"""
    tool_price: Array
    """(4, 1) USD bn"""
    own_tool_price: Array
    """(4, 1) the same, 0 for tools that the inside place does not make"""


@constants_of
def bars(s: Scenario) -> Bars:
    """Derive them from a scenario."""
    goods = [good for good, _ in s.race.minerals]
    feeds = sorted({GOODS.at(feed) for names in FEEDS.values() for feed in names})
    fed = {GOODS.at(good): tuple(feeds.index(GOODS.at(feed)) for feed in names) for good, names in FEEDS.items()}
    own = (s.lines.home == s.inside) & (s.lines.place == s.inside)
    lanes, tools = s.sellers.lane[s.inside], np.array([GOODS.at(tool) for tool in TOOLS])
    inside = np.zeros((len(s.place_axis), 1))
    inside[s.inside] = 1.0
    logic, memory, packaging = (
        np.flatnonzero(own & (s.lines.kind == LINE_KINDS.at(kind))) for kind in ("logic", "memory", "packaging")
    )
    known = [good for good in fed if good in goods]
    scrap = np.flatnonzero(np.isin(s.suppliers.good, known) & np.isin(s.suppliers.kind, FED_BY_SCRAP))
    cells = [int(s.suppliers.place[i]) * len(goods) + goods.index(int(s.suppliers.good[i])) for i in scrap]
    dug_abroad, dug_feed, dug_share = _dug_abroad(s, feeds)
    return Bars(
        dug_abroad=dug_abroad,
        dug_feed=dug_feed,
        dug_share=dug_share,
        goods=np.array(goods, dtype=np.int64),
        row_of_good=np.array([goods.index(g) if g in goods else -1 for g in range(len(GOODS))]),
        weights=np.array([[weight] for _, weight in s.race.minerals]),
        feeds=np.array(feeds),
        lanes=lanes[feeds],
        sold=(lanes[feeds] >= 0).astype(np.float64)[:, None, None],
        scrap=scrap,
        scrap_cells=Grouping(cells, len(s.place_axis) * len(goods)),
        fed=tuple((row, fed[good]) for row, good in enumerate(goods) if good in fed),
        inside=inside,
        logic=logic,
        packaging=packaging,
        memory=memory,
        leading=np.where(
            np.arange(len(s.nodes.h100e)) >= FIRST_LEADING_NODE, 1.0 / np.maximum(s.nodes.h100e, 1.0), 0.0
        ),
        tools=tools,
        tool_lanes=lanes[tools],
        tool_price=s.goods.price[tools],
        own_tool_price=s.goods.price[tools] * (lanes[tools] >= 0)[:, None],
    )


def _dug_abroad(s: Scenario, feeds: list[int]) -> tuple[Counts, Counts, Array]:
    """Sellers abroad of what firms of the inside place dig there, the feed it is, and their part of it."""
    table = s.suppliers
    inside: dict[int, float] = {}
    whole: dict[int, float] = {}
    for place, home, good, size in zip(table.place, table.home, table.good, table.capacity[:, 0], strict=True):
        if place != s.inside and good in feeds:
            lane = int(s.sellers.lane[place, good])
            whole[lane] = whole.get(lane, 0.0) + float(size)
            inside[lane] = inside.get(lane, 0.0) + float(size) * float(home == s.inside)
    lanes = sorted(lane for lane, size in inside.items() if size > 0.0)
    return (
        np.array(lanes, dtype=np.int64),
        np.array([feeds.index(int(s.sellers.good[lane])) for lane in lanes], dtype=np.int64),
        np.array([inside[lane] / whole[lane] for lane in lanes]).reshape(-1, 1, 1),
    )


def run(world: World, turn: Turn) -> World:
    """Measure both bars, count how long each was held, and pay the dividend."""
    s = turn.scenario
    world = measured(world, s, turn.tables)
    standing = world.standing
    mineral_held = _held(standing.mineral_held, standing.mineral_independence, s)
    chip_held = _held(standing.chip_held, standing.chip_independence, s)
    bloc = blocs.dividend_shares(world, s, s.race.bloc)
    mineral_on, chip_on = mineral_held >= QUARTERS_HELD, chip_held >= QUARTERS_HELD
    size = np.where(mineral_on & chip_on, BOTH, ALONE)
    alone = bars(s).inside * (1.0 - world.relations.member[s.race.bloc])
    dividend = size * (bloc * mineral_on + alone * chip_on)
    return replace(
        world,
        standing=replace(standing, mineral_held=mineral_held, chip_held=chip_held, dividend=dividend),
    )


def _held(before: Array, bar: Array, s: Scenario) -> Array:
    """Quarters above the post; once held it is lost only below the lower mark."""
    mark = np.where(before >= QUARTERS_HELD, s.race.lose, s.race.post)
    return (before + 1.0) * (bar >= mark)


def measured(world: World, s: Scenario, t: Tables) -> World:
    """Both bars for the world as it stands."""
    mineral = total(bars(s).weights * np.sqrt(mineral_covers(world, s, t)))
    chip = np.zeros(world.worlds)
    covers = chip_covers(world, s, t)
    for part, weight in s.race.chips:
        chip = chip + weight * np.sqrt(covers[part])
    return replace(
        world,
        standing=replace(
            world.standing,
            mineral_independence=np.minimum(mineral * mineral, 1.0),
            chip_independence=np.minimum(chip * chip, 1.0),
        ),
    )


def mineral_cover(world: World, s: Scenario, t: Tables, good: int) -> Array:
    """c_g: what the bloc makes from trusted ore, scrap or without any, half of what neutral places ship to it under
    contract, and part of its stock, over its use. (B,)."""
    return np.asarray(mineral_covers(world, s, t)[bars(s).goods.tolist().index(good)])


def mineral_covers(world: World, s: Scenario, t: Tables) -> Array:
    """`mineral_cover` of all minerals of the bar, in its order. (m, B)."""
    b = bars(s)
    bloc = _members(world, s)[:, None]
    made, used = mineral_parts(world, s, t)
    use = np.maximum(total(used * bloc), 1e-9)
    stock = total(world.goods.stockpile.take(b.goods, axis=1) * bloc)
    stock = stock + world.blocs.stock[s.race.bloc].take(b.goods, axis=0)
    own = total(made * bloc) + NEUTRAL_WEIGHT * contracted(world, s, made)
    return clip(own / use + 0.25 * np.minimum(1.0, stock / (4.0 * use)), 0.0, 1.0)


def mineral_parts(world: World, s: Scenario, t: Tables) -> tuple[Array, Array]:
    """What each place makes of each mineral of the bar from trusted ore, and what it uses. (N, m, B) each."""
    b = bars(s)
    made = world.goods.made.take(b.goods, axis=1)
    free = _free_feeds(world, s)
    scrap = b.scrap_cells.total(world.suppliers.output.take(b.scrap, axis=0)).reshape(made.shape)
    for row, feeds in b.fed:
        trusted = free[feeds[0]] if len(feeds) == 1 else 0.5 * (free[feeds[0]] + free[feeds[1]])
        made[:, row] -= (made[:, row] - scrap[:, row]) * (1.0 - trusted)
    trend = t.baseline_need.take(b.goods, axis=1) * t.trend[world.quarter].take(b.goods)[:, None]
    return made, np.maximum(world.goods.reference.take(b.goods, axis=1), trend)


def contracted(world: World, s: Scenario, made: Array) -> Array | float:
    """What neutral places shipped to the bloc under supply clauses, of each mineral of the bar. (m, B).

    Parameters
    ----------
    made : (N, m, B) output from trusted ore: more than it makes so no place can count.
    """
    of = deliveries.supplies(world, s)
    if of is None:
        return 0.0
    b, bloc, rows = bars(s), _members(world, s), of.rows
    row = b.row_of_good[rows.subject]
    neutral = (bloc[rows.giver, rows.world] <= 0.0) & (rows.giver != s.inside)
    some = np.flatnonzero((row >= 0) & neutral & (bloc[rows.taker, rows.world] > 0.0))
    row, giver, w = row[some], rows.giver[some], rows.world[some]
    shipped = rows.quantity[some] * world.clauses.met[rows.slot[some], rows.clause[some], w]
    found = np.zeros(made.shape[1:])
    np.add.at(found, (row, w), np.minimum(shipped, made[giver, row, w]))
    return found


def _members(world: World, s: Scenario) -> Array:
    """1 for who counts in the bloc's bar: its members, and leavers for four quarters. (N, B)."""
    return blocs.counted(world, s.race.bloc)


def _free_feeds(world: World, s: Scenario) -> Array:
    """Share of what each place took of `Bars.feeds` that did not come from the inside place, nor from what its firms
    dig abroad. (f, N, B)."""
    b = bars(s)
    got = world.trade.received.take(b.feeds, axis=1).swapaxes(0, 1)
    from_inside = world.trade.flow.take(b.lanes, axis=0) * b.sold
    if len(b.dug_abroad):
        np.add.at(from_inside, b.dug_feed, world.trade.flow.take(b.dug_abroad, axis=0) * b.dug_share)
    return np.maximum(1.0 - from_inside / np.maximum(got, 1e-9), 0.0)


def chip_covers(world: World, s: Scenario, t: Tables) -> dict[str, Array]:
    """y_k: the inside place's own output that would live on without foreign tools, over its use, by part. (B,) each."""
    n, b, output = s.inside, bars(s), world.lines.output
    alive = alive_share(world, s, t)
    node, logic = world.lines.node.take(b.logic, axis=0).astype(np.int64), output.take(b.logic, axis=0)
    mature = total(logic * (node == 0))
    fine = total(logic * (node == 1)) + total(logic * b.leading.take(node))
    use = np.maximum(world.goods.reference[n], t.baseline_need[n] * t.trend[world.quarter][:, None])
    use[EUV] = np.maximum(use[EUV], 1.0)
    own = own_share(world.goods.made[n], use)
    fine_use = use[LEADING] / s.nodes.h100e[FIRST_EUV_NODE] + FINE_SHARE * use[MATURE]
    packaged, memory = total(output.take(b.packaging, axis=0)), total(output.take(b.memory, axis=0))
    lines = own_share(
        np.array([mature, fine, packaged, memory]), np.array([use[MATURE], fine_use, use[ACCELERATORS], use[HBM]])
    )
    return {
        **dict(zip(("mature_logic", "advanced_logic", "accelerators", "hbm"), lines * alive, strict=True)),
        "process_tools": own[PROCESS_TOOLS],
        "lithography": (1.0 - EUV_SHARE) * own[DUV] + EUV_SHARE * own[EUV],
        "materials": (own[WAFERS] + own[RESIST] + own[QUARTZ]) / 3.0 * (0.5 + 0.5 * alive),
    }


def own_share(own: Array, use: Array) -> Array:
    """Own output over use, at most 1."""
    return np.minimum(own / np.maximum(use, 1e-9), 1.0)


def alive_share(world: World, s: Scenario, t: Tables) -> Array:
    """Share of the inside place's plants that would run after a year without foreign tools and service. (B,)."""
    return np.maximum(1.0 - (1.0 - ALIVE_AT_LEAST) * service_dependence(world, s, t), ALIVE_AT_LEAST)


def service_dependence(world: World, s: Scenario, t: Tables) -> Array:
    """Share of the tools the inside place would take up that come from abroad, less what it could do without. (B,).

    Tools that it asked for and that controls keep from it count, and no less than its usual use: to be starved of tools
    until one asks for fewer is not to live without (rules.md section 3).
    """
    b, n = bars(s), s.inside
    home = total(world.trade.flow[b.tool_lanes, n] * b.own_tool_price)
    wanted = world.trade.received[n] + withheld(world, s).unmet[n]
    usual = np.maximum(world.goods.reference[n], t.baseline_need[n] * t.trend[world.quarter][:, None])
    got = total(np.maximum(wanted, usual).take(b.tools, axis=0) * b.tool_price)
    return (1.0 - home / np.maximum(got, 1e-12)) * (1.0 - world.goods.substitution[n, PROCESS_TOOLS])
