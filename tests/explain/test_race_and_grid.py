"""News of the race says which part moved a bar, by how much, and what stands behind it; grids warn before they fail."""

from __future__ import annotations

import numpy as np
import pytest

from agents.model import ChipRace
from game.core.names import GATES, GOODS
from game.core.world import World, replace
from game.explain import Quarter, chip_terms, mineral_terms, quarter_news
from game.explain.grid import THIN, grid_news, reserve
from game.explain.race import MOVED
from game.files.scenarios import bundled
from game.rules import race

SCENARIO = bundled("pax_silica_2026")
JPN, CHN = SCENARIO.place_axis.at("JPN"), SCENARIO.place_axis.at("CHN")
DYTB = GOODS.at("dytb")


@pytest.fixture(scope="module")
def played() -> list[Quarter]:
    model = ChipRace(SCENARIO, rng=3)
    quarters = []
    for _ in range(8):
        before = model.world
        model.step()
        quarters.append(Quarter(before, model.world, SCENARIO, model.book.tables))
    return quarters


def test_the_parts_of_a_bar_add_up_to_what_it_moved(played):
    for quarter in played:
        now, then = quarter.after.standing, quarter.before.standing
        minerals = sum(term.points for term in mineral_terms(quarter))
        chips = sum(term.points for term in chip_terms(quarter))
        assert minerals == pytest.approx(100 * (now.mineral_independence[0] - then.mineral_independence[0]))
        assert chips == pytest.approx(100 * (now.chip_independence[0] - then.chip_independence[0]))


def test_a_bar_that_moves_far_is_told_with_its_cause_and_no_other(played):
    told = 0
    for quarter in played:
        news = [d for d in quarter_news(quarter.before, quarter.after, SCENARIO, quarter.tables) if d.topic == "race"]
        now, then = quarter.after.standing, quarter.before.standing
        for who, change in (
            ("mineral", 100 * (now.mineral_independence[0] - then.mineral_independence[0])),
            ("chip", 100 * (now.chip_independence[0] - then.chip_independence[0])),
        ):
            about = [d for d in news if f"{who} independence" in d.text and "points to" in d.text]
            assert len(about) == (abs(change) > MOVED)
            told += len(about)
            assert all(d.reasons and d.text.count(".") >= 2 for d in about)
    assert told >= 1


def _made(world: World, place: int, good: int, more: float) -> World:
    """The world with more output of one good at a place, by its largest plant."""
    rows = np.flatnonzero((SCENARIO.suppliers.good == good) & (SCENARIO.suppliers.place == place))
    output, made = world.suppliers.output.copy(), world.goods.made.copy()
    output[rows[0]] += more
    made[place, good] += more
    return replace(world, suppliers=replace(world.suppliers, output=output), goods=replace(world.goods, made=made))


def test_the_plant_that_moved_a_mineral_is_named(played):
    quarter = played[0]
    use = float(quarter.after.goods.reference[JPN, DYTB, 0])
    after = _made(quarter.after, JPN, DYTB, use)
    after = race.measured(replace(after, quarter=after.quarter - 1), SCENARIO, quarter.tables)
    moved = Quarter(quarter.before, replace(after, quarter=after.quarter + 1), SCENARIO, quarter.tables)
    term = next(term for term in mineral_terms(moved) if term.name == "Dy/Tb")
    plant = int(np.flatnonzero((SCENARIO.suppliers.good == DYTB) & (SCENARIO.suppliers.place == JPN))[0])
    assert term.points > 1.0
    assert term.why.startswith(f"{SCENARIO.suppliers.titles[plant]} adds ")
    assert term.places == ("JPN",)


def test_a_national_stock_that_lifts_a_bar_is_named(played):
    quarter = played[0]
    stock = quarter.after.goods.stockpile.copy()
    stock[JPN, DYTB] += 8.0 * quarter.after.goods.reference[JPN, DYTB]
    after = replace(quarter.after, goods=replace(quarter.after.goods, stockpile=stock))
    moved = Quarter(quarter.before, after, SCENARIO, quarter.tables)
    term = next(term for term in mineral_terms(moved) if term.name == "Dy/Tb")
    assert term.why == "the national stock of Dy/Tb in Japan grew"


def test_recycled_and_synthetic_output_counts_though_all_ore_is_chinese():
    """own + recycled + synthetic: only what is made of ore is asked whose ore it is."""
    world = ChipRace(SCENARIO, rng=3).world
    tables = ChipRace(SCENARIO, rng=3).book.tables
    heavy = GOODS.at("heavy_ore")
    flow, received = world.trade.flow.copy(), world.trade.received.copy()
    received[JPN, heavy] = 100.0
    flow[SCENARIO.sellers.lane[CHN, heavy], JPN] = 100.0
    world = replace(world, trade=replace(world.trade, flow=flow, received=received))
    scrap = next(
        i for i in np.flatnonzero((SCENARIO.suppliers.good == DYTB) & (SCENARIO.suppliers.place == JPN))
        if SCENARIO.suppliers.kind[i] in (2, 3)
    )  # fmt: skip
    more = 0.2 * float(world.goods.reference[JPN, DYTB, 0])
    output, made = world.suppliers.output.copy(), world.goods.made.copy()
    output[scrap] += more
    made[JPN, DYTB] += more
    richer = replace(world, suppliers=replace(world.suppliers, output=output), goods=replace(world.goods, made=made))
    before, after = (float(race.mineral_cover(w, SCENARIO, tables, DYTB)[0]) for w in (world, richer))
    mined = replace(richer, suppliers=world.suppliers)
    assert after > before
    assert float(race.mineral_cover(mined, SCENARIO, tables, DYTB)[0]) == pytest.approx(before)


def _with_reserve(world: World, place: int, left: float) -> World:
    cover = world.standing.cover.copy()
    cover[GATES.at("power"), place] = 1.0 / (1.0 - left)
    return replace(world, standing=replace(world.standing, cover=cover))


@pytest.mark.parametrize(
    ("was", "now", "told"),
    [(0.2, 0.04, 1), (0.2, 0.06, 0), (0.04, 0.03, 0), (0.04, -0.1, 1), (-0.1, -0.2, 0), (0.2, -0.1, 1)],
)
def test_a_grid_warns_once_when_little_is_left_and_again_when_it_fails(played, was, now, told):
    quarter = played[0]
    before, after = _with_reserve(quarter.before, JPN, was), _with_reserve(quarter.after, JPN, now)
    assert reserve(after, JPN) == pytest.approx(now)
    news = [d for d in grid_news(Quarter(before, after, SCENARIO, quarter.tables)) if d.places == ("JPN",)]
    assert len(news) == told
    if told:
        assert news[0].weight == (2 if now < 0 else 1)
        assert "Japan" in news[0].text
    assert pytest.approx(0.05) == THIN
