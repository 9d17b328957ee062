"""Lenses of the map: how each colours the land, what its legend says, and which flows it shows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from game.core.names import CLASS_OF_GOOD, CLASSES, GOODS
from game.core.numeric import Array
from game.core.scenario import Scenario
from game.core.world import World
from game.explain import GOOD_NAMES
from game.ui import theme
from game.ui.main import readings
from game.ui.main.context import PlayContext
from game.ui.map.model import Flow, LandStyle
from game.ui.theme import Colour

LENS_TITLES = ("Alliances", "Chips", "Minerals", "Controls", "Energy")
LEAN_STRIPE, UNDECIDED_LAND, UNDECIDED_STRIPE = (0x86, 0x4C, 0x33), (0x4B, 0x45, 0x35), (0x82, 0x74, 0x45)
ORES = ("light_ore", "heavy_ore")
SHARES = (0.0, 0.01, 0.05, 0.15, 0.30, 0.60)
"""Lower ends of the steps of a share of world output."""
RESERVES = (0.0, 0.05, 0.10, 0.20, 0.35)
"""Upper ends of the steps of a grid reserve, tightest first."""
STRICT, SEVERE = 2, 3
"""Control levels from which a place counts as restricting, and as restricting hard."""
LEAST_FLOW = 0.004
"""Share of the largest flow of its class below which a flow is not drawn."""
NO_MAP = ("ROW",)


@dataclass(frozen=True, slots=True)
class Swatch:
    """One entry of the legend: a patch of land, or a line of flow."""

    name: str
    colour: Colour
    hatch: Colour | None = None
    line: bool = False
    dashed: bool = False


@dataclass(frozen=True, slots=True)
class Lens:
    """What a lens shows."""

    land: dict[str, LandStyle]
    legend: tuple[Swatch, ...]
    flows: tuple[Flow, ...]


CAMPS: dict[str, tuple[str, LandStyle]] = {
    "bloc": ("{bloc}", LandStyle(theme.PAX_LAND, None, theme.PAX)),
    "partner": ("Leans to it", LandStyle(theme.PLUS_LAND, None, theme.PLUS)),
    "rival": ("{rival}", LandStyle(theme.PRC_LAND, None, theme.PRC)),
    "leaning": ("Leans to {rival}", LandStyle(theme.PRC_LEANING_LAND, LEAN_STRIPE, (0xB0, 0x6A, 0x4A))),
    "undecided": ("Undecided", LandStyle(UNDECIDED_LAND, UNDECIDED_STRIPE, theme.UNDECIDED)),
    "none": ("", LandStyle(theme.NEUTRAL_LAND)),
}
FLOW_KINDS = (
    ("Chips", theme.CHIP, ("chips",), 10),
    ("Minerals", theme.MINERAL, ("minerals", "magnets"), 8),
    ("Tools", theme.TOOL, ("tools",), 6),
)
"""Title, colour, control classes and number of lines of each kind of flow."""


def lens_of(play: PlayContext) -> Lens:
    """The lens that is chosen, for the world as the player sees it."""
    return LENSES[play.lens](play)


def _codes(s: Scenario) -> Sequence[str]:
    return s.place_axis.names


def alliances(play: PlayContext) -> Lens:
    """Members of the race's bloc, its rival, and where the others lean."""
    s, view = play.match.scenario, play.seen
    camps = [readings.camp(view, s, n) for n in range(len(s.place_axis))]
    land = {code: CAMPS[camp][1] for code, camp in zip(_codes(s), camps, strict=True)}
    words = {"bloc": s.blocs[s.race.bloc][1], "rival": s.texts.names[s.inside]}
    legend = [
        Swatch(title.format(**words), style.colour, style.hatch)
        for camp, (title, style) in CAMPS.items()
        if title and camp in camps
    ]
    flows = mixed_flows(play)
    return Lens(land, (*legend, *_flow_swatches(flows)), flows)


def chips(play: PlayContext) -> Lens:
    """Share of the world's chip output by value."""
    output = readings.chip_output(play.seen, play.match.scenario)
    flows = flows_of(play, [g for g in range(len(GOODS)) if _class(g) == "chips"], theme.CHIP, 20)
    return _shares(play, output, "of chip output, by value", flows)


def minerals(play: PlayContext) -> Lens:
    """Share of the world's output of the chosen good."""
    good = GOODS.at(play.good)
    flows = flows_of(play, [good], _colour_of(good), 20)
    return _shares(play, play.seen.goods.made[:, good, 0], f"of {GOOD_NAMES[play.good]} output", flows)


def _shares(play: PlayContext, output: Array, what: str, flows: tuple[Flow, ...]) -> Lens:
    s = play.match.scenario
    whole = max(float(output.sum()), 1e-12)
    land = {code: share_style(float(output[n]) / whole) for n, code in enumerate(_codes(s))}
    titles = ("below 1%", "1–5%", "5–15%", "15–30%", "30–60%", f"above 60% {what}")
    legend = [Swatch(title, colour) for title, colour in zip(titles, theme.VIRIDIS, strict=True)]
    return Lens(land, (*legend, *_flow_swatches(flows)[-1:]), flows)


def share_style(share: float) -> LandStyle:
    """Colour of a share of world output; plain land for none."""
    if share <= 1e-6:
        return LandStyle(theme.NEUTRAL_LAND)
    step = max(number for number, least in enumerate(SHARES) if share >= least)
    return LandStyle(theme.VIRIDIS[step], None, theme.VIRIDIS[step])


def controls(play: PlayContext) -> Lens:
    """Who restricts exports to the player, and whom the player restricts."""
    s, view, n = play.match.scenario, play.seen, play.place
    land = {}
    for other, code in enumerate(_codes(s)):
        against, by_you = readings.tightest(view, other, n), readings.tightest(view, n, other)
        land[code] = control_style(against, by_you) if other != n else LandStyle(theme.SEGMENT, None, theme.ACCENT)
    legend = (
        Swatch("Restricts you hard", theme.PRC_LAND),
        Swatch("by licence", theme.PRC_LEANING_LAND),
        Swatch("You restrict it", theme.PAX_LAND),
        Swatch("Both", theme.PRC_LAND, theme.PAX),
        Swatch("No control", theme.NEUTRAL_LAND),
        Swatch("Blocked", theme.BLOCKED, line=True, dashed=True),
    )
    return Lens(land, legend, blocked_flows(play, 8))


def control_style(against: int, by_you: int) -> LandStyle:
    """Colour of a place by the tightest control each way."""
    stripes = theme.PAX if by_you >= STRICT else None
    if against >= SEVERE:
        return LandStyle(theme.PRC_LAND, stripes, theme.PRC)
    if against >= STRICT:
        return LandStyle(theme.PRC_LEANING_LAND, stripes, theme.PRC)
    return LandStyle(theme.PAX_LAND, None, theme.PAX) if stripes else LandStyle(theme.NEUTRAL_LAND)


def energy(play: PlayContext) -> Lens:
    """Grid reserve: the share of supply that could still be drawn; the tightest grids are the brightest."""
    s, view = play.match.scenario, play.seen
    land = {}
    for n, code in enumerate(_codes(s)):
        step = sum(readings.grid_reserve(view, n) >= least for least in RESERVES)
        colour = theme.VIRIDIS[len(RESERVES) - step]
        land[code] = LandStyle(colour, None, colour) if n in s.places.seats else LandStyle(theme.NEUTRAL_LAND)
    titles = ("curtailed", "0–5%", "5–10%", "10–20%", "20–35%", "above 35% grid reserve")
    return Lens(land, tuple(Swatch(t, c) for t, c in zip(titles, reversed(theme.VIRIDIS), strict=True)), ())


LENSES = {
    "alliances": alliances,
    "chips": chips,
    "minerals": minerals,
    "controls": controls,
    "energy": energy,
}


# --- flows


def _class(good: int) -> str:
    return CLASSES.names[CLASS_OF_GOOD[good]]


def _colour_of(good: int) -> Colour:
    name = _class(good)
    return next((colour for _, colour, classes, _ in FLOW_KINDS if name in classes), theme.CHIP)


def values(world: World, s: Scenario, amounts: Array, goods: Sequence[int]) -> Array:
    """USD bn a quarter from seller place to buyer, of some goods together. (N, N)."""
    whole = np.zeros((len(s.place_axis), len(s.place_axis)))
    for row in np.flatnonzero(np.isin(s.sellers.good, goods)):
        good, place = int(s.sellers.good[row]), int(s.sellers.place[row])
        region = 1 if place == s.inside else 0
        whole[place] += amounts[row, :, 0] * s.goods.price[good, 0] * world.market.price[region, good, 0]
    np.fill_diagonal(whole, 0.0)
    hidden = [n for n, code in enumerate(_codes(s)) if code in NO_MAP]
    whole[hidden] = whole[:, hidden] = 0.0
    return whole


def flows_of(play: PlayContext, goods: Sequence[int], colour: Colour, count: int) -> tuple[Flow, ...]:
    """The largest flows of some goods; those of the player's own place come first."""
    s = play.match.scenario
    value = values(play.seen, s, play.seen.trade.flow, goods)
    largest = float(value.max())
    if largest <= 1e-9:
        return ()
    own = np.zeros_like(value)
    own[play.place] = own[:, play.place] = 1.0
    order = np.argsort(-(value * (1.0 + 3.0 * own)), axis=None)[:count]
    codes, flows = _codes(s), []
    for start, end in zip(*np.unravel_index(order, value.shape), strict=True):
        share = float(value[start, end]) / largest
        if share > LEAST_FLOW:
            flows.append(Flow(codes[start], codes[end], colour, share**0.5))
    return tuple(flows)


def blocked_flows(play: PlayContext, count: int) -> tuple[Flow, ...]:
    """The largest flows that controls stop at least half of, by value; the player's own first."""
    s, trade = play.match.scenario, play.seen.trade
    codes, found = _codes(s), []
    for _, colour, classes, _ in FLOW_KINDS:
        goods = [g for g in range(len(GOODS)) if _class(g) in classes and GOODS.names[g] not in ORES]
        stopped = values(play.seen, s, trade.blocked, goods)
        passed = values(play.seen, s, trade.flow, goods)
        largest = max(float(stopped.max()), 1e-12)
        for start, end in np.argwhere((stopped > passed) & (stopped > 0.02 * largest)):
            own = 2.0 if play.place in (start, end) else 0.0
            weight = float(stopped[start, end]) / largest
            found.append((own + weight, Flow(codes[start], codes[end], colour, weight**0.5, blocked=True)))
    found.sort(key=lambda pair: -pair[0])
    pairs: dict[tuple[str, str], Flow] = {}
    for _, flow in found:
        pairs.setdefault((flow.start_place, flow.end_place), flow)
    return tuple(list(pairs.values())[:count])


def mixed_flows(play: PlayContext) -> tuple[Flow, ...]:
    """The largest flows of each kind, and what is blocked."""
    flows: list[Flow] = []
    for _, colour, classes, count in FLOW_KINDS:
        goods = [g for g in range(len(GOODS)) if _class(g) in classes and GOODS.names[g] not in ORES]
        flows += flows_of(play, goods, colour, count)
    return (*flows, *blocked_flows(play, 4))


def _flow_swatches(flows: Sequence[Flow]) -> list[Swatch]:
    seen = {flow.colour for flow in flows if not flow.blocked}
    swatches = [Swatch(title, colour, line=True) for title, colour, _, _ in FLOW_KINDS if colour in seen]
    if any(flow.blocked for flow in flows):
        swatches.append(Swatch("Blocked", theme.BLOCKED, line=True, dashed=True))
    return swatches
