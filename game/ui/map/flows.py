"""Arcs of goods between places, and the comets that run along them.

Arcs are painted once for a view into the still picture; comets are small additive sprites blitted each frame.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import pygame

from game.ui.map.geometry import WORLD_WIDTH, Points
from game.ui.map.model import Colour, Flow, MapColours
from game.ui.map.view import View

COMETS = 40
COMET_SPEED = 26.0  # logical px a second
LEAST_SPACING = 64.0  # logical px between two comets of one arc
SAMPLES = 2
# Height of an arc as a share of its length: the first flow into a place takes the first, and so on.
BULGES = (0.13, 0.05, 0.19, -0.05, 0.25, -0.12)
DASH, GAP = 9.0, 6.0
HEADINGS = 48
STEPS = 3  # positions of a comet within one pixel, each way


@dataclass(frozen=True, slots=True)
class Path:
    """The line of one flow in a view.

    Attributes
    ----------
    points : (n, 2) array
        Pixels, from the edge of one flag to the edge of the other.
    along : (n,) array
        Distance from the start, pixels.
    shifts : tuple of float
        Where to draw it: moved by each of these x, so that a line across the Atlantic leaves one edge and enters
        the other.
    """

    flow: Flow
    points: Points
    along: Points
    shifts: tuple[float, ...]

    @property
    def length(self) -> float:
        """Pixels from end to end."""
        return float(self.along[-1])

    def at(self, distance: Points) -> Points:
        """Points at these distances from the start; shape (n, 2)."""
        x, y = (np.interp(distance, self.along, self.points[:, axis]) for axis in (0, 1))
        return np.column_stack([x, y])


def lay_paths(flows: Sequence[Flow], nodes: Mapping[str, tuple[float, float]], view: View, gap: float) -> list[Path]:
    """Bend a line for each flow whose two places have a node; `gap` is the free distance round a node in pixels."""
    paths = []
    used: dict[frozenset[str], int] = {}
    world = WORLD_WIDTH * view.pixels
    for flow in flows:
        if flow.start_place not in nodes or flow.end_place not in nodes:
            continue
        # Lines into one place, and the two ways between a pair, must not lie on one another.
        bundles = (frozenset((flow.start_place, flow.end_place)), frozenset((flow.end_place,)))
        rank = max(used.get(bundle, 0) for bundle in bundles)
        used.update(dict.fromkeys(bundles, rank + 1))
        bulge = BULGES[rank % len(BULGES)]
        start, end = nodes[flow.start_place], nodes[flow.end_place]
        turn = -round((end[0] - start[0]) / world) * world
        path = bend(flow, start, (end[0] + turn, end[1]), bulge, gap, (0.0,) if turn == 0.0 else (0.0, -turn))
        if path is not None:
            paths.append(path)
    return paths


def bend(
    flow: Flow,
    start: tuple[float, float],
    end: tuple[float, float],
    bulge: float,
    gap: float,
    shifts: tuple[float, ...],
) -> Path | None:
    """Quadratic curve from node to node, its ends cut off at the flags; None if nothing is left."""
    first, last = np.array(start), np.array(end)
    chord = last - first
    upward = np.array([chord[1], -chord[0]]) if chord[0] >= 0.0 else np.array([-chord[1], chord[0]])
    control = (first + last) / 2.0 + upward * 2.0 * bulge
    t = np.linspace(0.0, 1.0, 65)[:, None]
    points = (1.0 - t) ** 2 * first + 2.0 * t * (1.0 - t) * control + t**2 * last
    along = np.concatenate([[0.0], np.cumsum(np.hypot(*np.diff(points, axis=0).T))])
    if along[-1] <= 2.5 * gap:
        return None
    whole = Path(flow, points, along, shifts)
    kept = np.linspace(gap, whole.length - gap, 65)
    return Path(flow, whole.at(kept), kept - gap, shifts)


def paint_paths(
    size: tuple[int, int], paths: Sequence[Path], blocked: Colour, scale: float
) -> tuple[pygame.Surface, pygame.Surface]:
    """Paint every line; gives the light around the lines, to be added, and the lines, alpha multiplied in."""
    width, height = size
    fine = pygame.Surface((width * SAMPLES, height * SAMPLES), pygame.SRCALPHA, 32)
    for path in sorted(paths, key=lambda path: path.flow.blocked):
        for shift in path.shifts:
            if path.flow.blocked:
                paint_dashes(fine, path, shift, blocked, scale)
            else:
                paint_ribbon(fine, path, shift, scale)
    lines = pygame.transform.smoothscale(fine, size)
    light = lines
    # Down and up again in two steps each: one step alone leaves visible squares.
    for divisor in (3.0, 6.0, 3.0):
        step = (max(1, round(width / divisor / scale)), max(1, round(height / divisor / scale)))
        light = pygame.transform.smoothscale(light, step)
    light = pygame.transform.smoothscale(light, size)
    light.fill((150, 150, 150), special_flags=pygame.BLEND_RGB_MULT)
    return light, lines


def multiplied(colour: Colour, alpha: float) -> tuple[int, int, int, int]:
    """Colour with its alpha multiplied in, so that scaling it down bleeds no black into the edge."""
    red, green, blue = (round(part * alpha) for part in colour)
    return red, green, blue, round(255 * alpha)


def paint_ribbon(fine: pygame.Surface, path: Path, shift: float, scale: float) -> None:
    """Paint a line as wide as its volume, growing brighter towards its end."""
    half = (0.5 + 0.9 * min(max(path.flow.volume, 0.0), 1.0)) * scale * SAMPLES
    points = (path.points + np.array([shift, 0.0])) * SAMPLES
    heading = np.gradient(points, axis=0)
    heading /= np.maximum(np.hypot(heading[:, 0], heading[:, 1]), 1e-9)[:, None]
    normal = np.column_stack([-heading[:, 1], heading[:, 0]]) * half
    left, right = (points + normal).tolist(), (points - normal).tolist()
    last = len(points) - 1
    for i in range(last):
        corners = (left[i], left[i + 1], right[i + 1], right[i])
        pygame.draw.polygon(fine, multiplied(path.flow.colour, 0.30 + 0.42 * i / last), corners)


def paint_dashes(fine: pygame.Surface, path: Path, shift: float, blocked: Colour, scale: float) -> None:
    """Paint a broken line, free in the middle for the badge."""
    colour = multiplied(blocked, 0.9)
    starts = np.arange(0.0, path.length, (DASH + GAP) * scale)
    ends = np.minimum(starts + DASH * scale, path.length)
    moved = np.array([shift, 0.0])
    for start, end in zip((path.at(starts) + moved) * SAMPLES, (path.at(ends) + moved) * SAMPLES, strict=True):
        pygame.draw.line(fine, colour, start.tolist(), end.tolist(), max(2, round(1.5 * scale * SAMPLES)))


def badge_places(paths: Sequence[Path]) -> list[tuple[float, float]]:
    """Middle of every blocked line."""
    places = []
    for path in paths:
        if path.flow.blocked:
            x, y = path.at(np.array([path.length / 2.0]))[0]
            places += [(float(x) + shift, float(y)) for shift in path.shifts]
    return places


@lru_cache(maxsize=8)
def blocked_badge(colour: Colour, ink: Colour, scale: float) -> pygame.Surface:
    """Draw the round mark with a cross that stands on a blocked line."""
    samples, radius = 4, 7.5 * scale
    side = math.ceil(2 * radius + 4 * scale)
    fine = pygame.Surface((side * samples, side * samples), pygame.SRCALPHA, 32)
    centre, reach = side * samples / 2, 2.8 * scale * samples
    pygame.draw.circle(fine, ink, (centre, centre), (radius + 1.5 * scale) * samples)
    pygame.draw.circle(fine, colour, (centre, centre), radius * samples)
    for sign in (-1, 1):
        start, end = (centre - reach, centre - sign * reach), (centre + reach, centre + sign * reach)
        pygame.draw.line(fine, ink, start, end, round(1.7 * scale * samples))
    return pygame.transform.smoothscale(fine, (side, side))


def draw_badges(
    surface: pygame.Surface, origin: tuple[int, int], paths: Sequence[Path], colours: MapColours, scale: float
) -> None:
    """Blit the mark of every blocked line."""
    badge = blocked_badge(colours.blocked, colours.ink, scale)
    for x, y in badge_places(paths):
        surface.blit(badge, badge.get_rect(center=(origin[0] + round(x), origin[1] + round(y))))


def draw_comets(
    surface: pygame.Surface, origin: tuple[int, int], paths: Sequence[Path], t_ms: float, scale: float
) -> None:
    """Blit the comets of a moment; they keep their distances, so the same `t_ms` always gives the same picture."""
    open_paths = [path for path in paths if not path.flow.blocked]
    spacing = max(LEAST_SPACING * scale, sum(path.length for path in open_paths) / COMETS)
    for path in open_paths:
        count = max(1, round(path.length / spacing * (0.6 + 0.8 * path.flow.volume)))
        # Each line starts at a phase of its own, or all comets would leave a hub together.
        phase = path.points[-1].sum() % 1.0
        turn = (np.arange(count) + phase) * path.length / count
        distance = (turn + COMET_SPEED * scale * t_ms / 1000.0) % path.length
        here, ahead = path.at(distance), path.at(np.minimum(distance + 2.0, path.length))
        behind = path.at(np.maximum(distance - 2.0, 0.0))
        headings = np.arctan2(ahead[:, 1] - behind[:, 1], ahead[:, 0] - behind[:, 0]) / math.tau * HEADINGS
        for (x, y), heading in zip(here.tolist(), headings.tolist(), strict=True):
            for shift in path.shifts:
                place_comet(surface, origin[0] + x + shift, origin[1] + y, path.flow.colour, round(heading), scale)


def place_comet(surface: pygame.Surface, x: float, y: float, colour: Colour, heading: int, scale: float) -> None:
    """Blit one comet at a fractional position."""
    column, row = math.floor(x), math.floor(y)
    part_x, part_y = int((x - column) * STEPS), int((y - row) * STEPS)
    sprite = comet_sprite(colour, heading % HEADINGS, part_x, part_y, scale)
    middle = sprite.get_width() // 2
    surface.blit(sprite, (column - middle, row - middle), special_flags=pygame.BLEND_RGB_ADD)


@lru_cache(maxsize=4096)
def comet_sprite(colour: Colour, heading: int, part_x: int, part_y: int, scale: float) -> pygame.Surface:
    """Paint a bright head with a tail behind it as light to be added."""
    reach = math.ceil(13 * scale)
    grid = np.arange(-reach, reach + 1, dtype=np.float64)
    x = (grid - part_x / STEPS)[:, None] / scale
    y = (grid - part_y / STEPS)[None, :] / scale
    angle = heading / HEADINGS * math.tau
    forward = x * math.cos(angle) + y * math.sin(angle)
    aside = -x * math.sin(angle) + y * math.cos(angle)
    distance = x * x + y * y
    core = np.exp(-distance / 1.9)
    halo = 0.55 * np.exp(-distance / 11.0)
    tail = np.where(forward < 0.0, np.exp(forward / 4.5), np.exp(-forward * forward)) * np.exp(-aside * aside / 0.9)
    fade = np.clip(13.0 - np.sqrt(distance), 0.0, 1.0)
    white = 255.0 * (core + 0.25 * tail)
    light = ((halo + 0.7 * tail)[:, :, None] * np.array(colour) + white[:, :, None]) * fade[:, :, None]
    sprite = pygame.Surface((len(grid), len(grid)), 0, 32)
    pygame.surfarray.blit_array(sprite, np.clip(light, 0, 255).astype(np.uint8))
    return sprite
