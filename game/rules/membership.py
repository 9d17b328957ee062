"""What it is worth to belong to a bloc, and what to belong to none: queue places, rents of the neutral, exposure.

Strategies and panels ask for the terms of membership by seat; the quarter pays the rent of the neutral (rules.md R4).
"""

from __future__ import annotations

import numpy as np

from game.core.names import CHARTER
from game.core.numeric import Array, Counts, ratio, total
from game.core.scenario import Scenario
from game.core.world import World
from game.rules import blocs
from game.rules.kept import constants_of, reading_of
from game.rules.tables import Tables
from game.rules.trade import refused

PRIORITY = CHARTER.at("priority")
#: Quarters above the post from which a side holds it.
HELD = 2.0
#: Points a quarter that a post held alone pays, and the part of it that a newcomer counts on.
FULL_DIVIDEND, NEWCOMER = 6.0, 0.75
#: Share of what a place buys from the inside place that retaliation would cost a member of a bloc that bites fully.
RETALIATED = 0.1


# --- the rent of the neutral (R4b) -----------------------------------------------------------------------------------


def sides(world: World, s: Scenario) -> tuple[Array, Array]:
    """1 for members of the race's bloc, and for the inside place and members of blocs that it belongs to. (N, B) each.

    A place in both is of the first. Only blocs with charters make sides.
    """
    member = world.relations.member
    ours = blocs.counted(world, s.race.bloc)
    theirs = np.zeros_like(ours)
    theirs[s.inside] = 1.0
    for bloc in s.chartered:
        if bloc != s.race.bloc:
            theirs = np.maximum(theirs, member[bloc] * (member[bloc, s.inside] > 0))
    return ours, theirs * (1.0 - ours)


@constants_of
def _worth(s: Scenario) -> Array:
    """USD bn per unit of each seller's good at the opening. (E, 1)."""
    return np.asarray(s.goods.price.take(s.sellers.good, axis=0))


@constants_of
def _open(s: Scenario) -> Array:
    """Openness of seats; other places serve as routes without keeping the fee. (N, 1)."""
    seated = np.zeros_like(s.places.openness)
    seated[list(s.places.seats)] = 1.0
    return seated * s.places.openness


@reading_of("trade.blocked", "market.price", "standing.mineral_held", "standing.chip_held")
def pot(world: World, s: Scenario) -> Array:
    """USD bn a quarter that all neutrals earn together: a fee on the trade that goes round or is shunned. (B,).

    It falls by a third for each side that holds its post: who needs nobody pays no middlemen.
    """
    shunned = refused(world) * _worth(s)
    shunned *= s.sellers.by_good.spread(world.market.price[0])
    standing = world.standing
    holding = (standing.mineral_held >= HELD) * 1.0 + (standing.chip_held >= HELD)
    return s.parameters.statecraft.neutral_fee * total(shunned) * (1.0 - holding / 3.0)


def _kept(world: World, s: Scenario) -> Array:
    """Share of their rent that secondary rules of the sides leave neutrals. (B,)."""
    ours, theirs = sides(world, s)
    ruling = (world.policy.secondary > 0).any(axis=1)
    taxed = np.minimum((ruling * ours).max(axis=0), 1.0) + (ruling * theirs).max(axis=0)
    return 1.0 - s.parameters.statecraft.neutral_tax * taxed


def neutral_rent(world: World, s: Scenario) -> Array:
    """USD bn a quarter that each neutral earns: the last neutral is the richest. (N, B)."""
    ours, theirs = sides(world, s)
    neutral = _open(s) * (1.0 - ours) * (1.0 - theirs)
    earned = pot(world, s) * _kept(world, s)
    return neutral / np.maximum(total(neutral), 1e-9) * earned


@reading_of(
    "relations.member", "blocs.left", "policy.secondary", "trade.blocked", "market.price", "standing.mineral_held",
    "standing.chip_held",
)  # fmt: skip
def rent_as_neutral(world: World, s: Scenario) -> Array:
    """What each place has, or would have if it alone left its side. (N, B)."""
    ours, theirs = sides(world, s)
    weight = _open(s) * np.ones_like(ours)
    neutral = weight * (1.0 - ours) * (1.0 - theirs)
    others = total(neutral) - neutral
    return weight / np.maximum(others + weight, 1e-9) * (pot(world, s) * _kept(world, s))


# --- queue places (R4d) ----------------------------------------------------------------------------------------------


@reading_of("trade.ordered", "trade.exported", "goods.made", "market.price")
def trade_by_place(world: World, s: Scenario, t: Tables) -> tuple[Array, Array]:
    """Worth of each good that places want from abroad and sell abroad, USD bn a quarter. (N, G, B) each."""
    price = s.goods.price * world.market.price[0]
    need = np.maximum(world.trade.ordered - world.goods.made, 0.0) * price
    have = np.zeros_like(need)
    flat = have.reshape(-1, world.worlds)
    flat[t.positions.lanes] = world.trade.exported
    return need, have * price


@reading_of("trade.ordered", "trade.exported", "goods.made", "market.price")
def _wanted_abroad(world: World, s: Scenario, t: Tables) -> Array:
    """Worth of all that places want from abroad, USD bn a quarter. (N, B)."""
    return total(trade_by_place(world, s, t)[0], axis=1)


def queue_places(world: World, s: Scenario, t: Tables, members: Array) -> Array:
    """Share of what each place wants from abroad that sellers of a bloc with these `members` (N, B) could serve.

    The more buy from the same sellers, the worse each one's place; who is no member has the place that it would have
    if it joined. (N, B).
    """
    need, have = trade_by_place(world, s, t)
    joining = 1.0 - members[:, None]
    served, bought = have * joining, need * joining
    served += total(have * members[:, None])
    bought += total(need * members[:, None])
    served /= np.maximum(bought, 1e-9, out=bought)
    np.minimum(served, 1.0, out=served)
    served *= need
    return ratio(total(served, axis=1), _wanted_abroad(world, s, t))


def queue_after(world: World, s: Scenario, t: Tables, bloc: int, place: int) -> Array:
    """Queue place of each sitting member of a bloc once `place` is in it; 0 for others. (N, B)."""
    members = world.relations.member[bloc].astype(np.float64)
    widened = members.copy()
    widened[place] = 1.0
    return queue_places(world, s, t, widened) * members


def queue_lost(world: World, s: Scenario, t: Tables, bloc: int, place: int) -> Array:
    """What sitting members' queue places lose by the entry of a place, in USD bn a quarter of their orders. (N, B).

    Negative where the newcomer brings more than it takes; reckoned as if it were no member yet.
    """
    need, have = trade_by_place(world, s, t)
    members = world.relations.member[bloc].astype(np.float64)
    members[place] = 0.0
    selling, buying = total(have * members[:, None]), total(need * members[:, None])
    now = np.minimum(selling / np.maximum(buying, 1e-9), 1.0)
    then = np.minimum((selling + have[place]) / np.maximum(buying + need[place], 1e-9), 1.0)
    return total(need * (now - then), axis=1) * members * world.blocs.charter[bloc, PRIORITY]


# --- bite and exposure (R4c) -----------------------------------------------------------------------------------------


@reading_of("trade.blocked", "trade.flow", "market.price", "relations.member")
def bite(world: World, s: Scenario, bloc: int) -> Array:
    """Share of what the inside place orders of members of a bloc, by worth, that they stop. (B,)."""
    price = _worth(s) * s.sellers.by_good.spread(world.market.price[0])
    price = price * world.relations.member[bloc].take(s.sellers.place, axis=0)
    stopped = total(world.trade.blocked[:, s.inside] * price)
    sold = total(world.trade.flow[:, s.inside] * price)
    return stopped / np.maximum(stopped + sold, 1e-9)


@reading_of("trade.flow", "market.price")
def _from_inside(world: World, s: Scenario) -> Array:
    """Worth of what each place buys from the inside place, USD bn a quarter. (N, B)."""
    rows = _inside_rows(s)
    price = (_worth(s) * s.sellers.by_good.spread(world.market.price[0]))[rows]
    return total(world.trade.flow[rows] * price[:, None])


@constants_of
def _inside_rows(s: Scenario) -> Counts:
    return np.flatnonzero(s.sellers.place == s.inside)


def retaliation(world: World, s: Scenario, bloc: int) -> Array:
    """USD bn a quarter that a member of a bloc risks from the inside place: more, the harder the bloc bites. (N, B)."""
    risk = RETALIATED * (0.2 + bite(world, s, bloc)) * _from_inside(world, s)
    risk[s.inside] = 0.0
    return risk


def membership_terms(world: World, s: Scenario, t: Tables, bloc: int) -> dict[str, Array]:
    """What belonging to a bloc gives and takes, by seat, as a member or as who might be one. (N, B) each.

    queue : USD bn a quarter of orders that the charter's priority puts first.
    queue_place : share of the orders abroad that the bloc's sellers can serve, 0 to 1.
    joint_stock : USD bn that it could draw on, as an equal member.
    dividend : points a quarter that the race pays it, weighed by how near the bloc is to its post.
    dues : USD bn a quarter.
    neutral_rent : USD bn a quarter that it has, or would have, outside the sides.
    secondary : share of its imports that come from members with a secondary rule: what staying out exposes.
    retaliation : USD bn a quarter at risk from the inside place.
    lead : how far the other side is ahead, 0 to 1.
    """
    members = world.relations.member[bloc].astype(np.float64)
    need, _ = trade_by_place(world, s, t)
    place = queue_places(world, s, t, members)
    priority = world.blocs.charter[bloc, PRIORITY]
    shape = members.shape
    return {
        "queue": priority * place * total(need, axis=1),
        "queue_place": place,
        "joint_stock": _joint_stock(world, s, bloc) / np.maximum(total(members) + 1.0 - members, 1.0),
        "dividend": dividend_expected(world, s, bloc),
        "dues": np.broadcast_to(blocs.dues_of(world, s, bloc), shape),
        "neutral_rent": rent_as_neutral(world, s),
        "secondary": _secondary(world, s, bloc),
        "retaliation": retaliation(world, s, bloc),
        "lead": np.broadcast_to(blocs.lead_against(world, s)[bloc], shape),
    }


def _joint_stock(world: World, s: Scenario, bloc: int) -> Array:
    return total(world.blocs.stock[bloc] * s.goods.price * world.market.price[0])


def dividend_expected(world: World, s: Scenario, bloc: int) -> Array:
    """Points a quarter, weighed by how near the bar is to the post: far away, nobody counts on it. (N, B)."""
    members = world.relations.member[bloc].astype(np.float64)
    if bloc != s.race.bloc:
        return np.zeros_like(members)
    return (
        FULL_DIVIDEND
        * nearness(world, s)
        * np.where(
            members > 0.0, blocs.dividend_shares(world, s, bloc), NEWCOMER * heads_share(s, total(members) + 1.0)
        )
    )


def nearness(world: World, s: Scenario) -> Array:
    """How much a seat counts on the race's dividend: the square of the bar over the post. (B,)."""
    near = np.minimum(world.standing.mineral_independence / s.race.post, 1.0)
    return near * near


def heads_share(s: Scenario, members: Array) -> Array:
    """Part of a whole dividend that a member of a bloc of this size has on the mean. (B,)."""
    return np.minimum(s.parameters.statecraft.heads / np.maximum(members, 1.0), 1.0)


@reading_of("trade.flow", "market.price", "policy.secondary", "relations.member")
def _secondary(world: World, s: Scenario, bloc: int) -> Array:
    """Share of each place's imports that come from members with a secondary rule. (N, B)."""
    ruling = world.relations.member[bloc] * (world.policy.secondary > 0).any(axis=1)
    price = _worth(s) * s.sellers.by_good.spread(world.market.price[0])
    flow = world.trade.flow * price[:, None]
    return ratio(total(flow * ruling.take(s.sellers.place, axis=0)[:, None]), total(flow))
