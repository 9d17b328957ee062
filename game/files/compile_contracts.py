"""From a scenario file to charters of blocs, contracts, refusals and invitations of the opening, and trust."""

from __future__ import annotations

import numpy as np

from game.core.clauses import CLAUSE_KINDS, CLAUSES, SUBJECT_AXES
from game.core.names import CHARTER, CLASS_OF_GOOD, CLASSES, GOODS, LEVELS, Axis, quarter_index
from game.core.numeric import Array
from game.core.scenario import Invitation, OpeningClause, OpeningContract, OpeningRefusal
from game.files import scenario_schema as schema


def charters(source: schema.Scenario) -> Array:
    """Strength of each term of each bloc's charter. (X, H, 1)."""
    terms = [[(bloc.charter or {}).get(term, 0.0) for term in CHARTER] for bloc in source.blocs.values()]
    return np.array(terms, dtype=np.float64).reshape(len(terms), len(CHARTER), 1)


def contracts(source: schema.Scenario, places: Axis, lines: Axis) -> tuple[OpeningContract, ...]:
    """The contracts in force at the opening, in the order of the file."""
    return tuple(_contract(key, row, source.first_quarter, places, lines) for key, row in source.contracts.items())


def _contract(key: str, row: schema.Contract, first: str, places: Axis, lines: Axis) -> OpeningContract:
    return OpeningContract(
        key=key,
        name=row.name,
        parties=tuple(map(places.at, row.parties)),
        signed=quarter_index(row.signed, first),
        until=None if row.until is None else quarter_index(row.until, first),
        escrow=row.escrow,
        snap_back=row.snap_back,
        verifier=-1 if row.verifier is None else places.at(row.verifier),
        clauses=tuple(_clause(clause, places, lines) for clause in row.clauses),
    )


def _clause(row: schema.Clause, places: Axis, lines: Axis) -> OpeningClause:
    kind = CLAUSE_KINDS[CLAUSES.at(row.kind)]
    subject = -1
    if row.subject is not None and kind.subject != "none":
        subject = (lines if kind.subject == "line" else SUBJECT_AXES[kind.subject]).at(row.subject)
    amount = float(LEVELS.at(row.level)) if row.level is not None else row.quantity
    return OpeningClause(
        kind=CLAUSES.at(row.kind),
        giver=places.at(row.giver),
        taker=places.at(row.taker),
        subject=subject,
        target=-1 if row.target is None else places.at(row.target),
        quantity=amount or 0.0,
        price=row.price or 0.0,
    )


def refusals(source: schema.Scenario, places: Axis) -> tuple[OpeningRefusal, ...]:
    """Imports refused by the record, in the order of the file."""
    return tuple(
        OpeningRefusal(
            owner=places.at(row.owner),
            goods=goods_of(row.control_class, row.goods),
            targets=tuple(map(places.at, row.targets)),
            since=quarter_index(row.since, source.first_quarter),
            until=None if row.until is None else quarter_index(row.until, source.first_quarter),
        )
        for row in source.refusals
    )


def goods_of(control_class: str, named: list[str]) -> tuple[int, ...]:
    """Goods that a control or a refusal is about: those named, or all of the class."""
    klass = CLASSES.at(control_class)
    return tuple([GOODS.at(g) for g in named] or [g for g, c in enumerate(CLASS_OF_GOOD) if c == klass])


def invitations(source: schema.Scenario, places: Axis) -> tuple[Invitation, ...]:
    """Invitations of the record, in the order of the file."""
    blocs = list(source.blocs)
    return tuple(
        Invitation(
            bloc=blocs.index(row.bloc),
            mover=places.at(row.by),
            place=places.at(row.place),
            quarter=quarter_index(row.quarter, source.first_quarter),
        )
        for row in source.invitations
    )


def trust(source: schema.Scenario, axis: Axis) -> Array:
    """Trust of the second place in the first at the opening: of members by cohesion, or as pairs say. (N, N, 1)."""
    found = np.full((len(axis), len(axis)), 0.4)
    for bloc in source.blocs.values():
        inner = [axis.at(p) for p in bloc.members]
        for m in inner:
            for n in inner:
                found[m, n] = max(found[m, n], bloc.cohesion)
    for pair in source.trust:
        a, b = axis.at(pair.between[0]), axis.at(pair.between[1])
        found[a, b] = found[b, a] = pair.trust
    np.fill_diagonal(found, 1.0)
    return found[:, :, None]
