"""Where sealed orders of one quarter are given: checked against law, treasury and political capital, and entered.

A refused order changes nothing; its reason says what would make it possible.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from game.core.moves import Moves
from game.core.numeric import Array, total
from game.core.orders import Order, Orders
from game.core.world import Small, World, replace
from game.rules import law, score
from game.rules.book import RuleBook
from game.rules.room import line_room, supplier_room


@dataclass(frozen=True, slots=True)
class Given:
    """What became of an order: refusal code by world, and the reason in the first world that refused it."""

    codes: NDArray[np.int64]
    reason: str

    @property
    def accepted(self) -> bool:
        """Whether every world that was asked accepted it."""
        return not self.reason


class Desk:
    """Takes orders of all seats for one quarter.

    Parameters
    ----------
    book : the rules.
    world : the world that the seats decide on.
    """

    def __init__(self, book: RuleBook, world: World) -> None:
        self.book = book
        self.world = world
        lines, suppliers = len(book.scenario.lines.axis), len(book.scenario.suppliers.axis)
        #: Subsidies of every plant, lines first: one array, of which the orders have the two parts. (F + S, B).
        self.subsidies = np.zeros((lines + suppliers, world.worlds))
        blank = book.orders(world.worlds)
        self._orders = replace(blank, subsidy_line=self.subsidies[:lines], subsidy_supplier=self.subsidies[lines:])
        #: Where a seat has set the dial of this quarter. (N, B).
        self.dial_used = np.zeros((len(book.scenario.place_axis), world.worlds), dtype=bool)
        self.money_left = np.maximum(world.state.cash + book.scenario.places.credit, 0.0)
        self.capital_left = world.state.capital.copy()

    @cached_property
    def dependences(self) -> Array:
        """`score.dependences`: of it a seat may know its own column, for which its own stock is all that is hidden."""
        return score.dependences(self.world, self.book.scenario)

    @cached_property
    def plant_room(self) -> Array:
        """What can still be ordered at each plant, lines first, then suppliers. (F + S, B)."""
        s = self.book.scenario
        return np.concatenate([line_room(self.world, s), supplier_room(self.world, s)])

    @cached_property
    def under_way(self) -> Array:
        """Capacity under construction at each plant, lines first, then suppliers. (F + S, B)."""
        return np.concatenate([self.world.lines.building, self.world.suppliers.building])

    @property
    def choices(self) -> Small:
        """Answers to events given so far, to be written in. (V, N, B)."""
        return self._orders.choices(len(self.book.scenario.events.axis))

    @property
    def moves(self) -> Moves:
        """Orders of statecraft given so far, to be written in."""
        return self._orders.statecraft(self.world)

    def give(self, seat: int, order: Order, where: NDArray[np.bool_] | None = None) -> Given:
        """Give one order for a seat, in the worlds `where` (all unless said).

        Raises
        ------
        PaxError
            If it names a plant, good, place or level that does not exist.
        """
        ruling = law.ruling(law.Case(self.world, self.book.scenario, self.book.tables, seat), order)
        asked = np.ones(self.world.worlds, dtype=bool) if where is None else where
        codes = self._checked(seat, ruling)
        taken = asked & (codes == law.FINE)
        if taken.any():
            ruling.enter(self._orders, taken)
            self._book_costs(seat, ruling, taken)
        refused = np.flatnonzero(asked & ~taken)
        reason = self._reason(seat, ruling, int(codes[refused[0]]), int(refused[0])) if len(refused) else ""
        return Given(np.where(asked, codes, law.FINE), reason)

    def cost(self, seat: int, order: Order) -> tuple[float, float]:
        """Money (USD bn) and political capital that an order would take, in the first world."""
        ruling = law.ruling(law.Case(self.world, self.book.scenario, self.book.tables, seat), order)
        return float(ruling.money[0]), float(np.ravel(ruling.capital)[0])

    def _checked(self, seat: int, ruling: law.Ruling) -> NDArray[np.int64]:
        codes = ruling.refusal
        if ruling.dial:
            codes = np.where((codes == law.FINE) & self.dial_used[seat], law.DIAL_USED, codes)
        poor = ruling.money > np.maximum(self.money_left[seat], 0.0) + 1e-9
        if poor.any():
            codes = np.where((codes == law.FINE) & poor, law.MONEY, codes)
        weak = ruling.capital > self.capital_left[seat] + 1e-9
        return np.where((codes == law.FINE) & weak, law.CAPITAL, codes) if weak.any() else codes

    def _book_costs(self, seat: int, ruling: law.Ruling, taken: NDArray[np.bool_]) -> None:
        money = ruling.money * taken
        self.money_left[seat] -= money
        self._orders.money[seat] += money
        if _some(ruling.capital):
            capital = ruling.capital * taken
            self.capital_left[seat] -= capital
            self._orders.capital[seat] += capital
        if _some(ruling.escalation):
            self._orders.escalation[seat] += ruling.escalation * taken
        if ruling.dial:
            self.dial_used[seat] |= taken

    def _reason(self, seat: int, ruling: law.Ruling, code: int, world: int) -> str:
        words = {
            "money": float(ruling.money[world]),
            "left": float(self.money_left[seat, world]),
            "capital": float(np.broadcast_to(ruling.capital, ruling.refusal.shape)[world]),
            "capital_left": float(self.capital_left[seat, world]),
            "income": self.book.scenario.parameters.state.capital,
            **(ruling.words or {}),
        }
        return law.REFUSALS[code].format(**words)

    def orders(self) -> Orders:
        """Everything accepted so far, as arrays."""
        return replace(self._orders)

    def spent(self) -> float:
        """Money that all seats' orders cost in the first world, USD bn."""
        return float(total(self._orders.money)[0])


def _some(amount: float | Array) -> bool:
    """Whether an amount, or that of any world, is not zero; numpy takes long to ask it of one number."""
    return bool(amount.any()) if isinstance(amount, np.ndarray) else amount != 0.0
