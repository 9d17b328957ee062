"""The map widget: put places, a lens and flows in; draw it; ask what is under the pointer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import pygame

from game.ui.map.flows import (
    Path as FlowPath,
)
from game.ui.map.flows import badge_places, blocked_badge, draw_comets, lay_paths, paint_paths
from game.ui.map.geometry import load_atlas, project
from game.ui.map.land import SEA, UNCLAIMED, Land, lens_palette, number_places
from game.ui.map.minimap import Minimap
from game.ui.map.model import Colour, Flow, LandStyle, MapColours, MapPlace
from game.ui.map.nodes import RING, Flags, Labels, Node, draw_nodes, lay_nodes, node_at
from game.ui.map.outline import Glow, member_countries, place_outline
from game.ui.map.sea import paint_sea
from game.ui.map.view import View, home_view

FADE_MS = 200.0
SETTLE_MS = 90.0  # after the last pan or zoom, before the sharp picture replaces the stretched one
LABEL_PX = 13
NO_FLAG_CLEARANCE = 13.0


class WorldMap:
    """A world map with pan, zoom, lenses and flows.

    Positions handed to `place_at`, `zoom_at` and `minimap_jump` are window pixels; the map remembers the rectangle of
    the last `draw`. Nothing is painted before the first `draw`.

    Attributes
    ----------
    hover, selected : str or None
        Codes of the places to light up.
    home : str or None
        Code of the player's place: larger flag, accent ring. Set it through `set_home`.
    """

    def __init__(self, asset_dir: Path, colours: MapColours | None = None) -> None:
        self.colours = colours or MapColours()
        self.hover: str | None = None
        self.selected: str | None = None
        self.home: str | None = None
        self._atlas = load_atlas(asset_dir / "map" / "world.npz")
        self._flags = Flags(asset_dir / "flags", self.colours.ink)
        self._labels = Labels(asset_dir / "fonts" / "Inter-SemiBold.ttf", self.colours.ink)
        self._places: tuple[MapPlace, ...] = ()
        self._numbers: dict[int, int] = number_places(())
        self._lens: dict[str, LandStyle] = {}
        self._flows: tuple[Flow, ...] = ()
        self._reserved: tuple[pygame.Rect, ...] = ()
        self._scale = 1.0
        self._view = home_view(892, 494)
        self._corner = (0, 0)
        self._drop_pictures()
        self._minimap: Minimap | None = None
        self._changed_ms: float | None = None
        self._moved = False

    def _drop_pictures(self) -> None:
        """Forget everything painted; the next `draw` paints it afresh."""
        self._painted: View | None = None
        self._land: Land | None = None
        self._sea: pygame.Surface | None = None
        self._still: pygame.Surface | None = None
        self._before: pygame.Surface | None = None
        self._fade_from: float | None = None
        self._outlines: dict[tuple[str, bool], Glow | None] = {}
        self._nodes: list[Node] | None = None
        self._paths: list[FlowPath] = []

    # --- what to show ---

    def set_size(self, width: int, height: int, scale: float) -> None:
        """Set the size in window pixels and the interface scale; the view goes back to the whole world.

        Raises
        ------
        ValueError
            A side or the scale is not positive.
        """
        if width < 1 or height < 1 or scale <= 0.0:
            raise ValueError(f"a map needs a positive size and scale, got {width} x {height} at {scale}")
        if (width, height, scale) != (self._view.width, self._view.height, self._scale):
            self._view, self._scale = home_view(width, height), scale
            self._minimap = None
            self._drop_pictures()

    def set_places(self, places: Sequence[MapPlace]) -> None:
        """Set the places; those named first get their labels first."""
        self._numbers = number_places(places)
        self._places = tuple(places)
        self._minimap = None
        self._drop_pictures()

    def set_lens(self, lens: Mapping[str, LandStyle]) -> None:
        """Colour the land by place code; fades from the lens before."""
        if dict(lens) == self._lens:
            return
        self._lens = dict(lens)
        self._repaint_still()

    def set_flows(self, flows: Sequence[Flow]) -> None:
        """Replace all flows; those naming an unknown place are left out."""
        if tuple(flows) == self._flows:
            return
        self._flows = tuple(flows)
        self._repaint_still()

    def set_home(self, code: str | None) -> None:
        """Mark the player's own place."""
        self.home = code
        self._nodes = None

    def set_reserved(self, rects: Sequence[pygame.Rect]) -> None:
        """Keep labels out of these rectangles (tabs, legend), in pixels from the map's corner."""
        if tuple(rects) != self._reserved:
            self._reserved = tuple(rects)
            self._nodes = None

    def _repaint_still(self) -> None:
        if self._still is not None:
            self._before, self._fade_from = self._still, None
            self._still = None

    # --- where to look ---

    @property
    def zoom(self) -> float:
        """1 for the whole world, up to 8."""
        return self._view.zoom

    def zoom_at(self, pos: tuple[int, int], factor: float) -> None:
        """Zoom by a factor around a window position."""
        self._look(self._view.zoomed(pos[0] - self._corner[0], pos[1] - self._corner[1], factor))

    def pan(self, dx: float, dy: float) -> None:
        """Move the land by window pixels."""
        self._look(self._view.panned(dx, dy))

    def look_at(self, lon: float, lat: float, zoom: float) -> None:
        """Bring a point (degrees) to the middle at a zoom of 1 to 8."""
        centre = self._view.zoomed(0, 0, zoom / self._view.zoom)
        self._look(centre.centred(*project(lon, lat)))

    def show_world(self) -> None:
        """Go back to the first view."""
        self._look(home_view(self._view.width, self._view.height))

    def minimap_jump(self, pos: tuple[int, int]) -> bool:
        """Centre on a window position in the small map; False if it is not shown or not hit."""
        rect = self.minimap_rect()
        if rect is None or self._minimap is None or not rect.collidepoint(pos):
            return False
        self._look(self._view.centred(*self._minimap.world_point(pos[0] - rect.x, pos[1] - rect.y)))
        return True

    def minimap_rect(self) -> pygame.Rect | None:
        """Window rectangle of the small map, None while the whole world is in view."""
        if self._minimap is None or self.zoom <= 1.01:
            return None
        return self._minimap.rect(self._view.width, self._view.height).move(self._corner)

    def _look(self, view: View) -> None:
        if view != self._view:
            self._view = view
            self._moved = True
            self._nodes = None

    # --- questions ---

    def place_at(self, pos: tuple[int, int]) -> str | None:
        """Find the place under a window position: a flag first, then the land."""
        x, y = pos[0] - self._corner[0], pos[1] - self._corner[1]
        if not (0 <= x < self._view.width and 0 <= y < self._view.height):
            return None
        rect = self.minimap_rect()
        if rect is not None and rect.collidepoint(pos):
            return None
        node = node_at(self._node_list(), x, y, self._scale)
        if node is not None:
            return node.place.code
        number = self._number_at(x, y)
        return None if number in (SEA, UNCLAIMED) else self._places[number - 1].code

    def _number_at(self, x: int, y: int) -> int:
        """Place number of the land at a pixel; during a pan or zoom in the picture painted last."""
        if self._land is None or self._painted is None:
            self._paint_land()
        if self._land is None or self._painted is None:
            return SEA
        west, north = self._view.west + x / self._view.pixels, self._view.north + y / self._view.pixels
        column, row = (int(part) for part in self._painted.at(west, north))
        if not (0 <= column < self._painted.width and 0 <= row < self._painted.height):
            return SEA
        return int(self._land.hit[column, row])

    def node_position(self, code: str) -> tuple[int, int] | None:
        """Window position of a place's flag, None if it is out of view."""
        for node in self._node_list():
            if node.place.code == code:
                return self._corner[0] + round(node.centre[0]), self._corner[1] + round(node.centre[1])
        return None

    def animating(self, motion: bool) -> bool:
        """Whether the next frame would differ from the last although nothing was set."""
        unsettled = self._still is None or self._painted != self._view
        return unsettled or (motion and (self._before is not None or any(not path.flow.blocked for path in self._paths)))

    def _node_list(self) -> list[Node]:
        if self._nodes is None:
            pixels = round(LABEL_PX * self._scale)
            self._nodes = lay_nodes(
                self._places,
                self._view,
                self._scale,
                self.home,
                lambda text: self._labels.size(text, pixels),
                self._reserved,
            )
        return self._nodes

    # --- drawing ---

    def draw(self, surface: pygame.Surface, rect: pygame.Rect, t_ms: float, *, motion: bool) -> None:
        """Draw the map into a rectangle of a surface.

        Parameters
        ----------
        surface : pygame.Surface
            Window or picture, 32 bits.
        rect : pygame.Rect
            Where; another size than `set_size` said resizes the map.
        t_ms : float
            A clock that never runs backwards, milliseconds.
        motion : bool
            False stands comets still and swaps lenses at once.
        """
        self.set_size(rect.width, rect.height, self._scale)
        self._corner = rect.topleft
        clip = surface.get_clip()
        surface.set_clip(rect.clip(clip))
        self._settle(t_ms, motion)
        if self._painted == self._view:
            self._draw_still(surface, rect, t_ms, motion)
            self._draw_lights(surface)
        else:
            self._draw_stretched(surface, rect)
        draw_comets(surface, rect.topleft, self._paths, t_ms if motion else 0.0, self._scale)
        self._draw_nodes(surface)
        if self._minimap is not None and self.zoom > 1.01:
            self._minimap.draw(surface, rect.topleft, self._view)
        surface.set_clip(clip)

    def _settle(self, t_ms: float, motion: bool) -> None:
        """Paint what is missing; while the view moves, wait until it rests."""
        if self._moved:
            self._moved, self._changed_ms = False, t_ms
            self._lay_paths()
        resting = self._changed_ms is None or t_ms - self._changed_ms >= SETTLE_MS
        if self._painted != self._view and (self._still is None or resting or not motion):
            self._paint_land()
        if self._still is None:
            self._paint_still()

    def _paint_land(self) -> None:
        self._drop_pictures()
        self._land = Land(self._atlas, self._numbers, self._view, self._scale)
        self._sea = paint_sea(self._view, self._land.coverage, self.colours, self._scale)
        self._painted, self._changed_ms = self._view, None

    def _paint_still(self) -> None:
        """Put sea, land, flows and badges into one opaque picture."""
        if self._land is None or self._sea is None:
            return
        palette = lens_palette(self._places, self._lens, self.colours)
        still = self._sea.copy()
        still.blit(self._land.picture(palette), (0, 0), special_flags=pygame.BLEND_RGB_ADD)
        self._lay_paths()
        if self._paths:
            paint_paths(still, self._paths, self.colours.blocked, self._scale)
        badge = blocked_badge(self.colours.blocked, self.colours.ink, self._scale)
        for x, y in badge_places(self._paths):
            still.blit(badge, (round(x) - badge.get_width() // 2, round(y) - badge.get_height() // 2))
        self._still = still
        if self._minimap is None:
            self._minimap = Minimap(self._atlas, self._numbers, self.colours, self._scale)
        self._minimap.recolour(palette)

    def _lay_paths(self) -> None:
        # Flows may start or end outside the view, so all places count, not only the flags that are seen.
        ends = {place.code: self._view.at(*project(place.lon, place.lat)) for place in self._places}
        ends |= {node.place.code: node.centre for node in self._node_list()}
        self._paths = lay_paths(self._flows, ends, self._view, NO_FLAG_CLEARANCE * self._scale)

    def _draw_still(self, surface: pygame.Surface, rect: pygame.Rect, t_ms: float, motion: bool) -> None:
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

    def _draw_stretched(self, surface: pygame.Surface, rect: pygame.Rect) -> None:
        """Show the last picture moved and stretched to the present view, until the sharp one is painted."""
        surface.fill(self.colours.ocean, rect)
        if self._still is None or self._painted is None:
            return
        old, view = self._painted, self._view
        ratio = view.pixels / old.pixels
        # Only the part in view is stretched: the whole would be up to 64 times the window.
        left, top = old.at(view.west, view.north)
        seen = pygame.Rect(int(left), int(top), int(view.width / ratio) + 2, int(view.height / ratio) + 2)
        seen = seen.clip(self._still.get_rect())
        if not seen.width or not seen.height:
            return
        size = (max(1, round(seen.width * ratio)), max(1, round(seen.height * ratio)))
        x, y = (seen.x - left) * ratio, (seen.y - top) * ratio
        surface.blit(pygame.transform.scale(self._still.subsurface(seen), size), (rect.x + round(x), rect.y + round(y)))

    def _draw_lights(self, surface: pygame.Surface) -> None:
        """Add the light round the hovered and the selected place."""
        for code, strong in ((self.hover, False), (self.selected, True)):
            if code is None or (code == self.selected and not strong):
                continue
            if (code, strong) not in self._outlines:
                self._outlines[code, strong] = self._outline(code, strong)
            glow = self._outlines[code, strong]
            if glow is not None:
                x, y = glow[1]
                surface.blit(glow[0], (self._corner[0] + x, self._corner[1] + y), special_flags=pygame.BLEND_RGB_ADD)

    def _outline(self, code: str, strong: bool) -> Glow | None:
        number = next((n for n, place in enumerate(self._places, start=1) if place.code == code), None)
        if number is None or self._land is None:
            return None
        red, green, blue = self.colours.outline
        colour = (red, green, blue) if strong else (red * 6 // 10, green * 6 // 10, blue * 6 // 10)
        members = member_countries(self._numbers, number)
        return place_outline(self._atlas, self._land, number, members, self._view, colour, self._scale)

    def _draw_nodes(self, surface: pygame.Surface) -> None:
        nodes = self._node_list()
        draw_nodes(surface, self._corner, nodes, self._rings(), self._flags, self._scale)
        pixels = round(LABEL_PX * self._scale)
        for node in nodes:
            raised = node.place.code in (self.hover, self.selected)
            box = node.label
            if box is None and raised:
                width, height = self._labels.size(node.place.name, pixels)
                x, y = node.centre
                box = pygame.Rect(round(x - width / 2), round(y + node.radius + 2 * RING), width, height)
                box.clamp_ip(pygame.Rect(0, 0, self._view.width, self._view.height))
            if box is not None:
                text = self._labels.text(node.place.name, pixels, self.colours.label)
                surface.blit(text, (self._corner[0] + box.x, self._corner[1] + box.y))

    def _rings(self) -> dict[str, Colour]:
        """Colour of the ring round each flag: white under the pointer, accent for the player's own."""
        rings = {}
        for place in self._places:
            style = self._lens.get(place.code)
            ring = style.ring if style is not None and style.ring is not None else self.colours.ring
            if place.code == self.home:
                ring = self.colours.accent
            rings[place.code] = self.colours.outline if place.code in (self.hover, self.selected) else ring
        return rings
