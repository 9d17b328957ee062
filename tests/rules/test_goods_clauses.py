"""Clauses about goods change flows, queues, stocks and money, each in its direction and by about its amount."""

import numpy as np
import pytest

from agents.model import ChipRace
from game.core.diplomacy import Clause
from game.core.names import CLASSES, GOODS, LEVELS
from game.core.orders import Dial, Stock
from game.core.world import World, replace
from game.files.scenarios import bundled
from game.rules import backfill, deliveries, pacts, race, trade, treasury
from game.rules.book import RuleBook, idle_firms
from game.rules.desk import Desk
from game.rules.turn import Turn
from game.testing import with_charter, with_contract

SCENARIO = bundled("pax_silica_2026")
BOOK = RuleBook(SCENARIO)
PLACE = SCENARIO.place_axis.at


def lane(place: str, good: str) -> int:
    return int(SCENARIO.sellers.lane[PLACE(place), GOODS.at(good)])


def without_statecraft(world: World) -> World:
    """Nobody is bound by anything."""
    return replace(
        world,
        contracts=replace(world.contracts, status=np.zeros_like(world.contracts.status)),
        blocs=replace(world.blocs, charter=np.zeros_like(world.blocs.charter)),
    )


@pytest.fixture(scope="module")
def world() -> World:
    """Two games, three quarters in, with no contract and no charter."""
    game = ChipRace(SCENARIO, seats=dict.fromkeys(SCENARIO.seats, "hold"), rng=8, worlds=2)
    game.run(3)
    return without_statecraft(game.world)


def turn_of(world: World) -> Turn:
    return Turn(SCENARIO, BOOK.tables, BOOK.orders(world.worlds), idle_firms(world))


def resolved(world: World) -> World:
    orders = BOOK.orders(world.worlds)
    return BOOK.resolved(BOOK.decided(world, orders), orders, idle_firms(world))


def banned(world: World, owner: str, control_class: str, *targets: str) -> World:
    level = world.policy.level.copy()
    for g in pacts.CLASS_GOODS[CLASSES.at(control_class)]:
        for target in targets:
            level[PLACE(owner), g, PLACE(target)] = LEVELS.at("ban")
    changes = {"level": level}
    if hasattr(world.policy, "chosen"):
        changes["chosen"] = level
    return replace(world, policy=replace(world.policy, **changes))


def short_of(world: World, good: str, kept: float) -> World:
    """The world in which sellers have only a share of what they made of a good, and no stocks."""
    made, inventory = world.goods.made.copy(), world.goods.inventory.copy()
    made[:, GOODS.at(good)] *= kept
    inventory[:, GOODS.at(good)] *= 0.2
    return replace(world, goods=replace(world.goods, made=made, inventory=inventory))


def shipped(world: World) -> World:
    turn = turn_of(world)
    return trade.ship(trade.inspect(world, turn), turn)


# --- supply ----------------------------------------------------------------------------------------------------------


def test_supply_ships_what_is_contracted_when_goods_are_short(world: World) -> None:
    scarce, e, n = short_of(world, "resist", 0.5), lane("JPN", "resist"), PLACE("KOR")
    before = shipped(scarce).trade.flow[e, n]
    ordered = shipped(scarce).trade.ordered[n, GOODS.at("resist")]
    quantity = float(0.9 * ordered[0])
    assert (before < 0.8 * quantity).all()
    promised = with_contract(scarce, SCENARIO, Clause("supply", "JPN", "KOR", "resist", quantity=quantity, price=1.0))
    after = shipped(promised)
    assert after.trade.flow[e, n] == pytest.approx(quantity, rel=0.02)
    assert after.clauses.met[0, 0] == pytest.approx(1.0)
    others = [m for m in range(len(SCENARIO.place_axis)) if m not in (n, PLACE("JPN"))]
    was, now = (w.trade.flow[e][others].sum(axis=0) for w in (shipped(scarce), after))
    assert (now < was).all()


def test_supply_is_shipped_before_the_givers_own_industry_is_served(world: World) -> None:
    scarce = short_of(world, "resist", 0.3)
    e, n = lane("JPN", "resist"), PLACE("TWN")
    offer = shipped(scarce).trade
    quantity = float(0.9 * (offer.exported[e] + offer.flow[e, PLACE("JPN")])[0])
    promised = with_contract(scarce, SCENARIO, Clause("supply", "JPN", "TWN", "resist", quantity=quantity, price=1.0))
    flow = shipped(promised).trade.flow
    ordered = shipped(promised).trade.ordered[n, GOODS.at("resist")]
    assert flow[e, n, 0] == pytest.approx(min(quantity, ordered[0]), rel=0.02)
    assert flow[e, PLACE("JPN"), 0] < offer.flow[e, PLACE("JPN"), 0]


def test_a_ban_of_the_giver_stops_a_contracted_supply_and_the_clause_is_not_met(world: World) -> None:
    e, n = lane("CHN", "gallium"), PLACE("BRA")
    ordered = float(shipped(world).trade.ordered[n, GOODS.at("gallium")][0])
    promised = with_contract(world, SCENARIO, Clause("supply", "CHN", "BRA", "gallium", quantity=ordered, price=1.0))
    assert shipped(promised).clauses.met[0, 0] == pytest.approx(1.0)
    stopped = shipped(banned(promised, "CHN", "minerals", "BRA"))
    assert (stopped.trade.flow[e, n] < 0.9 * shipped(promised).trade.flow[e, n]).all()
    assert (stopped.clauses.met[0, 0] < 0.9).all()


def test_a_price_off_the_markets_moves_money_from_taker_to_giver_and_to_nobody_else(world: World) -> None:
    flat, dear, cheap = (
        resolved(with_contract(world, SCENARIO, Clause("supply", "JPN", "USA", "resist", quantity=1.0, price=price)))
        for price in (1.0, 1.5, 0.5)
    )
    worth = SCENARIO.goods.price[GOODS.at("resist"), 0] * world.market.price[0, GOODS.at("resist")]
    giver, taker = PLACE("JPN"), PLACE("USA")
    assert dear.trade.settled[giver] == pytest.approx(0.5 * worth, rel=0.02)
    assert cheap.trade.settled[giver] == pytest.approx(-0.5 * worth, rel=0.02)
    for world_after in (flat, dear, cheap):
        assert np.abs(world_after.trade.settled.sum(axis=0)).max() < 1e-12
    gain = dear.state.rent - flat.state.rent
    assert gain[giver] == pytest.approx(0.5 * worth, rel=0.02)
    assert gain[taker] == pytest.approx(-0.5 * worth, rel=0.02)
    assert (dear.state.cash[giver] > flat.state.cash[giver]).all()
    assert (dear.state.cash[taker] < flat.state.cash[taker]).all()


def test_neutral_output_counts_for_the_bloc_only_under_contract(world: World) -> None:
    bloc = world.relations.member[SCENARIO.race.bloc]
    good = GOODS.at("ndpr")
    giver = max(
        (n for n in SCENARIO.places.seats if n != SCENARIO.inside and not bloc[n].any()),
        key=lambda n: float(world.goods.made[n, good, 0]) * (SCENARIO.sellers.lane[n, good] >= 0),
    )
    made = float(world.goods.made[giver, good].min())
    assert made > 0
    code = SCENARIO.place_axis.names[giver]
    clause = Clause("supply", code, "JPN", "ndpr", quantity=0.5 * made, price=1.0)
    before = race.mineral_cover(world, SCENARIO, BOOK.tables, good)
    after = race.mineral_cover(with_contract(world, SCENARIO, clause), SCENARIO, BOOK.tables, good)
    outsider = Clause(
        "supply", code, "GBR" if not bloc[PLACE("GBR")].any() else "CHN", "ndpr", quantity=made, price=1.0
    )
    elsewhere = race.mineral_cover(with_contract(world, SCENARIO, outsider), SCENARIO, BOOK.tables, good)
    assert (after > before).all()
    assert elsewhere == pytest.approx(before)


# --- queue places ----------------------------------------------------------------------------------------------------


def test_a_queue_place_serves_its_holder_first_when_goods_are_short(world: World) -> None:
    scarce, e, n = short_of(world, "hbm", 0.5), lane("KOR", "hbm"), PLACE("USA")
    place = Clause("priority", "KOR", "USA", "hbm", quantity=0.4)
    before, after = (shipped(w).trade for w in (scarce, with_contract(scarce, SCENARIO, place)))
    assert (after.flow[e, n] > 1.05 * before.flow[e, n]).all()
    assert (after.flow[e, n] <= 0.4 * after.exported[e] * (1 + 1e-9)).all() or (
        after.flow[e, n] == pytest.approx(before.flow[e, n])
    )
    assert after.exported[e] == pytest.approx(before.exported[e])


def test_a_queue_place_changes_nothing_while_there_is_enough(world: World) -> None:
    plenty = replace(world, goods=replace(world.goods, made=world.goods.made * 4.0))
    place = Clause("priority", "KOR", "JPN", "hbm", quantity=0.4)
    before, after = (shipped(w).trade.flow for w in (plenty, with_contract(plenty, SCENARIO, place)))
    assert after == pytest.approx(before, rel=1e-9, abs=1e-12)


@pytest.mark.parametrize("kept", [0.2, 0.5, 0.8])
def test_all_queue_places_of_a_seller_displace_at_most_two_fifths_of_what_outsiders_had(
    world: World, kept: float
) -> None:
    scarce, e = short_of(world, "hbm", kept), lane("KOR", "hbm")
    takers = ("JPN", "USA", "TWN", "EUU")
    bound = scarce
    for taker in takers:
        bound = with_contract(bound, SCENARIO, Clause("priority", "KOR", taker, "hbm", quantity=0.4))
    queue = deliveries.queue(bound, SCENARIO)
    assert queue is not None
    bare, full = shipped(scarce).trade.flow[e], shipped(bound).trade.flow[e]
    inside = [PLACE(code) for code in (*takers, "KOR")]
    outsiders = [n for n in range(len(SCENARIO.place_axis)) if n not in inside]
    assert (full[outsiders].sum(axis=0) < bare[outsiders].sum(axis=0)).all()
    # Backfill by others comes on top; what this seller ships them is the bound.
    assert (full[outsiders] >= 0.6 * bare[outsiders] - 1e-12).all()


def test_a_charter_serves_members_first_and_a_leaver_loses_it(world: World) -> None:
    scarce, e, n = short_of(world, "resist", 0.5), lane("JPN", "resist"), PLACE("KOR")
    member = with_charter(scarce, SCENARIO, "pax_silica", priority=1.0)
    x = int(np.flatnonzero(member.blocs.charter.max(axis=(1, 2)))[0])
    assert member.relations.member[x, n].all()
    left = member.relations.member.copy()
    left[x, n] = 0
    gone = replace(member, relations=replace(member.relations, member=left))
    bare, inside, outside = (shipped(w).trade.flow[e, n] for w in (scarce, member, gone))
    assert (inside > 1.02 * bare).all()
    assert (outside < bare).all()
    assert (outside >= 0.6 * bare - 1e-12).all()


# --- buying together -------------------------------------------------------------------------------------------------


def test_who_buys_together_moves_the_price_less(world: World) -> None:
    together = with_contract(world, SCENARIO, Clause("procurement", "USA", "JPN", "gallium"))
    received = world.trade.received[:, GOODS.at("gallium")]
    quantity = 0.1 * float((received.sum(axis=0) - received[SCENARIO.inside]).min())
    costs = [Desk(BOOK, w).cost(PLACE("USA"), Stock("gallium", quantity))[0] for w in (world, together)]
    assert costs[0] > 0
    assert costs[1] == pytest.approx(0.5 * costs[0], rel=0.1)
    assert Desk(BOOK, together).cost(PLACE("KOR"), Stock("gallium", quantity))[0] == pytest.approx(costs[0])


def test_standing_purchases_cost_less_together(world: World) -> None:
    def bill(w: World) -> np.ndarray:
        desk = Desk(BOOK, w)
        assert desk.give(PLACE("USA"), Dial("stock_target", 1.0)).accepted
        orders = desk.orders()
        after = BOOK.resolved(BOOK.decided(w, orders), orders, idle_firms(w))
        return after.state.spending[PLACE("USA")]

    clauses = [Clause("procurement", "USA", "JPN", good) for good in ("gallium", "tungsten", "silicon", "dytb")]
    assert (bill(with_contract(world, SCENARIO, *clauses)) < bill(world) - 1e-9).all()


# --- no re-export ----------------------------------------------------------------------------------------------------


def leaking(world: World) -> World:
    return banned(world, "CHN", "minerals", "JPN")


def leaks(world: World, seller: str, buyer: str) -> np.ndarray:
    after = shipped(world).trade.leaked
    mine = SCENARIO.sellers.place == PLACE(seller)
    return after[mine, PLACE(buyer)].sum(axis=0)


def test_a_hub_that_stops_reexports_lowers_what_leaks_by_its_part(world: World) -> None:
    base = leaking(world)
    bound = with_contract(base, SCENARIO, Clause("no_reexport", "SGP", "CHN", "minerals", quantity=1.0))
    before, after = leaks(base, "CHN", "JPN"), leaks(bound, "CHN", "JPN")
    part = float(BOOK.tables.positions.hub_share[PLACE("SGP"), 0])
    assert (before > 0).all()
    assert after == pytest.approx(before * (1 - part), rel=0.05)


def test_a_bound_destination_asks_for_less_round_the_control(world: World) -> None:
    base = banned(world, "CHN", "minerals", "IND")
    bound = with_contract(base, SCENARIO, Clause("no_reexport", "IND", "CHN", "minerals", quantity=0.8))
    assert (leaks(base, "CHN", "IND") > 0).all()
    assert leaks(bound, "CHN", "IND") == pytest.approx(0.2 * leaks(base, "CHN", "IND"), rel=0.1)


def test_the_hub_pays_with_its_margin_and_the_other_hubs_gain(world: World) -> None:
    base = shipped(leaking(world))
    bound = with_contract(base, SCENARIO, Clause("no_reexport", "SGP", "CHN", "minerals", quantity=1.0))
    before, after = (treasury._rents(w, SCENARIO, BOOK.tables) for w in (base, bound))
    assert (after[PLACE("SGP")] < before[PLACE("SGP")]).all()
    assert (after[PLACE("MYS")] > before[PLACE("MYS")]).all()
    assert after.sum(axis=0) == pytest.approx(before.sum(axis=0))


def test_a_charter_against_reexports_binds_its_hubs(world: World) -> None:
    base = banned(world, "JPN", "magnets", "CHN")
    bound = with_charter(base, SCENARIO, "pax_silica", no_reexport=1.0)
    part = float(BOOK.tables.positions.hub_share[PLACE("SGP"), 0])
    assert leaks(bound, "JPN", "CHN") == pytest.approx(leaks(base, "JPN", "CHN") * (1 - part), rel=0.05)
    assert (leaks(bound, "JPN", "CHN") < leaks(base, "JPN", "CHN")).all()


# --- backfill --------------------------------------------------------------------------------------------------------


def plenty_in_europe(world: World) -> World:
    """Europe has wafers left."""
    made = world.goods.made.copy()
    made[PLACE("EUU"), GOODS.at("wafers")] *= 10.0
    return replace(world, goods=replace(world.goods, made=made))


def test_a_match_fee_hands_over_part_of_what_is_sold_in_the_banners_place(world: World) -> None:
    base = banned(plenty_in_europe(world), "JPN", "magnets", "CHN")
    all_, half = (
        shipped(with_contract(base, SCENARIO, Clause("match_fee", "EUU", "JPN", "magnets", quantity=q))).trade.settled
        for q in (1.0, 0.5)
    )
    assert (all_[PLACE("JPN")] > 0).all()
    assert half[PLACE("JPN")] == pytest.approx(0.5 * all_[PLACE("JPN")])
    assert all_[PLACE("EUU")] == pytest.approx(-all_[PLACE("JPN")])
    free = shipped(plenty_in_europe(world)).trade.flow[lane("EUU", "wafers"), PLACE("CHN")]
    more = shipped(base).trade.flow[lane("EUU", "wafers"), PLACE("CHN")] - free
    good = GOODS.at("wafers")
    assert (all_[PLACE("JPN")] <= more * SCENARIO.goods.price[good] * world.market.price[0, good] * 1.01).all()


def test_no_ban_no_match_fee(world: World) -> None:
    fee = Clause("match_fee", "EUU", "USA", "magnets", quantity=1.0)
    assert not shipped(with_contract(plenty_in_europe(world), SCENARIO, fee)).trade.settled.any()


def test_the_preview_of_backfill_tells_whom_a_ban_pays(world: World) -> None:
    plenty = shipped(plenty_in_europe(world))
    magnets, jpn, chn = CLASSES.at("magnets"), PLACE("JPN"), PLACE("CHN")
    told = backfill.backfill(plenty, SCENARIO, jpn, magnets, chn)
    assert (told.stopped > 0).all()
    assert (told.earned[PLACE("EUU")] > 0).all()
    assert told.earned.sum(axis=0) == pytest.approx(told.filled)
    assert (told.filled <= told.stopped * (1 + 1e-9)).all()
    assert not told.earned[[jpn, chn]].any()
    earners = tuple(np.flatnonzero(told.earned.max(axis=1)).tolist())
    joined = backfill.backfill(plenty, SCENARIO, jpn, magnets, chn, joined=earners)
    assert (joined.filled < told.filled).all()
    assert not joined.earned[list(earners)].any()
    everybody = backfill.backfill(plenty, SCENARIO, jpn, magnets)
    assert (everybody.stopped > told.stopped).all()


def test_the_preview_is_near_what_the_ban_then_pays(world: World) -> None:
    plenty = plenty_in_europe(world)
    magnets, jpn, chn, good = CLASSES.at("magnets"), PLACE("JPN"), PLACE("CHN"), GOODS.at("wafers")
    told = backfill.backfill(shipped(plenty), SCENARIO, jpn, magnets, chn)
    sold = [shipped(w).trade.exported[lane("EUU", "wafers")] for w in (plenty, banned(plenty, "JPN", "magnets", "CHN"))]
    earned = (sold[1] - sold[0]) * SCENARIO.goods.price[good] * world.market.price[0, good]
    assert told.earned[PLACE("EUU")] == pytest.approx(earned, rel=0.6)
