"""Charts: what is drawn is what was handed in, escaped, told to those who cannot see it, and the same each time."""

import itertools
import xml.etree.ElementTree as ElementTree
from collections.abc import Callable

import pytest

from game.page import (
    Band,
    Bar,
    Html,
    Level,
    Line,
    Panel,
    Pin,
    Span,
    bar_chart,
    fan_chart,
    heat_matrix,
    line_chart,
    small_multiples,
    timeline,
)
from game.page.frame import tone_of
from game.page.scale import Scale, every, spread_apart, ticks

QUARTERS = [f"{2026 + k // 4}Q{k % 4 + 1}" for k in range(9)]
RISING = [0.1 * k for k in range(9)]
EVIL = '<script>alert("1")</script> & co'


def lines() -> Html:
    return line_chart(EVIL, QUARTERS, [Line(EVIL, RISING), Line("b", [None, *RISING[1:]])], pins=[Pin(2, EVIL)])


def fan() -> Html:
    return fan_chart(EVIL, QUARTERS, [Band(EVIL, RISING, [v + 1 for v in RISING])], [Line("m", RISING)])


def bars() -> Html:
    return bar_chart(EVIL, [Bar(EVIL, 2.0, 1.0, 3.0, note=EVIL), Bar("none", None)])


def matrix() -> Html:
    return heat_matrix(EVIL, [EVIL, "b"], ["x", EVIL], [[0.1, None], [0.9, 0.5]], centre=0.5)


def multiples() -> Html:
    return small_multiples(EVIL, QUARTERS, [Panel(EVIL, [Line("", RISING)], EVIL)] * 5, level=0.0)


def spans() -> Html:
    return timeline(EVIL, QUARTERS, [Span(EVIL, 0, 3, EVIL), Span(EVIL, 2, 8, "late", ended="broken")])


ALL = [lines, fan, bars, matrix, multiples, spans]


def drawn(chart: Html) -> ElementTree.Element:
    return ElementTree.fromstring(str(chart))


def texts(chart: Html) -> list[str]:
    return [text.strip() for text in drawn(chart).itertext() if text.strip()]


@pytest.mark.parametrize("make", ALL)
def test_chart_is_well_formed_and_what_it_is_handed_stays_text(make: Callable[[], Html]) -> None:
    tree = drawn(make())
    assert [node for node in tree.iter() if node.tag.endswith("script")] == []
    assert EVIL in texts(make())


@pytest.mark.parametrize("make", ALL)
def test_chart_has_title_description_and_its_numbers_as_a_table(make: Callable[[], Html]) -> None:
    tree = drawn(make())
    space = "{http://www.w3.org/2000/svg}"
    picture = next(tree.iter(f"{space}svg"))
    told = {node.get("id") for node in picture if node.tag in (f"{space}title", f"{space}desc")}
    assert picture.get("role") == "img"
    assert set((picture.get("aria-labelledby") or "").split()) == told
    assert len(list(tree.iter("td"))) > 0


@pytest.mark.parametrize("make", ALL)
def test_chart_is_the_same_text_each_time(make: Callable[[], Html]) -> None:
    assert make() == make()


def test_higher_values_lie_higher() -> None:
    chart = drawn(line_chart("t", QUARTERS, [Line("a", RISING)]))
    path = next(node.get("d") or "" for node in chart.iter() if (node.get("class") or "").startswith("line"))
    heights = [float(point.split()[1]) for point in path[1:].split(" L")]
    assert heights == sorted(heights, reverse=True)
    assert len(heights) == len(QUARTERS)


def test_line_has_a_gap_where_a_value_is_missing() -> None:
    chart = line_chart("t", QUARTERS, [Line("a", [*RISING[:4], None, *RISING[5:]])])
    path = next(node.get("d") or "" for node in drawn(chart).iter() if (node.get("class") or "").startswith("line"))
    assert path.count("M") == 2


def test_bar_reaches_from_the_base_to_its_value() -> None:
    chart = drawn(bar_chart("t", [Bar("a", 2.0), Bar("b", -1.0)], low=-2.0, high=2.0))
    a, b = (node for node in chart.iter() if (node.get("class") or "").startswith("bar"))
    assert float(a.get("width") or 0) == pytest.approx(2 * float(b.get("width") or 0), abs=0.2)
    assert float(b.get("x") or 0) + float(b.get("width") or 0) == pytest.approx(float(a.get("x") or 0), abs=0.2)


def test_pins_that_fall_together_stand_in_rows() -> None:
    chart = drawn(line_chart("t", QUARTERS, [Line("a", RISING)], pins=[Pin(3, "x"), Pin(3, "y"), Pin(7, "z")]))
    places = [(n.get("cx"), n.get("cy")) for n in chart.iter() if (n.get("class") or "").startswith("pin ")]
    assert len(set(places)) == 3
    assert places[0][0] == places[1][0]


def test_spans_that_overlap_in_a_row_stand_under_each_other() -> None:
    found = [n for n in drawn(spans()).iter() if (n.get("class") or "").startswith("span")]
    assert found[0].get("y") != found[1].get("y")


def test_level_is_named() -> None:
    assert "post" in texts(line_chart("t", QUARTERS, [Line("a", RISING)], levels=[Level(0.75, "post")]))


def test_equal_values_still_make_a_chart() -> None:
    assert "nan" not in line_chart("t", QUARTERS[:1], [Line("a", [2.0])]).lower()
    assert "nan" not in bar_chart("t", []).lower()


def test_ticks_are_round_and_cover_the_values() -> None:
    found = ticks(-3.3, 17.2)
    assert found[0] <= -3.3
    assert found[-1] >= 17.2
    assert found == [-5.0, 0.0, 5.0, 10.0, 15.0, 20.0]


def test_scale_keeps_proportion() -> None:
    assert Scale(0.0, 10.0, 100.0, 200.0).at(2.5) == 125.0


def test_names_are_spread_apart_within_bounds() -> None:
    found = spread_apart([10.0, 11.0, 98.0, 99.0], 15.0, 0.0, 100.0)
    assert all(b - a >= 15.0 for a, b in itertools.pairwise(found))
    assert found[-1] <= 100.0


def test_labels_of_many_years_fall_on_the_same_quarter() -> None:
    assert every(33) % 4 == 0
    assert every(24, most=6) % 4 == 0


def test_unknown_tone_is_refused() -> None:
    with pytest.raises(ValueError, match="pax"):
        tone_of(0, "mauve")
