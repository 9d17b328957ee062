"""Proof of rules.md R8 from whole games on fixed seeds: who wins tenders, who overbids, what building all earns."""

from collections import defaultdict

import numpy as np
import pytest

from agents.model import ChipRace
from agents.strategies import Counsel
from game.core.orders import Subsidise
from game.files.scenarios import bundled
from game.rules import score, tenders

pytestmark = pytest.mark.slow
SCENARIO = bundled("pax_silica_2026")
WORLDS = 8
#: Share of a plant's cost from which an overbid is told (game/explain/tenders.py).
VISIBLE = 0.02


class Everything:
    """Public money for every plant at home that has room, the dearest first, as long as there is any."""

    name = "everything"
    motto = "Build everything."

    def decide(self, counsel: Counsel) -> None:
        s = counsel.scenario
        homes = np.concatenate([s.lines.place, s.suppliers.place])
        names = (*s.lines.axis.names, *s.suppliers.axis.names)
        cost = np.concatenate([s.lines.room_capex[:, 0] / 2.5, s.suppliers.room_capex[:, 0] / 1.4])
        mine = np.flatnonzero((homes == counsel.seat) & (cost > 0))
        for plant in mine[np.argsort(-cost[mine], kind="stable")]:
            money = np.maximum(counsel.money - 0.5 * s.places.credit[counsel.seat], 0.0) * 0.6
            amount = np.minimum(money, cost[plant])
            where = (counsel.plant_room[plant] > 1e-6) & (amount > 0.02) & (counsel.capital >= 1.0)
            if where.any():
                counsel.give(Subsidise(names[plant], amount), where)


def points(seats):
    race = ChipRace(SCENARIO, WORLDS, seats, 1)
    race.run()
    return score.game_score(race.world)


@pytest.fixture(scope="module")
def tendered():
    """(places that won in each world, tenders won, those with a visible overbid) of steady games."""
    race = ChipRace(SCENARIO, WORLDS, {}, 1)
    t = race.book.tables
    winners, won, overbid = defaultdict(set), 0, 0
    for _ in range(SCENARIO.quarters):
        before = race.world
        race.step()
        entered, after = before.lines.tender == 1.0, race.world.lines
        if not entered.any():
            continue
        grown = after.building + after.capacity - before.lines.building - before.lines.capacity
        chosen = entered & (grown > 1e-6)
        world = tenders.as_decided(before, race.world, SCENARIO)
        known = tenders.terms(world, SCENARIO, t, race.book.outlook(world))
        over = tenders.overbid(known, entered, SCENARIO, t) > VISIBLE * known.cost
        for line, w in zip(*np.nonzero(chosen), strict=True):
            winners[w].add(int(SCENARIO.lines.place[line]))
        won, overbid = won + int(chosen.sum()), overbid + int((chosen & over).sum())
    return winners, won, overbid


def test_r8_ten_seats_or_more_win_a_tender_somewhere(tendered):
    winners, _, _ = tendered
    seats = set(SCENARIO.places.seats)
    assert np.median([len(places & seats) for places in winners.values()]) >= 10


def test_r8_a_fifth_to_two_fifths_of_winners_visibly_overbid(tendered):
    _, won, overbid = tendered
    assert won > 20 * WORLDS
    assert 0.2 <= overbid / won <= 0.4, (overbid, won)


def test_r8_building_everything_beats_steady_in_four_seats_at_most():
    steady = points({})
    better = []
    for seat in SCENARIO.places.seats:
        code = SCENARIO.place_axis.names[seat]
        gained = points({code: Everything()})[seat] - steady[seat]
        if np.mean(gained) > 0.0:
            better.append(code)
    assert len(better) <= 4, better
