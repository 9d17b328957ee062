"""Contracts kept and broken, as a section of the page."""

from __future__ import annotations

from game.debrief.contracts import kept_by
from game.debrief.records import Debrief, Promise
from game.page import Section, Span, heading, prose, table, timeline

#: Contracts in the timeline, and promises told of who broke them.
CONTRACTS, OWED = 36, 3


def contracts_section(told: Debrief) -> Section:
    """Contracts of each seat, when they were in force, and who broke which promise."""
    codes = tuple(f.code for f in told.finishes)
    kept = [k for k in kept_by(told.promises, codes) if k.signed or k.expired or k.in_force or k.broke or k.suffered]
    rows = [[told.names[k.seat], k.signed, k.expired, k.in_force, k.broke, k.suffered] for k in kept]
    head = ["seat", "signed", "ran their course", "in force", "broke", "others broke"]
    chosen = sorted(told.promises, key=lambda p: _rank_of(p, told))[:CONTRACTS]
    spans = [_promise_span(p, told) for p in sorted(chosen, key=lambda p: (p.signed, p.number))]
    parts: list[object] = [table(head, rows, "Contracts of each seat; those of the opening count in all but “signed”.")]
    if spans:
        parts.append(timeline("Contracts in force", told.quarters, spans, desc="A cross ends those that were broken."))
    parts.append(heading("Broken"))
    broken = [_breach(p, told) for p in told.promises if p.status == "broken" and p.breaker]
    breaches = table(["quarter", "who broke it", "with", "how", "it had promised"], broken)
    parts.append(breaches if broken else prose("Nobody broke a contract."))
    return Section("Contracts kept and broken", parts, "A promise is worth what it costs to break it. Who kept theirs?")


def _breach(p: Promise, told: Debrief) -> list[str]:
    """A row of the table of breaches."""
    owed = "; ".join(p.owed[:OWED])
    return [told.quarters[p.last], told.names[p.breaker or ""], _parties(p, told, p.breaker), p.reason or "", owed]


def _rank_of(p: Promise, told: Debrief) -> tuple[bool, bool, int]:
    """Broken ones first, then those of players, then the longest."""
    mine = any(code in told.players for code in p.parties)
    return p.status != "broken", not mine, p.signed - p.last


def _parties(p: Promise, told: Debrief, without: str | None = None) -> str:
    return ", ".join(told.names[code] for code in p.parties if code != without)


def _promise_span(p: Promise, told: Debrief) -> Span:
    parties = " – ".join(p.parties[:3]) + (" …" if len(p.parties) > 3 else "")
    tone = "bad" if p.status == "broken" else "accent" if set(p.parties) & set(told.players) else "pax"
    return Span(parties, p.signed, p.last, "; ".join(p.clauses), tone, p.status)
