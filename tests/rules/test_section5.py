"""Chain scale, glass, the climate goal, closed borders, the fast line, photonics (rules.md section 5)."""

from dataclasses import replace

import numpy as np
import pytest

from game.core.diplomacy import Clause
from game.core.names import GOODS, LEVELS, LINE_KINDS, POWER_KINDS, TRACKS
from game.core.orders import BuildPower, Order, Renode
from game.core.scenario import Scenario
from game.core.world import World
from game.files.scenarios import read_scenario
from game.rules import chain, glass, score
from game.rules.book import RuleBook, idle_firms
from game.rules.desk import Desk
from game.rules.outlook import line_economics, supplier_price
from game.rules.production import planned
from game.rules.relations import approve, gas_burnt
from game.rules.research import open_borders
from game.rules.turn import Turn
from game.testing import with_contract
from tests.rules.alone import AT, BOOK, SCENARIO, opened, played

TABLES, AMONG = BOOK.tables, SCENARIO.suppliers.axis.at
PAX = [key for key, *_ in SCENARIO.blocs].index("pax_silica")
GLASS_LINE = SCENARIO.lines.axis.at("intel_newmexico_pack")


@pytest.fixture(scope="module")
def start() -> World:
    return opened()


def varied(path: str) -> Scenario:
    return read_scenario("pax_silica_2026", [path]).scenario


def turn_of(world: World, scenario: Scenario = SCENARIO) -> Turn:
    return Turn(scenario, TABLES, BOOK.orders(world.worlds), idle_firms(world))


# --- chain scale


def covered(world: World, *goods: str, share: float = 1.0) -> World:
    """The world in which members of Pax Silica make this share of what they use of each good of the chain."""
    made, wanted = np.array(world.goods.made), np.array(world.goods.wanted)
    inside = world.relations.member[PAX] > 0
    wanted[AT("JPN"), chain.STAGES] += 1.0
    for g in chain.STAGES:
        made[:, g] = np.where(inside, 0.0, made[:, g])
        if GOODS.names[g] in goods:
            made[AT("USA"), g] = share * (wanted[:, g] * inside).sum(axis=0)
    return replace(world, goods=replace(world.goods, made=made, wanted=wanted))


WHOLE = tuple(GOODS.names[g] for g in chain.STAGES)


def test_a_whole_chain_in_one_bloc_makes_its_plants_cheaper(start: World) -> None:
    scale = SCENARIO.parameters.plants.chain_scale
    cost = chain.supplier_cost(covered(start, *WHOLE), SCENARIO)
    row = AMONG("proterial")
    assert cost[row, 0] == pytest.approx(SCENARIO.suppliers.cost[row, 0] * (1.0 - scale))


@pytest.mark.parametrize("lacking", WHOLE)
def test_one_stage_that_is_missing_is_no_chain(start: World, lacking: str) -> None:
    rest = [good for good in WHOLE if good != lacking]
    assert not chain.at_work(covered(start, *rest), SCENARIO)[AT("JPN")].any()


def test_a_few_lines_save_nothing_and_more_save_more(start: World) -> None:
    few, half, most = (
        chain.at_work(covered(start, *WHOLE, share=share), SCENARIO)[AT("JPN"), 0] for share in (0.15, 0.5, 0.9)
    )
    assert few == 0.0 < half < most < 1.0


def test_mines_and_plants_of_china_and_of_outsiders_save_nothing(start: World) -> None:
    saved = chain.supplier_cost(covered(start, *WHOLE), SCENARIO) < SCENARIO.suppliers.cost
    for row in np.flatnonzero(saved[:, 0]):
        assert int(SCENARIO.suppliers.place[row]) != SCENARIO.inside
        assert GOODS.names[int(SCENARIO.suppliers.good[row])] in ("ndpr", "dytb", "magnets")
    assert not saved[AMONG("mt_weld")].any()
    assert not saved[AMONG("bra_magnets")].any()


def test_a_price_floor_costs_less_where_the_chain_is_whole(start: World) -> None:
    row = AMONG("proterial")
    protected = np.array(start.suppliers.protected)
    protected[row] = 12.0
    price = np.array(start.market.price) * 0.1
    low = replace(
        start, suppliers=replace(start.suppliers, protected=protected), market=replace(start.market, price=price)
    )
    whole, none = (supplier_price(w, SCENARIO, TABLES)[row, 0] for w in (covered(low, *WHOLE), low))
    assert whole < none


def test_without_its_parameter_the_chain_saves_nothing(start: World) -> None:
    off = varied("parameters.plants.chain_scale=0")
    assert chain.supplier_cost(covered(start, *WHOLE), off) is off.suppliers.cost


# --- glass


def mastered(world: World) -> World:
    proven = np.array(world.lines.proven)
    proven[GLASS_LINE] = 1.0
    return replace(world, lines=replace(world.lines, proven=proven))


def test_glass_is_mastered_within_a_year_and_a_half_or_so_by_lines_that_run() -> None:
    world, quarters = opened(worlds=64), np.zeros(64)
    for q in range(24):
        quarters += world.lines.proven[GLASS_LINE] <= 0.0
        world = replace(glass.prove(world, turn_of(world)), quarter=q + 1)
    assert 4.0 < quarters.mean() < 8.0
    marked = SCENARIO.lines.glass[:, 0] > 0.0
    assert not world.lines.proven[~marked].any()
    assert not world.lines.proven[marked & (SCENARIO.lines.capacity[:, 0] <= 0.0)].any()


def test_glass_makes_packages_cheaper_sought_and_cool(start: World) -> None:
    after = mastered(start)
    plain, cheap = (line_economics(w, SCENARIO, TABLES)[1][GLASS_LINE, 0] for w in (start, after))
    assert cheap < plain
    assert glass.sought(after, SCENARIO, TABLES)[GLASS_LINE, 0] > 1.0
    output = planned(after, SCENARIO, TABLES).line
    left = glass.power_left(after, SCENARIO, TABLES, output)
    others = left[np.arange(len(left)) != AT("USA")]
    assert left[AT("USA"), 0] == pytest.approx(1.0 - SCENARIO.parameters.fabs.glass_power)
    assert (others == 1.0).all()
    assert played(after).compute.kw_offered[AT("USA"), 0] < played(start).compute.kw_offered[AT("USA"), 0]


def test_queues_of_the_first_thin_out_as_others_follow(start: World) -> None:
    everybody = (SCENARIO.lines.kind == LINE_KINDS.at("packaging")).astype(float)[:, None]
    late = replace(start, lines=replace(start.lines, proven=everybody))
    assert glass.sought(late, SCENARIO, TABLES)[GLASS_LINE, 0] == 1.0


def test_without_its_hazard_nobody_masters_glass(start: World) -> None:
    off = varied("parameters.fabs.glass_hazard=0")
    assert glass.prove(start, turn_of(start, off)) is start


# --- climate goal


def ordered(world: World, seat: str, *orders: Order) -> World:
    desk = Desk(BOOK, world)
    for order in orders:
        assert desk.give(AT(seat), order).accepted
    given = desk.orders()
    return BOOK.resolved(BOOK.decided(world, given), given, idle_firms(world))


def mood(world: World, seat: str, scenario: Scenario = SCENARIO) -> float:
    return float(approve(world, turn_of(world, scenario)).state.approval[AT(seat), 0])


def with_gas(world: World, seat: str) -> World:
    gas = np.array(world.power.gas)
    gas[AT(seat)] = 0.5 * world.power.supply[AT(seat)]
    return replace(world, power=replace(world.power, gas=gas))


def test_gas_plants_are_remembered_and_other_plants_are_not(start: World) -> None:
    assert ordered(start, "JPN", BuildPower("lng", 0.2)).power.gas[AT("JPN"), 0] == 0.2
    for kind in POWER_KINDS:
        if kind != "lng":
            assert not ordered(start, "JPN", BuildPower(kind, 0.05)).power.gas.any()


def test_gas_costs_approval_where_a_pledge_binds_and_more_where_it_is_law(start: World) -> None:
    lost = {seat: mood(start, seat) - mood(with_gas(start, seat), seat) for seat in ("JPN", "IND", "USA")}
    assert lost["JPN"] == pytest.approx(2.0 * lost["IND"]) != 0.0
    assert lost["USA"] == 0.0
    off = varied("parameters.state.climate=0")
    assert mood(with_gas(start, "JPN"), "JPN", off) == mood(start, "JPN", off)


def test_fuel_under_contract_counts_as_gas(start: World) -> None:
    fuelled = played(with_contract(start, SCENARIO, Clause("power", "AUS", "JPN", quantity=0.2, price=0.1)))
    burnt = gas_burnt(fuelled)
    assert gas_burnt(start) is None
    assert burnt is not None
    assert burnt[AT("JPN"), 0] > 0.0 == burnt[AT("AUS"), 0]


# --- closed borders


def test_each_closed_border_takes_a_little_research_on_both_sides(start: World) -> None:
    loss = SCENARIO.parameters.research.closed
    before = open_borders(start, loss)
    people, level = np.array(start.policy.closed_people), np.array(start.policy.level)
    people[AT("KOR"), AT("GBR")] = 1
    level[AT("GBR"), GOODS.at("cloud"), AT("KOR")] = LEVELS.at("ban")  # the same border, closed twice
    level[AT("IND"), GOODS.at("cloud"), AT("GBR")] = LEVELS.at("ban")
    shut = replace(start, policy=replace(start.policy, closed_people=people, level=level))
    lost = (before - open_borders(shut, loss))[:, 0] / loss
    assert lost[[AT("KOR"), AT("GBR"), AT("IND"), AT("JPN")]] == pytest.approx([1, 2, 1, 0])
    assert open_borders(shut, 0.0).min() == 1.0
    assert played(shut).state.knowhow[AT("GBR")].sum() < played(start).state.knowhow[AT("GBR")].sum()


def test_a_quota_of_cloud_leaves_a_border_open(start: World) -> None:
    level = np.array(start.policy.level)
    level[AT("IND"), GOODS.at("cloud"), AT("GBR")] = LEVELS.at("quota")
    eased = replace(start, policy=replace(start.policy, level=level))
    assert (open_borders(eased, 0.01) == open_borders(start, 0.01)).all()


# --- fast line and photonics


def test_the_fast_line_changes_node_in_a_third_of_the_time(start: World) -> None:
    lines = SCENARIO.lines
    fast, slow = lines.axis.at("rapidus_iim2"), lines.axis.at("jasm_kumamoto_2")
    building, left = np.array(start.lines.building), np.array(start.lines.left)
    building[[fast, slow]], left[[fast, slow]] = 20.0, 10.0
    node = np.array(start.lines.node)
    node[slow] = 4
    world = replace(start, lines=replace(start.lines, building=building, left=left, node=node))
    desk = Desk(BOOK, world)
    for plant, to in (("rapidus_iim2", "2"), ("jasm_kumamoto_2", "3")):
        assert desk.give(AT("JPN"), Renode(plant, to)).accepted, desk.give(AT("JPN"), Renode(plant, to)).reason
    after = BOOK.decided(world, desk.orders())
    added = (after.lines.left - world.lines.left)[[fast, slow], 0]
    assert added == pytest.approx([1.0, 3.0])
    assert lines.fast[[fast, slow], 0].tolist() == [1.0, 0.0]


def test_photonics_links_make_compute_halls_do_more(start: World) -> None:
    knowhow = np.array(start.state.knowhow)
    knowhow[AT("GBR"), TRACKS.at("photonics")] += 20.0
    linked = replace(start, state=replace(start.state, knowhow=knowhow))
    book = RuleBook(SCENARIO)
    plain, more = (score.keep(w, Turn(SCENARIO, book.tables, book.orders(1), idle_firms(w))) for w in (start, linked))
    assert more.standing.measures[AT("GBR"), 0, 0] > plain.standing.measures[AT("GBR"), 0, 0]


# --- anchor customers


def anchored_by(world: World, *clauses: Clause) -> World:
    return with_contract(world, SCENARIO, *clauses)


def test_plants_whose_output_is_bought_ahead_have_more_orders_and_returns(start: World) -> None:
    made = float(played(start).goods.made[AT("MYS"), GOODS.at("ndpr"), 0])
    world = played(start)
    plain, some, all_of_it = (
        BOOK.outlook(w)
        for w in (
            world,
            anchored_by(world, Clause("supply", "MYS", "JPN", "ndpr", quantity=0.5 * made, price=1.0)),
            anchored_by(world, Clause("supply", "MYS", "JPN", "ndpr", quantity=made, price=1.0)),
        )
    )
    row, gain = AMONG("lynas_lamp"), SCENARIO.parameters.statecraft.anchor
    for name in ("supplier_pull", "supplier_long"):
        before = getattr(plain, name)[row, 0]
        assert getattr(some, name)[row, 0] == pytest.approx(before * (1.0 + 0.5 * gain))
        assert getattr(all_of_it, name)[row, 0] == pytest.approx(before * (1.0 + gain))
    assert (plain.line_return == some.line_return).all()


def test_a_partner_in_a_venture_is_an_anchor_customer_of_a_foundry_not_yet_begun(start: World) -> None:
    line = SCENARIO.lines.axis.at("jasm_kumamoto_3")
    plain = BOOK.outlook(start)
    joined = BOOK.outlook(anchored_by(start, Clause("venture", "USA", "JPN", "jasm_kumamoto_3", quantity=0.1)))
    gain = SCENARIO.parameters.statecraft.anchor
    assert joined.line_return[line, 0] == pytest.approx(plain.line_return[line, 0] * (1.0 + gain))
    off = RuleBook(varied("parameters.statecraft.anchor=0"))
    world = anchored_by(start, Clause("venture", "USA", "JPN", "jasm_kumamoto_3", quantity=0.1))
    assert (off.outlook(world).line_return == off.outlook(start).line_return).all()
