"""The numbers of the rules: each declared once, with unit, range and reason, and open to override by a scenario.

Values that nobody has measured are judged; `market.md`-style posteriors are quoted where they exist. A scenario
overrides one as `parameters: {subject: {name: value}}`, and `run --set parameters.market.stickiness=0.4` does the same.
"""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from typing import Any


def parameter(value: float, unit: str, low: float, high: float, why: str) -> Any:
    """A dataclass field for one parameter: default, unit, allowed range, and where the value comes from."""
    if not low <= value <= high:
        raise ValueError(f"default {value} outside {low}..{high}")
    return field(default=value, metadata={"unit": unit, "low": low, "high": high, "why": why})


@dataclass(frozen=True, slots=True)
class Market:
    """Price formation: two prices, inside the main exporter's home and outside."""

    stickiness: float = parameter(0.375, "share", 0.1, 0.6, "share of the way to clearing in a quarter; fit .31-.45")
    restock: float = parameter(5.0, "quarters", 2, 8, "time to rebuild stocks; fit 2.5-7.8")
    stock_elasticity: float = parameter(0.625, "share", 0.1, 0.9, "stock target against price; fit .16-.88")
    supply_elasticity: float = parameter(0.09375, "share", 0.0, 0.3, "output within a quarter; fit .03-.29")
    speculation: float = parameter(0.3, "share", 0.0, 2.1, "stock target against price momentum; fit .03-2.1")
    alarm_gain: float = parameter(2.0, "ratio", 0.0, 5.7, "news from a cut in allowed flow; fit .7-5.7")
    alarm_decay: float = parameter(0.38, "share per quarter", 0.1, 0.6, "fit .13-.58")
    adaptation: float = parameter(0.1, "share per quarter", 0.02, 0.34, "pace of lasting substitution; fit .06-.34")
    keep: float = parameter(0.44, "share", 0.04, 0.86, "of adaptation kept when prices fall; fit .04-.86")
    memory: float = parameter(0.25, "share per quarter", 0.1, 0.5, "long price follows price; market.md")
    arbitrage: float = parameter(0.3, "share per quarter", 0.05, 0.8, "gap closed where trade is open; judged")
    gap_exports: float = parameter(
        0.65, "ratio", 0, 9, "exports added per unit of price gap; fit 2.3-9.5 without licences"
    )
    backstop: float = parameter(12.0, "ratio", 4, 40, "price at which a substitute takes over; judged, market.md")


@dataclass(frozen=True, slots=True)
class Leakage:
    """What passes a control through third places."""

    base: float = parameter(0.50, "share", 0.0, 0.8, "of blocked flow with no price gap; record 0.1-0.6 in year one")
    slope: float = parameter(0.07, "share", 0.0, 0.6, "added per unit of relative price gap; fit .07-.57")
    most: float = parameter(0.80, "share", 0.1, 0.9, "ceiling; fit .11-.63 with base")
    pace: float = parameter(0.5, "share per quarter", 0.1, 1.0, "networks form; market.md")
    enforcement: float = parameter(
        0.65, "share", 0.2, 0.95, "of leaks stopped at full enforcement; record 0.1-0.3 left"
    )
    hub_value: float = parameter(0.06, "share", 0.0, 0.3, "margin the hubs keep; judged")


@dataclass(frozen=True, slots=True)
class Controls:
    """Export controls: how much each level lets through and what it teaches the target (rules.md R1)."""

    fee_licence: float = parameter(0.5, "share", 0.2, 1.0, "of normal flow; at most 50% of home sales")
    fee: float = parameter(0.25, "share", 0.05, 0.5, "of the value shipped; the record's 25%")
    fee_volume: float = parameter(0.5, "share", 0.1, 10, "of what the licensor's home buys, at most; the record's 50%")
    licence: float = parameter(0.7, "share", 0.3, 1.2, "steady state; record 0.6-0.8")
    slow_walk: float = parameter(0.35, "share", 0.1, 0.9, "record 0.3-1.2 by month")
    quota: float = parameter(0.5, "share", 0.1, 0.9, "judged")
    first_quarter: float = parameter(
        0.15, "share", 0.0, 0.6, "of its steady flow in a licence's first quarter; record 0-0.1"
    )
    learning: float = parameter(0.03, "share per quarter", 0.0, 0.1, "k of rules.md R1; judged")
    secondary_reach: float = parameter(
        0.8, "share", 0.2, 1.0, "of technology share that a secondary rule blocks; judged"
    )
    class_share: float = parameter(0.05, "share", 0.0, 0.3, "of world supply an owner needs to control; rules.md R9")
    free_bans: float = parameter(2, "count", 0, 6, "bans without upkeep; rules.md R9")
    upkeep: float = parameter(0.25, "capital per quarter", 0, 1, "for each ban beyond; rules.md R9")
    escalation: float = parameter(1.0, "steps", 0.1, 1.5, "of world escalation by an unanswered ban: one, as blame; R1")
    cooling: float = parameter(0.25, "steps per quarter", 0.05, 1, "rules.md R12")


@dataclass(frozen=True, slots=True)
class Plants:
    """Suppliers: use, ramp, shutdown, entry (rules.md R2, R6)."""

    ramp_1: float = parameter(0.18, "share", 0.05, 0.9, "use in year one; Lynas LAMP 2014")
    ramp_2: float = parameter(0.40, "share", 0.1, 1, "year two, as above")
    ramp_3: float = parameter(0.57, "share", 0.1, 1, "year three")
    ramp_4: float = parameter(0.73, "share", 0.1, 1, "year four")
    ramp_5: float = parameter(0.81, "share", 0.1, 1, "year five and after: ceiling of a young plant")
    overrun: float = parameter(0.5, "share", 0, 1.5, "mean capex overrun; record")
    delay: float = parameter(
        13.5, "quarters", 0, 16, "slips of mines and refineries; so that what is announced brings the bar of rules.md 3"
    )
    shutdown: float = parameter(
        0.14, "per quarter", 0, 0.3, "hazard of exit below cost; rules.md R2 has 0.08, which spares too many"
    )
    flood_price: float = parameter(0.7, "share of cost", 0.4, 1, "rules.md R2")
    entry: float = parameter(1.9, "ratio", 1.0, 3, "long price over cost at which a firm builds; fit 1.3-2.9")
    use_pace: float = parameter(0.5, "share per quarter", 0.05, 1, "how fast use follows sales; judged")
    fast_track: float = parameter(4, "quarters", 1, 8, "saved by a fast-track permit; rules.md R6")
    room_growth: float = parameter(
        0.045, "share per quarter", 0, 0.2, "new sites prepared, of the room at the opening; judged"
    )
    host_growth: float = parameter(
        0.006, "share per quarter", 0, 0.1, "the same for by-products: as alumina and zinc grow, 2-3% a year; estimate"
    )
    halls_delay: float = parameter(
        4, "quarters", 0, 16, "the same for makers of materials and tools: halls, not ore; a year, judged"
    )
    permit: float = parameter(0.08, "share", 0, 0.5, "of what is under construction that a fast-track permit costs")
    chain_scale: float = parameter(
        0.3, "share", 0, 0.6, "of cost that a whole rare-earth chain in one bloc saves; premium 0.3-0.5, rules.md 5"
    )
    stock_pace: float = parameter(0.125, "share per quarter", 0, 1, "of the gap to its stock target that a seat buys")
    stock_share: float = parameter(0.15, "share", 0, 0.5, "largest stock order over the outside flow; rules.md R6")


@dataclass(frozen=True, slots=True)
class Fabs:
    """Foundry lines: learning, break-even, expansion (rules.md R8, R12)."""

    stacks_per_wafer: float = parameter(
        36, "stacks", 20, 120, "HBM stacks a wafer gives at full yield; calibrated, 30-45"
    )
    h100e_per_package_wafer: float = parameter(18, "H100e", 8, 60, "per 2.5D packaging wafer at full yield")
    learning: float = parameter(0.10, "share per quarter", 0.02, 0.4, "of the gap to the yield ceiling at full use")
    fast_learning: float = parameter(3.0, "ratio", 1, 5, "a 50-day line learns three times as often")
    fast_cost: float = parameter(1.35, "ratio", 1, 2, "dearer wafer of a single-wafer line; judged")
    use_pace: float = parameter(0.35, "share per quarter", 0.05, 1, "how fast starts follow orders; judged")
    expand_use: float = parameter(0.88, "share", 0.6, 1, "use above which a firm considers expansion; judged")
    hurdle: float = parameter(0.035, "per quarter", 0.005, 0.1, "return on capex a firm asks; judged")
    crowding: float = parameter(0.25, "share", 0, 1, "longer building per 40 kwpm under way at a site; judged")
    break_even: float = parameter(
        0.7, "share", 0.3, 0.95, "use below which a fab at the opening's prices loses cash; rules.md R8"
    )
    scale: float = parameter(20, "kwpm", 0, 60, "least size of a new logic fab, below which none is begun; rules.md R8")
    works: float = parameter(
        0.03, "USD bn per kwpm", 0.005, 0.2, "roads, water and housing that carry what crowds a site; judged"
    )
    renode: float = parameter(3, "quarters", 1, 6, "added when a site under construction changes node; rules.md R8")
    glass_hazard: float = parameter(0.2, "per quarter", 0, 1, "of mastering glass substrates; record 12-18 months")
    glass_cost: float = parameter(0.4, "share", 0, 0.8, "of the cost of packaging that glass saves; record up to 40%")
    glass_power: float = parameter(0.175, "share", 0, 0.5, "of accelerators' draw that glass saves; record 15-20%")
    glass_queue: float = parameter(0.25, "share", 0, 1, "more orders for the first that master glass; judged")
    parts_alive: float = parameter(0.6, "share", 0.3, 1, "output left after a year without tool service; judged")


@dataclass(frozen=True, slots=True)
class Compute:
    """Installed accelerators, their power and their worth."""

    life: float = parameter(20, "quarters", 8, 40, "service life of an accelerator")
    kw: float = parameter(0.9, "kW per H100e", 0.6, 2.5, "with server and network, before pue, 5 nm; record 0.67-1.59")
    growth: float = parameter(0.75, "share per year", 0, 1.2, "private capex growth in 2026, fading; judged")
    fade: float = parameter(0.08, "per quarter", 0, 0.2, "by which that growth fades; judged")
    engineers: float = parameter(0.0005, "thousand per thousand H100e", 0, 0.1, "data-centre staff; judged")
    yardstick: float = parameter(142, "H100e per USD bn of GDP", 20, 500, "g at the opening; rules.md section 3")
    yardstick_growth: float = parameter(0.32, "share per year", 0, 1, "growth of g; judged to follow world stock")
    hosted: float = parameter(0.7, "share", 0.3, 1, "weight of foreign-owned compute at home; rules.md section 3")
    rented: float = parameter(0.5, "share", 0.1, 1, "weight of compute rented in; rules.md section 3")
    design_margin: float = parameter(0.6, "share", 0, 0.9, "of an accelerator's price that its designer keeps; Nvidia")
    benefit: float = parameter(0.5, "USD bn per root thousand H100e", 0, 5, "b of prosperity; judged")


@dataclass(frozen=True, slots=True)
class State:
    """Treasuries, political capital, standing dials (rules.md R10)."""

    capital: float = parameter(3, "capital per quarter", 1, 6, "rules.md R10")
    capital_bank: float = parameter(6, "capital", 3, 12, "rules.md R10")
    approval_bonus: float = parameter(0.55, "share", 0.3, 0.9, "approval above which a fourth capital comes")
    interest: float = parameter(0.011, "per quarter", 0, 0.05, "on bonds; judged")
    private_match: float = parameter(1.5, "ratio", 0, 4, "private capex drawn by a dollar of subsidy; CHIPS act range")
    equity_return: float = parameter(0.015, "per quarter", 0, 0.1, "dividend on state equity at normal profit")
    climate: float = parameter(0.3, "share", 0, 1, "of approval where all power is new gas against a pledge; judged")
    law_quarters: float = parameter(12, "quarters", 1, 40, "for which a multi-year law locks money; rules.md R10")
    law_match: float = parameter(0.5, "share", 0, 2, "more private capex on locked than on yearly money; rules.md R10")
    law_most: float = parameter(0.5, "share", 0, 1, "of the budget that a law may lock; 0 forbids laws; judged")
    lapse: float = parameter(0.04, "share per quarter", 0, 0.3, "of cash beyond a year's budget: unspent money lapses")
    fee_share: float = parameter(0.25, "share", 0, 1, "of scarcity rents that reach the treasury as tax")
    income_growth: float = parameter(
        0.10, "share per year", 0, 0.4, "trend of chain income that prosperity is held against"
    )


@dataclass(frozen=True, slots=True)
class Power:
    """Electricity a seat can order (S14)."""

    grid_cost: float = parameter(0.9, "USD bn per GW", 0.1, 5, "line and substation to spare generation; judged")
    lng_cost: float = parameter(1.6, "USD bn per GW", 0.5, 5, "gas turbine with terminal share; judged")
    renewables_cost: float = parameter(2.6, "USD bn per GW", 0.8, 8, "firm GW with storage; judged")
    smr_cost: float = parameter(9.0, "USD bn per GW", 4, 20, "first of a kind; judged")
    grid_lead: float = parameter(5, "quarters", 2, 16, "judged; game.md calls the grid queue")
    lng_lead: float = parameter(4, "quarters", 2, 12, "the fast, shock-prone answer")
    renewables_lead: float = parameter(6, "quarters", 2, 12, "judged")
    smr_lead: float = parameter(20, "quarters", 16, 40, "game.md: 20 quarters and more")
    largest_order: float = parameter(0.25, "share", 0.05, 1, "of present supply that one order may add")


@dataclass(frozen=True, slots=True)
class People:
    """Engineers (S13)."""

    attrition: float = parameter(0.008, "per quarter", 0, 0.05, "retirement and exit; judged")
    study: float = parameter(8, "quarters", 4, 16, "university place to engineer; game.md")
    visa_lag: float = parameter(2, "quarters", 1, 6, "judged")
    visa_pool: float = parameter(0.006, "per quarter", 0, 0.05, "of a source's engineers that would move")
    drain: float = parameter(0.002, "per quarter", 0, 0.02, "moving to better pay without any visa order")
    visa_cost: float = parameter(0.04, "USD bn per thousand", 0, 1, "settlement and training; judged")


@dataclass(frozen=True, slots=True)
class Research:
    """Know-how by track (rules.md R12)."""

    scale: float = parameter(0.05, "index per quarter", 0, 1, "per root of research compute x engineers, x share")
    closed: float = parameter(
        0.004, "share", 0, 0.05, "of research lost for each border closed to engineers or cloud; rules.md 5, judged"
    )
    spill: float = parameter(0.03, "share per quarter", 0, 0.1, "of the gap to the leader; rules.md R12")


@dataclass(frozen=True, slots=True)
class Statecraft:
    """Contracts, blocs and talks (rules.md R4, R5, R10)."""

    table: float = parameter(64, "rows", 16, 256, "contracts in force at a time at most; memory")
    lobbying: float = parameter(0.03, "share per quarter", 0, 0.2, "of approval that lobbies move; S20, judged")
    signing: float = parameter(1, "capital", 0, 30, "political capital of a contract for who proposed it; rules.md R10")
    small_economy: float = parameter(0.02, "share", 0, 0.2, "of world GDP below which it costs half; rules.md R10")
    verifying: float = parameter(
        0.004, "USD bn per quarter", 0, 0.1, "that each party pays who verifies its contract; R10, judged"
    )
    verified: float = parameter(0.5, "share", 0, 2, "more trust by keeping what a third place verifies; judged")
    motion: float = parameter(2, "capital", 0, 30, "political capital of a motion in a bloc; rules.md R10")
    dues: float = parameter(0.04, "share", 0, 0.2, "of budgets that dues of a bloc at full strength take; judged")
    heads: float = parameter(8, "members", 1, 22, "up to which each has a whole dividend; more share it; judged, R4")
    neutral_fee: float = parameter(0.3, "share", 0, 0.5, "of the worth of shunned trade that neutrals earn; judged")
    neutral_tax: float = parameter(0.25, "share", 0, 0.5, "of it that each secondary rule of a side takes away; judged")
    threat: float = parameter(0.3, "share", 0, 1, "of a ban's first quarter that an open threat teaches; rules.md R1")
    settlement: float = parameter(0.3, "share", 0, 1, "of blame that a step down by contract takes away; judged")
    joint_cover: float = parameter(
        2.0, "quarters", 0, 8, "of members' use that a charter at full strength aims to hold jointly; judged, R6 has 4"
    )
    joint_pace: float = parameter(
        0.125, "share per quarter", 0.02, 1, "of the gap to it that members buy; as for dials"
    )
    joint_riding: float = parameter(
        0.4, "share", 0, 1, "of its due that a member leaves unpaid where release goes by need alone; judged, R5"
    )
    joint_will: float = parameter(
        0.25, "share", 0.01, 1, "own stock target below which a member pays less of its due; the opening's dial"
    )
    anchor: float = parameter(
        0.15, "share", 0, 1, "more orders and return for plants whose output is bought ahead, or part-owned; judged"
    )
    licence: float = parameter(
        0.03, "share per quarter", 0, 0.3, "of the gap to a licensor that trusts fully; several times the spill; judged"
    )
    hub: float = parameter(
        1.5, "index per quarter", 0, 10, "that a root of USD bn in a hub is worth; rules.md section 5"
    )
    hub_dues: float = parameter(0.02, "share", 0, 0.2, "of members' budgets for a bloc's hub at full strength; judged")
    visa_pool: float = parameter(0.01, "per quarter", 0, 0.05, "of a place's engineers that a visa clause may draw")
    trainees: float = parameter(0.1, "share", 0, 0.5, "of them who come home trained after three years; judged")
    platform: float = parameter(6.0, "index per quarter", 0, 50, "that a root of USD bn is worth on a platform; judged")
    robot_wear: float = parameter(0.01, "share per quarter", 0, 0.1, "of robots that wear out; judged")
    robot_staff: float = parameter(0.4, "share", 0, 0.8, "of plants' engineers that robots can spare; judged")
    robot_mines: float = parameter(0.15, "share", 0, 0.5, "of output that robots can add in mines; judged")
    robot_income: float = parameter(0.003, "share", 0, 0.1, "of GDP that robots can add; judged")
    robot_magnets: float = parameter(0.5, "share", 0, 3, "more magnets that robots can take; a motor in each joint")
    robot_chips: float = parameter(0.1, "share", 0, 1, "more mature chips that robots can take; judged")
    fuel: float = parameter(0.4, "GW per GW", 0, 1, "that a giver of fuel goes without itself; judged")
    shock: float = parameter(
        3.0, "ratio", 0, 10, "of promised fuel that a shock of LNG stops, over its severity; judged"
    )
    certify: float = parameter(0.15, "share per quarter", 0.02, 1, "of the way to certified silicon; judged")
    audit: float = parameter(0.004, "share", 0, 0.05, "of the worth of certified chips that audits cost; judged")
    compliant: float = parameter(0.05, "share", 0, 0.2, "more private capex of certified firms; rules.md section 5")
    premium: float = parameter(
        0.06, "share", 0, 0.2, "that certified buyers pay for certified chips; rules.md section 5 has 5-10%"
    )
    provenance: float = parameter(0.4, "share", 0, 0.9, "of leaks of certified chips that audits find; judged")
    guardrail_cost: float = parameter(0.04, "share", 0, 0.2, "of compute that guardrails take; rules.md 3-5%")
    guardrail_safety: float = parameter(0.4, "share", 0, 0.9, "of incidents that guardrails prevent; judged")
    mixed: float = parameter(0.15, "share", 0, 0.5, "of compute rented across two standards that is lost; judged")
    guarantee: float = parameter(0.5, "share", 0, 0.9, "of likely losses that a trusted guarantor averts; judged")
    guarantee_cost: float = parameter(0.02, "share", 0, 0.2, "of a ward's budget that its guarantor spends; judged")
    guarantee_blame: float = parameter(0.05, "index per quarter", 0, 1, "that a guarantor bears; judged")
    deterrence: float = parameter(0.3, "share", 0, 0.9, "of crises at sea that a trusted guarantee prevents; judged")
    guards: float = parameter(0.6, "share", 0, 0.95, "of losses on routes that full guards prevent; judged")
    guards_pace: float = parameter(0.25, "share per quarter", 0.05, 1, "of the way to what a dial asks; judged")
    stock_loss: float = parameter(0.3, "share", 0, 1, "of stocks lost over the severity of a disaster; judged")
    dispersal: float = parameter(0.8, "share", 0, 1, "of that loss which full dispersal prevents; judged")
    insight: float = parameter(0.8, "share", 0, 0.95, "of an error band that full intelligence closes; judged")
    handed_on: float = parameter(0.8, "share", 0, 1, "of what a place knows that reaches whom it shares with; judged")


@dataclass(frozen=True, slots=True)
class Parameters:
    """All parameters, by subject."""

    market: Market = field(default_factory=Market)
    leakage: Leakage = field(default_factory=Leakage)
    controls: Controls = field(default_factory=Controls)
    plants: Plants = field(default_factory=Plants)
    fabs: Fabs = field(default_factory=Fabs)
    compute: Compute = field(default_factory=Compute)
    state: State = field(default_factory=State)
    power: Power = field(default_factory=Power)
    people: People = field(default_factory=People)
    research: Research = field(default_factory=Research)
    statecraft: Statecraft = field(default_factory=Statecraft)


def declared() -> list[tuple[str, float, str, float, float, str]]:
    """Every parameter as (subject.name, default, unit, low, high, why)."""
    rows = []
    defaults = Parameters()
    for subject in fields(Parameters):
        group = getattr(defaults, subject.name)
        for f in fields(group):
            m = f.metadata
            rows.append((f"{subject.name}.{f.name}", getattr(group, f.name), m["unit"], m["low"], m["high"], m["why"]))
    return rows
