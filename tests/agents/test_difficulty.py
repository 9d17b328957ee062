"""Levels of difficulty are made of strategies that anybody may choose, and none sees more than a person would."""

import pytest

from agents.difficulty import DIFFICULTIES, SUITED, rivals
from agents.model import ChipRace
from agents.strategies import strategies
from game.core.errors import PaxError
from game.files.scenarios import bundled
from game.rules import score

SCENARIO = bundled("classroom")


def test_there_are_four_levels_and_each_says_what_it_does_and_sees() -> None:
    assert list(DIFFICULTIES) == ["learning", "fair", "hard", "expert"]
    for level in DIFFICULTIES.values():
        assert len(level.does) > 60
        assert "Never your orders" in level.sees


@pytest.mark.parametrize("name", ["learning", "fair", "hard", "expert"])
def test_a_level_seats_every_rival_with_an_installed_strategy(name: str) -> None:
    chosen = rivals(name, SCENARIO, people=("JPN",))
    assert set(chosen) == set(SCENARIO.seats) - {"JPN"}
    assert set(chosen.values()) <= set(strategies())


def test_levels_differ_in_who_plays_what() -> None:
    seated = [rivals(name, SCENARIO) for name in DIFFICULTIES]
    assert seated[0]["USA"] == "greedy"
    assert set(seated[1].values()) == {"steady"}
    assert set(seated[2].values()) == {"steady", *SUITED.values()}
    assert set(SUITED) <= set(SCENARIO.seats)


def test_an_unknown_level_is_refused_with_the_near_name() -> None:
    with pytest.raises(PaxError, match="did you mean 'hard'"):
        rivals("hart", SCENARIO)


@pytest.mark.slow
def test_rivals_score_more_at_a_higher_level() -> None:
    means = []
    for name in ("learning", "fair", "hard"):
        race = ChipRace(SCENARIO, worlds=4, seats=rivals(name, SCENARIO), rng=11)
        race.run()
        means.append(float(score.game_score(race.world)[list(SCENARIO.places.seats)].mean()))
    assert means[0] < means[1]
    assert means[0] < means[2]
