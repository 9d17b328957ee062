"""Strategies that steer seats: one file, one strategy.

A strategy is a class with a `name`, a one-line `motto` and `decide(counsel)`; it gives orders for every world of the
batch at once, reading only what its seat sees. Found by the entry point group `pax_silica.strategies`, among the
modules of this package, or by the path of a file.
"""

from __future__ import annotations

import importlib
import importlib.util
import inspect
import pkgutil
from collections.abc import Sequence
from functools import cache
from importlib.metadata import entry_points
from pathlib import Path
from types import ModuleType
from typing import Protocol, TypeGuard, cast

import numpy as np
from numpy.typing import NDArray

from agents.faults import blamed, refuse_unreal
from game.core.errors import PaxError
from game.core.numeric import Counts
from game.core.orders import Order
from game.files.near import unknown
from game.rules.case import FINE
from game.rules.desk import Desk, Given
from game.rules.joint import JointDesk
from game.view import View

GROUP = "pax_silica.strategies"


def _to_read(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """The same numbers, of which a strategy cannot change any."""
    seen = values.view()
    seen.setflags(write=False)
    return seen


class Counsel:
    """What a strategy works with: the view of its seat, and the desk where it gives orders.

    Parameters
    ----------
    view : what the seat sees, last axis worlds.
    desk : takes the orders.
    seat : position of the seat.
    """

    def __init__(self, view: View, desk: Desk, seat: int) -> None:
        self.view = view
        self.seat = seat
        self._desk = desk
        self.book = desk.book
        self.scenario = desk.book.scenario

    def give(self, order: Order, where: NDArray[np.bool_] | None = None) -> Given:
        """Give an order, in the worlds `where`. Raises PaxError for an amount that is no finite number."""
        refuse_unreal(order)
        return self._desk.give(self.seat, order, where)

    @property
    def money(self) -> NDArray[np.float64]:
        """USD bn that can still be spent this quarter, bonds included. (B,)."""
        return _to_read(self._desk.money_left[self.seat])

    @property
    def dependence(self) -> NDArray[np.float64]:
        """D by good: what the partner with most hold could take away from the seat. (G, B)."""
        return _to_read(self._desk.dependences[:, self.seat])

    @property
    def plant_room(self) -> NDArray[np.float64]:
        """What can still be ordered at each plant, lines first, then suppliers. (F + S, B)."""
        return _to_read(self._desk.plant_room)

    @property
    def under_way(self) -> NDArray[np.float64]:
        """Capacity under construction at each plant, lines first, then suppliers. (F + S, B)."""
        return self._desk.under_way

    @property
    def capital(self) -> NDArray[np.float64]:
        """Political capital left. (B,)."""
        return _to_read(self._desk.capital_left[self.seat])

    @property
    def alone(self) -> Council:
        """A council of this seat alone."""
        return Council(self.view, self._desk, np.array([self.seat], dtype=np.int64))


class Council(JointDesk):
    """What a strategy works with that decides for all its seats in one pass; `JointDesk` takes its orders.

    Parameters
    ----------
    view : what one of the seats sees: to be read for what is open to all.
    desk : takes the orders.
    seats : positions of the seats, (n,).
    players : the strategy of each seat, where they differ.
    """

    def __init__(self, view: View, desk: Desk, seats: Counts, players: Sequence[Strategy] = ()) -> None:
        super().__init__(desk, seats)
        self.view = view
        self.players: Sequence[object] = players
        self.book = desk.book
        self.scenario = desk.book.scenario

    def of(self, seats: Counts, players: Sequence[Strategy]) -> Council:
        """A council of some of the seats."""
        return Council(self.view, self.desk, seats, players)

    def give(self, row: int, order: Order, where: NDArray[np.bool_] | None = None) -> Given:
        """Give an order for the seat in a row of `seats`, in the worlds `where`; as `Counsel.give`."""
        refuse_unreal(order)
        return self.desk.give(int(self.seats[row]), order, where)

    def attempt(self, row: int, order: Order, where: NDArray[np.bool_]) -> NDArray[np.bool_]:
        """Give an order where law, treasury and political capital allow it: where it was accepted. (B,)."""
        refuse_unreal(order)
        if not where.any():
            return where
        taken: NDArray[np.bool_] = where & (self.desk.give(int(self.seats[row]), order, where).codes == FINE)
        return taken

    @property
    def money(self) -> NDArray[np.float64]:
        """USD bn that can still be spent this quarter, bonds included. (n, B)."""
        return self.desk.money_left.take(self.seats, axis=0)

    @property
    def capital(self) -> NDArray[np.float64]:
        """Political capital left. (n, B)."""
        return self.desk.capital_left.take(self.seats, axis=0)


class Strategy(Protocol):
    """What steers a seat.

    A class may also have `decide_together(council)`, which decides for all seats that play it; then `decide` and
    `decide_together` stand in the same class and give the same orders.
    """

    name: str
    motto: str

    def decide(self, counsel: Counsel) -> None:
        """Give this quarter's orders."""


class Joint(Strategy, Protocol):
    """A strategy that can decide for many seats at once."""

    def decide_together(self, council: Council) -> None:
        """Give this quarter's orders of all seats of the council."""


def is_joint(strategy: Strategy | None) -> TypeGuard[Joint]:
    """Whether the strategy can decide for many seats: not if a subclass has its own `decide` alone."""
    return strategy is not None and joint_class(type(strategy))


@cache
def joint_class(kind: type) -> bool:
    """Whether strategies of a class can decide for many seats."""
    names = next((set(vars(cls)) for cls in kind.__mro__ if "decide" in vars(cls)), set())
    return "decide_together" in names


def decides_with(strategy: Strategy) -> object:
    """What strategies have in common that decide and talk in one pass: a `family` named in the class itself, or the
    class."""
    return family_of(type(strategy))


def family_of(kind: type) -> object:
    """The same of strategies of a class."""
    return vars(kind).get("family", kind)


@cache
def strategies() -> dict[str, type[Strategy]]:
    """Every strategy that is installed, by name."""
    found: dict[str, type[Strategy]] = {}
    for module in pkgutil.iter_modules(__path__):
        found.update(_in_module(importlib.import_module(f"{__name__}.{module.name}")))
    for point in entry_points(group=GROUP):
        with blamed(f"the installed strategy '{point.name}'"):
            loaded = point.load()
            found[loaded.name] = loaded
    return dict(sorted(found.items()))


def find(name: str) -> Strategy:
    """The strategy called `name`, or the one in the file at that path.

    Raises
    ------
    PaxError
        There is none of that name, and those there are are named; or its own code failed.
    """
    known = strategies()
    path = Path(name)
    with blamed(f"strategy '{name}'", ours_too=False):
        if name in known:
            return known[name]()
        if path.suffix == ".py":
            return _from_file(path)
    raise PaxError(unknown("strategy", name, known))


def _from_file(path: Path) -> Strategy:
    if not path.is_file():
        raise PaxError(f"no strategy file '{path}'")
    spec = importlib.util.spec_from_file_location(f"pax_silica_strategy_{path.stem}", path)
    if spec is None or spec.loader is None:
        raise PaxError(f"'{path}' cannot be read as Python")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    found = list(_in_module(module).values())
    if len(found) != 1:
        raise PaxError(f"'{path}' holds {len(found)} strategies; one class with name, motto and decide is needed")
    return found[0]()


def _in_module(module: ModuleType) -> dict[str, type[Strategy]]:
    found: dict[str, type[Strategy]] = {}
    for _, cls in inspect.getmembers(module, inspect.isclass):
        if (
            cls.__module__ == module.__name__
            and "name" in vars(cls)
            and hasattr(cls, "motto")
            and hasattr(cls, "decide")
        ):
            strategy = cast(type[Strategy], cls)
            found[strategy.name] = strategy
    return found
