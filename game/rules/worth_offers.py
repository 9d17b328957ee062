"""What whole offers and contracts are worth to each party: their clauses, and the trust that keeping them builds."""

from __future__ import annotations

import numpy as np

from game.core.numeric import Array, Counts
from game.rules import worth
from game.rules.offers import Offers
from game.rules.worth_cells import Rows, rows_of
from game.rules.worth_stakes import Stakes


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
