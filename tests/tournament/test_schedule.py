"""Who sits where: every strategy in every seat equally often, on the same seeds."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.tournament.schedule import BLOCK, FORMATS, Seating, per_seed, seatings, shuffled

SEATS = [f"S{i:02}" for i in range(16)]


def times_in_seats(found: list[Seating]) -> Counter[tuple[str, int]]:
    """Games of each (seat, strategy)."""
    times: Counter[tuple[str, int]] = Counter()
    for seating in found:
        times.update(dict.fromkeys(seating.held, seating.count))
    return times


@given(entrants=st.integers(1, 12), seats=st.integers(2, 16), count=st.integers(1, 200))
def test_in_a_round_robin_everybody_plays_every_seat_equally_often(entrants: int, seats: int, count: int) -> None:
    found = list(seatings("round_robin", entrants, SEATS[:seats], 1, count))
    assert set(times_in_seats(found).values()) == {count}
    assert sum(seating.count for seating in found) == count * per_seed("round_robin", entrants, SEATS[:seats])


@given(entrants=st.integers(2, 8), seats=st.integers(2, 16), count=st.integers(1, 200))
def test_two_that_meet_swap_seats_on_the_same_seeds(entrants: int, seats: int, count: int) -> None:
    for format in ("gauntlet", "ladder"):
        games = Counter((s.held, s.first, s.count) for s in seatings(format, entrants, SEATS[:seats], 1, count))
        assert set(games.values()) == {1}
        for ((one, a), (other, b)), first, length in games:
            assert (((one, b), (other, a)), first, length) in games


def test_ladder_meets_neighbours_and_gauntlet_the_first() -> None:
    met = {
        format: {tuple(sorted(i for _, i in s.held)) for s in seatings(format, 4, SEATS, 1, 3)}
        for format in ("ladder", "gauntlet")
    }
    assert met == {"ladder": {(0, 1), (1, 2), (2, 3)}, "gauntlet": {(0, 1), (0, 2), (0, 3)}}


def test_in_all_seats_a_strategy_plays_alone() -> None:
    found = list(seatings("all_seats", 3, SEATS, 5, 70))
    assert [{i for _, i in s.held} for s in found] == [{0}, {1}, {2}] * 2
    assert [(s.first, s.count) for s in found] == [(5, 64)] * 3 + [(69, 6)] * 3


def test_more_strategies_than_seats_take_turns_in_the_game() -> None:
    found = list(seatings("round_robin", 5, SEATS[:3], 1, 1))
    assert [len(s.held) for s in found] == [3] * 5
    assert set(times_in_seats(found).values()) == {1}


@pytest.mark.parametrize("format", FORMATS)
def test_more_seeds_add_games_and_change_none(format: str) -> None:
    few = {(s.held, seed) for s in seatings(format, 4, SEATS, 1, 70) for seed in range(s.first, s.first + s.count)}
    many = {(s.held, seed) for s in seatings(format, 4, SEATS, 1, 300) for seed in range(s.first, s.first + s.count)}
    assert few < many


def test_strategies_meet_in_other_seats_from_block_to_block() -> None:
    found = list(seatings("round_robin", 6, SEATS, 1, 40 * BLOCK))
    seats_of = [{i: seat for seat, i in s.held} for s in found]
    apart = {(held[0], held[1]) for held in seats_of}
    assert len(apart) > 200, "of 240 pairs of seats"


def test_first_block_keeps_the_order_of_the_file() -> None:
    assert shuffled(5, 0) == [0, 1, 2, 3, 4]
    assert sorted(shuffled(5, 3)) == [0, 1, 2, 3, 4]
    assert len({tuple(shuffled(5, block)) for block in range(9)}) > 5
