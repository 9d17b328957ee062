"""What doctrines are made from: `steady`, with another character and moves of their own.

A doctrine is one file with a class that has a name, a motto and a `character`; `act(council)` gives orders before the
rest of the quarter's, and `speak(embassy)` makes proposals and motions after the others, if it has them.
"""

from __future__ import annotations

from typing import Any, ClassVar

from agents.strategies import strategies
from agents.strategies.character import FAMILY, PLAIN, Character
from agents.strategies.steady import Steady


def doctrines() -> tuple[str, ...]:
    """Names of the doctrines of the game, `steady` first: over which the spread of scores is measured."""
    ours = [
        name
        for name, kind in strategies().items()
        if kind is Steady or (issubclass(kind, Doctrine) and kind.__module__.startswith("agents.strategies."))
    ]
    return tuple(sorted(ours, key=lambda name: (name != Steady.name, name)))


class Doctrine(Steady):
    """Base of the doctrines, which decide in one pass with `steady` unless they change how it works."""

    character: ClassVar[Character] = PLAIN

    def __init_subclass__(cls, **named: Any) -> None:
        """Join the family, unless methods of `steady` are replaced."""
        super().__init_subclass__(**named)
        if not any(hasattr(Steady, name) for name in vars(cls) if callable(vars(cls)[name])):
            cls.family = FAMILY
