"""Clauses about know-how, people, power and compute: each moves its subject, and only where it is in force."""

from dataclasses import replace

import numpy as np
import pytest

from game.core.diplomacy import Clause
from game.core.names import CLASSES, GOODS, POWER_KINDS, TRACKS
from game.rules import knowhow, power
from game.rules.book import idle_firms
from game.rules.turn import Turn
from game.testing import with_charter, with_contract
from tests.rules.alone import AT, BOOK, SCENARIO, both, opened, played

NODE, LITHOGRAPHY = TRACKS.at("node"), TRACKS.at("lithography")


def gained(track: int, place: str, *clauses: Clause, quarters: int = 1) -> float:
    without, within = both(*clauses, quarters=quarters)
    return float(within.state.knowhow[AT(place), track, 0] - without.state.knowhow[AT(place), track, 0])


# --- licences --------------------------------------------------------------------------------------------------------


def test_a_licence_closes_part_of_the_gap_and_costs_its_fee_every_quarter():
    licence = Clause("licence", "TWN", "IND", subject="node", price=0.3)
    without, within = both(licence)
    known = opened().state.knowhow
    gap = float(known[AT("TWN"), NODE, 0] - known[AT("IND"), NODE, 0])
    more = float(within.state.knowhow[AT("IND"), NODE, 0] - without.state.knowhow[AT("IND"), NODE, 0])
    assert 0.01 * gap < more < 0.06 * gap
    assert (within.state.knowhow[AT("TWN")] == without.state.knowhow[AT("TWN")]).all()
    paid = without.state.cash - within.state.cash
    assert paid[AT("IND"), 0] == pytest.approx(0.3)
    assert paid[AT("TWN"), 0] == pytest.approx(-0.3)


def test_a_licence_teaches_more_the_more_its_giver_trusts_the_taker():
    licence, world = Clause("licence", "TWN", "IND", subject="node", price=0.3), opened()
    trust = world.relations.trust.copy()
    trust[AT("IND"), AT("TWN")] = 0.05
    wary = replace(world, relations=replace(world.relations, trust=trust))
    learnt = [played(with_contract(w, SCENARIO, licence)).state.knowhow[AT("IND"), NODE, 0] for w in (world, wary)]
    assert learnt[0] > learnt[1]


def test_know_how_stays_when_a_licence_runs_out_and_no_more_comes():
    licence = Clause("licence", "TWN", "IND", subject="node", price=0.3)
    without, within = both(licence, quarters=4, length=4)
    kept = within.state.knowhow[AT("IND"), NODE, 0] - without.state.knowhow[AT("IND"), NODE, 0]
    later = [played(world) for world in (without, within)]
    after = later[1].state.knowhow[AT("IND"), NODE, 0] - later[0].state.knowhow[AT("IND"), NODE, 0]
    assert kept > 1.0
    assert 0.0 <= after - kept < 0.05 * kept


def test_licensed_know_how_raises_yields_of_the_takers_lines():
    licence = Clause("licence", "TWN", "JPN", subject="node", price=0.3)
    without, within = both(licence, quarters=8)
    more = (within.lines.die_yield - without.lines.die_yield)[:, 0]
    assert more[SCENARIO.lines.axis.at("rapidus_chitose")] > 0.01
    assert more[SCENARIO.lines.home != AT("JPN")].max() < 1e-6


# --- hubs ------------------------------------------------------------------------------------------------------------


def hub(*pairs: tuple[str, str], track: str = "photonics", each: float = 0.1) -> tuple[Clause, ...]:
    return tuple(Clause("hub", a, b, subject=track, quantity=each) for a, b in pairs)


def test_all_members_of_a_hub_gain_and_pay():
    without, within = both(*hub(("NLD", "JPN")))
    track = TRACKS.at("photonics")
    for place in ("NLD", "JPN"):
        assert within.state.knowhow[AT(place), track, 0] > without.state.knowhow[AT(place), track, 0] + 0.05
        assert (without.state.cash - within.state.cash)[AT(place), 0] == pytest.approx(0.1)
    assert within.state.knowhow[AT("USA"), track, 0] == without.state.knowhow[AT("USA"), track, 0]


def test_a_hub_of_three_gives_each_more_than_a_hub_of_two():
    world = opened()
    trust = np.full_like(world.relations.trust, 0.6)
    world = replace(world, relations=replace(world.relations, trust=trust))

    def gain(*pairs: tuple[str, str], each: float) -> float:
        after = played(with_contract(world, SCENARIO, *hub(*pairs, each=each)))
        return float((after.state.knowhow - played(world).state.knowhow)[AT("NLD"), TRACKS.at("photonics"), 0])

    two = gain(("NLD", "JPN"), each=0.2)
    # Each of three parties has two clauses, and so pays as much as in a hub of two.
    three = gain(("NLD", "JPN"), ("NLD", "KOR"), ("JPN", "KOR"), each=0.1)
    assert three / two == pytest.approx(np.sqrt(3.0 / 2.0), rel=1e-6)


def test_a_host_that_rules_the_market_is_a_poor_host():
    neutral = gained(LITHOGRAPHY, "USA", *hub(("ISR", "USA"), ("ISR", "NLD"), track="lithography"))
    ruled = gained(LITHOGRAPHY, "USA", *hub(("NLD", "USA"), ("ISR", "NLD"), track="lithography"))
    assert neutral > 3.0 * ruled > 0.0


def test_the_least_trust_in_a_hub_sets_what_all_gain():
    world = opened()
    trust = world.relations.trust.copy()
    trust[AT("CHN"), AT("JPN")] = trust[AT("JPN"), AT("CHN")] = 0.05
    world = replace(world, relations=replace(world.relations, trust=trust))
    circle = knowhow.circles(with_contract(world, SCENARIO, *hub(("NLD", "CHN"), ("NLD", "JPN"))), knowhow.HUB)
    assert knowhow.least_trust(world, circle)[0] == pytest.approx(0.05)


def test_a_charter_with_a_hub_teaches_members_for_dues_and_nobody_else():
    world = opened()
    without, within = played(world), played(with_charter(world, SCENARIO, "pax_silica", hub=1.0))
    member = world.relations.member[0, :, 0] > 0
    more = (within.state.knowhow - without.state.knowhow)[:, :, 0].max(axis=1)
    assert (more[member] > 0.01).all()
    assert (more[~member] == 0.0).all()
    assert ((without.state.cash - within.state.cash)[member, 0] > 0.0).all()


# --- ventures --------------------------------------------------------------------------------------------------------


def test_a_venture_builds_capacity_owned_by_who_pays():
    room = SCENARIO.lines.room[:, 0] * (SCENARIO.lines.capacity[:, 0] > 0) * (SCENARIO.lines.place == AT("JPN"))
    line = int(room.argmax())
    clause = Clause("venture", "USA", "JPN", subject=SCENARIO.lines.axis.names[line], quantity=0.2)
    without, within = both(clause)
    assert within.lines.building[line, 0] > without.lines.building[line, 0]
    assert within.lines.state_share[AT("USA"), line, 0] > 0.0
    assert (without.state.cash - within.state.cash)[AT("USA"), 0] == pytest.approx(0.2, rel=0.02)


def test_a_venture_without_room_at_the_line_costs_nothing():
    full = np.flatnonzero((SCENARIO.lines.room[:, 0] <= 0.0) & (SCENARIO.lines.capacity[:, 0] > 0))
    line = int(full[0])
    host = SCENARIO.place_axis.names[SCENARIO.lines.place[line]]
    giver = "IND" if host != "IND" else "USA"
    without, within = both(Clause("venture", giver, host, subject=SCENARIO.lines.axis.names[line], quantity=0.4))
    assert within.state.cash[AT(giver), 0] == pytest.approx(without.state.cash[AT(giver), 0])


def test_a_partners_know_how_raises_the_yield_of_the_line():
    line = SCENARIO.lines.axis.at("rapidus_chitose")
    without, within = both(Clause("venture", "TWN", "JPN", subject="rapidus_chitose", quantity=0.001), quarters=2)
    assert within.lines.die_yield[line, 0] > without.lines.die_yield[line, 0] + 0.002


# --- engineers, power, compute ---------------------------------------------------------------------------------------


def test_engineers_under_a_visa_clause_leave_at_once_arrive_later_and_some_come_home():
    without, within = both(Clause("visa", "JPN", "IND", quantity=0.2, price=0.5))
    gone = (without.people.engineers - within.people.engineers)[AT("IND"), 0]
    assert gone == pytest.approx(0.2, rel=0.02)
    paid = without.state.cash - within.state.cash
    assert paid[AT("JPN"), 0] == pytest.approx(0.1)
    assert paid[AT("IND"), 0] == pytest.approx(-0.1)
    ahead = (within.people.coming - without.people.coming)[:, :, 0]
    assert ahead[AT("JPN")].sum() == pytest.approx(0.18)
    assert ahead[AT("IND")].sum() == pytest.approx(0.02)


def test_a_place_that_closes_its_borders_sends_nobody_and_is_paid_for_nobody():
    world = opened()
    closed = world.policy.closed_people.copy()
    closed[AT("IND"), AT("JPN")] = 1
    world = replace(world, policy=replace(world.policy, closed_people=closed))
    signed = with_contract(world, SCENARIO, Clause("visa", "JPN", "IND", quantity=0.2, price=0.5))
    after = played(signed)
    assert after.clauses.met[signed.contracts.status[:, 0].argmax(), 0, 0] == 0.0
    assert after.state.cash[AT("IND"), 0] == pytest.approx(played(world).state.cash[AT("IND"), 0])


def test_fuel_raises_the_takers_supply_while_the_clause_runs_and_its_giver_goes_without_part():
    clause = Clause("power", "USA", "JPN", quantity=0.3, price=0.4)
    without, within = both(clause, quarters=2, length=2)
    more = (within.power.supply - without.power.supply)[:, 0]
    assert more[AT("JPN")] == pytest.approx(0.3, rel=0.2)
    assert -0.3 < more[AT("USA")] < 0.0
    over = (played(within).power.supply - played(without).power.supply)[:, 0]
    assert np.abs(over).max() < 1e-9


def test_fuel_is_paid_for_as_it_comes_and_a_shock_stops_part_of_it():
    turn_world = with_contract(opened(), SCENARIO, Clause("power", "USA", "JPN", quantity=0.3, price=0.4))
    struck = turn_world.events.struck.copy()
    struck[SCENARIO.events.axis.at(power.SHOCK), AT("JPN")] = 0.12
    turn = Turn(SCENARIO, BOOK.tables, BOOK.orders(1), idle_firms(turn_world))
    calm = power.supply(turn_world, turn)
    shocked = power.supply(replace(turn_world, events=replace(turn_world.events, struck=struck)), turn)
    assert shocked.power.contracted[AT("JPN"), 0] < calm.power.contracted[AT("JPN"), 0]
    assert shocked.clauses.met.min() < calm.clauses.met.min() == 1.0


def test_rented_compute_reaches_the_taker_leaves_the_giver_and_is_paid():
    clause = Clause("compute", "ARE", "ISR", quantity=50.0, price=1.0)
    without, within = both(clause)
    rented = within.compute.rented_in - without.compute.rented_in
    assert rented[AT("ISR"), 0] == pytest.approx(50.0, rel=0.05)
    assert (within.compute.rented_out - without.compute.rented_out)[AT("ARE"), 0] > 40.0
    assert within.standing.measures[AT("ISR"), 0, 0] > without.standing.measures[AT("ISR"), 0, 0]
    assert within.state.cash[AT("ARE"), 0] > without.state.cash[AT("ARE"), 0]
    assert within.state.cash[AT("ISR"), 0] < without.state.cash[AT("ISR"), 0]


# --- what no clause moves ---------------------------------------------------------------------------------------------


def test_subjects_of_places_that_sign_nothing_are_left_alone():
    clause = Clause("licence", "TWN", "IND", subject="node", price=0.3)
    without, within = both(clause)
    others = np.arange(len(SCENARIO.place_axis)) != AT("IND")
    assert (within.state.knowhow[others] == without.state.knowhow[others]).all()


def test_goods_and_tracks_named_here_exist():
    assert all(GOODS.names[g] for goods in knowhow.FIELDS.values() for g in goods)
    assert set(knowhow.FIELDS) < set(range(len(TRACKS)))
    assert len(CLASSES) == 6
    assert len(POWER_KINDS) == 4
