"""What is told to have moved the race concerns the race."""

import numpy as np
import pytest

from game.core.world import World, replace
from game.debrief.moments import moments_of
from game.explain.dispatch import Dispatch
from game.files.scenarios import bundled
from game.rules.book import RuleBook

S = bundled("pax_silica_2026")


@pytest.fixture(scope="module")
def world() -> World:
    return RuleBook(S).open(1)


def struck(world: World, event: str, place: str) -> tuple[World, Dispatch]:
    """The world in which an event struck a place, and the news of it."""
    v, n = S.events.axis.at(event), S.place_axis.at(place)
    hit = np.array(world.events.struck)
    hit[v, n] = 0.5
    return replace(world, events=replace(world.events, struck=hit)), Dispatch(
        0, "event", f"{S.events.words[v]} in {place}.", (place,), weight=3
    )


@pytest.mark.parametrize(
    ("event", "place", "told"),
    [
        ("scandal", "JPN", False), ("permit_lawsuit", "JPN", False), ("talent_exodus", "JPN", False),
        ("earthquake", "JPN", True),
        ("earthquake", "MYS", False), ("mine_accident", "AUS", True), ("yield_breakthrough", "CHN", True),
        ("yield_breakthrough", "KOR", False), ("cyber_attack", "CHN", True),
    ],
)  # fmt: skip
def test_an_event_is_told_where_it_bears_on_a_bar(world: World, event: str, place: str, told: bool) -> None:
    after, news = struck(world, event, place)
    assert bool(moments_of([[news]], [world, after], S)) is told


@pytest.mark.parametrize(
    ("places", "goods", "told"),
    [
        (("CHN", "JPN"), ("gallium",), True), (("CHN", "BRA"), ("gallium",), False),
        (("JPN", "CHN"), ("resist",), True), (("JPN", "CHN"), ("cloud",), False), (("JPN", "USA"), ("resist",), False),
    ],
)  # fmt: skip
def test_a_control_is_told_where_it_bears_on_a_bar(
    world: World, places: tuple[str, ...], goods: tuple[str, ...], told: bool
) -> None:
    news = Dispatch(0, "control", "A control.", places, goods, 3)
    assert bool(moments_of([[news]], [world, world], S)) is told


def test_an_easing_is_a_moment_of_its_own_kind(world: World) -> None:
    ban = Dispatch(0, "control", "China bans gallium for Japan.", ("CHN", "JPN"), ("gallium",), 3)
    eased = Dispatch(0, "control", "China eases its ban.", ("CHN", "JPN"), ("gallium",), 3, easing=True)
    assert [m.kind for m in moments_of([[ban, eased]], [world, world], S)] == ["control", "easing"]


def test_posts_and_bars_are_always_told(world: World) -> None:
    race = [Dispatch(0, "race", "The post is held.", weight=3), Dispatch(0, "race", "A bar rises.", weight=2)]
    assert [m.kind for m in moments_of([race], [world, world], S)] == ["post", "bar"]
