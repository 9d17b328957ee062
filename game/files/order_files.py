"""Order files: what seats shall decide and when, as a person or a program wrote it; checked like a scenario.

A file holds `orders`, a list of mappings: `quarter`, `seat`, `order` (the kind), and the fields of that kind. A plant
is named by its id, or by `firm` and `site`, and by `node` where one site has several lines of a firm. What seats say in
the talks of a quarter, `propose` and `answer`, stands among the orders; a clause is a mapping of its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import MISSING, dataclass, fields
from pathlib import Path
from typing import Any

from game.core.diplomacy import Motion, Propose
from game.core.errors import InputError, PaxError, Problem
from game.core.names import CLASS_OF_GOOD, CLASSES, GOODS, quarter_index, quarter_name
from game.core.order_kinds import ALL_KINDS
from game.core.orders import Order, as_record
from game.core.scenario import Scenario
from game.files import yaml_text
from game.files.document import Document, KeyPath
from game.files.near import did_you_mean, listing
from game.files.order_fields import NAME_OF_FIELD, PLANT_KEYS, field_of, shown_name
from game.files.order_plants import plant_named
from game.files.order_talks import MOTION_FIELDS, OF_ACT, WithinError, check_motion, check_proposal, clause_record
from game.files.problems import shown
from game.files.strict_yaml import load
from game.files.text import read_text

_FRAME = ("quarter", "seat", "order")
MAX_PROBLEMS = 20
MAX_BYTES = 64_000
"""Largest file read: about 1,000 orders; read and refused within two seconds."""


@dataclass(frozen=True, slots=True)
class ListedOrder:
    """One order of a file: in which quarter (0: the first), for which seat."""

    quarter: int
    seat: str
    order: Order


class _WrongError(Exception):
    """One thing wrong with an entry, at a path of the file."""

    def __init__(self, path: KeyPath, message: str, *, key: bool = False) -> None:
        super().__init__(message)
        self.path, self.message, self.key = path, message, key


def read_orders(path: Path, scenario: Scenario) -> tuple[ListedOrder, ...]:
    """The orders of a file, in its order.

    Parameters
    ----------
    path : the file.
    scenario : whose seats, plants and quarters the orders name.

    Raises
    ------
    InputError
        Everything wrong that was found, each with line, column and what is allowed.
    """
    return orders_of(load_orders(path), scenario)


def load_orders(path: Path) -> Document:
    """The file as read, not yet checked. Raises InputError for what is no strict YAML, or too large."""
    name = str(path)
    return load(read_text(path, name, MAX_BYTES), name)


def orders_of(document: Document, scenario: Scenario) -> tuple[ListedOrder, ...]:
    """The orders of a file that was read."""
    rows = _rows(document)
    found: list[ListedOrder] = []
    problems: list[Problem] = []
    for i, row in enumerate(rows):
        try:
            found.append(_listed(row, ("orders", i), scenario))
        except _WrongError as wrong:
            problems.append(document.problem(wrong.path, wrong.message, key=wrong.key))
        if len(problems) == MAX_PROBLEMS:
            break
    if problems:
        raise InputError(problems)
    return tuple(found)


def _rows(document: Document) -> list[Any]:
    top = document.value
    if not isinstance(top, dict) or "orders" not in top:
        raise InputError([document.problem((), "an order file is a mapping with the key orders: and a list of orders")])
    for key in top:
        if key not in ("orders", "scenario"):
            hint = did_you_mean(str(key), ("orders", "scenario"))
            raise InputError([document.problem((key,), f"unknown key{hint}; allowed: orders, scenario", key=True)])
    if not isinstance(top.get("scenario", ""), str):
        message = f"{shown(top['scenario'])}; the name of a scenario is needed"
        raise InputError([document.problem(("scenario",), message)])
    rows = top["orders"]
    if not isinstance(rows, list):
        raise InputError([document.problem(("orders",), "a list of orders is needed")])
    return rows


def scenario_of(document: Document) -> str | None:
    """The scenario that an order file says it is for."""
    named = document.value.get("scenario") if isinstance(document.value, dict) else None
    return named if isinstance(named, str) else None


def _listed(row: Any, path: KeyPath, scenario: Scenario) -> ListedOrder:
    if not isinstance(row, dict):
        raise _WrongError(path, "an order is a mapping: {quarter: 2026Q3, seat: CHN, order: control, ...}")
    for key in _FRAME:
        if key not in row:
            raise _WrongError(path, f"key {key} is missing")
    kind = row["order"]
    if not isinstance(kind, str) or kind not in ALL_KINDS:
        hint = did_you_mean(kind, ALL_KINDS) if isinstance(kind, str) else ""
        raise _WrongError((*path, "order"), f"unknown order {shown(kind)}{hint}; one of: {listing(ALL_KINDS)}")
    seat = _named(row["seat"], "seat", scenario.seats, (*path, "seat"))
    quarter = _quarter(row["quarter"], scenario, (*path, "quarter"))
    return ListedOrder(quarter, seat, _order(ALL_KINDS[kind], row, path, scenario))


def _named(word: object, title: str, names: Iterable[str], path: KeyPath) -> str:
    names = list(names)
    if not isinstance(word, str) or word not in names:
        hint = did_you_mean(word, names) if isinstance(word, str) else ""
        raise _WrongError(path, f"unknown {title} {shown(word)}{hint}; one of: {listing(names)}")
    return word


def _quarter(word: object, scenario: Scenario, path: KeyPath) -> int:
    first = scenario.first_quarter
    if not isinstance(word, str) or not word.isascii():
        raise _WrongError(path, f"{shown(word)} is no quarter; write it like 2026Q3")
    try:
        index = quarter_index(word, first)
    except PaxError as error:
        raise _WrongError(path, str(error)) from None
    if not 0 <= index < scenario.quarters:
        last = quarter_name(scenario.quarters - 1, first)
        raise _WrongError(path, f"{word} is outside the game; {first} to {last} can be ordered")
    return index


def _order(kind: type[Order], row: dict[str, Any], path: KeyPath, scenario: Scenario) -> Order:
    known = {shown_name(f.name): f for f in fields(kind)}
    allowed = [*_FRAME, *known, *(PLANT_KEYS if "plant" in known else ())]
    for key in row:
        if key not in allowed:
            hint = did_you_mean(str(key), allowed)
            names = listing(name for name in allowed if name not in _FRAME)
            raise _WrongError((*path, key), f"unknown key{hint}; an order '{kind.kind}' has {names}", key=True)
    values: dict[str, Any] = {}
    for name, field in known.items():
        if name == "plant" and (field.default is MISSING or any(key in row for key in ("plant", *PLANT_KEYS))):
            try:
                values["plant"] = plant_named(row, scenario, fields_of_kind=list(known))
            except PaxError as error:
                raise _WrongError(_plant_path(row, path), str(error)) from None
        elif name in row:
            values[field.name] = _value(kind.kind, field.name, row[name], (*path, name), scenario)
        elif field.default is MISSING:
            raise _WrongError(path, f"key {name} is missing; an order '{kind.kind}' needs it")
    _check_good(values, path)
    try:
        if kind is Propose:
            check_proposal(row["seat"], values)
        elif kind is Motion:
            check_motion(values)
    except WithinError as error:
        raise _WrongError((*path, *error.path), str(error), key=error.key) from None
    return kind(**values)


def _plant_path(row: dict[str, Any], path: KeyPath) -> KeyPath:
    return next(((*path, key) for key in ("plant", *PLANT_KEYS) if key in row), path)


def _value(kind: str, name: str, value: object, path: KeyPath, scenario: Scenario) -> object:
    try:
        return field_of(name, kind).read(value, scenario)
    except WithinError as error:
        raise _WrongError((*path, *error.path), str(error), key=error.key) from None
    except PaxError as error:
        raise _WrongError(path, str(error)) from None


def _check_good(values: dict[str, Any], path: KeyPath) -> None:
    """A good that narrows a class must be of that class."""
    good, named = values.get("good"), values.get("control_class")
    if good is None or named is None:
        return
    within = [g for g, c in zip(GOODS, CLASS_OF_GOOD, strict=True) if c == CLASSES.at(named)]
    if good not in within:
        raise _WrongError(
            (*path, "good"), f"'{good}' is not of class {named}; that has: {listing(within) or 'no goods'}"
        )


def dump_orders(listed: Iterable[ListedOrder], scenario: Scenario) -> str:
    """Orders as the text of an order file, which `read_orders` reads back to equal orders."""
    rows = [dict(_row(entry, scenario)) for entry in listed]
    return yaml_text.dump({"scenario": scenario.name, "orders": rows})  # type: ignore[dict-item]  # rows are plain


def _row(entry: ListedOrder, scenario: Scenario) -> Iterator[tuple[str, Any]]:
    yield "quarter", quarter_name(entry.quarter, scenario.first_quarter)
    yield "seat", entry.seat
    yield from record(entry.order).items()


def record(order: Order) -> dict[str, Any]:
    """An order as files and `run --json` show it: without the frame, and without what is left out."""
    fields_set = as_record(order)
    if "clauses" in fields_set:
        fields_set["clauses"] = [clause_record(clause) for clause in fields_set["clauses"]]
    if isinstance(order, Motion):
        fields_set = {k: v for k, v in fields_set.items() if k not in MOTION_FIELDS or k in OF_ACT[order.act]}
    return {NAME_OF_FIELD.get(name, name): value for name, value in fields_set.items() if value is not None}
