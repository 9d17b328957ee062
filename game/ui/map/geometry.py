"""Country borders in map units, read from the built `world.npz`.

One map unit is one radian of longitude; x grows eastwards from the cut at 30 degrees west, y southwards from the
equator. The format is described in `assets/README.md`.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
import numpy.typing as npt

Points = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

WEST_CUT = -30.0
WORLD_WIDTH = 2.0 * math.pi
OUTSIDE = -1  # the country number on the sea side of a coast


def project(lon: float, lat: float) -> tuple[float, float]:
    """Degrees to map units, Patterson cylindrical; any longitude is brought into the map's one turn."""
    phi = math.radians(lat)
    square = phi * phi
    height = phi * (1.0148 + square * square * (0.23185 + square * (-0.14499 + square * 0.02406)))
    return math.radians((lon - WEST_CUT) % 360.0), -height


@dataclass(frozen=True, slots=True)
class Ring:
    """One closed line of a country's land, or of a hole in it.

    Attributes
    ----------
    points : (n, 2) array
        Map units; first and last point are the same.
    box : tuple of float
        West, north, east, south.
    """

    points: Points
    country: int
    hole: bool
    box: tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Arc:
    """A line between two countries, or between a country and the sea (`OUTSIDE`)."""

    points: Points
    countries: tuple[int, int]
    box: tuple[float, float, float, float]


@dataclass(frozen=True, slots=True, eq=False)
class Atlas:
    """Rings in the order to paint them (large before small, a hole before what fills it), and the shared arcs."""

    rings: tuple[Ring, ...]
    arcs: tuple[Arc, ...]


def bounding_box(points: Points) -> tuple[float, float, float, float]:
    """West, north, east, south of some points."""
    west, north = points.min(axis=0)
    east, south = points.max(axis=0)
    return float(west), float(north), float(east), float(south)


@lru_cache(maxsize=1)
def load_atlas(path: Path) -> Atlas:
    """Read the built map; all maps of a window share one.

    Raises
    ------
    OSError
        The file is missing or unreadable.
    ValueError
        It is not a map, or holds objects instead of plain arrays.
    """
    try:
        with np.load(path, allow_pickle=False) as stored:
            fields = {name: stored[name] for name in stored.files}
            lines = decode_arcs(fields)
            rings = decode_rings(fields, lines)
    except KeyError as missing:
        raise ValueError(f"{path.name}: not a map, it lacks {missing}") from missing
    return Atlas(rings, name_arcs(fields, lines))


def decode_arcs(fields: dict[str, npt.NDArray[np.generic]]) -> list[Points]:
    """Undo the delta coding of every arc."""
    moves = fields["arc_moves"].astype(np.int64)
    ends = np.cumsum(fields["arc_length"].astype(np.int64))
    quantum = float(fields["quantum"].astype(np.float64))
    starts = fields["arc_start"].astype(np.int64)
    pieces = np.split(moves, ends[:-1])
    return [(np.cumsum(piece, axis=0) + start) * quantum for piece, start in zip(pieces, starts, strict=True)]


def ring_references(fields: dict[str, npt.NDArray[np.generic]]) -> list[list[int]]:
    """Arc references of each ring."""
    ends = np.cumsum(fields["ring_length"].astype(np.int64))
    return [piece.tolist() for piece in np.split(fields["ring_arcs"].astype(np.int64), ends[:-1])]


def decode_rings(fields: dict[str, npt.NDArray[np.generic]], lines: list[Points]) -> tuple[Ring, ...]:
    """Join arcs into rings and put them into painting order."""
    rings = []
    countries = fields["ring_country"].astype(np.int64).tolist()
    holes = fields["ring_hole"].astype(np.bool_).tolist()
    for references, country, hole in zip(ring_references(fields), countries, holes, strict=True):
        points = np.vstack([lines[arc] if arc >= 0 else lines[~arc][::-1] for arc in references])
        rings.append(Ring(points, country, hole, bounding_box(points)))
    return tuple(sorted(rings, key=lambda ring: (-round(enclosed_area(ring.points), 9), not ring.hole)))


def enclosed_area(points: Points) -> float:
    """Area inside a closed line, square map units."""
    x, y = points[:, 0], points[:, 1]
    return abs(float(x[:-1] @ y[1:] - x[1:] @ y[:-1])) / 2.0


def name_arcs(fields: dict[str, npt.NDArray[np.generic]], lines: list[Points]) -> tuple[Arc, ...]:
    """Find the countries on the two sides of every arc."""
    sides: list[list[int]] = [[] for _ in lines]
    countries = fields["ring_country"].astype(np.int64).tolist()
    for references, country in zip(ring_references(fields), countries, strict=True):
        for reference in references:
            sides[reference if reference >= 0 else ~reference].append(country)
    arcs = []
    for points, near in zip(lines, sides, strict=True):
        first, second = [*near, OUTSIDE, OUTSIDE][:2]
        arcs.append(Arc(points, (first, second), bounding_box(points)))
    return tuple(arcs)


def clip_ring(points: Points, width: float, height: float) -> Points:
    """Cut a closed line to the rectangle from (0, 0) to (width, height); empty when nothing is left."""
    for axis, bound, sign in ((0, 0.0, 1.0), (0, width, -1.0), (1, 0.0, 1.0), (1, height, -1.0)):
        points = clip_half_plane(points, axis, bound, sign)
        if len(points) < 3:
            return np.empty((0, 2))
    return points


def clip_half_plane(points: Points, axis: int, bound: float, sign: float) -> Points:
    """One pass of Sutherland and Hodgman: keep where `sign * (coordinate - bound) >= 0`."""
    inside_by = sign * (points[:, axis] - bound)
    inside = inside_by >= 0.0
    if inside.all():
        return points
    following, following_by = np.roll(points, -1, axis=0), np.roll(inside_by, -1)
    crossing = inside != np.roll(inside, -1)
    share = inside_by / np.where(crossing, inside_by - following_by, 1.0)
    slots = np.stack([points, points + (following - points) * share[:, None]], axis=1).reshape(-1, 2)
    kept: Points = slots[np.stack([inside, crossing], axis=1).reshape(-1)]
    return kept
