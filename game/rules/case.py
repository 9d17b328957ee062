"""What rulings on orders share: the refusals, the case at hand, and small readings of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from game.core.names import Axis
from game.core.numeric import Array
from game.core.orders import Orders
from game.core.scenario import Scenario
from game.core.world import World
from game.rules.tables import Tables

Mask = NDArray[np.bool_]

#: Refusals by position; 0 is acceptance. `{...}` are filled in by the desk.
REFUSALS = (
    "",
    "it costs USD {money:.2f} bn; treasury and unused credit come to {left:.2f} bn",
    "it takes {capital:g} political capital; {capital_left:.1f} is left, and {income:g} more comes each quarter",
    "only a plant at home can have it; {title} is in {place}",
    "there is no room there: nothing more can be built at {title}",
    "nothing is under construction at {title}",
    "a line at {title} can only change within {scope}",
    "a control is open to those who make or design at least {share:.0%} of the world's supply; yours is {held:.1%}",
    "a seat cannot aim it at itself",
    "that is in force already",
    "one standing dial can be changed a quarter; this quarter's change is made",
    "one stock order may take at most {share:.0%} of the flow outside: {most:.4g} {unit}",
    "the national stock holds {held:.4g} {unit}",
    "under licence the exporter refuses sales that lift cover above two quarters",
    "an amount above zero is needed",
    "one order may add at most {most:.2f} GW, a quarter of present supply",
    "a share lies between 0 and 1",
    "only a supplier can have it; {title} is a foundry line",
    "a flood takes more than half of the world's output; yours is {held:.1%}",
    "{title} belongs to a home firm: the list is for foreign ones",
    "only a foundry line can be listed; {title} is a supplier",
    "it has a price floor already, for {quarters:g} quarters more",
    "a new fab begins with {scale:g} thousand wafers a month or not at all; {title} has space for {space:.1f}",
    "its firm gave public money for {title} back: a line there would not pay even so; it looks again in {again}",
    "{site} carries what is being built there: {under_way:.0f} of {carried:.0f} thousand wafers a month",
    "a threat runs for 1 to {most:g} quarters",
    "there is no open threat of that kind to take back",
    "no contract in force has that number, or the seat is no party to it",
    "nothing of the kind struck here a quarter ago; {event} is not to be answered",
    "it leaves {choices} choices, counted from 1",
    "this bloc has no charter: nobody joins or leaves it in the game",
    "it is no member",
    "this bloc stands already; apply to its members",
    "the race is between this bloc and that place: it cannot be a member",
    "a multi-year law is in force already, for {quarters:g} quarters more",
    "a law may lock at most {share:.0%} of the budget, USD {most:.2f} bn a quarter",
    "its firm answers bids for {title}: offer money there first, and lock it when walls stand",
)
(
    FINE, MONEY, CAPITAL, NOT_HOME, NO_ROOM, NOT_BUILDING, NODE_SCOPE, NO_SHARE, SELF, SAME, DIAL_USED, STOCK_LARGE,
    STOCK_EMPTY, STOCK_LICENSED, AMOUNT, POWER_LARGE, SHARE_RANGE, NOT_SUPPLIER, NO_FLOOD, HOME_FIRM, NOT_LINE,
    HAS_FLOOR, SCALE, TURNED_DOWN, NOT_CROWDED, THREAT_LENGTH, NO_THREAT, NO_CONTRACT,
    NOT_STRUCK, NO_CHOICE, NO_BLOC_CHARTER, NO_BLOC_MEMBER, STANDING_BLOC, RACE_RIVAL, LAW_STANDS,
    LAW_LARGE, LAW_BID,
) = range(len(REFUSALS))  # fmt: skip

ORDER_CAPITAL, STEP_UP_CAPITAL = 1.0, 2.0
#: A price floor is signed for this long (rules/construction.py).
FLOOR_QUARTERS = 12


@dataclass(slots=True)
class Ruling:
    """What an order would cost a seat, where it is refused (code by world), and how it is entered."""

    enter: Callable[[Orders, Mask], None]
    refusal: NDArray[np.int64]
    money: Array
    capital: float | Array = ORDER_CAPITAL
    escalation: float | Array = 0.0
    dial: bool = False
    words: dict[str, object] | None = None


@dataclass(frozen=True, slots=True)
class Case:
    """The world and seat that a ruling is made for."""

    world: World
    scenario: Scenario
    tables: Tables
    seat: int

    def codes(self) -> NDArray[np.int64]:
        """No refusal in any world."""
        return np.zeros(self.world.worlds, dtype=np.int64)

    def money(self, amount: float | Array = 0.0) -> Array:
        """An amount for each world."""
        return np.zeros(self.world.worlds) + amount


def each(amount: float | Array, where: Mask) -> float | Array:
    """The amount in each of the worlds `where`: orders of a batch may carry one amount for each world."""
    return amount[where] if isinstance(amount, np.ndarray) and amount.ndim else amount


def needs_amount(codes: NDArray[np.int64], amount: float | Array) -> NDArray[np.int64]:
    """Refuse amounts that are not above zero, where nothing else was refused."""
    lacking = ~(np.asarray(amount) > 0.0)  # written so that no number at all is lacking too
    return np.where((codes == FINE) & lacking, AMOUNT, codes) if lacking.any() else codes


def plant_at(case: Case, plant: str) -> tuple[bool, int]:
    """(whether it is a foundry line, its position); raises PaxError for an unknown id, naming near ones."""
    s = case.scenario
    if plant in s.lines.axis:
        return True, s.lines.axis.at(plant)
    if plant in s.suppliers.axis:
        return False, s.suppliers.axis.at(plant)
    both = Axis("plant", (*s.lines.axis.names, *s.suppliers.axis.names))
    both.at(plant)
    raise AssertionError("an unknown plant was found")


def plant_words(case: Case, plant: str) -> dict[str, object]:
    """Title and place of a plant, for refusals."""
    s = case.scenario
    is_line, i = plant_at(case, plant)
    table = s.lines if is_line else s.suppliers
    return {"title": table.titles[i], "place": s.texts.names[int(table.place[i])]}
