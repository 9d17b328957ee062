"""What clauses about quarrels are worth: joining a control, stopping leaks, holding back, guarantees."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from game.core.names import CLASSES, LEVELS
from game.core.numeric import Array, Counts, each_once, entries
from game.core.scenario import Scenario
from game.core.world import World
from game.rules import pledges
from game.rules.kept import reading_of
from game.rules.tables import Tables
from game.rules.worth_cells import Cells
from game.rules.worth_grip import grip
from game.rules.worth_parts import funds
from game.rules.worth_stakes import Stakes
from game.rules.worth_terms import Terms

#: What a billion of a rival's lost trade takes from its strength, in points of the measure of security by share of the
#: world's strength; judged.
HURT = 1.5
#: Trust of the third place that whoever joins a control loses in a quarter; share of lost sales that go elsewhere.
COOLED, ELSEWHERE = 0.03, 0.5
#: Margin of a hub on what leaks through it.
THROUGH = 0.06
#: Odds in a quarter of a control that a promise to hold back spares the taker; what it would stop; judged.
FEAR, STOPPED = 0.01, 0.5
#: Part of the time of a promise for which a threat that is believed fully would have been a ban; judged.
CARRIED_OUT = 0.6
#: Odds in a quarter of a ban that would pay its owner and that nothing but a promise keeps it from.
TEMPTED = 0.3
BAN, TOOLS = LEVELS.at("ban"), CLASSES.at("tools")
#: Quarters after which blame is forgotten as fast as it comes.
BLAME_LASTS = 7.0
#: Orders that each level stops; rough.
STOPS: Array = np.arange(len(LEVELS), dtype=np.float64) / (len(LEVELS) - 1.0)


def match(k: Stakes, c: Cells) -> Terms:
    """The giver loses sales and the third place's good will; the taker's control finds fewer ways round it."""
    stopped = STOPS[c.at(k.levels, "tsx")]
    lost = stopped * k.sales(c, "x")
    return Terms(
        {
            "sales": -(1.0 - ELSEWHERE) * lost * c.at(k.income, "g"),
            "cooled": -COOLED * stopped * c.at(k.esteem, "xg") * c.length,
            "rival": HURT * lost * c.at(k.rivalry, "gx"),
        },
        {"coverage": HURT * lost * c.at(k.rivalry, "tx")},
    )


def no_reexport(k: Stakes, c: Cells) -> Terms:
    """The giver gives up its margin on what leaks through it; the taker's controls leak less."""
    through = c.quantity * c.at(k.routed, "gs")
    return Terms(
        {"margin": -THROUGH * through * c.at(k.income, "g")},
        {"leaks": HURT * through * c.at(k.leak_rivalry, "t") * (c.at(k.own_controls, "ts") > 0.0)},
    )


def restrain(k: Stakes, c: Cells) -> Terms:
    """The taker is spared what the giver's controls stop, or might; the giver gives up its leverage."""
    tighter = STOPS[c.at(k.levels, "gst")] > c.quantity / (len(LEVELS) - 1.0)
    stopped: Array = np.where(tighter, k.refused(c, "t"), 0.0)
    fear = FEAR * STOPPED * (1.0 - c.at(k.world.relations.trust, "gt")) * k.sales(c, "t")
    spared: Array = stopped + fear
    giver = {
        "sales": (1.0 - ELSEWHERE) * stopped * c.at(k.income, "g"),
        "leverage": -HURT * spared * c.at(k.rivalry, "gt"),
    }
    taker = {"spared": spared * c.at(k.income, "t") * 1.5}
    lifted: Array = (c.quantity < BAN).astype(np.float64)
    if np.any(c.subject == TOOLS):
        tempting = tempted(k)
        giver["tempted"] = -c.at(tempting.gained, "gst") * lifted
        taker["tempting"] = TEMPTED * c.at(tempting.hurt, "gst") * lifted
    pressed = pressure(k)
    if pressed is not None:
        taker["pressed"] = c.at(pressed.hurt, "gst") * lifted
        giver["relief"] = c.at(pressed.cost, "gst") * lifted
    return Terms(giver, taker)


class Tempted(NamedTuple):
    """What it brings members of the race's bloc to keep tools from the inside place, where it pays. (N, C, N, B)."""

    gained: Array
    """points a quarter, to the owner"""
    hurt: Array
    """points a quarter that the target would lose"""


def tempted(k: Stakes) -> Tempted:
    """Whom it would pay to keep tools from the inside place, threatened or not."""
    return _tempted(k.world, k.scenario, k.tables)


@reading_of("trade.flow", "trade.blocked", "relations.trust", "relations.member", "standing.measures")
def _tempted(world: World, s: Scenario, t: Tables) -> Tempted:
    owner = np.flatnonzero((world.relations.member[s.race.bloc] > 0).any(axis=1))
    owner = owner[owner != s.inside]
    held = grip(world, s, t, owner, np.full(len(owner), s.inside))
    pays, places = held.cost[:, TOOLS] < 0.0, len(s.place_axis)
    gained, hurt = np.zeros((2, places, held.cost.shape[1], places, world.worlds))
    gained[owner, TOOLS, s.inside] = np.where(pays, -held.cost[:, TOOLS], 0.0)
    hurt[owner, TOOLS, s.inside] = np.where(pays, held.hurt[:, TOOLS], 0.0)
    return Tempted(gained, hurt)


class Pressure(NamedTuple):
    """Who presses whom with a class of goods, cell by cell, (M,): by a threat, or by a ban set since the opening."""

    owner: Counts
    kind: Counts
    target: Counts
    world: Counts
    hurt: Array
    """points a quarter that each target must expect to lose by each owner's control of a class, (N, C, N, B)"""
    cost: Array
    """points that the owner loses by it where it is in force, (N, C, N, B): who threatens may think better of it"""


def pressure(k: Stakes) -> Pressure | None:
    """Who presses whom; None when nobody threatens or bans."""
    return _pressure(k.world, k.scenario, k.tables)


@reading_of(
    "trade.flow", "trade.blocked", "relations.trust", "policy.secondary", "standing.measures", "policy.chosen",
    "signals.threat", "signals.credibility",
)  # fmt: skip
def _pressure(world: World, s: Scenario, t: Tables) -> Pressure | None:
    bans, threat = pledges.new_bans(world, s), world.signals.threat > 0
    if bans is None and not threat.any():
        return None
    owner, kind, target, w = entries(threat if bans is None else threat | bans)
    odds = CARRIED_OUT * world.signals.credibility[owner, w]
    banned = np.zeros(len(owner), dtype=bool) if bans is None else bans[owner, kind, target, w]
    odds = np.where(banned, 1.0, odds)
    some = np.flatnonzero((odds > 0.0) & (owner != target))
    owner, kind, target, w, odds = owner[some], kind[some], target[some], w[some], odds[some]
    banned = banned[some]
    places = len(s.place_axis)
    pairs, at = each_once(owner * places + target, places * places)
    held = grip(world, s, t, pairs // places, pairs % places)
    hurt, cost = np.zeros((2, *threat.shape))
    hurt[owner, kind, target, w] = odds * held.hurt[at, kind, w]
    cost[owner, kind, target, w] = banned * held.cost[at, kind, w]
    return Pressure(owner, kind, target, w, hurt, cost)


def guarantee(k: Stakes, c: Cells) -> Terms:
    """A guarantor averts part of what the taker must expect to lose, as far as it is trusted; it pays and is blamed."""
    p, budget = k.scenario.parameters.statecraft, k.scenario.places.budget
    averted = 40.0 * p.guarantee * c.at(k.world.relations.trust, "gt") * c.at(k.danger, "t")
    blamed = p.guarantee_blame * np.minimum(0.5 * c.length, BLAME_LASTS)
    return Terms(
        {
            "price": funds(k, c, "g", c.price),
            "guards": -p.guarantee_cost * c.at(budget, "t") * c.at(k.money, "g"),
            "drawn_in": -blamed * c.at(k.weight("standing"), "g"),
        },
        {"price": funds(k, c, "t", -c.price), "security": averted * c.at(k.weight("security"), "t")},
    )
