"""What became of contracts between two worlds of a game: signed, expired, broken and by whom.

The two worlds may lie a quarter or a round of talks apart. Records are read from the worlds alone, so that dispatches,
headless runs and replays tell the same.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from game.core.clauses import MOST_CLAUSES
from game.core.diplomacy import Clause
from game.core.numeric import Counts, entries
from game.core.scenario import Scenario
from game.core.world import World
from game.rules.pacts import BROKEN, EXPIRED
from game.rules.talks import clause_of


class Where(NamedTuple):
    """Rows of the table of contracts, one for each contract and world, by world and then by row."""

    slot: Counts
    world: Counts


class Happened(NamedTuple):
    """Contracts to which something happened; those that were signed and ended in between stand in both."""

    signed: Where
    expired: Where
    broken: Where


@dataclass(frozen=True, slots=True)
class Contract:
    """A contract in words of the scenario.

    Parameters
    ----------
    number : of the contract, unique in its game.
    signed, until : quarters, counted from the scenario's first; it expires with the end of `until`.
    proposer : None for a contract of the opening, which may have no end.
    """

    number: int
    parties: tuple[str, ...]
    clauses: tuple[Clause, ...]
    signed: int
    until: int
    escrow: float
    snap_back: bool
    verifier: str | None
    proposer: str | None
    name: str = ""
    """of a contract of the opening"""


def happened(before: World, after: World) -> Happened:
    """What became of contracts from one world to a later one of the same games."""
    old, new = before.contracts, after.contracts
    fresh = new.number > old.number.max(axis=0)
    ended_before = (old.status >= EXPIRED) & (old.number == new.number)
    now = ~ended_before & (new.number > 0)
    return Happened(
        _where(fresh),
        _where(now & (new.status == EXPIRED)),
        _where(now & (new.status == BROKEN)),
    )


def _where(rows: np.ndarray[tuple[int, ...], np.dtype[np.bool_]]) -> Where:
    world, slot = entries(rows.T)
    return Where(slot, world)


def contract_at(world: World, s: Scenario, slot: int, w: int = 0) -> Contract:
    """The contract in a row of the table, in one world."""
    c, names = world.contracts, s.place_axis.names
    kinds = world.clauses.kind[slot, :, w]
    number = int(c.number[slot, w])
    verifier, proposer = int(c.verifier[slot, w]), int(c.proposer[slot, w])
    return Contract(
        number=number,
        parties=tuple(names[n] for n in np.flatnonzero(c.party[slot, :, w])),
        clauses=tuple(_clause(world, s, slot, i, w) for i in range(MOST_CLAUSES) if kinds[i] >= 0),
        signed=int(c.signed[slot, w]),
        until=int(c.until[slot, w]),
        escrow=float(c.escrow[slot, w]),
        snap_back=bool(c.snap_back[slot, w]),
        verifier=names[verifier] if verifier >= 0 else None,
        proposer=names[proposer] if proposer >= 0 else None,
        name=s.contracts[number - 1].name if proposer < 0 and number <= len(s.contracts) else "",
    )


def _clause(world: World, s: Scenario, slot: int, i: int, w: int) -> Clause:
    c = world.clauses
    at = [int(getattr(c, name)[slot, i, w]) for name in ("kind", "giver", "taker", "subject", "target")]
    return clause_of(s, at, float(c.quantity[slot, i, w]), float(c.price[slot, i, w]))


def breaker_of(world: World, s: Scenario, slot: int, w: int = 0) -> str | None:
    """Who broke the contract in a row, or None."""
    breaker = int(world.contracts.breaker[slot, w])
    return s.place_axis.names[breaker] if breaker >= 0 else None
