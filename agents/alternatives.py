"""What a strategy weighed for a seat in a quarter: each thing it could have done, what it held that worth, and why.

Nothing is stored: the strategy is asked again about the same world, so that a save answers as the game did. A strategy
that ranks has `alternatives(counsel)`, for orders, and may have `proposals(envoy)`, for the talks; both in one world.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from agents.envoys import Envoy
from agents.strategies import Counsel, Strategy, decides_with
from game.core.diplomacy import Propose
from game.core.orders import Order
from game.core.world import World, slice_worlds
from game.rules.book import RuleBook
from game.rules.desk import Desk, Given
from game.rules.talks import Talks
from game.view import view

#: Alternatives that are told at most.
MOST = 12


@dataclass(frozen=True, slots=True)
class Alternative:
    """One thing that a seat could do.

    Parameters
    ----------
    matter : what it is an answer to: 'plants', 'power', 'engineers', 'compute', 'event NAME', 'breach', 'talks'.
    order : the order or proposal; None for doing nothing about the matter.
    value : points by which the strategy ranks it, in the sense of `unit`.
    terms : what the value is made of, the largest first: (name, points).
    unit : what the points are, in words.
    given : whether the strategy gave this order.
    """

    matter: str
    order: Order | None
    value: float
    terms: tuple[tuple[str, float], ...] = ()
    unit: str = "points"
    given: bool = False

    @property
    def words(self) -> str:
        """The alternative in one line: as order files write it, its value, and the terms."""
        told = (
            f"{order_line(self.order)}: {self.value:+.3g} {self.unit}" if self.order else f"nothing: {self.value:+.3g}"
        )
        terms = ", ".join(f"{name.replace('_', ' ')} {points:+.3g}" for name, points in self.terms if points)
        return f"{'* ' if self.given else '  '}[{self.matter}] {told}{f' ({terms})' if terms else ''}"


def ranked_terms(terms: dict[str, float]) -> tuple[tuple[str, float], ...]:
    """Terms with the largest first."""
    return tuple(sorted(terms.items(), key=lambda term: (-abs(term[1]), term[0])))


def alternatives(
    world: World, book: RuleBook, seat: str, strategy: Strategy | None, w: int = 0, most: int | None = MOST
) -> tuple[Alternative, ...]:
    """What a strategy weighed for a seat on its orders, best first; orders that it ranks by no value stand at the end.

    Parameters
    ----------
    world : as it stood when orders were given, after the talks.
    book : the rules.
    seat : code of the seat.
    strategy : who steers it; None, a person, ranks nothing.
    w : world of the batch.
    most : how many to tell, those that were given first of all; None for all.
    """
    if strategy is None:
        return ()
    one, position = _one(world, w), book.scenario.place_axis.at(seat)
    given = decided(one, book, seat, strategy)
    found: list[Alternative] = []
    if hasattr(strategy, "alternatives"):
        desk = Desk(book, one)
        counsel = Counsel(view(one, book.scenario, position), desk, position)
        found = [_marked(each, given) for each in strategy.alternatives(counsel)]
    known = [_key(each.order) for each in found if each.order is not None]
    found.sort(key=lambda each: -each.value)
    unranked = [
        Alternative(order.kind, order, float("nan"), (), "not ranked", True)
        for order in given
        if _key(order) not in known
    ]
    return _most(found, most) + tuple(unranked)


def weighed_proposals(
    world: World, book: RuleBook, seat: str, strategy: Strategy | None, w: int = 0, most: int | None = MOST
) -> tuple[Alternative, ...]:
    """What a strategy could propose in the first round of a quarter's talks, best first.

    Parameters
    ----------
    world : as it stood before the talks.
    """
    if strategy is None or not hasattr(strategy, "proposals"):
        return ()
    one, position = _one(world, w), book.scenario.place_axis.at(seat)
    talks = Talks(book, one, 1)
    envoy = Envoy(view(one, book.scenario, position), talks, position)
    found = sorted(strategy.proposals(envoy), key=lambda each: -each.value)
    return _most(found, most)


def decided(world: World, book: RuleBook, seat: str, strategy: Strategy) -> tuple[Order, ...]:
    """The orders that a strategy gives for a seat in a world of one game, that were accepted."""
    desk, position = RecordingDesk(book, world), book.scenario.place_axis.at(seat)
    # A strategy may remember things from quarter to quarter: its copy is asked, not itself.
    _copied(strategy).decide(Counsel(view(world, book.scenario, position), desk, position))
    return tuple(desk.given)


class RecordingDesk(Desk):
    """Remembers the orders that it accepted, with plain numbers for amounts; for one world."""

    def __init__(self, book: RuleBook, world: World) -> None:
        super().__init__(book, world)
        self.given: list[Order] = []

    def give(self, seat: int, order: Order, where: NDArray[np.bool_] | None = None) -> Given:
        """Give an order as at any desk, and remember it."""
        result = super().give(seat, order, where)
        if result.accepted and (where is None or where.any()):
            self.given.append(_plain(order))
        return result


def order_line(order: Order) -> str:
    """An order as order files write it, in one line.

    >>> from game.core.orders import Visa
    >>> order_line(Visa(0.25))
    'visa, thousands: 0.25'
    """
    if isinstance(order, Propose):
        clauses = "; ".join(
            " ".join(_shown(getattr(c, f.name)) for f in fields(c) if getattr(c, f.name)) for c in order.clauses
        )
        return f"propose to {', '.join(order.parties[1:])}: {clauses}"
    parts = [f"{f.name}: {_shown(getattr(order, f.name))}" for f in fields(order) if getattr(order, f.name) is not None]
    return ", ".join([order.kind, *parts])


def told(found: Iterable[Alternative]) -> list[str]:
    """Lines for people; those with a star were given."""
    return [each.words for each in found]


def _one(world: World, w: int) -> World:
    return world if world.worlds == 1 else slice_worlds(world, slice(w, w + 1))


def _copied(strategy: Strategy) -> Any:
    """A fresh one of its kind where that takes no arguments; else the strategy itself."""
    return type(strategy)() if decides_with(strategy) is not type(strategy) else strategy


def _plain(order: Order) -> Order:
    amounts = {
        f.name: float(np.ravel(getattr(order, f.name))[0])
        for f in fields(order)
        if isinstance(getattr(order, f.name), np.ndarray)
    }
    return replace(order, **amounts) if amounts else order


def _marked(each: Alternative, given: Sequence[Order]) -> Alternative:
    if each.order is None:
        return each
    same = [order for order in given if _key(order) == _key(each.order)]
    return replace(each, order=same[0], given=True) if same else each


def _key(order: Order) -> tuple[object, ...]:
    """What an order is about: its kind and everything in it that is no amount."""
    return (order.kind, *(v for f in fields(order) if not isinstance(v := getattr(order, f.name), float | np.ndarray)))


def _most(found: Sequence[Alternative], most: int | None) -> tuple[Alternative, ...]:
    if most is None or len(found) <= most:
        return tuple(found)
    given = [each for each in found if each.given]
    others = [each for each in found if not each.given][: max(most - len(given), 3)]
    return tuple(sorted([*given, *others], key=lambda each: -each.value))


def _shown(value: object) -> str:
    if isinstance(value, np.ndarray):
        value = float(np.ravel(value)[0])
    return f"{value:.4g}" if isinstance(value, float) else str(value)
