"""The introduction to a first game: one page, whose words lie with the assets."""

from __future__ import annotations

from pathlib import Path

from game.ui import theme
from game.ui.kit.modal import Message
from game.ui.kit.tips import Span

TITLE = "How to play"


def introduction(assets: Path) -> Message:
    """The page as a modal.

    Parameters
    ----------
    assets : Path
        The asset folder.

    Raises
    ------
    OSError
        The text cannot be read.
    """
    text = (assets / "text" / "first_game.txt").read_text(encoding="utf-8")
    return Message(TITLE, page_spans(text), subtitle="A first game on one page", icon="book-open", width=720)


def page_spans(text: str) -> tuple[Span, ...]:
    """Lines of a page as runs: those that begin with # are heads."""
    spans = []
    for line in text.strip().splitlines():
        if line.startswith("# "):
            spans.append(Span(f"{line[2:]}\n", "section", theme.TEXT))
        else:
            spans.append(Span(f"{line}\n", "body", theme.TEXT_2))
    return tuple(spans)
