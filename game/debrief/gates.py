"""Where the bottleneck was, quarter by quarter, and who owned what was scarce."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from game.core.names import GATES, GOODS, LINE_KINDS, MINERALS
from game.core.numeric import Array
from game.core.scenario import Scenario
from game.core.world import World
from game.debrief.records import Stretch
from game.explain.words import GATE_NAMES, GOOD_NAMES
from game.rules import bottleneck

#: The good that stands for a gate, made by who owns it; minerals are looked up, power and people nobody sells.
_GOODS = {
    "silicon_wafers": "wafers", "lithography": "euv", "process_materials": "resist", "logic_capacity": "leading_logic",
    "hbm": "hbm", "packaging": "accelerators",
}  # fmt: skip
NOTHING = "nothing"


def stretches_of(worlds: Sequence[World], s: Scenario) -> tuple[Stretch, ...]:
    """Runs of quarters with the same gate. `worlds`: the opening, then the end of each; first world of the batch."""
    gates = [int(bottleneck.world_gate(world)[0]) for world in worlds[1:]]
    found: list[Stretch] = []
    first = 0
    for q in range(1, len(gates) + 1):
        if q == len(gates) or gates[q] != gates[first]:
            found.append(_stretch(gates[first], first, q - 1, worlds[first + 1 : q + 1], s))
            first = q
    return tuple(found)


def _stretch(gate: int, first: int, last: int, worlds: Sequence[World], s: Scenario) -> Stretch:
    if gate == bottleneck.NONE:
        return Stretch(NOTHING, first, last, "", 0.0, "", 0.0)
    key = GATES.names[gate]
    relief = float(np.mean([world.standing.relief[gate, 0] for world in worlds]))
    middle = worlds[len(worlds) // 2]
    if key in ("power", "engineers"):
        waiting = _waiting(middle)
        place = int(np.argmax(waiting))
        share = float(waiting[place] / max(float(waiting.sum()), 1e-9))
        return Stretch(GATE_NAMES[key], first, last, s.place_axis.names[place], share, "", relief)
    good = _scarcest_mineral(middle) if key == "minerals" else GOODS.at(_GOODS[key])
    made = middle.goods.made[:, good, 0]
    owner = int(np.argmax(made))
    share = float(made[owner] / max(float(made.sum()), 1e-9))
    words = f"{GATE_NAMES[key]} ({GOOD_NAMES[GOODS.names[good]]})" if key == "minerals" else GATE_NAMES[key]
    return Stretch(words, first, last, s.place_axis.names[owner], share, _firm(middle, s, good, owner), relief)


def _waiting(world: World) -> Array:
    """Thousand H100e that stand dark or uninstalled, by place. (N,)."""
    accelerators = GOODS.at("accelerators")
    dark = world.compute.installed * (1.0 - world.power.factor)
    unused = np.maximum(world.goods.inventory[:, accelerators] - world.goods.made[:, accelerators], 0.0)
    return (dark + unused)[:, 0]


def _scarcest_mineral(world: World) -> int:
    """The mineral of which most is lacking, by what it is worth at the market."""
    rows = [int(g) for g in MINERALS]
    lack: Array = (world.goods.wanted * world.goods.scarce)[:, rows, 0].sum(axis=0) * world.market.price[0, rows, 0]
    return rows[int(np.argmax(lack))]


def _firm(world: World, s: Scenario, good: int, place: int) -> str:
    """The firm that makes most of a good at a place; empty where no plant of ours makes it."""
    kind = {"leading_logic": "logic", "hbm": "memory", "accelerators": "packaging"}.get(GOODS.names[good])
    table: Any = s.suppliers if kind is None else s.lines
    output = (world.suppliers if kind is None else world.lines).output[:, 0]
    ours = table.good == good if kind is None else table.kind == LINE_KINDS.at(kind)
    rows = np.flatnonzero(ours & (table.place == place))
    return str(table.titles[int(rows[np.argmax(output[rows])])]) if len(rows) else ""
