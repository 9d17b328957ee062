"""Orders of a file beside the strategies: a listed order is added to what the seat's strategy decides, and wins.

Listed orders are given first, so they have the first call on treasury and political capital. Where a strategy then
speaks of the same thing (the same plant, good and target, dial ...) the listed order stands. A listed proposal has the
first of the seat's two places in its round; a listed answer stands against what the strategy answered.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from agents.faults import StrategyError
from agents.model import ChipRace
from game.core import orders as kinds
from game.core.diplomacy import Words
from game.core.errors import PaxError
from game.core.names import CLASSES, GOODS, quarter_name
from game.core.order_kinds import SPOKEN
from game.core.orders import Order, Orders
from game.core.world import World
from game.files.order_files import ListedOrder
from game.rules import law
from game.rules.book import RuleBook
from game.rules.desk import Desk, Given

OVERRULED = "an order file speaks of it"
#: Fields that name what an order is about, where it is no control, refusal or dial.
_SPEAK_OF = (
    "plant", "plant_kind", "good", "control_class", "target", "contract", "bloc", "event", "aim",
)  # fmt: skip
Subject = tuple[object, ...]


@dataclass(frozen=True, slots=True)
class Refusal:
    """An order of a file that was refused."""

    quarter: int
    seat: str
    order: Order
    reason: str
    worlds: int
    """in how many worlds"""


class ListedDesk(Desk):
    """A desk that keeps listed orders in force against what strategies give after them."""

    def __init__(self, book: RuleBook, world: World) -> None:
        super().__init__(book, world)
        self._listed: dict[int, set[Subject]] = {}
        self._listing = False

    def list_orders(self, listed: Iterable[ListedOrder]) -> list[Refusal]:
        """Give the orders of a file for this quarter; returns those that were refused."""
        refused = []
        for entry in listed:
            given = self.list_order(self.book.scenario.place_axis.at(entry.seat), entry.order)
            if not given.accepted:
                worlds = int(np.count_nonzero(given.codes))
                refused.append(Refusal(entry.quarter, entry.seat, entry.order, given.reason, worlds))
        return refused

    def list_order(self, seat: int, order: Order, where: NDArray[np.bool_] | None = None) -> Given:
        """Give an order of a file in the worlds `where`; in all worlds no strategy speaks of the same thing."""
        self._listing = True
        given = self.give(seat, order, where)
        self._listing = False
        self._listed.setdefault(seat, set()).update(self._subjects(order))
        return given

    def give(self, seat: int, order: Order, where: NDArray[np.bool_] | None = None) -> Given:
        """As `Desk.give`; an order that speaks of what is listed is refused."""
        if not self._listing and self._listed.get(seat, set()) & self._subjects(order):
            return Given(np.full(self.world.worlds, law.SAME, dtype=np.int64), OVERRULED)
        return super().give(seat, order, where)

    def _subjects(self, order: Order) -> set[Subject]:
        """What an order speaks of; two orders with a subject in common speak of one thing."""
        if isinstance(order, kinds.ExportControl | kinds.RefuseImports):
            targets = self._places(order.target)
            return {
                (order.kind, good, place) for good in self._goods(order.control_class, order.good) for place in targets
            }
        values = [getattr(order, name) for name in _SPEAK_OF if hasattr(order, name)]
        if order.kind in kinds.DIAL_KINDS:
            values = [getattr(order, name) for name in ("dial", "track", "use") if hasattr(order, name)]
        return {(order.kind, *values)}

    def _places(self, target: str) -> Sequence[str]:
        scenario = self.book.scenario
        if target == "all":
            return scenario.place_axis.names
        if target == "outsiders":
            member = self.world.relations.member[scenario.race.bloc, :, 0]
            return [name for name, inside in zip(scenario.place_axis, member, strict=True) if not inside]
        return [target]

    def _goods(self, control_class: str, good: str | None) -> Sequence[object]:
        if good is not None:
            return [good]
        members = self.book.tables.good_in_class[CLASSES.at(control_class)]
        return [g for g, belongs in zip(GOODS, members, strict=True) if belongs] or [control_class]


def play_quarter(race: ChipRace, listed: Sequence[ListedOrder]) -> list[Refusal]:
    """Play a quarter with the orders that a file lists for it, talks included; returns the listed ones refused."""
    now = [entry for entry in listed if entry.quarter == race.world.quarter]
    refused = _talk(race, [entry for entry in now if entry.order.kind in SPOKEN])
    orders, more = sealed_with(race, [entry for entry in now if entry.order.kind not in SPOKEN])
    race.advance(orders)
    return refused + more


def _talk(race: ChipRace, said: Sequence[ListedOrder]) -> list[Refusal]:
    """Play the talks; what a file lists is said before a seat's strategy proposes, and after it answers."""
    quarter = race.world.quarter
    if race.book.in_epilogue(race.world):
        return []
    for entry in said:
        if isinstance(entry.order, Words):
            race.say(entry.seat, entry.order, first=True)
    try:
        race.talk()
    except StrategyError as fault:
        raise _named(fault, race, quarter) from fault
    return [
        Refusal(quarter, seat, words, given.reason, int(np.count_nonzero(given.codes)))
        for seat, words, given in race.told
        if not given.accepted
    ]


def _named(fault: StrategyError, race: ChipRace, quarter: int) -> PaxError:
    when = quarter_name(quarter, race.scenario.first_quarter)
    return PaxError(f"strategy of {', '.join(fault.seats)} in {when}: {fault.what}")


def sealed_with(race: ChipRace, listed: Sequence[ListedOrder]) -> tuple[Orders, list[Refusal]]:
    """All seats' orders for the coming quarter, listed ones first; and the listed ones that were refused."""
    quarter = race.world.quarter
    now = [entry for entry in listed if entry.quarter == quarter]
    try:
        if not now:
            return race.sealed_orders(), []
        desk = ListedDesk(race.book, race.world)
        refused = desk.list_orders(now)
        if not race.book.in_epilogue(race.world):
            for nation in race.nations.values():
                nation.decide(desk)
    except StrategyError as fault:
        raise _named(fault, race, quarter) from fault
    return desk.orders(), refused
