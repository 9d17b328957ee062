"""Standards that places share: certified silicon (S9), safety guardrails (S17), robots from test platforms (S16)."""

from __future__ import annotations

import numpy as np

from game.core.clauses import CLAUSES
from game.core.names import CHARTER, GOODS
from game.core.numeric import Array, clip, entries, total
from game.core.scenario import Scenario
from game.core.world import Small, World, replace
from game.rules import knowhow
from game.rules.blocs import charter_pairs
from game.rules.fees import spent
from game.rules.kept import constants_of, reading_of
from game.rules.pacts import in_force
from game.rules.turn import Turn

CERTIFY, GUARDRAILS, PLATFORM = (CLAUSES.at(kind) for kind in ("certify", "guardrails", "platform"))
GUARDRAIL_TERM = CHARTER.at("guardrails")
#: Goods that audits certify, and that compliant buyers ask for.
SILICON = tuple(GOODS.at(good) for good in ("mature_chips", "leading_logic", "hbm", "accelerators", "cloud"))
MAGNETS, MATURE = GOODS.at("magnets"), GOODS.at("mature_chips")
#: What tells of a place's robotics: makers of machines and of the magnets in their motors.
ROBOTICS = tuple(GOODS.at(good) for good in ("process_tools", "magnets"))
#: Index of robots at which half of what they can do is done; below `NONE` of anything nothing is left of it.
HALF_DONE, NONE = 50.0, 1e-3


def follow(world: World, turn: Turn) -> World:
    """Standards of the quarter: who certifies, whose guardrails places follow, what platforms have come to."""
    return _build_robots(_adopt(_certify(world, turn), turn), turn)


# --- certified silicon -----------------------------------------------------------------------------------------------


def _certify(world: World, turn: Turn) -> World:
    """Silicon is certified step by step where a clause or a charter asks for it, and no longer where none does."""
    goal, now = _asked(world), world.standards.certified
    if goal is None:
        if not now.any():
            return world
        goal = np.zeros_like(now)
    p = turn.scenario.parameters.statecraft
    certified = now + p.certify * (goal - now)
    certified = np.where((goal <= 0.0) & (certified < NONE), 0.0, clip(certified, 0.0, 1.0))
    world = spent(world, p.audit * certified * _silicon_worth(world, turn.scenario))
    return replace(world, standards=replace(world.standards, certified=certified))


@reading_of("clauses.kind", "contracts.status", "blocs.charter", "relations.member")
def _asked(world: World) -> Array | None:
    """Share of its silicon that each place is bound to certify; None where nobody is. (N, B)."""
    rows, pairs = in_force(world, CERTIFY), charter_pairs(world, "certify")
    if rows is None and pairs is None:
        return None
    asked = np.zeros_like(world.state.cash) if pairs is None else pairs.max(axis=1)
    if rows is not None:
        asked[rows.giver, rows.world] = asked[rows.taker, rows.world] = 1.0
    return asked


def sell(world: World, turn: Turn) -> World:
    """Buyers of certified silicon pay certified makers abroad more for it; the state has its share."""
    certified, s = world.standards.certified, turn.scenario
    if not certified.any():
        return world
    rows = _silicon(s)
    place, good = s.sellers.place[rows], s.sellers.good[rows]
    sold = world.trade.flow.take(rows, axis=0)
    sold *= certified
    bought = total(sold, axis=1)
    bought -= world.trade.flow[rows, place] * certified[place]
    worth = bought * (s.goods.price * world.market.price[0]).take(good, axis=0) * certified[place]
    premium = s.parameters.statecraft.premium * s.sellers.by_place.total_of(rows, worth)
    state = world.state
    cash = state.cash + s.parameters.state.fee_share * premium
    return replace(world, state=replace(state, cash=cash, value_added=state.value_added + premium))


@constants_of
def _silicon(s: Scenario) -> np.ndarray:
    """Sellers of what audits certify."""
    return np.flatnonzero(np.isin(s.sellers.good, SILICON))


def audited(world: World, s: Scenario, leaked: Array) -> None:
    """Take off leaks (E, N, B) what audits find: part of the certified chips that would go round a control."""
    certified = world.standards.certified
    if certified.any():
        rows = _silicon(s)
        found = s.parameters.statecraft.provenance * certified
        leaked[rows] *= (1.0 - found).take(s.sellers.place[rows], axis=0)[:, None]


# --- safety guardrails -----------------------------------------------------------------------------------------------


def _adopt(world: World, turn: Turn) -> World:
    """Takers of a clause follow its giver, members of a bloc with such a charter its largest economy; who is bound by
    neither follows nobody, or itself if it said so."""
    adopted = _followed(world, turn.scenario)
    if adopted is world.standards.guardrail:
        return world
    return replace(world, standards=replace(world.standards, guardrail=adopted))


@reading_of("standards.guardrail", "clauses.kind", "contracts.status", "blocs.charter", "relations.member")
def _followed(world: World, s: Scenario) -> Small:
    """Whose standard places follow this quarter; the array of the last quarter where nothing changes. (N, B)."""
    rows, now = in_force(world, GUARDRAILS), world.standards.guardrail
    chartered = world.blocs.charter[:, GUARDRAIL_TERM]
    if rows is None and not chartered.any() and now.max() < 0:
        return now
    own = np.arange(len(now), dtype=np.int8)[:, None]
    adopted = np.where(now == own, own, np.int8(-1))
    for bloc in np.flatnonzero(chartered.any(axis=1)):
        member = (world.relations.member[bloc] > 0) & (chartered[bloc] > 0.0)
        author = np.where(member, s.places.gdp, 0.0).argmax(axis=0).astype(np.int8)
        adopted = np.where(member & (adopted < 0) & (author != own), author, adopted)
    if rows is not None:
        adopted[rows.taker, rows.world] = rows.giver
    return now if (adopted == now).all() else adopted.astype(np.int8)


@reading_of("standards.guardrail")
def standard_of(world: World) -> Small | None:
    """Whose safety standard each place works by, -1 nobody's: authors that are followed work by their own. (N, B)."""
    followed = world.standards.guardrail
    if followed.max() < 0:
        return None
    standard = followed.copy()
    place, where = entries(followed >= 0)
    author = followed[place, where]
    idle = standard[author, where] < 0
    standard[author[idle], where[idle]] = author[idle]
    return standard


def guarded_compute(world: World, s: Scenario, running: Array) -> Array:
    """What is left of compute at work when guardrails have taken their part. (N, B)."""
    standard = standard_of(world)
    if standard is None:
        return running
    left: Array = running * (1.0 - s.parameters.statecraft.guardrail_cost * (standard >= 0))
    return left


def incidents(world: World, s: Scenario) -> Array | None:
    """Factor on the odds of incidents, which guardrails lower; None where nobody has any. (N, B)."""
    standard = standard_of(world)
    if standard is None:
        return None
    return 1.0 - s.parameters.statecraft.guardrail_safety * (standard >= 0).astype(np.float64)


@reading_of("standards.guardrail")
def lost_between(world: World, s: Scenario) -> Array | None:
    """Share of compute rented from each place by each other that two standards cost; None where none. (N, N, B)."""
    standard = standard_of(world)
    if standard is None:
        return None
    bound = standard >= 0
    mixed = bound[:, None] & bound[None] & (standard[:, None] != standard[None])
    return s.parameters.statecraft.mixed * mixed if mixed.any() else None


# --- robots ----------------------------------------------------------------------------------------------------------


def _build_robots(world: World, turn: Turn) -> World:
    """Test platforms raise the level of their parties' robots; machines wear out."""
    platforms, robots_now = knowhow.circles(world, PLATFORM), world.standards.robots
    if platforms is None and not robots_now.any():
        return world
    p = turn.scenario.parameters.statecraft
    level = robots_now * (1.0 - p.robot_wear)
    level = np.where(level < NONE, 0.0, level)
    if platforms is not None:
        level = level + _tested(world, turn.scenario, platforms)
        world = spent(world, platforms.costs)
    return replace(world, standards=replace(world.standards, robots=np.minimum(level, 100.0)))


def _tested(world: World, s: Scenario, platforms: knowhow.Circles) -> Array:
    """What parties gain: with the root of what they put in, and the least of what they find among them: manufacturing
    data, compute and robotics, each as a share of the world's. (N, B)."""
    found = np.array([_part(_silicon_worth(world, s)), _part(world.compute.running), _part(_worth(world, s, ROBOTICS))])
    among = found.swapaxes(0, 1)[:, :, platforms.world] * platforms.member.T[:, None]
    each = s.parameters.statecraft.platform * platforms.root * total(among).min(axis=0)
    gained = np.zeros_like(world.state.cash)
    np.add.at(gained, (platforms.place, platforms.world[platforms.row]), each[platforms.row])
    short = np.maximum(world.goods.scarce[:, MAGNETS], world.goods.scarce[:, MATURE])
    return gained * (1.0 - short)


@reading_of("goods.made")
def _silicon_worth(world: World, s: Scenario) -> Array:
    return _worth(world, s, SILICON)


def _worth(world: World, s: Scenario, goods: tuple[int, ...]) -> Array:
    """What each place made of some goods last quarter, at the opening's prices. USD bn, (N, B)."""
    return total(world.goods.made.take(goods, axis=1) * s.goods.price.take(goods, axis=0), axis=1)


def _part(amounts: Array) -> Array:
    """Each place's share of the world's. (N, B)."""
    return amounts / np.maximum(total(amounts), 1e-9)


@reading_of("standards.robots")
def robots(world: World) -> Array | None:
    """Share of what robots can do that they do at each place; None where there are none. (N, B)."""
    level = world.standards.robots
    if not level.any():
        return None
    return level / (level + HALF_DONE)
