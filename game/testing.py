"""Builders and generators for tests of rules and strategies: worlds really played, with odd orders in them."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np
from numpy.typing import NDArray

from agents.model import ChipRace
from agents.strategies import Counsel
from game.conformance import Fault, check_strategy
from game.core.clauses import CLAUSE_KINDS, SUBJECT_AXES, ClauseKind
from game.core.diplomacy import (
    Audit,
    Bluff,
    Break,
    Campaign,
    Clause,
    Declare,
    Propose,
    SafetyStandard,
    Spy,
    Summit,
)
from game.core.moves import AIMS
from game.core.names import CHARTER, CLASSES, DIALS, GOODS, LEVELS, POWER_KINDS, TRACKS, USES
from game.core.orders import (
    BuildPower,
    ComputeSplit,
    Dial,
    EntityList,
    Equity,
    ExportControl,
    FastTrack,
    Flood,
    Law,
    Order,
    PriceFloor,
    RefuseImports,
    ResearchShare,
    SecondaryRule,
    SovereignCompute,
    Stock,
    Subsidise,
    Visa,
)
from game.core.rng import entity_keys, seeds, uniform
from game.core.scenario import Scenario
from game.core.world import World, replace
from game.rules import pacts
from game.rules.talks import as_offers

__all__ = [
    "Draws", "Erratic", "Fault", "any_clause", "any_order", "check_strategy", "erratic_race", "played", "same_world",
    "with_charter", "with_contract",
]  # fmt: skip


class Draws:
    """A stream of reproducible draws for generators, keyed by (seed, purpose)."""

    def __init__(self, seed: int, purpose: str) -> None:
        self._seed, self._purpose, self._count = seeds(seed, 1), purpose, 0

    def number(self) -> float:
        """In [0, 1)."""
        self._count += 1
        return float(uniform(self._seed, self._count, entity_keys("testing", [self._purpose]))[0, 0])

    def among(self, names: tuple[str, ...]) -> str:
        """One of the names."""
        return names[int(self.number() * len(names))]


def any_order(draws: Draws, scenario: Scenario, kind: int | None = None) -> Order:
    """An order of some kind, with names that exist and amounts within reason; it may be unlawful or too dear."""
    plants = (*scenario.lines.axis.names, *scenario.suppliers.axis.names)
    places = scenario.place_axis.names
    make: list[Callable[[], Order]] = [
        lambda: Subsidise(draws.among(plants), round(3 * draws.number(), 3)),
        lambda: Equity(draws.among(plants), round(draws.number(), 3)),
        lambda: FastTrack(draws.among(plants)),
        lambda: PriceFloor(draws.among(scenario.suppliers.axis.names)),
        lambda: BuildPower(draws.among(POWER_KINDS.names), round(2 * draws.number(), 2)),
        lambda: SovereignCompute(round(2 * draws.number(), 2)),
        lambda: Stock(draws.among(GOODS.names), round(20 * draws.number() - 5, 1)),
        lambda: Visa(round(draws.number(), 2)),
        lambda: ExportControl(
            draws.among(CLASSES.names[:4]), draws.among((*places, "all", "outsiders")), draws.among(LEVELS.names)
        ),
        lambda: RefuseImports(draws.among(CLASSES.names[:4]), draws.among(places), draws.number() < 0.7),
        lambda: SecondaryRule(draws.among(CLASSES.names[:4]), draws.number() < 0.7),
        lambda: EntityList(draws.among(scenario.lines.axis.names), draws.number() < 0.7),
        lambda: Flood(draws.among(GOODS.names), draws.number() < 0.7),
        lambda: Dial(draws.among(DIALS.names), round(draws.number(), 2)),
        lambda: ResearchShare(draws.among(TRACKS.names), round(draws.number(), 2)),
        lambda: ComputeSplit(draws.among(USES.names), round(draws.number(), 2)),
        lambda: Declare(
            draws.among(CLASSES.names), draws.among(places), 1 + int(6 * draws.number()), draws.number() < 0.5
        ),
        lambda: Declare(draws.among(CLASSES.names), draws.among(places), on=False),
        lambda: Spy(draws.among(places)),
        Audit,
        lambda: Campaign(draws.among(AIMS)),
        lambda: SafetyStandard(draws.number() < 0.7),
        lambda: Summit(draws.among(places)),
        lambda: Bluff(round(draws.number(), 2)),
        lambda: Break(1 + int(40 * draws.number())),
        lambda: Law(round(0.3 * draws.number(), 3), draws.among(plants) if draws.number() < 0.5 else None),
    ]
    chosen = int(draws.number() * len(make)) if kind is None else kind % len(make)
    return make[chosen]()


def any_clause(draws: Draws, scenario: Scenario, kind: int | None = None) -> Clause:
    """A clause of some kind between two seats, with names that exist and amounts within its kind's range."""
    chosen = CLAUSE_KINDS[(int(draws.number() * len(CLAUSE_KINDS)) if kind is None else kind) % len(CLAUSE_KINDS)]
    giver, taker, target = draws.among(scenario.seats), draws.among(scenario.seats), draws.among(scenario.seats)
    while taker == giver:
        taker = draws.among(scenario.seats)
    while target in (giver, taker):
        target = draws.among(scenario.seats)
    return Clause(
        chosen.name, giver, taker, _any_subject(draws, scenario, chosen), target if chosen.target else None,
        _within(draws, chosen.quantity), _within(draws, chosen.price),
    )  # fmt: skip


def _any_subject(draws: Draws, scenario: Scenario, kind: ClauseKind) -> str | None:
    if kind.subject == "none":
        return None
    return draws.among(scenario.lines.axis.names if kind.subject == "line" else SUBJECT_AXES[kind.subject].names)


def _within(draws: Draws, limits: tuple[str, float, float] | None) -> float:
    """An amount that a kind allows, small ones more often: the square of a uniform number, at most 50."""
    if limits is None:
        return 0.0
    drawn = draws.number()
    return round(limits[1] + drawn * drawn * (min(limits[2], 50.0) - limits[1]), 6)


def with_contract(
    world: World, scenario: Scenario, *clauses: Clause, quarters: int = 16, escrow: float = 0.0,
    snap_back: bool = False, verifier: str | None = None, where: NDArray[np.bool_] | None = None,
) -> World:  # fmt: skip
    """The world with a contract of these clauses in force, in every world of the batch or only `where`.

    It is signed as talks would sign it, but without asking the law or the parties, and nobody pays political capital:
    a test may promise what a giver could not deliver. Escrow and payments at signature change hands.
    """
    parties = tuple(dict.fromkeys(name for c in clauses for name in (c.giver, c.taker)))
    proposal = Propose(
        parties=parties, clauses=clauses, quarters=quarters, escrow=escrow, snap_back=snap_back, verifier=verifier
    )
    offers = as_offers(proposal, scenario, scenario.place_axis.at(parties[0]), world.worlds)
    offers.open[:] = True if where is None else where
    signed, full = pacts.signed(world, scenario, offers, offers.open)
    if full.any():
        raise ValueError("the table of contracts is full")
    return replace(signed, state=replace(signed.state, capital=world.state.capital))


def with_charter(world: World, scenario: Scenario, bloc: str, **terms: float) -> World:
    """The world in which the charter of a bloc holds these terms at these strengths, and no others."""
    x = [known[0] for known in scenario.blocs].index(bloc)
    charter = world.blocs.charter.copy()
    charter[x] = 0.0
    for term, strength in terms.items():
        charter[x, CHARTER.at(term)] = strength
    return replace(world, blocs=replace(world.blocs, charter=charter))


class Erratic:
    """A strategy that gives orders of every kind by chance: for tests that want worlds in odd states.

    Parameters
    ----------
    seed : of its whims.
    tries : orders tried a quarter.
    """

    name = "erratic"
    motto = "Anything, by chance."

    def __init__(self, seed: int, tries: int = 4) -> None:
        self._draws, self._tries = Draws(seed, "erratic"), tries

    def decide(self, counsel: Counsel) -> None:
        """Try some orders."""
        for _ in range(self._tries):
            counsel.give(any_order(self._draws, counsel.scenario))


def erratic_race(scenario: Scenario, seed: int, worlds: int = 1) -> ChipRace:
    """A race in which every seat is erratic."""
    seats = {code: Erratic(seed * 100 + i) for i, code in enumerate(scenario.seats)}
    return ChipRace(scenario, worlds, dict(seats), seed)


def played(scenario: Scenario, seed: int, quarters: int, worlds: int = 1) -> Iterator[tuple[World, World]]:
    """(world before, world after) of each quarter of an erratic race."""
    race = erratic_race(scenario, seed, worlds)
    for _ in range(quarters):
        before = race.world
        race.step()
        yield before, race.world


def same_world(a: World, b: World, tolerance: float = 0.0) -> list[str]:
    """Paths of arrays in which two worlds differ by more than a relative tolerance."""
    from game.core.schema import walk

    differing = []
    for (path, _, left), (_, _, right) in zip(walk(a), walk(b), strict=True):
        scale = np.maximum(np.abs(left.astype(np.float64)), 1.0)
        if (np.abs(left.astype(np.float64) - right) > tolerance * scale).any():
            differing.append(path)
    return differing
