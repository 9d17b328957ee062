"""What strategies weigh can be asked for afterwards: ranked, with terms, and with a mark on what was given."""

import math

import numpy as np
import pytest

from agents.alternatives import alternatives, decided, order_line, told, weighed_proposals
from agents.model import ChipRace
from agents.strategies import find
from agents.strategies.hold import Hold
from game.core.diplomacy import Propose
from game.core.orders import Dial, Subsidise, Visa
from game.core.world import state_hash
from game.files.scenarios import bundled

SCENARIO = bundled("classroom")


@pytest.fixture(scope="module")
def race() -> ChipRace:
    """Two worlds after a year and the next quarter's talks, with some doctrines in them."""
    made = ChipRace(SCENARIO, worlds=2, seats={"KOR": "flooder", "USA": "greedy", "CHN": "hold"}, rng=3)
    made.run(4)
    made.talk()
    return made


@pytest.mark.parametrize("seat", ["JPN", "KOR", "USA", "TWN"])
def test_alternatives_are_ranked_and_their_terms_add_up(race: ChipRace, seat: str) -> None:
    found = alternatives(race.world, race.book, seat, race.nations[seat].strategy, w=1)
    ranked = [each for each in found if not math.isnan(each.value)]
    assert len(ranked) > 2
    assert [each.value for each in ranked] == sorted((each.value for each in ranked), reverse=True)
    for each in ranked:
        assert sum(points for _, points in each.terms) == pytest.approx(each.value, abs=1e-12)
        sizes = [abs(points) for _, points in each.terms]
        assert sizes == sorted(sizes, reverse=True)


def test_what_a_strategy_gave_is_marked_and_its_first_plant_is_the_best_it_ranked(race: ChipRace) -> None:
    found = alternatives(race.world, race.book, "KOR", race.nations["KOR"].strategy, most=None)
    given = [each.order for each in found if each.given]
    orders = decided(race.world if race.world.worlds == 1 else _first(race), race.book, "KOR", find("flooder"))
    assert set(map(order_line, given)) == set(map(order_line, orders))
    plants = [each for each in found if each.matter == "plants"]
    funded = [order.plant for order in orders if isinstance(order, Subsidise)]
    assert plants[0].given
    assert isinstance(plants[0].order, Subsidise)
    assert plants[0].order.plant == funded[0]


def _first(race: ChipRace):
    from game.core.world import slice_worlds

    return slice_worlds(race.world, slice(0, 1))


def test_what_one_seat_does_alone_is_what_it_does_among_the_others() -> None:
    race = ChipRace(SCENARIO, seats=dict.fromkeys(SCENARIO.seats, "self_reliance"), rng=4)
    race.run(8)
    race.talk()
    sealed = race.sealed_orders()
    for seat in ("JPN", "ARE"):
        orders = decided(race.world, race.book, seat, find("self_reliance"))
        lines, suppliers = SCENARIO.lines.axis, SCENARIO.suppliers.axis
        for order in orders:
            if isinstance(order, Subsidise):
                amounts = sealed.subsidy_line if order.plant in lines else sealed.subsidy_supplier
                at = lines.at(order.plant) if order.plant in lines else suppliers.at(order.plant)
                assert amounts[at, 0] == pytest.approx(float(order.amount))


def test_asking_changes_neither_the_world_nor_the_game(race: ChipRace) -> None:
    before = state_hash(race.world, 0)
    first = alternatives(race.world, race.book, "JPN", race.nations["JPN"].strategy)
    again = alternatives(race.world, race.book, "JPN", race.nations["JPN"].strategy)
    assert told(first) == told(again)
    assert state_hash(race.world, 0) == before


def test_who_ranks_nothing_has_only_what_it_gave(race: ChipRace) -> None:
    assert alternatives(race.world, race.book, "CHN", Hold()) == ()
    assert alternatives(race.world, race.book, "CHN", None) == ()
    assert weighed_proposals(race.world, race.book, "CHN", Hold()) == ()

    class Once:
        name, motto = "once", "Gives an order."

        def decide(self, counsel):
            counsel.give(Visa(0.1))

    (only,) = alternatives(race.world, race.book, "CHN", Once())
    assert only.given
    assert np.isnan(only.value)
    assert only.order == Visa(0.1)


def test_offers_are_weighed_by_what_they_are_worth_to_the_seat(race: ChipRace) -> None:
    opening = ChipRace(SCENARIO, rng=3)
    found = [
        each for seat in SCENARIO.seats for each in weighed_proposals(opening.world, opening.book, seat, find("steady"))
    ]
    assert found
    assert all(isinstance(each.order, Propose) and each.terms for each in found)
    # What is asked for a mandate's sake may cost by the worth that all can see.
    assert sum(each.value > 0.0 for each in found) > 0.5 * len(found)


def test_orders_are_told_as_order_files_write_them() -> None:
    assert order_line(Dial("grid", 0.6)) == "dial, dial: grid, share: 0.6"
