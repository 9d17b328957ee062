"""Random-legal: the lowest rung of the ladder, which knows the law and nothing else.

Its chance is its own: draws are keyed by its seat, the quarter and its treasury, never by the seed of the game, which
no seat knows. So it does the same again in the same world, alone or in a batch.
"""

from __future__ import annotations

import numpy as np

from agents.strategies import Counsel
from game.core.diplomacy import (
    Audit,
    Break,
    Campaign,
    Declare,
    LeaveBloc,
    SafetyStandard,
    Spy,
    Summit,
)
from game.core.names import CLASSES, DIALS, GOODS, LEVELS, MINERALS, POWER_KINDS, TRACKS, USES
from game.core.numeric import Array, Counts, added
from game.core.orders import (
    BuildPower,
    ComputeSplit,
    Dial,
    Equity,
    ExportControl,
    FastTrack,
    Flood,
    Order,
    PriceFloor,
    RefuseImports,
    RelieveCrowding,
    ResearchShare,
    SecondaryRule,
    SovereignCompute,
    Stock,
    Subsidise,
    Visa,
)
from game.core.rng import Seeds, derived, entity_keys, seeds, uniform
from game.core.scenario import Scenario
from game.rules.kept import constants_of

#: Orders tried in a quarter; amounts, in quarters of the seat's budget; shares that settings are put to.
TRIES, AMOUNTS, SHARES = 8, (0.3, 1.0, 3.0), (0.0, 0.5, 1.0)
#: Numbers of contracts that it may break.
CONTRACTS = 60
DRAWS = entity_keys("random_legal", [f"order {i}" for i in range(TRIES)])


class RandomLegal:
    """Tries a few orders drawn at random a quarter; those that the law refuses are not given."""

    name = "random_legal"
    motto = "Any order that the law lets through."

    def decide(self, counsel: Counsel) -> None:
        """Give this quarter's orders."""
        (shares, menus), quarter = _menus(counsel.scenario)[counsel.seat], counsel.view.quarter
        council = counsel.alone
        # The kind is the same in all worlds, which saves time; what is ordered of it is not.
        kinds = np.searchsorted(shares, uniform(seeds(counsel.seat, 1), quarter, DRAWS)[:, 0], side="right")
        draws = uniform(_own_seeds(counsel.view.state.cash[counsel.seat], counsel.seat), quarter, DRAWS)
        for kind, draw in zip(kinds.tolist(), draws, strict=False):
            menu = menus[kind]
            picked: Counts = (draw * len(menu)).astype(np.int64)
            for choice in np.unique(picked).tolist():
                council.attempt(0, menu[choice], picked == choice)


def _own_seeds(cash: Array, seat: int) -> Seeds:
    """Seeds (B,) from what the seat has in its treasury, to the last bit."""
    return derived(np.ascontiguousarray(cash).view(np.uint64), f"random_legal/{seat}")


@constants_of
def _menus(s: Scenario) -> dict[int, tuple[Array, list[list[Order]]]]:
    """What each seat may draw: the odds of the kinds, added up, and orders of each. Every order that there is is as
    likely as any other, so that kinds of many orders come up more."""
    found = {}
    for n in s.places.seats:
        kinds = [kind for kind in _kinds(s, n) if kind]
        many = np.array([float(len(kind)) for kind in kinds])
        found[n] = (np.cumsum(many) / added(many), [_thinned(kind) for kind in kinds])
    return found


def _thinned(kind: list[Order], most: int = 24) -> list[Order]:
    return kind if len(kind) <= most else [kind[i * len(kind) // most] for i in range(most)]


def _kinds(s: Scenario, seat: int) -> list[list[Order]]:
    budget, others = float(s.places.budget[seat, 0]), [c for c in s.seats if c != s.place_axis.names[seat]]
    lines = [name for name, n in zip(s.lines.axis.names, s.lines.place, strict=True) if n == seat]
    suppliers = [name for name, n in zip(s.suppliers.axis.names, s.suppliers.place, strict=True) if n == seat]
    home, classes = [*lines, *suppliers], CLASSES.names[:-1]
    return [
        [Subsidise(p, a * budget) for p in home for a in AMOUNTS],
        [Equity(p, AMOUNTS[0] * budget) for p in s.suppliers.axis.names],
        [FastTrack(p) for p in home],
        [RelieveCrowding(p) for p in lines],
        [PriceFloor(p) for p in suppliers],
        [BuildPower(k, a) for k in POWER_KINDS for a in AMOUNTS],
        [SovereignCompute(a * budget) for a in AMOUNTS],
        [Stock(g, a) for g in MINERALS for a in (10.0, 100.0, 1000.0, -10.0)],
        [Visa(a) for a in AMOUNTS],
        [ExportControl(c, o, level) for c in classes for o in others for level in LEVELS],
        [RefuseImports(c, o) for c in classes for o in others],
        [SecondaryRule(c) for c in classes],
        [Flood(g) for g in GOODS],
        [Dial(d, share) for d in DIALS for share in SHARES],
        [ResearchShare(t, share) for t in TRACKS for share in SHARES],
        [ComputeSplit(u, share) for u in USES for share in SHARES],
        [Declare(c, o, 4) for c in classes for o in others],
        [Spy(o) for o in others],
        [Summit(o) for o in others],
        [Campaign("approval"), Campaign("resolve")],
        [Audit()],
        [SafetyStandard()],
        [LeaveBloc(s.blocs[bloc][0]) for bloc in s.chartered],
        [Break(number) for number in range(1, CONTRACTS)],
    ]
