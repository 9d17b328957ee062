"""Records are replaced, never written into."""

import pytest

from game.core.world import replace
from game.files.scenarios import bundled
from game.rules.book import RuleBook


def test_replacing_an_array_keeps_the_others_and_the_record_it_came_from() -> None:
    market = RuleBook(bundled("classroom")).open(1).market
    dearer = replace(market, price=market.price * 2.0)
    assert dearer.price is not market.price
    assert dearer.news is market.news
    assert (dearer.price == market.price * 2.0).all()


def test_replacing_what_a_record_has_not_is_an_error() -> None:
    world = RuleBook(bundled("classroom")).open(1)
    with pytest.raises(TypeError, match="Market has no prise"):
        replace(world.market, prise=world.market.price)


def test_every_array_of_a_sealed_world_is_read_only() -> None:
    world = RuleBook(bundled("classroom")).open(1)
    with pytest.raises(ValueError, match="read-only"):
        world.goods.used[0] = 1.0
    with pytest.raises(ValueError, match="read-only"):
        world.standing.weight_sum[0] = 1.0
