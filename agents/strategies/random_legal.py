"""Random-legal: the lowest rung of the ladder, which knows the law and nothing else.

Its chance is its own: draws are keyed by its seat, the quarter and its treasury, never by the seed of the game, which
no seat knows. So it does the same again in the same world, alone or in a batch.
"""

from __future__ import annotations

import numpy as np

from agents.envoys import Envoy
from agents.strategies import Counsel
from game.core.diplomacy import Answer, Audit, Campaign, Declare, SafetyStandard, Spy, Summit
from game.core.names import CLASSES, DIALS, GOODS, LEVELS, MINERALS, POWER_KINDS, TRACKS, USES
from game.core.numeric import Array, Counts
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
TRIES, AMOUNTS, SHARES = 3, (0.05, 0.2, 0.6), (0.1, 0.4, 0.7)
#: Chance that it accepts an offer.
ACCEPTS = 0.5
DRAWS = entity_keys("random_legal", [*(f"order {i}" for i in range(TRIES)), "answer"])


class RandomLegal:
    """Tries a few orders drawn at random a quarter; those that the law refuses are not given."""

    name = "random_legal"
    motto = "Any order that the law lets through."

    def decide(self, counsel: Counsel) -> None:
        """Give this quarter's orders."""
        menus, quarter, council = _menus(counsel.scenario)[counsel.seat], counsel.view.quarter, counsel.alone
        # The kind is the same in all worlds, which saves time; what is ordered of it is not.
        kinds = uniform(seeds(counsel.seat, 1), quarter, DRAWS)[:TRIES, 0] * len(menus)
        draws = uniform(_own_seeds(counsel.view.state.cash[counsel.seat], counsel.seat), quarter, DRAWS)
        for kind, draw in zip(kinds.tolist(), draws, strict=False):
            menu = menus[int(kind)]
            picked: Counts = (draw * len(menu)).astype(np.int64)
            for choice in np.unique(picked).tolist():
                council.attempt(0, menu[choice], picked == choice)

    def answer(self, envoy: Envoy) -> None:
        """Accept half of what is offered, whatever it is."""
        own = _own_seeds(envoy.view.state.cash[envoy.seat], envoy.seat)
        yes = uniform(own, envoy.view.quarter * 2 + envoy.round, DRAWS[-1:])[0] < ACCEPTS
        for offer, there in envoy.offers():
            for accept in (True, False):
                where = there & (yes == accept)
                if where.any():
                    envoy.answer(Answer(offer, accept, envoy.round), where)


def _own_seeds(cash: Array, seat: int) -> Seeds:
    """Seeds (B,) from what the seat has in its treasury, to the last bit."""
    return derived(np.ascontiguousarray(cash).view(np.uint64), f"random_legal/{seat}")


@constants_of
def _menus(s: Scenario) -> dict[int, list[list[Order]]]:
    """What each seat may draw, by kind: names that exist and amounts in reach of its budget."""
    return {n: [_thinned(kind) for kind in _kinds(s, n) if kind] for n in s.places.seats}


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
        [Stock(g, a) for g in MINERALS for a in (1.0, 10.0, -1.0)],
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
    ]
