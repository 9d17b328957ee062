"""Reading a scenario: file, base file, overrides, sources, schema, references; then compiled to arrays."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from functools import lru_cache
from hashlib import sha256
from typing import Any

from game.core.errors import InputError, PaxError, Problem
from game.core.parameters import Parameters
from game.core.rng import entity_keys, seeds, uniform
from game.core.scenario import Scenario
from game.files import scenario_schema as schema
from game.files.compile_scenario import compiled
from game.files.document import Document, KeyPath
from game.files.figures import Draw, Figure, take_off
from game.files.near import did_you_mean
from game.files.paths import scenario_path, scenarios
from game.files.problems import validated
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
    document = _layered(load(scenario_path(name_or_path)), 0)
    return _finished(document, overrides, uncertain_seed)


def scenario_from_text(text: str, name: str) -> Scenario:
    """The scenario a save carries, as `Scenario.text` wrote it."""
    return _finished(load(text, name), (), None).scenario


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


def _finished(document: Document, overrides: Sequence[str], uncertain_seed: int | None) -> ReadScenario:
    document = _overridden(document, overrides)
    draw = None if uncertain_seed is None else _drawing(uncertain_seed)
    plain, figures = take_off(document, frozenset(sources()), draw)
    if not isinstance(plain, dict):
        raise InputError([Problem(document.name, 1, 1, "", "a scenario is a mapping of keys to values")])
    source = validated(schema.Scenario, document, plain)
    check_references(source, document)
    _check_units(figures, document)
    content = json.dumps(plain, sort_keys=True, separators=(",", ":"))
    # JSON is YAML too, and written in a tenth of the time.
    text = json.dumps(document.value, ensure_ascii=False, indent=0)
    scenario = compiled(source, text, sha256(content.encode()).hexdigest())
    return ReadScenario(scenario, tuple(figures), sources())


def _layered(document: Document, depth: int) -> Document:
    """A scenario that names `based_on` is laid over that scenario: its keys win, mappings are joined."""
    if not isinstance(document.value, dict) or "based_on" not in document.value:
        return document
    if depth > 4:
        raise InputError([document.problem(("based_on",), "scenarios are based on one another more than 4 deep")])
    over = dict(document.value)
    named = over.pop("based_on")
    if not isinstance(named, str):
        raise InputError([document.problem(("based_on",), "the name of a scenario is needed")])
    # What it changes must name its own source: the base speaks for other numbers.
    take_off(Document(document.name, over, document.keys, document.values), frozenset(sources()))
    base = _layered(load(scenario_path(named)), depth + 1)
    if not isinstance(base.value, dict):
        return document
    return Document(
        document.name,
        _joined(base.value, over),
        {**base.keys, **document.keys},
        {**base.values, **document.values},
    )


def _joined(base: Any, over: Any) -> Any:
    if isinstance(base, dict) and isinstance(over, dict):
        if "value" in base or "value" in over:
            return over
        return {**base, **{k: _joined(base[k], v) if k in base else v for k, v in over.items()}}
    return over


def _overridden(document: Document, overrides: Sequence[str]) -> Document:
    value: Any = document.value
    for text in overrides:
        path_text, equals, new = text.partition("=")
        if not equals:
            raise PaxError(f"--set {text}: write PATH=VALUE, as in --set places.JPN.engineers=150")
        number = load(new, f"--set {path_text}").value
        value = _with(value, path_text.split("."), number, path_text, ())
    return Document(document.name, value, document.keys, document.values)


def _with(tree: Any, parts: list[str], new: Any, whole: str, done: KeyPath) -> Any:
    head, *rest = parts
    if isinstance(tree, list) and head.isdigit() and int(head) < len(tree):
        replaced = list(tree)
        replaced[int(head)] = _with(tree[int(head)], rest, new, whole, (*done, head)) if rest else _set_by_hand(new)
        return replaced
    new_subject = done[:1] == ("parameters",) or head == "parameters"
    if not isinstance(tree, dict) or (rest and head not in tree and not new_subject):
        known = [str(k) for k in tree] if isinstance(tree, dict) else []
        hint = did_you_mean(head, known)
        raise PaxError(f"--set {whole}: unknown '{head}'{hint}; here are: {', '.join(known) or 'numbers only'}")
    inner = _with(tree.get(head, {}), rest, new, whole, (*done, head)) if rest else _set_by_hand(new)
    return {**tree, head: inner}


def _set_by_hand(new: Any) -> Any:
    if isinstance(new, int | float) and not isinstance(new, bool):
        return {"value": new, "estimate": "set by hand for this run"}
    return new


def _drawing(seed: int) -> Draw:
    """Triangular-free: uniform between low and high, by a hash of (seed, path), so paths never disturb one another."""

    def draw(path: KeyPath, low: float, value: float, high: float) -> float:
        keys = entity_keys("uncertain", [".".join(map(str, path))])
        return low + (high - low) * float(uniform(seeds(seed, 1), 0, keys)[0, 0])

    return draw


def _check_units(figures: Sequence[Figure], document: Document) -> None:
    problems = []
    for figure in figures:
        expected = unit_at(figure.path)
        if figure.unit is not None and expected and figure.unit != expected:
            problems.append(document.problem((*figure.path, "unit"), f"'{figure.unit}' found, '{expected}' is needed"))
    if problems:
        raise InputError(problems)


def unit_at(path: KeyPath) -> str | None:
    """The unit that the schema gives for a path of a scenario, if it gives one."""
    from game.files.model_fields import description_at

    text = description_at(schema.Scenario, path)
    return text.partition(";")[0] if text else None


def parameter_names() -> list[str]:
    """`subject.name` of every parameter of the rules."""
    return [f"{s.name}.{f.name}" for s in fields(Parameters) for f in fields(getattr(Parameters(), s.name))]
