"""Reading a scenario: file, base file, overrides, sources, schema, references; then compiled to arrays."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from typing import Any

from game.core.errors import InputError, PaxError, Problem
from game.core.rng import entity_keys, seeds, uniform
from game.core.scenario import Scenario
from game.files import scenario_schema as schema
from game.files.compile_scenario import compiled
from game.files.document import Document, KeyPath
from game.files.figures import Draw, Figure, take_off
from game.files.layers import document_of, layered, overridden
from game.files.paths import scenario_path, scenarios
from game.files.problems import MAX_PROBLEMS, validated
from game.files.references import check_references
from game.files.strict_yaml import load


@dataclass(frozen=True, slots=True)
class ReadScenario:
    """A scenario and what stands behind its numbers."""

    scenario: Scenario
    figures: tuple[Figure, ...]
    sources: Mapping[str, Any]


def read_scenario(name_or_path: str, overrides: Sequence[str] = (), uncertain_seed: int | None = None) -> ReadScenario:
    """Read and check a scenario.

    Parameters
    ----------
    name_or_path : a bundled name, or the path of a file.
    overrides : `path=value` texts, as `run --set` takes them.
    uncertain_seed : if given, each estimate with a range is drawn from it by this seed.

    Raises
    ------
    InputError
        Everything wrong that was found, with positions.
    """
    path = scenario_path(name_or_path)
    document, problems = layered(document_of(path), (path.resolve(),), frozenset(sources()))
    return _finished(document, overrides, uncertain_seed, problems)


def scenario_from_text(text: str, name: str) -> Scenario:
    """The scenario a save carries, as `Scenario.text` wrote it."""
    try:
        return _finished(load(text, name), (), None).scenario
    except InputError as error:
        raise InputError(error.problems[:1]) from None  # nobody mends a save by hand: one line is enough


@lru_cache(maxsize=8)
def bundled(name_or_path: str) -> Scenario:
    """A scenario without overrides, kept: reading takes a second."""
    return read_scenario(name_or_path).scenario


@lru_cache(maxsize=1)
def sources() -> dict[str, Any]:
    """The bundled sources.yaml: key -> title, address, licence."""
    value = load(scenarios() / "sources.yaml").value
    if not isinstance(value, dict):
        raise PaxError("sources.yaml must be a mapping of source keys")
    return {str(k): v for k, v in value.items()}


def _finished(
    document: Document, overrides: Sequence[str], uncertain_seed: int | None, problems: Sequence[Problem] = ()
) -> ReadScenario:
    if not isinstance(document.value, dict) or "value" in document.value:
        raise InputError([Problem(document.name, 1, 1, "", "a scenario is a mapping of keys to values")])
    document = overridden(document, overrides)
    draw = None if uncertain_seed is None else _drawing(uncertain_seed)
    taken = take_off(document, frozenset(sources()), draw)
    plain, figures = taken.plain, taken.figures
    source = _checked(document, plain, [*problems, *taken.problems])
    _check_ranges(document, plain, figures)
    check_references(source, document)
    _check_units(figures, document)
    content = json.dumps(plain, sort_keys=True, separators=(",", ":"))
    # JSON is YAML too, and written in a tenth of the time.
    text = json.dumps(document.value, ensure_ascii=False, indent=0)
    scenario = compiled(source, text, sha256(content.encode()).hexdigest())
    return ReadScenario(scenario, tuple(figures), sources())


def _checked(document: Document, plain: Any, problems: Sequence[Problem]) -> schema.Scenario:
    """The scenario, if the schema finds nothing wrong with it and nothing was wrong before.

    A key that the schema does not know is named as such; that the number under it has no source is then left unsaid.
    """
    try:
        source = validated(schema.Scenario, document, plain)
        found: Sequence[Problem] = ()
    except InputError as error:
        source, found = None, error.problems
    unknown = tuple(problem.path for problem in found if problem.message.startswith("unknown key"))
    before = [problem for problem in problems if not _at_or_below(problem.path, unknown)]
    said = tuple(problem.path for problem in before)
    found = [problem for problem in found if not any(_at_or_below(path, (problem.path,)) for path in said)]
    whole = sorted(dict.fromkeys([*before, *found]), key=lambda problem: (problem.file, problem.line, problem.col))
    if source is None or whole:
        raise InputError(whole[:MAX_PROBLEMS])
    return source


def _at_or_below(path: str, tops: Sequence[str]) -> bool:
    return any(path == top or path.startswith(f"{top}.") for top in tops)


def _check_ranges(document: Document, plain: Any, figures: Sequence[Figure]) -> None:
    """Raise InputError where the low or high of a figure is none that the schema allows: a draw could take it."""
    for end in ("low", "high"):
        ends = [(figure.path, getattr(figure, end)) for figure in figures if getattr(figure, end) is not None]
        validated(schema.Scenario, document, _with_numbers(plain, ends))


def _with_numbers(plain: Any, numbers: Sequence[tuple[KeyPath, float]]) -> Any:
    """A copy of `plain` with other numbers at some paths."""
    copied: Any = _copy(plain)
    for path, number in numbers:
        block = copied
        for part in path[:-1]:
            block = block[part]
        block[path[-1]] = number
    return copied


def _copy(tree: Any) -> Any:
    if isinstance(tree, dict):
        return {key: _copy(value) for key, value in tree.items()}
    return [_copy(value) for value in tree] if isinstance(tree, list) else tree


def _drawing(seed: int) -> Draw:
    """Triangular-free: uniform between low and high, by a hash of (seed, path), so paths never disturb one another."""

    def draw(path: KeyPath, low: float, value: float, high: float) -> float:
        keys = entity_keys("uncertain", [".".join(map(str, path))])
        return low + (high - low) * float(uniform(seeds(seed, 1), 0, keys)[0, 0])

    return draw


def _check_units(figures: Sequence[Figure], document: Document) -> None:
    problems = []
    for figure in figures:
        expected = None if figure.unit is None else unit_at(figure.path)
        if expected and figure.unit != expected:
            problems.append(document.problem((*figure.path, "unit"), f"'{figure.unit}' found, '{expected}' is needed"))
    if problems:
        raise InputError(problems)


def unit_at(path: KeyPath) -> str | None:
    """The unit that the schema gives for a path of a scenario, if it gives one."""
    from game.files.model_fields import description_at

    text = description_at(schema.Scenario, path)
    return text.partition(";")[0] if text else None
