"""News of the race of two bars: posts crossed and lost, and what moved a bar far, by the part behind it.

A bar is (sum of w sqrt(c))^2. What a part adds to its change is (root sum after + before) x w x (root after - before):
the parts add up to the whole change.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from game.core.names import GOODS
from game.core.numeric import Array
from game.core.world import World, replace
from game.explain.dispatch import Dispatch
from game.explain.quarter import Quarter
from game.explain.race_causes import GOODS_OF_PART, chip_cause, mineral_cause
from game.explain.words import GOOD_NAMES, capitalised
from game.rules import race

#: Points of a bar that are news within a quarter, and of a part that are told of it.
MOVED, TOLD = 1.5, 0.2
WHO = ("The bloc's mineral independence", "China's chip independence")
PART_NAMES = {
    "mature_logic": "mature logic", "advanced_logic": "advanced logic", "accelerators": "accelerators", "hbm": "HBM",
    "process_tools": "process tools", "lithography": "lithography", "materials": "materials",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class RaceTerm:
    """What one part of a bar did in a quarter.

    Parameters
    ----------
    name : of the mineral or part.
    points : of the bar that its change added or took, 0-100.
    before, after : its cover, 0-1.
    why : the largest cause, in words; empty where nothing moved.
    places, goods : codes and names that the cause is about.
    """

    name: str
    points: float
    before: float
    after: float
    why: str = ""
    places: tuple[str, ...] = ()
    goods: tuple[str, ...] = ()

    def words(self) -> str:
        """One line: 'Dy/Tb +1.6: cover 12% to 21%, Kalgoorlie makes 35 t of Dy/Tb more'."""
        line = f"{self.name} {self.points:+.1f}: covers {self.before:.0%} to {self.after:.0%} of use"
        return f"{line}; {self.why}" if self.why else line


def post_news(quarter: Quarter) -> list[Dispatch]:
    """Posts crossed and lost."""
    news = []
    post, lose = quarter.scenario.race.post, quarter.scenario.race.lose
    for attribute, who in (("mineral_held", WHO[0]), ("chip_held", WHO[1])):
        old, new = (float(getattr(w.standing, attribute)[0]) for w in (quarter.before, quarter.after))
        if old < 2 <= new:
            news.append(quarter.say("race", f"{who} has held the {post:.0%} post: its dividend begins.", weight=3))
        if old >= 2 > new:
            news.append(quarter.say("race", f"{who} fell below {lose:.0%}: its dividend ends.", weight=3))
    return news


def bar_news(quarter: Quarter) -> list[Dispatch]:
    """Bars that moved far, with the parts that moved them and the cause of the largest."""
    news = []
    old, new = quarter.before.standing, quarter.after.standing
    for who, now, then, terms_of in (
        (WHO[0], new.mineral_independence, old.mineral_independence, mineral_terms),
        (WHO[1], new.chip_independence, old.chip_independence, chip_terms),
    ):
        change = 100.0 * float(now[0] - then[0])
        if abs(change) <= MOVED:
            continue
        terms = [term for term in terms_of(quarter) if abs(term.points) >= TOLD]
        lead = next((term for term in terms if term.points * change > 0.0), None)
        cause = f" {capitalised(lead.why)}." if lead and lead.why else ""
        verb = "rises" if change > 0 else "falls"
        text = f"{who} {verb} {abs(change):.1f} points to {float(now[0]):.0%}, most by {lead.name}." if lead else (
            f"{who} {verb} {abs(change):.1f} points to {float(now[0]):.0%}."
        )  # fmt: skip
        places = lead.places if lead else ()
        goods = lead.goods if lead else ()
        reasons = tuple(term.words() for term in terms)
        news.append(quarter.say("race", text + cause, weight=2, reasons=reasons, places=places, goods=goods))
    return news


def mineral_terms(quarter: Quarter) -> list[RaceTerm]:
    """What each mineral added to the bloc's bar in a quarter, the largest first."""
    s, t = quarter.scenario, quarter.tables
    covers = [race.mineral_covers(as_measured(world), s, t)[:, 0] for world in (quarter.before, quarter.after)]
    points = _points(np.array([weight for _, weight in s.race.minerals]), *covers)
    terms = []
    for row, (good, _) in enumerate(s.race.minerals):

        def cover(world: World, row: int = row) -> float:
            return float(race.mineral_covers(as_measured(world), s, t)[row, 0])

        why, places = mineral_cause(quarter, good, cover) if abs(points[row]) >= TOLD else ("", ())
        code = GOODS.names[good]
        moved = float(points[row]), float(covers[0][row]), float(covers[1][row])
        terms.append(RaceTerm(GOOD_NAMES[code], *moved, why, places, (code,)))
    return sorted(terms, key=lambda term: -abs(term.points))


def chip_terms(quarter: Quarter) -> list[RaceTerm]:
    """What each part added to the chip bar of the place inside in a quarter, the largest first."""
    s, t = quarter.scenario, quarter.tables
    parts = [part for part, _ in s.race.chips]
    known = [race.chip_covers(as_measured(world), s, t) for world in (quarter.before, quarter.after)]
    covers = [np.array([float(found[part][0]) for part in parts]) for found in known]
    points = _points(np.array([weight for _, weight in s.race.chips]), *covers)
    terms = []
    for row, part in enumerate(parts):

        def cover(world: World, part: str = part) -> float:
            return float(race.chip_covers(as_measured(world), s, t)[part][0])

        why, places = chip_cause(quarter, part, cover) if abs(points[row]) >= TOLD else ("", ())
        moved = float(points[row]), float(covers[0][row]), float(covers[1][row])
        terms.append(RaceTerm(PART_NAMES[part], *moved, why, places, GOODS_OF_PART.get(part, ())))
    return sorted(terms, key=lambda term: -abs(term.points))


def as_measured(world: World) -> World:
    """The world as the bars were read from it: before the quarter was counted on."""
    return replace(world, quarter=max(world.quarter - 1, 0))


def _points(weights: Array, before: Array, after: Array) -> Array:
    """Parts of the change of a bar, in points; they add up to it."""
    roots = np.sqrt(before), np.sqrt(after)
    whole = float(sum(weights * (roots[0] + roots[1])))
    points: Array = 100.0 * whole * weights * (roots[1] - roots[0])
    return points
