"""What a scenario file may say: one pydantic model for each block, with units and allowed ranges.

Numbers here are plain floats: sources, dates, estimates and ranges are taken off before validation
(`game.files.figures`), so that every number in the file can carry them without every field declaring it.
Units stand in the field's description, before the first semicolon; flows are per year, as the record states them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal, TypeAlias

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from game.core.clauses import CLAUSES, MOST_CLAUSES
from game.core.names import (
    CHARTER,
    CLASSES,
    GOODS,
    LEVELS,
    LINE_KINDS,
    MANDATES,
    MEASURES,
    NODES,
    SUPPLIER_KINDS,
    TRACKS,
    VOTING,
)

if TYPE_CHECKING:
    # A type checker cannot read the names of a tuple made elsewhere; pydantic can, and lists them in its errors.
    GoodName: TypeAlias = str
    NodeName: TypeAlias = str
    TrackName: TypeAlias = str
    LevelName: TypeAlias = str
    ClassName: TypeAlias = str
    MeasureName: TypeAlias = str
    LineKind: TypeAlias = str
    SupplierKind: TypeAlias = str
    CharterTerm: TypeAlias = str
    MandateName: TypeAlias = str
    VotingRule: TypeAlias = str
    ClauseKind: TypeAlias = str
else:
    GoodName = Literal[GOODS.names]
    NodeName = Literal[NODES.names]
    MandateName = Literal[MANDATES.names]
    TrackName = Literal[TRACKS.names]
    LevelName = Literal[LEVELS.names]
    ClassName = Literal[CLASSES.names]
    MeasureName = Literal[MEASURES.names]
    LineKind = Literal[LINE_KINDS.names]
    SupplierKind = Literal[SUPPLIER_KINDS.names]
    CharterTerm = Literal[CHARTER.names]
    VotingRule = Literal[VOTING.names]
    ClauseKind = Literal[CLAUSES.names]
Quarter = Annotated[str, StringConstraints(pattern=r"^20[0-9][0-9]Q[1-4]$")]
PlaceCode = Annotated[str, StringConstraints(pattern=r"^[A-Z]{3}$")]
Identifier = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$")]
Share = Annotated[float, Field(ge=0, le=1)]
#: Largest number of a scenario: far above anything of this world, far below what arithmetic cannot take.
MOST = 1e9
Amount = Annotated[float, Field(ge=0, le=MOST)]


class Block(BaseModel):
    """A mapping in a scenario: unknown keys are refused, numbers must be finite, text is no number."""

    model_config = ConfigDict(extra="forbid", allow_inf_nan=False, frozen=True, strict=True)


class Place(Block):
    """A nation or region of the N axis; a seat when `seat` is true."""

    name: str
    seat: bool = False
    fantasy: str = Field("", description="text; one line for the nation select screen")
    lever: str = ""
    weak_point: str = ""
    gdp: float = Field(ge=0.01, le=MOST, description="USD bn per year, 2025")
    growth: float = Field(0.02, ge=-0.05, le=0.12, description="share per year; trend growth of GDP")
    budget: Amount = Field(0, description="USD bn per year; public money for chips, minerals, AI and their diplomacy")
    treasury: Amount = Field(0, description="USD bn; unspent appropriations at the opening")
    credit: Amount = Field(0, description="USD bn; bonds the seat can place for these purposes")
    approval: Share = Field(0.5, description="share; support for the government at home")
    engineers: Amount = Field(description="thousand; process, packaging, design and data-centre engineers")
    graduates: Amount = Field(0, description="thousand per year; new engineers from universities")
    wage: float = Field(1, ge=0.01, le=3, description="ratio; engineer pay, Taiwan 1")
    power: Amount = Field(description="GW; electricity that chip plants and AI data centres can draw")
    power_growth: Amount = Field(0, description="GW per year; added without state help")
    power_price: float = Field(80, ge=0.01, le=10_000, description="USD/MWh; industrial")
    climate: Share = Field(0, description="share; how far a climate pledge binds it: 1 by law, 0 not at all")
    pue: float = Field(1.3, ge=1, le=2, description="ratio; facility power over computing power")
    compute: Amount = Field(description="thousand H100e; installed at the opening")
    foreign_owned: Share = Field(0, description="share; of installed compute owned by firms of other places")
    capex: Amount = Field(0, description="USD bn per year; private spending on accelerators at the opening")
    research: dict[TrackName, Annotated[float, Field(ge=0, le=100)]] = Field(
        default_factory=dict, description="index 0-100; know-how by track, 100 = the world's best in 2025"
    )
    openness: Share = Field(0.5, description="share; how freely third parties trade through it")
    leak: Share = Field(0.1, description="share; propensity to pass on embargoed goods")
    enforcement: Share = Field(0.3, description="share; of leaks its customs stop at no extra cost")
    build_cost: float = Field(1, ge=0.01, le=4, description="ratio; plant construction cost, Taiwan 1")
    build_time: float = Field(1, ge=0.01, le=3, description="ratio; plant construction time, Taiwan 1")
    stock: dict[GoodName, Annotated[float, Field(ge=0, le=20)]] = Field(
        default_factory=dict, description="quarters of use; national stock at the opening"
    )
    weights: dict[MeasureName, Share] = Field(default_factory=dict, description="share; of the score, adding to 1")


class Good(Block):
    """A traded good: its reference price and the use that no recipe explains."""

    unit: str
    price: float = Field(ge=1e-9, le=MOST, description="USD m per unit; outside price at the opening")
    inside_price: float = Field(1, ge=0.01, le=2, description="ratio; price inside the main exporter over outside")
    use: dict[PlaceCode, Amount] = Field(
        default_factory=dict, description="units per year; final use by place beyond what recipes draw"
    )
    growth: float = Field(0.02, ge=-0.2, le=0.6, description="share per year; trend of final use")
    short_elasticity: float = Field(0.2, ge=0, le=1, description="share; use lost per share of price, within a quarter")
    long_elasticity: float = Field(0.6, ge=0, le=2, description="share; as above after years")
    cover: float = Field(1, ge=0, le=6, description="quarters of use; stock that buyers hold")
    value_at_stake: Amount = Field(0, description="weight; of the good in a place's independence")


class Node(Block):
    """A logic process node: what a thousand wafer starts a month need and give."""

    wafer_price: float = Field(ge=0.01, le=MOST, description="USD; one processed 300 mm wafer")
    wafer_cost: float = Field(ge=0.01, le=MOST, description="USD; cash cost of one wafer at full use")
    capex: float = Field(ge=1e-6, le=MOST, description="USD bn per kwpm; a greenfield line")
    euv: Amount = Field(description="units per kwpm")
    high_na: Amount = Field(0, description="units per kwpm")
    duv: Amount = Field(description="units per kwpm")
    process_tools: Amount = Field(description="USD m per kwpm")
    h100e: Amount = Field(0, description="H100e per wafer at full yield; zero for mature nodes")
    energy: float = Field(1, ge=0.01, le=1000, description="ratio; power of a unit of compute, 5 nm = 1")
    engineers: float = Field(ge=1e-6, le=MOST, description="thousand per kwpm")
    power: Amount = Field(description="GW per kwpm")
    yield_ceiling: Share = Field(0.9, description="share; best die yield that learning reaches")
    knowhow: float = Field(0, ge=0, le=100, description="index; node research a home needs to run it well")


class Project(Block):
    """Capacity that the record has under way."""

    capacity: float = Field(gt=0, le=MOST, description="as the plant's capacity; added")
    opens: Quarter
    node: NodeName | None = None


class Room(Block):
    """Capacity that somebody could order here: an extension, or a plant nobody has begun."""

    capacity: float = Field(gt=0, le=MOST, description="as the plant's capacity; largest single order")
    capex: float = Field(gt=0, le=MOST, description="USD bn; for that capacity")
    lead: float = Field(ge=1, le=40, description="quarters; order to first output")


class Supplier(Block):
    """A mine, refiner, recycler, magnet, material or tool maker."""

    name: str
    firm: str
    place: PlaceCode
    home: PlaceCode | None = Field(None, description="text; owner's nation where it differs from the place")
    kind: SupplierKind
    good: GoodName
    capacity: Amount = Field(description="units per year; nameplate at the opening")
    use: Share = Field(0.85, description="share; of capacity at the opening")
    cost: float = Field(0.7, ge=1e-6, le=5, description="share; unit cost over the good's reference price")
    by_product: bool = False
    project: Project | None = None
    room: Room | None = None
    floor_until: Quarter | None = None


class Line(Block):
    """A foundry line: logic, memory or packaging capacity of one firm at one site."""

    name: str
    firm: Identifier
    home: PlaceCode
    place: PlaceCode
    site: Identifier
    kind: LineKind
    node: NodeName | None = Field(None, description="text; logic lines only")
    capacity: Amount = Field(description="kwpm; thousand 300 mm wafer starts (memory: HBM wafers; packaging: wafers)")
    use: Share = Field(0.85, description="share; of capacity at the opening")
    die_yield: Share = Field(0.6, description="share; good dies at the opening")
    fast: bool = Field(False, description="text; single-wafer line with a 50-day cycle (S5)")
    glass: bool = Field(False, description="text; packages on glass substrates as soon as they no longer crack")
    project: Project | None = None
    room: Room | None = None
    hostage_of: PlaceCode | None = Field(None, description="text; place whose licence keeps it running (S22)")


class OpeningControl(Block):
    """An export control in force at the opening."""

    owner: PlaceCode
    control_class: ClassName = Field(alias="class")
    goods: list[GoodName] = Field(default_factory=list, description="text; narrows the class")
    targets: list[PlaceCode] = Field(min_length=1)
    level: LevelName
    passes: float | None = Field(
        None, ge=0, le=1.2, description="share; of normal flow let through; without it what the level lets through"
    )
    since: Quarter
    until: Quarter | None = None
    secondary: bool = False


class OpeningRefusal(Block):
    """Imports that a place refuses by the record; a seat that orders otherwise is heard."""

    owner: PlaceCode
    control_class: ClassName = Field(alias="class")
    goods: list[GoodName] = Field(default_factory=list, description="text; narrows the class")
    targets: list[PlaceCode] = Field(min_length=1)
    since: Quarter
    until: Quarter | None = None


class Invitation(Block):
    """An invitation into a bloc by the record: members vote on it, and who is invited may say no."""

    bloc: Identifier
    by: PlaceCode
    place: PlaceCode
    quarter: Quarter


class Technology(Block):
    """Who else's technology sits in a seller's good, and so can be reached by their controls."""

    owner: PlaceCode
    good: GoodName
    sellers: list[PlaceCode] = Field(min_length=1)
    share: Share


class Bloc(Block):
    """A standing alignment; one with a charter takes members, votes and binds, one without stays as it is."""

    name: str
    members: list[PlaceCode] = Field(default_factory=list, description="text; none: a bloc that may be founded")
    observers: list[PlaceCode] = Field(default_factory=list)
    since: Quarter | None = None
    cohesion: Share = Field(0.6, description="share; trust among members")
    charter: dict[CharterTerm, Share] | None = Field(
        None, description="share; strength of each term, 0 for those that are not named"
    )
    voting: VotingRule = Field("weighted", description="text; weighted counts members by the root of their GDP")


class Clause(Block):
    """One promise of a giver to a taker; what a kind has of these stands in `game/core/clauses.py`."""

    kind: ClauseKind
    giver: PlaceCode
    taker: PlaceCode
    subject: str | None = Field(None, description="text; the good, control class, research track or line it is about")
    target: PlaceCode | None = Field(None, description="text; the third place that it is aimed at")
    quantity: Amount | None = Field(None, description="units of the kind; per quarter")
    level: LevelName | None = Field(None, description="text; what `restrain` has in the place of a quantity")
    price: Amount | None = Field(None, description="units of the kind")


class Contract(Block):
    """A contract in force at the opening: what was agreed before the first quarter, or in it."""

    name: str
    parties: list[PlaceCode] = Field(min_length=2)
    signed: Quarter
    until: Quarter | None = Field(None, description="text; with whose end it expires; without it, not in this game")
    escrow: Amount = Field(0, description="USD bn; that each party has put up")
    snap_back: bool = False
    verifier: PlaceCode | None = None
    clauses: list[Clause] = Field(min_length=1, max_length=MOST_CLAUSES)


class TrustPair(Block):
    """Trust between two places where it differs from what blocs give."""

    between: list[PlaceCode] = Field(min_length=2, max_length=2)
    trust: Share


class Race(Block):
    """The two bars (rules.md section 3)."""

    bloc: Identifier
    post: Share = 0.75
    lose: Share = Field(0.72, description="share; below this the dividend stops")
    mineral_weights: dict[GoodName, Share]
    chip_weights: dict[str, Share]


class EventChoice(Block):
    """What a place that was struck can do about it."""

    words: str = Field(max_length=120)
    cash: float = Field(0.0, ge=0, le=2, description="share of a quarter's budget; what it costs")
    capital: float = Field(0.0, ge=0, le=6, description="political capital")
    effects: dict[str, Annotated[float, Field(ge=-4, le=4)]] = Field(default_factory=dict)


class Event(Block):
    """A kind of event: how often, where, how hard, what it does and which choices it leaves."""

    words: str = Field(max_length=80, description="text; what strikes")
    effects: dict[str, Annotated[float, Field(ge=-8, le=8)]] = Field(
        description="lever and amount at severity 1; see `pax-silica glossary` for the levers"
    )
    odds_by: str | None = Field(None, description="text; what of the state of the world shapes the odds")
    choices: list[EventChoice] = Field(
        default_factory=list, max_length=4, description="the first is made by who says nothing, so it costs nothing"
    )
    odds: float = Field(ge=0, le=4, description="per year; over the whole world, in a calm state")
    places: dict[PlaceCode, Amount] = Field(default_factory=dict, description="weight; relative odds by place")
    severity: Share = Field(0.3, description="share; of capacity, trade or people hit where it strikes")
    decay: Share = Field(0.5, description="share per quarter; of the loss that is made good")


class Objective(Block):
    """A seat's graded public objective: 0 at the floor, 1 at the target."""

    text: str
    metric: Identifier
    of: str | None = Field(None, description="text; the good, site or track that the metric is about")
    floor: float = Field(ge=-MOST, le=MOST)
    target: float = Field(ge=-MOST, le=MOST)


class Election(Block):
    """When a seat votes."""

    first: Quarter
    every: int = Field(ge=4, le=40, description="quarters; from one election to the next")


class Scenario(Block):
    """A whole scenario."""

    name: Identifier
    title: str
    summary: str
    first_quarter: Quarter
    quarters: int = Field(ge=1, le=80)
    quarters_per_round: int = Field(1, ge=1, le=8)
    epilogue_quarters: int = Field(8, ge=0, le=16)
    inside: PlaceCode = Field(description="text; the place whose internal prices are followed apart")
    hubs: list[PlaceCode] = Field(default_factory=list)
    places: dict[PlaceCode, Place] = Field(min_length=2)
    goods: dict[GoodName, Good]
    nodes: dict[NodeName, Node]
    recipes: dict[str, dict[GoodName, Amount]] = Field(
        description="units of input per unit: of the good named, of `wafer_starts` (thousand wafers), of "
        "`installation` (thousand H100e), of `power_plant` (GW)"
    )
    lines: dict[Identifier, Line] = Field(min_length=1)
    suppliers: dict[Identifier, Supplier] = Field(min_length=1)
    controls: list[OpeningControl] = Field(default_factory=list)
    refusals: list[OpeningRefusal] = Field(default_factory=list)
    invitations: list[Invitation] = Field(default_factory=list)
    technology: list[Technology] = Field(min_length=1)
    blocs: dict[Identifier, Bloc]
    contracts: dict[Identifier, Contract] = Field(default_factory=dict)
    trust: list[TrustPair] = Field(default_factory=list)
    race: Race
    events: dict[Identifier, Event] = Field(min_length=1)
    objectives: dict[PlaceCode, Objective] = Field(default_factory=dict)
    elections: dict[PlaceCode, Election] = Field(default_factory=dict)
    mandates: dict[PlaceCode, dict[MandateName, Objective]] = Field(
        default_factory=dict, description="text; three candidates a seat, of which each game draws one in secret"
    )
    teams: dict[str, list[PlaceCode]] = Field(
        default_factory=dict, description="text; the seats each team of people steers; each seat alone if empty"
    )
    parameters: dict[str, dict[str, float]] = Field(
        default_factory=dict, description="overrides of rule parameters, by subject and name"
    )
