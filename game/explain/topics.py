"""What can be asked of a game, and the answers: lines in words, the terms that count most first.

A question is a topic and its names: `price gallium JPN`. Each topic has one function here or in the module of its
subject; all work on the worlds of one game, first world of the batch.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import numpy as np

from game.core.errors import PaxError
from game.core.names import CLASS_OF_GOOD, CLASSES, GOODS, LEVELS, MEASURES, Axis, quarter_name
from game.core.scenario import Scenario
from game.core.world import World
from game.explain import deals, quarter_news
from game.explain.breaches import act_words, left_worth
from game.explain.clauses import CLASS_NAMES, LEVEL_TITLES, clause_words
from game.explain.coalitions import coalition_words
from game.explain.deals import PartyWorth
from game.explain.prices import price_account
from game.explain.race import PART_NAMES
from game.explain.trust import Change, trust_story, trust_terms
from game.explain.words import GOOD_NAMES, in_sentence, listed
from game.rules import controls, leverage, mandates, objectives, pacts, race, score
from game.rules.happened import contract_at
from game.rules.opening_statecraft import OPEN_END
from game.rules.tables import Tables
from game.rules.talks import ACCEPTED, REFUSED, Talks, offered


@dataclass(frozen=True, slots=True)
class Story:
    """A game up to the quarter that is asked about.

    Parameters
    ----------
    worlds : the opening and the end of each quarter, in order; the last is that of the quarter asked about.
    talks : its rounds of talks, closed.
    weighed : what the strategy of a seat weighed in the quarter, in lines; None where nobody can be asked.
    """

    scenario: Scenario
    tables: Tables
    worlds: Sequence[World]
    talks: Sequence[Talks] = field(default_factory=tuple)
    weighed: Callable[[str], list[str]] | None = None

    @property
    def now(self) -> World:
        """The end of the quarter."""
        return self.worlds[-1]

    def place(self, code: str) -> int:
        """Position of a place. Raises PaxError."""
        return self.scenario.place_axis.at(code)

    def seat(self, code: str) -> int:
        """Position of a seat. Raises PaxError."""
        Axis("seat", self.scenario.seats).at(code)
        return self.place(code)

    def name(self, place: int) -> str:
        """Name of a place in a sentence."""
        return in_sentence(self.scenario.texts.names[place])


Answer = Callable[[Story, Sequence[str]], list[str]]


def answer(story: Story, words: Sequence[str]) -> list[str]:
    """The answer to a question. Raises PaxError for a topic or a name that there is not, with what is valid."""
    if not words or words[0] not in TOPICS:
        found = f"'{words[0]}'" if words else "nothing"
        raise PaxError(f"unknown topic {found}; topics: {', '.join(usage for usage, _ in TOPICS.values())}")
    usage, told = TOPICS[words[0]]
    names = words[1:]
    if len(names) != len([word for word in usage.split()[1:] if word.isupper()]) and words[0] != "worth":
        raise PaxError(f"'{' '.join(words)}' is no question; write: {usage}")
    return told(story, names)


def _price(story: Story, names: Sequence[str]) -> list[str]:
    return price_account(story.now, story.scenario, story.tables, names[0], story.place(names[1]))


def _trust(story: Story, names: Sequence[str]) -> list[str]:
    """Why the first trusts the second as it does."""
    trusting, trusted = (story.place(name) for name in names)
    trust = story.now.relations.trust
    there, back = float(trust[trusted, trusting, 0]), float(trust[trusting, trusted, 0])
    lines = [f"{story.name(trusting)} trusts {story.name(trusted)} {there:.0%}; the other way it is {back:.0%}"]
    if len(story.worlds) < 2:
        return lines
    lines += [
        "in this quarter:",
        *_indented(trust_terms(story.worlds[-2], story.now, story.scenario, trusting, trusted)),
    ]
    return [*lines, "since the opening:", *_indented(trust_story(story.worlds, story.scenario, trusting, trusted))]


def _indented(changes: Sequence[Change]) -> list[str]:
    return [f"  {change.text}" for change in changes] or ["  nothing"]


def _worth(story: Story, names: Sequence[str]) -> list[str]:
    """What a contract is worth to each party for the quarters that are left; `of contract` may be left out."""
    number = names[-1] if names else ""
    c = story.now.contracts
    known = sorted(int(n) for n, status in zip(c.number[:, 0], c.status[:, 0], strict=True) if status)
    if not number.isdigit() or int(number) not in known:
        raise PaxError(f"no contract {number or '?'} stands in the books; contracts: {', '.join(map(str, known))}")
    slot = int(np.flatnonzero((c.number[:, 0] == int(number)) & (c.status[:, 0] > 0))[0])
    contract = contract_at(story.now, story.scenario, slot)
    last = quarter_name(contract.until, story.scenario.first_quarter)
    until = "without end" if contract.until >= OPEN_END else f"until {last}"
    named = f" ({contract.name})" if contract.name else ""
    lines = [f"contract {contract.number}{named} of {', '.join(contract.parties)}, {until}"]
    lines += [f"  {clause_words(clause, story.scenario)}" for clause in contract.clauses]
    if int(c.status[slot, 0]) == pacts.BROKEN:
        who = int(c.breaker[slot, 0])
        act = act_words(story.now, story.scenario, slot, int(c.cause[slot, 0]), who)
        lines.append(f"  broken: {story.name(who)} {act}")
    return [*lines, *_parties(left_worth(story.now, story.scenario, story.tables, slot))]


def _parties(worth: Sequence[PartyWorth]) -> list[str]:
    ranked = sorted(worth, key=lambda party: -party.points)
    return [f"{p.party}: {p.points:+.2f} points; {'; '.join(p.reasons)}" for p in ranked]


def _control(story: Story, names: Sequence[str]) -> list[str]:
    """What an owner's controls on a class do to a target, and what a ban would."""
    world, s = story.now, story.scenario
    owner, target, kind = story.place(names[0]), story.place(names[2]), CLASSES.at(names[1])
    goods = [g for g, k in enumerate(CLASS_OF_GOOD) if k == kind]
    level = world.policy.level[owner, :, target, 0]
    held, bites = controls.holdings(world, s)[owner, :, 0], leverage.bite(world, s, story.tables, owner)
    head = f"{story.name(owner)} against {story.name(target)} on {CLASS_NAMES[names[1]]}"
    if not goods:
        closed = bool(world.policy.closed_people[owner, target, 0])
        return [f"{head}: {'closed' if closed else 'open'}"]
    rows = []
    for g in sorted(goods, key=lambda g: -float(bites.size[g, target, 0])):
        parts = [f"{words} {float(getattr(bites, name)[g, target, 0]):.0%}" for name, words in _FACTORS.items()]
        rows.append(
            f"  {GOOD_NAMES[GOODS.names[g]]}: {LEVEL_TITLES[LEVELS.names[int(level[g])]]}; holds {held[g]:.0%} of the "
            f"world's; a total ban would bite {float(bites.size[g, target, 0]):.1%} ({', '.join(parts)})"
        )
    joint = coalition_words(world, s, story.tables, owner, kind, target, LEVELS.at("ban"))
    return [f"{head}:", *rows, "  If it banned all of it:", *(f"    {line}" for line in joint)]


#: Factors of a bite, in words.
_FACTORS = {
    "share": "its part of what the target asks for", "alone": "no substitute for", "uncovered": "not covered by stock",
    "window": "work that needs it now",
}  # fmt: skip


def _bar(story: Story, names: Sequence[str]) -> list[str]:
    """Both bars by part: what is missing most first."""
    world, s, t = story.now, story.scenario, story.tables
    minerals = zip(s.race.minerals, race.mineral_covers(world, s, t)[:, 0], strict=True)
    covers = {GOOD_NAMES[GOODS.names[good]]: (weight, float(cover)) for (good, weight), cover in minerals}
    chips = race.chip_covers(world, s, t)
    parts = {PART_NAMES[part]: (weight, float(chips[part][0])) for part, weight in s.race.chips}
    standing = world.standing
    return [
        f"the bloc's mineral independence {float(standing.mineral_independence[0]):.1%}:", *_missing(covers),
        f"China's chip independence {float(standing.chip_independence[0]):.1%}:", *_missing(parts),
    ]  # fmt: skip


def _missing(covers: dict[str, tuple[float, float]]) -> list[str]:
    """Parts of a bar (sum of w sqrt(c))^2 by what full cover of each alone would add."""
    root = sum(w * float(np.sqrt(c)) for w, c in covers.values())
    added = {name: (root + w * (1.0 - float(np.sqrt(c)))) ** 2 - root**2 for name, (w, c) in covers.items()}
    return [
        f"  {name}: covers {covers[name][1]:.0%} of use, weighs {covers[name][0]:.0%}; all of it would add "
        f"{added[name] * 100:.1f} points"
        for name in sorted(covers, key=lambda name: -added[name])
    ]


def _score(story: Story, names: Sequence[str]) -> list[str]:
    """What a seat's score is made of, the largest part first."""
    world, s, t = story.now, story.scenario, story.tables
    n = story.seat(names[0])
    values, weights = world.standing.measures[n, :, 0], s.places.weights[n, :, 0]
    parts = [
        (score.MEASURE_WEIGHT * float(w * v), f"{name}: {v:.1f} of 100, weighs {score.MEASURE_WEIGHT * w:.0%}")
        for name, v, w in zip(MEASURES, values, weights, strict=True)
    ]
    objective = float(objectives.graded(world, s, t)[n, 0])
    parts.append((100.0 * score.OBJECTIVE_WEIGHT * objective, f"objective: {objective:.0%} reached"))
    secret = float(mandates.graded(world, s, t)[n, 0])
    parts.append((100.0 * score.MANDATE_WEIGHT * secret, f"mandate: {secret:.0%} reached"))
    parts.append((float(world.standing.dividend[n, 0]), "dividend of the race"))
    lines = [f"{story.name(n)} scores {float(score.game_score(world)[n, 0]):.1f} so far; this quarter:"]
    lines += [f"  {points:+.1f}  {text}" for points, text in sorted(parts, key=lambda part: -part[0])]
    penalty = float(world.relations.penalty[n, 0])
    return [*lines, f"  -{penalty:.1f}  lost to a collapse, of the whole game"] if penalty > 0.0 else lines


def _decision(story: Story, names: Sequence[str]) -> list[str]:
    """What a seat proposed, answered and did in the quarter, and why."""
    n = story.seat(names[0])
    lines = [line for talks in story.talks for line in _said(story, talks, n)]
    if len(story.worlds) > 1:
        news = quarter_news(story.worlds[-2], story.now, story.scenario, story.tables)
        mine = [d for d in news if d.places[:1] == (names[0],) and d.topic in ("control", "plant", "politics")]
        lines += [f"{d.text}{' (' + '; '.join(d.reasons) + ')' if d.reasons else ''}" for d in mine]
    lines = lines or [f"{story.name(n)} neither proposed nor answered anything, and did nothing that is news"]
    return lines + (story.weighed(names[0]) if story.weighed is not None else [])


def _said(story: Story, talks: Talks, n: int) -> list[str]:
    o = talks.offers
    lines = []
    for row in np.flatnonzero(o.open[:, 0] & o.party[:, n, 0]).tolist():
        sender = int(o.sender[row])
        signed = "signed" if talks.agreed[row, 0] and not talks.full[row, 0] else "not signed"
        verb = "proposes" if sender == n else _ANSWERS[int(talks.answers[row, n, 0])]
        clauses = listed([clause_words(c, story.scenario).rstrip(".") for c in offered(talks, row).clauses], 5)
        lines.append(f"round {talks.round}, {talks.name_of(row)}: {names_of(story, [n])} {verb}: {clauses} ({signed})")
        worth = deals.why_offered(o, row, talks.world, story.scenario, story.tables)
        lines += [f"  {line}" for line in _parties([p for p in worth if story.place(p.party) == n or sender == n])]
    return lines


_ANSWERS = {ACCEPTED: "accepts", REFUSED: "refuses", 0: "does not answer"}


def names_of(story: Story, places: Sequence[int]) -> str:
    """Names of places in a row."""
    return listed([story.name(n) for n in places], 4)


#: How each topic is asked, and what answers.
TOPICS: dict[str, tuple[str, Answer]] = {
    "price": ("price GOOD PLACE", _price),
    "trust": ("trust PLACE PLACE", _trust),
    "worth": ("worth of contract NUMBER", _worth),
    "control": ("control OWNER CLASS TARGET", _control),
    "bar": ("bar", _bar),
    "score": ("score SEAT", _score),
    "decision": ("decision SEAT", _decision),
}
