"""What is made and used in a quarter: mines to accelerators, each bounded by its inputs (game.md section 3, R7).

Stocks at the start of the quarter feed it; what is made now can be used from the next quarter on. Mass is conserved:
stock + made + received = used + shipped + lost + stock after.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from game.core.names import GOODS, TOOLS, TRACKS
from game.core.numeric import Array, clip, power
from game.core.scenario import Scenario
from game.core.world import World, replace
from game.rules.tables import FIRST_EUV_NODE, PERISHABLE, Tables
from game.rules.turn import Turn

ACCELERATORS, CLOUD = GOODS.at("accelerators"), GOODS.at("cloud")
TOOL_GOODS = [GOODS.at(t) for t in TOOLS]
EUV, HIGH_NA, DUV = GOODS.at("euv"), GOODS.at("high_na"), GOODS.at("duv")
MONTHS = 3.0
#: Keeps nought over nought out of a share.
TINY = 1e-300

#: Share of the accelerators in stock that can be installed within a quarter: the rest is in transit and testing.
INSTALL_PACE = 0.9
#: Output gained per point of know-how above the opening's; judged: 30 points in eight years are worth an eighth.
SKILL_GAIN = 0.004
DESIGN = TRACKS.at("design")
#: Quarters before a line opens in which its tools move in.
TOOL_IN = 4.0
#: Share of a line's tools that are new; the rest stood in the hall or moves over. Judged: with 1 the projects of the
#: record would draw more EUV tools in 2026 than the 48 that are made.
NEW_TOOLS = 0.5
#: Extra DUV exposures where EUV cannot be had (multi-patterning), per EUV tool missing; judged.
MULTI_PATTERNING = 2.5


@dataclass(frozen=True, slots=True)
class Plan:
    """What could be made with all inputs at hand; last axis B."""

    supplier: Array
    """(S,) units"""
    starts: Array
    """(F,) thousand wafers"""
    line: Array
    """(F,) units of the line's good"""
    wafer_starts: Array
    """(N,) thousand wafers, logic and memory"""
    install: Array
    """(N,) thousand H100e"""
    tools: Array
    """(N, 4) units of each tool that construction takes up"""
    primary: Array
    """(N, G) units made by place and good that draw inputs: not from recyclers and synthetic routes"""


def produce(world: World, turn: Turn) -> World:
    """Make and use goods, release national stocks into shortages, install accelerators."""
    s, t = turn.scenario, turn.tables
    world = replace(world, lines=replace(world.lines, use=turn.firms.line_use))
    suppliers = replace(world.suppliers, use=turn.firms.supplier_use, running=turn.firms.supplier_run)
    world = replace(world, suppliers=suppliers)
    plan = planned(world, s, t)
    final, inputs = _uses(world, s, t, plan)
    need = _need(t, plan, final, inputs)
    goods = world.goods
    released = np.minimum(goods.stockpile, np.maximum(need - goods.inventory, 0.0))
    stock = goods.inventory + released
    met = stock / np.maximum(np.maximum(need, stock), TINY)
    met[(need <= 0.0) & (stock <= 0.0)] = 1.0
    hit = np.maximum(1.0 - met - goods.thrift, 0.0)
    allowed = t.recipe_rows.allowed(hit)
    factor = dict(zip(t.recipe_rows.activities, allowed, strict=False))
    line = plan.line * (line_factor := _line_factor(s, t, factor))
    supplier = plan.supplier * allowed[t.recipe_rows.supplier_activity, s.suppliers.place]
    made = _by_place_and_good(s, supplier, line)
    used = np.minimum(stock, _drawn(t, plan, final, inputs * allowed.take(t.recipe_rows.activity, axis=0), met))
    installed = plan.install * factor.get("installation", 1.0)
    used[:, ACCELERATORS] = np.minimum(stock[:, ACCELERATORS], installed)
    lost = np.zeros_like(stock)
    for good in PERISHABLE:
        lost[:, good] = stock[:, good] - used[:, good]
    made[:, CLOUD] = cloud_offered(world, s)
    world = replace(
        world,
        goods=replace(
            goods,
            inventory=stock - used - lost,
            stockpile=goods.stockpile - released,
            wanted=need,
            used=used,
            made=made,
            lost=lost,
            scarce=1.0 - met,
            reference=goods.reference + 0.125 * (need - goods.reference),
        ),
        lines=replace(world.lines, output=line, starts=plan.starts * line_factor),
        suppliers=replace(world.suppliers, output=supplier),
    )
    return _installed(world, s, used[:, ACCELERATORS])


def planned(world: World, s: Scenario, t: Tables) -> Plan:
    """What plants would make this quarter with all inputs at hand."""
    lines, suppliers = world.lines, world.suppliers
    ramp = ramps(world, s)
    supplier = suppliers.capacity * suppliers.use * suppliers.running * (1.0 - suppliers.outage) * ramp
    supplier = supplier * supplier_skill(world, s, t)
    effort = np.minimum(world.power.factor, staffing(world))[s.lines.place]
    starts = lines.capacity * lines.use * (1.0 - lines.outage) * effort * lines.licensed * MONTHS
    line = starts * lines.die_yield * per_wafer(world, s, t) * design_skill(world, s, t)
    wafer_starts = t.line_place.total(starts * (t.logic + t.memory))
    headroom = np.maximum(compute_room(world, s, t), 0.0)
    install = np.minimum(world.goods.inventory[:, ACCELERATORS] * INSTALL_PACE, headroom)
    primary = _by_place_and_good(s, supplier * t.draws_inputs, line)
    return Plan(supplier, starts, line, wafer_starts, install, _tools(world, s, t), primary)


def ramps(world: World, s: Scenario) -> Array:
    """Share of capacity that a supplier can use by the age of its newest part, years 1 to 5 (rules.md R6). (S, B)."""
    p = s.parameters.plants
    age = world.suppliers.age
    return np.where(
        age < 4, p.ramp_1,
        np.where(age < 8, p.ramp_2, np.where(age < 12, p.ramp_3, np.where(age < 16, p.ramp_4,
        np.where(age < 20, p.ramp_5, 1.0)))),
    )  # fmt: skip


def supplier_skill(world: World, s: Scenario, t: Tables) -> Array:
    """Output gained by research at home since the opening: separation for minerals, lithography for scanners, node
    know-how for other tools and materials. (S, B)."""
    gained = world.state.knowhow - s.places.research
    return clip(1.0 + SKILL_GAIN * gained[s.suppliers.place, t.supplier_track], 0.5, 1.6)


def design_skill(world: World, s: Scenario, t: Tables) -> Array:
    """Compute gained from the same silicon by better design at the firm's home, for packaging lines. (F, B)."""
    gained = (world.state.knowhow[:, DESIGN] - s.places.research[:, DESIGN])[s.lines.home]
    return 1.0 + t.packaging * (clip(1.0 + SKILL_GAIN * gained, 0.5, 1.6) - 1.0)


def staffing(world: World) -> Array:
    """Engineers at hand over engineers needed, at most 1. (N, B)."""
    people = world.people
    return np.minimum(1.0, people.engineers / np.maximum(people.needed, 1e-9))


def per_wafer(world: World, s: Scenario, t: Tables) -> Array:
    """Units of its good that a thousand fully yielding wafers of a line give. (F, B)."""
    fabs = s.parameters.fabs
    h100e = s.nodes.h100e[world.lines.node.astype(np.int64)]
    logic = np.where(h100e > 0, h100e, 1.0)
    return t.logic * logic + t.memory * fabs.stacks_per_wafer + t.packaging * fabs.h100e_per_package_wafer


def compute_room(world: World, s: Scenario, t: Tables) -> Array:
    """Thousand H100e that power and staff would let a place add this quarter. (N, B)."""
    p = s.parameters.compute
    spare = world.power.supply * (1.0 - world.power.outage) - world.power.used
    by_power = spare * 1000.0 / (world.compute.kw * s.places.pue)
    each = p.engineers * t.yardstick[0] / t.yardstick[world.quarter]
    by_staff = (world.people.engineers * 1.1 - world.people.needed) / each
    retired = world.compute.installed / p.life
    return np.minimum(by_power, by_staff) + retired


def needs(world: World, s: Scenario, t: Tables) -> Array:
    """Use that each place would have of each good this quarter, without shortage. (N, G, B)."""
    plan = planned(world, s, t)
    return _need(t, plan, *_uses(world, s, t, plan))


def planned_goods(world: World, s: Scenario, t: Tables) -> Array:
    """What each place would make of each good. (N, G, B)."""
    plan = planned(world, s, t)
    return _by_place_and_good(s, plan.supplier, plan.line)


def price_response(world: World, s: Scenario, t: Tables) -> Array:
    """Use at present prices over use at the opening's: short answer and lasting substitution. (2, G, B)."""
    market = world.market
    backstop = s.parameters.market.backstop
    response = market.adaptation / power(np.maximum(market.price / t.positions.start_price, 1.0 / 64), s.goods.short)
    return np.where(market.price > backstop, response * 0.5, response)


def _uses(world: World, s: Scenario, t: Tables, plan: Plan) -> tuple[Array, Array]:
    """Without shortage: use that goes into no other good of the game (N, G, B), and what recipes draw (R, N, B)."""
    response = price_response(world, s, t)[t.region]
    rows = t.recipe_rows
    done = np.stack([_activity(activity, plan) for activity in rows.activities])
    inputs = rows.inputs(done, response)
    response *= s.goods.use * t.trend[world.quarter][:, None]
    return response, inputs


def _need(t: Tables, plan: Plan, final: Array, inputs: Array) -> Array:
    need = final + t.recipe_rows.drawn(inputs)
    need[:, ACCELERATORS] = plan.install
    need[:, TOOL_GOODS] += plan.tools
    return need


def _activity(activity: str, plan: Plan) -> Array:
    if activity == "wafer_starts":
        return plan.wafer_starts
    if activity == "installation":
        return plan.install
    return plan.primary[:, GOODS.at(activity)]


def activity_made(activity: str, world: World, s: Scenario, t: Tables) -> Array:
    """What each place did of an activity in the last quarter. (N, B)."""
    if activity == "wafer_starts":
        return t.line_place.total(world.lines.starts * (t.logic + t.memory))
    if activity == "installation":
        return world.goods.used[:, ACCELERATORS]
    return world.goods.made[:, GOODS.at(activity)]


def _by_place_and_good(s: Scenario, supplier: Array, line: Array) -> Array:
    sellers = s.sellers
    rows = sellers.of_supplier.total(supplier) + sellers.of_line.total(line)
    goods = np.zeros((len(s.place_axis), len(GOODS), rows.shape[-1]))
    goods[sellers.place, sellers.good] = rows
    return goods


def _tools(world: World, s: Scenario, t: Tables) -> Array:
    """Tools that lines under construction take up this quarter, by place. (N, 4, B)."""
    lines = world.lines
    moving_in = (lines.building > 0) & (lines.left <= TOOL_IN)
    pace = np.where(moving_in, lines.building / TOOL_IN, 0.0)
    node = lines.node.astype(np.int64)
    scale = t.logic + 0.35 * t.memory + 0.15 * t.packaging
    per_kwpm = s.nodes.tools[np.where(t.logic > 0, node, 1)]
    rows = per_kwpm.swapaxes(1, 2) * (pace * scale * NEW_TOOLS)[:, None, :]
    if_euv = world.goods.scarce[:, EUV][s.lines.place]
    missing = rows[:, 2] * if_euv
    rows[:, 1] += MULTI_PATTERNING * missing
    rows[:, 2] -= missing
    return t.line_place.total(rows)


def _line_factor(s: Scenario, t: Tables, factor: dict[str, Array]) -> Array:
    """Logic and memory lines are bounded by wafer starts, packaging by its chips. (F, B)."""
    place = s.lines.place
    wafers = factor["wafer_starts"][place]
    packages = factor["accelerators"][place]
    return np.where(t.packaging > 0, packages, wafers)


def _drawn(t: Tables, plan: Plan, final: Array, inputs: Array, met: Array) -> Array:
    """What is really used: final use cut by shortage, inputs of what is really made. (N, G, B)."""
    drawn = final * met
    drawn += t.recipe_rows.drawn(inputs)
    drawn[:, TOOL_GOODS] += plan.tools * met[:, TOOL_GOODS]
    return drawn


def cloud_offered(world: World, s: Scenario) -> Array:
    """Compute that hosts rent out; only places that sell cloud do. (N, B)."""
    sells = (s.sellers.lane[:, CLOUD] >= 0)[:, None]
    price = world.market.price[s.region(), CLOUD]
    return np.where(sells, world.compute.running * world.compute.uses[:, 3] * np.minimum(price, 1.0), 0.0)


def _installed(world: World, s: Scenario, added: Array) -> World:
    """Add accelerators, retire old ones, and keep track of their draw and owners."""
    p = s.parameters.compute
    compute = world.compute
    kept = compute.installed * (1.0 - 1.0 / p.life)
    installed = kept + added
    share_new = added / np.maximum(installed, 1e-9)
    offered = _offered_kw(world, s)
    budget = compute.private + compute.programme
    public = np.where(budget > 0, compute.programme / np.maximum(budget, 1e-9), 0.0)
    price = s.goods.price[ACCELERATORS] * world.market.price[s.region(), ACCELERATORS]
    spent = np.minimum(compute.programme * 0.5, added * price)
    return replace(
        world,
        compute=replace(
            compute,
            installed=installed,
            state=compute.state * (1.0 - 1.0 / p.life) + added * public,
            foreign=clip(compute.foreign * (1.0 - share_new * public), 0.0, 1.0),
            kw=compute.kw + share_new * (offered - compute.kw),
            programme=compute.programme - spent,
            kw_offered=_packaged_kw(world, s),
        ),
    )


def _offered_kw(world: World, s: Scenario) -> Array:
    """Mean draw of the accelerators that reached each place last quarter. (N, B)."""
    rows = np.flatnonzero(s.sellers.good == ACCELERATORS)
    flow = world.trade.flow[rows]
    kw = world.compute.kw_offered[s.sellers.place[rows]]
    amount, weighted = flow[0].copy(), flow[0] * kw[0]
    for k in range(1, len(rows)):
        amount += flow[k]
        weighted += flow[k] * kw[k]
    return np.where(amount > 0, weighted / np.where(amount > 0, amount, 1.0), world.compute.kw)


def _packaged_kw(world: World, s: Scenario) -> Array:
    """Draw of a unit of compute packaged at a place: energy of the logic that reached it. (N, B)."""
    leading = GOODS.at("leading_logic")
    node = world.lines.node.astype(np.int64)
    energy = s.nodes.energy[node]
    is_leading = (node >= FIRST_EUV_NODE - 1).astype(np.float64)
    good = (s.lines.kind == 0)[:, None] * is_leading
    amount = s.sellers.of_line.total(world.lines.output * good)
    weighted = s.sellers.of_line.total(world.lines.output * good * energy)
    rows = np.flatnonzero(s.sellers.good == leading)
    made_energy = np.where(amount[rows] > 0, weighted[rows] / np.where(amount[rows] > 0, amount[rows], 1.0), 1.0)
    flow = world.trade.flow[rows]
    total_flow, total_energy = flow[0].copy(), flow[0] * made_energy[0][None]
    for k in range(1, len(rows)):
        total_flow += flow[k]
        total_energy += flow[k] * made_energy[k][None]
    mean = np.where(total_flow > 0, total_energy / np.where(total_flow > 0, total_flow, 1.0), 1.0)
    design = 1.0 + 0.004 * (100.0 - world.state.knowhow[:, 8])
    return s.parameters.compute.kw * mean * clip(design, 0.5, 1.6)
