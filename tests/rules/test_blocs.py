"""Coming and going in blocs, what charters bind, dues, the dividend, the rent of the neutral."""

import numpy as np
import pytest

from game.core.diplomacy import FoundBloc, LeaveBloc
from game.core.names import GOODS, LEVELS
from game.core.orders import ExportControl, Order
from game.core.world import World, replace
from game.files.scenarios import bundled
from game.rules import blocs, membership, race
from game.rules.book import RuleBook, idle_firms
from game.rules.desk import Desk
from game.rules.turn import Turn
from game.testing import with_charter

PAX = "pax_silica"


@pytest.fixture(scope="module")
def book() -> RuleBook:
    return RuleBook(bundled("pax_silica_2026"))


def at(book: RuleBook, code: str) -> int:
    return book.scenario.place_axis.at(code)


def after(book: RuleBook, world: World, *orders: tuple[str, Order], quarters: int = 1) -> World:
    desk = Desk(book, world)
    for code, order in orders:
        given = desk.give(at(book, code), order)
        assert given.accepted, given.reason
    for k in range(quarters):
        sealed = desk.orders() if k == 0 else book.orders(world.worlds)
        world = book.decided(world, sealed)
        world = book.resolved(world, sealed, idle_firms(world))
    return world


def test_a_charter_binds_each_member_to_each_other_and_nobody_else(book: RuleBook) -> None:
    pairs = blocs.charter_pairs(with_charter(book.open(1), book.scenario, PAX, match=0.4), "match")
    assert pairs is not None
    member = book.open(1).relations.member[0, :, 0] > 0
    expected = 0.4 * (member[:, None] & member[None] & ~np.eye(len(member), dtype=bool))
    assert np.array_equal(pairs[..., 0], expected)
    assert blocs.charter_pairs(with_charter(book.open(1), book.scenario, PAX), "match") is None


def test_a_leaver_loses_trust_and_counts_in_the_bar_for_four_quarters(book: RuleBook) -> None:
    world = book.open(1)
    sgp, usa = at(book, "SGP"), at(book, "USA")
    gone = after(book, world, ("SGP", LeaveBloc(PAX)))
    stayed = after(book, world)
    assert gone.relations.member[0, sgp, 0] == 0
    assert gone.relations.trust[sgp, usa, 0] < 0.9 * stayed.relations.trust[sgp, usa, 0]
    seen = []
    for _ in range(5):
        seen.append(float(blocs.counted(gone, 0)[sgp, 0]))
        gone = after(book, gone)
    assert seen == [1.0, 1.0, 1.0, 0.0, 0.0]


def test_expelling_a_user_of_minerals_does_not_lift_the_bar(book: RuleBook) -> None:
    world = book.open(1)
    expelled = blocs.departed(world, np.array([0]), np.array([at(book, "JPN")]), np.array([0]))
    assert race.measured(expelled, book.scenario, book.tables).standing.mineral_independence == (
        race.measured(world, book.scenario, book.tables).standing.mineral_independence
    )


def test_those_who_found_a_bloc_in_one_quarter_found_it_together(book: RuleBook) -> None:
    world = after(book, book.open(1), ("CHN", FoundBloc("silk_compact")), ("BRA", FoundBloc("silk_compact")))
    silk = [key for key, *_ in book.scenario.blocs].index("silk_compact")
    assert np.flatnonzero(world.relations.member[silk, :, 0]).tolist() == sorted([at(book, "CHN"), at(book, "BRA")])
    assert "stands already" in Desk(book, world).give(at(book, "MYS"), FoundBloc("silk_compact")).reason


@pytest.mark.parametrize(
    ("seat", "order", "why"),
    [
        ("CHN", LeaveBloc(PAX), "no member"),
        ("NLD", LeaveBloc("eu"), "no charter"),
        ("IND", FoundBloc(PAX), "stands already"),
        ("CHN", FoundBloc(PAX), "the race is between"),
        ("CHN", FoundBloc("brics"), "no charter"),
    ],
)
def test_what_cannot_be_left_or_founded_is_refused(book: RuleBook, seat: str, order: Order, why: str) -> None:
    assert why in Desk(book, book.open(1)).give(at(book, seat), order).reason


def test_dues_are_paid_by_budget_and_nothing_of_them_is_lost(book: RuleBook) -> None:
    world = with_charter(book.open(1), book.scenario, PAX, dues=1.0)
    given = world.blocs.given.copy()
    given[0, at(book, "JPN")] = 2.0
    world = replace(world, blocs=replace(world.blocs, given=given))
    paid = blocs.collect(world, _turn(book, world))
    change = paid.state.cash - world.state.cash
    assert abs(change.sum()) < 1e-9
    assert change[at(book, "JPN"), 0] > 0 > change[at(book, "USA"), 0]
    rate = book.scenario.parameters.statecraft.dues
    assert change[at(book, "USA"), 0] == pytest.approx(-rate * book.scenario.places.budget[at(book, "USA"), 0])


def _turn(book: RuleBook, world: World) -> Turn:
    return Turn(book.scenario, book.tables, book.orders(world.worlds), idle_firms(world))


def test_shares_of_the_dividend_add_up_and_go_half_by_contribution(book: RuleBook) -> None:
    world, s = book.open(1), book.scenario
    equal = blocs.dividend_shares(world, s, 0)
    member = world.relations.member[0, :, 0] > 0
    assert equal[member, 0] == pytest.approx(1.0)
    given = world.blocs.given.copy()
    given[0, at(book, "JPN")] = 1.0
    shares = blocs.dividend_shares(replace(world, blocs=replace(world.blocs, given=given)), s, 0)
    assert shares.sum() == pytest.approx(member.sum())
    assert shares[at(book, "JPN"), 0] > 1.0 > shares[at(book, "KOR"), 0] > 0.5
    assert not shares[~member].any()


def test_the_last_neutral_is_the_richest(book: RuleBook) -> None:
    world, s = after(book, book.open(1), quarters=2), book.scenario
    many = membership.neutral_rent(world, s)
    all_in = world.relations.member.copy()
    all_in[0] = 0
    all_in[0, [n for n in s.places.seats if n not in (s.inside, at(book, "SGP"))]] = 1
    alone = membership.neutral_rent(replace(world, relations=replace(world.relations, member=all_in)), s)
    assert many[at(book, "SGP"), 0] == 0.0
    assert np.count_nonzero(alone) == 1
    assert alone[at(book, "SGP"), 0] == pytest.approx(many.sum())
    assert alone[at(book, "SGP"), 0] > 5.0 * many.max()


def test_the_rent_of_neutrals_falls_by_a_third_for_each_side_that_holds_its_post(book: RuleBook) -> None:
    world, s = after(book, book.open(1), quarters=2), book.scenario
    free = membership.pot(world, s)[0]
    one = replace(world, standing=replace(world.standing, mineral_held=np.array([2.0])))
    both = replace(one, standing=replace(one.standing, chip_held=np.array([5.0])))
    assert membership.pot(one, s)[0] == pytest.approx(free * 2.0 / 3.0)
    assert membership.pot(both, s)[0] == pytest.approx(free / 3.0)


def test_secondary_rules_tax_the_neutral(book: RuleBook) -> None:
    world, s = after(book, book.open(1), quarters=2), book.scenario
    lifted = replace(world, policy=replace(world.policy, secondary=np.zeros_like(world.policy.secondary)))
    assert membership.neutral_rent(lifted, s).sum() > membership.neutral_rent(world, s).sum() > 0.0


def test_sitting_members_see_their_queue_place_after_dilution(book: RuleBook) -> None:
    world, s, t = after(book, book.open(1)), book.scenario, book.tables
    members = world.relations.member[0].astype(np.float64)
    now = membership.queue_places(world, s, t, members) * members
    seller = membership.queue_after(world, s, t, 0, at(book, "TWN"))
    buyer = membership.queue_after(world, s, t, 0, at(book, "ARE"))
    assert seller[at(book, "USA"), 0] > now[at(book, "USA"), 0] > buyer[at(book, "USA"), 0]
    buyer, seller = (membership.queue_lost(world, s, t, 0, at(book, code)) for code in ("ARE", "TWN"))
    assert buyer[at(book, "USA"), 0] > 0 > seller[at(book, "USA"), 0]
    assert not buyer[at(book, "CHN")].any()


def test_retaliation_on_members_rises_with_the_blocs_bite(book: RuleBook) -> None:
    world, s = after(book, book.open(1)), book.scenario
    blocked = world.trade.blocked.copy()
    blocked[np.isin(s.sellers.place, [at(book, "USA"), at(book, "JPN")]), s.inside] *= 5.0
    harder = replace(world, trade=replace(world.trade, blocked=blocked))
    assert membership.bite(harder, s, 0)[0] > membership.bite(world, s, 0)[0] > 0.0
    assert (membership.retaliation(harder, s, 0) >= membership.retaliation(world, s, 0)).all()
    assert (
        membership.retaliation(harder, s, 0)[at(book, "KOR"), 0]
        > membership.retaliation(world, s, 0)[at(book, "KOR"), 0]
    )


def test_terms_of_membership_are_finite_for_every_bloc_with_a_charter(book: RuleBook) -> None:
    world = after(book, book.open(1, 2), quarters=2)
    for bloc in book.scenario.chartered:
        terms = membership.membership_terms(world, book.scenario, book.tables, bloc)
        for name, values in terms.items():
            assert values.shape == world.state.cash.shape, name
            assert np.isfinite(values).all(), name


def test_what_the_race_pays_a_member_that_gave_nothing_is_less_than_its_head(book: RuleBook) -> None:
    world, s = book.open(1), book.scenario
    given = np.where(world.relations.member > 0, 0.2 * s.places.budget, 0.0)
    given[0, at(book, "KOR")] = 0.0
    held = replace(world.standing, mineral_held=np.array([5.0]), mineral_independence=np.array([0.9]))
    world = replace(world, blocs=replace(world.blocs, given=given), standing=held)
    # Bars are measured anew: the post is kept low enough to be held.
    low = replace(s, race=replace(s.race, post=0.01, lose=0.005))
    paid = race.run(world, _turn(RuleBook(low), world)).standing.dividend[:, 0]
    rest = [at(book, code) for code in ("USA", "JPN", "AUS", "SGP", "ISR")]
    assert 3.0 < paid[at(book, "KOR")] < 6.0 < min(paid[rest])
    assert paid.sum() == pytest.approx(6.0 * 6)


def test_the_inside_place_is_blamed_less_for_answering_members_of_a_bloc_that_bites(book: RuleBook) -> None:
    world, chn = after(book, book.open(1)), at(book, "CHN")
    s = book.scenario

    def blame(target: str, bitten: World) -> float:
        desk = Desk(book, bitten)
        assert desk.give(chn, ExportControl("magnets", target, "ban")).accepted
        return float(desk.orders().escalation[chn, 0])

    blocked = world.trade.blocked.copy()
    blocked[np.isin(s.sellers.place, [at(book, "USA"), at(book, "KOR")]), s.inside] *= 9.0
    harder = replace(world, trade=replace(world.trade, blocked=blocked))
    assert blame("KOR", harder) < blame("KOR", world)
    assert blame("IND", harder) == blame("IND", world)


def test_a_control_of_outsiders_passes_members_by_in_each_world(book: RuleBook) -> None:
    world, jpn, ind = book.open(1, 2), at(book, "JPN"), at(book, "IND")
    member = world.relations.member.copy()
    member[0, ind, 1] = 1
    world = replace(world, relations=replace(world.relations, member=member))
    desk = Desk(book, world)
    assert desk.give(jpn, ExportControl("tools", "outsiders", "ban", "process_tools")).accepted
    level = desk.orders().level
    assert level is not None
    ordered = level[jpn, GOODS.at("process_tools"), ind]
    assert ordered.tolist() == [LEVELS.at("ban"), -1]
