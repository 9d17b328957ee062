"""What the rules do, one fact a test: plants, power, people, money, prices, events."""

from dataclasses import replace

import numpy as np
import pytest

from agents.model import ChipRace
from game.core.names import DIALS, GATES, GOODS, TRACKS
from game.core.orders import (
    BuildPower,
    Dial,
    EntityList,
    Equity,
    ExportControl,
    FastTrack,
    RefuseImports,
    Renode,
    ResearchShare,
    SovereignCompute,
    Stock,
    Subsidise,
    Visa,
)
from game.files.scenarios import bundled
from game.rules import bottleneck, controls, score

SCENARIO = bundled("pax_silica_2026")
AT = SCENARIO.place_axis.at


def race(orders=None, quarters=1, seed=3, **more):
    """A race on `hold` in which seats give `orders` ({seat: [...]}) in the first quarter."""
    model = ChipRace(more.get("scenario", SCENARIO), seats=dict.fromkeys(SCENARIO.seats, "hold"), rng=seed)
    for seat, given in (orders or {}).items():
        model.post(seat, given)
    model.run(quarters)
    assert not model.refused, model.refused
    return model.world


def test_a_subsidy_begins_capacity_worth_the_money_and_the_private_match():
    line = SCENARIO.lines.axis.at("rapidus_chitose")
    before, after = race(), race({"JPN": [Subsidise("rapidus_chitose", 1.0)]})
    capex = SCENARIO.lines.room_capex[line, 0] / SCENARIO.lines.room[line, 0]
    dear = float(after.market.price[0, GOODS.at("process_tools"), 0])
    begun = float(after.lines.building[line, 0] - before.lines.building[line, 0])
    assert begun == pytest.approx((1.0 + SCENARIO.parameters.state.private_match) / capex, rel=0.15 * max(1.0, dear))
    assert float(before.state.cash[AT("JPN"), 0] - after.state.cash[AT("JPN"), 0]) == pytest.approx(1.0, abs=0.05)


def test_a_line_opens_when_its_construction_ends_and_not_before():
    line = SCENARIO.lines.axis.at("tata_dholera_28")
    left = int(SCENARIO.lines.left[line, 0])
    assert race(quarters=left - 2).lines.capacity[line, 0] == 0.0
    assert race(quarters=left + 8).lines.capacity[line, 0] > 0.0


def test_a_fast_track_permit_takes_quarters_off():
    slow, fast = race(), race({"TWN": [FastTrack("tsmc_taichung_a14")]})
    line = SCENARIO.lines.axis.at("tsmc_taichung_a14")
    assert slow.lines.left[line, 0] - fast.lines.left[line, 0] == pytest.approx(
        SCENARIO.parameters.plants.fast_track, abs=0.6
    )


def test_equity_abroad_is_held_by_the_investor():
    plain, world = race(), race({"ARE": [Equity("tsmc_arizona_2", 2.0)]})
    line = SCENARIO.lines.axis.at("tsmc_arizona_2")
    held = (world.lines.state_share - plain.lines.state_share)[:, line, 0]
    assert 0 < held[AT("ARE")] < 1
    assert (np.delete(held, AT("ARE")) <= 0.0).all()


def test_renoding_changes_the_node_and_adds_three_quarters():
    line = SCENARIO.lines.axis.at("jasm_kumamoto_2")
    plain, changed = race(), race({"JPN": [Renode("jasm_kumamoto_2", "5")]})
    assert changed.lines.node[line, 0] != plain.lines.node[line, 0]
    assert changed.lines.left[line, 0] - plain.lines.left[line, 0] == pytest.approx(3.0)


def test_gas_power_arrives_after_its_lead_and_not_before():
    lead = int(SCENARIO.parameters.power.lng_lead)
    order = {"TWN": [BuildPower("lng", 0.5)]}
    for quarters, expected in ((lead - 1, 0.0), (lead + 1, 0.5)):
        gained = race(order, quarters).power.supply[AT("TWN"), 0] - race({}, quarters).power.supply[AT("TWN"), 0]
        assert gained == pytest.approx(expected, abs=1e-9)


def test_visa_engineers_come_from_somewhere():
    plain, visas = race({}, 3), race({"JPN": [Visa(0.5)]}, 3)
    moved = visas.people.engineers - plain.people.engineers
    assert moved[AT("JPN"), 0] > 0
    others = [n for n in range(len(SCENARIO.place_axis)) if n != AT("JPN")]
    assert moved[others, 0].min() < 0


def test_a_place_cannot_run_more_compute_than_its_power_carries():
    world = race({}, 6)
    racks = world.compute.running * world.compute.kw * SCENARIO.places.pue / 1000.0
    assert (racks <= world.power.supply + 1e-9).all()


def test_sovereign_compute_belongs_to_the_state():
    plain, bought = race({}, 4), race({"IND": [SovereignCompute(1.0)]}, 4)
    assert bought.compute.state[AT("IND"), 0] > plain.compute.state[AT("IND"), 0]


def test_stock_that_is_bought_goes_into_the_national_stock():
    g = GOODS.at("tungsten")
    plain, bought = race(), race({"USA": [Stock("tungsten", 200.0)]})
    assert bought.goods.stockpile[AT("USA"), g, 0] > plain.goods.stockpile[AT("USA"), g, 0] + 50.0


def test_selling_stock_returns_it_to_industry():
    g = GOODS.at("gallium")
    held = race().goods.stockpile[AT("JPN"), g, 0]
    sold = race({"JPN": [Stock("gallium", -2.0)]})
    assert held - sold.goods.stockpile[AT("JPN"), g, 0] == pytest.approx(2.0, abs=1.0)


def test_refused_imports_do_not_arrive():
    lane = SCENARIO.sellers.lane[AT("CHN"), GOODS.at("magnets")]
    assert race().trade.flow[lane, AT("IND"), 0] > 0
    refused = race({"IND": [RefuseImports("magnets", "CHN", good="magnets")]})
    direct = refused.trade.flow[lane, AT("IND"), 0] - refused.trade.leaked[lane, AT("IND"), 0]
    assert direct == pytest.approx(0.0, abs=1e-9)


def test_an_entity_listing_wears_a_line_down_within_a_year_but_not_to_nothing():
    world = race({"USA": [EntityList("smic_shanghai_7")]}, 8)
    line = SCENARIO.lines.axis.at("smic_shanghai_7")
    floor = SCENARIO.parameters.fabs.parts_alive
    # Nine tenths of the way, a quarter of what is left each quarter.
    assert floor <= world.lines.licensed[line, 0] < floor + 0.102 * (1.0 - floor)


def test_a_felt_control_teaches_its_target_to_do_without():
    g = GOODS.at("gallium")
    banned = race({"CHN": [ExportControl("minerals", "KOR", "ban", "gallium")]}, 8)
    assert banned.goods.substitution[AT("KOR"), g, 0] > race({}, 8).goods.substitution[AT("KOR"), g, 0] + 0.02


def test_a_ban_costs_trust_and_raises_escalation():
    order = {"CHN": [ExportControl("minerals", "KOR", "ban", "ndpr")]}
    calm, angry = race({}, 4), race(order, 4)
    assert angry.relations.trust[AT("CHN"), AT("KOR"), 0] < calm.relations.trust[AT("CHN"), AT("KOR"), 0]
    assert race(order).relations.escalation[0] > race().relations.escalation[0]


def test_bans_beyond_two_cost_political_capital_each_quarter():
    world = race()
    level = np.array(world.policy.level)
    level[AT("CHN"), GOODS.at("magnets"), [AT(c) for c in ("USA", "KOR", "GBR", "AUS")]] = 5
    banned = replace(world, policy=replace(world.policy, level=level, chosen=level))
    tables = ChipRace(SCENARIO).book.tables
    assert controls.bans(banned, tables)[AT("CHN"), 0] - controls.bans(world, tables)[AT("CHN"), 0] == 4


def test_research_share_moves_know_how():
    track = TRACKS.at("lithography")
    plain, focused = race({}, 6), race({"CHN": [ResearchShare("lithography", 0.6)]}, 6)
    assert focused.state.knowhow[AT("CHN"), track, 0] > plain.state.knowhow[AT("CHN"), track, 0]
    assert focused.state.research[AT("CHN"), :, 0].sum() == pytest.approx(1.0)


def test_a_dial_is_free_of_capital_and_costs_money_every_quarter():
    up = race({"EUU": [Dial("universities", 1.0)]}, 4)
    plain = race({}, 4)
    assert up.state.dials[AT("EUU"), DIALS.at("universities"), 0] == 1.0
    assert up.state.cash[AT("EUU"), 0] < plain.state.cash[AT("EUU"), 0]


def test_prices_rise_where_orders_exceed_offers():
    g = GOODS.at("ndpr")
    banned = race({"CHN": [ExportControl("minerals", "all", "ban", "ndpr")]}, 3)
    assert banned.market.price[0, g, 0] > 1.2 * race({}, 3).market.price[0, g, 0]


def test_scores_are_weighted_means_of_measures_and_objective():
    world = race({}, 2)
    assert (score.game_score(world)[list(SCENARIO.places.seats)] > 20).all()
    assert (score.game_score(world)[list(SCENARIO.places.seats)] < 100).all()


def test_the_binding_gate_is_one_whose_cover_is_below_one():
    world = race({}, 6)
    gate = bottleneck.binding(world)[:, 0]
    for place in SCENARIO.places.seats:
        if gate[place] != bottleneck.NONE:
            assert world.standing.cover[gate[place], place, 0] < 1.0
            assert gate[place] < len(GATES)


def test_every_kind_of_event_that_the_scenario_names_does_something():
    assert all(SCENARIO.events.effects)
    assert len(SCENARIO.events.axis) >= 30


def test_an_earthquake_takes_plants_out_and_they_come_back():
    certain = SCENARIO.events.odds * 0.0
    certain[SCENARIO.events.axis.at("earthquake")] = 1.0
    quaking = replace(SCENARIO, events=replace(SCENARIO.events, odds=certain))
    model = ChipRace(quaking, seats=dict.fromkeys(SCENARIO.seats, "hold"), rng=3)
    model.step()
    hit = model.world.events.struck[SCENARIO.events.axis.at("earthquake"), :, 0]
    (place,) = np.flatnonzero(hit)
    calm = race({}, 1, scenario=replace(SCENARIO, events=replace(SCENARIO.events, odds=certain * 0.0)))
    good = GOODS.at("mature_chips")
    assert model.world.goods.made[place, good, 0] <= calm.goods.made[place, good, 0]
    outage = model.world.lines.outage[SCENARIO.lines.place == place, 0]
    assert 0 < outage.max() < hit[place]
