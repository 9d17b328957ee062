"""Amounts that nobody could see are said in words; no figure is written with a power of ten."""

import pytest

from game.explain import clauses, order_words
from game.explain.words import output_words


@pytest.mark.parametrize(
    ("value", "text"),
    [(0.0, "0 t"), (1e-9, "under 1 kg"), (0.00032, "under 1 kg"), (0.0105, "10.5 kg"),
     (0.0456, "45.6 kg"), (0.35, "0.35 t"),
     (3.2, "3.2 t"), (338.0, "338 t")],
)  # fmt: skip
def test_little_metal_is_weighed_in_kilograms(value, text):
    assert order_words.quantity("dytb", value) == text
    assert clauses.goods_amount("dytb", value) == text


@pytest.mark.parametrize(("good", "text"), [("wafers", "under 0.01 k wafers"), ("process_tools", "under $0.1 m")])
def test_next_to_nothing_of_other_goods_is_said_so(good, text):
    assert order_words.quantity(good, 7.4e-6) == text


@pytest.mark.parametrize(
    ("bn", "text"),
    [(0.0, "$0 m"), (7.4e-9, "under $0.1 m"), (0.00005, "under $0.1 m"), (0.0005, "$0.5 m"), (0.03, "$30 m"),
     (2.4, "$2.4 bn"), (184.0, "$184 bn")],
)  # fmt: skip
def test_little_money_is_said_in_words(bn, text):
    assert order_words.money(bn) == text


@pytest.mark.parametrize("exponent", range(-12, 5))
def test_no_figure_has_a_power_of_ten(exponent):
    value = 7.4 * 10.0**exponent
    told = [
        order_words.amount(value), order_words.quantity("dytb", value), order_words.quantity("euv", value),
        order_words.money(value), clauses.figure(value), clauses.dollars(value), clauses.goods_amount("hbm", value),
        output_words("dytb", value),
    ]  # fmt: skip
    assert not [text for text in told if "e-" in text or "e+" in text]
