"""Anti-aliased shapes as cached surfaces, sized in window pixels.

Straight runs of a rounded box never change, so only its corner tile is computed, three samples a pixel each way, and
stretched by repeating rows and columns. Curves are drawn three times as large and scaled down once.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt
import pygame

from game.ui.kit.cache import BoundedCache
from game.ui.theme import Colour

SAMPLES = 3
"""Samples a pixel in each direction."""

Coverage = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Box:
    """How a rounded box looks.

    Attributes
    ----------
    fill : Colour or None
        Colour at the top; None leaves the inside clear.
    bottom : Colour or None
        Colour at the bottom of a vertical gradient; None means `fill` throughout.
    line : Colour or None
        Colour of the border.
    alpha : int
        Opacity of the whole, 0-255.
    """

    fill: Colour | None
    bottom: Colour | None = None
    line: Colour | None = None
    line_width: float = 1.0
    radius: float = 0.0
    alpha: int = 255


_boxes: BoundedCache[tuple[int, int, Box], pygame.Surface] = BoundedCache(600)


def box(width: int, height: int, look: Box) -> pygame.Surface:
    """Return a rounded box of `width` x `height` window px; radius and line width of `look` are window px too."""
    return _boxes.get((width, height, look), lambda: _draw_box(width, height, look))


_dots: BoundedCache[tuple[int, int, Colour], pygame.Surface] = BoundedCache(200)


def dots(width: int, dot: int, colour: Colour) -> pygame.Surface:
    """Return a dotted rule: dashes of twice `dot` window px with equal gaps."""
    return _dots.get((width, dot, colour), lambda: _draw_dots(width, dot, colour))


def _draw_dots(width: int, dot: int, colour: Colour) -> pygame.Surface:
    surface = pygame.Surface((max(1, width), dot), pygame.SRCALPHA, 32)
    for x in range(0, width, 4 * dot):
        surface.fill(colour, (x, 0, 2 * dot, dot))
    return surface


def merged(layers: list[pygame.Surface]) -> pygame.Surface:
    """Return layers of equal size laid over one another, stored so that its clear parts cost nothing to draw."""
    whole = layers[0].copy()
    for layer in layers[1:]:
        whole.blit(layer, (0, 0))
    whole.set_alpha(255, pygame.RLEACCEL)
    return whole


def _draw_box(width: int, height: int, look: Box) -> pygame.Surface:
    outer = rounded_coverage(width, height, look.radius, 0.0)
    inner = rounded_coverage(width, height, look.radius, look.line_width) if look.line else outer
    top = np.array(look.fill or (0, 0, 0), dtype=np.float64)
    bottom = np.array(look.bottom or look.fill or (0, 0, 0), dtype=np.float64)
    slope = (np.arange(height) / max(1, height - 1))[None, :, None]
    inside = np.broadcast_to(top + (bottom - top) * slope, (width, height, 3))
    border = outer - inner
    filling = inner if look.fill else np.zeros_like(inner)
    alpha = border + filling if look.line else filling
    rgb = inside * filling[..., None]
    if look.line:
        rgb = rgb + np.array(look.line, dtype=np.float64) * border[..., None]
    rgb = rgb / np.maximum(alpha, 1e-6)[..., None]
    return from_arrays(rgb, alpha * look.alpha)


def from_arrays(rgb: Coverage, alpha: Coverage) -> pygame.Surface:
    """Return a surface with per-pixel opacity from colour (width, height, 3) and alpha (width, height), both 0-255."""
    surface = pygame.Surface(alpha.shape, pygame.SRCALPHA, 32)
    pygame.surfarray.pixels3d(surface)[:] = np.clip(np.rint(rgb), 0, 255).astype(np.uint8)
    pygame.surfarray.pixels_alpha(surface)[:] = np.clip(np.rint(alpha), 0, 255).astype(np.uint8)
    return surface


def rounded_coverage(width: int, height: int, radius: float, inset: float) -> Coverage:
    """Return the share (0-1) of each pixel inside a rounded box shrunk by `inset`, as (width, height)."""
    radius = min(radius, width / 2, height / 2)
    reach = int(np.ceil(max(radius, inset))) + 1
    tile_width, tile_height = min(width, 2 * reach), min(height, 2 * reach)
    tile = _rounded_tile(tile_width, tile_height, radius, inset)
    return tile[_stretch(width, tile_width)][:, _stretch(height, tile_height)]


def _stretch(length: int, tile: int) -> npt.NDArray[np.intp]:
    near = tile // 2
    positions = np.arange(length)
    return np.where(positions < near, positions, np.maximum(near, positions - (length - tile)))


def _rounded_tile(width: int, height: int, radius: float, inset: float) -> Coverage:
    x = (np.arange(width * SAMPLES) + 0.5) / SAMPLES - width / 2
    y = (np.arange(height * SAMPLES) + 0.5) / SAMPLES - height / 2
    corner = max(0.0, radius - inset)
    beyond_x = np.maximum(np.abs(x) - (width / 2 - inset - corner), -corner if corner else -1.0)[:, None]
    beyond_y = np.maximum(np.abs(y) - (height / 2 - inset - corner), -corner if corner else -1.0)[None, :]
    distance = np.hypot(np.maximum(beyond_x, 0.0), np.maximum(beyond_y, 0.0)) - corner
    inside = np.clip(0.5 - distance * SAMPLES, 0.0, 1.0)
    if corner == 0.0:
        inside = ((beyond_x <= 0) & (beyond_y <= 0)).astype(np.float64)
    return np.asarray(inside.reshape(width, SAMPLES, height, SAMPLES).mean(axis=(1, 3)))


def supersampled(
    width: int, height: int, colour: Colour, alpha: int, draw: Callable[[pygame.Surface, int], None]
) -> pygame.Surface:
    """Return a one-colour layer drawn three times as large and scaled down.

    Parameters
    ----------
    draw : callable
        Gets a black surface of three times the size and the factor 3; what it draws in white becomes `colour`.
    """
    large = pygame.Surface((width * SAMPLES, height * SAMPLES), 0, 32)
    draw(large, SAMPLES)
    small = pygame.transform.smoothscale(large, (width, height))
    coverage = pygame.surfarray.array3d(small)[..., 0].astype(np.uint16)
    layer = pygame.Surface((width, height), pygame.SRCALPHA, 32)
    layer.fill((*colour, 0))
    pygame.surfarray.pixels_alpha(layer)[:] = (coverage * alpha // 255).astype(np.uint8)
    return layer


def thick_line(surface: pygame.Surface, points: list[tuple[float, float]], width: float) -> None:
    """Draw a white polyline with round joints onto a `supersampled` surface; all in its own pixels."""
    for start, end in pairwise(points):
        across = pygame.Vector2(end) - pygame.Vector2(start)
        if across.length() == 0:
            continue
        normal = pygame.Vector2(-across.y, across.x).normalize() * (width / 2)
        corners = [pygame.Vector2(start) + normal, pygame.Vector2(end) + normal,
                   pygame.Vector2(end) - normal, pygame.Vector2(start) - normal]  # fmt: skip
        pygame.draw.polygon(surface, (255, 255, 255), corners)
    for point in points:
        pygame.draw.circle(surface, (255, 255, 255), point, width / 2)
