"""What controls keep from a place counts as dependence still; money beyond a budget counts for little."""

import numpy as np

from agents.model import ChipRace
from game.core.names import GOODS
from game.core.orders import ExportControl
from game.core.world import replace
from game.files.scenarios import bundled
from game.rules import score
from game.rules.withheld import withheld
from game.rules.worth_cells import Rows
from game.rules.worth_parts import funds
from game.rules.worth_stakes import stakes

SCENARIO = bundled("pax_silica_2026")
AXIS = SCENARIO.place_axis


def after_ban(banned: bool) -> ChipRace:
    """Two quarters in which all seats hold, but for a ban of chips on China by who makes them."""
    race = ChipRace(SCENARIO, 1, dict.fromkeys(SCENARIO.seats, "hold"), 5)
    for quarter in range(2):
        if banned and quarter == 0:
            for owner in ("TWN", "KOR", "USA"):
                race.post(owner, [ExportControl("chips", "CHN", "ban")])
        race.step()
    return race


def test_who_is_cut_off_and_finds_nothing_else_is_no_less_dependent():
    free, shut = after_ban(False), after_ban(True)
    china, logic = AXIS.at("CHN"), GOODS.at("leading_logic")
    kept = withheld(shut.world, SCENARIO)
    assert kept.unmet[china, logic, 0] > withheld(free.world, SCENARIO).unmet[china, logic, 0]
    sellers = SCENARIO.sellers.good[kept.sellers] == logic
    assert np.allclose(kept.by_seller[sellers, china].sum(axis=0), kept.unmet[china, logic])
    held = [float(score.dependences(race.world, SCENARIO)[logic, china, 0]) for race in (free, shut)]
    assert held[1] >= 0.9 * held[0]


def test_what_is_laid_in_is_no_dependence():
    race = ChipRace(SCENARIO, 1, dict.fromkeys(SCENARIO.seats, "hold"), 5)
    race.step()
    usa, gallium = AXIS.at("USA"), GOODS.at("gallium")
    bought = race.world.goods.bought.copy()
    lane = int(SCENARIO.sellers.lane[AXIS.at("CHN"), gallium])
    flow, received = race.world.trade.flow.copy(), race.world.trade.received.copy()
    own = int(SCENARIO.sellers.lane[usa, gallium])
    flow[:, usa] *= (SCENARIO.sellers.good != gallium)[:, None]
    if own >= 0:
        flow[own, usa] = 50.0
    flow[lane, usa], received[usa, gallium], bought[usa, gallium] = 50.0, 50.0 + 50.0 * (own >= 0), 0.0
    trade = replace(race.world.trade, flow=flow, received=received)
    held = []
    for laid_in in (0.0, 25.0, 50.0):
        bought = bought.copy()
        bought[usa, gallium] = laid_in
        world = replace(race.world, trade=trade, goods=replace(race.world.goods, bought=bought))
        held.append(float(score.most_held(world, SCENARIO)[usa, gallium, 0]))
    assert held[0] >= held[1] > held[2] == 0.0


def test_a_second_budget_is_worth_less_than_the_first():
    race = ChipRace(SCENARIO, 1, None, 5)
    k = stakes(race.world, SCENARIO, race.book.tables)
    seat, budget = AXIS.at("ISR"), float(SCENARIO.places.budget[AXIS.at("ISR"), 0])
    one, none = np.array([seat]), np.array([-1])
    c = Rows(one, one, none, none, np.zeros(1), np.zeros(1), np.ones(1), np.ones(1), np.zeros(1, dtype=np.int64))
    first = funds(k, c, "t", np.array([budget]))
    second = funds(k, c, "t", np.array([2.0 * budget])) - first
    assert 0.0 < float(second[0]) < 0.5 * float(first[0])
    assert float(funds(k, c, "t", np.array([-2.0 * budget]))[0]) < -2.0 * float(first[0])
