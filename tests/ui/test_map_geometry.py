"""The built map and the arithmetic on it."""

import math
from pathlib import Path

import numpy as np
import pytest

from game.ui.map.geometry import WORLD_WIDTH, clip_ring, enclosed_area, load_atlas, project
from game.ui.map.places import EU_MEMBERS, PLACES
from game.ui.map.view import home_view


@pytest.fixture(scope="module")
def atlas():
    return load_atlas(Path(__file__).resolve().parents[2] / "assets" / "map" / "world.npz")


def even_odd(points, x, y) -> bool:
    (x0, y0), (x1, y1) = points[:-1].T, points[1:].T
    crosses = (y0 > y) != (y1 > y)
    with np.errstate(divide="ignore", invalid="ignore"):
        east = x0 + (y - y0) / (y1 - y0) * (x1 - x0) > x
    return bool((crosses & east).sum() % 2)


def country_at(atlas, lon, lat) -> set[int]:
    x, y = project(lon, lat)
    return {ring.country for ring in atlas.rings if not ring.hole and even_odd(ring.points, x, y)}


def test_the_map_is_cut_at_thirty_degrees_west(atlas):
    west = min(ring.box[0] for ring in atlas.rings)
    east = max(ring.box[2] for ring in atlas.rings)
    assert west >= -1e-9
    assert east <= WORLD_WIDTH + 1e-4
    assert max(ring.box[2] - ring.box[0] for ring in atlas.rings) < math.radians(180)


def test_greenland_lies_on_both_sides_of_the_cut(atlas):
    middles = [(ring.box[0] + ring.box[2]) / 2 for ring in atlas.rings if ring.country == 304]
    assert min(middles) < 1.0 < 5.0 < max(middles)


def test_the_far_east_of_russia_is_not_torn_off(atlas):
    assert country_at(atlas, 179.0, 68.0) == country_at(atlas, -179.0, 67.0) == {643}


@pytest.mark.parametrize("country", [702, 376, 528, 158, 48, 634, 96])
def test_small_countries_survive_the_simplification(atlas, country):
    assert any(ring.country == country and len(ring.points) >= 4 for ring in atlas.rings)


def test_antarctica_is_left_out(atlas):
    assert all(ring.country != 10 for ring in atlas.rings)


@pytest.mark.parametrize("place", PLACES, ids=lambda place: place.code)
def test_each_node_lies_on_the_map_and_in_the_first_view(place):
    view = home_view(892, 494)
    x, y = view.at(*project(place.lon, place.lat))
    assert 10 < x < 882
    assert 45 < y < 449


@pytest.mark.parametrize(
    "place", [place for place in PLACES if place.iso_numeric_members and place.code != "SEA"], ids=lambda p: p.code
)
def test_each_node_stands_on_its_own_land(atlas, place):
    assert country_at(atlas, place.lon, place.lat) & set(place.iso_numeric_members)


def test_every_country_of_a_place_is_in_the_map(atlas):
    known = {ring.country for ring in atlas.rings}
    assert {country for place in PLACES for country in place.iso_numeric_members} - known <= {850}


def test_no_country_is_claimed_twice():
    claimed = [country for place in PLACES for country in place.iso_numeric_members]
    assert len(claimed) == len(set(claimed))
    assert len(EU_MEMBERS) == 26 + 1
    assert 528 not in EU_MEMBERS


def test_neighbours_share_their_border_point_for_point(atlas):
    shared = [arc for arc in atlas.arcs if set(arc.countries) == {840, 124}]
    assert shared
    rings = np.vstack([ring.points for ring in atlas.rings if ring.country == 124])
    for arc in shared:
        assert all((np.abs(rings - point).sum(axis=1) < 1e-12).any() for point in arc.points)


def test_projection_grows_eastwards_and_southwards():
    assert project(-30.0, 0.0) == (0.0, 0.0)
    assert project(150.0, 0.0)[0] == pytest.approx(math.pi)
    assert project(-31.0, 0.0)[0] > project(149.0, 0.0)[0]
    assert project(0.0, 60.0)[1] < project(0.0, 0.0)[1] < project(0.0, -60.0)[1]


def test_clipping_keeps_what_is_inside():
    square = np.array([[-5.0, -5.0], [5.0, -5.0], [5.0, 5.0], [-5.0, 5.0], [-5.0, -5.0]])
    cut = clip_ring(square, 10.0, 10.0)
    assert enclosed_area(np.vstack([cut, cut[:1]])) == pytest.approx(25.0)
    assert len(clip_ring(square + 100.0, 10.0, 10.0)) == 0


def test_a_file_that_is_no_map_is_refused(tmp_path):
    np.savez(tmp_path / "other.npz", numbers=np.arange(3))
    with pytest.raises(ValueError, match=r"other\.npz: not a map"):
        load_atlas(tmp_path / "other.npz")
