"""Five public measures, the objective, the score (rules.md section 3). Mandates come with statecraft: until then the
score is (0.70 measures + 0.15 objective) / 0.85."""

from __future__ import annotations

import numpy as np

from game.core.names import GOODS, TRACKS
from game.core.numeric import Array, clip, total
from game.core.scenario import Scenario
from game.core.world import World, replace
from game.rules.objectives import graded
from game.rules.production import staffing
from game.rules.tables import Tables
from game.rules.turn import Turn

MEASURE_WEIGHT, OBJECTIVE_WEIGHT = 0.70, 0.15
EPILOGUE_WEIGHT = 0.5
#: Most that a partner can hold over a place it trusts not at all, and fully (rules.md: h = 0.15 + 0.85 (1 - tr)).
HOLD_TRUSTED, HOLD_RANGE = 0.15, 0.85
MATURE = GOODS.at("mature_chips")
PHOTONICS = TRACKS.at("photonics")
#: Work that a machine hall gains per point of know-how in optical links above the opening's; judged.
LINK_GAIN = 0.003


def keep(world: World, turn: Turn) -> World:
    """Measure, and add this quarter to the score."""
    world = measured(world, turn.scenario, turn.tables)
    standing = world.standing
    weight = EPILOGUE_WEIGHT if turn.last else 1.0
    quarterly = seat_score(world, turn.scenario, turn.tables) + standing.dividend
    return replace(
        world,
        standing=replace(
            standing,
            score_sum=standing.score_sum + weight * quarterly,
            weight_sum=standing.weight_sum + weight,
            worst_mature=np.minimum(standing.worst_mature, 1.0 - world.goods.scarce[:, MATURE]),
        ),
    )


def seat_score(world: World, s: Scenario, t: Tables) -> Array:
    """Score of the world as it stands, without the race dividend. (N, B)."""
    weighted = total((s.places.weights * world.standing.measures).swapaxes(0, 1))
    objective = 100.0 * graded(world, s, t)
    return (MEASURE_WEIGHT * weighted + OBJECTIVE_WEIGHT * objective) / (MEASURE_WEIGHT + OBJECTIVE_WEIGHT)


def game_score(world: World) -> Array:
    """Score of the game so far: mean over quarters, epilogue at half weight, less what a collapse cost. (N, B)."""
    standing = world.standing
    return standing.score_sum / np.maximum(standing.weight_sum, 1e-9) - world.relations.penalty


def measured(world: World, s: Scenario, t: Tables) -> World:
    """The five measures of every place."""
    parts = [
        compute_at_work(world, s, t),
        independence(world, s, t),
        prosperity(world, s, t),
        standing_of(world, s),
        security(world, s),
    ]
    measures = clip(np.stack(parts, axis=1), 0.0, 100.0)
    return replace(world, standing=replace(world.standing, measures=measures))


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
    r = owned_compute(world, s) * 1000.0 / (t.yardstick[world.quarter] * s.places.gdp)
    return 100.0 * r / (1.0 + r)


def independence(world: World, s: Scenario, t: Tables) -> Array:
    """I = 100 (sum u sqrt(1 - D))^2 over goods with value at stake."""
    stake = s.goods.stake[:, 0]
    goods = np.flatnonzero(stake)
    whole = float(sum(stake)) or 1.0
    free = np.sqrt(np.maximum(1.0 - dependences(world, s)[goods], 0.0))
    index = total((stake[goods] / whole)[:, None, None] * free)
    return 100.0 * index * index


def dependences(world: World, s: Scenario) -> Array:
    """D: what the partner with most hold could take away, after substitution and stock. (G, N, B)."""
    place = s.sellers.place
    received = world.trade.received.swapaxes(0, 1)
    share = world.trade.flow / np.maximum(s.sellers.by_good.spread(received), 1e-9)
    hold = HOLD_TRUSTED + HOLD_RANGE * (1.0 - world.relations.trust)
    held = hold.take(place, axis=0)
    held *= share
    held[np.arange(len(place)), place] = 0.0
    largest = s.sellers.by_good.largest(held)
    goods = world.goods
    use = np.maximum(goods.reference, 1e-9)
    buffered = 1.0 - np.minimum(1.0, (goods.stockpile + 0.25 * goods.inventory) / (4.0 * use))
    alone = (1.0 - goods.substitution) * buffered
    return clip(largest * alone.swapaxes(0, 1), 0.0, 1.0)


def prosperity(world: World, s: Scenario, t: Tables) -> Array:
    """P = 100 r / (1 + r), r = (Y + V) / (trend + V): 50 on trend, 67 at twice it; V = 0.5% of GDP steadies the small.

    The bounded ratio takes the place of rules.md's clipped line, on which most seats stood at 100 by half-time.
    """
    cushion = 0.005 * s.places.gdp / 4.0
    income = np.maximum(chain_income(world, s), 0.0)
    trend = np.maximum(t.baseline_income, 0.0) * t.income_trend[world.quarter]
    r = (income + cushion) / (trend + cushion)
    return 100.0 * r / (1.0 + r)


def chain_income(world: World, s: Scenario) -> Array:
    """Y: value added, rents, worth of compute at work, less shortage of chips and public spending on plants. (N, B)."""
    c = world.compute
    economy = np.sqrt(np.maximum(c.running * c.uses[:, 0], 0.0))
    shortage = world.goods.scarce[:, MATURE] * s.places.gdp / 4.0 * 0.01
    interest = np.maximum(-world.state.cash, 0.0) * s.parameters.state.interest
    worth = s.parameters.compute.benefit * economy * np.sqrt(s.places.gdp / 30000.0)
    spending = np.minimum(world.state.spending, s.places.budget * 3.0)
    return world.state.value_added + world.state.rent + worth - shortage - 0.1 * spending - interest


def standing_of(world: World, s: Scenario) -> Array:
    """St: trust of others by the root of their size, approval, and the part in the world's agreements."""
    size = np.sqrt(s.places.gdp)
    trust = world.relations.trust
    weighed = total((trust * size[None]).swapaxes(0, 1))
    omega = float(sum(size[:, 0]))
    esteem = weighed / omega
    membership = np.zeros_like(world.state.cash)
    for x in range(len(world.relations.member)):
        membership = membership + world.relations.member[x]
    z = membership / np.maximum(2.0 * size / (omega / len(size)), 0.5)
    blame = np.minimum(world.relations.blame, 20.0)
    return clip(100.0 * (0.4 * esteem + 0.3 * world.state.approval + 0.3 * z / (1.0 + z)) - blame, 0.0, 100.0)


def security(world: World, s: Scenario) -> Array:
    """Se: security compute among friends, what would survive the likeliest dangers, and calm."""
    strength = world.compute.security * (0.5 + 0.5 * staffing(world))
    whole = np.maximum(total(strength), 1e-9)
    friends = total(world.relations.trust * strength[:, None]) / whole
    exposed = np.maximum(world.events.route, 0.0) * 0.5
    mature = world.goods.inventory[:, MATURE] / np.maximum(world.goods.reference[:, MATURE], 1e-9)
    survive = clip(0.55 + 0.2 * np.minimum(mature / 2.0, 1.0) + 0.25 * (1.0 - world.power.outage) - exposed, 0.0, 1.0)
    calm = 1.0 - world.relations.escalation / 5.0
    return 100.0 * (0.4 * friends + 0.4 * survive + 0.2 * calm)
