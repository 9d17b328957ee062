"""Laws that hold with any contracts in force: mass, money, bounds, and the same bits alone as in a batch."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from game.core.clauses import CLAUSE_KINDS, CLAUSES
from game.core.schema import walk
from game.core.world import World, replace, slice_worlds, state_hash
from game.files.scenarios import bundled
from game.rules.book import RuleBook, idle_firms
from game.testing import Draws, any_clause, erratic_race, same_world, with_charter, with_contract

SCENARIO = bundled("pax_silica_2026")
BOOK = RuleBook(SCENARIO)
FEW = settings(max_examples=5, deadline=None)
GOODS_KINDS = [CLAUSES.at(k) for k in ("supply", "priority", "stockpile", "procurement", "no_reexport", "match_fee")]


def bound_world(seed: int, worlds: int, kinds: list[int]) -> World:
    """A world that erratic seats have played, with a contract of each kind and a charter by chance."""
    race = erratic_race(SCENARIO, seed, worlds)
    race.run(2)
    draws, world = Draws(seed, "contracts"), race.world
    for kind in kinds:
        world = with_contract(world, SCENARIO, any_clause(draws, SCENARIO, kind), quarters=20)
    return with_charter(
        world, SCENARIO, "pax_silica", priority=draws.number(), stockpile=draws.number(), solidarity=draws.number(),
        no_reexport=draws.number(),
    )  # fmt: skip


def next_quarter(world: World) -> World:
    orders = BOOK.orders(world.worlds)
    return BOOK.resolved(BOOK.decided(world, orders), orders, idle_firms(world))


def shipped(world: World) -> np.ndarray:
    out = np.zeros_like(world.goods.made)
    for e, (place, good) in enumerate(zip(SCENARIO.sellers.place, SCENARIO.sellers.good, strict=True)):
        out[place, good] += np.add.reduce(world.trade.flow[e], axis=0)
    return out


@FEW
@given(seed=st.integers(0, 10_000))
def test_mass_is_kept_with_contracts_about_goods(seed: int) -> None:
    before = bound_world(seed, 2, GOODS_KINDS * 3)
    for _ in range(3):
        after = next_quarter(before)
        g = after.goods
        had, has = (w.goods.inventory + w.goods.stockpile for w in (before, after))
        expected = had + g.made + after.trade.received + g.relief - shipped(after) - g.used - g.lost
        assert (np.abs(has - expected) <= 1e-9 * np.maximum(np.abs(expected), 1.0)).all()
        pooled = (after.blocs.stock - before.blocs.stock).sum(axis=0)
        assert np.abs(g.relief.sum(axis=0) + pooled).max() <= 1e-6
        assert np.abs(after.trade.settled.sum(axis=0)).max() <= 1e-9
        received = np.zeros_like(g.made).swapaxes(0, 1).copy()
        np.add.at(received, SCENARIO.sellers.good, after.trade.flow)
        assert np.abs(received.swapaxes(0, 1) - after.trade.received).max() <= 1e-6
        assert (after.trade.leaked <= after.trade.flow + 1e-9).all()
        before = after


@FEW
@given(seed=st.integers(0, 10_000))
def test_quantities_stay_within_bounds_with_a_contract_of_every_kind(seed: int) -> None:
    world = bound_world(seed, 2, list(range(len(CLAUSE_KINDS))))
    for _ in range(3):
        world = next_quarter(world)
        for path, q, array in walk(world):
            assert np.isfinite(array.astype(float)).all(), path
            assert (array >= q.low - 1e-9).all(), (path, float(array.min()), q.low)
            assert (array <= q.high + 1e-9).all(), (path, float(array.max()), q.high)


@FEW
@given(seed=st.integers(0, 10_000))
def test_worlds_with_contracts_play_the_same_alone_as_in_a_batch(seed: int) -> None:
    batch = bound_world(seed, 3, GOODS_KINDS)
    draws = Draws(seed, "somewhere")
    for kind in (*GOODS_KINDS, *range(len(CLAUSE_KINDS))):
        where = np.array([draws.number() < 0.3 for _ in range(3)])
        batch = with_contract(batch, SCENARIO, any_clause(draws, SCENARIO, kind), where=where)
    play_the_same(batch)


@FEW
@given(seed=st.integers(0, 10_000))
def test_a_world_without_contracts_does_not_feel_those_of_its_neighbours(seed: int) -> None:
    race = erratic_race(SCENARIO, seed, 3)
    race.run(2)
    bare = replace(
        race.world,
        contracts=replace(race.world.contracts, status=np.zeros_like(race.world.contracts.status)),
        blocs=replace(race.world.blocs, charter=np.zeros_like(race.world.blocs.charter)),
    )
    draws = Draws(seed, "neighbours")
    for kind in range(len(CLAUSE_KINDS)):
        bare = with_contract(bare, SCENARIO, any_clause(draws, SCENARIO, kind), where=np.array([True, False, True]))
    charter = bare.blocs.charter.copy()
    charter[0, :, 0] = 0.5
    play_the_same(replace(bare, blocs=replace(bare.blocs, charter=charter)))


def play_the_same(batch: World) -> None:
    """The middle world alone and among its neighbours."""
    alone = slice_worlds(batch, slice(1, 2))
    for _ in range(2):
        batch, alone = next_quarter(batch), next_quarter(alone)
        assert same_world(slice_worlds(batch, slice(1, 2)), alone) == []
    assert state_hash(batch, 1) == state_hash(alone, 0)
