"""Numbers with their sources: what a scenario says of each number, taken off before the schema looks at it.

A number may be plain, or a mapping `{value, low, high, unit, source, date, estimate, note}`. Any mapping may carry
`source` with `date`, or `estimate`, and speaks then for all numbers below it. A number that nothing speaks for is an
error.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from game.core.errors import InputError, Problem
from game.files.document import Document, KeyPath
from game.files.near import did_you_mean

BASIS = ("source", "date", "estimate", "note")
_FIGURE = ("value", "low", "high", "unit", *BASIS)
#: Frame of the game, not claims about the world: these need no source.
_FREE = frozenset({"quarters", "quarters_per_round", "epilogue_quarters"})

#: Picks a value from (path, low, value, high); used by `run --uncertain`.
Draw = Callable[[KeyPath, float, float, float], float]


@dataclass(frozen=True, slots=True)
class Figure:
    """What stands behind one number."""

    path: KeyPath
    value: float
    low: float | None
    high: float | None
    unit: str | None
    source: tuple[str, ...]
    date: str | None
    estimate: str | None

    def basis(self) -> str:
        """One line for tooltips: source with date, or the reason of the estimate."""
        if self.source:
            return f"{', '.join(self.source)} ({self.date})"
        return f"estimate: {self.estimate}"


@dataclass(frozen=True, slots=True)
class _Basis:
    source: tuple[str, ...] = ()
    date: str | None = None
    estimate: str | None = None


def take_off(document: Document, sources: frozenset[str], draw: Draw | None = None) -> tuple[Any, list[Figure]]:
    """The document's values as plain numbers, and the figures behind them.

    Parameters
    ----------
    document : what was read.
    sources : keys that `source` may name.
    draw : if given, picks each estimate that states a range.

    Raises
    ------
    InputError
        A number without source or estimate, a dangling source, a figure with wrong keys or an empty range.
    """
    walker = _Walker(document, sources, draw)
    plain = walker.walk(document.value, (), _Basis())
    if walker.problems:
        raise InputError(walker.problems[:20])
    return plain, walker.figures


class _Walker:
    def __init__(self, document: Document, sources: frozenset[str], draw: Draw | None) -> None:
        self.document = document
        self.sources = sources
        self.draw = draw
        self.problems: list[Problem] = []
        self.figures: list[Figure] = []

    def walk(self, value: Any, path: KeyPath, basis: _Basis) -> Any:
        if isinstance(value, dict):
            basis = self._basis(value, path, basis)
            if "value" in value:
                return self._figure(value, path, basis)
            return {k: self.walk(v, (*path, k), basis) for k, v in value.items() if k not in BASIS}
        if isinstance(value, list):
            return [self.walk(v, (*path, i), basis) for i, v in enumerate(value)]
        if isinstance(value, int | float) and not isinstance(value, bool):
            self._record(Figure(path, float(value), None, None, None, basis.source, basis.date, basis.estimate))
        return value

    def _basis(self, block: dict[Any, Any], path: KeyPath, outer: _Basis) -> _Basis:
        if "estimate" in block:
            reason = block["estimate"]
            if not isinstance(reason, str) or not reason.strip():
                self._problem((*path, "estimate"), "an estimate says why, in words")
            return _Basis(estimate=str(reason), source=())
        if "source" not in block:
            return outer
        named = block["source"] if isinstance(block["source"], list) else [block["source"]]
        for name in named:
            if name not in self.sources:
                hint = did_you_mean(str(name), self.sources)
                self._problem((*path, "source"), f"'{name}' is not in sources.yaml{hint}")
        if "date" not in block:
            self._problem((*path, "source"), "a source needs a date beside it")
        return _Basis(source=tuple(map(str, named)), date=str(block.get("date")))

    def _figure(self, block: dict[Any, Any], path: KeyPath, basis: _Basis) -> Any:
        for key in block:
            if key not in _FIGURE:
                hint = did_you_mean(str(key), _FIGURE)
                self._problem((*path, key), f"unknown key{hint}; a figure has {', '.join(_FIGURE)}", key=True)
        numbers = [block.get(key) for key in ("low", "value", "high")]
        low, value, high = (n if isinstance(n, int | float) and not isinstance(n, bool) else None for n in numbers)
        if value is None:
            self._problem((*path, "value"), f"'{block['value']}' is no number")
            return block["value"]
        if not (value if low is None else low) <= value <= (value if high is None else high):
            self._problem(path, f"low <= value <= high is needed; found {low}, {value}, {high}")
        unit = block.get("unit")
        self._record(Figure(path, float(value), low, high, unit, basis.source, basis.date, basis.estimate))
        if self.draw and low is not None and high is not None and basis.estimate is not None:
            return self.draw(path, float(low), float(value), float(high))
        return value

    def _record(self, figure: Figure) -> None:
        if not figure.source and figure.estimate is None and figure.path[:1] and figure.path[0] not in _FREE:
            self._problem(figure.path, "no source: name `source` and `date`, or `estimate` and why, here or above it")
        self.figures.append(figure)

    def _problem(self, path: KeyPath, message: str, *, key: bool = False) -> None:
        self.problems.append(self.document.problem(path, message, key=key))
