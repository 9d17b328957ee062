"""What whole offers and contracts are worth to each party: their clauses, and the trust that keeping them builds."""

from __future__ import annotations

import numpy as np

from game.core.numeric import Array, Counts
from game.rules import pacts, worth
from game.rules.offers import Offers
from game.rules.pacts import PAYMENT
from game.rules.worth_cells import Rows, rows_of
from game.rules.worth_stakes import Stakes

#: Quarters' worth of the trust that a breach costs, until it is forgotten; and of support at home.
FORGOTTEN, AT_HOME = 20.0, 5.0


def nets(k: Stakes, offers: Offers, which: Counts) -> Array:
    """What the open offers in rows `which` are worth to each place, in points. (rows, N, B)."""
    part = offers.rows(which.tolist())
    found = np.zeros(part.party.shape)
    at = np.nonzero((part.kind >= 0) & part.open[:, None])
    row, w = at[0], at[2]
    length = part.quarters[row, w]
    rows = rows_of(part, at, length, k.span(length))
    giver, taker = worth.row_worths(k, part.kind[at], rows, part.escrow[row, w], part.verifier[row, w] >= 0)
    np.add.at(found, (row, rows.givers, w), giver)
    np.add.at(found, (row, rows.takers, w), taker)
    row, pairs = bonds(k, part)
    of_sender, of_other = worth.bond(k, pairs)
    np.add.at(found, (row, pairs.givers, pairs.world), of_sender)
    np.add.at(found, (row, pairs.takers, pairs.world), of_other)
    return found


def bonds(k: Stakes, offers: Offers) -> tuple[Counts, Rows]:
    """The sender of each open offer with each other party, as giver and taker; and which row it is of."""
    others = offers.party & offers.open[:, None]
    others[np.arange(len(offers.sender)), offers.sender] = False
    row, other, w = np.nonzero(others)
    nothing = np.zeros(len(row))
    none = np.full(len(row), -1)
    length = offers.quarters[row, w]
    return row, Rows(offers.sender[row], other, none, none, nothing, nothing, length, k.span(length), w)


def in_force_worths(k: Stakes, slot: Counts, w: Counts) -> Array:
    """What contracts in force are worth to each place until they end, payments that were made left out. (M, N)."""
    world = k.world
    found = np.zeros((len(slot), len(world.state.cash)))
    at, i = np.nonzero((world.clauses.kind[slot, :, w] >= 0) & (world.clauses.kind[slot, :, w] != PAYMENT))
    cells = slot[at], i, w[at]
    length = world.contracts.until[slot, w] - world.quarter + 1.0
    rows = rows_of(world.clauses, cells, length[at], k.span(length[at]))
    escrow, verified = world.contracts.escrow[slot, w][at], world.contracts.verifier[slot, w][at] >= 0
    giver, taker = worth.row_worths(k, world.clauses.kind[cells], rows, escrow, verified)
    np.add.at(found, (at, rows.givers), giver)
    np.add.at(found, (at, rows.takers), taker)
    return found


def breach_costs(k: Stakes, slot: Counts, w: Counts) -> Array:
    """What breaking a contract would cost each of its parties: escrow, trust, support at home. (M, N)."""
    world, trust = k.world, k.world.relations.trust
    party = world.contracts.party[slot, :, w] > 0
    # The trust of each in each, as standing and security count it, by who would lose it.
    esteem = (trust.swapaxes(0, 1) * k.esteem).transpose(2, 1, 0)[w]
    lost = np.where(party[:, None], pacts.VICTIM_TRUST + pacts.WITNESS_TRUST, pacts.WITNESS_TRUST)
    trusted = np.zeros(party.shape)
    for place in range(party.shape[1]):
        trusted += esteem[:, :, place] * lost[:, 0, place, None]
    quarters = np.minimum(FORGOTTEN, k.for_good)
    home = 30.0 * pacts.BREACH_APPROVAL * k.weight("standing")[:, 0]
    return trusted * quarters + home * AT_HOME + world.contracts.escrow[slot, w][:, None] * k.money[:, w].T
