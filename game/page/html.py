"""Markup that is safe to put into a page: escaped text, elements, figures in words. Everything else builds on this."""

from __future__ import annotations

import hashlib
import math
from collections.abc import Iterable
from html import escape

#: Characters of a hash that tell two elements of one page apart.
_KEY = 8


class Html(str):
    """Text that is markup already: templates and `element` take it as it is, and escape everything else."""

    __slots__ = ()

    def __html__(self) -> str:
        """Tell the template engine that nothing is to be escaped."""
        return str(self)


#: What stands where a figure is missing.
NOTHING = "–"


def safe(text: object) -> Html:
    """Anything as markup: `Html` as it is, numbers and text escaped."""
    if isinstance(text, Html):
        return text
    shown = figure(text) if isinstance(text, float) else NOTHING if text is None else str(text)
    return Html(escape(shown, quote=True))


def joined(parts: Iterable[object]) -> Html:
    """Several parts, one after the other."""
    return Html("".join(safe(part) for part in parts))


def element(tag: str, *content: object, **attributes: object) -> Html:
    """An element with escaped content and attributes.

    `class_` stands for `class`, other names have `_` in place of `-`; an attribute of None is left out.

    Examples
    --------
    >>> element("p", "a < b", class_="note")
    '<p class="note">a &lt; b</p>'
    """
    written = "".join(
        f' {name.rstrip("_").replace("_", "-")}="{escape(_attribute(value), quote=True)}"'
        for name, value in attributes.items()
        if value is not None
    )
    inside = joined(content)
    return Html(f"<{tag}{written}>{inside}</{tag}>" if inside or tag not in _EMPTY else f"<{tag}{written}/>")


_EMPTY = frozenset({"line", "rect", "circle", "path", "polyline", "polygon", "br", "img", "meta"})


def _attribute(value: object) -> str:
    return pixels(value) if isinstance(value, float) else str(value)


def pixels(value: float) -> str:
    """A length of a drawing: a tenth of a unit is fine enough, and the same text on every machine.

    Examples
    --------
    >>> pixels(12.04), pixels(-0.01)
    ('12', '0')
    """
    text = f"{value:.1f}".removesuffix(".0")
    return "0" if text == "-0" else text


def figure(value: float | None, digits: int = 3) -> str:
    """A number as people read it: thousands apart, about three digits; a dash where there is none.

    Examples
    --------
    >>> figure(1234567.0), figure(0.12345), figure(3.0), figure(None)
    ('1,234,567', '0.123', '3', '–')
    """
    if value is None or not math.isfinite(value):
        return NOTHING
    if value == 0.0:
        return "0"
    places = max(digits - 1 - math.floor(math.log10(abs(value))), 0)
    text = f"{value:,.{min(places, 6)}f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def key_of(*content: object) -> str:
    """A short name for an element of a page, the same for the same content."""
    return "c" + hashlib.sha256("\x1f".join(map(str, content)).encode()).hexdigest()[:_KEY]
