"""Tables of a race: one row a world and actor, the numbers those of the world."""

import numpy as np
import pytest

from agents.model import ChipRace
from game.core.names import GOODS
from game.files.scenarios import bundled

SCENARIO = bundled("pax_silica_2026")


@pytest.fixture(scope="module")
def race():
    race = ChipRace(SCENARIO, worlds=2, seats=dict.fromkeys(SCENARIO.seats, "hold"))
    race.step()
    return race


@pytest.mark.parametrize(
    ("what", "axes", "rows"),
    [
        ("nations", ["place"], len(SCENARIO.place_axis)),
        ("foundries", ["line"], len(SCENARIO.lines.axis)),
        ("suppliers", ["supplier"], len(SCENARIO.suppliers.axis)),
        ("goods", ["place", "good"], len(SCENARIO.place_axis) * len(GOODS)),
    ],
)
def test_a_table_has_a_row_for_each_world_and_actor(race, what, axes, rows):
    frame = race.collected(what)
    assert frame.index.names == ["world", "quarter", *axes]
    assert frame.index.is_unique
    assert len(frame) == 2 * rows
    assert not frame.isna().any().any()


def test_rows_hold_the_numbers_of_their_world(race):
    world, last = race.world, len(SCENARIO.suppliers.axis) - 1
    lines, plants = race.collected("foundries"), race.collected("suppliers")
    name = SCENARIO.lines.axis.names[3]
    assert lines.loc[(1, 1, name), "use"] == world.lines.use[3, 1]
    assert lines.loc[(1, 1, name), "firm"] == SCENARIO.lines.firms[3]
    row = plants.loc[(0, 1, SCENARIO.suppliers.axis.names[last])]
    assert (row["capacity"], row["good"]) == (
        world.suppliers.capacity[last, 0], GOODS.names[SCENARIO.suppliers.good[last]],
    )  # fmt: skip


def test_prices_are_those_of_the_side_a_place_is_on(race):
    goods, price = race.collected("goods"), race.world.market.price
    g = GOODS.at("gallium")
    assert goods.loc[(1, 1, "CHN", "gallium"), "price"] == price[1, g, 1]
    assert goods.loc[(1, 1, "JPN", "gallium"), "price"] == price[0, g, 1]
    made = goods["made"].xs("gallium", level="good").groupby("world").sum()
    assert made.to_numpy() == pytest.approx(np.asarray(race.world.goods.made[:, g].sum(axis=0)))


def test_an_unknown_table_is_refused_with_those_there_are(race):
    with pytest.raises(ValueError, match="knows nations, foundries, suppliers, goods, not 'mines'"):
        race.collected("mines")
