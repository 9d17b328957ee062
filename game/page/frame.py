"""What every chart has: a frame with axes, a title and a description that a screen reader tells, and its numbers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from game.page.blocks import Cell, table
from game.page.html import Html, element, figure, joined, key_of
from game.page.scale import Scale, every, ticks

WIDTH = 860
#: Room for words left, right, above and below what is drawn.
LEFT, RIGHT, TOP, BOTTOM = 56.0, 132.0, 16.0, 34.0
#: Colours by name; each has a value for the screen and one for paper in style.css.
TONES = ("pax", "prc", "accent", "good", "bad", "tool", "mineral", "chip", "neutral")


def tone_of(position: int, tone: str | None = None) -> str:
    """The tone asked for, or the one that comes next. Raises ValueError for a tone that there is not."""
    if tone is None:
        return TONES[position % len(TONES)]
    if tone not in TONES:
        raise ValueError(f"tone '{tone}': there are {', '.join(TONES)}")
    return tone


@dataclass(frozen=True, slots=True)
class Plot:
    """The drawing area of a chart with a horizontal axis of labels and a vertical axis of values."""

    x: Scale
    y: Scale
    levels: tuple[float, ...]
    labels: tuple[str, ...]

    @property
    def frame(self) -> Html:
        """Grid and the words on both axes."""
        return joined([*self._across(), *self._along()])

    def _across(self) -> list[Html]:
        digits = 3 if max(map(abs, self.levels)) < 1e4 else 5
        drawn = []
        for level in self.levels:
            y = self.y.at(level)
            drawn.append(element("line", x1=self.x.start, x2=self.x.end, y1=y, y2=y, class_="grid"))
            drawn.append(word(self.x.start - 8, y + 4, figure(level, digits), anchor="end"))
        return drawn

    def _along(self) -> list[Html]:
        step, bottom = every(len(self.labels)), max(self.y.start, self.y.end)
        return [
            word(self.x.at(float(k)), bottom + 20, self.labels[k], anchor="middle")
            for k in range(0, len(self.labels), step)
        ]


def plot(
    labels: Sequence[str],
    low: float,
    high: float,
    height: float,
    above: float = 0.0,
    width: float = WIDTH,
    right: float = RIGHT,
) -> Plot:
    """Lay out a plot of `labels` along and values from `low` to `high` across.

    Parameters
    ----------
    height : of the whole drawing.
    above : room kept free at the top, for pins.
    right : room at the right, for the names of lines.
    """
    levels = ticks(low, high)
    x = Scale(0.0, float(max(len(labels) - 1, 1)), LEFT, width - right)
    y = Scale(levels[0], levels[-1], height - BOTTOM, TOP + above)
    return Plot(x, y, tuple(levels), tuple(labels))


def word(x: float, y: float, text: str, anchor: str = "start", class_: str = "label") -> Html:
    """Words in a drawing."""
    return element("text", text, x=float(x), y=float(y), text_anchor=anchor, class_=class_)


def drawing(title: str, desc: str, content: Sequence[object], height: float, width: float = WIDTH) -> Html:
    """A picture with its title and description."""
    key = key_of(title, desc, *content)
    return element(
        "svg",
        element("title", title, id=f"{key}t"),
        element("desc", desc or title, id=f"{key}d"),
        *content,
        viewBox=f"0 0 {width:g} {height:g}",
        role="img",
        aria_labelledby=f"{key}t {key}d",
        xmlns="http://www.w3.org/2000/svg",
    )


def chart(
    title: str,
    desc: str,
    content: Sequence[object],
    height: float,
    head: Sequence[str],
    rows: Sequence[Sequence[Cell]],
    notes: object = "",
    width: float = WIDTH,
) -> Html:
    """A figure: its caption, the picture, notes under it, and its numbers as a table for those who cannot see it."""
    numbers = element("details", element("summary", "Numbers"), table(head, rows))
    caption = element("figcaption", element("strong", title), *([" ", desc] if desc else []))
    picture = drawing(title, desc, content, height, width)
    return element("figure", caption, picture, notes, numbers, class_="chart")
