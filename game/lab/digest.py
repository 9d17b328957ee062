"""A quarter in a few lines of text: the race, the bottleneck, compute, prices that moved, what struck, contracts.

Used by `run`, by `play` without a display, and by the golden transcripts. Means are over worlds.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from game.core.names import GOODS, LEVELS, quarter_name
from game.core.numeric import Array, total
from game.core.scenario import Scenario
from game.core.world import World
from game.lab.report import often
from game.ledger import contract_lines
from game.rules import bottleneck

#: A price is told when it moved by more than this in the quarter; at most so many are told.
MOVED, MOST_PRICES = 0.10, 4
#: Things of a kind told in a line; the rest is counted.
MOST_TOLD = 6


def digest(before: World, after: World, scenario: Scenario) -> list[str]:
    """Lines on the quarter between two worlds of a game."""
    standing = after.standing
    gate = often(np.asarray(bottleneck.world_gate(after)))
    lines = [
        f"{quarter_name(after.quarter - 1, scenario.first_quarter)}"
        f"  minerals {standing.mineral_independence.mean():6.1%}  chips {standing.chip_independence.mean():6.1%}"
        f"  compute {total(after.compute.installed).mean() / 1000:6.2f} M H100e  bottleneck {gate.replace('_', ' ')}"
        f"  escalation {after.relations.escalation.mean():.1f}"
    ]
    for title, parts in (
        ("prices", _prices(before, after)),
        ("controls", _controls(before, after, scenario)),
        ("opened", _opened(before, after, scenario)),
        ("struck", _struck(after, scenario)),
    ):
        told = list(parts)
        if told:
            more = f"; and {len(told) - MOST_TOLD} more" if len(told) > MOST_TOLD else ""
            lines.append(f"        {title}: {'; '.join(told[:MOST_TOLD])}{more}")
    return [*lines, *(f"        {line}" for line in contract_lines(before, after, scenario))]


def _prices(before: World, after: World) -> Iterator[str]:
    now, then = after.market.price[0].mean(axis=1), before.market.price[0].mean(axis=1)
    moves = now / then - 1.0
    for g in sorted(range(len(GOODS)), key=lambda g: -abs(moves[g]))[:MOST_PRICES]:
        if abs(moves[g]) > MOVED:
            yield f"{GOODS.names[g]} {moves[g]:+.0%} to {now[g]:.2f}"


def _controls(before: World, after: World, scenario: Scenario) -> Iterator[str]:
    """Controls that changed in the first world; goods with the same change for the same places are told together."""
    old, new = before.policy.level[..., 0], after.policy.level[..., 0]
    places = scenario.place_axis.names
    by_good: dict[tuple[int, int, int], list[int]] = {}
    for owner, good, target in zip(*np.nonzero(old != new), strict=True):
        by_good.setdefault((int(owner), int(new[owner, good, target]), int(good)), []).append(int(target))
    alike: dict[tuple[int, int, tuple[int, ...]], list[str]] = {}
    for (owner, level, good), targets in by_good.items():
        alike.setdefault((owner, level, tuple(targets)), []).append(GOODS.names[good])
    for (owner, level, whom), goods in alike.items():
        named = ", ".join(places[t] for t in whom[:3]) + (f" and {len(whom) - 3} more" if len(whom) > 3 else "")
        yield f"{places[owner]} {LEVELS.names[level].replace('_', ' ')} on {', '.join(goods)} for {named}"


def _opened(before: World, after: World, scenario: Scenario) -> Iterator[str]:
    """Plants whose building ended in the first world."""
    for old, new, table in (
        (before.lines, after.lines, scenario.lines),
        (before.suppliers, after.suppliers, scenario.suppliers),
    ):
        grown = (old.building[:, 0] > 0) & (new.capacity[:, 0] > old.capacity[:, 0] * 1.0001)
        for i in np.flatnonzero(grown):
            yield f"{table.titles[i]}"


def _struck(after: World, scenario: Scenario) -> Iterator[str]:
    struck: Array = after.events.struck[..., 0]
    for kind, place in zip(*np.nonzero(struck > 0), strict=True):
        name = scenario.events.axis.names[kind].replace("_", " ")
        yield f"{name} {scenario.place_axis.names[place]} ({struck[kind, place]:.0%})"
