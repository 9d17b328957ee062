"""How steady seats quarrel and settle, and what they sign for the sake of their own mandates."""

import itertools

import numpy as np
import pytest

from agents.model import ChipRace
from agents.strategies import steady_bundles
from agents.strategies.steady_bundles import Deal, settle
from agents.strategies.steady_settlements import borne
from agents.strategies.steady_wishes import wished, wishes
from game.core.clauses import CLAUSES
from game.core.names import CLASSES, LEVELS
from game.core.world import World, replace
from game.files.scenarios import bundled
from game.rules import controls, pacts
from game.rules.offers import no_offers
from game.rules.worth_stakes import Stakes, stakes

SCENARIO = bundled("pax_silica_2026")
AXIS = SCENARIO.place_axis
JPN, CHN, USA, MYS = (AXIS.at(code) for code in ("JPN", "CHN", "USA", "MYS"))
BAN = LEVELS.at("ban")


@pytest.fixture(scope="module")
def played() -> list[tuple[World, World]]:
    """Worlds before and after each quarter of two steady games."""
    race, seen = ChipRace(SCENARIO, worlds=2, rng=3), []
    for _ in range(20):
        before = race.world
        race.step()
        seen.append((before, race.world))
    return seen


def test_threats_come_before_bans(played):
    quarrels = 0
    for before, after in played[1:]:
        new = (after.policy.chosen == BAN) & (before.policy.chosen < BAN)
        for owner, good, target, w in np.argwhere(new).tolist():
            due = [c for c in SCENARIO.controls if before.quarter in (c.since, c.until)]
            dated = any(c.owner == owner and good in c.goods and target in c.targets for c in due)
            if not dated and owner in SCENARIO.places.seats:
                kind = next(k for k, goods in enumerate(pacts.CLASS_GOODS) if good in goods)
                assert before.signals.threat[owner, kind, target, w] > 0
                quarrels += 1
    assert quarrels


def test_a_mandate_that_forbids_blame_keeps_its_seat_from_threats():
    race = ChipRace(SCENARIO, worlds=8, rng=1)
    restrained = np.flatnonzero(race.world.standing.mandate[CHN] == 1)
    assert len(restrained)
    for _ in range(8):
        race.step()
        assert not race.world.signals.threat[CHN][..., restrained].any()


def test_a_seat_bears_a_ban_the_less_the_longer_it_lasts(played):
    world = played[4][1]
    tables = ChipRace(SCENARIO).book.tables
    at = tuple(np.array([n]) for n in (JPN, CHN, CLASSES.at("minerals"), 0))
    level, ages = world.policy.level.copy(), []
    level[CHN, :, JPN] = BAN
    for age in (0, 6, 12):
        aged = replace(world.policy, level=level, age=np.full_like(world.policy.age, age))
        ages.append(float(borne(Stakes(replace(world, policy=aged), SCENARIO, tables), *at)[0]))
    assert ages[0] > ages[1] > ages[2]


def test_a_contract_is_worth_more_to_whose_mandate_it_serves():
    race = ChipRace(SCENARIO, worlds=8, rng=1)
    wish = next(wish for wish in wishes(SCENARIO) if wish.place == JPN and wish.metric == "clause_partners")
    offers = no_offers([JPN], len(AXIS), 8)
    offers.open[0], offers.quarters[0] = True, 8.0
    offers.party[0, [JPN, MYS]] = True
    offers.kind[0, 0], offers.giver[0, 0], offers.taker[0, 0] = CLAUSES.at("platform"), JPN, MYS
    k = stakes(race.world, SCENARIO, race.book.tables)
    more = wished(k, offers, np.zeros(8, dtype=np.int64), np.full(8, JPN), np.arange(8))
    drew = race.world.standing.mandate[JPN] == wish.mandate
    assert drew.any()
    assert (more[drew] > 0.0).all()
    assert (more[~drew] == 0.0).all()


def test_bans_of_steady_seats_end(played):
    race = ChipRace(SCENARIO, worlds=1, rng=3)
    tables = race.book.tables
    count = [controls.bans(after, tables).sum(axis=0) for _, after in played]
    assert np.max(count) >= 1.0
    assert any((later < earlier).any() for earlier, later in itertools.pairwise(count))


def test_who_is_blamed_begins_nothing_for_little():
    race = ChipRace(SCENARIO, worlds=2, rng=3)
    for _ in range(4):
        race.step()
    relations, began = race.world.relations, []
    for blame in (0.0, 5.0):
        blamed = np.full_like(relations.blame, blame)
        race.begin_again(replace(race.world, relations=replace(relations, blame=blamed)))
        orders = race.sealed_orders()
        began.append(0 if orders.moves is None else int(np.count_nonzero(orders.moves.threat > 0)))
    assert began[0] > began[1]


def test_who_presses_asks_to_be_paid_though_both_gain_by_the_contract(monkeypatch):
    monkeypatch.setattr(steady_bundles, "CONTENT", 0.0)
    race = ChipRace(SCENARIO, worlds=1, rng=3)
    k = stakes(race.world, SCENARIO, race.book.tables)
    asked = []
    for pressed in (0.0, 0.001):
        offers = no_offers([JPN], len(AXIS), 1)
        offers.open[0], offers.quarters[0] = True, 8.0
        offers.party[0, [JPN, USA]] = True
        offers.kind[0, 0], offers.giver[0, 0], offers.taker[0, 0] = CLAUSES.at("platform"), JPN, USA
        deal = Deal(*(np.array([n]) for n in (0, 0, JPN, USA)))
        settle(offers, k, deal, np.array([pressed]))
        paid = np.isin(offers.kind[0, :, 0], [CLAUSES.at("money"), CLAUSES.at("payment")]) & (
            offers.taker[0, :, 0] == JPN
        )
        asked.append(bool(paid.any()))
    assert asked == [False, True]
