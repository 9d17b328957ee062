"""Orders in the player's words."""

import pytest

from game.core import diplomacy
from game.core import orders as kinds
from game.core.order_kinds import SEALED
from game.files.scenarios import bundled
from game.ui.main.order_words import amount, money, order_icon, order_words, quantity, short_quarter

ONE_OF_EACH = (
    (kinds.Subsidise("tokuyama", 0.2), "Subsidy, Tokuyama"),
    (kinds.Equity("tokuyama", 0.2), "Stake, Tokuyama"),
    (kinds.FastTrack("tokuyama"), "Fast-track, Tokuyama"),
    (kinds.RelieveCrowding("rapidus_chitose"), "Roads, water and housing, Rapidus Chitose IIM-1"),
    (kinds.Renode("jasm_kumamoto_2", "5"), "Change to 5 nm, JASM Kumamoto fab 2"),
    (kinds.PriceFloor("tokuyama"), "Price floor, Tokuyama"),
    (kinds.Law(0.5, "tokuyama"), "$0.5 bn a quarter by law, Tokuyama"),
    (kinds.Law(0.25), "$0.25 bn a quarter by law, plants at home"),
    (kinds.BuildPower("lng", 0.4), "0.4 GW, gas plant (LNG)"),
    (kinds.SovereignCompute(2.0), "Sovereign compute, $2 bn"),
    (kinds.Stock("gallium", 3.5), "Buy 3.5 t gallium, stock"),
    (kinds.Stock("gallium", -3.5), "Sell 3.5 t gallium, stock"),
    (kinds.Visa(1.2), "Visas for 1,200 engineers"),
    (kinds.ExportControl("minerals", "CHN", "ban"), "Ban on minerals for China"),
    (kinds.ExportControl("magnets", "all", "open", "resist"), "Open photoresist to everyone"),
    (kinds.ExportControl("people", "CHN", "ban"), "Forbid engineers to work for China"),
    (kinds.RefuseImports("chips", "CHN", True, "mature_chips"), "Refuse mature chips from China"),
    (kinds.SecondaryRule("tools"), "Secondary rule on tools and service"),
    (kinds.EntityList("jasm_kumamoto_2", False), "Off the entity list, JASM Kumamoto fab 2"),
    (kinds.Flood("gallium"), "Flood the market with gallium"),
    (kinds.Dial("grid", 0.5), "Grid expansion to 50%"),
    (kinds.ResearchShare("lithography", 0.2), "Lithography research to 20%"),
    (kinds.ComputeSplit("rent", 0.1), "Compute for rented out to 10%"),
    (kinds.Respond("earthquake", 2), "Pay for crews and spare parts"),
    (diplomacy.Break(7), "Break contract 7"),
    (diplomacy.LeaveBloc("pax_silica"), "Leave Pax Silica"),
    (diplomacy.FoundBloc("pax_silica"), "Found Pax Silica"),
    (diplomacy.Declare("minerals", "CHN", 2), "Threat on minerals to China, 2 quarters"),
    (diplomacy.Declare("tools", "CHN", 1, True), "Ultimatum on tools and service to China, 1 quarter"),
    (diplomacy.Declare("tools", "CHN", on=False), "Take back the threat on tools and service for China"),
    (diplomacy.Spy("CHN"), "Intelligence on China"),
    (diplomacy.Audit(), "Certification audit"),
    (diplomacy.Campaign("resolve"), "Campaign for resolve"),
    (diplomacy.SafetyStandard(), "Write a safety standard of our own"),
    (diplomacy.Summit("CHN"), "Summit of friends about China"),
    (diplomacy.Bluff(0.3), "Overstate stocks by 30%"),
)


@pytest.fixture(scope="module")
def scenario():
    return bundled("pax_silica_2026")


@pytest.mark.parametrize(("order", "words"), ONE_OF_EACH)
def test_an_order_reads_as_a_player_would_say_it(scenario, order, words):
    assert order_words(order, scenario) == words


def test_every_kind_of_order_has_words_and_an_icon(assets_folder):
    said = {order.kind for order, _ in ONE_OF_EACH}
    assert said == set(SEALED)
    assert all((assets_folder / "icons" / f"{order_icon(order)}.png").exists() for order, _ in ONE_OF_EACH)


def test_money_changes_its_unit_where_it_grows_small():
    assert [money(bn) for bn in (184, 2.4, 0.2, 0.03, 0)] == ["$184 bn", "$2.4 bn", "$0.2 bn", "$30 m", "$0 m"]


def test_amounts_keep_about_three_figures():
    assert [amount(v) for v in (12345, 1234, 57.3, 4.0, 0.0456, 0)] == ["12,300", "1,230", "57.3", "4", "0.046", "0"]


def test_quantities_carry_the_unit_of_the_good():
    assert quantity("gallium", 3.2) == "3.2 t"
    assert quantity("hbm", 14) == "14 k stacks"
    assert quantity("process_tools", 40) == "$40 m"


def test_quarters_read_as_in_the_narrow_columns():
    assert short_quarter(6, "2026Q1") == "Q3 27"
