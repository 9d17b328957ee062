"""The sequential test is wrong as seldom as it says, and stops early."""

import numpy as np
import pytest

from game.tournament.sprt import ALIKE, BETTER, LEAST, WORSE, Sprt

LOOK = 32


def played(share: float, seed: int, ties: float = 0.1, most: int = 20_000) -> Sprt:
    """A comparison in which A wins this share of the pairs, with some ties."""
    draws = np.random.default_rng(seed)
    test = Sprt(margin=0.08, error=0.05)
    while test.verdict is None and test.pairs < most:
        won = draws.random(LOOK) < (share - ties / 2) / (1 - ties)
        test.add(np.where(draws.random(LOOK) < ties, 0.5, won))
    return test


@pytest.mark.parametrize(("share", "right"), [(0.5, ALIKE), (0.58, BETTER), (0.42, WORSE)])
def test_wrong_answers_are_as_rare_as_promised(share: float, right: str) -> None:
    tests = [played(share, seed) for seed in range(300)]
    wrong = np.mean([test.verdict != right for test in tests])
    assert wrong <= 0.05 + 2 * (0.05 * 0.95 / 300) ** 0.5


def test_great_differences_are_found_in_few_games() -> None:
    assert played(0.9, 1).verdict == BETTER
    assert played(0.9, 1).pairs <= 2 * LOOK
    assert np.mean([played(0.65, seed).pairs for seed in range(50)]) < np.mean(
        [played(0.58, seed).pairs for seed in range(50)]
    )


def test_nothing_is_decided_on_a_handful_of_pairs() -> None:
    test = Sprt()
    test.add(np.ones(LEAST - 1))
    assert test.verdict is None
    test.add(np.ones(20))
    assert test.verdict == BETTER


def test_swapping_the_two_swaps_the_answer() -> None:
    one, other = Sprt(), Sprt()
    shares = np.random.default_rng(5).choice([0.0, 0.5, 1.0], 200, p=[0.3, 0.1, 0.6])
    one.add(shares)
    other.add(1 - shares)
    assert one.ratios == pytest.approx(other.ratios[::-1])
    assert (one.verdict, other.verdict) == (BETTER, WORSE)
    assert one.interval == pytest.approx(tuple(1 - end for end in other.interval[::-1]))


def test_pairs_that_are_all_ties_are_alike_and_no_division_fails() -> None:
    test = Sprt()
    test.add(np.full(500, 0.5))
    assert test.verdict == ALIKE
