"""Tables of seats played over many seeds, and what is noted of them by quarter. One seating, one batch."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass, field
from multiprocessing import get_context

import numpy as np
from numpy.typing import NDArray

from agents.model import ChipRace
from game.core.clauses import CLAUSES
from game.core.names import CLASSES, GATES, GOODS, LEVELS, MINERALS
from game.core.numeric import total
from game.core.scenario import Scenario
from game.core.world import World
from game.lab.order_mix import counted
from game.rules import bottleneck, controls, score
from game.rules.happened import happened
from game.rules.pacts import IN_FORCE
from game.rules.tables import Tables

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Tick = Callable[[int], None]
BAN, RESTRAIN, PEOPLE = LEVELS.at("ban"), CLAUSES.at("restrain"), CLASSES.at("people")
MINERAL_GATE = GATES.at("minerals")
#: Escalation at which its track ends.
TRACK_END = 5.0 - 1e-9


@dataclass(frozen=True, slots=True)
class Seating:
    """Who plays what, over which seeds: strategies by seat in order, first seed, games."""

    strategies: tuple[str, ...]
    seed: int
    games: int


@dataclass(slots=True)
class Table:
    """What a seating came to. S seats, B games, Q quarters.

    Parameters
    ----------
    scores : of whole games, epilogue and mandate counted. (S, B).
    mandates : position drawn. (S, B).
    open_scores : so far, without mandates, at the end of each quarter. (Q, S, B).
    gates : the world's gate, `bottleneck.NONE` where none. (Q, B).
    bars : the bloc's minerals and China's chips, 0-1. (Q, 2, B).
    spending : public money of the seats, USD bn. (Q, B).
    bans : active, by seat. (Q, S, B).
    banned, ended, exchanged : bans by owner, class and target that began, ended, ended against a promise. (Q, B).
    breaches, members, escalation : contracts broken, members of the race's bloc, the track. (Q, B).
    classes : quarters in which anybody held a control of each class. (classes, B).
    orders : of each kind, all seats, over the game. (B,) each.
    minerals : names of minerals that bound somebody.
    winners : codes of places at which a firm chose to build in a tender.
    """

    seating: Seating
    scores: Floats
    mandates: Ints
    open_scores: Floats
    gates: Ints
    bars: Floats
    spending: Floats
    bans: Floats
    banned: Floats
    ended: Floats
    exchanged: Floats
    breaches: Floats
    members: Floats
    escalation: Floats
    classes: Floats
    orders: dict[str, Floats]
    minerals: tuple[str, ...]
    winners: tuple[str, ...] = ()


@dataclass(slots=True)
class _Notes:
    """Lists by quarter while a table is played."""

    by_name: dict[str, list[Floats]] = field(default_factory=dict)
    orders: dict[str, Floats] = field(default_factory=dict)
    minerals: set[str] = field(default_factory=set)
    winners: set[str] = field(default_factory=set)
    classes: Floats | None = None

    def add(self, **values: Floats) -> None:
        for name, value in values.items():
            self.by_name.setdefault(name, []).append(np.array(value))

    def stacked(self, name: str) -> Floats:
        return np.stack(self.by_name[name])


def play_table(scenario: Scenario, seating: Seating, tick: Tick = lambda games: None) -> Table:
    """Play a seating to the end of the epilogue; `tick` is told its games when they are done."""
    seats = dict(zip(scenario.seats, seating.strategies, strict=True))
    race = ChipRace(scenario, seating.games, seats, seating.seed)
    rows, notes = list(scenario.places.seats), _Notes()
    blank = race.book.orders(seating.games)
    for _ in range(scenario.quarters):
        before = race.world
        race.talk()
        sealed = race.sealed_orders()
        for kind, number in counted(sealed, blank, race.world).items():
            notes.orders[kind] = notes.orders.get(kind, 0.0) + number
        race.advance(sealed)
        _note(notes, before, race)
    while not race.finished:
        race.step()
    tick(seating.games)
    return _table(seating, race.world, rows, notes)


def _table(seating: Seating, world: World, rows: list[int], notes: _Notes) -> Table:
    assert notes.classes is not None
    names = (
        "open_scores", "bars", "spending", "bans", "banned", "ended", "exchanged", "breaches", "members", "escalation",
    )  # fmt: skip
    return Table(
        seating=seating,
        scores=score.game_score(world)[rows],
        mandates=world.standing.mandate[rows].astype(np.int64),
        gates=notes.stacked("gates").astype(np.int64),
        classes=notes.classes,
        orders=notes.orders,
        minerals=tuple(sorted(notes.minerals)),
        winners=tuple(sorted(notes.winners)),
        **{name: notes.stacked(name) for name in names},
    )


def _note(notes: _Notes, before: World, race: ChipRace) -> None:
    """Note the end of a quarter."""
    world, s = race.world, race.scenario
    rows = list(s.places.seats)
    tables = race.book.tables
    held, was = own_controls(world, tables) == BAN, own_controls(before, tables) == BAN
    ended = was & ~held
    notes.add(
        open_scores=score.open_score(world)[rows],
        gates=bottleneck.world_gate(world).astype(np.float64),
        bars=np.stack([world.standing.mineral_independence, world.standing.chip_independence]),
        spending=total(world.state.spending[rows]),
        bans=controls.bans(world, tables)[rows],
        banned=(held & ~was).sum(axis=(0, 1, 2)).astype(np.float64),
        ended=ended.sum(axis=(0, 1, 2)).astype(np.float64),
        exchanged=_exchanged(world, ended),
        breaches=np.bincount(happened(before, world).broken.world, minlength=world.worlds).astype(np.float64),
        members=np.count_nonzero(world.relations.member[s.race.bloc] > 0, axis=0).astype(np.float64),
        escalation=np.where(
            world.relations.collapsed > before.relations.collapsed, TRACK_END, world.relations.escalation
        ),
    )
    used = np.asarray((own_controls(world, tables) > 0).any(axis=(0, 2)), dtype=np.float64)
    notes.classes = used if notes.classes is None else notes.classes + used
    notes.minerals |= _binding_minerals(world)
    notes.winners |= _winners(before, world, s)


def own_controls(world: World, t: Tables) -> NDArray[np.int8]:
    """Hardest level that an owner chose against the opening's, by owner, class and target. (N, classes, N, B)."""
    chosen = world.policy.chosen
    new = np.where(chosen != t.opening_level[..., None], chosen, 0)
    found = [new[:, goods].max(axis=1, initial=0) for goods in t.positions.classes]
    found += [np.zeros_like(found[0])] * (len(CLASSES) - len(found))
    found[PEOPLE] = np.where(world.policy.closed_people > 0, BAN, 0)
    return np.stack(found, axis=1).astype(np.int8)


def _exchanged(world: World, ended: NDArray[np.bool_]) -> Floats:
    """Bans that ended where a contract in force holds their owner to less against the target. (B,)."""
    count = np.zeros(world.worlds)
    clauses, in_force = world.clauses, world.contracts.status == IN_FORCE
    for owner, _, target, w in np.argwhere(ended):
        bound = (clauses.kind[..., w] == RESTRAIN) & in_force[:, None, w]
        count[w] += (bound & (clauses.giver[..., w] == owner) & (clauses.taker[..., w] == target)).any()
    return count


def _winners(before: World, after: World, s: Scenario) -> set[str]:
    """Places of lines that a firm began to build as their tender ended, in any world."""
    old, new = before.lines, after.lines
    won = (old.tender > 0) & (new.tender == 0) & (new.building > old.building)
    return {s.place_axis.names[int(s.lines.place[f])] for f in np.flatnonzero(won.any(axis=1))}


def _binding_minerals(world: World) -> set[str]:
    """Minerals of least cover at places whose gate is minerals."""
    held = bottleneck.binding(world) == MINERAL_GATE
    if not held.any():
        return set()
    rows = [GOODS.at(name) for name in MINERALS]
    goods = world.goods
    wanted = goods.wanted[:, rows]
    cover = (goods.inventory + goods.used)[:, rows] / np.maximum(wanted, 1e-9)
    least = np.where(wanted > 1e-9, cover, np.inf).argmin(axis=1)
    return {MINERALS[k] for k in np.unique(least[held])}


def play_tables(scenario: Scenario, seatings: Sequence[Seating], tick: Tick, workers: int = 1) -> Iterator[Table]:
    """Play seatings, in order; with more workers, side by side in processes of their own."""
    with ExitStack() as opened:
        if workers > 1 and len(seatings) > 1:
            pool = opened.enter_context(ProcessPoolExecutor(workers, get_context("spawn")))
            for table in pool.map(play_table, [scenario] * len(seatings), seatings):
                tick(table.seating.games)
                yield table
            return
        for seating in seatings:
            yield play_table(scenario, seating, tick)


def points_of(table: Table, par: Floats, sigma: Floats) -> Floats:
    """10 (score - par) / sigma of whole games, par by seat and mandate. (S, B).

    Parameters
    ----------
    par : (S, mandates + 1); the last column is of seats without one.
    sigma : (S,).
    """
    seats = np.arange(len(sigma))[:, None]
    return np.asarray(10.0 * (table.scores - par[seats, table.mandates]) / sigma[:, None])
