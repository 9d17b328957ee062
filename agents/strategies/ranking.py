"""What `steady` and the doctrines rank, as alternatives with terms: plants, power, engineers, compute, events,
breaches, and whom to make offers to (`agents/alternatives.py`).

Values are points a quarter of the seat's score per root of USD bn, by which plants are ranked; what is decided by a
threshold (power, engineers) and what gets the rest (compute) is set beside them on the same scale. In one world.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from agents.alternatives import Alternative, ranked_terms
from agents.envoys import Envoy
from agents.strategies import Council, Counsel
from agents.strategies.character import traits_of
from agents.strategies.steady import LEAST_AMOUNT, Steady, bids, leaning
from agents.strategies.steady_bundles import Deal, enter, settle
from agents.strategies.steady_controls import USED, allies
from agents.strategies.steady_events import worths
from agents.strategies.steady_talks import WORTHWHILE, dossier, searched
from agents.strategies.steady_tastes import regard
from agents.strategies.steady_wishes import wished
from game.core.diplomacy import Propose
from game.core.names import CLASSES, GOODS
from game.core.numeric import pick
from game.core.orders import BuildPower, ExportControl, Order, Respond, SovereignCompute, Subsidise, Visa
from game.core.world import World
from game.explain.deals import worth_of
from game.rules import coalition, controls
from game.rules.offers import no_offers
from game.rules.talks import as_proposal
from game.rules.worth_quarrels import HURT
from game.rules.worth_stakes import Stakes, stakes

#: What values on plants, power, engineers and compute are.
PER_ROOT = "points a quarter per root USD bn"
#: Gigawatts and thousand engineers that are weighed, as shares of what there is; USD bn of accelerators.
POWER_STEP, VISA_STEP, COMPUTE = 0.12, 0.02, 1.0
ACCELERATORS = GOODS.at("accelerators")


def weighed(steady: Steady, counsel: Counsel) -> list[Alternative]:
    """Everything that it weighs about a seat's orders of the quarter."""
    council = counsel.alone
    council.players = (steady,)
    k = stakes(council.desk.world, council.scenario, council.book.tables)
    return [
        *_plants(steady, council), *_power(council, k), *_engineers(council, k), *_compute(council, k),
        *_events(council), *_breaches(council, k),
    ]  # fmt: skip


def _plants(steady: Steady, council: Council) -> Iterator[Alternative]:
    """Public money for all of a plant's room, by what `steady` ranks plants by."""
    plants, s, view = steady.plants_of(council), council.scenario, council.view
    traits = traits_of(council.players, 1)
    added = np.minimum(plants.output / np.maximum(pick(view.goods.reference, plants.needs), 1e-9), 1.0)
    held = pick(council.desk.dependences.swapaxes(0, 1), plants.needs)
    member = np.maximum(view.relations.member[s.race.bloc].take(plants.places, axis=0), plants.inside)
    parts = {
        "independence": plants.safer * held * added,
        "race": plants.bar * member * added,
        "prosperity": plants.prosperity * np.minimum(plants.income * pick(view.market.long_price, plants.prices), 3.0),
    }
    gain, most = bids(council, plants)
    scale = gain * (most > LEAST_AMOUNT) * (1.0 if traits.plain else leaning(council, plants, traits))
    scale = scale * (council.desk.plant_room.take(plants.plants, axis=0) > plants.least_left)
    scale = scale * (council.desk.under_way.take(plants.plants, axis=0) < plants.most_building)
    names = (*s.lines.axis.names, *s.suppliers.axis.names)
    for p in range(len(plants.plants) - 1):
        terms = {name: float(part[p, 0] * scale[p, 0]) for name, part in parts.items()}
        order = Subsidise(names[int(plants.plants[p])], float(plants.cost[p, 0]))
        yield Alternative("plants", order, sum_of(terms), ranked_terms(terms), PER_ROOT)


def sum_of(terms: dict[str, float]) -> float:
    """The terms added in their order."""
    found = 0.0
    for value in terms.values():
        found += value
    return found


def _power(council: Council, k: Stakes) -> Iterator[Alternative]:
    """Electricity at the margin, by kind: `steady` orders it where the grid is nearly full."""
    seat, costs = int(council.seats[0]), council.scenario.parameters.power
    gigawatts = POWER_STEP * float(council.view.power.supply[seat, 0])
    for kind, cost in (("grid", costs.grid_cost), ("lng", costs.lng_cost)):
        if gigawatts > 0.0:
            value = gigawatts * float(k.gigawatt[seat, 0]) / _root(gigawatts * cost)
            yield _scaled("power", BuildPower(kind, gigawatts), value, "racks_that_run")


def _engineers(council: Council, k: Stakes) -> Iterator[Alternative]:
    seat = int(council.seats[0])
    thousands = VISA_STEP * float(council.view.people.engineers[seat, 0])
    if thousands > 0.0:
        cost = thousands * council.scenario.parameters.people.visa_cost
        yield _scaled(
            "engineers", Visa(thousands), thousands * float(k.engineer[seat, 0]) / _root(cost), "plants_staffed"
        )


def _compute(council: Council, k: Stakes) -> Iterator[Alternative]:
    """A billion of accelerators, as far as there is power to run them."""
    seat = int(council.seats[0])
    racks = COMPUTE / max(float(k.price[ACCELERATORS, 0]), 1e-9) * float(k.world.power.factor[seat, 0])
    value = racks * float(k.compute[seat, 0]) / _root(COMPUTE)
    yield _scaled("compute", SovereignCompute(COMPUTE), value, "compute_at_work")


def _root(cost: float) -> float:
    return float(np.sqrt(0.2 + cost))


def _scaled(matter: str, order: Order, value: float, name: str) -> Alternative:
    return Alternative(matter, order, value, ((name, value),), PER_ROOT)


def _events(council: Council) -> Iterator[Alternative]:
    """Choices on what struck the seat; the first says nothing."""
    s, seat = council.scenario, int(council.seats[0])
    fixed, mended = worths(s)
    for kind in np.flatnonzero(council.view.events.pending[:, seat, 0] > 0.0).tolist():
        severity, name = float(council.view.events.pending[kind, seat, 0]), s.events.axis.names[kind]
        for choice in range(len(s.events.choices[kind])):
            terms = {
                "mended": float(mended[kind, choice]) * severity,
                "costs_and_side_effects": float(fixed[kind, choice]),
            }
            order = Respond(name, choice + 1) if choice else None
            yield Alternative(f"event {name}", order, sum_of(terms), ranked_terms(terms))


def _breaches(council: Council, k: Stakes) -> Iterator[Alternative]:
    """Controls on those who broke a contract with the seat: what the rival loses, less the seat's own sales."""
    world, s, seat = council.desk.world, council.scenario, int(council.seats[0])
    for breacher in np.flatnonzero(world.relations.wronged[seat, :, 0] > 0).tolist():
        for name in USED:
            c = CLASSES.at(name)
            goods = council.book.tables.positions.classes[c]
            if float(controls.holdings(world, s)[seat, goods, 0].max()) < s.parameters.controls.class_share:
                continue
            known = coalition.market(world, s, c, breacher)
            bite = float(coalition.stopped(known, allies(world, seat, c, breacher))[0]) * float(known.need[0])
            sales = float(k.sold(c)[seat, breacher, 0])
            terms = {
                "rival_loses": HURT * bite * float(k.rivalry[seat, breacher, 0]),
                "own_sales": -sales * float(k.income[seat, 0]),
            }
            order = ExportControl(name, s.place_axis.names[breacher], "licence")
            yield Alternative("breach", order, sum_of(terms), ranked_terms(terms))
        yield Alternative("breach", None, 0.0)


def offers_weighed(steady: Steady, envoy: Envoy) -> list[Alternative]:
    """Offers to every partner with which a contract of the quarter's themes would gain, at the price it would ask."""
    embassy = envoy.alone
    embassy.players = (steady,)
    world, s = embassy.talks.world, envoy.scenario
    k, places = stakes(world, s, envoy.book.tables), np.array(s.places.seats)
    talked = dossier(k)
    traits = traits_of(embassy.players, 1)
    tastes = None if traits.plain else traits.clauses_by_place(embassy.seats, len(s.place_axis))
    gain, chosen = searched(k, places, talked, tastes)
    if not traits.plain:
        gain = gain * regard(traits, embassy, places)
    mine = int(np.flatnonzero(places == envoy.seat)[0])
    partners = np.flatnonzero(gain[mine, :, 0] > WORTHWHILE)
    if not len(partners):
        return []
    offers = no_offers([envoy.seat] * len(partners), len(s.place_axis), 1)
    rows, nought = np.arange(len(partners)), np.zeros(len(partners), dtype=np.int64)
    deal = Deal(rows, nought, np.full(len(partners), envoy.seat), places[partners])
    given, taken = (c.astype(np.int64) for c in (chosen[mine, partners, 0], chosen[partners, mine, 0]))
    enter(offers, k, deal, talked, given, taken)
    settle(offers, k, deal)
    own = wished(k, offers, rows, np.full(len(partners), envoy.seat), nought)
    return [
        _proposal(as_proposal(offers, row, s), float(own[row]), envoy, world)
        for row in rows.tolist()
        if offers.open[row, 0]
    ]


def _proposal(proposal: Propose, own: float, envoy: Envoy, world: World) -> Alternative:
    """An offer and what it is worth to its sender, `own` points of it for its objective and mandate."""
    others = tuple(code for code in proposal.parties if code != envoy.scenario.place_axis.names[envoy.seat])
    proposal = replace(proposal, parties=(envoy.scenario.place_axis.names[envoy.seat], *others))
    code, terms = envoy.scenario.place_axis.names[envoy.seat], {"objective_and_mandate": own} if own else {}
    for row in worth_of(proposal, world, envoy.scenario, envoy.book.tables):
        if row.party == code:
            for term in row.terms:
                terms[term.name] = terms.get(term.name, 0.0) + term.points
    return Alternative("talks", proposal, sum_of(terms), ranked_terms(terms), "points over its length")
