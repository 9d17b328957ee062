"""What a point of know-how is worth to a place: in the goods that its plants make, in its compute, in money drawn."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from game.core.names import GOODS, TRACKS
from game.core.numeric import Array, Counts, Grouping, total
from game.core.scenario import Scenario
from game.rules import score
from game.rules.kept import constants_of
from game.rules.nodes import at_node
from game.rules.production import SKILL_GAIN
from game.rules.yields import KIND_TRACKS

if TYPE_CHECKING:
    from game.rules.worth_stakes import Stakes

#: Goods whose suppliers each track serves; foundry lines learn by their own tracks.
TRACK_GOODS = {
    "separation": ("gallium", "germanium", "ndpr", "dytb", "silicon", "tungsten", "fluorine", "neon", "magnets"),
    "lithography": ("duv", "euv", "high_na"), "node": ("wafers", "resist", "quartz", "process_tools"),
    "design": ("accelerators",),
}  # fmt: skip
PHOTONICS, EFFICIENCY, AI_SYSTEMS = TRACKS.at("photonics"), TRACKS.at("power"), TRACKS.at("ai_systems")


class Home(NamedTuple):
    """Lines that stand in their firm's own country."""

    line: Counts
    place: Counts
    track: Counts
    cells: Grouping
    """by place and track"""


@constants_of
def _track_goods(s: Scenario) -> tuple[tuple[int, list[int]], ...]:
    """Goods of each track that has any."""
    return tuple((TRACKS.at(track), [GOODS.at(good) for good in goods]) for track, goods in TRACK_GOODS.items())


@constants_of
def _at_home(s: Scenario) -> Home:
    line = np.flatnonzero(s.lines.home == s.lines.place)
    place, track = s.lines.place[line], np.array(KIND_TRACKS)[s.lines.kind[line]]
    cells = [int(cell) for cell in place * len(TRACKS) + track]
    return Home(line, place, track, Grouping(cells, len(s.place_axis) * len(TRACKS)))


def skill(k: Stakes) -> Array:
    """A point of know-how in each track, in a quarter. (N, T, B)."""
    about, compute = _track_goods(k.scenario), k.world.compute
    by_place = np.zeros_like(k.world.state.knowhow)
    for track, goods in about:
        by_place[:, track] = SKILL_GAIN * total(np.ascontiguousarray(k.made[:, goods].swapaxes(0, 1)))
    by_place += _lines_learning(k)
    by_place *= k.income[:, None]
    at_work = k.compute * compute.running
    by_place[:, PHOTONICS] += at_work * score.LINK_GAIN
    by_place[:, EFFICIENCY] += at_work * SKILL_GAIN * k.dark * 0.5
    by_place[:, AI_SYSTEMS] += compute.private * k.racks * 0.003
    return by_place


def _lines_learning(k: Stakes) -> Array:
    """USD bn a quarter that lines at home would make more of with a point of know-how that they lack. (N, T, B)."""
    s, lines = k.scenario, k.world.lines
    node, good, home = at_node(k.world, s, k.tables), k.tables.line_good, _at_home(s)
    lacking = (k.world.state.knowhow[home.place, home.track] < node.asked[home.line]) / node.asked[home.line]
    more = lines.output[home.line] * k.price[good[home.line]] * lacking
    return home.cells.total(more).reshape(k.world.state.knowhow.shape)
