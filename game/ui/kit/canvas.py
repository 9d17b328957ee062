"""Drawing in logical pixels: the only place where widgets meet window pixels."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace

import pygame

from game.ui import theme
from game.ui.kit import paint
from game.ui.kit.assets import Assets
from game.ui.kit.cache import BoundedCache
from game.ui.kit.paint import Box
from game.ui.kit.text import Line, TextEngine, overflow_recorder
from game.ui.theme import TYPE, Colour


@dataclass(frozen=True, slots=True)
class Appearance:
    """What a player may choose about the looks.

    Attributes
    ----------
    scale : float
        Window px for one logical px.
    country_codes : bool
        Show ISO3 codes in place of flags.
    """

    scale: float = 1.0
    high_contrast: bool = False
    reduced_motion: bool = False
    country_codes: bool = False


class Kit:
    """What widgets measure and draw with: assets, text and the player's choices about looks."""

    def __init__(self, assets: Assets, appearance: Appearance) -> None:
        self.assets = assets
        self.appearance = appearance
        self.text = TextEngine(assets, appearance.scale)
        self.looks: BoundedCache[Box, Box] = BoundedCache(300)

    def colour(self, colour: Colour) -> Colour:
        """Return the colour to draw, which high contrast may change."""
        return theme.HIGH_CONTRAST.get(colour, colour) if self.appearance.high_contrast else colour

    def pixels(self, length: float) -> int:
        """Return a logical length in window px, at least 1 for a length above 0."""
        return max(1, int(length * self.appearance.scale + 0.5)) if length > 0 else 0


class Canvas:
    """A surface of window px that takes logical coordinates.

    Parameters
    ----------
    surface : pygame.Surface
        Where to draw.
    kit : Kit
        Fonts, icons, scale and contrast.
    """

    def __init__(self, surface: pygame.Surface, kit: Kit) -> None:
        self.surface = surface
        self.kit = kit
        self.scale = kit.appearance.scale
        self._rooms: list[pygame.Rect] = [surface.get_rect()]
        self.painted: frozenset[int] = frozenset()

    def to_pixels(self, rect: pygame.Rect) -> pygame.Rect:
        """Return a logical rect in window px; neighbours that touch still touch."""
        if self.scale == 1.0:
            return rect
        scale = self.scale
        left, top = int(rect.x * scale + 0.5), int(rect.y * scale + 0.5)
        return pygame.Rect(left, top, int(rect.right * scale + 0.5) - left, int(rect.bottom * scale + 0.5) - top)

    @contextmanager
    def within(self, rect: pygame.Rect) -> Iterator[None]:
        """Say that text drawn in the block belongs inside `rect`."""
        if not overflow_recorder.recording:
            yield
            return
        self._rooms.append(self._rooms[-1].clip(self.to_pixels(rect)))
        try:
            yield
        finally:
            self._rooms.pop()

    @contextmanager
    def scrolled(self, rect: pygame.Rect) -> Iterator[None]:
        """Clip to `rect`; text in the block may lie above or below it but not beside it."""
        before = self.surface.get_clip()
        window = self.to_pixels(rect)
        self.surface.set_clip(before.clip(window))
        self._rooms.append(pygame.Rect(window.x, -100_000, window.w, 200_000))
        try:
            yield
        finally:
            self.surface.set_clip(before)
            self._rooms.pop()

    @contextmanager
    def sideways(self, rect: pygame.Rect) -> Iterator[None]:
        """Clip to `rect`; text in the block may be longer than it (an edited line that scrolls)."""
        before = self.surface.get_clip()
        window = self.to_pixels(rect)
        self.surface.set_clip(before.clip(window))
        self._rooms.append(pygame.Rect(-100_000, window.y, 200_000, window.h))
        try:
            yield
        finally:
            self.surface.set_clip(before)
            self._rooms.pop()

    def has_still(self, widget: object) -> bool:
        """Say whether a widget is part of the background that was already copied here."""
        return id(widget) in self.painted

    def visible(self, rect: pygame.Rect) -> bool:
        """Say whether any of `rect` would be seen."""
        return bool(self.surface.get_clip().colliderect(self.to_pixels(rect)))

    def fill(self, rect: pygame.Rect, colour: Colour, alpha: int = 255) -> None:
        """Fill a rect without rounding."""
        if alpha == 255:
            self.surface.fill(self.kit.colour(colour), self.to_pixels(rect))
        else:
            self.box(rect, Box(colour, alpha=alpha))

    def box(self, rect: pygame.Rect, look: Box) -> None:
        """Draw a rounded box; radius and line width of `look` are logical px."""
        target = self.to_pixels(rect)
        if target.w <= 0 or target.h <= 0:
            return
        resolved = self._resolved(look)
        rim = int(max(resolved.radius, resolved.line_width)) + 2
        plain = not resolved.bottom and resolved.alpha == 255
        if resolved.fill and plain and target.h > 2 * rim and target.w > 2 * rim:
            self._plain_box(target, resolved, resolved.fill, rim)
        else:
            self.surface.blit(paint.box(target.w, target.h, resolved), target)

    def _plain_box(self, target: pygame.Rect, look: Box, fill: Colour, rim: int) -> None:
        """Draw an opaque box of one colour: blend only its top and bottom bands, fill what is between."""
        bands = paint.box(target.w, 2 * rim, look)
        surface = self.surface
        surface.blit(bands, target.topleft, (0, 0, target.w, rim))
        surface.blit(bands, (target.x, target.bottom - rim), (0, rim, target.w, rim))
        between = (target.x, target.y + rim, target.w, target.h - 2 * rim)
        if look.line:
            line = int(look.line_width)
            surface.fill(look.line, (target.x, between[1], line, between[3]))
            surface.fill(look.line, (target.right - line, between[1], line, between[3]))
            surface.fill(fill, (target.x + line, between[1], target.w - 2 * line, between[3]))
        else:
            surface.fill(fill, between)

    def _resolved(self, look: Box) -> Box:
        """Return a look in window px and in the colours of the player's choice."""
        if self.scale == 1.0 and not self.kit.appearance.high_contrast:
            return look
        return self.kit.looks.get(look, lambda: self._resolve(look))

    def _resolve(self, look: Box) -> Box:
        colour = self.kit.colour
        return replace(
            look,
            fill=colour(look.fill) if look.fill else None,
            bottom=colour(look.bottom) if look.bottom else None,
            line=colour(look.line) if look.line else None,
            radius=look.radius * self.scale,
            line_width=max(1.0, round(look.line_width * self.scale)),
        )

    def horizontal(self, x: int, y: int, width: int, colour: Colour = theme.LINE) -> None:
        """Draw a rule one logical px high."""
        start = self.to_pixels(pygame.Rect(x, y, width, 1))
        self.surface.fill(self.kit.colour(colour), (start.x, start.y, start.w, self.kit.pixels(1)))

    def vertical(self, x: int, y: int, height: int, colour: Colour = theme.LINE) -> None:
        """Draw a rule one logical px wide."""
        start = self.to_pixels(pygame.Rect(x, y, 1, height))
        self.surface.fill(self.kit.colour(colour), (start.x, start.y, self.kit.pixels(1), start.h))

    def circle(self, centre: tuple[float, float], radius: float, look: Box) -> None:
        """Draw a disc or ring; `radius` of the look is ignored."""
        left, top = centre[0] - radius, centre[1] - radius
        side = max(1, int(2 * radius * self.scale + 0.5))
        resolved = replace(self._resolved(look), radius=side / 2)
        position = (int(left * self.scale + 0.5), int(top * self.scale + 0.5))
        self.surface.blit(paint.box(side, side, resolved), position)

    def focus_ring(self, rect: pygame.Rect, radius: float, outset: int = 2) -> None:
        """Draw the 2 px ring that shows where the keyboard is."""
        around = rect.inflate(2 * outset, 2 * outset)
        self.box(around, Box(None, line=theme.ACCENT, line_width=theme.FOCUS_WIDTH, radius=radius + outset))

    def text(
        self, text: str, rect: pygame.Rect, role: str = "body", colour: Colour = theme.TEXT, *,
        align: str = "left", ellipsis: bool = False,
    ) -> pygame.Rect:  # fmt: skip
        """Draw one line of text, vertically centred in `rect`.

        Parameters
        ----------
        align : {"left", "center", "right"}
            Where in the rect.
        ellipsis : bool
            Whether text that is too wide may be cut; otherwise it must fit, and the overflow recorder says if not.

        Returns
        -------
        pygame.Rect
            Where the text came to lie, in logical px.
        """
        if not text:
            return pygame.Rect(rect.x, rect.y, 0, rect.h)
        if ellipsis:
            text = self.kit.text.shortened(text, role, rect.w)
        drawn = self.kit.text.surface(text, role, self.kit.colour(colour))
        room = self.to_pixels(rect)
        width, height = drawn.get_size()
        if align == "left":
            left = room.x
        elif align == "right":
            left = room.right - width
        else:
            left = room.x + (room.w - width) // 2
        top = room.y + (room.h - height) // 2
        self.surface.blit(drawn, (left, top))
        if overflow_recorder.recording:
            self._record(text, drawn, left, top, room)
        return pygame.Rect(int(left / self.scale), rect.y, int(width / self.scale + 0.999), rect.h)

    def _record(self, text: str, drawn: pygame.Surface, left: int, top: int, room: pygame.Rect) -> None:
        ink = drawn.get_bounding_rect().move(left, top)
        # Sideways the whole run must fit the rect it was given; up and down only ink must stay in the widget.
        across = pygame.Rect(room.x, self._rooms[-1].y, room.w, self._rooms[-1].h)
        overflow_recorder.record(text, ink, self._rooms[-1].clip(across))

    def lines(self, lines: tuple[Line, ...], rect: pygame.Rect, align: str = "left") -> None:
        """Draw wrapped text from the top left of `rect`."""
        for line in lines:
            used = sum(fragment.width for fragment in line.fragments)
            shift = 0.0 if align == "left" else (rect.w - used) / (1 if align == "right" else 2)
            for fragment in line.fragments:
                place = pygame.Rect(int(rect.x + shift + fragment.x + 0.5), rect.y + line.y, 0, line.height)
                place.width = min(int(fragment.width + 1.5), max(1, rect.right - place.x))
                self.text(fragment.text, place, fragment.span.role, fragment.span.colour)
                if fragment.span.tip:
                    self._dots(place, fragment.span.colour)

    def _dots(self, rect: pygame.Rect, colour: Colour) -> None:
        room = self.to_pixels(pygame.Rect(rect.x, rect.bottom - 2, rect.w, 1))
        dot = self.kit.pixels(1)
        self.surface.blit(paint.dots(room.w, dot, self.kit.colour(colour)), room)

    def icon(self, name: str, rect: pygame.Rect, colour: Colour = theme.TEXT_2, size: int = 18) -> None:
        """Draw an icon `size` logical px wide in the middle of `rect`."""
        side = self.kit.pixels(size)
        room = self.to_pixels(rect)
        drawn = self.kit.assets.icon(name, side, self.kit.colour(colour))
        self.surface.blit(drawn, (room.x + (room.w - side) // 2, room.y + (room.h - side) // 2))

    def flag(self, code: str, rect: pygame.Rect, ring: Colour | None = None) -> None:
        """Draw a round flag filling `rect`, or the ISO3 code when the player chose codes."""
        side = min(rect.w, rect.h)
        middle = rect.center
        if ring:
            self.circle(middle, side / 2, Box(theme.INK, line=ring, line_width=2))
            side -= 8 if side > 30 else 4
        if self.kit.appearance.country_codes:
            # The code must stay readable: where the disc is small it gets a chip as wide as its letters.
            room = pygame.Rect(0, 0, max(side, int(self.kit.text.width(code, "figure_small")) + 6), max(side, 18))
            room.center = middle
            self.box(room, Box(theme.SEGMENT, radius=room.h / 2))
            self.text(code, room, "figure_small", theme.TEXT, align="center")
            return
        pixels = self.kit.pixels(side)
        drawn = self.kit.assets.flag(code, pixels)
        self.surface.blit(drawn, (int(middle[0] * self.scale) - pixels // 2, int(middle[1] * self.scale) - pixels // 2))

    def line_height(self, role: str) -> int:
        """Return the line height of a type role in logical px."""
        return TYPE[role].line
