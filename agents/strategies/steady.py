"""Steady: a sensible all-rounder, and the reference that par is measured with.

It keeps a reserve, mends the gate that holds it back (power, engineers), builds the plant that gives its seat most for
the money, buys compute with what is left, and sets one dial a quarter. It neither starts nor joins a quarrel.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from agents.strategies import Council, Counsel
from agents.strategies.character import FAMILY, PLAIN, Traits, own_moves, traits_of
from agents.strategies.steady_blocs import Assembled
from agents.strategies.steady_capital import use_capital
from agents.strategies.steady_controls import answer_breaches
from agents.strategies.steady_events import respond
from agents.strategies.steady_moves import statecraft
from agents.strategies.steady_quarrels import quarrel
from agents.strategies.steady_renewals import break_what_hurts
from game.core.names import DIALS, GOODS, MEASURES, TRACKS, USES
from game.core.numeric import Array, Counts, clip, entries, pick, total
from game.core.orders import ComputeSplit, Order, ResearchShare
from game.core.scenario import Scenario
from game.rules import controls, law
from game.rules.book import RuleBook
from game.rules.law import Mask
from game.rules.outlook import supplier_price
from game.rules.room import BEYOND, green_field

if TYPE_CHECKING:
    from agents.alternatives import Alternative
    from agents.envoys import Envoy

#: Power and visa places that it orders at a time, as a share of what there is.
POWER_STEP, VISA_STEP = 0.12, 0.02
#: A plant must cost at least this, USD bn: less is not worth political capital.
LEAST_AMOUNT = 0.02
#: What a full step of its bar is worth to a seat against a point of its measures.
CHIP_RACE, MINERAL_RACE = 60.0, 0.7
#: What each chip stage weighs inside (rules.md section 3): all of a chain is worth no more than its weakest stage.
CHIP_STAGES = (
    ("process_tools", 0.35), ("duv", 0.5), ("euv", 0.2), ("wafers", 0.05), ("resist", 0.05), ("leading_logic", 0.3),
    ("hbm", 0.2), ("accelerators", 0.1), ("mature_chips", 0.1),
)  # fmt: skip
CHIP_WEIGHTS = {GOODS.at(good): share for good, share in CHIP_STAGES}
#: What a site's worth is multiplied by while its firm asks for bids.
TENDER_GAIN = 3.0
#: What it bids over what a firm wishes for, and share of a site's public cost with which it calls for a tender.
MARGIN, CALL = 1.3, 0.1
#: Plants that it funds in a quarter at most.
MOST_PLANTS = 3
#: Shares nearer to each other than this are the same setting.
SAME = 1e-6
#: A supplier that sells below this price over cost asks for a floor.
FLOOR_AT = 1.05


class Candidates(NamedTuple):
    """Plants at the homes of the seats with room, seat by seat. First axis P; the last row stands for no plant."""

    slots: Counts
    """(n, C) rows of each seat's plants, lines first; P - 1 where a seat has no more"""
    needs: Counts
    """(P,) the plant's good at its place, as a position in arrays (N, G, B) whose first two axes are made one"""
    prices: Counts
    """(P,) the same in its region, for (2, G, B)"""
    places: Counts
    """(P,)"""
    plants: Counts
    """(P,) position among all plants, lines first"""
    lines: Counts
    """(P,) position among lines; 0 for suppliers"""
    is_line: Mask
    """(P, 1)"""
    inside: Array
    """(P, 1) 1 for plants of the inside place"""
    output: Array
    """(P, 1) units a quarter when all room is built"""
    cost: Array
    """(P, 1) USD bn of public money for it"""
    least_left: Array
    """(P, 1) room that must be left, for a plant to be worth money"""
    most_building: Array
    """(P, 1) capacity under way from which it is not"""
    safer: Array
    """(P, 1) points of a measure for all dependence on the good ended, per root dollar"""
    prosperity: Array
    """(P, 1) what prosperity weighs for the seat, per root dollar"""
    income: Array
    """(P, 1) income at the good's opening price, as a share of what the measure of prosperity counts in"""
    bar: Array
    """(P, 1) points of the race for all use of the good covered, per root dollar"""


class Steady(Assembled):
    """See the module. Decides for all its seats at once, and for those of doctrines: rows of arrays are seats."""

    name = "steady"
    motto = "Mend the weakest gate, build what pays, keep a reserve."
    family = FAMILY

    def __init__(self) -> None:
        super().__init__()
        self._candidates: dict[tuple[int, ...], Candidates] = {}

    def decide(self, counsel: Counsel) -> None:
        """Give this quarter's orders."""
        self.decide_together(counsel.alone)

    def decide_together(self, council: Council) -> None:
        """Give this quarter's orders of all seats."""
        council.players = council.players or (self,) * len(council.seats)
        traits = traits_of(council.players, len(council.seats))
        respond(council)
        own_moves(council)
        self.come_and_go(council)
        break_what_hurts(council)
        answer_breaches(council)
        quarrel(council, traits.of("quarrels"))
        statecraft(council)
        _set_dial(council, traits)
        spare = np.maximum(council.money - _reserve(council, traits), 0.0)
        spare = np.minimum(spare, _purse(council))
        spare = _mend(council, spare, traits)
        if not traits.plain:
            spare = spare - _buy_compute(council, spare, traits.of("compute_before"))
        spare = _build(council, self.plants_of(council), spare, traits)
        _protect(council)
        _buy_compute(council, spare, traits.of("compute"))
        use_capital(council)

    def alternatives(self, counsel: Counsel) -> list[Alternative]:
        """What it weighs about the quarter's orders, in one world, with terms."""
        from agents.strategies.ranking import weighed

        return weighed(self, counsel)

    def proposals(self, envoy: Envoy) -> list[Alternative]:
        """The offers that it weighs in the first round of talks, in one world, with terms."""
        from agents.strategies.ranking import offers_weighed

        return offers_weighed(self, envoy)

    def plants_of(self, council: Council) -> Candidates:
        """The plants that it may fund at the homes of the seats."""
        seats = tuple(council.seats.tolist())
        if seats not in self._candidates:
            self._candidates[seats] = candidates(council.book, seats)
        return self._candidates[seats]


def _reserve(council: Council, traits: Traits) -> Array:
    places, seats = council.scenario.places, council.rows
    return traits.of("reserve") * places.budget[seats] + places.credit[seats] * 0.8


def _purse(council: Council) -> Array:
    """What may be spent this quarter: budget, and a third of what has been saved up."""
    cash = council.view.state.cash[council.rows]
    return council.scenario.places.budget[council.rows] + np.maximum(cash, 0.0) / 3.0


def _set_dial(council: Council, traits: Traits) -> None:
    """The next standing setting of each plan: where it is lower, and for doctrines wherever it is another."""
    quarter = council.view.quarter
    for plan in dict.fromkeys(character.dials for character in traits.characters):
        if quarter < len(plan):
            name, share = plan[quarter]
            now = _standing(council, name)
            other = now < share if plan == PLAIN.dials else np.abs(now - share) > SAME
            other = other & np.array([[character.dials == plan] for character in traits.characters])
            if other.any():
                _set(council, name, share, other)


def _standing(council: Council, name: str) -> Array:
    """Where each seat has a dial, a research track or a use of compute now. (n, B)."""
    view, seats = council.view, council.rows
    if name in DIALS:
        return view.state.dials[seats, DIALS.at(name)]
    return view.state.research[seats, TRACKS.at(name)] if name in TRACKS else view.compute.uses[seats, USES.at(name)]


def _set(council: Council, name: str, share: float, where: Mask) -> None:
    if name in DIALS:
        council.set_dial(name, share, where)
        return
    order: Order = ResearchShare(name, share) if name in TRACKS else ComputeSplit(name, share)
    for row in np.flatnonzero(where.any(axis=1)):
        council.attempt(int(row), order, where[row])


def _mend(council: Council, spare: Array, traits: Traits) -> Array:
    """Power where the grid is nearly full, engineers where plants want them."""
    view, seats, costs = council.view, council.rows, council.scenario.parameters.power
    supply = view.power.supply[seats]
    grid = view.power.used[seats] / np.maximum(supply + _on_the_way(view.power.coming, seats), 1e-9)
    # Gas is quick and hit by shocks, the grid slower and steady: one after the other.
    kind, unit_cost = ("lng", costs.lng_cost) if view.quarter % 2 else ("grid", costs.grid_cost)
    gigawatts = np.minimum(POWER_STEP * supply, spare * traits.of("slice") / unit_cost)
    wanted = (grid > traits.of("full_grid")) & (gigawatts > 0.005 * supply)
    if wanted.any():
        spare = spare - gigawatts * council.build_power(kind, gigawatts, wanted) * unit_cost
    engineers = view.people.engineers[seats]
    coming = _on_the_way(view.people.coming, seats)
    wanted = view.people.needed[seats] / np.maximum(engineers + 0.2 * coming, 1e-9) > traits.of("full_staff")
    if wanted.any():
        council.invite(VISA_STEP * engineers, wanted)
    return spare


def _build(council: Council, plants: Candidates, spare: Array, traits: Traits) -> Array:
    """Public money for the plants that give each seat most for it."""
    gain, most = bids(council, plants)
    if not traits.plain:
        gain = gain * leaning(council, plants, traits)
    # (B, n, C): the largest of numbers that lie side by side is found in a tenth of the time at 64 worlds.
    worth = (_worth(council, plants) * gain).T.take(plants.slots, axis=1)
    worlds, rows = np.arange(worth.shape[0]), np.arange(worth.shape[1])[:, None]
    for _ in range(MOST_PLANTS):
        best = worth.argmax(axis=2).T
        plant, worthwhile = plants.slots[rows, best], worth[worlds, rows, best] > 0.0
        amount = np.minimum(spare * traits.of("slice"), most[plant, worlds])
        wanted = worthwhile & (amount > LEAST_AMOUNT) & (council.capital >= law.ORDER_CAPITAL)
        if wanted.any():
            spare = spare - amount * council.subsidise(plants.plants.take(plant), amount, wanted)
        worth[worlds, rows, best] = 0.0
    return spare


def leaning(council: Council, plants: Candidates, traits: Traits) -> Array:
    """What doctrines multiply the worth of plants by: of goods that they favour, and of those they sell most of the
    world's. (P, 1) or (P, B)."""
    row = np.repeat(np.arange(len(plants.slots)), np.count_nonzero(plants.slots < len(plants.places) - 1, axis=1))
    row = np.append(row, 0)
    favour = traits.goods[row, plants.needs % len(GOODS)][:, None]
    abroad = traits.of("abroad")
    if not abroad.any():
        return favour
    held = controls.holdings(council.desk.world, council.scenario)
    return favour * (1.0 + abroad[row] * pick(held, plants.needs))


def _worth(council: Council, plants: Candidates) -> Array:
    """What each plant would do for the score per root dollar, from what its seat sees. (P, B)."""
    s, view = council.scenario, council.view
    added = np.minimum(plants.output / np.maximum(pick(view.goods.reference, plants.needs), 1e-9), 1.0)
    held = pick(council.desk.dependences.swapaxes(0, 1), plants.needs)
    member = np.maximum(view.relations.member[s.race.bloc].take(plants.places, axis=0), plants.inside)
    gain = (plants.safer * held + plants.bar * member) * added
    gain += plants.prosperity * np.minimum(plants.income * pick(view.market.long_price, plants.prices), 3.0)
    gain *= council.desk.plant_room.take(plants.plants, axis=0) > plants.least_left
    gain *= council.desk.under_way.take(plants.plants, axis=0) < plants.most_building
    return gain


def bids(council: Council, plants: Candidates) -> tuple[Array, Array]:
    """What a plant's worth is multiplied by, and the most to give it, USD bn. (P, B) each.

    Where a firm asks for bids: what it wishes for and a little; on a green field enough to be asked; and nothing where
    a firm gave last quarter's money back.
    """
    view, row = council.view, plants.lines
    lines = view.lines
    asking = (lines.tender.take(row, axis=0) > 0.0) & plants.is_line
    bid = lines.bid.take(row, axis=0)
    green = green_field(view, council.scenario).take(row, axis=0) & plants.is_line
    most: Array = np.where(green, CALL * plants.cost, plants.cost)
    gain = np.where((bid > 0.0) & plants.is_line, 0.0, 1.0)
    if asking.any():
        wish = lines.wish.take(row, axis=0)
        wished = np.maximum(MARGIN * wish - bid, 0.0) * (wish < BEYOND)
        most = np.where(asking, wished, most)
        gain = np.where(asking, TENDER_GAIN, gain)
    return gain, most


def _protect(council: Council) -> None:
    """A price floor for a home supplier of each seat that is losing money."""
    s, view = council.scenario, council.view
    if view.quarter % 4 != 2:
        return
    price = supplier_price(council.view, s, council.book.tables)
    losing = (price < FLOOR_AT * s.suppliers.cost) & (view.suppliers.capacity > 0.0)
    losing &= view.suppliers.protected <= 0.0
    row_of = np.full(len(s.place_axis), -1)
    row_of[council.seats] = np.arange(len(council.seats))
    k, w = entries(losing & (row_of[s.suppliers.place] >= 0)[:, None])
    row = row_of[s.suppliers.place[k]]
    # The first of each seat.
    first = np.unique(row * losing.shape[1] + w, return_index=True)[1]
    where, suppliers = np.zeros(council.capital.shape, dtype=bool), np.zeros(council.capital.shape, dtype=np.int64)
    where[row[first], w[first]], suppliers[row[first], w[first]] = True, k[first]
    council.protect(suppliers, where & (council.capital >= law.ORDER_CAPITAL))


def _buy_compute(council: Council, spare: Array, share: Array) -> Array:
    """Accelerators for a share of what is left, as far as the grid will carry them; what they cost."""
    power, seats = council.view.power, council.rows
    headroom = clip(1.0 - power.used[seats] / np.maximum(power.supply[seats], 1e-9), 0.0, 1.0) * 12.0
    amount = spare * np.minimum(share, headroom)
    return amount * council.buy_compute(amount, amount > 10 * LEAST_AMOUNT)


def candidates(book: RuleBook, seats: Sequence[int]) -> Candidates:
    """Plants at the seats' homes that have room, with output and public cost of that room."""
    s, region = book.scenario, book.tables.region
    place, good, output, cost = _in_full(book)
    room = np.concatenate([s.lines.room, s.suppliers.room])
    at_home = [np.flatnonzero((place == n) & (room[:, 0] > 0)) for n in seats]
    # The row for no plant: nothing made, nothing open.
    plants = np.concatenate([*at_home, np.zeros(1, dtype=np.int64)])
    none = np.ones((len(plants), 1))
    none[-1] = 0.0
    whole, made, paid = room[plants] * none, output[plants] * none, cost[plants] * none
    places, goods, effort = place[plants], good[plants], np.sqrt(0.2 + paid)
    weights = s.places.weights[places, :, 0]
    is_line = plants < len(s.lines.axis)
    return Candidates(
        slots=_slots([len(rows) for rows in at_home]),
        needs=places * len(GOODS) + goods,
        prices=region[places] * len(GOODS) + goods,
        places=places,
        plants=plants,
        lines=np.where(is_line, plants, 0),
        is_line=is_line[:, None],
        inside=(places == s.inside).astype(np.float64)[:, None],
        output=made,
        cost=paid,
        least_left=0.4 * whole,
        most_building=0.5 * whole,
        safer=weights[:, MEASURES.at("independence"), None] * 100.0 * s.goods.stake[goods] / effort,
        prosperity=weights[:, MEASURES.at("prosperity"), None] * 12.0 / effort,
        income=made * s.goods.price[goods] * 0.4 / np.maximum(0.005 * s.places.gdp[places] / 4.0, 1e-9),
        bar=np.array([[_bar_weight(s, int(n), int(g))] for n, g in zip(places, goods, strict=True)]) / effort,
    )


def _in_full(book: RuleBook) -> tuple[Counts, Counts, Array, Array]:
    """Place and good of every plant, lines first, and what all of its room would make and cost the public. (F + S, 1)
    for the last two."""
    s, lines, suppliers = book.scenario, book.scenario.lines, book.scenario.suppliers
    match = s.parameters.state.private_match
    per_wafer = np.array([[_per_wafer(s, i)] for i in range(len(lines.axis))])
    return (
        np.concatenate([lines.place, suppliers.place]),
        np.concatenate([book.tables.line_good, suppliers.good]),
        np.concatenate([lines.room * 3.0 * 0.7 * per_wafer, suppliers.room]),
        np.concatenate([lines.room_capex / (1.0 + match), suppliers.room_capex / (1.0 + 0.5 * match) * 1.25]),
    )


def _slots(counts: Sequence[int]) -> Counts:
    """Positions of each seat's plants as rows; the position after the last plant fills up. (n, C)."""
    none = int(np.add.accumulate(counts)[-1])
    slots = np.full((len(counts), max(*counts, 1)), none, dtype=np.int64)
    first = 0
    for row, count in enumerate(counts):
        slots[row, :count] = range(first, first + count)
        first += count
    return slots


def _bar_weight(s: Scenario, n: int, good: int) -> float:
    """What a plant adds to the seat's side of the race: minerals for the bloc, any chip stage inside."""
    if n == s.inside:
        return CHIP_RACE * CHIP_WEIGHTS.get(good, 0.0)
    return MINERAL_RACE * dict(s.race.minerals).get(good, 0.0)


def _per_wafer(s: Scenario, line: int) -> float:
    fabs = s.parameters.fabs
    if s.lines.kind[line] == 1:
        return fabs.stacks_per_wafer
    if s.lines.kind[line] == 2:
        return fabs.h100e_per_package_wafer
    return float(s.nodes.h100e[int(max(s.lines.node[line, 0], s.lines.project_node[line, 0]))]) or 1.0


def _on_the_way(coming: Array, seats: Counts | slice) -> Array:
    """What arrives at the seats in the next two years. (N, L, B) -> (n, B)."""
    return total(coming[seats, :8], axis=1)
