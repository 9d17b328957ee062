"""A matrix of values as coloured cells, each with its figure: win matrices, orders by strategy, gates by quarter."""

from __future__ import annotations

from collections.abc import Sequence

from game.page.blocks import Cell
from game.page.frame import WIDTH, chart, word
from game.page.html import Html, element, figure
from game.page.scale import bounds

NAMES, ROW, WIDEST = 170.0, 26.0, 74.0
#: Height that a letter of a slanted column name takes.
LETTER = 4.8
#: Steps of the colour scale on each side; the classes `heat0`.. and `cold0`.. of style.css.
STEPS = 5
#: Cells narrower than this show no figure.
NARROWEST = 34.0


def heat_matrix(
    title: str,
    rows: Sequence[str],
    columns: Sequence[str],
    values: Sequence[Sequence[float | None]],
    *,
    desc: str = "",
    centre: float | None = None,
    low: float | None = None,
    high: float | None = None,
    digits: int = 2,
) -> Html:
    """Cells coloured by value, from light to full; with a `centre`, above and below it in two colours.

    Parameters
    ----------
    values : by row, then column; None for no value.
    low, high : values of the weakest and the fullest colour.
    digits : digits that count, of the figure in each cell.
    """
    size = min((WIDTH - NAMES) / max(len(columns), 1), WIDEST)
    least, most = bounds((v for row in values for v in row), low, high)
    head = 22.0 + LETTER * max(map(len, columns), default=0)
    content: list[object] = [_column(name, NAMES + size * (k + 0.5), head) for k, name in enumerate(columns)]
    for r, (name, row) in enumerate(zip(rows, values, strict=True)):
        top = head + ROW * r
        content.append(word(NAMES - 10, top + ROW / 2 + 4, name, anchor="end", class_="name"))
        for k, value in enumerate(row):
            colour = _colour(value, least, most, centre)
            shown = figure(value, digits) if size >= NARROWEST else ""
            content += _cell(NAMES + size * k, top, size, colour, shown, f"{name}, {columns[k]}: {figure(value)}")
    numbers: list[list[Cell]] = [[name, *row] for name, row in zip(rows, values, strict=True)]
    return chart(title, desc, content, head + ROW * len(rows) + 8, ["", *columns], numbers)


def _column(name: str, x: float, head: float) -> Html:
    return element(
        "text", name, x=0.0, y=0.0, transform=f"translate({x:.1f} {head - 8:.1f}) rotate(-40)", class_="label"
    )


def _colour(value: float | None, low: float, high: float, centre: float | None) -> str:
    if value is None:
        return "blank"
    if centre is None:
        return f"heat{_step((value - low) / (high - low))}"
    reach = max(high - centre, centre - low, 1e-12)
    return f"{'heat' if value >= centre else 'cold'}{_step(abs(value - centre) / reach)}"


def _step(share: float) -> int:
    return min(max(int(share * STEPS), 0), STEPS - 1)


def _cell(x: float, y: float, size: float, colour: str, shown: str, told: str) -> list[Html]:
    cell = element(
        "rect", element("title", told), x=x + 1, y=y + 1, width=size - 2, height=ROW - 2, rx=3, class_=f"cell {colour}"
    )
    return [cell, word(x + size / 2, y + ROW / 2 + 4, shown, anchor="middle", class_=f"in {colour}")]
