"""Which news the brief of a quarter tells: the player's own first, stocks that run down, of the rest the weightiest.

A world of sixteen nations opens a dozen plants a quarter; the brief has room for six lines that matter to one of them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

import numpy as np

from game.core.names import GOODS
from game.explain import Dispatch
from game.match import Match
from game.ui.main.nation_rows import good_title
from game.ui.main.readings import strategic_goods

HEADLINES, FOREIGN_ALIKE = 6, 2
OWN_BONUS = 1.5
"""Weight that news of the player's own place gains in the choice of headlines."""
LOW, LOWER = 2.0, 1.0
"""Quarters of use below which a stock is worth a word, and below which it is the headline."""
WORTH_A_WORD = 0.1
"""Quarters of use that a stock must have lost in a quarter to be told of."""
WATCHED = 6
LICENCE = 2


def headlines(news: Sequence[Dispatch], seat: str) -> tuple[Dispatch, ...]:
    """The weightiest news, with that of the player's place put forward; background only where nothing else is.

    Of plants and events abroad no more than `FOREIGN_ALIKE` each are told: the dispatches hold the others.
    """
    ranked = sorted(news, key=lambda d: -(d.weight + OWN_BONUS * (seat in d.places)))
    heavy = [d for d in ranked if d.weight >= 2 or seat in d.places]
    told: list[Dispatch] = []
    abroad: Counter[str] = Counter()
    for dispatch in heavy or ranked:
        if dispatch.topic in ("plant", "event") and seat not in dispatch.places and dispatch.weight < 3:
            abroad[dispatch.topic] += 1
            if abroad[dispatch.topic] > FOREIGN_ALIKE:
                continue
        told.append(dispatch)
    return tuple(told[:HEADLINES])


def covers(match: Match, seat: str) -> dict[str, float]:
    """Quarters of use that a seat holds of each strategic good, by name; nan where it uses none."""
    view, place = match.seen_by(seat), match.scenario.place_axis.at(seat)
    goods = view.goods
    found = {}
    for g in strategic_goods(view, place, WATCHED):
        wanted = float(goods.wanted[place, g, 0])
        held = float(goods.inventory[place, g, 0] + goods.stockpile[place, g, 0])
        found[GOODS.names[g]] = held / wanted if wanted > 1e-9 else float("nan")
    return found


def stock_news(before: Mapping[str, float], after: Mapping[str, float], match: Match, seat: str) -> list[Dispatch]:
    """A word on each strategic stock that fell below a mark this quarter, or that is low and still falling."""
    found = []
    for good, cover in after.items():
        was = before.get(good, cover)
        crossed = was - cover > WORTH_A_WORD and any(cover < mark <= was for mark in (LOW, LOWER))
        draining = cover < LOWER and was - cover > WORTH_A_WORD
        if not crossed and not draining:
            continue
        text = f"Your {_in_words(good)} would last {cover:.1f} quarters, down from {was:.1f}."
        weight = 3 if cover < LOWER else 2
        reasons = _held_back(good, match, seat)
        found.append(Dispatch(match.quarter - 1, "shortage", text, (seat,), (good,), weight=weight, reasons=reasons))
    return found


def _in_words(good: str) -> str:
    title = good_title(good)
    return title if title[1:2].isupper() else title[0].lower() + title[1:]


def _held_back(good: str, match: Match, seat: str) -> tuple[str, ...]:
    """Who controls a good towards the seat."""
    level = match.world.policy.level[:, GOODS.at(good), match.scenario.place_axis.at(seat), 0]
    names = [match.scenario.texts.names[n] for n in np.flatnonzero(level >= LICENCE)]
    return (f"controls by {', '.join(names)} hold it back",) if names else ()
