"""Chances of winning are calibrated on games whose odds are known, and what is read off them is right."""

import numpy as np
import pytest

from game.balance.drama import calibration_error, chances, drama_of, fit


def drawn(weight: float, games: int = 4000, seats: int = 4, seed: int = 1) -> tuple[np.ndarray, np.ndarray]:
    """Points of seats, and winners drawn by a logit of them."""
    rng = np.random.default_rng(seed)
    points = rng.normal(size=(1, seats, games))
    power = weight * (points[0] - points[0].mean(axis=0)) + rng.gumbel(size=(seats, games))
    return points, power.argmax(axis=0)


def test_weight_that_drew_the_winners_is_found_again() -> None:
    points, winner = drawn(1.5)
    features = (points[0] - points[0].mean(axis=0))[None]
    assert fit(features, winner) == pytest.approx([1.5], abs=0.1)


def test_chances_add_up_and_are_calibrated_on_games_they_were_not_fitted_on() -> None:
    points, winner = drawn(1.5)
    found = chances(points, winner)
    assert found.sum(axis=1) == pytest.approx(np.ones((1, 4000)))
    assert calibration_error(found, winner) < 0.02


def test_points_that_say_nothing_give_equal_chances() -> None:
    points, winner = drawn(0.0)
    assert np.abs(chances(points, winner) - 0.25).max() < 0.1


def test_calibration_error_of_a_boaster_is_large() -> None:
    points, winner = drawn(0.0, 1000)
    sure = np.zeros(points.shape)
    sure[0, 0] = 1.0
    assert calibration_error(sure, winner) > 0.3


def test_lead_changes_and_dead_time_are_counted() -> None:
    a = np.array([0.9, 0.2, 0.8, 0.95, 0.95])
    found = np.stack([a, 1.0 - a], axis=1)[:, :, None]
    read = drama_of(found, np.array([0]))
    assert read.lead_changes.tolist() == [2.0]
    assert read.dead_time.tolist() == [0.4]
    assert read.drama[0] == pytest.approx(0.6 / 5)


def test_lead_that_was_lost_again_is_not_dead_time() -> None:
    a = np.array([0.95, 0.95, 0.3, 0.4])
    read = drama_of(np.stack([a, 1.0 - a], axis=1)[:, :, None], np.array([1]))
    assert read.dead_time.tolist() == [0.0]


def test_open_game_is_wholly_uncertain() -> None:
    read = drama_of(np.full((3, 4, 2), 0.25), np.array([0, 1]))
    assert read.uncertainty == pytest.approx([1.0, 1.0])
    assert read.lead_changes.tolist() == [0.0, 0.0]
