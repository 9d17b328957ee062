"""What clauses about quarrels are worth: joining a control, stopping leaks, holding back, guarantees."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from game.core.names import CLASSES, LEVELS
from game.core.numeric import Array, Counts, each_once, entries, nonzero
from game.core.scenario import Scenario
from game.core.world import World
from game.rules import pledges
from game.rules.kept import reading_of
from game.rules.tables import Tables
from game.rules.worth_cells import Cells, Pairs, Rows
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
        tempting, about = tempted(k), (c.subject == TOOLS) & (c.roots()[1] == k.scenario.inside)
        giver["tempted"] = -c.at(tempting.gained, "g") * about * lifted
        taker["tempting"] = TEMPTED * c.at(tempting.hurt, "g") * about * lifted
    pressed = pressure(k)
    if pressed is not None:
        taker["pressed"] = pressed.at(pressed.hurt, c) * lifted
        giver["relief"] = pressed.at(pressed.cost, c) * lifted
    return Terms(giver, taker)


class Tempted(NamedTuple):
    """What it brings members of the race's bloc to keep tools from the inside place, where it pays. (N, B)."""

    gained: Array
    """points a quarter, to the owner"""
    hurt: Array
    """points a quarter that the inside place would lose"""


def tempted(k: Stakes) -> Tempted:
    """Whom it would pay to keep tools from the inside place, threatened or not."""
    return _tempted(k.world, k.scenario, k.tables)


@reading_of("trade.flow", "trade.blocked", "relations.trust", "relations.member", "standing.measures")
def _tempted(world: World, s: Scenario, t: Tables) -> Tempted:
    owner = nonzero((world.relations.member[s.race.bloc] > 0).any(axis=1))
    owner = owner[owner != s.inside]
    held = grip(world, s, t, owner, np.full(len(owner), s.inside))
    cost, found = held.cost[:, TOOLS], np.zeros((2, *world.state.cash.shape))
    found[0, owner] = np.where(cost < 0.0, -cost, 0.0)
    found[1, owner] = np.where(cost < 0.0, held.hurt[:, TOOLS], 0.0)
    return Tempted(*found)


class Pressure(NamedTuple):
    """Who presses whom with a class of goods, cell by cell, (M,): by a threat, or by a ban set since the opening."""

    owner: Counts
    kind: Counts
    target: Counts
    world: Counts
    pair: Counts
    """rows of `hurt` and `cost` by owner and target, the last of them for who does not press, (N, N, 1)"""
    hurt: Array
    """points a quarter that each target must expect to lose by each owner's control of a class, (P + 1, C, B)"""
    cost: Array
    """points that the owner loses by it where it is in force, (P + 1, C, B): who threatens may think better of it"""

    def at(self, values: Array, c: Cells) -> Array:
        """`hurt` or `cost` by giver, subject and taker of clauses, in their shape."""
        pair = c.at(self.pair, "gt")
        if isinstance(c, Rows):
            return np.asarray(values[pair, c.subject % len(CLASSES), c.world])
        return np.asarray(values[pair[..., 0], c.subject, c.worlds if isinstance(c, Pairs) else slice(None)])


def pressure(k: Stakes) -> Pressure | None:
    """Who presses whom; None when nobody threatens or bans."""
    return _pressure(k.world, k.scenario, k.tables)


@reading_of(
    "trade.flow", "trade.blocked", "relations.trust", "relations.member", "policy.secondary", "standing.measures",
    "policy.chosen", "signals.threat", "signals.credibility",
)  # fmt: skip
def _pressure(world: World, s: Scenario, t: Tables) -> Pressure | None:
    bans, threat = pledges.new_bans(world, s), world.signals.threat > 0
    if bans is None and not threat.any():
        return None
    owner, kind, target, w = entries(threat if bans is None else threat | bans)
    odds = CARRIED_OUT * world.signals.credibility[owner, w]
    banned = np.zeros(len(owner), dtype=bool) if bans is None else bans[owner, kind, target, w]
    odds = np.where(banned, 1.0, odds)
    some = nonzero((odds > 0.0) & (owner != target))
    owner, kind, target, w = owner[some], kind[some], target[some], w[some]
    places = len(s.place_axis)
    pairs, at = each_once(owner * places + target, places * places)
    held = grip(world, s, t, pairs // places, pairs % places)
    hurt, cost = np.zeros((2, len(pairs) + 1, *held.hurt.shape[1:]))
    hurt[at, kind, w] = odds[some] * held.hurt[at, kind, w]
    cost[at, kind, w] = banned[some] * held.cost[at, kind, w]
    pair = np.full(places * places, len(pairs))
    pair[pairs] = np.arange(len(pairs))
    return Pressure(owner, kind, target, w, pair.reshape(places, places, 1), hurt, cost)


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
