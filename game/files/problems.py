"""Validation errors in plain words: where, what was found, what is allowed, and the near name."""

import re
from collections.abc import Iterable
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from game.core.errors import InputError, Problem
from game.files.document import Document, KeyPath, short
from game.files.model_fields import description_at, keys_at
from game.files.near import did_you_mean, listing

MAX_PROBLEMS = 20
"""Most problems reported at once."""

Model = TypeVar("Model", bound=BaseModel)

_NEEDED = {
    "float": "a number",
    "decimal": "a number",
    "int": "a whole number",
    "bool": "true or false",
    "string": "text",
    "date": "a date, YYYY-MM-DD",
    "dict": "a mapping",
    "mapping": "a mapping",
    "model": "a mapping",
    "model_attributes": "a mapping",
    "dataclass": "a mapping",
    "list": "a list",
    "tuple": "a list",
    "set": "a list",
    "frozen_set": "a list",
    "iterable": "a list",
    "none_required": "null",
}
"""What is needed, by the first part of pydantic's error type: `float_type` and `float_parsing` both need a number."""

_BOUNDS = {
    "greater_than_equal": ("ge", "is below the least allowed"),
    "greater_than": ("gt", "is too low; it must be above"),
    "less_than_equal": ("le", "is above the most allowed"),
    "less_than": ("lt", "is too high; it must be below"),
}


def validated(model: type[Model], document: Document, value: object = None, base: KeyPath = ()) -> Model:
    """The model made from a document, or from the part of it at `base`.

    Parameters
    ----------
    model : type of BaseModel
        What the file may say.
    document : Document
        Where it was read, for the positions in errors.
    value : optional
        What to validate, if something was taken off the document first; its keys must still be those of the document.
    base : tuple of str or int
        Path of `value` in the document.

    Raises
    ------
    InputError
        With one problem for each thing wrong, in the order of the file.
    """
    try:
        return model.model_validate(_at(document.value, base) if value is None else value)
    except ValidationError as error:
        raise InputError(problems_of(error, document, model, base)) from None


def problems_of(
    error: ValidationError, document: Document, model: type[BaseModel], base: KeyPath = ()
) -> list[Problem]:
    """What pydantic found, as problems with positions, in the order of the file; at most `MAX_PROBLEMS`."""
    found = [_Finding(entry, document, model, base) for entry in error.errors(include_url=False)]
    problems = [finding.problem(document) for finding in _without_union_noise(found)]
    unique = dict.fromkeys(sorted(problems, key=lambda problem: (problem.line, problem.col)))
    return list(unique)[:MAX_PROBLEMS]


class _Finding:
    """One entry of a ValidationError, with its path in the document.

    Pydantic's location has the names of union members and "[key]" mixed in; `path` has only what the file has, and
    ends in the key meant if `at_key`.
    """

    def __init__(self, entry: Any, document: Document, model: type[BaseModel], base: KeyPath) -> None:
        self.kind: str = entry["type"]
        self.found: object = entry.get("input")
        self.context: dict[str, Any] = entry.get("ctx", {})
        self.text: str = entry["msg"]
        location = tuple(entry["loc"])
        self.at_key = self.kind in ("extra_forbidden", "invalid_key") or location[-1:] == ("[key]",)
        self.path = _document_path(document, (*base, *location), absent=self.kind == "missing")
        self.model = model
        self.within = self.path[len(base) :]
        self.needed = [_NEEDED[stem]] if (stem := _stem(self.kind)) in _NEEDED else []

    def problem(self, document: Document) -> Problem:
        return document.problem(self.path, self.message(), key=self.at_key)

    def message(self) -> str:
        if self.kind == "extra_forbidden":
            return _unknown_key(str(self.path[-1]) if self.path else "", keys_at(self.model, self.within[:-1]))
        if self.kind == "missing":
            return f"missing{self._unit('; ')}"
        if self.kind in _BOUNDS:
            bound, words = _BOUNDS[self.kind]
            return f"{shown(self.found)} {words} {_number(self.context[bound])}{self._unit(' (', ')')}"
        if self.kind in ("literal_error", "enum", "union_tag_invalid"):
            return self._not_among()
        if self.needed:
            return f"{_described(self.found)}; {' or '.join(self.needed)} is needed{self._unit(' (', ')')}"
        return self._otherwise()

    def _not_among(self) -> str:
        expected = str(self.context.get("expected", self.context.get("expected_tags", "")))
        allowed = re.findall(r"'([^']*)'", expected) or re.split(r", | or ", expected)
        word = self.context.get("tag", self.found)
        hint = did_you_mean(word, allowed) if isinstance(word, str) else ""
        return f"{shown(word)} is not allowed{hint}; allowed: {listing(allowed)}"

    def _otherwise(self) -> str:
        if self.kind in ("value_error", "assertion_error"):
            return str(self.context.get("error", self.text))
        if self.kind == "int_from_float":
            return f"{shown(self.found)} is not a whole number{self._unit(' (', ')')}"
        if self.kind == "finite_number":
            return f"{shown(self.found)} is not a number"
        if self.kind == "string_pattern_mismatch":
            return f"{shown(self.found)} does not have the form {self.context['pattern']}"
        if self.kind == "union_tag_not_found":
            return f"key {self.context['discriminator']} is missing"
        if self.kind == "invalid_key":
            return f"key {shown(self.path[-1])} is not text"
        if self.kind in ("too_short", "too_long", "string_too_short", "string_too_long"):
            return self._wrong_length()
        return f"{shown(self.found)}: {self.text[:1].lower()}{self.text[1:]}"

    def _wrong_length(self) -> str:
        things = "characters" if self.kind.startswith("string") else "entries"
        length = len(self.found) if isinstance(self.found, str | list | tuple | dict | set) else 0
        if "min_length" in self.context:
            return f"{length} {things}; at least {self.context['min_length']} needed"
        return f"{length} {things}; at most {self.context['max_length']} allowed"

    def _unit(self, before: str, after: str = "") -> str:
        """The unit that the field's description begins with, `USD bn; unspent at the opening`."""
        unit = description_at(self.model, self.within).partition(";")[0]
        return f"{before}{unit}{after}" if unit else ""


def shown(value: object) -> str:
    """A value as a message shows it: text in quotes, collections by kind.

    >>> shown("gallium"), shown(1.5), shown(True), shown(None), shown([1])
    ("'gallium'", '1.5', 'true', 'null', 'a list')
    """
    if value is None:
        return "null"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, dict):
        return "a mapping"
    if isinstance(value, list | tuple | set | frozenset):
        return "a list"
    if isinstance(value, str):
        return f"'{short(value)}'".replace("\n", "\\n")  # a message is one line
    return short(str(value))


def _described(value: object) -> str:
    if isinstance(value, str):
        return f"{shown(value)} is text"
    return shown(value)


def _number(bound: object) -> str:
    return f"{bound:.12g}" if isinstance(bound, int | float) else str(bound)


def _unknown_key(key: str, names: Iterable[str]) -> str:
    names = sorted(names)
    hint = did_you_mean(key, names)
    if hint or not names:
        return f"unknown key{hint}"
    return f"unknown key; allowed: {listing(names)}"


def _stem(kind: str) -> str:
    return kind.removesuffix("_type").removesuffix("_parsing").removesuffix("_from_date")


def _without_union_noise(findings: list[_Finding]) -> list[_Finding]:
    """One finding where every member of a union complained about the type; none where one member came further."""
    kept: dict[KeyPath, _Finding] = {}
    others = [finding for finding in findings if not finding.needed]
    for finding in findings:
        if not finding.needed or any(other.path[: len(finding.path)] == finding.path for other in others):
            continue
        first = kept.setdefault(finding.path, finding)
        first.needed = list(dict.fromkeys([*first.needed, *finding.needed]))
    longest = [f for f in kept.values() if not any(p != f.path and p[: len(f.path)] == f.path for p in kept)]
    return [*others, *longest]


def _document_path(document: Document, location: KeyPath, *, absent: bool) -> KeyPath:
    """The part of a pydantic location that the document has; `absent` keeps a last part that it lacks."""
    path: KeyPath = ()
    for index, part in enumerate(location):
        last = index == len(location) - 1
        if (*path, part) in document.values or (last and absent):
            path = (*path, part)
    return path


def _at(value: Any, path: KeyPath) -> Any:
    for part in path:
        value = value[part]
    return value
