"""Response bands: what a gallium ban on Japan does to prices and leaks, and how the gap closes after it is lifted.

Two runs of the same worlds are compared, every seat on `hold`: one where China bans gallium for Japan in the first
quarter and lifts it four quarters later, and a twin without that ban. Controls that the scenario dates after its
opening are taken out of both.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from agents.model import ChipRace
from game.core.names import GOODS, LEVELS
from game.core.orders import ExportControl
from game.core.scenario import Scenario
from game.files.order_files import ListedOrder
from game.listed import play_quarter

Floats = NDArray[np.float64]
GOOD, TARGET = "gallium", "JPN"
LIFTED_AFTER, WATCHED = 4, 6
OPENS_WITHIN = 3


@dataclass(frozen=True, slots=True)
class Response:
    """One response and its band."""

    name: str
    found: float
    low: float
    high: float
    unit: str
    source: str
    note: str = ""

    @property
    def holds(self) -> bool:
        """Whether it lies in the band."""
        return self.low <= self.found <= self.high


@dataclass(frozen=True, slots=True)
class _Arm:
    ratio: list[Floats]
    """outside over inside price, by quarter, the opening first"""
    leaked: list[Floats]
    blocked: list[Floats]
    refused: str


def responses(scenario: Scenario, worlds: int, seed: int, tick: Callable[[int], None]) -> list[Response]:
    """Play both arms and measure; `tick` is told the quarters played. Empty where the scenario has no such places."""
    if TARGET not in scenario.place_axis:
        return []
    calm = undisturbed(scenario)
    owner = scenario.place_axis.names[scenario.inside]
    before = LEVELS.names[_opening_level(calm)]
    orders = [
        ListedOrder(0, owner, ExportControl("minerals", TARGET, "ban", GOOD)),
        ListedOrder(LIFTED_AFTER, owner, ExportControl("minerals", TARGET, before, GOOD)),
    ]
    banned = _played(calm, orders, worlds, seed, tick)
    twin = _played(calm, [], worlds, seed, tick)
    return _judged(banned, twin)


def undisturbed(scenario: Scenario) -> Scenario:
    """The scenario with the controls of its opening alone: none that the calendar begins, ends or tightens later."""
    kept = [replace(control, until=None) for control in scenario.controls if control.since < 0]
    return replace(scenario, controls=tuple(kept))


def _opening_level(scenario: Scenario) -> int:
    good, target = GOODS.at(GOOD), scenario.place_axis.at(TARGET)
    levels = [
        control.level
        for control in scenario.controls
        if control.owner == scenario.inside
        and good in control.goods
        and target in control.targets
        and control.since < 0
    ]
    return levels[-1] if levels else 0


def _played(scenario: Scenario, listed: list[ListedOrder], worlds: int, seed: int, tick: Callable[[int], None]) -> _Arm:
    race = ChipRace(scenario, worlds, dict.fromkeys(scenario.seats, "hold"), seed)
    good, target = GOODS.at(GOOD), scenario.place_axis.at(TARGET)
    lane = int(scenario.sellers.lane[scenario.inside, good])
    arm = _Arm([_ratio(race, good)], [], [], "")
    refused = []
    for _ in range(LIFTED_AFTER + WATCHED):
        refused += play_quarter(race, listed)
        arm.ratio.append(_ratio(race, good))
        arm.leaked.append(np.array(race.world.trade.leaked[lane, target]))
        arm.blocked.append(np.array(race.world.trade.blocked[lane, target]))
        tick(1)
    return replace(arm, refused="; ".join(r.reason for r in refused))


def _ratio(race: ChipRace, good: int) -> Floats:
    price = race.world.market.price[:, good]
    return np.array(price[0] / price[1])


def _judged(banned: _Arm, twin: _Arm) -> list[Response]:
    peak = max(float(ratio.mean()) for ratio in banned.ratio[1 : OPENS_WITHIN + 1])
    leaked, blocked = (sum(float(x.sum()) for x in part[:LIFTED_AFTER]) for part in (banned.leaked, banned.blocked))
    at_lifting = float((banned.ratio[LIFTED_AFTER] - twin.ratio[LIFTED_AFTER]).mean())
    excess = [float((b - t).mean()) for b, t in zip(banned.ratio, twin.ratio, strict=True)][LIFTED_AFTER + 1 :]
    gone = 1.0 - min(excess) / at_lifting if at_lifting > 0 else 0.0
    twin_peak = max(float(ratio.mean()) for ratio in twin.ratio[1 : OPENS_WITHIN + 1])
    note = banned.refused and f"the order was refused: {banned.refused}"
    return [
        Response(
            "gallium ban on Japan: outside over inside price within 3 quarters", peak, 1.5, 9.0, "ratio",
            "record of the bans of 2023 and 2024 (design notes)", note or f"{twin_peak:.2f} without the ban",
        ),
        Response(
            "gallium ban on Japan: leaked share of blocked flow, first year", leaked / max(blocked, 1e-12), 0.3, 0.6,
            "share", "record of leaks by way of third places (design notes)", note,
        ),
        Response(
            "lifted after 4 quarters: share of the excess ratio gone within 6", gone, 0.5, 10.0, "share",
            "record of lifted bans (design notes)", note or f"excess at lifting {at_lifting:.2f}",
        ),
    ]  # fmt: skip
