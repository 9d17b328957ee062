"""News of trust: who is trusted less, or more, by whom, and why."""

from __future__ import annotations

import numpy as np

from game.explain.dispatch import Dispatch
from game.explain.quarter import Quarter
from game.explain.trust import TRUST_WORDS, trust_terms
from game.explain.words import listed

#: Change of trust in a quarter that is worth a word, and the places that are named.
WORTH_A_WORD, MOST_NAMED = 0.06, 3


def trust_news(quarter: Quarter) -> list[Dispatch]:
    """Places whom others trust markedly less or more than a quarter ago."""
    seats = list(quarter.scenario.places.seats)
    change = (quarter.after.relations.trust - quarter.before.relations.trust)[..., 0]
    found = []
    for trusted in seats:
        for sign in (-1.0, 1.0):
            moved = [n for n in seats if n != trusted and sign * change[trusted, n] >= WORTH_A_WORD]
            if moved:
                moved.sort(key=lambda n: -sign * float(change[trusted, n]))
                found.append(_told(quarter, trusted, moved, np.asarray(change[trusted])))
    return found


def _told(
    quarter: Quarter, trusted: int, moved: list[int], change: np.ndarray[tuple[int, ...], np.dtype[np.float64]]
) -> Dispatch:
    first = moved[0]
    points = float(change[first]) * 100
    word = "less" if points < 0 else "more"
    verb = "trusts" if len(moved) == 1 else "trust"
    names = listed([quarter.place(n) for n in moved], MOST_NAMED)
    text = f"{names[:1].upper()}{names[1:]} {verb} {quarter.place(trusted)} {word}, by up to {abs(points):.0f} points."
    terms = trust_terms(quarter.before, quarter.after, quarter.scenario, first, trusted)
    reasons = tuple(f"{TRUST_WORDS[term.name]}: {term.amount * 100:+.1f} points" for term in terms[:3])
    codes = (quarter.codes[trusted], *(quarter.codes[n] for n in moved))
    return quarter.say("politics", text, places=codes, weight=2 if points < 0 else 1, reasons=reasons)
