"""The shape of `game.json` in a save: checked whole before anything is made of it."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import MISSING, fields
from pathlib import Path
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from game.core.diplomacy import INSTRUCTIONS, Clause
from game.core.order_kinds import ALL_KINDS
from game.files.container import SaveError

_PLAIN: dict[str, type | tuple[type, ...]] = {
    "str": str,
    "str | None": (str, type(None)),
    "bool": bool,
    "Amount": (int, float),
    "float": (int, float),
    "int": int,
}
"""What an order's field may hold, by its annotation."""


def _order(record: dict[str, Any]) -> dict[str, Any]:
    kind = ALL_KINDS.get(record.get("order", ""))
    if kind is None:
        raise ValueError(f"unknown order {record.get('order')!r}")
    known = {field.name: field for field in fields(kind)}
    if odd := set(record) - {"order", *known}:
        raise ValueError(f"an order '{kind.kind}' has no {sorted(odd)[0]!r}")
    for name, field in known.items():
        if name not in record and field.default is MISSING:
            raise ValueError(f"an order '{kind.kind}' lacks '{name}'")
        if name in record and not _fits(record[name], str(field.type)):
            raise ValueError(f"'{name}' of an order '{kind.kind}' does not fit")
    return record


def _fits(value: object, annotation: str) -> bool:
    if isinstance(value, bool):
        return annotation == "bool"
    if isinstance(value, float) and not math.isfinite(value):
        return False
    if annotation in _LISTS:
        return isinstance(value, list) and all(_LISTS[annotation](part) for part in value)
    return isinstance(value, _PLAIN[annotation])


def _clause_fits(part: object) -> bool:
    known = {field.name: field for field in fields(Clause)}
    if not isinstance(part, dict) or set(part) - set(known):
        return False
    return all(
        _fits(part[name], str(field.type)) if name in part else field.default is not MISSING
        for name, field in known.items()
    )


_LISTS: dict[str, Callable[[object], bool]] = {
    "tuple[str, ...]": lambda part: isinstance(part, str),
    "tuple[Clause, ...]": _clause_fits,
}
"""The same for what holds several values."""


_Order = Annotated[dict[str, Any], AfterValidator(_order)]
_Orders = dict[str, list[_Order]]
_Hash = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]


class _Block(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, allow_inf_nan=False)


class _Quarter(_Block):
    """One entry of the log."""

    orders: _Orders
    listed: _Orders = Field(default_factory=dict)
    said: _Orders = Field(default_factory=dict)
    seats: dict[str, str] = Field(default_factory=dict)
    first_seats: dict[str, str] = Field(default_factory=dict)


class _Dispatch(_Block):
    quarter: int
    topic: str
    text: str
    places: list[str]
    goods: list[str]
    weight: int
    reasons: list[str]
    easing: bool = False


def _an_instruction(value: str) -> str:
    if value not in INSTRUCTIONS:
        raise ValueError(f"'{value}' is no standing instruction; those are {', '.join(INSTRUCTIONS)}")
    return value


class _Game(_Block):
    scenario: str
    rules_hash: str
    seed: int = Field(ge=0, le=2**63 - 1)
    seats: dict[str, str]
    log: list[_Quarter]
    hashes: list[_Hash]
    dispatches: list[_Dispatch]
    standing: dict[str, Annotated[str, AfterValidator(_an_instruction)]] = Field(default_factory=dict)


def check_game(path: Path, game: Any) -> None:
    """Raise SaveError, in one line, for a `game.json` that no game has written."""
    try:
        _Game.model_validate(game)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        where = ".".join(map(str, first["loc"]))
        raise SaveError(f"{path}: game.json: {where or 'all of it'}: {first['msg'][:200]}") from None
    if len(game["hashes"]) != len(game["log"]) + 1:
        raise SaveError(f"{path}: {len(game['log'])} quarters played, but {len(game['hashes'])} state hashes")
