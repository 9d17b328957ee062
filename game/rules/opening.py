"""The world on the evening before the first quarter, from a scenario."""

from __future__ import annotations

import numpy as np

from game.core.names import CLASSES, DIALS, GATES, GOODS, MEASURES, TRACKS, USES, WORKS
from game.core.numeric import Array
from game.core.rng import seeds
from game.core.scenario import Scenario
from game.core.world import (
    Compute,
    Events,
    Goods,
    Lines,
    Market,
    People,
    Policy,
    Power,
    Relations,
    Small,
    Standing,
    State,
    Suppliers,
    Trade,
    World,
    replace,
    sealed,
)
from game.rules import (
    bottleneck,
    leverage,
    mandates,
    opening_statecraft,
    people,
    power,
    production,
    race,
    score,
    trade,
    treasury,
)
from game.rules.tables import Tables

#: Quarters ahead that pipelines of people and power can hold.
AHEAD = 24

OPENING_USES = {"economy": 0.735, "research": 0.20, "security": 0.06, "rent": 0.005}
OPENING_DIALS = {
    "enforcement": 0.3,
    "stock_target": 0.25,
    "universities": 0.3,
    "grid": 0.3,
    "visa": 0.2,
    "guards": 0.2,
    "dispersal": 0.0,
}


def opening(scenario: Scenario, constants: Tables, seed: int, worlds: int) -> World:
    """The opening World of `worlds` parallel games; world w plays seed `seed + w`."""
    start = _Start(scenario, constants, seed, worlds)
    world = World(
        quarter=0,
        seed=seeds(seed, worlds),
        market=start.market(),
        goods=start.goods(),
        trade=start.trade(),
        suppliers=start.suppliers(),
        lines=start.lines(),
        policy=start.policy(),
        power=start.power(),
        people=start.people(),
        compute=start.compute(),
        state=start.state(),
        relations=start.relations(),
        events=start.events(),
        standing=start.standing(),
        **opening_statecraft.records(scenario, worlds),
    )
    return sealed(_settled(world, scenario, constants))


def _settled(world: World, scenario: Scenario, constants: Tables) -> World:
    """Quantities that follow from the others: needs, stocks in quarters of need, covers, bars, measures."""
    world = power.balanced(people.staffed(world, scenario, constants), scenario, constants)
    need = production.needs(world, scenario, constants)
    cover = 1.0 + scenario.goods.cover
    goods = replace(
        world.goods,
        wanted=need,
        used=need.copy(),
        reference=need.copy(),
        inventory=need * cover,
        stockpile=need * scenario.places.stock * np.ones_like(need),
        made=_made(world, scenario, constants),
    )
    stock = goods.inventory.copy()
    stock[:, production.ACCELERATORS] = (scenario.places.capex / scenario.goods.price[production.ACCELERATORS]) * 1.1
    goods = replace(goods, inventory=stock)
    plan = production.planned(world, scenario, constants)
    lines = replace(world.lines, output=plan.line, starts=plan.starts)
    world = replace(world, goods=goods, lines=lines, suppliers=replace(world.suppliers, output=plan.supplier))
    # The quarter before: what was ordered and shipped, so that import shares and dependence exist from the start.
    after_use = replace(world, goods=replace(goods, inventory=need * scenario.goods.cover))
    ordered = trade.orders(after_use, scenario, constants)
    world = replace(world, trade=trade.matched(trade.inspected(after_use, scenario), scenario, constants, ordered))
    value = treasury.value_added(world, scenario, constants)
    world = replace(world, state=replace(world.state, value_added=value))
    world = bottleneck.measured(world, scenario, constants)
    world = race.measured(world, scenario, constants)
    under_way = leverage.work(world, scenario, constants)
    world = replace(world, standing=replace(world.standing, work_peak=under_way))
    return score.measured(world, scenario, constants)


def _made(world: World, scenario: Scenario, constants: Tables) -> Array:
    made = production.planned_goods(world, scenario, constants)
    made[:, production.CLOUD] = production.cloud_offered(world, constants)
    return made


class _Start:
    """Builds the records of the opening for B worlds."""

    def __init__(self, scenario: Scenario, constants: Tables, seed: int, worlds: int) -> None:
        self.s, self.t, self.seed, self.worlds = scenario, constants, seed, worlds
        self.n = len(scenario.place_axis)
        self.g = len(GOODS)

    def wide(self, values: Array) -> Array:
        """A scenario array (..., 1) repeated for each world."""
        return np.repeat(values.astype(np.float64), self.worlds, axis=-1)

    def full(self, value: float, *shape: int) -> Array:
        return np.full((*shape, self.worlds), float(value))

    def small(self, *shape: int) -> Small:
        return np.zeros((*shape, self.worlds), dtype=np.int8)

    def market(self) -> Market:
        price = np.stack([np.ones_like(self.s.goods.inside_price), self.s.goods.inside_price])
        price = self.wide(price)
        zero = self.full(0.0, 2, self.g)
        one = self.full(1.0, 2, self.g)
        return Market(
            price=price,
            previous=price.copy(),
            long_price=price.copy(),
            normal_price=price.copy(),
            momentum=zero,
            adaptation=one,
            news=zero.copy(),
            alarm=zero.copy(),
            expected=one.copy(),
        )

    def goods(self) -> Goods:
        zeros = [self.full(0.0, self.n, self.g) for _ in range(12)]
        return Goods(*zeros)

    def trade(self) -> Trade:
        sellers = len(self.s.sellers.place)
        return Trade(
            flow=self.full(0.0, sellers, self.n),
            leaked=self.full(0.0, sellers, self.n),
            blocked=self.full(0.0, sellers, self.n),
            network=self.full(self.s.parameters.leakage.base, self.g, self.n),
            passes=self.full(1.0, sellers, self.n),
            exported=self.full(0.0, sellers),
            unsold=self.full(0.0, sellers),
            ordered=self.full(0.0, self.n, self.g),
            received=self.full(0.0, self.n, self.g),
            access=self.full(1.0, 2, self.g),
            settled=self.full(0.0, self.n),
        )

    def suppliers(self) -> Suppliers:
        s = self.s.suppliers
        rows = len(s.axis)
        return Suppliers(
            capacity=self.wide(s.capacity),
            use=self.wide(s.use),
            age=self.full(40.0, rows),
            running=self.wide((s.capacity > 0).astype(np.float64)),
            building=self.wide(s.building),
            left=self.wide(s.left),
            outage=self.full(0.0, rows),
            profit=self.full(0.1, rows),
            output=self.wide(s.capacity * s.use),
            protected=self.wide(s.floor),
            state_share=self.full(0.0, self.n, rows),
            spent=self.full(0.0, rows),
        )

    def lines(self) -> Lines:
        f = self.s.lines
        rows = len(f.axis)
        return Lines(
            capacity=self.wide(f.capacity),
            use=self.wide(f.use),
            node=self.wide(np.where(f.capacity > 0, f.node, f.project_node)),
            die_yield=self.wide(f.die_yield),
            building=self.wide(f.building),
            left=self.wide(f.left),
            outage=self.full(0.0, rows),
            profit=self.full(0.1, rows),
            output=self.full(0.0, rows),
            starts=self.wide(f.capacity * f.use * 3.0),
            licensed=self.full(1.0, rows),
            state_share=self.full(0.0, self.n, rows),
            spent=self.full(0.0, rows),
            tender=self.full(0.0, rows),
            bid=self.full(0.0, rows),
            stake=self.full(0.0, self.n, rows),
            wish=self.full(0.0, rows),
            permit=self.full(0.0, rows),
            proven=self.full(0.0, rows),
            served=self.full(0.0, rows),
        )

    def policy(self) -> Policy:
        level = np.repeat(self.t.opening_level[..., None], self.worlds, axis=-1)
        secondary, closed = self.small(self.n, len(CLASSES)), self.small(self.n, self.n)
        for control in self.s.controls:
            if control.since >= 0:
                continue
            if control.secondary_class is not None:
                secondary[control.owner, control.secondary_class] = 1
            if not control.goods:
                closed[control.owner, list(control.targets)] = 1
        return Policy(
            level=level,
            chosen=level,
            age=np.where(level > 0, 8, 0).astype(np.int8),
            refusal=self.small(self.n, self.g, self.n),
            secondary=secondary,
            entity=self.small(self.n, len(self.s.lines.axis)),
            closed_people=closed,
            flood=self.small(self.n, self.g),
            pressure=self.full(0.0, self.n, self.g),
        )

    def power(self) -> Power:
        return Power(
            supply=self.wide(self.s.places.power),
            coming=self.full(0.0, self.n, AHEAD),
            outage=self.full(0.0, self.n),
            used=self.full(0.0, self.n),
            factor=self.full(1.0, self.n),
            contracted=self.full(0.0, self.n),
            gas=self.full(0.0, self.n),
        )

    def people(self) -> People:
        coming = self.full(0.0, self.n, AHEAD)
        coming[:, : int(self.s.parameters.people.study)] = self.s.places.graduates[:, :, None]
        return People(
            engineers=self.wide(self.s.places.engineers),
            coming=coming,
            needed=self.full(0.0, self.n),
            moved=self.full(0.0, self.n),
        )

    def compute(self) -> Compute:
        p = self.s.places
        installed = self.wide(p.compute)
        split = np.array([OPENING_USES[u] for u in USES])[None, :, None] * np.ones((self.n, 1, 1))
        kw = self.s.parameters.compute.kw
        return Compute(
            installed=installed,
            foreign=self.wide(p.foreign_owned),
            state=installed * 0.03,
            kw=self.full(kw, self.n),
            running=installed.copy(),
            private=self.wide(p.capex),
            rented_in=self.full(0.0, self.n),
            rented_out=self.full(0.0, self.n),
            growth=self.full(1.0, self.n),
            uses=self.wide(split),
            security=installed * OPENING_USES["security"],
            kw_offered=self.full(kw, self.n),
            programme=self.full(0.0, self.n),
        )

    def state(self) -> State:
        p = self.s.places
        dials = np.array([OPENING_DIALS[d] for d in DIALS])[None, :, None] * np.ones((self.n, 1, 1))
        dials[:, DIALS.at("enforcement"), :] = p.enforcement
        return State(
            cash=self.wide(p.treasury),
            capital=self.full(self.s.parameters.state.capital, self.n),
            approval=self.wide(p.approval),
            income=self.wide(p.budget),
            spending=self.full(0.0, self.n),
            dials=self.wide(dials),
            research=self.full(1.0 / len(TRACKS), self.n, len(TRACKS)),
            knowhow=self.wide(p.research),
            rent=self.full(0.0, self.n),
            value_added=self.full(0.0, self.n),
        )

    def relations(self) -> Relations:
        member = self.small(len(self.s.blocs), self.n)
        for x, (_, _, members, _) in enumerate(self.s.blocs):
            member[x, list(members)] = 1
        return Relations(
            trust=self.wide(self.s.trust),
            blame=self.full(0.0, self.n),
            escalation=self.full(1.0),
            member=member,
            collapsed=self.full(0.0),
            penalty=self.full(0.0, self.n),
            wronged=self.small(self.n, self.n),
        )

    def events(self) -> Events:
        return Events(
            struck=self.full(0.0, len(self.s.events.axis), self.n),
            pending=self.full(0.0, len(self.s.events.axis), self.n),
            route=self.full(0.0, self.n),
            kept=self.full(0.5, self.n),
            boom=self.full(1.0),
        )

    def standing(self) -> Standing:
        return Standing(
            mineral_independence=self.full(0.0),
            chip_independence=self.full(0.0),
            mineral_held=self.full(0.0),
            chip_held=self.full(0.0),
            measures=self.full(50.0, self.n, len(MEASURES)),
            dividend=self.full(0.0, self.n),
            score_sum=self.full(0.0, self.n),
            weight_sum=self.full(0.0),
            cover=self.full(4.0, len(GATES), self.n),
            relief=self.full(0.0, len(GATES)),
            work_peak=self.full(0.0, len(WORKS), self.n),
            mandate=mandates.drawn(seeds(self.seed, self.worlds), self.s),
            mandate_sum=self.full(0.0, self.n),
            worst_mature=self.full(1.0, self.n),
        )
