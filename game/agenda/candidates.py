"""What a seat might order now, in amounts that it can pay: the things that the agenda asks the forecast about."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice

import numpy as np

from game.agenda.talks import in_force
from game.core.diplomacy import Break
from game.core.names import CLASSES, DIALS, GOODS, LEVELS, LINE_KINDS, POWER_KINDS, USES
from game.core.orders import (
    BuildPower,
    ComputeSplit,
    Dial,
    ExportControl,
    FastTrack,
    Order,
    SovereignCompute,
    Stock,
    Subsidise,
    Visa,
)
from game.explain.deals import worth_left
from game.explain.words import GOOD_NAMES, capitalised, in_sentence
from game.match import Match
from game.rules import law, power
from game.rules.construction import supplier_capex
from game.rules.room import BEYOND

#: Share of what is left that one order takes, and that a purchase of compute takes.
SLICE, COMPUTE_SLICE = 0.5, 0.4
#: Most asked about of each source: plants, permits, suppliers, state, stocks, dials, controls.
MOST_LINES, MOST_PERMITS, MOST_SUPPLIERS, MOST_STATE, MOST_STOCKS, MOST_DIALS, MOST_CONTROLS = 8, 3, 9, 6, 4, 10, 6
MOST_BREACHES = 3
#: Power and visa places asked for, as a share of what there is; quarters of use that a stock order buys.
POWER_STEP, VISA_STEP, STOCK_STEP, LOW_COVER = 0.12, 0.02, 0.5, 2.0
#: Step of a dial or of a use of compute, and USD bn below which an order is too small to be proposed.
DIAL_STEP, LEAST = 0.2, 0.02
#: What is bid over what a firm wishes for.
MARGIN = 1.3
LINE_GOODS = {"logic": "leading_logic", "memory": "hbm", "packaging": "accelerators"}
TOOLS = ("process_tools", "duv", "euv", "high_na")
POWER_TITLES = {
    "grid": "Connect more grid", "lng": "Build gas power", "renewables": "Build renewables", "smr": "Build a reactor",
}  # fmt: skip
DIAL_TITLES = {
    "enforcement": "enforcement of controls", "stock_target": "the target of national stocks",
    "universities": "universities", "grid": "the grid", "visa": "standing visas", "guards": "guarded routes",
    "dispersal": "dispersed stock",
}  # fmt: skip
CLASS_TITLES = {
    "minerals": "minerals", "magnets": "magnets and materials", "tools": "tools and service",
    "chips": "chips and HBM", "cloud": "cloud and models", "people": "engineers",
}  # fmt: skip
USE_TITLES = {"economy": "the economy", "research": "research", "security": "security", "rent": "rent"}


@dataclass(frozen=True, slots=True)
class Candidate:
    """An order that may be worth giving; fields as of `Card`."""

    key: str
    kind: str
    title: str
    act: str
    order: Order
    left: int | None = None
    place: str = ""
    goods: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """Its matter and what is done about it: a dial may be raised or lowered."""
        return f"{self.key}: {self.act}"


def candidates(match: Match, seat: str) -> list[Candidate]:
    """Orders that the law would carry now, beside those already given; the same matter is not offered twice."""
    given = [queued.order for queued in match.queued(seat)]
    found: list[Candidate] = []
    for source, most in SOURCES:
        ready = (each for each in source(match, seat) if not given_already(each.order, given))
        found += islice((each for each in ready if match.test(seat, each.order).accepted), most)
    return found


def given_already(order: Order, given: list[Order]) -> bool:
    """Whether an order of the same kind about the same thing was given."""
    about = _about(order)
    return any(type(other) is type(order) and _about(other) == about for other in given)


def _about(order: Order) -> tuple[object, ...]:
    names = ("plant", "good", "plant_kind", "dial", "use", "control_class", "target", "event", "contract")
    return tuple(getattr(order, name, None) for name in names)


def _lines(match: Match, seat: str) -> Iterator[Candidate]:
    """Public money for foundry lines at home that have room: those whose firms ask for bids first."""
    s, n, left = match.scenario, match.scenario.place_axis.at(seat), match.left(seat)[0] * SLICE
    world, rows, lines = match.seen_by(seat).lines, match.model.book.outlook(match.world), match.scenario.lines
    here = np.flatnonzero((lines.place == n) & (rows.line_room[:, 0] > 1e-6)).tolist()
    for i in sorted(here, key=lambda i: (-float(world.tender[i, 0] > 0.0), -float(rows.line_return[i, 0]))):
        name, title, tender = lines.axis.names[i], lines.titles[i], int(world.tender[i, 0])
        whole = float(rows.line_room[i, 0] * rows.line_capex[i, 0]) / (1.0 + s.parameters.state.private_match)
        wish = float(world.wish[i, 0])
        asked = tender > 0 and 0.0 < wish < BEYOND
        amount = min(left, MARGIN * wish if asked else whole)
        if amount >= LEAST:
            act = "Bid" if tender > 0 else "Fund"
            yield Candidate(f"line {name}", "chips", f"{act} for {title}" if tender > 0 else f"Fund {title}", act,
                            Subsidise(name, round(amount, 3)), tender - 1 if tender > 0 else None,
                            goods=(LINE_GOODS[LINE_KINDS.names[int(lines.kind[i])]],))  # fmt: skip


def _permits(match: Match, seat: str) -> Iterator[Candidate]:
    """Permits to be hurried, where most is being built."""
    n, lines = match.scenario.place_axis.at(seat), match.scenario.lines
    building = match.world.lines.building[:, 0] * (lines.place == n)
    for i in np.argsort(-building, kind="stable").tolist():
        if building[i] > 1e-6:
            name, good = lines.axis.names[i], LINE_GOODS[LINE_KINDS.names[int(lines.kind[i])]]
            yield Candidate(f"fast {name}", "chips", f"Fast-track {lines.titles[i]}", "Order", FastTrack(name),
                            goods=(good,))  # fmt: skip


def _suppliers(match: Match, seat: str) -> Iterator[Candidate]:
    """Public money for suppliers at home with room, of what is dear, lacking or asked for in the race first."""
    s, n, left = match.scenario, match.scenario.place_axis.at(seat), match.left(seat)[0] * SLICE
    rows, table, world = match.model.book.outlook(match.world), match.scenario.suppliers, match.world
    race, region = {int(g): float(weight) for g, weight in s.race.minerals}, int(s.region()[n])

    def pressing(i: int) -> float:
        g = int(table.good[i])
        dear = max(float(world.market.price[region, g, 0]) - 1.0, 0.0)
        return 2.0 * race.get(g, 0.0) + min(dear, 3.0) + 3.0 * float(world.goods.scarce[n, g, 0])

    here = np.flatnonzero((table.place == n) & (rows.supplier_room[:, 0] > 1e-9)).tolist()
    for i in sorted(here, key=lambda i: -pressing(i)):
        name, good = table.axis.names[i], GOODS.names[int(table.good[i])]
        per_unit = float(supplier_capex(s)[i, 0]) / (1.0 + 0.5 * s.parameters.state.private_match)
        amount = min(left, float(rows.supplier_room[i, 0]) * per_unit)
        if amount >= LEAST:
            kind = "chips" if good in TOOLS else "minerals"
            yield Candidate(f"supplier {name}", kind, f"Fund {table.titles[i]}", "Fund",
                            Subsidise(name, round(amount, 3)), goods=(good,))  # fmt: skip


def _state(match: Match, seat: str) -> Iterator[Candidate]:
    """Power, engineers and compute of the state."""
    n, left = match.scenario.place_axis.at(seat), match.left(seat)[0]
    world, costs = match.world, power.costs(match.scenario)
    supply = float(world.power.supply[n, 0])
    for k, kind in enumerate(POWER_KINDS):
        gigawatts = min(POWER_STEP * supply, left * SLICE / max(float(costs[k]), 1e-9))
        if gigawatts > 0.005 * supply:
            order = BuildPower(kind, round(gigawatts, 4))
            yield Candidate(f"power {kind}", "treasury", POWER_TITLES[kind], "Build", order)
    places = VISA_STEP * float(world.people.engineers[n, 0])
    yield Candidate("visas", "treasury", "Invite engineers", "Invite", Visa(round(places, 4)))
    amount = left * COMPUTE_SLICE
    if amount >= LEAST:
        yield Candidate("compute", "chips", "Buy accelerators", "Buy", SovereignCompute(round(amount, 3)),
                        goods=("accelerators",))  # fmt: skip


def _stocks(match: Match, seat: str) -> Iterator[Candidate]:
    """National stocks of goods of which there is little."""
    n, goods = match.scenario.place_axis.at(seat), match.world.goods
    for name in law.STOCKABLE:
        g = GOODS.at(name)
        use = float(goods.wanted[n, g, 0])
        if use <= 1e-9 or float(goods.inventory[n, g, 0] + goods.stockpile[n, g, 0]) > LOW_COVER * use:
            continue
        order = Stock(name, _significant(STOCK_STEP * use))
        yield Candidate(f"stock {name}", "minerals", f"Stock {GOOD_NAMES[name]}", "Buy", order, goods=(name,))


def _significant(value: float) -> float:
    return float(f"{value:.2g}")


def _dials(match: Match, seat: str) -> Iterator[Candidate]:
    """The standing dials, a step up or down, and a step of compute to another use."""
    state, n = match.world.state, match.scenario.place_axis.at(seat)
    for k, dial in enumerate(DIALS):
        now = float(state.dials[n, k, 0])
        for step, way in ((DIAL_STEP, "Raise"), (-DIAL_STEP, "Lower")):
            share = round(min(max(now + step, 0.0), 1.0), 2)
            if abs(share - now) > DIAL_STEP / 2:
                order = Dial(dial, share)
                yield Candidate(f"dial {dial}", "treasury", f"{way} {DIAL_TITLES[dial]}", way, order)
    split = match.world.compute.uses[n, :, 0]
    for k, use in enumerate(USES):
        share = round(min(float(split[k]) + DIAL_STEP, 1.0), 2)
        if use != "rent" and share - float(split[k]) > DIAL_STEP / 2:
            title = f"More compute for {USE_TITLES[use]}"
            yield Candidate(f"use {use}", "security", title, "Shift", ComputeSplit(use, share))


def _controls(match: Match, seat: str) -> Iterator[Candidate]:
    """Own controls a seat might lift, and bans on the race's rival, class by class."""
    s, n = match.scenario, match.scenario.place_axis.at(seat)
    level = match.world.policy.level[n, :, :, 0]
    rivals = [s.inside] if n != s.inside else [s.place_axis.at(c) for c in s.seats if c in ("USA", "JPN", "NLD")]
    in_class = match.model.book.tables.good_in_class
    for target in rivals:
        code, name = s.place_axis.names[target], in_sentence(s.texts.names[target])
        for k, control_class in enumerate(CLASSES):
            if control_class == "people":
                continue
            goods = np.flatnonzero(in_class[k])
            now = int(level[goods, target].max()) if len(goods) else 0
            step = "open" if now >= LEVELS.at("licence") else "ban"
            verb = "Lift controls of" if step == "open" else "Ban"
            words = CLASS_TITLES[control_class]
            order = ExportControl(control_class, code, step)
            yield Candidate(f"control {control_class} {code}", "security", f"{verb} {words} for {name}",
                            capitalised(step), order, place=code)  # fmt: skip


def _breaches(match: Match, seat: str) -> Iterator[Candidate]:
    """Contracts that are worth less than nothing to the seat until they end."""
    s, world, tables = match.scenario, match.world, match.model.book.tables
    for slot, contract in in_force(match, seat):
        left = next((worth for party, worth, _ in worth_left(world, s, tables, slot) if party == seat), 0.0)
        other = next((code for code in contract.parties if code != seat), seat)
        if left < 0.0 and other != seat:
            title = f"Break the contract with {in_sentence(s.texts.names[s.place_axis.at(other)])}"
            yield Candidate(
                f"break {contract.number}", "diplomacy", title, "Break", Break(contract.number), place=other
            )


SOURCES: tuple[tuple[Callable[[Match, str], Iterator[Candidate]], int], ...] = (
    (_lines, MOST_LINES), (_permits, MOST_PERMITS), (_suppliers, MOST_SUPPLIERS), (_state, MOST_STATE),
    (_stocks, MOST_STOCKS), (_dials, MOST_DIALS), (_controls, MOST_CONTROLS), (_breaches, MOST_BREACHES),
)  # fmt: skip
