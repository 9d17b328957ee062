"""Names of the rules' parameters, looked up without reading a scenario: a mistyped one is told at once."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from game.core.errors import PaxError
from game.core.parameters import declared
from game.files.near import did_you_mean


@cache
def ranges() -> dict[str, tuple[float, float]]:
    """Lowest and highest value of each parameter, by subject and name, as 'market.stickiness'."""
    return {name: (low, high) for name, _, _, low, high, _ in declared()}


@cache
def subjects() -> tuple[str, ...]:
    """What parameters are about, in the order in which they are declared."""
    return tuple(dict.fromkeys(name.partition(".")[0] for name in ranges()))


def unknown_subject(subject: str) -> str | None:
    """Why there is no such subject; None if there is."""
    if subject in subjects():
        return None
    return f"unknown subject '{subject}'{did_you_mean(subject, subjects())}; one of: {', '.join(subjects())}"


def unknown_parameter(full: str) -> str | None:
    """Why there is no parameter of that subject and name; None if there is."""
    return None if full in ranges() else f"unknown parameter '{full}'{did_you_mean(full, ranges())}"


def refuse_unknown_parameters(overrides: Sequence[str]) -> None:
    """Raise PaxError for an override `parameters.subject.name=value` of a number that the rules have not."""
    for text in overrides:
        path, equals, _ = text.partition("=")
        head, *below = path.split(".")
        if not equals or head != "parameters" or not 1 <= len(below) <= 2:
            continue
        wrong = unknown_subject(below[0])
        if wrong is not None:
            raise PaxError(f"--set {text}: parameters.{below[0]}: {wrong}")
        wrong = unknown_parameter(".".join(below)) if len(below) == 2 else None
        if wrong is not None:
            raise PaxError(f"--set {text}: {path}: {wrong}")
