"""`check_strategy` passes every strategy that comes with the game, and names each fault that one may have."""

import random
import time

import numpy as np
import pytest

from agents.one_world import OneWorld
from agents.strategies import strategies
from game.core.orders import Dial, SovereignCompute, Subsidise, Visa
from game.files.scenarios import bundled
from game.testing import check_strategy

S = bundled("classroom")
ABROAD = S.lines.axis.names[int(np.flatnonzero(S.lines.place == S.place_axis.at("USA"))[0])]
SHORT = {"seats": ("JPN", "CHN"), "quarters": 3, "worlds": 2}


class Fair:
    name, motto = "fair", "Visas."

    def decide(self, counsel):
        counsel.give(Visa(0.1), counsel.money > 5.0)


class Unlawful(Fair):
    def decide(self, counsel):
        counsel.give(Subsidise(ABROAD, 1.0))


class NoNumber(Fair):
    def decide(self, counsel):
        counsel.give(SovereignCompute(counsel.money * float("nan")))


class Unrepeatable(Fair):
    def decide(self, counsel):
        counsel.give(Visa(0.1 + 0.1 * random.random()))


class Writing(Fair):
    def decide(self, counsel):
        prices = counsel.view.market.price
        prices.setflags(write=True)
        prices[0] = 1.0


class WritingRefused(Fair):
    def decide(self, counsel):
        counsel.view.market.price[0] = 1.0


class Slow(Fair):
    def decide(self, counsel):
        until = time.process_time() + 0.3
        while time.process_time() < until:
            pass


class Endless(Fair):
    def decide(self, counsel):
        while True:
            pass


class OfTheBatch(Fair):
    def decide(self, counsel):
        counsel.give(Visa(0.01 * (1 + counsel.view.worlds)))


class Averaging(Fair):
    def decide(self, counsel):
        counsel.give(Visa(float(np.mean(counsel.view.state.cash[counsel.seat])) / 1000.0 + 0.01))


class TwoMinds(Fair):
    def decide(self, counsel):
        counsel.give(Visa(0.1))

    def decide_together(self, council):
        for row in range(len(council.seats)):
            council.give(row, Visa(0.2))


class Talkative(Fair):
    def decide(self, counsel):
        print("thinking")


class Broken(Fair):
    def decide(self, counsel):
        return {}["absent"]


class BrokenInTalks(Fair):
    def answer(self, envoy):
        raise ValueError("no answer")


PLANTED = [
    (BrokenInTalks, "runs", "test_check_strategy.py:"),
    (Unlawful, "legal", "only a plant at home can have it"),
    (NoNumber, "finite", "'amount' of an order 'compute' is not a finite number"),
    (Unrepeatable, "repeatable", "the first time"),
    (Writing, "world unchanged", "copy before you write"),
    (WritingRefused, "world unchanged", "read-only"),
    (OfTheBatch, "same in a batch", "world 0 of a batch plays otherwise than seed 7 alone"),
    (Averaging, "same in a batch", "decide world by world"),
    (TwoMinds, "same together", "decide_together gives other orders"),
    (Talkative, "quiet", "thinking"),
    (Broken, "runs", "KeyError: 'absent'"),
]


@pytest.mark.parametrize(("kind", "check", "said"), PLANTED, ids=lambda part: getattr(part, "__name__", None))
def test_a_planted_fault_is_found_and_named(kind, check, said):
    faults = check_strategy(kind, **SHORT)
    assert check in {fault.check for fault in faults}
    told = next(str(fault) for fault in faults if fault.check == check)
    assert said in told
    assert "2026Q" in told


@pytest.mark.parametrize("kind", [Slow, Endless])
def test_a_decision_over_its_budget_is_stopped_and_named(kind):
    faults = check_strategy(kind, seats=("JPN",), quarters=1, worlds=1, seconds=0.1)
    assert {fault.check for fault in faults} == {"in time"}
    assert "JPN in 2026Q1" in str(faults[0])


def test_many_faults_of_a_kind_are_counted():
    faults = check_strategy(Unlawful, **SHORT)
    assert str(faults[-1]) == "legal: the rest: 3 more faults of this kind"


def test_a_file_that_cannot_be_read_or_a_class_without_a_name_is_no_strategy(tmp_path):
    file = tmp_path / "mine.py"
    file.write_text("x = 1\n")
    assert check_strategy(file)[0].check == "made"
    nameless = type("Nameless", (), {"name": "", "motto": "x", "decide": lambda self, counsel: None})
    assert "'name' must be one line of text" in str(check_strategy(nameless)[0])


def test_a_sound_strategy_has_no_faults():
    assert check_strategy(Fair, **SHORT) == []


#: Those that rehearse take seconds a decision.
QUICK = sorted(name for name in strategies() if not name.startswith("planner"))


@pytest.mark.parametrize("name", QUICK)
def test_every_strategy_of_the_game_passes(name):
    assert check_strategy(name, seats=("USA", "CHN", "BRA"), quarters=2, worlds=2) == []


def test_nobody_threatens_with_what_it_may_not_control_nor_leaves_without_the_capital_for_it():
    assert check_strategy("steady", seats=("ISR", "CHN"), quarters=6, worlds=2) == []


@pytest.mark.slow
@pytest.mark.parametrize("scenario", ["classroom", "pax_silica_2026"])
@pytest.mark.parametrize("name", QUICK)
def test_every_strategy_passes_in_all_seats_for_three_years(name, scenario):
    assert check_strategy(name, scenario, seats=S.seats, quarters=12, worlds=2) == []


@pytest.mark.slow
@pytest.mark.parametrize("name", sorted(set(strategies()) - set(QUICK)))
def test_every_planner_passes(name):
    assert check_strategy(name, seats=("JPN",), quarters=2, worlds=2, seconds=120.0) == []


class Plain(OneWorld):
    name, motto = "plain", "One world at a time."

    def decide_world(self, me):
        me.memory["asked"] = me.memory.get("asked", 0) + 1
        assert me.memory["asked"] == me.quarter + 1
        if me.quarter == 0:
            me.give(Dial("universities", 0.6))
        if me.money > 3.0 and me.own("power.used") < me.own("power.supply"):
            me.give(SovereignCompute(round(0.2 * me.money, 3)))

    def accepts(self, me, proposal):
        return me.worth(proposal) > 0.0


def test_a_strategy_for_one_world_plays_every_world_of_the_batch():
    assert check_strategy(Plain, **SHORT) == []
