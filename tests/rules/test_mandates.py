"""Each seat draws one of three public mandates; what it adds to the score is known to its owner alone."""

from __future__ import annotations

import numpy as np
import pytest

from agents.model import ChipRace
from game.core.world import replace
from game.files.scenarios import bundled
from game.rules import mandates, score
from game.view import view

SCENARIO = bundled("pax_silica_2026")
JPN, KOR = (SCENARIO.place_axis.at(code) for code in ("JPN", "KOR"))


def test_every_seat_has_three_candidates_and_draws_one() -> None:
    race = ChipRace(SCENARIO, 64, rng=1)
    drawn = race.world.standing.mandate
    seats = list(SCENARIO.places.seats)
    assert set(SCENARIO.mandates) == set(seats)
    assert set(np.unique(drawn[seats])) == {0, 1, 2}
    others = [n for n in range(len(SCENARIO.place_axis)) if n not in seats]
    assert (drawn[others] == -1).all()
    assert min(np.count_nonzero(drawn[seats] == k) for k in range(3)) > 64 * 16 / 3 * 0.8


def test_a_draw_depends_on_seed_and_seat_alone() -> None:
    whole, alone = ChipRace(SCENARIO, 8, rng=3), ChipRace(SCENARIO, 1, rng=7)
    assert (whole.world.standing.mandate[:, 4] == alone.world.standing.mandate[:, 0]).all()


def test_rivals_see_neither_the_draw_nor_what_it_scored() -> None:
    race = ChipRace(SCENARIO, 2, rng=1)
    race.run(3)
    seen = view(race.world, SCENARIO, JPN)
    assert (seen.standing.mandate[JPN] == race.world.standing.mandate[JPN]).all()
    assert (seen.standing.mandate_sum[JPN] == race.world.standing.mandate_sum[JPN]).all()
    assert (seen.standing.mandate[KOR] == -1).all()
    assert (seen.standing.mandate_sum[KOR] == 0.0).all()


def test_another_draw_changes_no_open_score() -> None:
    """Two worlds that differ in mandates alone, played by seats that do not follow theirs: the rules are the same."""
    hold = dict.fromkeys(SCENARIO.seats, "hold")
    race, other = ChipRace(SCENARIO, 1, hold, 1), ChipRace(SCENARIO, 1, hold, 1)
    standing = other.world.standing
    shifted = np.where(standing.mandate >= 0, (standing.mandate + 1) % 3, -1).astype(np.int8)
    other.world = replace(other.world, standing=replace(standing, mandate=shifted))
    race.run(4)
    other.run(4)
    assert (score.open_score(race.world) == score.open_score(other.world)).all()
    assert (race.world.state.cash == other.world.state.cash).all()
    assert (score.game_score(race.world) != score.game_score(other.world)).any()


def test_score_is_open_part_and_mandate() -> None:
    race = ChipRace(SCENARIO, 2, rng=1)
    race.run(2)
    world = race.world
    own = world.standing.mandate_sum / world.standing.weight_sum
    assert score.game_score(world) == pytest.approx(score.open_score(world) + own)
    assert (own <= 15.0).all()
    assert own.max() > 0.0


@pytest.mark.parametrize("place", [SCENARIO.place_axis.names[n] for n in SCENARIO.places.seats])
def test_mandates_of_a_seat_can_be_graded_between_floor_and_target(place: str) -> None:
    race = ChipRace(SCENARIO, 16, rng=1)
    race.run(1)
    n = SCENARIO.place_axis.at(place)
    grades = mandates.graded(race.world, SCENARIO, race.book.tables)[n]
    assert ((grades >= 0.0) & (grades <= 1.0)).all()
    assert np.isfinite(grades).all()
