"""Orders are counted by kind from the arrays that the rules read."""

from game.core import orders as kinds
from game.core.diplomacy import Break, Declare
from game.files.scenarios import bundled
from game.lab.order_mix import counted
from game.rules.book import RuleBook
from game.rules.desk import Desk


def test_each_order_counts_once_in_the_worlds_that_took_it() -> None:
    book = RuleBook(bundled("pax_silica_2026"))
    world = book.open(1, 2)
    desk = Desk(book, world)
    china, japan = (book.scenario.place_axis.at(code) for code in ("CHN", "JPN"))
    given = [
        (china, kinds.ExportControl("minerals", "KOR", "ban")),
        (japan, kinds.Subsidise("rapidus_chitose", 0.5)),
        (japan, kinds.BuildPower("lng", 0.05)),
        (japan, Declare("chips", "CHN", 4)),
        (japan, kinds.SovereignCompute(1e6)),
    ]
    accepted = [desk.give(seat, order).accepted for seat, order in given]
    assert accepted == [True, True, True, True, False]
    found = counted(desk.orders(), book.orders(2), world)
    assert {kind: number.tolist() for kind, number in found.items() if number.any()} == {
        "control": [1.0, 1.0], "subsidise": [1.0, 1.0], "power": [1.0, 1.0], "declare": [1.0, 1.0],
    }  # fmt: skip
    assert Break.kind in found
