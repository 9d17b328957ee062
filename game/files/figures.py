"""Numbers with their sources: what a scenario says of each number, taken off before the schema looks at it.

A number may be plain, or a mapping `{value, low, high, unit, source, date, estimate, note}`. Any mapping may carry
`source` with `date`, or `estimate`, and speaks then for all numbers below it. A number that nothing speaks for is an
error.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from game.core.errors import Problem
from game.files.document import Document, KeyPath
from game.files.near import did_you_mean
from game.files.problems import shown

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


@dataclass(frozen=True, slots=True)
class TakenOff:
    """What `take_off` found."""

    plain: Any
    """the document's values, each figure now its number"""
    figures: list[Figure]
    problems: list[Problem]
    """a number without source or estimate, a dangling source, a figure with wrong keys or an empty range"""


def take_off(document: Document, sources: frozenset[str], draw: Draw | None = None) -> TakenOff:
    """The document's values as plain numbers, the figures behind them, and what is wrong with those.

    Parameters
    ----------
    document : what was read.
    sources : keys that `source` may name.
    draw : if given, picks each estimate that states a range.
    """
    walker = _Walker(document, sources, draw)
    plain = walker.walk(document.value, (), _Basis())
    return TakenOff(plain, walker.figures, walker.problems)


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
            if not isinstance(name, str) or name not in self.sources:
                hint = did_you_mean(name, self.sources) if isinstance(name, str) else "; the key of an entry is needed"
                self._problem((*path, "source"), f"{shown(name)} is not in sources.yaml{hint}")
        date = block.get("date")
        if date is None:
            self._problem((*path, "source"), "a source needs a date beside it")
        elif isinstance(date, bool) or not isinstance(date, str | int):
            self._problem((*path, "date"), f"{shown(date)} is no date; write it like '2025' or '2025-12-31'")
        return _Basis(source=tuple(map(str, named)), date=str(block.get("date")))

    def _figure(self, block: dict[Any, Any], path: KeyPath, basis: _Basis) -> Any:
        for key in block:
            if key not in _FIGURE:
                hint = did_you_mean(str(key), _FIGURE)
                self._problem((*path, key), f"unknown key{hint}; a figure has {', '.join(_FIGURE)}", key=True)
        low, value, high = (self._number(block, key, path) for key in ("low", "value", "high"))
        if value is None:
            return block["value"]
        if not (value if low is None else low) <= value <= (value if high is None else high):
            self._problem(path, f"low <= value <= high is needed; found {low}, {value}, {high}")
        unit = block.get("unit")
        self._record(Figure(path, float(value), low, high, unit, basis.source, basis.date, basis.estimate))
        if self.draw and low is not None and high is not None and basis.estimate is not None:
            return self.draw(path, float(low), float(value), float(high))
        return value

    def _number(self, block: dict[Any, Any], key: str, path: KeyPath) -> float | None:
        """The number under a key; None, and a problem, for anything else that stands there."""
        found = block.get(key)
        if isinstance(found, int | float) and not isinstance(found, bool):
            return found
        if key in block:
            self._problem((*path, key), f"{shown(found)} is no number; a number is needed")
        return None

    def _record(self, figure: Figure) -> None:
        if not figure.source and figure.estimate is None and figure.path[:1] and figure.path[0] not in _FREE:
            self._problem(figure.path, "no source: name `source` and `date`, or `estimate` and why, here or above it")
        self.figures.append(figure)

    def _problem(self, path: KeyPath, message: str, *, key: bool = False) -> None:
        self.problems.append(self.document.problem(path, message, key=key))
