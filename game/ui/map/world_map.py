"""The map widget: put places, a lens and flows in; draw it; ask what is under the pointer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import pygame

from game.ui.map.flows import Path as FlowPath
from game.ui.map.flows import draw_badges, draw_comets, lay_paths
from game.ui.map.geometry import load_atlas, project
from game.ui.map.land import SEA, UNCLAIMED, lens_palette, number_places
from game.ui.map.minimap import Minimap
from game.ui.map.model import Colour, Flow, LandStyle, MapColours, MapPlace
from game.ui.map.nodes import RING, Flags, Labels, Node, draw_marks, draw_nodes, lay_nodes, node_at
from game.ui.map.picture import MapPicture
from game.ui.map.view import View, home_view

SETTLE_MS = 90.0  # after the last pan or zoom, before the sharp picture replaces the stretched one
LABEL_PX = 12.5
NO_FLAG_CLEARANCE = 13.0
WHOLE = 1.01  # up to this zoom the whole world is in view


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
    codes : bool
        Show place codes instead of flags.
    marked : frozenset of str
        Codes of the places that bear the mark of an open window.
    """

    def __init__(self, asset_dir: Path, colours: MapColours | None = None) -> None:
        self.colours = colours or MapColours()
        self.hover: str | None = None
        self.selected: str | None = None
        self.home: str | None = None
        self.codes = False
        self.marked: frozenset[str] = frozenset()
        self._atlas = load_atlas(asset_dir / "map" / "world.npz")
        self._labels = Labels(asset_dir / "fonts" / "Inter-SemiBold.ttf", self.colours.ink)
        self._flags = Flags(asset_dir / "flags", self._labels, self.colours)
        self._places: tuple[MapPlace, ...] = ()
        self._numbers: dict[int, int] = number_places(())
        self._lens: dict[str, LandStyle] = {}
        self._flows: tuple[Flow, ...] = ()
        self._reserved: tuple[pygame.Rect, ...] = ()
        self._scale = 1.0
        self._view = home_view(892, 494)
        self._corner = (0, 0)
        self._picture = MapPicture(self._atlas, self.colours)
        self._minimap: Minimap | None = None
        self._nodes: list[Node] | None = None
        self._paths: list[FlowPath] = []
        self._changed_ms: float | None = None
        self._moved = False

    def _drop(self) -> None:
        """Forget everything painted; the next `draw` paints it afresh."""
        self._picture.drop()
        self._minimap = None
        self._nodes = None

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
            self._drop()

    def set_places(self, places: Sequence[MapPlace]) -> None:
        """Set the places; those named first get their labels first."""
        self._numbers = number_places(places)
        self._places = tuple(places)
        self._drop()

    def set_lens(self, lens: Mapping[str, LandStyle]) -> None:
        """Colour the land by place code; fades from the lens before."""
        if dict(lens) == self._lens:
            return
        self._lens = dict(lens)
        self._picture.outdate(flows=False)

    def set_flows(self, flows: Sequence[Flow]) -> None:
        """Replace all flows; those naming an unknown place are left out."""
        if tuple(flows) == self._flows:
            return
        self._flows = tuple(flows)
        self._picture.outdate(flows=True)

    def set_home(self, code: str | None) -> None:
        """Mark the player's own place."""
        self.home = code
        self._nodes = None

    def set_reserved(self, rects: Sequence[pygame.Rect]) -> None:
        """Keep labels out of these rectangles (tabs, legend), in pixels from the map's corner."""
        if tuple(rects) != self._reserved:
            self._reserved = tuple(rects)
            self._nodes = None

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
        if self._minimap is None or self.zoom <= WHOLE:
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
        if self._picture.view is None:
            self._picture.paint_land(self._numbers, self._view, self._scale)
        return self._picture.number_at(
            self._view.west + x / self._view.pixels, self._view.north + y / self._view.pixels
        )

    def node_position(self, code: str) -> tuple[int, int] | None:
        """Window position of a place's flag, None if it is out of view."""
        for node in self._node_list():
            if node.place.code == code:
                return self._corner[0] + round(node.centre[0]), self._corner[1] + round(node.centre[1])
        return None

    def animating(self, motion: bool) -> bool:
        """Whether the next frame would differ from the last although nothing was set."""
        if not self._picture.ready or self._picture.view != self._view:
            return True
        return motion and (self._picture.fading or any(not path.flow.blocked for path in self._paths))

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
        if self._picture.view == self._view:
            self._picture.draw(surface, rect, t_ms, motion=motion)
            self._draw_lights(surface)
        else:
            self._picture.draw_stretched(surface, rect, self._view)
        draw_comets(surface, rect.topleft, self._paths, t_ms if motion else 0.0, self._scale)
        draw_badges(surface, rect.topleft, self._paths, self.colours, self._scale)
        self._draw_nodes(surface)
        if self._minimap is not None and self.zoom > WHOLE:
            self._minimap.draw(surface, rect.topleft, self._view)
        surface.set_clip(clip)

    def _settle(self, t_ms: float, motion: bool) -> None:
        """Paint what is missing; while the view moves, wait until it rests."""
        if self._moved:
            self._moved, self._changed_ms = False, t_ms
            self._lay_paths()
        resting = self._changed_ms is None or t_ms - self._changed_ms >= SETTLE_MS
        picture = self._picture
        if picture.view != self._view and (picture.view is None or resting or not motion):
            picture.paint_land(self._numbers, self._view, self._scale)
            self._changed_ms = None
        if not picture.ready and picture.view == self._view:
            self._paint()

    def _paint(self) -> None:
        if not self._picture.has_flows:
            self._lay_paths()
            self._picture.paint_flows(self._paths, self._scale)
        palette = lens_palette(self._places, self._lens, self.colours)
        self._picture.paint_lens(palette)
        if self._minimap is None and self.zoom > WHOLE:
            self._minimap = Minimap(self._atlas, self._numbers, self.colours, self._scale)
        if self._minimap is not None:
            self._minimap.recolour(palette)

    def _lay_paths(self) -> None:
        # Flows may start or end outside the view, so all places count, not only the flags that are seen.
        ends = {place.code: self._view.at(*project(place.lon, place.lat)) for place in self._places}
        ends |= {node.place.code: node.centre for node in self._node_list()}
        self._paths = lay_paths(self._flows, ends, self._view, NO_FLAG_CLEARANCE * self._scale)

    def _draw_lights(self, surface: pygame.Surface) -> None:
        """Add the light round the hovered and the selected place."""
        numbers = {place.code: number for number, place in enumerate(self._places, start=1)}
        for code, number in numbers.items():
            if code in (self.hover, self.selected):
                selected = code == self.selected
                self._picture.draw_light(surface, self._corner, number, self._numbers, self._scale, selected=selected)

    def _draw_nodes(self, surface: pygame.Surface) -> None:
        nodes = self._node_list()
        draw_nodes(surface, self._corner, nodes, self._rings(), self._flags, self._scale, codes=self.codes)
        draw_marks(
            surface, self._corner, [node for node in nodes if node.place.code in self.marked], self.colours, self._scale
        )
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
                lift = (text.get_height() - box.height) // 2
                surface.blit(text, (self._corner[0] + box.x, self._corner[1] + box.y - lift))

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
