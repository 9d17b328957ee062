"""The land: countries painted once as place numbers, coloured again and again through a palette.

A supersampled 8-bit surface holds in each pixel the number of its place, and in the top bit whether a hatch stripe runs
there. A lens is a palette of that surface; the picture is the coloured surface scaled down. The sea is black in the
palette, so the scaled picture is the land's colour already multiplied by its coverage and can be added to a sea that
was multiplied by the rest.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt
import pygame

from game.ui.map.geometry import OUTSIDE, Atlas, clip_ring
from game.ui.map.model import Colour, LandStyle, MapColours, MapPlace
from game.ui.map.view import View

Bytes = npt.NDArray[np.uint8]
Coverage = npt.NDArray[np.float32]

SEA = 0
UNCLAIMED = 124
INNER_BORDER = 125
BORDER = 126
STRIPE = 128
MAX_PLACES = UNCLAIMED - 1

# Above this many pixels two samples a side must do: the window is then so dense that the difference cannot be seen.
FINE_PIXELS = 1_000_000
STRIPE_PERIOD = 5.4
STRIPE_WIDTH = 1.7


def number_places(places: Sequence[MapPlace]) -> dict[int, int]:
    """Map ISO numeric codes to place numbers (1 for the first place); the key `OUTSIDE` holds that of all the rest.

    Raises
    ------
    ValueError
        More places than the surface has numbers for, or a country claimed twice.
    """
    if len(places) > MAX_PLACES:
        raise ValueError(f"the map holds at most {MAX_PLACES} places, got {len(places)}")
    numbers = {OUTSIDE: UNCLAIMED}
    for number, place in enumerate(places, start=1):
        for country in place.iso_numeric_members or (OUTSIDE,):
            if country in numbers and country != OUTSIDE:
                raise ValueError(
                    f"country {country} belongs to {place.code} and to {places[numbers[country] - 1].code}"
                )
            numbers[country] = number
    return numbers


class Land:
    """The countries of one view.

    Attributes
    ----------
    hit : (width, height) uint8 array
        Place number under each pixel, 0 for the sea; borders and stripes left out.
    coverage : (width, height) float32 array
        Share of each pixel that is land, 0 to 1.
    """

    def __init__(self, atlas: Atlas, numbers: Mapping[int, int], view: View, scale: float) -> None:
        self.size = (view.width, view.height)
        self.samples = 3 if view.width * view.height <= FINE_PIXELS else 2
        fine = view.enlarged(self.samples)
        self.ids = pygame.Surface((fine.width, fine.height), 0, 8)
        self.ids.set_palette([(level, level, level) for level in range(256)])
        self._coloured = pygame.Surface((fine.width, fine.height), 0, 32)
        paint_rings(self.ids, atlas, numbers, fine)
        middle = self.samples // 2
        self.hit: Bytes = pygame.surfarray.pixels2d(self.ids)[middle :: self.samples, middle :: self.samples].copy()
        self.coverage = self._coverage()
        paint_borders(self.ids, atlas, numbers, fine, scale * self.samples)
        paint_stripes(self.ids, scale * self.samples)

    def _coverage(self) -> Coverage:
        black: Colour = (0, 0, 0)
        share = self.picture([black, *[(255, 255, 255)] * 255])
        return pygame.surfarray.pixels_red(share).astype(np.float32) / np.float32(255.0)

    def picture(self, palette: Sequence[Colour]) -> pygame.Surface:
        """Colour the whole land through 256 palette entries."""
        return self.part(palette, pygame.Rect((0, 0), self.size))

    def part(self, palette: Sequence[Colour], rect: pygame.Rect) -> pygame.Surface:
        """Colour the land inside a rectangle of the view, which must lie within it."""
        fine = pygame.Rect(*(side * self.samples for side in rect))
        self.ids.set_palette(palette)
        self._coloured.blit(self.ids, fine, fine)
        return pygame.transform.smoothscale(self._coloured.subsurface(fine), rect.size)


def paint_rings(ids: pygame.Surface, atlas: Atlas, numbers: Mapping[int, int], view: View) -> None:
    """Fill every ring in view with its place number."""
    rest = numbers[OUTSIDE]
    for ring in atlas.rings:
        if not view.shows(ring.box):
            continue
        points = view.to_pixels(ring.points)
        whole = points.min() >= 0.0 and bool((points.max(axis=0) <= (view.width, view.height)).all())
        corners = points if whole else clip_ring(points, view.width, view.height)
        if len(corners) > 2:
            pygame.draw.polygon(ids, SEA if ring.hole else numbers.get(ring.country, rest), corners.tolist())


def paint_borders(ids: pygame.Surface, atlas: Atlas, numbers: Mapping[int, int], view: View, scale: float) -> None:
    """Draw the lines between countries: thin inside a place, wide between places. Coasts stay free."""
    rest = numbers[OUTSIDE]
    for arc in atlas.arcs:
        first, second = arc.countries
        if first == second or OUTSIDE in arc.countries or not view.shows(arc.box):
            continue
        inner = numbers.get(first, rest) == numbers.get(second, rest)
        width = max(1, round((0.5 if inner else 0.8) * scale))
        pygame.draw.lines(ids, INNER_BORDER if inner else BORDER, False, view.to_pixels(arc.points).tolist(), width)


def paint_stripes(ids: pygame.Surface, scale: float) -> None:
    """Set the top bit of land pixels that lie on a diagonal stripe."""
    width, height = ids.get_size()
    period, stripe = round(STRIPE_PERIOD * scale), round(STRIPE_WIDTH * scale)
    line = np.where(np.arange(width + height) % period < stripe, STRIPE, 0).astype(np.uint8)
    # Pixel (x, y) takes line[x + y]: a window of the line for each column, without a copy.
    pattern = np.lib.stride_tricks.sliding_window_view(line, height)[:width]
    pixels = pygame.surfarray.pixels2d(ids)
    np.bitwise_or(pixels, pattern, out=pixels, where=(pixels - 1) < UNCLAIMED)


def lens_palette(places: Sequence[MapPlace], lens: Mapping[str, LandStyle], colours: MapColours) -> list[Colour]:
    """Turn a lens into palette entries; a place the lens leaves out keeps the plain land colour."""
    palette: list[Colour] = [colours.land] * 256
    palette[SEA] = (0, 0, 0)
    palette[BORDER] = colours.border
    palette[INNER_BORDER] = colours.border
    for number, place in enumerate(places, start=1):
        style = lens.get(place.code, LandStyle(colours.land))
        palette[number] = style.colour
        palette[number | STRIPE] = style.hatch or style.colour
    return palette
