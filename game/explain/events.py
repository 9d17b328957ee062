"""News of chance: what struck, where, and what it takes."""

from __future__ import annotations

import numpy as np

from game.explain.dispatch import Dispatch
from game.explain.quarter import Quarter

EVENT_TEXTS = {
    "earthquake": "An earthquake stops plants",
    "typhoon_flood": "Storm and flood stop plants",
    "drought": "Drought rations water for fabs",
    "power_shortage": "Power runs short",
    "lng_shock": "A gas shock cuts power",
    "reactor_trip": "A reactor trips",
    "mine_accident": "An accident closes mines and refineries",
    "quartz_outage": "A flood stops the quartz pits",
    "fab_contamination": "Contamination spoils a line",
    "yield_breakthrough": "Engineers break through on yield",
    "smuggling_ring": "Smugglers find a new way",
    "strait_crisis": "A crisis closes sea lanes",
    "port_strike": "Ports strike",
    "cyber_attack": "A cyber attack stops a line",
    "scandal": "A subsidy scandal breaks",
    "demand_boom": "A boom in demand for compute",
    "demand_slump": "A slump in demand for compute",
    "talent_exodus": "Engineers leave",
}

EVENT_EFFECTS: dict[str, tuple[str, float]] = {
    "earthquake": ("{:.0%} of output there stops at first", 1.0),
    "typhoon_flood": ("{:.0%} of output there stops at first", 1.0),
    "drought": ("{:.0%} of fab output stops at first", 1.0),
    "power_shortage": ("{:.0%} of the electricity is out at first", 1.0),
    "lng_shock": ("{:.0%} of the electricity is out at first", 1.0),
    "reactor_trip": ("{:.0%} of the electricity is out at first", 1.0),
    "mine_accident": ("{:.0%} of mining and refining stops at first", 1.0),
    "quartz_outage": ("{:.0%} of its quartz is lost at first", 1.0),
    "fab_contamination": ("{:.0%} of that line stops at first", 1.0),
    "cyber_attack": ("{:.0%} of that line stops at first", 1.0),
    "yield_breakthrough": ("yields come {:.0%} nearer to the most that is possible", 0.3),
    "smuggling_ring": ("controls on it leak more from now on", 1.0),
    "strait_crisis": ("{:.0%} of what is shipped there is held up at first", 1.0),
    "port_strike": ("{:.0%} of what is shipped there is held up at first", 1.0),
    "scandal": ("approval falls by {:.0%}", 0.5),
    "demand_boom": ("firms everywhere want {:.0%} more for a while", 1.0),
    "demand_slump": ("firms everywhere want {:.0%} less for a while", 1.0),
    "talent_exodus": ("{:.0%} of its engineers go", 0.2),
}
"""What an event of each kind does, and its size for a severity of 1 (`game.rules.events.EFFECTS`)."""


def event_news(quarter: Quarter) -> list[Dispatch]:
    """Chance that struck."""
    struck = quarter.after.events.struck[:, :, 0]
    return [
        quarter.say(
            "event",
            f"{EVENT_TEXTS.get(kind, kind.replace('_', ' ').capitalize())} in {quarter.place(int(n))}.",
            places=(quarter.codes[n],),
            weight=3 if struck[v, n] > 0.3 else 2,
            reasons=(event_effect(kind, float(struck[v, n])),),
        )
        for v, kind in enumerate(quarter.scenario.events.axis)
        for n in np.flatnonzero(struck[v])
    ]


def event_effect(kind: str, severity: float) -> str:
    """What an event of a severity, 0 to 1, does, in words."""
    words, size = EVENT_EFFECTS.get(kind, ("{:.0%} of what it touches is hit", 1.0))
    return words.format(severity * size)
