"""Indicators read off tables made on purpose are the ones that were put in."""

from collections.abc import Sequence

import numpy as np
import pytest

from game.balance import indicators, proofs
from game.balance.indicators import Yardstick, course, duels, gate_moves, ladder, seat_balance, skill, viability
from game.balance.pools import Pools, alone, halves, latin, pools, rated, sole
from game.balance.tables import Seating, Table, points_of
from game.balance.verdicts import MET, NOT_MEASURED, NOT_MET, Verdict, counted, unmeasured, within
from game.core.names import MANDATES
from game.rules import bottleneck

SEATS, QUARTERS, GAMES = 6, 12, 40
YARD = Yardstick(np.zeros((SEATS, len(MANDATES) + 1)), np.ones(SEATS), 100)


def table(strategies: Sequence[str], scores: np.ndarray, seed: int = 1) -> Table:
    """A table with these final scores, to which the scores so far grow evenly."""
    games = scores.shape[1]
    growth = np.linspace(0.1, 1.0, QUARTERS)[:, None, None]
    quiet = np.zeros((QUARTERS, games))
    return Table(
        seating=Seating(tuple(strategies), seed, games), scores=scores,
        mandates=np.zeros(scores.shape, dtype=np.int64), open_scores=growth * scores,
        gates=np.zeros((QUARTERS, games), dtype=np.int64), bars=np.zeros((QUARTERS, 2, games)), spending=quiet + 1.0,
        bans=np.zeros((QUARTERS, len(scores), games)), banned=quiet, ended=quiet, exchanged=quiet, breaches=quiet,
        members=quiet, escalation=quiet, classes=np.zeros((6, games)), orders={"control": np.zeros(games)}, minerals=(),
    )  # fmt: skip


def drawn(strength: dict[str, float], noise: float = 1.0) -> tuple[list[str], list[Table]]:
    """Latin tables in which each strategy scores its strength and noise."""
    names, rng = list(strength), np.random.default_rng(5)
    tables = []
    for seating in latin(names, SEATS, 7, GAMES):
        means = np.array([[strength[name]] for name in seating.strategies])
        tables.append(table(seating.strategies, means + rng.normal(0, noise, (SEATS, GAMES)), seating.seed))
    return names, tables


def test_latin_seatings_put_each_strategy_in_each_seat_equally_often() -> None:
    found = latin(["a", "b", "c", "d"], SEATS, 3, 8, orderings=2)
    held = {(seat, s.strategies[seat]) for s in found for seat in range(SEATS)}
    counts = [sum(s.strategies[seat] == name for s in found) for seat, name in held]
    assert len(held) == 4 * SEATS
    assert set(counts) == {2}
    assert {s.seed for s in found} == {3}


def test_halves_share_the_seats_evenly_and_swap_them() -> None:
    found = halves(["a", "b", "c"], SEATS, 3, 8)
    assert len(found) == 3
    for a, b, one, other in found:
        assert one.strategies.count(a) == other.strategies.count(a) == SEATS // 2
        assert all({x, y} == {a, b} for x, y in zip(one.strategies, other.strategies, strict=True))


def test_pools_are_those_of_the_design() -> None:
    found = pools()
    assert "steady" in found.doctrines
    assert "steady" in found.ladder
    assert not {"hold", "random_legal", "greedy"} & set(found.doctrines)
    assert not [name for name in (*found.doctrines, *found.ladder) if name.startswith("planner")]
    assert isinstance(found, Pools)


def test_alone_fills_every_seat() -> None:
    assert [set(s.strategies) for s in alone(["a", "b"], SEATS, 1, 4)] == [{"a"}, {"b"}]


def test_points_are_tenths_of_sigma_above_par_of_the_mandate_drawn() -> None:
    par = np.tile([50.0, 52.0, 54.0, 51.0], (SEATS, 1))
    one = table(["a"] * SEATS, np.full((SEATS, 2), 56.0))
    one.mandates[:, 1] = 2
    assert points_of(one, par, np.full(SEATS, 4.0))[0].tolist() == [15.0, 5.0]


def test_seat_that_is_too_good_is_named() -> None:
    held = np.random.default_rng(1).normal(0, 3, (4, SEATS, GAMES)) + np.arange(4)[:, None, None] * 3
    held[:, 2] += 25.0
    worst, spread = seat_balance(held, list("ABCDEF"))
    assert worst.words == NOT_MET
    assert worst.note.startswith("C;")
    assert spread.words == MET


def test_seat_in_which_nothing_matters_is_named() -> None:
    held = np.random.default_rng(1).normal(0, 3, (4, SEATS, GAMES)) + np.arange(4)[:, None, None] * 3
    held[:, 4] = np.random.default_rng(2).normal(0, 3, (4, GAMES))
    assert seat_balance(held, list("ABCDEF"))[1].words == NOT_MET
    assert seat_balance(held, list("ABCDEF"))[1].note.startswith("E;")


@pytest.mark.parametrize(("edge", "support", "dominant"), [(0.0, 4, MET), (40.0, 1, NOT_MET)])
def test_dominance_and_support_follow_the_margins(edge: float, support: int, dominant: str) -> None:
    names, rng = ["a", "b", "c", "d"], np.random.default_rng(3)
    pairs = []
    for a, b, *seatings in halves(names, SEATS, 3, GAMES):
        mine = [np.array([[edge if name == "a" else 0.0] for name in s.strategies]) for s in seatings]
        one, other = (
            table(s.strategies, m + rng.normal(0, 1, (SEATS, GAMES))) for s, m in zip(seatings, mine, strict=True)
        )
        pairs.append((a, b, one, other))
    found = duels(names, pairs, YARD)
    assert found.margin == pytest.approx(-found.margin.transpose(1, 0, 2))
    mixture, draws = indicators.mixtures(found)
    viable, first = viability(found, mixture, draws)
    if edge:
        assert viable.value == support
    assert first.words == dominant


def test_rungs_apart_are_above_and_equal_rungs_are_not() -> None:
    names, tables = drawn({"low": 0.0, "same": 0.0, "high": 6.0})
    held = indicators.by_seat(tables, names, YARD)
    found = ladder(held, names, indicators.ladder_ratings(held))
    assert [v.words for v in found[:2]] == [NOT_MET, MET]
    assert found[1].value == pytest.approx(60.0, abs=3.0)


def test_rungs_are_read_in_the_seats_in_which_they_sat() -> None:
    names, seats = ["a", "b"], rated(SEATS)
    tables = []
    for seating in sole(names, SEATS, 3, GAMES, "x"):
        strength = {"a": 1.0, "b": 2.0, "x": 9.0}
        tables.append(table(seating.strategies, np.array([[strength[n]] for n in seating.strategies]) * np.ones(GAMES)))
    held = indicators.by_rung(tables, names, seats, YARD)
    assert held[0] == pytest.approx(np.full((len(seats), GAMES), 10.0))
    assert held[1] == pytest.approx(np.full((len(seats), GAMES), 20.0))


def test_rated_seats_are_spread_over_all() -> None:
    assert rated(16) == [0, 2, 4, 6, 8, 10, 12, 14]
    assert rated(6) == list(range(6))


def test_skill_share_is_that_which_was_drawn() -> None:
    names, tables = drawn({"a": -1.0, "b": 0.0, "c": 1.0}, noise=1.0)
    found = skill(indicators.by_seat(tables, names, YARD))
    assert found.value == pytest.approx(0.5, abs=0.1)
    assert found.low is not None
    assert found.high is not None
    assert found.low < 0.5 < found.high


def test_bottleneck_moves_when_a_new_gate_binds_for_two_quarters() -> None:
    none = bottleneck.NONE
    gates = np.array([[1, 1, 2, 1, 1, 3, 3, none, none, 3, 3, 2, 2], [none] * 13]).T
    assert gate_moves(gates).tolist() == [2.0, 0.0]


def test_course_of_decided_games_has_no_lead_changes_and_much_dead_time() -> None:
    scores = np.random.default_rng(1).normal(0, 0.01, (SEATS, 80))
    scores[np.arange(80) % SEATS, np.arange(80)] += 9.0
    found = course([table(["a"] * SEATS, scores)], YARD)
    assert found.drama.lead_changes.mean() < 0.5
    assert found.drama.dead_time.mean() > 0.5
    assert found.comeback == 0.0


def test_crossing_is_the_second_quarter_above_the_post() -> None:
    bars = np.array([[0.7, 0.76, 0.7, 0.8, 0.8, 0.8], [0.1] * 6]).T[:, :, None]
    assert proofs.crossings(bars, 0.75)[:, 0].tolist() == [5.0, float("inf")]


def test_kind_of_order_that_nobody_gives_is_named() -> None:
    one = table(["a"] * SEATS, np.zeros((SEATS, GAMES)))
    kinds, names, amount, share = indicators.usage([one])
    assert (kinds, names) == (["control"], ["a"])
    assert amount.tolist() == [[0.0]]
    dead, always = indicators.order_classes(kinds, share)
    assert (dead.words, dead.note) == (NOT_MET, "control")
    assert indicators.order_classes(kinds, np.ones((1, 1)))[0].words == MET
    assert always.words == NOT_MEASURED


def test_verdicts_say_band_noise_and_what_is_not_measured() -> None:
    good, bad = within("R1", "x", 0.5, 0.3, float("inf"), 0.1), within("R1", "y", 2.0, float("-inf"), 1.0)
    none = unmeasured("R8", "z", "4", "nobody plays it")
    assert (good.words, good.aim) == (MET, "0.3 or more")
    assert (good.low, good.high) == pytest.approx((0.304, 0.696))
    assert (bad.words, bad.aim) == (NOT_MET, "1 or less")
    assert counted([good, bad, none]) == {MET: 1, NOT_MET: 1, NOT_MEASURED: 1}
    assert "nobody plays it" in none.line()
    assert Verdict("R1", "x", float("inf"), "", None).as_json()["value"] is None
