"""What a seat lacks most: how pressing each good and each gate is, so that lists can show the useful first.

This only sorts and labels; what an order does is up to the rules.
"""

from __future__ import annotations

import numpy as np

from game.core.names import GATES, GOODS
from game.explain import GATE_NAMES, GOOD_NAMES
from game.rules import bottleneck
from game.ui.main.context import PlayContext

#: Goods whose lack makes up a gate.
GATE_OF_GOOD = {
    "wafers": "silicon_wafers", "euv": "lithography", "duv": "lithography", "resist": "process_materials",
    "quartz": "process_materials", "hbm": "hbm", "leading_logic": "logic_capacity", "mature_chips": "logic_capacity",
    "accelerators": "packaging",
}  # fmt: skip
LOW_COVER = 2.0


class Need:
    """How pressing goods and gates are for the player's seat, at the present quarter."""

    def __init__(self, play: PlayContext) -> None:
        self.world = play.seen
        self.place = play.place
        s = play.match.scenario
        self.region = int(s.region()[play.place])
        self.gates = self.world.standing.cover[:, play.place, 0]
        self.own_gate = int(bottleneck.binding(self.world)[play.place, 0])
        self.world_gate = int(bottleneck.world_gate(self.world)[0])
        in_bloc = bool(self.world.relations.member[s.race.bloc, play.place, 0])
        self._pressing: dict[int, float] = {}
        self.race = {int(g): float(weight) for g, weight in s.race.minerals} if in_bloc else {}

    def gate(self, name: str) -> float:
        """How pressing a gate is: above 2 where it binds the seat."""
        k = GATES.at(name)
        cover = float(self.gates[k])
        pressing = 2.5 - cover if k == self.own_gate else max(0.0, 1.4 - cover)
        return pressing + (0.8 if k == self.world_gate else 0.0)

    def good(self, g: int) -> float:
        """How pressing a good is, from shortage, cover, price, foreign controls and the race."""
        if g not in self._pressing:
            self._pressing[g] = self._weighed(g)
        return self._pressing[g]

    def _weighed(self, g: int) -> float:
        goods = self.world.goods
        wanted = float(goods.wanted[self.place, g, 0])
        price = float(self.world.market.price[self.region, g, 0])
        pressing = 2.0 * self.race.get(g, 0.0) + 0.25 * min(max(price - 1.0, 0.0), 4.0)
        if wanted > 1e-9:
            pressing += 3.0 * float(goods.scarce[self.place, g, 0])
            pressing += max(0.0, 1.0 - self.cover(g) / LOW_COVER)
            pressing += 0.5 * bool((self.world.policy.level[:, g, self.place, 0] >= 2).any())
        name = GOODS.names[g]
        return pressing + (0.5 * self.gate(GATE_OF_GOOD[name]) if name in GATE_OF_GOOD else 0.0)

    def cover(self, g: int) -> float:
        """Quarters of use that stocks last, at most 99."""
        goods = self.world.goods
        held = float(goods.inventory[self.place, g, 0] + goods.stockpile[self.place, g, 0])
        return float(np.minimum(held / max(float(goods.wanted[self.place, g, 0]), 1e-9), 99.0))

    def why_good(self, g: int) -> str:
        """What makes a good pressing, in a few words; empty where nothing does."""
        goods = self.world.goods
        if float(goods.wanted[self.place, g, 0]) > 1e-9:
            scarce = float(goods.scarce[self.place, g, 0])
            if scarce > 0.02:
                return f"You lack {scarce:.0%} of your {GOOD_NAMES[GOODS.names[g]]}"
            if self.cover(g) < LOW_COVER:
                return f"Your {GOOD_NAMES[GOODS.names[g]]} lasts {self.cover(g):.1f} q"
        if g in self.race:
            return f"Counts {self.race[g]:.0%} in the bloc's mineral bar"
        return ""

    def why_gate(self, name: str) -> str:
        """Whether a gate binds the seat or the world; empty where it binds neither."""
        if GATES.at(name) == self.own_gate:
            return f"Your bottleneck is {GATE_NAMES[name]}"
        return f"The world's bottleneck is {GATE_NAMES[name]}" if GATES.at(name) == self.world_gate else ""
