"""ChipRace as a Mesa model: seats, posting, collecting, order of listing."""

import gc
import inspect
import json
import weakref

import mesa
import numpy as np
import pytest

from agents.foundry import Foundry
from agents.model import ChipRace
from agents.nation import Nation
from agents.strategies import find, strategies
from agents.supplier import Supplier
from game.core.errors import PaxError
from game.core.orders import SovereignCompute
from game.files.scenarios import bundled, scenario_from_text
from game.rules import book, score

SCENARIO = bundled("pax_silica_2026")


def test_nations_foundries_and_suppliers_are_mesa_agents():
    race = ChipRace(SCENARIO)
    kinds = {kind: len(race.agents_by_type[kind]) for kind in (Nation, Foundry, Supplier)}
    assert kinds[Nation] == 16
    assert kinds[Foundry] == len(set(SCENARIO.lines.firms))
    assert kinds[Supplier] == len(SCENARIO.suppliers.axis)
    assert all(issubclass(kind, mesa.Agent) for kind in kinds)


def test_a_seat_that_posted_is_not_asked():
    asked, posted = ChipRace(SCENARIO, rng=2), ChipRace(SCENARIO, rng=2)
    posted.post("USA", [])
    for race in (asked, posted):
        race.step()
    usa = SCENARIO.place_axis.at("USA")
    assert posted.world.state.capital[usa, 0] > asked.world.state.capital[usa, 0]


def test_a_refused_order_of_a_seat_is_kept_with_its_reason():
    race = ChipRace(SCENARIO, rng=2)
    race.post("BRA", [SovereignCompute(5000.0)])
    race.step()
    ((quarter, seat, order, reason),) = race.refused
    assert (quarter, seat, order) == (0, "BRA", SovereignCompute(5000.0))
    assert "USD 5000.00 bn" in reason


def test_the_frame_has_a_row_for_each_world_and_place():
    race = ChipRace(SCENARIO, worlds=2, seats=dict.fromkeys(SCENARIO.seats, "hold"))
    race.step()
    frame = race.collected("nations")
    assert frame.index.names == ["world", "quarter", "place"]
    assert len(frame) == 2 * len(SCENARIO.place_axis)
    assert frame.loc[(1, 1, "JPN"), "compute"] == pytest.approx(
        race.world.standing.measures[SCENARIO.place_axis.at("JPN"), 0, 1]
    )


def test_mesa_batch_run_drives_the_race():
    seeds = {"rng": [1, 2]}
    of_its_own = "rng" in inspect.signature(mesa.batch_run).parameters  # from Mesa 3.5 on
    rows = mesa.batch_run(
        Short,
        parameters={"scenario": "pax_silica_2026", **({} if of_its_own else seeds)},
        number_processes=1,
        max_steps=2,
        data_collection_period=-1,
        display_progress=False,
        **(seeds if of_its_own else {}),
    )
    assert len(rows) == 2
    assert all(0.2 < row["mineral_independence"] < 0.6 for row in rows)
    assert rows[0]["mineral_independence"] != rows[1]["mineral_independence"]


class Short(ChipRace):
    """A race that reads itself after each quarter, as batch_run expects."""

    def __init__(self, scenario="pax_silica_2026", rng=1):
        super().__init__(scenario, rng=rng)

    def step(self):
        super().step()
        self.collect()


def test_strategies_are_found_by_name_and_unknown_ones_are_named():
    assert {"hold", "greedy", "steady"} <= set(strategies())
    with pytest.raises(PaxError, match="did you mean 'steady'"):
        find("stedy")


def test_a_strategy_is_found_by_the_path_of_its_file(tmp_path):
    file = tmp_path / "mine.py"
    file.write_text(
        'class Mine:\n    name = "mine"\n    motto = "Mine."\n\n    def decide(self, counsel):\n        pass\n'
    )
    assert find(str(file)).name == "mine"
    with pytest.raises(PaxError, match="no strategy file"):
        find(str(tmp_path / "absent.py"))


@pytest.mark.slow
def test_steady_does_better_than_holding_in_most_seats():
    race = ChipRace(SCENARIO, worlds=2)
    race.run()
    ahead = 0
    for code in ("USA", "CHN", "JPN", "KOR"):
        alone = ChipRace(SCENARIO, worlds=2, seats={code: "hold"})
        alone.run()
        seat = SCENARIO.place_axis.at(code)
        ahead += np.mean(score.game_score(race.world)[seat] - score.game_score(alone.world)[seat]) > 0
    assert ahead == 4


def test_listing_places_in_another_order_changes_only_the_order():
    tree = json.loads(SCENARIO.text)
    tree["places"] = dict(sorted(tree["places"].items(), reverse=True))
    tree["suppliers"] = dict(reversed(tree["suppliers"].items()))
    other = scenario_from_text(json.dumps(tree), "reversed")
    one, two = (ChipRace(s, seats=dict.fromkeys(s.seats, "hold"), rng=6) for s in (SCENARIO, other))
    one.step()
    two.step()
    rows = [other.place_axis.at(code) for code in SCENARIO.place_axis]
    for name in ("inventory", "made", "used", "wanted"):
        left, right = getattr(one.world.goods, name), getattr(two.world.goods, name)[rows]
        np.testing.assert_allclose(right, left, rtol=1e-9, atol=1e-9, err_msg=name)
    np.testing.assert_allclose(two.world.market.price, one.world.market.price, rtol=1e-9)
    np.testing.assert_allclose(two.world.standing.measures[rows], one.world.standing.measures, rtol=1e-8)
    assert rows != sorted(rows)
    assert other.suppliers.axis.names == SCENARIO.suppliers.axis.names[::-1]


def test_a_race_that_nobody_needs_any_more_is_gone_from_memory():
    race = ChipRace("classroom")
    race.step()
    left = weakref.ref(race)
    del race
    gc.collect()
    assert left() is None


def test_a_race_keeps_one_world_and_frees_what_the_rules_replace_as_they_go(monkeypatch):
    race = ChipRace("classroom")
    race.step()
    flow = weakref.ref(race.world.trade.flow)
    freed = []

    def look(world, turn):
        freed.append(flow() is None)
        return world

    monkeypatch.setattr(book, "RESOLVE", (*book.RESOLVE, look))
    race.step()
    assert freed == [True]
