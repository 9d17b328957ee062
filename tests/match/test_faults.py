"""A strategy that fails costs its seat the quarter and nobody the game."""

import pytest

from agents.faults import StrategyError
from agents.model import ChipRace
from agents.strategies.hold import Hold
from game.core.orders import SovereignCompute, Visa
from game.files.scenarios import bundled
from game.match import HUMAN, Match
from game.resumed import load_match

SCENARIO = bundled("pax_silica_2026")


class Faulty:
    """Gives an order, then goes wrong in the way it was told to."""

    name, motto = "mine", "fails"

    def __init__(self, fail):
        self.fail = fail

    def decide(self, counsel):
        counsel.give(Visa(0.1))
        self.fail(counsel)


class FaultyTogether:
    name = "ours"
    motto = "Fails for all its seats."

    def decide(self, counsel):
        raise KeyError("alone")

    def decide_together(self, council):
        raise KeyError("together")


def leave(counsel):
    raise SystemExit(3)


def divide(counsel):
    return 1 / 0


FAULTS = [
    (divide, "ZeroDivisionError: division by zero"),
    (leave, "SystemExit: 3"),
    (lambda counsel: counsel.give(5), "TypeError"),
    (lambda counsel: counsel.give(Visa("many")), "Error"),
    (lambda counsel: counsel.give(Visa(float("nan"))), "'thousands' of an order 'visa' is not a finite number"),
    (lambda counsel: counsel.view.market.price.fill(9.0), "read-only"),
]


def played(strategy, quarters=1):
    match = Match(SCENARIO, 7, {"JPN": HUMAN})
    match.model.nations["CHN"].strategy = strategy
    match.give("JPN", SovereignCompute(0.5))
    for _ in range(quarters):
        match.end_quarter()
    return match


@pytest.mark.parametrize(("fail", "said"), FAULTS, ids=lambda part: part if isinstance(part, str) else "")
def test_the_game_goes_on_as_if_the_seat_had_held_and_says_why(fail, said):
    match, holding = played(Faulty(fail)), played(Hold())
    assert match.hashes == holding.hashes
    told = [dispatch for dispatch in match.dispatches if dispatch.places == ("CHN",) and "failed" in dispatch.text]
    assert len(told) == 1
    assert told[0].text.startswith("Strategy 'mine' failed and gave no orders for China: ")
    assert said in told[0].text
    assert "\n" not in told[0].text
    assert told[0].weight == 3


def test_a_strategy_of_many_seats_that_fails_holds_them_all():
    match = Match(SCENARIO, 7, {})
    holding = Match(SCENARIO, 7, {"CHN": "hold", "KOR": "hold"})
    for seat in ("CHN", "KOR"):
        match.model.nations[seat].strategy = FaultyTogether()
    match.end_quarter()
    holding.end_quarter()
    assert match.hashes == holding.hashes
    assert match.dispatches[0].places == ("CHN", "KOR")


def test_every_fault_of_a_quarter_is_told_and_a_refused_order_only_once():
    match = Match(SCENARIO, 7, {"JPN": HUMAN})
    for seat in ("CHN", "KOR"):
        match.model.nations[seat].strategy = Faulty(divide)
    match.model.post("JPN", [SovereignCompute(9000.0)])
    match.model.step()
    assert [(seat, order) for _, seat, order, _ in match.model.refused] == [("JPN", SovereignCompute(9000.0))]
    match.end_quarter()
    assert [d.places for d in match.dispatches if "failed" in d.text] == [("CHN",), ("KOR",)]


def test_a_fault_is_in_the_saved_news(tmp_path):
    match = played(Faulty(divide), quarters=2)
    match.save(tmp_path / "game.paxsave")
    loaded, _ = load_match(tmp_path / "game.paxsave")
    assert [d.quarter for d in loaded.dispatches if "Strategy 'mine' failed" in d.text] == [0, 1]


def test_a_race_that_asked_to_be_told_nothing_raises_the_fault():
    race = ChipRace(SCENARIO, seats={"CHN": Faulty(divide)})
    with pytest.raises(
        StrategyError, match=r"^strategy of CHN: ZeroDivisionError: division by zero \(.*test_faults.py:\d+\)$"
    ):
        race.step()
