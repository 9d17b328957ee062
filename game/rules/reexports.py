"""No re-export: hubs and destinations that stop what leaks round other places' controls (S10, S18).

A blocked order finds its way through hubs, in proportion to how open and lax they are. A hub bound by a clause or a
charter lets a share of its part through no more; a destination that is bound asks for less of it. The hub pays for it
with its margin on leaks.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from game.core.clauses import CLAUSES
from game.core.names import CLASS_OF_GOOD, CLASSES
from game.core.numeric import Array, Counts, entries, total
from game.core.scenario import Scenario
from game.core.world import World
from game.rules import blocs, pacts
from game.rules.kept import constants_of, reading_of
from game.rules.tables import Tables

NO_REEXPORT = CLAUSES.at("no_reexport")


class Stops(NamedTuple):
    """What is stopped of leaks; shares of the seller's leaks."""

    through: Array
    """(hubs, E, B) by each hub, of its own part"""
    kept: Array
    """(E, B) left of what leaks through all hubs"""
    lane: Counts
    """(r,) with the next three: what a destination asks for less"""
    asker: Counts
    world: Counts
    share: Array
    """(r,) left of it"""


class Reach(NamedTuple):
    """Sellers that a place's controls of a class reach: its own, and those with its technology."""

    lanes: Counts
    """(N, C, most) -1 for none"""
    owned: Array
    """(N, E) share of the place's technology in what others sell; 1 for its own"""


@constants_of
def reach(s: Scenario) -> Reach:
    """Derive it from a scenario."""
    sellers, places = s.sellers, len(s.place_axis)
    owned = np.zeros((places, len(sellers.place)))
    np.maximum.at(owned, (sellers.owned.owner, sellers.owned.seller), sellers.owned.share[:, 0])
    owned[sellers.place, np.arange(len(sellers.place))] = 1.0
    classes = np.array(CLASS_OF_GOOD)[sellers.good]
    found = [[np.flatnonzero((owned[n] > 0) & (classes == k)) for k in range(len(CLASSES))] for n in range(places)]
    most = max(len(rows) for row in found for rows in row)
    lanes = np.full((places, len(CLASSES), max(most, 1)), -1, dtype=np.int64)
    for n, row in enumerate(found):
        for k, rows in enumerate(row):
            lanes[n, k, : len(rows)] = rows
    return Reach(lanes, owned)


@reading_of("clauses.kind", "contracts.status", "blocs.charter", "relations.member", "policy.secondary")
def stops(world: World, s: Scenario, t: Tables) -> Stops | None:
    """What clauses and charters stop; None where nobody is bound."""
    rows, bonds = pacts.in_force(world, NO_REEXPORT), blocs.charter_pairs(world, "no_reexport")
    if rows is None and bonds is None:
        return None
    through = np.zeros((len(s.hubs), len(s.sellers.place), world.worlds))
    if bonds is not None:
        through += bonds[list(s.hubs)].take(s.sellers.place, axis=1)
    lane, asker, w, share = _rows(world, s, rows)
    hub = _hub_positions(s)[asker]
    here = hub >= 0
    np.maximum.at(through, (hub[here], lane[here], w[here]), share[here])
    part = t.positions.hub_share[list(s.hubs)][:, None]
    kept = 1.0 - total(part * through)
    return Stops(through, kept, lane, asker, w, 1.0 - share)


@constants_of
def _hub_positions(s: Scenario) -> Counts:
    """Position of each place among the hubs, -1 for the others. (N,)."""
    positions = np.full(len(s.place_axis), -1)
    positions[list(s.hubs)] = np.arange(len(s.hubs))
    return positions


def _rows(world: World, s: Scenario, rows: pacts.Rows | None) -> tuple[Counts, Counts, Counts, Array]:
    """Clauses by seller that they reach: seller, bound place, world, share stopped."""
    if rows is None:
        none = np.zeros(0, dtype=np.int64)
        return none, none, none, np.zeros(0)
    known = reach(s)
    lanes = known.lanes[rows.taker, rows.subject]
    row, column = entries(lanes >= 0)
    lane, owner, w = lanes[row, column], rows.taker[row], rows.world[row]
    # Technology in what others sell is reached only while the owner's secondary rule binds them.
    own = s.sellers.place[lane] == owner
    bound = own | (world.policy.secondary[owner, rows.subject[row], w] > 0)
    return lane, rows.giver[row], w, rows.quantity[row] * known.owned[owner, lane] * bound


def ask_less(found: Stops, leaks: Array) -> None:
    """Take what bound destinations ask for no more out of leaks by seller and buyer, in place. (E, N, B)."""
    np.multiply.at(leaks, (found.lane, found.asker, found.world), found.share)


def hub_margins(world: World, s: Scenario, t: Tables, through: Array) -> Array:
    """What leaked, by value and seller (E, B), shared among the hubs that it passed through. (N, B)."""
    margins: Array = total(through) * t.positions.hub_share
    found = stops(world, s, t)
    if found is not None:
        hubs = list(s.hubs)
        part = t.positions.hub_share[hubs][:, None]
        shifted = part * (1.0 - found.through) / np.maximum(found.kept, 1e-9) - part
        margins[hubs] += total(shifted * through, axis=1)
    return margins
