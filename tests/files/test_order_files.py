"""Order files are read, checked and written; every kind of order survives the way there and back."""

from pathlib import Path

import pytest

from game.core import orders as kinds
from game.core.diplomacy import (
    Answer,
    Audit,
    Bluff,
    Break,
    Campaign,
    Clause,
    Declare,
    FoundBloc,
    LeaveBloc,
    Motion,
    Propose,
    SafetyStandard,
    Spy,
    Summit,
    Vote,
)
from game.core.errors import InputError
from game.core.order_kinds import ALL_KINDS, order_from
from game.core.orders import Order, as_record
from game.core.scenario import Scenario
from game.files.order_files import ListedOrder, dump_orders, orders_of, read_orders
from game.files.scenarios import bundled
from game.files.strict_yaml import load

EXAMPLES: tuple[Order, ...] = (
    kinds.Subsidise("rapidus_chitose", 3.0),
    kinds.Equity("rapidus_chitose", 0.5),
    kinds.FastTrack("rapidus_chitose"),
    kinds.Renode("rapidus_chitose", "1.4"),
    kinds.RelieveCrowding("rapidus_chitose"),
    kinds.PriceFloor("rapidus_chitose"),
    kinds.Law(0.4, "rapidus_chitose"),
    kinds.Law(0.4),
    kinds.BuildPower("lng", 0.2),
    kinds.SovereignCompute(1.0),
    kinds.Stock("gallium", -2.5),
    kinds.Visa(1.5),
    kinds.ExportControl("minerals", "JPN", "ban", "gallium"),
    kinds.ExportControl("people", "all", "licence"),
    kinds.RefuseImports("chips", "outsiders", False),
    kinds.SecondaryRule("tools"),
    kinds.EntityList("smic_shanghai_7", True),
    kinds.Flood("gallium"),
    kinds.Dial("grid", 0.4),
    kinds.ResearchShare("node", 0.3),
    kinds.ComputeSplit("research", 0.25),
    Propose(
        ("AUS",),
        (
            Clause("supply", "AUS", "JPN", "light_ore", quantity=500.0, price=1.1),
            Clause("money", "JPN", "AUS", quantity=0.05),
            Clause("match", "AUS", "JPN", "chips", "CHN"),
        ),
        quarters=12, escrow=0.5, snap_back=True, verifier="GBR", round=2,
    ),
    Answer("AUS/2", False, 2),
    Break(3),
    Declare("tools", "CHN", 3, True),
    Declare("chips", "JPN", on=False),
    Spy("CHN"),
    Audit(),
    Campaign("resolve"),
    SafetyStandard(),
    Summit("CHN"),
    Bluff(0.4),
    Motion("pax_silica", "invite", "IND"),
    Motion("pax_silica", "charter", term="stockpile", strength=0.4, round=2),
    Motion("pax_silica", "voting", rule="majority"),
    Motion("pax_silica", "admit"),
    Vote("JPN", False),
    LeaveBloc("pax_silica"),
    FoundBloc("silk_compact"),
    kinds.Respond("earthquake", 1),
)  # fmt: skip


@pytest.fixture(scope="module")
def scenario() -> Scenario:
    return bundled("pax_silica_2026")


def read(text: str, scenario: Scenario) -> tuple[ListedOrder, ...]:
    return orders_of(load(text, "orders.yaml"), scenario)


def test_examples_cover_every_kind() -> None:
    assert {order.kind for order in EXAMPLES} == set(ALL_KINDS)


def test_every_kind_survives_the_log(scenario: Scenario) -> None:
    assert [order_from(as_record(order)) for order in EXAMPLES] == list(EXAMPLES)


def test_written_orders_are_read_back_equal(scenario: Scenario, tmp_path: Path) -> None:
    listed = tuple(ListedOrder(i % scenario.quarters, "JPN", order) for i, order in enumerate(EXAMPLES))
    file = tmp_path / "orders.yaml"
    file.write_text(dump_orders(listed, scenario), encoding="utf-8")
    assert read_orders(file, scenario) == listed


def test_the_published_example_is_read(scenario: Scenario) -> None:
    text = """\
orders:
  - {quarter: 2026Q3, seat: CHN, order: control, class: minerals, good: gallium, target: JPN, level: ban}
  - {quarter: 2027Q3, seat: CHN, order: control, class: minerals, good: gallium, target: JPN, level: open}
  - {quarter: 2026Q2, seat: JPN, order: subsidise, firm: rapidus, site: chitose, node: 2, amount: 3.0}   # USD bn
"""
    assert read(text, scenario) == (
        ListedOrder(2, "CHN", kinds.ExportControl("minerals", "JPN", "ban", "gallium")),
        ListedOrder(6, "CHN", kinds.ExportControl("minerals", "JPN", "open", "gallium")),
        ListedOrder(1, "JPN", kinds.Subsidise("rapidus_chitose", 3.0)),
    )


def test_node_of_a_renode_order_is_the_new_node(scenario: Scenario) -> None:
    text = "orders: [{quarter: 2026Q1, seat: JPN, order: renode, plant: jasm_kumamoto_2, node: 5}]"
    assert read(text, scenario)[0].order == kinds.Renode("jasm_kumamoto_2", "5")


@pytest.mark.parametrize(
    ("plant", "said"),
    [
        ("firm: rapidus", "name one: plant: rapidus_chitose or"),
        ("firm: rapidos, site: chitose", "unknown firm 'rapidos' (did you mean 'rapidus'?)"),
        ("firm: rapidus, site: chitosa", "no site 'chitosa' (did you mean 'chitose'?)"),
        ("firm: rapidus, site: chitose, node: 7", "no line of node 7 there"),
        ("firm: rapidus, site: chitose, node: 6", "unknown process node '6'"),
        ("plant: rapidus_chitose, firm: rapidus", "not by both"),
        ("on: true", "unknown key"),
    ],
)
def test_plant_that_is_not_one_is_refused(scenario: Scenario, plant: str, said: str) -> None:
    text = f"orders: [{{quarter: 2026Q1, seat: JPN, order: fast_track, {plant}}}]"
    with pytest.raises(InputError) as refused:
        read(text, scenario)
    assert said in str(refused.value)


def test_every_wrong_order_is_told_up_to_twenty(scenario: Scenario) -> None:
    text = "orders:\n" + "  - {quarter: 2026Q1, seat: JPN, order: visa, thousands: 0}\n" * 30
    with pytest.raises(InputError) as refused:
        read(text, scenario)
    assert [problem.line for problem in refused.value.problems] == list(range(2, 22))


PROPOSAL = "orders: [{{quarter: 2026Q3, seat: JPN, order: propose, parties: [AUS], clauses: [{}]}}]"


def test_the_published_proposal_is_read(scenario: Scenario) -> None:
    clauses = (
        "{clause: supply, giver: AUS, taker: JPN, subject: light_ore, quantity: 500, price: 1.1}, "
        "{clause: restrain, giver: AUS, taker: JPN, subject: minerals, quantity: licence}"
    )
    listed = read(PROPOSAL.format(clauses), scenario)
    assert listed == (
        ListedOrder(
            2, "JPN",
            Propose(("AUS",), (
                Clause("supply", "AUS", "JPN", "light_ore", quantity=500.0, price=1.1),
                Clause("restrain", "AUS", "JPN", "minerals", quantity=2.0),
            )),
        ),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("clause", "said"),
    [
        ("clause: suply, giver: AUS, taker: JPN", "clauses.0.clause: unknown clause 'suply' (did you mean 'supply'?)"),
        ("clause: money, giver: AUX, taker: JPN, quantity: 1", "clauses.0.giver: unknown giver 'AUX'"),
        ("clause: money, giver: KOR, taker: JPN, quantity: 1", "clauses.0.giver: KOR is no party of this contract"),
        ("clause: money, giver: JPN, taker: JPN, quantity: 1", "clauses.0.taker: JPN is the giver too"),
        ("clause: money, giver: JPN, taker: AUS, quantity: -1", "-1 is not allowed; 0.001 to 200 is needed (USD bn"),
        ("clause: money, giver: JPN, taker: AUS, quantity: 3 bn", "quantity: '3 bn' is no number"),
        ("clause: money, giver: JPN, taker: AUS", "key quantity is missing; a clause 'money' needs its quantity"),
        ("clause: money, giver: JPN, taker: AUS, quantity: 1, price: 2", "clauses.0.price: unknown key; a clause"),
        ("clause: match, giver: AUS, taker: JPN, subject: chips", "key target is missing"),
        ("clause: match, giver: AUS, taker: JPN, subject: chips, target: AUS", "AUS is a party; a clause is aimed at"),
        ("clause: licence, giver: AUS, taker: JPN, subject: nodes, price: 1", "unknown research track 'nodes'"),
        (", ".join(["{clause: certify, giver: JPN, taker: AUS}"] * 6).strip("{}"), "a contract has at most 5"),
    ],
)
def test_wrong_clause_is_refused_where_it_stands(scenario: Scenario, clause: str, said: str) -> None:
    with pytest.raises(InputError) as refused:
        read(PROPOSAL.format(f"{{{clause}}}"), scenario)
    assert said in str(refused.value)
    assert all(problem.line == 1 and problem.col > 50 for problem in refused.value.problems)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("order: answer, offer: JPN/3", "'JPN/3' is no offer; write the sender and which of its two it is"),
        ("order: answer, offer: JPM/1", "(did you mean 'JPN'?)"),
        ("order: answer, offer: JPN/1, round: 3", "3 is not allowed; a whole number from 1 to 2"),
        ("order: declare, class: tools, target: outsiders", "unknown place 'outsiders'"),
        ("order: declare, class: tools, target: CHN, quarters: 9", "a whole number from 1 to 8"),
        ("order: motion, bloc: pax, act: admit", "unknown bloc 'pax'"),
        ("order: motion, bloc: pax_silica, act: invite", "key place is missing; a motion 'invite' needs it"),
        ("order: motion, bloc: pax_silica, act: admit, rule: majority", "a motion 'admit' has no rule; it has nothing"),
        ("order: break, contract: 0.5", "a whole number from 1 to"),
        ("order: propose, parties: [JPN], clauses: [{clause: certify, giver: JPN, taker: AUS}]", "proposes to itself"),
    ],
)
def test_wrong_words_are_refused(scenario: Scenario, words: str, said: str) -> None:
    with pytest.raises(InputError) as refused:
        read(f"orders: [{{quarter: 2026Q3, seat: JPN, {words}}}]", scenario)
    assert said in str(refused.value)
