"""Horizontal bars, each with an interval where there is one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from game.page.frame import WIDTH, chart, tone_of, word
from game.page.html import Html, element, figure
from game.page.scale import Scale, bounds, ticks

ROW, VALUES, FOOT = 26.0, 110.0, 30.0
#: Average width of a letter of a name, and most room that names take.
LETTER, MOST_NAMES = 6.8, 360.0


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: its value, and from where to where it may lie; a note stands at its right, in place of the figure."""

    name: str
    value: float | None
    low: float | None = None
    high: float | None = None
    tone: str | None = None
    note: str = ""


def bar_chart(
    title: str,
    bars: Sequence[Bar],
    *,
    desc: str = "",
    unit: str = "",
    low: float | None = None,
    high: float | None = None,
    base: float = 0.0,
) -> Html:
    """Bars from `base`, one under the other, with whiskers over their intervals.

    Parameters
    ----------
    low, high : ends of the axis; those of the values, intervals and base if not given.
    base : where bars begin.
    """
    values = [base, *(v for bar in bars for v in (bar.value, bar.low, bar.high))]
    marks = ticks(*bounds(values, low, high))
    names = min(max([len(bar.name) * LETTER for bar in bars], default=0.0) + 20.0, MOST_NAMES)
    x = Scale(marks[0], marks[-1], names, WIDTH - VALUES)
    bottom = 8.0 + ROW * len(bars)
    content: list[object] = []
    for mark in marks:
        at = x.at(mark)
        content.append(element("line", x1=at, x2=at, y1=4.0, y2=bottom, class_="level" if mark == base else "grid"))
        content.append(word(at, bottom + 18, figure(mark), anchor="middle"))
    for row, bar in enumerate(bars):
        content += _bar(bar, x, base, 8.0 + ROW * row)
    rows = [[bar.name, bar.value, bar.low, bar.high, bar.note] for bar in bars]
    head = ["", f"value {unit}".strip(), "from", "to", "note"]
    return chart(title, desc, content, bottom + FOOT, head, rows)


def _bar(bar: Bar, x: Scale, base: float, top: float) -> list[Html]:
    middle = top + ROW / 2
    drawn = [word(x.start - 10, middle + 4, bar.name, anchor="end", class_="name")]
    if bar.value is not None:
        left, right = sorted((x.at(base), x.at(bar.value)))
        tone = tone_of(0, bar.tone)
        drawn.append(
            element("rect", x=left, y=top + 5, width=right - left, height=ROW - 10, rx=2, class_=f"bar {tone}")
        )
    if bar.low is not None and bar.high is not None:
        drawn += _whisker(x.at(bar.low), x.at(bar.high), middle)
    drawn.append(word(x.end + 8, middle + 4, bar.note or figure(bar.value)))
    return drawn


def _whisker(left: float, right: float, y: float) -> list[Html]:
    return [
        element("line", x1=left, x2=right, y1=y, y2=y, class_="whisker"),
        *(element("line", x1=x, x2=x, y1=y - 4, y2=y + 4, class_="whisker") for x in (left, right)),
    ]
