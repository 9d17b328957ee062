"""Order files are read, checked and written; every kind of order survives the way there and back."""

from pathlib import Path

import pytest

from game.core import orders as kinds
from game.core.errors import InputError
from game.core.orders import KINDS, Order
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
)


@pytest.fixture(scope="module")
def scenario() -> Scenario:
    return bundled("pax_silica_2026")


def read(text: str, scenario: Scenario) -> tuple[ListedOrder, ...]:
    return orders_of(load(text, "orders.yaml"), scenario)


def test_examples_cover_every_kind() -> None:
    assert {order.kind for order in EXAMPLES} == set(KINDS)


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
