"""Checks that the opening's contracts and blocs say what can be: names that exist, quantities that a clause allows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator

from game.core.clauses import CLAUSE_KINDS, CLAUSES, SUBJECT_AXES, ClauseKind
from game.core.names import CLASS_OF_GOOD, CLASSES, GOODS, LEVELS, Axis, quarter_index
from game.core.parameters import Statecraft
from game.files.document import KeyPath
from game.files.near import did_you_mean, listing
from game.files.scenario_schema import Clause, Contract, OpeningControl, Scenario

Finding = tuple[KeyPath, str]


def _table(source: Scenario) -> Iterator[Finding]:
    rows = int(source.parameters.get("statecraft", {}).get("table", Statecraft().table))
    if len(source.contracts) > rows:
        yield ("contracts",), f"{len(source.contracts)} contracts, but statecraft.table has room for {rows}"


def _contracts(source: Scenario) -> Iterator[Finding]:
    for key, contract in source.contracts.items():
        path: KeyPath = ("contracts", key)
        yield from _unknown((*path, "parties"), contract.parties, source)
        for code, count in Counter(contract.parties).items():
            if count > 1:
                yield (*path, "parties"), f"'{code}' is named {count} times; once is enough"
        if contract.verifier is not None:
            yield from _unknown((*path, "verifier"), [contract.verifier], source)
            if contract.verifier in contract.parties:
                yield (*path, "verifier"), f"{contract.verifier} is a party; a third place verifies"
        yield from _dates(path, contract, source)
        for i, clause in enumerate(contract.clauses):
            yield from _clause((*path, "clauses", i), clause, contract, source)
        yield from _said_twice(path, contract)


def _unknown(path: KeyPath, codes: list[str], source: Scenario) -> Iterator[Finding]:
    for code in codes:
        if code not in source.places:
            yield (
                path,
                f"'{code}' is no place here{did_you_mean(code, source.places)}; places: {listing(source.places)}",
            )


def _dates(path: KeyPath, contract: Contract, source: Scenario) -> Iterator[Finding]:
    if quarter_index(contract.signed, source.first_quarter) > 0:
        yield (*path, "signed"), f"{contract.signed} lies after the opening; later contracts are made in talks"
    if contract.until is None:
        return
    if quarter_index(contract.until, "2000Q1") < quarter_index(contract.signed, "2000Q1"):
        yield (*path, "until"), f"{contract.until} is before {contract.signed}, when it was signed"
    elif quarter_index(contract.until, source.first_quarter) < 0:
        yield (*path, "until"), f"{contract.until} is over at the opening; contracts in force then belong here"


def _clause(path: KeyPath, clause: Clause, contract: Contract, source: Scenario) -> Iterator[Finding]:
    kind = CLAUSE_KINDS[CLAUSES.at(clause.kind)]
    for name in ("giver", "taker"):
        code = getattr(clause, name)
        if code not in contract.parties:
            near = did_you_mean(code, contract.parties)
            yield (*path, name), f"'{code}' is no party of the contract{near}; parties: {', '.join(contract.parties)}"
    if clause.giver == clause.taker:
        yield (*path, "taker"), f"{clause.giver} cannot promise to itself"
    yield from _target(path, clause, kind, contract, source)
    yield from _subject(path, clause, kind, source)
    yield from _amounts(path, clause, kind)
    if kind.name == "restrain" and clause.level is not None and clause.subject in CLASSES:
        yield from _kept(path, clause, source)


def _target(path: KeyPath, clause: Clause, kind: ClauseKind, contract: Contract, source: Scenario) -> Iterator[Finding]:
    if clause.target is None:
        if kind.target:
            yield path, f"a clause of kind '{kind.name}' names a target"
        return
    if not kind.target:
        yield (*path, "target"), f"a clause of kind '{kind.name}' has no target"
    yield from _unknown((*path, "target"), [clause.target], source)
    if clause.target in contract.parties:
        yield (*path, "target"), f"{clause.target} is a party; the target is a third place"


def _subject(path: KeyPath, clause: Clause, kind: ClauseKind, source: Scenario) -> Iterator[Finding]:
    if clause.subject is None:
        if kind.subject != "none":
            yield path, f"a clause of kind '{kind.name}' names a {kind.subject}"
        return
    if kind.subject == "none":
        yield (*path, "subject"), f"a clause of kind '{kind.name}' has no subject"
        return
    axis = Axis("foundry line", source.lines) if kind.subject == "line" else SUBJECT_AXES[kind.subject]
    if clause.subject not in axis:
        yield (*path, "subject"), axis.unknown(clause.subject)
    elif kind.subject == "line" and source.lines[clause.subject].place != clause.taker:
        yield (
            (*path, "subject"),
            f"'{clause.subject}' stands in {source.lines[clause.subject].place}, not {clause.taker}",
        )


def _amounts(path: KeyPath, clause: Clause, kind: ClauseKind) -> Iterator[Finding]:
    restrain = kind.name == "restrain"
    if clause.level is not None and not restrain:
        yield (*path, "level"), "only `restrain` has a level"
    if restrain:
        loosest_known = clause.level is not None and LEVELS.at(clause.level) <= LEVELS.at("quota")
        if clause.quantity is not None:
            yield (*path, "quantity"), f"`restrain` has a level in its place: {', '.join(LEVELS.names[:-1])}"
        elif not loosest_known:
            at = path if clause.level is None else (*path, "level")
            yield at, f"`restrain` names the tightest level that it allows: {', '.join(LEVELS.names[:-1])}"
    else:
        yield from _within((*path, "quantity"), clause.quantity, kind.quantity, kind.name, "quantity")
    yield from _within((*path, "price"), clause.price, kind.price, kind.name, "price")


def _within(
    path: KeyPath, amount: float | None, allowed: tuple[str, float, float] | None, kind: str, what: str
) -> Iterator[Finding]:
    if allowed is None:
        if amount is not None:
            yield path, f"a clause of kind '{kind}' has no {what}"
        return
    unit, least, most = allowed
    if amount is None:
        yield path[:-1], f"a clause of kind '{kind}' has a {what}: {unit}, {least:g} to {most:g}"
    elif not least <= amount <= most:
        yield path, f"{amount:g} is outside {least:g} to {most:g} ({unit})"


def _kept(path: KeyPath, clause: Clause, source: Scenario) -> Iterator[Finding]:
    """No restraint that the opening's own controls break."""
    for control in source.controls:
        if _at_opening(control, source) and control.owner == clause.giver and clause.taker in control.targets:
            within = control.control_class == clause.subject or clause.subject in _classes_of(control.goods)
            if within and LEVELS.at(control.level) > LEVELS.at(str(clause.level)):
                goods = ", ".join(control.goods) or control.control_class
                yield (
                    (*path, "level"),
                    f"{clause.giver}'s control of {goods} on {clause.taker} stands at {control.level} at the opening: "
                    f"tighter than {clause.level}",
                )


def _classes_of(goods: list[str]) -> set[str]:
    return {CLASSES.names[CLASS_OF_GOOD[GOODS.at(good)]] for good in goods}


def _at_opening(control: OpeningControl, source: Scenario) -> bool:
    began = quarter_index(control.since, source.first_quarter) < 0
    return began and (control.until is None or quarter_index(control.until, source.first_quarter) >= 0)


def _said_twice(path: KeyPath, contract: Contract) -> Iterator[Finding]:
    seen: set[tuple[str | None, ...]] = set()
    for i, clause in enumerate(contract.clauses):
        said = (clause.kind, clause.giver, clause.taker, clause.subject, clause.target)
        if said in seen:
            yield (*path, "clauses", i), "says the same as a clause before it"
        seen.add(said)


def _charters(source: Scenario) -> Iterator[Finding]:
    for key, bloc in source.blocs.items():
        if bloc.charter is None and "voting" in bloc.model_fields_set:
            yield ("blocs", key, "voting"), "a bloc without a charter does not vote; give it one, {} for no terms"
        if not bloc.members and bloc.charter is None:
            yield ("blocs", key), "nobody is a member and nobody could be; name members, or give it a charter"


AGREEMENTS: tuple[Callable[[Scenario], Iterator[Finding]], ...] = (_table, _contracts, _charters)
