"""Security of the chain (S24), what places know of each other (S19), and what agreements do for standing."""

from dataclasses import replace

import numpy as np
import pytest

from game.core.diplomacy import Clause
from game.core.orders import Dial
from game.core.world import World
from game.rules import dangers, guards, intelligence, levers, partnership, score
from game.rules.book import idle_firms
from game.rules.desk import Desk
from game.rules.turn import Turn
from game.testing import with_charter, with_contract
from game.view import margin, view
from tests.rules.alone import AT, BOOK, SCENARIO, both, opened, played

GUARANTEE = Clause("guarantee", "USA", "TWN", price=0.1)
STRAIT = SCENARIO.events.axis.at("strait_crisis")


def turn_of(world: World) -> Turn:
    return Turn(SCENARIO, BOOK.tables, BOOK.orders(world.worlds), idle_firms(world))


def dialled(world: World, quarters: int, **shares: float) -> World:
    """Quarters on, with dials of Taiwan set in the first of them, one a quarter."""
    for k in range(quarters):
        desk = Desk(BOOK, world)
        for name, share in list(shares.items())[k : k + 1]:
            assert desk.give(AT("TWN"), Dial(name, share)).accepted
        orders = desk.orders()
        world = BOOK.decided(world, orders)
        world = BOOK.resolved(world, orders, idle_firms(world))
    return world


def struck(world: World, **severity: float) -> World:
    """The world as events of some kinds strike Taiwan."""
    hit = np.zeros_like(world.events.struck)
    for kind, size in severity.items():
        hit[SCENARIO.events.axis.at(kind), AT("TWN")] = size
    return replace(world, events=replace(world.events, struck=hit))


# --- guarantees ------------------------------------------------------------------------------------------------------


def test_a_guarantee_makes_its_taker_more_secure_and_its_giver_pay_and_be_blamed():
    without, within = both(GUARANTEE)
    secure = (within.standing.measures - without.standing.measures)[:, 4, 0]
    assert secure[AT("TWN")] > 1.0
    assert secure[AT("JPN")] == pytest.approx(0.0, abs=0.05)
    assert within.relations.blame[AT("USA"), 0] > without.relations.blame[AT("USA"), 0]
    assert (without.state.cash - within.state.cash)[AT("TWN"), 0] == pytest.approx(0.1)
    budget = float(SCENARIO.places.budget[AT("TWN"), 0])
    cost = SCENARIO.parameters.statecraft.guarantee_cost * budget
    assert (without.state.cash - within.state.cash)[AT("USA"), 0] == pytest.approx(cost - 0.1)


def test_a_guarantor_that_is_not_trusted_adds_little():
    world = with_contract(opened(), SCENARIO, GUARANTEE)
    trust = world.relations.trust.copy()
    trust[AT("USA"), AT("TWN")] = 0.05
    wary = replace(world, relations=replace(world.relations, trust=trust))
    assert dangers.survival(wary, SCENARIO)[AT("TWN"), 0] < dangers.survival(world, SCENARIO)[AT("TWN"), 0]


def test_a_guarantee_lowers_the_odds_of_a_crisis_at_sea_and_what_one_takes():
    world = with_contract(opened(), SCENARIO, GUARANTEE)
    odds = guards.calm(world, SCENARIO)
    assert 0.6 < odds[STRAIT, AT("TWN"), 0] < 1.0
    assert (odds[STRAIT, AT("JPN")] == 1.0).all()
    amount = np.zeros_like(world.state.cash)
    amount[AT("TWN")] = 0.5
    pull = levers.LEVERS["routes"].pull
    safe, bare = (pull(w, turn_of(w), amount).events.route[AT("TWN"), 0] for w in (world, opened()))
    assert 0.0 < safe < bare == 0.5


# --- guards and spread stocks ----------------------------------------------------------------------------------------


def test_guarded_routes_follow_their_dial_cost_money_and_cut_losses():
    idle, guarded = played(opened(), 6), dialled(opened(), 6, guards=1.0)
    assert guarded.standards.guarded[AT("TWN"), 0] > 0.8
    assert guarded.state.cash[AT("TWN"), 0] < idle.state.cash[AT("TWN"), 0]
    assert guards.exposure(idle, SCENARIO) is None
    assert guards.exposure(guarded, SCENARIO)[AT("TWN"), 0] < 0.7
    assert guards.exposure(guarded, SCENARIO)[AT("JPN"), 0] == 1.0


def test_a_disaster_destroys_stocks_and_spread_stocks_lose_less():
    plain = struck(opened(), earthquake=0.3)
    spread = plain.standards.dispersed.copy()
    spread[AT("TWN")] = 1.0
    safe = replace(plain, standards=replace(plain.standards, dispersed=spread))
    lost = [guards.spoil(w, turn_of(w)) for w in (plain, safe)]
    gone = [(plain.goods.inventory - w.goods.inventory)[AT("TWN"), :, 0] for w in lost]
    assert gone[0].max() > 0.0
    assert gone[1] == pytest.approx(0.2 * gone[0])
    assert ((lost[0].goods.lost - plain.goods.lost)[AT("TWN"), :, 0] >= gone[0] * 0.999).all()
    assert (lost[0].goods.inventory[AT("JPN")] == plain.goods.inventory[AT("JPN")]).all()


def test_stocks_stay_where_nothing_struck():
    world = struck(opened())
    assert guards.spoil(world, turn_of(world)) is world


# --- security --------------------------------------------------------------------------------------------------------


def test_places_under_likelier_and_harder_dangers_survive_less():
    survive = dangers.survival(opened(), SCENARIO)[:, 0]
    assert survive[AT("TWN")] < survive[AT("JPN")] < survive[AT("CAN")]
    assert survive.min() > 0.3
    assert survive.max() <= 1.0


def test_escalation_makes_everybody_less_secure():
    world = opened()
    tense = replace(world, relations=replace(world.relations, escalation=world.relations.escalation + 2.0))
    assert (score.security(tense, SCENARIO) < score.security(world, SCENARIO)).all()


def test_a_rivals_strength_makes_a_place_less_secure_and_a_friends_more():
    world, grown = opened(), {}
    for code in ("CHN", "JPN"):
        strength = world.compute.security.copy()
        strength[AT(code)] *= 10.0
        grown[code] = replace(world, compute=replace(world.compute, security=strength))
    now = score.security(world, SCENARIO)[AT("USA"), 0]
    assert score.security(grown["CHN"], SCENARIO)[AT("USA"), 0] < now
    friends = score.security(grown["JPN"], SCENARIO)[AT("AUS"), 0]
    assert friends > score.security(grown["CHN"], SCENARIO)[AT("AUS"), 0]


# --- intelligence ----------------------------------------------------------------------------------------------------


def test_shared_intelligence_narrows_the_takers_band_on_the_target_alone():
    world = opened()
    within = with_contract(world, SCENARIO, Clause("intelligence", "ISR", "USA", target="CHN"))
    bands = [margin(w, SCENARIO, AT("USA"), AT("CHN")) for w in (world, within)]
    assert bands[1] < 0.9 * bands[0]
    assert margin(within, SCENARIO, AT("USA"), AT("IND")) == margin(world, SCENARIO, AT("USA"), AT("IND"))
    assert margin(within, SCENARIO, AT("JPN"), AT("CHN")) == margin(world, SCENARIO, AT("JPN"), AT("CHN"))
    stock = world.goods.stockpile[AT("CHN"), :, 0]
    held = stock > 0
    errors = [
        np.abs(view(w, SCENARIO, AT("USA")).goods.stockpile[AT("CHN"), :, 0] - stock)[held] for w in (world, within)
    ]
    assert (errors[1] < errors[0]).all()


def test_what_a_place_found_out_itself_is_handed_on_but_not_in_full():
    world = opened()
    known = world.signals.intelligence.copy()
    known[AT("ISR"), AT("CHN")] = 1.0
    world = replace(world, signals=replace(world.signals, intelligence=known))
    within = with_contract(world, SCENARIO, Clause("intelligence", "ISR", "USA", target="CHN"))
    closed = intelligence.closed(within, SCENARIO)[:, :, 0]
    assert closed[AT("USA"), AT("CHN")] == pytest.approx(SCENARIO.parameters.statecraft.handed_on)
    assert closed[AT("USA"), AT("IND")] == 0.0


def test_a_bluff_shows_others_other_stocks_and_intelligence_sees_through_it():
    world = opened()
    bluff = world.signals.bluff.copy()
    bluff[AT("CHN")] = 1.0
    boast = replace(world, signals=replace(world.signals, bluff=bluff))
    known = world.signals.intelligence.copy()
    known[AT("USA"), AT("CHN")] = 1.0
    spied = replace(boast, signals=replace(boast.signals, intelligence=known))
    stock = world.goods.stockpile[AT("CHN"), :, 0]
    held = stock > 0

    def seen(w: World, code: str) -> np.ndarray:
        return (view(w, SCENARIO, AT(code)).goods.stockpile[AT("CHN"), :, 0] / np.maximum(stock, 1e-9))[held]

    assert seen(boast, "USA") == pytest.approx(2.0 * seen(world, "USA"))
    assert seen(spied, "USA") == pytest.approx(1.0, abs=0.1)
    assert (seen(boast, "CHN") == 1.0).all()
    assert view(boast, SCENARIO, AT("USA")).signals.bluff[AT("CHN"), 0] != 1.0
    assert view(boast, SCENARIO, AT("CHN")).signals.bluff[AT("CHN"), 0] == 1.0


def test_nobody_sees_whom_others_spy_on():
    world = opened()
    known = np.full_like(world.signals.intelligence, 0.5)
    world = replace(world, signals=replace(world.signals, intelligence=known))
    seen = view(world, SCENARIO, AT("USA")).signals.intelligence
    assert (seen[AT("USA")] == 0.5).all()
    others = np.arange(len(seen)) != AT("USA")
    assert (seen[others] == 0.0).all()


# --- standing --------------------------------------------------------------------------------------------------------


def test_standing_rises_with_the_share_of_the_worlds_agreements():
    without, within = both(Clause("money", "JPN", "MYS", quantity=0.5))
    standing = (within.standing.measures - without.standing.measures)[:, 3, 0]
    assert standing[AT("MYS")] > 5.0
    assert standing[AT("MYS")] > standing[AT("JPN")] > 0.0
    assert standing[AT("USA")] <= 0.0


def test_z_is_the_share_of_contract_value_over_the_share_of_root_gdp():
    world = with_contract(opened(), SCENARIO, Clause("money", "JPN", "MYS", quantity=0.5))
    world = with_contract(world, SCENARIO, Clause("money", "USA", "KOR", quantity=1.5), verifier="GBR")
    size = np.sqrt(SCENARIO.places.gdp[:, 0])
    z = partnership.engagement(world, SCENARIO)[:, 0]
    for code, share in (("MYS", 0.25), ("KOR", 0.75), ("GBR", 0.75), ("IND", 0.0)):
        assert z[AT(code)] == pytest.approx(share / (size[AT(code)] / size.sum()))


def test_a_world_without_agreements_gives_nobody_standing_for_them():
    assert (partnership.engagement(opened(), SCENARIO) == 0.0).all()


def test_a_charter_counts_as_an_agreement_of_its_members():
    z = partnership.engagement(with_charter(opened(), SCENARIO, "pax_silica", priority=1.0), SCENARIO)[:, 0]
    member = opened().relations.member[0, :, 0] > 0
    assert (z[member] > 1.0).all()
    assert (z[~member] == 0.0).all()
