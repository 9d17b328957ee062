"""What is made and used in a quarter: mines to accelerators, each bounded by its inputs (game.md section 3, R7).

Stocks at the start of the quarter feed it; what is made now can be used from the next quarter on. Mass is conserved:
stock + made + received = used + shipped + lost + stock after.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from game.core.names import GOODS, SUPPLIER_KINDS, TOOLS, TRACKS
from game.core.numeric import Array, clip, pick, power, ratio, total
from game.core.scenario import Scenario
from game.core.world import Compute, World, replace
from game.rules import glass
from game.rules.compute import let_by_contract
from game.rules.kept import constants_of, reading_of
from game.rules.standards import robots
from game.rules.tables import FIRST_EUV_NODE, PERISHABLE, Tables
from game.rules.turn import Turn

ACCELERATORS, CLOUD = GOODS.at("accelerators"), GOODS.at("cloud")
MAGNETS, MATURE = GOODS.at("magnets"), GOODS.at("mature_chips")
#: Tools stand one after the other on the axis of goods.
TOOL_GOODS = slice(GOODS.at(TOOLS[0]), GOODS.at(TOOLS[-1]) + 1)
EUV, HIGH_NA, DUV = GOODS.at("euv"), GOODS.at("high_na"), GOODS.at("duv")
MONTHS = 3.0
#: Keeps nought over nought out of a share.
TINY = 1e-300

#: Share of the accelerators in stock that can be installed within a quarter: the rest is in transit and testing.
INSTALL_PACE = 0.9
#: Output gained per point of know-how above the opening's; judged: 30 points in eight years are worth an eighth.
SKILL_GAIN = 0.004
DESIGN, EFFICIENCY = TRACKS.at("design"), TRACKS.at("power")
#: Quarters before a line opens in which its tools move in.
TOOL_IN = 4.0
#: Construction often has exactly that long to go: with a hundredth of a quarter more, rounding does not decide.
MARGIN = 0.01
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
    s, t, recipes = turn.scenario, turn.tables, turn.tables.recipe_rows
    world = _set_running(world, turn)
    plan = planned(world, s, t)
    final, inputs = _uses(world, s, t, plan)
    need = _need(t, plan, final, inputs)
    goods = world.goods
    released = np.minimum(goods.stockpile, np.maximum(need - goods.inventory, 0.0))
    stock = goods.inventory + released
    met = (stock + TINY) / (np.maximum(need, stock) + TINY)
    allowed = recipes.allowed(np.maximum(1.0 - met - goods.thrift, 0.0))
    line_factor = pick(allowed, recipes.line_limit)
    line, supplier = plan.line * line_factor, plan.supplier * pick(allowed, recipes.supplier_limit)
    made = _by_place_and_good(t, supplier, line)
    made[:, CLOUD] = cloud_offered(world, t)
    used = np.minimum(stock, _drawn(t, plan, final, inputs * allowed.take(recipes.activity, axis=0), met))
    used[:, ACCELERATORS] = np.minimum(stock[:, ACCELERATORS], plan.install * allowed[recipes.installation])
    left = stock - used
    lost = np.zeros(stock.shape)
    lost[:, PERISHABLE] = left[:, PERISHABLE]
    goods = replace(
        goods,
        inventory=left - lost,
        stockpile=goods.stockpile - released,
        wanted=need,
        used=used,
        made=made,
        lost=lost,
        scarce=1.0 - met,
        reference=goods.reference + 0.125 * (need - goods.reference),
    )
    return replace(
        world,
        goods=goods,
        lines=replace(world.lines, output=line, starts=plan.starts * line_factor),
        suppliers=replace(world.suppliers, output=supplier),
        compute=_installed(world, s, t, used[:, ACCELERATORS], line),
    )


def _set_running(world: World, turn: Turn) -> World:
    """Plants run as their firms decided."""
    firms = turn.firms
    return replace(
        world,
        lines=replace(world.lines, use=firms.line_use),
        suppliers=replace(world.suppliers, use=firms.supplier_use, running=firms.supplier_run),
    )


def planned(world: World, s: Scenario, t: Tables) -> Plan:
    """What plants would make this quarter with all inputs at hand."""
    lines, suppliers = world.lines, world.suppliers
    supplier = suppliers.capacity * suppliers.use * suppliers.running * (1.0 - suppliers.outage)
    supplier *= ramps(world, t)
    supplier *= supplier_skill(world, s, t)
    at_work = robots(world)
    if at_work is not None:
        supplier *= 1.0 + s.parameters.statecraft.robot_mines * at_work.take(s.suppliers.place, axis=0) * _mines(s)
    _scrap_limits(world, t, supplier)
    effort = np.minimum(world.power.factor, staffing(world)).take(s.lines.place, axis=0)
    starts = lines.capacity * lines.use * (1.0 - lines.outage) * effort * lines.licensed * MONTHS
    line = starts * lines.die_yield * per_wafer(world, t) * design_skill(world, s, t)
    headroom = np.maximum(compute_room(world, s, t), 0.0)
    return Plan(
        supplier=supplier,
        starts=starts,
        line=line,
        wafer_starts=t.line_place.total(starts * t.positions.front_end),
        install=np.minimum(world.goods.inventory[:, ACCELERATORS] * INSTALL_PACE, headroom),
        tools=_tools(world, s, t),
        primary=_by_place_and_good(t, supplier * t.draws_inputs, line),
    )


def _scrap_limits(world: World, t: Tables, supplier: Array) -> None:
    """Recyclers of a region get back no more than part of what it used of late: (S, B), in place."""
    scrap = t.positions.scrap
    if not len(scrap.goods):
        return
    used = world.goods.reference.take(scrap.goods, axis=1)
    inside = used[scrap.inside]
    there = (np.stack([total(used) - inside, inside]) * scrap.share).reshape(-1, world.worlds)
    asked = scrap.by_cell.total(supplier.take(scrap.recyclers, axis=0))
    # The opening is worked out before anything has been used: then nothing is known that would limit them.
    there = np.where(there > 0.0, there, asked)
    part = there / np.maximum(np.maximum(asked, there), TINY)
    supplier[scrap.recyclers] *= scrap.by_cell.spread(part)


@constants_of
def _mines(s: Scenario) -> Array:
    """1 for mines, 0 for other suppliers. (S, 1)."""
    return (s.suppliers.kind == SUPPLIER_KINDS.at("mine")).astype(np.float64)[:, None]


def ramps(world: World, t: Tables) -> Array:
    """Share of capacity that a supplier can use by the age of its newest part, years 1 to 5 (rules.md R6). (S, B)."""
    age = np.minimum(world.suppliers.age, len(t.positions.ramp) - 1)
    return t.positions.ramp.take(age.astype(np.int64))


def supplier_skill(world: World, s: Scenario, t: Tables) -> Array:
    """Output gained by research at home since the opening: separation for minerals, lithography for scanners, node
    know-how for other tools and materials. (S, B)."""
    gained = world.state.knowhow - s.places.research
    return clip(1.0 + SKILL_GAIN * pick(gained, t.positions.supplier_skill), 0.5, 1.6)


def design_skill(world: World, s: Scenario, t: Tables) -> Array:
    """Compute gained from the same silicon by better design at the firm's home, for packaging lines. (F, B)."""
    gained = world.state.knowhow[:, DESIGN] - s.places.research[:, DESIGN]
    skill = clip(SKILL_GAIN * gained, -0.5, 0.6)
    return 1.0 + t.packaging * skill.take(s.lines.home, axis=0)


def staffing(world: World) -> Array:
    """Engineers at hand over engineers needed, at most 1. (N, B)."""
    people = world.people
    return np.minimum(1.0, people.engineers / np.maximum(people.needed, 1e-9))


@reading_of("lines.node")
def per_wafer(world: World, t: Tables) -> Array:
    """Units of its good that a thousand fully yielding wafers of a line give. (F, B)."""
    return t.positions.per_wafer.take(world.lines.node.astype(np.int64) + t.positions.kind_rows)


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
    return _by_place_and_good(t, plan.supplier, plan.line)


def price_response(world: World, s: Scenario, t: Tables) -> Array:
    """Use at present prices over use at the opening's: short answer and lasting substitution. (2, G, B)."""
    market = world.market
    backstop = s.parameters.market.backstop
    response = market.adaptation / power(np.maximum(market.price / t.positions.start_price, 1.0 / 64), s.goods.short)
    return np.where(market.price > backstop, response * 0.5, response)


def _uses(world: World, s: Scenario, t: Tables, plan: Plan) -> tuple[Array, Array]:
    """Without shortage: use that goes into no other good of the game (N, G, B), and what recipes draw (R, N, B)."""
    response = price_response(world, s, t).take(t.region, axis=0)
    needed = t.recipe_rows.needed(plan.primary, plan.wafer_starts, plan.install)
    inputs = t.recipe_rows.saved_inputs(needed, response)
    response *= s.goods.use * t.trend[world.quarter][:, None]
    at_work = robots(world)
    if at_work is not None:
        response[:, MAGNETS] *= 1.0 + s.parameters.statecraft.robot_magnets * at_work
        response[:, MATURE] *= 1.0 + s.parameters.statecraft.robot_chips * at_work
    return response, inputs


def _need(t: Tables, plan: Plan, final: Array, inputs: Array) -> Array:
    need = final + t.recipe_rows.drawn(inputs)
    need[:, ACCELERATORS] = plan.install
    need[:, TOOL_GOODS] += plan.tools
    return need


def inputs_drawn(world: World, t: Tables) -> Array:
    """What recipes drew for what was made in the last quarter. (R, N, B)."""
    wafer_starts = t.line_place.total(world.lines.starts * t.positions.front_end)
    return t.recipe_rows.needed(world.goods.made, wafer_starts, world.goods.used[:, ACCELERATORS])


def _by_place_and_good(t: Tables, supplier: Array, line: Array) -> Array:
    made = t.positions.made_at.total(np.concatenate([supplier, line]))
    return made.reshape(len(t.region), len(GOODS), -1)


def _tools(world: World, s: Scenario, t: Tables) -> Array:
    """Tools that lines under construction take up this quarter, by place. (N, 4, B).

    Few lines are: only their rows are looked at, a fifth of the time at 64 worlds.
    """
    lines = world.lines
    pace = lines.building * (lines.left <= TOOL_IN + MARGIN)
    rows = np.flatnonzero(pace.max(axis=1))
    node = np.where(t.logic[rows] > 0, lines.node[rows], 1.0).astype(np.int64)
    tools = s.nodes.tools.take(node, axis=0).swapaxes(1, 2)
    tools = tools * (pace[rows] * t.positions.tool_scale[rows] * (NEW_TOOLS / TOOL_IN))[:, None]
    missing = tools[:, 2] * world.goods.scarce[:, EUV].take(s.lines.place[rows], axis=0)
    tools[:, 1] += MULTI_PATTERNING * missing
    tools[:, 2] -= missing
    return t.line_place.total_of(rows, tools)


def _drawn(t: Tables, plan: Plan, final: Array, inputs: Array, met: Array) -> Array:
    """What is really used: final use cut by shortage, inputs of what is really made. (N, G, B)."""
    drawn = final * met
    drawn += t.recipe_rows.drawn(inputs)
    drawn[:, TOOL_GOODS] += plan.tools * met[:, TOOL_GOODS]
    return drawn


def cloud_offered(world: World, t: Tables) -> Array:
    """Compute that hosts rent out; only places that sell cloud do. (N, B)."""
    price = np.minimum(world.market.price[:, CLOUD], 1.0).take(t.region, axis=0)
    offered = t.positions.cloud_sellers * world.compute.running * world.compute.uses[:, 3] * price
    let = let_by_contract(world)
    return offered if let is None else np.maximum(offered - let, 0.0)


def _installed(world: World, s: Scenario, t: Tables, added: Array, line: Array) -> Compute:
    """Add accelerators, retire old ones, and keep track of their draw and owners."""
    compute, kept = world.compute, 1.0 - 1.0 / s.parameters.compute.life
    installed = compute.installed * kept + added
    share_new = added / np.maximum(installed, 1e-9)
    public = compute.programme / np.maximum(compute.private + compute.programme, 1e-9)
    price = (s.goods.price[ACCELERATORS] * world.market.price[:, ACCELERATORS]).take(t.region, axis=0)
    return replace(
        compute,
        installed=installed,
        state=compute.state * kept + added * public,
        foreign=clip(compute.foreign * (1.0 - share_new * public), 0.0, 1.0),
        kw=compute.kw + share_new * (_offered_kw(world, s, t) - compute.kw),
        programme=compute.programme - np.minimum(compute.programme * 0.5, added * price),
        kw_offered=_packaged_kw(world, s, t, line),
    )


def _offered_kw(world: World, s: Scenario, t: Tables) -> Array:
    """Mean draw of the accelerators that reached each place last quarter. (N, B)."""
    rows = t.positions.accelerator_sellers
    kw = world.compute.kw_offered.take(s.sellers.place[rows], axis=0)
    return _mean_over(world.trade.flow.take(rows, axis=0), kw, world.compute.kw)


def _packaged_kw(world: World, s: Scenario, t: Tables, line: Array) -> Array:
    """Draw of a unit of compute packaged at a place: energy of the logic that reached it. (N, B)."""
    rows, of_line = t.positions.leading_sellers, s.sellers.of_line
    leading, energy = _leading(world, s, t)
    made_energy = ratio(of_line.total(line * energy)[rows], of_line.total(line * leading)[rows], 1.0)
    mean = _mean_over(world.trade.flow.take(rows, axis=0), made_energy, np.ones_like(world.compute.kw))
    design = 1.0 + 0.004 * (100.0 - world.state.knowhow[:, EFFICIENCY])
    return s.parameters.compute.kw * mean * clip(design, 0.5, 1.6) * glass.power_left(world, s, t, line)


@reading_of("lines.node")
def _leading(world: World, s: Scenario, t: Tables) -> tuple[Array, Array]:
    """1 for lines of leading logic, and the energy per unit of compute that they make. (F, B) each."""
    node = world.lines.node.astype(np.int64)
    leading = t.logic * (node >= FIRST_EUV_NODE - 1)
    return leading, leading * s.nodes.energy.take(node)


def _mean_over(flow: Array, each: Array, empty: Array) -> Array:
    """Mean of sellers' numbers (rows, B) over what came from them (rows, N, B); `empty` where nothing did. (N, B)."""
    amount = total(flow)
    return np.where(amount > 0, total(flow * each[:, None]) / np.maximum(amount, TINY), empty)
