"""The still picture of a view: sea, land under a lens and flow lines, painted when something changed and kept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache

import pygame

from game.ui.map.flows import Path, paint_paths
from game.ui.map.geometry import Atlas
from game.ui.map.land import SEA, Land
from game.ui.map.model import Colour, MapColours
from game.ui.map.outline import Glow, member_countries, place_outline
from game.ui.map.sea import paint_sea
from game.ui.map.view import View

FADE_MS = 200.0
HOVER_LIGHT = 0.6  # light of a hovered place as a share of a selected one's


@lru_cache(maxsize=1)
def _ground(
    atlas: Atlas, numbers: tuple[tuple[int, int], ...], view: View, colours: MapColours, scale: float
) -> tuple[Land, pygame.Surface]:
    """Countries and sea of a view. The last one is kept: another game begins with the same view."""
    land = Land(atlas, dict(numbers), view, scale)
    return land, paint_sea(view, land.coverage, colours, scale)


class MapPicture:
    """Layers of one view, from the slowest to make to the quickest: land and sea, flow lines, the lens over all.

    Attributes
    ----------
    view : View or None
        What was painted last.
    ready : bool
        Whether the picture shows the present lens and flows.
    fading : bool
        Whether the lens before is still to be seen.
    """

    def __init__(self, atlas: Atlas, colours: MapColours) -> None:
        self._atlas = atlas
        self._colours = colours
        self.drop()

    def drop(self) -> None:
        """Forget everything painted."""
        self.view: View | None = None
        self._land: Land | None = None
        self._sea: pygame.Surface | None = None
        self._flow_layers: tuple[pygame.Surface, pygame.Surface] | None = None
        self._still: pygame.Surface | None = None
        self._before: pygame.Surface | None = None
        self._fade_from: float | None = None
        self._outlines: dict[tuple[int, bool], Glow | None] = {}
        self.ready = False

    @property
    def fading(self) -> bool:
        """Whether the picture before is still partly seen."""
        return self._before is not None

    @property
    def has_flows(self) -> bool:
        """Whether the flow lines need no painting."""
        return self._flow_layers is not None

    def outdate(self, *, flows: bool) -> None:
        """Ask for another lens (and flows); the present picture fades into the next."""
        if flows:
            self._flow_layers = None
        if self.ready:
            self._before, self._fade_from = self._still, None
        self.ready = False

    def paint_land(self, numbers: Mapping[int, int], view: View, scale: float) -> None:
        """Paint the countries and the sea of a view; drops everything before."""
        self.drop()
        self._land, self._sea = _ground(self._atlas, tuple(numbers.items()), view, self._colours, scale)
        self.view = view

    def paint_flows(self, paths: Sequence[Path], scale: float) -> None:
        """Paint the flow lines of the present view."""
        if self.view is not None:
            size = (self.view.width, self.view.height)
            self._flow_layers = paint_paths(size, paths, self._colours.blocked, scale)

    def paint_lens(self, palette: Sequence[Colour]) -> None:
        """Put sea, land and flow lines into one opaque picture."""
        if self._land is None or self._sea is None or self._flow_layers is None:
            return
        still = self._sea.copy()
        still.blit(self._land.picture(palette), (0, 0), special_flags=pygame.BLEND_RGB_ADD)
        light, lines = self._flow_layers
        still.blit(light, (0, 0), special_flags=pygame.BLEND_RGB_ADD)
        still.blit(lines, (0, 0), special_flags=pygame.BLEND_PREMULTIPLIED)
        self._still = still
        self.ready = True

    def number_at(self, west: float, north: float) -> int:
        """Place number at a point in map units, `SEA` outside the painted view."""
        if self._land is None or self.view is None:
            return SEA
        column, row = (int(part) for part in self.view.at(west, north))
        if not (0 <= column < self.view.width and 0 <= row < self.view.height):
            return SEA
        return int(self._land.hit[column, row])

    def draw(self, surface: pygame.Surface, rect: pygame.Rect, t_ms: float, *, motion: bool) -> None:
        """Blit the picture, over the one before while it fades."""
        if self._still is None:
            return
        if self._before is None or not motion:
            self._before = None
            surface.blit(self._still, rect)
            return
        if self._fade_from is None:
            self._fade_from = t_ms
        share = (t_ms - self._fade_from) / FADE_MS
        surface.blit(self._before, rect)
        self._still.set_alpha(round(255 * min(max(share, 0.0), 1.0)))
        surface.blit(self._still, rect)
        self._still.set_alpha(None)
        if share >= 1.0:
            self._before = None

    def draw_stretched(self, surface: pygame.Surface, rect: pygame.Rect, view: View) -> None:
        """Show the picture moved and stretched to another view, until that is painted."""
        surface.fill(self._colours.ocean, rect)
        if self._still is None or self.view is None:
            return
        ratio = view.pixels / self.view.pixels
        # Only the part in view is stretched: the whole would be up to 64 times the window.
        left, top = self.view.at(view.west, view.north)
        seen = pygame.Rect(int(left), int(top), int(view.width / ratio) + 2, int(view.height / ratio) + 2)
        seen = seen.clip(self._still.get_rect())
        if not seen.width or not seen.height:
            return
        size = (max(1, round(seen.width * ratio)), max(1, round(seen.height * ratio)))
        x, y = rect.x + round((seen.x - left) * ratio), rect.y + round((seen.y - top) * ratio)
        surface.blit(pygame.transform.smoothscale(self._still.subsurface(seen), size), (x, y))

    def draw_light(
        self,
        surface: pygame.Surface,
        origin: tuple[int, int],
        number: int,
        numbers: Mapping[int, int],
        scale: float,
        *,
        selected: bool,
    ) -> None:
        """Add the light round one place."""
        if self._land is None or self.view is None:
            return
        if (number, selected) not in self._outlines:
            share = 1.0 if selected else HOVER_LIGHT
            red, green, blue = (round(part * share) for part in self._colours.outline)
            members = member_countries(numbers, number)
            colour = (red, green, blue)
            glow = place_outline(self._atlas, self._land, number, members, self.view, colour, scale)
            self._outlines[number, selected] = glow
        glow = self._outlines[number, selected]
        if glow is not None:
            light, (x, y) = glow
            surface.blit(light, (origin[0] + x, origin[1] + y), special_flags=pygame.BLEND_RGB_ADD)
