"""Pieces of running text: paragraphs, lists, tables, headline figures, verdicts. Each returns markup."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from game.page.html import Html, element, joined, safe

Cell = str | float | int | None
#: Tones of a badge or notice: what it means, the sign beside it, so that colour is never alone.
SIGNS = {"good": "✓", "bad": "✗", "open": "?", "plain": ""}


@dataclass(frozen=True, slots=True)
class Fact:
    """A headline figure: what it is, the figure, and a line under it."""

    label: str
    value: Cell
    note: str = ""


def prose(*paragraphs: object) -> Html:
    """Paragraphs."""
    return joined(element("p", paragraph) for paragraph in paragraphs)


def bullets(items: Sequence[object], ordered: bool = False) -> Html:
    """A list; nothing where it is empty."""
    listed = [element("li", item) for item in items]
    return element("ol" if ordered else "ul", *listed) if listed else Html("")


def heading(text: object, level: int = 3) -> Html:
    """A heading inside a section."""
    return element(f"h{level}", text)


def badge(text: str, tone: str = "plain") -> Html:
    """A verdict in one word, with its sign. Raises KeyError for a tone not in SIGNS."""
    sign = SIGNS[tone]
    return element("span", f"{sign} {text}".strip(), class_=f"badge {tone}")


def notice(text: object, tone: str = "plain") -> Html:
    """A paragraph that stands out. Raises KeyError for a tone not in SIGNS."""
    sign = SIGNS[tone]
    return element("p", f"{sign} " if sign else "", text, class_=f"notice {tone}")


def facts(found: Sequence[Fact]) -> Html:
    """Headline figures side by side."""
    cards = [
        element(
            "div",
            element("dt", fact.label),
            element("dd", safe(fact.value), element("small", fact.note) if fact.note else "", class_="figure"),
            class_="fact",
        )
        for fact in found
    ]
    return element("dl", *cards, class_="facts")


def table(head: Sequence[str], rows: Sequence[Sequence[object]], caption: str = "") -> Html:
    """A table; its first column names the rows, and numbers stand right-aligned in equal digits."""
    numbers = [_is_number(cell) for cell in rows[0]] if rows else []
    columns = zip(head, [*numbers, *[False] * len(head)], strict=False)
    top = element("tr", *(element("th", t, scope="col", class_="number" if n else None) for t, n in columns))
    body = [element("tr", *(_cell(cell, position == 0) for position, cell in enumerate(row))) for row in rows]
    inside = [element("caption", caption)] if caption else []
    drawn = element("table", *inside, element("thead", top), element("tbody", *body))
    return element("div", drawn, class_="table")


def _cell(cell: object, first: bool) -> Html:
    if first:
        return element("th", safe(cell), scope="row")
    return element("td", safe(cell), class_="number" if _is_number(cell) else None)


def _is_number(cell: object) -> bool:
    return isinstance(cell, int | float) or cell is None


def columns(*parts: object) -> Html:
    """Parts side by side where there is room."""
    return element("div", *(element("div", part) for part in parts), class_="columns")
