"""Every contract of a run: who signed what and when, and how it ended. Worlds side by side."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from game.core.clauses import CLAUSES
from game.core.names import quarter_name
from game.core.scenario import Scenario
from game.core.world import World
from game.explain.breaches import act_words
from game.explain.clauses import clause_words
from game.explain.words import in_sentence, listed
from game.files.order_talks import clause_record
from game.rules.happened import Contract, Where, breaker_of, contract_at, happened
from game.rules.opening_statecraft import OPEN_END
from game.rules.pacts import BROKEN, IN_FORCE


@dataclass(slots=True)
class Entry:
    """One contract of one world.

    Parameters
    ----------
    world : which world of the run.
    contract : as it was signed.
    status : in_force, expired or broken.
    ended : the quarter with which it ended, counted from the scenario's first; None while it is in force.
    breaker : who broke it.
    reason : why, where the rules tell.
    """

    world: int
    contract: Contract
    status: str = "in_force"
    ended: int | None = None
    breaker: str | None = None
    reason: str | None = None


class Ledger:
    """Notes contracts as a run goes on.

    Parameters
    ----------
    scenario : of the run.
    opening : its first world; contracts in force in it come first.
    first_world : number of the first world of the batch.
    """

    def __init__(self, scenario: Scenario, opening: World, first_world: int = 0) -> None:
        self.scenario = scenario
        self.first_world = first_world
        self.entries: list[Entry] = []
        self._open: dict[tuple[int, int], Entry] = {}
        world, slot = np.nonzero((opening.contracts.status == IN_FORCE).T)
        self._sign(opening, Where(slot, world))

    def note(self, before: World, after: World) -> None:
        """Note what became of contracts in a quarter."""
        found = happened(before, after)
        self._sign(after, found.signed)
        for status, where in (("expired", found.expired), ("broken", found.broken)):
            for slot, w in zip(where.slot.tolist(), where.world.tolist(), strict=True):
                entry = self._open.pop((w, int(after.contracts.number[slot, w])))
                entry.status, entry.ended = status, after.quarter - 1
                if status == "broken":
                    entry.breaker = breaker_of(after, self.scenario, slot, w)
                    entry.reason = _reason(after, self.scenario, slot, w)

    def _sign(self, world: World, where: Where) -> None:
        for slot, w in zip(where.slot.tolist(), where.world.tolist(), strict=True):
            entry = Entry(self.first_world + w, contract_at(world, self.scenario, slot, w))
            self.entries.append(entry)
            self._open[w, entry.contract.number] = entry

    def of_world(self, world: int) -> list[Entry]:
        """Contracts of one world, in the order in which they were signed."""
        return [entry for entry in self.entries if entry.world == world]


def _reason(world: World, s: Scenario, slot: int, w: int) -> str | None:
    """Why a contract was broken: by notice, or by an order against a clause; None where the rules do not tell."""
    cause, who = int(world.contracts.cause[slot, w]), int(world.contracts.breaker[slot, w])
    return act_words(world, s, slot, cause, who, w) if cause >= 0 and who >= 0 else None


def merged(ledgers: list[Ledger]) -> Ledger:
    """Ledgers of several runs as one."""
    first = ledgers[0]
    for other in ledgers[1:]:
        first.entries.extend(other.entries)
    return first


def as_records(entries: list[Entry], s: Scenario) -> list[dict[str, Any]]:
    """Contracts as plain values, as `run --json` shows them."""
    return [entry_record(entry, s) for entry in entries]


def entry_record(entry: Entry, s: Scenario) -> dict[str, Any]:
    """One contract as plain values; quarters by name."""
    c = entry.contract
    return {
        "number": c.number,
        "name": c.name,
        "parties": list(c.parties),
        "clauses": [clause_record(asdict(clause)) for clause in c.clauses],
        "signed": _named(c.signed, s),
        "until": None if c.until >= OPEN_END else _named(c.until, s),
        "escrow": c.escrow,
        "snap_back": c.snap_back,
        "verifier": c.verifier,
        "proposer": c.proposer,
        "status": entry.status,
        "breaker": entry.breaker,
        "ended": None if entry.ended is None else _named(entry.ended, s),
        **({"reason": entry.reason} if entry.reason else {}),
    }


def counts(entries: list[Entry]) -> dict[str, Any]:
    """How many contracts were signed in play, how many ended how, and clauses by kind."""
    played = [entry for entry in entries if entry.contract.proposer is not None]
    kinds = Counter(clause.kind for entry in played for clause in entry.contract.clauses)
    ends = Counter(entry.status for entry in entries)
    return {
        "signed": len(played),
        "expired": ends["expired"],
        "broken": ends["broken"],
        "in_force": ends["in_force"],
        "clauses": {kind: kinds[kind] for kind in CLAUSES if kinds[kind]},
    }


def contract_lines(before: World, after: World, s: Scenario) -> Iterator[str]:
    """What became of contracts between two worlds, a line each: signed, run out, broken. First world of the batch."""
    found = happened(before, after)
    for what, where in zip(("signed", "expired", "broken"), found, strict=True):
        for slot in where.slot[where.world == 0].tolist():
            contract = contract_at(after, s, slot)
            told = _signed(contract, s) if what == "signed" else _ended(after, s, slot)
            named = f", {contract.name}" if contract.name else ""
            yield f"{what} {contract.number}{named}: {_parties(contract.parties, s)}{told}"


def _signed(c: Contract, s: Scenario) -> str:
    clauses = "; ".join(clause_words(clause, s).rstrip(".") for clause in c.clauses)
    return f", until {_named(c.until, s)}: {clauses}"


def _ended(after: World, s: Scenario, slot: int) -> str:
    breaker = breaker_of(after, s, slot)
    if breaker is None or after.contracts.status[slot, 0] != BROKEN:
        return ""
    return f", by {_parties((breaker,), s)}: it {_reason(after, s, slot, 0) or 'broke its word'}"


def _parties(codes: tuple[str, ...], s: Scenario) -> str:
    return listed([in_sentence(s.texts.names[s.place_axis.at(code)]) for code in codes], 4)


def _named(quarter: int, s: Scenario) -> str:
    return quarter_name(quarter, s.first_quarter)
