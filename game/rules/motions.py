"""Motions in blocs: who may move what, how votes weigh, what a motion that passes changes (game.md section 5, R4d).

They are moved and voted on in the two rounds of talks. Rows N are movers; a place makes one motion a quarter. The last
axis B counts worlds.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from game.core.names import CHARTER, MOTIONS, OUTCOMES, VOTING
from game.core.numeric import Array, Counts, added, clip, nonzero, total
from game.core.pacts import Small
from game.core.scenario import Scenario
from game.core.statecraft import Motions
from game.core.world import World, replace
from game.rules import blocs
from game.rules.kept import constants_of

ADMIT, INVITE, EXPEL, CHARTER_TERM, VOTING_RULE = range(len(MOTIONS))
PASSED, FAILED, LAPSED = (OUTCOMES.at(o) for o in ("passed", "failed", "lapsed"))
WEIGHTED, UNANIMITY = VOTING.at("weighted"), VOTING.at("unanimity")
FOR, AGAINST = 1, 2
#: Shares of their trust that those who were expelled lose in the members, and these in them.
EXPELLED_TRUST, EXPELLING_TRUST = 0.20, 0.06

REFUSALS = (
    "",
    "this bloc has no charter: it takes no motions",
    "nobody has founded this bloc yet; found it",
    "only members move that",
    "it is a member already",
    "only seats join",
    "nobody moves that about itself",
    "it is no member",
    "that stands so already",
    "the strength of a charter term lies between 0 and 1",
    "one motion a quarter; this seat has made it",
    "the motion takes {capital:g} political capital; {capital_left:.1f} is left",
    "no such motion is open in this round",
    "only members vote on it",
    "nobody votes on its own expulsion",
    "a seat votes once; its vote is cast",
    "the race is between this bloc and that place: it cannot be a member",
)
(
    FINE, NO_CHARTER, NOT_FOUNDED, NOT_MEMBER, IS_MEMBER, NOT_SEAT, ITSELF, NO_MEMBER, SAME, STRENGTH, MOVED, CAPITAL,
    NOT_OPEN, NO_VOTE, CONCERNED, VOTED, RIVAL,
) = range(len(REFUSALS))  # fmt: skip


def no_motions(places: int, worlds: int) -> Motions:
    """A table without motions, to be written in."""
    unsaid = np.empty((3, places, worlds), dtype=np.int8)
    unsaid.fill(-1)
    return Motions(
        bloc=unsaid[0],
        act=unsaid[1],
        about=unsaid[2],
        strength=np.zeros((places, worlds)),
        outcome=np.zeros((places, worlds), dtype=np.int8),
        vote=np.zeros((places, places, worlds), dtype=np.int8),
    )


def cleared(world: World) -> World:
    """The world without last quarter's motions."""
    if not (world.motions.bloc >= 0).any():
        return world
    return replace(world, motions=no_motions(len(world.motions.bloc), world.worlds))


def price(world: World, s: Scenario, seats: Counts, bloc: Small, act: Small) -> Array:
    """Political capital of a motion: half for small economies, less for joining against a leader (R10, R12). (n, B)."""
    asked = base_price(s)[seats, None]
    lead = blocs.lead_against(world, s)[np.maximum(bloc, 0), np.arange(world.worlds)]
    return asked * np.where((act == ADMIT) | (act == INVITE), 1.0 - 0.5 * lead, 1.0)


def of_record(world: World, s: Scenario, motions: Motions, seats: Counts) -> NDArray[np.bool_]:
    """Motions of seats that the record makes this quarter: they cost no capital of the game. (n, B)."""
    found = np.zeros((len(seats), world.worlds), dtype=bool)
    for each in s.invitations:
        if each.quarter == world.quarter:
            same = (motions.bloc[seats] == each.bloc) & (motions.act[seats] == INVITE)
            found |= same & (motions.about[seats] == each.place) & (seats == each.mover)[:, None]
    return found


@constants_of
def base_price(s: Scenario) -> Array:
    """The price without a lead: half for economies under a share of the world's GDP (rules.md R10). (N,)."""
    p, gdp = s.parameters.statecraft, s.places.gdp[:, 0]
    return p.motion * np.where(gdp < p.small_economy * added(gdp), 0.5, 1.0)


@constants_of
def _seated(s: Scenario) -> NDArray[np.bool_]:
    seated = np.zeros(len(s.place_axis), dtype=bool)
    seated[list(s.places.seats)] = True
    return seated


def refusals(
    world: World, s: Scenario, seats: Counts, bloc: Small, act: Small, about: Small, strength: Array
) -> NDArray[np.int64]:
    """Why each seat may not move what it would; 0 where it may. What it costs is left out. All (n, B)."""
    codes = np.zeros(bloc.shape, dtype=np.int64)
    worlds, movers = np.arange(world.worlds), seats[:, None]

    def refuse(where: Any, code: int) -> None:
        codes[(codes == FINE) & where] = code

    member = world.relations.member > 0
    x, place = np.maximum(bloc, 0), np.maximum(about, 0)
    refuse(~np.isin(bloc, s.chartered), NO_CHARTER)
    founded = np.asarray(member.any(axis=1))
    refuse(~founded[x, worlds], NOT_FOUNDED)
    inside = member[x, movers, worlds]
    refuse((act == ADMIT) & inside, IS_MEMBER)
    refuse((act != ADMIT) & ~inside, NOT_MEMBER)
    rival = (bloc == s.race.bloc) & (np.where(act == ADMIT, movers, about) == s.inside)
    refuse(rival & ((act == ADMIT) | (act == INVITE)), RIVAL)
    on_place = (act == INVITE) | (act == EXPEL)
    subject = member[x, np.minimum(place, member.shape[1] - 1), worlds]
    refuse(on_place & (about == movers), ITSELF)
    refuse((act == INVITE) & subject, IS_MEMBER)
    refuse((act == INVITE) & ~_seated(s)[np.minimum(place, member.shape[1] - 1)], NOT_SEAT)
    refuse((act == EXPEL) & ~subject, NO_MEMBER)
    refuse((act == CHARTER_TERM) & ~((strength >= 0.0) & (strength <= 1.0)), STRENGTH)
    term = world.blocs.charter[x, np.minimum(place, len(CHARTER) - 1), worlds]
    refuse((act == CHARTER_TERM) & (np.abs(term - strength) < 1e-9), SAME)
    refuse((act == VOTING_RULE) & (world.blocs.voting[x, worlds] == about), SAME)
    return codes


# --- counting --------------------------------------------------------------------------------------------------------


def weights(s: Scenario, rule: Small) -> Array:
    """What each place's vote weighs under a voting rule: the root of its GDP, or one. (B,) -> (N, B)."""
    return np.where(rule == WEIGHTED, np.sqrt(s.places.gdp), 1.0)


def entitled(world: World, motions: Motions, mover: int) -> NDArray[np.bool_]:
    """Members that vote on a place's motion: all but the one whose expulsion it is. (N, B)."""
    worlds = np.arange(world.worlds)
    member = world.relations.member[np.maximum(motions.bloc[mover], 0), :, worlds].T > 0
    concerned = (motions.act[mover] == EXPEL) & (np.arange(len(member))[:, None] == motions.about[mover])
    return member & ~concerned & (motions.bloc[mover] >= 0)


def carried(world: World, s: Scenario, motions: Motions, mover: int) -> NDArray[np.bool_]:
    """Whether a place's motion has the votes; who has not voted is counted against it. (B,)."""
    worlds = np.arange(world.worlds)
    rule = world.blocs.voting[np.maximum(motions.bloc[mover], 0), worlds]
    voters, vote = entitled(world, motions, mover), motions.vote[mover]
    weight = weights(s, rule) * voters
    share = total(weight * (vote == FOR)) / np.maximum(total(weight), 1e-9)
    enough = np.where(rule == UNANIMITY, share >= 1.0 - 1e-9, share > 0.5)
    invited = motions.act[mover] == INVITE
    consents = vote[np.maximum(motions.about[mover], 0) % len(vote), worlds] == FOR
    return (motions.bloc[mover] >= 0) & enough & (consents | ~invited)


def settled(world: World, s: Scenario, motions: Motions, moved: NDArray[np.bool_]) -> World:
    """The world after the motions of a round (`moved` (N, B)), in the order of the seats; each mover pays its price."""
    if not moved.any():
        return world
    before = world
    capital = world.state.capital.copy()
    seats = nonzero(moved.any(axis=1))
    cost = price(before, s, seats, motions.bloc[seats], motions.act[seats]) * ~of_record(before, s, motions, seats)
    capital[seats] = np.maximum(capital[seats] - cost * moved[seats], 0.0)
    world = replace(world, state=replace(world.state, capital=capital))
    outcome = world.motions.outcome.copy()
    for mover in seats.tolist():
        passes = moved[mover] & carried(before, s, motions, mover)
        world, lapsed = _enacted(world, motions, mover, passes)
        result = np.where(lapsed, LAPSED, np.where(passes, PASSED, FAILED))
        outcome[mover] = np.where(moved[mover], result, outcome[mover])
    outcome[moved & (outcome == FAILED) & _needless(world, motions)] = LAPSED
    kept = {
        name: np.where(moved, getattr(motions, name), getattr(world.motions, name))
        for name in ("bloc", "act", "about", "strength")
    }
    vote = np.where(moved[:, None], motions.vote, world.motions.vote)
    return replace(world, motions=Motions(**kept, outcome=outcome, vote=vote))


def _needless(world: World, motions: Motions) -> NDArray[np.bool_]:
    """Motions to take in a place that another motion of the round has made a member, or to expel one that it expelled:
    nobody was refused, nor kept, by what nothing hung on any more. (N, B)."""
    act, places = motions.act, np.arange(len(motions.act))[:, None]
    comes, goes = (act == ADMIT) | (act == INVITE), act == EXPEL
    subject = np.where(act == ADMIT, places, np.where(comes | goes, motions.about, 0))
    inside = world.relations.member[np.maximum(motions.bloc, 0), subject, np.arange(world.worlds)] > 0
    found: NDArray[np.bool_] = np.where(inside, comes, goes)
    return found


def _enacted(world: World, motions: Motions, mover: int, passes: NDArray[np.bool_]) -> tuple[World, NDArray[np.bool_]]:
    """The world after a motion passed in some worlds, and where nothing was left of it to do."""
    act, about, x = motions.act[mover], motions.about[mover], motions.bloc[mover]
    lapsed = np.zeros_like(passes)
    for kind, enact in ((ADMIT, _admitted), (INVITE, _admitted), (EXPEL, _expelled)):
        w = nonzero(passes & (act == kind))
        if len(w):
            place = np.full(len(w), mover) if kind == ADMIT else about[w].astype(np.int64)
            there = (world.relations.member[x[w], place, w] > 0) == (kind == EXPEL)
            lapsed[w[~there]] = True
            world = enact(world, x[w[there]], place[there], w[there])
    charter, voting = world.blocs.charter, world.blocs.voting
    w = nonzero(passes & (act == CHARTER_TERM))
    if len(w):
        charter = charter.copy()
        charter[x[w], about[w], w] = motions.strength[mover, w]
    v = nonzero(passes & (act == VOTING_RULE))
    if len(v):
        voting = voting.copy()
        voting[x[v], v] = about[v]
    if len(w) or len(v):
        world = replace(world, blocs=replace(world.blocs, charter=charter, voting=voting))
    return world, lapsed


def _admitted(world: World, bloc: Small, place: Counts, w: Counts) -> World:
    member, left = world.relations.member.copy(), world.blocs.left.copy()
    member[bloc, place, w] = 1
    left[bloc, place, w] = blocs.NEVER
    return replace(
        world,
        relations=replace(world.relations, member=member),
        blocs=replace(world.blocs, left=left),
    )


def _expelled(world: World, bloc: Small, place: Counts, w: Counts) -> World:
    """Who is expelled trusts the members less, and these it."""
    world = blocs.departed(world, bloc, place, w)
    trust = world.relations.trust.copy()
    members = (world.relations.member[bloc, :, w] > 0).T
    for i, (n, b) in enumerate(zip(place.tolist(), w.tolist(), strict=True)):
        trust[members[:, i], n, b] *= 1.0 - EXPELLED_TRUST
        trust[n, members[:, i], b] *= 1.0 - EXPELLING_TRUST
    return replace(world, relations=replace(world.relations, trust=clip(trust, 0.02, 1.0)))
