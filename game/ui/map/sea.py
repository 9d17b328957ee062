"""The sea under the land: a soft gradient, a faint grid, light along the coasts. Built once for a view."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pygame

from game.ui.map.geometry import project
from game.ui.map.land import Coverage
from game.ui.map.model import MapColours
from game.ui.map.view import View

Light = npt.NDArray[np.float32]

GRID_DEGREES = 30


def blur(field: Light, radius: float) -> Light:
    """Blur by three passes of a box along both axes, close to a Gaussian of this radius in pixels."""
    reach = max(1, round(radius))
    for _ in range(3):
        field = box_mean(box_mean(field, reach).T, reach).T
    return field


def box_mean(field: Light, reach: int) -> Light:
    """Mean over 2 * reach + 1 neighbours along the first axis; the edge value goes on outside."""
    padded = np.pad(field, ((reach + 1, reach), (0, 0)), mode="edge")
    total = np.cumsum(padded, axis=0, dtype=np.float32)
    span = 2 * reach + 1
    mean: Light = (total[span:] - total[:-span]) / np.float32(span)
    return mean


def wide_blur(field: Light, radius: float) -> Light:
    """Blur on a raster four times coarser: as smooth for a wide radius, and a tenth of the time."""
    width, height = field.shape
    coarse = np.ascontiguousarray(field[::4, ::4])
    soft = blur(coarse, radius / 4.0)
    across = np.clip(np.arange(width) / 4.0, 0, soft.shape[0] - 1)
    down = np.clip(np.arange(height) / 4.0, 0, soft.shape[1] - 1)
    return mix_rows(mix_rows(soft, across).T, down).T


def mix_rows(field: Light, places: npt.NDArray[np.float64]) -> Light:
    """Read rows at fractional places by linear interpolation."""
    low = places.astype(np.int64)
    high = np.minimum(low + 1, len(field) - 1)
    share = (places - low).astype(np.float32)[:, None]
    mixed: Light = field[low] * (1 - share) + field[high] * share
    return mixed


def sea_gradient(view: View, colours: MapColours) -> Light:
    """Colour of open water: lighter towards the middle of the view, with a grain too fine to see against banding."""
    across = np.linspace(-1.0, 1.0, view.width, dtype=np.float32)[:, None]
    down = np.linspace(-1.0, 1.0, view.height, dtype=np.float32)[None, :]
    light = np.exp(-1.1 * across * across - 1.4 * down * down)[:, :, None]
    dark, bright = np.array(colours.ocean, np.float32), np.array(colours.ocean_light, np.float32)
    water: Light = dark + (bright - dark) * light + grain(view.width, view.height)[:, :, None]
    return water


def grain(width: int, height: int) -> Light:
    """Fixed dither pattern between -0.5 and 0.5 of a colour step (interleaved gradient noise)."""
    across = np.arange(width, dtype=np.float64)[:, None] * 0.06711056
    down = np.arange(height, dtype=np.float64)[None, :] * 0.00583715
    pattern: Light = ((52.9829189 * ((across + down) % 1.0)) % 1.0 - 0.5).astype(np.float32)
    return pattern


def rule_grid(water: Light, view: View, colours: MapColours) -> None:
    """Draw meridians and parallels, one pixel wide, into the water."""
    grid = np.array(colours.grid, np.float32)
    for degrees in range(0, 360, GRID_DEGREES):
        x = round(view.at(project(degrees, 0.0)[0], 0.0)[0])
        if 0 <= x < view.width:
            water[x] += (grid - water[x]) * np.float32(0.55)
    for degrees in range(-60, 90, GRID_DEGREES):
        y = round(view.at(0.0, project(0.0, degrees)[1])[1])
        if 0 <= y < view.height:
            water[:, y] += (grid - water[:, y]) * np.float32(0.55)


def paint_sea(view: View, coverage: Coverage, colours: MapColours, scale: float) -> pygame.Surface:
    """Paint everything that is not land, ready for the land to be added.

    Parameters
    ----------
    view : View
        What the map shows.
    coverage : (width, height) float32 array
        Share of land in each pixel, 0 to 1.
    colours : MapColours
        The map's own colours.
    scale : float
        Window pixels in a logical pixel.
    """
    water = sea_gradient(view, colours)
    rule_grid(water, view, colours)
    near = blur(coverage, 1.3 * scale)
    wide = wide_blur(coverage, 7.0 * scale)
    open_water = 1 - coverage
    glow = np.array(colours.glow, np.float32)
    halo = open_water * (np.float32(0.34) * near + np.float32(0.30) * wide)
    rim = coverage * (1 - near) * np.float32(0.22)
    light = water * open_water[:, :, None] + (halo + rim)[:, :, None] * glow
    surface = pygame.Surface((view.width, view.height), 0, 32)
    pygame.surfarray.blit_array(surface, np.clip(light + np.float32(0.5), 0, 255).astype(np.uint8))
    return surface
