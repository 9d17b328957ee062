"""Know-how that contracts carry (S12): licences and research hubs. Joint ventures stand in `rules/ventures.py`."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from game.core.clauses import CLAUSES
from game.core.names import CHARTER, GOODS, MATERIALS, MINERALS, TOOLS, TRACKS
from game.core.numeric import Array, Counts, each_once, entries, total
from game.core.scenario import Scenario
from game.core.world import World, replace
from game.rules import fees
from game.rules.kept import reading_of
from game.rules.pacts import Rows, in_force
from game.rules.research import slowing
from game.rules.turn import Turn

LICENCE, HUB = CLAUSES.at("licence"), CLAUSES.at("hub")
#: Index of know-how beyond which nothing is followed.
MOST_KNOWN = 1000.0
HUB_TERM = CHARTER.at("hub")
#: Goods by which a place's share of the market in the field of a track is told; a field without goods is nobody's.
FIELDS: dict[int, tuple[int, ...]] = {
    TRACKS.at(track): tuple(GOODS.at(good) for good in goods)
    for track, goods in (
        ("separation", (*MINERALS, "magnets")),
        ("lithography", TOOLS[1:]),
        ("node", ("mature_chips", "leading_logic", "process_tools", *MATERIALS)),
        ("memory", ("hbm",)),
        ("packaging", ("accelerators",)),
        ("design", ("accelerators",)),
        ("ai_systems", ("cloud",)),
    )
}


class Circles(NamedTuple):
    """Who works together: a row for each contract, subject and world."""

    member: NDArray[np.bool_]
    """(rows, N)"""
    host: Counts
    subject: Counts
    world: Counts
    root: Array
    """root of the USD bn a quarter that all put in together"""
    costs: Array
    """(N, B) USD bn a quarter that each place pays for them all"""
    row: Counts
    """rows, once for each of their members, in order"""
    place: Counts
    """that member"""
    pairs: tuple[Counts, Counts, Counts]
    """(truster, trusted, world) of all pairs of members, one row's after the other's"""
    of_pair: Counts
    """row of each pair"""


@reading_of("clauses.kind", "contracts.status")
def circles(world: World, kind: int) -> Circles | None:
    """Clauses of a mutual kind, of one contract on one subject, make a circle, whose host is the giver of the first."""
    rows = in_force(world, kind)
    if rows is None:
        return None
    most = int(rows.subject.max()) + 2
    key = (rows.slot * most + rows.subject + 1) * world.worlds + rows.world
    circle, row = each_once(key, len(world.contracts.status) * most * world.worlds)
    first = np.empty(len(circle), dtype=np.int64)
    first[row[::-1]] = np.arange(len(row))[::-1]
    member = np.zeros((len(first), len(world.state.cash)), dtype=bool)
    member[row, rows.giver] = member[row, rows.taker] = True
    money, costs = np.zeros(len(first)), np.zeros_like(world.state.cash)
    np.add.at(money, row, 2.0 * rows.quantity)
    for payer in (rows.giver, rows.taker):
        np.add.at(costs, (payer, rows.world), rows.quantity)
    each, place = entries(member)
    at, one, other = entries(member[:, :, None] & member[:, None])
    return Circles(
        member=member,
        host=rows.giver[first],
        subject=rows.subject[first],
        world=rows.world[first],
        root=np.sqrt(money),
        costs=costs,
        row=each,
        place=place,
        pairs=(one, other, rows.world[first][at]),
        of_pair=at,
    )


def least_trust(world: World, circle: Circles) -> Array:
    """Least trust of any member in any other. (rows,)."""
    least = np.ones(len(circle.host))
    np.minimum.at(least, circle.of_pair, world.relations.trust[circle.pairs])
    return least


def spread(world: World, turn: Turn) -> World:
    """A quarter of licences and hubs."""
    licences, hubs = in_force(world, LICENCE), circles(world, HUB)
    chartered = world.blocs.charter[:, HUB_TERM]
    if licences is None and hubs is None and not chartered.any():
        return world
    # Few know more for it: only their entries are written.
    s, known = turn.scenario, world.state.knowhow.copy()
    if hubs is not None:
        _add_hubs(world, s, hubs, known)
        world = fees.spent(world, hubs.costs)
    for bloc in np.flatnonzero(chartered.any(axis=1)):
        money, gained = _bloc_hub(world, s, int(bloc))
        known = np.minimum(known + gained * slowing(known), MOST_KNOWN)
        world = fees.spent(world, money)
    if licences is not None:
        _teach(world, s, licences, known)
    return replace(world, state=replace(world.state, knowhow=known))


def _teach(world: World, s: Scenario, rows: Rows, known: Array) -> None:
    """Licensees learn part of the gap to the licensor, as far as it trusts them; the best teacher counts."""
    before, trust = world.state.knowhow, world.relations.trust
    pupil = rows.taker, rows.subject, rows.world
    gap = np.maximum(before[rows.giver, rows.subject, rows.world] - before[pupil], 0.0)
    taught = np.zeros_like(before)
    learnt = s.parameters.statecraft.licence * trust[rows.taker, rows.giver, rows.world] * gap
    np.maximum.at(taught, pupil, learnt)
    # Of two licences on one track both rows say the same.
    known[pupil] = np.minimum(known[pupil] + taught[pupil], MOST_KNOWN)


def _add_hubs(world: World, s: Scenario, hubs: Circles, known: Array) -> None:
    """Each member gains with the root of what all put in, less where the host rules the market or trust is thin."""
    free = 1.0 - _host_shares(world, s, hubs)
    each = s.parameters.statecraft.hub * hubs.root * free * least_trust(world, hubs)
    pupil = hubs.place, hubs.subject[hubs.row], hubs.world[hubs.row]
    np.add.at(known, pupil, each[hubs.row] * slowing(world.state.knowhow[pupil]))
    known[pupil] = np.minimum(known[pupil], MOST_KNOWN)


def _host_shares(world: World, s: Scenario, circle: Circles) -> Array:
    shares = np.zeros(len(circle.host))
    for track in sorted(set(circle.subject.tolist())):
        if track in FIELDS:
            at = circle.subject == track
            share = field_share(world, s, track)
            shares[at] = share[circle.host[at], circle.world[at]]
    return shares


def field_share(world: World, s: Scenario, track: int) -> Array:
    """Each place's share of what the world makes in the field of a track, by opening prices. (N, B)."""
    goods = np.array(FIELDS[track])
    made = total(world.goods.made.take(goods, axis=1) * s.goods.price.take(goods, axis=0), axis=1)
    return made / np.maximum(total(made), 1e-9)


def _bloc_hub(world: World, s: Scenario, bloc: int) -> tuple[Array, Array]:
    """Dues of a bloc's hub (N, B), and know-how that members gain (N, T, B) in the track in which they lag most.

    Its host is the member with least of the market, so that it stands in nobody's way.
    """
    p, known = s.parameters.statecraft, world.state.knowhow
    member = (world.relations.member[bloc] > 0).astype(np.float64)
    member = member * (total(member) > 1.0)
    money = member * world.blocs.charter[bloc, HUB_TERM] * (p.hub_dues * s.places.budget)
    inside = (member[:, None] > 0) & (member[None] > 0)
    trust = np.where(inside, world.relations.trust, 1.0).min(axis=(0, 1))
    behind = total((known.max(axis=0) - known) * member[:, None])
    track = behind.argmax(axis=0)
    gain = p.hub * np.sqrt(total(money)) * trust
    gained = np.zeros_like(known)
    worlds = np.arange(world.worlds)
    gained[:, track, worlds] = member * (gain * (1.0 - _least_share(world, s, member, track)))
    return money, gained


def _least_share(world: World, s: Scenario, member: Array, track: Counts) -> Array:
    """Least share of the field of each world's track that a member holds. (B,)."""
    least = np.zeros(world.worlds)
    for t in sorted(set(track.tolist())):
        if t in FIELDS:
            share = np.where(member > 0, field_share(world, s, t), 1.0).min(axis=0)
            least = np.where(track == t, share, least)
    return least
