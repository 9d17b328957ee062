"""What moved the race: controls and events that bear on a bar, posts crossed, quarters in which a bar moved far."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from game.core.names import GOODS
from game.core.scenario import Scenario
from game.core.world import World
from game.debrief.records import Moment
from game.explain.dispatch import Dispatch

#: Weight of a headline among dispatches, and what a post and a headline count beside a point of a bar.
HEADLINE, POST_WEIGHT, HEADLINE_WEIGHT = 3, 100.0, 1.0
#: Quarters after an event or control within which the bars are looked at.
FOLLOWED = 4
#: Of those that a chart has room for, how many may be of a kind.
SHARES = {"post": 1.0, "bar": 0.35, "control": 0.35, "easing": 0.2, "event": 0.25}
#: Of one kind, moments of one quarter that a chart shows.
AT_ONCE = 2


#: Levers of events by which a bar can move: what stops plants, what they run on, what they ship, how well they work.
LEVERS = {
    "plants", "fabs", "one_fab", "mines", "power", "routes", "yields", "leaks", "engineers", "knowhow",
}  # fmt: skip
#: Of these, such as bear on minerals.
OF_MINERALS = {"plants", "mines", "power", "routes"}


def moments_of(news: Sequence[Sequence[Dispatch]], worlds: Sequence[World], s: Scenario) -> tuple[Moment, ...]:
    """Moments in order of time: only what concerns the race.

    Parameters
    ----------
    news : dispatches of each quarter.
    worlds : the opening and the end of each quarter.
    s : scenario of the game.
    """
    bars = [(float(w.standing.mineral_independence[0]), float(w.standing.chip_independence[0])) for w in worlds]
    found = []
    for q, told in enumerate(news):
        for dispatch in told:
            kind = _kind(dispatch)
            if kind and (dispatch.topic == "race" or _concerns_race(dispatch, worlds[q + 1], s)):
                found.append(Moment(q, kind, dispatch.text, dispatch.reasons, dispatch.places, _weight(kind, q, bars)))
    return tuple(found)


def _kind(dispatch: Dispatch) -> str:
    if dispatch.topic == "race":
        return "post" if dispatch.weight >= HEADLINE else "bar"
    if dispatch.topic in ("control", "event") and dispatch.weight >= HEADLINE:
        return "easing" if dispatch.easing else dispatch.topic
    return ""


def _concerns_race(dispatch: Dispatch, after: World, s: Scenario) -> bool:
    """Whether a control or an event bears on a bar: on minerals of the bloc's members, or chip making inside."""
    bloc = {s.place_axis.names[n] for n in np.flatnonzero(after.relations.member[s.race.bloc, :, 0])}
    inside, minerals = s.place_axis.names[s.inside], {GOODS.names[good] for good, _ in s.race.minerals}
    if dispatch.topic == "control":
        aimed, goods = set(dispatch.places[1:]), set(dispatch.goods)
        return bool(aimed & bloc and goods & minerals) or (inside in aimed and bool(goods & _CHIP_GOODS))
    levers = _levers(dispatch, after, s)
    struck = set(dispatch.places[:1])
    here = struck & bloc and levers & (OF_MINERALS | minerals)
    return bool(here) or (inside in struck and bool(levers & (LEVERS | _CHIP_GOODS)))


#: Goods that chip plants take in, or that a place cut off must make itself.
_CHIP_GOODS = {
    "wafers", "resist", "quartz", "process_tools", "duv", "euv", "high_na", "mature_chips", "leading_logic", "hbm",
    "accelerators",
}  # fmt: skip


def _levers(dispatch: Dispatch, after: World, s: Scenario) -> set[str]:
    """What the event that a dispatch tells of moves."""
    n, table = s.place_axis.at(dispatch.places[0]), s.events
    kinds = np.flatnonzero(after.events.struck[:, n, 0]).tolist()
    return {lever for v in kinds if dispatch.text.startswith(table.words[v]) for lever, _ in table.effects[v]}


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
