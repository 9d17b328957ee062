"""Questions for a class, made of what happened: each points at one thing that the page shows."""

from __future__ import annotations

from game.debrief.gates import NOTHING
from game.debrief.records import Debrief


def questions_of(told: Debrief) -> list[str]:
    """Five to seven questions, those about this game's own events first."""
    found = [*_of_controls(told), *_of_gates(told), *_of_breaches(told), *_of_decisions(told)]
    return [*found, *_ALWAYS]


_ALWAYS = (
    "Which promise would you not have kept, and what would that have cost you?",
    "Who gained without doing anything, and from whose decision?",
    "If the game began again tomorrow, which single decision would you take otherwise? What would others do then?",
)


def _of_controls(told: Debrief) -> list[str]:
    bans = [m for m in told.race.moments if m.kind == "control"]
    if not bans:
        return []
    weightiest = max(bans, key=lambda m: m.weight)
    when = told.quarters[weightiest.quarter]
    return [
        f"{when}: “{weightiest.text}” What did it cost those it was aimed at, what did it cost its owner, and who sold "
        "instead? Look at the race in the four quarters that followed."
    ]


def _of_gates(told: Debrief) -> list[str]:
    found = [s for s in told.stretches if s.gate != NOTHING]
    if not found:
        return []
    longest = max(found, key=lambda s: s.last - s.first)
    years = longest.last - longest.first + 1
    return [
        f"For {years} quarters the bottleneck was {longest.gate}. Why did nobody widen it sooner, and what did "
        f"{told.names[longest.owner]} make of it?"
    ]


def _of_breaches(told: Debrief) -> list[str]:
    broken = [p for p in told.promises if p.status == "broken" and p.breaker]
    if not broken:
        return ["Nobody broke a contract. Was that trust, or the price of breach?"]
    first = broken[0]
    return [
        f"In {told.quarters[first.last]} {told.names[first.breaker or '']} broke its word. Was it worth it? "
        "Compare what others signed with it before and after."
    ]


def _of_decisions(told: Debrief) -> list[str]:
    weighed = [d for d in told.decisions if d.moved is not None]
    if not weighed:
        return []
    worst = min(weighed, key=lambda d: d.typical if d.typical is not None else d.moved or 0.0)
    if (worst.moved or 0.0) >= 0.0:
        return []
    return [
        f"“{worst.text}” ({told.quarters[worst.quarter]}) cost more than it brought. Could that have been known then?"
    ]
