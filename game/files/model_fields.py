"""What a pydantic model allows at a path of a file: the keys there, and the description of the field."""

import types
from collections.abc import Collection, Mapping
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from game.files.document import KeyPath


def keys_at(model: type[BaseModel], path: KeyPath) -> set[str]:
    """Names that are allowed as keys at `path`: the fields of the models there, the literal keys of mappings."""
    names: set[str] = set()
    for kind in _kinds_at(model, path)[0]:
        if _is_model(kind):
            names.update(field.alias or name for name, field in kind.model_fields.items())
        elif _is_mapping(kind):
            names.update(_literals(get_args(kind)[0]))
    return names


def description_at(model: type[BaseModel], path: KeyPath) -> str:
    """Description of the field that `path` ends in, or the one around it if it ends in a list item or mapping value."""
    return _kinds_at(model, path)[1]


def _kinds_at(model: type[BaseModel], path: KeyPath) -> tuple[list[Any], str]:
    """Types that a value at `path` may have, and the description of the last field passed."""
    kinds: list[Any] = [model]
    description = ""
    for part in path:
        steps = [step for kind in kinds for step in _step(kind, part)]
        kinds = [member for annotation, _ in steps for member in _members(annotation)]
        described = [field.description or "" for _, field in steps if field is not None]
        description = described[0] if described else description
    return kinds, description


def _step(kind: Any, part: str | int) -> list[tuple[Any, FieldInfo | None]]:
    """Annotation of the value found by going from a value of type `kind` to its `part`, and its field if it has one."""
    if _is_model(kind):
        for name, field in kind.model_fields.items():
            if part in (name, field.alias):
                return [(field.annotation, field)]
        return []
    arguments = get_args(kind)
    if _is_mapping(kind):
        return [(arguments[1], None)]
    if not isinstance(part, int) or not isinstance(get_origin(kind), type) or not arguments:
        return []
    if issubclass(get_origin(kind), tuple) and arguments[-1] is not Ellipsis:
        return [(arguments[part], None)] if part < len(arguments) else []
    return [(arguments[0], None)] if issubclass(get_origin(kind), Collection) else []


def _members(annotation: Any) -> list[Any]:
    """The plain types of an annotation: unions spread, `Annotated` taken off."""
    origin = get_origin(annotation)
    if origin is Annotated:
        return _members(get_args(annotation)[0])
    if origin in (Union, types.UnionType):
        return [member for argument in get_args(annotation) for member in _members(argument)]
    return [annotation]


def _literals(annotation: Any) -> list[str]:
    return [
        value
        for member in _members(annotation)
        if get_origin(member) is Literal
        for value in get_args(member)
        if isinstance(value, str)
    ]


def _is_model(kind: Any) -> bool:
    return isinstance(kind, type) and issubclass(kind, BaseModel)


def _is_mapping(kind: Any) -> bool:
    origin = get_origin(kind)
    return isinstance(origin, type) and issubclass(origin, Mapping) and len(get_args(kind)) == 2
