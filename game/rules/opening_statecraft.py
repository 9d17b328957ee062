"""Contracts, blocs, politics, laws, signals and standards on the evening before the first quarter."""

from __future__ import annotations

from typing import Any

import numpy as np

from game.core.clauses import MOST_CLAUSES, STATUSES
from game.core.names import CLASSES, GOODS, LOBBIES
from game.core.pacts import Clauses, Contracts
from game.core.scenario import Scenario
from game.core.statecraft import Blocs, Laws, Motions, Politics, Signals, Standards
from game.rules import politics

#: No election, and never left: beyond any game.
NEVER = 100.0
#: Last quarter of a contract without an end.
OPEN_END = 1000.0


def records(s: Scenario, worlds: int) -> dict[str, Any]:
    """The records of statecraft of a World, by name."""
    places, blocs = len(s.place_axis), len(s.blocs)

    def full(value: float, *shape: int) -> Any:
        return np.full((*shape, worlds), float(value))

    def small(value: int, *shape: int, dtype: str = "int8") -> Any:
        return np.full((*shape, worlds), value, dtype=dtype)

    contracts, clauses = _agreed(s, worlds)
    return {
        "contracts": contracts,
        "clauses": clauses,
        "blocs": Blocs(
            charter=np.repeat(s.charters, worlds, axis=2),
            voting=np.repeat(s.voting.astype(np.int8)[:, None], worlds, axis=1), left=full(NEVER, blocs, places),
            stock=full(0.0, blocs, len(GOODS)), given=full(0.0, blocs, places), drawn=full(0.0, blocs, places),
        ),
        "motions": Motions(
            bloc=small(-1, places), act=small(-1, places), about=small(-1, places), strength=full(0.0, places),
            outcome=small(0, places), vote=small(0, places, places),
        ),
        "politics": Politics(
            lobby=full(0.5, places, len(LOBBIES)), captured=full(0.0, places),
            election=np.repeat(politics.calendar(s)[0], worlds, axis=1),
            resolve=full(0.5, places), won=full(0.0, places), held=full(0.0, places),
        ),
        "laws": Laws(
            money=full(0.0, places), left=full(0.0, places), plant=small(-1, places, dtype="int16"),
            fund=full(0.0, places),
        ),
        "signals": Signals(
            threat=small(0, places, len(CLASSES), places), ultimatum=small(0, places, len(CLASSES), places),
            bluff=full(0.0, places), credibility=full(0.8, places), intelligence=full(0.0, places, places),
            exposed=full(0.0, places),
        ),
        "standards": Standards(
            certified=full(0.0, places), guardrail=small(-1, places), robots=full(0.0, places),
            guarded=full(0.2, places), dispersed=full(0.0, places),
        ),
    }  # fmt: skip


def _agreed(s: Scenario, worlds: int) -> tuple[Contracts, Clauses]:
    """The table of contracts with those of the scenario in its first rows."""
    rows, places = int(s.parameters.statecraft.table), len(s.place_axis)
    c: dict[str, Any] = {
        "status": np.zeros(rows, dtype=np.int8), "number": np.zeros(rows), "party": np.zeros((rows, places), np.int8),
        "signed": np.zeros(rows), "until": np.zeros(rows), "escrow": np.zeros(rows),
        "snap_back": np.zeros(rows, dtype=np.int8), "verifier": np.full(rows, -1, dtype=np.int8),
        "proposer": np.full(rows, -1, dtype=np.int8), "breaker": np.full(rows, -1, dtype=np.int8),
        "cause": np.full(rows, -1, dtype=np.int8),
    }  # fmt: skip
    table = (rows, MOST_CLAUSES)
    q: dict[str, Any] = {
        "kind": np.full(table, -1, dtype=np.int8), "giver": np.zeros(table, np.int8), "taker": np.zeros(table, np.int8),
        "subject": np.full(table, -1, dtype=np.int16), "target": np.full(table, -1, dtype=np.int8),
        "quantity": np.zeros(table), "price": np.zeros(table), "met": np.ones(table),
    }  # fmt: skip
    for row, contract in enumerate(s.contracts):
        c["status"][row] = STATUSES.at("in_force")
        c["number"][row] = row + 1.0
        c["party"][row, list(contract.parties)] = 1
        c["signed"][row] = contract.signed
        c["until"][row] = OPEN_END if contract.until is None else contract.until
        c["escrow"][row] = contract.escrow
        c["snap_back"][row] = contract.snap_back
        c["verifier"][row] = contract.verifier
        for i, clause in enumerate(contract.clauses):
            for name in ("kind", "giver", "taker", "subject", "target", "quantity", "price"):
                q[name][row, i] = getattr(clause, name)
    return Contracts(**_for_all(c, worlds)), Clauses(**_for_all(q, worlds))


def _for_all(tables: dict[str, Any], worlds: int) -> dict[str, Any]:
    return {name: np.repeat(table[..., None], worlds, axis=-1) for name, table in tables.items()}
