"""The binding gate of each nation and of the world (definitions.md), in the order of `names.GATES`.

Cover of a gate = most output it would allow over output demanded at this quarter's prices.
"""

from __future__ import annotations

import numpy as np

from game.core.names import GATES, GOODS, LINE_KINDS, MINERALS
from game.core.numeric import Array, Counts, ratio, total
from game.core.scenario import Scenario
from game.core.world import World, replace
from game.rules.kept import constants_of
from game.rules.tables import BITE, Tables
from game.rules.turn import Turn

#: Cover is not followed above this: such a gate is far from binding.
MOST = 4.0
#: Slack below which a gate counts as binding: rounding and the last quarter's luck.
SLACK = 0.005
#: Share of packaging capacity that may stand idle while packaging still counts as what holds the chain back.
IDLE = 0.2
NONE = len(GATES)
ACCELERATORS, LEADING, HBM, WAFERS = (GOODS.at(g) for g in ("accelerators", "leading_logic", "hbm", "wafers"))
#: Gates that stocks of goods show, and the goods.
STOCKED = tuple(
    (GATES.at(gate), np.array([GOODS.at(g) for g in goods]))
    for gate, goods in (
        ("silicon_wafers", ("wafers",)),
        ("lithography", ("euv", "duv")),
        ("process_materials", ("resist", "quartz")),
        ("minerals", (*MINERALS, "magnets")),
        ("hbm", ("hbm",)),
    )
)
(LOGIC_GATE, HBM_GATE, WAFER_GATE, MINERAL_GATE, PACKAGING_GATE, POWER_GATE, STAFF_GATE) = (
    GATES.at(gate)
    for gate in ("logic_capacity", "hbm", "silicon_wafers", "minerals", "packaging", "power", "engineers")
)
CHIP_GOODS = np.array([GOODS.at("leading_logic"), GOODS.at("mature_chips")])
#: The good whose unmet orders stand for each gate before packaging; for minerals those weigh whose lack costs most.
UNMET = np.array([GOODS.at(g) for g in ("wafers", "euv", "resist", "silicon", "leading_logic", "hbm")])
WEIGHED = np.array([GOODS.at(g) for g in ("gallium", "germanium", "silicon")])
#: What a lack of each costs of what is installed, or of the wafers made.
MINERAL_BITE = np.array([[BITE["installation", "gallium"]], [BITE["installation", "germanium"]], [1.0]])
#: Inputs that make accelerators dear, accelerators last, and the gates of the inputs.
DEAR = np.array([LEADING, HBM, WAFERS, ACCELERATORS])
DEAR_GATES = np.array([LOGIC_GATE, HBM_GATE, WAFER_GATE])


@constants_of
def packaging_lines(s: Scenario) -> Counts:
    """Positions of packaging lines."""
    return np.flatnonzero(s.lines.kind == LINE_KINDS.at("packaging"))


def measure(world: World, turn: Turn) -> World:
    """Measure the cover of each gate."""
    return measured(world, turn.scenario, turn.tables)


def measured(world: World, s: Scenario, t: Tables) -> World:
    """The same, for the opening too."""
    goods, trade, power, people = world.goods, world.trade, world.power, world.people
    stocked = _cover(goods.inventory + goods.used, goods.wanted)
    delivered = _cover(trade.received, trade.ordered)
    cover = np.empty((len(GATES), *world.state.cash.shape))
    for gate, names in STOCKED:
        cover[gate] = stocked[:, names[0]] if len(names) == 1 else stocked.take(names, axis=1).min(axis=1)
    cover[LOGIC_GATE] = delivered.take(CHIP_GOODS, axis=1).min(axis=1)
    cover[PACKAGING_GATE] = delivered[:, ACCELERATORS]
    cover[POWER_GATE] = _cover(power.supply * (1.0 - power.outage), power.used / np.maximum(power.factor, 1e-9))
    cover[STAFF_GATE] = _cover(people.engineers, people.needed)
    return replace(world, standing=replace(world.standing, cover=cover, relief=_relief(world, s, t, cover)))


def _cover(there: Array, wanted: Array) -> Array:
    """What is there over what is wanted, between 0 and `MOST`; `MOST` where next to nothing is wanted."""
    cover = np.full(wanted.shape, MOST)
    np.divide(there, wanted, out=cover, where=wanted > 1e-9)
    return np.minimum(cover, MOST, out=cover)


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
    ordered, goods = world.trade.ordered, world.goods
    short, asked = total(np.maximum(ordered - world.trade.received, 0.0)), total(ordered)
    relief = np.zeros((len(GATES), world.worlds))
    relief[: len(UNMET)] = ratio(short.take(UNMET, axis=0), asked.take(UNMET, axis=0))
    relief[MINERAL_GATE] = _mineral_loss(world)
    relief *= short[ACCELERATORS]
    made = goods.made[:, ACCELERATORS]
    lost = _priced_out(world, s, t, total(made))
    relief[DEAR_GATES] += lost[:-1]
    # What dear accelerators put off beyond their dear inputs is the packaging lines' doing, if these are busy.
    put_off = lost[-1] - total(lost[:-1])
    relief[PACKAGING_GATE] += np.maximum(put_off, 0.0) * (_idle_packaging(world, s) < IDLE)
    waiting = np.maximum(goods.inventory[:, ACCELERATORS] - made, 0.0)
    dark = world.compute.installed * (1.0 - world.power.factor)
    relief[POWER_GATE] = total(dark + waiting * (cover[POWER_GATE] < 1.02))
    relief[STAFF_GATE] = total(waiting * (cover[STAFF_GATE] < 1.0))
    return relief


def _idle_packaging(world: World, s: Scenario) -> Array:
    """Share of the world's packaging capacity that stands idle. (B,)."""
    rows = packaging_lines(s)
    capacity = world.lines.capacity.take(rows, axis=0)
    return total(capacity * (1.0 - world.lines.use.take(rows, axis=0))) / np.maximum(total(capacity), 1e-9)


def _priced_out(world: World, s: Scenario, t: Tables, made: Array) -> Array:
    """Accelerators that buyers gave up because one of `DEAR` is dearer than normal: they spend a budget, and lose as
    its cost rises. (4, B)."""
    share = s.goods.price.take(DEAR, axis=0) * t.per_accelerator.take(DEAR)[:, None] / s.goods.price[ACCELERATORS, 0]
    share[-1] = 1.0
    price, normal = world.market.price[0].take(DEAR, axis=0), world.market.normal_price[0].take(DEAR, axis=0)
    dear = np.maximum(price / normal - 1.0, 0.0) * share
    return made * dear / (1.0 + dear)


def _mineral_loss(world: World) -> Array:
    """Largest share by which lack of a mineral held back use, over places that use it. (B,)."""
    wanted = world.goods.wanted.take(WEIGHED, axis=1)
    short = total(wanted * world.goods.scarce.take(WEIGHED, axis=1))
    loss: Array = (MINERAL_BITE * short / np.maximum(total(wanted), 1e-9)).max(axis=0)
    return loss


def world_gate(world: World) -> Counts:
    """The gate whose relief alone would add most compute; `NONE` where nothing is held back. (B,)."""
    relief = world.standing.relief
    installed = total(world.compute.installed)
    most = relief.max(axis=0)
    return np.where(most > 0.0005 * installed, relief.argmax(axis=0), NONE)
