"""How much the seats have to decide: what their orders are worth to them, best against worst (rules.md R10)."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from agents.alternatives import Alternative, alternatives
from agents.model import ChipRace
from agents.strategies import find
from game.balance.pools import REFERENCE
from game.balance.verdicts import Verdict, within
from game.core.diplomacy import ROUNDS
from game.core.scenario import Scenario
from game.rules.talks import Talks

Floats = NDArray[np.float64]
#: Games looked at, and quarters from one look to the next.
GAMES, EVERY = 2, 4


def agency(s: Scenario, seed: int) -> Verdict:
    """Agency of the weakest seat over that of the median: what `steady` ranks its orders by, in points a quarter."""
    strategy = find(REFERENCE)
    found: dict[str, list[float]] = {seat: [] for seat in s.seats}
    for game in range(GAMES):
        race = ChipRace(s, 1, {}, seed + game)

        def heard(talks: Talks, race: ChipRace = race) -> None:
            if talks.round == ROUNDS and talks.world.quarter % EVERY == 0:
                for seat in s.seats:
                    found[seat].append(reach(alternatives(race.world, race.book, seat, strategy, most=None)))

        race.on_round = heard
        for _ in range(s.quarters):
            race.step()
    return judged({seat: float(np.mean(values)) for seat, values in found.items()})


def judged(by_seat: dict[str, float]) -> Verdict:
    """The verdict on agency by seat."""
    weakest = min(by_seat, key=lambda seat: by_seat[seat])
    median = float(np.median(list(by_seat.values())))
    ratio = by_seat[weakest] / median if median > 0.0 else 0.0
    note = f"{weakest} {by_seat[weakest]:.2f}, median {median:.2f} points a quarter between best and worst order"
    return within("R10", "agency of the weakest seat over the median", ratio, 0.5, float("inf"), note=note)


def reach(found: tuple[Alternative, ...]) -> float:
    """Points a quarter between the best and the worst order that could be given; doing nothing is worth 0."""
    worths = [each.value * float(np.sqrt(_amount(each))) for each in found if each.value == each.value and each.order]
    return max([0.0, *worths]) - min([0.0, *worths])


def _amount(each: Alternative) -> float:
    """USD bn that an order takes, by the root of which its value counts; 1 where it names none."""
    amount = getattr(each.order, "amount", 1.0)
    return max(float(np.ravel(amount)[0]), 0.0)
