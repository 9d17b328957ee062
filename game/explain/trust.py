"""Why one place trusts another as it does: the terms of a quarter, and added up over the quarters of a game.

Trust of a quarter ago, what the record pulls it back to, controls that were felt, contracts kept, words broken: worked
out again from the worlds before and after by the formulas of the rules.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from game.core.scenario import Scenario
from game.core.world import World
from game.rules import pacts, relations, signals

#: What each term is called.
TRUST_WORDS = {
    "record": "what the record shows draws it back",
    "controls": "its controls were felt",
    "breaches": "it broke contracts",
    "bluffs": "a bluff was found out",
    "kept": "contracts were kept",
    "other": "membership, events and bounds",
}


class Change(NamedTuple):
    """One term of a change of trust."""

    name: str
    amount: float
    text: str


def trust_terms(before: World, after: World, s: Scenario, trusting: int, trusted: int) -> list[Change]:
    """What changed the trust of one place in another in a quarter, largest first; first world of the batch."""
    start = float(before.relations.trust[trusted, trusting, 0])
    found = dict.fromkeys(TRUST_WORDS, 0.0)
    now = start * (1.0 - _breached(after, trusting, trusted))
    found["breaches"] = now - start
    felt = float(relations.felt(after, s)[trusted, trusting, 0])
    record = min(float(s.trust[trusted, trusting, 0]), 1.0)
    found["record"] = relations.RECOVERY * (record - now)
    found["controls"] = -relations.TRUST_COST * felt * now
    now += found["record"] + found["controls"]
    found["bluffs"] = -signals.DECEIVED * float(after.signals.exposed[trusted, 0]) * now
    now += found["bluffs"]
    found["kept"] = _kept(before, after, trusting, trusted, now)
    now += found["kept"]
    found["other"] = float(after.relations.trust[trusted, trusting, 0]) - now
    return _ranked(found)


def trust_story(worlds: Iterable[World], s: Scenario, trusting: int, trusted: int) -> list[Change]:
    """The terms of all quarters between worlds of one game, added up; largest first."""
    added = dict.fromkeys(TRUST_WORDS, 0.0)
    for before, after in pairwise(worlds):
        for change in trust_terms(before, after, s, trusting, trusted):
            added[change.name] += change.amount
    return _ranked(added)


def _ranked(found: dict[str, float]) -> list[Change]:
    told = [Change(name, amount, f"{TRUST_WORDS[name]} {amount:+.3f}") for name, amount in found.items()]
    return sorted((c for c in told if abs(c.amount) >= 5e-5), key=lambda c: -abs(c.amount))


def _breached(after: World, trusting: int, trusted: int) -> float:
    """Share of trust lost by contracts that the trusted place broke in the quarter."""
    c = after.contracts
    mine = (c.status[:, 0] == pacts.BROKEN) & (c.breaker[:, 0] == trusted)
    if not mine.any():
        return 0.0
    victim = bool((c.party[mine, trusting, 0] > 0).any())
    return pacts.WITNESS_TRUST + pacts.VICTIM_TRUST * victim


def _kept(before: World, after: World, trusting: int, trusted: int, trust: float) -> float:
    """Trust gained by contracts that both kept through the quarter; those that ran out with it are counted."""
    c = after.contracts
    kept = (c.status[:, 0] == pacts.IN_FORCE) | (c.status[:, 0] == pacts.EXPIRED)
    shared = kept & (c.party[:, trusting, 0] > 0) & (c.party[:, trusted, 0] > 0)
    count = min(float(np.count_nonzero(shared)), 4.0)
    return pacts.KEPT_TRUST * count * max(pacts.TRUST_BY_KEEPING - trust, 0.0) / 0.4
