"""Recipes as arrays: what each activity draws of each good, for all recipes in one pass (first axis R)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from game.core.names import GOODS, LINE_KINDS
from game.core.numeric import Array, Counts, Grouping
from game.core.scenario import Scenario

#: What recipes feed, in the order in which `RecipeRows.needed` lays it out.
SOURCES = (*GOODS.names, "wafer_starts", "installation")


@dataclass(frozen=True, slots=True)
class Recipe:
    """One input of an activity: `amount` of `good` per unit of it, and how hard its lack bites."""

    activity: str
    good: int
    amount: float
    bite: float
    saved: bool
    """makers use less of it per unit when it is dear (dysprosium per magnet fell by 30-70% after 2011)"""


@dataclass(frozen=True, slots=True)
class RecipeRows:
    """All recipes of a scenario, and the activities (first axis A) that they feed."""

    activities: tuple[str, ...]
    activity: Counts
    """(R,) position among the activities"""
    source: Counts
    """(R,) what the activity makes: a good, or after the goods: wafer starts, then installation"""
    good: Counts
    """(R,)"""
    amount: Array
    """(R, 1, 1)"""
    bite: Array
    """(R, 1, 1)"""
    saved: Counts
    """rows of which makers use less when it is dear"""
    by_activity: Grouping
    """recipes by activity; a last group has none, for what draws nothing"""
    by_good: Grouping
    installation: int
    """position among the activities; A where installing draws nothing"""
    supplier_limit: Counts
    """(S,) where what limits a supplier's output stands in what `allowed` gives: for `pick`"""
    line_limit: Counts
    """(F,) the same for lines: wafer starts limit logic and memory, packaging is limited by its chips"""

    def needed(self, made: Array, wafer_starts: Array, installed: Array) -> Array:
        """What recipes draw for goods made (N, G, B), wafer starts and accelerators installed (N, B). (R, N, B)."""
        done = np.concatenate([made.swapaxes(0, 1), wafer_starts[None], installed[None]])
        drawn = done.take(self.source, axis=0)
        drawn *= self.amount
        return drawn

    def saved_inputs(self, needed: Array, response: Array) -> Array:
        """What recipes draw (R, N, B), given how use answers prices (N, G, B). Changes `needed`."""
        needed[self.saved] *= response.swapaxes(0, 1)[self.good[self.saved]]
        return needed

    def allowed(self, hit: Array) -> Array:
        """Share of each activity that a lack of goods (N, G, B) leaves; 1 for what draws nothing. (A + 1, N, B)."""
        bitten = hit.swapaxes(0, 1)[self.good]
        bitten *= self.bite
        return 1.0 - self.by_activity.largest(bitten)

    def drawn(self, inputs: Array) -> Array:
        """Goods that recipes draw in all. (R, N, B) -> (N, G, B)."""
        return self.by_good.total(inputs).swapaxes(0, 1)

    def worth(self, needed: Array, price: Array) -> Array:
        """Worth of what recipes draw (R, N, B) at prices (N, G, B). (R, N, B)."""
        return needed * price.swapaxes(0, 1).take(self.good, axis=0)


def recipe_rows(recipes: Sequence[Recipe], s: Scenario, draws_inputs: Array) -> RecipeRows:
    """Lay out recipes; a supplier is limited by the inputs of its good, if it draws any (S, 1)."""
    activities = tuple(dict.fromkeys(r.activity for r in recipes))
    none, places = len(activities), len(s.place_axis)
    limits = [activities.index(GOODS.names[g]) if GOODS.names[g] in activities else none for g in s.suppliers.good]
    limit = np.where(draws_inputs[:, 0] > 0, np.array(limits, dtype=np.int64), none)
    packaging = s.lines.kind == LINE_KINDS.at("packaging")
    line_limit = np.where(packaging, activities.index("accelerators"), activities.index("wafer_starts"))
    activity = [activities.index(r.activity) for r in recipes]
    return RecipeRows(
        activities=activities,
        activity=np.array(activity, dtype=np.int64),
        source=np.array([SOURCES.index(r.activity) for r in recipes], dtype=np.int64),
        good=np.array([r.good for r in recipes], dtype=np.int64),
        amount=np.array([r.amount for r in recipes])[:, None, None],
        bite=np.array([r.bite for r in recipes])[:, None, None],
        saved=np.flatnonzero([r.saved for r in recipes]),
        by_activity=Grouping(activity, none + 1),
        by_good=Grouping([r.good for r in recipes], len(GOODS)),
        installation=activities.index("installation") if "installation" in activities else none,
        supplier_limit=limit * places + s.suppliers.place,
        line_limit=line_limit * places + s.lines.place,
    )
