"""What steady seats talk about: kinds of clause in turn, each with the amounts that it would ask for or give."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from game.core.clauses import CLAUSES
from game.core.names import CLASSES, GOODS, TRACKS
from game.core.numeric import Array, Counts, added
from game.core.scenario import Scenario
from game.rules.kept import constants_of
from game.rules.worth_cells import Cells, Pairs
from game.rules.worth_stakes import Stakes

#: Quarters that it signs for.
LENGTH = 8
#: Goods, classes and tracks that it talks about, those that matter most in front.
SUPPLIED = (
    "magnets", "mature_chips", "dytb", "leading_logic", "gallium", "hbm", "resist", "tungsten", "germanium", "wafers",
    "silicon", "fluorine", "neon", "heavy_ore", "ndpr", "quartz",
)  # fmt: skip
QUEUED = ("accelerators", "hbm", "euv", "process_tools", "leading_logic", "magnets", "duv", "resist")
STORED = ("gallium", "dytb", "germanium", "tungsten", "neon", "magnets")
LICENSED = ("node", "separation", "packaging", "memory", "lithography", "design", "photonics", "ai_systems", "power")
QUARRELLED = ("chips", "minerals", "tools", "magnets", "cloud")


class Theme(NamedTuple):
    """A kind of clause about one subject and third place, -1 for none."""

    kind: int
    subject: int
    aimed: int


def _theme(kind: str, subject: int = -1, aimed: int = -1) -> Theme:
    return Theme(CLAUSES.at(kind), subject, aimed)


@constants_of
def themes(s: Scenario) -> tuple[Theme, ...]:
    """Everything that it talks about, in the order in which it does: kinds take turns."""
    rival = _rivals(s)
    rounds: list[list[Theme]] = [
        [_theme("supply", GOODS.at(good)) for good in SUPPLIED],
        [_theme("licence", TRACKS.at(track)) for track in LICENSED],
        [_theme("priority", GOODS.at(good)) for good in QUEUED],
        [_theme("hub", TRACKS.at(track)) for track in LICENSED],
        [_theme("restrain", CLASSES.at(name)) for name in QUARRELLED],
        [_theme("visa"), _theme("compute"), _theme("power")],
        [_theme("stockpile", GOODS.at(good)) for good in STORED],
        [_theme("guarantee"), _theme("platform"), _theme("certify")],
        [_theme("match", CLASSES.at(name), n) for n in rival for name in QUARRELLED[:3]],
        [_theme("guardrails"), _theme("venture"), *(_theme("intelligence", -1, n) for n in rival)],
        [_theme("procurement", GOODS.at(good)) for good in STORED],
        [_theme("no_reexport", CLASSES.at(name)) for name in QUARRELLED[:3]],
    ]
    turns = max(len(row) for row in rounds)
    return tuple(row[turn % len(row)] for turn in range(turns) for row in rounds)


def _rivals(s: Scenario) -> tuple[int, ...]:
    """The seats that the others trust least."""
    seats = list(s.places.seats)
    liked = {n: added(s.trust[n, list(seats), 0]) for n in seats}
    return tuple(sorted(seats, key=lambda n: liked[n])[:2])


def _none(k: Stakes, c: Cells) -> tuple[Array, Array]:
    return np.zeros(1), np.zeros(1)


def _supply(k: Stakes, c: Cells) -> tuple[Array, Array]:
    made = c.at(k.world.goods.made, "gs") * (c.at(k.scenario.sellers.lane[..., None], "gs") >= 0)
    return np.minimum(0.12 * made, 0.3 * c.at(k.need, "ts")), np.ones(1)


def _shared(k: Stakes, c: Cells) -> tuple[Array, Array]:
    budget = k.scenario.places.budget
    return 0.03 * np.minimum(c.at(budget, "g"), c.at(budget, "t")), np.zeros(1)


def _visa(k: Stakes, c: Cells) -> tuple[Array, Array]:
    engineers = k.world.people.engineers
    return np.minimum(0.01 * c.at(engineers, "g"), 0.003 * c.at(engineers, "t")), np.zeros(1)


def _power(k: Stakes, c: Cells) -> tuple[Array, Array]:
    supply = k.world.power.supply
    return np.minimum(0.2 * c.at(supply, "g"), 0.1 * c.at(supply, "t")), np.zeros(1)


def _compute(k: Stakes, c: Cells) -> tuple[Array, Array]:
    w = k.world.compute
    own = w.running * (1.0 - w.foreign)
    return np.minimum(0.1 * c.at(own, "g"), 0.3 * c.at(own, "t")), np.ones(1)


def _stockpile(k: Stakes, c: Cells) -> tuple[Array, Array]:
    return 0.05 * np.minimum(c.at(k.need, "gs"), c.at(k.need, "ts")), np.zeros(1)


def _of(quantity: float, price: float = 0.0) -> Callable[[Stakes, Cells], tuple[Array, Array]]:
    amounts = np.array([quantity]), np.array([price])
    return lambda k, c: amounts


#: Quantity and price that it starts from, for each kind; kinds not named have neither.
AMOUNTS: dict[int, Callable[[Stakes, Cells], tuple[Array, Array]]] = {
    CLAUSES.at(kind): amounts
    for kind, amounts in {
        "supply": _supply, "priority": _of(0.15), "stockpile": _stockpile, "no_reexport": _of(0.6),
        "licence": _of(0.0, 0.001), "hub": _shared, "venture": _shared, "visa": _visa, "platform": _shared,
        "power": _power, "compute": _compute, "restrain": _of(1.0), "match_fee": _of(0.25),
    }.items()
}  # fmt: skip


def pairs(k: Stakes, theme: Theme, givers: Counts, takers: Counts, worlds: slice = slice(None)) -> Pairs:
    """All pairs of givers and takers with the amounts that a theme starts from, in some of the worlds."""
    length = np.array([float(LENGTH)])
    cells = Pairs(
        givers, takers, theme.subject, theme.aimed, np.zeros(1), np.zeros(1), length, k.span(length), worlds
    )  # fmt: skip
    cells.quantity, cells.price = AMOUNTS.get(theme.kind, _none)(k, cells)
    return cells
