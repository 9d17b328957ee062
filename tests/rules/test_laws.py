"""Multi-year laws: what they lock, what they build, what they draw, and when they are refused (rules.md R10)."""

from dataclasses import replace

import numpy as np
import pytest

from game.core.orders import Law, Order, Subsidise
from game.core.scenario import Scenario
from game.core.world import World
from game.files.scenarios import bundled, read_scenario
from game.rules.book import RuleBook, idle_firms
from game.rules.desk import Desk

SCENARIO = bundled("pax_silica_2026")
BOOK = RuleBook(SCENARIO)
JPN = SCENARIO.place_axis.at("JPN")
CHITOSE = SCENARIO.lines.axis.at("rapidus_chitose")


def quarter(world: World, *orders: Order, book: RuleBook = BOOK) -> World:
    desk = Desk(book, world)
    for order in orders:
        assert desk.give(JPN, order).accepted, desk.give(JPN, order).reason
    given = desk.orders()
    return book.resolved(book.decided(world, given), given, idle_firms(world))


def later(world: World, quarters: int) -> World:
    for _ in range(quarters):
        world = quarter(world)
    return world


def begun(world: World, start: World) -> float:
    """Capacity begun at Chitose."""
    lines, then = world.lines, start.lines
    added = lines.capacity[CHITOSE] + lines.building[CHITOSE] - then.capacity[CHITOSE] - then.building[CHITOSE]
    return float(added[0])


def reason(order: Order, world: World) -> str:
    return Desk(BOOK, world).give(JPN, order).reason


def with_match(share: float) -> Scenario:
    return read_scenario("pax_silica_2026", [f"parameters.state.law_match={share}"]).scenario


@pytest.fixture(scope="module")
def start() -> World:
    return BOOK.open(5, 1)


def test_locked_money_draws_half_as_much_again_from_firms(start: World) -> None:
    law, subsidy = quarter(start, Law(0.5, "rapidus_chitose")), quarter(start, Subsidise("rapidus_chitose", 0.5))
    match = SCENARIO.parameters.state.private_match
    assert begun(law, start) / begun(subsidy, start) == pytest.approx((1.0 + 1.5 * match) / (1.0 + match))


def test_without_the_parameter_a_law_draws_what_a_subsidy_draws(start: World) -> None:
    book = RuleBook(with_match(0.0))
    law = quarter(start, Law(0.5, "rapidus_chitose"), book=book)
    subsidy = quarter(start, Subsidise("rapidus_chitose", 0.5), book=book)
    assert begun(law, start) == pytest.approx(begun(subsidy, start))


def test_a_law_builds_for_twelve_quarters_and_then_ends(start: World) -> None:
    worlds, world = [], quarter(start, Law(0.1, "rapidus_chitose"))
    for _ in range(13):
        worlds.append(world)
        world = quarter(world)
    spent = np.array([float(w.lines.spent[CHITOSE, 0] - start.lines.spent[CHITOSE, 0]) for w in worlds])
    assert spent[11] == pytest.approx(1.2)
    assert spent[12] == spent[11]
    assert worlds[10].laws.left[JPN, 0] == 1.0
    assert (worlds[11].laws.left[JPN, 0], worlds[11].laws.plant[JPN, 0], worlds[11].laws.money[JPN, 0]) == (0, -1, 0)


def test_locked_money_can_pay_for_nothing_else(start: World) -> None:
    plain, bound = quarter(start), quarter(start, Law(0.5, "rapidus_chitose"))
    assert bound.laws.fund[JPN, 0] == 0.5
    # One quarter was paid at the start, the next one is locked already.
    assert float((plain.state.cash - bound.state.cash)[JPN, 0]) == pytest.approx(1.0, abs=0.05)
    assert Desk(BOOK, bound).money_left[JPN, 0] < Desk(BOOK, plain).money_left[JPN, 0] - 0.9


def test_what_finds_no_room_waits_and_comes_back_at_the_end(start: World) -> None:
    world = later(quarter(start, Law(0.5, "rapidus_chitose")), 9)
    none = world.lines.building + 1e6 * (np.arange(len(world.lines.use)) == CHITOSE)[:, None]
    world = replace(world, lines=replace(world.lines, building=none, left=np.full_like(none, 30.0)))
    waiting = quarter(world)
    assert waiting.laws.fund[JPN, 0] > world.laws.fund[JPN, 0]
    ended = quarter(waiting)
    assert (ended.laws.left[JPN, 0], ended.laws.fund[JPN, 0]) == (0.0, 0.0)
    without = quarter(replace(waiting, laws=start.laws))
    assert float((ended.state.cash - without.state.cash)[JPN, 0]) == pytest.approx(waiting.laws.fund[JPN, 0], rel=1e-3)


def test_a_law_for_no_plant_builds_at_several_plants_at_home_and_nowhere_else(start: World) -> None:
    law, plain = quarter(start, Law(0.5)), quarter(start)
    more = np.concatenate(
        [law.lines.building - plain.lines.building, law.suppliers.building - plain.suppliers.building]
    )
    place = np.concatenate([SCENARIO.lines.place, SCENARIO.suppliers.place])
    assert np.count_nonzero(more[place == JPN] > 0.0) > 3
    assert not more[place != JPN].any()
    spent = np.concatenate([law.lines.spent - plain.lines.spent, law.suppliers.spent - plain.suppliers.spent])
    assert float(spent.sum()) == pytest.approx(0.5)


def test_laws_are_refused_with_what_would_be_possible(start: World) -> None:
    assert "50% of the budget, USD 1.04 bn a quarter" in reason(Law(5.0), start)
    assert "amount above zero" in reason(Law(0.0), start)
    assert "only a plant at home" in reason(Law(0.1, "intel_ohio_14"), start)
    assert "offer money there first" in reason(Law(0.1, "rapidus_iim2"), start)
    assert "in force already, for 11 quarters more" in reason(Law(0.1), quarter(start, Law(0.1)))


def test_no_law_can_be_made_where_its_share_of_the_budget_is_nought(start: World) -> None:
    book = RuleBook(read_scenario("pax_silica_2026", ["parameters.state.law_most=0"]).scenario)
    assert not Desk(book, start).give(JPN, Law(0.1)).accepted
