"""A flood sells below what any maker could live on for long (rules.md R2)."""

from __future__ import annotations

from agents.model import ChipRace
from game.core.names import GOODS
from game.core.orders import Flood
from game.files.scenarios import bundled

SCENARIO = bundled("pax_silica_2026")
GALLIUM = GOODS.at("gallium")


def test_a_flood_takes_gallium_outside_to_the_flooders_own_cost_and_below():
    race = ChipRace(SCENARIO, 4, dict.fromkeys(SCENARIO.seats, "hold"), 1)
    tables = race.book.tables
    race.post("CHN", [Flood("gallium")])
    for _ in range(8):
        race.step()
    price = race.world.market.price[0, GALLIUM]
    assert not race.refused
    assert (price < tables.inside_cost[GALLIUM]).all()
    assert (price >= SCENARIO.parameters.plants.flood_price * tables.inside_cost[GALLIUM] - 1e-9).all()


def test_a_flood_takes_a_price_down_no_faster_than_prices_move():
    race = ChipRace(SCENARIO, 4, dict.fromkeys(SCENARIO.seats, "hold"), 1)
    race.post("CHN", [Flood("gallium")])
    for _ in range(6):
        before = race.world.market.price[0, GALLIUM]
        race.step()
        assert (race.world.market.price[0, GALLIUM] >= before / 1.68 - 1e-9).all()
