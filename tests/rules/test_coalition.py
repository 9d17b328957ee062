"""Who makes a control bite, and what they want for it."""

import numpy as np
import pytest

from agents.model import ChipRace
from game.core.names import CLASSES, LEVELS
from game.files.scenarios import bundled
from game.rules import coalition

SCENARIO = bundled("pax_silica_2026")
CHN, USA = (SCENARIO.place_axis.at(code) for code in ("CHN", "USA"))
SEATS = list(SCENARIO.places.seats)
BAN = LEVELS.at("ban")


@pytest.fixture(scope="module")
def race() -> ChipRace:
    played = ChipRace(SCENARIO, worlds=2, rng=5)
    played.run(4)
    return played


@pytest.mark.parametrize("name", CLASSES.names[:5])
def test_whoever_joins_makes_a_control_bite_no_less_and_all_together_most(race, name):
    found = coalition.coalition(race.world, SCENARIO, race.book.tables, USA, CLASSES.at(name), CHN, BAN)
    assert (found.joined >= found.alone - 1e-12).all()
    assert (found.everybody >= found.joined - 1e-12).all()
    assert ((found.alone >= 0) & (found.everybody <= 1)).all()


def test_what_others_sell_in_its_place_is_no_more_than_the_owner_sold(race):
    for k in range(5):
        known = coalition.market(race.world, SCENARIO, k, CHN)
        assert (coalition.earned(known, USA).sum(axis=0) <= known.sold[:, USA].sum(axis=0) + 1e-9).all()


def test_who_sells_more_to_the_target_wants_more_for_joining(race):
    chips = CLASSES.at("chips")
    found = coalition.coalition(race.world, SCENARIO, race.book.tables, USA, chips, CHN, BAN)
    sold = coalition.market(race.world, SCENARIO, chips, CHN).sold.sum(axis=0)
    k = coalition.stakes(race.world, SCENARIO, race.book.tables)
    hurt = sold * k.income
    others = [n for n in SEATS if n not in (USA, CHN)]
    most = max(others, key=lambda n: hurt[n, 0])
    least = min(others, key=lambda n: hurt[n, 0])
    assert found.wants[most, 0] < found.wants[least, 0]
    assert found.price[most, 0] > 0.0


def test_a_blocking_coalition_reaches_its_goal_or_takes_everybody_who_helps(race):
    for k in range(4):
        partners, share = coalition.blocking(race.world, SCENARIO, k, CHN, USA, 0.5)
        assert USA not in partners
        assert CHN not in partners
        members = np.zeros((len(SCENARIO.place_axis), race.world.worlds))
        members[[USA, *partners]] = 1.0
        known = coalition.market(race.world, SCENARIO, k, CHN)
        assert coalition.stopped(known, members)[0] == pytest.approx(share)
        everybody = coalition.stopped(known, np.ones_like(members))[0]
        assert share >= min(0.5, everybody) - 1e-9 or all(
            coalition._with(known, members, n, 0) <= share + 1e-9 for n in range(len(members)) if n != CHN
        )


def test_planning_a_control_leaves_the_worths_of_the_world_as_they_are(race):
    k = coalition.stakes(race.world, SCENARIO, race.book.tables)
    before = k.levels.copy()
    then = coalition.planned(k, USA, CLASSES.at("chips"), CHN, BAN)
    assert (k.levels == before).all()
    assert (then.levels[USA, CLASSES.at("chips"), CHN] == BAN).all()
