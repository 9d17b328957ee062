"""The map widget: what is under the pointer, what it shows, how it moves."""

import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pygame
import pytest

from game.ui.map.model import Flow, LandStyle
from game.ui.map.places import PLACE_BY_CODE, PLACES
from game.ui.map.world_map import WorldMap

RECT = pygame.Rect(340, 76, 892, 494)
BLUE, ORANGE, CHIPS = (0x2A, 0x5F, 0x95), (0xB0, 0x4A, 0x1C), (0x7F, 0xD3, 0xFF)


@pytest.fixture
def window() -> pygame.Surface:
    return pygame.Surface((1600, 900), 0, 32)


@pytest.fixture
def world(assets_folder, window) -> WorldMap:
    world = WorldMap(assets_folder)
    world.set_size(*RECT.size, 1.0)
    world.set_places(PLACES)
    world.draw(window, RECT, 0.0, motion=True)
    return world


@pytest.fixture(scope="module")
def untouched() -> WorldMap:
    """A map for tests that only ask: it is painted once for all of them."""
    world = WorldMap(Path(__file__).resolve().parents[2] / "assets")
    world.set_places(PLACES)
    world.draw(pygame.Surface((1600, 900), 0, 32), RECT, 0.0, motion=True)
    return world


def picture(world: WorldMap, window: pygame.Surface, t_ms: float, motion: bool = True) -> bytes:
    window.fill((0, 0, 0))
    world.draw(window, RECT, t_ms, motion=motion)
    return pygame.image.tobytes(window, "RGB")


@pytest.mark.parametrize("code", list(PLACE_BY_CODE))
def test_clicking_a_flag_gives_its_place(untouched, code):
    position = untouched.node_position(code)
    assert RECT.collidepoint(position)
    assert untouched.place_at(position) == code


@pytest.mark.parametrize("code", ["SGP", "ISR", "NLD", "TWN"])
@pytest.mark.parametrize("size", [(664, 404), (892, 494), (1640, 900)])
def test_small_places_have_a_circle_of_their_own_at_every_size(assets_folder, window, code, size):
    world = WorldMap(assets_folder)
    world.set_places(PLACES)
    world.set_size(*size, 2.0 if size[0] > 1000 else 1.0)
    x, y = world.node_position(code)
    reach = 9 if size[0] < 1000 else 18
    assert {world.place_at((x + dx, y + dy)) for dx, dy in ((reach, 0), (-reach, 0), (0, reach), (0, -reach))} == {code}


@pytest.mark.parametrize(
    ("lon", "lat", "code"),
    [(-110, 43, "USA"), (100, 35, "CHN"), (60, 67, "RUS"), (2.5, 46.5, "EUU"), (142, -22, "AUS"), (-60, -5, "BRA"),
     (25, 22, "ROW"), (103.82, 1.36, "SGP"), (121.0, 24.2, "TWN"), (-150, 65, "USA"), (175, 66, "RUS")],
)  # fmt: skip
def test_clicking_land_gives_the_place_it_belongs_to(assets_folder, lon, lat, code):
    world = WorldMap(assets_folder)
    world.set_size(600, 330, 1.0)
    world.set_places([replace(place, lon=-140.0, lat=-40.0) for place in PLACES])  # flags out of the way
    world.look_at(lon, lat, 8.0)
    assert world.place_at((300, 165)) == code


def test_the_open_sea_and_the_outside_belong_to_nobody(untouched):
    assert untouched.place_at((RECT.x + 550, RECT.y + 250)) is None
    assert untouched.place_at((RECT.x - 5, RECT.y + 100)) is None


def test_land_outside_every_place_belongs_to_nobody_without_a_rest(world):
    world.set_places([PLACE_BY_CODE["JPN"]])
    assert world.place_at((RECT.x + 80, RECT.y + 210)) is None


def test_a_country_cannot_belong_to_two_places(world):
    with pytest.raises(ValueError, match="528 belongs to EUU and to NLD"):
        world.set_places([PLACE_BY_CODE["NLD"], replace(PLACE_BY_CODE["EUU"], iso_numeric_members=(250, 528))])


def test_labels_and_flags_do_not_overlap(untouched):
    boxes = [node.label for node in untouched._node_list() if node.label is not None]
    assert len(boxes) >= 20
    assert all(box.collidelist(boxes[:n]) < 0 for n, box in enumerate(boxes))
    for node in untouched._node_list():
        assert pygame.Rect(node.centre[0] - 8, node.centre[1] - 8, 16, 16).collidelist(boxes) < 0


def test_labels_keep_out_of_reserved_corners(world):
    legend = pygame.Rect(0, 300, 892, 194)
    world.set_reserved([legend])
    assert legend.collidelist([node.label for node in world._node_list() if node.label is not None]) < 0


def test_a_lens_colours_its_places_and_fades_in(world, window):
    spot = (RECT.x + 690, RECT.y + 160)
    assert world.place_at(spot) == "USA"
    plain = window.get_at(spot)[:3]
    world.set_lens({"USA": LandStyle(BLUE)})
    world.draw(window, RECT, 1000.0, motion=True)
    assert window.get_at(spot)[:3] == plain
    world.draw(window, RECT, 1100.0, motion=True)
    assert plain[2] < window.get_at(spot)[2] < BLUE[2]
    world.draw(window, RECT, 1201.0, motion=True)
    assert window.get_at(spot)[:3] == pytest.approx(BLUE, abs=12)


def test_a_hatched_place_shows_both_colours(world, window):
    world.set_lens({"RUS": LandStyle((90, 60, 50), hatch=(250, 120, 60))})
    world.draw(window, RECT, 0.0, motion=False)
    reds = [window.get_at((RECT.x + 330 + dx, RECT.y + 85))[0] for dx in range(12)]
    assert max(reds) - min(reds) > 100


def test_comets_move_with_time_and_stand_still_without_motion(world, window):
    world.set_flows([Flow("TWN", "USA", CHIPS, 1.0)])
    picture(world, window, 0.0)
    assert picture(world, window, 5000.0) != picture(world, window, 5100.0)
    assert picture(world, window, 5000.0, motion=False) == picture(world, window, 5100.0, motion=False)
    assert not world.animating(motion=False)


def test_a_blocked_flow_has_no_comets(world, window):
    world.set_flows([Flow("NLD", "CHN", CHIPS, 1.0, blocked=True)])
    picture(world, window, 0.0)
    picture(world, window, 1000.0)
    assert picture(world, window, 5000.0) == picture(world, window, 5100.0)
    assert not world.animating(motion=True)


def test_a_flow_over_the_atlantic_leaves_one_edge_and_enters_the_other(world, window):
    world.set_flows([Flow("USA", "EUU", CHIPS, 1.0)])
    (path,) = world._paths or (picture(world, window, 0.0), *world._paths)[1:]
    assert len(path.shifts) == 2
    assert path.length < 0.45 * RECT.width


def test_a_flow_to_an_unknown_place_is_left_out(world, window):
    world.set_flows([Flow("USA", "XXX", CHIPS, 1.0)])
    picture(world, window, 0.0)
    assert world._paths == []


def test_zooming_keeps_the_point_under_the_pointer(world):
    pointer = world.node_position("IND")
    world.zoom_at(pointer, 3.0)
    assert world.node_position("IND") == pytest.approx(pointer, abs=2)
    assert world.zoom == pytest.approx(3.0)


def test_zoom_and_pan_stay_within_the_world(world):
    world.zoom_at(RECT.center, 100.0)
    assert world.zoom == pytest.approx(8.0)
    world.pan(1e6, 1e6)
    assert world._view.west == pytest.approx(0.0)
    world.pan(-1e6, -1e6)
    assert world._view.west + RECT.width / world._view.pixels == pytest.approx(6.2832, abs=1e-3)
    world.zoom_at(RECT.center, 1e-6)
    assert world.zoom == pytest.approx(1.0)


def test_a_moving_view_becomes_sharp_when_it_rests(world, window):
    world.zoom_at(RECT.center, 2.0)
    stretched = picture(world, window, 1000.0)
    assert world.animating(motion=True)
    sharp = picture(world, window, 1100.0)
    assert stretched != sharp
    assert not world.animating(motion=True)


def test_the_small_map_shows_while_zoomed_in_and_takes_clicks(world, window):
    assert world.minimap_rect() is None
    world.zoom_at(RECT.center, 4.0)
    picture(world, window, 0.0, motion=False)
    box = world.minimap_rect()
    assert RECT.contains(box)
    assert world.place_at(box.center) is None
    assert world.minimap_jump((box.x + 5, box.centery))
    assert world._view.west < 0.3
    assert not world.minimap_jump(RECT.topleft)


@pytest.mark.parametrize("mark", ["hover", "selected"])
def test_a_marked_place_lights_up(world, window, mark):
    plain = picture(world, window, 0.0, motion=False)
    setattr(world, mark, "AUS")
    assert picture(world, window, 0.0, motion=False) != plain
    setattr(world, mark, None)
    assert picture(world, window, 0.0, motion=False) == plain


def test_codes_can_stand_in_for_flags(world, window):
    centre = world.node_position("CHN")
    window.fill((0, 0, 0))
    world.draw(window, RECT, 0.0, motion=False)
    assert window.get_at((centre[0] - 1, centre[1] + 7))[0] > 150
    world.codes = True
    world.draw(window, RECT, 0.0, motion=False)
    assert window.get_at((centre[0] - 1, centre[1] + 7))[:3] == world.colours.panel


def test_the_players_own_flag_is_larger(world):
    radius = {node.place.code: node.radius for node in world._node_list()}
    world.set_home("JPN")
    assert {node.place.code: node.radius for node in world._node_list()}["JPN"] > radius["JPN"]


def test_nothing_is_drawn_outside_the_rectangle(world, window):
    world.set_flows([Flow("USA", "EUU", CHIPS, 1.0), Flow("BRA", "CAF", CHIPS, 1.0)])
    world.selected = "CAN"
    world.zoom_at(RECT.center, 3.0)
    window.fill((255, 0, 255))
    world.draw(window, RECT, 0.0, motion=False)
    window.fill((255, 0, 255), RECT)
    assert pygame.transform.average_color(window)[:3] == (255, 0, 255)


def test_a_size_of_nothing_is_refused(world):
    with pytest.raises(ValueError, match="positive size"):
        world.set_size(0, 100, 1.0)


def best_of(runs: int, action: Callable[[int], object]) -> float:
    times = []
    for run in range(runs):
        start = time.perf_counter()
        action(run)
        times.append(time.perf_counter() - start)
    return min(times) * 1000.0


@pytest.mark.slow
def test_frames_lenses_and_rebuilds_are_quick(world, window):
    places = list(PLACE_BY_CODE)
    world.set_flows([Flow(code, "USA", CHIPS, 0.5) for code in places if code != "USA"])
    world.draw(window, RECT, 0.0, motion=True)
    assert best_of(20, lambda run: world.draw(window, RECT, 16.0 * run, motion=True)) < 4.0

    def swap(run: int) -> None:
        world.set_lens({code: LandStyle((run, 90, 90)) for code in places})
        world.draw(window, RECT, 5000.0, motion=False)

    assert best_of(8, swap) < 15.0

    def rebuild(run: int) -> None:
        world.draw(window, RECT.inflate(-2 - run, 0), 9000.0, motion=False)

    assert best_of(4, rebuild) < 400.0
