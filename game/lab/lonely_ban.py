"""What a ban of tools bites when one seat sets it alone, and when all that make tools set it (rules.md R5)."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from agents.model import ChipRace
from game.core.names import CLASS_OF_GOOD, CLASSES
from game.core.numeric import total
from game.core.orders import ExportControl
from game.core.scenario import Scenario
from game.files.order_files import ListedOrder
from game.lab.responses import undisturbed
from game.listed import play_quarter
from game.rules import controls

CLASS = "tools"
GOODS_OF_CLASS = [g for g, k in enumerate(CLASS_OF_GOOD) if k == CLASSES.at(CLASS)]
#: Quarters over which deliveries are counted, the quarter of the ban included.
WATCHED = 9


def bites(scenario: Scenario, worlds: int, seed: int, tick: Callable[[int], None]) -> tuple[float, float, str] | None:
    """Shares of its tools that the main exporter's home loses to a lonely ban and to a coalition's, and who bans.

    Every seat holds. None where no seat owns enough of the class to control it.
    """
    calm = undisturbed(scenario)
    owners = _owners(calm, seed)
    if not owners:
        return None
    free, alone, together = (_received(calm, who, worlds, seed, tick) for who in ([], owners[:1], owners))
    note = f"{owners[0]} alone, or {', '.join(owners)}"
    return 1.0 - alone / max(free, 1e-12), 1.0 - together / max(free, 1e-12), note


def _owners(s: Scenario, seed: int) -> list[str]:
    """Seats that may control the class, the one that holds most of it first."""
    race = ChipRace(s, 1, dict.fromkeys(s.seats, "hold"), seed)
    held = controls.holdings(race.world, s)[:, GOODS_OF_CLASS, 0].max(axis=1)
    seats = [n for n in s.places.seats if n != s.inside and held[n] >= s.parameters.controls.class_share]
    return [s.place_axis.names[n] for n in sorted(seats, key=lambda n: -held[n])]


def _received(s: Scenario, owners: Sequence[str], worlds: int, seed: int, tick: Callable[[int], None]) -> float:
    """Worth of the tools that the target received from abroad, mean over worlds, USD bn at opening prices."""
    race = ChipRace(s, worlds, dict.fromkeys(s.seats, "hold"), seed)
    target = s.place_axis.names[s.inside]
    listed = [ListedOrder(0, owner, ExportControl(CLASS, target, "ban")) for owner in owners]
    sold = np.isin(s.sellers.good, GOODS_OF_CLASS) & (s.sellers.place != s.inside)
    price = s.goods.price[s.sellers.good] * sold[:, None]
    worth = 0.0
    for _ in range(WATCHED):
        play_quarter(race, listed)
        worth += float(total(race.world.trade.flow[:, s.inside] * price).mean())
        tick(1)
    return worth
