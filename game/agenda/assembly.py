"""Cards of blocs: motions that the seat may vote on, for or against by what their carrying would gain it."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from game.agenda.cards import Card
from game.core.diplomacy import Motion, Vote
from game.core.names import CHARTER, VOTING
from game.core.numeric import Array
from game.explain.words import capitalised, in_sentence
from game.match import Match
from game.rules.worth_blocs import Membership, memberships

#: Quarters for which what a motion changes is reckoned.
AHEAD = 8
TERM_WORDS = {
    "queue": "places in the queue", "dividend": "the dividend of the race", "company": "trust of the members",
    "standing": "a part in the world's agreements", "dues": "dues", "neutral_rent": "rent as a neutral",
    "retaliation": "what the other side does to members", "resolve": "resolve at home",
    "trust": "trust in the newcomer",
    "leaks": "leaks through the newcomer",
}  # fmt: skip


def vote_cards(match: Match, seat: str) -> Iterator[Card]:
    """Motions of the open round on which the seat has not voted."""
    s = match.scenario
    found = memberships(match.world, s, match.model.book.tables)
    for each in match.motions(seat):
        if each.vote is not None or each.name == seat:
            continue
        known = found[next(b for b, (key, _) in enumerate(_blocs(match)) if key == each.motion.bloc)]
        terms = _terms(match, known, each.motion, each.name, seat)
        gain = sum(terms.values())
        yes = gain > 0.0
        ranked = sorted(terms, key=lambda name: -abs(terms[name]))[:3]
        why = tuple(f"{capitalised(TERM_WORDS.get(name, name))} {terms[name]:+.2f} a quarter" for name in ranked)
        span = float(known.stakes.spans[AHEAD])
        title, key = _title(match, each.motion, each.name), _matter(each.motion, each.name)
        yield Card(
            key, "diplomacy", title, "Vote for" if yes else "Vote against", abs(gain) * span, why, 0,
            Vote(each.name, yes), each.name,
        )  # fmt: skip


def _matter(motion: Motion, mover: str) -> str:
    """The same for one motion, whenever it is made."""
    return f"vote {motion.bloc} {motion.act} {mover} {motion.place or motion.term or motion.rule or ''}"


def _blocs(match: Match) -> list[tuple[str, str]]:
    return [(str(bloc[0]), str(bloc[1])) for bloc in match.scenario.blocs]


def _terms(match: Match, known: Membership, motion: Motion, mover: str, seat: str) -> dict[str, float]:
    """What the seat gains in a quarter if the motion is carried, by term."""
    axis = match.scenario.place_axis
    n = axis.at(seat)
    if motion.act == "charter" and motion.term:
        term = CHARTER.at(motion.term)
        step = motion.strength - float(known.world.blocs.charter[known.bloc, term, 0])
        return {motion.term.replace("_", " "): step * float(known.term(term)[n, 0])}
    if motion.act == "voting" and motion.rule:
        now = known.world.blocs.voting[known.bloc]
        rule = known.rule(np.full_like(now, VOTING.at(motion.rule)))
        return {"the weight of your vote": float(rule[n, 0])}
    if motion.place == seat:
        return _first(known.joining, n, 1.0)
    subject = axis.at(motion.place or mover)
    return _first(known.admitting(subject), n, -1.0 if motion.act == "expel" else 1.0)


def _first(terms: dict[str, Array], n: int, sign: float) -> dict[str, float]:
    return {name: sign * float(values[n, 0]) for name, values in terms.items()}


def _title(match: Match, motion: Motion, mover: str) -> str:
    texts, axis = match.scenario.texts.names, match.scenario.place_axis
    who, bloc = texts[axis.at(mover)], dict(_blocs(match))[motion.bloc]
    whom = in_sentence(texts[axis.at(motion.place)]) if motion.place else ""
    return {
        "admit": f"{who} asks to join {bloc}",
        "invite": f"{who} would invite {whom} into {bloc}",
        "expel": f"{who} would expel {whom} from {bloc}",
        "charter": f"{who} would change the charter of {bloc}",
        "voting": f"{who} would change how {bloc} votes",
    }[motion.act]
