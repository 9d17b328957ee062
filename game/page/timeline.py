"""A timeline: spans of time in rows, and points in them; contracts in force, gates that bind, laws, strategies."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from game.page.blocks import Cell
from game.page.frame import WIDTH, chart, tone_of, word
from game.page.html import Html, element, joined
from game.page.scale import Scale, every

NAMES, ROW, FOOT, MARGIN = 190.0, 24.0, 30.0, 12.0
#: Average width of a letter in a span: words that do not fit are left to the tooltip and the table.
LETTER = 6.6


@dataclass(frozen=True, slots=True)
class Span:
    """Something that lasted: in which row, from which label to which (the last one included), and what.

    Parameters
    ----------
    ended : `kept`, or `broken`: then a cross stands at its end.
    """

    row: str
    first: int
    last: int
    text: str
    tone: str | None = None
    ended: str = "kept"


def timeline(
    title: str, labels: Sequence[str], spans: Sequence[Span], *, desc: str = "", rows: Sequence[str] = ()
) -> Html:
    """Spans over labels; spans of one row that overlap stand under each other.

    Parameters
    ----------
    rows : names of rows in their order; those of the spans, as they come, if not given.
    """
    names = list(rows) or list(dict.fromkeys(span.row for span in spans))
    lanes = {name: _lanes([span for span in spans if span.row == name]) for name in names}
    x = Scale(0.0, float(max(len(labels), 1)), NAMES, WIDTH - MARGIN)
    content: list[object] = []
    bottom = 6.0 + ROW * sum(max(len(lane), 1) for lane in lanes.values())
    content += _along(labels, x, bottom)
    top = 6.0
    for name in names:
        content.append(element("line", x1=0.0, x2=WIDTH - MARGIN, y1=top, y2=top, class_="grid"))
        content.append(word(NAMES - 10, top + ROW / 2 + 4, name, anchor="end", class_="name"))
        for lane in lanes[name]:
            content += [_span(span, x, top, names.index(name)) for span in lane]
            top += ROW
        if not lanes[name]:
            top += ROW
    numbers: list[list[Cell]] = [
        [span.row, labels[span.first], labels[min(span.last, len(labels) - 1)], span.text, span.ended] for span in spans
    ]
    return chart(title, desc, content, top + FOOT, ["", "from", "to", "what", "end"], numbers)


def _lanes(spans: Sequence[Span]) -> list[list[Span]]:
    """Spans of one row in lanes, in which none overlap."""
    lanes: list[list[Span]] = []
    for span in sorted(spans, key=lambda s: (s.first, s.last)):
        free = next((lane for lane in lanes if lane[-1].last < span.first), None)
        if free is None:
            lanes.append([span])
        else:
            free.append(span)
    return lanes


def _along(labels: Sequence[str], x: Scale, bottom: float) -> list[Html]:
    drawn = []
    for k in range(0, len(labels), every(len(labels))):
        at = x.at(float(k))
        drawn.append(element("line", x1=at, x2=at, y1=6.0, y2=bottom, class_="grid"))
        if at < x.end - 40.0:
            drawn.append(word(at, bottom + 18, labels[k]))
    return drawn


def _span(span: Span, x: Scale, top: float, row: int) -> Html:
    left, right = x.at(float(span.first)), x.at(float(span.last + 1))
    width = max(right - left - 2, 3.0)
    most = int((width - 10) / LETTER)
    text = span.text if len(span.text) <= most else span.text[: max(most - 1, 0)] + "…" if most >= 6 else ""
    broken = span.ended == "broken"
    parts = [
        element(
            "rect", element("title", span.text), x=left + 1, y=top + 3, width=width, height=ROW - 6, rx=4,
            class_=f"span {tone_of(row, span.tone)}{' broken' if broken else ''}",
        ),
        word(left + 7, top + ROW / 2 + 4, text, class_="in-span"),
    ]  # fmt: skip
    if broken:
        parts.append(word(right + 1, top + ROW / 2 + 5, "✗", class_="cross"))
    return joined(parts)
