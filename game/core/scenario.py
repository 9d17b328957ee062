"""A scenario as plain arrays: who exists, what the record says of them, and the parameters of the rules.

Nothing is read here; `game.files.scenarios` builds it. Arrays have no world axis: (N, 1) broadcasts over worlds.
Flows are per quarter.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from game.core.names import Axis
from game.core.numeric import Array, Counts, Grouping
from game.core.parameters import Parameters


@dataclass(frozen=True, slots=True)
class Places:
    """Numbers of places; (N, 1) unless said."""

    seats: tuple[int, ...]
    gdp: Array
    growth: Array
    budget: Array
    treasury: Array
    credit: Array
    approval: Array
    engineers: Array
    graduates: Array
    wage: Array
    power: Array
    power_growth: Array
    power_price: Array
    climate: Array
    pue: Array
    compute: Array
    foreign_owned: Array
    capex: Array
    research: Array
    """(N, T, 1)"""
    openness: Array
    leak: Array
    enforcement: Array
    build_cost: Array
    build_time: Array
    stock: Array
    """(N, G, 1) quarters of use"""
    weights: Array
    """(N, M, 1)"""


@dataclass(frozen=True, slots=True)
class GoodTable:
    """Numbers of goods; (G, 1) unless said."""

    units: tuple[str, ...]
    price: Array
    """USD bn per unit"""
    inside_price: Array
    use: Array
    """(N, G, 1) final use per quarter"""
    growth: Array
    short: Counts
    """elasticity in 1/32"""
    long: Counts
    cover: Array
    stake: Array
    recipes: tuple[tuple[str, int, float], ...]
    """(activity, good, units of good per unit of activity)"""


@dataclass(frozen=True, slots=True)
class NodeTable:
    """Numbers of logic nodes; (K,)."""

    wafer_price: Array
    """USD bn per thousand wafers"""
    wafer_cost: Array
    capex: Array
    tools: Array
    """(K, 4) process tools, duv, euv, high-NA per kwpm"""
    h100e: Array
    energy: Array
    engineers: Array
    power: Array
    ceiling: Array
    knowhow: Array


@dataclass(frozen=True, slots=True)
class LineTable:
    """Foundry lines; (F, 1) or tuples of length F."""

    axis: Axis
    titles: tuple[str, ...]
    firms: tuple[str, ...]
    of_firm: Grouping
    sites: tuple[str, ...]
    place: Counts
    home: Counts
    kind: Counts
    """0 logic, 1 memory, 2 packaging"""
    node: Array
    capacity: Array
    use: Array
    die_yield: Array
    fast: Array
    glass: Array
    building: Array
    left: Array
    project_node: Array
    room: Array
    room_capex: Array
    room_lead: Array
    hostage_of: Counts
    """-1: nobody's"""


@dataclass(frozen=True, slots=True)
class SupplierTable:
    """Suppliers; (S, 1) or tuples of length S."""

    axis: Axis
    titles: tuple[str, ...]
    firms: tuple[str, ...]
    place: Counts
    home: Counts
    good: Counts
    kind: Counts
    capacity: Array
    use: Array
    cost: Array
    by_product: Array
    building: Array
    left: Array
    room: Array
    room_capex: Array
    room_lead: Array
    floor: Array


@dataclass(frozen=True, slots=True)
class Technology:
    """Owners' shares of the technology in what others sell. One row for each owner and seller."""

    owner: Counts
    seller: Counts
    place: Counts
    """of the seller"""
    good: Counts
    control_class: Counts
    share: Array
    """(rows, 1)"""
    by_owner: Grouping
    pairs: Grouping
    """rows by owner and good"""
    pair_owner: Counts
    pair_good: Counts


@dataclass(frozen=True, slots=True)
class Sellers:
    """The E axis: (place, good) pairs that can sell."""

    place: Counts
    good: Counts
    by_good: Grouping
    by_place: Grouping
    of_supplier: Grouping
    of_line: Grouping
    lane: Counts
    """(N, G) position on E, -1 where the place cannot sell the good"""
    technology: tuple[tuple[int, int, float], ...]
    """(owner place, seller E, share of the owner's technology in it)"""
    owned: Technology
    """the same as arrays"""


@dataclass(frozen=True, slots=True)
class RaceTable:
    """Weights of the two bars."""

    bloc: int
    post: float
    lose: float
    minerals: tuple[tuple[int, float], ...]
    chips: tuple[tuple[str, float], ...]


@dataclass(frozen=True, slots=True)
class EventChoice:
    """One answer to an event."""

    words: str
    cash: float
    """share of a quarter's budget that it costs"""
    capital: float
    effects: tuple[tuple[str, float], ...]


@dataclass(frozen=True, slots=True)
class EventTable:
    """Event kinds; (V, 1) and (V, N, 1)."""

    axis: Axis
    odds: Array
    """per quarter"""
    places: Array
    """(V, N, 1) chance share by place, adding to 1"""
    severity: Array
    decay: Array
    words: tuple[str, ...]
    """what strikes, for people: 'An earthquake stops plants'"""
    odds_by: tuple[str, ...]
    """what shapes the odds; empty: nothing"""
    effects: tuple[tuple[tuple[str, float], ...], ...]
    """(lever, amount at severity 1) of each kind"""
    choices: tuple[tuple[EventChoice, ...], ...]
    """what a place that was struck can do a quarter later; the first is made by who says nothing"""


@dataclass(frozen=True, slots=True)
class OpeningControl:
    """A control in force at or near the opening: starts in quarter `since` (0 or less: from the start)."""

    owner: int
    goods: tuple[int, ...]
    targets: tuple[int, ...]
    level: int
    passes: float | None
    """share of normal flow that it lets through by the record; None: what its level lets through"""
    since: int
    until: int | None
    secondary_class: int | None


@dataclass(frozen=True, slots=True)
class OpeningRefusal:
    """Imports refused by the record from quarter `since` (0 or less: from the start) to before `until`."""

    owner: int
    goods: tuple[int, ...]
    targets: tuple[int, ...]
    since: int
    until: int | None


@dataclass(frozen=True, slots=True)
class Invitation:
    """A motion of the record: a member invites a place into a bloc. Positions."""

    bloc: int
    mover: int
    place: int
    quarter: int


@dataclass(frozen=True, slots=True)
class OpeningClause:
    """One promise of an opening contract; positions, -1 where its kind has none."""

    kind: int
    giver: int
    taker: int
    subject: int
    target: int
    quantity: float
    price: float


@dataclass(frozen=True, slots=True)
class OpeningContract:
    """A contract in force at the opening; its number in the game is its position here, and one."""

    key: str
    name: str
    parties: tuple[int, ...]
    signed: int
    until: int | None
    """quarter with whose end it expires; None: not in this game"""
    escrow: float
    snap_back: bool
    verifier: int
    clauses: tuple[OpeningClause, ...]


@dataclass(frozen=True, slots=True)
class Objective:
    """Graded public objective of a seat."""

    text: str
    metric: str
    of: str | None
    floor: float
    target: float


@dataclass(frozen=True, slots=True)
class Texts:
    """Words about places, by position."""

    names: tuple[str, ...]
    fantasy: tuple[str, ...]
    lever: tuple[str, ...]
    weak_point: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Scenario:
    """A whole scenario."""

    name: str
    title: str
    summary: str
    content_hash: str
    text: str
    """the file as read, overrides applied: what a save carries"""
    first_quarter: str
    quarters: int
    quarters_per_round: int
    epilogue_quarters: int
    inside: int
    hubs: tuple[int, ...]
    place_axis: Axis
    places: Places
    texts: Texts
    goods: GoodTable
    nodes: NodeTable
    lines: LineTable
    suppliers: SupplierTable
    sellers: Sellers
    race: RaceTable
    events: EventTable
    controls: tuple[OpeningControl, ...]
    refusals: tuple[OpeningRefusal, ...]
    invitations: tuple[Invitation, ...]
    blocs: tuple[tuple[str, str, tuple[int, ...], tuple[int, ...]], ...]
    """(id, name, members, observers)"""
    charters: Array
    """(X, H, 1) strength of each term of a bloc's charter at the opening"""
    voting: Counts
    """(X,) voting rule at the opening"""
    chartered: tuple[int, ...]
    """blocs that take motions; the others stay as they are"""
    contracts: tuple[OpeningContract, ...]
    trust: Array
    """(N, N, 1) at the opening"""
    objectives: dict[int, Objective]
    elections: dict[int, tuple[int, int]]
    """(quarter of the first election, quarters between elections) by place"""
    mandates: dict[int, tuple[Objective, ...]]
    """candidates of each seat, in the order of MANDATES; one is drawn in secret"""
    teams: dict[str, tuple[int, ...]]
    parameters: Parameters

    @property
    def seats(self) -> tuple[str, ...]:
        """Codes of the places that somebody steers."""
        return tuple(self.place_axis.names[i] for i in self.places.seats)

    def region(self) -> Counts:
        """(N,) 1 for the inside place, 0 for every other."""
        region = np.zeros(len(self.place_axis), dtype=np.int64)
        region[self.inside] = 1
        return region
