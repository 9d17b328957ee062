"""What the map is told: places, land colours, flows, and its own colours."""

from __future__ import annotations

from dataclasses import dataclass

Colour = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class MapPlace:
    """One place of the game and the countries it stands for.

    Attributes
    ----------
    code : str
        Key used in lenses, flows and hit tests.
    name : str
        Label beside the flag.
    lon, lat : float
        Where the flag stands, degrees east and north.
    iso_numeric_members : tuple of int
        ISO 3166 numeric codes. Empty: every country that no other place claims.
    flag : str
        File name in `assets/flags` without its ending.
    """

    code: str
    name: str
    lon: float
    lat: float
    iso_numeric_members: tuple[int, ...]
    flag: str


@dataclass(frozen=True, slots=True)
class LandStyle:
    """How a lens shows one place: fill, stripes over it (None: plain) and the ring round its flag (None: quiet)."""

    colour: Colour
    hatch: Colour | None = None
    ring: Colour | None = None


@dataclass(frozen=True, slots=True)
class Flow:
    """Goods moving from one place to another.

    Attributes
    ----------
    start_place, end_place : str
        Codes of two different places.
    colour : Colour
        Class of goods.
    volume : float
        0 to 1, shown as line width and number of comets.
    blocked : bool
        Drawn dashed, in the map's `blocked` colour, with a badge and without comets.
    """

    start_place: str
    end_place: str
    colour: Colour
    volume: float
    blocked: bool = False


@dataclass(frozen=True, slots=True)
class MapColours:
    """The colours that belong to the map itself and not to a lens."""

    ink: Colour = (0x07, 0x0C, 0x16)
    ocean: Colour = (0x0B, 0x14, 0x24)
    ocean_light: Colour = (0x0E, 0x21, 0x3E)
    glow: Colour = (0x4F, 0xA3, 0xE3)
    grid: Colour = (0x1A, 0x2C, 0x48)
    land: Colour = (0x25, 0x32, 0x4A)
    border: Colour = (0x0C, 0x14, 0x24)
    label: Colour = (0xEA, 0xF0, 0xFA)
    ring: Colour = (0x8F, 0xA0, 0xBC)
    outline: Colour = (0xE6, 0xF2, 0xFF)
    accent: Colour = (0xF5, 0xD3, 0x6B)
    blocked: Colour = (0xFF, 0x7A, 0x59)
    panel: Colour = (0x10, 0x1A, 0x2C)
    line: Colour = (0x3C, 0x4F, 0x70)
