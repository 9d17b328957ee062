"""World: the state of B parallel games, as a small tree of frozen records by subject.

A phase of the rules never writes into a World; it returns one that shares what it did not change. Arrays are made
read-only when a phase hands them over (`sealed`). Nothing about a game is kept anywhere else.
"""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from hashlib import sha256
from typing import Any, TypeVar, cast

import numpy as np

from game.core.numeric import Array
from game.core.pacts import Clauses, Contracts
from game.core.rng import Seeds
from game.core.schema import quantity, walk
from game.core.statecraft import Blocs, Laws, Motions, Politics, Signals, Standards

Small = np.ndarray[Any, np.dtype[np.int8]]


@dataclass(frozen=True)
class Market:
    """Prices and what forms them, by region (outside, inside) and good; prices are relative to the opening outside."""

    price: Array = quantity("RG", "ratio", "price, over the outside price at the opening", 0.005, 200)
    previous: Array = quantity("RG", "ratio", "price a quarter ago", 0.005, 200)
    long_price: Array = quantity("RG", "ratio", "price as long plans see it", 0.005, 200)
    normal_price: Array = quantity("RG", "ratio", "price that stock keepers think normal", 0.005, 200)
    momentum: Array = quantity("RG", "ratio", "recent price change", -10, 10)
    adaptation: Array = quantity("RG", "ratio", "lasting use left after substitution", 0.01, 2)
    news: Array = quantity("RG", "index", "fresh alarm from supply cut by decision", 0, 50)
    alarm: Array = quantity("RG", "index", "alarm among buyers", 0, 50)
    expected: Array = quantity("RG", "share", "share of ordered flow that buyers expect to be allowed", 0, 2)


@dataclass(frozen=True)
class Goods:
    """What places hold, use and lack, in units of the good per quarter."""

    inventory: Array = quantity("NG", "units", "industry stock")
    stockpile: Array = quantity("NG", "units", "national stock", seen_by="owner")
    used: Array = quantity("NG", "units", "use in the last quarter")
    wanted: Array = quantity("NG", "units", "use that the last quarter would have had without shortage")
    reference: Array = quantity("NG", "units", "mean use wanted over about eight quarters")
    made: Array = quantity("NG", "units", "output of the last quarter")
    lost: Array = quantity("NG", "units", "stock spoiled or unaccounted for in the last quarter")
    bought: Array = quantity("NG", "units", "bought for the national stock in the last quarter", low=-1e12)
    relief: Array = quantity("NG", "units", "net, from stocks of partners and blocs in the last quarter", low=-1e12)
    scarce: Array = quantity("NG", "share", "of need that stock could not meet in the last quarter", 0, 1)
    substitution: Array = quantity("NG", "share", "of use that could do without foreign sellers", 0, 0.95)
    thrift: Array = quantity("NG", "share", "of need that users learnt to save", 0, 0.6)


@dataclass(frozen=True)
class Trade:
    """Flows of the last quarter by seller (a place and good) and buyer."""

    flow: Array = quantity("EN", "units", "shipped, leaks included")
    leaked: Array = quantity("EN", "units", "shipped round a control, part of flow")
    blocked: Array = quantity("EN", "units", "ordered and refused by a control")
    network: Array = quantity("GN", "share", "of blocked orders that smuggling networks could carry", 0, 0.95)
    passes: Array = quantity("EN", "share", "of ordinary orders that controls and routes let through", 0, 1)
    exported: Array = quantity("E", "units", "shipped abroad")
    unsold: Array = quantity("E", "units", "offered and not sold")
    ordered: Array = quantity("NG", "units", "ordered by industry and state, at home and abroad")
    received: Array = quantity("NG", "units", "delivered, from home and abroad")
    access: Array = quantity("RG", "share", "of orders into a region from the other that controls let through", 0, 1)
    settled: Array = quantity("N", "USD bn", "net, by prices and fees of contracts in the last quarter", -1e6, 1e6)


@dataclass(frozen=True)
class Suppliers:
    """Mines, refiners, makers of materials and tools."""

    capacity: Array = quantity("S", "units per quarter", "nameplate")
    use: Array = quantity("S", "share", "of capacity", 0, 1, seen_by="owner")
    age: Array = quantity("S", "quarters", "since the newest part opened", 0, 1000)
    running: Array = quantity("S", "0 or 1", "not shut down", 0, 1)
    building: Array = quantity("S", "units per quarter", "capacity under construction")
    left: Array = quantity("S", "quarters", "construction still to go", 0, 200)
    outage: Array = quantity("S", "share", "of capacity out by accident", 0, 1)
    profit: Array = quantity("S", "share", "of revenue, slow mean", -5, 1, seen_by="owner")
    output: Array = quantity("S", "units", "made in the last quarter")
    protected: Array = quantity("S", "quarters", "of price floor still to run", 0, 200)
    state_share: Array = quantity("NS", "share", "equity held by a seat", 0, 1)
    spent: Array = quantity("S", "USD bn", "public money received")


@dataclass(frozen=True)
class Lines:
    """Foundry lines: logic, memory, packaging."""

    capacity: Array = quantity("F", "kwpm", "wafer starts a month")
    use: Array = quantity("F", "share", "of capacity", 0, 1)
    node: Array = quantity("F", "position", "process node on the K axis", 0, 6)
    die_yield: Array = quantity("F", "share", "good dies", 0, 1, seen_by="owner")
    building: Array = quantity("F", "kwpm", "under construction")
    left: Array = quantity("F", "quarters", "construction still to go", 0, 200)
    outage: Array = quantity("F", "share", "of capacity out by accident", 0, 1)
    profit: Array = quantity("F", "share", "of revenue, slow mean", -5, 1, seen_by="owner")
    output: Array = quantity("F", "units", "made in the last quarter, in units of its good")
    starts: Array = quantity("F", "thousand wafers", "started in the last quarter")
    licensed: Array = quantity("F", "share", "of tools and service that its government's rivals let it have", 0, 1)
    state_share: Array = quantity("NF", "share", "equity held by a seat", 0, 1)
    spent: Array = quantity("F", "USD bn", "public money received")
    tender: Array = quantity("F", "quarters", "until the firm chooses among its open sites; 0: no tender", 0, 8)
    bid: Array = quantity("F", "USD bn", "public money offered in an open tender, or in the one decided last quarter")
    stake: Array = quantity("NF", "USD bn", "equity offered by a seat in the same way")
    wish: Array = quantity(
        "F", "USD bn", "public money with which the site would have won; 0: none, 1e6: no money does"
    )
    permit: Array = quantity("F", "0 or 1", "a permit out of turn is promised if the site wins its tender", 0, 1)
    proven: Array = quantity("F", "0 or 1", "its glass substrates no longer crack", 0, 1)
    served: Array = quantity("F", "kwpm", "under way that new roads, water and housing at the site carry without delay")


@dataclass(frozen=True)
class Policy:
    """Controls and trade orders in force, by owner, good and target."""

    level: Small = quantity("NGN", "position", "export control, 0 open to 5 ban", 0, 5, dtype="int8")
    chosen: Small = quantity(
        "NGN", "position", "control that its owner set; promises may hold another", 0, 5, dtype="int8"
    )
    age: Small = quantity("NGN", "quarters", "control in force, counted to 100", 0, 100, dtype="int8")
    refusal: Small = quantity("NGN", "0 or 1", "imports refused by the first place from the last", 0, 1, dtype="int8")
    secondary: Small = quantity("NC", "0 or 1", "third parties must follow the owner's controls", 0, 1, dtype="int8")
    entity: Small = quantity("NF", "0 or 1", "line on the owner's entity list", 0, 1, dtype="int8")
    closed_people: Small = quantity("NN", "0 or 1", "engineers may not work for the target", 0, 1, dtype="int8")
    flood: Small = quantity("NG", "0 or 1", "exports sold below cost", 0, 1, dtype="int8")
    pressure: Array = quantity("NG", "quarters", "of foreign control felt, halved when lifted", 0, 100)


@dataclass(frozen=True)
class Power:
    """Electricity for chip plants and data centres."""

    supply: Array = quantity("N", "GW", "that they can draw")
    coming: Array = quantity("NL", "GW", "ordered, by quarters until it runs")
    outage: Array = quantity("N", "share", "of supply lost", 0, 1)
    used: Array = quantity("N", "GW", "drawn in the last quarter")
    factor: Array = quantity("N", "share", "of the power wanted that was there", 0, 1)
    gas: Array = quantity("N", "GW", "of gas plants that the state ordered since the opening")
    contracted: Array = quantity("N", "GW", "of the supply from fuel under contract, less what is given", -1e6, 1e6)


@dataclass(frozen=True)
class People:
    """Engineers."""

    engineers: Array = quantity("N", "thousand", "at work or free")
    coming: Array = quantity("NL", "thousand", "students and visas, by quarters until they start")
    needed: Array = quantity("N", "thousand", "wanted by plants and data centres")
    moved: Array = quantity("N", "thousand", "net arrivals in the last quarter", -1e6, 1e6)


@dataclass(frozen=True)
class Compute:
    """Accelerators installed, and what they are used for."""

    installed: Array = quantity("N", "thousand H100e", "at the place, whoever owns it")
    foreign: Array = quantity("N", "share", "of it owned elsewhere", 0, 1)
    state: Array = quantity("N", "thousand H100e", "of it owned by the state")
    kw: Array = quantity("N", "kW per H100e", "mean draw, without pue", 0.01, 10)
    running: Array = quantity("N", "thousand H100e", "powered")
    private: Array = quantity("N", "USD bn", "private spending on accelerators in the last quarter")
    rented_in: Array = quantity("N", "thousand H100e", "rented from elsewhere")
    rented_out: Array = quantity("N", "thousand H100e", "rented to elsewhere")
    growth: Array = quantity("N", "ratio", "of private spending over the opening", 0, 1e4)
    uses: Array = quantity("NU", "share", "split by use", 0, 1)
    security: Array = quantity("N", "thousand H100e", "security compute, slow mean", seen_by="owner")
    kw_offered: Array = quantity("N", "kW per H100e", "draw of accelerators packaged here", 0.01, 10)
    programme: Array = quantity("N", "USD bn", "public compute money not yet spent")


@dataclass(frozen=True)
class State:
    """Governments: money, capital, approval, dials."""

    cash: Array = quantity("N", "USD bn", "treasury; below zero it is bonds", -1e6, 1e6)
    capital: Array = quantity("N", "capital", "political capital", 0, 12)
    approval: Array = quantity("N", "share", "support at home", 0, 1)
    income: Array = quantity("N", "USD bn", "public income of the last quarter", -1e6, 1e6)
    spending: Array = quantity("N", "USD bn", "public spending of the last quarter", 0)
    dials: Array = quantity("ND", "share", "standing dials", 0, 1)
    research: Array = quantity("NT", "share", "of research effort by track", 0, 1)
    knowhow: Array = quantity("NT", "index", "100 = the world's best in 2025", 0, 1000)
    rent: Array = quantity(
        "N", "USD bn", "scarcity, neutral and licence rents, and prices of contracts, in the last quarter", -1e6, 1e6
    )
    value_added: Array = quantity("N", "USD bn", "of the chain in the last quarter", -1e6, 1e6)


@dataclass(frozen=True)
class Relations:
    """Trust, blame and escalation."""

    trust: Array = quantity("NN", "share", "of the second place in the first", 0, 1)
    blame: Array = quantity("N", "index", "for escalation", 0, 1000)
    escalation: Array = quantity("", "steps", "world escalation, 0 to 5", 0, 5)
    member: Small = quantity("XN", "0 or 1", "of a bloc", 0, 1, dtype="int8")
    collapsed: Array = quantity("", "0 or 1", "escalation reached its end", 0, 1)
    penalty: Array = quantity("N", "points", "lost to a collapse", 0, 1000)
    wronged: Small = quantity(
        "NN", "quarters", "left in which the first place may answer a breach by the second", 0, 16, dtype="int8"
    )


@dataclass(frozen=True)
class Events:
    """What struck in the last quarter."""

    struck: Array = quantity("VN", "share", "severity of an event kind at a place, 0 when none", 0, 1)
    pending: Array = quantity("VN", "share", "severity of an event that the place can answer this quarter", 0, 1)
    route: Array = quantity("N", "share", "of sea trade lost", 0, 1)
    kept: Array = quantity("N", "share", "of what an event took that is still lost a quarter later", 0, 1)
    boom: Array = quantity("", "ratio", "private demand over trend", 0.2, 4)


@dataclass(frozen=True)
class Standing:
    """The race, the measures and the score."""

    mineral_independence: Array = quantity("", "share", "of the bloc", 0, 1)
    chip_independence: Array = quantity("", "share", "of China", 0, 1)
    mineral_held: Array = quantity("", "quarters", "above the post without a break", 0, 1000)
    chip_held: Array = quantity("", "quarters", "as above", 0, 1000)
    measures: Array = quantity("NM", "index", "public measures", 0, 100)
    dividend: Array = quantity("N", "points", "of the race in the last quarter", 0, 200)
    score_sum: Array = quantity("N", "points", "weighted sum of quarterly scores, mandate left out", -1e6, 1e6)
    weight_sum: Array = quantity("", "quarters", "weight of that sum", 0)
    cover: Array = quantity("QN", "ratio", "of each gate at each place; 4 = not bound", 0, 4)
    relief: Array = quantity("Q", "thousand H100e", "compute that relief of each gate alone would add")
    work_peak: Array = quantity("AN", "kwpm or USD bn", "most work under way so far that needs a gate soon")
    mandate: Small = quantity("N", "position", "mandate drawn; -1 none", -1, 2, "secret", "int8")
    mandate_sum: Array = quantity("N", "points", "weighted sum of what the mandate scored", 0, 1e6, "secret")
    worst_mature: Array = quantity("N", "share", "worst cover of mature chips so far", 0, 1)


@dataclass(frozen=True)
class World:
    """B parallel games at the end of quarter `quarter` (0: the opening)."""

    quarter: int
    seed: Seeds
    market: Market
    goods: Goods
    trade: Trade
    suppliers: Suppliers
    lines: Lines
    policy: Policy
    power: Power
    people: People
    compute: Compute
    state: State
    relations: Relations
    events: Events
    standing: Standing
    contracts: Contracts
    clauses: Clauses
    blocs: Blocs
    motions: Motions
    politics: Politics
    laws: Laws
    signals: Signals
    standards: Standards

    @property
    def worlds(self) -> int:
        """B."""
        return len(self.seed)


Record = TypeVar("Record")


def replace(record: Record, **changes: Any) -> Record:
    """`dataclasses.replace` for the records of a world: a phase of the rules makes two or three.

    Their fields are in a dictionary, which is copied as a whole: a tenth of the time of an initializer that sets twenty
    of them one by one. So these records have no `__slots__`, and none has a `__post_init__`; of other records their
    own initializer makes the new one.
    """
    kind: Any = type(record)
    if not hasattr(record, "__dict__"):
        return cast(Record, dataclasses.replace(cast(Any, record), **changes))
    made: Record = object.__new__(kind)
    held = record.__dict__ | changes
    object.__setattr__(made, "__dict__", held)  # past the guard of a frozen record
    if len(held) != len(record.__dict__):
        raise TypeError(f"{kind.__name__} has no {', '.join(changes.keys() - record.__dict__.keys())}")
    return made


def sealed(world: World, before: World | None = None) -> World:
    """The same world with every array read-only; those that it shares with a sealed one, `before`, are so already."""
    known = {} if before is None else before.__dict__
    for name, record in world.__dict__.items():
        if hasattr(record, "__dict__") and record is not known.get(name):
            arrays = known[name].__dict__ if name in known else None
            for field, array in record.__dict__.items():
                if arrays is None or array is not arrays[field]:
                    array.setflags(write=False)
    return world


def slice_worlds(world: World, which: slice) -> World:
    """The worlds `which` alone, copied."""
    parts = {}
    for name in World.__dataclass_fields__:
        record = getattr(world, name)
        if hasattr(record, "__dataclass_fields__"):
            arrays = {n: np.ascontiguousarray(getattr(record, n)[..., which]) for n in record.__dataclass_fields__}
            parts[name] = replace(record, **arrays)
    return replace(world, seed=world.seed[which].copy(), **parts)


def state_hash(world: World, index: int) -> str:
    """sha256 of one world of the batch: quarter, seed and every array, in the order of declaration."""
    digest = sha256(f"{world.quarter}/{int(world.seed[index])}".encode())
    for path, _, array in walk(world):
        digest.update(path.encode())
        digest.update(np.ascontiguousarray(array[..., index]).tobytes())
    return digest.hexdigest()
