"""The map and what lies on it: lens tabs, state of the world, legend, zoom, the card of a place.

The `WorldMap` outlives rebuilds, so that zoom and painted land stay; widgets round it are made anew.
"""

from __future__ import annotations

import math

import pygame

from game.ui import theme
from game.ui.kit import Button, Canvas, Kit, Tabs, Tip, Widget, paint, plain, pressed
from game.ui.main.context import LENSES, PlayContext
from game.ui.main.controls_window import open_windows
from game.ui.main.legend import Legend
from game.ui.main.lenses import LENS_TITLES, Lens, lens_of
from game.ui.main.place_card import PlaceCard
from game.ui.main.world_state import WorldState
from game.ui.map.places import PLACE_BY_CODE, PLACES
from game.ui.map.world_map import WorldMap
from game.ui.theme import Layout

ZOOM_STEP = 1.25
ZOOMED = 1.01
"""Zoom above which the small map shows."""
KEY_PAN = 60
CLICK_SLOP = 5
LENS_KEYS = tuple(getattr(pygame, f"K_F{number}") for number in range(1, len(LENSES) + 1))
DIRECTIONS = {pygame.K_LEFT: (-1, 0), pygame.K_RIGHT: (1, 0), pygame.K_UP: (0, -1), pygame.K_DOWN: (0, 1)}


class MapPanel:
    """The middle of the main screen."""

    def __init__(self, play: PlayContext) -> None:
        self.play = play
        self.world: WorldMap | None = None
        self.view: MapView | None = None
        self.held = False
        """Keep showing the world of the quarter before: painting it anew takes a frame of its own."""
        self._lens: tuple[tuple[int, str, str], Lens] | None = None
        self.drawn_at = (0, 0)
        """Corner of the last drawing in window px, from which the map counts; it knows none before."""

    def build(self, kit: Kit, layout: Layout, area: pygame.Rect) -> Widget:
        """Make the widgets on the map; paint the map anew only if its looks changed."""
        lens = self.lens()
        world = self._world(kit, area, lens)
        view = MapView(area, self, world, kit)
        inner = area.inflate(-20, -20)
        tabs = pygame.Rect(inner.x, inner.y, 352 if layout.compact else 434, 34)
        view.add(
            Tabs(tabs, LENS_TITLES, self._choose_lens, chosen=LENSES.index(self.play.lens), segmented=True, name="lens")
        )
        state = view.add(WorldState(kit, inner, self.play))
        zoomed = world.zoom > ZOOMED
        room = Legend.rect_for(kit, inner, lens.legend, zoomed=zoomed)
        legend = view.legend = view.add(Legend(room, lens.legend, kit, inner))
        lowest = Legend.rect_for(kit, inner, lens.legend, zoomed=True).y
        buttons = pygame.Rect(inner.x, lowest - 96, 28, 90)
        self._zoom_buttons(view, buttons)
        scale = kit.appearance.scale
        taken = (tabs, state.rect, legend.rect, buttons)
        world.set_reserved([_pixels(rect.move(-area.x, -area.y), scale) for rect in taken])
        view.show_card()
        return view

    def lens(self) -> Lens:
        """What the map shows, computed once for a game, lens and good."""
        play = self.play
        key = (play.version, play.lens, play.good)
        if self._lens is None or (self._lens[0] != key and not self.held):
            self._lens = (key, lens_of(play))
        return self._lens[1]

    def renew(self) -> None:
        """Show the world as it is now."""
        self.held = False
        if self.world is not None:
            lens = self.lens()
            self.world.set_lens(lens.land)
            self.world.set_flows(lens.flows)
        if self.view is not None:
            self.view.mark_dirty()

    def _world(self, kit: Kit, area: pygame.Rect, lens: Lens) -> WorldMap:
        looks = kit.appearance
        if self.world is None:
            self.world = WorldMap(kit.assets.root)
            self.world.set_places(PLACES)
            self.world.set_home(self.play.seat)
        room = _pixels(area, looks.scale)
        self.world.set_size(room.w, room.h, looks.scale)
        self.world.codes = looks.country_codes
        self.world.selected = self.play.selected
        self.world.set_lens(lens.land)
        self.world.set_flows(lens.flows)
        return self.world

    def _choose_lens(self, position: int) -> None:
        self.play.choose_lens(LENSES[position])

    def _zoom_buttons(self, view: MapView, room: pygame.Rect) -> None:
        steps = (
            ("zoom in", "zoom-in", ZOOM_STEP, "Zoom in (+)"),
            ("zoom out", "zoom-out", 1 / ZOOM_STEP, "Zoom out (−)"),
            ("whole world", "globe", 0.0, "Show the whole world (Home)"),
        )
        for number, (name, icon, factor, words) in enumerate(steps):
            rect = pygame.Rect(room.x, room.y + number * 30, 28, 28)
            view.add(_MapButton(rect, view, name, icon, factor, words))

    def on_key(self, event: pygame.event.Event) -> bool:
        """F1 to F5 choose the lens, plus and minus zoom."""
        if event.key in LENS_KEYS:
            self.play.choose_lens(LENSES[LENS_KEYS.index(event.key)])
            return True
        factor = {"+": ZOOM_STEP, "=": ZOOM_STEP, "-": 1 / ZOOM_STEP}.get(event.unicode)
        if factor is None:
            return False
        if self.view is not None:
            self.view.zoom(factor)
        return True


class MapView(Widget):
    """The map itself: pointing, dragging, the wheel and the arrow keys."""

    focusable = True
    radius = 10.0

    def __init__(self, rect: pygame.Rect, panel: MapPanel, world: WorldMap, kit: Kit) -> None:
        super().__init__(rect, name="map", tip=None)
        self.panel = panel
        panel.view = self
        self.play = panel.play
        self.world = world
        self.focus_outset = 0
        self._kit = kit
        self._card: PlaceCard | None = None
        self.legend: Legend | None = None
        self._held: tuple[int, int] | None = None
        self._dragged = False

    # --- what is pointed at

    def show_card(self) -> None:
        """Show the card of the place under the pointer, or of the one chosen."""
        code = self.world.hover or self.play.selected
        spot = self.world.node_position(code) if code else None
        self._card = None
        if code and spot:
            scale = self._kit.appearance.scale
            within = (spot[0] - self.panel.drawn_at[0], spot[1] - self.panel.drawn_at[1])
            beside = (self.rect.x + round(within[0] / scale), self.rect.y + round(within[1] / scale))
            self._card = PlaceCard(self._kit, self.rect, beside, self.play, code)
        self.mark_dirty()

    def _point_at(self, point: tuple[int, int]) -> None:
        inside = self.at(point) is self
        code = self.world.place_at(self._window(point)) if inside else None
        if code != self.world.hover:
            self.world.hover = code
            self.show_card()

    def _window(self, point: tuple[int, int]) -> tuple[int, int]:
        scale = self._kit.appearance.scale
        return int(point[0] * scale), int(point[1] * scale)

    def update(self, dt_ms: int) -> None:
        """Forget the pointer once it has left; mark the places at an open window."""
        marked = frozenset(open_windows(self.play))
        if marked != self.world.marked:
            self.world.marked = marked
            self.show_card()
        if self.world.hover and self.layer and self.layer.root.at(self.layer.pointer) is not self:
            self.world.hover = None
            self.show_card()

    # --- events

    def handle(self, event: pygame.event.Event) -> bool:
        if event.type == pygame.KEYDOWN:
            return self._key(event)
        if event.type == pygame.MOUSEWHEEL:
            pointer = self.layer.pointer if self.layer else self.rect.center
            self.zoom(ZOOM_STEP**event.y, pointer)
            return True
        if pressed(event):
            if self.world.minimap_jump(self._window(event.pos)):
                self._moved()
                return True
            self._held, self._dragged = event.pos, False
            return True
        if event.type == pygame.MOUSEMOTION:
            self._motion(event.pos)
            return False
        if event.type == pygame.MOUSEBUTTONUP and event.button == 1 and self._held:
            self._held = None
            if not self._dragged:
                self.play.select(self.world.place_at(self._window(event.pos)))
            return True
        return False

    def _motion(self, point: tuple[int, int]) -> None:
        if self._held is None:
            self._point_at(point)
            return
        dx, dy = point[0] - self._held[0], point[1] - self._held[1]
        if self._dragged or math.hypot(dx, dy) > CLICK_SLOP:
            self._dragged, self._held = True, point
            scale = self._kit.appearance.scale
            self.world.pan(dx * scale, dy * scale)
            self._moved()

    def _key(self, event: pygame.event.Event) -> bool:
        if event.key in DIRECTIONS:
            dx, dy = DIRECTIONS[event.key]
            if event.mod & pygame.KMOD_SHIFT:
                self.world.pan(-dx * KEY_PAN, -dy * KEY_PAN)
                self._moved()
            else:
                self._step(dx, dy)
            return True
        if event.key == pygame.K_HOME:
            self.show_world()
            return True
        return False

    def _step(self, dx: int, dy: int) -> None:
        """Choose the nearest place in a direction."""
        here = self.world.node_position(self.play.selected or self.play.seat)
        spots = {place.code: self.world.node_position(place.code) for place in PLACES}
        if here is None:
            self.play.select(self.play.seat)
            return
        best, least = None, math.inf
        for code, spot in spots.items():
            if spot is None or spot == here:
                continue
            along = (spot[0] - here[0]) * dx + (spot[1] - here[1]) * dy
            aside = abs((spot[0] - here[0]) * dy) + abs((spot[1] - here[1]) * dx)
            if along > 0 and along + 2.0 * aside < least:
                best, least = code, along + 2.0 * aside
        if best:
            self.play.select(best)

    # --- looking

    def zoom(self, factor: float, at: tuple[int, int] | None = None) -> None:
        """Zoom about a point in logical px, or about the place chosen."""
        code = self.play.selected or self.play.seat
        spot = self._window(at) if at else self.world.node_position(code)
        self.world.zoom_at(spot or self._window(self.rect.center), factor)
        self._moved()

    def show_world(self) -> None:
        """Go back to the whole world."""
        self.world.show_world()
        self._moved()

    def look_at(self, code: str) -> None:
        """Bring a place into view if it is not."""
        if self.world.node_position(code) is None:
            place = PLACE_BY_CODE[code]
            self.world.look_at(place.lon, place.lat, self.world.zoom)
            self._moved()

    def _moved(self) -> None:
        if self.legend:
            self.legend.fit(zoomed=self.world.zoom > ZOOMED)
        self.show_card()

    # --- drawing

    def draw_self(self, canvas: Canvas) -> None:
        motion = not canvas.kit.appearance.reduced_motion
        room = canvas.to_pixels(self.rect)
        self.panel.drawn_at = room.topleft
        self.world.draw(canvas.surface, room, pygame.time.get_ticks(), motion=motion)
        canvas.surface.blit(frame(room.w, room.h, canvas.scale, canvas.kit), room)

    def draw_children(self, canvas: Canvas) -> None:
        super().draw_children(canvas)
        if self._card:
            self._card.layer = self.layer
            self._card.draw(canvas)


class _MapButton(Button):
    """A button that lies on the map."""

    def __init__(self, rect: pygame.Rect, view: MapView, name: str, icon: str, factor: float, words: str) -> None:
        act = (lambda: view.zoom(factor)) if factor else view.show_world
        super().__init__(rect, "", act, kind="icon", icon=icon, name=name, tip=Tip(words, plain("")))

    def draw_self(self, canvas: Canvas) -> None:
        canvas.box(self.rect, paint.Box(theme.TOPBAR, line=theme.LINE, radius=6, alpha=225))
        super().draw_self(canvas)


_frames: dict[tuple[int, int, float, bool], pygame.Surface] = {}


def frame(width: int, height: int, scale: float, kit: Kit) -> pygame.Surface:
    """The rounded edge of the map in window px: clear inside, ink outside."""
    key = (width, height, scale, kit.appearance.high_contrast)
    if key not in _frames:
        _frames.clear()
        _frames[key] = _make_frame(width, height, scale, kit)
    return _frames[key]


def _make_frame(width: int, height: int, scale: float, kit: Kit) -> pygame.Surface:
    radius = theme.RADIUS_PANEL * scale
    outside = 255.0 * (1.0 - paint.rounded_coverage(width, height, radius, 0.0))
    rgb = outside[..., None] * 0.0 + kit.colour(theme.INK)
    edge = paint.from_arrays(rgb, outside)
    line = paint.box(
        width, height, paint.Box(None, line=kit.colour(theme.LINE), radius=radius, line_width=max(1.0, scale))
    )
    return paint.merged([edge, line])


def _pixels(rect: pygame.Rect, scale: float) -> pygame.Rect:
    left, top = int(rect.x * scale + 0.5), int(rect.y * scale + 0.5)
    return pygame.Rect(left, top, int(rect.right * scale + 0.5) - left, int(rect.bottom * scale + 0.5) - top)
