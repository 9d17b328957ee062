"""What the frame of the main screen reads off a world: stocks, fabs, rank, flows. Numbers and words, no widgets.

Own figures are exact; what a seat may not know exactly comes from the `View` it is handed.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from game.core.names import GOODS, LINE_KINDS, NODES
from game.core.numeric import Array
from game.core.scenario import Scenario
from game.core.world import World
from game.explain.words import SEEN, million_words
from game.rules.passing import BAN
from game.view import STRATEGIC, View

NEXT_BEST = tuple(GOODS.at(g) for g in ("wafers", "magnets", "tungsten", "fluorine", "neon", "resist", "quartz"))
"""Goods that take the place of a strategic one that a seat does not use."""
QUARTERS_OF_STOCK_DIAL = 4.0
"""Quarters of use that a full stock-target dial buys for the national stock."""
LOGIC, MEMORY = LINE_KINDS.at("logic"), LINE_KINDS.at("memory")
NODE_BANDS = (
    ("1.4–2 nm", NODES.at("2"), NODES.at("1.4")),
    ("3–5 nm", NODES.at("5"), NODES.at("3")),
    ("7 nm", NODES.at("7"), NODES.at("7")),
    ("12–16 nm", NODES.at("14"), NODES.at("14")),
    ("28 nm +", NODES.at("28"), NODES.at("28")),
)
"""Title, coarsest and finest node of each row of fabs."""


@dataclass(frozen=True, slots=True)
class Stock:
    """One good in the stocks of a seat; quantities in units of the good, shares 0-1, cover in quarters of use."""

    good: str
    industry: float
    national: float
    wanted: float
    cover: float
    required: float
    rival_share: float
    scarce: float
    sellers: tuple[tuple[str, float], ...]
    """(name of the place, share of what was received), largest first; its own output included"""

    @property
    def pressing(self) -> bool:
        """Whether it lacks, or lies below a quarter while most of it comes from the other side."""
        return self.scarce > 0.05 or (self.cover < 1.0 and self.rival_share > 0.5)


def strategic_goods(view: View, place: int, count: int) -> tuple[int, ...]:
    """The goods a seat watches: the strategic ones it uses, others in their place."""
    wanted = view.goods.wanted[place, :, 0]
    used = [g for g in (*STRATEGIC, *NEXT_BEST) if wanted[g] > 1e-9]
    return tuple((used + [g for g in STRATEGIC if g not in used])[:count])


def stock(view: View, s: Scenario, place: int, good: int) -> Stock:
    """The stock of one good as it stands."""
    goods = view.goods
    industry, national = float(goods.inventory[place, good, 0]), float(goods.stockpile[place, good, 0])
    wanted = float(goods.wanted[place, good, 0])
    shares = sellers_of(view, s, place, good)
    other_side = rivals(view, s, place)
    return Stock(
        GOODS.names[good],
        industry,
        national,
        wanted,
        (industry + national) / wanted if wanted > 1e-9 else float("nan"),
        QUARTERS_OF_STOCK_DIAL * float(view.state.dials[place, 1, 0]),
        sum(share for seller, share in shares if seller in other_side),
        float(goods.scarce[place, good, 0]),
        tuple((s.texts.names[seller], share) for seller, share in shares),
    )


def sellers_of(view: View, s: Scenario, place: int, good: int) -> list[tuple[int, float]]:
    """(place, share of what was received last quarter), largest first."""
    rows = np.flatnonzero(s.sellers.good == good)
    flow = view.trade.flow[rows, place, 0]
    whole = float(flow.sum())
    if whole <= 1e-12:
        return []
    found = [(int(s.sellers.place[row]), float(amount) / whole) for row, amount in zip(rows, flow, strict=True)]
    return sorted((pair for pair in found if pair[1] > 0.005), key=lambda pair: -pair[1])


def rivals(view: View, s: Scenario, place: int) -> frozenset[int]:
    """The other side of the race: the inside place, or for itself the members of the bloc."""
    if place != s.inside:
        return frozenset((s.inside,))
    return frozenset(np.flatnonzero(view.relations.member[s.race.bloc, :, 0]).tolist())


@dataclass(frozen=True, slots=True)
class FabRow:
    """The lines of a seat in one band of nodes; capacity in thousand wafer starts a month."""

    title: str
    firms: tuple[str, ...]
    capacity: float
    running: float
    building: float
    soonest: float
    """quarters until the first of what is building opens; 0 with nothing building"""
    die_yield: float
    packaging: bool
    lines: tuple[int, ...]


def fab_rows(view: View, s: Scenario, place: int) -> list[FabRow]:
    """Logic by node, finest first, then memory and packaging; rows with something to show only."""
    at_home = np.flatnonzero(s.lines.place == place)
    node = np.maximum(view.lines.node[:, 0], np.where(view.lines.capacity[:, 0] > 0, 0, s.lines.project_node[:, 0]))
    rows = []
    for title, coarsest, finest in NODE_BANDS:
        band = [int(f) for f in at_home if s.lines.kind[f] == LOGIC and coarsest <= node[f] <= finest]
        rows.append(_fab_row(title, band, view, s, packaging=False))
    for title, kind in (("HBM", MEMORY), ("Packaging", LINE_KINDS.at("packaging"))):
        band = [int(f) for f in at_home if s.lines.kind[f] == kind]
        rows.append(_fab_row(title, band, view, s, packaging=kind != MEMORY))
    return [row for row in rows if row.capacity + row.building > 1e-6]


def _fab_row(title: str, band: list[int], view: View, s: Scenario, *, packaging: bool) -> FabRow:
    lines = view.lines
    capacity, building = lines.capacity[band, 0], lines.building[band, 0]
    active = [f for f in band if lines.capacity[f, 0] + lines.building[f, 0] > 1e-6]
    whole = float(capacity.sum())
    going = [float(lines.left[f, 0]) for f in band if lines.building[f, 0] > 1e-6]
    by_size = sorted(active, key=lambda f: -float(lines.capacity[f, 0] + lines.building[f, 0]))
    return FabRow(
        title,
        tuple(dict.fromkeys(s.lines.titles[f] for f in by_size)),
        whole,
        float((capacity * lines.use[band, 0] * (1.0 - lines.outage[band, 0])).sum()),
        float(building.sum()),
        min(going, default=0.0),
        float((capacity * lines.die_yield[band, 0]).sum()) / whole if whole > 0 else float("nan"),
        packaging,
        tuple(by_size),
    )


def bloc_line(view: View, s: Scenario, place: int) -> str:
    """The agreements a place belongs to, the race's bloc first."""
    member = view.relations.member[:, place, 0] > 0
    order = sorted(np.flatnonzero(member).tolist(), key=lambda x: x != s.race.bloc)
    names = [s.blocs[x][1] for x in order]
    return ", ".join(names) if names else "In no agreement"


def camp(view: View, s: Scenario, place: int) -> str:
    """Where a place stands: "bloc", "rival", "partner", "leaning", "undecided" or "none" (not steered, no lean)."""
    if place == s.inside:
        return "rival"
    if view.relations.member[s.race.bloc, place, 0]:
        return "bloc"
    lead = int(np.flatnonzero(view.relations.member[s.race.bloc, :, 0])[0])
    trust = view.relations.trust[..., 0]
    lean = float(trust[lead, place] - trust[s.inside, place])
    if lean > 0.2:
        return "partner"
    if lean < -0.1:
        return "leaning"
    return "undecided" if place in s.places.seats else "none"


def chip_output(world: World, s: Scenario) -> Array:
    """USD bn a quarter of chips made at each place, at the opening's prices. (N,)."""
    chips = [GOODS.at(g) for g in ("mature_chips", "leading_logic", "hbm", "accelerators")]
    return np.asarray((world.goods.made[:, chips, 0] * s.goods.price[chips, 0]).sum(axis=1))


def grid_reserve(world: World, place: int) -> float:
    """Share of the supply that is not drawn; negative where racks or plants are curtailed."""
    there = float(world.power.supply[place, 0] * (1.0 - world.power.outage[place, 0]))
    wanted = float(world.power.used[place, 0] / max(float(world.power.factor[place, 0]), 1e-9))
    return 1.0 - wanted / there if there > 1e-9 else 0.0


def controls_between(world: World, owner: int, target: int) -> list[tuple[int, int]]:
    """(good, level) of each export control of `owner` on `target`, tightest first."""
    level = world.policy.level[owner, :, target, 0]
    return sorted(((int(g), int(level[g])) for g in np.flatnonzero(level)), key=lambda pair: -pair[1])


def tightest(world: World, owner: int, target: int) -> int:
    """The tightest control of `owner` on `target`; an import refusal counts as a ban."""
    if (world.policy.refusal[owner, :, target, 0] > 0).any():
        return BAN
    return int(world.policy.level[owner, :, target, 0].max())


def rank_of(standings: list[tuple[str, float]], seat: str) -> int:
    """Rank of a seat, 1 for the best."""
    return [code for code, _ in standings].index(seat) + 1


def quarter_words(name: str) -> str:
    """2026Q3 as a reader says it: Q3 2026."""
    return f"{name[4:]} {name[:4]}"


def amount(value: float) -> str:
    """A figure with as many digits as it deserves: 0.64, 7.2, 24, 1,160."""
    size = abs(value)
    if size >= 99.5:
        return f"{value:,.0f}"
    if size >= 9.95 or size == 0:
        return f"{value:.0f}"
    if size < SEEN:
        return "under 0.001"
    return f"{value:.1f}" if size >= 0.95 else f"{value:.2g}"


def thousands(value: float) -> str:
    """A figure given in thousands: 310 k, 13.4 M."""
    if abs(value) < 999.5:
        return f"{amount(value)} k"
    return f"{value / 1000:.1f} M" if abs(value) >= 9995 else f"{value / 1000:.2f} M"


def money(value: float) -> str:
    """USD bn with its sign in front of the dollar: $184 bn, −$0.4 bn, $35 m; what nobody would miss in words."""
    sign, size = "−" if value < 0 else "", abs(value)
    if size >= 0.0995 or size == 0:
        return f"{sign}${amount(size)} bn"
    if size < 0.00095:
        return million_words(size * 1000, "{:.1f}".format)
    return f"{sign}${size * 1000:.0f} m"


def signed(value: float, shown: str) -> str:
    """A change with its sign: +6, −1; empty where it rounds to nothing."""
    if not shown.strip("0.,"):
        return ""
    return ("+" if value > 0 else "−") + shown.lstrip("-−")


def in_words(text: str) -> str:
    """A text of the scenario with its unit spelled out: 20 kwpm are 20 thousand wafers a month."""
    return text.replace("kwpm", "thousand wafers a month")


def ordinal(number: int) -> str:
    """1st, 2nd, 3rd, 4th, 11th, 21st."""
    ending = "th" if 10 <= number % 100 <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"
