"""Which clauses a worth is asked for: all pairs of some places at once, or flat rows; one formula serves both.

A formula asks for an array by what its axes stand for: `at(trust, "gt")` is the taker's trust in the giver, `at(need,
"ts")` what the taker needs of the subject, `at(sales, "gsx")` what the giver sells of the subject to the third place.
What comes back has the shape of the cells, (givers, takers, B) or (M,), or broadcasts to it; entry by entry both forms
are worked out alike, so they agree bit for bit.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from game.core.numeric import Array, Counts, as_slice

Values = NDArray[Any]
#: Where rows hold the positions that stand for each role, and roles by which all kinds ask for the same arrays.
POSITIONS = {"g": "givers", "t": "takers", "s": "subject", "x": "aimed"}
BY_PLACE = ("g", "t", "gt", "tg")


class Cells(Protocol):
    """Clauses of one kind; what each promises, and for how long, in the shape of the cells or one that broadcasts."""

    @property
    def subject(self) -> Values | int:
        """What it is about."""

    @property
    def quantity(self) -> Array:
        """As the kind counts it."""

    @property
    def price(self) -> Array:
        """As the kind counts it."""

    @property
    def length(self) -> Array:
        """Quarters that it runs."""

    @property
    def span(self) -> Array:
        """What a point in each of those quarters adds up to."""

    def at(self, values: Values, roles: str) -> Values:
        """Entries of an array whose axes before the last stand for `roles`: giver, taker, subject, third place (x)."""

    def roots(self) -> tuple[Values, Values]:
        """Positions of givers and takers."""


@dataclass(slots=True)
class Pairs:
    """Every giver with every taker, about one subject and third place; (givers, takers, B)."""

    givers: Counts
    takers: Counts
    subject: int
    aimed: int
    quantity: Array
    price: Array
    length: Array
    span: Array
    worlds: slice = field(default_factory=lambda: slice(None))
    """those of the batch that are looked at: at many worlds a few at a time are quicker, because they stay in cache"""
    given_by: Counts | slice = field(init=False, repr=False)
    taken_by: Counts | slice = field(init=False, repr=False)
    """givers and takers as an index"""

    def __post_init__(self) -> None:
        self.given_by, self.taken_by = as_slice(self.givers), as_slice(self.takers)

    def at(self, values: Values, roles: str) -> Values:
        """See `Cells`."""
        if values.shape[-1] > 1:
            values = values[..., self.worlds]
        if "s" in roles or "x" in roles:
            fixed = {"s": self.subject, "x": self.aimed}
            values = values[tuple(fixed.get(role, slice(None)) for role in roles)]
            roles = roles.replace("s", "").replace("x", "")
        if roles == "g":
            return values[self.given_by][:, None]
        if roles == "t":
            return values[self.taken_by][None]
        if roles == "gt":
            return values[self.given_by][:, self.taken_by]
        if roles == "tg":
            return values[:, self.given_by][self.taken_by].swapaxes(0, 1)
        return values

    def roots(self) -> tuple[Values, Values]:
        """See `Cells`."""
        return self.givers[:, None, None], self.takers[None, :, None]


@dataclass(slots=True)
class Rows:
    """Clauses one by one, each in its world; (M,)."""

    givers: Counts
    takers: Counts
    subject: Counts
    aimed: Counts
    quantity: Array
    price: Array
    length: Array
    span: Array
    world: Counts
    cells: dict[tuple[str, tuple[int, ...]], Counts] = field(default_factory=dict, repr=False, compare=False)
    """where the entries stand in arrays of a shape, laid out as one row; by roles, as far as they were asked for"""
    whole: tuple[Rows, slice] | None = field(default=None, repr=False, compare=False)
    """more rows, and which of them these are"""
    looked_up: dict[tuple[int, str], tuple[Values, Values]] = field(default_factory=dict, repr=False, compare=False)
    """arrays by place that parts of these rows asked for, and their entries for all of them"""

    def part(self, which: slice) -> Rows:
        """Some that follow each other, nothing copied."""
        part = self.some(which)
        part.whole = self, which
        return part

    def some(self, which: NDArray[Any] | slice) -> Rows:
        """Those at the positions, or of the flags, `which`."""
        return Rows(
            self.givers[which], self.takers[which], self.subject[which], self.aimed[which], self.quantity[which],
            self.price[which], self.length[which], self.span[which], self.world[which],
        )  # fmt: skip

    def at(self, values: Values, roles: str) -> Values:
        """See `Cells`."""
        if self.whole is not None and roles in BY_PLACE:
            more, which = self.whole
            known = more.looked_up.get((id(values), roles))
            if known is None:
                known = more.looked_up[id(values), roles] = values, more.at(values, roles)
            return known[1][which]
        if not values.flags.c_contiguous:
            world: Counts | int = self.world if values.shape[-1] > 1 else 0
            return values[(*(self._positions(role) for role in roles), world)]
        return values.reshape(-1).take(self._known(roles, values.shape))

    def _known(self, roles: str, shape: tuple[int, ...]) -> Counts:
        cells = self.cells.get((roles, shape))
        if cells is None:
            if self.whole is not None:
                more, which = self.whole
                cells = more._known(roles, shape)[which]
            else:
                cells = self._cells(roles, shape)
            self.cells[roles, shape] = cells
        return cells

    def _cells(self, roles: str, shape: tuple[int, ...]) -> Counts:
        # An array of a scenario has one entry for all worlds.
        cells = self.world if shape[-1] > 1 else np.zeros(len(self.world), dtype=np.int64)
        step = shape[-1]
        for role, size in zip(roles[::-1], shape[-2::-1], strict=True):
            positions = self._positions(role)
            cells = cells + (positions % size if role in "sx" else positions) * step
            step *= size
        return cells

    def _positions(self, role: str) -> Counts:
        positions: Counts = getattr(self, POSITIONS[role])
        return positions

    def roots(self) -> tuple[Values, Values]:
        """See `Cells`."""
        return self.givers, self.takers


def rows_of(table: Any, at: tuple[Counts, ...], length: Array, span: Array) -> Rows:
    """Clauses of a table of offers or contracts (rows, clauses, B) at the cells `at`, with length and span of each."""

    def read(name: str) -> Any:
        return getattr(table, name)[at]

    return Rows(
        read("giver").astype(np.int64), read("taker").astype(np.int64), read("subject").astype(np.int64),
        read("target").astype(np.int64), read("quantity"), read("price"), length, span, at[-1],
    )  # fmt: skip
