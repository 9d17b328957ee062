"""For strategies written for one world in plain Python: an adapter that asks them for each world of the batch in turn.

A strategy steers its seat in all worlds of a batch at once, in arrays whose last axis counts worlds. One that is
written for a single world inherits from `OneWorld` and has `decide_world(me)`; it is slower, and plays the same games.
"""

from __future__ import annotations

from collections.abc import Iterable
from math import fsum
from typing import Any

import numpy as np
from numpy.typing import NDArray

from agents.envoys import Envoy
from agents.strategies import Counsel
from game.core.diplomacy import Answer, Propose
from game.core.names import quarter_name
from game.core.orders import Order
from game.explain.deals import worth_of


class Me:
    """A seat in one world: what it sees, as plain numbers, and where it gives orders.

    Parameters
    ----------
    who : the counsel or envoy of the seat for the whole batch.
    w : the world.
    memory : of this seat in this world, kept from quarter to quarter: for the strategy to write in.
    """

    def __init__(self, who: Counsel | Envoy, w: int, memory: dict[str, Any]) -> None:
        self._who, self._w = who, w
        self.memory = memory
        self.position = who.seat
        self.seat = who.scenario.place_axis.names[who.seat]
        self.scenario = who.scenario

    @property
    def quarter(self) -> int:
        """Quarters played so far: 0 in the first."""
        return self._who.view.quarter

    @property
    def quarter_title(self) -> str:
        """Name of the quarter: '2026Q1'."""
        return quarter_name(self.quarter, self.scenario.first_quarter)

    @property
    def money(self) -> float:
        """USD bn that can still be spent this quarter, bonds included; only while deciding."""
        return float(self._counsel.money[self._w])

    @property
    def capital(self) -> float:
        """Political capital left; only while deciding."""
        return float(self._counsel.capital[self._w])

    def see(self, quantity: str) -> NDArray[Any]:
        """A quantity of the world as the seat sees it, all places, without the axis of worlds: `see("market.price")`.

        `pax-silica glossary` lists the quantities with their axes.
        """
        part: Any = self._who.view
        for name in quantity.split("."):
            part = getattr(part, name)
        return np.asarray(part)[..., self._w]

    def own(self, quantity: str) -> Any:
        """The seat's own row of a quantity by place: a number, or a list of numbers: `own("power.used")`."""
        return self.see(quantity)[self.position].tolist()

    def give(self, order: Order) -> bool:
        """Give an order in this world; whether it was accepted."""
        return self._counsel.give(order, self.here).accepted

    def refused(self, order: Order) -> str:
        """Give an order in this world: why it was refused, or an empty text if it was accepted."""
        return self._counsel.give(order, self.here).reason

    def worth(self, proposal: Propose) -> float:
        """Points that a proposal is worth to the seat, over its length."""
        who = self._who
        rows = worth_of(proposal, who.view, who.scenario, who.book.tables, self._w)
        return fsum(row.points for row in rows if row.party == self.seat)

    @property
    def _counsel(self) -> Counsel:
        if not isinstance(self._who, Counsel):
            raise TypeError("orders, money and capital belong to decide_world, not to the talks")
        return self._who

    @property
    def here(self) -> NDArray[np.bool_]:
        """The world among those of the batch. (B,)."""
        where = np.zeros(self._who.view.worlds, dtype=bool)
        where[self._w] = True
        return where


class OneWorld:
    """Base of strategies written for one world. A subclass has a `name`, a `motto` and `decide_world`.

    It may also have `accepts(me, proposal)`, which says whether to sign an offer, and `offers(me)`, which gives the
    proposals to send in the first round of talks; as they stand here, nothing is signed or proposed.
    """

    def __init__(self) -> None:
        self._memories: dict[tuple[int, int], dict[str, Any]] = {}

    def decide_world(self, me: Me) -> None:
        """Give this quarter's orders in one world."""

    def accepts(self, me: Me, proposal: Propose) -> bool:
        """Whether to sign an offer."""
        return False

    def offers(self, me: Me) -> Iterable[Propose]:
        """Proposals for the first round of talks; the first party of each is the seat itself."""
        return ()

    def decide(self, counsel: Counsel) -> None:
        """Decide world by world."""
        for w in range(counsel.view.worlds):
            self.decide_world(self._me(counsel, w))

    def propose(self, envoy: Envoy) -> None:
        """Propose world by world."""
        if envoy.round != 1:
            return
        for w in range(envoy.view.worlds):
            me = self._me(envoy, w)
            for proposal in self.offers(me):
                envoy.propose(proposal, me.here)

    def answer(self, envoy: Envoy) -> None:
        """Answer world by world."""
        for offer, there in envoy.offers():
            for w in np.flatnonzero(there).tolist():
                me = self._me(envoy, w)
                accept = self.accepts(me, envoy.offered(offer, w))
                envoy.answer(Answer(offer, accept, envoy.round), me.here)

    def _me(self, who: Counsel | Envoy, w: int) -> Me:
        return Me(who, w, self._memories.setdefault((who.seat, w), {}))
