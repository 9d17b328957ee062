"""Agency is what the best order brings over the worst."""

from agents.alternatives import Alternative
from game.balance.agency import judged, reach
from game.balance.verdicts import MET, NOT_MET
from game.core.orders import Subsidise, Visa


def test_reach_spans_the_best_and_the_worst_order_by_the_root_of_its_money() -> None:
    found = (
        Alternative("plants", Subsidise("a", 4.0), 1.5),
        Alternative("plants", Subsidise("b", 1.0), 0.5),
        Alternative("engineers", Visa(2.0), -0.25),
        Alternative("dial", None, 9.0),
        Alternative("dial", Visa(1.0), float("nan")),
    )
    assert reach(found) == 3.25
    assert reach(()) == 0.0


def test_weakest_seat_is_named_and_judged_against_the_median() -> None:
    low, fair = judged({"A": 1.0, "B": 4.0, "C": 5.0}), judged({"A": 3.0, "B": 4.0, "C": 5.0})
    assert (low.words, fair.words) == (NOT_MET, MET)
    assert low.note.startswith("A ")
