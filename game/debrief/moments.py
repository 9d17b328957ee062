"""What moved the race: controls, events, posts crossed, and quarters in which a bar moved far, with the cause."""

from __future__ import annotations

from collections.abc import Sequence

from game.core.world import World
from game.debrief.records import Moment
from game.explain.dispatch import Dispatch

#: Weight of a headline among dispatches, and what a post and a headline count beside a point of a bar.
HEADLINE, POST_WEIGHT, HEADLINE_WEIGHT = 3, 100.0, 1.0
#: Quarters after an event or control within which the bars are looked at.
FOLLOWED = 4
#: Of those that a chart has room for, how many may be of a kind.
SHARES = {"post": 1.0, "bar": 0.35, "control": 0.35, "event": 0.25}
#: Of one kind, moments of one quarter that a chart shows.
AT_ONCE = 2


def moments_of(news: Sequence[Sequence[Dispatch]], worlds: Sequence[World]) -> tuple[Moment, ...]:
    """Moments in order of time.

    Parameters
    ----------
    news : dispatches of each quarter.
    worlds : the opening and the end of each quarter.
    """
    bars = [(float(w.standing.mineral_independence[0]), float(w.standing.chip_independence[0])) for w in worlds]
    found = []
    for q, told in enumerate(news):
        for dispatch in told:
            kind = _kind(dispatch)
            if kind:
                found.append(Moment(q, kind, dispatch.text, dispatch.reasons, dispatch.places, _weight(kind, q, bars)))
    return tuple(found)


def _kind(dispatch: Dispatch) -> str:
    if dispatch.topic == "race":
        return "post" if dispatch.weight >= HEADLINE else "bar"
    if dispatch.topic in ("control", "event") and dispatch.weight >= HEADLINE:
        return dispatch.topic
    return ""


def _weight(kind: str, q: int, bars: Sequence[tuple[float, float]]) -> float:
    """Points by which the bars moved in the quarter, or in the year that followed a control or an event."""
    if kind == "post":
        return POST_WEIGHT
    later = min(q + (1 if kind == "bar" else FOLLOWED), len(bars) - 1)
    moved = 100.0 * max(abs(bars[later][k] - bars[q][k]) for k in (0, 1))
    return moved + (0.0 if kind == "bar" else HEADLINE_WEIGHT)


def most_telling(moments: Sequence[Moment], most: int) -> list[Moment]:
    """The weightiest, in order of time: posts, and of each other kind its share, so that none crowds out the others."""
    chosen: list[Moment] = []
    for moment in sorted(moments, key=lambda m: (-m.weight, m.quarter, m.text)):
        same = [m for m in chosen if m.kind == moment.kind]
        crowded = len(same) >= SHARES[moment.kind] * most or sum(m.quarter == moment.quarter for m in same) >= AT_ONCE
        if len(chosen) < most and not crowded:
            chosen.append(moment)
    return sorted(chosen, key=lambda m: m.quarter)
