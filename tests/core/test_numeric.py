"""Sums give the same bits for one world as for many."""

import numpy as np
import pytest

from game.core.numeric import (
    Array,
    Grouping,
    best_of_each,
    counted,
    entries,
    largest_within,
    one_less,
    one_more,
    pick,
    put,
    ratio,
    total,
)

SHAPES = [(1,), (2,), (22,), (124,), (22, 23), (223, 22), (223, 2), (1, 22), (22, 1), (9, 2)]


def rows(*shape: int) -> Array:
    draw = np.random.default_rng(3)
    return draw.standard_normal(shape) * 10.0 ** draw.integers(-8, 8, shape)


def added_in_order(values: Array) -> Array:
    result = values[0].copy()
    for row in values[1:]:
        result = result + row
    return result


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("worlds", [1, 2, 3, 8, 64])
def test_a_total_adds_in_order_whatever_the_number_of_worlds(shape: tuple[int, ...], worlds: int) -> None:
    values = rows(*shape, 64)
    for axis in range(min(len(shape), 2)):
        expected = added_in_order(np.moveaxis(values, axis, 0))[..., :worlds]
        assert np.array_equal(total(values[..., :worlds], axis), expected)
        assert np.array_equal(total(values[..., :worlds].copy(), axis), expected)


@pytest.mark.parametrize("groups_of_rows", [[0, 1, 2, 0, 1, 0], [2, 0, 0, 1, 2, 2], [3, 3, 0]])
@pytest.mark.parametrize("inner", [(), (5,)])
def test_a_grouping_sums_and_finds_the_largest_of_each_group(groups_of_rows: list[int], inner: tuple[int, ...]) -> None:
    grouping = Grouping(groups_of_rows, 4)
    values = np.abs(rows(len(groups_of_rows), *inner, 64))
    for g in range(4):
        of_group = values[[row for row, group in enumerate(groups_of_rows) if group == g]]
        assert grouping.total(values)[g] == pytest.approx(of_group.sum(axis=0))
        assert np.array_equal(grouping.largest(values)[g], of_group.max(axis=0, initial=0.0))
    assert np.array_equal(grouping.total(values)[..., :1], grouping.total(values[..., :1].copy()))
    assert np.array_equal(grouping.spread(grouping.total(values))[0], grouping.total(values)[groups_of_rows[0]])


@pytest.mark.parametrize("width", [(), (5,), (300,)])
def test_a_grouping_adds_each_groups_rows_in_order(width: tuple[int, ...]) -> None:
    draw = np.random.default_rng(5)
    group_of_row = draw.integers(0, 7, 60)
    values = rows(60, *width, 64)
    for worlds in (1, 2, 64):
        sums = Grouping(group_of_row.tolist(), 7).total(values[..., :worlds])
        for g in range(7):
            assert np.array_equal(sums[g], added_in_order(values[group_of_row == g])[..., :worlds])


@pytest.mark.parametrize("width", [(), (5,), (300,)])
def test_rows_of_nought_may_be_left_out_of_a_sum(width: tuple[int, ...]) -> None:
    draw = np.random.default_rng(6)
    grouping = Grouping(draw.integers(0, 7, 60).tolist(), 8)
    values = rows(60, *width, 64)
    values[draw.random(60) < 0.7] = 0.0
    some = np.flatnonzero(values.reshape(60, -1).any(axis=1))
    for worlds in (1, 64):
        part = values[..., :worlds]
        assert np.array_equal(grouping.total_of(some, part[some]), grouping.total(part))


def test_entries_of_a_table_are_picked_and_put_by_one_position() -> None:
    table = rows(4, 5, 3)
    cells = np.array([2 * 5 + 1, 0 * 5 + 4])
    assert np.array_equal(pick(table, cells), table[[2, 0], [1, 4]])
    put(table, cells, np.array([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]]))
    assert table[2, 1].tolist() == [1.0, 2.0, 3.0]
    assert table[0, 4].tolist() == [4.0, 5.0, 6.0]


def test_a_group_without_rows_sums_to_zero() -> None:
    assert Grouping([], 2).total(np.zeros((0, 3))).tolist() == [[0.0] * 3] * 2


def test_a_share_of_nothing_is_what_is_said() -> None:
    assert ratio(np.array([1.0, 1.0]), np.array([4.0, 0.0]), 7.0).tolist() == [0.25, 7.0]


def test_the_best_of_each_group_is_its_largest_and_of_equals_the_first_in_rank() -> None:
    group, value = np.array([2, 0, 2, 0, 2]), np.array([1.0, 5.0, 3.0, 5.0, 3.0])
    rank = np.array([0, 9, 4, 7, 1])
    assert best_of_each(group, value, rank).tolist() == [3, 4]
    none = np.zeros(0, dtype=np.int64)
    assert not len(best_of_each(none, np.zeros(0), none))


@pytest.mark.parametrize("worlds", [1, 5])
def test_levels_of_a_table_are_found_and_their_largest_by_cell(worlds: int) -> None:
    table = np.zeros((3, 4, 2, worlds), dtype=np.int8)
    table[1, 2, 1, 0], table[2, 0, 0, worlds - 1] = 3, 5
    np.testing.assert_array_equal(entries(table), np.nonzero(table))
    np.testing.assert_array_equal(largest_within(table), table.max(axis=(2, 3)))


def test_quarters_are_counted_up_to_a_most_and_down_to_none() -> None:
    counts = np.array([0, 1, 99, 100], dtype=np.int8)
    assert one_more(counts, 100).tolist() == [1, 2, 100, 100]
    assert one_less(counts).tolist() == [0, 0, 98, 99]
    assert counts.tolist() == [0, 1, 99, 100]


def test_nothing_added_up_in_cells_is_zero_and_no_whole_number():
    none = counted(np.zeros(0, dtype=np.int64), np.zeros(0), (2, 3))
    assert none.dtype == np.float64
    assert not none.any()
