"""Plackett-Luce: the same strengths as choix, intervals that hold, and ties that favour nobody."""

import choix
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from game.tournament.ratings import ELO, PULL, Z95, Rankings, plackett_luce, rankings


def drawn(strengths: np.ndarray, games: int, seed: int) -> np.ndarray:
    """Orders of games drawn from the model: whoever has most of strength and Gumbel luck comes first."""
    luck = np.random.default_rng(seed).gumbel(size=(games, len(strengths)))
    return (-(strengths + luck)).argsort(axis=1)


def of_orders(order: np.ndarray) -> Rankings:
    return Rankings(order, np.ones(len(order)), np.arange(len(order)))


def by_choix(n: int, order: np.ndarray, pull: float) -> np.ndarray:
    """What choix finds, brought to its own optimum by two more Newton steps: it stops where the slope is about 1e-6."""
    orders = [tuple(row[row >= 0].tolist()) for row in order]
    found = choix.opt_rankings(n, orders, alpha=pull)
    goal = choix.opt.Top1Fcts.from_rankings(orders, pull)
    for _ in range(2):
        found = found - np.linalg.solve(goal.hessian(found), goal.gradient(found))
    return found - found.mean()


@given(seed=st.integers(0, 10_000), n=st.integers(2, 7), games=st.integers(5, 40))
@settings(max_examples=25)
def test_strengths_agree_with_choix(seed: int, n: int, games: int) -> None:
    order = drawn(np.linspace(0, 1.5, n), games, seed)
    ours = plackett_luce(of_orders(order), n, 0.01).strength / ELO
    assert ours == pytest.approx(by_choix(n, order, 0.01), abs=1e-8)


def test_strengths_of_games_with_some_of_the_strategies_agree_with_choix() -> None:
    order = drawn(np.array([0.0, 0.5, 1.0, -0.5, 0.2]), 200, 3)
    order[::2, 3:] = -1
    order[::5, 2:] = -1
    assert plackett_luce(of_orders(order), 5).strength / ELO == pytest.approx(by_choix(5, order, PULL), abs=1e-8)


def test_error_is_that_of_the_hessian_of_choix() -> None:
    order = drawn(np.array([0.0, 0.4, 1.0]), 300, 5)
    found = plackett_luce(of_orders(order), 3)
    bend = choix.opt.Top1Fcts.from_rankings([tuple(row) for row in order.tolist()], PULL).hessian(found.strength / ELO)
    centred = np.eye(3) - 1 / 3
    assert found.error / ELO == pytest.approx(np.sqrt(np.diag(centred @ np.linalg.inv(bend) @ centred)), rel=1e-6)


def test_intervals_hold_the_truth_as_often_as_they_say() -> None:
    strengths = np.array([-0.6, 0.0, 0.1, 0.5])
    held = []
    for seed in range(120):
        found = plackett_luce(of_orders(drawn(strengths, 120, seed)), 4)
        for error in (found.error, found.error_by_seed):
            held.append(np.abs(found.strength - ELO * strengths) < Z95 * error)
    hessian, by_seed = np.mean(held[::2]), np.mean(held[1::2])
    assert 0.92 < hessian < 0.98
    assert 0.91 < by_seed < 0.98


def test_error_by_seed_counts_games_that_share_their_luck_once() -> None:
    order = np.repeat(drawn(np.array([0.0, 0.5, 1.0]), 100, 1), 4, axis=0)
    alike = plackett_luce(Rankings(order, np.ones(400), np.repeat(np.arange(100), 4)), 3)
    once = plackett_luce(of_orders(order[::4]), 3)
    assert alike.error_by_seed == pytest.approx(once.error_by_seed, rel=0.01)
    assert alike.error == pytest.approx(once.error / 2, rel=0.01)


def test_who_won_every_game_has_a_finite_rating_and_a_wide_interval() -> None:
    found = plackett_luce(of_orders(np.tile([0, 1], (50, 1))), 2)
    assert np.isfinite(found.strength).all()
    assert found.strength[0] - Z95 * found.error[0] > 0
    assert found.error[0] > 100


@given(st.permutations(range(4)), st.integers(0, 1000))
def test_naming_strategies_in_another_order_changes_no_rating(order: list[int], seed: int) -> None:
    values = np.round(np.random.default_rng(seed).normal(size=(30, 4)))
    values[:, 2] += 1
    items, seeds = np.tile(np.arange(4), (30, 1)), np.arange(30)
    first = plackett_luce(rankings(items, values, seeds), 4)
    second = plackett_luce(rankings(np.array(order)[items], values, seeds), 4)
    assert second.strength[order] == pytest.approx(first.strength, abs=1e-6)


def test_a_tie_is_half_a_win_for_each() -> None:
    items = np.tile([0, 1], (4, 1))
    tied = plackett_luce(rankings(items, np.array([[1.0, 1.0]] * 4), np.arange(4)), 2)
    split = plackett_luce(rankings(items, np.array([[1.0, 0.0], [0.0, 1.0]] * 2), np.arange(4)), 2)
    assert tied.strength == pytest.approx([0, 0], abs=1e-9)
    assert tied.error == pytest.approx(split.error)


def test_ties_of_many_are_broken_evenly() -> None:
    found = rankings(np.array([[3, 1, 0, 2, 4, 5, -1]]), np.array([[1.0] * 6 + [np.nan]]), np.array([7]))
    assert found.weight.sum() == pytest.approx(1)
    for place in range(6):
        assert np.bincount(found.order[:, place]).tolist() == [len(found.order) // 6] * 6
    assert (found.order[:, 6] == -1).all()


def test_very_many_rankings_have_the_strengths_of_the_same_rankings_counted() -> None:
    order = drawn(np.array([0.0, 0.3, 0.9]), 25_000, 2)
    kinds, counts = np.unique(order, axis=0, return_counts=True)
    counted = Rankings(kinds, counts.astype(float), np.arange(len(kinds)))
    one, other = plackett_luce(of_orders(order), 3), plackett_luce(counted, 3)
    assert one.strength == pytest.approx(other.strength, abs=1e-6)
    assert one.error == pytest.approx(other.error, rel=1e-9)
