"""What a tooltip says: plain records, so that a screen can build explanations without drawing anything."""

from __future__ import annotations

from dataclasses import dataclass

from game.ui.theme import TEXT, Colour


@dataclass(frozen=True, slots=True)
class Span:
    """A run of text in one role and colour.

    Attributes
    ----------
    tip : Tip or None
        What the run explains when pointed at; such a run is underlined with dots.
    """

    text: str
    role: str = "body"
    colour: Colour = TEXT
    tip: Tip | None = None


@dataclass(frozen=True, slots=True)
class Term:
    """One line of a figure's explanation: its name and its share of the figure, as shown."""

    name: str
    figure: str
    colour: Colour = TEXT
    tip: Tip | None = None


@dataclass(frozen=True, slots=True)
class Tip:
    """What is shown beside a control or figure.

    Attributes
    ----------
    title : str
        What it is.
    body : tuple of Span
        One or two sentences; runs may carry tips of their own.
    terms : tuple of Term
        The parts that add up to the figure.
    source : str
        Where the figure comes from; shown last and quiet.
    blocked : str
        What blocks the control and what would unblock it.
    """

    title: str
    body: tuple[Span, ...] = ()
    terms: tuple[Term, ...] = ()
    source: str = ""
    blocked: str = ""


def plain(text: str, role: str = "body", colour: Colour = TEXT) -> tuple[Span, ...]:
    """Return `text` as the single run of a rich text."""
    return (Span(text, role, colour),) if text else ()
