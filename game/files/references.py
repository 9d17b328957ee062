"""Checks that a schema cannot express: names that must exist, sums that must close, numbers in parameters' ranges."""

from __future__ import annotations

from collections.abc import Iterator

from game.core.errors import InputError, Problem
from game.core.names import GOODS, MINERALS, NODES
from game.files.agreements import AGREEMENTS
from game.files.document import Document, KeyPath
from game.files.near import did_you_mean
from game.files.parameter_names import ranges, unknown_parameter, unknown_subject
from game.files.playable import PLAY
from game.files.scenario_schema import Scenario

Finding = tuple[KeyPath, str]

#: Activities that recipes may describe besides the goods themselves.
ACTIVITIES = ("wafer_starts", "installation", "power_plant")
CHIP_BARS = ("mature_logic", "advanced_logic", "accelerators", "hbm", "process_tools", "lithography", "materials")


def check_references(source: Scenario, document: Document) -> None:
    """Raise InputError with every dangling reference and every sum that does not close."""
    problems: list[Problem] = []
    for check in (_places, _plants, _tables, _race, _weights, _parameters, *PLAY, *AGREEMENTS):
        for path, message in check(source):
            problems.append(document.problem(path, message))
    if problems:
        raise InputError(problems[:20])


def _places(source: Scenario) -> Iterator[Finding]:
    known = source.places
    yield from _unknown(("inside",), [source.inside], known)
    yield from _unknown(("hubs",), source.hubs, known)
    for i, control in enumerate(source.controls):
        yield from _unknown(("controls", i, "owner"), [control.owner], known)
        yield from _unknown(("controls", i, "targets"), control.targets, known)
    for i, refusal in enumerate(source.refusals):
        yield from _unknown(("refusals", i, "owner"), [refusal.owner], known)
        yield from _unknown(("refusals", i, "targets"), refusal.targets, known)
    for i, invitation in enumerate(source.invitations):
        yield from _unknown(("invitations", i, "bloc"), [invitation.bloc], source.blocs)
        seats = [p for p, place in known.items() if place.seat]
        yield from _unknown(("invitations", i, "by"), [invitation.by], seats)
        yield from _unknown(("invitations", i, "place"), [invitation.place], seats)
    for i, technology in enumerate(source.technology):
        yield from _unknown(("technology", i, "owner"), [technology.owner], known)
        yield from _unknown(("technology", i, "sellers"), technology.sellers, known)
    for key, bloc in source.blocs.items():
        yield from _unknown(("blocs", key, "members"), bloc.members, known)
        yield from _unknown(("blocs", key, "observers"), bloc.observers, known)
    for i, pair in enumerate(source.trust):
        yield from _unknown(("trust", i, "between"), pair.between, known)
    for name, good in source.goods.items():
        yield from _unknown(("goods", name, "use"), list(good.use), known)
    for name, event in source.events.items():
        yield from _unknown(("events", name, "places"), list(event.places), known)
    for team, seats in source.teams.items():
        yield from _unknown(("teams", team), seats, [p for p, place in known.items() if place.seat])
    yield from _unknown(("objectives",), list(source.objectives), known)
    yield from _unknown(("mandates",), list(source.mandates), known)
    yield from _unknown(("elections",), list(source.elections), known)


def _unknown(path: KeyPath, names: list[str], known: object) -> Iterator[Finding]:
    allowed = list(known)  # type: ignore[call-overload]  # any iterable of names: dict, list
    for name in names:
        if name not in allowed:
            yield path, f"'{name}' is no place here{did_you_mean(name, allowed)}; places: {', '.join(allowed)}"


def _plants(source: Scenario) -> Iterator[Finding]:
    for key, line in source.lines.items():
        yield from _unknown(("lines", key, "place"), [line.place], source.places)
        yield from _unknown(("lines", key, "home"), [line.home], source.places)
        if (line.kind == "logic") != (line.node is not None):
            yield ("lines", key), "a logic line names its node; memory and packaging lines have none"
        if line.hostage_of:
            yield from _unknown(("lines", key, "hostage_of"), [line.hostage_of], source.places)
    for key, supplier in source.suppliers.items():
        yield from _unknown(("suppliers", key, "place"), [supplier.place], source.places)
        if supplier.home:
            yield from _unknown(("suppliers", key, "home"), [supplier.home], source.places)


def _tables(source: Scenario) -> Iterator[Finding]:
    for good in GOODS:
        if good not in source.goods:
            yield ("goods",), f"good '{good}' is missing"
    for node in NODES:
        if node not in source.nodes:
            yield ("nodes",), f"node '{node}' is missing"
    for activity in ACTIVITIES:
        if activity not in source.recipes:
            yield ("recipes",), f"'{activity}' is missing: what it needs, {{}} for nothing"
    for activity in source.recipes:
        if activity not in GOODS and activity not in ACTIVITIES:
            allowed = [*GOODS, *ACTIVITIES]
            hint = did_you_mean(activity, allowed)
            yield ("recipes", activity), f"unknown activity{hint}; one of: {', '.join(allowed)}"


def _race(source: Scenario) -> Iterator[Finding]:
    if source.race.bloc not in source.blocs:
        yield ("race", "bloc"), f"'{source.race.bloc}' is no bloc here{did_you_mean(source.race.bloc, source.blocs)}"
    for key in source.race.mineral_weights:
        if key not in (*MINERALS, "magnets"):
            yield ("race", "mineral_weights", key), f"not a mineral; one of: {', '.join((*MINERALS, 'magnets'))}"
    for key in source.race.chip_weights:
        if key not in CHIP_BARS:
            hint = did_you_mean(key, CHIP_BARS)
            yield ("race", "chip_weights", key), f"unknown part{hint}; one of: {', '.join(CHIP_BARS)}"
    for name in ("mineral_weights", "chip_weights"):
        weight = sum(getattr(source.race, name).values())
        if abs(weight - 1) > 0.005:
            yield ("race", name), f"weights add to {weight:.3f}; 1 is needed"


def _weights(source: Scenario) -> Iterator[Finding]:
    for code, place in source.places.items():
        weight = sum(place.weights.values())
        if place.seat and abs(weight - 1) > 0.005:
            yield ("places", code, "weights"), f"weights add to {weight:.3f}; 1 is needed for a seat"
        if place.seat and code not in source.objectives:
            yield ("objectives",), f"seat {code} has no objective"


def _parameters(source: Scenario) -> Iterator[Finding]:
    known = ranges()
    for subject, values in source.parameters.items():
        wrong = unknown_subject(subject)
        if wrong is not None:
            yield ("parameters", subject), wrong
            continue
        for name, value in values.items():
            full = f"{subject}.{name}"
            wrong = unknown_parameter(full)
            if wrong is not None:
                yield ("parameters", subject, name), wrong
            elif not known[full][0] <= value <= known[full][1]:
                low, high = known[full]
                yield ("parameters", subject, name), f"{value:g} is outside {low:g} to {high:g}"
