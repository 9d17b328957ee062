"""Stocks that places share: who pays in, who may draw, and that nothing is made or lost on the way."""

import numpy as np
import pytest

from agents.model import ChipRace
from game.core.diplomacy import Clause
from game.core.names import DIALS, GOODS
from game.core.world import World, replace
from game.files.scenarios import bundled
from game.rules import jointstock, race, trade
from game.rules.book import RuleBook, idle_firms
from game.rules.turn import Turn
from game.testing import with_charter, with_contract

SCENARIO = bundled("pax_silica_2026")
BOOK = RuleBook(SCENARIO)
PLACE = SCENARIO.place_axis.at
GALLIUM = GOODS.at("gallium")


@pytest.fixture(scope="module")
def world() -> World:
    game = ChipRace(SCENARIO, seats=dict.fromkeys(SCENARIO.seats, "hold"), rng=9, worlds=2)
    game.run(2)
    found = game.world
    return replace(
        found,
        contracts=replace(found.contracts, status=np.zeros_like(found.contracts.status)),
        blocs=replace(
            found.blocs, charter=np.zeros_like(found.blocs.charter), stock=np.zeros_like(found.blocs.stock),
            given=np.zeros_like(found.blocs.given), drawn=np.zeros_like(found.blocs.drawn),
        ),
    )  # fmt: skip


def pax(world: World) -> int:
    """The bloc with a charter."""
    return int(np.flatnonzero(world.blocs.charter.max(axis=(1, 2)))[0])


def turn_of(world: World) -> Turn:
    return Turn(SCENARIO, BOOK.tables, BOOK.orders(world.worlds), idle_firms(world))


def shared(world: World) -> World:
    turn = turn_of(world)
    return jointstock.share(trade.ship(trade.inspect(world, turn), turn), turn)


def released(world: World) -> World:
    """The same when nothing is shipped before."""
    return jointstock.share(world, turn_of(world))


def needy(world: World, *places: str) -> World:
    """The world in which places have no gallium and will not get any."""
    inventory, stockpile, wanted = (getattr(world.goods, name).copy() for name in ("inventory", "stockpile", "wanted"))
    for code in places:
        inventory[PLACE(code), GALLIUM] = stockpile[PLACE(code), GALLIUM] = 0.0
        wanted[PLACE(code), GALLIUM] = 40.0 * np.maximum(wanted[PLACE(code), GALLIUM], 1.0)
    return replace(world, goods=replace(world.goods, inventory=inventory, stockpile=stockpile, wanted=wanted))


def stocked(world: World, amount: float) -> World:
    stock = world.blocs.stock.copy()
    stock[pax(world), GALLIUM] = amount
    return replace(world, blocs=replace(world.blocs, stock=stock))


def test_a_promised_release_reaches_a_taker_that_is_short_and_no_other(world: World) -> None:
    held = world.goods.stockpile[PLACE("JPN"), GALLIUM].min()
    assert held > 0
    clause = Clause("stockpile", "JPN", "KOR", "gallium", quantity=float(0.5 * held))
    short = needy(world, "KOR")
    after = released(with_contract(short, SCENARIO, clause))
    assert after.goods.relief[PLACE("KOR"), GALLIUM] == pytest.approx(0.5 * held)
    assert after.goods.relief[PLACE("JPN"), GALLIUM] == pytest.approx(-0.5 * held)
    assert after.clauses.met[0, 0] == pytest.approx(1.0)
    well = replace(world, goods=replace(world.goods, inventory=world.goods.inventory + world.goods.wanted * 3.0))
    assert not released(with_contract(well, SCENARIO, clause)).goods.relief.any()


def test_a_release_is_no_more_than_the_giver_holds_and_the_clause_tells(world: World) -> None:
    stockpile = world.goods.stockpile.copy()
    stockpile[PLACE("JPN"), GALLIUM] = 0.25
    poor = needy(replace(world, goods=replace(world.goods, stockpile=stockpile)), "KOR")
    after = released(with_contract(poor, SCENARIO, Clause("stockpile", "JPN", "KOR", "gallium", quantity=1.0)))
    assert after.goods.relief[PLACE("KOR"), GALLIUM] == pytest.approx(0.25)
    assert after.clauses.met[0, 0] == pytest.approx(0.25)


def test_members_pay_into_the_joint_stock_by_their_gdp(world: World) -> None:
    bound = with_charter(world, SCENARIO, "pax_silica", stockpile=1.0)
    after, x = shared(bound), pax(bound)
    given = after.blocs.given[x]
    members = np.flatnonzero(bound.relations.member[x, :, 0])
    others = [n for n in range(len(given)) if n not in members]
    assert (given[PLACE("USA")] > given[PLACE("JPN")]).all()
    assert (given[PLACE("JPN")] > 0).all()
    assert not given[others].any()
    assert (after.blocs.stock[x].sum(axis=0) > 0).all()
    weak = shared(with_charter(world, SCENARIO, "pax_silica", stockpile=0.25)).blocs.given[x]
    assert (weak.sum(axis=0) < 0.5 * given.sum(axis=0)).all()


def test_a_government_without_a_stock_of_its_own_leaves_the_joint_one_to_others(world: World) -> None:
    bound = with_charter(world, SCENARIO, "pax_silica", stockpile=1.0)
    dials = bound.state.dials.copy()
    dials[PLACE("JPN"), DIALS.at("stock_target")] = 0.0
    rider = shared(replace(bound, state=replace(bound.state, dials=dials)))
    assert not rider.blocs.given[pax(bound), PLACE("JPN")].any()
    assert (rider.blocs.given[pax(bound), PLACE("USA")] > 0).all()


def test_contributions_rise_as_solidarity_falls(world: World) -> None:
    paid = [
        shared(with_charter(world, SCENARIO, "pax_silica", stockpile=1.0, solidarity=s)).blocs.given.sum(axis=(0, 1))
        for s in (1.0, 0.5, 0.0)
    ]
    assert (paid[0] < paid[1]).all()
    assert (paid[1] < paid[2]).all()


def test_the_joint_stock_counts_for_the_blocs_bar(world: World) -> None:
    bound = with_charter(world, SCENARIO, "pax_silica", stockpile=1.0)
    bare = replace(bound, goods=replace(bound.goods, stockpile=np.zeros_like(bound.goods.stockpile)))
    covers = [race.mineral_cover(w, SCENARIO, BOOK.tables, GALLIUM) for w in (bare, stocked(bare, 20.0))]
    assert (covers[1] > covers[0]).all()


def draw(world: World, solidarity: float, given: dict[str, float]) -> World:
    bound = with_charter(world, SCENARIO, "pax_silica", stockpile=0.001, solidarity=solidarity)
    paid = bound.blocs.given.copy()
    for code, amount in given.items():
        paid[pax(bound), PLACE(code)] = amount
    bound = replace(bound, blocs=replace(bound.blocs, given=paid))
    return shared(stocked(needy(bound, "JPN", "KOR"), 1.0))


def test_by_need_who_paid_nothing_draws_as_who_paid(world: World) -> None:
    relief = draw(world, 1.0, {"JPN": 5.0}).goods.relief[:, GALLIUM]
    assert (relief[PLACE("KOR")] > 0).all()


def test_by_contribution_who_paid_nothing_draws_next_to_nothing(world: World) -> None:
    after = draw(world, 0.0, {"JPN": 5.0})
    relief = after.goods.relief[:, GALLIUM]
    assert (relief[PLACE("JPN")] > 20.0 * np.maximum(relief[PLACE("KOR")], 0.0)).all()
    assert (after.blocs.drawn[pax(after), PLACE("JPN")] > 0).all()


def test_goods_only_move_between_stocks(world: World) -> None:
    bound = with_charter(world, SCENARIO, "pax_silica", stockpile=1.0, solidarity=0.5)
    bound = with_contract(bound, SCENARIO, Clause("stockpile", "JPN", "KOR", "gallium", quantity=1.0))
    before = stocked(needy(bound, "KOR", "USA"), 2.0)
    after = shared(before)
    moved = after.goods.relief.sum(axis=0) + (after.blocs.stock - before.blocs.stock).sum(axis=0)
    assert np.abs(moved).max() < 1e-9
    assert (after.goods.stockpile >= 0).all()
    assert (after.blocs.stock >= 0).all()


def test_what_some_leave_unpaid_the_others_do_not_buy_for_them(world: World) -> None:
    bloc = pax(with_charter(world, SCENARIO, "pax_silica", stockpile=1.0))
    chartered = with_charter(world, SCENARIO, "pax_silica", stockpile=1.0)
    dials = chartered.state.dials.copy()
    dials[:, DIALS.at("stock_target")] = 1.0
    whole = replace(chartered, state=replace(chartered.state, dials=dials))
    riding = dials.copy()
    riding[PLACE("USA"), DIALS.at("stock_target")] = 0.0
    some = replace(chartered, state=replace(chartered.state, dials=riding))
    full, less = (jointstock.contributions(w, SCENARIO)[bloc] for w in (whole, some))
    assert not less[PLACE("USA")].any()
    assert (less[PLACE("JPN")] <= full[PLACE("JPN")] + 1e-12).all()


def test_a_joint_stock_that_is_full_for_the_willing_is_not_added_to(world: World) -> None:
    chartered = with_charter(world, SCENARIO, "pax_silica", stockpile=1.0)
    bloc, charter = pax(chartered), chartered.blocs.charter.copy()
    p = SCENARIO.parameters.statecraft
    seats = [n for n in SCENARIO.places.seats if chartered.relations.member[bloc, n].all()]
    use = chartered.goods.reference[seats][:, jointstock.MINERALS].sum(axis=0)
    stock = chartered.blocs.stock.copy()
    charter[bloc, jointstock.SOLIDARITY] = 1.0
    stock[bloc, jointstock.MINERALS] = p.joint_cover * (1.0 - p.joint_riding) * use
    dials = chartered.state.dials.copy()
    dials[:, DIALS.at("stock_target")] = 1.0
    by_need = replace(
        chartered, blocs=replace(chartered.blocs, charter=charter, stock=stock),
        state=replace(chartered.state, dials=dials),
    )  # fmt: skip
    assert np.allclose(jointstock.contributions(by_need, SCENARIO)[bloc], 0.0)
    charter = charter.copy()
    charter[bloc, jointstock.SOLIDARITY] = 0.0
    by_paying = replace(by_need, blocs=replace(by_need.blocs, charter=charter))
    assert jointstock.contributions(by_paying, SCENARIO)[bloc].any()
