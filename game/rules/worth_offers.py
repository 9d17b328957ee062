"""What whole offers and contracts are worth to each party: their clauses, and the trust that keeping them builds."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from game.core.numeric import Array, Counts, entries, total
from game.rules import pacts, worth
from game.rules.offers import Offers
from game.rules.pacts import PAYMENT
from game.rules.worth_cells import Rows, rows_of
from game.rules.worth_stakes import Stakes

#: Quarters' worth of the trust that a breach costs, until it is forgotten; and of support at home.
FORGOTTEN, AT_HOME = 20.0, 5.0


def nets(k: Stakes, offers: Offers, which: Counts) -> Array:
    """What the open offers in rows `which` are worth to each place, in points. (rows, N, B)."""
    found = np.zeros((len(which), *offers.party.shape[1:]))
    at, w = entries(offers.open[which])
    found[at, :, w] = nets_at(k, offers, which[at], w)
    return found


def nets_at(k: Stakes, offers: Offers, row: Counts, w: Counts) -> Array:
    """What offers are worth to each place, in points: an offer's row and a world each. (M, N)."""
    kind, party = offers.kind[row, :, w], offers.party[row, :, w]
    found = np.zeros(party.shape)
    at, i = entries(kind >= 0)
    length = offers.quarters[row, w]
    span, escrow, verified = k.span(length), offers.escrow[row, w], offers.verifier[row, w] >= 0
    rows = rows_of(offers, (row[at], i, w[at]), length[at], span[at])
    giver, taker = worth.row_worths(k, kind[at, i], rows, escrow[at], verified[at])
    np.add.at(found, (at, rows.givers), giver)
    np.add.at(found, (at, rows.takers), taker)
    at, pairs = bonds(offers.sender[row], party, length, span, w)
    of_sender, of_other = worth.bond(k, pairs)
    np.add.at(found, (at, pairs.givers), of_sender)
    np.add.at(found, (at, pairs.takers), of_other)
    return found


def bonds(sender: Counts, party: NDArray[np.bool_], length: Array, span: Array, w: Counts) -> tuple[Counts, Rows]:
    """The sender of each offer (M,) with each other of its parties (M, N), as giver and taker; and which offer."""
    others = party.copy()
    others[np.arange(len(sender)), sender] = False
    at, other = entries(others)
    nothing, none = np.zeros(len(at)), np.full(len(at), -1)
    return at, Rows(sender[at], other, none, none, nothing, nothing, length[at], span[at], w[at])


def in_force_worths(k: Stakes, slot: Counts, w: Counts) -> Array:
    """What contracts in force are worth to each place until they end, payments that were made left out. (M, N)."""
    world = k.world
    found = np.zeros((len(slot), len(world.state.cash)))
    at, i = entries((world.clauses.kind[slot, :, w] >= 0) & (world.clauses.kind[slot, :, w] != PAYMENT))
    cells = slot[at], i, w[at]
    length = world.contracts.until[slot, w] - world.quarter + 1.0
    rows = rows_of(world.clauses, cells, length[at], k.span(length[at]))
    escrow, verified = world.contracts.escrow[slot, w][at], world.contracts.verifier[slot, w][at] >= 0
    giver, taker = worth.row_worths(k, world.clauses.kind[cells], rows, escrow, verified)
    np.add.at(found, (at, rows.givers), giver)
    np.add.at(found, (at, rows.takers), taker)
    return found


def breach_costs(k: Stakes, slot: Counts, place: Counts, w: Counts) -> Array:
    """What breaking contracts would cost places that are party to them: escrow, trust, support at home. (M,)."""
    world, trust = k.world, k.world.relations.trust
    party = world.contracts.party[slot, :, w].T > 0
    lost = np.where(party, pacts.VICTIM_TRUST + pacts.WITNESS_TRUST, pacts.WITNESS_TRUST)
    # The trust of each in who would break it, as standing and security count it.
    esteem = np.broadcast_to(k.esteem, trust.shape)[:, place, w]
    trusted = total(trust[place, :, w].T * esteem * lost)
    quarters = np.minimum(FORGOTTEN, k.for_good)
    home = 30.0 * pacts.BREACH_APPROVAL * k.weight("standing")[place, 0]
    cost: Array = trusted * quarters + home * AT_HOME + world.contracts.escrow[slot, w] * k.money[place, w]
    return cost
