"""Which part of the world the map shows, and the arithmetic between map units and pixels."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from game.ui.map.geometry import WORLD_WIDTH, Points, project

# The first view: from west of Senegal, over the Pacific, to the eastern tip of Brazil. Its height leaves room above for
# the lens tabs and below for the legend at the usual shape of the panel.
HOME_WEST, HOME_EAST = project(-18.5, 0.0)[0], project(-33.5, 0.0)[0]
HOME_NORTH, HOME_SOUTH = project(0.0, 79.0)[1], project(0.0, -56.5)[1]
WORLD_NORTH, WORLD_SOUTH = project(0.0, 84.0)[1], project(0.0, -60.0)[1]
MAX_ZOOM = 8.0


@dataclass(frozen=True, slots=True)
class View:
    """A rectangle of the world on a rectangle of pixels.

    Attributes
    ----------
    width, height : int
        Pixels.
    west, north : float
        Map units at the top left corner.
    pixels : float
        Pixels in one map unit.
    """

    width: int
    height: int
    west: float
    north: float
    pixels: float

    @property
    def zoom(self) -> float:
        """How much larger than the first view, 1 to `MAX_ZOOM`."""
        return self.pixels / home_pixels(self.width, self.height)

    def to_pixels(self, points: Points) -> Points:
        """Map units to pixels; any shape ending in 2."""
        moved: Points = (points - np.array([self.west, self.north])) * self.pixels
        return moved

    def at(self, x: float, y: float) -> tuple[float, float]:
        """Pixel position of one point in map units."""
        return (x - self.west) * self.pixels, (y - self.north) * self.pixels

    def shows(self, box: tuple[float, float, float, float]) -> bool:
        """Whether a box in map units (west, north, east, south) touches the view."""
        east, south = self.west + self.width / self.pixels, self.north + self.height / self.pixels
        return box[0] <= east and box[2] >= self.west and box[1] <= south and box[3] >= self.north

    def enlarged(self, factor: int) -> View:
        """Show the same part of the world on a finer raster."""
        return replace(self, width=self.width * factor, height=self.height * factor, pixels=self.pixels * factor)

    def zoomed(self, x: float, y: float, factor: float) -> View:
        """Zoom so that the world point under pixel (x, y) stays there, within the limits."""
        least = home_pixels(self.width, self.height)
        pixels = min(max(self.pixels * factor, least), least * MAX_ZOOM)
        west, north = self.west + x / self.pixels - x / pixels, self.north + y / self.pixels - y / pixels
        return replace(self, west=west, north=north, pixels=pixels).held()

    def panned(self, dx: float, dy: float) -> View:
        """Move the land by (dx, dy) pixels, within the limits."""
        return replace(self, west=self.west - dx / self.pixels, north=self.north - dy / self.pixels).held()

    def centred(self, x: float, y: float) -> View:
        """Bring a point in map units to the middle, within the limits."""
        west, north = x - self.width / self.pixels / 2.0, y - self.height / self.pixels / 2.0
        return replace(self, west=west, north=north).held()

    def held(self) -> View:
        """Move back inside the world; where the view is the larger, centre the world in it."""
        across, down = self.width / self.pixels, self.height / self.pixels
        return replace(
            self,
            west=hold(self.west, across, 0.0, WORLD_WIDTH, (HOME_WEST + HOME_EAST) / 2.0),
            north=hold(self.north, down, WORLD_NORTH, WORLD_SOUTH, (HOME_NORTH + HOME_SOUTH) / 2.0),
        )


def hold(start: float, length: float, first: float, last: float, middle: float) -> float:
    """Where a span of this length may start inside first..last; centred on `middle` if it is too long."""
    if length >= last - first:
        return middle - length / 2.0
    return min(max(start, first), last - length)


def home_pixels(width: int, height: int) -> float:
    """Pixels in a map unit at which the first view just fits."""
    return min(width / (HOME_EAST - HOME_WEST), height / (HOME_SOUTH - HOME_NORTH))


def home_view(width: int, height: int) -> View:
    """Build the view a map starts with."""
    view = View(width, height, 0.0, 0.0, home_pixels(width, height))
    return view.centred((HOME_WEST + HOME_EAST) / 2.0, (HOME_NORTH + HOME_SOUTH) / 2.0)
