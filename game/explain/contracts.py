"""News of contracts: signed, run out, broken; and contracts as records."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from game.core.diplomacy import Clause
from game.core.scenario import Scenario
from game.core.world import World
from game.explain.clauses import clause_words, dollars
from game.explain.dispatch import Dispatch
from game.explain.quarter import Quarter
from game.explain.words import capitalised, in_sentence, listed
from game.rules import pacts
from game.rules.talks import clause_of

#: A breach, and change of trust, that is a headline.
HEADLINE = 3


def clauses_of(world: World, s: Scenario, slot: int) -> tuple[Clause, ...]:
    """The clauses of the contract in a row of the table, first world."""
    c = world.clauses
    found = []
    for i in np.flatnonzero(c.kind[slot, :, 0] >= 0):
        at = [int(getattr(c, name)[slot, i, 0]) for name in ("kind", "giver", "taker", "subject", "target")]
        found.append(clause_of(s, at, float(c.quantity[slot, i, 0]), float(c.price[slot, i, 0])))
    return tuple(found)


def parties_of(world: World, slot: int) -> tuple[int, ...]:
    """Positions of the parties of the contract in a row, first world."""
    return tuple(int(n) for n in np.flatnonzero(world.contracts.party[slot, :, 0]))


def contract_news(quarter: Quarter) -> list[Dispatch]:
    """Contracts that were signed, broken or ran out between the two worlds."""
    return _news(quarter.before, quarter.after, quarter.scenario, quarter.index)


def talk_news(before: World, after: World, s: Scenario) -> list[Dispatch]:
    """Contracts signed in a round of talks: the worlds before and after it are of one quarter."""
    return _news(before, after, s, after.quarter)


def _news(before: World, after: World, s: Scenario, index: int) -> list[Dispatch]:
    then, now = before.contracts, after.contracts
    told = []
    for j in map(int, np.flatnonzero(now.number[:, 0])):
        same = then.number[j, 0] == now.number[j, 0]
        status, was = int(now.status[j, 0]), int(then.status[j, 0]) if same else 0
        if status == was:
            continue
        if not same or was == 0:
            told.append(_signed(after, s, index, j))
        if status == pacts.BROKEN:
            told.append(_broken(after, s, index, j))
        elif status == pacts.EXPIRED and was == pacts.IN_FORCE:
            told.append(_expired(after, s, index, j))
    return told


def _names(s: Scenario, places: Sequence[int]) -> list[str]:
    return [in_sentence(s.texts.names[n]) for n in places]


def _codes(s: Scenario, places: Sequence[int]) -> tuple[str, ...]:
    return tuple(s.place_axis.names[n] for n in places)


def _sentences(world: World, s: Scenario, j: int) -> tuple[str, ...]:
    return tuple(clause_words(clause, s).rstrip(".") for clause in clauses_of(world, s, j))


def _goods(world: World, s: Scenario, j: int) -> tuple[str, ...]:
    return tuple(c.subject for c in clauses_of(world, s, j) if c.subject and c.kind in ("supply", "priority"))


def _signed(world: World, s: Scenario, index: int, j: int) -> Dispatch:
    parties = parties_of(world, j)
    quarters = int(world.contracts.until[j, 0] - world.contracts.signed[j, 0]) + 1
    sentences = _sentences(world, s, j)
    text = f"{capitalised(listed(_names(s, parties), 4))} sign for {quarters} quarters: {_first(sentences)}."
    terms = list(sentences[1:])
    escrow = float(world.contracts.escrow[j, 0])
    if escrow > 0:
        terms.append(f"each puts {dollars(escrow)} in escrow")
    return Dispatch(index, "contract", text, _codes(s, parties), _goods(world, s, j), 2, tuple(terms))


def _first(sentences: Sequence[str]) -> str:
    more = f", and {len(sentences) - 1} more" if len(sentences) > 1 else ""
    return f"{sentences[0]}{more}" if sentences else "nothing"


def _expired(world: World, s: Scenario, index: int, j: int) -> Dispatch:
    parties = parties_of(world, j)
    text = f"A contract of {listed(_names(s, parties), 4)} runs out."
    return Dispatch(index, "contract", text, _codes(s, parties), _goods(world, s, j), 1, _sentences(world, s, j))


def _broken(world: World, s: Scenario, index: int, j: int) -> Dispatch:
    parties, breaker = parties_of(world, j), int(world.contracts.breaker[j, 0])
    others = [n for n in parties if n != breaker]
    escrow = float(world.contracts.escrow[j, 0])
    lost = f"; {dollars(escrow)} of escrow are lost" if escrow > 0 else ""
    who = capitalised(in_sentence(s.texts.names[breaker])) if breaker >= 0 else "One party"
    text = f"{who} breaks its contract with {listed(_names(s, others), 4)}{lost}."
    reasons = (*_sentences(world, s, j), "everybody trusts it less, the other parties most")
    ordered = (s.place_axis.names[breaker], *_codes(s, others)) if breaker >= 0 else _codes(s, parties)
    return Dispatch(index, "contract", text, ordered, _goods(world, s, j), HEADLINE, reasons)
