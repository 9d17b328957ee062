"""What a chart shows: lines, shaded ranges, a level, and pins, as plain records."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from game.ui import theme
from game.ui.theme import Colour


@dataclass(frozen=True, slots=True)
class Series:
    """One line: a value for each position on the x axis (None where there is none).

    Attributes
    ----------
    name : str
        Empty for a line that is only drawn, such as the edge of a range.
    dashed : bool
        So that colour never tells two lines apart alone.
    filled : bool
        Shade the area under the line.
    """

    name: str
    values: tuple[float | None, ...]
    colour: Colour = theme.PAX
    dashed: bool = False
    filled: bool = False
    width: float = 2.0


@dataclass(frozen=True, slots=True)
class Band:
    """A shaded range, such as the middle half of all forecasts; one low and one high for each position."""

    low: tuple[float, ...]
    high: tuple[float, ...]
    colour: Colour = theme.PAX
    alpha: int = 70
    start: int = 0


@dataclass(frozen=True, slots=True)
class Threshold:
    """A dashed level with its meaning; `danger` shades what lies below it."""

    value: float
    text: str = ""
    colour: Colour = theme.BAD
    danger: bool = False


@dataclass(frozen=True, slots=True)
class Pin:
    """Something that happened: a dot on a line, with a few words and all of them in the tip.

    Attributes
    ----------
    position : int
        On the x axis.
    series : int
        Which line it stands on.
    """

    position: int
    text: str
    series: int = 0
    whole: str = ""
    colour: Colour = theme.TEXT


@dataclass(frozen=True, slots=True)
class Plot:
    """Everything a chart shows.

    Attributes
    ----------
    pins : tuple of Pin
        The weightiest first: those whose words find no room are dots alone.
    positions : tuple of str
        Names along the x axis, such as quarters; as many are written as fit.
    shown : callable
        Value to text with its unit.
    low, high : float or None
        Ends of the y axis; None takes them from the values.
    """

    positions: tuple[str, ...]
    series: tuple[Series, ...] = ()
    bands: tuple[Band, ...] = ()
    threshold: Threshold | None = None
    shown: Callable[[float], str] = "{:g}".format
    low: float | None = None
    high: float | None = None
    pins: tuple[Pin, ...] = ()
