"""Offers: everything a seat could order under Invest now, as records that lists and details show."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

from game.core.orders import Order
from game.core.world import World
from game.rules.desk import Desk
from game.ui import theme
from game.ui.kit import NumberRange, Span, Term
from game.ui.main.context import PlayContext
from game.ui.theme import Colour

GROUPS = (
    "Fabs and packaging", "Minerals and materials", "Power", "People", "Compute", "Stocks", "Tools",
    "Stakes abroad",
)  # fmt: skip
FABS, MINERALS, POWER, PEOPLE, COMPUTE, STOCKS, TOOLS, ABROAD = GROUPS
FIRST_MOST, FIRST_OF_A_KIND = 9, 3


@dataclass(frozen=True, slots=True)
class Dose:
    """The amount that an order asks for.

    Attributes
    ----------
    label : str
        What is chosen.
    numbers : NumberRange
        What it may be; `high` is limited by what the seat can pay.
    start : float
        First shown.
    """

    label: str
    numbers: NumberRange
    start: float


@dataclass(frozen=True, slots=True)
class Offer:
    """Something that may be ordered.

    Attributes
    ----------
    key : str
        Stays the same over quarters.
    order : callable
        Amount and chosen option to the order.
    effect : callable
        The order to what it would do, in spans.
    urgency : float
        Sorts the list, highest first.
    options : tuple of (value, text)
        A choice beside the amount, such as the node.
    terms, source : what the tip adds.
    means : str
        What it does in a sentence, for the tip; empty where `sub` says it.
    flag : str
        Flag of a foreign place, shown for the icon.
    goods : tuple of str
        What it is about; of offers alike only the first is among the most pressing.
    idle : callable or None
        Why an order would change nothing; empty where it changes something.
    """

    key: str
    group: str
    title: str
    sub: str
    icon: str
    order: Callable[[float, str], Order]
    effect: Callable[[Order], tuple[Span, ...]]
    colour: Colour = theme.PAX
    figure: str = ""
    under: str = ""
    urgency: float = 0.0
    dose: Dose | None = None
    option_label: str = ""
    options: tuple[tuple[str, str], ...] = ()
    terms: tuple[Term, ...] = ()
    source: str = ""
    means: str = ""
    flag: str = ""
    goods: tuple[str, ...] = ()
    idle: Callable[[Order], str] | None = None


class Forecast:
    """What the rules make of an order before firms answer: the world decided with it against the world without."""

    def __init__(self, play: PlayContext) -> None:
        self._play = play
        self._queue = [queued.order for queued in play.match.queued(play.seat)]
        self._without: World | None = None
        self._last: tuple[Order, World] | None = None

    @property
    def without(self) -> World:
        """The world with the queued orders alone."""
        if self._without is None:
            self._without = self._decided([])
        return self._without

    def with_order(self, order: Order) -> World:
        """The world with the queued orders and this one; the same as `without` where it is refused."""
        if self._last is None or self._last[0] != order:
            self._last = (order, self._decided([order]))
        return self._last[1]

    def _decided(self, more: list[Order]) -> World:
        match = self._play.match
        desk = Desk(match.model.book, match.world)
        for order in [*self._queue, *more]:
            desk.give(self._play.place, order)
        return match.model.book.decided(match.world, desk.orders())


def said(first: str, why: str = "") -> tuple[Span, ...]:
    """What an order does, and on a line of its own why that is useful."""
    spans = [Span(f"{first}.", "secondary", theme.TEXT_2)]
    if why:
        spans.append(Span(f"\n{why}.", "secondary", theme.GOOD))
    return tuple(spans)


def round_step(span: float, steps: int = 40) -> float:
    """A round step (1, 2 or 5 times a power of ten) that cuts `span` into about `steps`."""
    raw = max(span, 1e-9) / steps
    power = 10.0 ** math.floor(math.log10(raw))
    return next(factor * power for factor in (1, 2, 5, 10) if factor * power >= raw * 0.999)


def dose(label: str, most: float, left: float, shown: Callable[[float], str], share: float = 1.0) -> Dose:
    """An amount from one step to `most`, or to what is left; starts at `share` of it."""
    high = max(min(most, left), 0.0)
    step = round_step(max(high, most / 20))
    high = max(high, step)
    return Dose(label, NumberRange(min(step, high), high, step, shown), high * share)


def first_things(offers: list[Offer]) -> list[Offer]:
    """The most pressing offers, at most `FIRST_OF_A_KIND` of a group and one abroad."""
    chosen: list[Offer] = []
    for offer in sorted(offers, key=lambda each: -each.urgency):
        alike = sum(other.group == offer.group for other in chosen)
        same = any(other.goods == offer.goods and offer.goods and other.group == offer.group for other in chosen)
        if alike < (1 if offer.group == ABROAD else FIRST_OF_A_KIND) and not same and len(chosen) < FIRST_MOST:
            chosen.append(offer)
    return chosen


def in_group(offers: list[Offer], group: str) -> list[Offer]:
    """The offers of a group, most pressing first."""
    return sorted((offer for offer in offers if offer.group == group), key=lambda each: -each.urgency)
