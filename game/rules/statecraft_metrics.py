"""What mandates measure (rules.md section 4): partners, contracts, shares abroad, restraint. (B,) each.

Metrics take (world, scenario, tables, place, what it is about), as those of `objectives.py`, which lists them all.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

import numpy as np
from numpy.typing import NDArray

from game.core.clauses import CLAUSES
from game.core.names import CLASSES, GOODS, NODES
from game.core.numeric import Array, Counts, clip, total
from game.core.scenario import Scenario
from game.core.world import World
from game.rules import pacts
from game.rules.kept import constants_of, reading_of
from game.rules.tables import FIRST_LEADING_NODE, Tables

RESTRAIN, MONEY, PAYMENT, GUARDRAILS = (CLAUSES.at(k) for k in ("restrain", "money", "payment", "guardrails"))
ACCELERATORS, FIRST_FINE_NODE = GOODS.at("accelerators"), NODES.at("3")
#: Equity of a seat in a plant that counts as owning part of it.
STAKE = 0.10


#: (world, scenario, tables, place, what the metric is about) -> (B,)
Metric = Callable[[World, Scenario, Tables, int, str | None], Array]


@reading_of("contracts.status", "contracts.party")
def partners(world: World) -> NDArray[np.bool_]:
    """Which places are bound to one another by a contract in force. (N, N, B)."""
    places, of = world.contracts.party.shape[1], pacts.pairs(world)
    bound = np.zeros((places, places, world.worlds), dtype=bool)
    bound[of.one, of.other, of.world] = bound[of.other, of.one, of.world] = True
    return bound


@cache
def _words(of: str | None) -> tuple[str, ...]:
    return tuple(word.strip() for word in (of or "").split(","))


def _count(bound: NDArray[np.bool_]) -> Array:
    """(M, B) -> (B,)."""
    return np.count_nonzero(bound, axis=0).astype(np.float64)


def _compute_ratio(w: World, s: Scenario, t: Tables, n: int, of: str | None) -> Array:
    other = w.compute.running[s.place_axis.at(str(of))]
    return w.compute.running[n] / np.maximum(other, 1e-9)


def _rents_and_lead(w: World, s: Scenario, t: Tables, n: int, of: str | None) -> Array:
    """Licence fees and rents, USD bn a year, as long as compute is three times that of another place."""
    return 4.0 * w.state.rent[n] * np.minimum(_compute_ratio(w, s, t, n, of) / 3.0, 1.0)


def _compute_growth(w: World, s: Scenario, t: Tables, n: int, of: str | None) -> Array:
    return w.compute.installed[n] / np.maximum(s.places.compute[n], 1e-9)


def _foreign_compute(w: World, s: Scenario, t: Tables, n: int, of: str | None) -> Array:
    return w.compute.foreign[n]


def _bloc_members(w: World, s: Scenario, t: Tables, n: int, of: str | None) -> Array:
    return _count(w.relations.member[_bloc(s, of)] > 0)


def _member_of(w: World, s: Scenario, t: Tables, n: int, of: str | None) -> Array:
    return w.relations.member[_bloc(s, of), n].astype(np.float64)


def _bloc(s: Scenario, of: str | None) -> int:
    return [code for code, *_ in s.blocs].index(str(of))


def _partners_among(w: World, s: Scenario, t: Tables, n: int, of: str | None) -> Array:
    return _count(partners(w)[n, [s.place_axis.at(code) for code in _words(of)]])


def _both_sides(w: World, s: Scenario, t: Tables, n: int, of: str | None) -> Array:
    """1 with a contract on either side of the race, half with one on one side."""
    bound, member = partners(w)[n], w.relations.member[s.race.bloc] > 0
    return 0.5 * ((bound & member).any(axis=0).astype(np.float64) + bound[s.inside])


def _clause_partners(w: World, s: Scenario, t: Tables, n: int, of: str | None) -> Array:
    """Places that share a clause of a kind with this one."""
    bound = pacts.bound(w, CLAUSES.at(str(of)))
    return np.zeros(w.worlds) if bound is None else _count(bound[n] | bound[:, n])


def _gives(w: World, s: Scenario, t: Tables, n: int, of: str | None) -> Array:
    bound = pacts.bound(w, CLAUSES.at(str(of)))
    return np.zeros(w.worlds) if bound is None else _count(bound[n])


def _contracts_live(w: World, s: Scenario, t: Tables, n: int, of: str | None) -> Array:
    return _count((w.contracts.party[:, n] > 0) & (w.contracts.status == pacts.IN_FORCE))


def _contract_income(w: World, s: Scenario, t: Tables, n: int, of: str | None) -> Array:
    """Money that contracts in force bring, USD bn a year."""
    rows = pacts.in_force(w, MONEY)
    income = np.zeros(w.worlds)
    if rows is not None:
        mine = rows.taker == n
        np.add.at(income, rows.world[mine], 4.0 * rows.quantity[mine])
    return income


def _verifies(w: World, s: Scenario, t: Tables, n: int, of: str | None) -> Array:
    """Contracts in force that the place verifies: all, or those that hold a clause of a kind."""
    held = (w.contracts.verifier == n) & (w.contracts.status == pacts.IN_FORCE)
    if of:
        held = held & (w.clauses.kind == CLAUSES.at(of)).any(axis=1)
    return _count(held)


def _restraint(w: World, s: Scenario, t: Tables, n: int, of: str | None) -> Array:
    return w.relations.blame[n]


def _uncontrolled(w: World, s: Scenario, t: Tables, n: int, of: str | None) -> Array:
    """1 where another place has no control on this one, 0 under a ban."""
    return 1.0 - w.policy.level[s.place_axis.at(str(of)), :, n].max(axis=0) / 5.0


def _licence_open(w: World, s: Scenario, t: Tables, n: int, of: str | None) -> Array:
    return 1.0 - w.policy.level[s.place_axis.at(str(of)), ACCELERATORS, n] / 5.0


def _matched(w: World, s: Scenario, t: Tables, n: int, of: str | None) -> Array:
    """Other places with a control on a class against the inside place at least half as tight as this one's."""
    goods = list(pacts.CLASS_GOODS[CLASSES.at(str(of))])
    tight = w.policy.level[:, goods, s.inside].max(axis=1)
    return _count((2 * tight >= tight[n]) & (tight > 0)) - (tight[n] > 0)


def _import_free(w: World, s: Scenario, t: Tables, n: int, of: str | None) -> Array:
    """Least share of its use of some goods that a place makes itself."""
    return np.array([_own(w, n, GOODS.at(good)) for good in _words(of)]).min(axis=0)


def _own(w: World, n: int, g: int) -> Array:
    return np.minimum(w.goods.made[n, g] / np.maximum(w.goods.reference[n, g], 1e-9), 1.0)


def _sales_to(w: World, s: Scenario, t: Tables, n: int, of: str | None) -> Array:
    """What a place sells of a good to the inside place, over all it sells of it."""
    lane = int(s.sellers.lane[n, GOODS.at(str(of))])
    if lane < 0:
        return np.zeros(w.worlds)
    flow = w.trade.flow[lane]
    return flow[s.inside] / np.maximum(total(flow), 1e-9)


def _public_money(w: World, s: Scenario, t: Tables, n: int, of: str | None) -> Array:
    """Public money that a firm's lines have had, USD bn."""
    return total(w.lines.spent.take(_lines_of(s)[str(of)], axis=0))


@constants_of
def _lines_of(s: Scenario) -> dict[str, Counts]:
    """Lines of each firm."""
    firms = np.array(s.lines.firms)
    return {firm: np.flatnonzero(firms == firm) for firm in s.lines.firms}


def _weakest_line(w: World, s: Scenario, t: Tables, n: int, of: str | None) -> Array:
    rows = [s.lines.axis.at(line) for line in _words(of)]
    return (w.lines.capacity[rows] * w.lines.die_yield[rows]).min(axis=0)


def _weakest_supplier(w: World, s: Scenario, t: Tables, n: int, of: str | None) -> Array:
    """Least use of capacity among some suppliers; none where one has no plant."""
    rows = [s.suppliers.axis.at(supplier) for supplier in _words(of)]
    suppliers = w.suppliers
    return (suppliers.use[rows] * suppliers.running[rows] * (suppliers.capacity[rows] > 0)).min(axis=0)


def _line_used(w: World, s: Scenario, t: Tables, n: int, of: str | None) -> Array:
    line = s.lines.axis.at(str(of))
    return w.lines.capacity[line] * w.lines.use[line]


def _used_abroad(w: World, s: Scenario, t: Tables, n: int, of: str | None) -> Array:
    """Use of the capacity that home firms have at another place, as far as they are let have tools."""
    rows = np.flatnonzero((s.lines.home == n) & (s.lines.place == s.place_axis.at(str(of))))
    capacity = w.lines.capacity[rows]
    working = capacity * w.lines.use[rows] * w.lines.licensed[rows]
    return total(working) / np.maximum(total(capacity), 1e-9)


def _abroad_share(w: World, s: Scenario, t: Tables, n: int, of: str | None) -> Array:
    """Part of home firms' leading capacity that stands abroad."""
    leading = w.lines.capacity * (w.lines.node >= FIRST_LEADING_NODE) * ((s.lines.home == n) * t.logic[:, 0])[:, None]
    abroad = total(leading * (s.lines.place != n)[:, None])
    return abroad / np.maximum(total(leading), 1e-9)


def _fine_share(w: World, s: Scenario, t: Tables, n: int, of: str | None) -> Array:
    fine = w.lines.capacity * (w.lines.node >= FIRST_FINE_NODE) * t.logic
    return total(fine * (s.lines.place == n)[:, None]) / np.maximum(total(fine), 1e-9)


def _engineers_gained(w: World, s: Scenario, t: Tables, n: int, of: str | None) -> Array:
    return w.people.engineers[n] - s.places.engineers[n]


def _engineer_balance(w: World, s: Scenario, t: Tables, n: int, of: str | None) -> Array:
    return w.people.moved[n]


def _standard_share(w: World, s: Scenario, t: Tables, n: int, of: str | None) -> Array:
    """Share of the world's compute that follows this place's safety standard."""
    running = w.compute.running
    return total(running * (w.standards.guardrail == n)) / np.maximum(total(running), 1e-9)


def _bloc_share(w: World, s: Scenario, t: Tables, n: int, of: str | None) -> Array:
    """Output of a good over the bloc's use of it."""
    g = GOODS.at(str(of))
    use = total(w.goods.reference[:, g] * (w.relations.member[s.race.bloc] > 0))
    return w.goods.made[n, g] / np.maximum(use, 1e-9)


def _leak(w: World, s: Scenario, t: Tables, n: int, of: str | None) -> Array:
    return w.trade.network[ACCELERATORS, n]


def _owned_abroad(w: World, s: Scenario, t: Tables, n: int, of: str | None) -> Array:
    """Foreign plants of which a seat owns a tenth or more."""
    lines = (w.lines.state_share[n] >= STAKE) & (s.lines.place != n)[:, None]
    suppliers = (w.suppliers.state_share[n] >= STAKE) & (s.suppliers.place != n)[:, None]
    return _count(lines) + _count(suppliers)


def _bars_below(w: World, s: Scenario, t: Tables, n: int, of: str | None) -> Array:
    """1 while neither bar is over the post, falling to 0 as the higher one passes it by a tenth."""
    higher = np.maximum(w.standing.mineral_independence, w.standing.chip_independence)
    return clip(1.0 - (higher - s.race.post) * 10.0, 0.0, 1.0)


METRICS: dict[str, Metric] = {
    "compute_ratio": _compute_ratio,
    "rents_and_lead": _rents_and_lead,
    "compute_growth": _compute_growth,
    "foreign_compute": _foreign_compute,
    "bloc_members": _bloc_members,
    "member_of": _member_of,
    "partners_among": _partners_among,
    "both_sides": _both_sides,
    "clause_partners": _clause_partners,
    "gives": _gives,
    "contracts_live": _contracts_live,
    "contract_income": _contract_income,
    "verifies": _verifies,
    "restraint": _restraint,
    "uncontrolled": _uncontrolled,
    "licence_open": _licence_open,
    "matched": _matched,
    "import_free": _import_free,
    "sales_to": _sales_to,
    "public_money": _public_money,
    "weakest_line": _weakest_line,
    "weakest_supplier": _weakest_supplier,
    "line_used": _line_used,
    "used_abroad": _used_abroad,
    "abroad_share": _abroad_share,
    "fine_share": _fine_share,
    "engineers_gained": _engineers_gained,
    "engineer_balance": _engineer_balance,
    "standard_share": _standard_share,
    "bloc_share": _bloc_share,
    "leak": _leak,
    "owned_abroad": _owned_abroad,
    "bars_below": _bars_below,
}

#: What each metric is about, if it is about something.
ABOUT = {
    "compute_ratio": "place", "rents_and_lead": "place", "bloc_members": "bloc", "member_of": "bloc",
    "partners_among": "place", "clause_partners": "clause", "gives": "clause", "verifies": "clause",
    "uncontrolled": "place", "licence_open": "place", "matched": "control class", "import_free": "good",
    "sales_to": "good", "public_money": "firm", "weakest_line": "foundry line", "weakest_supplier": "supplier",
    "line_used": "foundry line", "used_abroad": "place", "bloc_share": "good",
}  # fmt: skip
#: Metrics that may name several things, parted by commas, and those that may name none.
TAKES_SEVERAL = ("partners_among", "import_free", "weakest_line", "weakest_supplier")
OF_MAY_LACK = ("verifies",)
