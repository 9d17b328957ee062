"""News of blocs: who joined, left, was expelled or refused, and what charters say now, with the votes behind it."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from game.core.names import CHARTER, VOTING
from game.core.scenario import Scenario
from game.core.world import World
from game.explain.dispatch import Dispatch
from game.explain.quarter import Quarter
from game.explain.words import capitalised, in_sentence, listed
from game.rules import motions

#: Places named in a list of votes.
MOST_NAMED = 6
TERM_WORDS = {
    "priority": "members first in the queue", "stockpile": "the joint stock", "solidarity": "release by need",
    "match": "matching controls", "no_reexport": "no re-export", "certify": "certified silicon",
    "guardrails": "a common safety standard", "hub": "the research hub", "dues": "dues",
}  # fmt: skip

#: What failed in the first round comes before what passed in the second, and what that left over comes last.
_IN_ORDER = (0, motions.FAILED, motions.PASSED, motions.LAPSED)


def bloc_news(quarter: Quarter) -> list[Dispatch]:
    """What happened in blocs between two worlds, in the first world of the batch."""
    return list(news(quarter.before, quarter.after, quarter.scenario, quarter.index))


def news(before: World, after: World, s: Scenario, index: int) -> Iterator[Dispatch]:
    """The same for two worlds a round of talks or a quarter apart."""
    fresh = [n for n in np.flatnonzero(after.motions.bloc[:, 0] >= 0).tolist() if _new(before, after, n)]
    told = set()
    for mover in sorted(fresh, key=lambda n: _IN_ORDER.index(int(after.motions.outcome[n, 0]))):
        yield _motion(after, s, index, mover)
        if after.motions.outcome[mover, 0] == motions.PASSED:
            act = int(after.motions.act[mover, 0])
            subject = mover if act == motions.ADMIT else int(after.motions.about[mover, 0])
            told.add((int(after.motions.bloc[mover, 0]), subject))
    changed = after.relations.member[..., 0] - before.relations.member[..., 0]
    for bloc, place in np.argwhere(changed).tolist():
        if (bloc, place) not in told:
            yield _moved(before, s, index, bloc, place, int(changed[bloc, place]))


def _new(before: World, after: World, mover: int) -> bool:
    """Whether a motion was not there before: one of last quarter's talks stands until the next begin."""
    names = ("bloc", "act", "about", "strength", "outcome", "vote")
    rows = ((getattr(before.motions, name)[mover], getattr(after.motions, name)[mover]) for name in names)
    return any(not np.array_equal(old[..., 0], new[..., 0]) for old, new in rows)


def _name(s: Scenario, place: int) -> str:
    return in_sentence(s.texts.names[place])


def _moved(before: World, s: Scenario, index: int, bloc: int, place: int, way: int) -> Dispatch:
    """Somebody left a bloc or founded one."""
    name, who = s.blocs[bloc][1], capitalised(_name(s, place))
    code = s.place_axis.names[place]
    if way < 0:
        reasons = ("members trust it less", "it counts in the race for four quarters yet")
        return Dispatch(index, "contract", f"{who} leaves {name}.", (code,), (), 3, reasons)
    founded = not before.relations.member[bloc, :, 0].any()
    verb = "founds" if founded else "joins"
    return Dispatch(index, "contract", f"{who} {verb} {name}.", (code,), (), 3, ())


def _motion(after: World, s: Scenario, index: int, mover: int) -> Dispatch:
    """A motion and what became of it."""
    m = after.motions
    bloc, act, about = (int(getattr(m, name)[mover, 0]) for name in ("bloc", "act", "about"))
    passed = int(m.outcome[mover, 0]) == motions.PASSED
    if int(m.outcome[mover, 0]) == motions.LAPSED:
        return _lapsed(s, index, bloc, act, about, mover)
    text = _sentence(s, bloc, act, about, mover, float(m.strength[mover, 0]), passed)
    if act == motions.ADMIT and not passed and after.relations.member[bloc, mover, 0]:
        text = f"{text.removesuffix('.')} in the first round of talks."
    places = [mover, *([about] if act in (motions.INVITE, motions.EXPEL) else [])]
    codes = tuple(s.place_axis.names[n] for n in places)
    tried = _tried_before(after, bloc, about) if passed and act == motions.INVITE else ()
    reasons = (*_votes(after, s, mover), *tried)
    return Dispatch(index, "contract", text, codes, (), 3 if act <= motions.EXPEL else 2, reasons)


def _lapsed(s: Scenario, index: int, bloc: int, act: int, about: int, mover: int) -> Dispatch:
    """A motion of which nothing was left to decide: another of the same round had done it."""
    name, subject = s.blocs[bloc][1], mover if act == motions.ADMIT else about
    whose = f"The motion of {_name(s, mover)}" if act != motions.ADMIT else f"The application of {_name(s, mover)}"
    done = f"{name} has expelled {_name(s, subject)} already" if act == motions.EXPEL else (
        f"{_name(s, subject)} is a member of {name} already"
    )  # fmt: skip
    codes = tuple(s.place_axis.names[n] for n in dict.fromkeys((mover, subject)))
    return Dispatch(index, "contract", f"{whose} falls away: {done}.", codes, (), 1, ())


def _tried_before(after: World, bloc: int, guest: int) -> tuple[str, ...]:
    """That a guest had applied by itself in an earlier round of the quarter, and lacked the votes."""
    m = after.motions
    own = int(m.bloc[guest, 0]) == bloc and int(m.act[guest, 0]) == motions.ADMIT
    if own and int(m.outcome[guest, 0]) == motions.FAILED:
        return ("its own application of the first round had not had the votes",)
    return ()


def _sentence(s: Scenario, bloc: int, act: int, about: int, mover: int, strength: float, passed: bool) -> str:
    name, who = s.blocs[bloc][1], capitalised(_name(s, mover))
    if act == motions.ADMIT:
        return f"{who} joins {name}." if passed else f"{name} refuses {_name(s, mover)}."
    if act == motions.INVITE:
        guest = capitalised(_name(s, about))
        return f"{guest} joins {name}, invited by {_name(s, mover)}." if passed else (
            f"{who} would have {_name(s, about)} in {name}, and does not get its way."
        )  # fmt: skip
    if act == motions.EXPEL:
        return f"{name} expels {_name(s, about)}." if passed else f"{name} does not expel {_name(s, about)}."
    if act == motions.CHARTER_TERM:
        what = f"{TERM_WORDS[CHARTER.names[about]]} at {strength:.0%}"
    else:
        what = f"a vote by {VOTING.names[about]} rule"
    return f"{name} writes {what} into its charter." if passed else f"{name} votes down {what}."


def _votes(after: World, s: Scenario, mover: int) -> tuple[str, ...]:
    """Who voted how, as reasons."""
    found = []
    for word, vote in (("for", motions.FOR), ("against", motions.AGAINST)):
        names = [_name(s, int(n)) for n in np.flatnonzero(after.motions.vote[mover, :, 0] == vote)]
        if names:
            found.append(f"{word} it: {listed(names, MOST_NAMED)}")
    return tuple(found)
