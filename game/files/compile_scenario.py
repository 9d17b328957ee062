"""From a validated scenario file to the arrays that the rules read: per year becomes per quarter, USD m USD bn."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import fields, is_dataclass, replace
from math import fsum

import numpy as np

from game.core.names import (
    CLASS_OF_GOOD,
    CLASSES,
    GOODS,
    LEVELS,
    LINE_KINDS,
    MANDATES,
    MEASURES,
    NODES,
    SUPPLIER_KINDS,
    TRACKS,
    VOTING,
    Axis,
    quarter_index,
)
from game.core.numeric import Array, Counts, Grouping, on_grid
from game.core.parameters import Parameters
from game.core.scenario import (
    EventChoice,
    EventTable,
    GoodTable,
    LineTable,
    NodeTable,
    Objective,
    OpeningControl,
    Places,
    RaceTable,
    Scenario,
    Sellers,
    SupplierTable,
    Technology,
    Texts,
)
from game.files import scenario_schema as schema
from game.files.compile_contracts import charters, contracts, goods_of, invitations, refusals, trust


def compiled(source: schema.Scenario, text: str, content_hash: str) -> Scenario:
    """The scenario as arrays that nobody can change; `text` and `content_hash` are carried along."""
    scenario = _arrays(source, text, content_hash)
    for table in fields(Scenario):
        _seal(getattr(scenario, table.name))
    return scenario


def _seal(table: object) -> None:
    """Make the arrays of a table read-only: a strategy may look at the scenario, not edit it."""
    if isinstance(table, np.ndarray):
        table.setflags(write=False)
    elif is_dataclass(table) and not isinstance(table, type):
        for field in fields(table):
            _seal(getattr(table, field.name))


def _arrays(source: schema.Scenario, text: str, content_hash: str) -> Scenario:
    axis = Axis("place", source.places)
    lines = _lines(source, axis)
    suppliers = _suppliers(source, axis)
    return Scenario(
        name=source.name,
        title=source.title,
        summary=source.summary,
        content_hash=content_hash,
        text=text,
        first_quarter=source.first_quarter,
        quarters=source.quarters,
        quarters_per_round=source.quarters_per_round,
        epilogue_quarters=source.epilogue_quarters,
        inside=axis.at(source.inside),
        hubs=tuple(axis.at(h) for h in source.hubs),
        place_axis=axis,
        places=_places(source),
        texts=_texts(source),
        goods=_goods(source, axis),
        nodes=_nodes(source),
        lines=lines,
        suppliers=suppliers,
        sellers=_sellers(source, axis, lines, suppliers),
        race=_race(source),
        events=_events(source, axis),
        controls=tuple(_control(c, axis, source.first_quarter) for c in source.controls),
        refusals=refusals(source, axis),
        invitations=invitations(source, axis),
        blocs=tuple(
            (key, b.name, tuple(map(axis.at, b.members)), tuple(map(axis.at, b.observers)))
            for key, b in source.blocs.items()
        ),
        charters=charters(source),
        voting=np.array([VOTING.at(b.voting) for b in source.blocs.values()], dtype=np.int64),
        chartered=tuple(x for x, b in enumerate(source.blocs.values()) if b.charter is not None),
        contracts=contracts(source, axis, lines.axis),
        trust=trust(source, axis),
        objectives={axis.at(k): _objective(o) for k, o in source.objectives.items()},
        elections={
            axis.at(k): (quarter_index(e.first, source.first_quarter), e.every) for k, e in source.elections.items()
        },
        mandates={
            axis.at(k): tuple(_objective(candidates[name]) for name in MANDATES)
            for k, candidates in source.mandates.items()
        },
        teams={name: tuple(map(axis.at, seats)) for name, seats in source.teams.items()},
        parameters=_parameters(source),
    )


def _column(values: Iterable[float]) -> Array:
    return np.array(list(values), dtype=np.float64)[:, None]


def _places(source: schema.Scenario) -> Places:
    places = list(source.places.values())

    def column(read: Callable[[schema.Place], float]) -> Array:
        return _column(read(p) for p in places)

    return Places(
        seats=tuple(i for i, p in enumerate(places) if p.seat),
        gdp=column(lambda p: p.gdp),
        growth=column(lambda p: p.growth),
        budget=column(lambda p: p.budget / 4),
        treasury=column(lambda p: p.treasury),
        credit=column(lambda p: p.credit),
        approval=column(lambda p: p.approval),
        engineers=column(lambda p: p.engineers),
        graduates=column(lambda p: p.graduates / 4),
        wage=column(lambda p: p.wage),
        power=column(lambda p: p.power),
        power_growth=column(lambda p: p.power_growth / 4),
        power_price=column(lambda p: p.power_price),
        climate=column(lambda p: p.climate),
        pue=column(lambda p: p.pue),
        compute=column(lambda p: p.compute),
        foreign_owned=column(lambda p: p.foreign_owned),
        capex=column(lambda p: p.capex / 4),
        research=_grid([[p.research.get(t, 0.0) for t in TRACKS] for p in places]),
        openness=column(lambda p: p.openness),
        leak=column(lambda p: p.leak),
        enforcement=column(lambda p: p.enforcement),
        build_cost=column(lambda p: p.build_cost),
        build_time=column(lambda p: p.build_time),
        stock=_grid([[p.stock.get(g, 0.0) for g in GOODS] for p in places]),
        weights=_grid([[p.weights.get(m, 0.0) for m in MEASURES] for p in places]),
    )


def _grid(rows: list[list[float]]) -> Array:
    return np.array(rows, dtype=np.float64)[:, :, None]


def _texts(source: schema.Scenario) -> Texts:
    places = source.places.values()
    return Texts(
        names=tuple(p.name for p in places),
        fantasy=tuple(p.fantasy for p in places),
        lever=tuple(p.lever for p in places),
        weak_point=tuple(p.weak_point for p in places),
    )


def _goods(source: schema.Scenario, axis: Axis) -> GoodTable:
    goods = [source.goods[g] for g in GOODS]
    return GoodTable(
        units=tuple(g.unit for g in goods),
        price=_column(g.price / 1000 for g in goods),
        inside_price=_column(g.inside_price for g in goods),
        use=_grid([[g.use.get(p, 0.0) / 4 for g in goods] for p in axis]),
        growth=_column(g.growth / 4 for g in goods),
        short=on_grid(_column(g.short_elasticity for g in goods)),
        long=on_grid(_column(g.long_elasticity for g in goods)),
        cover=_column(g.cover for g in goods),
        stake=_column(g.value_at_stake for g in goods),
        recipes=tuple(
            (activity, GOODS.at(good), amount)
            for activity, recipe in source.recipes.items()
            for good, amount in recipe.items()
            if amount > 0
        ),
    )


def _nodes(source: schema.Scenario) -> NodeTable:
    nodes = [source.nodes[k] for k in NODES]

    def row(read: Callable[[schema.Node], float]) -> Array:
        return np.array([read(n) for n in nodes], dtype=np.float64)

    return NodeTable(
        wafer_price=row(lambda n: n.wafer_price / 1e6),
        wafer_cost=row(lambda n: n.wafer_cost / 1e6),
        capex=row(lambda n: n.capex),
        tools=np.array([[n.process_tools, n.duv, n.euv, n.high_na] for n in nodes], dtype=np.float64),
        h100e=row(lambda n: n.h100e),
        energy=row(lambda n: n.energy),
        engineers=row(lambda n: n.engineers),
        power=row(lambda n: n.power),
        ceiling=row(lambda n: n.yield_ceiling),
        knowhow=row(lambda n: n.knowhow),
    )


def _left(project: schema.Project | None, first: str) -> float:
    """Quarters from the opening until a project runs: one that opens in the first quarter needs 1."""
    return 0.0 if project is None else max(1.0, quarter_index(project.opens, first) + 1.0)


def _positions(values: Iterable[int]) -> Counts:
    return np.array(list(values), dtype=np.int64)


def _lines(source: schema.Scenario, axis: Axis) -> LineTable:
    lines = list(source.lines.values())
    firms = list(dict.fromkeys(f.firm for f in lines))

    def node(line: schema.Line) -> float:
        return float(NODES.at(line.node)) if line.node else 0.0

    return LineTable(
        axis=Axis("foundry line", source.lines),
        titles=tuple(f.name for f in lines),
        firms=tuple(f.firm for f in lines),
        of_firm=Grouping([firms.index(f.firm) for f in lines], len(firms)),
        sites=tuple(f.site for f in lines),
        place=_positions(axis.at(f.place) for f in lines),
        home=_positions(axis.at(f.home) for f in lines),
        kind=_positions(LINE_KINDS.at(f.kind) for f in lines),
        node=_column(node(f) for f in lines),
        capacity=_column(f.capacity for f in lines),
        use=_column(f.use for f in lines),
        die_yield=_column(f.die_yield for f in lines),
        fast=_column(float(f.fast) for f in lines),
        glass=_column(float(f.glass) for f in lines),
        building=_column(f.project.capacity if f.project else 0.0 for f in lines),
        left=_column(_left(f.project, source.first_quarter) for f in lines),
        project_node=_column(
            float(NODES.at(f.project.node)) if f.project and f.project.node else node(f) for f in lines
        ),
        room=_column(f.room.capacity if f.room else 0.0 for f in lines),
        room_capex=_column(f.room.capex if f.room else 0.0 for f in lines),
        room_lead=_column(f.room.lead if f.room else 0.0 for f in lines),
        hostage_of=_positions(axis.at(f.hostage_of) if f.hostage_of else -1 for f in lines),
    )


def _suppliers(source: schema.Scenario, axis: Axis) -> SupplierTable:
    rows = list(source.suppliers.values())

    def floor(s: schema.Supplier) -> float:
        return max(0.0, quarter_index(s.floor_until, source.first_quarter) + 1.0) if s.floor_until else 0.0

    return SupplierTable(
        axis=Axis("supplier", source.suppliers),
        titles=tuple(s.name for s in rows),
        firms=tuple(s.firm for s in rows),
        place=_positions(axis.at(s.place) for s in rows),
        home=_positions(axis.at(s.home or s.place) for s in rows),
        good=_positions(GOODS.at(s.good) for s in rows),
        kind=_positions(SUPPLIER_KINDS.at(s.kind) for s in rows),
        capacity=_column(s.capacity / 4 for s in rows),
        use=_column(s.use for s in rows),
        cost=_column(s.cost for s in rows),
        by_product=_column(float(s.by_product) for s in rows),
        building=_column(s.project.capacity / 4 if s.project else 0.0 for s in rows),
        left=_column(_left(s.project, source.first_quarter) for s in rows),
        room=_column(s.room.capacity / 4 if s.room else 0.0 for s in rows),
        room_capex=_column(s.room.capex if s.room else 0.0 for s in rows),
        room_lead=_column(s.room.lead if s.room else 0.0 for s in rows),
        floor=_column(floor(s) for s in rows),
    )


def _line_good(line_kind: int, node: float) -> int:
    if line_kind == LINE_KINDS.at("memory"):
        return GOODS.at("hbm")
    if line_kind == LINE_KINDS.at("packaging"):
        return GOODS.at("accelerators")
    return GOODS.at("leading_logic" if node >= NODES.at("7") else "mature_chips")


def _sellers(source: schema.Scenario, axis: Axis, lines: LineTable, suppliers: SupplierTable) -> Sellers:
    of_line = [
        (int(p), _line_good(int(k), max(float(n), float(pn))))
        for p, k, n, pn in zip(lines.place, lines.kind, lines.node[:, 0], lines.project_node[:, 0], strict=True)
    ]
    of_supplier = [(int(p), int(g)) for p, g in zip(suppliers.place, suppliers.good, strict=True)]
    cloud = [(axis.at(code), GOODS.at("cloud")) for code, p in source.places.items() if p.seat or code in source.hubs]
    rank: dict[tuple[int, int], int] = {}
    pairs = sorted(set(of_line + of_supplier + cloud), key=lambda pair: (pair[1], pair[0]))
    count = np.zeros(len(GOODS), dtype=np.int64)
    for pair in pairs:
        rank[pair] = int(count[pair[1]])
        count[pair[1]] += 1
    # By rank among the sellers of its good first, goods with many sellers in front: sums by good then run over
    # consecutive rows (core.numeric.Grouping).
    pairs.sort(key=lambda pair: (rank[pair], -count[pair[1]], pair[1]))
    at = {pair: e for e, pair in enumerate(pairs)}
    lane = np.full((len(axis), len(GOODS)), -1, dtype=np.int64)
    for (place, good), e in at.items():
        lane[place, good] = e
    technology = tuple(
        (axis.at(t.owner), at[(axis.at(s), GOODS.at(t.good))], t.share)
        for t in source.technology
        for s in t.sellers
        if (axis.at(s), GOODS.at(t.good)) in at
    )
    return Sellers(
        place=_positions(p for p, _ in pairs),
        good=_positions(g for _, g in pairs),
        by_good=Grouping([g for _, g in pairs], len(GOODS)),
        by_place=Grouping([p for p, _ in pairs], len(axis)),
        of_supplier=Grouping([at[pair] for pair in of_supplier], len(pairs)),
        of_line=Grouping([at[pair] for pair in of_line], len(pairs)),
        lane=lane,
        technology=technology,
        owned=_technology(technology, pairs, len(axis)),
    )


def _technology(rows: tuple[tuple[int, int, float], ...], sellers: list[tuple[int, int]], places: int) -> Technology:
    owners = [owner for owner, _, _ in rows]
    good = [sellers[seller][1] for _, seller, _ in rows]
    pair_of_row = list(zip(owners, good, strict=True))
    pairs = sorted(set(pair_of_row))
    return Technology(
        owner=_positions(owners),
        seller=_positions(seller for _, seller, _ in rows),
        place=_positions(sellers[seller][0] for _, seller, _ in rows),
        good=_positions(good),
        control_class=_positions(CLASS_OF_GOOD[g] for g in good),
        share=np.array([share for _, _, share in rows], dtype=np.float64)[:, None],
        by_owner=Grouping(owners, places),
        pairs=Grouping([pairs.index(pair) for pair in pair_of_row], len(pairs)),
        pair_owner=_positions(owner for owner, _ in pairs),
        pair_good=_positions(g for _, g in pairs),
    )


def _race(source: schema.Scenario) -> RaceTable:
    return RaceTable(
        bloc=list(source.blocs).index(source.race.bloc),
        post=source.race.post,
        lose=source.race.lose,
        minerals=tuple((GOODS.at(g), w) for g, w in source.race.mineral_weights.items()),
        chips=tuple(source.race.chip_weights.items()),
    )


def _events(source: schema.Scenario, axis: Axis) -> EventTable:
    kinds = list(source.events.values())
    weights = _grid([[e.places.get(p, 0.0) for p in axis] for e in kinds])
    totals = np.array([[fsum(e.places.values()) or 1.0] for e in kinds])[:, :, None]
    return EventTable(
        axis=Axis("event", source.events),
        odds=_column(e.odds / 4 for e in kinds),
        places=weights / totals,
        severity=_column(e.severity for e in kinds),
        decay=_column(e.decay for e in kinds),
        words=tuple(e.words for e in kinds),
        odds_by=tuple(e.odds_by or "" for e in kinds),
        effects=tuple(tuple(e.effects.items()) for e in kinds),
        choices=tuple(
            tuple(EventChoice(c.words, c.cash, c.capital, tuple(c.effects.items())) for c in e.choices) for e in kinds
        ),
    )


def _control(control: schema.OpeningControl, axis: Axis, first: str) -> OpeningControl:
    return OpeningControl(
        owner=axis.at(control.owner),
        goods=goods_of(control.control_class, control.goods),
        targets=tuple(map(axis.at, control.targets)),
        level=LEVELS.at(control.level),
        passes=control.passes,
        since=quarter_index(control.since, first),
        until=None if control.until is None else quarter_index(control.until, first),
        secondary_class=CLASSES.at(control.control_class) if control.secondary else None,
    )


def _parameters(source: schema.Scenario) -> Parameters:
    parameters = Parameters()
    changed = {}
    for subject in fields(Parameters):
        if subject.name in source.parameters:
            changed[subject.name] = replace(getattr(parameters, subject.name), **source.parameters[subject.name])
    return replace(parameters, **changed)


def _objective(source: schema.Objective) -> Objective:
    return Objective(source.text, source.metric, source.of, source.floor, source.target)
