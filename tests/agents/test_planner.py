"""The planner knows what its seat knows, keeps to its budget, and decides each world as it would alone."""

from dataclasses import fields, replace
from itertools import pairwise

import numpy as np
import pytest

from agents.model import ChipRace
from agents.partly import Partly
from agents.rehearsal import Rehearsal, Styled
from agents.strategies import Counsel, find, strategies
from agents.strategies.planner import Budget, Planner
from agents.strategies.planner_styles import styles
from game.core.orders import Orders
from game.core.world import World, slice_worlds
from game.files.scenarios import bundled
from game.rules import score
from game.rules.desk import Desk
from game.view import view
from tests.forecast.alike import hidden_otherwise, keep_estimates

SCENARIO = bundled("classroom")
JPN = SCENARIO.place_axis.at("JPN")


class Quick(Planner):
    """A planner of a small budget."""

    budget = Budget(3, 2, 2)


@pytest.fixture(scope="module")
def world() -> World:
    race = ChipRace(SCENARIO, 3, rng=21)
    race.run(6)
    return race.world


def decided(world: World, planner: Planner | None = None) -> Orders:
    race = ChipRace(SCENARIO, 1, {})
    desk = Desk(race.book, world)
    (planner or Quick()).decide(Counsel(view(world, SCENARIO, JPN), desk, JPN))
    return desk.orders()


def arrays_of(orders: Orders) -> dict[str, np.ndarray | None]:
    found = {f.name: getattr(orders, f.name) for f in fields(Orders) if f.name != "moves"}
    moves = orders.moves
    return found if moves is None else {**found, **{f.name: getattr(moves, f.name) for f in fields(moves)}}


def differing(one: Orders, other: Orders, worlds: slice = slice(None)) -> list[str]:
    """Names of orders that are not the same; arrays that nobody wrote in may be left out."""
    left, right = arrays_of(one), arrays_of(other)
    found = []
    for name in left.keys() & right.keys():
        a, b = left[name], right[name]
        if a is not None and b is not None and not np.array_equal(a[..., worlds], b):
            found.append(name)
        if (a is None) != (b is None) and worlds == slice(None):
            found.append(name)
    return found


@pytest.fixture
def known_estimates(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """Estimates of others stand as they are, whatever is really behind them."""
    keep_estimates(world, SCENARIO, JPN, monkeypatch)


@pytest.mark.usefixtures("known_estimates")
def test_what_is_hidden_from_a_seat_does_not_change_the_orders_of_its_planner(world):
    assert differing(decided(world), decided(hidden_otherwise(world, SCENARIO, JPN))) == []


@pytest.mark.usefixtures("known_estimates")
def test_the_draws_that_the_game_will_make_do_not_change_the_orders_of_a_planner(world):
    assert differing(decided(world), decided(replace(world, seed=world.seed + np.uint64(77)))) == []


def test_a_planner_decides_a_world_in_a_batch_as_it_does_alone(world):
    together = decided(world)
    for w in range(world.worlds):
        alone = decided(slice_worlds(world, slice(w, w + 1)))
        assert differing(together, alone, slice(w, w + 1)) == []


def test_a_planner_keeps_nothing_from_quarter_to_quarter(world):
    used = Quick()
    decided(slice_worlds(world, slice(1, 2)), used)
    assert differing(decided(world, used), decided(world)) == []


def test_a_planner_takes_the_forward_steps_of_its_budget(world):
    planner = Quick()
    decided(world, planner)
    assert planner.steps == Quick.budget.steps * world.worlds


def test_each_planner_has_twice_the_budget_of_the_one_before():
    ladder = [find(name) for name in ("planner", "planner_2", "planner_4", "planner_8")]
    steps = [planner.budget.steps for planner in ladder if isinstance(planner, Planner)]
    assert [more / less for less, more in pairwise(steps)] == [2.0, 2.0, 2.0]
    assert {"planner", "planner_2", "planner_4", "planner_8"} <= set(strategies())


def test_a_rehearsal_reaches_at_most_to_the_end_of_the_game():
    race = ChipRace(SCENARIO, 1, rng=3)
    ahead = Rehearsal(SCENARIO, "JPN", styles())
    for quarters, played in ((0, 2), (SCENARIO.quarters + SCENARIO.epilogue_quarters - 1, 1)):
        now = replace(race.world, quarter=quarters)
        before = ahead.steps
        ahead.worths(view(now, SCENARIO, JPN), 1, 2, 1)
        assert ahead.steps - before == played


def test_the_worth_of_a_style_is_the_score_at_the_end_where_the_rehearsal_reaches_it():
    race = ChipRace(SCENARIO, 1, rng=3)
    race.run(SCENARIO.quarters + SCENARIO.epilogue_quarters - 3)
    ahead = Rehearsal(SCENARIO, "JPN", styles())
    worth = ahead.worths(view(race.world, SCENARIO, JPN), 1, 3, 1)
    race.run(3)
    assert worth[0, 0] == pytest.approx(score.game_score(race.world)[JPN, 0], abs=0.3)


def test_orders_of_a_style_are_given_in_its_worlds_alone(world):
    race = ChipRace(SCENARIO, 1, {})
    desk = Desk(race.book, world)
    counsel = Counsel(view(world, SCENARIO, JPN), desk, JPN)
    only = np.array([False, True, False])
    styles()[1].decide_together(Partly(counsel.alone, [styles()[1]], only))
    spent = desk.orders().money[JPN]
    assert spent[1] > 0.0
    assert (spent[~only] == 0.0).all()


def test_worlds_that_follow_different_styles_get_the_orders_of_each(world):
    race = ChipRace(SCENARIO, 1, {})
    mixed, pure = Styled(styles()), Styled(styles())
    mixed.chosen, pure.chosen = np.array([0, 1, 3]), np.array([1, 1, 1])
    orders = []
    for styled in (mixed, pure):
        desk = Desk(race.book, world)
        styled.decide(Counsel(view(world, SCENARIO, JPN), desk, JPN))
        orders.append(desk.orders())
    assert np.array_equal(orders[0].compute[..., 1], orders[1].compute[..., 1])
    assert not np.array_equal(orders[0].compute, orders[1].compute)


def test_a_planner_gains_on_steady():
    played = []
    for seats in ({}, {"CAN": "planner"}):
        race = ChipRace(SCENARIO, 2, seats, 5)
        race.run(8)
        played.append(score.game_score(race.world)[SCENARIO.place_axis.at("CAN")])
    assert (played[1] > played[0]).all()
