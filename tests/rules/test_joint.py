"""Orders of many seats in one pass are ruled on as the same orders are one by one."""

from dataclasses import fields

import numpy as np
import pytest

from agents.model import ChipRace
from agents.nation import decide_all
from agents.strategies.steady import Steady
from game.core.numeric import Counts
from game.core.orders import Order, Respond
from game.files.scenarios import bundled
from game.rules.desk import Desk, Given
from game.rules.joint import JointDesk
from game.rules.law import Mask
from game.rules.pacts import IN_FORCE

SCENARIO = bundled("pax_silica_2026")


class OneByOne(Desk):
    """A desk that wants to see every order."""

    def give(self, seat: int, order: Order, where: Mask | None = None) -> Given:
        return super().give(seat, order, where)


@pytest.fixture(scope="module")
def race() -> ChipRace:
    race = ChipRace(worlds=3, rng=7)
    race.run(6)
    return race


def all_seats(race: ChipRace) -> Counts:
    return np.array([nation.position for nation in race.nations.values()], dtype=np.int64)


def assert_same_orders(ours: Desk, theirs: Desk) -> None:
    one, other = ours.orders(), theirs.orders()
    assert (one.moves is None) == (other.moves is None)
    for mine, others in ((one, other), (one.moves, other.moves)):
        for field in fields(mine) if mine is not None else ():
            if field.name != "moves":
                a, b = getattr(mine, field.name), getattr(others, field.name)
                np.testing.assert_array_equal(a, b, err_msg=field.name)


def test_a_quarter_of_steady_is_the_same_in_one_pass_and_one_by_one(race):
    together, single = Desk(race.book, race.world), OneByOne(race.book, race.world)
    decide_all(list(race.nations.values()), together)
    for nation in race.nations.values():
        nation.decide(single)
    assert together.spent() > 0
    assert_same_orders(together, single)


@pytest.mark.parametrize("share", [-0.1, 0.1, 0.3, 1.5])
def test_orders_beyond_law_treasury_and_capital_are_refused_alike(race, share):
    seats = all_seats(race)
    desks = Desk(race.book, race.world), OneByOne(race.book, race.world)
    plants = len(race.scenario.lines.axis) + len(race.scenario.suppliers.axis)
    taken = []
    for desk in desks:
        joint = JointDesk(desk, seats)
        money, everywhere = share * desk.money_left[seats], np.ones((len(seats), 3), dtype=bool)
        supply = race.world.power.supply[seats]
        parts = [
            joint.subsidise(np.full(everywhere.shape, k, dtype=np.int64), money, everywhere) for k in range(plants)
        ]
        parts.append(joint.build_power("lng", share * supply, everywhere))
        parts.append(joint.invite(share + 0.0 * money, everywhere))
        parts.append(joint.buy_compute(money, everywhere))
        taken.append(np.stack(parts))
    np.testing.assert_array_equal(*taken)
    assert taken[0].any() == (share in (0.1, 0.3, 1.5))
    assert_same_orders(*desks)


def test_a_subclass_with_a_decision_of_its_own_is_asked_for_it(race):
    class Idle(Steady):
        def decide(self, counsel):
            """Do nothing."""

    desk = Desk(race.book, race.world)
    nation = next(iter(race.nations.values()))
    kept, nation.strategy = nation.strategy, Idle()
    decide_all([nation], desk)
    nation.strategy = kept
    assert desk.spent() == 0


def test_answers_to_events_are_those_of_single_orders() -> None:
    """The joint way enters what `Respond` would, and takes what it costs."""
    race = ChipRace(worlds=16, seats=dict.fromkeys(SCENARIO.seats, "hold"), rng=1)
    race.run(3)
    pending = race.world.events.pending
    answered = 0
    for kind, seat in np.argwhere(pending.any(axis=2)):
        choices = SCENARIO.events.choices[kind]
        where = pending[kind, seat] > 0.0
        for choice in range(len(choices)):
            joint, single = Desk(race.book, race.world), Desk(race.book, race.world)
            JointDesk(joint, np.array([seat])).respond(int(kind), choice, where[None])
            single.give(int(seat), Respond(SCENARIO.events.axis.names[kind], choice + 1), where)
            a, b = joint.orders(), single.orders()
            assert a.choice is not None
            assert b.choice is not None
            assert (a.choice == b.choice).all()
            assert (a.money == b.money).all()
            assert (a.capital == b.capital).all()
            answered += 1
    assert answered > 10


def test_dials_campaigns_and_intelligence_are_ruled_on_alike(race):
    """A seat sets one dial a quarter, looks at nobody but others, and pays for what it does."""
    seats = all_seats(race)
    desks = Desk(race.book, race.world), OneByOne(race.book, race.world)
    taken = []
    for desk in desks:
        joint, everywhere = JointDesk(desk, seats), np.ones((len(seats), 3), dtype=bool)
        targets = np.broadcast_to(seats[:1, None], everywhere.shape)
        orders = [joint.set_dial("grid", 0.7, everywhere), joint.set_dial("visa", 0.7, everywhere)]
        orders += [joint.campaign("approval", everywhere), joint.look_at(targets, everywhere)]
        taken.append(np.stack(orders))
    np.testing.assert_array_equal(*taken)
    assert taken[0][0].all()
    assert not taken[0][1].any()
    assert taken[0][2].any()
    assert not taken[0][3, 0].any()
    assert_same_orders(*desks)


def test_answers_of_seats_that_do_not_stand_side_by_side_are_entered() -> None:
    race = ChipRace(worlds=16, seats=dict.fromkeys(SCENARIO.seats, "hold"), rng=1)
    race.run(3)
    kind, seat = np.argwhere(race.world.events.pending.any(axis=2))[0]
    other = next(n for n in SCENARIO.places.seats if abs(n - seat) > 1)
    desk = Desk(race.book, race.world)
    joint = JointDesk(desk, np.array([seat, other]))
    where = np.stack([race.world.events.pending[kind, seat] > 0.0, np.zeros(16, dtype=bool)])
    taken = joint.respond(int(kind), 0, where)
    choice = desk.orders().choice
    assert taken.any()
    assert choice is not None
    assert (choice[kind, seat, taken[0]] == 0).all()


def test_threats_notices_and_floors_are_ruled_on_alike(race):
    """Whoever may give an order one by one may give it in one pass, and nobody else."""
    seats, s = all_seats(race), race.scenario
    desks = Desk(race.book, race.world), OneByOne(race.book, race.world)
    shape, suppliers = (len(seats), 3), len(s.suppliers.axis)
    running = race.world.contracts.status[:, 0] == IN_FORCE
    assert running.any()
    taken = []
    for desk in desks:
        joint, everywhere = JointDesk(desk, seats), np.ones(shape, dtype=bool)
        orders = []
        for kind, target in ((0, seats[0]), (3, seats[1]), (3, seats[1]), (5, seats[2])):
            kinds, targets = np.full(shape, kind), np.full(shape, target)
            orders.append(joint.threaten(kinds, targets, 3, everywhere))
        orders.append(joint.threaten(np.zeros(shape, dtype=np.int64), np.full(shape, seats[4]), 9, everywhere))
        orders += [joint.break_off(np.full(shape, slot), everywhere) for slot in np.flatnonzero(running)[:4].tolist()]
        orders += [joint.protect(np.full(shape, k), everywhere) for k in range(0, suppliers, 9)]
        taken.append(np.stack(orders))
    np.testing.assert_array_equal(*taken)
    threats, too_long, notices, floors = taken[0][:4], taken[0][4], taken[0][5:9], taken[0][9:]
    assert threats.any()
    assert not threats.all()
    assert not too_long.any()
    assert notices.any()
    assert floors.any()
    assert_same_orders(*desks)
