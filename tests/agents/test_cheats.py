"""What a strategy is handed it may read, not change."""

import math

import pytest

from agents.faults import StrategyError
from agents.model import ChipRace
from game.core.orders import BuildPower, SovereignCompute, Stock, Visa
from game.files.scenarios import bundled
from game.rules.desk import Desk

SCENARIO = bundled("pax_silica_2026")


class Grabber:
    """Writes into what it is shown."""

    name, motto = "grabber", "Take it."

    def __init__(self, grab):
        self.grab = grab

    def decide(self, counsel):
        self.grab(counsel)


@pytest.mark.parametrize("read", ["money", "capital", "dependence", "plant_room"])
def test_what_counsel_shows_cannot_be_written(read):
    def grab(counsel):
        getattr(counsel, read)[...] = 1e9

    race = ChipRace(SCENARIO, seats={"JPN": Grabber(grab)})
    with pytest.raises(StrategyError, match="read-only"):
        race.step()


def test_the_scenario_cannot_be_written():
    def grab(counsel):
        counsel.scenario.places.budget[:] = 1e9

    with pytest.raises(StrategyError, match="read-only"):
        ChipRace(SCENARIO, seats={"JPN": Grabber(grab)}).step()


@pytest.mark.parametrize(
    "order",
    [SovereignCompute(math.nan), BuildPower("lng", math.nan), Visa(math.nan), Stock("gallium", math.nan)],
)
def test_an_amount_that_is_no_number_is_refused(order):
    race = ChipRace(SCENARIO)
    assert not Desk(race.book, race.world).give(SCENARIO.place_axis.at("JPN"), order).accepted
