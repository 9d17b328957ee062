"""The small map of the whole world that shows, while zoomed in, which part is on the screen."""

from __future__ import annotations

import pygame

from game.ui.map.geometry import Atlas
from game.ui.map.land import Land
from game.ui.map.model import Colour, MapColours
from game.ui.map.view import View, home_view

WIDTH, HEIGHT = 150.0, 68.0  # logical px
MARGIN = 12.0
RADIUS = 6.0


class Minimap:
    """A picture of the first view in a corner, with a frame for the present one."""

    def __init__(self, atlas: Atlas, numbers: dict[int, int], colours: MapColours, scale: float) -> None:
        self.view = home_view(round(WIDTH * scale), round(HEIGHT * scale))
        self._land = Land(atlas, numbers, self.view, 0.35 * scale)
        self._colours = colours
        self._scale = scale
        self._picture = pygame.Surface((self.view.width, self.view.height), 0, 32)

    def recolour(self, palette: list[Colour]) -> None:
        """Show another lens."""
        self._picture.fill(self._colours.panel)
        open_sea = 1.0 - self._land.coverage
        water = open_sea[:, :, None] * self._colours.panel
        pygame.surfarray.blit_array(self._picture, water.astype("uint8"))
        self._picture.blit(self._land.picture(palette), (0, 0), special_flags=pygame.BLEND_RGB_ADD)

    def rect(self, width: int, height: int) -> pygame.Rect:
        """Lower right corner of a map of this size."""
        margin = round(MARGIN * self._scale)
        return pygame.Rect(
            width - self.view.width - margin, height - self.view.height - margin, self.view.width, self.view.height
        )

    def draw(self, surface: pygame.Surface, origin: tuple[int, int], view: View) -> None:
        """Draw onto a map whose corner is at `origin`."""
        rect = self.rect(view.width, view.height).move(origin)
        surface.blit(self._picture, rect)
        west, north = self.view.at(view.west, view.north)
        ratio = self.view.pixels / view.pixels
        frame = pygame.Rect(
            rect.x + round(west), rect.y + round(north), round(view.width * ratio), round(view.height * ratio)
        ).clip(rect)
        line = max(1, round(self._scale))
        pygame.draw.rect(surface, self._colours.accent, frame, line)
        outer = rect.inflate(4 * line, 4 * line)
        radius = round(RADIUS * self._scale)
        pygame.draw.rect(
            surface, self._colours.panel, outer.inflate(2 * line, 2 * line), 4 * line, border_radius=radius
        )
        pygame.draw.rect(surface, self._colours.line, outer.inflate(2 * line, 2 * line), line, border_radius=radius)

    def world_point(self, x: float, y: float) -> tuple[float, float]:
        """Map units under a pixel of the small map, counted from its corner."""
        return self.view.west + x / self.view.pixels, self.view.north + y / self.view.pixels
