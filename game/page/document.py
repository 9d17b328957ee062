"""The page itself: a template, its style, sections with anchors. One string that needs nothing else."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template

from game.page.html import Html, key_of, safe

_TEMPLATES = Path(__file__).with_name("templates")


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a page: its title, a line that says what it shows, and its content in order."""

    title: str
    content: Sequence[object]
    lead: str = ""

    @property
    def anchor(self) -> str:
        """Where links to it go."""
        return key_of(self.title)


def page(
    title: str,
    sections: Sequence[Section],
    *,
    subtitle: str = "",
    opening: Sequence[object] = (),
    footer: str = "",
) -> str:
    """A whole page as HTML text.

    Parameters
    ----------
    opening : what stands above the first section, as headline figures.
    footer : how it was made: command, seeds, hashes.
    """
    rendered = _template().render(
        title=title,
        subtitle=subtitle,
        opening=[safe(part) for part in opening],
        sections=[(s.anchor, s.title, s.lead, [safe(part) for part in s.content]) for s in sections],
        footer=footer,
        style=Html((_TEMPLATES / "style.css").read_text(encoding="utf-8")),
    )
    return rendered.rstrip() + "\n"


@cache
def _template() -> Template:
    environment = Environment(
        loader=FileSystemLoader(_TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template("page.html")
