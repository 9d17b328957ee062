"""Estimators give the answers that are known for data made on purpose."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from game.balance.estimators import (
    components,
    effective_number,
    exploited,
    gini,
    gini_floor,
    max_entropy_nash,
    rank_correlation,
    spread_between,
    transitivity,
    wilson,
)

RPS = np.array([[0.0, -1.0, 1.0], [1.0, 0.0, -1.0], [-1.0, 1.0, 0.0]])


def ladder(n: int) -> np.ndarray:
    rating = np.arange(n, dtype=np.float64)
    return rating[:, None] - rating[None, :]


def test_rock_paper_scissors_mixes_all_three_equally() -> None:
    assert max_entropy_nash(RPS) == pytest.approx([1 / 3] * 3, abs=1e-3)
    assert transitivity(RPS) == pytest.approx(0.0)


def test_top_of_a_ladder_takes_all() -> None:
    share = max_entropy_nash(ladder(4))
    assert share[-1] > 0.97
    assert transitivity(ladder(4)) == pytest.approx(1.0)


def test_copies_share_what_one_had() -> None:
    doubled = np.array([[RPS[i, j] for j in (0, 0, 1, 2)] for i in (0, 0, 1, 2)])
    assert max_entropy_nash(doubled) == pytest.approx([1 / 6, 1 / 6, 1 / 3, 1 / 3], abs=0.02)


def test_strategy_that_loses_to_all_is_not_played() -> None:
    payoff = np.zeros((4, 4))
    payoff[:3, :3] = RPS
    payoff[3, :3], payoff[:3, 3] = -1.0, 1.0
    share = max_entropy_nash(payoff)
    assert share[3] < 0.01
    assert share[:3] == pytest.approx([1 / 3] * 3, abs=0.01)


def test_uneven_cycle_has_the_textbook_mixture() -> None:
    a, b, c = 3.0, 2.0, 1.0
    payoff = np.array([[0.0, -a, b], [a, 0.0, -c], [-b, c, 0.0]])
    assert max_entropy_nash(payoff) == pytest.approx(np.array([c, b, a]) / 6.0, abs=0.01)


def test_equal_strategies_are_mixed_equally() -> None:
    assert max_entropy_nash(np.zeros((5, 5))) == pytest.approx([0.2] * 5)


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 10_000), st.integers(2, 9))
def test_mixture_loses_to_nothing(seed: int, n: int) -> None:
    drawn = np.random.default_rng(seed).normal(size=(n, n))
    payoff = drawn - drawn.T
    share = max_entropy_nash(payoff)
    assert share.sum() == pytest.approx(1.0)
    assert exploited(payoff, share) <= 0.02 * np.abs(payoff).max()


@pytest.mark.parametrize(("skill", "luck", "noise"), [(3.0, 0.5, 0.9), (1.0, 0.3, 0.9), (0.5, 0.2, 0.9)])
def test_parts_of_variance_are_found_again(skill: float, luck: float, noise: float) -> None:
    rng, policies, seeds = np.random.default_rng(4), 60, 400
    outcome = (
        rng.normal(0, skill, (policies, 1)) + rng.normal(0, luck, (1, seeds)) + rng.normal(0, noise, (policies, seeds))
    )
    whole = skill**2 + luck**2 + noise**2
    found = components(outcome)
    assert found.policy == pytest.approx(skill**2 / whole, abs=0.09)
    assert found.seed == pytest.approx(luck**2 / whole, abs=0.03)
    assert found.policy + found.seed + found.rest == pytest.approx(1.0)


def test_noise_alone_has_no_skill() -> None:
    found = components(np.random.default_rng(2).normal(size=(10, 300)))
    assert found.policy < 0.03


def test_gini_of_the_published_sample_is_found_again() -> None:
    diplomacy = np.array([15.0, 13.0, 15.0, 9.0, 6.0, 21.0, 10.0])
    assert gini(diplomacy) == pytest.approx(0.20, abs=0.005)
    assert gini(np.ones(7)) == pytest.approx(0.0)


def test_chance_floor_of_gini_is_the_simulated_one() -> None:
    mean, high = gini_floor(7, 420, 4000)
    assert mean == pytest.approx(0.063, abs=0.003)
    assert high == pytest.approx(0.092, abs=0.004)


def test_spread_between_groups_takes_noise_off() -> None:
    rng = np.random.default_rng(3)
    means = np.array([-2.0, -1.0, 0.0, 1.0, 2.0])
    seen, error = spread_between(means[:, None] + rng.normal(0, 3.0, (5, 400)))
    assert seen == pytest.approx(np.std(means, ddof=1), abs=0.3)
    assert error == pytest.approx(3.0 / 20.0, rel=0.15)
    nothing, noise = spread_between(rng.normal(0, 3.0, (5, 400)) + rng.normal(0, 9.0, (1, 400)))
    assert nothing < 3 * noise


def test_wilson_interval_holds_the_share() -> None:
    low, high = wilson(60, 100)
    assert (low, high) == pytest.approx((0.502, 0.691), abs=0.002)
    assert wilson(0, 10)[0] == pytest.approx(0.0, abs=1e-12)


def test_effective_number_counts_equal_kinds() -> None:
    assert effective_number(np.array([5.0, 5.0, 5.0, 0.0])) == pytest.approx(3.0)
    assert effective_number(np.array([9.0, 0.0])) == pytest.approx(1.0)


def test_rank_correlation_of_an_order_and_its_reverse() -> None:
    values = np.array([[1.0, 1.0], [2.0, 2.0], [3.0, 3.0]])
    other = np.array([[10.0, 3.0], [20.0, 2.0], [30.0, 1.0]])
    assert rank_correlation(values, other) == pytest.approx([1.0, -1.0])
