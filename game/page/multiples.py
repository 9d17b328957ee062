"""Small multiples: the same small chart for each of many, on one scale, so that they can be compared at a glance."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from game.page.blocks import Cell
from game.page.frame import WIDTH, chart, plot, word
from game.page.html import Html, element, joined
from game.page.lines import Line, sparkline
from game.page.scale import bounds

HEIGHT, ACROSS, GAP = 132.0, 4, 10.0


@dataclass(frozen=True, slots=True)
class Panel:
    """One of the small charts: its name, its lines, and a word at its right."""

    name: str
    lines: Sequence[Line]
    note: str = ""


def small_multiples(
    title: str,
    labels: Sequence[str],
    panels: Sequence[Panel],
    *,
    desc: str = "",
    low: float | None = None,
    high: float | None = None,
    level: float | None = None,
) -> Html:
    """A small chart for each panel, four in a row, all on the same scales.

    Parameters
    ----------
    level : a value that each panel is compared with, as zero or par.
    """
    values = [v for panel in panels for line in panel.lines for v in line.values]
    ends = bounds([*values, level], low, high)
    width = (WIDTH - GAP * (ACROSS - 1)) / ACROSS
    content = [
        element(
            "g",
            _panel(panel, labels, ends, width, level),
            transform=f"translate({(k % ACROSS) * (width + GAP):.1f} {(k // ACROSS) * (HEIGHT + GAP):.1f})",
        )
        for k, panel in enumerate(panels)
    ]
    height = -(-len(panels) // ACROSS) * (HEIGHT + GAP)
    lines = [(f"{panel.name} {line.name}".strip(), line.values) for panel in panels for line in panel.lines]
    rows: list[list[Cell]] = [[label, *(values[k] for _, values in lines)] for k, label in enumerate(labels)]
    return chart(title, desc, content, height, ["", *(name for name, _ in lines)], rows)


def _panel(panel: Panel, labels: Sequence[str], ends: tuple[float, float], width: float, level: float | None) -> Html:
    shown = [label if k in (0, len(labels) - 1) else "" for k, label in enumerate(labels)]
    area = plot(shown, *ends, HEIGHT, 14.0, width, 10.0)
    rule = []
    if level is not None:
        y = area.y.at(level)
        rule = [element("line", x1=area.x.start, x2=area.x.end, y1=y, y2=y, class_="level")]
    last = len(labels) - 1
    along = [
        word(area.x.at(0.0), HEIGHT - 16, labels[0]) if labels else "",
        word(area.x.at(float(last)), HEIGHT - 16, labels[-1], anchor="end") if last > 0 else "",
    ]
    ticks = joined(
        joined(
            [
                element("line", x1=area.x.start, x2=area.x.end, y1=area.y.at(v), y2=area.y.at(v), class_="grid"),
                word(area.x.start - 6, area.y.at(v) + 4, f"{v:g}", anchor="end"),
            ]
        )
        for v in (area.levels[0], area.levels[-1])
    )
    name = word(area.x.start, 14.0, panel.name, class_="name strong")
    note = word(area.x.end, 14.0, panel.note, anchor="end")
    return joined([ticks, *rule, sparkline(area, panel.lines), *along, name, note])
