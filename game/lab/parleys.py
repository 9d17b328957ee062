"""Games in which everything said and signed is noted, and in which one contract or one breach a world can be barred.

A game with something barred is the same game up to then: what the contract or the breach brought is what parts the two.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from agents.model import ChipRace
from game.core.diplomacy import ROUNDS
from game.core.names import MOTIONS, OUTCOMES
from game.core.orders import UNCHANGED, Orders
from game.core.scenario import Scenario
from game.lab.order_mix import counted
from game.lab.plan import Plan, checked_quarters, checked_seats
from game.ledger import Ledger
from game.rules.blocs import NEVER
from game.rules.offers import Offers
from game.rules.talks import Talks
from game.rules.worth_offers import nets
from game.rules.worth_stakes import stakes

Floats = NDArray[np.float64]
ASKED = tuple(MOTIONS.at(act) for act in ("admit", "invite"))
FAILED = OUTCOMES.at("failed")


@dataclass(frozen=True, slots=True)
class Deal:
    """A contract that was signed in play.

    Parameters
    ----------
    quarter, until : first and last quarter in force, counted from the scenario's first.
    sender, parties : positions of places, the sender among the parties.
    kinds : kinds of its clauses, by position, in order.
    points : what it was worth to each party when it was signed, by the valuation.
    """

    world: int
    quarter: int
    until: int
    sender: int
    parties: tuple[int, ...]
    kinds: tuple[int, ...]
    points: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Breach:
    """A contract broken in play: by whom, in which quarter, and whether the rules tell against what."""

    world: int
    quarter: int
    breaker: int
    told: bool


#: What does not happen in a world: a deal is not made while it would have run, a breach not in its quarter.
Bars = Mapping[int, Deal | Breach]


@dataclass(slots=True)
class Parleys:
    """What a batch of games came to; lists by quarter, arrays over worlds."""

    ledger: Ledger
    deals: list[Deal] = field(default_factory=list)
    breaches: list[Breach] = field(default_factory=list)
    proposals: list[Floats] = field(default_factory=list)
    orders: dict[str, Floats] = field(default_factory=dict)
    score_sums: list[Floats] = field(default_factory=list)
    """(N, B) after each quarter"""
    members: list[Floats] = field(default_factory=list)
    """of the race's bloc, (B,)"""
    strained: NDArray[np.bool_] | None = None
    """(B,) accession was refused, or a member left"""
    granted: Floats | float = 0.0
    """political capital given out to seats, (B,)"""
    lapsed: Floats | float = 0.0
    """and of it what lay above the bank and was lost"""
    charter: list[Floats] = field(default_factory=list)
    """(H, B) of the race's bloc"""
    given: list[Floats] = field(default_factory=list)
    """(B,) USD bn in the joint stock's slow sums"""


def play(scenario: Scenario, plan: Plan, tick: Callable[[int], None], bars: Bars | None = None) -> Parleys:
    """Play a batch of games and note what is said, signed and broken; `tick` is told the quarters."""
    race = ChipRace(scenario, plan.worlds, checked_seats(scenario, plan.seats), plan.seed)
    found = Parleys(Ledger(scenario, race.world))
    found.strained = np.zeros(plan.worlds, dtype=bool)
    count, bars = checked_quarters(scenario, plan.quarters), bars or {}
    blank = race.book.orders(plan.worlds)
    for _ in range(count):
        before = race.world
        found.proposals.append(_talk(race, found, bars))
        orders = race.sealed_orders()
        for kind, number in counted(orders, blank, race.world).items():
            found.orders[kind] = found.orders.get(kind, 0.0) + number
        _calm(orders, race.world.quarter, bars)
        capital = race.world.state.capital - orders.capital
        race.advance(orders)
        found.ledger.note(before, race.world)
        _note(found, race, capital)
        tick(1)
    while count == scenario.quarters and not race.finished:
        race.step()
        found.score_sums.append(np.array(race.world.standing.score_sum))
    _breaches(found, scenario)
    return found


def _talk(race: ChipRace, found: Parleys, bars: Bars) -> Floats:
    """Play the talks of a quarter; how many proposals were made, (B,)."""
    made = np.zeros(race.world.worlds)
    for _ in range(ROUNDS):
        talks = race.open_round()
        _bar(talks, race.world.quarter, bars)
        made += np.count_nonzero(talks.offers.open, axis=0)
        race.close_round()
        found.deals += _signed(talks)
    return made


def _signed(talks: Talks) -> list[Deal]:
    agreed = talks.agreed & ~talks.full
    rows = np.flatnonzero(agreed.any(axis=1))
    if not len(rows):
        return []
    worth = nets(stakes(talks.world, talks.book.scenario, talks.book.tables), talks.offers, rows)
    return [
        _deal(talks.offers, int(rows[i]), int(w), talks.world.quarter, worth[i, :, w])
        for i, w in zip(*np.nonzero(agreed[rows]), strict=True)
    ]


def _deal(offers: Offers, row: int, w: int, quarter: int, points: Floats) -> Deal:
    parties = tuple(np.flatnonzero(offers.party[row, :, w]).tolist())
    until = quarter + int(offers.quarters[row, w]) - 1
    worth = tuple(float(points[n]) for n in parties)
    return Deal(w, quarter, until, int(offers.sender[row]), parties, _kinds(offers, row, w), worth)


def _kinds(offers: Offers, row: int, w: int) -> tuple[int, ...]:
    return tuple(k for k in offers.kind[row, :, w].tolist() if k >= 0)


def _bar(talks: Talks, quarter: int, bars: Bars) -> None:
    """Take back offers of the same sender to the same parties, of the same kinds, while a barred deal would run."""
    offers = talks.offers
    for w, deal in bars.items():
        if not isinstance(deal, Deal) or not deal.quarter <= quarter <= deal.until:
            continue
        for row in np.flatnonzero((offers.sender == deal.sender) & offers.open[:, w]).tolist():
            parties = tuple(np.flatnonzero(offers.party[row, :, w]).tolist())
            if parties == deal.parties and _kinds(offers, row, w) == deal.kinds:
                offers.open[row, w] = False


def _calm(orders: Orders, quarter: int, bars: Bars) -> None:
    """Take out of the orders what would break a contract: notices and controls of the seat in the barred quarter."""
    for w, breach in bars.items():
        if isinstance(breach, Breach) and breach.quarter == quarter:
            if orders.moves is not None:
                orders.moves.breaks[:, breach.breaker, w] = False
            if orders.level is not None:
                orders.level[breach.breaker, :, :, w] = UNCHANGED


def _note(found: Parleys, race: ChipRace, capital: Floats) -> None:
    """Note the end of a quarter; `capital` is what seats had left of theirs, (N, B)."""
    world, s = race.world, race.scenario
    bloc, seats, p = s.race.bloc, list(s.places.seats), s.parameters.state
    found.score_sums.append(np.array(world.standing.score_sum))
    found.members.append(np.count_nonzero(world.relations.member[bloc] > 0, axis=0).astype(np.float64))
    found.charter.append(np.array(world.blocs.charter[bloc]))
    found.given.append(np.array(world.blocs.given[bloc].sum(axis=0)))
    given = p.capital + (world.state.approval[seats] > p.approval_bonus)
    found.granted = found.granted + given.sum(axis=0)
    found.lapsed = found.lapsed + np.maximum(capital[seats] + given - p.capital_bank, 0.0).sum(axis=0)
    motions, left = world.motions, world.blocs.left[bloc]
    refused = np.isin(motions.act, ASKED) & (motions.bloc == bloc) & (motions.outcome == FAILED)
    found.strained = found.strained | refused.any(axis=0) | (left < NEVER).any(axis=0)


def _breaches(found: Parleys, s: Scenario) -> None:
    for entry in found.ledger.entries:
        if entry.status == "broken" and entry.breaker is not None and entry.ended is not None:
            at = s.place_axis.at(entry.breaker)
            found.breaches.append(Breach(entry.world, entry.ended, at, entry.reason is not None))
