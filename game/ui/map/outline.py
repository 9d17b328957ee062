"""The light round a hovered or selected place, made when first needed."""

from __future__ import annotations

from collections.abc import Mapping

import pygame

from game.ui.map.geometry import OUTSIDE, Atlas, bounding_box
from game.ui.map.land import SEA, STRIPE, UNCLAIMED, Land
from game.ui.map.model import Colour
from game.ui.map.view import View

FILL = 0.10
CORE = 0.95
GLOW = 0.85
GLOW_WIDTH = 5.0  # logical px
REACH = 14.0

Glow = tuple[pygame.Surface, tuple[int, int]]


def place_outline(
    atlas: Atlas, land: Land, number: int, members: frozenset[int], view: View, colour: Colour, scale: float
) -> Glow | None:
    """Build the light to add round one place, with its position; None if no border of it is in view."""
    lines = [
        view.to_pixels(arc.points)
        for arc in atlas.arcs
        if (arc.countries[0] in members) != (arc.countries[1] in members) and view.shows(arc.box)
    ]
    if not lines:
        return None
    whole = pygame.Rect(0, 0, view.width, view.height)
    box = whole.clip(lines_box([bounding_box(line) for line in lines]).inflate(2 * REACH * scale, 2 * REACH * scale))
    if not box.width or not box.height:
        return None
    light = land.part(one_place_palette(number, dim(colour, FILL)), box)
    moved = [(line - (box.x, box.y)).tolist() for line in lines]
    add_glow(light, moved, colour, scale)
    return light, box.topleft


def lines_box(boxes: list[tuple[float, float, float, float]]) -> pygame.Rect:
    """Box round boxes."""
    west, north, east, south = (list(side) for side in zip(*boxes, strict=True))
    left, top = int(min(west)), int(min(north))
    return pygame.Rect(left, top, int(max(east)) - left + 1, int(max(south)) - top + 1)


def dim(colour: Colour, share: float) -> Colour:
    """Take a share of a light."""
    red, green, blue = (round(part * share) for part in colour)
    return red, green, blue


def one_place_palette(number: int, colour: Colour) -> list[Colour]:
    """Palette that shows one place and nothing else."""
    palette: list[Colour] = [(0, 0, 0)] * 256
    if SEA < number <= UNCLAIMED:
        palette[number] = palette[number | STRIPE] = colour
    return palette


def add_glow(light: pygame.Surface, lines: list[list[list[float]]], colour: Colour, scale: float) -> None:
    """Add a crisp line and a soft one along the border."""
    width, height = light.get_size()
    fine = pygame.Surface((width * 2, height * 2), 0, 32)
    doubled = [[(2 * x, 2 * y) for x, y in line] for line in lines]
    for line in doubled:
        pygame.draw.lines(fine, dim(colour, CORE), False, line, max(2, round(2.4 * scale)))
    core = pygame.transform.smoothscale(fine, (width, height))
    for line in doubled:
        pygame.draw.lines(fine, dim(colour, GLOW), False, line, round(GLOW_WIDTH * scale))
    for divisor in (3.0, 6.0):
        small = (max(1, round(width / divisor / scale)), max(1, round(height / divisor / scale)))
        soft = pygame.transform.smoothscale(pygame.transform.smoothscale(fine, small), (width, height))
        soft.fill((110, 120, 135), special_flags=pygame.BLEND_RGB_MULT)
        light.blit(soft, (0, 0), special_flags=pygame.BLEND_RGB_ADD)
    light.blit(core, (0, 0), special_flags=pygame.BLEND_RGB_ADD)


def member_countries(numbers: Mapping[int, int], number: int) -> frozenset[int]:
    """Countries of a place; none for the place that takes all the rest, whose outline would be the whole world's."""
    if numbers[OUTSIDE] == number:
        return frozenset()
    return frozenset(country for country, holder in numbers.items() if holder == number)
