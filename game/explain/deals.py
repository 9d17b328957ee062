"""Why a contract is worth signing, or not: clause by clause and party by party, the terms ranked, in plain words.

Points are points of the quarterly score, added up over the contract's quarters: what a strategy reckons with is what
is told here, from the same formulas.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from game.core.clauses import CLAUSES
from game.core.diplomacy import Propose
from game.core.scenario import Scenario
from game.core.world import World
from game.explain.clauses import clause_words
from game.explain.words import in_sentence
from game.rules import worth
from game.rules.offers import Offers
from game.rules.tables import Tables
from game.rules.talks import as_offers
from game.rules.worth_cells import rows_of
from game.rules.worth_offers import bonds, breach_costs, in_force_worths
from game.rules.worth_stakes import Stakes, stakes

#: What each term is, where it is a gain and where it is a cost.
TERM_WORDS = {
    "price": ("what is paid for it", "what it pays for it"),
    "money": ("money received", "money paid"),
    "bound": ("a sale that is sure", "bound to one buyer, it cannot follow the best price"),
    "own_need": ("what it has to spare", "what it gives, it may lack itself"),
    "shortage": ("short less often", "short more often"),
    "independence": ("it leans less on whoever holds most over it", "it leans more on one seller"),
    "stock": ("stock", "stock given away"),
    "saved": ("bought together, stock comes cheaper", "stock comes dearer"),
    "fee": ("a share of what is sold in its place", "a share of such sales given away"),
    "power": ("power where the grid is full", "power that it lacks"),
    "compute": ("compute at work", "compute that works elsewhere"),
    "know_how": ("know-how for its plants", "know-how lost"),
    "rivalry": ("a weaker competitor", "a sharper competitor"),
    "cost": ("its share of the cost", "its share of the cost"),
    "equity": ("its part of what the plant earns", "its part of what the plant loses"),
    "plant": ("a better plant at home", "a worse plant at home"),
    "engineers": ("engineers for its plants", "engineers who leave"),
    "robots": ("robots where engineers are short", "robots"),
    "demand": ("buyers who ask for certified chips", "buyers lost"),
    "audit": ("the audit", "the audit"),
    "part": ("a part in the world's agreements", "a smaller part in the world's agreements"),
    "private": ("private money for compute that is certified", "private money lost"),
    "guards": ("guards paid for by others", "ships and guards that it pays for"),
    "author": ("standing as author of the standard", "standing lost"),
    "slowed": ("compute freed", "compute slowed by the rules"),
    "incidents": ("fewer accidents of AI", "more accidents of AI"),
    "minds": ("good will of the third place", "the third place minds"),
    "knowledge": ("closer estimates of the third place", "wider estimates"),
    "sales": ("sales that become free", "sales lost"),
    "cooled": ("good will of the third place", "good will of the third place lost"),
    "rival": ("a weaker rival", "a stronger rival"),
    "coverage": ("fewer ways round its controls", "more ways round its controls"),
    "margin": ("margin on what passes through", "margin on leaks given up"),
    "leaks": ("less leaks round its controls", "more leaks"),
    "spared": ("controls that it is spared", "controls on it"),
    "pressed": ("an end of what it is threatened or shut off with", "what it is threatened with"),
    "relief": ("sales and good will that its ban costs it", "what a ban would bring it"),
    "leverage": ("leverage", "leverage given up"),
    "tempted": ("tools that it may keep back", "a rival that comes sooner to the post"),
    "tempting": ("tools and service that it may count on", "tools and service that it may lose"),
    "drawn_in": ("quarrels kept away", "it may be drawn into quarrels"),
    "security": ("a stronger friend", "a weaker friend"),
    "trust": ("trust that keeping it builds", "trust that keeping it costs"),
}
#: Terms smaller than this are not told, points.
SLIGHT = 0.0005
TRUST = "The contract itself."


@dataclass(frozen=True, slots=True)
class Term:
    """One reason.

    Parameters
    ----------
    name : of the term.
    points : what it adds to the worth.
    text : in words, with its points.
    """

    name: str
    points: float
    text: str


@dataclass(frozen=True, slots=True)
class ClauseWorth:
    """What one clause is worth to one party.

    Parameters
    ----------
    clause : number of the clause in the proposal, from 0; -1 for the contract itself.
    kind : of the clause; empty for the contract itself.
    text : the clause as a sentence.
    party : code of the place.
    points : sum of the terms.
    terms : largest first.
    """

    clause: int
    kind: str
    text: str
    party: str
    points: float
    terms: tuple[Term, ...]


@dataclass(frozen=True, slots=True)
class PartyWorth:
    """What a proposal is worth to one party.

    Parameters
    ----------
    party : code of the place.
    points : over all clauses.
    chance : that it would sign, by this worth and what the party that gains most else gains by it.
    reasons : the terms that count most, in words.
    """

    party: str
    points: float
    chance: float
    reasons: tuple[str, ...]


def worth_of(proposal: Propose, world: World, scenario: Scenario, tables: Tables, w: int = 0) -> list[ClauseWorth]:
    """Rows of the proposal's worth in one world of the batch: a clause and a party each, as the clauses stand.

    Raises
    ------
    PaxError
        If it names a place, kind, good, class, track or line that does not exist.
    """
    sender = scenario.place_axis.at(proposal.parties[0])
    offers = as_offers(proposal, scenario, sender, world.worlds)
    offers.open[:] = True
    sentences = [clause_words(clause, scenario) for clause in proposal.clauses]
    return _rows(offers, 0, sentences, stakes(world, scenario, tables), w)


def parties_of(rows: list[ClauseWorth], most: int = 4) -> list[PartyWorth]:
    """The rows added up by party, in the order in which parties are named first."""
    found = []
    named = dict.fromkeys(row.party for row in rows)
    whole = {party: sum(row.points for row in rows if row.party == party) for party in named}
    for party, points in whole.items():
        mine = [row for row in rows if row.party == party]
        other = max((gain for each, gain in whole.items() if each != party), default=0.0)
        ranked = sorted((term for row in mine for term in row.terms), key=lambda term: -abs(term.points))
        gains = max(points, 0.0) + max(other, 0.0)
        chance = float(worth.chance(np.array([points]), np.array([gains]))[0])
        found.append(PartyWorth(party, points, chance, tuple(term.text for term in ranked[:most])))
    return found


def why_offered(
    offers: Offers, row: int, world: World, scenario: Scenario, tables: Tables, w: int = 0
) -> list[PartyWorth]:
    """Why somebody made the offer in a row, and what the others make of it: the sender first."""
    sentences = [""] * offers.kind.shape[1]
    rows = _rows(offers.rows([row]), 0, sentences, stakes(world, scenario, tables), w)
    sender = scenario.place_axis.names[int(offers.sender[row])]
    return sorted(parties_of(rows), key=lambda party: party.party != sender)


def losses(
    offers: Offers, row: int, world: World, scenario: Scenario, tables: Tables, code: str, most: int = 2
) -> tuple[float, tuple[str, ...]]:
    """What the offer in a row is worth to a party, points, and its losses in words, the worst first."""
    clauses = _rows(offers.rows([row]), 0, [""] * offers.kind.shape[1], stakes(world, scenario, tables), 0)
    mine = [each for each in clauses if each.party == code]
    terms = sorted((term for each in mine for term in each.terms if term.points < 0.0), key=lambda term: term.points)
    return sum(each.points for each in mine), tuple(term.text for term in terms[:most])


def worth_left(
    world: World, scenario: Scenario, tables: Tables, slot: int, w: int = 0
) -> list[tuple[str, float, float]]:
    """For each party of the contract in a row of the table: its code, what the contract is worth to it until it ends,
    and what breaking it would cost; points. Who has less than nothing left, by more than that cost, does well to break
    it."""
    k, parties = stakes(world, scenario, tables), np.flatnonzero(world.contracts.party[slot, :, w])
    left = in_force_worths(k, np.array([slot]), np.array([w]))[0, parties]
    cost = breach_costs(k, np.full(len(parties), slot), parties, np.full(len(parties), w))
    codes = (scenario.place_axis.names[n] for n in parties.tolist())
    return list(zip(codes, left.tolist(), cost.tolist(), strict=True))


def summary(proposal: Propose, world: World, scenario: Scenario, tables: Tables) -> list[str]:
    """What the proposal is worth to each party, a line each: 'Japan: +0.8 points; short less often +0.6, ...'."""
    rows = worth_of(proposal, world, scenario, tables)
    return [
        f"{_place(scenario, p.party)}: {p.points:+.2f} points, would sign at {p.chance:.0%}; {'; '.join(p.reasons)}"
        for p in parties_of(rows)
    ]


def _place(s: Scenario, code: str) -> str:
    return in_sentence(s.texts.names[s.place_axis.at(code)])


def _rows(offers: Offers, row: int, sentences: list[str], k: Stakes, w: int) -> list[ClauseWorth]:
    names = k.scenario.place_axis.names
    found = []
    for i in np.flatnonzero(offers.kind[row, :, w] >= 0).tolist():
        at = tuple(np.array([n]) for n in (row, i, w))
        length = offers.quarters[row, [w]]
        cells = rows_of(offers, at, length, k.span(length))
        kind = int(offers.kind[row, i, w])
        verified = np.array([float(offers.verifier[row, w] >= 0)])
        terms = worth.terms(k, kind, cells, worth.faith(k, cells, offers.escrow[row, [w]], verified))
        for place, side in ((cells.givers, terms.giver), (cells.takers, terms.taker)):
            told = _ranked({name: float(value[0]) for name, value in side.items()})
            points = sum(term.points for term in told)
            found.append(ClauseWorth(i, CLAUSES.names[kind], sentences[i], names[int(place[0])], points, told))
    return [*found, *_trusted(offers, k, w)]


def _trusted(offers: Offers, k: Stakes, w: int) -> list[ClauseWorth]:
    """What it is worth to keep the contract, whatever is in it."""
    names, row, where = k.scenario.place_axis.names, np.zeros(1, dtype=np.int64), np.array([w])
    length = offers.quarters[row, where]
    _, mine = bonds(offers.sender[row], offers.party[row, :, where], length, k.span(length), where)
    gained: dict[str, float] = {}
    for places, points in zip((mine.givers, mine.takers), worth.bond(k, mine), strict=True):
        for place, value in zip(places.tolist(), points.tolist(), strict=True):
            gained[names[place]] = gained.get(names[place], 0.0) + value
    return [ClauseWorth(-1, "", TRUST, party, value, _ranked({"trust": value})) for party, value in gained.items()]


def _ranked(terms: dict[str, float]) -> tuple[Term, ...]:
    told = sorted(terms.items(), key=lambda item: -abs(item[1]))
    return tuple(Term(n, v, f"{TERM_WORDS[n][v < 0.0]} {v:+.2f}") for n, v in told if abs(v) >= SLIGHT)
