"""News of escalation."""

from __future__ import annotations

from game.explain.dispatch import Dispatch
from game.explain.quarter import Quarter


def politics_news(quarter: Quarter) -> list[Dispatch]:
    """Escalation."""
    now, then = float(quarter.after.relations.escalation[0]), float(quarter.before.relations.escalation[0])
    if float(quarter.after.relations.collapsed[0]) > float(quarter.before.relations.collapsed[0]):
        return [quarter.say("politics", "Escalation reached its end: every seat loses points, by blame.", weight=3)]
    if int(now) > int(then):
        return [quarter.say("politics", f"World escalation rises to {now:.1f} of 5.", weight=2)]
    return []
