"""Clauses of contracts in words: whole sentences, and the parts that a form or a list shows."""

from __future__ import annotations

import re
from collections.abc import Callable

from game.core.clauses import CLAUSE_KINDS, CLAUSES, ClauseKind
from game.core.diplomacy import Clause, Propose
from game.core.names import LEVELS
from game.core.scenario import Scenario
from game.explain.words import (
    GOOD_NAMES,
    SEEN,
    capitalised,
    compute_words,
    in_sentence,
    listed,
    million_words,
    seen_amount,
)  # fmt: skip

#: What a form calls each kind of clause.
CLAUSE_TITLES = {
    "supply": "Supply", "priority": "Priority in the queue", "stockpile": "Release of stock",
    "procurement": "Joint procurement", "match": "Matching controls", "no_reexport": "No re-export",
    "licence": "Technology licence", "hub": "Joint research hub", "venture": "Joint venture",
    "visa": "Visa places", "platform": "Physical-AI platform", "power": "Power deal", "certify": "Certified silicon",
    "guardrails": "AI-safety guardrails", "compute": "Compute for rent", "guarantee": "Security guarantee",
    "money": "Money each quarter", "payment": "Payment at signature", "match_fee": "Share of backfill",
    "restrain": "Restraint", "intelligence": "Intelligence",
}  # fmt: skip
CLASS_NAMES = {
    "minerals": "minerals", "magnets": "magnets and materials", "tools": "tools and service",
    "chips": "chips and HBM", "cloud": "cloud and models", "people": "engineers",
}  # fmt: skip
TRACK_NAMES = {
    "separation": "separation", "lithography": "lithography", "node": "process-node", "memory": "memory",
    "packaging": "packaging", "design": "chip-design", "ai_systems": "AI-systems", "photonics": "photonics",
    "power": "power",
}  # fmt: skip
LEVEL_TITLES = {
    "open": "open", "fee_licence": "a licence with fee", "licence": "a licence", "slow_walk": "slow-walk",
    "quota": "a quota", "ban": "a ban",
}  # fmt: skip
_UNITS = {
    "wafers": "thousand", "resist": "points", "duv": "units", "euv": "units", "high_na": "units",
    "mature_chips": "thousand wafers", "leading_logic": "thousand H100e", "hbm": "thousand stacks",
    "accelerators": "thousand H100e", "cloud": "thousand H100e",
}  # fmt: skip


def figure(value: float) -> str:
    """A number with about three figures and no zeros behind it: 1,230, 14, 0.35."""
    size = abs(value)
    if size >= 100:
        return f"{value:,.0f}"
    if 0 < size < SEEN:
        return "under 0.001"
    return f"{value:.3g}" if size else "0"


def dollars(bn: float) -> str:
    """USD bn in words: '$1.2 bn', '$35 m'."""
    return f"${figure(bn)} bn" if bn >= 0.0995 or bn == 0 else million_words(bn * 1000, figure)


def goods_amount(good: str, value: float) -> str:
    """An amount of a good with its unit, without its name: '3.2 t', '5 units', '$40 m'."""
    if good == "process_tools":
        return million_words(value, figure)
    return seen_amount(value, _UNITS.get(good, "t"), figure)


def subject_words(kind: ClauseKind, subject: str | None, s: Scenario) -> str:
    """What a clause is about, in a sentence."""
    if subject is None:
        return ""
    if kind.subject == "line":
        return s.lines.titles[s.lines.axis.at(subject)]
    return {"good": GOOD_NAMES, "class": CLASS_NAMES, "track": TRACK_NAMES}[kind.subject][subject]


_IN_UNIT: dict[str, Callable[[float], str]] = {
    "USD bn a quarter": lambda v: f"{dollars(v)} a quarter",
    "USD bn": dollars,
    "ratio to the outside price": lambda v: f"{v:.0%}",
    "ratio to the market price": lambda v: f"{v:.0%}",
    "share of the giver's sales abroad": lambda v: f"{v:.0%}",
    "share of leaks stopped": lambda v: f"{v:.0%}",
    "share of such sales": lambda v: f"{v:.0%}",
    "thousand engineers a quarter": lambda v: f"{v * 1000:,.0f}",
    "USD bn a thousand": dollars,
    "GW": lambda v: f"{figure(v)} GW",
    "USD bn a GW and quarter": lambda v: f"{dollars(v)} a GW and quarter",
    "thousand H100e": compute_words,
    "control level": lambda v: LEVEL_TITLES[LEVELS.names[int(v)]],
}


def quantity_words(kind: ClauseKind, subject: str | None, value: float) -> str:
    """The quantity of a clause with its unit; empty where the kind has none."""
    if kind.quantity is None:
        return ""
    unit = kind.quantity[0]
    return goods_amount(subject or "", value) if unit.startswith("units of the good") else _IN_UNIT[unit](value)


def price_words(kind: ClauseKind, value: float) -> str:
    """The price of a clause with its unit; empty where the kind has none."""
    return "" if kind.price is None else _IN_UNIT[kind.price[0]](value)


def kind_of(clause: Clause) -> ClauseKind:
    """The kind of a clause."""
    return CLAUSE_KINDS[CLAUSES.at(clause.kind)]


def clause_words(clause: Clause, s: Scenario, you: str = "") -> str:
    """A clause as a sentence; the place `you` is called so: 'You ship Japan 3.2 t of gallium a quarter, ...'."""
    kind = kind_of(clause)

    def place(code: str | None) -> str:
        if code is None:
            return ""
        return "you" if code == you else in_sentence(s.texts.names[s.place_axis.at(code)])

    words = kind.words.format(
        giver=place(clause.giver),
        taker=place(clause.taker),
        target=place(clause.target),
        subject=subject_words(kind, clause.subject, s),
        quantity=quantity_words(kind, clause.subject, float(clause.quantity)),
        price=price_words(kind, float(clause.price)),
    )
    return capitalised(_agreed(words)) + "."


#: Verbs of the sentences after 'you'.
_VERBS = (
    "ships", "serves", "releases", "buys", "matches", "stops", "licenses", "shares", "puts", "opens", "delivers",
    "certifies", "adopts", "rents", "guarantees", "pays", "hands", "keeps",
)  # fmt: skip
_BARE = {"serves": "serve", "releases": "release", "licenses": "license", "matches": "match", "guarantees": "guarantee"}


def _agreed(words: str) -> str:
    """The sentence with verbs and possessives that agree with 'you'."""
    for verb in _VERBS:
        bare = _BARE.get(verb, verb.removesuffix("s"))
        words = words.replace(f"you {verb} ", f"you {bare} ")
    words = words.replace("to engineers of you ", "to your engineers ").replace("you controls", "you control")
    words = words.replace("the security of you and its sea", "your security and your sea")
    words = re.sub(r" into (.+) of you$", r" into your \1", words)
    words = (
        words.replace("at open or looser", "off")
        .replace("you's ", "your ")
        .replace("States's", "States'")
        .replace("Emirates's", "Emirates'")
    )
    words = words.replace("Netherlands's", "Netherlands'")
    if words.startswith("you "):
        words = words.replace(" its ", " your ")
        words = words.replace(" and pays ", " and pay ").replace(" leaks through it ", " leaks through you ")
    return words


def clause_short(clause: Clause, s: Scenario) -> str:
    """A clause in a few words, without its parties: 'Supply: 3.2 t of gallium at 95%'."""
    kind = kind_of(clause)
    subject = subject_words(kind, clause.subject, s)
    amount = quantity_words(kind, clause.subject, float(clause.quantity))
    if clause.kind == "restrain":
        about = f"{subject}, at most {amount}"
    else:
        good = amount and kind.subject == "good"
        about = f"{amount} of {subject}" if good else " ".join(filter(None, (subject, amount)))
    price = price_words(kind, float(clause.price))
    against = in_sentence(s.texts.names[s.place_axis.at(clause.target)]) if clause.target else ""
    aim = f"{'on' if kind.name == 'intelligence' else 'against'} {against}" if against else ""
    told = " ".join(part for part in (about, price and f"at {price}", aim) if part)
    return f"{CLAUSE_TITLES[clause.kind]}: {told}" if told else CLAUSE_TITLES[clause.kind]


def proposal_words(proposal: Propose, s: Scenario, most: int = 3) -> str:
    """The clauses of a proposal in a row: 'supply of ..., money ...'."""
    return listed([lower_first(clause_short(clause, s)) for clause in proposal.clauses], most)


def lower_first(text: str) -> str:
    """The text with its first letter small, unless it is an abbreviation: 'Supply' to 'supply', 'AI' as it is."""
    return text if text[1:2].isupper() else text[:1].lower() + text[1:]
