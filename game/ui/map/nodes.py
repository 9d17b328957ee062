"""Flags on the map: where each stands, how it is drawn, where its label goes, which one is under the pointer."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
import pygame

from game.ui.map.geometry import Points, project
from game.ui.map.model import Colour, MapColours, MapPlace
from game.ui.map.view import View

HIT_RADIUS = 14.0  # logical px
FLAG_RADIUS = 10.0
HOME_FLAG_RADIUS = 12.0
RING = 2.0
MARK = 9.0
SPACING = 27.0  # logical px between the centres of two flags
ROUNDS = 80
LEADER_FROM = 6.0  # a flag moved further than this from its place is tied to it by a line
OUT_OF_VIEW = 6.0

LabelSize = Callable[[str], tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Node:
    """One flag in a view, pixels from the map's corner; `label` is None where its text finds no free room."""

    place: MapPlace
    anchor: tuple[float, float]
    centre: tuple[float, float]
    radius: float
    label: pygame.Rect | None

    @property
    def moved(self) -> float:
        """Distance from the place's true position."""
        return math.dist(self.anchor, self.centre)


def stand_flags(places: Sequence[MapPlace], view: View, scale: float) -> dict[str, tuple[float, float]]:
    """Place the flags whose node is in view and push apart those that would overlap."""
    anchors = {place.code: view.at(*project(place.lon, place.lat)) for place in places}
    margin = OUT_OF_VIEW * scale
    seen = {
        code: (x, y)
        for code, (x, y) in anchors.items()
        if -margin <= x <= view.width + margin and -margin <= y <= view.height + margin
    }
    edge = (FLAG_RADIUS + 2 * RING) * scale
    limits = np.array([[edge, edge], [max(edge, view.width - edge), max(edge, view.height - edge)]])
    centres = spread(np.array(list(seen.values())).reshape(-1, 2), SPACING * scale, limits)
    return {code: (float(x), float(y)) for code, (x, y) in zip(seen, centres, strict=True)}


def spread(anchors: Points, spacing: float, limits: Points) -> Points:
    """Move points apart to `spacing` while a weak pull keeps them near their anchors and inside the limits."""
    centres = np.clip(anchors, limits[0], limits[1])
    for _ in range(ROUNDS):
        offset = centres[:, None] - centres[None, :]
        distance = np.hypot(offset[..., 0], offset[..., 1])
        overlap = np.where(distance < spacing, spacing - distance, 0.0)
        np.fill_diagonal(overlap, 0.0)
        if not overlap.any():
            break
        push = offset / np.maximum(distance, 1e-6)[..., None] * overlap[..., None]
        centres = centres + 0.45 * push.sum(axis=1) + 0.02 * (anchors - centres)
        centres = np.clip(centres, limits[0], limits[1])
    return centres


def lay_nodes(
    places: Sequence[MapPlace],
    view: View,
    scale: float,
    home: str | None,
    label_size: LabelSize,
    reserved: Sequence[pygame.Rect],
) -> list[Node]:
    """Stand the flags and give each label the first free spot, the player's own place first.

    Parameters
    ----------
    places : sequence of MapPlace
        Earlier places choose before later ones.
    view : View
        What the map shows.
    scale : float
        Window pixels in a logical pixel.
    home : str or None
        Code of the player's place, whose flag is larger.
    label_size : callable
        Width and height of a label's text, pixels.
    reserved : sequence of Rect
        Parts of the map that others draw over, pixels from the map's corner.
    """
    centres = stand_flags(places, view, scale)
    radii = {code: (HOME_FLAG_RADIUS if code == home else FLAG_RADIUS) * scale for code in centres}
    reach = RING * scale + 1
    taken = [circle_box(centres[code], radii[code] + reach) for code in centres]
    taken += [pygame.Rect(rect) for rect in reserved]
    bounds = pygame.Rect(0, 0, view.width, view.height)
    nodes = []
    for place in sorted(places, key=lambda place: place.code != home):
        if place.code in centres:
            centre, radius = centres[place.code], radii[place.code]
            spots = label_spots(centre, radius + reach, label_size(place.name), scale)
            room = round(4 * scale)
            label = next(
                (spot for spot in spots if bounds.contains(spot) and spot.inflate(room, 0).collidelist(taken) < 0), None
            )
            taken += [label] if label is not None else []
            nodes.append(Node(place, view.at(*project(place.lon, place.lat)), centre, radius, label))
    return nodes


def circle_box(centre: tuple[float, float], radius: float) -> pygame.Rect:
    """Box round a circle."""
    side = math.ceil(2 * radius)
    return pygame.Rect(round(centre[0] - radius), round(centre[1] - radius), side, side)


def label_spots(centre: tuple[float, float], reach: float, size: tuple[int, int], scale: float) -> list[pygame.Rect]:
    """Boxes around a flag in order of preference: below, above, right, left, the corners, then the same farther out."""
    x, y = centre
    width, height = size
    middle, side, corner = x - width / 2.0, y - height / 2.0, 0.6 * reach
    spots: list[tuple[float, float]] = []
    for gap in (0.0, 5.0 * scale):
        below, above, right, left = y + reach + gap, y - reach - gap - height, x + reach + gap, x - reach - gap - width
        spots += [(middle, below), (middle, above), (right, side), (left, side)]
        spots += [(middle + shift * width, edge) for edge in (below, above) for shift in (0.25, -0.25, 0.45, -0.45)]
        spots += [(right, edge) for edge in (y + corner, y - corner - height)]
        spots += [(left, edge) for edge in (y + corner, y - corner - height)]
    return [pygame.Rect(round(left_edge), round(top), width, height) for left_edge, top in spots]


def node_at(nodes: Sequence[Node], x: float, y: float, scale: float) -> Node | None:
    """Find the nearest flag whose hit circle holds a point."""
    near = [(math.dist(node.centre, (x, y)), node.place.code, node) for node in nodes]
    reached = [entry for entry in near if entry[0] <= max(HIT_RADIUS * scale, entry[2].radius)]
    return min(reached)[2] if reached else None


class Labels:
    """Text with a dark halo, rendered once."""

    def __init__(self, font_file: Path, ink: Colour) -> None:
        self._font_file = font_file
        self._ink = ink
        self._font = lru_cache(maxsize=8)(self._open)
        self.text = lru_cache(maxsize=512)(self._text)

    def _open(self, pixels: int) -> pygame.font.Font:
        if not pygame.font.get_init():
            pygame.font.init()
        return pygame.font.Font(self._font_file, pixels)

    def size(self, text: str, pixels: int) -> tuple[int, int]:
        """Box of a label: its halo included, the empty part of the line above the capitals left out."""
        width, height = self._font(pixels).size(text)
        return width + 2, round(0.82 * height)

    def _text(self, text: str, pixels: int, colour: Colour) -> pygame.Surface:
        """Render a label whose halo is one pixel wide."""
        font = self._font(pixels)
        dark, bright = font.render(text, True, self._ink), font.render(text, True, colour)
        label = pygame.Surface((bright.get_width() + 2, bright.get_height() + 2), pygame.SRCALPHA, 32)
        for shift in ((0, 0), (1, 0), (2, 0), (0, 1), (2, 1), (0, 2), (1, 2), (2, 2)):
            label.blit(dark, shift)
        label.blit(bright, (1, 1))
        return label


class Flags:
    """Round flags, or codes in their place, drawn once for each size and ring."""

    def __init__(self, folder: Path, labels: Labels, colours: MapColours) -> None:
        self._folder = folder
        self._labels = labels
        self._ink = colours.ink
        self._panel = colours.panel
        self._text = colours.label
        self._picture = lru_cache(maxsize=64)(self._load)
        self.marker = lru_cache(maxsize=256)(self._marker)

    def _load(self, flag: str) -> pygame.Surface:
        return pygame.image.load(self._folder / f"{flag}.png")

    def _marker(self, flag: str, code: str | None, radius: float, ring: Colour, width: float) -> pygame.Surface:
        """Draw a flag, or a code if one is given, with its ring and a dark edge; radius and ring width in pixels."""
        samples, edge = 4, 1.0
        side = 2 * math.ceil(radius + width + edge)
        fine = pygame.Surface((side * samples, side * samples), pygame.SRCALPHA, 32)
        centre = (side * samples / 2, side * samples / 2)
        pygame.draw.circle(fine, self._ink, centre, (radius + width + edge) * samples)
        pygame.draw.circle(fine, ring, centre, (radius + width) * samples)
        pygame.draw.circle(fine, self._ink if code is None else self._panel, centre, (radius + edge / 2) * samples)
        marker = pygame.transform.smoothscale(fine, (side, side))
        if code is None:
            diameter = 2 * round(radius)
            face = pygame.transform.smoothscale(self._picture(flag), (diameter, diameter))
        else:
            face = self._labels.text(code, round(radius), self._text)
        marker.blit(face, face.get_rect(center=(side // 2, side // 2)))
        return marker


def draw_nodes(
    surface: pygame.Surface,
    origin: tuple[int, int],
    nodes: Sequence[Node],
    rings: Mapping[str, Colour],
    flags: Flags,
    scale: float,
    *,
    codes: bool,
) -> None:
    """Blit every flag, with a line to its true position where it had to move."""
    for node in nodes:
        ring = rings[node.place.code]
        centre = (origin[0] + round(node.centre[0]), origin[1] + round(node.centre[1]))
        if node.moved > LEADER_FROM * scale:
            anchor = (origin[0] + round(node.anchor[0]), origin[1] + round(node.anchor[1]))
            pygame.draw.aaline(surface, ring, anchor, centre)
            pygame.draw.circle(surface, ring, anchor, max(1, round(1.6 * scale)))
    for node in nodes:
        code = node.place.code if codes else None
        marker = flags.marker(node.place.flag, code, node.radius, rings[node.place.code], RING * scale)
        x, y = origin[0] + round(node.centre[0]), origin[1] + round(node.centre[1])
        surface.blit(marker, (x - marker.get_width() // 2, y - marker.get_height() // 2))


def draw_marks(
    surface: pygame.Surface, origin: tuple[int, int], nodes: Sequence[Node], colours: MapColours, scale: float
) -> None:
    """Draw a small open window at the upper right of flags: a frame with its cross, one wing ajar."""
    side, line = max(9, round(MARK * scale)), max(1, round(scale))
    for node in nodes:
        reach = 0.72 * (node.radius + RING * scale)
        left = origin[0] + round(node.centre[0] + reach - side / 3)
        top = origin[1] + round(node.centre[1] - reach - 2 * side / 3)
        frame = pygame.Rect(left, top, side, side)
        pygame.draw.rect(surface, colours.ink, frame.inflate(4 * line, 4 * line), border_radius=2 * line)
        pygame.draw.rect(surface, colours.accent, frame, line)
        pygame.draw.line(surface, colours.accent, (frame.centerx, frame.top), (frame.centerx, frame.bottom - 1), line)
        hinge, edge = frame.centerx, frame.centerx - side // 3
        wing = [frame.midtop, (edge, top + side // 4), (edge, frame.bottom + line), (hinge, frame.bottom - 1)]
        pygame.draw.polygon(surface, colours.accent, wing)
