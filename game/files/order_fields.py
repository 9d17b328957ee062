"""What the fields of orders may hold: names, shares, amounts; by kind and field."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from game.core.errors import PaxError
from game.core.moves import AIMS
from game.core.names import (
    CHARTER,
    CLASSES,
    DIALS,
    GOODS,
    LEVELS,
    MOTIONS,
    NODES,
    POWER_KINDS,
    TRACKS,
    USES,
    VOTING,
    Axis,
)
from game.core.scenario import Scenario
from game.files import order_talks as talks
from game.files.problems import shown
from game.rules.law_statecraft import LONGEST_THREAT

#: Words of files for fields that Python or another word keeps from being called so.
NAME_OF_FIELD = {"control_class": "class"}
#: What names a plant in place of its id.
PLANT_KEYS = ("firm", "site", "node")

#: Largest number that an order may hold: far above any treasury, far below what arithmetic cannot take.
_MOST = 1e9


@dataclass(frozen=True, slots=True)
class FieldRule:
    """How a field is read: `read(value, scenario)` returns it or raises PaxError saying what is allowed."""

    what: str
    read: Callable[[object, Scenario], object]


def shown_name(field: str) -> str:
    """What files call a field: `class` for `control_class`."""
    return NAME_OF_FIELD.get(field, field)


def field_of(field: str, kind: str = "") -> FieldRule:
    """The rule for a field of a kind of order; most fields mean the same in every kind."""
    return _OF_KIND.get((kind, field)) or _FIELDS[field]


def _axis(axis: Axis) -> FieldRule:
    def read(value: object, scenario: Scenario) -> str:
        if not isinstance(value, str | int | float) or isinstance(value, bool):
            raise PaxError(f"{shown(value)} is no {axis.title}; one of: {', '.join(axis)}")
        word = str(value)
        axis.at(word)
        return word

    return FieldRule(f"{axis.title}: {', '.join(axis)}", read)


def _number(unit: str, low: float, high: float, open_end: bool = False) -> FieldRule:
    def read(value: object, scenario: Scenario) -> float:
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise PaxError(f"{shown(value)} is no number; a number is needed ({unit})")
        if value < low or (open_end and value == low):
            raise PaxError(f"{value:g} is too low; {'above' if open_end else 'at least'} {low:g} is needed ({unit})")
        if value > high:
            raise PaxError(f"{value:g} is above the most allowed {high:g} ({unit})")
        return float(value)

    return FieldRule(f"{unit}, {low:g} to {high:g}", read)


def _event(value: object, scenario: Scenario) -> str:
    if not isinstance(value, str):
        raise PaxError(f"{shown(value)} is no event; one of: {', '.join(scenario.events.axis)}")
    scenario.events.axis.at(value)
    return value


def _choice(value: object, scenario: Scenario) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not 1 <= value <= 4:
        raise PaxError(f"{shown(value)} is no choice; a whole number from 1 to 4 is needed")
    return value


def _bloc(value: object, scenario: Scenario) -> str:
    blocs = Axis("bloc", (key for key, *_ in scenario.blocs))
    if not isinstance(value, str):
        raise PaxError(f"{shown(value)} is no bloc; one of: {', '.join(blocs)}")
    blocs.at(value)
    return value


def _truth(value: object, scenario: Scenario) -> bool:
    if not isinstance(value, bool):
        raise PaxError(f"{shown(value)} is not allowed; true or false is needed")
    return value


def _target(value: object, scenario: Scenario) -> str:
    if not isinstance(value, str):
        raise PaxError(f"{shown(value)} is no target; a place, all, or outsiders is needed")
    word = value
    if word not in ("all", "outsiders"):
        Axis("target", (*scenario.place_axis, "all", "outsiders")).at(word)
    return word


_AMOUNT = _number("USD bn", 0, _MOST, open_end=True)
_SHARE = _number("share", 0, 1)
_FIELDS: dict[str, FieldRule] = {
    "amount": _AMOUNT,
    "gigawatts": _number("GW", 0, _MOST, open_end=True),
    "thousands": _number("thousand people", 0, _MOST, open_end=True),
    "quantity": _number("units of the good; below zero sells", -_MOST, _MOST),
    "share": _SHARE,
    "node": _axis(NODES),
    "good": _axis(GOODS),
    "plant_kind": _axis(POWER_KINDS),
    "control_class": _axis(CLASSES),
    "level": _axis(LEVELS),
    "dial": _axis(DIALS),
    "track": _axis(TRACKS),
    "use": _axis(USES),
    "on": FieldRule("true or false", _truth),
    "event": FieldRule("kind of event", _event),
    "choice": FieldRule("which choice, from 1", _choice),
    "target": FieldRule("a place, all, or outsiders", _target),
    "plant": FieldRule("id of a plant, or firm and site", lambda value, scenario: value),
    "parties": FieldRule("list of the other parties", talks.parties),
    "clauses": FieldRule("list of clauses", talks.clauses),
    "quarters": FieldRule("whole number of quarters, 1 to 32", talks.quarters),
    "escrow": _number("USD bn by each party", 0, _MOST),
    "snap_back": FieldRule("true or false", _truth),
    "verifier": FieldRule("a place that is no party", talks.place),
    "round": FieldRule("1 or 2", talks.round_),
    "offer": FieldRule("sender and which of its two offers, as AUS/1", talks.offer),
    "accept": FieldRule("true or false", _truth),
    "ultimatum": FieldRule("true or false", _truth),
    "aim": _axis(Axis("aim of a campaign", AIMS)),
    "bloc": FieldRule("id of a bloc", _bloc),
    "act": _axis(MOTIONS),
    "place": FieldRule("a place", talks.place),
    "term": _axis(CHARTER),
    "strength": _number("share", 0, 1),
    "rule": _axis(VOTING),
    "motion": FieldRule("code of the place that moved it", talks.place),
    "yes": FieldRule("true or false", _truth),
    "contract": FieldRule("number of a contract", talks.whole(1, 10**6)),
}
_PLACE = FieldRule("a place", talks.place)
_OF_KIND: dict[tuple[str, str], FieldRule] = {
    ("declare", "target"): _PLACE,
    ("declare", "quarters"): FieldRule("whole number of quarters, 1 to 8", talks.whole(1, LONGEST_THREAT)),
    ("intelligence", "target"): _PLACE,
    ("summit", "target"): _PLACE,
}
"""Fields that mean something narrower in one kind of order."""
