"""Five public measures, the objective, the secret mandate, the score (rules.md section 3)."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from game.core.names import GOODS, TRACKS
from game.core.numeric import Array, Counts, added, clip, pick, put, total
from game.core.scenario import Scenario
from game.core.world import World, replace
from game.rules import dangers, mandates
from game.rules.kept import constants_of, reading_of
from game.rules.objectives import graded
from game.rules.partnership import engagement
from game.rules.production import staffing
from game.rules.standards import robots
from game.rules.tables import Tables
from game.rules.turn import Turn
from game.rules.withheld import withheld

MEASURE_WEIGHT, OBJECTIVE_WEIGHT, MANDATE_WEIGHT = 0.70, 0.15, 0.15
EPILOGUE_WEIGHT = 0.5
#: Most that a partner can hold over a place it trusts not at all, and fully (rules.md: h = 0.15 + 0.85 (1 - tr)).
HOLD_TRUSTED, HOLD_RANGE = 0.15, 0.85
MATURE = GOODS.at("mature_chips")
PHOTONICS = TRACKS.at("photonics")
#: Work that a machine hall gains per point of know-how in optical links above the opening's; judged.
LINK_GAIN = 0.003


class Yardsticks(NamedTuple):
    """What the measures of places are taken against; (N, 1) unless said."""

    compute: Array
    """1000 over GDP"""
    cushion: Array
    """USD bn a quarter that steady the income of the small"""
    worth: Array
    """USD bn a quarter by root of thousand H100e at work in the economy"""
    shortage: Array
    """USD bn a quarter that a full lack of mature chips costs"""
    public: Array
    """USD bn a quarter of public spending at most that is counted"""
    esteem: Array
    """(1, N, 1) share of the world's esteem that a place has to give"""
    robots: Array
    """USD bn a quarter that robots can add"""
    staked: Counts
    """goods with value at stake"""
    stake: Array
    """(staked, 1, 1) their share of it"""
    partners: Counts
    """(N,) 0, 1, ...: the diagonal of what places hold over each other"""
    lanes: Counts
    """(E,) where each seller's good at its place stands in an array by place and good"""
    at_home: Counts
    """(E,) where what each seller keeps at home stands in an array by seller and buyer"""


@constants_of
def yardsticks(s: Scenario) -> Yardsticks:
    """Derive them from a scenario."""
    gdp, stake = s.places.gdp, s.goods.stake[:, 0]
    size = np.sqrt(gdp)
    omega = added(size[:, 0])
    staked = np.flatnonzero(stake)
    return Yardsticks(
        compute=1000.0 / gdp,
        cushion=0.005 * gdp / 4.0,
        worth=s.parameters.compute.benefit * np.sqrt(gdp / 30000.0),
        shortage=gdp / 4.0 * 0.01,
        public=s.places.budget * 3.0,
        esteem=size[None] / omega,
        robots=s.parameters.statecraft.robot_income * gdp / 4.0,
        staked=staked,
        stake=(stake[staked] / (added(stake) or 1.0))[:, None, None],
        partners=np.arange(len(gdp)),
        lanes=s.sellers.place * len(GOODS) + s.sellers.good,
        at_home=np.arange(len(s.sellers.place)) * len(gdp) + s.sellers.place,
    )


def keep(world: World, turn: Turn) -> World:
    """Measure, and add this quarter to the score."""
    world = measured(world, turn.scenario, turn.tables)
    standing = world.standing
    weight = EPILOGUE_WEIGHT if turn.last else 1.0
    quarterly = public_score(world, turn.scenario, turn.tables) + standing.dividend
    secret = 100.0 * MANDATE_WEIGHT * mandates.graded(world, turn.scenario, turn.tables)
    return replace(
        world,
        standing=replace(
            standing,
            score_sum=standing.score_sum + weight * quarterly,
            mandate_sum=standing.mandate_sum + weight * secret,
            weight_sum=standing.weight_sum + weight,
            worst_mature=np.minimum(standing.worst_mature, 1.0 - world.goods.scarce[:, MATURE]),
        ),
    )


def public_score(world: World, s: Scenario, t: Tables) -> Array:
    """Score of the world as it stands, without race dividend and mandate: 85 at most. (N, B)."""
    weighted = total(s.places.weights * world.standing.measures, axis=1)
    objective = 100.0 * graded(world, s, t)
    return MEASURE_WEIGHT * weighted + OBJECTIVE_WEIGHT * objective


def game_score(world: World) -> Array:
    """Score of the game so far: mean over quarters, epilogue at half weight, less what a collapse cost. (N, B)."""
    return open_score(world) + world.standing.mandate_sum / np.maximum(world.standing.weight_sum, 1e-9)


def open_score(world: World) -> Array:
    """The same without the secret mandate: what rivals can see. (N, B)."""
    standing = world.standing
    return standing.score_sum / np.maximum(standing.weight_sum, 1e-9) - world.relations.penalty


def measured(world: World, s: Scenario, t: Tables) -> World:
    """The five measures of every place."""
    measures = np.empty(world.standing.measures.shape)
    measures[:, 0] = compute_at_work(world, s, t)
    measures[:, 1] = independence(world, s, t)
    measures[:, 2] = prosperity(world, s, t)
    measures[:, 3] = standing_of(world, s)
    measures[:, 4] = security(world, s)
    return replace(world, standing=replace(world.standing, measures=clip(measures, 0.0, 100.0)))


def owned_compute(world: World, s: Scenario) -> Array:
    """K: thousand H100e that work for a place: its own, part of what others own there, part of what it rents;
    better links make more of them. (N, B)."""
    p, c = s.parameters.compute, world.compute
    weight = 1.0 - c.foreign * (1.0 - p.hosted)
    gained = world.state.knowhow[:, PHOTONICS] - s.places.research[:, PHOTONICS]
    linked = clip(1.0 + LINK_GAIN * gained, 0.7, 1.4)
    return np.maximum(c.running * weight * linked + p.rented * c.rented_in - c.rented_out, 0.0)


def compute_at_work(world: World, s: Scenario, t: Tables) -> Array:
    """C = 100 r / (1 + r), r = K / (g GDP)."""
    r = owned_compute(world, s) * (yardsticks(s).compute / t.yardstick[world.quarter])
    return 100.0 * r / (1.0 + r)


def independence(world: World, s: Scenario, t: Tables) -> Array:
    """I = 100 (sum u sqrt(1 - D))^2 over goods with value at stake."""
    y = yardsticks(s)
    free = np.sqrt(np.maximum(1.0 - dependences(world, s).take(y.staked, axis=0), 0.0))
    index = total(y.stake * free)
    return 100.0 * index * index


@reading_of(
    "trade.flow", "trade.received", "trade.blocked", "trade.ordered", "relations.trust", "goods.reference",
    "goods.bought", "goods.stockpile", "goods.inventory", "goods.substitution",
)  # fmt: skip
def dependences(world: World, s: Scenario) -> Array:
    """D: what the partner with most hold could take away, or has taken, after substitution and stock. (G, N, B).

    The score of a quarter and the seats in the next ask for it of the same arrays.
    """
    goods, largest = world.goods, most_held(world, s)
    cover = (goods.stockpile + 0.25 * goods.inventory) / np.maximum(4.0 * goods.reference, 4e-9)
    alone = (1.0 - goods.substitution) * (1.0 - np.minimum(cover, 1.0))
    found = clip(largest * alone, 0.0, 1.0).swapaxes(0, 1)
    found.setflags(write=False)
    return found


@reading_of("trade.flow", "trade.received", "trade.blocked", "trade.ordered", "relations.trust", "goods.bought")
def most_held(world: World, s: Scenario) -> Array:
    """Share of what each place takes for use, or would take, of each good that the partner with most hold has.
    (N, G, B)."""
    hold = HOLD_TRUSTED + HOLD_RANGE * (1.0 - world.relations.trust)
    itself = yardsticks(s).partners
    hold[itself, itself] = 0.0
    place, flow, missed = s.sellers.place, world.trade.flow, withheld(world, s)
    held = hold.take(place, axis=0)
    held *= flow
    rows = missed.sellers
    more = flow.take(rows, axis=0)
    more += missed.by_seller
    more *= hold.take(place[rows], axis=0)
    held[rows] = more
    whole = np.maximum(world.trade.received + missed.unmet, 1e-9)
    return s.sellers.by_good.largest(held).swapaxes(0, 1) * for_use(world, s) / whole


def for_use(world: World, s: Scenario) -> Array:
    """Part of what places bring in from abroad that is not for the national stock, over that part of all they receive.

    To lay in stock is no dependence: what is bought for it weighs nothing. (N, G, B).
    """
    trade, bought = world.trade, world.goods.bought
    y, own = yardsticks(s), np.zeros(bought.shape)
    put(own, y.lanes, pick(trade.flow, y.at_home))
    imported = np.maximum(trade.received - own, 0.0)
    left = np.maximum(imported - bought, 0.0) / np.maximum(imported, 1e-9)
    return left * trade.received / np.maximum(trade.received - bought, 1e-9)


def prosperity(world: World, s: Scenario, t: Tables) -> Array:
    """P = 100 r / (1 + r), r = (Y + V) / (trend + V): 50 on trend, 67 at twice it; V = 0.5% of GDP steadies the small.

    The bounded ratio takes the place of rules.md's clipped line, on which most seats stood at 100 by half-time.
    """
    cushion = yardsticks(s).cushion
    income = np.maximum(chain_income(world, s), 0.0)
    trend = np.maximum(t.baseline_income, 0.0) * t.income_trend[world.quarter]
    r = (income + cushion) / (trend + cushion)
    return 100.0 * r / (1.0 + r)


def chain_income(world: World, s: Scenario) -> Array:
    """Y: value added, rents, worth of compute at work, less shortage of chips and public spending on plants. (N, B)."""
    y, c, state = yardsticks(s), world.compute, world.state
    worth = y.worth * np.sqrt(np.maximum(c.running * c.uses[:, 0], 0.0))
    shortage = y.shortage * world.goods.scarce[:, MATURE]
    spending = 0.1 * np.minimum(state.spending, y.public)
    # Bonds are cash below zero: interest on them is taken off by adding it.
    interest = s.parameters.state.interest * np.minimum(state.cash, 0.0)
    income = state.value_added + state.rent + worth - shortage - spending + interest
    at_work = robots(world)
    return income if at_work is None else income + y.robots * at_work


def standing_of(world: World, s: Scenario) -> Array:
    """St: trust of others by the root of their size, approval, and the part in the world's agreements."""
    esteem = total(world.relations.trust * yardsticks(s).esteem, axis=1)
    z = engagement(world, s)
    blame = np.minimum(world.relations.blame, 20.0)
    return clip(40.0 * esteem + 30.0 * world.state.approval + 30.0 * (z / (1.0 + z)) - blame, 0.0, 100.0)


def security(world: World, s: Scenario) -> Array:
    """Se: security compute among friends, what would survive the likeliest dangers, and calm."""
    strength = world.compute.security * (0.5 + 0.5 * staffing(world))
    whole = np.maximum(total(strength), 1e-9)
    # A place's own counts in full, others' as far as it trusts them: a rival's that grows makes it less secure.
    friends = total(world.relations.trust * strength[:, None]) / whole
    calm = 20.0 - 4.0 * world.relations.escalation
    return 40.0 * friends + 40.0 * dangers.survival(world, s) + calm
