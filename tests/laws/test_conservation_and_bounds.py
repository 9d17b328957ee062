"""Laws of every quarter of every game, over worlds that seats with odd ideas have played."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from game.core.names import GOODS
from game.core.schema import walk
from game.files.scenarios import bundled
from game.rules.book import DECIDE, RESOLVE, RuleBook, idle_firms
from game.rules.desk import Desk
from game.rules.turn import Turn
from game.testing import Draws, any_order, erratic_race, played

SCENARIO = bundled("pax_silica_2026")
FEW = settings(max_examples=6, deadline=None)


def shipped(world):
    out = np.zeros_like(world.goods.made)
    for e, (place, good) in enumerate(zip(SCENARIO.sellers.place, SCENARIO.sellers.good, strict=True)):
        out[place, good] += np.add.reduce(world.trade.flow[e], axis=0)
    return out


@FEW
@given(seed=st.integers(0, 10_000))
def test_what_is_made_used_shipped_stocked_and_lost_adds_up(seed):
    for before, after in played(SCENARIO, seed, 5):
        had = before.goods.inventory + before.goods.stockpile
        has = after.goods.inventory + after.goods.stockpile
        g = after.goods
        expected = had + g.made + after.trade.received + g.relief - shipped(after) - g.used - g.lost
        scale = np.maximum(np.abs(expected), 1.0)
        worst = np.abs(has - expected) / scale
        place, good, _ = np.unravel_index(worst.argmax(), worst.shape)
        assert worst.max() < 1e-9, (SCENARIO.place_axis.names[place], GOODS.names[good], worst.max())


@FEW
@given(seed=st.integers(0, 10_000))
def test_every_quantity_stays_within_its_declared_bounds(seed):
    for _, world in played(SCENARIO, seed, 6, worlds=2):
        for path, q, array in walk(world):
            assert np.isfinite(array.astype(float)).all(), path
            assert (array >= q.low - 1e-9).all(), (path, float(array.min()), q.low)
            assert (array <= q.high + 1e-9).all(), (path, float(array.max()), q.high)


def test_bounds_hold_after_every_phase():
    book = RuleBook(SCENARIO)
    race = erratic_race(SCENARIO, 5)
    race.run(4)
    desk = Desk(book, race.world)
    draws = Draws(5, "phases")
    for seat in SCENARIO.places.seats:
        for _ in range(4):
            desk.give(seat, any_order(draws, SCENARIO))
    world = race.world
    turn = Turn(SCENARIO, book.tables, desk.orders(), idle_firms(world))
    for phase in (*DECIDE, *RESOLVE):
        world = phase(world, turn)
        for path, q, array in walk(world):
            assert np.isfinite(array.astype(float)).all(), (phase.__name__, path)
            assert (array >= q.low - 1e-9).all(), (phase.__name__, path, float(array.min()))
            assert (array <= q.high + 1e-9).all(), (phase.__name__, path, float(array.max()))


def test_no_phase_writes_into_the_world_it_was_given():
    book = RuleBook(SCENARIO)
    race = erratic_race(SCENARIO, 9)
    race.run(2)
    before = {path: array.copy() for path, _, array in walk(race.world)}
    desk = Desk(book, race.world)
    world = book.decided(race.world, desk.orders())
    book.resolved(world, desk.orders(), idle_firms(world))
    for path, _, array in walk(race.world):
        assert (array == before[path]).all(), path


def test_arrays_of_a_finished_quarter_are_read_only():
    race = erratic_race(SCENARIO, 3)
    race.step()
    with pytest.raises(ValueError, match="read-only"):
        race.world.market.price[0, 0, 0] = 2.0


@FEW
@given(seed=st.integers(0, 10_000), kind=st.integers(0, 15))
def test_a_refused_order_changes_nothing(seed, kind):
    race = erratic_race(SCENARIO, seed % 3)
    draws = Draws(seed, "refused")
    desk = Desk(race.book, race.world)
    for seat in SCENARIO.places.seats:
        money, capital = desk.money_left.copy(), desk.capital_left.copy()
        given_ = desk.give(seat, any_order(draws, SCENARIO, kind))
        if given_.accepted:
            continue
        assert given_.reason
        assert "{" not in given_.reason
        assert (desk.money_left == money).all()
        assert (desk.capital_left == capital).all()


def test_seats_that_order_nothing_leave_the_world_as_holding_does():
    from agents.model import ChipRace

    silent = ChipRace(SCENARIO, seats=dict.fromkeys(SCENARIO.seats, None), rng=4)
    holding = ChipRace(SCENARIO, seats=dict.fromkeys(SCENARIO.seats, "hold"), rng=4)
    for race in (silent, holding):
        race.run(3)
    assert silent.hashes() == holding.hashes()
