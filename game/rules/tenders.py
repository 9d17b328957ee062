"""Tenders (rules.md R8): what a firm weighs at each of its sites, which site it chooses, and by how much.

A firm asks for bids two quarters ahead, at all its sites for one node (or for memory, or for packaging). What counts
is the return there, times what the place offers: money, power, engineers, permits, safety, what governments allow, and
that the firm's other plants stand elsewhere. The same terms decide and are told as reasons.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from game.core.names import GOODS
from game.core.numeric import Array, clip, total
from game.core.scenario import Scenario
from game.core.world import World, replace
from game.rules.outlook import Outlook
from game.rules.room import BEYOND, green_field
from game.rules.tables import Tables

Mask = NDArray[np.bool_]

#: Share of a site's room that a firm asks for at a time, unless a bid pays for more.
STEP = 0.5
#: Share of the cost that public money can move a firm by: beyond it, money builds more, and persuades no further.
MOST_HELP = 0.6
#: What a dollar of state equity counts for beside a dollar given: the firm sells profit for it. Judged.
EQUITY_WORTH = 0.5
#: Quarters of building at which time neither speaks for a site nor against it, and what each quarter is worth. Judged.
USUAL_LEAD, QUARTER_WORTH = 6.0, 0.03
#: Return left at a place that has none of the power, or none of the engineers, that the plant would take. Judged.
LEAST_POWER, LEAST_STAFF = 0.7, 0.7
#: Quarters ahead in which power and engineers on the way count: those that are there when the plant is equipped.
AHEAD = 6
#: What a site gains when all of the firm's plants stand elsewhere: customers ask for two sources. Judged.
APART = 0.5
TOOLS = GOODS.at("process_tools")

#: Terms that multiply to the value of a site, by field of `Terms`.
FACTORS = ("earns", "money", "power", "staff", "time", "safe", "allowed", "apart")


@dataclass(frozen=True, slots=True)
class Terms:
    """What speaks for each site; (F, B)."""

    kwpm: Array
    """asked for in a tender"""
    cost: Array
    """USD bn, all of it"""
    offered: Array
    """USD bn of public money that counts: subsidy, and equity at its worth"""
    size: Array
    """kwpm that would be begun with what is offered"""
    earns: Array
    """profit a quarter over capex"""
    money: Array
    """1 / (share that the firm pays)"""
    power: Array
    staff: Array
    time: Array
    safe: Array
    allowed: Array
    """tools and service that governments let it have"""
    apart: Array

    @property
    def plain(self) -> Array:
        """Value without public money."""
        return self.earns * self.power * self.staff * self.time * self.safe * self.allowed * self.apart

    @property
    def value(self) -> Array:
        """What firms compare, and hold against their hurdle."""
        return self.plain * self.money


def terms(world: World, s: Scenario, t: Tables, look: Outlook) -> Terms:
    """What firms weigh at every site now."""
    lines, place, fabs = world.lines, s.lines.place, s.parameters.fabs
    capex = np.maximum(look.line_capex, 1e-9)
    least = np.where(green_field(world, s), fabs.scale, 0.0)
    kwpm = np.minimum(look.line_room, np.maximum(look.line_room * STEP, least))
    cost = np.maximum(kwpm * capex, 1e-9)
    stakes = total(lines.stake)
    offered = lines.bid + EQUITY_WORTH * stakes
    paid = (lines.bid + stakes) * (1.0 + s.parameters.state.private_match)
    lead = np.maximum(s.lines.room_lead - s.parameters.plants.fast_track * lines.permit, 1.0)
    return Terms(
        kwpm=kwpm,
        cost=cost,
        offered=offered,
        size=np.minimum(look.line_room, np.maximum(kwpm, paid / capex)),
        earns=look.line_return,
        money=1.0 / (1.0 - np.minimum(offered / cost, MOST_HELP)),
        power=LEAST_POWER + (1.0 - LEAST_POWER) * _share(_spare_power(world)[place], kwpm * _draw(world, s, t)),
        staff=LEAST_STAFF + (1.0 - LEAST_STAFF) * _share(_spare_staff(world)[place], kwpm * _crew(world, s, t)),
        time=(1.0 + QUARTER_WORTH * USUAL_LEAD) / (1.0 + QUARTER_WORTH * lead),
        safe=look.line_safe,
        allowed=lines.licensed * (1.0 - 0.5 * world.goods.scarce[:, TOOLS][place]),
        apart=_apart(world, s, t),
    )


def _share(there: Array, wanted: Array) -> Array:
    return clip(there / np.maximum(wanted, 1e-9), 0.0, 1.0)


def _draw(world: World, s: Scenario, t: Tables) -> Array:
    """GW that a kwpm draws. (F, B)."""
    return t.line_power[world.lines.node.astype(np.int64), s.lines.kind[:, None]]


def _crew(world: World, s: Scenario, t: Tables) -> Array:
    """Thousand engineers that a kwpm asks for. (F, B)."""
    return t.line_engineers[world.lines.node.astype(np.int64), s.lines.kind[:, None]]


def _spare_power(world: World) -> Array:
    """GW that a new plant could draw, ordered power included. (N, B)."""
    power = world.power
    return np.maximum(power.supply + total(power.coming[:, :AHEAD], axis=1) - power.used, 0.0)


def _spare_staff(world: World) -> Array:
    """Thousand engineers that a new plant could hire, students and visas on the way included. (N, B)."""
    people = world.people
    return np.maximum(people.engineers + total(people.coming[:, :AHEAD], axis=1) - people.needed, 0.0)


def _apart(world: World, s: Scenario, t: Tables) -> Array:
    """More for a site, the less of the firm's capacity stands at its place. (F, B)."""
    whole = world.lines.capacity + world.lines.building
    there = t.firm_places.spread(t.firm_places.total(whole))
    return 1.0 + APART * (1.0 - there / np.maximum(s.lines.of_firm.spread(s.lines.of_firm.total(whole)), 1e-9))


def chosen(entered: Mask, value: Array, s: Scenario, t: Tables) -> Mask:
    """The site that wins each tender, among those `entered`: the best, if it passes the firm's hurdle. (F, B)."""
    able = entered & (value > s.parameters.fabs.hurdle)
    return able & (value >= t.rivals.spread(t.rivals.largest(value * able)))


def to_beat(entered: Mask, value: Array, s: Scenario, t: Tables) -> Array:
    """Value that each site of a tender has to pass: its best rival's, or the firm's hurdle. (F, B)."""
    held = np.where(entered, value, 0.0)
    best = t.rivals.spread(t.rivals.largest(held))
    others = np.where(held >= best, 0.0, held)
    second = t.rivals.spread(t.rivals.largest(others))
    return np.maximum(np.where(held >= best, second, best), s.parameters.fabs.hurdle)


def needed(known: Terms, rival: Array) -> Array:
    """USD bn with which each site would just pass `rival`; `BEYOND` where no money does. (F, B)."""
    share = 1.0 - known.plain / np.maximum(rival, 1e-12)
    return np.where(share > MOST_HELP, BEYOND, np.maximum(share, 0.0) * known.cost)


def wishes(known: Terms, entered: Mask, s: Scenario, t: Tables) -> Array:
    """USD bn that each site of a tender would need as things stand. (F, B)."""
    return np.where(entered, needed(known, to_beat(entered, known.value, s, t)), 0.0)


def overbid(known: Terms, entered: Mask, s: Scenario, t: Tables) -> Array:
    """USD bn that each site offered beyond what its best rival, or the hurdle, made it need. (F, B)."""
    enough = needed(known, to_beat(entered, known.value, s, t))
    return np.maximum(known.offered - enough, 0.0) * entered


def as_decided(before: World, after: World, s: Scenario) -> World:
    """The world in which firms answered, told from the quarter's two ends: bids, permits and what was on the way."""
    lines, power, people = after.lines, after.power, after.people
    grown = s.places.power_growth * (0.6 + 1.3 * after.state.dials[:, 3])
    fuelled = power.contracted - before.power.contracted
    supplied = power.supply - grown - before.power.coming[:, 0] - fuelled
    coming = np.concatenate([before.power.coming[:, :1], power.coming[:, :-1]], axis=1)
    studying = np.concatenate([before.people.coming[:, :1], people.coming[:, :-1]], axis=1)
    working = (people.engineers - people.moved) / (1.0 - s.parameters.people.attrition)
    return replace(
        before,
        lines=replace(
            before.lines,
            bid=lines.bid,
            stake=lines.stake,
            permit=lines.permit,
            node=lines.node,
            licensed=lines.licensed,
        ),
        power=replace(before.power, supply=supplied, coming=coming),
        people=replace(before.people, engineers=working, coming=studying),
    )
