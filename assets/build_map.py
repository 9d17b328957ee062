"""Turn the world-atlas TopoJSON (Natural Earth 1:50m) into the game's `world.npz`.

The result holds the borders as shared arcs, so that two neighbours keep one common line after simplification, and the
rings of each country as lists of those arcs. See `assets/README.md` for the arrays.
"""

import json
import shutil
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

Points = npt.NDArray[np.float64]

WEST_CUT = -30.0  # degrees east; the map runs from here once round the world, so that the Pacific is whole
SIMPLIFY_DEGREES = 0.04  # Singapore is lost above 0.05
QUANTUM = 1e-4  # map units (radians of longitude) in one stored step: 0.006 degrees
ANTARCTICA = 10
UNNAMED = 0  # disputed areas without an ISO number


def read_arcs(topology: dict[str, Any]) -> list[Points]:
    """Undo the file's delta coding: arcs of (longitude, latitude) in degrees, longitudes unwrapped across 180."""
    scale, shift = np.array(topology["transform"]["scale"]), np.array(topology["transform"]["translate"])
    arcs = []
    for deltas in topology["arcs"]:
        arc = np.cumsum(np.array(deltas, dtype=np.float64), axis=0) * scale + shift
        arc[:, 0] = np.unwrap(arc[:, 0], period=360.0)
        arcs.append(arc)
    return arcs


def turned(points: Points, turns: float) -> Points:
    """Move points eastwards by whole turns round the world."""
    return points + np.array([360.0 * turns, 0.0])


def simplify(arc: Points, tolerance: float) -> Points:
    """Douglas-Peucker without recursion; the two ends always stay."""
    keep = np.zeros(len(arc), dtype=bool)
    keep[[0, -1]] = True
    spans = [(0, len(arc) - 1)]
    while spans:
        first, last = spans.pop()
        if last - first < 2:
            continue
        distance = distance_to_chord(arc[first + 1 : last], arc[first], arc[last])
        worst = int(np.argmax(distance))
        if distance[worst] > tolerance:
            middle = first + 1 + worst
            keep[middle] = True
            spans += [(first, middle), (middle, last)]
    return arc[keep]


def distance_to_chord(points: Points, start: Points, end: Points) -> Points:
    """Distance of each point to the segment; a closed arc has no chord, then to its start."""
    chord = end - start
    length = float(chord @ chord)
    along = np.zeros(len(points)) if length == 0.0 else np.clip((points - start) @ chord / length, 0.0, 1.0)
    return np.hypot(*(points - start - along[:, None] * chord).T)


def patterson(arc: Points) -> Points:
    """Degrees to map units: x in radians east of the cut, y growing southwards (Patterson cylindrical)."""
    phi = np.radians(arc[:, 1])
    square = phi * phi
    height = phi * (1.0148 + square * square * (0.23185 + square * (-0.14499 + square * 0.02406)))
    return np.column_stack([np.radians(arc[:, 0] - WEST_CUT), -height])


def country_rings(geometry: dict[str, Any]) -> list[tuple[list[int], bool]]:
    """List a country's rings as (arc references, is a hole)."""
    polygons = [geometry["arcs"]] if geometry["type"] == "Polygon" else geometry["arcs"]
    return [(ring, place > 0) for polygon in polygons for place, ring in enumerate(polygon)]


def ring_points(ring: list[int], arcs: list[Points]) -> Points:
    """Join a ring's arcs end to end, moving each by whole turns so that it meets the one before."""
    parts: list[Points] = []
    for reference in ring:
        arc = arcs[reference] if reference >= 0 else arcs[~reference][::-1]
        if parts:
            turns = np.round((parts[-1][-1, 0] - arc[0, 0]) / 360.0)
            arc = turned(arc, turns)[1:]
        parts.append(arc)
    return np.vstack(parts)


def clip_side(points: Points, bound: float, keep_east: bool) -> Points:
    """Cut a closed ring along a meridian (one pass of Sutherland and Hodgman)."""
    side = (points[:, 0] - bound) * (1.0 if keep_east else -1.0)
    kept: list[Points] = []
    for (here, a), (there, b) in pairwise(zip(points, side, strict=True)):
        if a >= 0.0:
            kept.append(here)
        if (a >= 0.0) != (b >= 0.0):
            kept.append(here + (there - here) * (a / (a - b)))
    return np.array([*kept, kept[0]]) if kept else np.empty((0, 2))


class Atlas:
    """The arcs and rings collected for the file.

    An arc that stays east of the cut is stored once and shared; a ring that crosses the cut (only Greenland does) is
    split into pieces with arcs of their own.
    """

    def __init__(self, arcs: list[Points]) -> None:
        self.source = arcs
        self.arcs: list[Points] = []
        self.rings: list[list[int]] = []
        self.ring_country: list[int] = []
        self.ring_hole: list[bool] = []
        self.stored: dict[int, int] = {}

    def add_ring(self, ring: list[int], country: int, hole: bool) -> None:
        """Store one ring of the country with this ISO number."""
        points = ring_points(ring, self.source)
        points = turned(points, np.ceil((WEST_CUT - points[:, 0].max()) / 360.0))
        if points[:, 0].min() >= WEST_CUT:
            self.append([self.share(reference) for reference in ring], country, hole)
            return
        for turns in (0.0, 1.0):
            piece = clip_side(turned(points, turns), WEST_CUT, keep_east=True)
            piece = clip_side(piece, WEST_CUT + 360.0, keep_east=False) if len(piece) else piece
            if len(piece) > 3:
                self.arcs.append(piece)
                self.append([len(self.arcs) - 1], country, hole)

    def append(self, references: list[int], country: int, hole: bool) -> None:
        """Record a ring whose arcs are already stored."""
        self.rings.append(references)
        self.ring_country.append(country)
        self.ring_hole.append(hole)

    def share(self, reference: int) -> int:
        """Store a source arc once, moved into the map's turn, and give back the signed reference to it."""
        index = reference if reference >= 0 else ~reference
        if index not in self.stored:
            arc = self.source[index]
            turns = np.ceil((WEST_CUT - arc[:, 0].min()) / 360.0)
            self.stored[index] = len(self.arcs)
            self.arcs.append(turned(arc, turns))
        return self.stored[index] if reference >= 0 else ~self.stored[index]

    def write(self, target: Path) -> None:
        """Quantise, delta-code and compress."""
        steps = [np.round(patterson(arc) / QUANTUM).astype(np.int32) for arc in self.arcs]
        moves = [np.diff(arc, axis=0, prepend=arc[:1]) for arc in steps]
        np.savez_compressed(
            target,
            allow_pickle=False,
            quantum=np.float64(QUANTUM),
            west_cut=np.float64(WEST_CUT),
            arc_start=np.array([arc[0] for arc in steps], dtype=np.int32),
            arc_length=np.array([len(arc) for arc in steps], dtype=np.int32),
            arc_moves=np.vstack(moves).astype(np.int16),
            ring_length=np.array([len(ring) for ring in self.rings], dtype=np.int32),
            ring_arcs=np.array([arc for ring in self.rings for arc in ring], dtype=np.int32),
            ring_country=np.array(self.ring_country, dtype=np.int16),
            ring_hole=np.array(self.ring_hole, dtype=np.bool_),
        )


def build_map(package: Path, out: Path) -> None:
    """Write `world.npz` and the licence of the package it was made from."""
    topology = json.loads((package / "countries-50m.json").read_text(encoding="utf-8"))
    atlas = Atlas([simplify(arc, SIMPLIFY_DEGREES) for arc in read_arcs(topology)])
    for geometry in topology["objects"]["countries"]["geometries"]:
        country = int(geometry.get("id") or UNNAMED)
        if country != ANTARCTICA:
            for ring, hole in country_rings(geometry):
                atlas.add_ring(ring, country, hole)
    atlas.write(out / "world.npz")
    shutil.copyfile(package / "LICENSE", out / "LICENSE-world-atlas.txt")
