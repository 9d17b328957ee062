"""Blocs: what their charters bind members to, who comes and goes, dues, and how a dividend is shared (rules.md R4, R5).

Who is a member stands in `relations.member`; motions and votes in `rules/motions.py`; what membership is worth to a
place in `rules/membership.py`.
"""

from __future__ import annotations

import numpy as np

from game.core.names import CHARTER
from game.core.numeric import Array, Counts, clip, entries, total
from game.core.pacts import Small
from game.core.scenario import Scenario
from game.core.world import World, replace
from game.rules.kept import constants_of, reading_of
from game.rules.turn import Turn

DUES = CHARTER.at("dues")
#: Quarters since a leaver left, where nobody did: beyond any game.
NEVER = 100.0
#: Quarters for which who left still counts in the bloc's bar, so that expulsion cannot lift it (rules.md section 3).
COUNTED = 4.0
#: Share of its trust in a leaver that each member loses.
LEAVING_TRUST = 0.12
#: Difference of the two bars at which a side leads in full (rules.md R12).
FULL_LEAD = 0.25
#: Contribution that everybody is credited with, in budgets of a quarter: it keeps one giver from taking all.
CREDIT = 0.05


# --- charters --------------------------------------------------------------------------------------------------------


def charter_pairs(world: World, term: str) -> Array | None:
    """Strength, 0 to 1, with which charters bind each place to each other by a term; None when none does. (N, N, B).

    Places that share more than one such bloc are bound by the stricter charter. Nobody is bound to itself.
    """
    return _bonds(world).get(CHARTER.at(term))


@reading_of("blocs.charter", "relations.member")
def _bonds(world: World) -> dict[int, Array]:
    """`charter_pairs` of each term that any charter has."""
    charter = world.blocs.charter
    itself = np.arange(world.relations.member.shape[1])
    bonds: dict[int, Array] = {}
    held = np.any(charter > 0.0, axis=2)
    for bloc in np.flatnonzero(held.any(axis=1)).tolist():
        member = world.relations.member[bloc] > 0
        fellows = member[:, None] & member[None]
        fellows[itself, itself] = False
        for term in np.flatnonzero(held[bloc]).tolist():
            shared = fellows * charter[bloc, term]
            bonds[term] = np.maximum(bonds[term], shared) if term in bonds else shared
    return bonds


@reading_of("relations.member", "blocs.left")
def counted(world: World, bloc: int) -> Array:
    """1 for members, and for who left or was expelled less than four quarters ago. (N, B)."""
    member = world.relations.member[bloc] > 0
    left = world.blocs.left[bloc]
    return (member | (left < COUNTED)).astype(np.float64) if (left < COUNTED).any() else member.astype(np.float64)


@reading_of("standing.chip_independence", "standing.mineral_independence")
def lead_against(world: World, s: Scenario) -> Array:
    """How far the other side of the race is ahead of each bloc, 0 to 1 (rules.md R12). (X, B)."""
    ahead = (world.standing.chip_independence - world.standing.mineral_independence) / FULL_LEAD
    of_race = (np.arange(len(s.blocs)) == s.race.bloc)[:, None]
    return clip(np.where(of_race, ahead, -ahead), 0.0, 1.0)


# --- coming and going ------------------------------------------------------------------------------------------------


def come_and_go(world: World, turn: Turn) -> World:
    """Places leave blocs and found new ones."""
    orders = turn.orders
    for place, w in zip(*entries(orders.leave >= 0), strict=True):
        world = _left(world, int(orders.leave[place, w]), int(place), int(w))
    founding = entries(orders.found >= 0)
    if len(founding[0]):
        member = world.relations.member.copy()
        member[orders.found[founding], founding[0], founding[1]] = 1
        left = world.blocs.left.copy()
        left[orders.found[founding], founding[0], founding[1]] = NEVER
        world = replace(world, relations=replace(world.relations, member=member), blocs=replace(world.blocs, left=left))
    return world


def _left(world: World, bloc: int, place: int, w: int) -> World:
    """One leaves: the others trust it less."""
    at = np.array([bloc]), np.array([place]), np.array([w])
    world = departed(world, *at)
    trust = world.relations.trust.copy()
    stay = world.relations.member[bloc, :, w] > 0
    trust[place, stay, w] = np.maximum(trust[place, stay, w] * (1.0 - LEAVING_TRUST), 0.02)
    return replace(world, relations=replace(world.relations, trust=trust))


def departed(world: World, bloc: Small | Counts, place: Counts, w: Counts) -> World:
    """The world after places ceased to be members, for whatever reason. Lists of equal length."""
    member, left = world.relations.member.copy(), world.blocs.left.copy()
    member[bloc, place, w] = 0
    left[bloc, place, w] = 0.0
    return replace(world, relations=replace(world.relations, member=member), blocs=replace(world.blocs, left=left))


def grow_old(world: World, turn: Turn) -> World:
    """A quarter more since leavers left."""
    left = world.blocs.left
    if (left >= NEVER).all():
        return world
    return replace(world, blocs=replace(world.blocs, left=np.minimum(left + 1.0, NEVER)))


# --- dues and dividend -----------------------------------------------------------------------------------------------


@constants_of
def _due(s: Scenario) -> Array:
    """USD bn a quarter that each place pays where dues are at full strength. (N, 1)."""
    return s.parameters.statecraft.dues * s.places.budget


def dues_of(world: World, s: Scenario, bloc: int) -> Array:
    """USD bn a quarter that each place pays, or would as a member. (N, B)."""
    return _due(s) * world.blocs.charter[bloc, DUES]


def collect(world: World, turn: Turn) -> World:
    """Members pay their dues; these go to who has filled the joint stock, by what each has paid in (rules.md R5)."""
    s = turn.scenario
    owing = np.flatnonzero(world.blocs.charter[:, DUES].any(axis=1))
    if not len(owing):
        return world
    cash, given = world.state.cash.copy(), world.blocs.given.copy()
    for bloc in owing.tolist():
        member = world.relations.member[bloc].astype(np.float64)
        paid = member * dues_of(world, s, bloc)
        got = total(paid) * _by_contribution(given[bloc], member)
        cash += got - paid
        given[bloc] = np.maximum(given[bloc] + paid - got, 0.0)
    return replace(world, state=replace(world.state, cash=cash), blocs=replace(world.blocs, given=given))


def _by_contribution(given: Array, member: Array) -> Array:
    """Members' shares of what they have paid in; equal ones where nobody has. (N, B)."""
    paid = given * member
    whole, members = total(paid), np.maximum(total(member), 1.0)
    return np.where(whole > 1e-9, paid / np.maximum(whole, 1e-9), member / members)


def dividend_shares(world: World, s: Scenario, bloc: int) -> Array:
    """What a member has of a dividend of one a head: half is equal, half goes by contribution (rules.md R5). (N, B).

    Contributions count against budgets, so that a small member that gives its part has as much as a large one. The
    shares add up to the number of members; a bloc of more than `statecraft.heads` divides what that many have, so that
    it does not pay the members to let everybody in (R4).
    """
    member = world.relations.member[bloc].astype(np.float64)
    effort = member * (world.blocs.given[bloc] / np.maximum(s.places.budget, 1e-9) + CREDIT)
    share = effort / np.maximum(total(effort), 1e-9)
    members = total(member)
    pot = np.minimum(s.parameters.statecraft.heads / np.maximum(members, 1.0), 1.0)
    return pot * member * (0.5 + 0.5 * members * share)
