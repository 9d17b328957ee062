"""Orders of a file stand beside the strategies, and win where both speak of one thing."""

from game.core import orders as kinds
from game.core.diplomacy import Declare
from game.core.names import GOODS, LEVELS
from game.files.order_files import ListedOrder
from game.files.scenarios import bundled
from game.listed import OVERRULED, ListedDesk
from game.rules.book import RuleBook

CHN, JPN = "CHN", "JPN"


def desk() -> ListedDesk:
    book = RuleBook(bundled("pax_silica_2026"))
    return ListedDesk(book, book.open(1, 2))


def seat(code: str) -> int:
    return bundled("pax_silica_2026").place_axis.at(code)


def test_strategy_cannot_undo_a_listed_control() -> None:
    table = desk()
    assert table.list_orders([ListedOrder(0, CHN, kinds.ExportControl("minerals", JPN, "ban", "gallium"))]) == []
    given = table.give(seat(CHN), kinds.ExportControl("minerals", "all", "open"))
    assert given.reason == OVERRULED
    level = table.orders().level[seat(CHN), GOODS.at("gallium"), seat(JPN)]
    assert list(level) == [LEVELS.at("ban")] * 2


def test_strategy_still_decides_the_rest() -> None:
    table = desk()
    table.list_orders([ListedOrder(0, CHN, kinds.ExportControl("minerals", JPN, "ban", "gallium"))])
    assert table.give(seat(CHN), kinds.SovereignCompute(0.1)).accepted
    assert table.give(seat(JPN), kinds.SovereignCompute(0.1)).accepted


def test_listed_dial_takes_the_one_change_of_the_quarter() -> None:
    table = desk()
    assert table.list_orders([ListedOrder(0, JPN, kinds.Dial("grid", 0.5))]) == []
    assert not table.give(seat(JPN), kinds.Dial("visa", 0.5)).accepted
    assert table.give(seat(JPN), kinds.Dial("grid", 0.1)).reason == OVERRULED


def test_refused_listed_order_says_why_and_in_how_many_worlds() -> None:
    refused = desk().list_orders([ListedOrder(0, JPN, kinds.SovereignCompute(1e6))])
    assert [(r.seat, r.worlds) for r in refused] == [(JPN, 2)]
    assert "treasury" in refused[0].reason


def test_listed_threat_leaves_other_threats_to_the_strategy() -> None:
    table = desk()
    assert table.list_orders([ListedOrder(0, CHN, Declare("minerals", JPN, 4))]) == []
    assert table.give(seat(CHN), Declare("minerals", JPN, on=False)).reason == OVERRULED
    assert table.give(seat(CHN), Declare("minerals", "KOR", 4)).accepted
