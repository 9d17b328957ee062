"""One game in progress: orders with undo, sealed seats, saving, loading, handing over."""

import pytest

from game.core.errors import PaxError
from game.core.orders import BuildPower, Dial, ExportControl, SovereignCompute, Visa
from game.files.saves import read_save
from game.files.scenarios import bundled
from game.match import HUMAN, Match, orders_from
from game.resumed import load_match
from game.rules import book

SCENARIO = bundled("pax_silica_2026")


@pytest.fixture
def match() -> Match:
    return Match(SCENARIO, 7, {"JPN": HUMAN})


def test_an_accepted_order_is_queued_with_its_cost(match):
    given = match.give("JPN", SovereignCompute(1.0))
    assert given.accepted
    (row,) = match.queued("JPN")
    assert (row.money, row.capital) == (1.0, 1.0)


def test_money_spent_on_one_order_is_not_there_for_the_next(match):
    money, capital = match.left("JPN")
    match.give("JPN", SovereignCompute(1.0))
    assert match.left("JPN") == (pytest.approx(money - 1.0), capital - 1.0)


def test_a_refused_order_is_not_queued_and_says_what_is_missing(match):
    given = match.give("JPN", SovereignCompute(10_000.0))
    assert not given.accepted
    assert "USD 10000.00 bn" in given.reason
    assert match.queued("JPN") == ()


def test_political_capital_runs_out(match):
    for _ in range(3):
        assert match.give("JPN", Visa(0.1)).accepted
    assert "political capital" in match.give("JPN", Visa(0.1)).reason


def test_only_one_dial_moves_in_a_quarter(match):
    assert match.give("JPN", Dial("grid", 0.6)).accepted
    assert "one standing dial" in match.give("JPN", Dial("universities", 0.6)).reason


def test_undo_and_redo_walk_back_and_forth(match):
    match.give("JPN", Visa(0.1))
    match.give("JPN", Visa(0.2))
    assert match.undo("JPN") == Visa(0.2)
    assert [q.order for q in match.queued("JPN")] == [Visa(0.1)]
    assert match.redo("JPN").accepted
    assert [q.order for q in match.queued("JPN")] == [Visa(0.1), Visa(0.2)]
    match.undo("JPN")
    match.undo("JPN")
    assert match.undo("JPN") is None


def test_withdrawing_an_order_keeps_the_others(match):
    for amount in (0.1, 0.2, 0.3):
        match.give("JPN", Visa(amount))
    match.withdraw("JPN", 1)
    assert [q.order for q in match.queued("JPN")] == [Visa(0.1), Visa(0.3)]


def test_a_seat_cannot_control_what_it_does_not_make(match):
    assert "at least 5%" in match.give("JPN", ExportControl("minerals", "CHN", "ban", "gallium")).reason


def test_ending_a_quarter_clears_the_queue_and_logs_it(match):
    match.give("JPN", BuildPower("lng", 0.2))
    match.end_quarter()
    assert match.quarter == 1
    assert match.queued("JPN") == ()
    assert orders_from(match.log[0]["orders"]["JPN"]) == [BuildPower("lng", 0.2)]
    assert len(match.hashes) == 2


def test_the_same_orders_and_seed_give_the_same_bits():
    hashes = []
    for _ in range(2):
        match = Match(SCENARIO, 11, {"KOR": HUMAN})
        match.give("KOR", Visa(0.3))
        match.end_quarter()
        match.end_quarter()
        hashes.append(match.hashes)
    assert hashes[0] == hashes[1]
    assert len(set(hashes[0])) == 3


def test_a_saved_game_goes_on_as_if_it_had_not_stopped(match, tmp_path):
    match.give("JPN", Visa(0.3))
    match.end_quarter()
    match.save(tmp_path / "game.paxsave")
    loaded, notes = load_match(tmp_path / "game.paxsave")
    assert notes == []
    assert loaded.seats == match.seats
    assert loaded.dispatches == match.dispatches
    for game in (match, loaded):
        game.give("JPN", SovereignCompute(0.5))
        game.end_quarter()
    assert loaded.hashes == match.hashes
    assert loaded.series["chip_independence"] == pytest.approx(match.series["chip_independence"])


def test_a_save_with_one_changed_number_is_refused(match, tmp_path):
    from dataclasses import replace

    from game.files.saves import SavedGame, write_save

    match.save(tmp_path / "game.paxsave")
    saved = read_save(tmp_path / "game.paxsave")
    arrays = dict(saved.world)
    cash = arrays["state.cash"].copy()
    cash[2] += 100.0
    forged: SavedGame = replace(saved, world={**arrays, "state.cash": cash})
    write_save(tmp_path / "forged.paxsave", forged)
    with pytest.raises(PaxError, match="hash differs"):
        load_match(tmp_path / "forged.paxsave")


def test_a_missing_strategy_leaves_the_seat_to_steady_and_says_so(match, tmp_path):
    from dataclasses import replace

    from game.files.saves import write_save

    match.save(tmp_path / "game.paxsave")
    saved = read_save(tmp_path / "game.paxsave")
    write_save(tmp_path / "other.paxsave", replace(saved, seats={**saved.seats, "CHN": "grandmaster"}))
    loaded, notes = load_match(tmp_path / "other.paxsave")
    assert loaded.seats["CHN"] == "steady"
    assert "grandmaster" in notes[0]


def test_a_seat_may_be_handed_to_a_strategy_and_back(match):
    match.end_quarter()
    match.hand_over("JPN", "hold")
    assert match.human_seats == ()
    match.end_quarter()
    match.hand_over("JPN", HUMAN)
    assert match.give("JPN", Visa(0.1)).accepted


def test_an_unknown_seat_is_named():
    with pytest.raises(PaxError, match="XYZ is no seat"):
        Match(SCENARIO, 1, {"XYZ": HUMAN})


def test_the_game_is_over_after_its_last_quarter_and_the_epilogue_counts_half():
    from dataclasses import replace

    short = replace(SCENARIO, quarters=2, epilogue_quarters=2)
    match = Match(short, 1, {"JPN": HUMAN})
    match.end_quarter()
    match.end_quarter()
    assert match.over
    match.play_epilogue()
    assert match.quarter == 4
    assert float(match.world.standing.weight_sum[0]) == pytest.approx(3.0)


def test_a_match_still_has_its_world_after_an_error_in_the_rules(match, monkeypatch):
    def fails(world, turn):
        raise ZeroDivisionError

    monkeypatch.setattr(book, "RESOLVE", (*book.RESOLVE, fails))
    with pytest.raises(ZeroDivisionError):
        match.end_quarter()
    assert match.quarter == 0
    monkeypatch.undo()
    match.end_quarter()
    assert match.quarter == 1
