"""Checks that a scenario can be played as it says: teams, controls, trust, objectives and events that make sense."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator

from game.core.clauses import CLAUSES
from game.core.names import CLASS_OF_GOOD, CLASSES, GOODS, MANDATES, NODES, quarter_index
from game.files.document import KeyPath
from game.files.near import did_you_mean, listing
from game.files.scenario_schema import Event, Objective, OpeningControl, OpeningRefusal, Scenario
from game.rules.events import ODDS
from game.rules.levers import LEVERS
from game.rules.objectives import ABOUT, METRICS
from game.rules.statecraft_metrics import OF_MAY_LACK, TAKES_SEVERAL

Finding = tuple[KeyPath, str]


def _seats(source: Scenario) -> Iterator[Finding]:
    if not any(place.seat for place in source.places.values()):
        yield ("places",), "no place is a seat; give `seat: true` to those that somebody steers"


def _needed(source: Scenario) -> Iterator[Finding]:
    """What the rules cannot do without."""
    if not any(line.kind == "packaging" for line in source.lines.values()):
        yield ("lines",), "no packaging line, so nobody makes accelerators; at least one is needed"
    leading = NODES.at("7")
    nodes = [n for line in source.lines.values() for n in (line.node, line.project and line.project.node) if n]
    if not any(NODES.at(node) >= leading for node in nodes):
        yield ("lines",), "no logic line of 7 nm or below, so nobody makes leading-edge logic; at least one is needed"
    made = {(plant.place, plant.good) for plant in source.suppliers.values()}
    made |= {(line.place, good) for line in source.lines.values() for good in _GOODS_OF_LINE[line.kind]}
    made |= {(code, "cloud") for code, place in source.places.items() if place.seat or code in source.hubs}
    if not any((seller, row.good) in made for row in source.technology for seller in row.sellers):
        yield ("technology",), "no seller named here makes the good; at least one row must name one that does"
    for activity in ("wafer_starts", "accelerators"):
        if not any(source.recipes.get(activity, {}).values()):
            yield ("recipes", activity), f"{activity} need nothing; at least one amount above 0 is needed"
    bloc = source.blocs.get(source.race.bloc)
    if bloc is not None and not bloc.members:
        yield ("blocs", source.race.bloc, "members"), "no members, but the race is about this bloc; name at least one"


_GOODS_OF_LINE = {"logic": ("mature_chips", "leading_logic"), "memory": ("hbm",), "packaging": ("accelerators",)}


def _twice(path: KeyPath, names: Iterable[str]) -> Iterator[Finding]:
    for name, count in Counter(names).items():
        if count > 1:
            yield path, f"'{name}' is named {count} times; once is enough"


def _named_once(source: Scenario) -> Iterator[Finding]:
    yield from _twice(("hubs",), source.hubs)
    for key, bloc in source.blocs.items():
        yield from _twice(("blocs", key), [*bloc.members, *bloc.observers])
    for i, control in enumerate(source.controls):
        yield from _twice(("controls", i, "targets"), control.targets)
        yield from _twice(("controls", i, "goods"), control.goods)
    for i, technology in enumerate(source.technology):
        yield from _twice(("technology", i, "sellers"), technology.sellers)


def _teams(source: Scenario) -> Iterator[Finding]:
    team_of: dict[str, str] = {}
    for team, seats in source.teams.items():
        if not seats:
            yield ("teams", team), "a team without seats; name at least one"
        for seat in seats:
            if seat in team_of:
                yield ("teams", team), f"{seat} is held by '{team_of[seat]}' already; a seat has one team"
            team_of[seat] = team


def _controls(source: Scenario) -> Iterator[Finding]:
    for i, control in enumerate(source.controls):
        path = ("controls", i)
        if control.owner in control.targets:
            yield (*path, "targets"), f"{control.owner} cannot control its exports to itself"
        if control.until is not None and _serial(control.until) <= _serial(control.since):
            yield (*path, "until"), f"{control.until} is not after {control.since}, when it began"
        yield from _goods_of_class(control, (*path, "goods"))
        if control.passes is not None and control.level in ("open", "ban"):
            found = "open trade lets all through" if control.level == "open" else "a ban lets through only what leaks"
            yield (*path, "passes"), f"{found}; give it to a fee licence, licence, slow walk or quota"
        if control.control_class == "people" and control.passes is not None:
            yield (*path, "passes"), "people are no goods: nothing is let through by share"
        if control.control_class == "people" and _serial(control.since) >= _serial(source.first_quarter):
            yield (*path, "since"), "a control on people must be in force at the opening; later ones are orders"


def _refusals(source: Scenario) -> Iterator[Finding]:
    for i, refusal in enumerate(source.refusals):
        path = ("refusals", i)
        if refusal.owner in refusal.targets:
            yield (*path, "targets"), f"{refusal.owner} cannot refuse what it sells itself"
        if refusal.until is not None and _serial(refusal.until) <= _serial(refusal.since):
            yield (*path, "until"), f"{refusal.until} is not after {refusal.since}, when it began"
        yield from _goods_of_class(refusal, (*path, "goods"))
    for i, invitation in enumerate(source.invitations):
        bloc = source.blocs[invitation.bloc]
        path = ("invitations", i)
        if bloc.charter is None:
            yield (*path, "bloc"), f"{bloc.name} has no charter: it takes no motions"
        if invitation.by not in bloc.members:
            yield (*path, "by"), f"{invitation.by} is no member of {bloc.name} at the opening: only members invite"
        if invitation.place in bloc.members:
            yield (*path, "place"), f"{invitation.place} is a member of {bloc.name} already"


def _goods_of_class(control: OpeningControl | OpeningRefusal, path: KeyPath) -> Iterator[Finding]:
    position = CLASSES.at(control.control_class)
    within = [good for good, of in zip(GOODS, CLASS_OF_GOOD, strict=True) if of == position]
    for good in control.goods:
        if good not in within:
            yield path, f"'{good}' is not of class {control.control_class}; that has: {listing(within) or 'no goods'}"


def _serial(quarter: str) -> int:
    return quarter_index(quarter, "2000Q1")


def _trust(source: Scenario) -> Iterator[Finding]:
    seen: set[frozenset[str]] = set()
    for i, pair in enumerate(source.trust):
        between = frozenset(pair.between)
        if len(between) < 2:
            yield ("trust", i, "between"), f"{pair.between[0]} twice; two places are needed"
        if between in seen:
            yield ("trust", i, "between"), f"trust between {' and '.join(pair.between)} is given before"
        seen.add(between)


def _names_of(thing: str, source: Scenario) -> list[str]:
    """What a metric about a thing of some kind may name."""
    return {
        "foundry line": list(source.lines),
        "supplier": list(source.suppliers),
        "firm": list(dict.fromkeys(line.firm for line in source.lines.values())),
        "good": list(GOODS),
        "place": list(source.places),
        "bloc": list(source.blocs),
        "clause": list(CLAUSES),
        "control class": list(CLASSES),
    }[thing]


def _objectives(source: Scenario) -> Iterator[Finding]:
    for code, objective in source.objectives.items():
        yield from _graded(source, ("objectives", code), objective)


def _mandates(source: Scenario) -> Iterator[Finding]:
    for code, candidates in source.mandates.items():
        missing = [name for name in MANDATES if name not in candidates]
        if missing:
            yield ("mandates", code), f"candidate {missing[0]} is missing; a seat has {', '.join(MANDATES)}"
        for name, mandate in candidates.items():
            yield from _graded(source, ("mandates", code, name), mandate)


def _graded(source: Scenario, path: tuple[str, ...], objective: Objective) -> Iterator[Finding]:
    if objective.metric not in METRICS:
        hint = did_you_mean(objective.metric, METRICS)
        yield (*path, "metric"), f"unknown metric '{objective.metric}'{hint}; one of: {', '.join(METRICS)}"
    if objective.floor == objective.target:
        yield (*path, "target"), f"{objective.target:g} is the floor too; the two must differ"
    yield from _about(source, (*path, "of"), objective)


def _about(source: Scenario, path: tuple[str, ...], objective: Objective) -> Iterator[Finding]:
    """What a metric is about must be there: one name, or several parted by commas where it takes several."""
    thing = ABOUT.get(objective.metric)
    if thing is None or (objective.of is None and objective.metric in OF_MAY_LACK):
        return
    known = _names_of(thing, source)
    named = [word.strip() for word in (objective.of or "").split(",")]
    if len(named) > 1 and objective.metric not in TAKES_SEVERAL:
        yield path, f"'{objective.of}' names several; {objective.metric} is about one {thing}"
    for name in named:
        if name not in known:
            hint = did_you_mean(name, known) if name else ""
            yield path, f"'{name}' is no {thing} here{hint}; {objective.metric} is about one"


def _events(source: Scenario) -> Iterator[Finding]:
    for name in source.events:
        yield from _event(("events", name), source.events[name])


def _event(path: tuple[str, ...], event: Event) -> Iterator[Finding]:
    if event.odds_by is not None and event.odds_by not in ODDS:
        hint = did_you_mean(event.odds_by, ODDS)
        yield (*path, "odds_by"), f"unknown shape of odds '{event.odds_by}'{hint}; one of: {', '.join(ODDS)}"
    moved: list[tuple[KeyPath, dict[str, float]]] = [(path, event.effects)]
    moved += [((*path, "choices", i), choice.effects) for i, choice in enumerate(event.choices)]
    for where, effects in moved:
        for lever in effects:
            if lever not in LEVERS:
                hint = did_you_mean(lever, LEVERS)
                yield (*where, "effects", lever), f"unknown lever '{lever}'{hint}; one of: {', '.join(LEVERS)}"
    if len(event.choices) == 1:
        yield (*path, "choices"), "one choice is none; give two or more, or leave them out"
    if event.choices and (event.choices[0].cash or event.choices[0].capital):
        yield (*path, "choices", 0), "the first choice is made by who says nothing: it cannot cost money or capital"


PLAY: tuple[Callable[[Scenario], Iterator[Finding]], ...] = (
    _seats, _needed, _named_once, _teams, _controls, _refusals, _trust, _objectives, _mandates, _events,
)  # fmt: skip
