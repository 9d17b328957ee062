"""Charts over time: lines with numbered annotations, and fans of a forecast."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from game.page.blocks import Cell
from game.page.frame import LEFT, WIDTH, Plot, chart, plot, tone_of, word
from game.page.html import Html, element, joined, pixels
from game.page.scale import bounds, spread_apart

Values = Sequence[float | None]
#: Room that a row of pins takes, pins that fit beside each other, rows of them.
PIN, PIN_GAP, PIN_ROWS = 18.0, 19.0, 4
NAME_GAP = 15.0
#: Average width of a letter of a line's name, and most room that names take.
LETTER, MOST_ROOM = 6.6, 240.0


@dataclass(frozen=True, slots=True)
class Line:
    """One line: a value at each label, None where there is none."""

    name: str
    values: Values
    tone: str | None = None
    dashed: bool = False


@dataclass(frozen=True, slots=True)
class Pin:
    """Something that happened: at which label (a position, may lie between two), and what."""

    at: float
    text: str
    tone: str = "neutral"


@dataclass(frozen=True, slots=True)
class Level:
    """A value worth a line across the chart."""

    value: float
    text: str


@dataclass(frozen=True, slots=True)
class Band:
    """Part of a fan: from which to which value at each label; the widest comes first."""

    name: str
    low: Values
    high: Values


def line_chart(
    title: str,
    labels: Sequence[str],
    lines: Sequence[Line],
    *,
    desc: str = "",
    pins: Sequence[Pin] = (),
    levels: Sequence[Level] = (),
    low: float | None = None,
    high: float | None = None,
    height: float = 320.0,
) -> Html:
    """Lines over labels, each named at its end; pins are numbered and told in a list under the chart.

    Parameters
    ----------
    labels : along the horizontal axis, as names of quarters.
    levels : lines across, named at the left.
    low, high : ends of the vertical axis; those of the values if not given.
    height : of the drawing; its width is 860.
    """
    return fan_chart(title, labels, (), lines, desc=desc, pins=pins, levels=levels, low=low, high=high, height=height)


def fan_chart(
    title: str,
    labels: Sequence[str],
    bands: Sequence[Band],
    lines: Sequence[Line],
    *,
    desc: str = "",
    pins: Sequence[Pin] = (),
    levels: Sequence[Level] = (),
    low: float | None = None,
    high: float | None = None,
    height: float = 320.0,
) -> Html:
    """A fan of bands with lines on it; otherwise as `line_chart`."""
    every_value = [
        *(value for line in lines for value in line.values),
        *(value for band in bands for value in (*band.low, *band.high)),
        *(level.value for level in levels),
    ]
    rows = _rows([pin.at for pin in pins], len(labels), WIDTH - LEFT - _room(lines))
    above = PIN * (max(rows) + 1) if rows else 0.0
    area = plot(labels, *bounds(every_value, low, high), height + above, above, right=_room(lines))
    content = [
        area.frame,
        *(_band(area, band, place) for place, band in enumerate(bands)),
        *(_level(area, level) for level in levels),
        *(_pin(area, pin, number, row) for number, (pin, row) in enumerate(zip(pins, rows, strict=True), start=1)),
        *(_line(area, line, place) for place, line in enumerate(lines)),
        *_names(area, lines),
    ]
    head, numbers = _numbers(labels, bands, lines)
    return chart(title, desc, content, height + above, head, numbers, _told(pins))


def _numbers(labels: Sequence[str], bands: Sequence[Band], lines: Sequence[Line]) -> tuple[list[str], list[list[Cell]]]:
    named = [(line.name, line.values) for line in lines]
    for band in bands:
        named += [(f"{band.name}, from", band.low), (f"{band.name}, to", band.high)]
    rows: list[list[Cell]] = [
        [label, *(values[k] if k < len(values) else None for _, values in named)] for k, label in enumerate(labels)
    ]
    return ["", *(name for name, _ in named)], rows


def segments(values: Values) -> list[list[tuple[int, float]]]:
    """Stretches of values without a gap, with their positions."""
    found: list[list[tuple[int, float]]] = [[]]
    for place, value in enumerate(values):
        if value is None:
            found.append([])
        else:
            found[-1].append((place, value))
    return [stretch for stretch in found if stretch]


def path_of(area: Plot, values: Values) -> str:
    """The path of a line, with gaps where values are missing."""
    return " ".join(
        "M" + " L".join(f"{pixels(area.x.at(float(k)))} {pixels(area.y.at(v))}" for k, v in stretch)
        for stretch in segments(values)
    )


def _line(area: Plot, line: Line, place: int) -> Html:
    tone = tone_of(place, line.tone)
    dash = " dashed" if line.dashed else f" dash{place // 9}" if place >= 9 else ""
    return element("path", element("title", line.name), d=path_of(area, line.values), class_=f"line {tone}{dash}")


def _names(area: Plot, lines: Sequence[Line]) -> list[Html]:
    """The name of each line at its end, pushed apart where they would overlap."""
    ends = [(place, segments(line.values)[-1][-1]) for place, line in enumerate(lines) if segments(line.values)]
    wanted = [area.y.at(value) for _, (_, value) in ends]
    heights = spread_apart(wanted, NAME_GAP, area.y.end, area.y.start)
    return [
        word(area.x.end + 8, height + 4, lines[place].name, class_=f"name {tone_of(place, lines[place].tone)}")
        for (place, _), height in zip(ends, heights, strict=True)
    ]


def _band(area: Plot, band: Band, place: int) -> Html:
    there = [(float(k), v) for k, v in enumerate(band.high) if v is not None]
    back = [(float(k), v) for k, v in enumerate(band.low) if v is not None][::-1]
    points = " ".join(f"{pixels(area.x.at(k))},{pixels(area.y.at(v))}" for k, v in (*there, *back))
    return element("polygon", element("title", band.name), points=points, class_=f"band band{place}")


def _level(area: Plot, level: Level) -> Html:
    y = area.y.at(level.value)
    rule = element("line", x1=area.x.start, x2=area.x.end, y1=y, y2=y, class_="level")
    return joined([rule, word(area.x.start + 6, y - 5, level.text, class_="label strong")])


def _room(lines: Sequence[Line]) -> float:
    """Room at the right for the names of lines."""
    return min(max([len(line.name) * LETTER for line in lines], default=0.0) + 20.0, MOST_ROOM)


def _rows(places: Sequence[float], count: int, across: float) -> list[int]:
    """The row of each pin, so that none covers another: the first in which it has room."""
    width = across / max(count - 1, 1)
    last = [-1e9] * PIN_ROWS
    rows = []
    for place in places:
        at = place * width
        row = next((r for r in range(PIN_ROWS) if at - last[r] >= PIN_GAP), min(range(PIN_ROWS), key=lambda r: last[r]))
        last[row] = at
        rows.append(row)
    return rows


def _pin(area: Plot, pin: Pin, number: int, row: int) -> Html:
    x, y = area.x.at(pin.at), 10.0 + PIN * row
    return joined(
        [
            element("line", x1=x, x2=x, y1=y, y2=area.y.start, class_="stem"),
            element("circle", element("title", pin.text), cx=x, cy=y, r=8.5, class_=f"pin {tone_of(0, pin.tone)}"),
            word(x, y + 4, str(number), anchor="middle", class_="pin-number"),
        ]
    )


def _told(pins: Sequence[Pin]) -> Html:
    return element("ol", *(element("li", pin.text) for pin in pins), class_="pins") if pins else Html("")


def sparkline(area: Plot, lines: Sequence[Line]) -> Html:
    """Lines alone, for a small chart."""
    return joined(_line(area, line, place) for place, line in enumerate(lines))
