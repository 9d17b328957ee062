"""What an actor may decide: typed records for people, files and replays, and the arrays the rules read.

The window, strategies, bots, order files, the log and replays all use these records. `plant` is the id of a foundry
line or a supplier in the scenario.
"""

from __future__ import annotations

from dataclasses import dataclass, fields, is_dataclass
from functools import cache
from typing import Any, ClassVar

import numpy as np

from game.core.moves import Moves, no_moves
from game.core.names import CLASSES, DIALS, GOODS, POWER_KINDS, TRACKS, USES
from game.core.numeric import Array
from game.core.world import Small, World

UNCHANGED = -1

#: A quantity in an order: one number; a strategy of a batch may give one for each world, (B,).
Amount = float | Array


@dataclass(frozen=True, slots=True)
class Order:
    """Base of all orders."""

    kind: ClassVar[str] = ""


@dataclass(frozen=True, slots=True)
class Subsidise(Order):
    """Public money for capacity at home: USD bn towards the room that the plant has."""

    kind: ClassVar[str] = "subsidise"
    plant: str
    amount: Amount


@dataclass(frozen=True, slots=True)
class Equity(Order):
    """State equity in a plant anywhere, USD bn; it builds like a subsidy, and pays dividends."""

    kind: ClassVar[str] = "equity"
    plant: str
    amount: Amount


@dataclass(frozen=True, slots=True)
class FastTrack(Order):
    """A permit out of turn for a plant under construction at home."""

    kind: ClassVar[str] = "fast_track"
    plant: str


@dataclass(frozen=True, slots=True)
class Renode(Order):
    """Change the process node of a line under construction at home."""

    kind: ClassVar[str] = "renode"
    plant: str
    node: str


@dataclass(frozen=True, slots=True)
class RelieveCrowding(Order):
    """Roads, water and housing for a site at home where more is being built than it carries."""

    kind: ClassVar[str] = "relieve"
    plant: str


@dataclass(frozen=True, slots=True)
class PriceFloor(Order):
    """A contract for difference for a supplier at home, for twelve quarters."""

    kind: ClassVar[str] = "price_floor"
    plant: str


@dataclass(frozen=True, slots=True)
class Law(Order):
    """A multi-year law: USD bn locked in each of twelve quarters for a plant at home, or for all that have room."""

    kind: ClassVar[str] = "law"
    amount: Amount
    plant: str | None = None


@dataclass(frozen=True, slots=True)
class BuildPower(Order):
    """Electricity for chip plants and data centres, GW."""

    kind: ClassVar[str] = "power"
    plant_kind: str
    gigawatts: Amount


@dataclass(frozen=True, slots=True)
class SovereignCompute(Order):
    """State purchase of accelerators, USD bn."""

    kind: ClassVar[str] = "compute"
    amount: Amount


@dataclass(frozen=True, slots=True)
class Stock(Order):
    """Buy for the national stock (positive) or sell from it (negative), in units of the good."""

    kind: ClassVar[str] = "stock"
    good: str
    quantity: float


@dataclass(frozen=True, slots=True)
class Visa(Order):
    """Places for foreign engineers, thousand."""

    kind: ClassVar[str] = "visa"
    thousands: Amount


@dataclass(frozen=True, slots=True)
class ExportControl(Order):
    """An export control on a class of goods, or one good of it, against a place, `outsiders` or `all`."""

    kind: ClassVar[str] = "control"
    control_class: str
    target: str
    level: str
    good: str | None = None


@dataclass(frozen=True, slots=True)
class RefuseImports(Order):
    """Refuse a class of goods, or one good of it, from a place; or take it again."""

    kind: ClassVar[str] = "refuse"
    control_class: str
    target: str
    on: bool = True
    good: str | None = None


@dataclass(frozen=True, slots=True)
class SecondaryRule(Order):
    """Bind third parties that use the seat's technology to its controls in a class."""

    kind: ClassVar[str] = "secondary"
    control_class: str
    on: bool = True


@dataclass(frozen=True, slots=True)
class EntityList(Order):
    """Cut one foreign foundry line off the seat's tools and service; or take it off the list."""

    kind: ClassVar[str] = "entity"
    plant: str
    on: bool = True


@dataclass(frozen=True, slots=True)
class Flood(Order):
    """Sell a good abroad below cost; the treasury pays the gap."""

    kind: ClassVar[str] = "flood"
    good: str
    on: bool = True


@dataclass(frozen=True, slots=True)
class Respond(Order):
    """Choose what to do about an event that struck at home a quarter ago; choices count from 1."""

    kind: ClassVar[str] = "respond"
    event: str
    choice: int


@dataclass(frozen=True, slots=True)
class Dial(Order):
    """Set a standing dial: enforcement, stock_target, universities, grid, visa."""

    kind: ClassVar[str] = "dial"
    dial: str
    share: float


@dataclass(frozen=True, slots=True)
class ResearchShare(Order):
    """Give a research track this share of the effort; the other tracks keep their proportions."""

    kind: ClassVar[str] = "research"
    track: str
    share: float


@dataclass(frozen=True, slots=True)
class ComputeSplit(Order):
    """Give a use of compute this share; the other uses keep their proportions."""

    kind: ClassVar[str] = "compute_split"
    use: str
    share: float


KINDS: dict[str, type[Order]] = {
    k.kind: k
    for k in (
        Subsidise, Equity, FastTrack, Renode, RelieveCrowding, PriceFloor, Law, BuildPower, SovereignCompute, Stock,
        Visa, ExportControl, RefuseImports, SecondaryRule, EntityList, Flood, Respond, Dial, ResearchShare,
        ComputeSplit,
    )
}  # fmt: skip

#: Orders that set a standing dial: free, one change a quarter (rules.md R10).
DIAL_KINDS = ("dial", "research", "compute_split")


@dataclass(frozen=True)
class Orders:
    """All seats' orders of one quarter as arrays; -1 (`UNCHANGED`) where a setting is left alone. Last axis B."""

    subsidy_line: Array
    """(F,) USD bn, paid by the seat at whose place the line stands"""
    equity_line: Array | None
    """(N, F) USD bn; None, as with the other large arrays, until somebody orders it"""
    subsidy_supplier: Array
    """(S,) USD bn"""
    equity_supplier: Array | None
    """(N, S) USD bn"""
    fast_line: Array
    """(F,) 0 or 1"""
    fast_supplier: Array
    renode: Array
    """(F,) position of the new node"""
    relieve: Array
    """(F,) kwpm of crowding at the line's site that public works take away"""
    floor: Array
    """(S,) 0 or 1"""
    power: Array
    """(N, 4) GW"""
    compute: Array
    """(N,) USD bn"""
    stock: Array
    """(N, G) units"""
    visa: Array
    """(N,) thousand"""
    dials: Array
    research: Array
    uses: Array
    level: Small | None
    """(N, G, N)"""
    refusal: Small | None
    """(N, G, N)"""
    secondary: Small
    entity: Small | None
    """(N, F)"""
    flood: Small
    people: Small
    """(N, N)"""
    leave: Small
    """(N,) bloc that the place leaves"""
    found: Small
    """(N,) bloc that the place founds"""
    choice: Small | None
    """(V, N) answer to each kind of event, from 0"""
    money: Array
    """(N,) USD bn that these orders cost"""
    capital: Array
    """(N,) political capital that they cost"""
    escalation: Array
    """(N,) steps up against others"""
    moves: Moves | None = None
    """orders of statecraft; None until somebody gives one"""

    def statecraft(self, world: World) -> Moves:
        """Arrays to enter orders of statecraft in; laid out for the first."""
        if self.moves is None:
            object.__setattr__(self, "moves", no_moves(world))
        assert self.moves is not None
        return self.moves

    def choices(self, kinds: int) -> Small:
        """Answers to events, to enter one in; laid out for the first."""
        if self.choice is None:
            blank = np.full((kinds, *self.money.shape), UNCHANGED, dtype=np.int8)
            object.__setattr__(self, "choice", blank)
        assert self.choice is not None
        return self.choice

    def opened(self, name: str) -> Any:
        """One of the large arrays, to enter an order in; laid out for the first."""
        known = getattr(self, name)
        if known is None:
            places, worlds = self.money.shape
            lines, suppliers = len(self.subsidy_line), len(self.subsidy_supplier)
            if name in ("level", "refusal"):
                known = np.full((places, len(GOODS), places, worlds), UNCHANGED, dtype=np.int8)
            elif name == "entity":
                known = np.full((places, lines, worlds), UNCHANGED, dtype=np.int8)
            else:
                known = np.zeros((places, lines if name == "equity_line" else suppliers, worlds))
            object.__setattr__(self, name, known)
        return known


def no_orders(places: int, lines: int, suppliers: int, worlds: int) -> Orders:
    """Orders arrays that change nothing; writable, for a desk to fill."""
    goods, classes = len(GOODS), len(CLASSES)

    def zeros(*shape: int) -> Array:
        return np.zeros((*shape, worlds))

    def same(*shape: int) -> Any:
        return _unchanged((*shape, worlds), "float64").copy()

    def same_small(*shape: int) -> Small:
        return _unchanged((*shape, worlds), "int8").copy()

    return Orders(
        subsidy_line=zeros(lines),
        equity_line=None,
        subsidy_supplier=zeros(suppliers),
        equity_supplier=None,
        fast_line=zeros(lines),
        fast_supplier=zeros(suppliers),
        renode=same(lines),
        relieve=zeros(lines),
        floor=zeros(suppliers),
        power=zeros(places, len(POWER_KINDS)),
        compute=zeros(places),
        stock=zeros(places, goods),
        visa=zeros(places),
        dials=same(places, len(DIALS)),
        research=same(places, len(TRACKS)),
        uses=same(places, len(USES)),
        level=None,
        refusal=None,
        secondary=same_small(places, classes),
        entity=None,
        flood=same_small(places, goods),
        people=same_small(places, places),
        leave=same_small(places),
        found=same_small(places),
        choice=None,
        money=zeros(places),
        capital=zeros(places),
        escalation=zeros(places),
    )


@cache
def _unchanged(shape: tuple[int, ...], dtype: str) -> Any:
    """Settings left alone, to be copied: a third of the time of filling them in."""
    return np.full(shape, UNCHANGED, dtype=dtype)


def as_record(order: Order) -> dict[str, Any]:
    """The order as a plain mapping, `order: kind` first; what logs, saves and files hold."""
    return {"order": order.kind, **{f.name: _plain(getattr(order, f.name)) for f in fields(order)}}


def _plain(value: Any) -> Any:
    """Mappings and lists in place of the records and tuples of an order."""
    if isinstance(value, tuple):
        return [_plain(part) for part in value]
    return {f.name: _plain(getattr(value, f.name)) for f in fields(value)} if is_dataclass(value) else value


@dataclass(frozen=True, slots=True)
class FirmOrders:
    """What foundries and suppliers decide for one quarter; last axis B."""

    line_use: Array
    """(F,) share of capacity to start"""
    line_build: Array
    """(F,) kwpm to begin"""
    supplier_use: Array
    """(S,)"""
    supplier_build: Array
    """(S,) units per quarter to begin"""
    supplier_run: Array
    """(S,) 0 or 1"""
    tender: Array
    """(F,) 1 where a firm opens a tender for the site"""
    wish: Array
    """(F,) USD bn with which the site would win the tender that it is in"""
