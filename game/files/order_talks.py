"""What proposals and answers of an order file hold: parties, offers, and clauses within the range of their kinds."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from game.core.clauses import CLAUSE_KINDS, CLAUSES, MOST_CLAUSES, SUBJECT_AXES, ClauseKind
from game.core.diplomacy import PROPOSALS, ROUNDS, Clause
from game.core.errors import PaxError
from game.core.names import LEVELS
from game.core.scenario import Scenario
from game.files.document import KeyPath
from game.files.near import did_you_mean, listing
from game.files.problems import shown

#: What files call the kind of a clause.
KIND = "clause"
LONGEST = 32
#: What a motion names beside its bloc, by its act.
OF_ACT = {"admit": (), "invite": ("place",), "expel": ("place",), "charter": ("term", "strength"), "voting": ("rule",)}
MOTION_FIELDS = ("place", "term", "strength", "rule")


class WithinError(PaxError):
    """Something wrong inside the value of a key, at a path below it; `key` if its key is meant and not its value."""

    def __init__(self, path: KeyPath, message: str, *, key: bool = False) -> None:
        super().__init__(message)
        self.path, self.key = path, key


def parties(value: object, scenario: Scenario) -> tuple[str, ...]:
    """The other parties of a proposal: seats, each once."""
    if not isinstance(value, list) or not value:
        raise PaxError("a list of the other parties is needed, as [AUS]")
    found: list[str] = []
    for i, word in enumerate(value):
        code = _named(word, "party", scenario.seats, (i,), "; only seats sign contracts")
        if code in found:
            raise WithinError((i,), f"{code} is named twice")
        found.append(code)
    return tuple(found)


def clauses(value: object, scenario: Scenario) -> tuple[Clause, ...]:
    """The clauses of a proposal."""
    if not isinstance(value, list) or not value:
        raise PaxError("a list of clauses is needed, as [{clause: money, giver: JPN, taker: AUS, quantity: 0.05}]")
    if len(value) > MOST_CLAUSES:
        raise PaxError(f"{len(value)} clauses; a contract has at most {MOST_CLAUSES}")
    return tuple(_clause(row, (i,), scenario) for i, row in enumerate(value))


def offer(value: object, scenario: Scenario) -> str:
    """The name of an offer: its sender and which of its two it is."""
    code, _, ordinal = value.partition("/") if isinstance(value, str) else ("", "", "")
    if code not in scenario.seats or ordinal not in map(str, range(1, PROPOSALS + 1)):
        hint = did_you_mean(code, scenario.seats) if code and code not in scenario.seats else ""
        raise PaxError(f"{shown(value)} is no offer{hint}; write the sender and which of its two it is, as AUS/1")
    return f"{code}/{ordinal}"


def whole(low: int, high: int) -> Callable[[object, Scenario], int]:
    """A reader of whole numbers in a range."""

    def read(value: object, scenario: Scenario) -> int:
        if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
            raise PaxError(f"{shown(value)} is not allowed; a whole number from {low} to {high} is needed")
        return value

    return read


quarters, round_ = whole(1, LONGEST), whole(1, ROUNDS)


def place(value: object, scenario: Scenario) -> str:
    """A place of the scenario."""
    return _named(value, "place", scenario.place_axis.names, ())


def check_proposal(sender: str, values: dict[str, Any]) -> None:
    """Raise WithinError where the parts of a proposal, each well-formed, do not fit one another."""
    signing = {sender, *values["parties"]}
    if len(signing) < 2:
        raise WithinError(("parties",), f"{sender} proposes to itself; name at least one other party")
    if values.get("verifier") in signing:
        raise WithinError(("verifier",), f"{values['verifier']} is a party; a verifier is none")
    for i, clause in enumerate(values["clauses"]):
        for end in ("giver", "taker"):
            if getattr(clause, end) not in signing:
                message = f"{getattr(clause, end)} is no party of this contract; parties: {', '.join(sorted(signing))}"
                raise WithinError(("clauses", i, end), message)
        if clause.giver == clause.taker:
            raise WithinError(("clauses", i, "taker"), f"{clause.taker} is the giver too; two parties are needed")
        if clause.target in signing:
            raise WithinError(("clauses", i, "target"), f"{clause.target} is a party; a clause is aimed at a third")


def check_motion(values: dict[str, Any]) -> None:
    """Raise WithinError for a motion that lacks what its act is about, or names more."""
    act = values["act"]
    needed = OF_ACT[act]
    for name in MOTION_FIELDS:
        if name in needed and name not in values:
            raise WithinError((), f"key {name} is missing; a motion '{act}' needs it")
        if name not in needed and name in values:
            allowed = listing(needed) or "nothing more"
            raise WithinError((name,), f"a motion '{act}' has no {name}; it has {allowed}", key=True)


def _clause(row: object, path: KeyPath, scenario: Scenario) -> Clause:
    if not isinstance(row, dict):
        raise WithinError(path, "a clause is a mapping: {clause: money, giver: JPN, taker: AUS, quantity: 0.05}")
    if KIND not in row:
        raise WithinError(path, f"key {KIND} is missing; one of: {listing(CLAUSES)}")
    name = _named(row[KIND], "clause", CLAUSES, (*path, KIND))
    kind = CLAUSE_KINDS[CLAUSES.at(name)]
    needed = fields_of(kind)
    for key in row:
        if key not in (KIND, *needed):
            hint = did_you_mean(str(key), needed)
            raise WithinError((*path, key), f"unknown key{hint}; a clause '{name}' has {listing(needed)}", key=True)
    for key in needed:
        if key not in row:
            raise WithinError(path, f"key {key} is missing; a clause '{name}' needs {_needs(kind, key)}")
    read = {key: _part(key, row[key], kind, (*path, key), scenario) for key in needed}
    return Clause(name, **read)


def fields_of(kind: ClauseKind) -> tuple[str, ...]:
    """Keys that a clause of a kind has, beside the kind itself."""
    some = {
        "subject": kind.subject != "none",
        "target": kind.target,
        "quantity": kind.quantity is not None,
        "price": kind.price is not None,
    }
    return ("giver", "taker", *(name for name, there in some.items() if there))


def _needs(kind: ClauseKind, key: str) -> str:
    measure = {"quantity": kind.quantity, "price": kind.price}.get(key)
    if measure is not None:
        return f"its {key} ({measure[0]}, {measure[1]:g} to {measure[2]:g})"
    return {"subject": f"a {kind.subject}", "target": "a third place"}.get(key, f"a {key}")


def _part(key: str, value: object, kind: ClauseKind, path: KeyPath, scenario: Scenario) -> Any:
    if key in ("giver", "taker"):
        return _named(value, key, scenario.seats, path, "; only seats sign contracts")
    if key == "target":
        return _named(value, "place", scenario.place_axis.names, path)
    if key == "subject":
        axis = scenario.lines.axis if kind.subject == "line" else SUBJECT_AXES[kind.subject]
        return _named(value, axis.title, axis, path)
    unit, low, high = (kind.quantity if key == "quantity" else kind.price) or ("", 0.0, 0.0)
    if unit == "control level" and isinstance(value, str):
        return float(LEVELS.at(_named(value, unit, LEVELS.names[: int(high) + 1], path)))
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise WithinError(path, f"{shown(value)} is no number; a number is needed ({unit})")
    if not low <= value <= high:
        raise WithinError(path, f"{value:g} is not allowed; {low:g} to {high:g} is needed ({unit})")
    return float(value)


def _named(word: object, title: str, names: Iterable[str], path: KeyPath, more: str = "") -> str:
    names = list(names)
    if not isinstance(word, str) or word not in names:
        hint = did_you_mean(word, names) if isinstance(word, str) else ""
        raise WithinError(path, f"unknown {title} {shown(word)}{hint}; one of: {listing(names)}{more}")
    return word


def clause_record(clause: dict[str, Any]) -> dict[str, Any]:
    """A clause of a record as files show it: without the fields that its kind does not have."""
    kind = CLAUSE_KINDS[CLAUSES.at(clause["kind"])]
    return {KIND: kind.name, **{name: clause[name] for name in fields_of(kind)}}
