"""The binding gate of each nation and of the world (definitions.md), in the order of `names.GATES`.

Cover of a gate = most output it would allow over output demanded at this quarter's prices.
"""

from __future__ import annotations

import numpy as np

from game.core.names import GATES, GOODS, MINERALS
from game.core.numeric import Array, Counts, clip, ratio, total
from game.core.scenario import Scenario
from game.core.world import World, replace
from game.rules.tables import Tables
from game.rules.turn import Turn

#: Cover is not followed above this: such a gate is far from binding.
MOST = 4.0
#: Slack below which a gate counts as binding: rounding and the last quarter's luck.
SLACK = 0.005
#: Share of packaging capacity that may stand idle while packaging still counts as what holds the chain back.
IDLE = 0.2
NONE = len(GATES)


def measure(world: World, turn: Turn) -> World:
    """Measure the cover of each gate."""
    return measured(world, turn.scenario, turn.tables)


def measured(world: World, s: Scenario, t: Tables) -> World:
    """The same, for the opening too."""
    cover = np.full((len(GATES), len(s.place_axis), world.worlds), MOST)
    goods = world.goods
    stocked = _cover(goods.inventory + goods.used, goods.wanted)
    delivered = _cover(world.trade.received, world.trade.ordered)
    for gate, names in (
        (0, ("wafers",)),
        (1, ("euv", "duv")),
        (2, ("resist", "quartz")),
        (3, MINERALS),
        (5, ("hbm",)),
    ):
        for name in names:
            cover[gate] = np.minimum(cover[gate], stocked[:, GOODS.at(name)])
    cover[4] = np.minimum(delivered[:, GOODS.at("leading_logic")], delivered[:, GOODS.at("mature_chips")])
    cover[6] = delivered[:, GOODS.at("accelerators")]
    power = world.power
    cover[7] = _cover(power.supply * (1.0 - power.outage), power.used / np.maximum(power.factor, 1e-9))
    cover[8] = _cover(world.people.engineers, world.people.needed)
    cover = clip(cover, 0.0, MOST)
    return replace(world, standing=replace(world.standing, cover=cover, relief=_relief(world, s, t, cover)))


def _cover(there: Array, wanted: Array) -> Array:
    some = wanted > 1e-9
    return np.where(some, np.minimum(there / np.where(some, wanted, 1.0), MOST), MOST)


def binding(world: World) -> Counts:
    """The gate of least cover below 1 at each place, `NONE` where there is none. (N, B)."""
    cover = world.standing.cover
    least = cover.min(axis=0)
    return np.where(least < 1.0 - SLACK, cover.argmin(axis=0), NONE)


def _relief(world: World, s: Scenario, t: Tables, cover: Array) -> Array:
    """Thousand H100e a quarter that relief of each gate alone would add, summed over places. (Q, B).

    A unit of relief counts to the next gate of the chain: the world's accelerators lost to a gate are its shortfall
    where chips are made, or where they are installed for power and engineers.
    """
    ordered, received = world.trade.ordered, world.trade.received
    acc = GOODS.at("accelerators")
    short, asked = total(np.maximum(ordered - received, 0.0)), total(ordered)
    unmet = ratio(short, asked)
    need = {0: "wafers", 1: "euv", 2: "resist", 5: "hbm", 4: "leading_logic"}
    relief = np.zeros((len(GATES), world.worlds))
    for gate, name in need.items():
        relief[gate] = unmet[GOODS.at(name)]
    made = world.goods.made[:, acc]
    relief[3] = _mineral_loss(world)
    packaging = t.line_place.total(world.lines.capacity * t.packaging * (1.0 - world.lines.use))
    idle = total(packaging) / np.maximum(total(t.line_place.total(world.lines.capacity * t.packaging)), 1e-9)
    chain = relief[:7] * short[acc]
    by_inputs = np.zeros(world.worlds)
    for gate, name in ((4, "leading_logic"), (5, "hbm"), (0, "wafers")):
        lost = _priced_out(world, s, t, GOODS.at(name), total(made))
        chain[gate] += lost
        by_inputs += lost
    # What dear accelerators put off beyond their dear inputs is the packaging lines' doing, if these are busy.
    put_off = _priced_out(world, s, t, acc, total(made)) - by_inputs
    chain[6] += np.where(idle < IDLE, np.maximum(put_off, 0.0), 0.0)
    waiting = np.maximum(world.goods.inventory[:, acc] - made, 0.0)
    dark = world.compute.installed * (1.0 - world.power.factor)
    power_short = cover[7] < 1.02
    staff_short = cover[8] < 1.0
    chain = np.concatenate([chain, total(dark + waiting * power_short)[None], total(waiting * staff_short)[None]])
    return np.maximum(chain, 0.0)


def _priced_out(world: World, s: Scenario, t: Tables, good: int, made: Array) -> Array:
    """Accelerators that buyers gave up because an input is dearer than normal: they spend a budget, and lose as its
    cost rises. (B,)."""
    acc = GOODS.at("accelerators")
    share = 1.0 if good == acc else s.goods.price[good, 0] * t.per_accelerator[good] / s.goods.price[acc, 0]
    market = world.market
    dear = np.maximum(market.price[0, good] / market.normal_price[0, good] - 1.0, 0.0) * share
    return made * dear / (1.0 + dear)


def _mineral_loss(world: World) -> Array:
    """Largest share by which lack of a mineral held back use, over places that use it. (B,)."""
    loss = np.zeros(world.worlds)
    for name in ("gallium", "germanium", "silicon"):
        g = GOODS.at(name)
        asked = total(world.goods.wanted[:, g])
        short = total(world.goods.wanted[:, g] * world.goods.scarce[:, g])
        loss = np.maximum(loss, 0.3 * short / np.maximum(asked, 1e-9))
    return loss


def world_gate(world: World) -> Counts:
    """The gate whose relief alone would add most compute; `NONE` where nothing is held back. (B,)."""
    relief = world.standing.relief
    installed = total(world.compute.installed)
    most = relief.max(axis=0)
    return np.where(most > 0.0005 * installed, relief.argmax(axis=0), NONE)
