"""Forecasts know what their seat's view knows, compare the same luck, and are the same however they are played."""

from dataclasses import replace

import numpy as np
import pytest

from agents.futures import Futures, futures
from agents.model import ChipRace
from game.core.errors import PaxError
from game.core.orders import SovereignCompute
from game.core.schema import walk
from game.core.world import World, slice_worlds
from game.files.scenarios import bundled
from game.forecast import DANGERS, MEASURED, QUANTILES, WITH, WITHOUT, Fans, Forecast, imagined, with_and_without
from game.view import view
from tests.forecast.alike import hidden_otherwise, keep_estimates

SCENARIO = bundled("classroom")
JPN, CHN = SCENARIO.place_axis.at("JPN"), SCENARIO.place_axis.at("CHN")
BUY = with_and_without([SovereignCompute(2.0)])


@pytest.fixture(scope="module")
def world() -> World:
    race = ChipRace(SCENARIO, 2, rng=11)
    race.run(5)
    return race.world


@pytest.fixture
def known_estimates(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """Estimates of others stand as they are, whatever is really behind them."""
    keep_estimates(world, SCENARIO, JPN, monkeypatch)


def foretold(world: World, worlds: int = 8, quarters: int = 2, **more: object) -> Fans:
    one = slice_worlds(world, slice(0, 1))
    played = Forecast(view(one, SCENARIO, JPN), SCENARIO, JPN, futures(SCENARIO, "JPN"), BUY, worlds, quarters, **more)
    return played.run()


def same(one: Fans, other: Fans) -> bool:
    values = all(np.array_equal(one.values[course], other.values[course]) for course in one.values)
    return values and all(np.array_equal(one.struck[course], other.struck[course]) for course in one.struck)


@pytest.mark.usefixtures("known_estimates")
def test_what_is_hidden_from_a_seat_does_not_change_its_forecast(world):
    assert same(foretold(world), foretold(hidden_otherwise(world, SCENARIO, JPN)))


@pytest.mark.usefixtures("known_estimates")
def test_the_draws_that_the_game_will_make_do_not_change_a_forecast(world):
    assert same(foretold(world), foretold(replace(world, seed=world.seed + np.uint64(999))))


def test_an_omniscient_forecast_does_see_what_is_hidden(world):
    one, other = slice_worlds(world, slice(0, 1)), slice_worlds(hidden_otherwise(world, SCENARIO, JPN), slice(0, 1))
    fans = foretold(world, omniscient=one)
    assert fans.omniscient
    assert not same(fans, foretold(world, omniscient=other))


def test_possible_worlds_keep_what_the_seat_knows_and_draw_the_rest(world):
    seen = view(world, SCENARIO, JPN)
    drawn = imagined(seen, SCENARIO, JPN, range(6))
    assert drawn.worlds == 12
    assert (drawn.goods.stockpile[JPN] == np.repeat(world.goods.stockpile[JPN], 6, axis=-1)).all()
    assert (drawn.market.price == np.repeat(world.market.price, 6, axis=-1)).all()
    stock, truth = drawn.goods.stockpile[CHN], np.repeat(world.goods.stockpile[CHN], 6, axis=-1)
    held = truth > 0.0
    assert (stock[held] != truth[held]).all()
    assert (np.abs(stock[held] / truth[held] - 1.0) < 1.1).all()
    assert len(set(drawn.seed.tolist())) == 12
    assert not set(drawn.seed.tolist()) & set(world.seed.tolist())


def test_possible_worlds_of_one_game_are_the_same_beside_those_of_others(world):
    both = imagined(view(world, SCENARIO, JPN), SCENARIO, JPN, range(4))
    alone = imagined(view(slice_worlds(world, slice(1, 2)), SCENARIO, JPN), SCENARIO, JPN, range(2, 4))
    for (path, _, many), (_, _, few) in zip(walk(both), walk(alone), strict=True):
        assert np.array_equal(many[..., 6:8], few), path


def test_a_forecast_is_the_same_in_small_parts_as_in_large_ones(world):
    assert same(foretold(world, together=4), foretold(world, together=3))


def test_both_courses_of_a_pair_have_the_same_luck(world):
    one = slice_worlds(world, slice(0, 1))
    nothing = {WITHOUT: [()], WITH: [()]}
    fans = Forecast(view(one, SCENARIO, JPN), SCENARIO, JPN, futures(SCENARIO, "JPN"), nothing, 8, 3).run()
    assert np.array_equal(fans.values[WITH], fans.values[WITHOUT])


def test_slices_can_be_played_between_frames_and_tell_more_as_they_go(world):
    one = slice_worlds(world, slice(0, 1))
    played = Forecast(view(one, SCENARIO, JPN), SCENARIO, JPN, futures(SCENARIO, "JPN"), BUY, 16, 2, together=4)
    with pytest.raises(PaxError, match="no part"):
        played.result()
    pairs = [played.result().pairs for slice_ in played.slices() if slice_.pairs]
    assert pairs == [4, 4, 4, 4, 8]
    assert played.slices_in_all == 8


def test_fans_are_ordered_and_odds_only_grow(world):
    fans = foretold(world, worlds=32, quarters=3)
    assert fans.pairs == 16
    for name in MEASURED:
        fan = fans.fan(WITH, name)
        assert fan.shape == (3, len(QUANTILES))
        assert (np.diff(fan, axis=1) >= 0.0).all()
    for name in DANGERS:
        assert (np.diff(fans.odds(WITH, name)) >= 0.0).all()
    assert fans.mean_difference("treasury")[0] < -1.5


def test_a_forecast_ends_with_the_game_and_names_unknown_measures(world):
    one = view(slice_worlds(world, slice(0, 1)), SCENARIO, JPN)
    long = Forecast(one, SCENARIO, JPN, futures(SCENARIO, "JPN"), BUY, 2, 99)
    assert long.quarters == SCENARIO.quarters + SCENARIO.epilogue_quarters - one.quarter
    with pytest.raises(PaxError, match="did you mean 'treasury'"):
        Forecast(one, SCENARIO, JPN, futures(SCENARIO, "JPN"), BUY, 2, 2, measures=["tresury"])


def test_futures_without_talks_sign_nothing(world):
    one = slice_worlds(world, slice(0, 1))
    quiet, talking = Futures(SCENARIO, "JPN", talks=False), Futures(SCENARIO, "JPN")
    signed = [int(np.count_nonzero(play(one, None).contracts.status)) for play in (quiet, talking)]
    assert signed[0] <= signed[1]
