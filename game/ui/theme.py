"""Colours, type roles and measures of the window.

Everything visual that two screens share stands here once. Lengths are logical pixels; `Layout.scale` turns them into
pixels of the window.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

Colour = tuple[int, int, int]

INK: Final[Colour] = (0x07, 0x0C, 0x16)
DEEP: Final[Colour] = (0x0B, 0x14, 0x24)
TOPBAR: Final[Colour] = (0x0D, 0x16, 0x26)
PANEL: Final[Colour] = (0x10, 0x1A, 0x2C)
PANEL_HI: Final[Colour] = (0x17, 0x24, 0x3A)
CARD: Final[Colour] = (0x14, 0x20, 0x36)
CARD_HI: Final[Colour] = (0x19, 0x28, 0x42)
SELECTED: Final[Colour] = (0x1B, 0x2E, 0x4C)
SEGMENT: Final[Colour] = (0x25, 0x39, 0x5A)
WELL: Final[Colour] = (0x0A, 0x12, 0x20)
LINE: Final[Colour] = (0x26, 0x34, 0x4E)
LINE_HI: Final[Colour] = (0x3C, 0x4F, 0x70)
TEXT: Final[Colour] = (0xEA, 0xF0, 0xFA)
TEXT_2: Final[Colour] = (0xA9, 0xB8, 0xD0)
TEXT_3: Final[Colour] = (0x7F, 0x90, 0xAD)
ACCENT: Final[Colour] = (0xF5, 0xD3, 0x6B)
ACCENT_LOW: Final[Colour] = (0xD9, 0xB9, 0x5C)
ACCENT_INK: Final[Colour] = (0x1A, 0x14, 0x05)
PAX: Final[Colour] = (0x4F, 0xA3, 0xE3)
PAX_LAND: Final[Colour] = (0x2A, 0x5F, 0x95)
PLUS: Final[Colour] = (0x38, 0xC1, 0xA0)
PLUS_LAND: Final[Colour] = (0x2B, 0x94, 0x84)
PRC: Final[Colour] = (0xF0, 0x80, 0x3C)
PRC_LAND: Final[Colour] = (0xB0, 0x4A, 0x1C)
PRC_LEANING_LAND: Final[Colour] = (0x5E, 0x3A, 0x2E)
UNDECIDED: Final[Colour] = (0xE9, 0xC4, 0x6A)
UNDECIDED_LAND: Final[Colour] = (0x6B, 0x5F, 0x3C)
NEUTRAL: Final[Colour] = (0x8F, 0xA0, 0xBC)
NEUTRAL_LAND: Final[Colour] = (0x25, 0x32, 0x4A)
CHIP: Final[Colour] = (0x7F, 0xD3, 0xFF)
MINERAL: Final[Colour] = (0xF2, 0xB1, 0x34)
TOOL: Final[Colour] = (0xCF, 0x63, 0xF2)
BAD: Final[Colour] = (0xFF, 0x7A, 0x59)
BLOCKED: Final[Colour] = BAD
GOOD: Final[Colour] = (0x3C, 0xC6, 0xA3)
WARN: Final[Colour] = (0xF2, 0xB1, 0x34)
ACTION: Final[Colour] = (0x21, 0x40, 0x6B)
ACTION_HI: Final[Colour] = (0x2A, 0x4F, 0x82)
ACTION_LINE: Final[Colour] = (0x37, 0x62, 0xA0)
ALARM: Final[Colour] = (0x2A, 0x17, 0x12)

VIRIDIS: Final[tuple[Colour, ...]] = (
    (0x44, 0x01, 0x54),
    (0x41, 0x44, 0x87),
    (0x2A, 0x78, 0x8E),
    (0x22, 0xA8, 0x84),
    (0x7A, 0xD1, 0x51),
    (0xFD, 0xE7, 0x25),
)

HIGH_CONTRAST: Final[Mapping[Colour, Colour]] = MappingProxyType(
    {
        PANEL: (0x08, 0x0E, 0x1A),
        CARD: (0x0B, 0x14, 0x24),
        LINE: (0x6E, 0x82, 0xA6),
        LINE_HI: (0x9D, 0xB0, 0xD0),
        TEXT: (0xFF, 0xFF, 0xFF),
        TEXT_2: (0xDD, 0xE6, 0xF4),
        TEXT_3: (0xC2, 0xCE, 0xE2),
    }
)
"""What the high-contrast setting puts in place of the quiet colours; a colour not listed stays."""


@dataclass(frozen=True, slots=True)
class TypeRole:
    """One use of type: font file (without its ending), size and line height in logical px."""

    font: str
    size: float
    line: int


TYPE: Final[Mapping[str, TypeRole]] = MappingProxyType(
    {
        "logo": TypeRole("BarlowCondensed-Bold", 92, 100),
        "screen": TypeRole("BarlowCondensed-SemiBold", 38, 44),
        "nation": TypeRole("BarlowCondensed-SemiBold", 30, 36),
        "panel": TypeRole("BarlowCondensed-SemiBold", 22, 28),
        "panel_compact": TypeRole("BarlowCondensed-SemiBold", 20, 26),
        "section": TypeRole("BarlowCondensed-SemiBold", 17, 22),
        "menu": TypeRole("BarlowCondensed-SemiBold", 26, 32),
        "reading": TypeRole("Inter-Regular", 15, 23),
        "primary": TypeRole("Inter-Bold", 16, 22),
        "button": TypeRole("Inter-SemiBold", 14, 20),
        "tab": TypeRole("Inter-Medium", 14, 20),
        "card_title": TypeRole("Inter-SemiBold", 14, 20),
        "body": TypeRole("Inter-Regular", 13, 19),
        "body_medium": TypeRole("Inter-Medium", 13, 19),
        "body_bold": TypeRole("Inter-SemiBold", 13, 19),
        "secondary": TypeRole("Inter-Regular", 12.5, 18),
        "figure_small": TypeRole("InterFigures-Medium", 12, 16),
        "figure": TypeRole("InterFigures-SemiBold", 13, 19),
        "figure_card": TypeRole("InterFigures-SemiBold", 14, 20),
        "figure_bar": TypeRole("InterFigures-SemiBold", 16, 22),
        "headline_small": TypeRole("InterFigures-Bold", 20, 26),
        "headline": TypeRole("InterFigures-Bold", 26, 32),
        "headline_large": TypeRole("BarlowCondensed-Bold", 72, 76),
    }
)
"""Every type role by name. Nothing is smaller than 12 px."""

RADIUS_PANEL: Final = 10
RADIUS_CARD: Final = 8
RADIUS_BUTTON: Final = 6
FOCUS_WIDTH: Final = 2
PRIMARY_HEIGHT: Final = 48
BUTTON_HEIGHT: Final = 34
SMALLEST_TARGET: Final = 26

SCALES: Final[tuple[float, ...]] = (1.0, 1.25, 1.5, 2.0, 2.5, 3.0)
SMALLEST_WINDOW: Final = (1280, 720)
COMPACT_BELOW: Final = 1480


def automatic_scale(width: int, height: int) -> float:
    """Return the largest of `SCALES` at which a window of this many pixels still shows 1280x720 logical px.

    Returns
    -------
    float
        1.0 also when the window is smaller than that.
    """
    least_width, least_height = SMALLEST_WINDOW
    fitting = [scale for scale in SCALES if width / scale >= least_width and height / scale >= least_height]
    return max(fitting, default=1.0)


def usable_scale(wanted: float | None, width: int, height: int) -> float:
    """Return the wanted scale, or the automatic one where it is None or would leave too few logical px."""
    largest = automatic_scale(width, height)
    return largest if wanted is None else min(wanted, largest)


@dataclass(frozen=True, slots=True)
class Layout:
    """The measures of one window size, in logical px.

    Attributes
    ----------
    width, height : int
        Size of the whole screen.
    scale : float
        Pixels of the window for one logical pixel.
    compact : bool
        True below a logical width of 1480.
    """

    width: int
    height: int
    scale: float
    compact: bool
    margin: int
    gutter: int
    padding: int
    top_bar: int
    left_panel: int
    right_panel: int
    bottom_strip: int


def layout_for(width: int, height: int, scale: float) -> Layout:
    """Return the measures for a window of `width` x `height` pixels drawn at `scale`."""
    logical_width, logical_height = int(width / scale), int(height / scale)
    if logical_width < COMPACT_BELOW:
        return Layout(logical_width, logical_height, scale, True, 8, 8, 12, 56, 268, 316, 236)
    return Layout(logical_width, logical_height, scale, False, 12, 12, 16, 64, 316, 344, 306)
