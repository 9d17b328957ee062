"""How hard a total ban would bite: share x (1 - substitution) x (1 - cover) x work that needs the gate (rules.md R1).

The window of a control is open while its target builds what needs the gate; it closes as the work is done. Nothing of
the quarter hangs on it: trade and recipes do the biting. It tells seats when, and the record of the most work so far is
all that is kept.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from game.core.names import CLASSES, GOODS, WORKS
from game.core.numeric import Array, Counts, Grouping, clip, ratio
from game.core.scenario import Scenario
from game.core.world import World
from game.rules.kept import constants_of, reading_of
from game.rules.production import TOOL_IN
from game.rules.tables import Tables

#: Quarters ahead that count as soon.
SOON = 4.0
#: Part of a bite that is there whatever is being built.
ALWAYS = 0.25
#: Share of its best yield from which a line no longer ramps, and quarters after which a supplier does not.
RAMPED, RAMP = 0.9, 20.0
#: The work that draws each good; goods not named feed what runs all the time.
WORK_OF_GOOD = {
    "light_ore": "separation", "heavy_ore": "separation", "gallium": "installation", "germanium": "installation",
    "ndpr": "magnet_making", "dytb": "magnet_making", "silicon": "wafer_making", "tungsten": "wafer_starts",
    "fluorine": "wafer_starts", "neon": "wafer_starts", "magnets": "toolmaking", "wafers": "wafer_starts",
    "resist": "wafer_starts", "quartz": "wafer_starts", "process_tools": "tooling", "duv": "tooling",
    "euv": "tooling", "high_na": "tooling", "leading_logic": "packaging", "hbm": "packaging",
    "accelerators": "installation", "cloud": "installation",
}  # fmt: skip
#: What the suppliers of each good are at work on.
WORK_OF_SUPPLIER = {
    "ndpr": "separation", "dytb": "separation", "magnets": "magnet_making", "wafers": "wafer_making",
    "process_tools": "toolmaking", "duv": "toolmaking", "euv": "toolmaking", "high_na": "toolmaking",
}  # fmt: skip
TOOLING, STARTS, PACKAGING, INSTALLATION = (
    WORKS.at(work) for work in ("tooling", "wafer_starts", "packaging", "installation")
)


class Sites(NamedTuple):
    """Which plants are at work on what; rows of lines, then of suppliers."""

    chips: Counts
    """logic and memory lines"""
    packaging: Counts
    suppliers: Counts
    works: Counts
    """what each of these suppliers is at work on"""
    price: Array
    """(suppliers, 1) of what they make"""
    cells: Grouping
    """work by kind and place: chip lines as tooling, again as wafer starts, packaging lines, suppliers"""
    goods: Counts
    """(G,) work that draws each good, -1 for none"""


@constants_of
def sites(s: Scenario) -> Sites:
    """Derive them from a scenario."""
    places = len(s.place_axis)
    chips, packaging = np.flatnonzero(s.lines.kind < 2), np.flatnonzero(s.lines.kind == 2)
    works = {GOODS.at(good): WORKS.at(work) for good, work in WORK_OF_SUPPLIER.items()}
    suppliers = np.flatnonzero(np.isin(s.suppliers.good, list(works)))
    cells = [
        *(TOOLING * places + s.lines.place[chips]),
        *(STARTS * places + s.lines.place[chips]),
        *(PACKAGING * places + s.lines.place[packaging]),
        *(works[int(s.suppliers.good[i])] * places + int(s.suppliers.place[i]) for i in suppliers),
    ]
    return Sites(
        chips=chips,
        packaging=packaging,
        suppliers=suppliers,
        works=np.array([works[int(good)] for good in s.suppliers.good[suppliers]], dtype=np.int64),
        price=s.goods.price[s.suppliers.good[suppliers]],
        cells=Grouping([int(cell) for cell in cells], len(WORKS) * places),
        goods=np.array([WORKS.at(WORK_OF_GOOD[good]) if good in WORK_OF_GOOD else -1 for good in GOODS]),
    )


def work(world: World, s: Scenario, t: Tables, ahead: int = 0) -> Array:
    """W: work under way that needs its gate within four quarters, `ahead` quarters from now. (A, N, B).

    Lines count what opens within four quarters, in kwpm (for tools what tools move into by then), and of what is open
    the part that does not yield yet; suppliers the same in USD bn a quarter; installation a year of purchases of
    accelerators. Looking ahead counts what is begun now and nothing new.
    """
    at = sites(s)
    lines, suppliers, compute = world.lines, world.suppliers, world.compute
    learnt = 1.0
    for _ in range(ahead):
        learnt *= 1.0 - s.parameters.fabs.learning
    left = lines.left - ahead
    begun = lines.building * (left > 0.0)
    ceiling = s.nodes.ceiling.take(lines.node.astype(np.int64))
    ramping = lines.capacity * np.maximum(1.0 - lines.die_yield / ceiling, 0.0) * learnt
    opens = begun * (left <= SOON) + ramping
    moves_in = begun * (left <= SOON + TOOL_IN) + ramping
    rows = at.suppliers
    to_go = suppliers.left.take(rows, axis=0) - ahead
    age = np.minimum(suppliers.age.take(rows, axis=0) + ahead, len(t.positions.ramp) - 1).astype(np.int64)
    young = (1.0 - t.positions.ramp.take(age)) * (suppliers.running * suppliers.capacity).take(rows, axis=0)
    making = (suppliers.building.take(rows, axis=0) * ((to_go > 0.0) & (to_go <= SOON)) + young) * at.price
    under_way = at.cells.total(np.concatenate([moves_in[at.chips], opens[at.chips], opens[at.packaging], making]))
    found = under_way.reshape(len(WORKS), len(s.place_axis), -1)
    found[INSTALLATION] = SOON * compute.private + compute.programme
    return found


@reading_of(
    "lines.building", "lines.left", "lines.node", "lines.capacity", "lines.die_yield", "suppliers.building",
    "suppliers.left", "suppliers.age", "suppliers.running", "suppliers.capacity", "compute.private",
    "compute.programme", "standing.work_peak",
)  # fmt: skip
def windows(world: World, s: Scenario, t: Tables, ahead: int = 0) -> Array:
    """wip: 0.25 where nothing that needs a good is under way, 1 where as much as ever in this game. (G, N, B)."""
    peak = world.standing.work_peak
    kinds = sites(s).goods
    open_ = ALWAYS + (1.0 - ALWAYS) * np.minimum(ratio(work(world, s, t, ahead), peak), 1.0)
    found = open_[kinds]
    found[kinds < 0] = 1.0
    return found


class Bite(NamedTuple):
    """A total ban by one owner, and the factors that make its bite; (G, N, B) each."""

    share: Array
    """of what the target asks for that the owner sells it, or that a secondary rule of the owner reaches"""
    alone: Array
    """1 - substitution"""
    uncovered: Array
    """1 - stock over four quarters of use"""
    window: Array
    """wip"""

    @property
    def size(self) -> Array:
        """Their product."""
        return self.share * self.alone * self.uncovered * self.window


def bite(world: World, s: Scenario, t: Tables, owner: int, ahead: int = 0) -> Bite:
    """What bans of an owner would bite of each good at each target, `ahead` quarters from now."""
    goods = world.goods
    stock = goods.stockpile + 0.25 * goods.inventory
    return Bite(
        _shares(world, s, owner),
        1.0 - goods.substitution.swapaxes(0, 1),
        1.0 - np.minimum(ratio(stock, 4.0 * goods.reference, 1.0), 1.0).swapaxes(0, 1),
        windows(world, s, t, ahead),
    )


def _shares(world: World, s: Scenario, owner: int) -> Array:
    """Part of each target's orders that an owner fills or blocks, itself and through others' use of its technology."""
    own = s.sellers.owned
    asked = world.trade.flow + world.trade.blocked
    asked[np.arange(len(asked)), s.sellers.place] = world.trade.flow[np.arange(len(asked)), s.sellers.place]
    whole = s.sellers.by_good.total(asked)
    mine = np.zeros_like(whole)
    rows = np.flatnonzero(s.sellers.place == owner)
    mine[s.sellers.good[rows]] = asked[rows]
    for row in np.flatnonzero(own.owner == owner):
        bound = world.policy.secondary[owner, own.control_class[row]]
        reach = own.share[row] * s.parameters.controls.secondary_reach * bound
        mine[own.good[row]] += asked[own.seller[row]] * reach
    mine[:, owner] = 0.0
    return clip(ratio(mine, whole), 0.0, 1.0)


def class_bites(bites: Bite, t: Tables) -> Array:
    """The good of each class that would bite most. (C, N, B); people move no goods."""
    found = np.zeros((len(CLASSES), *bites.share.shape[1:]))
    for k, goods in enumerate(t.positions.classes):
        found[k] = bites.size[goods].max(axis=0)
    return found


def after_ban(s: Scenario, size: Array, alone: Array, pressure: Array, quarters: int) -> Array:
    """What is left of bites after `quarters` of a total ban, by what their targets learn; arrays of one shape.

    `alone` is 1 - substitution at the start and `pressure` the quarters that the target has felt already.
    """
    known, d = 1.0 - alone, pressure
    for _ in range(quarters):
        d = d + 1.0
        known = np.minimum(known + learning(s, known, d), 0.95)
    return size * ratio(1.0 - known, alone, 0.0)


def learning(s: Scenario, known: Array, pressure: Array) -> Array:
    """k (1 - sub) min(d, 8) / 4: what a target learns in a quarter of a total ban, felt for `pressure` quarters."""
    return s.parameters.controls.learning * (1.0 - known) * np.minimum(pressure, 8.0) / 4.0


def plants_at_work(world: World, s: Scenario, place: int, kind: int) -> tuple[int, int]:
    """Plants of a kind of work at a place that are under construction and open soon, and that ramp up. First world."""
    at, lines, suppliers = sites(s), world.lines, world.suppliers
    if kind in (TOOLING, STARTS, PACKAGING):
        rows = at.packaging if kind == PACKAGING else at.chips
        rows = rows[s.lines.place[rows] == place]
        soon = SOON + (TOOL_IN if kind == TOOLING else 0.0)
        building = (lines.building[rows, 0] > 0.0) & (lines.left[rows, 0] <= soon)
        ceiling = s.nodes.ceiling[lines.node[rows, 0].astype(np.int64)]
        young = (lines.capacity[rows, 0] > 0.0) & (lines.die_yield[rows, 0] < RAMPED * ceiling)
    else:
        rows = at.suppliers[(s.suppliers.place[at.suppliers] == place) & (at.works == kind)]
        building = (suppliers.building[rows, 0] > 0.0) & (suppliers.left[rows, 0] <= SOON)
        young = (suppliers.capacity[rows, 0] * suppliers.running[rows, 0] > 0.0) & (suppliers.age[rows, 0] < RAMP)
    return int(np.count_nonzero(building)), int(np.count_nonzero(young & ~building))
