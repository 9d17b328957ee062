"""The built assets: all there, all readable, with their licences."""

import pygame
import pytest

from game.ui.map.places import PLACES

FONTS = [
    "Inter-Regular", "Inter-Medium", "Inter-SemiBold", "Inter-Bold", "InterFigures-Medium", "InterFigures-SemiBold",
    "InterFigures-Bold", "BarlowCondensed-SemiBold", "BarlowCondensed-Bold",
]  # fmt: skip


@pytest.fixture(autouse=True)
def _fonts_on(display):
    if not pygame.font.get_init():
        pygame.font.init()


@pytest.mark.parametrize("name", FONTS)
def test_each_font_is_small_and_has_the_letters_of_europe(assets_folder, name):
    path = assets_folder / "fonts" / f"{name}.ttf"
    assert path.stat().st_size < 120_000
    font = pygame.font.Font(path, 32)
    missing = pygame.image.tobytes(font.render("\ue000", True, "white", "black"), "RGB")
    for letter in "Aé ßŁőŞž€–“":
        if letter != " ":
            assert pygame.image.tobytes(font.render(letter, True, "white", "black"), "RGB") != missing, letter


@pytest.mark.parametrize("name", [name for name in FONTS if "Figures" in name])
def test_figures_are_equally_wide(assets_folder, name):
    font = pygame.font.Font(assets_folder / "fonts" / f"{name}.ttf", 40)
    assert len({font.size(digit * 8)[0] for digit in "0123456789"}) == 1


def test_each_listed_icon_is_white_on_nothing(assets_folder):
    names = (assets_folder / "icons" / "names.txt").read_text(encoding="utf-8").split()
    assert len(names) >= 90
    for name in names:
        icon = pygame.image.load(assets_folder / "icons" / f"{name}.png")
        assert icon.get_size() == (96, 96)
        assert icon.get_bounding_rect().width > 20, name
        solid = [icon.get_at((x, y)) for x in range(0, 96, 5) for y in range(0, 96, 5)]
        assert all(pixel[:3] == (255, 255, 255) for pixel in solid if pixel[3] == 255), name


@pytest.mark.parametrize("place", PLACES, ids=lambda place: place.code)
def test_each_place_has_a_round_flag(assets_folder, place):
    flag = pygame.image.load(assets_folder / "flags" / f"{place.flag}.png")
    assert flag.get_size() == (96, 96)
    assert flag.get_at((1, 1))[3] == 0
    assert flag.get_at((48, 48))[3] == 255


@pytest.mark.parametrize(
    "licence",
    ["fonts/LICENSE-Inter.txt", "fonts/LICENSE-BarlowCondensed.txt", "icons/LICENSE.txt", "flags/LICENSE.md",
     "map/LICENSE-world-atlas.txt"],
)  # fmt: skip
def test_each_source_keeps_its_licence(assets_folder, licence):
    assert "Copyright" in (assets_folder / licence).read_text(encoding="utf-8")
