"""Shared standards (S9, S16, S17): certified silicon, guardrails, robots from test platforms."""

from dataclasses import replace

import numpy as np
import pytest

from game.core.diplomacy import Clause
from game.core.names import GOODS
from game.core.world import World
from game.rules import guards, people, production, score, standards, trade
from game.rules.book import idle_firms
from game.rules.turn import Turn
from game.testing import with_charter, with_contract
from tests.rules.alone import AT, BOOK, SCENARIO, both, opened, played

CERTIFY = Clause("certify", "NLD", "JPN")
GUARDRAILS = Clause("guardrails", "GBR", "JPN")
PLATFORM = tuple(Clause("platform", a, b, quantity=0.2) for a, b in (("USA", "JPN"), ("USA", "KOR"), ("JPN", "KOR")))


def with_standards(world: World, **fields: float) -> World:
    """A world in which all places stand at some level."""
    known = {name: np.full_like(getattr(world.standards, name), value) for name, value in fields.items()}
    return replace(world, standards=replace(world.standards, **known))


# --- certified silicon -----------------------------------------------------------------------------------------------


def test_certified_silicon_rises_with_the_clause_costs_audits_and_falls_without_it():
    without, within = both(CERTIFY, quarters=4, length=4)
    assert within.standards.certified[AT("JPN"), 0] > 0.4
    assert within.standards.certified[AT("KOR"), 0] == 0.0
    later = played(within, 4)
    assert 0.0 < later.standards.certified[AT("JPN"), 0] < within.standards.certified[AT("JPN"), 0]
    audits = played(opened()).state.spending - played(with_contract(opened(), SCENARIO, CERTIFY)).state.spending
    assert audits[AT("JPN"), 0] < 0.0
    assert without.standards.certified.max() == 0.0


def test_a_charter_certifies_as_far_as_it_says():
    world = played(with_charter(opened(), SCENARIO, "pax_silica", certify=0.5), 12)
    member = world.relations.member[0, :, 0] > 0
    assert (world.standards.certified[member, 0] > 0.4).all()
    assert world.standards.certified.max() <= 0.5


def test_private_capex_of_certified_places_is_cheaper_so_that_there_is_more_of_it():
    without, within = both(CERTIFY, quarters=6)
    ratio = (within.compute.growth / without.compute.growth)[:, 0]
    assert 1.01 < ratio[AT("JPN")] < 1.06
    assert ratio[AT("AUS")] == pytest.approx(1.0, abs=2e-3)


def test_certified_makers_earn_a_premium_from_certified_buyers_alone():
    world = played(opened())
    turn = Turn(SCENARIO, BOOK.tables, BOOK.orders(1), idle_firms(world))
    plain = with_standards(world, certified=0.0)
    assert standards.sell(plain, turn) is plain
    everybody = standards.sell(with_standards(world, certified=1.0), turn)
    more = (everybody.state.value_added - world.state.value_added)[:, 0]
    assert more[AT("TWN")] > 0.01
    assert more.min() >= 0.0
    one = world.standards.certified.copy()
    one[AT("TWN")] = 1.0
    lonely = standards.sell(replace(world, standards=replace(world.standards, certified=one)), turn)
    assert np.abs(lonely.state.value_added - world.state.value_added).max() < 1e-12


def test_audits_stop_part_of_the_leaks_of_certified_chips_and_of_nothing_else():
    world = opened()
    shape = world.trade.flow.shape
    leaked = np.ones(shape)
    standards.audited(with_standards(world, certified=1.0), SCENARIO, leaked)
    chips = np.isin(SCENARIO.sellers.good, standards.SILICON)
    assert leaked[chips].max() == pytest.approx(1.0 - SCENARIO.parameters.statecraft.provenance)
    assert (leaked[~chips] == 1.0).all()
    assert trade.ACCELERATORS in standards.SILICON


# --- guardrails ------------------------------------------------------------------------------------------------------


def test_who_adopts_guardrails_loses_a_little_compute_and_has_fewer_incidents():
    without, within = both(GUARDRAILS)
    assert within.standards.guardrail[AT("JPN"), 0] == AT("GBR")
    ratio = (within.compute.running / without.compute.running)[:, 0]
    assert 0.95 <= ratio[AT("JPN")] <= 0.97
    assert ratio[AT("KOR")] == 1.0
    odds = guards.calm(within, SCENARIO)
    cyber, quake = (SCENARIO.events.axis.at(kind) for kind in ("cyber_attack", "earthquake"))
    assert odds[cyber, AT("JPN"), 0] < odds[cyber, AT("KOR"), 0] == 1.0
    assert (odds[quake] == 1.0).all()
    assert guards.calm(without, SCENARIO) is None


def test_guardrails_end_with_the_clause_and_a_standard_of_ones_own_stays():
    _, within = both(GUARDRAILS, quarters=2, length=2)
    assert played(within).standards.guardrail[AT("JPN"), 0] == -1
    own = opened()
    guardrail = own.standards.guardrail.copy()
    guardrail[AT("CHN")] = AT("CHN")
    later = played(replace(own, standards=replace(own.standards, guardrail=guardrail)), 2)
    assert later.standards.guardrail[AT("CHN"), 0] == AT("CHN")


def test_members_of_a_bloc_with_such_a_charter_follow_its_largest_economy():
    world = played(with_charter(opened(), SCENARIO, "pax_silica", guardrails=1.0))
    member = world.relations.member[0, :, 0] > 0
    member[AT("USA")] = False
    assert (world.standards.guardrail[member, 0] == AT("USA")).all()
    assert standards.standard_of(world)[AT("USA"), 0] == AT("USA")


def test_two_standards_cost_part_of_the_compute_rented_between_them():
    clauses = Clause("compute", "ARE", "ISR", quantity=50.0, price=1.0)
    same = (Clause("guardrails", "GBR", "ARE"), Clause("guardrails", "GBR", "ISR"))
    mixed = (Clause("guardrails", "GBR", "ARE"), Clause("guardrails", "CHN", "ISR"))
    rented = [float(both(clauses, *kind, quarters=2)[1].compute.rented_in[AT("ISR"), 0]) for kind in (same, mixed)]
    assert rented[1] < 0.9 * rented[0]


def test_the_author_of_a_standard_gains_standing():
    without, within = both(GUARDRAILS, Clause("money", "JPN", "USA", quantity=1.0))
    measure = (within.standing.measures - without.standing.measures)[:, 3, 0]
    assert measure[AT("GBR")] > 1.0


# --- robots ----------------------------------------------------------------------------------------------------------


def test_a_platform_of_makers_compute_and_robotics_raises_robots_of_its_parties():
    _, within = both(*PLATFORM, quarters=8)
    level = within.standards.robots[:, 0]
    assert level[AT("JPN")] > 2.0
    assert level[AT("JPN")] == pytest.approx(level[AT("KOR")], rel=0.2)
    assert level[AT("CHN")] == 0.0


def test_parties_that_lack_one_of_the_three_get_nowhere():
    lame = tuple(Clause("platform", a, b, quantity=0.2) for a, b in (("AUS", "CAN"), ("AUS", "BRA"), ("CAN", "BRA")))
    full, thin = (float(both(*clauses)[1].standards.robots.max()) for clauses in (PLATFORM, lame))
    assert thin < 0.05 * full


def test_robots_spare_engineers_add_income_and_eat_magnets_and_mature_chips():
    world = played(opened())
    robots = with_standards(world, robots=50.0)
    staffed = people.staffed(robots, SCENARIO, BOOK.tables).people.needed / np.maximum(
        people.staffed(world, SCENARIO, BOOK.tables).people.needed, 1e-9
    )
    assert 0.75 < staffed[AT("TWN"), 0] < 0.85
    income = score.chain_income(robots, SCENARIO) - score.chain_income(world, SCENARIO)
    assert (income > 0.0).all()
    needed = production.needs(robots, SCENARIO, BOOK.tables) / np.maximum(
        production.needs(world, SCENARIO, BOOK.tables), 1e-9
    )
    assert needed[AT("JPN"), GOODS.at("magnets"), 0] > 1.2
    assert needed[AT("JPN"), GOODS.at("mature_chips"), 0] > 1.02
    mines = (
        production.planned(robots, SCENARIO, BOOK.tables).supplier
        > production.planned(world, SCENARIO, BOOK.tables).supplier
    )
    assert mines.any()


def test_robots_wear_out_when_the_platform_is_over():
    _, within = both(*PLATFORM, quarters=3, length=3)
    later = played(within, 2)
    assert 0.0 < later.standards.robots[AT("JPN"), 0] < within.standards.robots[AT("JPN"), 0]
