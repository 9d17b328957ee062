"""News of contracts: signed, run out, broken and why."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from game.core.diplomacy import Propose
from game.core.scenario import Scenario
from game.core.world import World
from game.explain import blocs
from game.explain.breaches import breach_reasons
from game.explain.clauses import clause_words, dollars
from game.explain.deals import parties_of, worth_of
from game.explain.dispatch import Dispatch
from game.explain.quarter import Quarter
from game.explain.words import capitalised, in_sentence, listed
from game.rules.happened import Contract, breaker_of, contract_at, happened
from game.rules.tables import Tables

#: Places named in a sentence; the rest is counted.
MOST_NAMED = 4


def contract_news(quarter: Quarter) -> list[Dispatch]:
    """Contracts that were signed, broken or ran out between the two worlds."""
    return list(_news(quarter.before, quarter.after, quarter.scenario, quarter.index, quarter.tables))


def talk_news(before: World, after: World, s: Scenario, t: Tables) -> list[Dispatch]:
    """Contracts signed and motions decided in a round of talks: the worlds before and after it are of one quarter."""
    return [*_news(before, after, s, after.quarter, t), *blocs.news(before, after, s, after.quarter)]


def _news(before: World, after: World, s: Scenario, index: int, t: Tables) -> Iterator[Dispatch]:
    found = happened(before, after)
    for where, tell in ((found.signed, _signed), (found.broken, _broken), (found.expired, _expired)):
        for slot in where.slot[where.world == 0].tolist():
            contract = contract_at(after, s, slot)
            told = tell(after, s, index, slot, contract)
            why: tuple[str, ...] = ()
            if tell is _broken:
                why = breach_reasons(before, after, s, t, slot)
            elif tell is _signed:
                why = _why_signed(contract, before, s, t)
            yield replace(told, reasons=(*why, *told.reasons))


def _why_signed(contract: Contract, world: World, s: Scenario, t: Tables) -> tuple[str, ...]:
    """Who proposed it, and what it was worth to each party, with the terms that counted most."""
    proposal = Propose(
        contract.parties, contract.clauses, contract.until - contract.signed + 1, contract.escrow, contract.snap_back,
        contract.verifier,
    )  # fmt: skip
    worths = [
        f"to {_named(s, (party.party,))} it is worth {party.points:+.2f} points: {'; '.join(party.reasons[:2])}"
        for party in parties_of(worth_of(proposal, world, s, t))
    ]
    proposer = (f"{_named(s, (contract.proposer,))} proposed it",) if contract.proposer else ()
    return (*proposer, *worths)


def _named(s: Scenario, codes: Sequence[str]) -> str:
    return listed([in_sentence(s.texts.names[s.place_axis.at(code)]) for code in codes], MOST_NAMED)


def _sentences(contract: Contract, s: Scenario) -> tuple[str, ...]:
    return tuple(clause_words(clause, s).rstrip(".") for clause in contract.clauses)


def _goods(contract: Contract) -> tuple[str, ...]:
    return tuple(c.subject for c in contract.clauses if c.subject and c.kind in ("supply", "priority", "stockpile"))


def _signed(world: World, s: Scenario, index: int, slot: int, contract: Contract) -> Dispatch:
    sentences = _sentences(contract, s)
    more = f", and {len(sentences) - 1} more" if len(sentences) > 1 else ""
    quarters = contract.until - contract.signed + 1
    text = f"{capitalised(_named(s, contract.parties))} sign for {quarters} quarters: {sentences[0]}{more}."
    escrow = (f"each puts {dollars(contract.escrow)} in escrow",) if contract.escrow > 0 else ()
    return Dispatch(index, "contract", text, contract.parties, _goods(contract), 2, (*sentences[1:], *escrow))


def _expired(world: World, s: Scenario, index: int, slot: int, contract: Contract) -> Dispatch:
    text = f"A contract of {_named(s, contract.parties)} runs out."
    return Dispatch(index, "contract", text, contract.parties, _goods(contract), 1, _sentences(contract, s))


def _broken(world: World, s: Scenario, index: int, slot: int, contract: Contract) -> Dispatch:
    breaker = breaker_of(world, s, slot)
    others = tuple(code for code in contract.parties if code != breaker)
    who = capitalised(_named(s, (breaker,))) if breaker else "A party"
    lost = f" and loses {dollars(contract.escrow)} of escrow" if contract.escrow > 0 else ""
    text = f"{who} breaks its contract with {_named(s, others)}{lost}."
    reasons = (*_sentences(contract, s), "everybody trusts it less, the other parties most")
    places = (breaker, *others) if breaker else others
    return Dispatch(index, "contract", text, places, _goods(contract), 3, reasons)
