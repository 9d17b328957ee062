"""What events and the choices they leave can move: a small vocabulary that scenarios describe kinds of event in (S23).

A lever takes an amount for each place, (N, B), zero where nothing happens. Of outages a positive amount is the share of
capacity that stops, a negative one the share of the outage that is mended.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from game.core.names import GOODS
from game.core.numeric import Array, Flags, clip, entries
from game.core.rng import uniform
from game.core.scenario import Scenario
from game.core.world import World, replace
from game.rules import guards
from game.rules.kept import constants_of
from game.rules.turn import Turn

Pull = Callable[[World, Turn, Array], World]
#: Most of plants, and of power, that can be out.
MOST_OUT, MOST_DARK = 0.95, 0.8


@dataclass(frozen=True, slots=True)
class Lever:
    """One thing that events move.

    Parameters
    ----------
    words : what an amount does, with `{}` for its size as a share.
    worth : points of score that a unit is worth to a place, about; what `steady` weighs choices by. Judged.
    pull : moves it.
    """

    words: str
    worth: float
    pull: Pull


def _hit(outage: Array, amount: Array, most: float = MOST_OUT) -> Array:
    """Outage after an accident, the worse of the two, or after repairs."""
    # Of many worlds few are struck: only their cells are looked at.
    at = np.flatnonzero(amount != 0.0)
    was, by = outage.take(at), amount.take(at)
    # Compared, not np.maximum: of 0 and -0, which no event and no repair make, that takes either.
    worse = np.where(by > was, np.minimum(by, most), was)
    after = outage.copy()
    after.reshape(-1)[at] = np.where(by < 0.0, was * (1.0 + np.maximum(by, -1.0)), worse)
    return after


def _fabs(world: World, turn: Turn, amount: Array) -> World:
    outage = _hit(world.lines.outage, amount.take(turn.scenario.lines.place, axis=0))
    return replace(world, lines=replace(world.lines, outage=outage))


def _one_fab(world: World, turn: Turn, amount: Array) -> World:
    """The place's line that chance picks, not all of them; repairs go to all."""
    t, place = turn.tables, turn.scenario.lines.place
    draw = uniform(world.seed, world.quarter, t.line_keys) * (world.lines.capacity > 0)
    first = t.line_place.largest(draw)
    here = amount.take(place, axis=0)
    picked = ((draw == first.take(place, axis=0)) & (draw > 0)) | (here < 0.0)
    return replace(world, lines=replace(world.lines, outage=_hit(world.lines.outage, here * picked)))


def _suppliers_where(which: Callable[[Scenario], Flags]) -> Pull:
    """Pull at the suppliers that a scenario's table picks, (S,)."""
    rows_of = constants_of(lambda s: np.flatnonzero(which(s)))

    def pull(world: World, turn: Turn, amount: Array) -> World:
        rows, outage = rows_of(turn.scenario), world.suppliers.outage.copy()
        outage[rows] = _hit(outage.take(rows, axis=0), amount.take(turn.scenario.suppliers.place[rows], axis=0))
        return replace(world, suppliers=replace(world.suppliers, outage=outage))

    return pull


def _plants(world: World, turn: Turn, amount: Array) -> World:
    outage = _hit(world.suppliers.outage, amount.take(turn.scenario.suppliers.place, axis=0))
    world = _fabs(world, turn, amount)
    return replace(world, suppliers=replace(world.suppliers, outage=outage))


def _makers_of(good: int) -> Pull:
    return _suppliers_where(lambda s: s.suppliers.good == good)


def _power(world: World, turn: Turn, amount: Array) -> World:
    return replace(world, power=replace(world.power, outage=_hit(world.power.outage, amount, MOST_DARK)))


def _routes(world: World, turn: Turn, amount: Array) -> World:
    exposed = guards.exposure(world, turn.scenario)
    if exposed is not None:
        amount = np.where(amount > 0.0, amount * exposed, amount)
    return replace(world, events=replace(world.events, route=_hit(world.events.route, amount)))


def _yields(world: World, turn: Turn, amount: Array) -> World:
    """Share of the way to 95% that yields climb."""
    here = amount.take(turn.scenario.lines.place, axis=0)
    risen = world.lines.die_yield + here * (0.95 - world.lines.die_yield)
    return replace(world, lines=replace(world.lines, die_yield=clip(risen, 0.0, 1.0)))


def _leaks(world: World, turn: Turn, amount: Array) -> World:
    network, (place, w) = world.trade.network.copy(), entries(amount != 0.0)
    network[:, place, w] = clip(network[:, place, w] + amount[place, w], 0.0, 0.95)
    return replace(world, trade=replace(world.trade, network=network))


def _approval(world: World, turn: Turn, amount: Array) -> World:
    approval = clip(world.state.approval + amount, 0.02, 0.98)
    return replace(world, state=replace(world.state, approval=approval))


def _demand(world: World, turn: Turn, amount: Array) -> World:
    """Of firms everywhere: the strongest move counts."""
    moved = amount.max(axis=0) + amount.min(axis=0)
    return replace(world, events=replace(world.events, boom=clip(world.events.boom + moved, 0.3, 3.0)))


def _engineers(world: World, turn: Turn, amount: Array) -> World:
    people = world.people
    return replace(world, people=replace(people, engineers=np.maximum(people.engineers * (1.0 + amount), 0.0)))


def _escalation(world: World, turn: Turn, amount: Array) -> World:
    moved = amount.max(axis=0) + amount.min(axis=0)
    level = clip(world.relations.escalation + moved, 0.0, 5.0)
    return replace(world, relations=replace(world.relations, escalation=level))


def _cash(world: World, turn: Turn, amount: Array) -> World:
    cash = world.state.cash + amount * turn.scenario.places.budget
    return replace(world, state=replace(world.state, cash=cash))


def _capital(world: World, turn: Turn, amount: Array) -> World:
    most = turn.scenario.parameters.state.capital_bank
    return replace(world, state=replace(world.state, capital=clip(world.state.capital + amount, 0.0, most)))


def _trust(world: World, turn: Turn, amount: Array) -> World:
    """Of everybody in the place. (N, N, B): the second trusts the first."""
    trust, (place, w) = world.relations.trust.copy(), entries(amount != 0.0)
    trust[place, :, w] = clip(trust[place, :, w] + amount[place, w][:, None], 0.02, 1.0)
    trust[place, place, w] = 1.0
    return replace(world, relations=replace(world.relations, trust=trust))


def _knowhow(world: World, turn: Turn, amount: Array) -> World:
    knowhow = clip(world.state.knowhow * (1.0 + amount[:, None]), 0.0, 1000.0)
    return replace(world, state=replace(world.state, knowhow=knowhow))


def _resolve(world: World, turn: Turn, amount: Array) -> World:
    resolve = clip(world.politics.resolve + amount, 0.0, 1.0)
    return replace(world, politics=replace(world.politics, resolve=resolve))


def _credibility(world: World, turn: Turn, amount: Array) -> World:
    credibility = clip(world.signals.credibility + amount, 0.0, 1.0)
    return replace(world, signals=replace(world.signals, credibility=credibility))


def _compute(world: World, turn: Turn, amount: Array) -> World:
    installed = np.maximum(world.compute.installed * (1.0 + amount), 0.0)
    state = np.minimum(world.compute.state, installed)
    return replace(world, compute=replace(world.compute, installed=installed, state=state))


def _projects(world: World, turn: Turn, amount: Array) -> World:
    """Quarters that whatever is under construction there takes longer."""
    lines, suppliers = world.lines, world.suppliers
    here, there = (amount.take(table.place, axis=0) for table in (turn.scenario.lines, turn.scenario.suppliers))
    return replace(
        world,
        lines=replace(lines, left=_later(lines.left, lines.building, here)),
        suppliers=replace(suppliers, left=_later(suppliers.left, suppliers.building, there)),
    )


def _later(left: Array, building: Array, quarters: Array) -> Array:
    at = np.flatnonzero((building > 0.0) & (quarters != 0.0))
    after = left.copy()
    after.reshape(-1)[at] = clip(left.take(at) + quarters.take(at), 0.5, 200.0)
    return after


LEVERS: dict[str, Lever] = {
    "plants": Lever("{} of its plants stop", -3.0, _plants),
    "fabs": Lever("{} of its fabs' capacity stops", -2.0, _fabs),
    "one_fab": Lever("{} of one fab stops", -0.6, _one_fab),
    "mines": Lever(
        "{} of its mines and refineries stop", -0.8,
        _suppliers_where(lambda s: s.suppliers.kind <= 1),
    ),
    "power": Lever("{} of its power fails", -2.5, _power),
    "routes": Lever("{} of its sea trade stops", -2.0, _routes),
    "yields": Lever("yields rise by {} of what is missing to 95%", 12.0, _yields),
    "leaks": Lever("{} more of what is blocked leaks through it", -8.0, _leaks),
    "approval": Lever("approval moves by {}", 20.0, _approval),
    "demand": Lever("firms everywhere want {} more, for a while", 0.0, _demand),
    "engineers": Lever("its engineers change by {}", 30.0, _engineers),
    "escalation": Lever("world escalation moves by {} of a step", -2.0, _escalation),
    "cash": Lever("{} of a quarter's budget", 1.5, _cash),
    "capital": Lever("political capital changes by {} of one", 0.6, _capital),
    "trust": Lever("everybody's trust in it moves by {}", 10.0, _trust),
    "knowhow": Lever("know-how in every track moves by {}", 30.0, _knowhow),
    "resolve": Lever("resolve moves by {}", 1.0, _resolve),
    "credibility": Lever("its word counts {} more", 3.0, _credibility),
    "compute": Lever("{} of its compute", 20.0, _compute),
    "projects": Lever("what it builds takes longer by {} of a quarter", -0.8, _projects),
    **{good: Lever("{} of its output of " + good + " stops", -0.4, _makers_of(g)) for g, good in enumerate(GOODS)},
}  # fmt: skip


def mends(lever: str, amount: float) -> bool:
    """Whether an amount of a lever is repair: a share of what is out."""
    return amount < 0.0 and lever in ("plants", "fabs", "one_fab", "mines", "power", "routes", *GOODS)


def effect_words(lever: str, amount: float) -> str:
    """What an amount of a lever does, in words."""
    words = "{} of what stands still runs again" if mends(lever, amount) else LEVERS[lever].words
    if mends(lever, amount):
        return words.format(f"{abs(amount):.0%}")
    if "move" in words or "change" in words:
        return words.format(f"{amount:+.0%}")
    turned = words.replace("takes longer by", "opens sooner by").replace("{} more", "{} less")
    if amount < 0.0 and turned != words:
        return turned.format(f"{-amount:.0%}")
    return words.format(f"{amount:.0%}")
