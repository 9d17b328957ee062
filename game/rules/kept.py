"""What need not be worked out twice: constants of a scenario, and readings that several ask for of one world.

Nothing about a game is kept here: whatever is kept follows from what it is asked for, and is worked out again for
anything else. A world of one game is a flat list of some thousand small array calls; each that is not made counts.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from operator import attrgetter
from typing import Any, Concatenate, ParamSpec, TypeVar
from weakref import ref

from game.core.scenario import Scenario
from game.core.world import World

P = ParamSpec("P")
R = TypeVar("R")
#: Scenarios whose constants are kept at a time.
MOST_SCENARIOS = 8


def constants_of(derive: Callable[[Scenario], R]) -> Callable[[Scenario], R]:
    """Derive constants once for each scenario."""
    kept: dict[int, tuple[Scenario, R]] = {}

    @wraps(derive)
    def constants(s: Scenario) -> R:
        known = kept.get(id(s))
        # The scenario is kept too, so that no other can come by its id.
        if known is None:
            if len(kept) >= MOST_SCENARIOS:
                kept.clear()
            known = kept[id(s)] = (s, derive(s))
        return known[1]

    return constants


#: What is kept of readings that hold the world which they are of.
_holding: list[dict[tuple[int, ...], Any]] = []


def let_go() -> None:
    """Forget the readings that hold a whole world, once seats have decided: the world would stay with them until
    somebody asks for one of the next."""
    for kept in _holding:
        kept.clear()


def reading_of(
    *parts: str, holds_world: bool = False
) -> Callable[[Callable[Concatenate[World, P], R]], Callable[Concatenate[World, P], R]]:
    """Keep the last reading for as long as the arrays that it depends on, `parts` of the world, are the same objects.

    Phases never write into an array of a world, so the same object holds the same numbers. The reading belongs to all
    who ask: they do not write into it either. It keeps none of these arrays in memory, and is forgotten with the first
    of them that is gone: its place may be another's then. A reading that works things out of its world when it is asked
    for them keeps them all, and says so by `holds_world`: it is forgotten by `let_go`.
    """
    look = attrgetter(*parts, parts[0])  # of one name alone it would not make a tuple

    def decorate(read: Callable[Concatenate[World, P], R]) -> Callable[Concatenate[World, P], R]:
        kept: dict[tuple[int, ...], tuple[R, object, object]] = {}
        if holds_world:
            _holding.append(kept)

        def forget(_: object) -> None:
            kept.clear()

        @wraps(read)
        def reading(world: World, /, *rest: P.args, **named: P.kwargs) -> R:
            arrays = look(world)
            asked = (*rest, *named.values()) if named else rest
            key = tuple(map(id, arrays + asked))
            known = kept.get(key)
            if known is not None:
                return known[0]
            value = read(world, *rest, **named)
            kept.clear()
            kept[key] = value, [ref(array, forget) for array in arrays], asked
            return value

        return reading

    return decorate
